package dispatch

import (
	"slices"
	"strconv"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/hookloom/hookloom/engine"
)

// TestWindowIsAQueueOfDistinctHandles holds a window against a plain list.
func TestWindowIsAQueueOfDistinctHandles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(1, 5).Draw(t, "size")
		w := newWindow(size)
		var model []engine.Handle
		handles := rapid.Custom(func(t *rapid.T) engine.Handle {
			return engine.Handle{Run: strconv.Itoa(rapid.IntRange(0, 7).Draw(t, "run")), Epoch: rapid.Int64Range(1, 2).Draw(t, "epoch")}
		})
		t.Repeat(map[string]func(*rapid.T){
			"push": func(t *rapid.T) {
				h, want := handles.Draw(t, "h"), taken
				switch {
				case slices.Contains(model, h):
					want = known
				case len(model) == size:
					want = full
				default:
					model = append(model, h)
				}
				if got := w.push(h); got != want {
					t.Fatalf("push says %d, want %d", got, want)
				}
			},
			"pop": func(t *rapid.T) {
				if len(model) == 0 {
					t.Skip("pop would wait")
				}
				h, left, ok := w.pop()
				if !ok || h != model[0] || left != len(model)-1 {
					t.Fatalf("popped %v, %d left, %v; want %v", h, left, ok, model[0])
				}
				model = model[1:]
			},
			"pop some": func(t *rapid.T) {
				if len(model) == 0 {
					t.Skip("popSome would wait")
				}
				n := min(rapid.IntRange(1, 4).Draw(t, "n"), len(model))
				if got := w.popSome(make([]engine.Handle, 0, n)); !slices.Equal(got, model[:n]) {
					t.Fatalf("popped %v, want %v", got, model[:n])
				}
				model = model[n:]
			},
			"": func(t *rapid.T) {
				if w.len() != len(model) {
					t.Fatalf("%d wait, want %d", w.len(), len(model))
				}
			},
		})
	})
}

func TestWindowCloses(t *testing.T) {
	a, b := engine.Handle{Run: "a"}, engine.Handle{Run: "b"}
	w := newWindow(3)
	w.push(a)
	w.push(b)
	w.close()
	if got := w.push(engine.Handle{Run: "c"}); got != closed {
		t.Errorf("a closed window says %d to a push", got)
	}
	if h, _, ok := w.pop(); !ok || h != a {
		t.Errorf("a closed window gives %v, %v; want what waits", h, ok)
	}
	w.discard()
	if h, _, ok := w.pop(); ok {
		t.Errorf("a discarded window gives %v", h)
	}
	if got := w.popSome(make([]engine.Handle, 0, 2)); len(got) != 0 {
		t.Errorf("a discarded window gives %v", got)
	}
}

func TestWindowWakesWhoWaits(t *testing.T) {
	w := newWindow(4)
	var waiters sync.WaitGroup
	got := make(chan string, 8)
	for range 2 {
		waiters.Go(func() {
			for h, _, ok := w.pop(); ok; h, _, ok = w.pop() {
				got <- h.Run
			}
		})
	}
	waiters.Go(func() {
		for {
			hs := w.popSome(make([]engine.Handle, 0, 2))
			if len(hs) == 0 {
				return
			}
			for _, h := range hs {
				got <- h.Run
			}
		}
	})
	for i := range 100 {
		w.push(engine.Handle{Run: strconv.Itoa(i)})
		if run := <-got; run != strconv.Itoa(i) {
			t.Fatalf("pushed %d, popped %s", i, run)
		}
	}
	w.close()
	waiters.Wait()
}
