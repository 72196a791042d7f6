package live_test

import (
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"go.uber.org/goleak"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/dispatch"
	"github.com/hookloom/hookloom/engine/live"
	"github.com/hookloom/hookloom/test/service"
)

const patience = time.Minute

// bus is what all implementations are.
type bus interface {
	engine.Live
	Close()
}

// kind is one implementation under the suite.
type kind struct {
	name string
	make func(t *testing.T) bus
	// greets says that a first subscriber gets a resync.
	greets bool
}

func kinds(t *testing.T) []kind {
	url, database := service.Redis(t), service.Postgres(t)
	return []kind{
		{name: "local", make: func(*testing.T) bus { return live.NewLocal() }},
		{name: "postgres", greets: true, make: func(t *testing.T) bus { return newPostgres(t, database) }},
		{name: "redis", greets: true, make: func(t *testing.T) bus { return newRedis(t, url, "test-"+uuid.NewString()) }},
	}
}

// newRedis makes a bus that ends with the test.
func newRedis(t *testing.T, url, prefix string) *live.Redis {
	t.Helper()
	client, err := dispatch.OpenRedis(url)
	if err != nil {
		t.Fatal(err)
	}
	r := live.NewRedis(live.RedisConfig{Client: client, Prefix: prefix, Log: slog.New(slog.DiscardHandler)})
	t.Cleanup(func() {
		r.Close()
		client.Close()
	})
	return r
}

