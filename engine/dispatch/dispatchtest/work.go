package dispatchtest

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
)

// receive waits for a value and fails the test when none comes.
func receive[T any](t *testing.T, what string, from <-chan T) T {
	t.Helper()
	select {
	case v := <-from:
		return v
	case <-time.After(Patience):
		t.Fatalf("waited %v for %s", Patience, what)
		panic("unreachable")
	}
}

func handleIntact(t *testing.T, h harness) {
	got := make(chan engine.Handle, 16)
	b := h.New(1)
	start(t, b, funcs{work: func(_ context.Context, h engine.Handle) { got <- h }})
	for _, want := range []engine.Handle{
		{Workspace: "ws_0195", Run: "run_0195", Epoch: 1},
		{Workspace: "ws \"x\" {y}:z\n", Run: "run:with:colons é☃", Epoch: math.MaxInt64},
		{Workspace: "", Run: "r", Epoch: 0},
		{Workspace: "w", Run: "r", Epoch: -7},
	} {
		b.Ring(want)
		if h := receive(t, "the handle", got); h != want {
			t.Errorf("rang %#v, worked %#v", want, h)
		}
	}
}

func rungBeforeStart(t *testing.T, h harness) {
	got := make(chan engine.Handle, 1)
	b := h.New(1)
	b.Ring(engine.Handle{Workspace: "w", Run: "early", Epoch: 1})
	start(t, b, funcs{work: func(_ context.Context, h engine.Handle) { got <- h }})
	if h := receive(t, "the handle", got); h.Run != "early" {
		t.Errorf("worked %#v", h)
	}
}

func startPulls(t *testing.T, h harness) {
	truth := NewTruth()
	truth.Add(700)
	start(t, h.New(8), truth)
	truth.AwaitDone(t)
}

func boundedConcurrency(t *testing.T, h harness) {
	const concurrency = 4
	truth := NewTruth()
	gate := make(chan struct{})
	truth.Do = func(context.Context, engine.Handle) { <-gate }
	b := h.New(concurrency)
	start(t, b, truth)
	for _, h := range truth.Add(300) {
		b.Ring(h)
	}
	truth.Await(t, "all slots to be taken", func(c Counts) bool { return c.Now == concurrency })
	close(gate)
	truth.AwaitDone(t)
	if most := truth.Counts().Most; most != concurrency {
		t.Errorf("%d handles at once, want %d", most, concurrency)
	}
}

func ringNeverBlocks(t *testing.T, h harness) {
	truth := NewTruth()
	gate := make(chan struct{})
	truth.Do = func(context.Context, engine.Handle) { <-gate }
	b := h.New(2)
	start(t, b, truth)
	hs := truth.Add(5_000)
	for range 5 {
		for _, h := range hs {
			b.Ring(h) // with stuck workers; that it returns is the test
		}
	}
	close(gate)
	truth.AwaitDone(t)
}

func everyRunOnce(t *testing.T, h harness) {
	truth := NewTruth()
	var mu sync.Mutex
	times := make(map[engine.Handle]int)
	truth.Do = func(_ context.Context, h engine.Handle) {
		mu.Lock()
		defer mu.Unlock()
		times[h]++
	}
	b := h.New(16)
	start(t, b, truth)
	hs := truth.Add(5_000)
	var ringers sync.WaitGroup
	for part := range slices.Chunk(hs, len(hs)/8) {
		ringers.Go(func() {
			for _, h := range part {
				b.Ring(h)
			}
		})
	}
	ringers.Wait()
	truth.AwaitDone(t)
	mu.Lock()
	defer mu.Unlock()
	for _, h := range hs {
		if times[h] != 1 {
			t.Errorf("%v was worked %d times", h, times[h])
		}
	}
}

func backlogDrains(t *testing.T, h harness) {
	truth := NewTruth()
	b := h.New(8)
	start(t, b, truth)
	truth.Await(t, "the first pull", func(c Counts) bool { return c.Pulls > 0 })
	hs := truth.Add(5_000)
	for _, h := range hs {
		b.Ring(h)
	}
	truth.AwaitDone(t)
}

func noHandleTwice(t *testing.T, h harness) {
	var mu sync.Mutex
	times := make(map[string]int)
	started, gate := make(chan string, 8), make(chan struct{})
	b := h.New(2)
	start(t, b, funcs{work: func(_ context.Context, h engine.Handle) {
		mu.Lock()
		times[h.Run]++
		mu.Unlock()
		started <- h.Run
		if h.Run == "slow" {
			<-gate
		}
	}})
	slow := engine.Handle{Workspace: "w", Run: "slow", Epoch: 1}
	b.Ring(slow)
	receive(t, "the slow handle to start", started)
	for range 50 {
		b.Ring(slow)
	}
	// One slot is left, so what was rung before the last handle is past.
	b.Ring(engine.Handle{Workspace: "w", Run: "last", Epoch: 1})
	if run := receive(t, "the last handle to start", started); run != "last" {
		t.Errorf("%q started while it was under way", run)
	}
	close(gate)
	mu.Lock()
	defer mu.Unlock()
	if times["slow"] != 1 {
		t.Errorf("worked %d times", times["slow"])
	}
}

