package storage

import (
	"context"
	"errors"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/value"
)

var (
	claimEntry = q(`INSERT INTO entries (workspace_id, workflow_id, contact_id, run_id, entered_at) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (workspace_id, workflow_id, contact_id) DO NOTHING`)
	lockEntry = q(`SELECT run_id FROM entries WHERE workspace_id = ? AND workflow_id = ? AND contact_id = ? $update`)
	// isUnderWay also counts a run that waits for a person: it goes on.
	isUnderWay = q(`SELECT 1 FROM runs WHERE workspace_id = ? AND id = ? AND status IN ('held', 'queued', 'running', 'waiting', 'parked')`)
	takeEntry  = q(`UPDATE entries SET run_id = ?, entered_at = ? WHERE workspace_id = ? AND workflow_id = ? AND contact_id = ?`)
	eraseEntry = q(`DELETE FROM entries WHERE workspace_id = ? AND contact_id = ?`)

	// putWait leaves a goal as it is, unless a retry on another version has changed
	// what it is about; a step that waits once more begins anew.
	putWait = q(`INSERT INTO event_waits (workspace_id, run_id, path, event, contact_id, wanted, branch, goal, since) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (workspace_id, run_id, path) DO UPDATE SET event = excluded.event, since = excluded.since, wanted = excluded.wanted,
			branch = excluded.branch, contact_id = excluded.contact_id, hit_at = 0, data = NULL
		WHERE NOT event_waits.goal AND NOT excluded.goal AND event_waits.since < excluded.since
			OR event_waits.goal AND excluded.goal AND event_waits.hit_at = 0
				AND (event_waits.event <> excluded.event OR event_waits.wanted IS DISTINCT FROM excluded.wanted)`)
	dropWait    = q(`DELETE FROM event_waits WHERE workspace_id = ? AND run_id = ? AND path = ?`)
	selectWaits = q(`SELECT run_id, path, wanted, since FROM event_waits
		WHERE workspace_id = ? AND contact_id = ? AND event = ? AND hit_at = 0 ORDER BY run_id, path`)
	claimHit = q(`INSERT INTO event_hits (workspace_id, run_id, event_id) VALUES (?, ?, ?) ON CONFLICT (workspace_id, run_id, event_id) DO NOTHING`)
	hitWait  = q(`UPDATE event_waits SET hit_at = ?, data = ? WHERE workspace_id = ? AND run_id = ? AND path = ? AND hit_at = 0`)
	// selectHits leaves runs alone that have failed or wait for a person: when they
	// are retried, they are moved on.
	selectHits = q(`SELECT workspace_id, run_id, path, event, contact_id, branch, goal, since, data FROM event_waits
		WHERE hit_at > 0 AND NOT EXISTS (SELECT 1 FROM runs r WHERE r.workspace_id = event_waits.workspace_id AND r.id = event_waits.run_id
			AND r.status IN ('failed', 'parked')) ORDER BY hit_at LIMIT ?`)
	eraseWaits = q(`DELETE FROM event_waits WHERE workspace_id = ? AND contact_id = ?`)
	// dropWaits forgets what runs that do nothing more waited for.
	dropWaits = q(`DELETE FROM event_waits WHERE NOT EXISTS (SELECT 1 FROM runs r WHERE r.workspace_id = event_waits.workspace_id
		AND r.id = event_waits.run_id AND r.status IN ('held', 'queued', 'running', 'waiting', 'parked', 'failed'))`)
	dropHits = q(`DELETE FROM event_hits WHERE NOT EXISTS (SELECT 1 FROM runs r WHERE r.workspace_id = event_hits.workspace_id
		AND r.id = event_hits.run_id AND r.status IN ('held', 'queued', 'running', 'waiting', 'parked', 'failed'))`)
	// dropEntries forgets who was in workflows that nobody can restore.
	dropEntries = q(`DELETE FROM entries WHERE EXISTS (SELECT 1 FROM workflows w WHERE w.workspace_id = entries.workspace_id
		AND w.id = entries.workflow_id AND w.purged_at <> 0)`)

	selectContactRuns = q(`SELECT id FROM runs WHERE workspace_id = ? AND contact_id = ? AND contact_id IS NOT NULL AND created_at < ?
		AND kind = 'workflow' AND mode = 'live' AND status IN ('held', 'queued', 'running', 'waiting', 'parked') ORDER BY id`)
)

