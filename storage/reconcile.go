package storage

import (
	"context"
	"errors"
	"time"

	"github.com/hookloom/hookloom/engine"
)

var (
	putBeat    = q(`INSERT INTO owners (id, beat_at) VALUES (?, $now) ON CONFLICT (id) DO UPDATE SET beat_at = excluded.beat_at`)
	deleteBeat = q(`DELETE FROM owners WHERE id = ?`)
	// dropBeats forgets processes that died long ago.
	dropBeats = q(`DELETE FROM owners WHERE beat_at < $now - ? AND NOT EXISTS (SELECT 1 FROM runs WHERE owner = owners.id AND status = 'running')`)

	nextPullWorkspace = q(`SELECT workspace_id FROM runs WHERE status = 'queued' AND workspace_id > ?
		ORDER BY workspace_id, priority DESC, due_at, id LIMIT 1`)
	pullWorkspace = q(`SELECT id, epoch FROM runs WHERE workspace_id = ? AND status = 'queued' AND due_at <= ?
		ORDER BY priority DESC, due_at, id LIMIT ?`)

	// Runs are rung in the order of their time. An own UPDATE for each status lets
	// both use the index.
	requeueWaiting = q(`UPDATE runs SET status = 'queued', epoch = epoch + 1, ring_at = ? WHERE (workspace_id, id) IN (
			SELECT workspace_id, id FROM runs WHERE status = 'waiting' AND ring_at <= ? ORDER BY ring_at LIMIT ? $skip)
		RETURNING workspace_id, id, epoch`)
	requeueQueued = q(`UPDATE runs SET epoch = epoch + 1, ring_at = ? WHERE (workspace_id, id) IN (
			SELECT workspace_id, id FROM runs WHERE status = 'queued' AND ring_at < ? ORDER BY ring_at LIMIT ? $skip)
		RETURNING workspace_id, id, epoch`)

	// anyToRing costs a reader two looks into an index; each UPDATE above takes the
	// only writer, each second, mostly for nothing.
	anyToRing = q(`SELECT 1 WHERE EXISTS (SELECT 1 FROM runs WHERE status = 'waiting' AND ring_at <= ?)
		OR EXISTS (SELECT 1 FROM runs WHERE status = 'queued' AND ring_at < ?)`)

	takeStale = q(`UPDATE runs SET status = 'queued', epoch = epoch + 1, due_at = ?, ring_at = ? WHERE (workspace_id, id) IN (
			SELECT workspace_id, id FROM runs WHERE status = 'running' AND owner <> ?
				AND NOT EXISTS (SELECT 1 FROM owners o WHERE o.id = runs.owner AND o.beat_at >= $now - ?)
			LIMIT ? $skip)
		RETURNING workspace_id, id, epoch`)
	takeOthers = q(`UPDATE runs SET status = 'queued', epoch = epoch + 1, due_at = ?, ring_at = ? WHERE (workspace_id, id) IN (
			SELECT workspace_id, id FROM runs WHERE status = 'running' AND owner <> ? LIMIT ? $skip)
		RETURNING workspace_id, id, epoch`)
)

// forgetBeats is how long the heartbeat of a process that died is kept.
const forgetBeats = time.Hour

// Beat writes the owner's heartbeat with the database's clock.
func (s *Store) Beat(ctx context.Context, owner string) error {
	if s.postgres {
		return s.beatAlone(ctx, owner)
	}
	u, err := newUnit(ctx, crossing)
	if err != nil {
		return err
	}
	u.add(putBeat, owner)
	u.add(dropBeats, forgetBeats.Microseconds())
	return s.submit(u)
}

// Retire removes the owner's heartbeat at shutdown.
func (s *Store) Retire(ctx context.Context, owner string) error {
	u, err := newUnit(ctx, crossing)
	if err != nil {
		return err
	}
	u.add(deleteBeat, owner)
	return s.submit(u)
}

