package api

import (
	"context"

	"github.com/hookloom/hookloom/api/insight"
	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
)

// A client's viewer sees that things work, not whose data they work with. Two
// rules keep it so. A route is closed to who may not see values unless it says
// (route.redacts) that its answers have none or leave them out, so that a new
// route is closed by itself. And what is left out is left out here, before it
// becomes JSON.

// hiddenText stands where an error would quote a value.
const hiddenText = "What happened is hidden, because it may quote somebody's data."

// seesValues tells whether the caller may see the values inside of runs and
// requests.
func seesValues(ctx context.Context) bool {
	return callerOf(ctx).Can(account.PayloadsRead, workspaceOf(ctx).ID)
}

// mayLookFor refuses to search in values that the caller may not see: a list that
// finds them tells them.
func mayLookFor(ctx context.Context, q string) error {
	if q == "" || seesValues(ctx) {
		return nil
	}
	return problem.New(problem.CodeForbidden, "Your role does not show the values of runs and requests, so it cannot search in them either.")
}

// asSeen returns what show makes of a thing, without values for who may not see
// them.
func asSeen[R, T any](ctx context.Context, show func(R) T, redact func(*T)) func(R) T {
	if seesValues(ctx) {
		return show
	}
	return func(r R) T {
		v := show(r)
		redact(&v)
		return v
	}
}

// hiddenFailure keeps where and of which kind a failure was.
func hiddenFailure(f *engine.Failure) *engine.Failure {
	if f == nil {
		return nil
	}
	return &engine.Failure{Code: f.Code, Message: hiddenText, Step: f.Step, Field: f.Field}
}

func redactRun(v *RunView) {
	v.Error, v.Redacted = hiddenFailure(v.Error), true
}

func redactStep(v *stepView) {
	v.Input, v.Output, v.Notes, v.Redacted = plainJSON(nil), plainJSON(nil), []string{}, true
	v.Error = hiddenFailure(v.Error)
	attempts := make([]engine.Attempt, len(v.Attempts))
	for i, at := range v.Attempts {
		at.Error = hiddenFailure(at.Error)
		attempts[i] = at
	}
	v.Attempts = attempts
}

func redactRunDetail(v *runDetail) {
	redactRun(&v.RunView)
	v.Input = plainJSON(nil)
	for i := range v.Steps {
		redactStep(&v.Steps[i])
	}
}

func redactRequest(v *RequestView) {
	v.Path, v.Query, v.IP, v.ContentType = "", "", "", ""
	v.Fields, v.Notes, v.Redacted = []problem.Item{}, []string{}, true
	if v.Reason != "" {
		v.Reason = hiddenText
	}
}

func redactRequestDetail(v *requestDetail) {
	redactRequest(&v.RequestView)
	v.Headers, v.Body = map[string][]string{}, nil
}

// redactWorkflow takes the addresses, because whoever has one can start the
// workflow, and what other services said.
func redactWorkflow(v *workflowView) {
	for i := range v.Triggers {
		t := &v.Triggers[i]
		t.URL, t.OldURLs = "", nil
		if t.Watch != nil && t.Watch.Error != "" {
			watch := *t.Watch
			watch.Error, t.Watch = hiddenText, &watch
		}
	}
}

func redactActivity(list []insight.Activity) {
	for i := range list {
		if last := list[i].LastError; last != nil {
			hidden := *last
			hidden.Message = hiddenText
			list[i].LastError = &hidden
		}
	}
}

func redactFailures(groups []insight.FailureGroup) {
	for i := range groups {
		groups[i].Message, groups[i].Detail = hiddenText, ""
	}
}
