package engine

import (
	"context"
	"errors"

	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

// flow asks a flow node how to go on and does what its directive says.
func (j *journey) flow(ctx context.Context, n *workflow.Node, row *StepResult) error {
	if row.Status == StepWaiting {
		return j.endWait(ctx, n, row)
	}
	params, err := j.resolve(ctx, n, row)
	if err != nil {
		return j.failed(ctx, n, row, err)
	}
	called := j.callOf(n, row)
	if called.Branches, err = j.branches(ctx, n); err != nil {
		return err
	}
	directive, err := runFlow(n.Type.Flow, &called, params)
	row.Notes = append(row.Notes, called.Warnings()...)
	if err != nil {
		return j.failed(ctx, n, row, err)
	}
	switch d := directive.(type) {
	case nodes.Next:
		return j.flowDone(ctx, n, row, d.Output)
	case nodes.Enter:
		return j.enter(ctx, n, row, d)
	case nodes.Iterate:
		return j.iterate(ctx, n, row, params, d)
	case nodes.WaitUntil:
		return j.beginWait(ctx, n, row, d)
	case nodes.WaitEvent:
		return j.beginWaitEvent(ctx, n, row, d)
	case nodes.Stop:
		return j.stop(ctx, n, row, d)
	case nodes.Respond:
		return j.respond(ctx, n, row, d)
	}
	return j.failed(ctx, n, row, nodes.Permanent(errors.New("the step gave no direction that this version knows")))
}

func runFlow(run func(*nodes.Call, map[string]any) (nodes.Directive, error), c *nodes.Call, params map[string]any) (d nodes.Directive, err error) {
	defer recovered(&err)
	return run(c, params)
}

func (j *journey) branches(ctx context.Context, n *workflow.Node) ([]nodes.Branch, error) {
	if len(n.Branches) == 0 {
		return nil, nil
	}
	scope, err := j.mappingScope(ctx)
	if err != nil {
		return nil, err
	}
	branches := make([]nodes.Branch, len(n.Branches))
	for i, b := range n.Branches {
		branches[i] = nodes.Branch{ID: b.ID, Name: b.Name, Fallback: b.When == nil, Met: func() (bool, error) {
			if b.When == nil {
				return true, nil
			}
			verdict, err := b.When.Evaluate(j.mappingContext(ctx), scope)
			return verdict.Met, err
		}}
	}
	return branches, nil
}

func (j *journey) flowDone(ctx context.Context, n *workflow.Node, row *StepResult, out any) error {
	plain, err := output(row, out)
	if err != nil {
		return j.failed(ctx, n, row, nodes.Permanent(err))
	}
	j.done(n, row, plain)
	j.next(n)
	return nil
}

// respond commits the answer to the caller at once: the process that holds the
// caller reads it from there.
func (j *journey) respond(ctx context.Context, n *workflow.Node, row *StepResult, d nodes.Respond) error {
	headers := d.Reply.Header
	if headers == nil {
		headers = map[string]string{}
	}
	if err := j.flowDone(ctx, n, row, responded{d.Reply.Status, headers, string(d.Reply.Body)}); err != nil {
		return err
	}
	if j.run.Kind != KindWorkflow || j.run.RequestID == "" || row.Status != StepSucceeded {
		return nil
	}
	return j.flush(ctx, j.state(Running))
}

// enter goes into a branch. The cursor stays at the step in the list above, so
// that leaving the branch goes on behind it.
func (j *journey) enter(ctx context.Context, n *workflow.Node, row *StepResult, d nodes.Enter) error {
	row.Port = d.Branch
	list := listOf(n, d.Branch)
	if d.Branch == "" || list == nil || len(list.Nodes) == 0 {
		return j.flowDone(ctx, n, row, d.Output)
	}
	plain, err := output(row, d.Output)
	if err != nil {
		return j.failed(ctx, n, row, nodes.Permanent(err))
	}
	j.done(n, row, plain)
	j.push(frameOf(row.Path, d.Branch, list, -1))
	return nil
}

func (j *journey) beginWait(ctx context.Context, n *workflow.Node, row *StepResult, d nodes.WaitUntil) error {
	if !d.At.After(j.e.now()) {
		return j.flowDone(ctx, n, row, d.Output)
	}
	if !j.live() {
		row.Notes = append(row.Notes, "A test does not wait: a live run would go on at "+d.At.In(j.local()).Format("2006-01-02 15:04:05 MST")+".")
		return j.flowDone(ctx, n, row, d.Output)
	}
	if _, err := output(row, d.Output); err != nil {
		return j.failed(ctx, n, row, nodes.Permanent(err))
	}
	row.Status, row.DueAt = StepWaiting, d.At
	j.keep(row)
	j.e.fault("in_wait")
	return j.waitUntil(ctx, d.At)
}

// endWait goes on behind a wait whose time has come.
func (j *journey) endWait(ctx context.Context, n *workflow.Node, row *StepResult) error {
	if row.DueAt.After(j.e.now()) {
		return j.waitUntil(ctx, row.DueAt)
	}
	var out any
	if row.Output != nil {
		out, _ = value.Restore(row.Output)
	}
	if row.Port != "" {
		return j.enter(ctx, n, row, nodes.Enter{Branch: row.Port, Output: out})
	}
	j.done(n, row, out)
	j.next(n)
	return nil
}

func (j *journey) stop(ctx context.Context, n *workflow.Node, row *StepResult, d nodes.Stop) error {
	plain, err := output(row, d.Output)
	if err != nil {
		return j.failed(ctx, n, row, nodes.Permanent(err))
	}
	if d.ItemOnly && j.leaveItem() {
		row.Port = portItemEnd
		j.done(n, row, plain)
		j.itemOutput(nil)
		return nil
	}
	if d.Failed {
		message := d.Message
		if message == "" {
			message = "The workflow was stopped as failed by this step."
		}
		f := &Failure{Code: "stopped", Message: message, Step: row.Path}
		row.Status, row.FinishedAt, row.Error = StepFailed, j.e.now(), f
		j.keep(row)
		return j.finish(ctx, Failed, d.Reason, f)
	}
	if d.Message != "" {
		row.Notes = append(row.Notes, d.Message)
	}
	j.done(n, row, plain)
	return j.finish(ctx, Succeeded, d.Reason, nil)
}
