package engine

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"
)

var (
	// errCanceled is the cause with which a canceled run is interrupted.
	errCanceled = errors.New("the run was canceled")
	// errPaused ends the work on a run that waits, is finished or was handed
	// over; its state is committed.
	errPaused = errors.New("nothing more to do now")
)

// Work takes a run as far as it can go. It implements Worker.
func (e *Engine) Work(ctx context.Context, h Handle) {
	given, _ := e.handoff.take(h.Run)
	var err error
	// Last, because the ingress may ring the run then.
	defer func() { given.first.leave(err) }()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	if e.stopping.Load() || !e.active.add(h, e.now(), cancel) {
		return
	}
	defer e.fedDone(h.Run)
	defer e.active.remove(h)
	e.fault("dequeued")

	err = e.walk(ctx, h, given)
	switch {
	case err == nil, errors.Is(err, errPaused), errors.Is(err, errNotWanted):
	case errors.Is(err, ErrLost):
		e.log.Info("lost lease", "run", h.Run, "epoch", h.Epoch)
	case errors.Is(err, ErrUnavailable), errors.Is(err, errLate), ctx.Err() != nil:
		// The database may hold more of this work than we heard of: the reconciler
		// looks and goes on from there.
		e.log.Warn("run interrupted", "run", h.Run, "error", err)
		e.active.strand(h)
	default:
		e.log.Error("run given up", "run", h.Run, "error", err)
		e.giveUp(ctx, h, err)
	}
}

// walk takes a run from its claim to where it stands still. A panic of the
// engine's own code comes back as an error.
func (e *Engine) walk(ctx context.Context, h Handle, given handed) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the engine broke: %v\n%s", p, debug.Stack())
		}
	}()
	j, err := e.open(ctx, h, given)
	if err != nil || j == nil {
		return err
	}
	if e.tracer == nil {
		return j.advance(ctx)
	}
	ctx, end := e.tracer.Run(ctx, j.run)
	err = j.advance(ctx)
	end(string(j.run.Status), failureIn(err))
	return err
}

// failureIn is err unless it only says that the work stands still as it should.
func failureIn(err error) error {
	if errors.Is(err, errPaused) {
		return nil
	}
	return err
}

// giveUp fails a run that cannot go on for a reason that trying again does not
// mend, so that a person sees it; whoever has mended the reason can retry it.
func (e *Engine) giveUp(ctx context.Context, h Handle, cause error) {
	err := e.store.Do(ctx, h.Workspace, func(tx Tx) error {
		run, err := tx.Run(h.Run)
		if err != nil || run.Epoch != h.Epoch || run.Status.Finished() {
			return err
		}
		run.Status, run.FinishedAt = Failed, e.now()
		run.Error = &Failure{Code: "internal", Message: "The server itself could not go on with this run. The log names the cause; the run can be continued once it is mended."}
		run.Epoch++
		if event, ok := runEvent(run, RunState{Status: Failed, Error: run.Error, StartedAt: run.StartedAt, FinishedAt: run.FinishedAt}); ok {
			tx.Caused(run.ID, run.Depth, false)
			if err := tx.Emit(event); err != nil {
				return err
			}
		}
		return tx.SetRun(run)
	})
	if err != nil {
		e.log.Warn("run interrupted", "run", h.Run, "error", errors.Join(cause, err))
		e.active.strand(h)
		return
	}
	e.publish(Change{Workspace: h.Workspace, Kind: ChangeRun, ID: h.Run, Status: string(Failed)})
}

// Pull implements Worker.
func (e *Engine) Pull(ctx context.Context, limit int) []Handle {
	handles, err := e.store.Pull(ctx, limit)
	if err != nil && ctx.Err() == nil {
		e.log.Warn("cannot read waiting runs", "error", err)
	}
	return handles
}

// open reads what a run needs to go on. It returns nil when the handle is old
// or the run not due.
func (e *Engine) open(ctx context.Context, h Handle, given handed) (*journey, error) {
	run := given.run
	fresh := run.ID == h.Run && run.Epoch == h.Epoch
	if !fresh {
		var err error
		if run, err = e.store.Run(ctx, h.Workspace, h.Run); err != nil {
			if errors.Is(err, ErrNotFound) {
				return nil, nil
			}
			return nil, err
		}
	}
	if run.Epoch != h.Epoch || run.Status != Queued || run.DueAt.After(e.now().Add(time.Millisecond)) {
		return nil, nil
	}
	j := &journey{e: e, run: run, outputs: map[string]any{}, loops: map[string]*loopState{}, begun: map[string]*StepResult{}}
	if fresh {
		j.trigger, j.unstored = given.trigger, given.first
	}
	if err := j.prepare(ctx); err != nil {
		var broken errBroken
		if errors.As(err, &broken) || errors.Is(err, ErrNotFound) {
			return j, j.finish(ctx, Failed, "", &Failure{Code: "step_missing", Message: err.Error()})
		}
		return nil, err
	}
	return j, nil
}

// commit saves progress and keeps trying while the database is away: nothing
// can go on without it, and the result of a call that was made must not be
// lost. Saving the same progress twice does no harm.
func (e *Engine) commit(ctx context.Context, workspace string, p Progress) error {
	wait := 50 * time.Millisecond
	for {
		err := e.store.Save(ctx, workspace, p)
		if err == nil || !errors.Is(err, ErrUnavailable) {
			return err
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return err
		case <-timer.C:
		}
		wait = min(2*wait, 2*time.Second)
	}
}
