package rollout

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/workflow"
)

// PushStore keeps pushes and what they read.
type PushStore interface {
	Do(ctx context.Context, workspace string, fn func(engine.Tx) error) error
	Definition(ctx context.Context, workspace, hash string) ([]byte, error)
	WorkflowInfo(ctx context.Context, workspace, id string) (engine.WorkflowInfo, error)
	Clone(ctx context.Context, workspace, id string) (engine.Clone, error)
	TemplateVersion(ctx context.Context, workspace, template string, number int) (engine.TemplateVersion, error)

	// CreatePush stores a push with its clones; an *engine.StateError while another
	// one of the template goes on.
	CreatePush(ctx context.Context, p *engine.Push, clones []engine.PushClone) error
	// TakePush gives an unfinished push to an owner until a time; engine.ErrLost
	// when another process has it. alone says that there is no other.
	TakePush(ctx context.Context, workspace, id, owner string, until time.Time, alone bool) (engine.Push, error)
	// MovePush changes a push that still is in the state from, else engine.ErrLost.
	MovePush(ctx context.Context, p engine.Push, from engine.PushState) error
	Push(ctx context.Context, workspace, id string) (engine.Push, error)
	OpenPushes(ctx context.Context, max int) ([]engine.Push, error)
	PushClone(ctx context.Context, workspace, push, clone string) (engine.PushClone, error)
	PushClones(ctx context.Context, push string, p engine.Page, states ...engine.PushCloneState) ([]engine.PushClone, error)
	AllPushClones(ctx context.Context, push string) ([]engine.PushClone, error)
	// RunOutcomes counts finished runs of a workflow by its versions.
	RunOutcomes(ctx context.Context, workspace, workflow string, from, to, max int) (finished, failed int, err error)
}

// Renewer changes workflows; it is *engine.Engine.
type Renewer interface {
	Renew(tx engine.Tx, r engine.Renewal) (engine.Workflow, error)
	Renewed(list ...engine.Workflow)
	RenewProblems(ctx context.Context, w engine.Workflow, document []byte, b engine.Brought) ([]workflow.Problem, error)
	EndTrigger(tx engine.Tx, workflowID, triggerID string) (engine.Workflow, int, error)
	AddWorkflow(tx engine.Tx, edit engine.Edit) (engine.Workflow, error)
	PublishNew(tx engine.Tx, w *engine.Workflow, by string) error
	Trash(tx engine.Tx, id string) (engine.Workflow, error)
}

// Pusher brings new versions of templates to their clones: stored work that goes
// on after a crash, clone by clone, each in one transaction. Make it with
// NewPusher.
type Pusher struct {
	store  PushStore
	engine Renewer
	now    func() time.Time
	log    *slog.Logger
	live   engine.Live
	// alone says that no other process uses the database.
	alone bool
	owner string
	files fileCache

	wake   chan struct{}
	work   sync.WaitGroup
	cancel context.CancelFunc
}

// PusherDeps is what a Pusher works with; all but Live and Alone are required.
type PusherDeps struct {
	Store  PushStore
	Engine Renewer
	Now    func() time.Time
	Log    *slog.Logger
	// Live tells open pages how far a push is; nil tells nobody.
	Live engine.Live
	// Alone says that no other process uses the database, so that a push which an
	// earlier one left is taken at once.
	Alone bool
}

// NewPusher makes a pusher that can be asked at once; Start makes it work.
func NewPusher(d PusherDeps) *Pusher {
	return &Pusher{
		store: d.Store, engine: d.Engine, now: d.Now, log: d.Log, live: d.Live, alone: d.Alone, owner: uuid.NewString(), wake: make(chan struct{}, 1),
	}
}

const (
	// pushTick is how often open pushes are looked at.
	pushTick = 2 * time.Second
	// lease is how long a process may be silent before another one goes on with its
	// push; it is renewed with each page.
	lease = 15 * time.Second
	// pushPage is how many clones are read at a time.
	pushPage = 50
)

// Start begins to work on open pushes until Stop, also on those that a process
// which died left behind. It returns at once.
func (p *Pusher) Start() {
	ctx, cancel := context.WithCancel(context.Background())
	p.cancel = cancel
	p.work.Go(func() {
		ticker := time.NewTicker(pushTick)
		defer ticker.Stop()
		for {
			if err := p.Work(ctx); err != nil && ctx.Err() == nil {
				p.log.Error("cannot go on with pushes", "error", err)
			}
			select {
			case <-ctx.Done():
				return
			case <-p.wake:
			case <-ticker.C:
			}
		}
	})
}

// Stop ends behind the clone that is worked on; the rest goes on at the next
// start, or in another process.
func (p *Pusher) Stop() {
	if p.cancel != nil {
		p.cancel()
		p.work.Wait()
	}
}

