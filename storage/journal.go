package storage

import (
	"context"

	"github.com/hookloom/hookloom/engine"
)

var (
	// selectEffect looks into the run and into its replays.
	selectEffect = q(`SELECT ` + stepColumns + ` FROM run_steps WHERE workspace_id = ? AND path = ? AND effect AND status = 'succeeded'
		AND run_id IN (SELECT CAST(? AS TEXT) UNION ALL SELECT id FROM runs WHERE workspace_id = ? AND root_run = ? AND replay_of <> '')
		ORDER BY finished_at DESC, run_id DESC LIMIT 1`)
	selectOpenSteps = q(selectSteps + ` AND status IN ('running', 'waiting', 'failed', 'unknown')
		AND NOT EXISTS (SELECT 1 FROM run_steps later WHERE later.workspace_id = run_steps.workspace_id AND later.run_id = run_steps.run_id
			AND later.path = run_steps.path AND later.execution > run_steps.execution)
		ORDER BY path, execution`)
	// selectLastOutput looks at a workflow's newest runs only: a step that did
	// not run for so long has no output worth showing.
	selectLastOutput = q(`SELECT s.output, s.output_blob FROM (
			SELECT id FROM runs WHERE workspace_id = ? AND workflow_id = ? AND mode = 'live' ORDER BY id DESC LIMIT 200) r
		CROSS JOIN run_steps s WHERE s.workspace_id = ? AND s.run_id = r.id AND s.step_id = ? AND s.status = 'succeeded' AND NOT s.simulated
		ORDER BY r.id DESC, s.finished_at DESC LIMIT 1`)
	selectConnection = q(`SELECT id, type, name, params, waiting_since, problem, problem_at FROM connections WHERE workspace_id = ? AND id = ? AND deleted_at = 0`)
)

// Effect returns the latest succeeded step result with an effect, see
// engine.Journal.
func (s *Store) Effect(ctx context.Context, workspace, root, path string) (engine.StepResult, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return engine.StepResult{}, err
	}
	row, err := first(on, selectEffect, []any{workspace, path, root, workspace, root}, readStep)
	if err != nil {
		return engine.StepResult{}, err
	}
	results, err := on.results(workspace, []stepRow{row})
	if err != nil {
		return engine.StepResult{}, err
	}
	return results[0], nil
}

// OpenSteps returns the journal rows of a run that are not done, see engine.Tx.
func (t *tx) OpenSteps(runID string) ([]engine.StepResult, error) {
	return t.steps(t.workspace, selectOpenSteps, t.workspace, runID)
}

// LastOutput returns what a workflow's step last gave, see engine.Journal. It
// looks at the 200 newest live runs.
func (s *Store) LastOutput(ctx context.Context, workspace, workflowID, stepID string) ([]byte, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return nil, err
	}
	row, err := first(on, selectLastOutput, []any{workspace, workflowID, workspace, stepID}, func(row scanner) (r stepRow, err error) {
		return r, row.Scan(&r.Output, &r.outputRef)
	})
	if err != nil {
		return nil, err
	}
	return on.fetch(workspace, row.Output, row.outputRef)
}

// Connection returns a stored credential, see engine.Journal.
func (s *Store) Connection(ctx context.Context, workspace, id string) (engine.Connection, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return engine.Connection{}, err
	}
	return first(on, selectConnection, []any{workspace, id}, func(row scanner) (c engine.Connection, err error) {
		var params []byte
		var waiting, problem int64
		if err := row.Scan(&c.ID, &c.Type, &c.Name, &params, &waiting, &c.Problem, &problem); err != nil {
			return c, err
		}
		c.WaitingSince, c.ProblemAt = timeOf(waiting), timeOf(problem)
		c.Params, err = decodeObject(params)
		return c, err
	})
}
