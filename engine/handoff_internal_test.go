package engine

import (
	"fmt"
	"testing"
	"time"
)

func TestHandoffGivesEachRunOnce(t *testing.T) {
	h := newHandoff()
	h.put(Run{ID: "run_1", Input: []byte(`{"a":1}`)}, map[string]any{"a": 1}, nil)
	if given, ok := h.take("run_1"); !ok || given.trigger["a"] != 1 {
		t.Fatalf("got %v, %v", given, ok)
	}
	if _, ok := h.take("run_1"); ok {
		t.Error("a run was given twice")
	}
	if h.size != 0 {
		t.Errorf("an empty handoff counts %d bytes", h.size)
	}
}

func TestFullHandoffKeepsTheOldestAndForgetsTheAbandoned(t *testing.T) {
	h := newHandoff()
	begin := time.Date(2026, 1, 15, 10, 0, 0, 0, time.UTC)
	input := make([]byte, 100<<10)
	put := func(n int, at time.Time) {
		h.put(Run{ID: fmt.Sprint("run_", n), Input: input, CreatedAt: at}, nil, nil)
	}
	fits := handoffSize / (plainFactor * len(input))
	for n := range 2 * fits {
		put(n, begin)
	}
	if _, ok := h.take("run_0"); !ok {
		t.Error("the oldest run is gone")
	}
	if _, ok := h.take(fmt.Sprint("run_", fits)); ok {
		t.Error("a run beyond the limit was kept")
	}
	put(1000, begin)
	later := begin.Add(handoffAge + time.Second)
	put(1001, later)
	if _, ok := h.take("run_1001"); !ok {
		t.Error("runs that nobody takes keep newer ones out")
	}
	if _, ok := h.take("run_1"); ok {
		t.Error("a run that nobody took is still held")
	}
}
