package clone

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"time"

	"github.com/hookloom/hookloom/api/bulk"
	"github.com/hookloom/hookloom/engine"
)

// ActKind is the kind of the jobs that do one thing to many clones.
const ActKind = "clones.act"

// The actions.
const (
	Publish  = "publish"
	Pause    = "pause"
	SetValue = "set_value"
)

// ActTask is what such a job does.
type ActTask struct {
	Action string `json:"action"`
	// Key and Value are for SetValue.
	Key    string   `json:"key,omitempty"`
	Value  any      `json:"value,omitempty"`
	Clones []Target `json:"clones"`
}

// Target is one clone.
type Target struct {
	Workspace string `json:"workspace"`
	Client    string `json:"client"`
	CloneID   string `json:"clone_id"`
}

// Workflows are the actions of the engine.
type Workflows interface {
	Publish(ctx context.Context, workspace, id, by string, held engine.HeldPolicy) (engine.Workflow, error)
	Pause(ctx context.Context, workspace, id string) (engine.Workflow, error)
	Resume(ctx context.Context, workspace, id string, held engine.HeldPolicy) (engine.Workflow, error)
}

// Actor does the jobs of ActKind.
type Actor struct {
	Store     Store
	Workflows Workflows
	Now       func() time.Time
	Log       *slog.Logger
}

// Work goes on behind the clones that are done already. Each action may be done
// twice without harm.
func (a *Actor) Work(ctx context.Context, j *engine.Job, keep func() error) error {
	var task ActTask
	if err := json.Unmarshal(j.Input, &task); err != nil {
		return fmt.Errorf("job %s: %w", j.ID, err)
	}
	j.Total = len(task.Clones)
	result := newResult()
	return bulk.Each(ctx, j, &result, bulk.Pace{Now: a.Now, Keep: keep}, func(ctx context.Context, at int) (bool, error) {
		done, err := a.one(ctx, task, task.Clones[at], j.CreatedBy)
		return result.note(done), err
	})
}

func (a *Actor) one(ctx context.Context, task ActTask, to Target, by string) (Done, error) {
	done := Done{Workspace: to.Workspace, Client: to.Client, CloneID: to.CloneID, State: Changed}
	if task.Action == SetValue {
		if err := a.setValue(ctx, task, to, by); err != nil {
			return failed(done, err, a.Log)
		}
		return done, nil
	}
	c, err := a.Store.Clone(ctx, to.Workspace, to.CloneID)
	if err != nil {
		return failed(done, err, a.Log)
	}
	for _, w := range c.Workflows {
		info, err := a.Store.WorkflowInfo(ctx, to.Workspace, w.WorkflowID)
		if err == nil {
			err = a.act(ctx, task.Action, info, by)
		}
		if err == nil {
			continue
		}
		reason := done.Reason
		if done, err = failed(done, err, a.Log); err != nil {
			return done, err
		}
		if done.Reason = info.Name + ": " + done.Reason; reason != "" {
			done.Reason = reason // the first one says what to do
		}
	}
	return done, nil
}

// setValue sets a custom value, and notes it in the client's own audit log: the key
// alone, since the value may be private.
func (a *Actor) setValue(ctx context.Context, task ActTask, to Target, by string) error {
	text, err := json.Marshal(task.Value)
	if err != nil {
		return err
	}
	return a.Store.Do(ctx, to.Workspace, func(tx engine.Tx) error {
		if err := tx.SetCustomValue(task.Key, text); err != nil {
			return err
		}
		return tx.Audit(engine.AuditEntry{ActorID: by, Action: "custom_value.updated", ObjectKind: "custom_value", ObjectID: task.Key})
	})
}

// act publishes or pauses one workflow, and notes it in the client's own audit log;
// one that is in the wished state stays.
func (a *Actor) act(ctx context.Context, action string, w engine.WorkflowInfo, by string) error {
	var err error
	said := ""
	switch {
	case action == Pause && w.Status == engine.WorkflowLive:
		said = "workflow.paused"
		_, err = a.Workflows.Pause(ctx, w.Workspace, w.ID)
	case action == Publish && w.Status == engine.WorkflowPaused && w.DraftHash == w.LiveHash:
		said = "workflow.resumed"
		_, err = a.Workflows.Resume(ctx, w.Workspace, w.ID, engine.HeldRun)
	case action == Publish && w.Status != engine.WorkflowDeleted && (w.Status == engine.WorkflowDraft || w.DraftHash != w.LiveHash):
		said = "workflow.published"
		_, err = a.Workflows.Publish(ctx, w.Workspace, w.ID, by, engine.HeldKeep)
	case w.Status == engine.WorkflowDeleted:
		return &engine.StateError{Message: "It is in the trash: restore it first."}
	case action == Pause && w.Status == engine.WorkflowDraft:
		return &engine.StateError{Message: "It was never published: there is nothing to pause."}
	}
	if err != nil || said == "" {
		return err
	}
	return a.Store.Do(ctx, w.Workspace, func(tx engine.Tx) error {
		return tx.Audit(engine.AuditEntry{ActorID: by, Action: said, ObjectKind: "workflow", ObjectID: w.ID})
	})
}
