package run

import (
	"context"

	"github.com/hookloom/hookloom/api/insight"
	"github.com/hookloom/hookloom/api/rest"
)

// FailuresInput is exported because huma does not see what is embedded otherwise.
type FailuresInput struct {
	rest.InWorkspace
	insight.FailuresQuery
}

// listFailures is one part: failures of a week have few causes.
func (a *API) listFailures(ctx context.Context, in *FailuresInput) (*rest.Listed[insight.FailureGroup], error) {
	groups, err := a.Insight.Failures(ctx, rest.WorkspaceOf(ctx).ID, in.FailuresQuery)
	if !rest.SeesValues(ctx) {
		redactFailures(groups)
	}
	return &rest.Listed[insight.FailureGroup]{Body: rest.Page[insight.FailureGroup]{Items: rest.OrNone(groups)}}, err
}

// ChartInput is exported because huma does not see what is embedded otherwise.
type ChartInput struct {
	rest.InWorkspace
	insight.ChartQuery
}

func (a *API) runChart(ctx context.Context, in *ChartInput) (*rest.One[insight.Chart], error) {
	ws := rest.WorkspaceOf(ctx)
	if in.WorkflowID != "" {
		if _, err := a.Store.WorkflowInfo(ctx, ws.ID, in.WorkflowID); err != nil {
			return nil, err
		}
	}
	c, err := a.Insight.Chart(ctx, ws.ID, ws.Location(), in.ChartQuery)
	return &rest.One[insight.Chart]{Body: c}, err
}

func (a *API) workflowActivity(ctx context.Context, _ *rest.InWorkspace) (*rest.Listed[insight.Activity], error) {
	ws := rest.WorkspaceOf(ctx)
	list, err := a.Insight.Activities(ctx, ws.ID, ws.Location())
	if !rest.SeesValues(ctx) {
		redactActivity(list)
	}
	return &rest.Listed[insight.Activity]{Body: rest.Page[insight.Activity]{Items: rest.OrNone(list)}}, err
}

func redactActivity(list []insight.Activity) {
	for i := range list {
		if last := list[i].LastError; last != nil {
			hidden := *last
			hidden.Message = rest.HiddenText
			list[i].LastError = &hidden
		}
	}
}

func redactFailures(groups []insight.FailureGroup) {
	for i := range groups {
		groups[i].Message, groups[i].Detail = rest.HiddenText, ""
	}
}
