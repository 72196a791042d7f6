package workflow

import (
	"context"
	"fmt"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine/workflow"
)

type diffInput struct {
	rest.ByID
	From string `query:"from" default:"live" pattern:"^(live|draft|[1-9][0-9]*)$" maxLength:"12" doc:"live, draft or the number of a version"`
	To   string `query:"to" default:"draft" pattern:"^(live|draft|[1-9][0-9]*)$" maxLength:"12" doc:"live, draft or the number of a version"`
}

type diffView struct {
	From    string            `json:"from"`
	To      string            `json:"to"`
	Changes []workflow.Change `json:"changes" nullable:"false" doc:"One sentence each, in the order of the newer document"`
}

// diffVersions says what differs between two documents of a workflow.
func (a *API) diffVersions(ctx context.Context, in *diffInput) (*rest.One[diffView], error) {
	w, err := a.Store.WorkflowInfo(ctx, rest.WorkspaceOf(ctx).ID, in.ID)
	if err != nil {
		return nil, err
	}
	_, before, err := a.DocumentOf(ctx, w.Workflow, in.From)
	if err != nil {
		return nil, unknownVersion("from", in.From, err)
	}
	_, after, err := a.DocumentOf(ctx, w.Workflow, in.To)
	if err != nil {
		return nil, unknownVersion("to", in.To, err)
	}
	return &rest.One[diffView]{Body: diffView{in.From, in.To, ChangesOf(before, after)}}, nil
}

func unknownVersion(parameter, version string, err error) error {
	if p := problem.From(err); p.Status >= 500 {
		return err
	}
	return problem.InQuery(parameter, "not_found", fmt.Sprintf("This workflow has no version %q.", version))
}

// ChangesOf is what differs between two documents; one that cannot be read has no
// changes.
func ChangesOf(before, after []byte) []workflow.Change {
	was, _ := workflow.Parse(before)
	is, _ := workflow.Parse(after)
	if was == nil || is == nil {
		return []workflow.Change{}
	}
	return rest.OrNone(workflow.Diff(was, is))
}
