package storagetest

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/storage"
)

func wantConflict(t *testing.T, err error, field string) {
	t.Helper()
	var taken *crm.Conflict
	if !errors.As(err, &taken) || taken.Field != field {
		t.Fatalf("got error %v, want a conflict of %s", err, field)
	}
}

func testOffers(t *testing.T, open func(t testing.TB) *storage.Store) {
	play(t, open,
		scenario{"access is given once and taken away", func(t *testing.T, f *Fixture) {
			offer := crm.Offer{Title: "Course", Products: []crm.Product{{Title: "Lessons"}, {Title: "Community"}}}
			noError(t, f.CreateOffer(ctx, f.Workspace.ID, &offer))
			c := crm.Contact{Email: "o@example.com"}
			var g crm.Grant
			f.Do(func(tx engine.Tx) error {
				byID, err := tx.Offer(offer.ID)
				if err != nil {
					return err
				}
				byTitle, err := tx.Offer("Course")
				if err != nil {
					return err
				}
				if diff := cmp.Diff(offer, byID); diff != "" || byTitle.ID != offer.ID {
					t.Error(diff)
				}
				_, err = tx.Offer("course")
				wantIs(t, err, engine.ErrNotFound)
				if err := tx.InsertContact(&c); err != nil {
					return err
				}
				_, err = tx.ActiveGrant(c.ID, offer.ID)
				wantIs(t, err, engine.ErrNotFound)
				g = crm.Grant{ContactID: c.ID, OfferID: offer.ID, RunID: "run_1"}
				return tx.InsertGrant(&g)
			})
			err := f.Store.Do(ctx, f.Workspace.ID, func(tx engine.Tx) error { return tx.InsertGrant(&crm.Grant{ContactID: c.ID, OfferID: offer.ID}) })
			wantConflict(t, err, "offer_id")
			offers, err := f.ContactOffers(ctx, f.Workspace.ID, c.ID)
			noError(t, err)
			if len(offers) != 1 || len(offers[0].Products) != 2 {
				t.Errorf("offers %v", offers)
			}
			f.Do(func(tx engine.Tx) error {
				got, err := tx.ActiveGrant(c.ID, offer.ID)
				if diff := cmp.Diff(g, got); diff != "" {
					t.Error(diff)
				}
				if err != nil {
					return err
				}
				if err := tx.RevokeGrant(g.ID); err != nil {
					return err
				}
				again := crm.Grant{ContactID: c.ID, OfferID: offer.ID}
				return tx.InsertGrant(&again)
			})
			err = f.Store.Do(ctx, f.Workspace.ID, func(tx engine.Tx) error { return tx.RevokeGrant(g.ID) })
			wantIs(t, err, engine.ErrNotFound)
		}},
	)
}

