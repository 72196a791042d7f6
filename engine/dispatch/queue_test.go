package dispatch

import (
	"context"
	"strconv"
	"testing"

	"github.com/hibiken/asynq"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/test/service"
)

// TestSweepDeletesArchivedTasks: what Asynq archives of dead workers leaves
// Redis, so that neither memory nor an epoch stays taken.
func TestSweepDeletesArchivedTasks(t *testing.T) {
	ctx := context.Background()
	b, err := NewAsynq(AsynqConfig{RedisURL: service.StartRedis(t).URL(), Queue: "q"})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Stop(ctx)
	b.sweep() // of a queue that does not exist yet
	inspector := asynq.NewInspectorFromRedisClient(b.client)
	for i := range 50 {
		h := engine.Handle{Workspace: "w", Run: strconv.Itoa(i), Epoch: 1}
		if added, _, err := b.push(ctx, []engine.Handle{h}); err != nil || added != 1 {
			t.Fatalf("pushed %d, %v", added, err)
		}
		if err := inspector.ArchiveTask("q", h.Run+":1"); err != nil {
			t.Fatal(err)
		}
		if added, _, err := b.push(ctx, []engine.Handle{h}); err != nil || added != 0 {
			t.Fatalf("pushed %d over an archived task, %v", added, err)
		}
	}
	b.sweep()
	if keys := b.client.Keys(ctx, "asynq:{q}:t:*").Val(); len(keys) != 0 {
		t.Errorf("%d tasks are left", len(keys))
	}
	if added, _, err := b.push(ctx, []engine.Handle{{Run: "0", Epoch: 1}}); err != nil || added != 1 {
		t.Errorf("pushed %d after the sweep, %v", added, err)
	}
}

// TestPushCounts: only handles that were not in the queue count, and a Redis
// that forgot the scripts gets them again.
func TestPushCounts(t *testing.T) {
	ctx := context.Background()
	b, err := NewAsynq(AsynqConfig{RedisURL: service.StartRedis(t).URL(), Queue: "q"})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Stop(ctx)
	handles := func(from, to int) (hs []engine.Handle) {
		for i := from; i < to; i++ {
			hs = append(hs, engine.Handle{Workspace: "w", Run: strconv.Itoa(i), Epoch: 1})
		}
		return hs
	}
	steps := []struct {
		from, to, added int
		before          int64
	}{{0, 100, 100, 0}, {50, 150, 50, 100}, {0, 150, 0, 150}, {150, 151, 1, 150}}
	for _, s := range steps {
		if err := b.client.ScriptFlush(ctx).Err(); err != nil {
			t.Fatal(err)
		}
		added, before, err := b.push(ctx, handles(s.from, s.to))
		if err != nil || added != s.added || before != s.before {
			t.Errorf("push %d-%d: added %d to %d, %v; want %d to %d", s.from, s.to, added, before, err, s.added, s.before)
		}
	}
}
