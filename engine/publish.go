package engine

import (
	"context"
	"errors"
	"fmt"

	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

// HeldPolicy says what becomes of what was kept while a workflow was a draft or
// paused.
type HeldPolicy string

// The policies for held requests and runs.
const (
	HeldRun     HeldPolicy = "run"
	HeldKeep    HeldPolicy = "keep"
	HeldDiscard HeldPolicy = "discard"
)

// maxHeld is how many held runs one publish or resume lets go; the rest stays
// held.
const maxHeld = 10_000

// heldPage is how many of them one transaction moves.
const heldPage = 200

// Publish makes the draft the live version. Problems of the document come as a
// *DocumentError, all at once. Waiting runs end on their own version.
func (e *Engine) Publish(ctx context.Context, workspace, id, by string, held HeldPolicy) (Workflow, error) {
	if held == "" {
		held = HeldKeep
	}
	draft, err := e.workflow(ctx, workspace, id)
	if err != nil {
		return draft, err
	}
	problems, err := e.PublishProblems(ctx, draft)
	if err != nil {
		return draft, err
	}
	if workflow.HasProblems(problems) {
		return draft, &DocumentError{Problems: problems}
	}
	w, err := e.change(ctx, workspace, id, func(tx Tx, w *Workflow) error {
		if w.DraftHash != draft.DraftHash {
			return ErrRevision
		}
		doc, _ := workflow.Parse(w.Draft)
		w.Status = WorkflowLive
		return e.goLive(tx, w, doc, w.Draft, by)
	})
	if err != nil {
		return w, err
	}
	// What is not released stays held and visible: the version is live all the
	// same, and the next publish or resume goes on with the rest.
	if err := errors.Join(e.releaseRequests(ctx, w, held), e.releaseRuns(ctx, w, held)); err != nil {
		e.log.Error("held requests were not all released", "workflow", w.ID, "error", err)
	}
	return w, nil
}

// PublishProblems finds everything that stands against publishing the draft, with
// its warnings: also what only opening a trigger can tell (a signature without
// its secret).
func (e *Engine) PublishProblems(ctx context.Context, w Workflow) ([]workflow.Problem, error) {
	return e.publishProblems(ctx, w, Brought{})
}

func (e *Engine) publishProblems(ctx context.Context, w Workflow, b Brought) ([]workflow.Problem, error) {
	problems, err := e.problems(ctx, w, b)
	if err != nil {
		return nil, err
	}
	if prog, err := compile(w.Draft, e.registry); err == nil {
		for i, t := range prog.Document.Triggers {
			opened := prog.Triggers[t.ID]
			if opened == nil || opened.Type.Open == nil || t.Disabled {
				continue
			}
			_, err := e.openTrigger(ctx, w.Workspace, w.ID, opened)
			var unfit *triggerError
			if err != nil && !errors.As(err, &unfit) {
				return nil, err
			}
			if err != nil {
				problems = append(problems, triggerProblem(i, t.ID, err, problems)...)
			}
		}
	}
	return problems, nil
}

// triggerProblem puts the error of opening a trigger into problems, unless the
// trigger has some already that say the same.
func triggerProblem(index int, id string, err error, known []workflow.Problem) []workflow.Problem {
	for _, p := range known {
		if p.Step == id && p.Severity == workflow.SeverityProblem {
			return nil
		}
	}
	base := fmt.Sprintf("/triggers/%d/params", index)
	var param *nodes.ParamError
	if !errors.As(err, &param) {
		return []workflow.Problem{{Pointer: base + nodes.FieldOf(err), Step: id, Code: "trigger", Severity: workflow.SeverityProblem, Message: err.Error()}}
	}
	var list []workflow.Problem
	for _, p := range param.Problems {
		list = append(list, workflow.Problem{Pointer: base + p.Pointer, Step: id, Code: p.Code, Severity: workflow.SeverityProblem, Message: p.Message})
	}
	return list
}

// Pause stops triggers from starting runs: what they receive is held. Runs
// under way go on.
func (e *Engine) Pause(ctx context.Context, workspace, id string) (Workflow, error) {
	return e.change(ctx, workspace, id, func(_ Tx, w *Workflow) error {
		if w.Status != WorkflowLive {
			return stateError("The workflow is %s: only a live one can be paused.", w.Status)
		}
		w.Status = WorkflowPaused
		w.Stamp++
		return nil
	})
}

// Resume makes a paused workflow live again. Held runs start in the order in
// which they came, unless held says otherwise.
func (e *Engine) Resume(ctx context.Context, workspace, id string, held HeldPolicy) (Workflow, error) {
	w, err := e.change(ctx, workspace, id, func(_ Tx, w *Workflow) error {
		if w.Status != WorkflowPaused {
			return stateError("The workflow is %s: only a paused one can be resumed.", w.Status)
		}
		w.Status = WorkflowLive
		w.Stamp++
		return nil
	})
	if err != nil {
		return w, err
	}
	if held == "" {
		held = HeldRun
	}
	return w, e.releaseRuns(ctx, w, held)
}

// releaseRuns lets held runs go, or cancels them.
func (e *Engine) releaseRuns(ctx context.Context, w Workflow, policy HeldPolicy) error {
	if policy == HeldKeep {
		return nil
	}
	for done := 0; done < maxHeld; {
		left, err := e.leftFor(ctx, w, policy)
		if err != nil {
			return err
		}
		released, err := e.releasePage(ctx, w, policy, left)
		if err != nil || len(released) == 0 {
			return err
		}
		for _, run := range released {
			if run.Status == Queued {
				e.bell.Ring(run.Handle())
			}
		}
		done += len(released)
	}
	return nil
}

// leftFor is how many held runs of a workflow may begin by its workspace's limit.
func (e *Engine) leftFor(ctx context.Context, w Workflow, policy HeldPolicy) (int, error) {
	if policy == HeldDiscard {
		return 0, nil
	}
	ws, err := e.store.Workspace(ctx, w.Workspace)
	if err != nil {
		return 0, err
	}
	defer e.quotas.forget(w.Workspace)
	return e.quotas.left(ctx, ws)
}

// releasePage queues or cancels the oldest held runs in one transaction, with
// the requests that they came from. Beyond left they wait for the workspace's limit.
func (e *Engine) releasePage(ctx context.Context, w Workflow, policy HeldPolicy, left int) ([]Run, error) {
	var released []Run
	err := e.store.Do(ctx, w.Workspace, func(tx Tx) (err error) {
		if released, err = tx.HeldRuns(w.ID, heldPage); err != nil {
			return err
		}
		var begun []string
		for i := range released {
			run := &released[i]
			switch {
			case policy == HeldDiscard:
				err = e.throwAway(tx, run)
			case len(begun) < left:
				err = e.letGo(tx, run)
				begun = append(begun, run.ID)
			default:
				run.EndReason = HeldByLimit
				err = tx.SetRun(*run)
			}
			if err != nil {
				return err
			}
		}
		return tx.CountReleased(begun)
	})
	return released, err
}

// throwAway cancels a held run that the transaction has locked.
func (e *Engine) throwAway(tx Tx, run *Run) error {
	if err := run.move(Canceled); err != nil {
		return err
	}
	run.DueAt, run.FinishedAt = e.now(), e.now()
	run.Error = &Failure{Code: "canceled", Message: "It was held while the workflow was paused, and thrown away."}
	run.Epoch++
	if err := tx.SetRun(*run); err != nil || run.RequestID == "" {
		return err
	}
	return tx.FreeRequest(run.RequestID, string(nodes.Filtered))
}

// releaseRequests starts runs from what a workflow received before its first
// version, judged by that version.
func (e *Engine) releaseRequests(ctx context.Context, w Workflow, policy HeldPolicy) error {
	if policy == HeldKeep {
		return nil
	}
	prog, err := e.programs.get(ctx, w.Workspace, w.LiveHash)
	if err != nil {
		return err
	}
	for done := 0; done < maxHeld; {
		var kept []Request
		err := e.store.Do(ctx, w.Workspace, func(tx Tx) (err error) {
			kept, err = tx.HeldRequests(w.ID, heldPage)
			return err
		})
		if err != nil || len(kept) == 0 {
			return err
		}
		for _, req := range kept {
			if err := e.releaseRequest(ctx, w, prog, req, policy); err != nil {
				return err
			}
		}
		done += len(kept)
	}
	return nil
}

func (e *Engine) releaseRequest(ctx context.Context, w Workflow, prog *program, req Request, policy HeldPolicy) error {
	t := triggerOf(prog, req.TriggerID)
	if policy == HeldDiscard || t == nil {
		return e.mark(ctx, w.Workspace, req.ID, nodes.Filtered, "It came before the first version and was set aside when that was published.")
	}
	whole, err := e.store.Request(ctx, w.Workspace, req.ID)
	if err != nil {
		return err
	}
	receipt, err := e.judgeStored(ctx, w, t, whole, true)
	if state, ok := errors.AsType[*StateError](err); ok {
		return e.mark(ctx, w.Workspace, req.ID, nodes.Filtered, state.Error())
	}
	if err != nil {
		return err
	}
	if receipt.Verdict != nodes.Accepted {
		return e.mark(ctx, w.Workspace, req.ID, receipt.Verdict, receipt.Reason)
	}
	scope := receipt.Payload
	run := newRun(Endpoint{Workspace: w.Workspace, WorkflowID: w.ID, TriggerID: req.TriggerID, Definition: w.LiveHash, Version: w.LiveVersion}, e.now())
	run.RequestID = req.ID
	if run.Input, err = value.Encode(scope); err != nil {
		return err
	}
	if _, err := e.bound(ctx, &run); err != nil {
		return err
	}
	err = e.store.Do(ctx, w.Workspace, func(tx Tx) error {
		if err := tx.InsertRun(run); err != nil {
			return err
		}
		return tx.MarkRequest(req.ID, string(nodes.Accepted), "", []string{run.ID})
	})
	if err == nil {
		e.ringQueued(run, scope)
	}
	return err
}

func (e *Engine) mark(ctx context.Context, workspace, requestID string, verdict nodes.Verdict, reason string) error {
	return e.store.Do(ctx, workspace, func(tx Tx) error { return tx.MarkRequest(requestID, string(verdict), reason, nil) })
}
