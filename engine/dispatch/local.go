package dispatch

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/hookloom/hookloom/engine"
)

// DefaultConcurrency is how many handles a bell works at once when its
// configuration does not say. Runs mostly wait, for the database or for other
// servers, so it is well above the number of cores.
const DefaultConcurrency = 32

// windowFactor is the size of the window in handles per worker slot: enough
// that slots never run dry between two pulls, and small enough that the fair
// order of SQL decides what comes next.
const windowFactor = 4

// LocalConfig configures NewLocal. The zero value works.
type LocalConfig struct {
	// Concurrency is how many handles are worked at once; zero or less means
	// DefaultConcurrency.
	Concurrency int
	// Slow is after what time a handle under way gives its slot to others and
	// goes on beside them, as long as at most 16 handles per slot are under
	// way; zero or less means DefaultSlow. It may take half as long again.
	Slow time.Duration
	// Tick takes the place of the clock in tests: from one value to the next
	// passes half of Slow. nil means the clock.
	Tick <-chan time.Time
	// Log gets what goes wrong; nil means slog.Default().
	Log *slog.Logger
}

// Local is the bell within one process: a window of handles and as many
// goroutines that work them as there are slots, beside those whose work is slow.
type Local struct {
	concurrency int
	slow        time.Duration
	tick        <-chan time.Time
	log         *slog.Logger
	win         *window
	low         int // below this many waiting handles the window is topped up

	// dropped counts reasons to pull: rings that found the window full, and
	// the start. settled is the count as of the last pull that brought
	// everything; while they differ, runs may wait in SQL.
	dropped atomic.Uint64
	settled atomic.Uint64
	topUp   chan struct{}
	serving atomic.Bool // from start to stop

	mu      sync.Mutex
	state   state
	crew    *crew
	quit    context.CancelFunc // ends pulling
	release func()             // called when nothing runs any more
	loops   sync.WaitGroup
	done    chan struct{} // closed when nothing runs any more
}

// state is how far a bell has come; it only moves forward.
type state int

const (
	fresh state = iota
	running
	stopped
)

var _ engine.Bell = (*Local)(nil)

var (
	errNotStarted = errors.New("dispatch: the bell has not been started")
	errStopped    = errors.New("dispatch: the bell has been stopped")
	errStarted    = errors.New("dispatch: the bell has already been started")
)

// NewLocal makes a bell that works handles in this process.
func NewLocal(cfg LocalConfig) *Local {
	if cfg.Concurrency <= 0 {
		cfg.Concurrency = DefaultConcurrency
	}
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	size := windowFactor * cfg.Concurrency
	return &Local{
		concurrency: cfg.Concurrency,
		slow:        slowOf(cfg.Slow),
		tick:        cfg.Tick,
		log:         cfg.Log,
		win:         newWindow(size),
		low:         size / 2,
		topUp:       make(chan struct{}, 1),
		done:        make(chan struct{}),
	}
}

// Ring puts a handle into the window, or drops it when the window is full. Rung
// before Start, it waits there.
func (b *Local) Ring(h engine.Handle) {
	if b.win.push(h) != full {
		return
	}
	b.dropped.Add(1)
	// The slots may have emptied the window since; nobody else would notice.
	b.nudge(b.win.len())
}

// Take puts a handle into the window while no more wait there than there are
// slots, and none in SQL.
func (b *Local) Take(h engine.Handle) bool {
	return b.serving.Load() && b.dropped.Load() == b.settled.Load() && b.win.pushShort(h, b.concurrency)
}

// Start begins to work handles and pulls those that wait in SQL. Ending ctx
// does not stop the bell; its values reach the worker. The worker must not be
// nil: no other process could take this bell's handles.
func (b *Local) Start(ctx context.Context, w engine.Worker) error {
	if w == nil {
		return errors.New("dispatch: the in-process bell needs a worker")
	}
	c := newCrew(ctx, w, b.concurrency, b.log)
	if err := b.run(c, c.cancel); err != nil {
		c.cancel()
		return err
	}
	b.recall()
	return nil
}

