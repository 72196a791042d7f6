package faults

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/hookloom/hookloom/test/service"
)

// Limits of how long an interrupted run stands still while a process lives.
const (
	resumeP95 = 5 * time.Second
	resumeMax = 15 * time.Second
)

// tier is one course of harm under load.
type tier struct {
	layout Layout
	acts   map[Act]int
	// mean is the pause between acts, freeze how long a frozen process stands.
	mean, freeze time.Duration
	rate         int
	// accepted is how many webhooks must have been accepted at least.
	accepted int
	// drain is how long the backlog may take once the harm is over.
	drain time.Duration
	// pause is the shortest stand-still that counts, see Resumes.
	pause time.Duration
}

// TestShortTierSQLite kills the only process ten times.
func TestShortTierSQLite(t *testing.T) {
	t.Parallel()
	tier{
		layout: Layout{Bin: binary(t), Seed: *seed, Manners: Rude},
		acts:   map[Act]int{Kill: 10, Abort: 1},
		mean:   time.Second, rate: 30, drain: 90 * time.Second,
	}.run(t)
}

// TestShortTierPostgres kills a server and two workers ten times, freezes one
// beyond its lease, flushes and restarts Redis and the database.
func TestShortTierPostgres(t *testing.T) {
	t.Parallel()
	tier{
		layout: Layout{
			Bin: binary(t), Seed: *seed, Manners: Rude, Workers: 2,
			Postgres: service.StartPostgres(t), Redis: service.StartRedis(t),
		},
		acts: map[Act]int{Kill: 10, Abort: 1, FlushRedis: 4, Freeze: 1, RestartRedis: 1, RestartPostgres: 1, CutConnections: 1},
		mean: 700 * time.Millisecond, freeze: 6 * time.Second, rate: 30, drain: 90 * time.Second, pause: time.Second,
	}.run(t)
}

// TestLongTier is the one of "make faults": both databases, one after the
// other.
func TestLongTier(t *testing.T) {
	if !*long {
		t.Log("the long tier runs with -args -long (make faults)")
		return
	}
	t.Run("SQLite", func(t *testing.T) {
		longTier(Layout{Bin: binary(t), Seed: *seed, Manners: Rude}, map[Act]int{Kill: 100, Abort: 10}).run(t)
	})
	t.Run("PostgreSQL and Redis", func(t *testing.T) {
		longTier(Layout{
			Bin: binary(t), Seed: *seed, Manners: Rude, Workers: 2,
			Postgres: service.StartPostgres(t), Redis: service.StartRedis(t),
		}, map[Act]int{
			Kill: 100, Abort: 10, FlushRedis: 20, RestartRedis: 20, RestartPostgres: 10, CutConnections: 10, Freeze: 3,
		}).run(t)
	})
}

// longTier is half of the long tier: its acts are spread over the time that its
// webhooks take.
func longTier(l Layout, acts map[Act]int) tier {
	c := tier{layout: l, acts: acts, freeze: 40 * time.Second, rate: *rate, accepted: *hooks / 2, drain: 5 * time.Minute, mean: *pace}
	if l.Workers > 0 {
		c.pause = time.Second
	}
	if c.mean == 0 {
		times := 0
		for _, n := range acts {
			times += n
		}
		c.mean = time.Duration(c.accepted) * time.Second / time.Duration(c.rate*times)
	}
	return c
}

// run sends webhooks while the nemesis rages, lets it get quiet and checks.
func (c tier) run(t *testing.T) {
	t.Helper()
	s := NewStand(t, c.layout)
	nemesis := NewNemesis(s, c.freeze)
	driver := &Driver{Hooks: s.Installed.Hooks, Ledger: s.Ledger, Rate: c.rate}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	raging, calm := context.WithCancel(ctx)
	driven := make(chan struct{})
	begin := time.Now()
	go func() {
		defer close(driven)
		for batch := uint64(0); raging.Err() == nil || s.Ledger.Accepted() < c.accepted; batch++ {
			driver.Drive(ctx, Plan(c.layout.Seed+batch, fmt.Sprintf("b%d", batch), c.rate))
		}
	}()
	nemesis.Rage(ctx, c.acts, c.mean)
	calm()
	<-driven
	harmed := time.Since(begin)
	s.Sink.Behave(Manners{})
	e, violations := s.Settle(c.drain)
	c.judge(t, s, nemesis, e, violations, harmed)
	if c.layout.Postgres == nil {
		s.intact() // kills struck in the middle of checkpoints too
	}
}

// judge prints the summary and fails on anything that is not right.
func (c tier) judge(t *testing.T, s *Stand, n *Nemesis, e Evidence, violations []Violation, harmed time.Duration) {
	t.Helper()
	accepted, sent, unanswered := 0, 0, 0
	for _, entry := range e.Entries {
		sent += entry.Sent
		unanswered += entry.Unanswered
		if entry.Accepted {
			accepted++
		}
	}
	kinds := Counts(violations)
	resumes := Resumes(e, n.Outages, c.pause)
	p95, most := Quantile(resumes, 0.95), Quantile(resumes, 1)
	t.Log(table([][2]string{
		{"seed", fmt.Sprint(c.layout.Seed)},
		{"harm", n.Summary() + " in " + harmed.Round(time.Second).String()},
		{"webhooks sent / unanswered", fmt.Sprintf("%d / %d", sent, unanswered)},
		{"accepted", fmt.Sprint(accepted)},
		{"lost", fmt.Sprint(kinds[Lost])},
		{"internal effects or runs doubled", fmt.Sprint(kinds[Doubled])},
		{"repeats with another key or body", fmt.Sprint(kinds[Unkeyed])},
		{"other violations", fmt.Sprint(kinds[Unending] + kinds[Misrun] + kinds[Uninvited])},
		{"runs / calls to the sink", fmt.Sprintf("%d / %d", len(e.Runs), len(e.Effects))},
		{"runs interrupted", fmt.Sprint(len(resumes))},
		{"resume p50 / p95 / max", fmt.Sprintf("%v / %v / %v", Quantile(resumes, 0.5).Round(time.Millisecond), p95.Round(time.Millisecond), most.Round(time.Millisecond))},
		{"slowest", Slowest(resumes)},
	}))
	if len(violations) > 0 {
		t.Errorf("%d violations; run again with -args -seed %d, and with -artifacts to keep the logs:\n%s", len(violations), c.layout.Seed, Shown(violations))
	}
	if accepted == 0 || len(n.Outages) == 0 || len(resumes) == 0 {
		t.Errorf("nothing was put to the test: %d accepted, %d outages, %d runs interrupted", accepted, len(n.Outages), len(resumes))
	}
	if most > resumeMax {
		t.Errorf("a run stood still for %v while a process lived, more than %v", most, resumeMax)
	}
	if p95 > resumeP95 {
		t.Errorf("the 95th percentile of resuming is %v, more than %v", p95, resumeP95)
	}
}
