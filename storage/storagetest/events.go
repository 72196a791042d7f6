package storagetest

import (
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/storage"
)

func emit(f *Fixture, caused func(engine.Tx)) {
	f.T.Helper()
	f.Do(func(tx engine.Tx) error {
		if caused != nil {
			caused(tx)
		}
		return tx.Emit(crm.Event{Type: crm.TagAdded, ContactID: "con_1", Data: map[string]any{"tag": map[string]any{"name": "VIP", "big": 820982911946154508}}})
	})
}

func pending(t *testing.T, f *Fixture) []engine.PendingEvent {
	t.Helper()
	events, err := f.PendingEvents(ctx, 100)
	noError(t, err)
	return events
}

func testEvents(t *testing.T, open func(t testing.TB) *storage.Store) {
	t.Run("events are pending until they are consumed, oldest first", alone(open, func(t *testing.T, f *Fixture) {
		emit(f, nil)
		emit(f, func(tx engine.Tx) { tx.Caused("run_1", 4, false) })
		emit(f, func(tx engine.Tx) { tx.Caused("run_1", 4, true) })
		events := pending(t, f)
		if len(events) != 2 || events[0].ID > events[1].ID {
			t.Fatalf("%d pending", len(events))
		}
		want := engine.PendingEvent{Workspace: f.Workspace.ID, Event: crm.Event{
			ID: events[1].ID, Type: crm.TagAdded, ContactID: "con_1", CauseRun: "run_1", Depth: 5, OccurredAt: events[1].OccurredAt,
			Data: map[string]any{"tag": map[string]any{"name": "VIP", "big": 820982911946154508}},
		}}
		if diff := cmp.Diff(want, events[1]); diff != "" {
			t.Error(diff)
		}
		if events[0].Depth != 0 || events[0].CauseRun != "" {
			t.Errorf("an event of no run has depth %d", events[0].Depth)
		}
		noError(t, f.DropEvents(ctx, events))
		noError(t, f.DropEvents(ctx, events))
		if left := pending(t, f); len(left) != 0 {
			t.Errorf("%d still pending", len(left))
		}
	}))
	t.Run("an event of a unit that failed never was", alone(open, func(t *testing.T, f *Fixture) {
		err := f.Store.Do(ctx, f.Workspace.ID, func(tx engine.Tx) error {
			if err := tx.Emit(crm.Event{Type: crm.TagAdded}); err != nil {
				return err
			}
			return engine.ErrStale
		})
		wantIs(t, err, engine.ErrStale)
		if left := pending(t, f); len(left) != 0 {
			t.Errorf("%d pending", len(left))
		}
	}))
	t.Run("consumers that race start each run once", alone(open, func(t *testing.T, f *Fixture) {
		for range 20 {
			emit(f, nil)
			event := pending(t, f)[0]
			var wait sync.WaitGroup
			var mu sync.Mutex
			var inserted []string
			for range 4 {
				a, b := f.NewRun(), f.NewRun()
				b.Trigger = "second"
				wait.Go(func() {
					ids, err := f.Consume(ctx, f.Workspace.ID, event.ID, []engine.Run{a, b})
					if err != nil {
						t.Error(err)
					}
					mu.Lock()
					defer mu.Unlock()
					inserted = append(inserted, ids...)
				})
			}
			wait.Wait()
			if len(inserted) != 2 {
				t.Fatalf("%d runs", len(inserted))
			}
			if r := run(t, f, inserted[0]); r.EventID != event.ID {
				t.Errorf("run of event %q", r.EventID)
			}
		}
	}))
	t.Run("a run waits if its workflow was paused meanwhile", alone(open, func(t *testing.T, f *Fixture) {
		emit(f, nil)
		f.Do(func(tx engine.Tx) error {
			w, err := tx.Workflow(f.Workflow.ID)
			if err != nil {
				return err
			}
			w.Status = engine.WorkflowPaused
			return tx.UpdateWorkflow(&w)
		})
		r := f.NewRun()
		_, err := f.Consume(ctx, f.Workspace.ID, pending(t, f)[0].ID, []engine.Run{r})
		noError(t, err)
		if got := run(t, f, r.ID).Status; got != engine.Held {
			t.Errorf("run is %s", got)
		}
	}))
	t.Run("only enabled triggers of live and paused workflows listen", alone(open, func(t *testing.T, f *Fixture) {
		set := func(rows ...engine.TriggerRow) {
			f.Do(func(tx engine.Tx) error { return tx.SetTriggers(f.Workflow.ID, rows) })
		}
		listeners := func() []engine.Endpoint {
			list, err := f.EventTriggers(ctx, f.Workspace.ID, crm.TagAdded)
			noError(t, err)
			return list
		}
		set(engine.TriggerRow{ID: "tagged", Type: "tag.added", Event: crm.TagAdded, Enabled: true},
			engine.TriggerRow{ID: "off", Type: "tag.added", Event: crm.TagAdded},
			engine.TriggerRow{ID: "other", Type: "tag.removed", Event: crm.TagRemoved, Enabled: true})
		want := []engine.Endpoint{{Workspace: f.Workspace.ID, WorkflowID: f.Workflow.ID, TriggerID: "tagged",
			Status: engine.WorkflowLive, Definition: "h1", Version: 1, Stamp: 1}}
		if diff := cmp.Diff(want, listeners()); diff != "" {
			t.Fatal(diff)
		}
		set(engine.TriggerRow{ID: "other", Type: "tag.removed", Event: crm.TagRemoved, Enabled: true})
		if got := listeners(); len(got) != 0 {
			t.Errorf("a trigger that is gone listens: %v", got)
		}
	}))
}
