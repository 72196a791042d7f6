package engine

import (
	"context"
	"sync"
	"time"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes"
)

// CreateHook stores a hook with its signing secret.
func (e *Engine) CreateHook(ctx context.Context, workspace string, h *Hook, secret string) error {
	err := e.store.Do(ctx, workspace, func(tx Tx) error {
		n, err := tx.CountHooks()
		if err != nil {
			return err
		}
		if n >= MaxHooks {
			return stateError("A workspace can have %d hooks: delete one that is not used any more.", MaxHooks)
		}
		h.ID, h.Workspace, h.Status = NewID("hk"), workspace, HookActive
		if h.SecretID, err = tx.PutSecret(h.ID, secret); err != nil {
			return err
		}
		return tx.InsertHook(h)
	})
	e.hooks.forget(workspace, h.ID)
	return err
}

// ChangeHook changes a hook in one transaction. What waits for it is sent at once
// when that makes it active.
func (e *Engine) ChangeHook(ctx context.Context, workspace, id string, change func(*Hook) error) (Hook, error) {
	var h Hook
	resumed := false
	err := e.store.Do(ctx, workspace, func(tx Tx) (err error) {
		if h, err = tx.Hook(id); err != nil {
			return err
		}
		before := h.Status
		if err := change(&h); err != nil {
			return err
		}
		resumed = h.Status == HookActive && before != HookActive
		return tx.UpdateHook(&h)
	})
	e.hooks.forget(workspace, id)
	if err != nil || !resumed {
		return h, err
	}
	return h, e.resumeDeliveries(ctx, workspace, id)
}

// resumePage is how many deliveries are queued in one transaction.
const resumePage = 200

func (e *Engine) resumeDeliveries(ctx context.Context, workspace, id string) error {
	for {
		handles, err := e.store.ResumeDeliveries(ctx, workspace, id, resumePage)
		if err != nil {
			return err
		}
		for _, h := range handles {
			e.bell.Ring(h)
		}
		if len(handles) < resumePage {
			return nil
		}
	}
}

// RotateHookSecret makes plain the secret that deliveries are signed with; until
// overlap ends they are signed with the one before too.
func (e *Engine) RotateHookSecret(ctx context.Context, workspace, id, plain string, overlap time.Time) error {
	err := e.store.Do(ctx, workspace, func(tx Tx) error {
		h, err := tx.Hook(id)
		if err != nil {
			return err
		}
		return tx.RotateSecret(h.SecretID, plain, overlap)
	})
	e.hooks.forget(workspace, id)
	return err
}

// DeleteHook ends a hook. What it has not sent yet is not sent.
func (e *Engine) DeleteHook(ctx context.Context, workspace, id string) error {
	err := e.store.Do(ctx, workspace, func(tx Tx) error { return tx.DeleteHook(id) })
	e.hooks.forget(workspace, id)
	return err
}

// hookFor is how long a change of a hook by another process may go unnoticed.
const hookFor = 2 * time.Second

// knownHook is a hook with its opened secret, shared by the deliveries of a
// process.
type knownHook struct {
	hook    Hook
	secret  nodes.Secret
	deleted bool
	until   time.Time

	mu          sync.Mutex
	isFailing   bool
	successSeen time.Time
}

func (h *knownHook) failing() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.isFailing
}

// succeeded reports whether the success is worth writing down.
func (h *knownHook) succeeded(now time.Time) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.isFailing && now.Sub(h.successSeen) < healthEvery {
		return false
	}
	h.isFailing, h.successSeen = false, now
	return true
}

func (h *knownHook) failed(now time.Time, gone bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.isFailing = true
	if gone || (!h.hook.FailingSince.IsZero() && now.Sub(h.hook.FailingSince) >= pauseAfter) {
		h.until = time.Time{} // its status is changed with this outcome
	}
}

// hookCache keeps the hooks that deliveries go to.
type hookCache struct {
	store Store
	mu    sync.Mutex
	known map[string]*knownHook
	runs  map[string]wanted
}

// wanted says whether any hook of a workspace listens to runs.
type wanted struct {
	yes   bool
	until time.Time
}

func newHookCache(store Store) *hookCache {
	return &hookCache{store: store, known: map[string]*knownHook{}, runs: map[string]wanted{}}
}

// get returns a hook with its secret; ErrNotFound when it was deleted.
func (c *hookCache) get(ctx context.Context, workspace, id string) (*knownHook, error) {
	key := workspace + "/" + id
	c.mu.Lock()
	known := c.known[key]
	c.mu.Unlock()
	if known != nil {
		known.mu.Lock()
		fresh := time.Now().Before(known.until)
		known.mu.Unlock()
		if fresh {
			return known, nil
		}
	}
	h, err := c.store.Hook(ctx, workspace, id)
	if err != nil {
		return nil, err
	}
	opened, err := c.store.Secrets(ctx, workspace, []string{h.SecretID})
	if err != nil {
		return nil, err
	}
	versions := make([]nodes.SecretVersion, len(opened[h.SecretID]))
	for i, v := range opened[h.SecretID] {
		versions[i] = nodes.SecretVersion{Value: v.Value, Until: v.Until}
	}
	known = &knownHook{
		hook: h, secret: nodes.NewSecret(h.SecretID, versions...), until: time.Now().Add(hookFor),
		isFailing: !h.FailingSince.IsZero(), successSeen: h.LastSuccessAt,
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.known) >= 2*MaxHooks {
		clear(c.known)
	}
	c.known[key] = known
	return known, nil
}

