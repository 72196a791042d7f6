package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

// StartOptions say how a person or the API starts a workflow.
type StartOptions struct {
	// Trigger is the id of the trigger to start at; "" takes the manual one, or
	// else the first.
	Trigger string
	// Payload becomes trigger.body. RequestID takes a stored request instead, and
	// RunID what an earlier run of the same workflow began with, with the contact
	// that its event was about unless ContactID names one. At most one is set.
	Payload   any
	RequestID string
	RunID     string
	ContactID string
	// Once names the start: a second one with the same name, trigger and workflow
	// is a *crm.Conflict. "" names none.
	Once string
	// UntilStep ends a test after this step.
	UntilStep string
}

// StartWorkflow starts the live version by hand.
func (e *Engine) StartWorkflow(ctx context.Context, workspace, workflowID string, o StartOptions) (Run, error) {
	w, err := e.workflow(ctx, workspace, workflowID)
	if err != nil {
		return Run{}, err
	}
	if w.Status != WorkflowLive {
		return Run{}, stateError("The workflow is %s: publish or resume it first, or run a test.", w.Status)
	}
	return e.begin(ctx, w, Run{Mode: ModeLive, Kind: KindWorkflow, Definition: w.LiveHash, Version: w.LiveVersion}, o)
}

// Test runs the saved draft. A dry one changes and sends nothing.
func (e *Engine) Test(ctx context.Context, workspace, workflowID string, o StartOptions, kind RunKind, dry bool) (Run, error) {
	w, err := e.workflow(ctx, workspace, workflowID)
	if err != nil {
		return Run{}, err
	}
	run := Run{Mode: ModeTest, Kind: kind, Definition: w.DraftHash}
	if dry {
		run.Mode = ModeDry
	}
	return e.begin(ctx, w, run, o)
}

func (e *Engine) workflow(ctx context.Context, workspace, id string) (Workflow, error) {
	var w Workflow
	err := e.store.Do(ctx, workspace, func(tx Tx) (err error) {
		w, err = tx.Workflow(id)
		return err
	})
	if err == nil && w.Status == WorkflowDeleted {
		err = ErrNotFound
	}
	return w, err
}

// begin makes a run of a definition from a payload or a stored request.
func (e *Engine) begin(ctx context.Context, w Workflow, kind Run, o StartOptions) (Run, error) {
	document := w.Draft
	if kind.Mode == ModeLive {
		var err error
		if document, err = e.store.Definition(ctx, w.Workspace, w.LiveHash); err != nil {
			return Run{}, err
		}
	}
	prog, err := compile(document, e.registry)
	if err != nil {
		return Run{}, stateError("The workflow cannot run yet. %s", err)
	}
	if o.UntilStep != "" && prog.Node(o.UntilStep) == nil {
		return Run{}, &crm.Rejected{Field: "until_step", Code: "not_found", Message: fmt.Sprintf("There is no step %q in this workflow.", o.UntilStep)}
	}
	earlier, err := e.earlierRun(ctx, w, &o)
	if err != nil {
		return Run{}, err
	}
	t, err := chooseTrigger(prog, o.Trigger)
	if err != nil {
		return Run{}, err
	}
	if o.ContactID == "" {
		if o.ContactID, err = e.broughtContact(ctx, earlier, t.Type); err != nil {
			return Run{}, err
		}
	}
	if kind.Mode == ModeLive && t.Type.Source == "manual" && o.ContactID == "" && t.Type.Provides(t.Params) {
		return Run{}, stateError("The trigger %q starts for chosen contacts only: choose one.", t.Trigger.ID)
	}
	run := newRun(Endpoint{Workspace: w.Workspace, WorkflowID: w.ID, TriggerID: t.Trigger.ID, Definition: kind.Definition, Version: kind.Version}, e.now())
	run.Kind, run.Mode, run.ContactID, run.UntilStep = kind.Kind, kind.Mode, o.ContactID, o.UntilStep
	run.EventID = o.Once
	if kind.Mode != ModeLive && speaks(t.Type) && o.Payload == nil && o.RunID == "" {
		// What a live run is given is real; a test may stand on the type's example.
		o.Payload = value.Clone(value.Normalize(t.Type.Sample))
	}
	run.RequestID = o.RequestID
	if o.RunID != "" {
		run.Input, run.RequestID = earlier.Input, earlier.RequestID
	} else if run.Input, err = e.manualInput(ctx, w, t, o); err != nil {
		return Run{}, err
	}
	if _, err := e.bound(ctx, &run); err != nil {
		return Run{}, err
	}
	err = e.store.Do(ctx, w.Workspace, func(tx Tx) error {
		if o.ContactID != "" {
			if _, err := tx.Contact(o.ContactID); err != nil {
				return err
			}
		}
		if err := tx.PutDefinition(run.Definition, document); err != nil {
			return err
		}
		return tx.InsertRun(run)
	})
	if err != nil {
		return Run{}, err
	}
	e.ringQueued(run, nil)
	return run, nil
}

