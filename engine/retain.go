package engine

import (
	"context"
	"time"
)

// retainEvery is how often old rows are looked for.
const retainEvery = time.Hour

// Retain removes what is older than the retention. Start calls it each hour.
func (e *Engine) Retain(ctx context.Context) error {
	if e.retention <= 0 {
		return nil
	}
	removed, err := e.store.Prune(ctx, e.now().Add(-e.retention))
	if removed > 0 {
		e.log.Info("old history removed", "rows", removed)
	}
	return err
}
