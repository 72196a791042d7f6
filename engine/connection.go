package engine

import (
	"context"

	"github.com/hookloom/hookloom/nodes"
)

// TestConnection makes the harmless call of a connection's type with its
// secrets opened, and tells whose credential it is, "" when the service does not
// say. The error says what the service answered; it is a *StateError when the type
// has no such call.
func (e *Engine) TestConnection(ctx context.Context, workspace string, c Connection) (account string, err error) {
	t := e.registry.Lookup(c.Type)
	if t != nil && t.OAuth != nil {
		if err := e.testSignIn(ctx, workspace, c); err != nil {
			return "", err
		}
	}
	if t == nil || t.Test == nil && t.Account == nil {
		return "", stateError("Connections of type %s cannot be tested.", c.Type)
	}
	params, err := e.openSecrets(ctx, workspace, t, c.Params, inMemory)
	if err != nil {
		return "", err
	}
	return tryOut(ctx, e.outlet(workspace), t, params)
}

// tryOut turns a panic of the type's code into an error.
func tryOut(ctx context.Context, http nodes.HTTPClient, t *nodes.NodeType, params map[string]any) (account string, err error) {
	defer recovered(&err)
	if t.Account != nil {
		return t.Account(ctx, http, params)
	}
	return "", t.Test(ctx, http, params)
}
