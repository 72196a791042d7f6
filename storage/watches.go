package storage

import (
	"context"
	"errors"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/secret"
)

const watchColumns = `x.workspace_id, x.workflow_id, x.trigger_id, x.kind, x.stamp, x.rule, x.active, x.primed, x.due_at, x.claim,
	x.state, x.done_at, x.failures, x.failing_since, x.error`

var (
	// selectUnsettled leaves workflows alone that were never published.
	selectUnsettled = q(`SELECT t.workspace_id, t.workflow_id, t.id, t.watch, t.enabled, w.status, w.live_hash, w.live_version, w.stamp, w.purged_at
		FROM triggers t JOIN workflows w ON w.workspace_id = t.workspace_id AND w.id = t.workflow_id
		LEFT JOIN watches x ON x.workspace_id = t.workspace_id AND x.workflow_id = t.workflow_id AND x.trigger_id = t.id
		WHERE t.watch <> '' AND (x.stamp <> w.stamp OR x.stamp IS NULL AND w.live_version > 0) LIMIT ?`)
	selectWatch = q(`SELECT ` + watchColumns + ` FROM watches x WHERE x.workspace_id = ? AND x.workflow_id = ? AND x.trigger_id = ?`)
	lockWatch   = q(`SELECT ` + watchColumns + ` FROM watches x WHERE x.workspace_id = ? AND x.workflow_id = ? AND x.trigger_id = ? $update`)
	listWatches = q(`SELECT ` + watchColumns + ` FROM watches x WHERE x.workspace_id = ? AND x.workflow_id = ? ORDER BY x.trigger_id`)
	putWatch    = q(`INSERT INTO watches (workspace_id, workflow_id, trigger_id, kind, stamp, rule, active, primed, due_at, claim, state,
			done_at, failures, failing_since, error, holder, held_until)
		VALUES (` + marks(15) + `, '', 0)
		ON CONFLICT (workspace_id, workflow_id, trigger_id) DO UPDATE SET kind = excluded.kind, stamp = excluded.stamp, rule = excluded.rule,
			active = excluded.active, primed = excluded.primed, due_at = excluded.due_at, claim = excluded.claim, state = excluded.state,
			done_at = excluded.done_at, failures = excluded.failures, failing_since = excluded.failing_since, error = excluded.error,
			holder = '', held_until = 0`)
	// anyDue keeps an idle database from being written to each second.
	anyDue = q(`SELECT 1 FROM watches WHERE due_at > 0 AND due_at <= ? AND (kind = 'schedule') = ? AND (kind <> 'remote' OR ?) LIMIT 1`)
	// claimWatches passes over what somebody works on who is alive.
	claimWatches = q(`UPDATE watches SET claim = claim + 1, holder = ?, held_until = ? WHERE (workspace_id, workflow_id, trigger_id) IN (
			SELECT workspace_id, workflow_id, trigger_id FROM watches WHERE due_at > 0 AND due_at <= ? AND (kind = 'schedule') = ?
				AND (kind <> 'remote' OR ?) AND (held_until <= ? OR holder <> ? AND (? OR NOT EXISTS (SELECT 1 FROM owners o WHERE o.id = watches.holder AND o.beat_at >= $now - ?)))
			ORDER BY due_at LIMIT ? $skip)
		RETURNING workspace_id, workflow_id, trigger_id`)
	selectLive = q(`SELECT status, live_hash, live_version, stamp FROM workflows WHERE workspace_id = ? AND id = ?`)

	selectStamp   = q(`SELECT stamp, status FROM workflows WHERE workspace_id = ? AND id = ?`)
	restamp       = q(`UPDATE workflows SET stamp = stamp + 1 WHERE workspace_id = ? AND id = ?`)
	claimItem     = q(`INSERT INTO watch_items (workspace_id, workflow_id, trigger_id, item, seen_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`)
	selectItem    = q(`SELECT 1 FROM watch_items WHERE workspace_id = ? AND workflow_id = ? AND trigger_id = ? AND item = ?`)
	keepItem      = q(`UPDATE watch_items SET seen_at = ? WHERE workspace_id = ? AND workflow_id = ? AND trigger_id = ? AND item = ? AND seen_at < ?`)
	dropItems     = q(`DELETE FROM watch_items WHERE seen_at < ?`)
	selectCurrent = q(`SELECT hash, sealed FROM tokens WHERE workspace_id = ? AND workflow_id = ? AND trigger_id = ? AND expires_at = 0
		ORDER BY created_at DESC, hash LIMIT 1`)
)

