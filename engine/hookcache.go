package engine

import (
	"context"
	"sync"
	"time"

	"github.com/hookloom/hookloom/nodes"
)

const (
	// hookFor is how long a change of a hook by another process may go unnoticed,
	// runHooksFor the same for the first hook that listens to runs.
	hookFor     = 5 * time.Second
	runHooksFor = 2 * time.Second
)

// knownHook is a hook with its opened secret, shared by the deliveries of a
// process.
type knownHook struct {
	hook    Hook
	secret  nodes.Secret
	deleted bool
	until   time.Time

	mu sync.Mutex
	// since is when the endpoint began to fail, zero while it does not.
	since       time.Time
	successSeen time.Time
}

func (h *knownHook) failing() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return !h.since.IsZero()
}

// succeeded reports whether the success is worth writing down.
func (h *knownHook) succeeded(now time.Time) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.since.IsZero() && now.Sub(h.successSeen) < healthEvery {
		return false
	}
	h.since, h.successSeen = noTime, now
	return true
}

func (h *knownHook) failed(now time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.since.IsZero() {
		h.since = now
	}
}

// stopped reports whether an outcome ended or paused the hook, which is then
// read anew.
func (h *knownHook) stopped(o *HookOutcome) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if o.OK || o.Gone == "" && (h.since.IsZero() || o.At.Sub(h.since) < pauseAfter) {
		return false
	}
	h.until = noTime
	return true
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
		since: h.FailingSince, successSeen: h.LastSuccessAt,
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
	c.runs[workspace] = wanted{yes, time.Now().Add(runHooksFor)}
	return yes
}