func (c *hookCache) forget(workspace, id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.known, workspace+"/"+id)
	delete(c.runs, workspace)
}

// wantRuns reports whether a hook of the workspace listens to runs. When that
// cannot be known it says yes: an event that nobody wants is dropped later.
func (c *hookCache) wantRuns(ctx context.Context, workspace string) bool {
	c.mu.Lock()
	known, ok := c.runs[workspace]
	c.mu.Unlock()
	if ok && time.Now().Before(known.until) {
		return known.yes
	}
	yes, err := c.store.HasRunHooks(ctx, workspace)
	if err != nil {
		return true
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.runs) > 10_000 {
		clear(c.runs)
	}
	c.runs[workspace] = wanted{yes, time.Now().Add(hookFor)}
	return yes
}

// runEvent tells hooks that a run has ended. Only live runs of workflows do.
func runEvent(run Run, to RunState) (crm.Event, bool) {
	name := ""
	switch {
	case run.Kind != KindWorkflow || run.Mode != ModeLive:
	case to.Status == Succeeded:
		name = RunSucceeded
	case to.Status == Failed:
		name = RunFailed
	}
	if name == "" {
		return crm.Event{}, false
	}
	text := func(s string) any {
		if s == "" {
			return nil
		}
		return s
	}
	var failure any
	if to.Error != nil {
		failure = map[string]any{"code": to.Error.Code, "message": to.Error.Message, "step": text(to.Error.Step)}
	}
	data := map[string]any{"run": map[string]any{
		"id": run.ID, "workflow_id": text(run.WorkflowID), "version": run.Version, "status": string(to.Status), "end_reason": text(to.EndReason),
		"contact_id": text(run.ContactID), "request_id": text(run.RequestID), "error": failure,
		"started_at": to.StartedAt.UTC().Format(time.RFC3339Nano), "finished_at": to.FinishedAt.UTC().Format(time.RFC3339Nano),
	}}
	return crm.Event{
		Type: name, ContactID: run.ContactID, Data: value.Normalize(data).(map[string]any), CauseRun: run.ID, Depth: run.Depth + 1, OccurredAt: to.FinishedAt,
	}, true
}

// gates bounds how many deliveries a process has under way to one endpoint that
// is failing or slow. Healthy ones are not bounded.
type gates struct {
	mu    sync.Mutex
	under map[string]map[int]time.Time
	next  int
}

const (
	// failingLimit is how many deliveries try a failing endpoint at once.
	failingLimit = 2
	// slowLimit is how many may hang for longer than slowAfter before an endpoint
	// counts as slow.
	slowLimit = 4
	slowAfter = 2 * time.Second
)

func newGates() *gates { return &gates{under: map[string]map[int]time.Time{}} }

// enter lets a delivery to its endpoint, or not.
func (g *gates) enter(hook string, failing bool) (leave func(), ok bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now, under, slow := time.Now(), g.under[hook], 0
	for _, since := range under {
		if now.Sub(since) > slowAfter {
			slow++
		}
	}
	if slow >= slowLimit || failing && len(under) >= failingLimit {
		return nil, false
	}
	if under == nil {
		under = map[int]time.Time{}
		g.under[hook] = under
	}
	g.next++
	id := g.next
	under[id] = now
	return func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		delete(under, id)
		if len(under) == 0 {
			delete(g.under, hook)
		}
	}, true
}

// feeder hands new deliveries to workers a few at a time, so that a thousand of
// them do not stand before the run of a webhook that comes in now.
type feeder struct {
	mu      sync.Mutex
	waiting []fed
	under   map[string]time.Time
}

type fed struct {
	run     Run
	trigger map[string]any
}

const (
	// feedAtOnce is how many deliveries are rung and not worked yet.
	feedAtOnce = 24
	// feedMax bounds what waits in memory; the rest waits in SQL.
	feedMax = 4_000
	// feedAge is after what time a ring counts as lost.
	feedAge = 5 * time.Second
)

func newFeeder() *feeder { return &feeder{under: map[string]time.Time{}} }

func (f *feeder) add(run Run, trigger map[string]any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.waiting) < feedMax {
		f.waiting = append(f.waiting, fed{run, trigger})
	}
}

// take returns the deliveries that may be rung now.
func (f *feeder) take() []fed {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.waiting) == 0 {
		return nil
	}
	now := time.Now()
	if len(f.under) >= feedAtOnce {
		for id, since := range f.under {
			if now.Sub(since) > feedAge {
				delete(f.under, id)
			}
		}
	}
	n := min(feedAtOnce-len(f.under), len(f.waiting))
	if n <= 0 {
		return nil
	}
	next := f.waiting[:n:n]
	f.waiting = f.waiting[n:]
	for _, one := range next {
		f.under[one.run.ID] = now
	}
	if len(f.waiting) == 0 {
		f.waiting = nil
	}
	return next
}

// done notes that a worker has left a run, and reports whether it was fed.
func (f *feeder) done(run string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	_, was := f.under[run]
	delete(f.under, run)
	return was
}

// feed rings the deliveries whose turn it is.
func (e *Engine) feed() {
	for _, one := range e.feeder.take() {
		e.ringNew(one.run, one.trigger)
	}
}

// fedDone lets the next delivery follow a run that a worker has left.
func (e *Engine) fedDone(run string) {
	if e.feeder.done(run) {
		e.feed()
	}
}
