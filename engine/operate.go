package engine

import (
	"context"
	"errors"
	"fmt"
)

// StateError says that something is not possible in the state that a thing is
// in; the message tells people why and what they can do.
type StateError struct{ Message string }

func (e *StateError) Error() string { return e.Message }

func stateError(format string, args ...any) error {
	return &StateError{fmt.Sprintf(format, args...)}
}

// Cancel ends a run that is not finished. Nothing it does after that is
// recorded, and a call under way is interrupted within a second.
func (e *Engine) Cancel(ctx context.Context, workspace, runID string) error {
	err := e.store.Do(ctx, workspace, func(tx Tx) error {
		run, err := tx.Run(runID)
		if err != nil {
			return err
		}
		if run.Status.Finished() && run.Status != Parked {
			return stateError("The run has ended as %s: there is nothing to cancel.", run.Status)
		}
		return e.cancelLocked(tx, run, "A person canceled the run.")
	})
	if err != nil {
		return err
	}
	e.active.cancel(runID, errCanceled)
	e.publish(Change{Workspace: workspace, Kind: ChangeRun, ID: runID, Status: string(Canceled)})
	return nil
}

// cancelLocked cancels a run that the transaction has locked, with its open steps.
func (e *Engine) cancelLocked(tx Tx, run Run, why string) error {
	if err := run.move(Canceled); err != nil {
		return err
	}
	open, err := tx.OpenSteps(run.ID)
	if err != nil {
		return err
	}
	now := e.now()
	for i := range open {
		if open[i].Status == StepRunning || open[i].Status == StepWaiting {
			open[i].Status, open[i].FinishedAt = StepCanceled, now
		}
	}
	if err := tx.SaveSteps(run.ID, open); err != nil {
		return err
	}
	run.FinishedAt = now
	run.Error = &Failure{Code: "canceled", Message: why}
	run.Epoch++
	return tx.SetRun(run)
}

// The outcomes that a person can give a failed or parked step.
const (
	OutcomeAgain = "again"
	OutcomeDone  = "done"
	OutcomeSkip  = "skip"
)

// RetryOptions say how a failed or parked run goes on.
type RetryOptions struct {
	// Step names the failed step, by id or path, as a check; "" takes the one
	// that failed.
	Step string
	// Outcome is again (the default), done (it did happen) or skip.
	Outcome string
	// Live moves the run to the workflow's live version, when every step that it
	// has been through is still there.
	Live bool
}

// Retry lets a failed or parked run go on from the step that failed.
func (e *Engine) Retry(ctx context.Context, workspace, runID string, o RetryOptions) error {
	target, err := e.retryTarget(ctx, workspace, runID, o)
	if err != nil {
		return err
	}
	var again Run
	err = e.store.Do(ctx, workspace, func(tx Tx) error {
		run, err := tx.Run(runID)
		if err != nil {
			return err
		}
		if run.Status != Failed && run.Status != Parked {
			return stateError("The run is %s: only failed runs and runs that wait for a decision can go on from a step.", run.Status)
		}
		if run.Epoch != target.epoch {
			return stateError("The run has changed meanwhile: look at it again.")
		}
		if err := e.settle(tx, &run, target, o.Outcome); err != nil {
			return err
		}
		if err := run.move(Queued); err != nil {
			return err
		}
		run.DueAt, run.FinishedAt, run.Error, run.EndReason = e.now(), noTime, nil, ""
		run.Definition, run.Version = target.definition, target.version
		run.Epoch++
		again = run
		return tx.SetRun(run)
	})
	if err != nil {
		return err
	}
	e.bell.Ring(again.Handle())
	e.publish(Change{Workspace: workspace, Kind: ChangeRun, ID: runID, Parent: again.WorkflowID, Status: string(Queued)})
	return nil
}

// retryTarget is where a retry goes on.
type retryTarget struct {
	epoch      int64
	definition string
	version    int
	// next is the step after the failed one, for done and skip.
	next string
	step string
}

func (e *Engine) retryTarget(ctx context.Context, workspace, runID string, o RetryOptions) (retryTarget, error) {
	run, err := e.store.Run(ctx, workspace, runID)
	if err != nil {
		return retryTarget{}, err
	}
	t := retryTarget{epoch: run.Epoch, definition: run.Definition, version: run.Version}
	if len(run.Cursor) == 0 {
		return t, nil
	}
	top := run.Cursor[len(run.Cursor)-1]
	t.step = top.prefix() + top.Step
	if o.Step != "" && o.Step != top.Step && o.Step != t.step {
		return t, stateError("The run stands at the step %q, not at %q.", top.Step, o.Step)
	}
	if o.Live && run.WorkflowID != "" {
		if err := e.moveToLive(ctx, run, &t); err != nil {
			return t, err
		}
	}
	prog, err := e.programs.get(ctx, workspace, t.definition)
	if err != nil {
		return t, err
	}
	if n := prog.Node(top.Step); n != nil {
		t.next = after(n)
	}
	return t, nil
}

