package workflow

import (
	"context"
	"encoding/json"
	"time"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/workflow"
)

// VersionStore reads published versions and what their steps did.
type VersionStore interface {
	Version(ctx context.Context, workspace, workflowID string, number int) (engine.Version, error)
	ListVersions(ctx context.Context, workspace, workflowID string, p engine.Page) (engine.List[engine.Version], error)
	// StepStats counts what steps did in the live runs that began in a time.
	StepStats(ctx context.Context, workspace, workflowID string, from, to time.Time) ([]engine.StepStat, error)
}

// VersionView is a published version.
type VersionView struct {
	Version     int       `json:"version"`
	PublishedBy string    `json:"published_by" doc:"Id of the user or API key"`
	CreatedAt   time.Time `json:"created_at" doc:"When it was published"`
}

// versionDetail is a published version with its document and what it changed.
type versionDetail struct {
	VersionView
	Definition json.RawMessage `json:"definition"`
	// ComparedTo is nil for the first version.
	ComparedTo *int              `json:"compared_to" doc:"Number of the version that changes starts from; null for the first"`
	Changes    []workflow.Change `json:"changes" nullable:"false" doc:"What differs from compared_to, one sentence each"`
}

func shownVersion(v engine.Version) VersionView {
	return VersionView{Version: v.Number, PublishedBy: v.PublishedBy, CreatedAt: rest.Stamp(v.CreatedAt)}
}

type listVersionsInput struct {
	rest.ByID
	rest.Paging
}

func (a *API) listVersions(ctx context.Context, in *listVersionsInput) (*rest.Listed[VersionView], error) {
	p, err := in.Part()
	if err != nil {
		return nil, err
	}
	ws := rest.WorkspaceOf(ctx).ID
	if _, err := a.Store.WorkflowInfo(ctx, ws, in.ID); err != nil {
		return nil, err
	}
	rows, err := a.Store.ListVersions(ctx, ws, in.ID, p)
	if err != nil {
		return nil, err
	}
	return rest.NewList(rows, shownVersion), nil
}

// VersionInput names a version of a workflow.
type VersionInput struct {
	rest.ByID
	Version int `path:"version" minimum:"1" doc:"Number of the version"`
}

type getVersionInput struct {
	VersionInput
	Against int `query:"against" minimum:"0" doc:"Number of the version to compare with; the one before when left out"`
}

func (a *API) getVersion(ctx context.Context, in *getVersionInput) (*rest.One[versionDetail], error) {
	v, document, err := a.version(ctx, in.ID, in.Version)
	if err != nil {
		return nil, err
	}
	out := versionDetail{VersionView: shownVersion(v), Definition: document, Changes: []workflow.Change{}}
	base := in.Against
	if base == 0 {
		base = v.Number - 1
	}
	if base == 0 {
		return &rest.One[versionDetail]{Body: out}, nil
	}
	_, before, err := a.version(ctx, in.ID, base)
	if err != nil {
		return nil, err
	}
	out.ComparedTo = &base
	was, _ := workflow.Parse(before)
	is, _ := workflow.Parse(document)
	if was != nil && is != nil {
		out.Changes = rest.OrNone(workflow.Diff(was, is))
	}
	return &rest.One[versionDetail]{Body: out}, nil
}

func (a *API) version(ctx context.Context, id string, number int) (engine.Version, []byte, error) {
	ws := rest.WorkspaceOf(ctx).ID
	v, err := a.Store.Version(ctx, ws, id, number)
	if err != nil {
		return v, nil, err
	}
	document, err := a.Store.Definition(ctx, ws, v.Definition)
	return v, document, err
}

// restoreVersion makes an old version the draft; publishing it is another step.
func (a *API) restoreVersion(ctx context.Context, in *VersionInput) (*workflowAnswer, error) {
	if _, err := a.Engine.RestoreVersion(ctx, rest.WorkspaceOf(ctx).ID, in.ID, in.Version); err != nil {
		return nil, err
	}
	return a.AnswerWorkflow(ctx, in.ID, "")
}

// statTime is what statistics look back when nobody says from when.
const statTime = 30 * 24 * time.Hour

type statsInput struct {
	rest.ByID
	From time.Time `query:"from" doc:"Runs that began then or later; 30 days before to when left out"`
	To   time.Time `query:"to" doc:"Runs that began before; now when left out"`
}

type statsView struct {
	From  time.Time      `json:"from"`
	To    time.Time      `json:"to"`
	Steps []stepStatView `json:"steps" nullable:"false" doc:"Of the 10,000 newest runs of that time"`
}

type stepStatView struct {
	StepID  string `json:"step_id"`
	Entered int    `json:"entered" doc:"How often the step began"`
	Waiting int    `json:"waiting" doc:"How many wait in it now"`
	Failed  int    `json:"failed" doc:"How often it failed, or its outcome is not known"`
}

func (a *API) workflowStats(ctx context.Context, in *statsInput) (*rest.One[statsView], error) {
	ws := rest.WorkspaceOf(ctx).ID
	if _, err := a.Store.WorkflowInfo(ctx, ws, in.ID); err != nil {
		return nil, err
	}
	v := statsView{From: in.From.UTC(), To: in.To.UTC(), Steps: []stepStatView{}}
	if in.To.IsZero() {
		v.To = rest.Stamp(a.Now())
	}
	if in.From.IsZero() {
		v.From = v.To.Add(-statTime)
	}
	if v.To.Before(v.From) {
		return nil, problem.InQuery("to", "invalid", "The parameter to lies before from.")
	}
	stats, err := a.Store.StepStats(ctx, ws, in.ID, v.From, v.To)
	if err != nil {
		return nil, err
	}
	for _, s := range stats {
		v.Steps = append(v.Steps, stepStatView(s))
	}
	return &rest.One[statsView]{Body: v}, nil
}
