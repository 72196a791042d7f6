package dispatchtest

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
)

// mostUnderWay is how many handles per slot may be under way at once.
const mostUnderWay = 16

// ticks lets time pass for a bell; a nil one never does.
type ticks chan time.Time

// pass lets as much time pass as makes all that is under way slow.
func (c ticks) pass(t *testing.T) {
	t.Helper()
	c.send(t, 3)
	// The last look has ended when the bell takes another tick.
	c.send(t, 1)
}

func (c ticks) send(t *testing.T, n int) {
	t.Helper()
	for range n {
		select {
		case c <- time.Time{}:
		case <-time.After(Patience):
			t.Fatalf("waited %v for the bell to look at the time", Patience)
		}
	}
}

// until lets time pass until something arrives.
func (c ticks) until(t *testing.T, what string, from <-chan struct{}) {
	t.Helper()
	timeout := time.After(Patience)
	for {
		select {
		case <-from:
			return
		case c <- time.Time{}:
		case <-timeout:
			t.Fatalf("waited %v for %s", Patience, what)
		}
	}
}

// slowWorkLendsItsSlot lets all slots hang, twice over, and has another run
// worked meanwhile.
func slowWorkLendsItsSlot(t *testing.T, h harness) {
	const concurrency = 4
	truth, tick, gate := NewTruth(), make(ticks), make(chan struct{})
	hanging := truth.Add(3 * concurrency)
	hangs := make(map[engine.Handle]bool)
	for _, h := range hanging {
		hangs[h] = true
	}
	quick := make(chan engine.Handle, 1)
	truth.Do = func(_ context.Context, h engine.Handle) {
		if hangs[h] {
			<-gate
			return
		}
		quick <- h
	}
	b := h.Ticked(concurrency, tick)
	start(t, b, truth)
	for n := concurrency; n <= len(hanging); n += concurrency {
		truth.Await(t, "all slots to hang", func(c Counts) bool { return c.Now == n })
		tick.send(t, 1) // not slow yet, even if it saw the last of those before
		if c := truth.Counts(); c.Most != n {
			t.Errorf("%d handles at once before any was slow, want %d", c.Most, n)
		}
		tick.pass(t)
	}
	other := truth.Add(1)[0]
	b.Ring(other)
	if got := receive(t, "a run among slow ones", quick); got != other {
		t.Errorf("worked %v, want %v", got, other)
	}
	close(gate)
	truth.AwaitDone(t)
}

// slowWorkIsBounded lets more hang than may be under way, and has the slots
// counted right when it is over.
func slowWorkIsBounded(t *testing.T, h harness) {
	const concurrency, most = 3, 3 * mostUnderWay
	truth, tick := NewTruth(), make(ticks)
	var gate atomic.Pointer[chan struct{}]
	shut := func() (open func()) {
		g := make(chan struct{})
		gate.Store(&g)
		return func() { close(g) }
	}
	truth.Do = func(context.Context, engine.Handle) { <-*gate.Load() }
	open := shut()
	b := h.Ticked(concurrency, tick)
	start(t, b, truth)
	ringAll(b, truth.Add(most+20))
	for n := concurrency; n <= most; n += concurrency {
		truth.Await(t, fmt.Sprint(n, " to hang"), func(c Counts) bool { return c.Now == n })
		tick.pass(t)
	}
	open()
	truth.AwaitDone(t)
	if c := truth.Counts(); c.Most != most {
		t.Errorf("%d handles under way at once, want %d", c.Most, most)
	}
	truth.ForgetMost()
	open = shut()
	ringAll(b, truth.Add(50))
	truth.Await(t, "all slots to be taken again", func(c Counts) bool { return c.Now == concurrency })
	open()
	truth.AwaitDone(t)
	if c := truth.Counts(); c.Most != concurrency {
		t.Errorf("%d handles at once after slow ones, want %d", c.Most, concurrency)
	}
}

func ringAll(b engine.Bell, hs []engine.Handle) {
	for _, h := range hs {
		b.Ring(h)
	}
}

// lentSlotTakes offers runs to a bell all of whose work is slow.
func lentSlotTakes(t *testing.T, h harness) {
	started, gate, tick := make(chan struct{}, 1), make(chan struct{}), make(ticks)
	b := h.Ticked(1, tick)
	start(t, b, funcs{work: func(context.Context, engine.Handle) {
		started <- struct{}{}
		<-gate
	}})
	for i := range 5 {
		run := engine.Handle{Workspace: "w", Run: fmt.Sprint("run_", i), Epoch: 1}
		awaitTaken(t, b, run)
		receive(t, "the taken run", started)
		tick.pass(t)
	}
	close(gate)
}

func stopWaitsForSlowWork(t *testing.T, h harness) {
	tick := make(ticks)
	b := h.Ticked(2, tick)
	ended, release := stuck(t, b, 5, tick)
	waits(t, b, ended, release, 5)
}

func stopGivesSlowWorkUp(t *testing.T, h harness) {
	tick := make(ticks)
	b := h.Ticked(2, tick)
	ended, _ := stuck(t, b, 7, tick)
	givesUp(t, b, ended, 7)
}
