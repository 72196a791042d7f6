package dispatch

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"github.com/hibiken/asynq"

	"github.com/hookloom/hookloom/engine"
)

const (
	// taskType is the type of our tasks in Asynq's terms.
	taskType = "run"
	// taskTimeout and shutdownTimeout are limits of Asynq that must not end
	// work before the engine or Stop does.
	taskTimeout     = 10 * 365 * 24 * time.Hour
	shutdownTimeout = 365 * 24 * time.Hour
	// emptyPause is how long Asynq sleeps after an empty dequeue. The hook has
	// waited for a signal by then.
	emptyPause = time.Millisecond
	// unusedInterval is for Asynq's checks of lists that this bell never
	// fills: scheduled, retried, completed. Due times live in SQL.
	unusedInterval = 10 * time.Minute
	// partingTime is how long a stopped bell tries to leave the list of
	// processes, which forgets it anyway.
	partingTime = time.Second
)

// Start begins to send rings and, unless the worker is nil, to work handles. It
// succeeds when Redis is away; Ready tells. Ending ctx does not stop the bell;
// its values reach the worker. With a nil worker the process only rings for
// others.
func (b *Asynq) Start(ctx context.Context, w engine.Worker) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch b.state {
	case running:
		return errStarted
	case stopped:
		return errStopped
	}
	b.state = running
	ctx = context.WithoutCancel(ctx)
	loop, end := context.WithCancel(ctx)
	b.end = end
	if w != nil {
		b.crew = newCrew(ctx, w, b.concurrency, b.log)
		b.fallback = NewLocal(LocalConfig{Concurrency: b.concurrency, Slow: b.slow, Tick: b.tick, Log: b.log})
		if err := b.fallback.run(b.crew, func() {}); err != nil {
			return err
		}
	}
	b.beat(loop)
	b.sender.Go(b.send)
	b.loops.Go(func() { b.pulse(loop) })
	if w == nil {
		return nil
	}
	b.loops.Go(func() { b.listen(loop) })
	b.loops.Go(func() { b.refill(loop) })
	b.server = asynq.NewServerFromRedisClient(b.client, b.serverConfig(ctx))
	return b.server.Start(asynq.HandlerFunc(b.process))
}

func (b *Asynq) serverConfig(ctx context.Context) asynq.Config {
	return asynq.Config{
		Concurrency:              b.concurrency,
		Queues:                   map[string]int{b.queue: 1},
		BaseContext:              func() context.Context { return ctx },
		TaskCheckInterval:        emptyPause,
		DelayedTaskCheckInterval: unusedInterval,
		JanitorInterval:          unusedInterval,
		ShutdownTimeout:          shutdownTimeout,
		Logger:                   asynqLog{b.log},
		LogLevel:                 asynqLogLevel(ctx, b.log),
	}
}

// process works one task. It ignores the task's context: that ends when Redis
// has been away for the length of a lease, while the run's claim in SQL holds.
// For the same reason it lets Asynq have the slot of slow work and forget the
// task: the work goes on in the crew.
func (b *Asynq) process(_ context.Context, task *asynq.Task) error {
	var h engine.Handle
	if err := json.Unmarshal(task.Payload(), &h); err != nil || task.Type() != taskType {
		b.log.Warn("foreign task in the queue dropped; does another installation use the same queue name?",
			"queue", b.queue, "type", task.Type())
		return nil //nolint:nilerr // trying again would not make it ours
	}
	left := make(chan struct{})
	leave := sync.OnceFunc(func() { close(left) })
	go func() {
		defer leave()
		b.crew.work(h, leave)
	}()
	<-left
	return nil
}

// Stop takes no new handles, sends the rings that it already took, and waits
// for the handles under way until ctx ends. Then it ends their contexts and
// returns an error that says how many are left; they wind down in the
// background. Calling it again waits again.
func (b *Asynq) Stop(ctx context.Context) error {
	b.mu.Lock()
	if b.state != stopped {
		started := b.state == running
		b.state = stopped
		close(b.halt)
		b.rings.close()
		go b.windDown(started)
	}
	c := b.crew
	b.mu.Unlock()
	return await(ctx, b.done, c)
}

// windDown ends everything in the order in which it depends on each other.
func (b *Asynq) windDown(started bool) {
	defer close(b.done)
	defer b.client.Close()
	if !started {
		return
	}
	b.sender.Wait()
	b.end()
	b.loops.Wait()
	b.leave()
	if b.crew == nil {
		return
	}
	b.fallback.mu.Lock()
	b.fallback.halt()
	b.fallback.mu.Unlock()
	b.clearStock()
	b.server.Shutdown()
	<-b.fallback.done
	// Slow work, and such whose lease Redis lost, is known to nobody but the
	// crew.
	b.crew.calls.Wait()
	b.crew.cancel()
}
