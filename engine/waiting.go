package engine

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

// clockSkew is how far the clocks of processes may be apart: an event that seems
// to be so much older than a wait may have come after it.
const clockSkew = time.Second

// beginWaitEvent commits a wait for an event, which ends by the event or by its
// time. The branch that the time leads to stands in the row until the event comes.
func (j *journey) beginWaitEvent(ctx context.Context, n *workflow.Node, row *StepResult, d nodes.WaitEvent) error {
	out := maps.Clone(d.Output)
	if out == nil {
		out = map[string]any{}
	}
	out["happened"], out["event"] = false, nil
	if !j.live() {
		row.Notes = append(row.Notes, "A test does not wait for events: it goes on as if none had come.")
		return j.enter(ctx, n, row, nodes.Enter{Branch: d.Late, Output: out})
	}
	if j.contact == nil {
		return j.failed(ctx, n, row, nodes.Permanent(errors.New("there is nobody whose event could be waited for: the run has no contact")))
	}
	if _, err := output(row, out); err != nil {
		return j.failed(ctx, n, row, nodes.Permanent(err))
	}
	row.Status, row.DueAt, row.Port = StepWaiting, d.Until, d.Late
	j.keep(row)
	j.wait = &EventWait{
		Run: j.run.ID, Path: row.Path, Event: d.Event, ContactID: j.contact.ID, Only: d.Only, Branch: d.Happened, Since: j.e.now(),
	}
	j.e.fault("in_wait")
	return j.waitUntil(ctx, d.Until)
}

// tellWaiting marks the waits that an event ends, and ends the runs of contacts
// who replied. The event counts as consumed only after that.
func (e *Engine) tellWaiting(ctx context.Context, event PendingEvent) error {
	if event.Type == crm.ContactReplied {
		if err := e.stopReplied(ctx, event); err != nil {
			return err
		}
	}
	if !event.Awaited {
		return nil
	}
	waits, err := e.store.EventWaits(ctx, event.Workspace, event.ContactID, event.Type)
	if err != nil {
		return err
	}
	waits = slices.DeleteFunc(waits, func(w EventWait) bool { return !e.ends(event, w) })
	if len(waits) == 0 {
		return nil
	}
	data := eventScope(event.Event, event.Type, "")
	delete(data, "id")
	if err := e.store.HitWaits(ctx, event.Workspace, event.ID, waits, data); err != nil {
		return err
	}
	return e.MoveWaiting(ctx)
}

// ends reports whether an event ends a wait: it is none from before, and none
// that the run raised itself on its way to the wait.
func (e *Engine) ends(event PendingEvent, w EventWait) bool {
	since := w.Since
	if !e.exclusive && event.CauseRun != w.Run {
		since = since.Add(-clockSkew)
	}
	return !event.OccurredAt.Before(since) && matchesNames(event.Event, w.Only)
}

// hitPage is how many waits one look moves on.
const hitPage = 200

// MoveWaiting lets the runs go on whose event has come. A run that is being
// worked on is left for the next look, each second, and so is one that cannot go
// on: it keeps no other from it, even where a whole page is of that kind.
func (e *Engine) MoveWaiting(ctx context.Context) error {
	for most := hitPage; ; most *= 2 {
		hits, err := e.store.EventHits(ctx, most)
		if err != nil {
			return err
		}
		left := 0
		for _, h := range hits {
			done, err := e.moveOn(ctx, h)
			switch {
			case ctx.Err() != nil || errors.Is(err, ErrUnavailable):
				return err
			case err != nil:
				e.log.Error("a run not moved on by its event", "run", h.Run, "step", h.Path, "error", err)
			}
			if !done {
				left++
			}
		}
		if len(hits) < most || left < len(hits) {
			return nil
		}
	}
}

// unreadable reports whether a definition is gone or none that this build can go
// on with. Another build, or a person, may.
func unreadable(err error) bool {
	_, broken := errors.AsType[errBroken](err)
	return broken || errors.Is(err, ErrNotFound)
}

// moveOn lets one run go on; false when its wait is left as it is.
func (e *Engine) moveOn(ctx context.Context, h EventHit) (done bool, err error) {
	seen, err := e.store.Run(ctx, h.Workspace, h.Run)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return false, err
	}
	var prog *program
	seq := 0
	if err == nil && !seen.Status.Finished() {
		if prog, err = e.programs.get(ctx, h.Workspace, seen.Definition); err != nil {
			if unreadable(err) {
				return false, nil
			}
			return false, err
		}
		if seq, err = e.store.LastSeq(ctx, h.Workspace, h.Run); err != nil {
			return false, err
		}
	}
	var moved Run
	err = e.store.Do(ctx, h.Workspace, func(tx Tx) error {
		moved, done = Run{}, false
		run, err := tx.Run(h.Run)
		switch {
		case errors.Is(err, ErrNotFound), err == nil && (run.Status == Succeeded || run.Status == Canceled):
			done = true
			return tx.DropWait(h.Run, h.Path)
		case err != nil:
			return err
		case prog == nil || run.Status == Running || run.Status.Finished() || run.Definition != seen.Definition:
			// It has failed or waits for a person, and is moved on when it is retried;
			// or it is under way, and looked at again.
			return nil
		}
		done = true
		goesOn, err := e.place(tx, &run, prog, h, seq)
		if err != nil {
			return err
		}
		if goesOn {
			if err := run.move(Queued); err != nil {
				return err
			}
			run.DueAt = e.now()
			run.Epoch++
			if err := tx.SetRun(run); err != nil {
				return err
			}
			moved = run
		}
		return tx.DropWait(h.Run, h.Path)
	})
	if err != nil {
		return false, err
	}
	if moved.ID != "" {
		e.bell.Ring(moved.Handle())
		e.publish(Change{Workspace: h.Workspace, Kind: ChangeRun, ID: h.Run, Parent: moved.WorkflowID, Status: string(Queued)})
	}
	return done, nil
}

