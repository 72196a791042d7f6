package storage

import (
	"errors"
	"sync/atomic"
	"testing"

	"go.uber.org/goleak"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

// TestEveryStatementMayFailOnce fails each statement and commit of an import of
// contacts once: the unit is repeated until it goes through, and what stands
// there at the end is right.
func TestEveryStatementMayFailOnce(t *testing.T) {
	for _, url := range []string{"", "postgres"} {
		for _, point := range []Point{Statement, Commit, Committed} {
			var armed, calls, failing atomic.Int64
			c := config(t)
			c.DatabaseURL = url
			c.Fault = func(p Point) error {
				if armed.Load() == 1 && p == point && calls.Add(1) == failing.Load() {
					return errors.New("injected")
				}
				return nil
			}
			if url != "" {
				c.DatabaseURL = FilledPostgres(t)
			}
			s := opened(t, c)
			w := crm.Workspace{Name: "x", Slug: "x"}
			if err := s.CreateWorkspace(t.Context(), &w); err != nil {
				t.Fatal(err)
			}
			for k := int64(1); ; k++ {
				calls.Store(0)
				failing.Store(k)
				armed.Store(1)
				tries := upsert(t, s, w.ID)
				armed.Store(0)
				checkOne(t, s, w.ID, k)
				if calls.Load() < k {
					if k < 2 {
						t.Errorf("%s was never reached", point)
					}
					break
				}
				if tries < 2 {
					t.Fatalf("%s %d did not fail", point, k)
				}
			}
		}
	}
}

// upsert makes or changes a contact with a tag until the database says that it
// did, and returns how often it tried.
func upsert(t *testing.T, s *Store, workspace string) (tries int) {
	t.Helper()
	for {
		tries++
		err := s.Do(t.Context(), workspace, func(tx engine.Tx) error {
			found, err := tx.ContactsBy("email", "ada@example.com")
			if err != nil {
				return err
			}
			c := crm.Contact{Email: "ada@example.com"}
			if len(found) > 0 {
				c = found[0]
			} else if err := tx.InsertContact(&c); err != nil {
				return err
			}
			if _, _, err := tx.TagContact(c.ID, "VIP"); err != nil {
				return err
			}
			return tx.UpdateContact(&c)
		})
		if err == nil {
			return tries
		}
		if !errors.Is(err, engine.ErrUnavailable) {
			t.Fatalf("error: %v", err)
		}
	}
}

func checkOne(t *testing.T, s *Store, workspace string, k int64) {
	t.Helper()
	list, err := s.ListContacts(t.Context(), workspace, engine.ContactFilter{}, engine.Page{})
	if err != nil {
		t.Fatal(err)
	}
	if len(list.Items) != 1 || len(list.Items[0].Tags) != 1 {
		t.Fatalf("after failure %d: %+v", k, list.Items)
	}
}

// TestAFullDiskIsUnavailableAndHeals lets the file not grow any more.
func TestAFullDiskIsUnavailableAndHeals(t *testing.T) {
	s := opened(t, config(t))
	w := crm.Workspace{Name: "x", Slug: "x"}
	if err := s.CreateWorkspace(t.Context(), &w); err != nil {
		t.Fatal(err)
	}
	limit := func(pages string) {
		err := s.within(t.Context(), crossing, func(tx *tx) error {
			_, err := tx.exec(q("PRAGMA max_page_count = " + pages))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	insert := func() error {
		return s.Do(t.Context(), w.ID, func(tx engine.Tx) error {
			c := crm.Contact{Name: string(make([]byte, 20000))}
			return tx.InsertContact(&c)
		})
	}
	on, err := s.read(t.Context(), crossing)
	if err != nil {
		t.Fatal(err)
	}
	ask := func(pragma string) string {
		answer, err := first(on, q("PRAGMA "+pragma), nil, func(row scanner) (text string, err error) { return text, row.Scan(&text) })
		if err != nil {
			t.Fatal(err)
		}
		return answer
	}
	limit(ask("page_count"))
	if err := insert(); !errors.Is(err, engine.ErrUnavailable) {
		t.Fatalf("on a full disk: %v", err)
	}
	limit("1000000")
	if err := insert(); err != nil {
		t.Fatalf("after space was made: %v", err)
	}
	if verdict := ask("integrity_check"); verdict != "ok" {
		t.Errorf("integrity: %s", verdict)
	}
}

func TestCloseLeavesNothingBehind(t *testing.T) {
	url := FilledPostgres(t)
	before := goleak.IgnoreCurrent()
	for _, url := range []string{"", url} {
		c := config(t)
		c.DatabaseURL = url
		s, err := Open(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Ready(t.Context()); err != nil {
			t.Error(err)
		}
		if err := errors.Join(s.Close(), s.Close()); err != nil {
			t.Error(err)
		}
		if err := s.Ready(t.Context()); !errors.Is(err, engine.ErrUnavailable) {
			t.Errorf("ready after it was closed: %v", err)
		}
	}
	goleak.VerifyNone(t, before)
}
