package storage

import (
	"context"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/nodes"
)

var (
	selectEndpoint = q(`SELECT t.workspace_id, t.workflow_id, t.trigger_id, t.expires_at, t.last_used_at,
			w.status, w.live_hash, w.live_version, w.stamp, w.purged_at,
			CASE WHEN w.live_version = 0 THEN w.draft END
		FROM tokens t JOIN workflows w ON w.workspace_id = t.workspace_id AND w.id = t.workflow_id
		WHERE t.hash = ?`)
	touchToken = q(`UPDATE tokens SET last_used_at = ? WHERE hash = ? AND last_used_at < ?`)

	claimMinute = q(`INSERT INTO rate_counts (workspace_id, workflow_id, trigger_id, minute, request_id) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (workspace_id, workflow_id, trigger_id, minute) DO NOTHING`)
	insertLimited = q(`INSERT INTO requests (workspace_id, id, workflow_id, trigger_id, verdict, reason, status, test, count, received_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	addLimited = q(`UPDATE requests SET count = count + ? WHERE workspace_id = ? AND id = (SELECT request_id FROM rate_counts
		WHERE workspace_id = ? AND workflow_id = ? AND trigger_id = ? AND minute = ?)`)
)

// touchEvery is how exact the last use of a token is.
const touchEvery = time.Minute

// Endpoint finds what a token leads to, see engine.Endpoints.
func (s *Store) Endpoint(ctx context.Context, tokenHash []byte) (engine.Endpoint, error) {
	on, err := s.read(ctx, crossing)
	if err != nil {
		return engine.Endpoint{}, err
	}
	now := s.now()
	var lastUsed time.Time
	e, err := first(on, selectEndpoint, []any{tokenHash}, func(row scanner) (e engine.Endpoint, err error) {
		var status string
		var expires, used, purged int64
		err = row.Scan(&e.Workspace, &e.WorkflowID, &e.TriggerID, &expires, &used,
			&status, &e.Definition, &e.Version, &e.Stamp, &purged, &e.Draft)
		lastUsed = timeOf(used)
		e.Status = engine.WorkflowStatus(status)
		e.Gone = purged != 0 || (expires != 0 && !now.Before(timeOf(expires)))
		e.Old = expires != 0 && !e.Gone
		return e, err
	})
	if err == nil && now.Sub(lastUsed) > touchEvery {
		s.touch(tokenHash, now)
	}
	return e, err
}

// touch notes when a token was used, in the background: no caller waits for it,
// and one that is lost is made up for by the next.
func (s *Store) touch(tokenHash []byte, now time.Time) {
	s.closing.RLock()
	defer s.closing.RUnlock()
	key := string(tokenHash)
	if s.closed {
		return
	}
	if _, under := s.touching.LoadOrStore(key, true); under {
		return
	}
	s.background.Go(func() {
		defer s.touching.Delete(key)
		u, err := newUnit(background, crossing)
		if err == nil {
			u.add(touchToken, micros(now), []byte(key), micros(now))
			err = s.submit(u)
		}
		if err != nil {
			s.log.Debug("last use of an address not noted", "error", err)
		}
	})
}

// CountLimited adds to the row of a trigger's limited minute, see
// engine.Endpoints.
func (s *Store) CountLimited(ctx context.Context, e engine.Endpoint, minute time.Time, n int) error {
	u, err := newUnit(ctx, e.Workspace)
	if err != nil {
		return err
	}
	at := micros(minute.Truncate(time.Minute))
	u.work = func(t *tx) error {
		id := engine.NewID("req")
		claimed, err := t.exec(claimMinute, e.Workspace, e.WorkflowID, e.TriggerID, at, id)
		if err != nil {
			return err
		}
		if claimed == 0 {
			_, err = t.exec(addLimited, n, e.Workspace, e.Workspace, e.WorkflowID, e.TriggerID, at)
			return err
		}
		_, err = t.exec(insertLimited, e.Workspace, id, e.WorkflowID, e.TriggerID, string(nodes.RateLimited),
			"more requests than this address takes in a second", 429, false, n, micros(t.at))
		return err
	}
	return s.submit(u)
}
