package storagetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/storage"
)

// ignoreUnexported leaves out what the engine keeps beside a row in memory.
var ignoreUnexported = cmpopts.IgnoreUnexported(engine.StepResult{})

func testUnits(t *testing.T, open func(t testing.TB) *storage.Store) {
	boom := errors.New("boom")
	play(t, open,
		scenario{"an error undoes everything and is returned", func(t *testing.T, f *Fixture) {
			var id string
			err := f.Store.Do(ctx, f.Workspace.ID, func(tx engine.Tx) error {
				c := crm.Contact{Email: "gone@example.com"}
				if err := tx.InsertContact(&c); err != nil {
					return err
				}
				id = c.ID
				return boom
			})
			wantIs(t, err, boom)
			_, err = f.Contact(ctx, f.Workspace.ID, id)
			wantIs(t, err, engine.ErrNotFound)
		}},
		scenario{"a panic undoes everything and becomes an error", func(t *testing.T, f *Fixture) {
			err := f.Store.Do(ctx, f.Workspace.ID, func(tx engine.Tx) error {
				if err := tx.InsertContact(&crm.Contact{Email: "panic@example.com"}); err != nil {
					return err
				}
				panic("boom")
			})
			if err == nil || !strings.Contains(err.Error(), "boom") {
				t.Fatalf("error %v", err)
			}
			f.Do(func(tx engine.Tx) error {
				found, err := tx.ContactsBy("email", "panic@example.com")
				if len(found) != 0 {
					t.Error("the panicking unit left a contact")
				}
				return err
			})
		}},
		scenario{"failing and panicking units in a group fail alone", testUnitsAlone},
		scenario{"what is written is visible to later reads of the unit only", func(t *testing.T, f *Fixture) {
			f.Do(func(tx engine.Tx) error {
				c := crm.Contact{Email: "own@example.com"}
				if err := tx.InsertContact(&c); err != nil {
					return err
				}
				found, err := tx.ContactsBy("email", "own@example.com")
				if err != nil || len(found) != 1 {
					t.Errorf("inside: %d found, %v", len(found), err)
				}
				if _, err := f.Contact(ctx, f.Workspace.ID, c.ID); !errors.Is(err, engine.ErrNotFound) {
					t.Errorf("outside before the commit: %v", err)
				}
				return nil
			})
		}},
		scenario{"a unit without a workspace is refused", func(t *testing.T, f *Fixture) {
			called := false
			if err := f.Store.Do(ctx, "", func(engine.Tx) error { called = true; return nil }); err == nil || called {
				t.Error("Do ran")
			}
			if err := f.Save(ctx, "", engine.Progress{To: engine.RunState{Status: engine.Running}}); err == nil {
				t.Error("Save ran")
			}
			if _, err := f.Store.Accept(ctx, engine.Acceptance{}); err == nil {
				t.Error("Accept ran")
			}
			if _, err := f.Store.Run(ctx, "", "run_1"); err == nil || errors.Is(err, engine.ErrNotFound) {
				t.Errorf("Run: %v", err)
			}
		}},
		scenario{"a caller who left before is not served", func(t *testing.T, f *Fixture) {
			gone, leave := context.WithCancel(ctx)
			leave()
			err := f.Store.Do(gone, f.Workspace.ID, func(engine.Tx) error { return nil })
			wantIs(t, err, context.Canceled)
		}},
		scenario{"now stays the same within a unit", func(t *testing.T, f *Fixture) {
			f.Do(func(tx engine.Tx) error {
				if a, b := tx.Now(), tx.Now(); !a.Equal(b) || a.IsZero() {
					t.Errorf("%v then %v", a, b)
				}
				return nil
			})
		}},
		scenario{"many callers upsert one contact", testUpsertRace},
	)
}

// testUnitsAlone mixes units that fail in all ways with good ones.
func testUnitsAlone(t *testing.T, f *Fixture) {
	const n = 120
	var wait sync.WaitGroup
	failed := make([]error, n)
	runs := make([]engine.Run, n)
	for i := range n {
		runs[i] = f.Queued()
	}
	for i := range n {
		wait.Go(func() {
			email := fmt.Sprintf("unit%d@example.com", i)
			insert := func(tx engine.Tx) error { return tx.InsertContact(&crm.Contact{Email: email}) }
			switch i % 6 {
			case 0:
				failed[i] = f.Store.Do(ctx, f.Workspace.ID, insert)
			case 1:
				failed[i] = f.Store.Do(ctx, f.Workspace.ID, func(tx engine.Tx) error { return errors.Join(insert(tx), errors.New("no")) })
			case 2:
				failed[i] = f.Store.Do(ctx, f.Workspace.ID, func(tx engine.Tx) error { panic(insert(tx)) })
			case 3:
				failed[i] = f.Save(ctx, f.Workspace.ID, claim(runs[i], "b", step("x", 1)))
			case 4:
				lost := runs[i]
				lost.Epoch = 99
				failed[i] = f.Save(ctx, f.Workspace.ID, claim(lost, "b", step("x", 1)))
			case 5:
				// Breaks a foreign key after the run was written.
				broken := claim(runs[i], "b", step("x", 1))
				broken.To.ContactID = "con_none"
				failed[i] = f.Save(ctx, f.Workspace.ID, broken)
			}
		})
	}
	wait.Wait()
	for i := range n {
		good := i%6 == 0 || i%6 == 3
		if good != (failed[i] == nil) {
			t.Errorf("unit of kind %d: error %v", i%6, failed[i])
		}
		if i%6 == 4 && !errors.Is(failed[i], engine.ErrLost) {
			t.Errorf("lost unit: %v", failed[i])
		}
		want := engine.Queued
		if i%6 == 3 {
			want = engine.Running
		}
		if got := run(t, f, runs[i].ID).Status; got != want {
			t.Errorf("run of kind %d is %s", i%6, got)
		}
	}
	f.Do(func(tx engine.Tx) error {
		for i := range n {
			found, err := tx.ContactsBy("email", fmt.Sprintf("unit%d@example.com", i))
			if err != nil {
				return err
			}
			if (len(found) == 1) != (i%6 == 0) {
				t.Errorf("unit of kind %d left %d contacts", i%6, len(found))
			}
		}
		return nil
	})
}

// testUpsertRace has many transactions find or insert the same contact and add
// to it; none may fail, and none may lose another's change.
func testUpsertRace(t *testing.T, f *Fixture) {
	const n = 30
	var wait sync.WaitGroup
	failed := make([]error, n)
	for i := range n {
		wait.Go(func() {
			failed[i] = f.Store.Do(ctx, f.Workspace.ID, func(tx engine.Tx) error {
				found, err := tx.ContactsBy("email", "ada@example.com")
				if err != nil {
					return err
				}
				c := crm.Contact{Email: "ada@example.com", Fields: map[string]any{}}
				if len(found) > 0 {
					c = found[0]
				} else if err := tx.InsertContact(&c); err != nil {
					return err
				}
				c.Fields[fmt.Sprintf("f%d", i)] = i
				return tx.UpdateContact(&c)
			})
		})
	}
	wait.Wait()
	noError(t, errors.Join(failed...))
	f.Do(func(tx engine.Tx) error {
		found, err := tx.ContactsBy("email", "ada@example.com")
		if err == nil && (len(found) != 1 || len(found[0].Fields) != n) {
			t.Errorf("%d contacts, fields %v", len(found), found)
		}
		return err
	})
}