func chooseTrigger(prog *program, id string) (*workflow.CompiledTrigger, error) {
	if id != "" {
		if t := prog.Triggers[id]; t != nil {
			return t, nil
		}
		return nil, &crm.Rejected{Field: "trigger", Code: "not_found", Message: fmt.Sprintf("There is no trigger %q in this workflow.", id)}
	}
	all := prog.Document.Triggers
	if len(all) == 0 {
		return nil, stateError("The workflow has no trigger: add one first.")
	}
	i := max(0, slices.IndexFunc(all, func(t workflow.Trigger) bool {
		known := prog.Triggers[t.ID]
		return known != nil && known.Type.Source == "manual"
	}))
	if t := prog.Triggers[all[i].ID]; t != nil {
		return t, nil
	}
	return nil, stateError("The trigger %q is not finished.", all[i].ID)
}

// manualInput is manualScope as a run keeps it.
func (e *Engine) manualInput(ctx context.Context, w Workflow, t *workflow.CompiledTrigger, o StartOptions) ([]byte, error) {
	scope, err := e.manualScope(ctx, w, t, o)
	if err != nil {
		return nil, err
	}
	return value.Encode(scope)
}

// earlierRun reads the run that a start takes its input from, and begins at its
// trigger; the zero Run when there is none.
func (e *Engine) earlierRun(ctx context.Context, w Workflow, o *StartOptions) (Run, error) {
	if o.RunID == "" {
		return Run{}, nil
	}
	run, err := e.store.Run(ctx, w.Workspace, o.RunID)
	if errors.Is(err, ErrNotFound) || err == nil && run.WorkflowID != w.ID {
		return Run{}, &crm.Rejected{Field: "run_id", Code: "not_found", Message: fmt.Sprintf("There is no run %.60q of this workflow.", o.RunID)}
	}
	if err != nil {
		return Run{}, err
	}
	if o.Trigger = cmp.Or(o.Trigger, run.Trigger); o.Trigger != run.Trigger {
		return Run{}, &crm.Rejected{Field: "run_id", Code: "invalid", Message: fmt.Sprintf("That run was started by the trigger %q: choose one that %q started.", run.Trigger, o.Trigger)}
	}
	if len(run.Input) == 0 {
		return Run{}, &crm.Rejected{Field: "run_id", Code: "erased", Message: "What that run began with was erased: choose another one."}
	}
	return run, nil
}

// broughtContact is whom the event of an earlier run was about, "" for nobody and
// for who was erased since. A request brings none: its steps find the contact.
func (e *Engine) broughtContact(ctx context.Context, earlier Run, t *nodes.NodeType) (string, error) {
	if earlier.ContactID == "" || t.Open != nil {
		return "", nil
	}
	_, err := e.store.Contact(ctx, earlier.Workspace, earlier.ContactID)
	if errors.Is(err, ErrNotFound) {
		return "", nil
	}
	return earlier.ContactID, err
}

// manualScope is the trigger scope of a run that no event started: a stored
// request read again, or a payload as the body.
func (e *Engine) manualScope(ctx context.Context, w Workflow, t *workflow.CompiledTrigger, o StartOptions) (map[string]any, error) {
	if o.RequestID != "" {
		return e.storedScope(ctx, w, t, o.RequestID)
	}
	now := e.now().UTC().Format(time.RFC3339Nano)
	scope := map[string]any{"id": t.Trigger.ID, "type": t.Trigger.Type}
	switch {
	case speaks(t.Type):
		// A payload for such a trigger holds the objects of what happened.
		if objects, ok := o.Payload.(map[string]any); ok {
			maps.Copy(scope, objects)
		}
		if o.ContactID != "" {
			c, err := e.store.Contact(ctx, w.Workspace, o.ContactID)
			if err != nil {
				return nil, err
			}
			scope["contact"] = c.Plain()
		}
		scope["id"], scope["type"] = t.Trigger.ID, t.Trigger.Type
		scope["event"], scope["occurred_at"] = cmp.Or(t.Type.Event, t.Trigger.Type), now
	default:
		scope["method"], scope["path"], scope["ip"] = http.MethodPost, "", ""
		scope["query"], scope["headers"] = map[string]any{}, map[string]any{}
		scope["content_type"], scope["received_at"] = "application/json", now
		scope["body"] = o.Payload
	}
	return scope, nil
}

