// Package insight says at a glance how workflows are doing: what failed and why,
// and how much ran when.
package insight

import (
	"context"
	"sync"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/nodes"
)

// Store is what insight reads of the database.
type Store interface {
	// FailedRuns returns live runs that failed or were parked from a time on, of
	// each status up to max, newest first.
	FailedRuns(ctx context.Context, workspace string, from time.Time, max int) ([]engine.Run, error)
	// CountRuns counts live runs by workflow, status and slot of time.
	CountRuns(ctx context.Context, workspace, workflowID string, from, to time.Time, slot time.Duration) ([]engine.RunCount, error)
	WorkflowInfo(ctx context.Context, workspace, id string) (engine.WorkflowInfo, error)
}

// Insight answers for all workspaces; every call names one. It is safe for
// concurrent use.
type Insight struct {
	store    Store
	registry *nodes.Registry
	now      func() time.Time

	mu     sync.Mutex
	counts map[string]cached
}

// cached spares the database the same counting for every open page.
type cached struct {
	counts []engine.RunCount
	until  time.Time
}

// cachedFor is how old the numbers of a chart may be.
const cachedFor = 5 * time.Second

// New makes an Insight; all are required.
func New(store Store, registry *nodes.Registry, now func() time.Time) *Insight {
	return &Insight{store: store, registry: registry, now: now, counts: map[string]cached{}}
}
