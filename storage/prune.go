package storage

import (
	"context"
	"time"
)

// prunePage is how many rows one transaction of Prune looks at.
const prunePage = 200

// trashFor is how long a deleted workflow can be restored.
const trashFor = 30 * 24 * time.Hour

// history is a table whose rows end with their retention. Ids sort by time, so
// that a look from the oldest ends at the first row that is too young.
type history struct {
	// old reads workspace, id > ?, limit: id, time, and whether the row may go.
	old *query
	// blobs reads the blobs that rows refer to; nil for a table without.
	blobs []inQuery
	// drop deletes rows by id, in this order.
	drop []inQuery
}

var (
	runHistory = history{
		old: q(`SELECT id, created_at, status IN ('succeeded', 'failed', 'canceled', 'parked') AND finished_at < ? FROM runs
			WHERE workspace_id = ? AND id > ? ORDER BY id LIMIT ?`),
		blobs: []inQuery{
			qIn(`SELECT input_blob FROM runs WHERE workspace_id = ? AND input_blob IS NOT NULL AND id IN`, ``),
			qIn(`SELECT params_blob FROM run_steps WHERE workspace_id = ? AND params_blob IS NOT NULL AND run_id IN`, ``),
			qIn(`SELECT output_blob FROM run_steps WHERE workspace_id = ? AND output_blob IS NOT NULL AND run_id IN`, ``),
		},
		drop: []inQuery{
			qIn(`DELETE FROM run_steps WHERE workspace_id = ? AND run_id IN`, ``),
			qIn(`DELETE FROM runs WHERE workspace_id = ? AND id IN`, ``),
		},
	}
	requestHistory = history{
		// The body of a run's request is part of the run's input, see cutBody. The run
		// that it began is the first of its runs; an id of a run has 40 characters.
		old: q(`SELECT id, received_at, NOT (verdict = 'held' AND run_ids = '') AND received_at < ?
				AND NOT EXISTS (SELECT 1 FROM runs r WHERE r.workspace_id = requests.workspace_id AND r.id = substr(requests.run_ids, 1, 40))
			FROM requests WHERE workspace_id = ? AND id > ? ORDER BY id LIMIT ?`),
		blobs: []inQuery{qIn(`SELECT body_blob FROM requests WHERE workspace_id = ? AND body_blob IS NOT NULL AND id IN`, ``)},
		drop:  []inQuery{qIn(`DELETE FROM requests WHERE workspace_id = ? AND id IN`, ``)},
	}
	offerCallHistory = history{
		old:  q(`SELECT id, received_at, received_at < ? FROM offer_requests WHERE workspace_id = ? AND id > ? ORDER BY id LIMIT ?`),
		drop: []inQuery{qIn(`DELETE FROM offer_requests WHERE workspace_id = ? AND id IN`, ``)},
	}
	// submissionHistory ends what was not taken in; what was stays with its
	// contact.
	submissionHistory = history{
		old:  q(`SELECT id, created_at, state <> 'accepted' AND created_at < ? FROM form_submissions WHERE workspace_id = ? AND id > ? ORDER BY id LIMIT ?`),
		drop: []inQuery{qIn(`DELETE FROM form_submissions WHERE workspace_id = ? AND id IN`, ``)},
	}
	eventHistory = history{
		old: q(`SELECT id, occurred_at, consumed_at <> 0 AND consumed_at < ? FROM events
			WHERE workspace_id = ? AND id > ? ORDER BY id LIMIT ?`),
		drop: []inQuery{qIn(`DELETE FROM events WHERE workspace_id = ? AND id IN`, ``)},
	}
)

var (
	selectWorkspaceIDs = q(`SELECT id FROM workspaces ORDER BY id`)

	dropKeys    = q(`DELETE FROM dedupe_keys WHERE expires_at < ?`)
	dropCounts  = q(`DELETE FROM rate_counts WHERE minute < ?`)
	dropAnswers = q(`DELETE FROM idempotency WHERE expires_at < ?`)

	purgeTrash = q(`UPDATE workflows SET purged_at = ?, draft = ?, stamp = stamp + 1 WHERE deleted_at <> 0 AND deleted_at < ? AND purged_at = 0`)

	dropBlob = q(`DELETE FROM blobs WHERE workspace_id = ? AND sha256 = ?
		AND NOT EXISTS (SELECT 1 FROM runs r WHERE r.workspace_id = blobs.workspace_id AND r.input_blob = blobs.sha256 AND r.input_blob IS NOT NULL)
		AND NOT EXISTS (SELECT 1 FROM requests r WHERE r.workspace_id = blobs.workspace_id AND r.body_blob = blobs.sha256 AND r.body_blob IS NOT NULL)
		AND NOT EXISTS (SELECT 1 FROM run_steps s WHERE s.workspace_id = blobs.workspace_id AND s.params_blob = blobs.sha256 AND s.params_blob IS NOT NULL)
		AND NOT EXISTS (SELECT 1 FROM run_steps s WHERE s.workspace_id = blobs.workspace_id AND s.output_blob = blobs.sha256 AND s.output_blob IS NOT NULL)`)
)

