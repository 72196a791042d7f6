package storage

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine"
)

// sighted is a query over the workspaces that somebody sees. Each workspace is
// looked up by itself in the indexes of what belongs to it.
type sighted struct {
	all  *query
	some inQuery
}

// qSighted makes one. before ends in the conditions of the workspaces, which are
// called w; after follows them and has no arguments.
func qSighted(before, after string) sighted {
	return sighted{q(before + after), qIn(before+` AND w.id IN`, after)}
}

func (s session) eachSighted(q sighted, sight engine.Sight, args []any, read func(scanner) error) error {
	if sight.All {
		return s.each(q.all, args, read)
	}
	return eachIn(s, q.some, args, sight.IDs, read)
}

var (
	// boardFailures reads nothing but the index of failed runs. CROSS JOIN has SQLite
	// go through the workspaces, and not through what failed since the beginning.
	boardFailures = qSighted(`SELECT w.id, (r.finished_at - ?) / 3600000000, COUNT(*) FROM workspaces w
		CROSS JOIN runs r WHERE w.deleted_at = 0 AND r.workspace_id = w.id AND (r.status = 'failed' OR r.status = 'parked') AND r.kind = 'workflow' AND r.mode = 'live'
			AND r.finished_at >= ?`, ` GROUP BY 1, 2`)
	// boardRows finds the last event in the keys alone: ids begin with their time.
	boardRows = qSighted(`SELECT w.id,
			(SELECT COUNT(*) FROM (SELECT 1 FROM runs r WHERE r.workspace_id = w.id AND r.status = 'held' AND r.workflow_id IS NOT NULL LIMIT 10000) a),
			(SELECT COUNT(*) FROM (SELECT 1 FROM requests q WHERE q.workspace_id = w.id AND q.verdict = 'held' AND q.run_ids = '' LIMIT 10000) b),
			COALESCE((SELECT MAX(r.id) FROM runs r WHERE r.workspace_id = w.id), ''),
			COALESCE((SELECT MAX(q.id) FROM requests q WHERE q.workspace_id = w.id), ''),
			(SELECT COUNT(*) FROM connections c WHERE c.workspace_id = w.id AND c.deleted_at = 0 AND (c.waiting_since <> 0 OR c.problem <> '')
				AND c.waiting_since = 0)
				+ (SELECT COUNT(*) FROM sign_ins g WHERE g.workspace_id = w.id AND g.status = 'lost'),
			(SELECT COUNT(*) FROM connections c WHERE c.workspace_id = w.id AND c.deleted_at = 0 AND (c.waiting_since <> 0 OR c.problem <> '')
				AND c.waiting_since <> 0),
			(SELECT COUNT(*) FROM clones k JOIN templates t ON t.workspace_id = k.template_workspace AND t.id = k.template_id
				WHERE k.workspace_id = w.id AND k.deleted_at = 0 AND t.deleted_at = 0 AND k.version < t.latest),
			(SELECT COUNT(*) FROM clone_workflows x JOIN clones k ON k.workspace_id = x.workspace_id AND k.id = x.clone_id
				JOIN workflows f ON f.workspace_id = x.workspace_id AND f.id = x.workflow_id
				WHERE x.workspace_id = w.id AND k.deleted_at = 0 AND f.deleted_at = 0 AND x.first_event_at = 0 AND `+firstEvent+` = 0),
			COALESCE(u.runs, 0), COALESCE(u.deliveries, 0), COALESCE(u.emails, 0)
		FROM workspaces w LEFT JOIN workspace_usage u ON u.workspace_id = w.id AND u.month = ?
		WHERE w.deleted_at = 0`, ``)
)

// Board tells how each workspace fares that somebody sees. Usage is behind by up
// to a minute or two, all else is as it is now.
func (s *Store) Board(ctx context.Context, sight engine.Sight, now time.Time) ([]engine.Health, error) {
	if sight.None() {
		return nil, nil
	}
	on, err := s.readLong(ctx, crossing)
	if err != nil {
		return nil, err
	}
	month := engine.MonthOf(now)
	var list []engine.Health
	at := map[string]int{}
	err = on.eachSighted(boardRows, sight, []any{micros(month)}, func(row scanner) error {
		h := engine.Health{Usage: engine.Usage{Month: month}}
		var requests int
		var run, request string
		err := row.Scan(&h.Workspace, &h.Held, &requests, &run, &request, &h.Broken, &h.Waiting, &h.Behind, &h.Silent, &h.Runs, &h.Deliveries, &h.Emails)
		if _, twice := at[h.Workspace]; twice {
			return err // a list of ids is filled up with repeats, and parts may overlap
		}
		h.Held += requests
		h.LastEventAt = later(madeAt(run), madeAt(request))
		at[h.Workspace] = len(list)
		list = append(list, h)
		return err
	})
	if err != nil {
		return nil, err
	}
	from := micros(now.Add(-engine.HealthHours * time.Hour))
	err = on.eachSighted(boardFailures, sight, []any{from, from}, func(row scanner) error {
		var id string
		var hour, n int
		if err := row.Scan(&id, &hour, &n); err != nil {
			return err
		}
		if i, known := at[id]; known {
			list[i].Failures[min(hour, engine.HealthHours-1)] = n
		}
		return nil
	})
	return list, err
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// madeAt is when an id was made, see firstID; zero for none.
func madeAt(id string) time.Time {
	_, hex, _ := strings.Cut(id, "_")
	hex = strings.ReplaceAll(hex, "-", "")
	if len(hex) < 12 {
		return time.Time{}
	}
	ms, err := strconv.ParseInt(hex[:12], 16, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
