package ingress

import (
	"sync"
	"testing"
)

// Bodies that have a part each and leave no room for another all get to their
// end, one after the other, instead of waiting for each other.
func TestPartsOfBodiesDoNotWaitForEachOther(t *testing.T) {
	b := newBudget(80, 20)
	holds := make([]*hold, 40)
	for i := range holds {
		holds[i] = b.hold()
		if err := holds[i].more(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
	}
	var all sync.WaitGroup
	for _, h := range holds {
		all.Go(func() {
			defer h.release()
			if err := h.more(t.Context(), 19); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if !b.room.TryAcquire(40) || !b.seats.TryAcquire(2) {
		t.Error("room or seats were not given back")
	}
}
