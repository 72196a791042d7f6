package engine

import (
	"context"
	"errors"
	"time"

	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

// SampleScope is what a trigger of a document would hand to its run: a stored
// request read by the trigger's rules, or a payload as its body, see
// StartOptions. Only the trigger is looked at, so the document may be as
// unfinished as people leave it while they type; of a trigger that is itself
// unfinished the request is read by its type's defaults. ErrNotFound when the
// document has no such trigger or the workspace no such request.
func (e *Engine) SampleScope(ctx context.Context, workspace string, doc *workflow.Document, o StartOptions) (map[string]any, error) {
	t := e.sampleTrigger(doc, o.Trigger)
	if t == nil {
		return nil, ErrNotFound
	}
	scope, err := e.manualScope(ctx, Workflow{Workspace: workspace}, t, o)
	var refused *StateError
	if !errors.As(err, &refused) || t.Type.Open == nil {
		return scope, err
	}
	plain := &workflow.CompiledTrigger{Trigger: t.Trigger, Type: t.Type, Params: map[string]any{}}
	return e.manualScope(ctx, Workflow{Workspace: workspace}, plain, o)
}

// sampleTrigger finds a trigger, nil for one that is not there or of a type that
// this build does not have.
func (e *Engine) sampleTrigger(doc *workflow.Document, id string) *workflow.CompiledTrigger {
	for i := range doc.Triggers {
		t := &doc.Triggers[i]
		if t.ID != id {
			continue
		}
		alone := &workflow.Document{Schema: doc.Schema, Settings: doc.Settings, Triggers: []workflow.Trigger{*t}}
		if prog, _ := workflow.Compile(alone, e.registry); prog != nil && prog.Triggers[id] != nil {
			return prog.Triggers[id]
		}
		known := e.registry.Lookup(t.Type)
		if known == nil || known.Kind != nodes.KindTrigger {
			return nil
		}
		return &workflow.CompiledTrigger{Trigger: t, Type: known, Params: map[string]any{}}
	}
	return nil
}

// SampleRun is what a preview is resolved against.
type SampleRun struct {
	// Trigger is the trigger's scope, Outputs the steps' by their ids.
	Trigger map[string]any
	Outputs map[string]any
	// Contact is a ContactScope, or nil for none.
	Contact any
	// Run is the run that the sample is of; the zero value for none.
	Run Run
	// Timezone is the document's own, nil for the workspace's.
	Timezone *string
}

// SampleSurroundings makes the scope of a preview with all its roots but loop,
// and the context to resolve in. The scope is the caller's to add to.
func (e *Engine) SampleSurroundings(ctx context.Context, workspace string, s SampleRun) (context.Context, mapping.Scope, error) {
	ws, zone, err := e.workspaces.get(ctx, workspace)
	if err != nil {
		return ctx, nil, err
	}
	values, err := e.store.CustomValues(ctx, workspace)
	if err != nil {
		return ctx, nil, err
	}
	if s.Timezone != nil {
		if own, err := time.LoadLocation(*s.Timezone); err == nil {
			zone = own
		}
	}
	seen := workspaceScope(ws)
	scope := mapping.Scope{
		"trigger": s.Trigger, "steps": s.Outputs, "custom_values": values, "workspace": seen, "location": seen,
		"run": map[string]any{"id": s.Run.ID, "mode": string(s.Run.Mode), "workflow_id": s.Run.WorkflowID, "version": s.Run.Version},
	}
	scope["inboundWebhookRequest"] = bodyOverQuery(s.Trigger)
	if s.Contact != nil {
		scope["contact"] = s.Contact
	}
	return mapping.WithOptions(ctx, mapping.Options{Now: e.now, Zone: zone, Country: ws.DefaultCountry, Locale: ws.Locale}), scope, nil
}
