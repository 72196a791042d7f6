package storagetest

import (
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/storage"
)

func testWaits(t *testing.T, open func(t testing.TB) *storage.Store) {
	play(t, open,
		scenario{"of two runs at once one gets in", testEntryRace},
		scenario{"an ended run gives its place up, unless once is enough", testEntryAgain},
		scenario{"an event finds who waits for it", testEventFindsWaits},
		scenario{"one event never ends two waits of a run, one after the other", testEventEndsOnce},
		scenario{"what came for a failed run stays until it is retried", testHitOfFailedRun},
		scenario{"a goal follows the version that a run is retried on", testGoalChanges},
		scenario{"a purged workflow forgets who was in it", testPurgedEntries},
		scenario{"an erased contact leaves nothing behind", testErasedWaits},
	)
}

// stored is a queued run in the database.
func (f *Fixture) stored() engine.Run {
	f.T.Helper()
	r := f.NewRun()
	f.Do(func(tx engine.Tx) error { return tx.InsertRun(r) })
	return r
}

func (f *Fixture) enter(contact, run string, once bool) (holder string) {
	f.T.Helper()
	f.Do(func(tx engine.Tx) (err error) {
		holder, err = tx.Enter(f.Workflow.ID, contact, run, once)
		return err
	})
	return holder
}