// run starts the goroutines that work handles with the given crew. release is
// called when the last of them has ended.
func (b *Local) run(c *crew, release func()) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch b.state {
	case running:
		return errStarted
	case stopped:
		return errStopped
	}
	b.state, b.crew, b.release = running, c, release
	ctx, quit := context.WithCancel(c.ctx)
	b.quit = quit
	b.serving.Store(true)
	for range b.concurrency {
		b.loops.Go(b.serve)
	}
	b.loops.Go(func() { b.refill(ctx) })
	b.loops.Go(func() { c.watch(ctx, b.slow, b.tick) })
	return nil
}

// serve works handles until the bell stops or one of them is slow: then another
// goroutine serves in its place.
func (b *Local) serve() {
	replaced := false
	replace := func() {
		replaced = true
		b.loops.Go(b.serve)
		// The new one sees handles that wait, but not that more do in SQL.
		b.nudge(b.win.len())
	}
	for !replaced {
		h, left, ok := b.win.pop()
		if !ok {
			return
		}
		b.nudge(left)
		b.crew.work(h, replace)
		// A pull may have brought nothing but handles that were under way.
		b.nudge(b.win.len())
	}
}

// recall notes that runs may wait in SQL that nobody rings, and pulls.
func (b *Local) recall() {
	b.dropped.Add(1)
	b.nudge(b.win.len())
}

// nudge wakes the puller when the window is low and runs may wait in SQL.
func (b *Local) nudge(left int) {
	if left >= b.low || b.dropped.Load() == b.settled.Load() {
		return
	}
	select {
	case b.topUp <- struct{}{}:
	default:
	}
}

// refill tops the window up from SQL whenever it is nudged, until ctx ends.
func (b *Local) refill(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-b.topUp:
		}
		for ctx.Err() == nil && b.pull(ctx) {
		}
	}
}

// pull asks for a whole window, because the first handles of an answer may
// still be waiting here or be under way unclaimed. It says whether to go on.
func (b *Local) pull(ctx context.Context) bool {
	reasons := b.dropped.Load()
	if reasons == b.settled.Load() || b.win.len() >= b.low {
		return false
	}
	asked := windowFactor * b.concurrency
	hs := b.crew.pull(ctx, asked)
	var added, refused int
	for _, h := range hs {
		if b.crew.has(h) {
			continue
		}
		switch b.win.push(h) {
		case taken:
			added++
		case full:
			refused++
		}
	}
	if len(hs) < asked && refused == 0 {
		b.settled.Store(reasons)
	}
	return added > 0
}

// Stop takes no new handles, forgets those that wait, and waits for those under
// way until ctx ends. Then it ends their contexts and returns an error that
// says how many are left. Calling it again waits again.
func (b *Local) Stop(ctx context.Context) error {
	b.mu.Lock()
	if b.state != stopped {
		b.halt()
	}
	c := b.crew
	b.mu.Unlock()
	return await(ctx, b.done, c)
}

// halt begins the end; the caller holds the lock.
func (b *Local) halt() {
	started := b.state == running
	b.state = stopped
	b.serving.Store(false)
	b.win.discard()
	if !started {
		close(b.done)
		return
	}
	b.quit()
	go func() {
		b.loops.Wait()
		b.release()
		close(b.done)
	}()
}

// await waits for done until ctx ends; then it ends the contexts of the calls
// under way. c is nil when there was no worker.
func await(ctx context.Context, done <-chan struct{}, c *crew) error {
	select {
	case <-done:
		return nil
	default:
	}
	select {
	case <-done:
		return nil
	case <-ctx.Done():
	}
	left := 0
	if c != nil {
		left = c.len()
		c.cancel()
	}
	if left == 0 {
		return fmt.Errorf("dispatch: the bell did not wind down in time: %w", context.Cause(ctx))
	}
	return fmt.Errorf("dispatch: stopped with %d handles under way: %w", left, context.Cause(ctx))
}

// Ready returns nil while the bell works handles.
func (b *Local) Ready(context.Context) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch b.state {
	case fresh:
		return errNotStarted
	case stopped:
		return errStopped
	}
	return nil
}