func newEpochWhileUnderWay(t *testing.T, h harness) {
	started, gate := make(chan int64, 2), make(chan struct{})
	defer close(gate)
	b := h.New(2)
	start(t, b, funcs{work: func(_ context.Context, h engine.Handle) {
		started <- h.Epoch
		<-gate
	}})
	for epoch := int64(1); epoch <= 2; epoch++ {
		b.Ring(engine.Handle{Workspace: "w", Run: "r", Epoch: epoch})
		if got := receive(t, "the epoch to start", started); got != epoch {
			t.Errorf("rang epoch %d, worked %d", epoch, got)
		}
	}
}

func panicEndsOneCall(t *testing.T, h harness) {
	worked := make(chan string, 64)
	b := h.New(1)
	start(t, b, funcs{work: func(_ context.Context, h engine.Handle) {
		worked <- h.Run
		if h.Epoch == 13 {
			panic("the worker's own mistake")
		}
	}})
	for i := range 3 {
		for _, epoch := range []int64{13, 1} {
			run := fmt.Sprint("run ", i, " ", epoch)
			b.Ring(engine.Handle{Workspace: "w", Run: run, Epoch: epoch})
			if got := receive(t, "work after a panic", worked); got != run {
				t.Errorf("rang %q, worked %q", run, got)
			}
		}
	}
}

func panickingPull(t *testing.T, h harness) {
	pulled, worked := make(chan struct{}, 64), make(chan string, 8)
	b := h.New(1)
	start(t, b, funcs{
		work: func(_ context.Context, h engine.Handle) { worked <- h.Run },
		pull: func(context.Context, int) []engine.Handle {
			select {
			case pulled <- struct{}{}:
			default:
			}
			panic("the database driver's mistake")
		},
	})
	receive(t, "the first pull", pulled)
	b.Ring(engine.Handle{Workspace: "w", Run: "r", Epoch: 1})
	receive(t, "work after a panicking pull", worked)
}

// idleLatency measures from Ring to the start of Work on an idle bell. The
// target is a p99 of 20 ms; the assertion is loose, because tests share their
// machine.
func idleLatency(t *testing.T, h harness) {
	const rings = 300
	began := make(chan time.Time, 1)
	b := h.New(8)
	start(t, b, funcs{work: func(context.Context, engine.Handle) { began <- time.Now() }})
	took := make([]time.Duration, rings)
	for i := range took {
		rang := time.Now()
		b.Ring(engine.Handle{Workspace: "w", Run: fmt.Sprint("run", i), Epoch: 1})
		took[i] = receive(t, "work to start", began).Sub(rang)
	}
	slices.Sort(took)
	t.Logf("ring to start, idle: p50 %v, p99 %v, max %v", took[rings/2], took[rings*99/100], took[rings-1])
	if p99 := took[rings*99/100]; p99 > 500*time.Millisecond {
		t.Errorf("p99 is %v", p99)
	}
}

// awaitTaken offers a run until the bell takes it: at first it looks for what
// waits.
func awaitTaken(t *testing.T, b engine.Bell, h engine.Handle) {
	t.Helper()
	for deadline := time.Now().Add(Patience); !b.Take(h); runtime.Gosched() {
		if time.Now().After(deadline) {
			t.Fatalf("nobody takes %v", h)
		}
	}
}

func takesAShortLine(t *testing.T, h harness) {
	const concurrency = 2
	got, gate := make(chan engine.Handle, 100), make(chan struct{})
	b := h.New(concurrency)
	run := func(i int) engine.Handle { return engine.Handle{Workspace: "w", Run: fmt.Sprint("run_", i), Epoch: 1} }
	if b.Take(run(0)) {
		t.Error("a bell that was not started took a run")
	}
	start(t, b, funcs{work: func(_ context.Context, h engine.Handle) {
		got <- h
		<-gate
	}})
	for i := range concurrency {
		awaitTaken(t, b, run(i))
		if worked := receive(t, "the taken run", got); worked != run(i) {
			t.Errorf("took %v, worked %v", run(i), worked)
		}
	}
	line := 0
	for i := concurrency; i < 50 && b.Take(run(i)); i++ {
		line++
	}
	if line > concurrency {
		t.Errorf("%d runs wait in line for %d slots", line, concurrency)
	}
	b.Ring(run(50))
	close(gate)
	for range line + 1 {
		receive(t, "a run in line", got)
	}
}
