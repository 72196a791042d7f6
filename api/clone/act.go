package clone

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

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
	return Each(ctx, j, len(task.Clones), a.Now, keep, func(ctx context.Context, at int) (Done, error) {
		return a.one(ctx, task, task.Clones[at], j.CreatedBy)
	})
}

func (a *Actor) one(ctx context.Context, task ActTask, to Target, by string) (Done, error) {
	done := Done{Workspace: to.Workspace, Client: to.Client, CloneID: to.CloneID, State: Changed}
	if task.Action == SetValue {
		text, err := json.Marshal(task.Value)
		if err != nil {
			return done, err
		}
		err = a.Store.Do(ctx, to.Workspace, func(tx engine.Tx) error { return tx.SetCustomValue(task.Key, text) })
		return a.outcome(done, err)
	}
	c, err := a.Store.Clone(ctx, to.Workspace, to.CloneID)
	if err != nil {
		return a.outcome(done, err)
	}
	for _, w := range c.Workflows {
		said := WorkflowDone{ID: w.WorkflowID, State: Changed}
		info, err := a.Store.WorkflowInfo(ctx, to.Workspace, w.WorkflowID)
		if err == nil {
			err = a.act(ctx, task.Action, info, by)
		}
		if errors.Is(err, engine.ErrUnavailable) {
			return done, err
		}
		if err != nil {
			said.State, said.Reason = Failed, a.reason(err)
			done.State, done.Reason = Failed, info.Name+": "+said.Reason
		}
		done.Workflows = append(done.Workflows, said)
	}
	return done, nil
}

// act publishes or pauses one workflow; one that is in the wished state stays.
func (a *Actor) act(ctx context.Context, action string, w engine.WorkflowInfo, by string) error {
	var err error
	switch {
	case action == Pause && w.Status == engine.WorkflowLive:
		_, err = a.Workflows.Pause(ctx, w.Workspace, w.ID)
	case action == Publish && w.Status == engine.WorkflowPaused && w.DraftHash == w.LiveHash:
		_, err = a.Workflows.Resume(ctx, w.Workspace, w.ID, engine.HeldRun)
	case action == Publish && (w.Status == engine.WorkflowDraft || w.DraftHash != w.LiveHash):
		_, err = a.Workflows.Publish(ctx, w.Workspace, w.ID, by, engine.HeldKeep)
	case action == Pause && w.Status == engine.WorkflowDraft:
		return &engine.StateError{Message: "It was never published: there is nothing to pause."}
	}
	return err
}

func (a *Actor) outcome(done Done, err error) (Done, error) {
	if errors.Is(err, engine.ErrUnavailable) {
		return done, err
	}
	if err != nil {
		done.State, done.Reason = Failed, a.reason(err)
	}
	return done, nil
}

func (a *Actor) reason(err error) string {
	var state *engine.StateError
	var document *engine.DocumentError
	switch {
	case errors.As(err, &state):
		return state.Message
	case errors.As(err, &document):
		return document.Error()
	case errors.Is(err, engine.ErrNotFound):
		return "It is not there any more."
	}
	a.Log.Error("a clone could not be changed", "error", err)
	return "It could not be changed; the server's log says why."
}