// newPostgres makes a bus that ends with the test.
func newPostgres(t *testing.T, url string) *live.Postgres {
	t.Helper()
	p, err := live.NewPostgres(live.PostgresConfig{URL: url, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}

// each runs a test on every implementation and looks for leaks.
func each(t *testing.T, test func(t *testing.T, k kind, b bus)) {
	for _, k := range kinds(t) {
		t.Run(k.name, func(t *testing.T) {
			before := goleak.IgnoreCurrent()
			t.Cleanup(func() { goleak.VerifyNone(t, before) }) // after the bus's own
			b := k.make(t)
			t.Cleanup(b.Close)
			test(t, k, b)
		})
	}
}

// subscribe subscribes and takes the greeting.
func (k kind) subscribe(t *testing.T, b bus, ws string) <-chan engine.Change {
	t.Helper()
	ch, cancel := b.Subscribe(ws)
	t.Cleanup(cancel)
	if k.greets {
		wantChange(t, ch, engine.Change{Workspace: ws, Kind: engine.ChangeResync})
	}
	return ch
}

func next(t *testing.T, ch <-chan engine.Change) engine.Change {
	t.Helper()
	select {
	case c, ok := <-ch:
		if !ok {
			t.Fatal("the subscription ended")
		}
		return c
	case <-time.After(patience):
		t.Fatalf("no change within %v", patience)
		panic("unreachable")
	}
}

func wantChange(t *testing.T, ch <-chan engine.Change, want engine.Change) {
	t.Helper()
	if got := next(t, ch); got != want {
		t.Fatalf("got %+v, want %+v", got, want)
	}
}

func wantEnd(t *testing.T, ch <-chan engine.Change) {
	t.Helper()
	select {
	case c, ok := <-ch:
		if ok {
			t.Fatalf("got %+v, want the end", c)
		}
	case <-time.After(patience):
		t.Fatalf("no end within %v", patience)
	}
}

func change(ws string, n int) engine.Change {
	return engine.Change{Workspace: ws, Kind: engine.ChangeStep, ID: fmt.Sprint("step ", n), Parent: "run_1", Status: "succeeded"}
}

func TestChangesArriveInOrderAtTheirWorkspaceOnly(t *testing.T) {
	each(t, func(t *testing.T, k kind, b bus) {
		one, two := k.subscribe(t, b, "ws_1"), k.subscribe(t, b, "ws_2")
		again, cancel := b.Subscribe("ws_1") // the second of its workspace: no greeting
		defer cancel()
		for n := range 50 {
			b.Publish(change("ws_1", n))
			b.Publish(change("ws_2", n))
			b.Publish(change("ws_3", n))
		}
		for n := range 50 {
			wantChange(t, one, change("ws_1", n))
			wantChange(t, again, change("ws_1", n))
			wantChange(t, two, change("ws_2", n))
		}
	})
}

func TestSlowSubscriberGetsOneResync(t *testing.T) {
	each(t, func(t *testing.T, k kind, b bus) {
		slow := k.subscribe(t, b, "ws")
		const many = 10_000
		for n := range many {
			b.Publish(change("ws", n)) // nobody reads; that it returns is the test
		}
		resyncs := 0
		var last engine.Change
		for len(slow) > 0 {
			if last = next(t, slow); last.Kind == engine.ChangeResync {
				if resyncs++; last.Workspace != "ws" {
					t.Errorf("resync of %q", last.Workspace)
				}
			}
		}
		if resyncs != 1 {
			t.Errorf("%d resyncs, want 1", resyncs)
		}
		b.Publish(change("ws", many))
		wantChange(t, slow, change("ws", many))
	})
}

func TestSubscriptionEnds(t *testing.T) {
	each(t, func(t *testing.T, k kind, b bus) {
		stays := k.subscribe(t, b, "ws")
		ends, cancel := b.Subscribe("ws")
		cancel()
		cancel()
		b.Publish(change("ws", 1))
		wantEnd(t, ends)
		wantChange(t, stays, change("ws", 1))
		b.Close()
		b.Close()
		wantEnd(t, stays)
		b.Publish(change("ws", 2))
		late, cancel := b.Subscribe("ws")
		wantEnd(t, late)
		cancel()
	})
}

func TestSubscribersComeAndGoWhilePublishing(t *testing.T) {
	each(t, func(t *testing.T, _ kind, b bus) {
		var publishers, subscribers sync.WaitGroup
		stop := make(chan struct{})
		for range 2 {
			publishers.Go(func() {
				for n := 0; ; n++ {
					select {
					case <-stop:
						return
					default:
						b.Publish(change(fmt.Sprint("ws_", n%3), n))
					}
				}
			})
		}
		for i := range 8 {
			subscribers.Go(func() {
				for range 20 {
					ws := fmt.Sprint("ws_", i%3)
					ch, cancel := b.Subscribe(ws)
					if c := next(t, ch); c.Workspace != ws {
						t.Errorf("a subscriber of %s got %+v", ws, c)
					}
					cancel()
				}
			})
		}
		subscribers.Wait()
		close(stop)
		publishers.Wait()
	})
}

func TestRedisCarriesChangesBetweenProcesses(t *testing.T) {
	url, prefix := service.Redis(t), "test-"+uuid.NewString()
	carries(t, newRedis(t, url, prefix), newRedis(t, url, prefix), newRedis(t, url, prefix+"x"))
}

func TestPostgresCarriesChangesBetweenProcesses(t *testing.T) {
	url := service.Postgres(t)
	carries(t, newPostgres(t, url), newPostgres(t, url), newPostgres(t, service.Postgres(t)))
}

// carries has changes pass between two processes, and none from or to another
// installation.
func carries(t *testing.T, a, b, other bus) {
	t.Helper()
	between := kind{greets: true}
	atA, atB := between.subscribe(t, a, "ws"), between.subscribe(t, b, "ws")
	atOther := between.subscribe(t, other, "ws")
	for n := range 40 {
		a.Publish(change("ws", n))
	}
	for n := range 40 {
		wantChange(t, atA, change("ws", n)) // once, not also by way of the server
		wantChange(t, atB, change("ws", n))
	}
	b.Publish(change("ws", 40))
	wantChange(t, atB, change("ws", 40))
	wantChange(t, atA, change("ws", 40))
	other.Publish(change("ws", 41))
	wantChange(t, atOther, change("ws", 41))
	a.Publish(change("ws", 42))
	wantChange(t, atA, change("ws", 42)) // and nothing of the other installation
}

func TestRedisSubscribesAgainAfterTheLastLeft(t *testing.T) {
	url, prefix := service.Redis(t), "test-"+uuid.NewString()
	redis := kind{greets: true}
	a, b := newRedis(t, url, prefix), newRedis(t, url, prefix)
	for n := range 5 {
		ch, cancel := b.Subscribe("ws")
		wantChange(t, ch, engine.Change{Workspace: "ws", Kind: engine.ChangeResync})
		a.Publish(change("ws", n))
		wantChange(t, ch, change("ws", n))
		cancel()
		redis.subscribe(t, b, fmt.Sprint("other_", n)) // past the unsubscription
	}
}

func TestRedisAway(t *testing.T) {
	before := goleak.IgnoreCurrent()
	t.Run("and back", redisAwayAndBack) // its clean-up is over before leaks are looked for
	timeout := time.After(patience)
	for goleak.Find(before) != nil { // go-redis looks once a second whether a pool was closed
		select {
		case <-timeout:
			t.Fatal(goleak.Find(before))
		default:
		}
	}
}

func redisAwayAndBack(t *testing.T) {
	s := service.ReserveRedis(t)
	a, b := newRedis(t, s.URL(), ""), newRedis(t, s.URL(), "")
	atA, cancelA := a.Subscribe("ws")
	defer cancelA()
	atB, cancelB := b.Subscribe("ws")
	defer cancelB()
	for n := range 30 {
		a.Publish(change("ws", n))
		wantChange(t, atA, change("ws", n)) // with nothing but the process itself
	}
	resync := engine.Change{Workspace: "ws", Kind: engine.ChangeResync}
	for range 2 {
		s.Start(t)
		wantChange(t, atB, resync)
		drainUntil(t, a, b, atA, atB)
		s.Kill()
		for n := range 5_000 {
			b.Publish(change("ws_nobody", n)) // returns although nothing is sent
		}
	}
}

// drainUntil publishes at a until a change of its own arrives at b and the
// other way round; resyncs may come before it.
func drainUntil(t *testing.T, a, b bus, atA, atB <-chan engine.Change) {
	t.Helper()
	for _, way := range []struct {
		from bus
		to   <-chan engine.Change
	}{{a, atB}, {b, atA}} {
		mark := uuid.NewString()
		timeout := time.After(patience)
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for arrived := false; !arrived; {
			select {
			case <-tick.C:
				way.from.Publish(engine.Change{Workspace: "ws", Kind: engine.ChangeRun, ID: mark})
			case c := <-way.to:
				arrived = c.ID == mark
			case <-timeout:
				t.Fatal("no change passes after Redis came back")
			}
		}
	}
	for len(atA)+len(atB) > 0 {
		select {
		case <-atA:
		case <-atB:
		}
	}
}

func TestRedisIgnoresForeignMessages(t *testing.T) {
	s := service.StartRedis(t)
	b := newRedis(t, s.URL(), "")
	ch := kind{greets: true}.subscribe(t, b, "ws")
	client, err := dispatch.OpenRedis(s.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	for _, payload := range []string{"", "x", "[]", `{"changes":"x"}`, strings.Repeat("[", 10_000)} {
		if err := client.Publish(t.Context(), "hookloom:live:ws", payload).Err(); err != nil {
			t.Fatal(err)
		}
	}
	// The channel says whose change it is, not the message.
	if err := client.Publish(t.Context(), "hookloom:live:ws", `{"from":"x","changes":[{"ws":"ws_other","kind":"run","id":"1"}]}`).Err(); err != nil {
		t.Fatal(err)
	}
	wantChange(t, ch, engine.Change{Workspace: "ws", Kind: engine.ChangeRun, ID: "1"})
	if err := client.Publish(t.Context(), "hookloom:live", `{"from":"x"}`).Err(); err != nil {
		t.Fatal(err)
	}
	wantChange(t, ch, engine.Change{Workspace: "ws", Kind: engine.ChangeResync})
}

func BenchmarkPublish(b *testing.B) {
	client, err := dispatch.OpenRedis(service.Redis(b))
	if err != nil {
		b.Fatal(err)
	}
	defer client.Close()
	over := live.NewRedis(live.RedisConfig{Client: client, Prefix: "bench-" + uuid.NewString()})
	defer over.Close()
	for name, l := range map[string]bus{"local": live.NewLocal(), "redis": over} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			c := change("ws", 1)
			for b.Loop() {
				l.Publish(c)
			}
		})
	}
}