// itemsFor is how long a thing is remembered after a poll last showed it, and
// noteEvery how exact that is.
const (
	itemsFor  = 180 * 24 * time.Hour
	noteEvery = 24 * time.Hour
)

func watchPlace(w engine.Watch) secret.Place {
	return secret.Place{Table: "watches", ID: w.WorkflowID + "/" + w.TriggerID, Column: "state"}
}

// watch reads a row; its state is sealed still.
func readWatch(row scanner) (w engine.Watch, err error) {
	var due, done, failing int64
	err = row.Scan(&w.Workspace, &w.WorkflowID, &w.TriggerID, &w.Kind, &w.Stamp, &w.Rule, &w.Active, &w.Primed, &due, &w.Claim,
		&w.State, &done, &w.Failures, &failing, &w.Error)
	w.DueAt, w.DoneAt, w.FailingSince = timeOf(due), timeOf(done), timeOf(failing)
	return w, err
}

// opened decrypts the state of a watch.
func (s session) opened(w engine.Watch) (engine.Watch, error) {
	if len(w.State) == 0 {
		return w, nil
	}
	box, err := s.box(w.Workspace)
	if err != nil {
		return w, err
	}
	w.State, err = box.Open(w.State, watchPlace(w))
	return w, err
}

// UnsettledWatches returns triggers whose watch does not follow their workflow,
// see engine.Watches.
func (s *Store) UnsettledWatches(ctx context.Context, max int) ([]engine.Watched, error) {
	on, err := s.read(ctx, crossing)
	if err != nil {
		return nil, err
	}
	list, err := all(on, selectUnsettled, []any{max}, func(row scanner) (w engine.Watched, err error) {
		var status string
		var purged int64
		err = row.Scan(&w.Workspace, &w.WorkflowID, &w.TriggerID, &w.Kind, &w.Enabled, &status, &w.Definition, &w.Version, &w.Stamp, &purged)
		w.Status, w.Gone = engine.WorkflowStatus(status), purged != 0
		return w, err
	})
	if err != nil {
		return nil, err
	}
	for i, w := range list {
		there, err := first(on, selectWatch, []any{w.Workspace, w.WorkflowID, w.TriggerID}, readWatch)
		if errors.Is(err, errNotFound) {
			continue
		}
		if err == nil {
			there, err = on.opened(there)
		}
		if err != nil {
			return nil, err
		}
		list[i].Watch = &there
	}
	return list, nil
}

// SettleWatch stores a watch as it follows from its workflow, see engine.Watches.
func (s *Store) SettleWatch(ctx context.Context, w engine.Watch) error {
	return s.within(ctx, w.Workspace, func(t *tx) error {
		if _, err := t.steady(w); err != nil {
			return err
		}
		now, err := first(t.session, lockWatch, []any{w.Workspace, w.WorkflowID, w.TriggerID}, readWatch)
		if err != nil && !errors.Is(err, errNotFound) {
			return err
		}
		w.Claim = now.Claim + 1
		return t.putWatch(w)
	})
}

// steady keeps the workflow as it is until the commit; engine.ErrStale when it is
// not as the watch was made from.
func (t *tx) steady(w engine.Watch) (engine.WorkflowStatus, error) {
	if err := t.lockWorkflow(shareWorkflow, w.WorkflowID); err != nil {
		return "", err
	}
	return t.asStamped(w)
}

func (t *tx) asStamped(w engine.Watch) (engine.WorkflowStatus, error) {
	var stamp int64
	status, err := first(t.session, selectStamp, []any{w.Workspace, w.WorkflowID}, func(row scanner) (status string, err error) {
		return status, row.Scan(&stamp, &status)
	})
	if errors.Is(err, errNotFound) || err == nil && stamp != w.Stamp {
		return "", engine.ErrStale
	}
	return engine.WorkflowStatus(status), err
}

