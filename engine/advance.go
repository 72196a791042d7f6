package engine

import (
	"context"
	"errors"
	"fmt"

	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

// advance walks the definition from the cursor until the run ends, waits or is
// interrupted. It returns errPaused for each of these once the state is
// committed.
func (j *journey) advance(ctx context.Context) error {
	for {
		if ctx.Err() != nil {
			return j.interrupted(ctx)
		}
		if j.e.stopping.Load() {
			return j.handOver(ctx)
		}
		frame := j.top()
		if frame.Step == "" {
			if err := j.endOfList(ctx); err != nil {
				return err
			}
			continue
		}
		n := j.node(*frame)
		if n == nil {
			return j.finish(ctx, Failed, "", &Failure{
				Code: "step_missing", Step: j.path(frame.Step),
				Message: fmt.Sprintf("The step %q is not in this version of the workflow any more.", frame.Step),
			})
		}
		if err := j.step(ctx, n); err != nil {
			return err
		}
		if n.Step.ID == j.run.UntilStep && j.doneWith(n) {
			return j.finish(ctx, Succeeded, EndReached, nil)
		}
	}
}

func (j *journey) interrupted(ctx context.Context) error {
	if errors.Is(context.Cause(ctx), errCanceled) {
		return ErrLost
	}
	return j.handOver(ctx)
}

func (j *journey) node(f Frame) *workflow.Node {
	list := j.list(f)
	if list == nil {
		return nil
	}
	if i := list.Index(f.Step); i >= 0 {
		return list.Nodes[i]
	}
	return nil
}

// doneWith reports whether the cursor has left a step and all inside it.
func (j *journey) doneWith(n *workflow.Node) bool {
	for _, f := range j.run.Cursor {
		if stepOf(f.Owner) == n.Step.ID && f.Owner != "" {
			return false
		}
	}
	return j.top().Step != n.Step.ID
}

// endOfList leaves a list whose steps are done.
func (j *journey) endOfList(ctx context.Context) error {
	frame := *j.top()
	if frame.Owner == "" {
		return j.finish(ctx, Succeeded, EndReached, nil)
	}
	if frame.Index >= 0 {
		return j.nextItem(ctx)
	}
	j.pop()
	owner := j.node(*j.top())
	if owner == nil {
		return j.finish(ctx, Failed, "", &Failure{Code: "step_missing", Step: frame.Owner, Message: "The step that this path belongs to is not in this version of the workflow any more."})
	}
	j.next(owner)
	if j.run.UntilStep == owner.Step.ID {
		return j.finish(ctx, Succeeded, EndReached, nil)
	}
	return nil
}

// step does one step, or the part of it that can be done now.
func (j *journey) step(ctx context.Context, n *workflow.Node) error {
	path := j.path(n.Step.ID)
	if j.prog.guarded && !j.admitted {
		if err := j.admit(ctx, n, path); err != nil {
			return err
		}
	}
	row := j.row(n, path)
	if n.Step.Disabled {
		return j.skip(n, row, "This step is switched off.")
	}
	if row.Attempts == nil && n.Type.Kind != nodes.KindFlow {
		done, err := j.suppressed(ctx, n, row)
		if done || err != nil {
			return err
		}
	}
	if j.e.tracer == nil {
		return j.perform(ctx, n, row)
	}
	ctx, end := j.e.tracer.Step(ctx, row.Path, n.Step.Type)
	err := j.perform(ctx, n, row)
	end(string(row.Status), failureIn(err))
	return err
}

func (j *journey) perform(ctx context.Context, n *workflow.Node, row *StepResult) error {
	if opens, closed := j.closed(n); closed && row.Status != StepRunning {
		return j.holdUntil(ctx, row, opens)
	}
	switch n.Type.Kind {
	case nodes.KindAction:
		return j.action(ctx, n, row)
	case nodes.KindInternal:
		return j.internal(ctx, n, row)
	default:
		return j.flow(ctx, n, row)
	}
}

// row returns the journal row of this execution: the one that was begun, or a
// new one. A row that ended belongs to an execution that a person wants again.
func (j *journey) row(n *workflow.Node, path string) *StepResult {
	execution := 1
	if row := j.begun[path]; row != nil {
		if row.Status == StepRunning || row.Status == StepWaiting {
			return row
		}
		execution = row.Execution + 1
		delete(j.begun, path)
	}
	row := j.newRow(n, path)
	row.Execution = execution
	return row
}

func (j *journey) newRow(n *workflow.Node, path string) *StepResult {
	j.seq++
	return &StepResult{
		Path: path, Execution: 1, Seq: j.seq, StepID: n.Step.ID, Type: n.Step.Type, Name: n.Step.Name,
		Status: StepPending, StartedAt: j.e.now(),
	}
}

func (j *journey) skip(n *workflow.Node, row *StepResult, note string) error {
	row.Status, row.FinishedAt = StepSkipped, j.e.now()
	row.Notes = append(row.Notes, note)
	j.keep(row)
	j.next(n)
	return nil
}

// done records a step's success and shows its output to later mappings.
func (j *journey) done(n *workflow.Node, row *StepResult, out any) {
	row.Status, row.FinishedAt, row.DueAt = StepSucceeded, j.e.now(), noTime
	delete(j.begun, row.Path)
	if j.prog.reads(n.Step.ID) {
		j.outputs[n.Step.ID] = out
	}
	j.itemOutput(out)
	j.keep(row)
}

// suppressed looks in the journal of the runs that this one repeats: what they
// did is not done again.
func (j *journey) suppressed(ctx context.Context, n *workflow.Node, row *StepResult) (bool, error) {
	if j.run.RootRun == j.run.ID || j.run.RootRun == "" || j.run.Kind == KindDelivery || j.run.Mode == ModeDry {
		return false, nil
	}
	earlier, err := j.e.store.Effect(ctx, j.run.Workspace, j.run.RootRun, row.Path)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	row.Params, row.Output, row.Missing = earlier.Params, earlier.Output, earlier.Missing
	row.Notes = append(row.Notes, "Not repeated: an earlier run of this event did it already.")
	j.remember(row)
	out := j.outputs[n.Step.ID]
	if err := j.adoptContact(ctx, n, out); err != nil {
		return false, err
	}
	j.done(n, row, out)
	j.next(n)
	return true, nil
}

// adoptContact makes the contact that an earlier execution brought the run's.
func (j *journey) adoptContact(ctx context.Context, n *workflow.Node, out any) error {
	m, _ := out.(map[string]any)
	c, _ := m["contact"].(map[string]any)
	id, _ := c["id"].(string)
	if id == "" || !n.Type.Provides(n.Step.Params) {
		return nil
	}
	j.run.ContactID = id
	return j.loadContact(ctx)
}
