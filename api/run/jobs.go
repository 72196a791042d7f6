package run

import (
	"context"
	"encoding/json"
	"time"

	"github.com/hookloom/hookloom/api/bulk"
	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
)

// JobStore keeps long work.
type JobStore interface {
	bulk.Store
	Job(ctx context.Context, workspace, id string) (engine.Job, error)
}

type bulkInput struct {
	rest.InWorkspace
	Body struct {
		Action  string     `json:"action" enum:"replay,retry,cancel"`
		IDs     []string   `json:"ids,omitempty" maxItems:"10000" doc:"The runs; or else filter"`
		Filter  *RunFilter `json:"filter,omitempty" doc:"The runs that a list with the same filter shows, at most the 10,000 newest"`
		AsNew   bool       `json:"as_new,omitempty" doc:"For replay"`
		Outcome string     `json:"outcome,omitempty" enum:"again,done,skip" doc:"For retry"`
		Version string     `json:"version,omitempty" enum:"pinned,live" doc:"For retry"`
	}
}

// bulkRuns does one action to many runs in the background.
func (a *API) bulkRuns(ctx context.Context, in *bulkInput) (*rest.One[rest.JobStarted], error) {
	ids := in.Body.IDs
	switch {
	case (in.Body.Filter == nil) == (len(ids) == 0):
		return nil, problem.At("/ids", "invalid", "Say which runs: either by ids or by filter.")
	case in.Body.Filter != nil:
		var err error
		if ids, err = a.runsOf(ctx, *in.Body.Filter); err != nil {
			return nil, err
		}
	}
	c, ws := rest.CallerOf(ctx), rest.WorkspaceOf(ctx).ID
	job, err := a.Bulk.Add(ctx, ws, c.ID(), bulk.Task{
		Action: in.Body.Action, IDs: rest.Distinct(ids), AsNew: in.Body.AsNew, Outcome: in.Body.Outcome, Live: in.Body.Version == "live",
	})
	if err != nil {
		return nil, err
	}
	a.Audit(ctx, engine.AuditEntry{
		Workspace: ws, Action: "runs." + in.Body.Action, ObjectKind: "job", ObjectID: job.ID, Detail: map[string]any{"runs": job.Total},
	})
	return &rest.One[rest.JobStarted]{Body: rest.JobStarted{JobID: job.ID, Total: job.Total}}, nil
}

// maxParts bounds how much of the history one filter looks at: a search sees
// 2,000 runs a part.
const maxParts = 100

// runsOf collects the runs of a filter, newest first.
func (a *API) runsOf(ctx context.Context, f RunFilter) ([]string, error) {
	ids := []string{}
	p := engine.Page{Limit: engine.MaxPage}
	for range maxParts {
		rows, err := a.Store.ListRuns(ctx, rest.WorkspaceOf(ctx).ID, f.filter(), p)
		if err != nil {
			return nil, err
		}
		for _, r := range rows.Items {
			if ids = append(ids, r.ID); len(ids) == bulk.MaxRuns {
				return ids, nil
			}
		}
		if p.Cursor = rows.Next; p.Cursor == "" {
			break
		}
	}
	return ids, nil
}

// JobView is long work with its progress.
type JobView struct {
	ID         string          `json:"id" example:"job_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10"`
	Kind       string          `json:"kind" enum:"runs.bulk,contacts.import,contacts.start,templates.clone,clones.act"`
	Status     string          `json:"status" enum:"queued,running,succeeded,failed,canceled"`
	Total      int             `json:"total"`
	Done       int             `json:"done"`
	Failed     int             `json:"failed" doc:"How many were refused; result says why"`
	Result     json.RawMessage `json:"result" doc:"What became of it, by kind: errors names the first 100 runs, lines, contacts or clients that were refused, each with detail; an import counts created, updated and unchanged besides"`
	CreatedAt  time.Time       `json:"created_at"`
	UpdatedAt  time.Time       `json:"updated_at"`
	FinishedAt *time.Time      `json:"finished_at"`
}

// GetJob is long work with its progress.
func (a *API) GetJob(ctx context.Context, in *rest.ByID) (*rest.One[JobView], error) {
	j, err := a.Store.Job(ctx, rest.WorkspaceOf(ctx).ID, in.ID)
	if err != nil {
		return nil, err
	}
	return &rest.One[JobView]{Body: JobView{
		ID: j.ID, Kind: j.Kind, Status: j.Status, Total: j.Total, Done: j.Done, Failed: j.Failed, Result: rest.PlainJSON(j.Result),
		CreatedAt: rest.Stamp(j.CreatedAt), UpdatedAt: rest.Stamp(j.UpdatedAt), FinishedAt: rest.Moment(j.FinishedAt),
	}}, nil
}