func (t *tx) putWatch(w engine.Watch) error {
	var state any
	if len(w.State) > 0 {
		box, err := t.box(w.Workspace)
		if err != nil {
			return err
		}
		state = box.Seal(w.State, watchPlace(w))
	}
	_, err := t.exec(putWatch, w.Workspace, w.WorkflowID, w.TriggerID, w.Kind, w.Stamp, w.Rule, w.Active, w.Primed, micros(w.DueAt), w.Claim,
		state, micros(w.DoneAt), w.Failures, micros(w.FailingSince), w.Error)
	return err
}

// deadAfter is how old the heartbeat of a holder may be whose claims count.
const deadAfter = 10 * time.Second

// ClaimWatches gives due watches to a holder, see engine.Watches.
func (s *Store) ClaimWatches(ctx context.Context, c engine.WatchClaim) ([]engine.ClaimedWatch, error) {
	on, err := s.read(ctx, crossing)
	if err != nil {
		return nil, err
	}
	at := micros(c.Now)
	due, err := all(on, anyDue, []any{at, c.Schedules, c.Remote}, func(row scanner) (one int, err error) { return one, row.Scan(&one) })
	if err != nil || len(due) == 0 {
		return nil, err
	}
	var claimed []engine.ClaimedWatch
	err = s.within(ctx, crossing, func(t *tx) (err error) {
		claimed, err = t.claimWatches(c)
		return err
	})
	if err != nil {
		return nil, err
	}
	return claimed, nil
}

