package engine

import (
	"context"
	"sync/atomic"
	"time"
)

const (
	// ownerStale is how old a heartbeat must be before others take the owner's
	// runs.
	ownerStale = 4 * time.Second
	// pulseFresh is how old the own heartbeat may be to start an external call:
	// less than ownerStale, so that a process that stood still (SIGSTOP, a long
	// pause) sends nothing that its successor sends too.
	pulseFresh = 3 * time.Second
)

// pulse remembers on the monotonic clock when the last heartbeat was begun.
type pulse struct{ at atomic.Pointer[time.Time] }

func (p *pulse) set(t time.Time) { p.at.Store(&t) }

func (p *pulse) fresh() bool {
	at := p.at.Load()
	return at != nil && time.Since(*at) < pulseFresh
}

// Beat writes this process's heartbeat.
func (e *Engine) Beat(ctx context.Context) error {
	// The time before the write counts: the row is at least this fresh.
	begun := time.Now()
	if err := e.store.Beat(ctx, e.owner); err != nil {
		return err
	}
	e.beat.set(begun)
	return nil
}
