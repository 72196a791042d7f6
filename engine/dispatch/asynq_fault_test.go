package dispatch_test

import (
	"bytes"
	"context"
	"log/slog"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"go.uber.org/goleak"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/dispatch"
	"github.com/hookloom/hookloom/engine/dispatch/dispatchtest"
	"github.com/hookloom/hookloom/test/service"
)

// begin starts a bell that stops at the end of the test.
func begin(t *testing.T, b *dispatch.Asynq, w engine.Worker) {
	t.Helper()
	if err := b.Start(context.Background(), w); err != nil {
		t.Fatalf("start: %v", err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), dispatchtest.Patience)
		defer cancel()
		if err := b.Stop(ctx); err != nil {
			t.Errorf("stop: %v", err)
		}
	})
}

// open makes a plain client that ends with the test.
func open(t testing.TB, url string) redis.UniversalClient {
	t.Helper()
	c, err := dispatch.OpenRedis(url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// eventually asks again until ok, for what cannot signal.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	timeout := time.After(dispatchtest.Patience)
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-timeout:
			t.Fatalf("waited %v for %s", dispatchtest.Patience, what)
		case <-tick.C:
		}
	}
}

func ready(b *dispatch.Asynq) func() bool {
	return func() bool { return b.Ready(context.Background()) == nil }
}

func notReady(b *dispatch.Asynq) func() bool {
	return func() bool { return b.Ready(context.Background()) != nil }
}

func ringAll(b engine.Bell, hs []engine.Handle) {
	for _, h := range hs {
		b.Ring(h)
	}
}

func TestAsynqWorksThroughRedis(t *testing.T) {
	s := service.StartRedis(t)
	truth := dispatchtest.NewTruth()
	b := newAsynq(t, s.URL(), "q", 4, silent())
	begin(t, b, truth)
	for _, h := range truth.Add(100) {
		b.Ring(h)
	}
	truth.AwaitDone(t)
	c := open(t, s.URL())
	eventually(t, "Asynq to count the tasks", func() bool {
		n, _ := c.Get(context.Background(), "asynq:{q}:processed").Int()
		return n >= 100 // a run may be rung and pulled
	})
	eventually(t, "nothing to be left of them", func() bool {
		keys, _ := c.Keys(context.Background(), "asynq:{q}:t:*").Result()
		return len(keys) == 0
	})
}

func TestAsynqWithoutRedisAtTheStart(t *testing.T) {
	before := goleak.IgnoreCurrent()
	s := service.ReserveRedis(t)
	truth := dispatchtest.NewTruth()
	b := newAsynq(t, s.URL(), "q", 4, silent())
	begin(t, b, truth)
	if err := b.Ready(context.Background()); err == nil || !strings.Contains(err.Error(), "connection refused") {
		t.Errorf("ready says %v, want why Redis cannot be reached", err)
	}
	ringAll(b, truth.Add(3_000))
	truth.AwaitDone(t) // the process works alone

	s.Start(t)
	eventually(t, "the bell to find Redis", ready(b))
	truth.Add(500)
	s.Kill()
	eventually(t, "the bell to miss Redis", notReady(b))
	truth.AwaitDone(t) // of what nobody rang, too

	ctx, cancel := context.WithTimeout(context.Background(), dispatchtest.Patience)
	defer cancel()
	if err := b.Stop(ctx); err != nil {
		t.Errorf("stop without Redis: %v", err)
	}
	// go-redis looks once a second whether a pool may give up dialling.
	eventually(t, "every goroutine to end", func() bool { return goleak.Find(before) == nil })
}

// TestAsynqRingOnlyWithoutRedis rings for a long outage's worth: Ring returns,
// memory stays, and when Redis comes, a worker process pulls what was dropped.
func TestAsynqRingOnlyWithoutRedis(t *testing.T) {
	s := service.ReserveRedis(t)
	truth := dispatchtest.NewTruth()
	ringer := newAsynq(t, s.URL(), "q", 4, silent())
	begin(t, ringer, nil)
	hs := truth.Add(1_000)
	memory := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapInuse
	}
	start := memory()
	for range 1_000 { // 10 minutes at 1,600 a second
		ringAll(ringer, hs)
	}
	if now := memory(); now > start+4<<20 {
		t.Errorf("ringing without Redis took %d KiB of memory", (now-start)>>10)
	}
	s.Start(t)
	worker := newAsynq(t, s.URL(), "q", 4, silent())
	begin(t, worker, truth)
	truth.AwaitDone(t)

	// From here on the worker owes nothing, so only the ringer's count of what
	// it dropped can make it pull.
	eventually(t, "the ringer to find Redis", ready(ringer))
	gate := make(chan struct{})
	truth.Do = func(context.Context, engine.Handle) { <-gate }
	ringAll(ringer, truth.Add(5_000))
	close(gate)
	truth.AwaitDone(t)
}