// Prune deletes history from before a time: finished runs with their steps,
// requests but those that still wait for a publish, consumed events; and
// whatever expired by itself. It works in short transactions and gives way to
// others between them. It returns how many rows it deleted.
func (s *Store) Prune(ctx context.Context, before time.Time) (int, error) {
	on, err := s.readLong(ctx, crossing)
	if err != nil {
		return 0, err
	}
	if err := s.dropExpired(ctx); err != nil {
		return 0, err
	}
	workspaces, err := all(on, selectWorkspaceIDs, nil, func(row scanner) (id string, err error) { return id, row.Scan(&id) })
	if err != nil {
		return 0, err
	}
	total := 0
	for _, workspace := range workspaces {
		for _, h := range []history{runHistory, requestHistory, eventHistory, offerCallHistory, submissionHistory} {
			n, err := s.pruneHistory(ctx, workspace, h, micros(before))
			total += n
			if err != nil {
				return total, err
			}
		}
	}
	return total, s.shrink(ctx)
}

func (s *Store) dropExpired(ctx context.Context) error {
	now := micros(s.now())
	u, err := newUnit(ctx, crossing)
	if err != nil {
		return err
	}
	u.add(noteReceived, now)
	u.add(dropKeys, now)
	u.add(dropCounts, now-time.Hour.Microseconds())
	u.add(dropAnswers, now)
	u.add(dropUploads, now)
	u.add(dropWaits)
	u.add(dropHits)
	u.add(dropMessages, now-messagesFor.Microseconds())
	u.add(purgeTrash, now, []byte("{}"), now-trashFor.Microseconds())
	u.add(dropEntries)
	u.add(expiredConsents, now)
	u.add(dropItems, now-itemsFor.Microseconds())
	return s.submit(u)
}

func (s *Store) pruneHistory(ctx context.Context, workspace string, h history, before int64) (total int, err error) {
	type candidate struct {
		id   string
		at   int64
		done bool
	}
	for after := ""; ; {
		on, err := s.readLong(ctx, workspace)
		if err != nil {
			return total, err
		}
		rows, err := all(on, h.old, []any{before, workspace, after, prunePage}, func(row scanner) (c candidate, err error) {
			return c, row.Scan(&c.id, &c.at, &c.done)
		})
		if err != nil {
			return total, err
		}
		var ids []string
		for _, c := range rows {
			if c.done {
				ids = append(ids, c.id)
			}
			after = c.id
		}
		if len(ids) > 0 {
			if err := s.within(ctx, workspace, func(t *tx) error { return t.drop(h, ids) }); err != nil {
				return total, err
			}
			total += len(ids)
		}
		if len(rows) < prunePage || rows[len(rows)-1].at >= before {
			return total, nil
		}
	}
}

// drop deletes rows of a table with the blobs that nothing else refers to.
func (t *tx) drop(h history, ids []string) error {
	blobs, err := t.blobsOf(h, ids)
	if err != nil {
		return err
	}
	for _, rows := range h.drop {
		if err := t.execIn(rows, []any{t.workspace}, ids); err != nil {
			return err
		}
	}
	return t.dropBlobs(blobs)
}

// blobsOf returns the blobs that rows refer to.
func (t *tx) blobsOf(h history, ids []string) (hashes [][]byte, err error) {
	for _, refs := range h.blobs {
		err := eachIn(t.session, refs, []any{t.workspace}, ids, func(row scanner) error {
			var hash []byte
			err := row.Scan(&hash)
			hashes = append(hashes, hash)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return hashes, nil
}

// dropBlobs deletes those blobs that nothing refers to any more.
func (t *tx) dropBlobs(hashes [][]byte) error {
	for _, hash := range hashes {
		if _, err := t.exec(dropBlob, t.workspace, hash); err != nil {
			return err
		}
	}
	return nil
}

var incrementalVacuum = q(`PRAGMA incremental_vacuum(1000)`)

// shrink gives pages that are free back to the file system, a few at a time.
func (s *Store) shrink(ctx context.Context) error {
	if s.postgres {
		return nil
	}
	u, err := newUnit(ctx, crossing)
	if err != nil {
		return err
	}
	u.add(incrementalVacuum)
	return s.submit(u)
}