// Wake has open pushes looked at soon.
func (p *Pusher) Wake() {
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

// Work does what open pushes have to do now. Start calls it again and again;
// tests call it when something has changed.
func (p *Pusher) Work(ctx context.Context) error {
	open, err := p.store.OpenPushes(ctx, engine.MaxPage)
	if err != nil {
		return err
	}
	var errs []error
	for _, push := range open {
		err := p.advance(ctx, push)
		if errors.Is(err, engine.ErrLost) || ctx.Err() != nil {
			continue // another process has it, or it was stopped meanwhile
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// advance does what one push has to do until it waits or is finished.
func (p *Pusher) advance(ctx context.Context, push engine.Push) error {
	for ctx.Err() == nil {
		taken, err := p.store.TakePush(ctx, push.Workspace, push.ID, p.owner, p.now().Add(lease), p.alone)
		if err != nil {
			return err
		}
		var more bool
		switch taken.State {
		case engine.PushRunning:
			more, err = p.updatePage(ctx, taken)
		case engine.PushWatching:
			more, err = p.watch(ctx, taken)
		case engine.PushRollingBack:
			more, err = p.rollBackPage(ctx, taken)
		}
		if err != nil || !more {
			return err
		}
	}
	return ctx.Err()
}

// updatePage tries the next clones; false when there are none left to do now.
func (p *Pusher) updatePage(ctx context.Context, push engine.Push) (bool, error) {
	waiting, err := p.store.PushClones(ctx, push.ID, engine.Page{Limit: pushPage}, engine.PushWaiting)
	if err != nil {
		return false, err
	}
	first := push.Canary.Clones > 0 && !push.Passed
	did := false
	for _, c := range waiting {
		if first && !c.Canary {
			break
		}
		if ctx.Err() != nil {
			return false, ctx.Err()
		}
		if err := p.update(ctx, push, c); err != nil {
			return false, err
		}
		did = true
		p.tell(push, c)
	}
	switch {
	case did:
		return true, nil
	case first:
		push.State, push.Reason = engine.PushWatching, "It waits for runs of the first clients."
	default:
		push.State, push.Reason, push.FinishedAt = engine.PushDone, "", p.now()
	}
	return push.State == engine.PushWatching, p.move(ctx, push, engine.PushRunning)
}

// move changes a push that is in the state from, and tells of it.
func (p *Pusher) move(ctx context.Context, push engine.Push, from engine.PushState) error {
	if err := p.store.MovePush(ctx, push, from); err != nil {
		return err
	}
	p.tell(push, engine.PushClone{})
	return nil
}

// tell has open pages look at a push again, in the template's home and at the
// client; c names the client, or nobody.
func (p *Pusher) tell(push engine.Push, c engine.PushClone) {
	if p.live == nil {
		return
	}
	change := engine.Change{Workspace: push.Workspace, Kind: engine.ChangePush, ID: push.ID, Status: string(push.State)}
	p.live.Publish(change)
	if c.Workspace != "" && c.Workspace != push.Workspace {
		change.Workspace = c.Workspace
		p.live.Publish(change)
	}
}

// update tries one clone and stores what became of it.
func (p *Pusher) update(ctx context.Context, push engine.Push, c engine.PushClone) error {
	for tries := 0; ; tries++ {
		plan, err := p.plan(ctx, push.Version, c)
		if err == nil {
			err = p.apply(ctx, push, c, plan)
		}
		if errors.Is(err, engine.ErrRevision) && tries < 5 {
			continue // somebody edited it meanwhile: merge again
		}
		if err == nil || errors.Is(err, engine.ErrLost) {
			return nil
		}
		state, reason, ok := standsAgainst(err)
		if !ok {
			return err
		}
		return p.note(ctx, c, state, reason)
	}
}

// standsAgainst is why a clone cannot take a version, and the state that it gets for
// that; false for what no person can do anything about.
func standsAgainst(err error) (engine.PushCloneState, string, bool) {
	reason, ok := Said(err)
	if _, document := errors.AsType[*engine.DocumentError](err); document {
		return engine.PushNeedsInput, reason, ok
	}
	return engine.PushFailed, reason, ok
}

// note stores a state that changed nothing of the clone.
func (p *Pusher) note(ctx context.Context, c engine.PushClone, state engine.PushCloneState, reason string) error {
	return p.store.Do(ctx, c.Workspace, func(tx engine.Tx) error {
		now, err := tx.PushClone(c.PushID, c.CloneID)
		if err != nil || !tryable(now.State) {
			return err
		}
		now.State, now.Reason, now.Conflicts, now.Open = state, reason, nil, 0
		return tx.UpdatePushClone(&now)
	})
}

// tryable tells whether a clone has not taken the version yet.
func tryable(s engine.PushCloneState) bool {
	switch s {
	case engine.PushWaiting, engine.PushConflict, engine.PushNeedsInput, engine.PushFailed:
		return true
	}
	return false
}