// place writes where a run goes on; false when it does not wait for this any more.
func (e *Engine) place(tx Tx, run *Run, prog *program, h EventHit, seq int) (bool, error) {
	if len(run.Cursor) == 0 {
		return false, nil
	}
	open, err := tx.OpenSteps(run.ID)
	if err != nil {
		return false, err
	}
	if h.Goal {
		return e.placeAtGoal(tx, run, prog, h, seq, open)
	}
	top := run.Cursor[len(run.Cursor)-1]
	i := slices.IndexFunc(open, func(row StepResult) bool { return row.Path == h.Path && row.Status == StepWaiting })
	if top.prefix()+top.Step != h.Path || i < 0 {
		return false, nil
	}
	row := open[i]
	row.Port, row.DueAt = h.Branch, e.now()
	row.Output, err = withEvent(row.Output, "happened", h.Data)
	if err != nil {
		return false, err
	}
	return true, tx.SaveSteps(run.ID, []StepResult{row})
}

// placeAtGoal moves a run forward behind a goal. What it was doing is left.
func (e *Engine) placeAtGoal(tx Tx, run *Run, prog *program, h EventHit, seq int, open []StepResult) (bool, error) {
	n := prog.Node(h.Path)
	if n == nil || n.List != prog.Root {
		return false, nil
	}
	at := prog.Root.Index(run.Cursor[0].Step)
	if at < 0 || at > prog.Root.Index(h.Path) {
		return false, nil
	}
	now := e.now()
	reached := StepResult{Path: h.Path, Execution: 1, Seq: seq + 1, StepID: n.Step.ID, Type: n.Step.Type, Name: n.Step.Name, StartedAt: now}
	var left []StepResult
	for _, row := range open {
		switch {
		case row.Path == h.Path:
			reached = row
		case row.Status == StepRunning || row.Status == StepWaiting:
			row.Status, row.FinishedAt, row.DueAt = StepSkipped, now, noTime
			row.Notes = append(row.Notes, fmt.Sprintf("Left, because the goal %q was reached.", nameOfStep(n)))
			left = append(left, row)
		}
	}
	var err error
	if reached.Output, err = withEvent(reached.Output, "reached", h.Data); err != nil {
		return false, err
	}
	reached.Status, reached.FinishedAt, reached.DueAt, reached.Port = StepSucceeded, now, noTime, ""
	run.Cursor = []Frame{{List: listSteps, Step: after(n), Index: -1}}
	return true, tx.SaveSteps(run.ID, append(left, reached))
}

func nameOfStep(n *workflow.Node) string {
	if n.Step.Name != "" {
		return n.Step.Name
	}
	return n.Type.Name
}

// withEvent adds an event to a step's output.
func withEvent(stored []byte, mark string, data map[string]any) ([]byte, error) {
	out := map[string]any{}
	if stored != nil {
		if plain, err := value.Restore(stored); err == nil {
			if m, ok := plain.(map[string]any); ok {
				out = maps.Clone(m)
			}
		}
	}
	out[mark], out["event"] = true, data
	return value.Encode(out)
}

// stopReplied ends the runs of a contact who replied, where their workflows say
// so: those that began before, but not the one that brought the reply.
func (e *Engine) stopReplied(ctx context.Context, event PendingEvent) error {
	ids, err := e.store.RunsOfContact(ctx, event.Workspace, event.ContactID, event.OccurredAt)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if id == event.CauseRun {
			continue
		}
		err := e.stopByReply(ctx, event.Workspace, id)
		switch {
		case ctx.Err() != nil || errors.Is(err, ErrUnavailable):
			return err
		case err != nil && !errors.Is(err, ErrNotFound):
			e.log.Error("a run not ended by the contact's reply", "run", id, "error", err)
		}
	}
	return nil
}

func (e *Engine) stopByReply(ctx context.Context, workspace, id string) error {
	seen, err := e.store.Run(ctx, workspace, id)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	prog, err := e.programs.get(ctx, workspace, seen.Definition)
	if err != nil && unreadable(err) {
		return nil
	}
	if err != nil || !prog.Document.Settings.StopOnReply {
		return err
	}
	stopped := false
	err = e.store.Do(ctx, workspace, func(tx Tx) error {
		stopped = false
		run, err := tx.Run(id)
		if err != nil || run.Status.Finished() && run.Status != Parked {
			return err
		}
		stopped, run.EndReason = true, EndReply
		return e.cancelLocked(tx, run, "The contact replied, and this workflow ends then.")
	})
	if err != nil || !stopped {
		return err
	}
	e.active.cancel(id, errCanceled)
	e.publish(Change{Workspace: workspace, Kind: ChangeRun, ID: id, Parent: seen.WorkflowID, Status: string(Canceled)})
	return nil
}

// named reports whether an object of an event, or one in a list of them, has a
// wanted name or id.
func named(part any, wanted map[string]bool) bool {
	switch x := part.(type) {
	case []any:
		return slices.ContainsFunc(x, func(item any) bool { return named(item, wanted) })
	case map[string]any:
		for _, key := range [...]string{"id", "name", "title", "slug"} {
			if text, ok := x[key].(string); ok && wanted[strings.ToLower(strings.TrimSpace(text))] {
				return true
			}
		}
	}
	return false
}

// foldedSet holds texts without case and space around; blank ones are left out.
func foldedSet(texts []string) map[string]bool {
	set := map[string]bool{}
	for _, text := range texts {
		if text = strings.ToLower(strings.TrimSpace(text)); text != "" {
			set[text] = true
		}
	}
	return set
}
