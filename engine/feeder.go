package engine

import (
	"sync"
	"time"
)

// feeder hands new deliveries to workers a few at a time, so that a thousand of
// them do not stand before the run of a webhook that comes in now.
type feeder struct {
	mu      sync.Mutex
	waiting []fed
	under   map[string]time.Time
}

type fed struct {
	run     Run
	trigger map[string]any
}

const (
	// feedAtOnce is how many deliveries are rung and not worked yet.
	feedAtOnce = 32
	// feedMax bounds what waits in memory; the rest waits in SQL.
	feedMax = 4_000
	// feedAge is after what time a ring counts as lost.
	feedAge = 5 * time.Second
)

func newFeeder() *feeder { return &feeder{under: map[string]time.Time{}} }

func (f *feeder) add(run Run, trigger map[string]any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.waiting) < feedMax {
		f.waiting = append(f.waiting, fed{run, trigger})
	}
}

// take returns the deliveries that may be rung now.
func (f *feeder) take() []fed {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.waiting) == 0 {
		return nil
	}
	now := time.Now()
	if len(f.under) >= feedAtOnce {
		for id, since := range f.under {
			if now.Sub(since) > feedAge {
				delete(f.under, id)
			}
		}
	}
	n := min(feedAtOnce-len(f.under), len(f.waiting))
	if n <= 0 {
		return nil
	}
	next := f.waiting[:n:n]
	f.waiting = f.waiting[n:]
	for _, one := range next {
		f.under[one.run.ID] = now
	}
	if len(f.waiting) == 0 {
		f.waiting = nil
	}
	return next
}

// done notes that a worker has left a run, and reports whether it was fed.
func (f *feeder) done(run string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	_, was := f.under[run]
	delete(f.under, run)
	return was
}

// feed rings the deliveries whose turn it is.
func (e *Engine) feed() {
	for _, one := range e.feeder.take() {
		e.ringNew(one.run, one.trigger)
	}
}

// fedDone lets the next delivery follow a run that a worker has left.
func (e *Engine) fedDone(run string) {
	if e.feeder.done(run) {
		e.feed()
	}
}
