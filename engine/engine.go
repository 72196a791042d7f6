// Package engine runs workflows: it accepts requests, walks pinned definitions
// step by step, journals every result, and sees to it that what was accepted is
// finished and no effect happens twice. It knows SQL, queues and HTTP servers
// only through the ports declared here.
package engine

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"github.com/hookloom/hookloom/nodes"
)

// Deps is what an Engine works with. Store, Bell, HTTP and Registry are
// required.
type Deps struct {
	Store    Store
	Bell     Bell
	HTTP     nodes.HTTPClient
	Registry *nodes.Registry
	// Live hears of changes after their commit; nil tells nobody.
	Live Live
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Log is where errors end; nil discards them.
	Log *slog.Logger
	// Exclusive says that no other process uses the database, so that what an
	// earlier one left running is taken over at once.
	Exclusive bool
	// Retention is how long finished runs and requests are kept; 0 keeps them.
	Retention time.Duration
	// RateLimit is how many requests a second one trigger address takes, bursts
	// of twice as many included; 0 means no limit.
	RateLimit float64
	// Tracer follows requests and runs; nil follows nothing.
	Tracer Tracer
	// Fault is called at each numbered place of the crash tests with its name;
	// nil does nothing.
	Fault func(site string)
}

// Engine is the heart of a process: every process that ingests or works has
// one. Its methods are safe for concurrent use.
type Engine struct {
	store    Store
	bell     Bell
	http     nodes.HTTPClient
	registry *nodes.Registry
	live     Live
	replies  *replies
	now      func() time.Time
	log      *slog.Logger
	tracer   Tracer
	fault    func(string)

	exclusive bool
	tookOver  atomic.Bool // what an earlier process left
	retention time.Duration
	owner     string
	heart     heart
	stopping  atomic.Bool
	// crowded is until when workers are not asked for a first commit, in Unix
	// nanoseconds.
	crowded atomic.Int64

	programs   *programs
	endpoints  *endpoints
	workspaces *workspaces
	handoff    *handoff
	active     *active
	limits     *limits
	quotas     *quotas
	troubles   troubles
	choices    *choicesKnown
	hooks      *hookCache
	gates      *gates
	feeder     *feeder
	watcher    *watcher
	// address writes the address of a trigger, see AddressedBy.
	address func(workspace, token string) string
	// agent is the User-Agent of a workspace's calls, see SpeaksAs.
	agent func(workspace string) string

	// wake tells the event consumer that events were committed.
	wake chan struct{}
	// wakeDeliveries tells who stores deliveries that events were marked.
	wakeDeliveries chan struct{}

	loops  sync.WaitGroup
	cancel context.CancelFunc
}

// New makes an engine that can ingest and be asked at once; Start makes it
// work. It panics when a required dependency is missing.
func New(d Deps) *Engine {
	if d.Store == nil || d.Bell == nil || d.HTTP == nil || d.Registry == nil {
		panic("engine: Store, Bell, HTTP and Registry are required")
	}
	if d.Now == nil {
		d.Now = time.Now
	}
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	if d.Live == nil {
		d.Live = nobody{}
	}
	if d.Fault == nil {
		d.Fault = func(string) {}
	}
	e := &Engine{
		store: d.Store, bell: d.Bell, http: d.HTTP, registry: d.Registry, live: d.Live, replies: newReplies(),
		now: d.Now, log: d.Log, tracer: d.Tracer, fault: d.Fault, exclusive: d.Exclusive, retention: d.Retention,
		owner:      uuid.NewString(),
		programs:   newPrograms(d.Store, d.Registry),
		endpoints:  newEndpoints(),
		workspaces: newWorkspaces(d.Store),
		handoff:    newHandoff(),
		active:     newActive(),
		limits:     newLimits(d.RateLimit, d.Now),
		choices:    newChoicesKnown(d.Now),
		quotas:     newQuotas(d.Store, d.Now),
		hooks:      newHookCache(d.Store),
		gates:      newGates(),
		feeder:     newFeeder(),
		watcher:    newWatcher(),
		wake:       make(chan struct{}, 1),

		wakeDeliveries: make(chan struct{}, 1),
	}
	return e
}

// nobody is the Live of an engine that nobody listens to.
type nobody struct{}

func (nobody) Publish(Change) {}

func (nobody) Subscribe(string) (<-chan Change, func()) { return nil, func() {} }

// Start writes the first heartbeat, takes over what earlier processes left,
// and begins to work until Stop. It fails only when the database cannot be
// reached; a queue that is away is tried again.
func (e *Engine) Start(ctx context.Context) error {
	if err := e.Beat(ctx); err != nil {
		return err
	}
	ctx, e.cancel = context.WithCancel(context.WithoutCancel(ctx))
	if err := e.bell.Start(ctx, e); err != nil {
		e.cancel()
		return err
	}
	pace := tick
	if !e.exclusive {
		pace = beatEvery
		e.loop(func() { e.every(ctx, pace, e.Beat) })
	}
	e.loop(func() { e.every(ctx, pace, e.Reconcile) })
	e.loop(func() { e.every(ctx, retainEvery, e.Retain) })
	e.loop(func() { e.every(ctx, usageEvery, e.CountUsage) })
	e.loop(func() { e.every(ctx, releaseEvery, e.ReleaseLimited) })
	e.loop(func() { e.consume(ctx) })
	e.loop(func() { e.deliverMarked(ctx) })
	e.loop(func() { e.every(ctx, tick, e.tend) })
	return nil
}

// StartRinging starts what a process needs that takes requests and leaves the
// work to others: without it, nobody would hear of new runs before a reconciler
// looks, and Ready would never be nil. Such a process owns no runs and has no
// heartbeat. Stop ends it too.
func (e *Engine) StartRinging(ctx context.Context) error {
	ctx, e.cancel = context.WithCancel(context.WithoutCancel(ctx))
	if err := e.bell.Start(ctx, nil); err != nil {
		e.cancel()
		return err
	}
	e.loop(func() { e.every(ctx, tick, e.countLimited) })
	return nil
}

// tick is how often the reconciler looks of a process that has the database for
// itself.
const tick = time.Second

func (e *Engine) loop(run func()) {
	e.loops.Go(func() {
		run()
	})
}

// every runs do at once and then each period; errors are logged, and an
// unavailable database only once until it is back.
func (e *Engine) every(ctx context.Context, period time.Duration, do func(context.Context) error) {
	ticker := time.NewTicker(period)
	defer ticker.Stop()
	down := false
	for {
		err := do(ctx)
		if ctx.Err() != nil {
			return
		}
		if err != nil && (!down || !errors.Is(err, ErrUnavailable)) {
			e.log.Error("background work failed", "error", err)
		}
		down = errors.Is(err, ErrUnavailable)
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// Stop takes no new work, lets what is under way end until ctx does, and hands
// the rest over: those runs are queued again for another process or the next
// start.
func (e *Engine) Stop(ctx context.Context) error {
	e.stopping.Store(true)
	if e.cancel == nil {
		return nil
	}
	err := e.bell.Stop(ctx)
	e.active.cancelAll(errStopping)
	e.cancel()
	e.loops.Wait()
	retire, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	return errors.Join(err, e.store.Retire(retire, e.owner))
}

// errStopping is the cause with which runs are interrupted at the end of Stop.
var errStopping = errors.New("the process is stopping")

// Ready reports why the engine cannot work now, or nil.
func (e *Engine) Ready(ctx context.Context) error { return e.bell.Ready(ctx) }

// Owner is this boot's id.
func (e *Engine) Owner() string { return e.owner }

func (e *Engine) publish(c Change) { e.live.Publish(c) }
