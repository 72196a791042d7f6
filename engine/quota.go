package engine

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"sync"
	"time"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

// The limits of a workspace that are kept to. Whoever runs the installation sets
// them; one that is missing or 0 is none.
const (
	// LimitRuns is how many live runs of workflows may begin in a month; what comes
	// beyond is held and begins when the limit is raised or the month turns.
	LimitRuns = "runs_per_month"
	// LimitContacts is how many contacts a workspace may hold, LimitWorkflows how
	// many workflows outside of the trash. More are refused.
	LimitContacts  = "contacts"
	LimitWorkflows = "workflows"
)

// Limits are the names of all limits, in the order in which people see them.
var Limits = []string{LimitRuns, LimitContacts, LimitWorkflows}

// HeldByLimit is the EndReason of a held run that waits for its workspace's limit;
// that of one that waits for its workflow to be resumed is "".
const HeldByLimit = "limit"

// quotaFor is how long a process goes by what it last read of a limited
// workspace's usage, and by what it started itself since. So one process goes over
// a limit by no more than it is accepting at the moment of reading, several by
// what the others start within that time.
const quotaFor = 5 * time.Second

// quotas tells whether workspaces with a limit may start more runs. Those without
// one cost nothing: no statement, no lock.
type quotas struct {
	store Store
	now   func() time.Time
	mu    sync.Mutex
	known map[string]*quota
}

// quota is what a process knows of one workspace.
type quota struct {
	mu    sync.Mutex
	month time.Time
	used  int
	// waiting says that earlier runs wait for the limit: later ones stand behind
	// them.
	waiting bool
	until   time.Time
}

func newQuotas(store Store, now func() time.Time) *quotas {
	return &quotas{store: store, now: now, known: map[string]*quota{}}
}

// take reports whether one more run may begin now, and counts it then.
func (q *quotas) take(ctx context.Context, ws crm.Workspace) (bool, error) {
	limit := ws.Limits[LimitRuns]
	if limit <= 0 {
		return true, nil
	}
	k := q.of(ws.ID)
	k.mu.Lock()
	defer k.mu.Unlock()
	if err := q.refresh(ctx, ws.ID, k); err != nil {
		return false, err
	}
	if k.waiting || k.used >= limit {
		return false, nil
	}
	k.used++
	return true, nil
}

func (q *quotas) of(workspace string) *quota {
	q.mu.Lock()
	defer q.mu.Unlock()
	k := q.known[workspace]
	if k == nil {
		k = &quota{}
		q.known[workspace] = k
	}
	return k
}

// refresh reads the usage when what is known is too old. The caller holds k.
func (q *quotas) refresh(ctx context.Context, workspace string, k *quota) error {
	now := q.now()
	month := MonthOf(now)
	if now.Before(k.until) && k.month.Equal(month) {
		return nil
	}
	used, err := q.store.UsedRuns(ctx, workspace, month)
	if err != nil {
		return err
	}
	limited, err := q.store.LimitedWorkspaces(ctx)
	if err != nil {
		return err
	}
	k.month, k.used, k.until, k.waiting = month, used, now.Add(quotaFor), false
	for _, id := range limited {
		k.waiting = k.waiting || id == workspace
	}
	return nil
}

// left is how many runs may begin by what the database says now.
func (q *quotas) left(ctx context.Context, ws crm.Workspace) (int, error) {
	limit := ws.Limits[LimitRuns]
	if limit <= 0 {
		return math.MaxInt, nil
	}
	used, err := q.store.UsedRuns(ctx, ws.ID, MonthOf(q.now()))
	return limit - used, err
}

// forget has the next run ask the database.
func (q *quotas) forget(workspace string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.known, workspace)
}

// bound holds a run back that its workspace's limit does not let begin now.
// limited reports that it did.
func (e *Engine) bound(ctx context.Context, run *Run) (limited bool, err error) {
	if run.Kind != KindWorkflow || run.Mode != ModeLive || run.Status != Queued {
		return false, nil
	}
	_, limited, err = e.overLimit(ctx, run.Workspace)
	if limited {
		run.Status, run.EndReason = Held, HeldByLimit
	}
	return limited, err
}

// overLimit counts one more run of a workspace, unless that is over its limit.
func (e *Engine) overLimit(ctx context.Context, workspace string) (ws crm.Workspace, over bool, err error) {
	if ws, _, err = e.workspaces.get(ctx, workspace); err != nil {
		return ws, false, err
	}
	begins, err := e.quotas.take(ctx, ws)
	return ws, err == nil && !begins, err
}

// holdBack is bound for a request that a trigger has accepted: it is kept, and so
// is its dedupe key.
func (e *Engine) holdBack(ctx context.Context, ep *endpoint, a Arrival, receipt *nodes.Receipt) (limited bool, err error) {
	if receipt.Verdict != nodes.Accepted || a.Test || a.Sample || ep.Definition == "" {
		return false, nil
	}
	ws, limited, err := e.overLimit(ctx, ep.Workspace)
	if err != nil || !limited {
		return false, err
	}
	receipt.Verdict, receipt.Reason, receipt.Reply = nodes.Held, OverRuns(ws, e.now()), nil
	return true, nil
}

// OverRuns says to people why a run waits for its workspace's limit.
func OverRuns(ws crm.Workspace, now time.Time) string {
	return fmt.Sprintf("The workspace has used up its %s of this month: this is kept, and runs when the limit is raised or on %s.",
		count(ws.Limits[LimitRuns], "run"), MonthOf(now).AddDate(0, 1, 0).Format("2 January 2006"))
}

// count writes "1 run" and "1,000 runs".
func count(n int, noun string) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	if n == 1 {
		return digits + " " + noun
	}
	return digits + " " + noun + "s"
}

// RefusedByLimit is the error for one thing too many; noun names it in the
// singular.
func RefusedByLimit(limit int, noun string) error {
	return &crm.Rejected{Code: "limit", Message: fmt.Sprintf("This workspace may have %s, and has them. Delete some, or ask whoever runs this installation for a higher limit.", count(limit, noun))}
}
