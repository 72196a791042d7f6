package engine

import (
	"testing"
	"time"
)

// TestHeart beats as the clock of the table says and asks at its end.
func TestHeart(t *testing.T) {
	regular := []float64{0, 0.5, 1, 1.5, 2}
	for name, c := range map[string]struct {
		// beats are the seconds at which heartbeats were written.
		beats         []float64
		at            float64
		fresh, steady bool
	}{
		"never beaten":                  {nil, 0, false, false},
		"just started":                  {[]float64{0}, 0.2, true, false},
		"regular":                       {regular, 2.3, true, true},
		"one beat late":                 {regular, 2.9, true, true},
		"stood still for a moment":      {regular, 3.3, true, false},
		"may have been taken over":      {regular, 3.5, false, false},
		"the database came back":        {append(regular, 12), 12.4, true, false},
		"and has been there for a time": {append(regular, 12, 12.5, 13, 13.5), 13.6, true, true},
		"and went again meanwhile":      {append(regular, 12, 12.5, 13.8), 14.2, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			second := func(s float64) time.Time { return start.Add(time.Duration(s * float64(time.Second))) }
			var h heart
			for _, s := range c.beats {
				h.note(second(s), second(s))
			}
			if fresh := h.fresh(second(c.at)); fresh != c.fresh {
				t.Errorf("fresh is %v", fresh)
			}
			if steady := h.steady(second(c.at)); steady != c.steady {
				t.Errorf("steady is %v", steady)
			}
		})
	}
}

// TestFencingLeavesTimeToStop holds the constants to what makes them safe: a
// process stops sending before others take its runs, and nobody judges others
// before they can have beaten.
func TestFencingLeavesTimeToStop(t *testing.T) {
	if pulseFresh+beatEvery > ownerStale {
		t.Error("a process may send within a beat of being taken over")
	}
	if missedBeat+beatEvery > ownerStale || settling < 2*beatEvery {
		t.Error("after an outage of the database the first to look may take the runs of the living")
	}
}
