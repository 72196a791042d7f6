package storage

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/hookloom/hookloom/engine"
)

var (
	// selectUncounted finds the workspaces with runs that nobody has counted. Ids
	// begin with their time, so that the key itself bounds the search.
	selectUncounted = q(`SELECT w.id, COALESCE(m.mark, ''), COALESCE(m.stamp, 0) FROM workspaces w
		LEFT JOIN usage_marks m ON m.workspace_id = w.id
		WHERE EXISTS (SELECT 1 FROM runs r WHERE r.workspace_id = w.id AND r.id > COALESCE(m.mark, '') AND r.id < ?)`)
	// countNew counts by day, of which every month has whole ones. What is held has
	// not begun, and what was canceled before it began never will.
	countNew = q(`SELECT created_at / 86400000000, kind, COUNT(*), MAX(id), SUM(CASE WHEN mode <> 'live' THEN 0
			WHEN kind = 'delivery' THEN 1
			WHEN kind = 'workflow' AND status <> 'held' AND (status <> 'canceled' OR started_at <> 0) THEN 1 ELSE 0 END)
		FROM (SELECT id, created_at, started_at, kind, mode, status FROM runs WHERE workspace_id = ? AND id > ? AND id < ? ORDER BY id LIMIT ?) r
		GROUP BY 1, 2`)
	keepMark = q(`INSERT INTO usage_marks (workspace_id) VALUES (?) ON CONFLICT DO NOTHING`)
	setMark  = q(`UPDATE usage_marks SET mark = ?, stamp = stamp + 1 WHERE workspace_id = ? AND mark = ? AND stamp = ?`)
	addUsage = q(`INSERT INTO workspace_usage (workspace_id, month, runs, deliveries, emails) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (workspace_id, month) DO UPDATE SET runs = workspace_usage.runs + excluded.runs,
			deliveries = workspace_usage.deliveries + excluded.deliveries, emails = workspace_usage.emails + excluded.emails`)

	// selectUsedRuns adds what was made since the count.
	selectUsedRuns = q(`SELECT COALESCE((SELECT runs FROM workspace_usage WHERE workspace_id = ? AND month = ?), 0)
		+ (SELECT COUNT(*) FROM runs WHERE workspace_id = ? AND id > COALESCE((SELECT mark FROM usage_marks WHERE workspace_id = ?), '')
			AND created_at >= ? AND created_at < ? AND kind = 'workflow' AND mode = 'live' AND status <> 'held'
			AND (status <> 'canceled' OR started_at <> 0))`)
	selectLimited     = q(`SELECT DISTINCT workspace_id FROM runs WHERE status = 'held' AND end_reason = 'limit' AND id <> ''`)
	selectLimitedRuns = q(`SELECT ` + runColumns + ` FROM runs WHERE workspace_id = ? AND status = 'held' AND end_reason = 'limit'
		ORDER BY id LIMIT ? $update`)
	touchMark = q(`INSERT INTO usage_marks (workspace_id, stamp) VALUES (?, 1)
		ON CONFLICT (workspace_id) DO UPDATE SET stamp = usage_marks.stamp + 1 RETURNING mark`)

	selectUsage = q(`SELECT workspace_id, month, runs, deliveries, emails FROM workspace_usage WHERE month >= ? AND month <= ? ORDER BY month DESC, workspace_id`)
)

// countedAtOnce bounds what one statement counts; the rest is counted right after.
const countedAtOnce = 50_000

// CountUsage counts new runs and deliveries, see engine.UsageCounting.
func (s *Store) CountUsage(ctx context.Context, before time.Time) error {
	on, err := s.readLong(ctx, crossing)
	if err != nil {
		return err
	}
	upto := firstID("run", before)
	uncounted, err := all(on, selectUncounted, []any{upto}, func(row scanner) (m usageMark, err error) {
		return m, row.Scan(&m.workspace, &m.mark, &m.stamp)
	})
	if err != nil {
		return err
	}
	for _, m := range uncounted {
		for more := true; more; {
			if m, more, err = s.countOf(ctx, m, upto); err != nil {
				return err
			}
		}
	}
	return nil
}

// usageMark is up to where a workspace's runs are counted.
type usageMark struct {
	workspace, mark string
	stamp           int64
}

