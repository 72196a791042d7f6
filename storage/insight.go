package storage

import (
	"context"
	"fmt"
	"time"

	"github.com/hookloom/hookloom/engine"
)

var selectFailures = q(`SELECT id, status, workflow_id, version, trigger_id, error, created_at, finished_at FROM runs
	WHERE workspace_id = ? AND status = ? AND ` + runsStatus + `
		AND id >= ? AND kind = 'workflow' AND mode = 'live' AND finished_at >= ? ORDER BY id DESC LIMIT ?`)

// FailedRuns returns the live runs that failed or were parked from a time on, of
// each status the newest up to max. Only what a list of failures shows is filled
// in. It looks at runs that began up to 31 days before.
func (s *Store) FailedRuns(ctx context.Context, workspace string, from time.Time, max int) ([]engine.Run, error) {
	on, err := s.readLong(ctx, workspace)
	if err != nil {
		return nil, err
	}
	var runs []engine.Run
	for _, status := range []engine.Status{engine.Failed, engine.Parked} {
		args := []any{workspace, string(status), firstID("run", from.Add(-31*24*time.Hour)), micros(from), max}
		part, err := all(on, selectFailures, args, func(row scanner) (r engine.Run, err error) {
			var status string
			var workflow *string
			var failure []byte
			var created, finished int64
			if err := row.Scan(&r.ID, &status, &workflow, &r.Version, &r.Trigger, &failure, &created, &finished); err != nil {
				return r, err
			}
			if workflow != nil {
				r.WorkflowID = *workflow
			}
			r.Workspace, r.Status, r.CreatedAt, r.FinishedAt = workspace, engine.Status(status), timeOf(created), timeOf(finished)
			return r, decode(failure, &r.Error)
		})
		if err != nil {
			return nil, err
		}
		runs = append(runs, part...)
	}
	return runs, nil
}

// countedRuns bounds what one chart looks at.
const countedRuns = 200_000

var (
	countRuns = q(`SELECT workflow_id, created_at / ? AS slot, status, COUNT(*) FROM (
			SELECT workflow_id, created_at, status FROM runs WHERE workspace_id = ? AND id >= ? AND kind = 'workflow' AND mode = 'live'
				AND workflow_id IS NOT NULL AND created_at >= ? AND created_at < ? ORDER BY id DESC LIMIT ?) r
		GROUP BY workflow_id, slot, status`)
	countRunsOf = q(`SELECT workflow_id, created_at / ? AS slot, status, COUNT(*) FROM (
			SELECT workflow_id, created_at, status FROM runs WHERE workspace_id = ? AND workflow_id = ? AND workflow_id IS NOT NULL AND id >= ?
				AND kind = 'workflow' AND mode = 'live' AND created_at >= ? AND created_at < ? ORDER BY id DESC LIMIT ?) r
		GROUP BY workflow_id, slot, status`)
)

// CountRuns counts the live runs that began in a time, by workflow, status and
// slot of the given length; workflowID "" takes all workflows. It looks at the
// 200,000 newest of them.
func (s *Store) CountRuns(ctx context.Context, workspace, workflowID string, from, to time.Time, slot time.Duration) ([]engine.RunCount, error) {
	if slot < time.Second {
		return nil, fmt.Errorf("a slot of %s is too short", slot)
	}
	on, err := s.readLong(ctx, workspace)
	if err != nil {
		return nil, err
	}
	first := firstID("run", from.Add(-24*time.Hour))
	query, args := countRuns, []any{slot.Microseconds(), workspace, first, micros(from), micros(to), countedRuns}
	if workflowID != "" {
		query, args = countRunsOf, []any{slot.Microseconds(), workspace, workflowID, first, micros(from), micros(to), countedRuns}
	}
	return all(on, query, args, func(row scanner) (c engine.RunCount, err error) {
		var n int64
		var status string
		err = row.Scan(&c.WorkflowID, &n, &status, &c.Count)
		c.Slot, c.Status = timeOf(n*slot.Microseconds()), engine.Status(status)
		return c, err
	})
}

// firstID is below every id with the prefix that was made at a time or later,
// because ids begin with their milliseconds. It bounds a search by the primary
// key.
func firstID(prefix string, at time.Time) string {
	ms := max(at.UnixMilli(), 0)
	return fmt.Sprintf("%s_%08x-%04x", prefix, ms>>16, ms&0xffff)
}