func (t *tx) claimWatches(c engine.WatchClaim) ([]engine.ClaimedWatch, error) {
	at := micros(c.Now)
	args := []any{c.Holder, micros(c.Until), at, c.Schedules, c.Remote, at, c.Holder, c.Exclusive, deadAfter.Microseconds(), c.Max}
	claimed, err := all(t.session, claimWatches, args, func(row scanner) (w engine.ClaimedWatch, err error) {
		return w, row.Scan(&w.Workspace, &w.WorkflowID, &w.TriggerID)
	})
	if err != nil {
		return nil, err
	}
	for i := range claimed {
		w := &claimed[i]
		if w.Watch, err = first(t.session, selectWatch, []any{w.Workspace, w.WorkflowID, w.TriggerID}, readWatch); err != nil {
			return nil, err
		}
		if w.Watch, err = t.opened(w.Watch); err != nil {
			return nil, err
		}
		w.Endpoint = engine.Endpoint{Workspace: w.Workspace, WorkflowID: w.WorkflowID, TriggerID: w.TriggerID}
		err := t.one(selectLive, []any{w.Workspace, w.WorkflowID}, func(row scanner) error {
			var status string
			err := row.Scan(&status, &w.Endpoint.Definition, &w.Endpoint.Version, &w.Endpoint.Stamp)
			w.Endpoint.Status = engine.WorkflowStatus(status)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return claimed, nil
}

// FinishWatch commits what working on a watch has led to, see engine.Watches.
func (s *Store) FinishWatch(ctx context.Context, o engine.WatchOutcome) ([]engine.Run, error) {
	var inserted []engine.Run
	err := s.within(ctx, o.Watch.Workspace, func(t *tx) error {
		inserted = inserted[:0]
		return t.finishWatch(o, &inserted)
	})
	if err != nil {
		return nil, err
	}
	return inserted, nil
}

func (t *tx) finishWatch(o engine.WatchOutcome, inserted *[]engine.Run) error {
	w := o.Watch
	lock := shareWorkflow
	if o.Restamp {
		lock = takeWorkflow
	}
	if err := t.lockWorkflow(lock, w.WorkflowID); err != nil {
		return err
	}
	status, err := t.asStamped(w)
	if err != nil {
		return err
	}
	now, err := first(t.session, lockWatch, []any{w.Workspace, w.WorkflowID, w.TriggerID}, readWatch)
	switch {
	case errors.Is(err, errNotFound):
		return engine.ErrStale
	case err != nil:
		return err
	case now.Claim != w.Claim || len(o.Runs) > 0 && status != engine.WorkflowLive:
		return engine.ErrStale
	}
	if err := t.startSeen(o, inserted); err != nil {
		return err
	}
	if o.Restamp {
		if _, err := t.exec(restamp, w.Workspace, w.WorkflowID); err != nil {
			return err
		}
		w.Stamp++
	}
	if o.Keep {
		return nil
	}
	return t.putWatch(w)
}

// startSeen remembers what a poll saw and inserts the runs of what is new.
func (t *tx) startSeen(o engine.WatchOutcome, inserted *[]engine.Run) error {
	w, at := o.Watch, micros(t.at)
	isNew := make([]bool, len(o.Runs))
	for i := range isNew {
		isNew[i] = len(o.Items) == 0
	}
	for i, item := range o.Items {
		n, err := t.exec(claimItem, w.Workspace, w.WorkflowID, w.TriggerID, item, at)
		if err != nil {
			return err
		}
		if n == 0 {
			_, err = t.exec(keepItem, at, w.Workspace, w.WorkflowID, w.TriggerID, item, at-noteEvery.Microseconds())
		}
		if err != nil {
			return err
		}
		if i < len(isNew) {
			isNew[i] = n > 0
		}
	}
	for i, r := range o.Runs {
		if !isNew[i] {
			continue
		}
		stored, err := t.insertOnce(r)
		if err != nil {
			return err
		}
		if stored {
			*inserted = append(*inserted, r)
		}
	}
	return nil
}

// insertOnce stores a run unless an earlier try has; see insertRunOfEvent.
func (t *tx) insertOnce(r engine.Run) (bool, error) {
	r.Workspace = t.workspace
	var b batch
	t.store.insertRun(&b, insertRunOfEvent, &r, nil)
	var changed int64
	for i := range b.statements {
		n, err := t.exec(b.statements[i].query, b.statements[i].args...)
		if err != nil {
			return false, err
		}
		changed = n
	}
	return changed > 0, nil
}

// SeenItems tells which things are remembered, see engine.Watches.
func (s *Store) SeenItems(ctx context.Context, w engine.Watch, items [][]byte) ([]bool, error) {
	on, err := s.read(ctx, w.Workspace)
	if err != nil {
		return nil, err
	}
	seen := make([]bool, len(items))
	for i, item := range items {
		there := func(row scanner) error { var one int; return row.Scan(&one) }
		err := on.one(selectItem, []any{w.Workspace, w.WorkflowID, w.TriggerID, item}, there)
		if err != nil && !errors.Is(err, errNotFound) {
			return nil, err
		}
		seen[i] = err == nil
	}
	return seen, nil
}

// Watches returns the watches of a workflow, see engine.Watches.
func (s *Store) Watches(ctx context.Context, workspace, workflowID string) ([]engine.Watch, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return nil, err
	}
	return all(on, listWatches, []any{workspace, workflowID}, func(row scanner) (engine.Watch, error) {
		w, err := readWatch(row)
		w.State = nil
		return w, err
	})
}

// Registration returns what a service said of a trigger's address, see
// engine.Watches.
func (s *Store) Registration(ctx context.Context, workspace, workflowID, triggerID string) ([]byte, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return nil, err
	}
	w, err := first(on, selectWatch, []any{workspace, workflowID, triggerID}, readWatch)
	if errors.Is(err, errNotFound) || err == nil && w.Kind != engine.WatchRemote {
		return nil, nil
	}
	if err == nil {
		w, err = on.opened(w)
	}
	return w.State, err
}

// TriggerToken returns the current token of a trigger, see engine.Watches.
func (s *Store) TriggerToken(ctx context.Context, workspace, workflowID, triggerID string) (string, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return "", err
	}
	var hash []byte
	sealed, err := first(on, selectCurrent, []any{workspace, workflowID, triggerID}, func(row scanner) (sealed []byte, err error) {
		return sealed, row.Scan(&hash, &sealed)
	})
	if err != nil {
		return "", err
	}
	box, err := on.box(workspace)
	if err != nil {
		return "", err
	}
	plain, err := box.Open(sealed, tokenPlace(hash))
	return string(plain), err
}
