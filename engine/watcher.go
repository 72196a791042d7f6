package engine

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

const (
	// watchers is how many services a process asks at once, and watchFor how long
	// one may take. A watch is held longer, so that nobody else asks meanwhile.
	watchers  = 16
	watchFor  = time.Minute
	watchHeld = 2 * time.Minute
	// tickPage is how many schedules one look takes.
	tickPage = 200
	// hourly is the longest pause after failures, and the one after a permanent one.
	hourly = time.Hour
)

// watcher bounds how many watches a process works on at once.
type watcher struct{ slots chan struct{} }

func newWatcher() *watcher { return &watcher{make(chan struct{}, watchers)} }

// tend is what Start has done each second.
func (e *Engine) tend(ctx context.Context) error {
	return errors.Join(e.SettleWatches(ctx), e.Tick(ctx), e.lookAround(ctx))
}

// Tick starts the runs of schedules that are due. Of what was missed while no
// process ran, the latest time is made up for, once.
func (e *Engine) Tick(ctx context.Context) error {
	for {
		due, err := e.claimWatches(ctx, true, tickPage)
		if err != nil {
			return err
		}
		for _, w := range due {
			switch err := e.tick(ctx, w); {
			case errors.Is(err, ErrUnavailable):
				return err
			case err != nil && !errors.Is(err, ErrStale):
				// The others are on time all the same; this one is claimed again soon.
				e.log.Error("a schedule could not start its run", "workspace", w.Workspace, "workflow", w.WorkflowID, "error", err)
			}
		}
		if len(due) < tickPage {
			return nil
		}
	}
}

// LookAround works on all other watches that are due, and returns when that is
// done: services are asked what is new, and addresses registered or taken back.
func (e *Engine) LookAround(ctx context.Context) error {
	due, err := e.claimWatches(ctx, false, watchers)
	for _, w := range due {
		e.workOn(ctx, w)
	}
	return err
}

// lookAround is LookAround beside the loop: a service that takes its time holds up
// no other one.
func (e *Engine) lookAround(ctx context.Context) error {
	free := cap(e.watcher.slots) - len(e.watcher.slots)
	if free == 0 {
		return nil
	}
	due, err := e.claimWatches(ctx, false, free)
	for _, w := range due {
		e.watcher.slots <- struct{}{}
		e.loop(func() {
			defer func() { <-e.watcher.slots }()
			e.workOn(ctx, w)
		})
	}
	return err
}

func (e *Engine) claimWatches(ctx context.Context, schedules bool, max int) ([]ClaimedWatch, error) {
	now := e.now()
	return e.store.ClaimWatches(ctx, WatchClaim{
		Holder: e.owner, Now: now, Until: now.Add(watchHeld), Exclusive: e.exclusive, Schedules: schedules, Remote: e.address != nil, Max: max,
	})
}

// workOn does what a claimed watch is for. What cannot be stored is done again
// when the claim ends.
func (e *Engine) workOn(ctx context.Context, w ClaimedWatch) {
	ctx, cancel := context.WithTimeout(ctx, watchFor)
	defer cancel()
	work := e.poll
	if w.Kind == WatchRemote {
		work = e.register
	}
	err := work(ctx, w)
	if err == nil || errors.Is(err, ErrStale) || errors.Is(err, ErrUnavailable) || ctx.Err() != nil && e.stopping.Load() {
		return
	}
	e.log.Error("a trigger's own work failed", "workflow", w.WorkflowID, "trigger", w.TriggerID, "error", err)
}

// idle stores a watch that has nothing to do any more.
func (e *Engine) idle(ctx context.Context, w Watch) error {
	w.DueAt = noTime
	_, err := e.store.FinishWatch(ctx, WatchOutcome{Watch: w})
	return err
}

