package storage

import (
	"context"
	"fmt"

	"github.com/hookloom/hookloom/engine"
)

const workflowColumns = `id, name, folder, status, draft, draft_hash, revision, live_version, live_hash, stamp, created_at, updated_at, deleted_at`

var (
	selectWorkflow = q(`SELECT ` + workflowColumns + ` FROM workflows WHERE workspace_id = ? AND id = ? AND purged_at = 0`)
	insertWorkflow = q(`INSERT INTO workflows (workspace_id, ` + workflowColumns + `) VALUES (` + marks(14) + `)`)
	updateWorkflow = q(`UPDATE workflows SET name = ?, folder = ?, status = ?, draft = ?, draft_hash = ?, revision = ?, live_version = ?,
		live_hash = ?, stamp = ?, updated_at = ?, deleted_at = ? WHERE workspace_id = ? AND id = ? AND purged_at = 0`)

	putDefinition    = q(`INSERT INTO definitions (workspace_id, hash, document, created_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`)
	selectDefinition = q(`SELECT document FROM definitions WHERE workspace_id = ? AND hash = ?`)

	insertVersion = q(`INSERT INTO versions (workspace_id, workflow_id, number, definition, published_by, created_at) VALUES (?, ?, ?, ?, ?, ?)`)
	selectVersion = q(`SELECT workflow_id, number, definition, published_by, created_at FROM versions
		WHERE workspace_id = ? AND workflow_id = ? AND number = ?`)
)

func readWorkflow(row scanner) (w engine.Workflow, err error) {
	var status string
	var created, updated, deleted int64
	err = row.Scan(&w.ID, &w.Name, &w.Folder, &status, &w.Draft, &w.DraftHash, &w.Revision, &w.LiveVersion, &w.LiveHash, &w.Stamp,
		&created, &updated, &deleted)
	w.Status = engine.WorkflowStatus(status)
	w.CreatedAt, w.UpdatedAt, w.DeletedAt = timeOf(created), timeOf(updated), timeOf(deleted)
	return w, err
}

func (s session) workflow(workspace, id string) (engine.Workflow, error) {
	w, err := first(s, selectWorkflow, []any{workspace, id}, readWorkflow)
	w.Workspace = workspace
	return w, err
}

// Workflow reads a workflow and locks it until the commit; engine.ErrNotFound
// also for one that was deleted for good.
func (t *tx) Workflow(id string) (engine.Workflow, error) {
	if err := t.lockWorkflow(takeWorkflow, id); err != nil {
		return engine.Workflow{}, err
	}
	return t.workflow(t.workspace, id)
}

// InsertWorkflow stores a new workflow and fills times in; its revision starts
// at 1.
func (t *tx) InsertWorkflow(w *engine.Workflow) error {
	if err := t.MayAddWorkflow(); err != nil {
		return err
	}
	w.Workspace, w.CreatedAt, w.UpdatedAt = t.workspace, t.at, t.at
	w.Revision = max(w.Revision, 1)
	at := micros(t.at)
	_, err := t.exec(insertWorkflow, t.workspace, w.ID, w.Name, w.Folder, string(w.Status), w.Draft, w.DraftHash, w.Revision, w.LiveVersion,
		w.LiveHash, w.Stamp, at, at, micros(w.DeletedAt))
	return err
}

// UpdateWorkflow stores all of w, adds one to its revision and notes the time.
func (t *tx) UpdateWorkflow(w *engine.Workflow) error {
	n, err := t.exec(updateWorkflow, w.Name, w.Folder, string(w.Status), w.Draft, w.DraftHash, w.Revision+1, w.LiveVersion,
		w.LiveHash, w.Stamp, micros(t.at), micros(w.DeletedAt), t.workspace, w.ID)
	if err != nil {
		return err
	}
	if n == 0 {
		return errNotFound
	}
	w.Revision++
	w.UpdatedAt = t.at
	return nil
}

// PutDefinition stores a document under its hash; an equal one is kept.
func (t *tx) PutDefinition(hash string, document []byte) error {
	_, err := t.exec(putDefinition, t.workspace, hash, document, micros(t.at))
	return err
}

// Definition returns an immutable document by its hash.
func (t *tx) Definition(hash string) ([]byte, error) { return t.definition(t.workspace, hash) }

// Definition returns an immutable document by its hash, see engine.Journal.
func (s *Store) Definition(ctx context.Context, workspace, hash string) ([]byte, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return nil, err
	}
	return on.definition(workspace, hash)
}

func (s session) definition(workspace, hash string) ([]byte, error) {
	return first(s, selectDefinition, []any{workspace, hash}, func(row scanner) (document []byte, err error) {
		return document, row.Scan(&document)
	})
}

// InsertVersion stores a published version; a *crm.Conflict when its number is
// taken.
func (t *tx) InsertVersion(v engine.Version) error {
	if v.CreatedAt.IsZero() {
		v.CreatedAt = t.at
	}
	_, err := t.exec(insertVersion, t.workspace, v.WorkflowID, v.Number, v.Definition, v.PublishedBy, micros(v.CreatedAt))
	return err
}

func readVersion(row scanner) (v engine.Version, err error) {
	var created int64
	err = row.Scan(&v.WorkflowID, &v.Number, &v.Definition, &v.PublishedBy, &created)
	v.CreatedAt = timeOf(created)
	return v, err
}

// Version returns a published version by its number.
func (t *tx) Version(workflowID string, number int) (engine.Version, error) {
	return first(t.session, selectVersion, []any{t.workspace, workflowID, number}, readVersion)
}

var selectHeldRuns = q(`SELECT ` + runColumns + ` FROM runs WHERE workspace_id = ? AND workflow_id = ? AND status = 'held' AND end_reason <> 'limit' ORDER BY id LIMIT ? $update`)

// HeldRuns returns held runs of a workflow, oldest first, and locks them.
func (t *tx) HeldRuns(workflowID string, max int) ([]engine.Run, error) {
	rows, err := all(t.session, selectHeldRuns, []any{t.workspace, workflowID, max}, readRun)
	if err != nil {
		return nil, err
	}
	return t.whole(t.workspace, rows)
}

var selectHeldRequests = q(selectRequests + ` AND workflow_id = ? AND verdict = 'held' AND run_ids = '' ORDER BY id LIMIT ? $update`)

// HeldRequests returns kept requests that no run answers, oldest first.
func (t *tx) HeldRequests(workflowID string, max int) ([]engine.Request, error) {
	rows, err := all(t.session, selectHeldRequests, []any{t.workspace, workflowID, max}, readRequest)
	if err != nil {
		return nil, err
	}
	return t.requests(t.workspace, rows)
}

var markRequest = q(`UPDATE requests SET verdict = ?, reason = ?, run_ids = ? WHERE workspace_id = ? AND id = ?`)

var freeRequest = q(`UPDATE requests SET verdict = ? WHERE workspace_id = ? AND id = ? AND verdict = 'held'`)

// FreeRequest gives a held request another verdict; any other stays as it is.
func (t *tx) FreeRequest(id string, verdict string) error {
	_, err := t.exec(freeRequest, verdict, t.workspace, id)
	return err
}

// MarkRequest changes a request's verdict and runs.
func (t *tx) MarkRequest(id, verdict, reason string, runIDs []string) error {
	n, err := t.exec(markRequest, verdict, reason, joinIDs(runIDs), t.workspace, id)
	if err == nil && n == 0 {
		return fmt.Errorf("request %s: %w", id, errNotFound)
	}
	return err
}
