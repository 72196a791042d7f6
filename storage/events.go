package storage

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/value"
)

var (
	insertEvent = q(`INSERT INTO events (workspace_id, id, type, contact_id, data, cause_run, depth, occurred_at, consumed_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	// selectPending also tells whether somebody waits for the event: nearly nobody
	// ever does, and a look into an empty index costs less than a question of its own.
	selectPending = q(`SELECT workspace_id, EXISTS (SELECT 1 FROM event_waits w WHERE w.workspace_id = events.workspace_id
			AND w.contact_id = events.contact_id AND w.event = events.type AND w.hit_at = 0), ` + eventColumns + ` FROM events
		WHERE consumed_at = 0 ORDER BY id LIMIT ?`)
	consumeEvent  = q(`UPDATE events SET consumed_at = ? WHERE workspace_id = ? AND id = ? AND consumed_at = 0`)
	lockEvent     = q(`SELECT consumed_at FROM events WHERE workspace_id = ? AND id = ? $update`)
	workflowState = q(`SELECT status FROM workflows WHERE workspace_id = ? AND id = ?`)

	selectEventTriggers = q(`SELECT w.workspace_id, w.id, t.id, w.status, w.live_hash, w.live_version, w.stamp
		FROM triggers t JOIN workflows w ON w.workspace_id = t.workspace_id AND w.id = t.workflow_id
		WHERE t.workspace_id = ? AND t.event = ? AND t.event <> '' AND t.enabled AND w.status IN ('live', 'paused')
		ORDER BY w.id, t.id`)
)

// Emit appends an event, see crm.Tx. Events of muted runs are kept for the
// contact's history and start nothing.
func (t *tx) Emit(e crm.Event) error {
	data, err := value.Encode(e.Data)
	if err != nil {
		return fmt.Errorf("event %s: %w", e.Type, err)
	}
	at, consumed, depth := micros(t.at), int64(0), 0
	if t.muted {
		consumed = at
	}
	if t.cause != "" {
		depth = t.depth + 1
	}
	_, err = t.exec(insertEvent, t.workspace, engine.NewID("evt"), e.Type, e.ContactID, data, t.cause, depth, at, consumed)
	return err
}

// PendingEvents returns events that were not consumed, see engine.Events.
func (s *Store) PendingEvents(ctx context.Context, max int) ([]engine.PendingEvent, error) {
	on, err := s.read(ctx, crossing)
	if err != nil {
		return nil, err
	}
	return all(on, selectPending, []any{max}, func(row scanner) (e engine.PendingEvent, err error) {
		e.Event, err = readEvent(behind{behind{row, &e.Workspace}, &e.Awaited})
		return e, err
	})
}

func readEvent(row scanner) (e crm.Event, err error) {
	var data []byte
	var occurred int64
	if err := row.Scan(&e.ID, &e.Type, &e.ContactID, &data, &e.CauseRun, &e.Depth, &occurred); err != nil {
		return e, err
	}
	e.OccurredAt = timeOf(occurred)
	e.Data, err = decodeObject(data)
	return e, err
}

// behind is a row with one column more before the others.
type behind struct {
	scanner
	first any
}

func (b behind) Scan(dest ...any) error {
	return b.scanner.Scan(append([]any{b.first}, dest...)...)
}

// EventTriggers returns who listens to an event type, see engine.Events.
func (s *Store) EventTriggers(ctx context.Context, workspace, eventType string) ([]engine.Endpoint, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return nil, err
	}
	return all(on, selectEventTriggers, []any{workspace, eventType}, func(row scanner) (e engine.Endpoint, err error) {
		var status string
		err = row.Scan(&e.Workspace, &e.WorkflowID, &e.TriggerID, &status, &e.Definition, &e.Version, &e.Stamp)
		e.Status = engine.WorkflowStatus(status)
		return e, err
	})
}

// Consume inserts the runs that an event starts and marks it, see engine.Events.
// A run is queued or held by what its workflow is at the commit, which may have
// been paused or resumed since the runs were made.
func (s *Store) Consume(ctx context.Context, workspace, eventID string, runs []engine.Run, ended ...crm.Event) ([]string, error) {
	u, err := newUnit(ctx, workspace)
	if err != nil {
		return nil, err
	}
	var inserted []string
	u.work = func(t *tx) error {
		inserted = inserted[:0]
		return t.consume(eventID, runs, ended, &inserted)
	}
	if err := s.submit(u); err != nil {
		return nil, err
	}
	return inserted, nil
}

func (t *tx) consume(eventID string, runs []engine.Run, ended []crm.Event, inserted *[]string) error {
	consumed, err := first(t.session, lockEvent, []any{t.workspace, eventID}, func(row scanner) (at int64, err error) {
		return at, row.Scan(&at)
	})
	if err != nil {
		return err
	}
	if consumed != 0 {
		return nil
	}
	for _, r := range runs {
		r.Workspace, r.EventID = t.workspace, eventID
		if r.Status, err = t.startStatus(r); err != nil {
			return err
		}
		var b batch
		isNew := false
		t.store.insertRun(&b, insertRunOfEvent, &r, nil)
		last := len(b.statements) - 1
		for i := range b.statements {
			n, err := t.exec(b.statements[i].query, b.statements[i].args...)
			if err != nil {
				return err
			}
			isNew = i == last && n > 0
		}
		if isNew {
			*inserted = append(*inserted, r.ID)
		}
	}
	for _, event := range ended {
		if !slices.Contains(*inserted, event.CauseRun) {
			continue
		}
		t.Caused(event.CauseRun, event.Depth-1, false)
		if err := t.Emit(event); err != nil {
			return err
		}
	}
	_, err = t.exec(consumeEvent, micros(t.at), t.workspace, eventID)
	return err
}

// startStatus is queued or held as the run's workflow is now.
func (t *tx) startStatus(r engine.Run) (engine.Status, error) {
	if r.Status != engine.Queued && r.Status != engine.Held {
		return r.Status, nil
	}
	if r.EndReason == engine.HeldByLimit {
		return r.Status, nil
	}
	if err := t.lockWorkflow(shareWorkflow, r.WorkflowID); err != nil {
		return "", err
	}
	status, err := first(t.session, workflowState, []any{t.workspace, r.WorkflowID}, func(row scanner) (status string, err error) {
		return status, row.Scan(&status)
	})
	if errors.Is(err, errNotFound) {
		return r.Status, nil
	}
	if engine.WorkflowStatus(status) == engine.WorkflowPaused {
		return engine.Held, err
	}
	return engine.Queued, err
}

// DropEvents marks events that start nothing as consumed, see engine.Events.
func (s *Store) DropEvents(ctx context.Context, events []engine.PendingEvent) error {
	u, err := newUnit(ctx, crossing)
	if err != nil {
		return err
	}
	at := micros(s.now())
	for _, e := range events {
		u.add(consumeEvent, at, e.Workspace, e.ID)
	}
	return s.submit(u)
}
