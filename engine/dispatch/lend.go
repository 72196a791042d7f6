package dispatch

import (
	"context"
	"time"
)

const (
	// DefaultSlow is after what time a handle gives its slot to others when the
	// configuration does not say. What works takes milliseconds; what takes a
	// second waits for somebody else's server.
	DefaultSlow = time.Second
	// underWayFactor is how many handles per slot may be under way in a process
	// at most, those that hold a slot and those beside them together. It bounds
	// what slow servers can cost in memory and connections.
	underWayFactor = 16
	// slowLooks is how many looks a handle must have been seen under way in to
	// be slow: between the first and the third lie two whole periods, and so
	// slow at least, at most half as long again.
	slowLooks = 3
)

// call is one call of the worker. The crew's lock guards it.
type call struct {
	looks int  // how many times watch has seen it
	lent  bool // it gave its slot away
	// onLend is called with the crew's lock held when the call gives its slot
	// away; it must neither block nor call the crew.
	onLend func()
}

// watch looks twice in slow which calls are slow, and lets them give their
// slots to others, until ctx ends. tick, if not nil, takes the place of a clock.
// One goroutine that counts costs a call nothing; a timer for each would.
func (c *crew) watch(ctx context.Context, slow time.Duration, tick <-chan time.Time) {
	if tick == nil {
		ticker := time.NewTicker(max(slow/(slowLooks-1), 1))
		defer ticker.Stop()
		tick = ticker.C
	}
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick:
			c.look()
		}
	}
}

// look is one look at every call under way.
func (c *crew) look() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, l := range c.under {
		l.looks++
		if l.looks >= slowLooks {
			c.lend(l)
		}
	}
}

// lend frees the slot of a call that goes on without one, unless too many do;
// the caller holds the lock and the call is under way. It is asked again at the
// next look.
func (c *crew) lend(l *call) {
	if l.lent || c.beside >= (underWayFactor-1)*cap(c.slots) {
		return
	}
	l.lent = true
	c.beside++
	<-c.slots
	l.onLend()
}

// slowOf is the time after which handles are slow: d, or what holds without.
func slowOf(d time.Duration) time.Duration {
	if d <= 0 {
		return DefaultSlow
	}
	return d
}
