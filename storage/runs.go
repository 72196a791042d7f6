package storage

import (
	"context"

	"github.com/hookloom/hookloom/engine"
)

const runColumns = `id, kind, mode, workflow_id, version, definition, status, end_reason, epoch, owner, due_at,
	cursor, trigger_id, input, input_blob, body_at, request_id, event_id, contact_id, replay_of, root_run, parent_run, cause_run, depth,
	ordering_key, priority, until_step, error, created_at, started_at, finished_at`

var (
	insertRun = q(`INSERT INTO runs (workspace_id, ring_at, ` + runColumns + `) VALUES (` + marks(33) + `)`)
	// insertRunOfRequest stores a run only if its request was stored and is no
	// duplicate.
	insertRunOfRequest = q(`INSERT INTO runs (workspace_id, ring_at, ` + runColumns + `) SELECT ` + marks(33) + `
		FROM requests WHERE workspace_id = ? AND id = ? AND verdict <> 'duplicate'`)
	// insertRunOfEvent leaves a run alone that an earlier try has stored.
	insertRunOfEvent = q(`INSERT INTO runs (workspace_id, ring_at, ` + runColumns + `) VALUES (` + marks(33) + `) ON CONFLICT DO NOTHING`)

	selectRun     = q(`SELECT ` + runColumns + ` FROM runs WHERE workspace_id = ? AND id = ?`)
	selectRunLock = q(`SELECT ` + runColumns + ` FROM runs WHERE workspace_id = ? AND id = ? $update`)
	setRun        = q(`UPDATE runs SET workflow_id = ?, version = ?, definition = ?, status = ?, end_reason = ?, epoch = ?, owner = ?,
		due_at = ?, ring_at = ?, cursor = ?, contact_id = ?, priority = ?, until_step = ?, error = ?, started_at = ?, finished_at = ?
		WHERE workspace_id = ? AND id = ?`)
)

// insertRun adds the statements that store a run. body is that of the request
// that started it, which is stored too, nil for none; more are the arguments
// that the query takes behind the columns.
func (s *Store) insertRun(b *batch, query *query, r *engine.Run, body []byte, more ...any) {
	created := micros(r.CreatedAt)
	if created == 0 {
		created = micros(s.now())
	}
	due := micros(r.DueAt)
	if due == 0 {
		due = created
	}
	root := r.RootRun
	if root == "" {
		root = r.ID
	}
	rest, bodyAt := cutBody(r.Input, body)
	input, inputRef := s.put(b, r.Workspace, rest, created)
	args := make([]any, 0, 35)
	args = append(args, r.Workspace, due, r.ID, string(r.Kind), string(r.Mode), orNull(r.WorkflowID), r.Version, r.Definition,
		string(r.Status), r.EndReason, r.Epoch, r.Owner, due, encodeList(r.Cursor), r.Trigger, input, inputRef, bodyAt,
		r.RequestID, r.EventID, orNull(r.ContactID), r.ReplayOf, root, r.ParentRun, r.CauseRun, r.Depth,
		r.OrderingKey, r.Priority, r.UntilStep, encodePointer(r.Error), created, micros(r.StartedAt), micros(r.FinishedAt))
	b.add(query, append(args, more...)...)
}

// runRow is a run whose input is not fetched yet.
type runRow struct {
	engine.Run
	inputRef []byte
	bodyAt   int
}

func readRun(row scanner) (r runRow, err error) {
	var kind, mode, status string
	var workflow, contact *string
	var cursor, failure []byte
	var due, created, started, finished int64
	err = row.Scan(&r.ID, &kind, &mode, &workflow, &r.Version, &r.Definition, &status, &r.EndReason, &r.Epoch, &r.Owner, &due,
		&cursor, &r.Trigger, &r.Input, &r.inputRef, &r.bodyAt, &r.RequestID, &r.EventID, &contact, &r.ReplayOf, &r.RootRun, &r.ParentRun,
		&r.CauseRun, &r.Depth, &r.OrderingKey, &r.Priority, &r.UntilStep, &failure, &created, &started, &finished)
	if err != nil {
		return r, err
	}
	r.Kind, r.Mode, r.Status = engine.RunKind(kind), engine.Mode(mode), engine.Status(status)
	if workflow != nil {
		r.WorkflowID = *workflow
	}
	if contact != nil {
		r.ContactID = *contact
	}
	r.DueAt, r.CreatedAt, r.StartedAt, r.FinishedAt = timeOf(due), timeOf(created), timeOf(started), timeOf(finished)
	if err := decode(cursor, &r.Cursor); err != nil {
		return r, err
	}
	return r, decode(failure, &r.Error)
}

// whole fetches the inputs of rows that were read before.
func (s session) whole(workspace string, rows []runRow) ([]engine.Run, error) {
	runs := make([]engine.Run, len(rows))
	for i := range rows {
		input, err := s.input(workspace, &rows[i])
		if err != nil {
			return nil, err
		}
		runs[i] = rows[i].Run
		runs[i].Workspace, runs[i].Input = workspace, input
	}
	return runs, nil
}

func (s session) run(workspace, id string, query *query) (engine.Run, error) {
	row, err := first(s, query, []any{workspace, id}, readRun)
	if err != nil {
		return engine.Run{}, err
	}
	runs, err := s.whole(workspace, []runRow{row})
	if err != nil {
		return engine.Run{}, err
	}
	return runs[0], nil
}

// Run returns a run, see engine.Journal.
func (s *Store) Run(ctx context.Context, workspace, id string) (engine.Run, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return engine.Run{}, err
	}
	return on.run(workspace, id, selectRun)
}

// Run reads a run and locks it until the commit.
func (t *tx) Run(id string) (engine.Run, error) {
	return t.run(t.workspace, id, selectRunLock)
}

// SetRun changes a run whatever its epoch is, see engine.Tx. What a run was
// started with stays as it is.
func (t *tx) SetRun(r engine.Run) error {
	due := micros(r.DueAt)
	if due == 0 {
		due = micros(t.at)
	}
	n, err := t.exec(setRun, orNull(r.WorkflowID), r.Version, r.Definition, string(r.Status), r.EndReason, r.Epoch, r.Owner,
		due, due, encodeList(r.Cursor), orNull(r.ContactID), r.Priority, r.UntilStep, encodePointer(r.Error),
		micros(r.StartedAt), micros(r.FinishedAt), t.workspace, r.ID)
	if err == nil && n == 0 {
		return errNotFound
	}
	return err
}
