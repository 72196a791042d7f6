package api

import (
	"context"

	"github.com/hookloom/hookloom/engine"
)

func (a *API) auditRun(ctx context.Context, action, id string, detail map[string]any) {
	a.audit(ctx, engine.AuditEntry{Workspace: workspaceOf(ctx).ID, Action: action, ObjectKind: "run", ObjectID: id, Detail: detail})
}

type replayInput struct {
	ByID
	Body *struct {
		AsNew bool `json:"as_new,omitempty" doc:"true repeats effects that the old run has recorded; by default they are not done twice"`
	}
}

// replayRun starts a new run from an old one's input.
func (a *API) replayRun(ctx context.Context, in *replayInput) (*one[startedView], error) {
	asNew := in.Body != nil && in.Body.AsNew
	run, err := a.Engine.Replay(ctx, workspaceOf(ctx).ID, in.ID, asNew)
	if err != nil {
		return nil, err
	}
	a.auditRun(ctx, "run.replayed", in.ID, map[string]any{"run": run.ID, "as_new": asNew})
	return &one[startedView]{startedView{run.ID}}, nil
}

// retryBody says how a failed or parked run goes on.
type retryBody struct {
	Step    string `json:"step,omitempty" maxLength:"1000" doc:"Id or path of the failed step, as a check"`
	Outcome string `json:"outcome,omitempty" enum:"again,done,skip" doc:"again (the default) does the step once more; done notes that it did happen; skip goes on without it"`
	Version string `json:"version,omitempty" enum:"pinned,live" doc:"live moves the run to the workflow's live version, when it fits"`
}

type retryInput struct {
	ByID
	Body *retryBody
}

func (b *retryBody) options() engine.RetryOptions {
	if b == nil {
		return engine.RetryOptions{}
	}
	return engine.RetryOptions{Step: b.Step, Outcome: b.Outcome, Live: b.Version == "live"}
}

func (a *API) retryRun(ctx context.Context, in *retryInput) (*one[startedView], error) {
	o := in.Body.options()
	if err := a.Engine.Retry(ctx, workspaceOf(ctx).ID, in.ID, o); err != nil {
		return nil, err
	}
	a.auditRun(ctx, "run.retried", in.ID, map[string]any{"outcome": o.Outcome, "live": o.Live})
	return &one[startedView]{startedView{in.ID}}, nil
}

func (a *API) cancelRun(ctx context.Context, in *ByID) (*one[RunView], error) {
	ws := workspaceOf(ctx).ID
	if err := a.Engine.Cancel(ctx, ws, in.ID); err != nil {
		return nil, err
	}
	a.auditRun(ctx, "run.canceled", in.ID, nil)
	run, err := a.Store.Run(ctx, ws, in.ID)
	if err != nil {
		return nil, err
	}
	return &one[RunView]{shownRun(run)}, nil
}