func testEntryRace(t *testing.T, f *Fixture) {
	for range 5 {
		contact := engine.NewID("con")
		runs := []engine.Run{f.stored(), f.stored(), f.stored(), f.stored()}
		holders := make([]string, len(runs))
		var group sync.WaitGroup
		for i, r := range runs {
			group.Go(func() {
				if err := f.Store.Do(ctx, f.Workspace.ID, func(tx engine.Tx) (err error) {
					holders[i], err = tx.Enter(f.Workflow.ID, contact, r.ID, false)
					return err
				}); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		won := 0
		for i, r := range runs {
			if holders[i] == r.ID {
				won++
			}
			if holders[i] != holders[0] {
				t.Errorf("two runs hold one place: %v", holders)
			}
		}
		if won != 1 {
			t.Errorf("%d runs got in", won)
		}
	}
}

func testEntryAgain(t *testing.T, f *Fixture) {
	contact, first, second := engine.NewID("con"), f.stored(), f.stored()
	if f.enter(contact, first.ID, false) != first.ID || f.enter(contact, first.ID, false) != first.ID || f.enter(contact, second.ID, false) != first.ID {
		t.Fatal("a run keeps its place while it is under way")
	}
	f.Do(func(tx engine.Tx) error {
		r, err := tx.Run(first.ID)
		if err != nil {
			return err
		}
		r.Status, r.FinishedAt = engine.Canceled, now()
		return tx.SetRun(r)
	})
	if holder := f.enter(contact, second.ID, true); holder != first.ID {
		t.Errorf("who may come in once came in again: %s", holder)
	}
	if holder := f.enter(contact, second.ID, false); holder != second.ID {
		t.Errorf("the place of a run that has ended stays with %s", holder)
	}
	if holder := f.enter(engine.NewID("con"), first.ID, true); holder != first.ID {
		t.Error("another contact has a place of its own")
	}
}

func testEventFindsWaits(t *testing.T, f *Fixture) {
	contact, run := engine.NewID("con"), f.stored()
	wait := engine.EventWait{Run: run.ID, Path: "step", Event: crm.TagAdded, ContactID: contact, Only: []string{"VIP"}, Branch: "happened", Since: now()}
	f.Do(func(tx engine.Tx) error {
		if err := tx.PutWait(wait); err != nil {
			return err
		}
		if err := tx.PutWait(wait); err != nil {
			return err
		}
		return tx.Emit(crm.Event{Type: crm.TagAdded, ContactID: contact, Data: map[string]any{"n": 1}})
	})
	f.Do(func(tx engine.Tx) error {
		return tx.Emit(crm.Event{Type: crm.TagRemoved, ContactID: contact, Data: map[string]any{}})
	})
	pending, err := f.Store.PendingEvents(ctx, 100)
	noError(t, err)
	awaited := map[string]bool{}
	for _, e := range pending {
		if e.ContactID == contact {
			awaited[e.Type] = e.Awaited
		}
	}
	if !awaited[crm.TagAdded] || awaited[crm.TagRemoved] {
		t.Errorf("awaited: %v", awaited)
	}
	waits, err := f.Store.EventWaits(ctx, f.Workspace.ID, contact, crm.TagAdded)
	noError(t, err)
	if len(waits) != 1 || waits[0].Run != run.ID || !slices.Equal(waits[0].Only, wait.Only) || !waits[0].Since.Equal(wait.Since) {
		t.Fatalf("waits: %+v", waits)
	}
	noError(t, f.Store.HitWaits(ctx, f.Workspace.ID, "evt_1", waits, map[string]any{"n": 1}))
	noError(t, f.Store.HitWaits(ctx, f.Workspace.ID, "evt_2", waits, map[string]any{"n": 2}))
	hit := f.hits(run.ID)
	if len(hit) != 1 || hit[0].Data["n"] != 1 || hit[0].Branch != "happened" || hit[0].Path != "step" {
		t.Fatalf("hits: %+v", hit)
	}
	if again, err := f.Store.EventWaits(ctx, f.Workspace.ID, contact, crm.TagAdded); err != nil || len(again) != 0 {
		t.Errorf("a wait ends once: %v, %v", again, err)
	}
	f.Do(func(tx engine.Tx) error { return tx.DropWait(run.ID, "step") })
	if left := f.hits(run.ID); len(left) != 0 {
		t.Errorf("left: %+v", left)
	}
}

func (f *Fixture) put(w engine.EventWait) {
	f.T.Helper()
	f.Do(func(tx engine.Tx) error { return tx.PutWait(w) })
}

func testEventEndsOnce(t *testing.T, f *Fixture) {
	contact, run, other := engine.NewID("con"), f.stored(), f.stored()
	first := engine.EventWait{Run: run.ID, Path: "first", Event: crm.TagAdded, ContactID: contact, Since: now()}
	second, same := first, first
	second.Path, same.Since = "second", first.Since.Add(time.Millisecond)
	hit := func(event string, waits ...engine.EventWait) {
		t.Helper()
		noError(t, f.Store.HitWaits(ctx, f.Workspace.ID, event, waits, map[string]any{}))
	}
	f.put(first)
	hit("evt_1", first)
	f.Do(func(tx engine.Tx) error { return tx.DropWait(run.ID, "first") })
	f.put(second)
	f.put(same)
	third := second
	third.Run = other.ID
	f.put(third)
	hit("evt_1", second, same, third)
	if got := f.hits(run.ID); len(got) != 0 {
		t.Errorf("the same event ended what came after: %+v", got)
	}
	if got := f.hits(other.ID); len(got) != 1 {
		t.Errorf("another run's wait: %+v", got)
	}
	hit("evt_2", second, same)
	if got := f.hits(run.ID); len(got) != 2 {
		t.Errorf("the next event: %+v", got)
	}
}

func (f *Fixture) setStatus(run string, status engine.Status) {
	f.T.Helper()
	f.Do(func(tx engine.Tx) error {
		r, err := tx.Run(run)
		if err != nil {
			return err
		}
		r.Status = status
		return tx.SetRun(r)
	})
}

func testHitOfFailedRun(t *testing.T, f *Fixture) {
	run := f.stored()
	wait := engine.EventWait{Run: run.ID, Path: "goal", Event: crm.TagAdded, ContactID: engine.NewID("con"), Goal: true, Since: now()}
	f.put(wait)
	noError(t, f.Store.HitWaits(ctx, f.Workspace.ID, "evt_1", []engine.EventWait{wait}, map[string]any{}))
	for status, want := range map[engine.Status]int{engine.Failed: 0, engine.Parked: 0, engine.Queued: 1} {
		f.setStatus(run.ID, status)
		if got := f.hits(run.ID); len(got) != want {
			t.Errorf("%s: %+v", status, got)
		}
	}
}

func testGoalChanges(t *testing.T, f *Fixture) {
	contact, run := engine.NewID("con"), f.stored()
	goal := engine.EventWait{Run: run.ID, Path: "goal", Event: crm.TagAdded, Only: []string{"a"}, ContactID: contact, Goal: true, Since: now()}
	later := goal
	later.Since = goal.Since.Add(time.Minute)
	f.put(goal)
	f.put(later)
	waits, err := f.Store.EventWaits(ctx, f.Workspace.ID, contact, crm.TagAdded)
	noError(t, err)
	if len(waits) != 1 || !waits[0].Since.Equal(goal.Since) {
		t.Errorf("the same goal is kept: %+v", waits)
	}
	later.Event, later.Only = crm.TagRemoved, []string{"b"}
	f.put(later)
	waits, err = f.Store.EventWaits(ctx, f.Workspace.ID, contact, crm.TagRemoved)
	noError(t, err)
	if len(waits) != 1 || !slices.Equal(waits[0].Only, later.Only) || !waits[0].Since.Equal(later.Since) {
		t.Errorf("another goal takes its place: %+v", waits)
	}
	noError(t, f.Store.HitWaits(ctx, f.Workspace.ID, "evt_1", waits, map[string]any{}))
	f.put(goal)
	if got := f.hits(run.ID); len(got) != 1 {
		t.Errorf("a goal that is reached: %+v", got)
	}
}

func testPurgedEntries(t *testing.T, f *Fixture) {
	contact, first, second := engine.NewID("con"), f.stored(), f.stored()
	f.enter(contact, first.ID, true)
	prune := func() {
		t.Helper()
		_, err := f.Store.Prune(ctx, now().Add(-90*24*time.Hour))
		noError(t, err)
	}
	prune()
	if holder := f.enter(contact, second.ID, true); holder != first.ID {
		t.Errorf("a workflow that is there: %s", holder)
	}
	f.Do(func(tx engine.Tx) error {
		w, err := tx.Workflow(f.Workflow.ID)
		if err != nil {
			return err
		}
		w.Status, w.DeletedAt = engine.WorkflowDeleted, tx.Now()
		return tx.UpdateWorkflow(&w)
	})
	noError(t, f.Store.PurgeWorkflow(ctx, f.Workspace.ID, f.Workflow.ID))
	prune()
	if holder := f.enter(contact, second.ID, true); holder != second.ID {
		t.Errorf("a purged workflow: %s", holder)
	}
}

func (f *Fixture) hits(run string) []engine.EventHit {
	f.T.Helper()
	all, err := f.Store.EventHits(ctx, 100)
	if err != nil {
		f.T.Fatal(err)
	}
	return slices.DeleteFunc(all, func(h engine.EventHit) bool { return h.Run != run })
}

func testErasedWaits(t *testing.T, f *Fixture) {
	var contact crm.Contact
	run := f.stored()
	f.Do(func(tx engine.Tx) error {
		contact = crm.Contact{Email: "ada@example.com"}
		if err := tx.InsertContact(&contact); err != nil {
			return err
		}
		if _, err := tx.Enter(f.Workflow.ID, contact.ID, run.ID, false); err != nil {
			return err
		}
		r, err := tx.Run(run.ID)
		if err != nil {
			return err
		}
		r.ContactID = contact.ID
		if err := tx.SetRun(r); err != nil {
			return err
		}
		return tx.PutWait(engine.EventWait{Run: run.ID, Path: "p", Event: crm.TagAdded, ContactID: contact.ID, Since: now()})
	})
	in, err := f.Store.RunsOfContact(ctx, f.Workspace.ID, contact.ID, now().Add(time.Hour))
	noError(t, err)
	if !slices.Equal(in, []string{run.ID}) {
		t.Errorf("the contact's runs: %v", in)
	}
	noError(t, f.Store.EraseContact(ctx, f.Workspace.ID, contact.ID))
	if waits, err := f.Store.EventWaits(ctx, f.Workspace.ID, contact.ID, crm.TagAdded); err != nil || len(waits) != 0 {
		t.Errorf("waits of an erased contact: %v, %v", waits, err)
	}
}
