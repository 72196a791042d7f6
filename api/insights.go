package api

import (
	"context"

	"github.com/hookloom/hookloom/api/insight"
)

// FailuresInput is exported because huma does not see what is embedded otherwise.
type FailuresInput struct {
	InWorkspace
	insight.FailuresQuery
}

// listFailures is one part: failures of a week have few causes.
func (a *API) listFailures(ctx context.Context, in *FailuresInput) (*listed[insight.FailureGroup], error) {
	groups, err := a.insight.Failures(ctx, workspaceOf(ctx).ID, in.FailuresQuery)
	if !seesValues(ctx) {
		redactFailures(groups)
	}
	return &listed[insight.FailureGroup]{Page[insight.FailureGroup]{Items: orNone(groups)}}, err
}

// ChartInput is exported because huma does not see what is embedded otherwise.
type ChartInput struct {
	InWorkspace
	insight.ChartQuery
}

func (a *API) runChart(ctx context.Context, in *ChartInput) (*one[insight.Chart], error) {
	ws := workspaceOf(ctx)
	if in.WorkflowID != "" {
		if _, err := a.Store.WorkflowInfo(ctx, ws.ID, in.WorkflowID); err != nil {
			return nil, err
		}
	}
	c, err := a.insight.Chart(ctx, ws.ID, ws.Location(), in.ChartQuery)
	return &one[insight.Chart]{c}, err
}

func (a *API) workflowActivity(ctx context.Context, _ *InWorkspace) (*listed[insight.Activity], error) {
	ws := workspaceOf(ctx)
	list, err := a.insight.Activities(ctx, ws.ID, ws.Location())
	if !seesValues(ctx) {
		redactActivity(list)
	}
	return &listed[insight.Activity]{Page[insight.Activity]{Items: orNone(list)}}, err
}
