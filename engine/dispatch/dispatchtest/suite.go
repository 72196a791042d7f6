// Package dispatchtest holds the conformance suite of bells: what every
// implementation of engine.Bell promises, as tests.
package dispatchtest

import (
	"context"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/hookloom/hookloom/engine"
)

// Harness makes the bells of one test.
type Harness struct {
	// New makes a bell that works up to concurrency handles at once and tells
	// slow ones by tick, not by the clock: a handle is slow once it has been
	// under way from one tick to the second one after. The bell has not been
	// started, and the suite stops it. Bells that can share a queue share one
	// within a harness.
	New func(concurrency int, tick <-chan time.Time) engine.Bell
}

// promise is one test of the suite.
type promise struct {
	name string
	test func(t *testing.T, h harness)
}

// Run holds an implementation to the contract of engine.Bell. Each test gets a
// harness of its own, with a queue of its own.
func Run(t *testing.T, newHarness func(t *testing.T) Harness) {
	prove(t, newHarness, []promise{
		{"a rung handle is worked as it was rung", handleIntact},
		{"a handle rung before the start is worked", rungBeforeStart},
		{"the start pulls what waits", startPulls},
		{"a free slot takes a run at once, busy ones only a short line", takesAShortLine},
		{"no more than the concurrency at once", boundedConcurrency},
		{"slow work gives its slot to others", slowWorkLendsItsSlot},
		{"a slot is lent only while the work beside the slots is bounded", slowWorkIsBounded},
		{"a slot that was lent takes a run at once", lentSlotTakes},
		{"stop waits for slow work", stopWaitsForSlowWork},
		{"stop gives slow work up when its time ends", stopGivesSlowWorkUp},
		{"ringing never blocks and what was dropped is pulled", ringNeverBlocks},
		{"every run is worked once under load", everyRunOnce},
		{"a backlog is drained by pulling alone", backlogDrains},
		{"a handle is not worked twice at once", noHandleTwice},
		{"a new epoch does not wait for the old one", newEpochWhileUnderWay},
		{"a panicking worker ends one call only", panicEndsOneCall},
		{"a panicking pull ends nothing", panickingPull},
		{"the context carries values and outlives the starter's", contextOutlivesStart},
		{"stop waits for work under way", stopWaits},
		{"stop gives up when its time ends", stopGivesUp},
		{"start, stop and ready follow the bell's life", life},
		{"an idle bell starts work at once", idleLatency},
	})
}

// RunShared holds an implementation to what bells of one queue in several
// processes promise; such a bell can also be started without a worker, to ring
// for the others only.
func RunShared(t *testing.T, newHarness func(t *testing.T) Harness) {
	prove(t, newHarness, []promise{
		{"a bell without worker rings for others", ringOnly},
		{"work is shared between processes", sharedWork},
		{"rings dropped in one process are pulled by another", droppedElsewhere},
		{"a stopped process leaves its handles to others", stopLeavesHandles},
		{"a stopping process still sends what it was told", stopSends},
	})
}

func prove(t *testing.T, newHarness func(t *testing.T) Harness, promises []promise) {
	for _, p := range promises {
		t.Run(p.name, func(t *testing.T) {
			before := goleak.IgnoreCurrent()
			h := harness{&maker{t: t, make: newHarness(t).New}}
			p.test(t, h)
			h.stopAll()
			goleak.VerifyNone(t, before)
		})
	}
}

// harness makes the bells of one test and stops them at its end.
type harness struct{ *maker }

type maker struct {
	t    *testing.T
	make func(int, <-chan time.Time) engine.Bell
	mu   sync.Mutex
	all  []engine.Bell
}

// New makes a bell for which time stands still: its work is never slow.
func (m *maker) New(concurrency int) engine.Bell { return m.Ticked(concurrency, make(ticks)) }

// Ticked makes a bell whose time passes when the test says so.
func (m *maker) Ticked(concurrency int, tick ticks) engine.Bell {
	b := m.make(concurrency, tick)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.all = append(m.all, b)
	return b
}

func (m *maker) stopAll() {
	ctx, cancel := context.WithTimeout(context.Background(), Patience)
	defer cancel()
	for _, b := range m.all {
		if err := b.Stop(ctx); err != nil {
			m.t.Errorf("stop at the end of the test: %v", err)
		}
	}
}

// start starts a bell and fails the test when it cannot.
func start(t *testing.T, b engine.Bell, w engine.Worker) {
	t.Helper()
	if err := b.Start(context.Background(), w); err != nil {
		t.Fatalf("start: %v", err)
	}
}

// funcs is a worker made of functions; without pull there is nothing to pull.
type funcs struct {
	work func(ctx context.Context, h engine.Handle)
	pull func(ctx context.Context, max int) []engine.Handle
}

func (f funcs) Work(ctx context.Context, h engine.Handle) { f.work(ctx, h) }

func (f funcs) Pull(ctx context.Context, max int) []engine.Handle {
	if f.pull == nil {
		return nil
	}
	return f.pull(ctx, max)
}
