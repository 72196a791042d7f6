package dispatch

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

const (
	// takeAhead is how many tasks one round trip may bring. Asynq asks for one
	// at a time; bringing eight halves the processor time of a handle, here and
	// in Redis.
	takeAhead = 8
	// pollListening is how often an idle worker looks into the queue although
	// nobody woke it, while wake signals arrive; pollDeaf is for when they
	// cannot, for example where an ACL forbids channels.
	pollListening = time.Second
	pollDeaf      = 50 * time.Millisecond
	// pollTrouble is the pause after a dequeue that failed; Asynq makes none. It
	// ends when Redis can be used again.
	pollTrouble = time.Second
	// sampleAge is how old the knowledge of the queue may be when a worker
	// finds it empty.
	sampleAge = 50 * time.Millisecond
)

// stock holds tasks that were dequeued ahead of Asynq's asking, never more than
// there are free slots.
type stock struct {
	mu      sync.Mutex
	tasks   []any
	emptied chan struct{} // gets a value when the last task of a halted bell is out
}

// dequeue runs Asynq's dequeue until it brings a task or fails, or the bell
// stops. Only Asynq's one processor goroutine calls it.
func (b *Asynq) dequeue(ctx context.Context, cmd redis.Cmder, next redis.ProcessHook) error {
	for {
		if b.serve(cmd) {
			b.gauge.pending.Add(-1)
			b.nudge()
			return nil
		}
		err := b.fetch(ctx, cmd, next)
		switch {
		case err == nil:
			b.gauge.pending.Add(-1)
			b.nudge()
			return nil
		case errors.Is(err, redis.Nil):
			if b.halting() {
				return err
			}
			b.awaitTask(ctx)
			cmd.SetErr(nil)
		case isNoScript(err): // Asynq sends the script itself next
			return err
		default:
			b.lose(err)
			b.sleep(pollTrouble)
			return err
		}
	}
}

// serve answers a dequeue from the stock.
func (b *Asynq) serve(cmd redis.Cmder) bool {
	b.stock.mu.Lock()
	defer b.stock.mu.Unlock()
	if len(b.stock.tasks) == 0 {
		return false
	}
	b.hand(cmd)
	if len(b.stock.tasks) == 0 && b.halting() {
		b.stock.emptied <- struct{}{}
	}
	return true
}

// fetch runs the dequeue, several at once when the queue and the slots allow,
// and puts what it brings beyond the first task into the stock. A halted bell
// fetches nothing.
func (b *Asynq) fetch(ctx context.Context, cmd redis.Cmder, next redis.ProcessHook) error {
	b.stock.mu.Lock()
	defer b.stock.mu.Unlock()
	if b.halting() {
		return redis.Nil
	}
	n := min(int(b.gauge.pending.Load()), b.crew.free(), takeAhead)
	if n < 2 {
		return next(ctx, cmd)
	}
	pipe := b.client.Pipeline()
	_ = pipe.Process(ctx, cmd)
	more := make([]*redis.Cmd, n-1)
	for i := range more {
		more[i] = redis.NewCmd(ctx, cmd.Args()...)
		_ = pipe.Process(ctx, more[i])
	}
	_, _ = pipe.Exec(ctx) // each command carries its own error
	for _, c := range more {
		if c.Err() == nil {
			b.stock.tasks = append(b.stock.tasks, c.Val())
		}
	}
	if err := cmd.Err(); !errors.Is(err, redis.Nil) || len(b.stock.tasks) == 0 {
		return err
	}
	// A task came between the first dequeue of the pipeline and the others.
	cmd.SetErr(nil)
	b.hand(cmd)
	return nil
}

// hand answers a dequeue with the oldest task in the stock; the caller holds
// the lock and there is one.
func (b *Asynq) hand(cmd redis.Cmder) {
	if c, ok := cmd.(*redis.Cmd); ok {
		c.SetVal(b.stock.tasks[0])
	}
	b.stock.tasks = b.stock.tasks[1:]
}

// clearStock returns when every task that was taken ahead is with Asynq. The
// bell has been halted, so nothing comes in.
func (b *Asynq) clearStock() {
	b.stock.mu.Lock()
	left := len(b.stock.tasks)
	b.stock.mu.Unlock()
	if left > 0 {
		<-b.stock.emptied
	}
}

// awaitTask returns when the queue, found empty, may have a task.
func (b *Asynq) awaitTask(ctx context.Context) {
	wait := pollListening
	if !b.gauge.listening.Load() {
		wait = pollDeaf
	}
	if time.Since(time.Unix(0, b.gauge.sampledAt.Load())) < sampleAge {
		wait = min(wait, sampleAge)
	} else {
		s, err := b.sample(ctx)
		if err != nil {
			b.lose(err)
			b.sleep(pollTrouble)
			return
		}
		if s.pending > 0 && !s.paused {
			// A task came just now, or one whose data was deleted was dequeued.
			b.gauge.sampledAt.Store(0)
			return
		}
	}
	b.nudge()
	b.sleep(wait)
}

// sleep waits until the queue may have tasks, the bell stops, or d is over.
func (b *Asynq) sleep(d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-b.wake:
	case <-b.halt:
	case <-timer.C:
	}
}

// rouse ends the sleep of an idle worker of this process.
func (b *Asynq) rouse() {
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

func (b *Asynq) halting() bool {
	select {
	case <-b.halt:
		return true
	default:
		return false
	}
}
