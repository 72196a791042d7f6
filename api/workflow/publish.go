package workflow

import (
	"context"
	"strings"
	"time"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
)

// heldBody says what becomes of what was kept meanwhile. An empty body takes
// the default.
type heldBody struct {
	Held string `json:"held,omitempty" enum:"run,keep,discard" doc:"What becomes of the requests and runs that were kept: run them in the order in which they came, keep them, or throw them away"`
}

type heldInput struct {
	rest.ByID
	Body *heldBody
}

func (in *heldInput) policy() engine.HeldPolicy {
	if in.Body == nil {
		return ""
	}
	return engine.HeldPolicy(in.Body.Held)
}

type publishedView struct {
	Version int `json:"version" doc:"Number of the version that is live now"`
}

// publishWorkflow makes the draft live. By default what was kept before the
// first publish stays kept: a sample from weeks ago must not run by surprise.
func (a *API) publishWorkflow(ctx context.Context, in *heldInput) (*rest.One[publishedView], error) {
	c := rest.CallerOf(ctx)
	w, err := a.Engine.Publish(ctx, rest.WorkspaceOf(ctx).ID, in.ID, c.ID(), in.policy())
	if err != nil {
		return nil, err
	}
	a.auditWorkflow(ctx, "workflow.published", w.ID, map[string]any{"version": w.LiveVersion})
	return &rest.One[publishedView]{Body: publishedView{w.LiveVersion}}, nil
}

func (a *API) pauseWorkflow(ctx context.Context, in *rest.ByID) (*workflowAnswer, error) {
	if _, err := a.Engine.Pause(ctx, rest.WorkspaceOf(ctx).ID, in.ID); err != nil {
		return nil, err
	}
	a.auditWorkflow(ctx, "workflow.paused", in.ID, nil)
	return a.AnswerWorkflow(ctx, in.ID, "")
}

func (a *API) resumeWorkflow(ctx context.Context, in *heldInput) (*workflowAnswer, error) {
	if _, err := a.Engine.Resume(ctx, rest.WorkspaceOf(ctx).ID, in.ID, in.policy()); err != nil {
		return nil, err
	}
	a.auditWorkflow(ctx, "workflow.resumed", in.ID, nil)
	return a.AnswerWorkflow(ctx, in.ID, "")
}

func (a *API) discardDraft(ctx context.Context, in *rest.ByID) (*workflowAnswer, error) {
	if _, err := a.Engine.DiscardDraft(ctx, rest.WorkspaceOf(ctx).ID, in.ID); err != nil {
		return nil, err
	}
	return a.AnswerWorkflow(ctx, in.ID, "")
}

func (a *API) duplicateWorkflow(ctx context.Context, in *rest.ByID) (*workflowAnswer, error) {
	w, err := a.Engine.Duplicate(ctx, rest.WorkspaceOf(ctx).ID, in.ID)
	if err != nil {
		return nil, err
	}
	a.auditWorkflow(ctx, "workflow.created", w.ID, map[string]any{"copy_of": in.ID})
	return a.AnswerWorkflow(ctx, w.ID, "")
}

type rotateInput struct {
	rest.ByID
	Trigger string `path:"trigger" maxLength:"40" doc:"Id of the trigger"`
	Body    *struct {
		Overlap *string `json:"overlap,omitempty" maxLength:"40" example:"24h" doc:"How long both addresses work, such as 24h, 30m or 7d; 24h when left out, at most 90d; 0s ends the old one at once"`
	}
}

type rotatedView struct {
	URL     string       `json:"url" doc:"The new address"`
	OldURLs []oldURLView `json:"old_urls" nullable:"false" doc:"Addresses that still work, and who still uses them"`
}

type rotateSecretInput struct {
	rest.ByID
	Trigger string `path:"trigger" maxLength:"40" doc:"Id of the trigger"`
	Body    struct {
		Secret  string  `json:"secret" minLength:"1" maxLength:"1000" doc:"The new signing secret, as the sender shows it"`
		Overlap *string `json:"overlap,omitempty" maxLength:"40" example:"24h" doc:"How long the old secret counts too, such as 24h, 30m or 7d; 24h when left out, at most 90d"`
	}
}

type rotatedSecretView struct {
	OldUntil time.Time `json:"old_until" doc:"The old secret counts until then"`
}

// rotateSecret gives a trigger's signing secret a new value, also to the live
// version.
func (a *API) rotateSecret(ctx context.Context, in *rotateSecretInput) (*rest.One[rotatedSecretView], error) {
	overlap, err := rest.OverlapOf(in.Body.Overlap)
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(in.Body.Secret) != in.Body.Secret {
		return nil, problem.At("/secret", "invalid", "The signing secret begins or ends with a space or a line break: remove it.")
	}
	if err := a.Engine.RotateSecret(ctx, rest.WorkspaceOf(ctx).ID, in.ID, in.Trigger, in.Body.Secret, overlap); err != nil {
		return nil, err
	}
	a.auditWorkflow(ctx, "workflow.secret_rotated", in.ID, map[string]any{"trigger": in.Trigger, "overlap": overlap.String()})
	return &rest.One[rotatedSecretView]{Body: rotatedSecretView{rest.Stamp(a.Now().Add(overlap))}}, nil
}

func (a *API) rotateURL(ctx context.Context, in *rotateInput) (*rest.One[rotatedView], error) {
	var asked *string
	if in.Body != nil {
		asked = in.Body.Overlap
	}
	overlap, err := rest.OverlapOf(asked)
	if err != nil {
		return nil, err
	}
	ws := rest.WorkspaceOf(ctx).ID
	token, err := a.Engine.RotateURL(ctx, ws, in.ID, in.Trigger, overlap)
	if err != nil {
		return nil, err
	}
	a.auditWorkflow(ctx, "workflow.url_rotated", in.ID, map[string]any{"trigger": in.Trigger, "overlap": overlap.String()})
	tokens, err := a.Store.Tokens(ctx, ws, in.ID)
	if err != nil {
		return nil, err
	}
	v := rotatedView{URL: a.hookURL(ws, token), OldURLs: []oldURLView{}}
	for _, k := range tokens {
		if k.TriggerID == in.Trigger && k.ExpiresAt.After(a.Now()) {
			v.OldURLs = append(v.OldURLs, a.shownOldURL(ws, k))
		}
	}
	return &rest.One[rotatedView]{Body: v}, nil
}
