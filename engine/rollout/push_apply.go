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
		if err := plan.bring(tx); err != nil {
			return err
		}
		before := plan.Before
		now.Before, now.Removed = &before, plan.Removed
		if changed, err = p.renewAll(tx, push, &clone, plan); err != nil {
			return err
		}
		added, err := p.addAll(tx, push, &clone, plan)
		if err != nil {
			return err
		}
		changed = append(changed, added...)
		if clone.Inputs, err = json.Marshal(plan.Inputs); err != nil {
			return err
		}
		clone.Version = push.Version
		clone.State, clone.Reason = plan.leaves()
		if err := tx.UpdateClone(&clone); err != nil {
			return err
		}
		now.After = snapshot(clone, changed)
		if err := tx.UpdatePushClone(&now); err != nil {
			return err
		}
		return noteUpdate(tx, push, clone, "clone.updated", push.CreatedBy)
	})
	if err == nil {
		p.engine.Renewed(changed...)
	}
	return err
}

// noteUpdate writes what a push did into the client's own audit log.
func noteUpdate(tx engine.Tx, push engine.Push, c engine.Clone, action, by string) error {
	return tx.Audit(engine.AuditEntry{
		ActorID: by, Action: action, ObjectKind: "clone", ObjectID: c.ID, Detail: map[string]any{"push": push.ID, "template": push.TemplateID, "version": c.Version},
	})
}

// bring makes what the version brings along, and merges with what it is called now:
// until here nothing of it was stored. What is not as it was looked at is planned
// anew.
func (p *Plan) bring(tx engine.Tx) error {
	if len(p.added) == 0 {
		return nil
	}
	if err := p.supply(tx); err != nil {
		return err
	}
	if err := p.merge(); err != nil {
		return err
	}
	if len(p.Missing) > 0 || len(p.Conflicts) > 0 {
		return engine.ErrRevision
	}
	return nil
}

// leaves is how the clone stands once the plan is carried out.
func (p *Plan) leaves() (engine.CloneState, string) {
	for _, w := range p.Workflows {
		if why := firstProblem(w.Problems); why != "" {
			return engine.CloneNeedsInput, why
		}
	}
	return engine.CloneReady, ""
}

// addAll gives a clone the workflows that are new in the version, at the end of its
// list.
func (p *Pusher) addAll(tx engine.Tx, push engine.Push, clone *engine.Clone, plan *Plan) ([]engine.Workflow, error) {
	var added []engine.Workflow
	for _, n := range plan.New {
		hash := workflow.Hash(n.Base)
		if err := tx.PutDefinition(hash, n.Base); err != nil {
			return nil, err
		}
		w, err := p.engine.AddWorkflow(tx, engine.Edit{Name: &n.Name, Document: n.Base})
		if err == nil && n.Live {
			err = p.engine.PublishNew(tx, &w, push.CreatedBy)
		}
		if err != nil {
			return nil, err
		}
		if err := tx.PutDefinition(workflow.Hash(w.Draft), w.Draft); err != nil {
			return nil, err
		}
		added = append(added, w)
		clone.Workflows = append(clone.Workflows, engine.CloneWorkflow{Key: n.Key, WorkflowID: w.ID, BaseHash: hash})
	}
	return added, nil
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
