package engine

import (
	"context"
	"time"
)

// Usage is what a workspace used in one month.
type Usage struct {
	Workspace string
	// Month is the first moment of the month, in UTC.
	Month time.Time
	// Runs are live runs of workflows that began, Deliveries those to hooks, Emails
	// the letters to contacts that a mail server took.
	Runs, Deliveries, Emails int
}

// MonthOf is the first moment of a time's month, in UTC: usage and limits are
// those of UTC's months in every workspace, so that an agency can add them up.
func MonthOf(at time.Time) time.Time {
	at = at.UTC()
	return time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, time.UTC)
}

// UsageCounting counts what workspaces use, and what their limits hold back.
type UsageCounting interface {
	// CountUsage adds the runs and deliveries that were made before a time and that
	// no earlier call counted to the months in which they were made, in all
	// workspaces. Calls of several processes at once count nothing twice.
	CountUsage(ctx context.Context, before time.Time) error
	// UsedRuns returns how many live runs of workflows began in a month, those that
	// CountUsage has not come to included.
	UsedRuns(ctx context.Context, workspace string, month time.Time) (int, error)
	// LimitedWorkspaces lists the workspaces with runs that wait for their limit.
	LimitedWorkspaces(ctx context.Context) ([]string, error)
}

// UsageTx is what a transaction does with runs that a limit holds back.
type UsageTx interface {
	// LimitedRuns returns up to max runs of the workspace that wait for its limit,
	// oldest first, and locks them.
	LimitedRuns(max int) ([]Run, error)
	// CountReleased counts held runs that begin now, unless CountUsage has still to
	// come to them.
	CountReleased(ids []string) error
	// MayAddWorkflow refuses a workflow that the workspace's limit does not allow.
	MayAddWorkflow() error
}

const (
	// usageEvery is how often new runs are counted; usageSettle is how old they
	// are by then, so that none is committed behind the count. A run whose commit
	// took longer than that is not counted.
	usageEvery  = 15 * time.Second
	usageSettle = time.Minute
)

// CountUsage counts what workspaces have used. Start calls it every 15 seconds.
func (e *Engine) CountUsage(ctx context.Context) error {
	return e.store.CountUsage(ctx, e.now().Add(-usageSettle))
}
