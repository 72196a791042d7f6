package rollout

import (
	"errors"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/workflow"
)

// Said is an error as a sentence for a person, when there is something that a
// person can do about it; false for all other errors: those belong into the log,
// and a database that is away is asked again.
func Said(err error) (sentence string, ok bool) {
	var document *engine.DocumentError
	var state *engine.StateError
	var refused *crm.Rejected
	var taken *crm.Conflict
	var problem workflow.Problem
	switch {
	case errors.As(err, &document):
		return document.Error(), true
	case errors.As(err, &state):
		return state.Message, true
	case errors.As(err, &refused):
		return refused.Message, true
	case errors.As(err, &taken):
		return "There is " + taken.Message + ".", true
	case errors.As(err, &problem):
		return problem.Message, true
	case errors.Is(err, engine.ErrNotFound):
		return "The client, or what was to be changed there, is not there any more.", true
	}
	return "", false
}