// tick starts the run of a schedule's latest time that is over, and notes the
// next one.
func (e *Engine) tick(ctx context.Context, w ClaimedWatch) error {
	t, prog, err := e.liveTrigger(ctx, w.Endpoint)
	if err != nil {
		return err
	}
	if t == nil || t.Type.Next == nil {
		return e.idle(ctx, w.Watch)
	}
	latest, next, err := e.latestTick(ctx, w, prog, t)
	if err != nil {
		return e.failWatch(ctx, w.Watch, err, hourly)
	}
	zone := next.Location() // the schedule's own, which the stored time has lost
	if next.IsZero() {
		ws, _, err := e.workspaces.get(ctx, w.Workspace)
		if err != nil {
			return err
		}
		zone = scheduleZone(prog, ws)
	}
	run, err := watchRun(w, "tick_"+latest.UTC().Format("20060102T150405.000000"), e.now(), tickScope(w, t, latest.In(zone), e.now()))
	if err != nil {
		return err
	}
	done := w.Watch
	done.DueAt, done.DoneAt, done.Failures, done.FailingSince, done.Error = next, e.now(), 0, noTime, ""
	return e.finishWatch(ctx, WatchOutcome{Watch: done, Runs: []Run{run}})
}

// latestTick is the last time of a schedule that is not in the future, at or after
// the one that was due, and the first one that is. It looks back in growing steps,
// because a schedule of each minute may have missed thousands.
func (e *Engine) latestTick(ctx context.Context, w ClaimedWatch, prog *program, t *workflow.CompiledTrigger) (latest, next time.Time, err error) {
	now := e.now()
	latest = w.DueAt
	for back := time.Minute; ; back *= 4 {
		from := now.Add(-back)
		if !from.After(w.DueAt) {
			from = w.DueAt
		}
		at, err := e.nextTick(ctx, w.Workspace, prog, t, from)
		if err != nil {
			return latest, next, err
		}
		if !at.IsZero() && !at.After(now) {
			latest = at
			break
		}
		if from.Equal(w.DueAt) {
			return latest, at, nil
		}
	}
	for {
		at, err := e.nextTick(ctx, w.Workspace, prog, t, latest)
		if err != nil || at.IsZero() || at.After(now) {
			return latest, at, err
		}
		latest = at
	}
}

// tickScope is what mappings see under trigger of a schedule's run.
func tickScope(w ClaimedWatch, t *workflow.CompiledTrigger, at, now time.Time) map[string]any {
	return map[string]any{
		"id": w.TriggerID, "type": t.Trigger.Type, "event": t.Trigger.Type, "occurred_at": now.UTC().Format(time.RFC3339Nano),
		"scheduled_for": at.UTC().Format(time.RFC3339),
		"local": map[string]any{
			"date": at.Format(time.DateOnly), "time": at.Format("15:04"), "weekday": at.Weekday().String(), "timezone": at.Location().String(),
			"year": at.Year(), "month": int(at.Month()), "day": at.Day(), "hour": at.Hour(), "minute": at.Minute(),
		},
	}
}

// failWatch notes a failure; the next try comes after a pause.
func (e *Engine) failWatch(ctx context.Context, w Watch, cause error, pause time.Duration) error {
	w.Failures++
	if w.FailingSince.IsZero() {
		w.FailingSince = e.now()
	}
	w.Error, w.DueAt = plainError(cause), e.now().Add(jittered(pause))
	return e.finishWatch(context.WithoutCancel(ctx), WatchOutcome{Watch: w})
}

// watchPause is how long to wait after failures in a row, at least usual.
func watchPause(w Watch, cause error, usual time.Duration) time.Duration {
	if asked, ok := nodes.RetryDelay(cause); ok {
		return min(max(asked, nodes.MinPoll), 24*time.Hour)
	}
	if nodes.IsPermanent(cause) {
		return max(hourly, usual)
	}
	return max(usual, min(hourly, nodes.MinPoll<<min(w.Failures, 10)))
}

// jittered moves a pause by up to a tenth to either side.
func jittered(d time.Duration) time.Duration {
	if d < 10 {
		return d
	}
	return d - d/10 + rand.N(d/5) // nobody gains by guessing it
}

// finishWatch commits an outcome and hands its runs to workers.
func (e *Engine) finishWatch(ctx context.Context, o WatchOutcome) error {
	e.fault("in_watch")
	for i := range o.Runs {
		if _, err := e.bound(ctx, &o.Runs[i]); err != nil {
			return err
		}
	}
	started, err := e.store.FinishWatch(ctx, o)
	if err != nil {
		return err
	}
	for _, run := range started {
		e.ringQueued(run, nil)
	}
	e.publish(Change{Workspace: o.Watch.Workspace, Kind: ChangeWorkflow, ID: o.Watch.WorkflowID})
	return nil
}