// Enter claims a contact's place in a workflow, see engine.WaitTx. Each look is a
// statement of its own: on PostgreSQL it then sees what the transaction that it
// waited for has stored.
func (t *tx) Enter(workflowID, contactID, runID string, once bool) (string, error) {
	n, err := t.exec(claimEntry, t.workspace, workflowID, contactID, runID, micros(t.at))
	if err != nil || n > 0 {
		return runID, err
	}
	text := func(row scanner) (id string, err error) { return id, row.Scan(&id) }
	holder, err := first(t.session, lockEntry, []any{t.workspace, workflowID, contactID}, text)
	if err != nil || holder == runID || once {
		return holder, err
	}
	_, err = first(t.session, isUnderWay, []any{t.workspace, holder}, func(row scanner) (one int, err error) { return one, row.Scan(&one) })
	if !errors.Is(err, errNotFound) {
		return holder, err
	}
	_, err = t.exec(takeEntry, runID, micros(t.at), t.workspace, workflowID, contactID)
	return runID, err
}

// PutWait stores a wait, see engine.WaitTx.
func (t *tx) PutWait(w engine.EventWait) error {
	_, err := t.exec(putWait, waitArgs(t.workspace, w)...)
	return err
}

func waitArgs(workspace string, w engine.EventWait) []any {
	return []any{workspace, w.Run, w.Path, w.Event, w.ContactID, encodeList(w.Only), w.Branch, w.Goal, micros(w.Since)}
}

// DropWait forgets a wait, see engine.WaitTx.
func (t *tx) DropWait(runID, path string) error {
	_, err := t.exec(dropWait, t.workspace, runID, path)
	return err
}

// EventWaits returns the waits of a contact for an event, see engine.EventWaits.
func (s *Store) EventWaits(ctx context.Context, workspace, contactID, event string) ([]engine.EventWait, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return nil, err
	}
	return all(on, selectWaits, []any{workspace, contactID, event}, func(row scanner) (engine.EventWait, error) {
		w := engine.EventWait{Event: event, ContactID: contactID}
		var only []byte
		var since int64
		if err := row.Scan(&w.Run, &w.Path, &only, &since); err != nil {
			return w, err
		}
		w.Since = timeOf(since)
		return w, decode(only, &w.Only)
	})
}

// HitWaits marks waits as over, see engine.EventWaits.
func (s *Store) HitWaits(ctx context.Context, workspace, eventID string, waits []engine.EventWait, data map[string]any) error {
	encoded, err := value.Encode(data)
	if err != nil {
		return err
	}
	return s.within(ctx, workspace, func(t *tx) error {
		fresh := map[string]bool{}
		for _, w := range waits {
			if _, asked := fresh[w.Run]; !asked {
				n, err := t.exec(claimHit, workspace, w.Run, eventID)
				if err != nil {
					return err
				}
				fresh[w.Run] = n > 0
			}
			if !fresh[w.Run] {
				continue
			}
			if _, err := t.exec(hitWait, micros(t.at), encoded, workspace, w.Run, w.Path); err != nil {
				return err
			}
		}
		return nil
	})
}

// EventHits returns waits that are over, see engine.EventWaits.
func (s *Store) EventHits(ctx context.Context, max int) ([]engine.EventHit, error) {
	on, err := s.read(ctx, crossing)
	if err != nil {
		return nil, err
	}
	return all(on, selectHits, []any{max}, func(row scanner) (h engine.EventHit, err error) {
		var since int64
		var data []byte
		if err := row.Scan(&h.Workspace, &h.Run, &h.Path, &h.Event, &h.ContactID, &h.Branch, &h.Goal, &since, &data); err != nil {
			return h, err
		}
		h.Since = timeOf(since)
		h.Data, err = decodeObject(data)
		return h, err
	})
}

// RunsOfContact returns the runs that a contact is in, see engine.EventWaits.
func (s *Store) RunsOfContact(ctx context.Context, workspace, contactID string, before time.Time) ([]string, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return nil, err
	}
	return all(on, selectContactRuns, []any{workspace, contactID, micros(before)}, func(row scanner) (id string, err error) {
		return id, row.Scan(&id)
	})
}
