package engine

import (
	"context"
	"fmt"
	"time"

	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

// goal is a step of the top list to which an event moves a run forward.
type goal struct {
	step  string
	index int
	nodes.Awaited
}

func goalsOf(root *workflow.List) []goal {
	var goals []goal
	for i, n := range root.Nodes {
		if n.Step.Disabled {
			continue
		}
		if awaited, ok := n.Type.Goal(n.Step.Params); ok {
			goals = append(goals, goal{n.Step.ID, i, awaited})
		}
	}
	return goals
}

// admit holds a run to what its workflow says of contacts, before the first step
// that it does with one: whether the contact may be in the workflow again, and
// which events move the run forward. The claim is one row of the contact and the
// workflow, so that of two runs at once one gets it. Doing it again, after a
// crash, changes nothing.
func (j *journey) admit(ctx context.Context, n *workflow.Node, path string) error {
	if !j.live() || j.run.Kind != KindWorkflow {
		j.admitted = true
		return nil
	}
	if j.contact == nil {
		return nil
	}
	holder := j.run.ID
	err := j.e.store.Do(ctx, j.run.Workspace, func(tx Tx) (err error) {
		if j.bound() {
			if holder, err = tx.Enter(j.run.WorkflowID, j.contact.ID, j.run.ID, j.onlyOnce()); err != nil || holder != j.run.ID {
				return err
			}
		}
		at := j.prog.Root.Index(j.run.Cursor[0].Step)
		for _, g := range j.prog.goals {
			if g.index < at {
				continue
			}
			err := tx.PutWait(EventWait{Run: j.run.ID, Path: g.step, Event: g.Event, ContactID: j.contact.ID, Only: g.Only, Goal: true, Since: j.e.now()})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	j.admitted = true
	if holder == j.run.ID {
		return nil
	}
	return j.turnedAway(ctx, n, path, holder)
}

// bound reports whether re-entry is limited for the run. Events are not: each is
// one of its own, such as an order, and so is what polling found.
func (j *journey) bound() bool {
	if j.prog.Document.Settings.Reentry == "" || j.run.WorkflowID == "" {
		return false
	}
	t := j.prog.Triggers[j.run.Trigger]
	return t == nil || !speaks(t.Type)
}

// onlyOnce reports whether the contact may come in once, whatever became of that
// run. A replay takes the place of a run that has ended: a person asked for it.
func (j *journey) onlyOnce() bool {
	return j.prog.Document.Settings.Reentry == workflow.ReentryNever && j.run.ReplayOf == ""
}

// turnedAway ends a run whose contact is in the workflow with another one. The
// step that it would have gone on with says why.
func (j *journey) turnedAway(ctx context.Context, n *workflow.Node, path, holder string) error {
	row := j.row(n, path)
	why := fmt.Sprintf("Ended here: this contact is in the workflow already, with the run %s, and may come in again once that has ended.", holder)
	if j.onlyOnce() {
		why = fmt.Sprintf("Ended here: this contact was in the workflow already, with the run %s, and may come in only once.", holder)
	}
	row.Status, row.FinishedAt, row.DueAt = StepSkipped, j.e.now(), noTime
	row.Notes = append(row.Notes, why)
	j.keep(row)
	return j.finish(ctx, Succeeded, EndReentry, nil)
}

// local is the zone in which the run tells the time.
func (j *journey) local() *time.Location {
	if !j.prog.ofContact || j.contact == nil || j.contact.Timezone == "" {
		return j.zone
	}
	if zone, err := time.LoadLocation(j.contact.Timezone); err == nil {
		return zone
	}
	return j.zone
}

// closed reports whether a step that reaches people must wait for the hours of
// the workflow, and until when.
func (j *journey) closed(n *workflow.Node) (opens time.Time, closed bool) {
	w := j.prog.Document.Settings.Window
	if w == nil || !n.Type.Reaches || n.Step.Disabled || !j.live() {
		return noTime, false
	}
	now := j.e.now()
	opens = w.Opens(now, j.local())
	return opens, opens.After(now)
}

// holdUntil has a step wait for the hours of the workflow.
func (j *journey) holdUntil(ctx context.Context, row *StepResult, opens time.Time) error {
	if row.Status != StepWaiting {
		row.Notes = append(row.Notes, "Waits for the hours in which this workflow may send: until "+opens.In(j.local()).Format("2006-01-02 15:04 MST")+".")
	}
	row.Status, row.DueAt = StepWaiting, opens
	j.keep(row)
	return j.waitUntil(ctx, opens)
}
