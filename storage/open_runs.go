package storage

import (
	"context"

	"github.com/hookloom/hookloom/engine"
)

// maxOpenCount is where counting the open runs of a workflow ends, for each
// status.
const maxOpenCount = 10_000

// One query for each status, in the words of the index that holds it.
var countOpen = map[engine.Status]*query{
	engine.Waiting: q(`SELECT version, COUNT(*) FROM (SELECT version FROM runs WHERE workspace_id = ? AND status = 'waiting'
		AND ` + runsStatus + ` AND workflow_id = ? AND mode = 'live' LIMIT ?) r GROUP BY version`),
	engine.Queued: q(`SELECT version, COUNT(*) FROM (SELECT version FROM runs WHERE workspace_id = ? AND status = 'queued'
		AND workflow_id = ? AND mode = 'live' LIMIT ?) r GROUP BY version`),
	engine.Running: q(`SELECT version, COUNT(*) FROM (SELECT version FROM runs WHERE workspace_id = ? AND status = 'running'
		AND workflow_id = ? AND mode = 'live' LIMIT ?) r GROUP BY version`),
	engine.Held: q(`SELECT version, COUNT(*) FROM (SELECT version FROM runs WHERE workspace_id = ? AND status = 'held'
		AND workflow_id = ? AND mode = 'live' LIMIT ?) r GROUP BY version`),
}

// OpenRuns counts the live runs of a workflow that are not finished, by status
// and version, up to 10,000 of each status.
func (s *Store) OpenRuns(ctx context.Context, workspace, workflowID string) ([]engine.OpenCount, error) {
	on, err := s.readLong(ctx, workspace)
	if err != nil {
		return nil, err
	}
	var counts []engine.OpenCount
	for _, status := range []engine.Status{engine.Waiting, engine.Queued, engine.Running, engine.Held} {
		part, err := all(on, countOpen[status], []any{workspace, workflowID, maxOpenCount}, func(row scanner) (c engine.OpenCount, err error) {
			c.Status = status
			return c, row.Scan(&c.Version, &c.Count)
		})
		if err != nil {
			return nil, err
		}
		counts = append(counts, part...)
	}
	return counts, nil
}
