package editor

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/engine/workflow"
)

// Drift tells which mapped values the last real events did not have.
type Drift struct {
	Trigger string     `json:"trigger"`
	Events  int        `json:"events" doc:"How many of the last real events were looked at, at most 10; tests and samples do not count"`
	Items   []Drifting `json:"items" nullable:"false" doc:"Only paths that at least one event lacked"`
}

// Drifting is a path that some events lacked.
type Drifting struct {
	Path      []string `json:"path" nullable:"false"`
	Text      string   `json:"expression" example:"trigger.body.customer.email"`
	Lacked    int      `json:"lacked" doc:"How many of the events had no such value, or an empty one"`
	RequestID string   `json:"request_id" doc:"The newest event that lacked it"`
	Steps     []string `json:"steps" nullable:"false" doc:"Ids of the steps that map it"`
}

const (
	driftEvents = 10
	// maxDriftBody is how large a body may be to be looked at.
	maxDriftBody = 256 << 10
)

// Drift compares what the draft maps with what really came in lately.
func (e *Editor) Drift(ctx context.Context, ws, workflowID, triggerID string) (Drift, error) {
	s, err := e.setting(ctx, ws, workflowID, "", PayloadChoice{Choice: Choice{Trigger: triggerID}}, Sees{})
	if err != nil {
		return Drift{}, err
	}
	out := Drift{Items: []Drifting{}}
	if s.trigger == nil {
		return out, nil
	}
	out.Trigger = s.trigger.ID
	mapped := mappedPaths(s.doc)
	scopes, ids, err := e.lastEvents(ctx, s)
	if err != nil {
		return out, err
	}
	out.Events = len(scopes)
	for _, m := range mapped {
		for i, scope := range scopes {
			v, found := find(map[string]any{"trigger": scope}, m.Path)
			if found && v != nil && v != "" {
				continue
			}
			if m.Lacked++; m.RequestID == "" {
				m.RequestID = ids[i]
			}
		}
		if m.Lacked > 0 {
			out.Items = append(out.Items, *m)
		}
	}
	return out, nil
}

// lastEvents reads the newest real requests of the trigger.
func (e *Editor) lastEvents(ctx context.Context, s *setting) (scopes []map[string]any, ids []string, err error) {
	rows, err := e.Store.ListRequests(ctx, s.workspace, engine.RequestFilter{WorkflowID: s.workflow.ID, TriggerID: s.trigger.ID}, engine.Page{Limit: 50})
	if err != nil {
		return nil, nil, err
	}
	for _, r := range rows.Items {
		if r.Test || !usual[string(r.Verdict)] || r.Size > maxDriftBody || len(scopes) == driftEvents {
			continue
		}
		scope, err := e.requestScope(ctx, s, r.ID)
		var unreadable *engine.StateError
		switch {
		case errors.As(err, &unreadable), errors.Is(err, engine.ErrNotFound):
		case err != nil:
			return nil, nil, err
		default:
			scopes, ids = append(scopes, scope), append(ids, r.ID)
		}
	}
	return scopes, ids, nil
}

// mappedPaths lists what steps read of the trigger's data, but for what an author
// gave a default. What cannot be read yet is passed over.
func mappedPaths(doc *workflow.Document) []*Drifting {
	var list []*Drifting
	note := func(step string, refs []mapping.Reference) {
		for _, r := range refs {
			if len(r.Path) < 3 || r.Path[0] != "trigger" || r.Handled {
				continue
			}
			text := shown(r.Path)
			i := slices.IndexFunc(list, func(d *Drifting) bool { return d.Text == text })
			if i < 0 {
				list = append(list, &Drifting{Path: r.Path, Text: text})
				i = len(list) - 1
			}
			if !slices.Contains(list[i].Steps, step) {
				list[i].Steps = append(list[i].Steps, step)
			}
		}
	}
	workflow.Walk(doc, func(at workflow.Place) bool {
		for _, key := range slices.Sorted(maps.Keys(at.Step.Params)) {
			note(at.Step.ID, referencesOf(at.Step.Params[key]))
		}
		for _, b := range at.Step.Branches {
			note(at.Step.ID, referencesOf(b.When))
		}
		return true
	})
	return list
}

// referencesOf lists what a value reads; the rows of a condition are read as any
// other object.
func referencesOf(v any) []mapping.Reference {
	if text, ok := v.(string); ok && !strings.Contains(text, "{{") {
		return nil
	}
	if template, problems := mapping.Compile(v); len(problems) == 0 {
		return template.References()
	}
	return nil
}
