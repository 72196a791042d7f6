package dispatch

import (
	"context"
	"log/slog"
	"runtime/debug"
	"sync"

	"github.com/hookloom/hookloom/engine"
)

// crew calls a worker: with never more calls at once than it has slots, but
// for slow ones that went on beside them, never twice at once for the same
// handle, and so that a panic in a worker ends nothing but that one call.
type crew struct {
	worker engine.Worker
	log    *slog.Logger
	slots  chan struct{}

	// ctx is what the worker gets. cancel ends it, when the bell gave up
	// waiting for those under way or when none is left.
	ctx    context.Context
	cancel context.CancelFunc

	mu     sync.Mutex
	under  map[engine.Handle]*call // under way
	beside int                     // how many of them have lent their slots
	calls  sync.WaitGroup
}

// newCrew makes a crew whose calls carry the values of ctx, but not its end:
// a bell stops by Stop, which lets work finish.
func newCrew(ctx context.Context, w engine.Worker, concurrency int, log *slog.Logger) *crew {
	c := &crew{
		worker: w,
		log:    log,
		slots:  make(chan struct{}, concurrency),
		under:  make(map[engine.Handle]*call, concurrency),
	}
	c.ctx, c.cancel = context.WithCancel(context.WithoutCancel(ctx))
	return c
}

// work calls the worker with a handle, when a slot is free, and returns when
// the call does. A handle that is under way already is let go. When the call
// turns out slow and gives its slot to others, onLend is called, as call says.
func (c *crew) work(h engine.Handle, onLend func()) {
	c.slots <- struct{}{}
	if !c.begin(h, onLend) {
		<-c.slots
		return
	}
	defer c.end(h)
	defer func() {
		if p := recover(); p != nil {
			c.log.Error("worker panicked; the reconciler takes the run over",
				"workspace", h.Workspace, "run", h.Run, "epoch", h.Epoch, "panic", p, "stack", string(debug.Stack()))
		}
	}()
	c.worker.Work(c.ctx, h)
}

// free says how many slots are free; one that was lent out is.
func (c *crew) free() int { return cap(c.slots) - len(c.slots) }

// begin notes a handle as under way; it is false when it already was.
func (c *crew) begin(h engine.Handle, onLend func()) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.under[h]; ok {
		return false
	}
	c.under[h] = &call{onLend: onLend}
	c.calls.Add(1)
	return true
}

// end forgets a handle and frees its slot, or its place beside the slots.
func (c *crew) end(h engine.Handle) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.under[h].lent {
		c.beside--
	} else {
		<-c.slots
	}
	delete(c.under, h)
	c.calls.Done()
}

// has says whether a handle is under way.
func (c *crew) has(h engine.Handle) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, ok := c.under[h]
	return ok
}

// len says how many handles are under way, slow ones included.
func (c *crew) len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.under)
}

// pull asks the worker for up to max waiting handles. A panic counts as none:
// the reconciler asks again.
func (c *crew) pull(ctx context.Context, max int) (hs []engine.Handle) {
	defer func() {
		if p := recover(); p != nil {
			c.log.Error("pulling waiting runs panicked", "panic", p, "stack", string(debug.Stack()))
			hs = nil
		}
	}()
	hs = c.worker.Pull(ctx, max)
	return hs[:min(len(hs), max)]
}
