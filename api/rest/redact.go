package rest

import (
	"context"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
)

// A client's viewer sees that things work, not whose data they work with. Two
// rules keep it so. A route is closed to who may not see values unless it says
// (Route.Redacts) that its answers have none or leave them out, so that a new
// route is closed by itself. And what is left out is left out here, before it
// becomes JSON.

// HiddenText stands where an error would quote a value.
const HiddenText = "What happened is hidden, because it may quote somebody's data."

// SeesValues tells whether the caller may see the values inside of runs and
// requests.
func SeesValues(ctx context.Context) bool {
	return CallerOf(ctx).Can(account.PayloadsRead, WorkspaceOf(ctx).ID)
}

// MayLookFor refuses to search in values that the caller may not see: a list that
// finds them tells them.
func MayLookFor(ctx context.Context, q string) error {
	if q == "" || SeesValues(ctx) {
		return nil
	}
	return problem.New(problem.CodeForbidden, "Your role does not show the values of runs and requests, so it cannot search in them either.")
}

// AsSeen returns what show makes of a thing, without values for who may not see
// them.
func AsSeen[R, T any](ctx context.Context, show func(R) T, redact func(*T)) func(R) T {
	if SeesValues(ctx) {
		return show
	}
	return func(r R) T {
		v := show(r)
		redact(&v)
		return v
	}
}

// HiddenFailure keeps where and of which kind a failure was.
func HiddenFailure(f *engine.Failure) *engine.Failure {
	if f == nil {
		return nil
	}
	return &engine.Failure{Code: f.Code, Message: HiddenText, Step: f.Step, Field: f.Field}
}