// Pull returns queued runs that are due, see engine.Reconciling. It hops from
// workspace to workspace over the index and takes an equal share of each, so it
// costs the same with a hundred queued runs and with a million. Calls take turns
// in where they begin, so that more workspaces than max are all served.
func (s *Store) Pull(ctx context.Context, max int) ([]engine.Handle, error) {
	on, err := s.read(ctx, crossing)
	if err != nil || max <= 0 {
		return nil, err
	}
	s.pulling.Lock()
	defer s.pulling.Unlock()
	workspaces, err := s.pullFrom(on, max)
	if err != nil || len(workspaces) == 0 {
		return nil, err
	}
	queues := make([][]engine.Handle, len(workspaces))
	now, total, share := micros(s.now()), 0, (max+len(workspaces)-1)/len(workspaces)
	for i, w := range workspaces {
		if queues[i], err = on.queued(w, now, share); err != nil {
			return nil, err
		}
		total += len(queues[i])
		s.pulled = w
	}
	// What some do not use of their share goes to those who have more.
	for i, w := range workspaces {
		if total >= max || len(queues[i]) < share {
			continue
		}
		had := len(queues[i])
		if queues[i], err = on.queued(w, now, had+max-total); err != nil {
			return nil, err
		}
		total += len(queues[i]) - had
	}
	return deal(queues, max), nil
}

// queued returns the first runs of a workspace's queue.
func (s session) queued(workspace string, now int64, limit int) ([]engine.Handle, error) {
	return all(s, pullWorkspace, []any{workspace, now, limit}, func(row scanner) (engine.Handle, error) {
		h := engine.Handle{Workspace: workspace}
		return h, row.Scan(&h.Run, &h.Epoch)
	})
}

// pullFrom lists up to max workspaces with queued runs, beginning behind the one
// that the last call ended with.
func (s *Store) pullFrom(on session, max int) ([]string, error) {
	var list []string
	at, wrapped := s.pulled, s.pulled == ""
	for len(list) < max {
		next, err := first(on, nextPullWorkspace, []any{at}, func(row scanner) (id string, err error) {
			return id, row.Scan(&id)
		})
		switch {
		case errors.Is(err, errNotFound) && !wrapped:
			at, wrapped = "", true
			continue
		case errors.Is(err, errNotFound), wrapped && s.pulled != "" && next > s.pulled:
			return list, nil
		case err != nil:
			return nil, err
		}
		list = append(list, next)
		at = next
	}
	return list, nil
}

// deal takes one of each queue in turn, up to max.
func deal(queues [][]engine.Handle, max int) []engine.Handle {
	var dealt []engine.Handle
	for round := 0; len(dealt) < max; round++ {
		before := len(dealt)
		for _, queue := range queues {
			if round < len(queue) && len(dealt) < max {
				dealt = append(dealt, queue[round])
			}
		}
		if len(dealt) == before {
			break
		}
	}
	return dealt
}

// Requeue finds what must be rung, see engine.Reconciling. A queued run counts
// from its last ring, so that it gets a new epoch once in that time and not each
// second.
func (s *Store) Requeue(ctx context.Context, now, rungBefore time.Time, max int) ([]engine.Handle, error) {
	on, err := s.read(ctx, crossing)
	if err != nil {
		return nil, err
	}
	some, err := all(on, anyToRing, []any{micros(now), micros(rungBefore)}, func(row scanner) (n int, err error) {
		return n, row.Scan(&n)
	})
	if err != nil || len(some) == 0 {
		return nil, err
	}
	return s.ring(ctx, func(t *tx) ([]engine.Handle, error) {
		at := micros(now)
		handles, err := all(t.session, requeueWaiting, []any{at, at, max}, readHandle)
		if err != nil || len(handles) >= max {
			return handles, err
		}
		more, err := all(t.session, requeueQueued, []any{at, micros(rungBefore), max - len(handles)}, readHandle)
		return append(handles, more...), err
	})
}

// TakeOver queues the runs of dead owners, see engine.Reconciling.
func (s *Store) TakeOver(ctx context.Context, self string, stale time.Duration, exclusive bool, max int) ([]engine.Handle, error) {
	return s.ring(ctx, func(t *tx) ([]engine.Handle, error) {
		at := micros(t.at)
		if exclusive {
			return all(t.session, takeOthers, []any{at, at, self, max}, readHandle)
		}
		return all(t.session, takeStale, []any{at, at, self, stale.Microseconds(), max}, readHandle)
	})
}

// ring commits a change and returns the handles that it made.
func (s *Store) ring(ctx context.Context, work func(t *tx) ([]engine.Handle, error)) ([]engine.Handle, error) {
	u, err := newUnit(ctx, crossing)
	if err != nil {
		return nil, err
	}
	var handles []engine.Handle
	u.work = func(t *tx) (err error) {
		handles, err = work(t)
		return err
	}
	if err := s.submit(u); err != nil {
		return nil, err
	}
	return handles, nil
}

func readHandle(row scanner) (h engine.Handle, err error) {
	return h, row.Scan(&h.Workspace, &h.Run, &h.Epoch)
}
