package insight

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/workflow"
)

const (
	// lookBack is how far failures are looked for when nobody says from when.
	lookBack = 7 * 24 * time.Hour
	// maxFailed is how many failed runs are grouped, newest first, of each status.
	maxFailed = 5000
)

// FailuresQuery narrows failures.
type FailuresQuery struct {
	WorkflowID string    `query:"workflow_id" maxLength:"60"`
	From       time.Time `query:"from" doc:"Failed then or later; 7 days ago when left out"`
}

// FailureGroup is what went wrong in one way.
type FailureGroup struct {
	ID           string `json:"id" doc:"Names the group in filters: GET /runs?failure=ID"`
	Status       string `json:"status" enum:"failed,parked" doc:"parked needs a person: an effect may or may not have happened"`
	WorkflowID   string `json:"workflow_id"`
	WorkflowName string `json:"workflow_name"`
	// WorkflowGone says that the workflow is in the trash.
	WorkflowGone bool   `json:"workflow_gone,omitempty" doc:"Whether the workflow was deleted"`
	StepID       string `json:"step_id,omitempty" doc:"Empty when no single step is to blame"`
	StepName     string `json:"step_name,omitempty"`
	StepType     string `json:"step_type,omitempty"`
	// Field is relative to the step's params.
	Field   string    `json:"field,omitempty" doc:"JSON pointer of the field at fault inside the step's params"`
	InDraft bool      `json:"in_draft" doc:"Whether the draft still has that step, so that it can be opened"`
	Code    string    `json:"code"`
	Message string    `json:"message" doc:"What happened to the newest one"`
	Detail  string    `json:"detail,omitempty" doc:"The technical cause"`
	Count   int       `json:"count" doc:"How many runs"`
	FirstAt time.Time `json:"first_at"`
	LastAt  time.Time `json:"last_at"`
	RunID   string    `json:"run_id" doc:"The newest run, as an example"`
	Version int       `json:"version" doc:"The version that the newest run was of"`
	// Fixed says that a newer version is live than the one that failed last.
	Fixed  bool        `json:"newer_version" doc:"Whether a newer version is live: retry with version=live continues on it"`
	Filter GroupFilter `json:"filter" doc:"What POST /runs/bulk takes to retry exactly these"`
}

// GroupFilter finds the runs of a group.
type GroupFilter struct {
	WorkflowID string `json:"workflow_id"`
	Status     string `json:"status"`
	Failure    string `json:"failure"`
}

// Failures groups what failed and is not mended yet by workflow, step and cause,
// the group with the newest failure first.
func (i *Insight) Failures(ctx context.Context, ws string, q FailuresQuery) ([]FailureGroup, error) {
	from := q.From
	if from.IsZero() {
		from = i.now().Add(-lookBack)
	}
	runs, err := i.store.FailedRuns(ctx, ws, from, maxFailed)
	if err != nil {
		return nil, err
	}
	groups := map[string]*FailureGroup{}
	for _, r := range runs {
		if r.Error == nil || q.WorkflowID != "" && r.WorkflowID != q.WorkflowID {
			continue
		}
		id := r.Fingerprint()
		g := groups[id+string(r.Status)]
		if g == nil {
			g = &FailureGroup{
				ID: id, Status: string(r.Status), WorkflowID: r.WorkflowID, StepID: engine.StepOfPath(r.Error.Step), Field: r.Error.Field, Code: r.Error.Code,
				FirstAt: r.FinishedAt.UTC(), Filter: GroupFilter{r.WorkflowID, string(r.Status), id},
			}
			groups[id+string(r.Status)] = g
		}
		g.Count++
		if r.FinishedAt.Before(g.FirstAt) {
			g.FirstAt = r.FinishedAt.UTC()
		}
		if !r.FinishedAt.Before(g.LastAt) {
			g.LastAt, g.RunID, g.Message, g.Detail, g.Version = r.FinishedAt.UTC(), r.ID, r.Error.Message, r.Error.Detail, r.Version
		}
	}
	list := make([]FailureGroup, 0, len(groups))
	for _, g := range groups {
		list = append(list, *g)
	}
	slices.SortFunc(list, func(a, b FailureGroup) int {
		return cmp.Or(b.LastAt.Compare(a.LastAt), cmp.Compare(a.ID, b.ID))
	})
	return list, i.name(ctx, ws, list)
}

// name fills in what people call workflows and steps.
func (i *Insight) name(ctx context.Context, ws string, list []FailureGroup) error {
	type known struct {
		info engine.WorkflowInfo
		doc  *workflow.Document
	}
	seen := map[string]known{}
	for n := range list {
		g := &list[n]
		w, ok := seen[g.WorkflowID]
		if !ok {
			info, err := i.store.WorkflowInfo(ctx, ws, g.WorkflowID)
			if err != nil && !errors.Is(err, engine.ErrNotFound) {
				return err
			}
			w = known{info: info}
			if err == nil {
				w.doc, _ = workflow.Parse(info.Draft)
			}
			seen[g.WorkflowID] = w
		}
		g.WorkflowName = w.info.Name
		g.WorkflowGone = w.info.Status == engine.WorkflowDeleted || w.info.ID == ""
		g.Fixed = w.info.LiveVersion > g.Version && g.Version > 0
		if w.doc == nil || g.StepID == "" {
			continue
		}
		place, found := w.doc.Find(g.StepID)
		if !found {
			continue
		}
		g.InDraft, g.StepName, g.StepType = true, place.Step.Name, place.Step.Type
		if t := i.registry.Lookup(g.StepType); t != nil && g.StepName == "" {
			g.StepName = t.Name
		}
	}
	return nil
}