// testIsolation asks for everything of one workspace under another's name.
func testIsolation(t *testing.T, open func(t testing.TB) *storage.Store) {
	s := open(t)
	a, b := NewFixture(t, s, "a"), NewFixture(t, s, "b")
	r := a.Queued()
	noError(t, a.Save(ctx, a.Workspace.ID, claim(r, "b", step("one", 1))))
	contact, offer := crm.Contact{Email: "a@example.com"}, crm.Offer{Title: "Course"}
	noError(t, a.CreateOffer(ctx, a.Workspace.ID, &offer))
	a.Do(func(tx engine.Tx) error {
		if err := tx.InsertContact(&contact); err != nil {
			return err
		}
		return tx.InsertGrant(&crm.Grant{ContactID: contact.ID, OfferID: offer.ID})
	})
	ws := b.Workspace.ID
	reads := map[string]func() error{
		"run":        func() error { _, err := s.Run(ctx, ws, r.ID); return err },
		"request":    func() error { _, err := s.Request(ctx, ws, r.RequestID); return err },
		"contact":    func() error { _, err := s.Contact(ctx, ws, contact.ID); return err },
		"connection": func() error { _, err := s.Connection(ctx, ws, "cxn_1"); return err },
		"tx run":     func() error { return s.Do(ctx, ws, func(tx engine.Tx) error { _, err := tx.Run(r.ID); return err }) },
		"tx workflow": func() error {
			return s.Do(ctx, ws, func(tx engine.Tx) error { _, err := tx.Workflow(a.Workflow.ID); return err })
		},
		"tx version": func() error {
			return s.Do(ctx, ws, func(tx engine.Tx) error { _, err := tx.Version(a.Workflow.ID, 1); return err })
		},
		"tx contact": func() error {
			return s.Do(ctx, ws, func(tx engine.Tx) error { _, err := tx.Contact(contact.ID); return err })
		},
		"tx offer": func() error {
			return s.Do(ctx, ws, func(tx engine.Tx) error { _, err := tx.Offer(offer.ID); return err })
		},
		"tx grant": func() error {
			return s.Do(ctx, ws, func(tx engine.Tx) error { _, err := tx.ActiveGrant(contact.ID, offer.ID); return err })
		},
		"tx update contact": func() error {
			return s.Do(ctx, ws, func(tx engine.Tx) error { c := contact; return tx.UpdateContact(&c) })
		},
		"tx set run": func() error { return s.Do(ctx, ws, func(tx engine.Tx) error { return tx.SetRun(r) }) },
		"tx mark": func() error {
			return s.Do(ctx, ws, func(tx engine.Tx) error { return tx.MarkRequest(r.RequestID, "held", "", nil) })
		},
	}
	for name, read := range reads {
		if err := read(); !errors.Is(err, engine.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	wantIs(t, s.Save(ctx, ws, claim(r, "b")), engine.ErrLost)
	writes := map[string]func(tx engine.Tx) error{
		"a run of another's workflow": func(tx engine.Tx) error {
			other := b.NewRun()
			other.WorkflowID = a.Workflow.ID
			return tx.InsertRun(other)
		},
		"a grant to another's contact": func(tx engine.Tx) error {
			return tx.InsertGrant(&crm.Grant{ContactID: contact.ID, OfferID: offer.ID})
		},
		"a step of another's run": func(tx engine.Tx) error { return tx.SaveSteps(r.ID, []engine.StepResult{step("x", 1)}) },
		"a token of another's workflow": func(tx engine.Tx) error {
			return tx.InsertToken(engine.Token{Hash: []byte("h"), WorkflowID: a.Workflow.ID, TriggerID: "hook", Plain: "x"})
		},
	}
	for name, write := range writes {
		if err := s.Do(ctx, ws, write); err == nil {
			t.Errorf("%s was stored", name)
		}
	}
	steps, err := s.Steps(ctx, ws, r.ID)
	noError(t, err)
	tagged := false
	noError(t, s.Do(ctx, ws, func(tx engine.Tx) (err error) { _, tagged, err = tx.TagContact(contact.ID, "x"); return err }))
	if len(steps) != 0 || tagged {
		t.Errorf("%d steps, tagged %v", len(steps), tagged)
	}
}

// testHardValues holds both databases to one rule for text and JSON that one of
// them does not take.
func testHardValues(t *testing.T, open func(t testing.TB) *storage.Store) {
	play(t, open,
		scenario{"text with NUL and broken UTF-8", func(t *testing.T, f *Fixture) {
			c := crm.Contact{Name: "a\x00b\xffc", Email: "nul@example.com", Fields: map[string]any{"k": "x\x00y"}}
			f.Do(func(tx engine.Tx) error {
				if err := tx.InsertContact(&c); err != nil {
					return err
				}
				_, _, err := tx.TagContact(c.ID, "t\x00g")
				return err
			})
			got, err := f.Contact(ctx, f.Workspace.ID, c.ID)
			noError(t, err)
			if got.Name != "a\uFFFDb\uFFFDc" || got.Fields["k"] != "x\x00y" || got.Tags[0] != "t\uFFFDg" {
				t.Errorf("%q %q %q", got.Name, got.Fields["k"], got.Tags)
			}
		}},
		scenario{"a request of the worst bytes", func(t *testing.T, f *Fixture) {
			a := f.Acceptance()
			a.Request.Body = []byte("\x00\xff\xfe{\"a\":\"\\u0000\"}")
			a.Request.Path, a.Request.Query = "/\x00", "%00=\xff"
			a.Request.Header = map[string][]string{"x-bad": {"\xff\x00"}}
			a.Run.Input = []byte(`{"a":"\u0000","n":1e400}`)
			f.Accept(a)
			r, err := f.Store.Request(ctx, f.Workspace.ID, a.Request.ID)
			noError(t, err)
			if string(r.Body) != string(a.Request.Body) {
				t.Errorf("body %q", r.Body)
			}
			if got := run(t, f, a.Run.ID).Input; string(got) != string(a.Run.Input) {
				t.Errorf("input %q", got)
			}
		}},
		scenario{"times keep their microseconds and zero stays zero", func(t *testing.T, f *Fixture) {
			r := f.Queued()
			got := run(t, f, r.ID)
			if !got.CreatedAt.Equal(r.CreatedAt) || !got.StartedAt.IsZero() || !got.FinishedAt.IsZero() {
				t.Errorf("%v %v %v", got.CreatedAt, got.StartedAt, got.FinishedAt)
			}
		}},
	)
}
