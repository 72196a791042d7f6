package dispatch

import (
	"context"
	"time"

	"github.com/hookloom/hookloom/engine"
)

const (
	// sendBatch is how many rings go in one pipeline.
	sendBatch = 128
	// sendTimeout ends a pipeline that Redis does not answer.
	sendTimeout = 2 * time.Second
	// fullAge is how old the knowledge of a full queue may be before rings are
	// dropped on its account.
	fullAge = 2 * time.Millisecond
)

// send carries rings to Redis until the ring buffer is closed and empty.
func (b *Asynq) send() {
	buf := make([]engine.Handle, 0, sendBatch)
	for {
		batch := b.rings.popSome(buf[:0])
		if len(batch) == 0 {
			return
		}
		b.deliver(batch)
		b.nudge()
	}
}

// deliver enqueues what the window has room for and drops the rest.
func (b *Asynq) deliver(batch []engine.Handle) {
	if b.health.err() != nil {
		b.divert(batch)
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), sendTimeout)
	defer cancel()
	if room := b.room(ctx, len(batch)); room < len(batch) {
		b.debt.drop(len(batch) - room)
		batch = batch[:room]
	}
	if len(batch) == 0 {
		return
	}
	if err := b.enqueue(ctx, batch); err != nil {
		b.lose(err)
		b.divert(batch)
	}
}

// room says how many more handles the queue may take, when that is less than
// wanted; then it makes sure first that the queue is still that long.
func (b *Asynq) room(ctx context.Context, wanted int) int {
	left := func() int { return max(b.limit()-int(b.gauge.pending.Load()), 0) }
	if room := left(); room >= wanted {
		return wanted
	}
	if time.Since(time.Unix(0, b.gauge.sampledAt.Load())) > fullAge {
		if _, err := b.sample(ctx); err != nil {
			b.lose(err)
		}
	}
	return min(left(), wanted)
}

// enqueue pushes handles and wakes those who may be asleep: only a queue that
// was empty has sleepers, because whoever is awake takes until it is.
func (b *Asynq) enqueue(ctx context.Context, hs []engine.Handle) error {
	_, before, err := b.push(ctx, hs)
	if err != nil {
		return err
	}
	b.rouse()
	if before > 0 || b.alone() {
		return nil
	}
	return b.client.Publish(ctx, b.keys.wake, "").Err()
}

// alone says that no other process works this queue.
func (b *Asynq) alone() bool { return b.crew != nil && b.gauge.workers.Load() == 1 }

// divert takes rings that Redis does not: this process works them itself, or
// drops them for others to pull.
func (b *Asynq) divert(batch []engine.Handle) {
	if b.fallback == nil {
		b.debt.drop(len(batch))
		return
	}
	for _, h := range batch {
		b.fallback.Ring(h)
	}
}
