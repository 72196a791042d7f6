package engine

import (
	"context"
	"sync"
	"time"
)

// feeder hands new deliveries to workers a few at a time, so that a thousand of
// them do not stand before the run of a webhook that comes in now.
type feeder struct {
	mu      sync.Mutex
	waiting []fed
	under   map[string]time.Time
	// more is set while deliveries wait in SQL for which there was no room here.
	more bool
}

// fed is a delivery that waits for its turn: as it was stored, or only its
// handle when it was read again.
type fed struct {
	handle  Handle
	run     *Run
	trigger map[string]any
}

const (
	// feedAtOnce is how many deliveries are rung and not worked yet.
	feedAtOnce = 32
	// feedMax bounds what waits in memory; the rest waits in SQL.
	feedMax = 4_000
	// feedPage is how many are read from SQL at a time, once fewer than feedLow
	// wait here.
	feedPage, feedLow = 500, 64
	// feedAge is after what time a ring counts as lost.
	feedAge = 5 * time.Second
)

func newFeeder() *feeder { return &feeder{under: map[string]time.Time{}} }

func (f *feeder) add(run Run, trigger map[string]any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.waiting) >= feedMax {
		f.more = true
		return
	}
	f.waiting = append(f.waiting, fed{run.Handle(), &run, trigger})
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
		f.under[one.handle.Run] = now
	}
	if len(f.waiting) == 0 {
		f.waiting = nil
	}
	return next
}

// wants says whether it is time to read what waits in SQL.
func (f *feeder) wants() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.more && len(f.waiting) < feedLow
}

// found adds what a look into SQL brought. last means that it was all.
func (f *feeder) found(handles []Handle, last bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	here := make(map[string]bool, len(f.waiting))
	for _, one := range f.waiting {
		here[one.handle.Run] = true
	}
	for _, h := range handles {
		if _, rung := f.under[h.Run]; !rung && !here[h.Run] {
			f.waiting = append(f.waiting, fed{handle: h})
		}
	}
	f.more = f.more && !last
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
		if one.run == nil {
			e.bell.Ring(one.handle)
			continue
		}
		e.ringNew(*one.run, one.trigger)
	}
	if e.feeder.wants() {
		e.wakeDeliverer()
	}
}

// feedFromStore reads the next deliveries that wait in SQL, if the feeder had no
// room for some and is about to run dry. Runs of workflows that wait there come
// with them, which does no harm: who is rung twice works once.
func (e *Engine) feedFromStore(ctx context.Context) error {
	if !e.feeder.wants() {
		return nil
	}
	handles, err := e.store.Pull(ctx, feedPage)
	if err != nil {
		return err
	}
	e.feeder.found(handles, len(handles) < feedPage)
	return nil
}

// fedDone lets the next delivery follow a run that a worker has left.
func (e *Engine) fedDone(run string) {
	if e.feeder.done(run) {
		e.feed()
	}
}