// countOf counts a part of a workspace's new runs and moves the mark. What was read
// before somebody else moved the mark, or let held runs behind it begin, is not
// used: the next look counts it.
func (s *Store) countOf(ctx context.Context, m usageMark, upto string) (next usageMark, more bool, err error) {
	on, err := s.readLong(ctx, m.workspace)
	if err != nil {
		return m, false, err
	}
	months := map[int64]engine.Usage{}
	read, last := 0, ""
	err = on.each(countNew, []any{m.workspace, m.mark, upto, countedAtOnce}, func(row scanner) error {
		var day int64
		var kind, id string
		var rows, counted int
		if err := row.Scan(&day, &kind, &rows, &id, &counted); err != nil {
			return err
		}
		month := micros(engine.MonthOf(timeOf(day*86_400_000_000 + 1)))
		u := months[month]
		if kind == string(engine.KindDelivery) {
			u.Deliveries += counted
		} else {
			u.Runs += counted
		}
		months[month] = u
		read, last = read+rows, max(last, id)
		return nil
	})
	if err != nil || read == 0 {
		return m, false, err
	}
	next = usageMark{m.workspace, last, m.stamp + 1}
	err = s.within(ctx, m.workspace, func(t *tx) error {
		if _, err := t.exec(keepMark, m.workspace); err != nil {
			return err
		}
		n, err := t.exec(setMark, last, m.workspace, m.mark, m.stamp)
		if err != nil {
			return err
		}
		if n == 0 {
			return engine.ErrLost
		}
		for month, u := range months {
			if err := t.addUsage(month, u); err != nil {
				return err
			}
		}
		return nil
	})
	if errors.Is(err, engine.ErrLost) {
		return m, false, nil
	}
	return next, err == nil && read == countedAtOnce, err
}

func (t *tx) addUsage(month int64, u engine.Usage) error {
	if u.Runs == 0 && u.Deliveries == 0 && u.Emails == 0 {
		return nil
	}
	_, err := t.exec(addUsage, t.workspace, month, u.Runs, u.Deliveries, u.Emails)
	return err
}

// countSent counts a letter that a mail server took. One whose attempt took so long
// that another process made it too is counted twice, as it was sent twice.
func (t *tx) countSent(m engine.Message) error {
	if m.Status != engine.MessageSent || m.Channel != engine.ChannelEmail || m.ContactID == "" {
		return nil
	}
	return t.addUsage(micros(engine.MonthOf(m.SentAt)), engine.Usage{Emails: 1})
}

// UsedRuns returns how many runs of a month began, see engine.UsageCounting.
func (s *Store) UsedRuns(ctx context.Context, workspace string, month time.Time) (int, error) {
	on, err := s.readLong(ctx, workspace)
	if err != nil {
		return 0, err
	}
	from, to := micros(month), micros(month.AddDate(0, 1, 0))
	return first(on, selectUsedRuns, []any{workspace, from, workspace, workspace, from, to}, func(row scanner) (n int, err error) { return n, row.Scan(&n) })
}

// LimitedWorkspaces lists the workspaces with runs that wait for their limit, see
// engine.UsageCounting.
func (s *Store) LimitedWorkspaces(ctx context.Context) ([]string, error) {
	on, err := s.read(ctx, crossing)
	if err != nil {
		return nil, err
	}
	return all(on, selectLimited, nil, func(row scanner) (id string, err error) { return id, row.Scan(&id) })
}

// LimitedRuns returns the oldest runs that wait for the limit, see engine.UsageTx. One
// of an earlier month is left, with all behind it, until CountUsage has passed it a
// minute after it came: it would be counted in its own month when it begins in this one.
func (t *tx) LimitedRuns(max int) ([]engine.Run, error) {
	rows, err := all(t.session, selectLimitedRuns, []any{t.workspace, max}, readRun)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	if month := engine.MonthOf(t.at); rows[0].CreatedAt.Before(month) {
		mark, err := first(t.session, touchMark, []any{t.workspace}, func(row scanner) (mark string, err error) { return mark, row.Scan(&mark) })
		if err != nil {
			return nil, err
		}
		uncounted := slices.IndexFunc(rows, func(r runRow) bool { return r.ID > mark && r.CreatedAt.Before(month) })
		if uncounted >= 0 {
			rows = rows[:uncounted]
		}
	}
	return t.whole(t.workspace, rows)
}

// CountReleased counts held runs that begin now, see engine.UsageTx. Those beyond
// the mark are counted when CountUsage comes to them.
func (t *tx) CountReleased(ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	mark, err := first(t.session, touchMark, []any{t.workspace}, func(row scanner) (mark string, err error) { return mark, row.Scan(&mark) })
	if err != nil {
		return err
	}
	passed := 0
	for _, id := range ids {
		if id <= mark {
			passed++
		}
	}
	return t.addUsage(micros(engine.MonthOf(t.at)), engine.Usage{Runs: passed})
}

// Usage returns what all workspaces used in each month of a time, from the newest;
// months and workspaces in which nothing was used are left out.
func (s *Store) Usage(ctx context.Context, from, to time.Time) ([]engine.Usage, error) {
	on, err := s.readLong(ctx, crossing)
	if err != nil {
		return nil, err
	}
	return all(on, selectUsage, []any{micros(from), micros(to)}, func(row scanner) (u engine.Usage, err error) {
		var month int64
		err = row.Scan(&u.Workspace, &month, &u.Runs, &u.Deliveries, &u.Emails)
		u.Month = timeOf(month)
		return u, err
	})
}
