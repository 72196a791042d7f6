package storage

import (
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

// tx is one transaction of a workspace. It is used by one goroutine.
type tx struct {
	session
	workspace string
	at        time.Time
	// cause is the run that later events name; muted ones start nothing.
	cause string
	depth int
	muted bool
}

var _ engine.Tx = (*tx)(nil)

func (s *Store) newTx(on session, workspace string) *tx {
	return &tx{session: on, workspace: workspace, at: s.now()}
}

// Now is the transaction's time, the same at each call.
func (t *tx) Now() time.Time { return t.at }

// Caused names the run behind the events emitted from now on, see engine.Tx.
func (t *tx) Caused(run string, depth int, muted bool) {
	t.cause, t.depth, t.muted = run, depth, muted
}

// Workspace returns the transaction's workspace.
func (t *tx) Workspace() (crm.Workspace, error) { return t.session.workspace(t.workspace) }

// Save is Store.Save inside this transaction.
func (t *tx) Save(p engine.Progress) error {
	var b batch
	if err := t.store.progress(&b, t.workspace, p); err != nil {
		return err
	}
	_, err := t.apply(&b)
	return err
}

// InsertRun stores a new run.
func (t *tx) InsertRun(r engine.Run) error {
	r.Workspace = t.workspace
	var b batch
	if r.WorkflowID != "" {
		t.require(&b, hasWorkflow, r.WorkflowID)
	}
	t.store.insertRun(&b, insertRun, &r, nil)
	_, err := t.apply(&b)
	return err
}

// SaveSteps writes journal rows of a run that the transaction has locked.
func (t *tx) SaveSteps(runID string, steps []engine.StepResult) error {
	var b batch
	t.require(&b, hasRun, runID)
	for i := range steps {
		t.store.putStep(&b, t.workspace, runID, &steps[i])
	}
	_, err := t.apply(&b)
	return err
}

var (
	hasWorkflow = q(`SELECT 1 FROM workflows WHERE workspace_id = ? AND id = ?`)
	hasRun      = q(`SELECT 1 FROM runs WHERE workspace_id = ? AND id = ?`)
)

// require has a batch fail when something is not the workspace's: on PostgreSQL
// the journal has no foreign keys that would.
func (t *tx) require(b *batch, query *query, id string) {
	if t.store.postgres {
		b.add(query, t.workspace, id).miss = engine.ErrNotFound
	}
}
