package dispatch_test

import (
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/hibiken/asynq"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/dispatch"
	"github.com/hookloom/hookloom/engine/dispatch/dispatchtest"
	"github.com/hookloom/hookloom/test/service"
)

// asynqOn makes harnesses whose bells share a queue of their own at url.
func asynqOn(url string) func(t *testing.T) dispatchtest.Harness {
	return func(t *testing.T) dispatchtest.Harness {
		queue := "test-" + uuid.NewString()
		return dispatchtest.Harness{New: func(concurrency int, tick <-chan time.Time) engine.Bell {
			return newAsynqWith(t, dispatch.AsynqConfig{RedisURL: url, Queue: queue, Concurrency: concurrency, Tick: tick, Log: silent()})
		}}
	}
}

func newAsynq(t testing.TB, url, queue string, concurrency int, log *slog.Logger) *dispatch.Asynq {
	t.Helper()
	return newAsynqWith(t, dispatch.AsynqConfig{RedisURL: url, Queue: queue, Concurrency: concurrency, Log: log})
}

func newAsynqWith(t testing.TB, cfg dispatch.AsynqConfig) *dispatch.Asynq {
	t.Helper()
	b, err := dispatch.NewAsynq(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestAsynqConforms(t *testing.T) {
	harness := asynqOn(service.Redis(t))
	dispatchtest.Run(t, harness)
	dispatchtest.RunShared(t, harness)
}

// newForeign makes a func that enqueues a task as another program would.
func newForeign(t *testing.T, url string) func(typ string, payload []byte) {
	t.Helper()
	client := asynq.NewClientFromRedisClient(open(t, url))
	return func(typ string, payload []byte) {
		if _, err := client.Enqueue(asynq.NewTask(typ, payload), asynq.Queue("q")); err != nil {
			t.Fatal(err)
		}
	}
}
