package run

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/value"
)

// startedView names a run that was started.
type startedView struct {
	RunID string `json:"run_id" example:"run_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10"`
}

// testBody says what a test begins with.
type testBody struct {
	Trigger   string          `json:"trigger,omitempty" maxLength:"40" doc:"Id of the trigger to start at; the manual one, or else the first, when left out"`
	Payload   json.RawMessage `json:"payload,omitempty" doc:"Becomes trigger.body"`
	RequestID string          `json:"request_id,omitempty" maxLength:"60" doc:"A stored request to test with, in the place of payload"`
	RunID     string          `json:"run_id,omitempty" maxLength:"60" doc:"An earlier run of this workflow, whose event and contact to test with, in the place of payload"`
	ContactID string          `json:"contact_id,omitempty" maxLength:"60" doc:"The run's contact"`
	UntilStep string          `json:"until_step,omitempty" maxLength:"40" doc:"Ends the test after this step"`
	DryRun    *bool           `json:"dry_run,omitempty" doc:"true, the default, changes and sends nothing; false does everything for real, once"`
}

type testInput struct {
	rest.ByID
	Body *testBody
}

// testWorkflow runs the saved draft.
func (a *API) testWorkflow(ctx context.Context, in *testInput) (*rest.One[startedView], error) {
	return a.test(ctx, in.ID, in.Body, engine.KindWorkflow, "")
}

type testStepInput struct {
	rest.ByID
	Step string `path:"step" maxLength:"40" doc:"Id of the step"`
	Body *testBody
}

// testStep runs the saved draft as far as one step.
func (a *API) testStep(ctx context.Context, in *testStepInput) (*rest.One[startedView], error) {
	return a.test(ctx, in.ID, in.Body, engine.KindStepTest, in.Step)
}

func (a *API) test(ctx context.Context, id string, body *testBody, kind engine.RunKind, until string) (*rest.One[startedView], error) {
	if body == nil {
		body = &testBody{}
	}
	o := engine.StartOptions{Trigger: body.Trigger, RequestID: body.RequestID, RunID: body.RunID, ContactID: body.ContactID, UntilStep: body.UntilStep}
	if until != "" {
		o.UntilStep = until
	}
	var err error
	if body.RunID != "" && (body.Payload != nil || body.RequestID != "") {
		return nil, problem.At("/run_id", "invalid", "Choose one sample: a run, a request, or data of your own.")
	}
	if o.Payload, err = payloadOf(body.Payload, body.RequestID); err != nil {
		return nil, err
	}
	if err := a.checkStart(ctx, o); err != nil {
		return nil, err
	}
	run, err := a.Engine.Test(ctx, rest.WorkspaceOf(ctx).ID, id, o, kind, body.DryRun == nil || *body.DryRun)
	if err != nil {
		return nil, err
	}
	return &rest.One[startedView]{Body: startedView{run.ID}}, nil
}

// payloadOf reads a payload, integers kept exact.
func payloadOf(raw json.RawMessage, requestID string) (any, error) {
	if raw == nil {
		return nil, nil
	}
	if requestID != "" {
		return nil, problem.At("/payload", "invalid", "Send either payload or request_id, not both.")
	}
	v, err := value.Decode(raw)
	if err != nil {
		return nil, problem.At("/payload", "invalid", "The payload cannot be read: "+err.Error()+".").Because(err)
	}
	return v, nil
}

// checkStart tells by pointer which thing that a start names is not there.
func (a *API) checkStart(ctx context.Context, o engine.StartOptions) error {
	ws := rest.WorkspaceOf(ctx).ID
	if o.RequestID != "" {
		if _, err := a.Store.Request(ctx, ws, o.RequestID); err != nil {
			return rest.Missing(err, "/request_id", "request", o.RequestID)
		}
	}
	if o.ContactID != "" {
		if _, err := a.Store.Contact(ctx, ws, o.ContactID); err != nil {
			return rest.Missing(err, "/contact_id", "contact", o.ContactID)
		}
	}
	return nil
}

type runWorkflowInput struct {
	rest.ByID
	Body *struct {
		Trigger    string          `json:"trigger,omitempty" maxLength:"40" doc:"Id of the trigger to start at; the manual one, or else the first, when left out"`
		Payload    json.RawMessage `json:"payload,omitempty" doc:"Becomes trigger.body"`
		ContactIDs []string        `json:"contact_ids,omitempty" maxItems:"500" doc:"Starts one run for each of these contacts"`
	}
}

type startedRuns struct {
	RunIDs []string `json:"run_ids" nullable:"false"`
}

// runWorkflow starts the live version by hand, once or for each contact.
func (a *API) runWorkflow(ctx context.Context, in *runWorkflowInput) (*rest.One[startedRuns], error) {
	o, contacts := engine.StartOptions{}, []string(nil)
	if in.Body != nil {
		var err error
		if o.Payload, err = payloadOf(in.Body.Payload, ""); err != nil {
			return nil, err
		}
		o.Trigger, contacts = in.Body.Trigger, in.Body.ContactIDs
	}
	ws := rest.WorkspaceOf(ctx).ID
	for i, id := range contacts {
		if _, err := a.Store.Contact(ctx, ws, id); err != nil {
			return nil, rest.Missing(err, fmt.Sprintf("/contact_ids/%d", i), "contact", id)
		}
	}
	if contacts == nil {
		contacts = []string{""}
	}
	started := startedRuns{RunIDs: []string{}}
	for _, id := range contacts {
		o.ContactID = id
		run, err := a.Engine.StartWorkflow(ctx, ws, in.ID, o)
		if err != nil {
			return nil, a.halfStarted(ctx, in.ID, started.RunIDs, err)
		}
		started.RunIDs = append(started.RunIDs, run.ID)
	}
	a.Audit(ctx, engine.AuditEntry{
		Workspace: ws, Action: "workflow.started", ObjectKind: "workflow", ObjectID: in.ID, Detail: map[string]any{"runs": len(started.RunIDs)},
	})
	return &rest.One[startedRuns]{Body: started}, nil
}

// halfStarted notes runs that were started before an error, so that nobody who
// tries again starts them twice without knowing.
func (a *API) halfStarted(ctx context.Context, workflowID string, runs []string, err error) error {
	if len(runs) > 0 {
		a.Log.WarnContext(ctx, "only some runs were started", "workflow", workflowID, "started", len(runs), "error", err)
	}
	return err
}
