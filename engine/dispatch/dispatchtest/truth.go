package dispatchtest

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
)

// Patience is how long tests wait for what must happen. It is long because
// what they prove is that it happens, not how fast.
const Patience = time.Minute

// Truth is a worker that stands for the database: it knows which runs are open,
// claims each by run and epoch once, and pulls those that nobody has claimed.
type Truth struct {
	// Do, if set, is the work of a claimed handle. Set it before Start.
	Do func(ctx context.Context, h engine.Handle)

	mu      sync.Mutex
	runs    map[string]*run
	order   []*run // open runs, oldest first, with claimed ones still among them
	open    int
	serial  int
	refused int // handles whose claim failed
	pulls   int
	now     int // claimed and not finished
	most    int // the most that now has been
	changed chan struct{}
}

type run struct {
	handle  engine.Handle
	claimed bool
	pulled  time.Time // first given to a bell in this epoch
}

// lostAfter is when a run that was pulled and never claimed is taken for lost,
// as the reconciler does: a queue may lose the answer with which it gave a handle
// away, and then takes the same handle no second time.
const lostAfter = 10 * time.Second

var _ engine.Worker = (*Truth)(nil)

// NewTruth makes a Truth without runs.
func NewTruth() *Truth {
	return &Truth{runs: make(map[string]*run), changed: make(chan struct{})}
}

// Add opens n runs, spread over three workspaces, and returns their handles.
func (w *Truth) Add(n int) []engine.Handle {
	w.mu.Lock()
	defer w.mu.Unlock()
	hs := make([]engine.Handle, n)
	for i := range hs {
		w.serial++
		hs[i] = engine.Handle{
			Workspace: fmt.Sprintf("ws_%d", w.serial%3),
			Run:       fmt.Sprintf("run_%08d", w.serial),
			Epoch:     1,
		}
		r := &run{handle: hs[i]}
		w.runs[r.handle.Run] = r
		w.order = append(w.order, r)
	}
	w.open += n
	w.signal()
	return hs
}

// Raise moves an open run that nobody has claimed to its next epoch, as the
// reconciler does, and returns the new handle.
func (w *Truth) Raise(h engine.Handle) engine.Handle {
	w.mu.Lock()
	defer w.mu.Unlock()
	r := w.runs[h.Run]
	r.handle.Epoch++
	return r.handle
}

// Work claims the handle's run and does the work; a handle whose run is not
// open in this epoch, or is claimed, is counted as refused.
func (w *Truth) Work(ctx context.Context, h engine.Handle) {
	w.mu.Lock()
	r := w.runs[h.Run]
	if r == nil || r.claimed || r.handle != h {
		w.refused++
		w.signal()
		w.mu.Unlock()
		return
	}
	r.claimed = true
	w.now++
	w.most = max(w.most, w.now)
	w.signal()
	w.mu.Unlock()

	defer func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.now--
		w.open--
		delete(w.runs, h.Run)
		w.signal()
	}()
	if w.Do != nil {
		w.Do(ctx, h)
	}
}

// Pull returns the oldest open runs that nobody has claimed, in a new epoch those
// that seem lost.
func (w *Truth) Pull(ctx context.Context, max int) []engine.Handle {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.pulls++
	for len(w.order) > 0 && w.order[0].claimed {
		w.order = w.order[1:]
	}
	var hs []engine.Handle
	for _, r := range w.order {
		if len(hs) == max || ctx.Err() != nil {
			break
		}
		if r.claimed {
			continue
		}
		switch now := time.Now(); {
		case r.pulled.IsZero():
			r.pulled = now
		case now.Sub(r.pulled) > lostAfter:
			r.handle.Epoch++
			r.pulled = now
		}
		hs = append(hs, r.handle)
	}
	w.signal()
	return hs
}

// Counts is what a Truth has seen.
type Counts struct {
	Open    int // runs not finished
	Now     int // handles under way
	Most    int // the most handles that were under way at once
	Refused int // handles that could not be claimed
	Pulls   int // calls of Pull
}

// Counts returns what the Truth has seen until now.
func (w *Truth) Counts() Counts {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.counts()
}

// ForgetMost counts the most handles under way at once from now on.
func (w *Truth) ForgetMost() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.most = w.now
}

func (w *Truth) counts() Counts {
	return Counts{Open: w.open, Now: w.now, Most: w.most, Refused: w.refused, Pulls: w.pulls}
}

// Await waits until the counts satisfy ok and fails the test when they do not
// within Patience.
func (w *Truth) Await(t testing.TB, what string, ok func(Counts) bool) {
	t.Helper()
	timeout := time.After(Patience)
	for {
		w.mu.Lock()
		c, changed := w.counts(), w.changed
		w.mu.Unlock()
		if ok(c) {
			return
		}
		select {
		case <-changed:
		case <-timeout:
			t.Fatalf("waited %v for %s; counts: %+v", Patience, what, c)
		}
	}
}

// AwaitDone waits until no run is open.
func (w *Truth) AwaitDone(t testing.TB) {
	t.Helper()
	w.Await(t, "every run to be worked", func(c Counts) bool { return c.Open == 0 })
}

// signal tells waiters that a count changed; the caller holds the lock.
func (w *Truth) signal() {
	close(w.changed)
	w.changed = make(chan struct{})
}
