package engine

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"github.com/hookloom/hookloom/nodes"
)

// maxAwaited bounds how many callers wait for a step's answer at once in this
// process; further ones are given the fallback, because each keeps a connection.
const maxAwaited = 1000

// How often the database is asked for an answer that no change has announced: a
// change may be lost, and a subscription may come late.
const (
	firstLook = 250 * time.Millisecond
	lastLook  = 2 * time.Second
)

// replies wakes the callers who wait for a step of their run to answer. The
// answer itself always comes from the database, since the run may be worked on
// by another process.
type replies struct {
	mu    sync.Mutex
	byRun map[string]*awaited
	// spaces holds one subscription for each workspace that somebody waits in.
	spaces map[string]*listening
}

// listening is a subscription to the changes of a workspace.
type listening struct {
	waiters int
	end     func()
}

// awaited is one caller who waits.
type awaited struct {
	workspace, run string
	// bell rings when look or paths were added to.
	bell chan struct{}
	mu   sync.Mutex
	// paths of steps that changed; look says to look at everything.
	paths []string
	look  bool
}

func newReplies() *replies {
	return &replies{byRun: map[string]*awaited{}, spaces: map[string]*listening{}}
}

// expect registers a caller before its run is rung, so that no change is missed;
// nil when too many wait. It must be dropped.
func (r *replies) expect(live Live, workspace, run string) *awaited {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.byRun) >= maxAwaited {
		return nil
	}
	a := &awaited{workspace: workspace, run: run, bell: make(chan struct{}, 1)}
	r.byRun[run] = a
	space := r.spaces[workspace]
	if space == nil {
		changes, end := live.Subscribe(workspace)
		space = &listening{end: end}
		r.spaces[workspace] = space
		go r.listen(workspace, changes)
	}
	space.waiters++
	return a
}

// drop ends a wait; with the last one of a workspace its subscription ends.
func (r *replies) drop(a *awaited) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.byRun, a.run)
	space := r.spaces[a.workspace]
	if space.waiters--; space.waiters == 0 {
		delete(r.spaces, a.workspace)
		space.end()
	}
}

// listen tells the waiters of a workspace what changes, until the subscription
// ends.
func (r *replies) listen(workspace string, changes <-chan Change) {
	for c := range changes {
		switch c.Kind {
		case ChangeStep:
			r.wake(c.Parent, c.ID)
		case ChangeRun:
			if Status(c.Status).Finished() {
				r.wake(c.ID, "")
			}
		case ChangeResync:
			r.wakeAll(workspace)
		}
	}
}

func (r *replies) wakeAll(workspace string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, a := range r.byRun {
		if a.workspace == workspace {
			a.wake("")
		}
	}
}

func (r *replies) wake(run, path string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if a := r.byRun[run]; a != nil {
		a.wake(path)
	}
}

func (a *awaited) wake(path string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if path == "" || len(a.paths) >= 16 {
		a.paths, a.look = nil, true
	} else if !a.look {
		a.paths = append(a.paths, path)
	}
	select {
	case a.bell <- struct{}{}:
	default:
	}
}

// changed takes what the waiter was woken for.
func (a *awaited) changed() (paths []string, look bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	paths, look = a.paths, a.look
	a.paths, a.look = nil, false
	return paths, look
}

// waiter is a caller whose run is not rung yet. nil is one who does not wait.
type waiter struct {
	e     *Engine
	a     *awaited
	run   Run
	limit time.Duration
}

// expect prepares to wait for a step's answer to an accepted request; nil when
// the caller is answered at once.
func (e *Engine) expect(a Acceptance, r nodes.Receipt) *waiter {
	if r.Await <= 0 || a.Run == nil || a.Run.Status != Queued || a.Request.Test || r.Verdict != nodes.Accepted {
		return nil
	}
	listed := e.replies.expect(e.live, a.Run.Workspace, a.Run.ID)
	if listed == nil {
		e.log.Warn("too many callers wait for a step's answer: this one is given the other answer", "run", a.Run.ID)
		return nil
	}
	return &waiter{e, listed, *a.Run, min(r.Await, nodes.MaxAwait)}
}

func (w *waiter) await(ctx context.Context) *nodes.Reply { return w.e.await(ctx, w.a, w.run, w.limit) }

func (w *waiter) drop() {
	if w != nil {
		w.e.replies.drop(w.a)
	}
}

// await waits until a step of the run has answered, the run has ended without
// one, or the time is up; nil for the latter two and when ctx ends.
func (e *Engine) await(ctx context.Context, a *awaited, run Run, limit time.Duration) *nodes.Reply {
	defer e.replies.drop(a)
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	pause := firstLook
	for {
		timer := time.NewTimer(pause)
		var paths []string
		var look bool
		select {
		case <-ctx.Done():
			timer.Stop()
			return nil
		case <-a.bell:
			paths, look = a.changed()
		case <-timer.C:
			look, pause = true, min(2*pause, lastLook)
		}
		timer.Stop()
		reply, over, err := e.answered(ctx, run, paths, look)
		if err != nil && ctx.Err() == nil {
			e.log.Warn("a step's answer could not be looked up", "run", run.ID, "error", err)
		}
		if reply != nil || over {
			return reply
		}
	}
}

// Replied is what a step of a run has answered its caller so far; nil when none has.
func (e *Engine) Replied(ctx context.Context, workspace, id string) (*nodes.Reply, error) {
	run, err := e.store.Run(ctx, workspace, id)
	if err != nil {
		return nil, err
	}
	reply, _, err := e.answered(ctx, run, nil, true)
	return reply, err
}

// answered looks for the answer among the steps at paths, or among all when look
// is set; over says that the run has ended and there will be none.
func (e *Engine) answered(ctx context.Context, run Run, paths []string, look bool) (reply *nodes.Reply, over bool, err error) {
	prog, err := e.programs.get(ctx, run.Workspace, run.Definition)
	if err != nil {
		return nil, false, err
	}
	responds := func(path string) bool {
		n := prog.Node(stepOf(path))
		return n != nil && n.Type.Responds
	}
	if look {
		// The run is read first: what it did before it ended is in the rows then.
		now, err := e.store.Run(ctx, run.Workspace, run.ID)
		if err != nil {
			return nil, false, err
		}
		over, paths = now.Status.Finished(), nil
	} else {
		kept := paths[:0]
		for _, path := range paths {
			if responds(path) {
				kept = append(kept, path)
			}
		}
		if paths = kept; len(paths) == 0 {
			return nil, false, nil
		}
	}
	rows, err := e.store.Steps(ctx, run.Workspace, run.ID, paths...)
	if err != nil {
		return nil, false, err
	}
	var first *StepResult
	for i := range rows {
		row := &rows[i]
		if row.Status == StepSucceeded && row.Output != nil && responds(row.Path) && (first == nil || row.Seq < first.Seq) {
			first = row
		}
	}
	if first == nil {
		return nil, over, nil
	}
	reply, err = replyOf(first.Output)
	return reply, true, err
}

// responded is the output of a step that answers the caller.
type responded struct {
	Status  int               `json:"status"`
	Headers map[string]string `json:"headers"`
	Body    string            `json:"body"`
}

func replyOf(output []byte) (*nodes.Reply, error) {
	var r responded
	if err := json.Unmarshal(output, &r); err != nil {
		return nil, err
	}
	return &nodes.Reply{Status: r.Status, Header: r.Headers, Body: []byte(r.Body)}, nil
}
