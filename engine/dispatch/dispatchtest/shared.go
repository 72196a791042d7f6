package dispatchtest

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/hookloom/hookloom/engine"
)

func ringOnly(t *testing.T, h harness) {
	ringer, worker := h.New(1), h.New(2)
	truth := NewTruth()
	start(t, ringer, nil)
	start(t, worker, truth)
	if err := ringer.Ready(context.Background()); err != nil {
		t.Errorf("a ringing bell is not ready: %v", err)
	}
	for _, h := range truth.Add(50) {
		ringer.Ring(h)
	}
	truth.AwaitDone(t)
}

// sharedWork holds each handle until both processes have one under way.
func sharedWork(t *testing.T, h harness) {
	truth := NewTruth()
	var once [2]sync.Once
	var both sync.WaitGroup
	both.Add(2)
	member := func(i int) engine.Worker {
		return funcs{
			work: func(ctx context.Context, h engine.Handle) {
				once[i].Do(both.Done)
				both.Wait()
				truth.Work(ctx, h)
			},
			pull: truth.Pull,
		}
	}
	a, b := h.New(2), h.New(2)
	start(t, a, member(0))
	start(t, b, member(1))
	for _, h := range truth.Add(200) {
		a.Ring(h)
	}
	truth.AwaitDone(t)
}

func droppedElsewhere(t *testing.T, h harness) {
	truth := NewTruth()
	gate := make(chan struct{})
	truth.Do = func(context.Context, engine.Handle) { <-gate }
	ringer, worker := h.New(1), h.New(2)
	start(t, worker, truth)
	start(t, ringer, nil)
	hs := truth.Add(5_000)
	for _, h := range hs {
		ringer.Ring(h)
	}
	close(gate)
	truth.AwaitDone(t)
}

func stopLeavesHandles(t *testing.T, h harness) {
	truth := NewTruth()
	gate := make(chan struct{})
	truth.Do = func(context.Context, engine.Handle) { <-gate }
	first := h.New(2)
	start(t, first, truth)
	for _, h := range truth.Add(6) {
		first.Ring(h)
	}
	truth.Await(t, "two to be under way", func(c Counts) bool { return c.Now == 2 })
	stopped := make(chan error, 1)
	ctx, cancel := context.WithTimeout(context.Background(), Patience)
	defer cancel()
	go func() { stopped <- first.Stop(ctx) }()
	start(t, h.New(2), truth)
	truth.Await(t, "another process to take over", func(c Counts) bool { return c.Now == 4 })
	close(gate)
	truth.AwaitDone(t)
	if err := receive(t, "stop", stopped); err != nil {
		t.Errorf("stop: %v", err)
	}
}

func stopSends(t *testing.T, h harness) {
	ringer := h.New(1)
	start(t, ringer, nil)
	const rings = 50
	for i := range rings {
		ringer.Ring(engine.Handle{Workspace: "w", Run: fmt.Sprint("run ", i), Epoch: 1})
	}
	ctx, cancel := context.WithTimeout(context.Background(), Patience)
	defer cancel()
	if err := ringer.Stop(ctx); err != nil {
		t.Errorf("stop: %v", err)
	}
	worked := make(chan engine.Handle, rings)
	start(t, h.New(4), funcs{work: func(_ context.Context, h engine.Handle) { worked <- h }})
	for range rings {
		receive(t, "a handle rung before the stop", worked)
	}
}
