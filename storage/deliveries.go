package storage

import (
	"context"
	"slices"
	"strings"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/value"
)

// failedTooLong is why a hook is paused, for people.
const failedTooLong = "Every delivery failed for five days. What happens meanwhile is kept: mend the receiver and resume."

// aftermath adds what progress changes besides the run.
func (s *Store) aftermath(b *batch, workspace string, p *engine.Progress) error {
	for _, e := range p.Events {
		data, err := value.Encode(e.Data)
		if err != nil {
			return err
		}
		b.add(insertEventOfRun, workspace, engine.NewID("evt"), e.Type, e.ContactID, data, e.CauseRun, e.Depth, micros(e.OccurredAt), 0, workspace, p.Run)
	}
	if p.Wait != nil {
		b.add(putWait, waitArgs(workspace, *p.Wait)...)
	}
	o := p.Hook
	if o == nil {
		return nil
	}
	// Groups of PostgreSQL take rows that others write too in one order.
	lock := []byte("hook " + o.Hook)
	at := micros(o.At)
	if o.OK {
		b.add(hookSucceeded, at, o.Status, workspace, o.Hook).lock = lock
		return nil
	}
	before := micros(o.PauseBefore)
	b.add(hookFailed, at, o.Status, short(o.Error), micros(o.NextTry), before, failedTooLong, before, at, workspace, o.Hook).lock = lock
	if o.Gone != "" {
		b.add(hookGone, o.Gone, workspace, o.Hook).lock = lock
	}
	return nil
}

// short bounds an error that a row of health keeps.
func short(text string) string {
	const limit = 500
	if len(text) <= limit {
		return text
	}
	return strings.ToValidUTF8(text[:limit], "") + "…"
}

var (
	markDelivery = q(`UPDATE events SET deliver = TRUE WHERE workspace_id = ? AND id = ? AND NOT deliver`)
	delivered    = q(`UPDATE events SET deliver = FALSE WHERE workspace_id = ? AND id = ? AND deliver`)
	selectToSend = q(`SELECT workspace_id, ` + eventColumns + ` FROM events WHERE deliver ORDER BY id LIMIT ?`)
)

// MarkDelivery marks an event, see engine.Hooks.
func (s *Store) MarkDelivery(ctx context.Context, workspace, eventID string) error {
	return s.alone(ctx, workspace, markDelivery, workspace, eventID)
}

// Delivered takes an event's mark away, see engine.Hooks.
func (s *Store) Delivered(ctx context.Context, workspace, eventID string) error {
	return s.alone(ctx, workspace, delivered, workspace, eventID)
}

// alone commits one statement.
func (s *Store) alone(ctx context.Context, workspace string, query *query, args ...any) error {
	u, err := newUnit(ctx, workspace)
	if err != nil {
		return err
	}
	u.add(query, args...)
	return s.submit(u)
}

// EventsToDeliver returns marked events, see engine.Hooks.
func (s *Store) EventsToDeliver(ctx context.Context, max int) ([]engine.PendingEvent, error) {
	on, err := s.read(ctx, crossing)
	if err != nil {
		return nil, err
	}
	return all(on, selectToSend, []any{max}, func(row scanner) (e engine.PendingEvent, err error) {
		e.Event, err = readEvent(behind{row, &e.Workspace})
		return e, err
	})
}

// InsertDeliveries stores deliveries of an event, see engine.Hooks.
func (s *Store) InsertDeliveries(ctx context.Context, workspace string, d engine.Definition, runs []engine.Run) ([]engine.Run, error) {
	u, err := newUnit(ctx, workspace)
	if err != nil {
		return nil, err
	}
	var inserted []engine.Run
	u.work = func(t *tx) error {
		inserted = inserted[:0]
		ids := make([]string, len(runs))
		for i, r := range runs {
			ids[i] = r.Trigger
		}
		states := make(map[string]engine.HookStatus, len(runs))
		slices.Sort(ids)
		err := eachIn(t.session, lockHooks, []any{workspace}, ids, func(row scanner) error {
			var id, status string
			err := row.Scan(&id, &status)
			states[id] = engine.HookStatus(status)
			return err
		})
		if err != nil {
			return err
		}
		if err := t.PutDefinition(d.Hash, d.Document); err != nil {
			return err
		}
		for _, r := range runs {
			switch states[r.Trigger] {
			case engine.HookActive:
				r.Status = engine.Queued
			case engine.HookPaused:
				r.Status = engine.Held
			default:
				continue
			}
			r.Workspace = workspace
			isNew, err := t.insertNew(&r)
			if err != nil {
				return err
			}
			if isNew {
				inserted = append(inserted, r)
			}
		}
		return nil
	}
	if err := s.submit(u); err != nil {
		return nil, err
	}
	return inserted, nil
}

// insertNew stores a run unless an earlier try has stored it.
func (t *tx) insertNew(r *engine.Run) (isNew bool, err error) {
	var b batch
	t.store.insertRun(&b, insertRunOfEvent, r, nil)
	for i := range b.statements {
		n, err := t.exec(b.statements[i].query, b.statements[i].args...)
		if err != nil {
			return false, err
		}
		isNew = n > 0
	}
	return isNew, nil
}

// ResumeDeliveries queues what waits for a hook, see engine.Hooks.
func (s *Store) ResumeDeliveries(ctx context.Context, workspace, hookID string, max int) ([]engine.Handle, error) {
	var handles []engine.Handle
	err := s.within(ctx, workspace, func(t *tx) (err error) {
		at := micros(t.at)
		handles, err = all(t.session, resumeDeliveries, []any{at, at, workspace, workspace, hookID, max}, readHandle)
		return err
	})
	return handles, err
}

// CountKept counts what waits for a hook, see engine.Hooks.
func (s *Store) CountKept(ctx context.Context, workspace, hookID string, max int) (int, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return 0, err
	}
	return first(on, countKept, []any{workspace, hookID, max}, func(row scanner) (n int, err error) { return n, row.Scan(&n) })
}

// KeptDeliveries returns what waits for a hook, see engine.HookTx.
func (t *tx) KeptDeliveries(hookID string, max int) ([]engine.Run, error) {
	rows, err := all(t.session, selectKept, []any{t.workspace, hookID, max}, readRun)
	if err != nil {
		return nil, err
	}
	return t.whole(t.workspace, rows)
}