// moveToLive points a retry at the live version if the run fits into it.
func (e *Engine) moveToLive(ctx context.Context, run Run, t *retryTarget) error {
	var live Workflow
	err := e.store.Do(ctx, run.Workspace, func(tx Tx) (err error) {
		live, err = tx.Workflow(run.WorkflowID)
		return err
	})
	if err != nil {
		return err
	}
	if live.LiveHash == "" {
		return stateError("The workflow has no live version to go on with.")
	}
	prog, err := e.programs.get(ctx, run.Workspace, live.LiveHash)
	if err != nil {
		return err
	}
	rows, err := e.store.Steps(ctx, run.Workspace, run.ID)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if prog.Node(row.StepID) == nil {
			return stateError("The live version has no step %q, which this run has been through: let it go on in its own version.", row.StepID)
		}
	}
	probe := journey{prog: prog, run: run}
	for _, f := range run.Cursor {
		if f.Step != "" && probe.node(f) == nil {
			return stateError("In the live version the step %q stands elsewhere: let the run go on in its own version.", f.Step)
		}
	}
	t.definition, t.version = live.LiveHash, live.LiveVersion
	return nil
}

// settle writes what the person says of the step that the run stands at.
func (e *Engine) settle(tx Tx, run *Run, t retryTarget, outcome string) error {
	open, err := tx.OpenSteps(run.ID)
	if err != nil {
		return err
	}
	for i := range open {
		row := &open[i]
		if row.Path != t.step {
			continue
		}
		switch outcome {
		case OutcomeDone, OutcomeSkip:
			row.Status, row.FinishedAt = StepSkipped, e.now()
			row.Notes = append(row.Notes, "A person chose to go on without it.")
			if outcome == OutcomeDone {
				row.Status, row.Effect = StepSucceeded, true
				row.Notes[len(row.Notes)-1] = "A person said that this was done."
			}
			run.Cursor[len(run.Cursor)-1].Step = t.next
		case OutcomeAgain, "":
			if row.Status == StepUnknown {
				// The same execution: same body, same keys, so that a receiver
				// that knows it already can tell.
				row.Status, row.DueAt, row.Error = StepWaiting, e.now(), nil
			}
		default:
			return stateError("The outcome %q is unknown: say again, done or skip.", outcome)
		}
		return tx.SaveSteps(run.ID, []StepResult{*row})
	}
	if outcome == OutcomeDone || outcome == OutcomeSkip {
		run.Cursor[len(run.Cursor)-1].Step = t.next
	}
	return nil
}

// Replay starts a new run from an old one's input, on the live version when
// there is one. Effects that the old run and its replays recorded are not
// repeated, unless asNew asks for them.
func (e *Engine) Replay(ctx context.Context, workspace, runID string, asNew bool) (Run, error) {
	old, err := e.store.Run(ctx, workspace, runID)
	if err != nil {
		return Run{}, err
	}
	if !old.Status.Finished() {
		return Run{}, stateError("The run is still %s: wait for its end, or cancel it first.", old.Status)
	}
	run := newRun(Endpoint{
		Workspace: workspace, WorkflowID: old.WorkflowID, Version: old.Version, Definition: old.Definition, TriggerID: old.Trigger,
	}, e.now())
	run.Kind, run.Input, run.RequestID, run.ReplayOf = old.Kind, old.Input, old.RequestID, old.ID
	run.CauseRun, run.Depth = old.CauseRun, old.Depth
	if old.EventID != "" {
		run.ContactID = old.ContactID
	}
	if !asNew {
		run.RootRun = old.RootRun
	}
	if _, err := e.bound(ctx, &run); err != nil {
		return Run{}, err
	}
	err = e.store.Do(ctx, workspace, func(tx Tx) error {
		if old.WorkflowID != "" {
			w, err := tx.Workflow(old.WorkflowID)
			if err != nil && !errors.Is(err, ErrNotFound) {
				return err
			}
			if err == nil && w.LiveHash != "" {
				run.Definition, run.Version = w.LiveHash, w.LiveVersion
			}
		}
		return tx.InsertRun(run)
	})
	if err != nil {
		return Run{}, err
	}
	e.ringQueued(run, nil)
	return run, nil
}
