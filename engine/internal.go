package engine

import (
	"context"
	"errors"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

// task is one Internal step ready to run: params resolved, before any
// transaction.
type task struct {
	node   *workflow.Node
	row    *StepResult
	params map[string]any
	call   *nodes.Call
	out    any
}

// maxBatch is how many Internal steps share one transaction.
const maxBatch = 16

// taskError tells which step of a batch failed.
type taskError struct {
	index int
	err   error
}

func (t *taskError) Error() string { return t.err.Error() }

func (t *taskError) Unwrap() error { return t.err }

// internal runs an Internal step in the transaction that records its result,
// with the following ones while nothing they map depends on it, and with the
// start of the action behind them: one commit instead of several.
func (j *journey) internal(ctx context.Context, n *workflow.Node, row *StepResult) error {
	if row.Status == StepWaiting && row.DueAt.After(j.e.now()) {
		return j.waitUntil(ctx, row.DueAt)
	}
	first, err := j.task(ctx, n, row)
	if err != nil {
		return j.failed(ctx, n, row, err)
	}
	if j.run.Mode == ModeDry {
		return j.rehearse(ctx, first)
	}
	batch := []*task{first}
	var send *StepResult
	if j.live() && row.Execution == 1 && len(row.Attempts) == 0 {
		batch, send = j.extend(ctx, batch)
	}
	err = j.commitBatch(ctx, batch, send)
	if conflict := (*crm.Conflict)(nil); errors.As(err, &conflict) {
		// Two runs made the same contact at once: the second look finds it.
		err = j.commitBatch(ctx, batch, send)
	}
	var failed *taskError
	if !errors.As(err, &failed) {
		return err
	}
	if failed.index > 0 {
		// What stands before the failed step is right and is committed alone;
		// the loop comes back to the failed one.
		return j.commitBatch(ctx, batch[:failed.index], nil)
	}
	row.Attempts = append(row.Attempts, Attempt{Number: len(row.Attempts) + 1, StartedAt: j.e.now()})
	return j.failed(ctx, n, row, failed.err)
}

func (j *journey) task(ctx context.Context, n *workflow.Node, row *StepResult) (*task, error) {
	params, err := j.resolve(ctx, n, row)
	if err != nil {
		return nil, err
	}
	opened, err := j.opened(ctx, n, params)
	if err != nil {
		return nil, err
	}
	return &task{node: n, row: row, params: opened}, nil
}

// extend adds the Internal steps that follow in the same list to the batch, and
// prepares the Action behind them. A step whose mapping fails ends it; it gets
// its turn, and its error, later.
func (j *journey) extend(ctx context.Context, batch []*task) ([]*task, *StepResult) {
	if j.prog.guarded && !j.admitted || j.prog.ofContact {
		return batch, nil
	}
	for {
		n := j.following(batch[len(batch)-1].node)
		if n == nil || n.Step.Disabled || !independent(n, batch) || n.Step.ID == j.run.UntilStep || j.replays() {
			return batch, nil
		}
		if _, closed := j.closed(n); closed {
			return batch, nil
		}
		switch n.Type.Kind {
		case nodes.KindInternal:
			if len(batch) == maxBatch {
				return batch, nil
			}
			t, err := j.task(ctx, n, j.newRow(n, j.path(n.Step.ID)))
			if err != nil {
				return batch, nil
			}
			batch = append(batch, t)
		case nodes.KindAction:
			row := j.newRow(n, j.path(n.Step.ID))
			if _, err := j.resolve(ctx, n, row); err != nil {
				return batch, nil
			}
			return batch, row
		default:
			return batch, nil
		}
	}
}

func (j *journey) replays() bool { return j.run.RootRun != j.run.ID }

func (j *journey) following(n *workflow.Node) *workflow.Node {
	if id := after(n); id != "" {
		return n.List.Nodes[n.List.Index(id)]
	}
	return nil
}

// commitBatch runs the tasks and commits them with everything pending. With
// send, that row is committed as begun too.
func (j *journey) commitBatch(ctx context.Context, batch []*task, send *StepResult) error {
	first, err := j.takeFirst()
	if err != nil {
		return err
	}
	last := batch[len(batch)-1]
	before := *j.top()
	j.next(last.node)
	if send != nil {
		j.beginAttempt(send)
		j.begun[send.Path] = send
	}
	var progress Progress
	var accepted Accepted
	contact := j.contact
	err = j.e.store.Do(ctx, j.run.Workspace, func(tx Tx) error {
		var err error
		if accepted, err = j.storeFirst(tx, first); err != nil || accepted.DuplicateOf != "" {
			return err
		}
		if contact, err = j.runTasks(tx, batch, !j.live()); err != nil {
			return err
		}
		to := j.state(Running)
		if contact != nil {
			to.ContactID = contact.ID
		}
		progress = j.progress(to)
		for _, t := range batch {
			progress.Steps = append(progress.Steps, *t.row)
		}
		return tx.Save(progress)
	})
	if first != nil && (err == nil || errors.Is(err, ErrStale)) {
		err = j.stored(first, accepted, err)
	}
	if err != nil {
		*j.top() = before
		if send != nil {
			j.unbegin(send)
		}
		return err
	}
	if j.contact = contact; contact != nil {
		j.run.ContactID = contact.ID
	}
	for _, t := range batch {
		if j.prog.reads(t.node.Step.ID) {
			j.outputs[t.node.Step.ID] = t.out
		}
		j.itemOutput(t.out)
		delete(j.begun, t.row.Path)
	}
	if j.e.tracer != nil {
		// The first has a span, in which the others were done.
		for _, t := range batch[1:] {
			_, end := j.e.tracer.Step(ctx, t.row.Path, t.node.Step.Type)
			end(string(t.row.Status), nil)
		}
	}
	j.flushed(progress)
	j.e.fault("step_committed")
	j.e.WakeEvents()
	return nil
}

// unbegin takes back what beginAttempt did to a row that was not committed.
func (j *journey) unbegin(send *StepResult) {
	delete(j.begun, send.Path)
	send.Status, send.Attempts, send.inHand = StepPending, nil, false
	for i, row := range j.pending {
		if row == send {
			j.pending = append(j.pending[:i], j.pending[i+1:]...)
			break
		}
	}
}

// runTasks runs tasks in order in one transaction, and returns the run's
// contact after them. It may be called again for another try of the same
// transaction, so it starts from the tasks' params each time.
func (j *journey) runTasks(tx Tx, batch []*task, muted bool) (*crm.Contact, error) {
	tx.Caused(j.run.ID, j.run.Depth, muted)
	var contact *crm.Contact
	if j.run.ContactID != "" {
		c, err := tx.Contact(j.run.ContactID)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return nil, err
		}
		if err == nil {
			contact = &c
		}
	}
	for i, t := range batch {
		called := j.callOf(t.node, t.row)
		called.Contact = contact
		t.call = &called
		out, err := runInternal(t.node.Type.Internal, tx, t.call, t.params)
		if errors.Is(err, ErrUnavailable) || errors.Is(err, ErrLost) {
			return nil, err
		}
		if err == nil {
			t.out, err = output(t.row, out)
		}
		if err != nil {
			return nil, &taskError{i, err}
		}
		contact = t.call.Contact
		if warnings := t.call.Warnings(); len(warnings) > 0 {
			t.row.Notes = warnings
		}
		t.row.Status, t.row.FinishedAt, t.row.DueAt = StepSucceeded, j.e.now(), noTime
		t.row.Effect = true
	}
	return contact, nil
}

func runInternal(run func(nodes.Tx, *nodes.Call, map[string]any) (any, error), tx Tx, c *nodes.Call, params map[string]any) (out any, err error) {
	defer recovered(&err)
	return run(tx, c, params)
}
