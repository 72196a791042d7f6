package workflow

import (
	"context"
	"encoding/json"
	"time"

	"github.com/hookloom/hookloom/api/ingress"
	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/workflow"
)

// workflowView is a workflow as the API shows it.
type workflowView struct {
	ID       string `json:"id" example:"wf_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10"`
	Name     string `json:"name" example:"New buyers get access"`
	Folder   string `json:"folder" example:"Sales" doc:"Where lists show it; empty outside of all folders"`
	Status   string `json:"status" enum:"draft,live,paused,deleted"`
	Revision int64  `json:"revision" doc:"Grows with each change; the ETag of this answer"`
	// LiveVersion is nil before the first publish.
	LiveVersion *int `json:"live_version" doc:"Number of the published version; null before the first publish"`
	HasChanges  bool `json:"has_changes" doc:"Whether the draft differs from the live version"`
	HeldCount   int  `json:"held_count" doc:"Requests and runs that wait for a publish or resume, counted up to 10,000"`
	// Problems are those of the draft; lists leave them out.
	Problems []problem.Item `json:"problems,omitzero" doc:"What publishing the draft would refuse, and warnings; not in lists"`
	Triggers []TriggerView  `json:"triggers" nullable:"false"`
	// Shown says which document Definition is; lists leave both out.
	Shown      string          `json:"version,omitempty" doc:"Which document definition is: draft, or the number of a version; not in lists"`
	Definition json.RawMessage `json:"definition,omitempty" doc:"The workflow's document. Secrets stand in it as {\"$secret\": id}; not in lists"`
	Silent     bool            `json:"silent,omitempty" doc:"Made of a template, and nothing was received yet; in lists only"`
	LastRuns   []lastRunView   `json:"last_runs,omitempty" doc:"The newest runs; in lists only"`
	CreatedAt  time.Time       `json:"created_at"`
	UpdatedAt  time.Time       `json:"updated_at"`
	DeletedAt  *time.Time      `json:"deleted_at" doc:"When it was moved to the trash; null otherwise"`
}

// TriggerView is a trigger of the shown document with its address.
type TriggerView struct {
	ID   string `json:"id" example:"t_1"`
	Type string `json:"type" example:"webhook.catch"`
	// URL is "" for triggers that no address starts.
	URL string `json:"url,omitempty" doc:"Where senders post to; absent for triggers that no address starts"`
	// OldURLs are in their overlap after a rotation.
	OldURLs []oldURLView `json:"old_urls,omitempty" doc:"Rotated addresses that still work"`
	// Watch is nil for triggers that only wait, and in lists.
	Watch *watchView `json:"watch,omitempty" doc:"What the trigger of the live version does by itself: keep to a schedule, ask another service, or keep its address registered there; absent for others and in lists"`
}

// oldURLView is a rotated address that still works.
type oldURLView struct {
	URL        string     `json:"url"`
	ExpiresAt  time.Time  `json:"expires_at" doc:"It answers 410 from then on"`
	LastUsedAt *time.Time `json:"last_used_at" doc:"When a sender last called it; null when nobody did"`
}

type lastRunView struct {
	ID        string    `json:"id"`
	Status    string    `json:"status"`
	CreatedAt time.Time `json:"created_at"`
}

// ShownWorkflow shows what lists and single answers have in common. doc is nil
// for a document that cannot be read.
func (a *API) ShownWorkflow(w engine.WorkflowInfo, doc *workflow.Document, tokens []engine.Token) workflowView {
	v := workflowView{
		ID: w.ID, Name: w.Name, Folder: w.Folder, Status: string(w.Status), Revision: w.Revision, HeldCount: w.Held,
		HasChanges: w.DraftHash != w.LiveHash, Triggers: []TriggerView{},
		CreatedAt: rest.Stamp(w.CreatedAt), UpdatedAt: rest.Stamp(w.UpdatedAt), DeletedAt: rest.Moment(w.DeletedAt),
	}
	if w.LiveVersion > 0 {
		v.LiveVersion = &w.LiveVersion
	}
	if doc == nil {
		return v
	}
	for _, t := range doc.Triggers {
		v.Triggers = append(v.Triggers, a.shownTrigger(w.Workspace, t, tokens))
	}
	return v
}

func (a *API) shownTrigger(ws string, t workflow.Trigger, tokens []engine.Token) TriggerView {
	v := TriggerView{ID: t.ID, Type: t.Type}
	for _, k := range tokens {
		switch {
		case k.TriggerID != t.ID:
		case k.ExpiresAt.IsZero():
			v.URL = a.hookURL(ws, k)
		case k.ExpiresAt.After(a.Now()):
			v.OldURLs = append(v.OldURLs, a.shownOldURL(ws, k))
		}
	}
	return v
}

func (a *API) shownOldURL(ws string, k engine.Token) oldURLView {
	return oldURLView{URL: a.hookURL(ws, k), ExpiresAt: rest.Stamp(k.ExpiresAt), LastUsedAt: rest.Moment(k.LastUsedAt)}
}

// hookURL is the address of a token of a workspace.
func (a *API) hookURL(ws string, k engine.Token) string {
	return a.Base(ws) + ingress.Prefix + k.Plain
}

// workflowAnswer is one workflow with its ETag.
type workflowAnswer struct {
	ETag string `header:"ETag" doc:"Send it back as If-Match with a change"`
	Body workflowView
}

// lifted is a draft as the forms of this build can show it: steps that were made for
// older versions of their types are carried over, those that cannot be stay as they
// are and are among the problems. Nothing of it is stored before somebody saves the
// draft. doc is the document, nil for one that cannot be read.
func (a *API) lifted(doc *workflow.Document, document []byte) ([]byte, error) {
	if doc == nil || !workflow.Older(doc, a.Registry) {
		return document, nil
	}
	workflow.Lift(doc, a.Registry)
	return doc.JSON()
}

// AnswerWorkflow reads a workflow anew and shows it whole. version is draft (or
// ""), live, or a number.
func (a *API) AnswerWorkflow(ctx context.Context, id, version string) (*workflowAnswer, error) {
	ws := rest.WorkspaceOf(ctx).ID
	w, err := a.Store.WorkflowInfo(ctx, ws, id)
	if err != nil {
		return nil, err
	}
	shown, document, err := a.DocumentOf(ctx, w.Workflow, version)
	if err != nil {
		return nil, err
	}
	tokens, err := a.Store.Tokens(ctx, ws, id)
	if err != nil {
		return nil, err
	}
	problems, err := a.Engine.Problems(ctx, w.Workflow)
	if err != nil {
		return nil, err
	}
	doc, _ := workflow.Parse(document)
	if shown == "draft" {
		if document, err = a.lifted(doc, document); err != nil {
			return nil, err
		}
	}
	out := &workflowAnswer{ETag: rest.ETag(w.Revision), Body: a.ShownWorkflow(w, doc, tokens)}
	out.Body.Problems = rest.OrNone(problem.Documented("/definition", problems))
	out.Body.Shown, out.Body.Definition = shown, document
	if err := a.showWatches(ctx, ws, &out.Body); err != nil {
		return nil, err
	}
	if !rest.SeesValues(ctx) {
		redactWorkflow(&out.Body)
	}
	return out, nil
}

// redactWorkflow takes the addresses, because whoever has one can start the
// workflow, and what other services said.
func redactWorkflow(v *workflowView) {
	for i := range v.Triggers {
		t := &v.Triggers[i]
		t.URL, t.OldURLs = "", nil
		if t.Watch != nil && t.Watch.Error != "" {
			watch := *t.Watch
			watch.Error, t.Watch = rest.HiddenText, &watch
		}
	}
}
