package storage

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine"
)

const lastExecution = ` AND NOT EXISTS (SELECT 1 FROM run_steps later WHERE later.workspace_id = run_steps.workspace_id
	AND later.run_id = run_steps.run_id AND later.path = run_steps.path AND later.execution > run_steps.execution)`

var (
	selectStepPage      = q(selectSteps + ` AND (seq > ? OR (seq = ? AND path > ?))` + lastExecution + ` ORDER BY seq, path LIMIT ?`)
	selectStepPageUnder = q(selectSteps + ` AND (seq > ? OR (seq = ? AND path > ?)) AND path >= ? AND path < ?` + lastExecution + ` ORDER BY seq, path LIMIT ?`)
)

// ListSteps lists the journal rows of a run as they began, of the last execution
// of each path, below a prefix of paths unless it is "".
func (s *Store) ListSteps(ctx context.Context, workspace, runID, prefix string, p engine.Page) (engine.List[engine.StepResult], error) {
	on, err := s.readLong(ctx, workspace)
	if err != nil {
		return engine.List[engine.StepResult]{}, err
	}
	seq, path := 0, ""
	if p.Cursor != "" {
		number, rest, _ := strings.Cut(p.Cursor, ":")
		if seq, err = strconv.Atoi(number); err != nil {
			return engine.List[engine.StepResult]{}, fmt.Errorf("cursor %.40q is none of this list", p.Cursor)
		}
		path = rest
	}
	query, args := selectStepPage, []any{workspace, runID, seq, seq, path}
	if p.Cursor == "" {
		args[2], args[3] = -1, -1
	}
	if prefix != "" {
		query, args = selectStepPageUnder, append(args, prefix, afterPrefix(prefix))
	}
	rows, err := all(on, query, append(args, p.Size()+1), readStep)
	if err != nil {
		return engine.List[engine.StepResult]{}, err
	}
	part := cut(rows, p.Size(), func(r stepRow) string { return strconv.Itoa(r.Seq) + ":" + r.Path })
	items, err := on.results(workspace, part.Items)
	return engine.List[engine.StepResult]{Items: items, Next: part.Next}, err
}

// statRuns is how many of a workflow's newest runs its statistics look at.
const statRuns = 10_000

// selectStats says CROSS JOIN, which keeps SQLite from reading all steps of the
// workspace first.
var selectStats = q(`SELECT s.step_id, COUNT(*), SUM(CASE WHEN s.status = 'waiting' THEN 1 ELSE 0 END),
		SUM(CASE WHEN s.status IN ('failed', 'unknown') THEN 1 ELSE 0 END)
	FROM (SELECT id FROM runs WHERE workspace_id = ? AND workflow_id = ? AND mode = 'live' AND created_at >= ? AND created_at < ?
		ORDER BY id DESC LIMIT ?) r
	CROSS JOIN run_steps s WHERE s.workspace_id = ? AND s.run_id = r.id GROUP BY s.step_id ORDER BY s.step_id`)

// StepStats counts what the steps of a workflow did in its live runs that began
// in a time, of the 10,000 newest.
func (s *Store) StepStats(ctx context.Context, workspace, workflowID string, from, to time.Time) ([]engine.StepStat, error) {
	on, err := s.readLong(ctx, workspace)
	if err != nil {
		return nil, err
	}
	args := []any{workspace, workflowID, micros(from), micros(to), statRuns, workspace}
	return all(on, selectStats, args, func(row scanner) (st engine.StepStat, err error) {
		return st, row.Scan(&st.StepID, &st.Entered, &st.Waiting, &st.Failed)
	})
}
