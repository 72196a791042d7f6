package storage

import (
	"context"

	"github.com/hookloom/hookloom/engine"
)

// sampleRuns is how many of a workflow's newest runs are looked through for what
// its steps gave.
const sampleRuns = 50

// selectSamples names the rows in which the steps of a workflow last succeeded,
// from the newest. What a loop did is bounded: 5,000 rows. CROSS JOIN keeps
// SQLite from reading all steps of the workspace first.
var selectSamples = q(`SELECT s.run_id, s.step_id, s.path, s.finished_at FROM (
		SELECT id FROM runs WHERE workspace_id = ? AND workflow_id = ? ORDER BY id DESC LIMIT ?) r
	CROSS JOIN run_steps s WHERE s.workspace_id = ? AND s.run_id = r.id AND s.status = 'succeeded'
	ORDER BY r.id DESC, s.seq, s.path, s.execution DESC LIMIT 5000`)

// SampleOutputs returns the newest succeeded results of a workflow's steps by
// step id, of live and test runs alike, among its 50 newest runs. Steps that did
// not succeed there are absent.
func (s *Store) SampleOutputs(ctx context.Context, workspace, workflowID string, stepIDs []string) (map[string]engine.SampleOutput, error) {
	if len(stepIDs) == 0 {
		return nil, nil
	}
	on, err := s.readLong(ctx, workspace)
	if err != nil {
		return nil, err
	}
	wanted := make(map[string]bool, len(stepIDs))
	for _, id := range stepIDs {
		wanted[id] = true
	}
	type place struct {
		run, step, path string
		at              int64
	}
	rows, err := all(on, selectSamples, []any{workspace, workflowID, sampleRuns, workspace}, func(row scanner) (p place, err error) {
		return p, row.Scan(&p.run, &p.step, &p.path, &p.at)
	})
	if err != nil {
		return nil, err
	}
	found := make(map[string]engine.SampleOutput, len(stepIDs))
	paths := map[string][]string{} // by run
	for _, r := range rows {
		if wanted[r.step] {
			wanted[r.step] = false
			found[r.step] = engine.SampleOutput{Run: r.run, At: timeOf(r.at)}
			paths[r.run] = append(paths[r.run], r.path)
		}
	}
	for run, of := range paths {
		results, err := s.Steps(ctx, workspace, run, of...)
		if err != nil {
			return nil, err
		}
		for _, r := range results {
			if o, ok := found[r.StepID]; ok && o.Run == run {
				o.Output, o.Simulated = r.Output, r.Simulated
				found[r.StepID] = o
			}
		}
	}
	return found, nil
}
