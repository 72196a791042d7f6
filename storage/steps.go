package storage

import (
	"context"
	"slices"

	"github.com/hookloom/hookloom/engine"
)

const stepColumns = `path, execution, seq, step_id, type, name, status, port, params, params_blob, output, output_blob,
	error, missing, notes, attempts, effect, simulated, due_at, started_at, finished_at`

var putStep = q(`INSERT INTO run_steps (workspace_id, run_id, ` + stepColumns + `)
	VALUES (` + marks(23) + `)
	ON CONFLICT (workspace_id, run_id, path, execution) DO UPDATE SET
		status = excluded.status, port = excluded.port, params = excluded.params, params_blob = excluded.params_blob,
		output = excluded.output, output_blob = excluded.output_blob, error = excluded.error, missing = excluded.missing,
		notes = excluded.notes, attempts = excluded.attempts, effect = excluded.effect, simulated = excluded.simulated,
		due_at = excluded.due_at, started_at = excluded.started_at, finished_at = excluded.finished_at`)

var (
	insertStep = q(`INSERT INTO run_steps (workspace_id, run_id, ` + stepColumns + `) VALUES (` + marks(23) + `)`)
	// insertStepOfRun stores a row only if its run was stored.
	insertStepOfRun = q(`INSERT INTO run_steps (workspace_id, run_id, ` + stepColumns + `) SELECT ` + marks(23) + `
		FROM runs WHERE workspace_id = ? AND id = ?`)
)

// endStep writes what is new in a row that was stored with its params. Without
// foreign keys to set it needs no journal of its own in SQLite, see
// progressContact.
var endStep = q(`UPDATE run_steps SET status = ?, port = ?, output = ?, error = ?, missing = ?, notes = ?, attempts = ?, effect = ?,
	simulated = ?, due_at = ?, started_at = ?, finished_at = ? WHERE workspace_id = ? AND run_id = ? AND path = ? AND execution = ?`)

// putStep adds the statements that store one journal row.
func (s *Store) putStep(b *batch, workspace, runID string, r *engine.StepResult) {
	at := micros(r.StartedAt)
	if r.Begun && len(r.Output) <= inlineLimit {
		b.add(endStep, string(r.Status), r.Port, bytesOrNull(r.Output), encodePointer(r.Error), encodeList(r.Missing), encodeList(r.Notes),
			encodeList(r.Attempts), r.Effect, r.Simulated, micros(r.DueAt), at, micros(r.FinishedAt),
			workspace, runID, r.Path, max(r.Execution, 1)).miss = engine.ErrLost
		return
	}
	s.insertStep(b, putStep, workspace, runID, r)
}

// insertStep adds the statements that store a whole journal row by query.
func (s *Store) insertStep(b *batch, query *query, workspace, runID string, r *engine.StepResult) {
	at := micros(r.StartedAt)
	params, paramsRef := s.put(b, workspace, r.Params, at)
	output, outputRef := s.put(b, workspace, r.Output, at)
	args := make([]any, 0, 25)
	args = append(args, workspace, runID, r.Path, max(r.Execution, 1), r.Seq, r.StepID, r.Type, r.Name, string(r.Status), r.Port,
		params, paramsRef, output, outputRef, encodePointer(r.Error), encodeList(r.Missing), encodeList(r.Notes),
		encodeList(r.Attempts), r.Effect, r.Simulated, micros(r.DueAt), at, micros(r.FinishedAt))
	if query == insertStepOfRun {
		args = append(args, workspace, runID)
	}
	b.add(query, args...)
}

// stepRow is a journal row whose large values are not fetched yet.
type stepRow struct {
	engine.StepResult
	paramsRef, outputRef []byte
}

