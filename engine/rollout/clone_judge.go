package rollout

import (
	"context"
	"errors"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/workflow"
)

// unjudged is why a workflow that was made is not published when the database went
// away in between.
const unjudged = "The database could not be reached after it was made: open it and publish it."

// judge looks at what stands against publishing a new workflow, and publishes it
// when that was ordered and nothing does.
func (c *Cloner) judge(ctx context.Context, o Order, w *Cloned, lacking bool) error {
	problems, err := c.Workflows.PublishProblems(ctx, w.Workflow)
	if err != nil {
		return err
	}
	for _, p := range problems {
		if p.Severity == workflow.SeverityProblem {
			w.Reason = p.Message
			return nil
		}
	}
	if !o.Publish || lacking || w.LiveVersion > 0 {
		return nil
	}
	live, err := c.Workflows.Publish(ctx, o.Workspace, w.ID, o.By, engine.HeldRun)
	var refused *engine.DocumentError
	if errors.As(err, &refused) {
		w.Reason = refused.Problems[0].Message
		return nil
	}
	if err != nil {
		return err
	}
	w.Workflow = live
	return c.Store.Do(ctx, o.Workspace, func(tx engine.Tx) error {
		return tx.Audit(engine.AuditEntry{
			ActorID: o.By, Action: "workflow.published", ObjectKind: "workflow", ObjectID: live.ID, Detail: map[string]any{"version": live.LiveVersion},
		})
	})
}

// note keeps the first reason with the clone.
func (c *Cloner) note(ctx context.Context, workspace string, out *Result) error {
	if out.Clone.State != engine.CloneReady {
		return nil
	}
	for _, w := range out.Workflows {
		if w.Reason == "" {
			continue
		}
		out.Clone.State, out.Clone.Reason = engine.CloneNeedsInput, w.Reason
		return c.Store.Do(ctx, workspace, func(tx engine.Tx) error {
			stored, err := tx.Clone(out.Clone.ID)
			if err != nil {
				return err
			}
			stored.State, stored.Reason = out.Clone.State, out.Clone.Reason
			return tx.UpdateClone(&stored)
		})
	}
	return nil
}
