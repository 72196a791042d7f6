package engine

import (
	"context"
	"sync"
	"time"
)

// active is the set of runs that this process works on.
type active struct {
	mu   sync.Mutex
	runs map[string]*activeRun
	// stranded are runs that this process owns in the database but had to let
	// go of because the database was away.
	stranded map[string]Handle
}

type activeRun struct {
	handle Handle
	since  time.Time
	cancel context.CancelCauseFunc
}

func newActive() *active {
	return &active{runs: map[string]*activeRun{}, stranded: map[string]Handle{}}
}

// add reports false when the run is being worked on already.
func (a *active) add(h Handle, now time.Time, cancel context.CancelCauseFunc) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if _, busy := a.runs[h.Run]; busy {
		return false
	}
	a.runs[h.Run] = &activeRun{h, now, cancel}
	return true
}

func (a *active) remove(h Handle) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.runs, h.Run)
}

func (a *active) cancel(run string, cause error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if r := a.runs[run]; r != nil {
		r.cancel(cause)
	}
}

func (a *active) cancelAll(cause error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, r := range a.runs {
		r.cancel(cause)
	}
}

// olderThan lists the runs that have been worked on since before t.
func (a *active) olderThan(t time.Time) []Handle {
	a.mu.Lock()
	defer a.mu.Unlock()
	var old []Handle
	for _, r := range a.runs {
		if r.since.Before(t) {
			old = append(old, r.handle)
		}
	}
	return old
}

func (a *active) strand(h Handle) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.stranded[h.Run] = h
}

func (a *active) strandedRuns() []Handle {
	a.mu.Lock()
	defer a.mu.Unlock()
	list := make([]Handle, 0, len(a.stranded))
	for _, h := range a.stranded {
		list = append(list, h)
	}
	return list
}

func (a *active) unstrand(run string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.stranded, run)
}
