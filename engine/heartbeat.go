package engine

import (
	"context"
	"sync/atomic"
	"time"
)

const (
	// beatEvery is how often a process that shares its database writes its
	// heartbeat; the only process of a database needs none after the first.
	beatEvery = 500 * time.Millisecond
	// ownerStale is how old a heartbeat must be before others take the owner's
	// runs: three beats may be late before the fourth is missed.
	ownerStale = 2 * time.Second
	// pulseFresh is how old the own heartbeat may be to start an external call:
	// less than ownerStale, so that a process that stood still (SIGSTOP, a long
	// pause) sends nothing that its successor sends too.
	pulseFresh = 1500 * time.Millisecond
	// missedBeat is after what time without a heartbeat of its own a process
	// takes the database for having been away: for the others as well.
	missedBeat = 2 * beatEvery
	// settling is how long the own heart must have beaten without a gap before
	// others are judged by theirs. When the database comes back, everybody's
	// heartbeat is old, and whoever looks first must not take all runs.
	settling = 1500 * time.Millisecond
)

// heart is one process's heartbeat on the monotonic clock, which goes on while
// the process stands still.
type heart struct {
	// begun is when the last heartbeat was begun: the row is at least this fresh.
	begun atomic.Pointer[time.Time]
	// since is the end of the first heartbeat after the last gap.
	since atomic.Pointer[time.Time]
}

// note remembers a heartbeat that was written.
func (h *heart) note(begun, ended time.Time) {
	last := h.begun.Load()
	if last == nil || ended.Sub(*last) > missedBeat {
		h.since.Store(&ended)
	}
	h.begun.Store(&begun)
}

// fresh says whether no other process can have taken this one's runs.
func (h *heart) fresh(now time.Time) bool {
	begun := h.begun.Load()
	return begun != nil && now.Sub(*begun) < pulseFresh
}

// steady says whether the database answered all the time in which others must
// have written their heartbeats, so that an old one means a dead process.
func (h *heart) steady(now time.Time) bool {
	begun, since := h.begun.Load(), h.since.Load()
	return begun != nil && since != nil && now.Sub(*begun) <= missedBeat && now.Sub(*since) >= settling
}

// mayCall says whether this process may start an external call: nobody else can
// have its runs.
func (e *Engine) mayCall() bool { return e.exclusive || e.heart.fresh(time.Now()) }

// Beat writes this process's heartbeat.
func (e *Engine) Beat(ctx context.Context) error {
	begun := time.Now()
	if err := e.store.Beat(ctx, e.owner); err != nil {
		return err
	}
	e.heart.note(begun, time.Now())
	return nil
}
