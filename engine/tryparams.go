package engine

import (
	"context"

	"github.com/hookloom/hookloom/nodes"
)

// TryParams makes the harmless call of a connection's type with params that are
// not stored. The error says what the service answered; a type without such a call
// has none.
func (e *Engine) TryParams(ctx context.Context, workspace string, t *nodes.NodeType, params map[string]any) (err error) {
	if t.Test == nil {
		return nil
	}
	defer recovered(&err)
	return t.Test(ctx, e.outlet(workspace), params)
}
