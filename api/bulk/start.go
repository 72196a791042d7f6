package bulk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

// StartKind is the kind of the jobs that start a workflow for many contacts.
const StartKind = "contacts.start"

// Start is what such a job does.
type Start struct {
	Workflow string   `json:"workflow"`
	Trigger  string   `json:"trigger,omitempty"`
	IDs      []string `json:"ids"`
}

// StartResult is what became of it so far.
type StartResult struct {
	// Errors holds the first contacts for whom no run was started.
	Errors []ContactRefusal `json:"errors"`
}

// ContactRefusal is one contact with the reason in a sentence.
type ContactRefusal struct {
	ContactID string `json:"contact_id"`
	Detail    string `json:"detail"`
}

// Workflows starts them; *engine.Engine does.
type Workflows interface {
	StartWorkflow(ctx context.Context, workspace, workflowID string, o engine.StartOptions) (engine.Run, error)
}

// Starter does the jobs of StartKind. Both are required.
type Starter struct {
	Workflows Workflows
	Now       func() time.Time
}

// Work starts one run for each contact. Each start has a name of its own, so that
// one which was begun and not noted is not made twice.
func (w Starter) Work(ctx context.Context, j *engine.Job, keep func() error) error {
	var t Start
	if err := json.Unmarshal(j.Input, &t); err != nil {
		return fmt.Errorf("job %s: %w", j.ID, err)
	}
	j.Total = len(t.IDs)
	result := StartResult{Errors: []ContactRefusal{}}
	return Each(ctx, j, &result, Pace{Now: w.Now, Keep: keep}, func(ctx context.Context, at int) (bool, error) {
		_, err := w.Workflows.StartWorkflow(ctx, j.Workspace, t.Workflow, engine.StartOptions{Trigger: t.Trigger, ContactID: t.IDs[at], Once: j.ID + "/" + t.IDs[at]})
		var begun *crm.Conflict
		var state *engine.StateError
		var refused *crm.Rejected
		switch {
		case err == nil, errors.As(err, &begun):
			return false, nil
		case errors.As(err, &state), errors.As(err, &refused), errors.Is(err, engine.ErrNotFound):
			// Another try would end the same way.
			if len(result.Errors) < maxErrors {
				result.Errors = append(result.Errors, ContactRefusal{t.IDs[at], refusal(state, refused)})
			}
			return true, nil
		}
		return false, err
	})
}

func refusal(state *engine.StateError, refused *crm.Rejected) string {
	switch {
	case state != nil:
		return state.Message
	case refused != nil:
		return refused.Message
	}
	return "There is no such contact, or no such workflow, any more."
}
