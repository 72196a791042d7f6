package run

import (
	"context"

	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
)

func (a *API) auditRun(ctx context.Context, action, id string, detail map[string]any) {
	a.Audit(ctx, engine.AuditEntry{Workspace: rest.WorkspaceOf(ctx).ID, Action: action, ObjectKind: "run", ObjectID: id, Detail: detail})
}

type replayInput struct {
	rest.ByID
	Body *struct {
		AsNew bool `json:"as_new,omitempty" doc:"true repeats effects that the old run has recorded; by default they are not done twice"`
	}
}

// replayRun starts a new run from an old one's input.
func (a *API) replayRun(ctx context.Context, in *replayInput) (*rest.One[startedView], error) {
	asNew := in.Body != nil && in.Body.AsNew
	run, err := a.Engine.Replay(ctx, rest.WorkspaceOf(ctx).ID, in.ID, asNew)
	if err != nil {
		return nil, err
	}
	a.auditRun(ctx, "run.replayed", in.ID, map[string]any{"run": run.ID, "as_new": asNew})
	return &rest.One[startedView]{Body: startedView{run.ID}}, nil
}

// retryBody says how a failed or parked run goes on.
type retryBody struct {
	Step    string `json:"step,omitempty" maxLength:"1000" doc:"Id or path of the failed step, as a check"`
	Outcome string `json:"outcome,omitempty" enum:"again,done,skip" doc:"again (the default) does the step once more; done notes that it did happen; skip goes on without it"`
	Version string `json:"version,omitempty" enum:"pinned,live" doc:"live moves the run to the workflow's live version, when it fits"`
}

type retryInput struct {
	rest.ByID
	Body *retryBody
}

func (b *retryBody) options() engine.RetryOptions {
	if b == nil {
		return engine.RetryOptions{}
	}
	return engine.RetryOptions{Step: b.Step, Outcome: b.Outcome, Live: b.Version == "live"}
}

func (a *API) retryRun(ctx context.Context, in *retryInput) (*rest.One[startedView], error) {
	o := in.Body.options()
	if err := a.Engine.Retry(ctx, rest.WorkspaceOf(ctx).ID, in.ID, o); err != nil {
		return nil, err
	}
	a.auditRun(ctx, "run.retried", in.ID, map[string]any{"outcome": o.Outcome, "live": o.Live})
	return &rest.One[startedView]{Body: startedView{in.ID}}, nil
}

func (a *API) cancelRun(ctx context.Context, in *rest.ByID) (*rest.One[RunView], error) {
	ws := rest.WorkspaceOf(ctx).ID
	if err := a.Engine.Cancel(ctx, ws, in.ID); err != nil {
		return nil, err
	}
	a.auditRun(ctx, "run.canceled", in.ID, nil)
	run, err := a.Store.Run(ctx, ws, in.ID)
	if err != nil {
		return nil, err
	}
	return &rest.One[RunView]{Body: shownRun(run)}, nil
}
