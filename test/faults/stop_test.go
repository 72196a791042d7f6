package faults

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/hookloom/hookloom/test/service"
)

// TestStopUnderLoad stops the server with SIGTERM while webhooks come in and
// calls are under way. It must end by itself in time, every webhook that it
// committed must have been answered, and nothing may be sent twice: what was in
// flight ends, the rest is handed over to the next start.
func TestStopUnderLoad(t *testing.T) {
	t.Parallel()
	s := NewStand(t, Layout{Bin: binary(t), Seed: *seed, Manners: Manners{Slow: 1}})
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	driver := &Driver{Hooks: s.Installed.Hooks, Ledger: s.Ledger, Rate: 40, Once: true}
	driven := make(chan struct{})
	go func() {
		defer close(driven)
		driver.Drive(ctx, Plan(*seed, "stop", 240))
	}()
	var slowest time.Duration
	for range 3 {
		time.Sleep(time.Second) // of load
		begin := time.Now()
		if err := s.procs[server].Stop(20 * time.Second); err != nil {
			t.Errorf("SIGTERM: %v", err)
		}
		slowest = max(slowest, time.Since(begin))
		s.Start(server)
	}
	<-driven
	e, violations := s.Settle(60 * time.Second)
	if len(violations) > 0 {
		t.Errorf("%d violations:\n%s", len(violations), Shown(violations))
	}
	answered := map[string]bool{}
	for _, entry := range e.Entries {
		for _, run := range entry.Runs {
			answered[run] = true
		}
	}
	for _, run := range e.Runs {
		if Flows[e.Installed.Flows[run.WorkflowID]].Hooked && !answered[run.ID] {
			t.Errorf("the run %s was committed and its sender got no answer", run.ID)
		}
	}
	if len(e.Effects) != len(e.Runs) {
		t.Errorf("%d calls for %d runs: an orderly stop must not repeat any", len(e.Effects), len(e.Runs))
	}
	if slowest > 11*time.Second {
		t.Errorf("a stop took %v", slowest)
	}
	t.Log(table([][2]string{{"runs / calls", fmt.Sprintf("%d / %d", len(e.Runs), len(e.Effects))}, {"slowest stop", slowest.String()}}))
}

// TestRedisIsAway starts without Redis, gets it, and loses it again. Webhooks
// are accepted all the time, and every run ends within a minute of its return.
func TestRedisIsAway(t *testing.T) {
	t.Parallel()
	redis := service.ReserveRedis(t)
	s := NewStand(t, Layout{Bin: binary(t), Seed: *seed, Workers: 1, Postgres: service.StartPostgres(t), Redis: redis})
	driver := &Driver{Hooks: s.Installed.Hooks, Ledger: s.Ledger, Rate: 30, Once: true}
	driver.Drive(t.Context(), Plan(*seed, "absent", 60))
	redis.Start(t)
	driver.Drive(t.Context(), Plan(*seed, "present", 30))
	redis.Kill()
	driver.Drive(t.Context(), Plan(*seed, "gone", 60))
	redis.Start(t)
	back := time.Now()
	e, violations := s.Settle(time.Minute)
	if len(violations) > 0 {
		t.Errorf("%d violations:\n%s", len(violations), Shown(violations))
	}
	for _, entry := range e.Entries {
		if entry.Accepted == entry.Order.Malformed {
			t.Errorf("%s: answered %v, unanswered %d: ingest must not feel that Redis is away", entry.Order.ID, entry.Statuses, entry.Unanswered)
		}
	}
	t.Log(table([][2]string{{"runs / calls", fmt.Sprintf("%d / %d", len(e.Runs), len(e.Effects))}, {"all ended after Redis returned", time.Since(back).Round(time.Millisecond).String()}}))
}