// speaks reports whether a trigger's scope is made of objects, and not of a
// request.
func speaks(t *nodes.NodeType) bool {
	return t.Source == nodes.SourceEvent || t.Source == nodes.SourceSchedule || t.Source == nodes.SourcePoll
}

// storedScope reads a stored request again with a trigger's present rules.
func (e *Engine) storedScope(ctx context.Context, w Workflow, t *workflow.CompiledTrigger, requestID string) (map[string]any, error) {
	req, err := e.store.Request(ctx, w.Workspace, requestID)
	if err != nil {
		return nil, err
	}
	receipt, err := e.judgeStored(ctx, w, t, req, false)
	if err != nil {
		return nil, err
	}
	if receipt.Payload == nil {
		return nil, stateError("The request cannot be run: %s", receipt.Reason)
	}
	return receipt.Payload, nil
}

// judgeStored has the trigger read a stored request. kept is for one that a draft
// kept, which is judged anew (nodes.RawRequest.Kept); others were judged when they came
// (nodes.RawRequest.Stored).
func (e *Engine) judgeStored(ctx context.Context, w Workflow, t *workflow.CompiledTrigger, req Request, kept bool) (none nodes.Receipt, err error) {
	receiver, err := e.openTrigger(ctx, w.Workspace, w.ID, t)
	if errors.Is(err, errNotHTTP) {
		return none, stateError("The trigger %q takes no requests: choose another one for this request.", t.Trigger.ID)
	}
	if _, ok := errors.AsType[*triggerError](err); ok {
		return none, stateError("The trigger is not finished: %s", err)
	}
	if err != nil {
		return none, err
	}
	ws, zone, err := e.workspaces.get(ctx, w.Workspace)
	if err != nil {
		return none, err
	}
	receipt := e.receive(ctx, receiver, nodes.RawRequest{
		Method: req.Method, Path: req.Path, RawQuery: req.Query, Header: canonical(req.Header), Body: req.Body,
		IP: req.IP, ReceivedAt: req.ReceivedAt, TriggerID: t.Trigger.ID, Stored: !kept, Kept: kept, Zone: zone, Country: ws.DefaultCountry,
	})
	err = e.complete(ctx, w.Workspace, &receipt)
	return receipt, err
}

func canonical(h map[string][]string) http.Header {
	header := http.Header{}
	for name, values := range h {
		header[http.CanonicalHeaderKey(name)] = values
	}
	return header
}

// ReplayRequest starts a live run from a stored request, whatever its verdict
// was. Without a live version it is refused.
func (e *Engine) ReplayRequest(ctx context.Context, workspace, requestID string) (Run, error) {
	req, err := e.store.Request(ctx, workspace, requestID)
	if err != nil {
		return Run{}, err
	}
	w, err := e.workflow(ctx, workspace, req.WorkflowID)
	if err != nil {
		return Run{}, err
	}
	if w.LiveHash == "" {
		return Run{}, stateError("The workflow was never published: publish it first, or use the request for a test.")
	}
	run := Run{Mode: ModeLive, Kind: KindWorkflow, Definition: w.LiveHash, Version: w.LiveVersion}
	started, err := e.begin(ctx, w, run, StartOptions{Trigger: req.TriggerID, RequestID: requestID})
	if err != nil {
		return started, err
	}
	return started, e.markStarted(ctx, workspace, req, started.ID)
}

func (e *Engine) markStarted(ctx context.Context, workspace string, req Request, runID string) error {
	err := e.store.Do(ctx, workspace, func(tx Tx) error {
		return tx.MarkRequest(req.ID, string(nodes.Accepted), "", append(slices.Clone(req.RunIDs), runID))
	})
	if err != nil {
		return fmt.Errorf("the run was started, but the request does not show it: %w", err)
	}
	return nil
}
