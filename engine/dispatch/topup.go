package dispatch

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
)

// debt counts reasons to pull: runs that may wait in SQL although nobody rings
// them. Processes tell each other through a counter in Redis.
type debt struct {
	// own counts reasons that arose here; ownPaid is the count as of the last
	// pull that brought everything.
	own, ownPaid atomic.Int64
	// shared is the counter in Redis as last read, and sharedPaid likewise.
	shared, sharedPaid atomic.Int64
	// untold is what dropped rings of this process have yet to add to it.
	untold atomic.Int64
}

// drop notes n rings that were dropped.
func (d *debt) drop(n int) {
	d.own.Add(int64(n))
	d.untold.Add(int64(n))
}

// recall notes that runs may wait for a reason of this process only.
func (d *debt) recall() { d.own.Add(1) }

// open says whether there is a reason to pull.
func (d *debt) open() bool {
	return d.own.Load() != d.ownPaid.Load() || d.shared.Load() != d.sharedPaid.Load()
}

// sample is the state of the queue.
type sample struct {
	pending int64 // its length
	paused  bool  // whether an operator paused it with Asynq's tools
}

// sample reads the queue and exchanges the counts of dropped rings.
func (b *Asynq) sample(ctx context.Context) (sample, error) {
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	untold := b.debt.untold.Swap(0)
	pipe := b.client.Pipeline()
	pending := pipe.LLen(ctx, b.keys.pending)
	paused := pipe.Exists(ctx, b.keys.paused)
	var dropped func() (int64, error)
	if untold > 0 {
		dropped = pipe.IncrBy(ctx, b.keys.dropped, untold).Result
	} else {
		dropped = pipe.Get(ctx, b.keys.dropped).Int64
	}
	_, err := pipe.Exec(ctx)
	count, countErr := dropped()
	if err != nil && !errors.Is(err, redis.Nil) {
		b.debt.untold.Add(untold)
		return sample{}, err
	}
	if countErr == nil || errors.Is(countErr, redis.Nil) {
		b.debt.shared.Store(count)
	}
	b.gauge.pending.Store(pending.Val())
	b.gauge.sampledAt.Store(time.Now().UnixNano())
	return sample{pending: pending.Val(), paused: paused.Val() > 0}, nil
}

// nudge wakes the puller when the queue is low and runs may wait in SQL.
func (b *Asynq) nudge() {
	if b.crew == nil || !b.debt.open() || int(b.gauge.pending.Load()) >= b.low() {
		return
	}
	select {
	case b.topUp <- struct{}{}:
	default:
	}
}

// refill tops the queue up whenever it is nudged, until ctx ends.
func (b *Asynq) refill(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-b.topUp:
		}
		for ctx.Err() == nil && b.health.err() == nil && b.debt.open() {
			more, err := b.pull(ctx)
			if err != nil && ctx.Err() == nil {
				b.lose(err)
			}
			if err != nil || !more {
				break
			}
		}
	}
}

// pull brings handles from SQL into the queue and says whether to go on. It
// asks for a whole window, because the first handles of an answer may be those
// that still wait in the queue.
func (b *Asynq) pull(ctx context.Context) (more bool, err error) {
	s, err := b.sample(ctx)
	if err != nil || int(s.pending) >= b.low() {
		return false, err
	}
	own, shared := b.debt.own.Load(), b.debt.shared.Load()
	asked := b.limit()
	hs := b.crew.pull(ctx, asked)
	short := len(hs) < asked
	// Work that left the queue without having claimed its run yet.
	hs = slices.DeleteFunc(hs, b.crew.has)
	room, added := asked-int(s.pending), 0
	for len(hs) > 0 && room > 0 {
		n := min(room, len(hs), sendBatch)
		pushed, _, err := b.push(ctx, hs[:n])
		if err != nil {
			return false, err
		}
		added, room, hs = added+pushed, room-pushed, hs[n:]
		b.rouse()
	}
	if added > 0 && !b.alone() {
		if err := b.client.Publish(ctx, b.keys.wake, strconv.Itoa(added)).Err(); err != nil {
			return false, err
		}
	}
	if short && len(hs) == 0 {
		b.debt.ownPaid.Store(own)
		b.debt.sharedPaid.Store(shared)
	}
	return added > 0, nil
}
