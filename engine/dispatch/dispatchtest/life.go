package dispatchtest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
)

type ctxKey struct{}

func contextOutlivesStart(t *testing.T, h harness) {
	type seen struct {
		value any
		err   error
	}
	got := make(chan seen, 1)
	b := h.New(1)
	ctx, cancel := context.WithCancel(context.WithValue(context.Background(), ctxKey{}, "kept"))
	err := b.Start(ctx, funcs{work: func(ctx context.Context, _ engine.Handle) {
		got <- seen{ctx.Value(ctxKey{}), ctx.Err()}
	}})
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	b.Ring(engine.Handle{Workspace: "w", Run: "r", Epoch: 1})
	if s := receive(t, "work after the starter's context ended", got); s.value != "kept" || s.err != nil {
		t.Errorf("the worker's context has value %v and error %v", s.value, s.err)
	}
}

// stuck starts a bell and n handles that stay under way until their context
// ends or release is called. Time passes by tick until all are; nil lets it
// stand still.
func stuck(t *testing.T, b engine.Bell, n int, tick ticks) (ended <-chan error, release func()) {
	t.Helper()
	started, ends, gate := make(chan struct{}, n), make(chan error, n), make(chan struct{})
	start(t, b, funcs{work: func(ctx context.Context, _ engine.Handle) {
		started <- struct{}{}
		select {
		case <-ctx.Done():
			ends <- ctx.Err()
		case <-gate:
			ends <- nil
		}
	}})
	for i := range n {
		b.Ring(engine.Handle{Workspace: "w", Run: string(rune('a' + i)), Epoch: 1})
	}
	for range n {
		tick.until(t, "work to start", started)
	}
	return ends, func() { close(gate) }
}

func stopWaits(t *testing.T, h harness) {
	b := h.New(4)
	ended, release := stuck(t, b, 3, nil)
	waits(t, b, ended, release, 3)
}

// waits proves that Stop waits for n handles under way and lets them end.
func waits(t *testing.T, b engine.Bell, ended <-chan error, release func(), n int) {
	t.Helper()
	stopped := make(chan error, 1)
	ctx, cancel := context.WithTimeout(context.Background(), Patience)
	defer cancel()
	go func() { stopped <- b.Stop(ctx) }()
	select {
	case err := <-stopped:
		t.Fatalf("stop returned %v with work under way", err)
	case err := <-ended:
		t.Fatalf("stop ended the context of work that it waits for: %v", err)
	case <-time.After(50 * time.Millisecond):
	}
	release()
	if err := receive(t, "stop", stopped); err != nil {
		t.Errorf("stop: %v", err)
	}
	for range n {
		if err := receive(t, "work to end", ended); err != nil {
			t.Errorf("work was interrupted: %v", err)
		}
	}
	b.Ring(engine.Handle{Workspace: "w", Run: "late", Epoch: 1}) // must do nothing
}

func stopGivesUp(t *testing.T, h harness) {
	b := h.New(4)
	ended, _ := stuck(t, b, 3, nil)
	givesUp(t, b, ended, 3)
}

// givesUp proves that Stop ends the contexts of n handles under way once its
// own has ended.
func givesUp(t *testing.T, b engine.Bell, ended <-chan error, n int) {
	t.Helper()
	cause := errors.New("out of patience")
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(cause)
	err := b.Stop(ctx)
	if err == nil || !strings.Contains(err.Error(), fmt.Sprint(n, " handles")) || !errors.Is(err, cause) {
		t.Errorf("stop: %v, want an error that names %d handles and the cause", err, n)
	}
	for range n {
		if err := receive(t, "the context of work to end", ended); err == nil {
			t.Error("work was left with a live context")
		}
	}
}

func life(t *testing.T, h harness) {
	ctx, cancel := context.WithTimeout(context.Background(), Patience)
	defer cancel()
	idle := funcs{work: func(context.Context, engine.Handle) {}}

	b := h.New(2)
	if err := b.Ready(ctx); err == nil {
		t.Error("ready before the start")
	}
	start(t, b, idle)
	if err := b.Ready(ctx); err != nil {
		t.Errorf("not ready after the start: %v", err)
	}
	if err := b.Start(ctx, idle); err == nil {
		t.Error("a second start worked")
	}
	for range 2 {
		if err := b.Stop(ctx); err != nil {
			t.Errorf("stop: %v", err)
		}
	}
	if err := b.Ready(ctx); err == nil {
		t.Error("ready after the stop")
	}
	if err := b.Start(ctx, idle); err == nil {
		t.Error("a start after the stop worked")
	}

	never := h.New(2)
	never.Ring(engine.Handle{Workspace: "w", Run: "r", Epoch: 1})
	if err := never.Stop(ctx); err != nil {
		t.Errorf("stop without start: %v", err)
	}
	if err := never.Start(ctx, idle); err == nil {
		t.Error("a start after a stop without start worked")
	}
}
