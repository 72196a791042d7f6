package run

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
)

// RunStore reads runs and their journal.
type RunStore interface {
	Run(ctx context.Context, workspace, id string) (engine.Run, error)
	// ListRuns lists runs without their input, from the newest.
	ListRuns(ctx context.Context, workspace string, by engine.RunFilter, p engine.Page) (engine.List[engine.Run], error)
	// ListSteps lists the journal of a run as its rows began, of the last
	// execution of each path, below a prefix of paths unless it is "".
	ListSteps(ctx context.Context, workspace, runID, prefix string, p engine.Page) (engine.List[engine.StepResult], error)
}

// maxSteps is how many steps an answer with one run holds; the rest has a list
// of its own.
const maxSteps = 500

type listRunsInput struct {
	rest.InWorkspace
	rest.Paging
	RunFilter
}

// RunFilter narrows runs; a bulk action takes the same as JSON.
type RunFilter struct {
	WorkflowID string    `query:"workflow_id" json:"workflow_id,omitempty" maxLength:"60"`
	Status     string    `query:"status" json:"status,omitempty" enum:"held,queued,running,waiting,succeeded,failed,canceled,parked"`
	Kind       string    `query:"kind" json:"kind,omitempty" enum:"workflow,delivery,activation,step_test,any" doc:"workflow when left out"`
	Mode       string    `query:"mode" json:"mode,omitempty" enum:"live,test,dry,backtest"`
	ContactID  string    `query:"contact_id" json:"contact_id,omitempty" maxLength:"60"`
	Q          string    `query:"q" json:"q,omitempty" maxLength:"200" doc:"Looked for in ids, input and error; a part of the list may come back empty with a cursor to go on"`
	Failure    string    `query:"failure" json:"failure,omitempty" maxLength:"40" doc:"Id of a group of GET /failures: only runs that failed for that reason"`
	StepID     string    `query:"step_id" json:"step_id,omitempty" maxLength:"100" doc:"Only runs that stand at this step of workflow_id: they wait in it, or stopped there"`
	From       time.Time `query:"from" json:"from,omitzero" doc:"Created then or later"`
	To         time.Time `query:"to" json:"to,omitzero" doc:"Created before"`
}

func (f RunFilter) filter() engine.RunFilter {
	return engine.RunFilter{
		WorkflowID: f.WorkflowID, Status: engine.Status(f.Status), Kind: engine.RunKind(f.Kind), Mode: engine.Mode(f.Mode),
		ContactID: f.ContactID, Query: f.Q, Failure: f.Failure, StepID: f.StepID, From: f.From, To: f.To,
	}
}

func (a *API) listRuns(ctx context.Context, in *listRunsInput) (*rest.Listed[RunView], error) {
	p, err := in.Part()
	if err != nil {
		return nil, err
	}
	if err := rest.MayLookFor(ctx, in.Q); err != nil {
		return nil, err
	}
	rows, err := a.Store.ListRuns(ctx, rest.WorkspaceOf(ctx).ID, in.filter(), p)
	if err != nil {
		return nil, err
	}
	return rest.NewList(rows, rest.AsSeen(ctx, shownRun, redactRun)), nil
}

func (a *API) getRun(ctx context.Context, in *rest.ByID) (*rest.One[runDetail], error) {
	ws := rest.WorkspaceOf(ctx).ID
	run, err := a.Store.Run(ctx, ws, in.ID)
	if err != nil {
		return nil, err
	}
	v := runDetail{RunView: shownRun(run), Input: rest.PlainJSON(run.Input), Steps: []stepView{}}
	next := ""
	for len(v.Steps) < maxSteps {
		rows, err := a.Store.ListSteps(ctx, ws, in.ID, "", engine.Page{Cursor: next, Limit: min(engine.MaxPage, maxSteps-len(v.Steps))})
		if err != nil {
			return nil, err
		}
		for _, s := range rows.Items {
			v.Steps = append(v.Steps, shownStep(s))
		}
		if next = rows.Next; next == "" {
			break
		}
	}
	if next != "" {
		cursor := rest.Cursor(next)
		v.NextSteps = &cursor
	}
	if !rest.SeesValues(ctx) {
		redactRunDetail(&v)
	}
	return &rest.One[runDetail]{Body: v}, nil
}

type listStepsInput struct {
	rest.ByID
	rest.Paging
	Path string `query:"path" maxLength:"1000" doc:"Only steps whose path begins so, such as items[3]/"`
}

func (a *API) listSteps(ctx context.Context, in *listStepsInput) (*rest.Listed[stepView], error) {
	p, err := in.Part()
	if err != nil {
		return nil, err
	}
	if seq, _, ok := strings.Cut(p.Cursor, ":"); p.Cursor != "" {
		if _, err := strconv.Atoi(seq); err != nil || !ok {
			return nil, problem.New(problem.CodeInvalidCursor, "")
		}
	}
	ws := rest.WorkspaceOf(ctx).ID
	if _, err := a.Store.Run(ctx, ws, in.ID); err != nil {
		return nil, err
	}
	rows, err := a.Store.ListSteps(ctx, ws, in.ID, in.Path, p)
	if err != nil {
		return nil, err
	}
	return rest.NewList(rows, rest.AsSeen(ctx, shownStep, redactStep)), nil
}
