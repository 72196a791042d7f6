package app

import "testing"

func TestHeapGrowsLessWhenMuchIsInUse(t *testing.T) {
	for live, want := range map[uint64]int{0: 200, 10 << 20: 200, 14 << 20: 200, 20 << 20: 140, 30 << 20: 90, 40 << 20: 70, 60 << 20: 50, 1 << 30: 50} {
		if got := growthAt(live); got != want {
			t.Errorf("with %d MiB in use it may grow by %d %%, not %d", live>>20, got, want)
		}
	}
}
