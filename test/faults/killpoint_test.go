package faults

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/hookloom/hookloom/test/service"
)

// killpoints are the places at which the engine can be told to die, against the
// list that was asked for. Every one but in_wait and in_event_consumer is passed
// by the main job.
//
// The bell is rung before the answer is written: Ingest returns after it, so
// that an answer never waits for the queue's next look. "After the answer,
// before the ring" is therefore "before_ring": committed, and neither rung nor
// answered. A death after the answer and before the end of the ring cannot
// happen; one after both is "rung" or "dequeued".
//
// A claim rides in the first commit of a run's work. In the main job that is
// the commit of the three internal steps, so "after the claim" is
// step_committed there, and "claimed" is reached by the runs whose first step
// is a call, here those that the tag's event starts.
var killpoints = []struct {
	site, meaning string
	// taking says that the process which takes the webhook passes it, not the one
	// that works on the run.
	taking bool
}{
	{"body_read", "after the body is read", true},
	{"accepted", "after the commit, before the answer", true},
	{"before_ring", "committed, before the ring", true},
	{"rung", "after the ring", true},
	{"dequeued", "after the dequeue, before the claim", false},
	{"claimed", "after the claim", false},
	{"before_send", "before the send", false},
	{"after_send", "after the send, before its commit", false},
	{"step_committed", "after a step's commit", false},
	{"before_finish", "before the finish", false},
	{"in_wait", "inside a wait", false},
	{"in_event_consumer", "inside the event consumer", false},
}

// TestKillPoints kills the only process at each place.
func TestKillPoints(t *testing.T) {
	t.Parallel()
	dieEverywhere(t, Layout{Bin: binary(t), Seed: *seed}, 2)
}

// TestKillPointsPostgres kills at each place the process that passes it: the
// server, which takes webhooks only, or the worker.
func TestKillPointsPostgres(t *testing.T) {
	t.Parallel()
	deaths := 1
	if *long {
		deaths = 5
	}
	dieEverywhere(t, Layout{
		Bin: binary(t), Seed: *seed, Workers: 1, Apart: true,
		Postgres: service.StartPostgres(t), Redis: service.StartRedis(t),
	}, deaths)
}

// dieEverywhere kills a process at each place, the first to the n-th time that
// it comes there, starts it again without the order to die, and wants everything
// right: no accepted webhook lost, no internal effect twice, the calls repeated
// with the same keys.
func dieEverywhere(t *testing.T, l Layout, deaths int) {
	t.Helper()
	s := NewStand(t, l)
	for i, k := range killpoints {
		victim := server
		if l.Apart && !k.taking {
			victim = worker(0)
		}
		for n := 1; n <= deaths; n++ {
			// Two webhooks of each kind reach every place twice.
			dieAt(t, s, victim, fmt.Sprintf("%s:%d", k.site, 1+(n-1)%2), fmt.Sprintf("kill%02d%d", i, n))
		}
	}
	e, violations := s.Settle(30 * time.Second)
	if len(violations) > 0 {
		t.Errorf("%d violations:\n%s", len(violations), Shown(violations))
	}
	repeats := len(e.Effects) - len(e.Runs)
	if repeats < deaths {
		t.Errorf("%d calls for %d runs: a death after a send must repeat the call", len(e.Effects), len(e.Runs))
	}
	t.Log(table([][2]string{
		{"places × deaths", fmt.Sprintf("%d × %d", len(killpoints), deaths)}, {"runs", fmt.Sprint(len(e.Runs))},
		{"calls repeated, with the same keys", fmt.Sprint(repeats)}, {"violations", fmt.Sprint(len(violations))},
	}))
}

// dieAt restarts a process with the order to die at a place, sends webhooks
// until it is dead, and starts it again without the order.
func dieAt(t *testing.T, s *Stand, victim, where, prefix string) {
	t.Helper()
	s.procs[victim].Kill()
	// It may die before it is ready: on what the death before left to do.
	if err := s.launch(victim, "HOOKLOOM_TEST_CRASH_AT="+where); err != nil {
		t.Fatal(err)
	}
	orders := make([]Order, 0, 4)
	for i := range cap(orders) {
		o := Order{ID: fmt.Sprintf("%s-%d", prefix, i), Flow: Sale}
		if i < 2 {
			// Two of each kind, so that every place is reached twice whatever the
			// death before left to do.
			o.Flow = Waited
		}
		o.Body = fmt.Sprintf(`{"id":%q,"name":"Ada Lovelace"}`, o.ID)
		orders = append(orders, o)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	driver := &Driver{Hooks: s.Installed.Hooks, Ledger: s.Ledger, Rate: 50, Persistent: true}
	delivered := make(chan struct{})
	go func() {
		defer close(delivered)
		driver.Drive(ctx, orders)
	}()
	select {
	case <-s.procs[victim].Ended():
	case <-ctx.Done():
		t.Fatalf("%s: the process reached the place too rarely to die there", where)
	}
	s.Start(victim)
	select {
	case <-delivered:
	case <-ctx.Done():
		t.Fatalf("%s: the server that was started again does not answer", where)
	}
}