func readStep(row scanner) (r stepRow, err error) {
	var status string
	var failure, missing, notes, attempts []byte
	var due, started, finished int64
	err = row.Scan(&r.Path, &r.Execution, &r.Seq, &r.StepID, &r.Type, &r.Name, &status, &r.Port,
		&r.Params, &r.paramsRef, &r.Output, &r.outputRef, &failure, &missing, &notes, &attempts,
		&r.Effect, &r.Simulated, &due, &started, &finished)
	if err != nil {
		return r, err
	}
	r.Status = engine.StepStatus(status)
	r.DueAt, r.StartedAt, r.FinishedAt = timeOf(due), timeOf(started), timeOf(finished)
	for _, part := range []struct {
		text []byte
		dst  any
	}{{failure, &r.Error}, {missing, &r.Missing}, {notes, &r.Notes}, {attempts, &r.Attempts}} {
		if err := decode(part.text, part.dst); err != nil {
			return r, err
		}
	}
	return r, nil
}

// results fetches the large values of rows, which must all be read by then: a
// connection serves one open query at a time.
func (s session) results(workspace string, rows []stepRow) ([]engine.StepResult, error) {
	list := make([]engine.StepResult, len(rows))
	for i := range rows {
		r := &rows[i]
		var err error
		if r.Params, err = s.fetch(workspace, r.Params, r.paramsRef); err != nil {
			return nil, err
		}
		if r.Output, err = s.fetch(workspace, r.Output, r.outputRef); err != nil {
			return nil, err
		}
		list[i] = r.StepResult
	}
	return list, nil
}

// latest keeps the last execution of each path of rows that are ordered by path
// and execution, and orders them as they began.
func latest(rows []stepRow) []stepRow {
	kept := rows[:0]
	for i := range rows {
		if i+1 < len(rows) && rows[i+1].Path == rows[i].Path {
			continue
		}
		kept = append(kept, rows[i])
	}
	slices.SortStableFunc(kept, func(a, b stepRow) int { return a.Seq - b.Seq })
	return kept
}

const selectSteps = `SELECT ` + stepColumns + ` FROM run_steps WHERE workspace_id = ? AND run_id = ?`

var (
	selectAllSteps   = q(selectSteps + ` ORDER BY path, execution`)
	selectStepsUnder = q(selectSteps + ` AND path >= ? AND path < ? ORDER BY path, execution`)
	selectLastSeq    = q(`SELECT COALESCE(MAX(seq), 0) FROM run_steps WHERE workspace_id = ? AND run_id = ?`)
	selectStepsOf    = qIn(selectSteps+` AND path IN`, ` ORDER BY path, execution`)
)

// Steps returns the journal rows of a run, see engine.Journal.
func (s *Store) Steps(ctx context.Context, workspace, runID string, paths ...string) ([]engine.StepResult, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return nil, err
	}
	if len(paths) == 0 {
		return on.steps(workspace, selectAllSteps, workspace, runID)
	}
	paths = slices.Compact(slices.Sorted(slices.Values(paths)))
	var rows []stepRow
	err = eachIn(on, selectStepsOf, []any{workspace, runID}, paths, func(row scanner) error {
		r, err := readStep(row)
		rows = append(rows, r)
		return err
	})
	if err != nil {
		return nil, err
	}
	return on.results(workspace, latest(rows))
}

// StepsUnder returns the rows whose path starts with prefix, see
// engine.Journal.
func (s *Store) StepsUnder(ctx context.Context, workspace, runID, prefix string) ([]engine.StepResult, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return nil, err
	}
	if prefix == "" {
		return on.steps(workspace, selectAllSteps, workspace, runID)
	}
	return on.steps(workspace, selectStepsUnder, workspace, runID, prefix, afterPrefix(prefix))
}

// afterPrefix is the first text after all that start with prefix, bytewise.
// Paths are made of ASCII ids, so the last byte can always grow.
func afterPrefix(prefix string) string {
	last := len(prefix) - 1
	return prefix[:last] + string(rune(prefix[last])+1)
}

// LastSeq returns the highest Seq of a run's rows, see engine.Journal.
func (s *Store) LastSeq(ctx context.Context, workspace, runID string) (int, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return 0, err
	}
	return first(on, selectLastSeq, []any{workspace, runID}, func(row scanner) (seq int, err error) {
		return seq, row.Scan(&seq)
	})
}

func (s session) steps(workspace string, query *query, args ...any) ([]engine.StepResult, error) {
	rows, err := all(s, query, args, readStep)
	if err != nil {
		return nil, err
	}
	return s.results(workspace, latest(rows))
}
