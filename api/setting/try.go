package setting

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
)

type testedView struct {
	OK      bool   `json:"ok"`
	Message string `json:"message" doc:"What went wrong and what to do; empty when it works"`
	Account string `json:"account,omitempty" doc:"Whose credential it is, where the service says so"`
}

// testTime bounds the test of a connection.
const testTime = 20 * time.Second

// testConnection makes the type's harmless call. What the service says is the
// answer, not an error of ours.
func (a *API) testConnection(ctx context.Context, in *rest.ByID) (*rest.One[testedView], error) {
	c, t, err := a.knownConnection(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if t.Test == nil && t.Account == nil {
		return nil, &engine.StateError{Message: fmt.Sprintf("Connections of type %q cannot be tested: use it in a test of a step.", t.Name)}
	}
	ctx, cancel := context.WithTimeout(ctx, testTime)
	defer cancel()
	account, err := a.Engine.TestConnection(ctx, rest.WorkspaceOf(ctx).ID, c)
	if errors.Is(err, engine.ErrUnavailable) || errors.Is(err, engine.ErrNotFound) {
		return nil, err
	}
	if err != nil {
		return &rest.One[testedView]{Body: testedView{Message: err.Error()}}, nil
	}
	return &rest.One[testedView]{Body: testedView{OK: true, Account: account}}, nil
}