func TestAsynqSurvivesRestarts(t *testing.T) {
	s := service.StartRedis(t)
	truth := dispatchtest.NewTruth()
	b := newAsynq(t, s.URL(), "q", 4, silent())
	begin(t, b, truth)
	for range 3 {
		s.Kill()
		eventually(t, "the bell to miss Redis", notReady(b))
		s.Start(t)
		eventually(t, "the bell to find Redis", ready(b))
		ringAll(b, truth.Add(200))
		truth.AwaitDone(t)
	}
}

func TestAsynqSurvivesFlush(t *testing.T) {
	s := service.StartRedis(t)
	truth := dispatchtest.NewTruth()
	a, b := newAsynq(t, s.URL(), "q", 4, silent()), newAsynq(t, s.URL(), "q", 4, silent())
	begin(t, a, truth)
	begin(t, b, truth)
	c := open(t, s.URL())
	for range 50 {
		hs := truth.Add(100)
		ringAll(a, hs[:50])
		if err := c.FlushAll(context.Background()).Err(); err != nil {
			t.Fatal(err)
		}
		ringAll(b, hs[50:])
	}
	truth.AwaitDone(t)

	// Flushed once more with nothing but lost handles: the pull finds them.
	gate := make(chan struct{})
	var open sync.Once
	t.Cleanup(func() { open.Do(func() { close(gate) }) })
	truth.Do = func(context.Context, engine.Handle) { <-gate }
	ringAll(a, truth.Add(40))
	truth.Await(t, "all slots to be taken", func(c dispatchtest.Counts) bool { return c.Now == 8 })
	if err := c.FlushAll(context.Background()).Err(); err != nil {
		t.Fatal(err)
	}
	open.Do(func() { close(gate) })
	truth.AwaitDone(t)
	eventually(t, "the queue's name to be noted again", func() bool {
		names, _ := c.SMembers(context.Background(), "asynq:queues").Result()
		return len(names) == 1 && names[0] == "q"
	})
}

func TestAsynqWhenRedisRefusesWrites(t *testing.T) {
	tests := []struct {
		name, says string
		spoil      func(t *testing.T, c redis.UniversalClient)
		mend       func(t *testing.T, c redis.UniversalClient)
	}{
		{
			name: "out of memory", says: "OOM",
			spoil: func(t *testing.T, c redis.UniversalClient) { configSet(t, c, "maxmemory", "1mb") },
			mend:  func(t *testing.T, c redis.UniversalClient) { configSet(t, c, "maxmemory", "0") },
		},
		{
			name: "read-only replica", says: "READONLY",
			spoil: func(t *testing.T, c redis.UniversalClient) {
				if err := c.Do(context.Background(), "replicaof", "127.0.0.1", "1").Err(); err != nil {
					t.Fatal(err)
				}
			},
			mend: func(t *testing.T, c redis.UniversalClient) {
				if err := c.Do(context.Background(), "replicaof", "no", "one").Err(); err != nil {
					t.Fatal(err)
				}
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := service.StartRedis(t)
			c := open(t, s.URL())
			truth := dispatchtest.NewTruth()
			b := newAsynq(t, s.URL(), "q", 4, silent())
			begin(t, b, truth)
			ringAll(b, truth.Add(300))
			truth.AwaitDone(t)

			tt.spoil(t, c)
			ringAll(b, truth.Add(300))
			truth.AwaitDone(t)
			eventually(t, "the bell to notice", notReady(b))
			if err := b.Ready(context.Background()); err == nil || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("ready says %v, want %s", err, tt.says)
			}

			tt.mend(t, c)
			eventually(t, "the bell to use Redis again", ready(b))
			ringAll(b, truth.Add(300))
			truth.AwaitDone(t)
		})
	}
}

func configSet(t *testing.T, c redis.UniversalClient, name, value string) {
	t.Helper()
	if err := c.ConfigSet(context.Background(), name, value).Err(); err != nil {
		t.Fatal(err)
	}
}

func TestAsynqWhenRedisHangs(t *testing.T) {
	s := service.StartRedis(t)
	truth := dispatchtest.NewTruth()
	b := newAsynq(t, s.URL(), "q", 4, silent())
	begin(t, b, truth)
	ringAll(b, truth.Add(100))
	truth.AwaitDone(t)
	s.Freeze(t)
	ringAll(b, truth.Add(3_000)) // returns, although nothing answers
	truth.AwaitDone(t)
	s.Thaw(t)
	eventually(t, "the bell to use Redis again", ready(b))
	ringAll(b, truth.Add(100))
	truth.AwaitDone(t)
}

