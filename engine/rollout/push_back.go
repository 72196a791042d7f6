package rollout

import (
	"context"
	"errors"
	"slices"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/workflow"
)

// rollBackPage gives the next updated clones back what they had.
func (p *Pusher) rollBackPage(ctx context.Context, push engine.Push) (bool, error) {
	updated, err := p.store.PushClones(ctx, push.ID, engine.Page{Limit: pushPage}, engine.PushUpdated, engine.PushKept)
	if err != nil {
		return false, err
	}
	for _, c := range updated {
		if ctx.Err() != nil {
			return false, ctx.Err()
		}
		if err := p.rollBackOne(ctx, push, c); err != nil {
			return false, err
		}
	}
	if len(updated) > 0 {
		return true, nil
	}
	push.State, push.FinishedAt = engine.PushRolledBack, p.now()
	return false, p.move(ctx, push, engine.PushRollingBack)
}

// rollBackOne is RollBack for the loop: what stands against it is noted at the
// clone.
func (p *Pusher) rollBackOne(ctx context.Context, push engine.Push, c engine.PushClone) error {
	err := p.RollBack(ctx, push, c.Workspace, c.CloneID, false, push.CreatedBy)
	reason, told := Said(err)
	to := engine.PushFailed
	switch {
	case err == nil:
		return nil
	case errors.Is(err, ErrEdited):
		to = engine.PushEdited
	case errors.Is(err, engine.ErrUnavailable), errors.Is(err, engine.ErrLost), errors.Is(err, engine.ErrRevision), ctx.Err() != nil:
		return err
	case !told:
		// The clients behind it are rolled back all the same.
		p.log.Error("a client could not be rolled back", "push", push.ID, "clone", c.CloneID, "error", err)
		reason = "It could not be rolled back; the server's log says why."
	}
	return p.store.Do(ctx, c.Workspace, func(tx engine.Tx) error {
		now, err := tx.PushClone(c.PushID, c.CloneID)
		if err != nil {
			return err
		}
		now.State, now.Reason = to, reason
		return tx.UpdatePushClone(&now)
	})
}

// ErrEdited says that a clone was changed since it was updated, so that rolling it
// back would lose that.
var ErrEdited = &engine.StateError{Message: "Somebody has changed this client's workflow since it was updated: rolling back loses those changes."}

// RollBack gives a clone of a push what it had before, to the byte: the live
// definition as its newest version, the draft, and what later versions are
// compared with. force does so although somebody changed it since; else the error
// is ErrEdited. A *engine.StateError for a clone that was not updated.
func (p *Pusher) RollBack(ctx context.Context, push engine.Push, workspace, cloneID string, force bool, by string) error {
	var changed []engine.Workflow
	err := p.store.Do(ctx, workspace, func(tx engine.Tx) error {
		changed = nil
		c, err := tx.PushClone(push.ID, cloneID)
		if err != nil {
			return err
		}
		switch c.State {
		case engine.PushUpdated, engine.PushKept, engine.PushEdited:
		default:
			return &engine.StateError{Message: "This client was not updated by this push: there is nothing to roll back."}
		}
		clone, err := tx.Clone(cloneID)
		if err != nil {
			return err
		}
		if c.Before == nil || c.After == nil || clone.Version != c.After.Version {
			return &engine.StateError{Message: "A later push has changed this client: roll that one back first."}
		}
		if changed, err = p.putBack(tx, &c, &clone, force, by); err != nil {
			return err
		}
		clone.Version, clone.Inputs = c.Before.Version, c.Before.Inputs
		if err := tx.UpdateClone(&clone); err != nil {
			return err
		}
		c.State, c.Reason, c.Removed = engine.PushCloneRolledBack, "", nil
		if err := tx.UpdatePushClone(&c); err != nil {
			return err
		}
		return noteUpdate(tx, push, clone, "clone.rolled_back", by)
	})
	if err == nil {
		p.engine.Renewed(changed...)
		p.tell(push, engine.PushClone{Workspace: workspace})
	}
	return err
}

// putBack gives each workflow its definitions of before; those that the version
// added go to the trash.
func (p *Pusher) putBack(tx engine.Tx, c *engine.PushClone, clone *engine.Clone, force bool, by string) ([]engine.Workflow, error) {
	var changed []engine.Workflow
	for i, was := range c.Before.Workflows {
		w, err := tx.Workflow(was.WorkflowID)
		if err != nil {
			return nil, err
		}
		left := c.After.Workflows[i]
		if !force && (w.LiveHash != left.LiveHash || workflow.Hash(w.Draft) != left.DraftHash) {
			return nil, ErrEdited
		}
		r := engine.Renewal{WorkflowID: w.ID, WasLive: w.LiveHash, WasDraft: workflow.Hash(w.Draft), Undo: true, By: by}
		if r.Draft, err = tx.Definition(was.DraftHash); err != nil {
			return nil, err
		}
		if was.LiveHash != "" {
			if r.Live, err = tx.Definition(was.LiveHash); err != nil {
				return nil, err
			}
		}
		renewed, err := p.engine.Renew(tx, r)
		if err != nil {
			return nil, err
		}
		changed = append(changed, renewed)
		for j := range clone.Workflows {
			if clone.Workflows[j].WorkflowID == was.WorkflowID {
				clone.Workflows[j].BaseHash = was.BaseHash
			}
		}
	}
	for _, added := range c.After.Workflows[len(c.Before.Workflows):] {
		w, err := tx.Workflow(added.WorkflowID)
		if err != nil {
			return nil, err
		}
		if !force && (w.LiveHash != added.LiveHash || workflow.Hash(w.Draft) != added.DraftHash) {
			return nil, ErrEdited
		}
		if w, err = p.engine.Trash(tx, w.ID); err != nil {
			return nil, err
		}
		changed = append(changed, w)
		clone.Workflows = slices.DeleteFunc(clone.Workflows, func(of engine.CloneWorkflow) bool { return of.WorkflowID == w.ID })
	}
	return changed, nil
}
