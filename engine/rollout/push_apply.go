package rollout

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/workflow"
)

// apply carries a plan out in one transaction, or stores why it waits. The error
// is engine.ErrRevision when the clone is not as it was planned with.
func (p *Pusher) apply(ctx context.Context, push engine.Push, c engine.PushClone, plan *Plan) error {
	var changed []engine.Workflow
	err := p.store.Do(ctx, c.Workspace, func(tx engine.Tx) error {
		changed = nil
		now, err := tx.PushClone(c.PushID, c.CloneID)
		if err != nil || !tryable(now.State) {
			return err // somebody was faster
		}
		now.State, now.Reason, now.Conflicts, now.Open = plan.State, plan.Reason, plan.Conflicts, len(plan.Conflicts)
		if !plan.ready() {
			return tx.UpdatePushClone(&now)
		}
		clone, err := tx.Clone(c.CloneID)
		if err != nil {
			return err
		}
		if clone.Version != plan.Before.Version || string(clone.Inputs) != string(plan.Before.Inputs) {
			return engine.ErrRevision
		}
		before := plan.Before
		now.Before, now.Removed = &before, plan.Removed
		if changed, err = p.renewAll(tx, push, &clone, plan); err != nil {
			return err
		}
		if clone.Inputs, err = json.Marshal(plan.Inputs); err != nil {
			return err
		}
		clone.Version = push.Version
		if err := tx.UpdateClone(&clone); err != nil {
			return err
		}
		now.After = snapshot(clone, changed)
		return tx.UpdatePushClone(&now)
	})
	if err == nil {
		p.engine.Renewed(changed...)
	}
	return err
}

// renewAll gives every workflow of a clone what the plan made of it, and notes
// the definitions that a rollback needs.
func (p *Pusher) renewAll(tx engine.Tx, push engine.Push, clone *engine.Clone, plan *Plan) ([]engine.Workflow, error) {
	var changed []engine.Workflow
	for _, w := range plan.Workflows {
		for _, text := range [][]byte{w.Base, w.Workflow.Draft} {
			if err := tx.PutDefinition(workflow.Hash(text), text); err != nil {
				return nil, err
			}
		}
		renewed, err := p.engine.Renew(tx, engine.Renewal{
			WorkflowID: w.Workflow.ID, WasLive: w.Workflow.LiveHash, WasDraft: workflow.Hash(w.Workflow.Draft),
			Live: w.Live, Draft: w.Draft, By: push.CreatedBy,
		})
		if err != nil {
			return nil, err
		}
		changed = append(changed, renewed)
		at := slices.IndexFunc(clone.Workflows, func(have engine.CloneWorkflow) bool { return have.Key == w.Key })
		if at < 0 {
			return nil, engine.ErrRevision
		}
		clone.Workflows[at].BaseHash = workflow.Hash(w.Base)
	}
	return changed, nil
}

// snapshot is where a clone stands with workflows that were just changed.
func snapshot(clone engine.Clone, changed []engine.Workflow) *engine.CloneSnapshot {
	s := &engine.CloneSnapshot{Version: clone.Version, Inputs: clone.Inputs}
	for _, w := range changed {
		for _, of := range clone.Workflows {
			if of.WorkflowID == w.ID {
				s.Workflows = append(s.Workflows, engine.WorkflowSnapshot{
					Key: of.Key, WorkflowID: w.ID, BaseHash: of.BaseHash, LiveHash: w.LiveHash, LiveVersion: w.LiveVersion, DraftHash: workflow.Hash(w.Draft),
				})
			}
		}
	}
	return s
}