// TestAsynqStopWhileRedisHangs: a stop keeps to its time.
func TestAsynqStopWhileRedisHangs(t *testing.T) {
	s := service.StartRedis(t)
	b := newAsynq(t, s.URL(), "q", 4, silent())
	begin(t, b, dispatchtest.NewTruth())
	s.Freeze(t)
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	if err := b.Stop(ctx); err == nil {
		t.Error("stop did not say that it gave up")
	}
	s.Thaw(t)
}

func TestAsynqNewEpochPassesLeftovers(t *testing.T) {
	s := service.StartRedis(t)
	c := open(t, s.URL())
	truth := dispatchtest.NewTruth()
	hs := truth.Add(30)
	// The tasks of a worker that died, in every state that Asynq has.
	for i, h := range hs {
		state := []string{"active", "archived", "completed"}[i%3]
		if err := c.HSet(context.Background(), "asynq:{q}:t:"+h.Run+":1", "msg", "x", "state", state).Err(); err != nil {
			t.Fatal(err)
		}
	}
	b := newAsynq(t, s.URL(), "q", 4, silent())
	begin(t, b, truth)
	truth.Await(t, "a pull", func(c dispatchtest.Counts) bool { return c.Pulls > 0 })
	for _, h := range hs {
		b.Ring(h) // in vain
		b.Ring(truth.Raise(h))
	}
	truth.AwaitDone(t)
}

// TestAsynqHandlesWithoutData: pending ids whose data somebody deleted must
// neither block the queue nor slow it down.
func TestAsynqHandlesWithoutData(t *testing.T) {
	s := service.StartRedis(t)
	c := open(t, s.URL())
	for range 500 {
		c.LPush(context.Background(), "asynq:{q}:pending", "gone:1")
	}
	truth := dispatchtest.NewTruth()
	truth.Add(10)
	begin(t, newAsynq(t, s.URL(), "q", 4, silent()), truth)
	truth.AwaitDone(t)
}

// TestAsynqSurvivesMeddling: someone deletes Asynq's keys one by one.
func TestAsynqSurvivesMeddling(t *testing.T) {
	s := service.StartRedis(t)
	c := open(t, s.URL())
	truth := dispatchtest.NewTruth()
	b := newAsynq(t, s.URL(), "q", 4, silent())
	begin(t, b, truth)
	for _, key := range []string{"lease", "active", "processed"} {
		gate := make(chan struct{})
		truth.Do = func(context.Context, engine.Handle) { <-gate }
		ringAll(b, truth.Add(10))
		truth.Await(t, "all slots to be taken", func(c dispatchtest.Counts) bool { return c.Now == 4 })
		if err := c.Del(context.Background(), "asynq:{q}:"+key).Err(); err != nil {
			t.Fatal(err)
		}
		close(gate)
		truth.AwaitDone(t)
	}
	if err := b.Ready(context.Background()); err != nil {
		t.Errorf("not ready: %v", err)
	}
}

func TestAsynqLogsAtDebugLevel(t *testing.T) {
	s := service.StartRedis(t)
	log := &logged{}
	b := newAsynq(t, s.URL(), "q", 1, slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	begin(t, b, dispatchtest.NewTruth())
	log.await(t, "level=DEBUG msg=\"asynq: Starting processing\" asynq_level=info", 1)
}

func TestAsynqDropsForeignTasks(t *testing.T) {
	s := service.StartRedis(t)
	log := &logged{}
	b := newAsynq(t, s.URL(), "q", 1, slog.New(slog.NewTextHandler(log, nil)))
	truth := dispatchtest.NewTruth()
	begin(t, b, truth)
	foreign := newForeign(t, s.URL())
	foreign("run", []byte("not json"))
	foreign("mail", []byte(`{"ws":"w","run":"r","epoch":1}`))
	log.await(t, "foreign task", 2)
	if c := truth.Counts(); c.Refused > 0 {
		t.Errorf("%d foreign tasks reached the worker", c.Refused)
	}
}

func TestAsynqWarnsOfEviction(t *testing.T) {
	tests := []struct {
		name string
		args []string
		says string
	}{
		{"evicting", []string{"--maxmemory-policy", "allkeys-lru"}, "level=WARN msg=\"Redis may evict handles"},
		{"silent", []string{"--rename-command", "CONFIG", ""}, "level=INFO msg=\"Redis does not tell its eviction policy"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := service.StartRedis(t, tt.args...)
			log := &logged{}
			b := newAsynq(t, s.URL(), "q", 1, slog.New(slog.NewTextHandler(log, nil)))
			begin(t, b, dispatchtest.NewTruth())
			log.await(t, tt.says, 1)
			if err := b.Ready(context.Background()); err != nil {
				t.Errorf("not ready: %v", err)
			}
		})
	}
}

// logged keeps what was logged.
type logged struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logged) count(text string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Count(l.text.String(), text)
}

func (l *logged) await(t *testing.T, text string, times int) {
	t.Helper()
	eventually(t, text+" in the log", func() bool { return l.count(text) >= times })
}
