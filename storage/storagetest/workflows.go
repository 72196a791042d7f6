package storagetest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/storage"
)

func testEndpoints(t *testing.T, open func(t testing.TB) *storage.Store) {
	play(t, open,
		scenario{"a token leads to its trigger", func(t *testing.T, f *Fixture) {
			got, err := f.Endpoint(ctx, secret.HashToken(f.Token))
			noError(t, err)
			want := engine.Endpoint{Workspace: f.Workspace.ID, WorkflowID: f.Workflow.ID, TriggerID: "hook",
				Status: engine.WorkflowLive, Definition: "h1", Version: 1, Stamp: 1}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatal(diff)
			}
			_, err = f.Endpoint(ctx, secret.HashToken(f.Token+"x"))
			wantIs(t, err, engine.ErrNotFound)
		}},
		scenario{"a draft comes with its document", func(t *testing.T, f *Fixture) {
			f.Do(func(tx engine.Tx) error {
				w, err := tx.Workflow(f.Workflow.ID)
				w.Status, w.LiveVersion, w.LiveHash = engine.WorkflowDraft, 0, ""
				if err != nil {
					return err
				}
				return tx.UpdateWorkflow(&w)
			})
			got, err := f.Endpoint(ctx, secret.HashToken(f.Token))
			noError(t, err)
			if got.Status != engine.WorkflowDraft || string(got.Draft) != string(f.Workflow.Draft) {
				t.Errorf("%+v", got)
			}
		}},
		scenario{"a rotated token works in its overlap and is gone after it", func(t *testing.T, f *Fixture) {
			expire := func(at time.Time) {
				f.Do(func(tx engine.Tx) error { return tx.ExpireTokens(f.Workflow.ID, "hook", at) })
			}
			expire(time.Now().Add(time.Hour))
			got, err := f.Endpoint(ctx, secret.HashToken(f.Token))
			noError(t, err)
			if !got.Old || got.Gone {
				t.Errorf("in its overlap: %+v", got)
			}
			fresh := secret.NewToken()
			f.Do(func(tx engine.Tx) error {
				return tx.InsertToken(engine.Token{Hash: secret.HashToken(fresh), WorkflowID: f.Workflow.ID, TriggerID: "hook", Plain: fresh})
			})
			expire(time.Now().Add(-time.Second))
			got, err = f.Endpoint(ctx, secret.HashToken(fresh))
			noError(t, err)
			if got.Old || !got.Gone {
				t.Errorf("after its end: %+v", got)
			}
			f.Do(func(tx engine.Tx) error {
				tokens, err := tx.Tokens(f.Workflow.ID)
				if err != nil {
					return err
				}
				if len(tokens) != 2 || tokens[0].Plain != fresh || tokens[1].Plain != f.Token {
					t.Errorf("tokens: %+v", tokens)
				}
				return nil
			})
		}},
		scenario{"limited requests of a minute are one counted row", func(t *testing.T, f *Fixture) {
			e, err := f.Endpoint(ctx, secret.HashToken(f.Token))
			noError(t, err)
			minute := now().Truncate(time.Minute)
			noError(t, f.CountLimited(ctx, e, minute, 3))
			noError(t, f.CountLimited(ctx, e, minute, 4))
			noError(t, f.CountLimited(ctx, e, minute.Add(time.Minute), 1))
			page, err := f.ListRequests(ctx, f.Workspace.ID, engine.RequestFilter{Verdict: string(nodes.RateLimited)}, engine.Page{Limit: 10})
			noError(t, err)
			if len(page.Items) != 2 || page.Items[0].Count != 1 || page.Items[1].Count != 7 || page.Items[1].Status != 429 {
				t.Errorf("rows: %+v", page.Items)
			}
		}},
	)
}

func testWorkflows(t *testing.T, open func(t testing.TB) *storage.Store) {
	play(t, open,
		scenario{"a workflow is stored whole and its revision grows", func(t *testing.T, f *Fixture) {
			var got engine.Workflow
			f.Do(func(tx engine.Tx) (err error) {
				w, err := tx.Workflow(f.Workflow.ID)
				if err != nil {
					return err
				}
				w.Name, w.Draft, w.DraftHash, w.Stamp, w.Status = "New", []byte(`{}`), "h2", 5, engine.WorkflowDeleted
				w.DeletedAt = tx.Now()
				if err := tx.UpdateWorkflow(&w); err != nil {
					return err
				}
				got, err = tx.Workflow(w.ID)
				if diff := cmp.Diff(w, got); diff != "" {
					t.Error(diff)
				}
				return err
			})
			if got.Revision != 2 || got.Workspace != f.Workspace.ID {
				t.Errorf("%+v", got)
			}
			err := f.Store.Do(ctx, f.Workspace.ID, func(tx engine.Tx) error { return tx.UpdateWorkflow(&engine.Workflow{ID: "wf_none"}) })
			wantIs(t, err, engine.ErrNotFound)
		}},
		scenario{"definitions and versions are kept as first stored", func(t *testing.T, f *Fixture) {
			f.Do(func(tx engine.Tx) error {
				if err := tx.PutDefinition("h1", []byte("other")); err != nil {
					return err
				}
				document, err := tx.Definition("h1")
				if err != nil || string(document) != string(f.Workflow.Draft) {
					t.Errorf("definition %s, %v", document, err)
				}
				v, err := tx.Version(f.Workflow.ID, 1)
				if err != nil || v.Definition != "h1" || v.PublishedBy != "usr_1" || v.CreatedAt.IsZero() {
					t.Errorf("version %+v, %v", v, err)
				}
				_, err = tx.Version(f.Workflow.ID, 2)
				wantIs(t, err, engine.ErrNotFound)
				return nil
			})
			_, err := f.Definition(ctx, f.Workspace.ID, "nope")
			wantIs(t, err, engine.ErrNotFound)
		}},
		scenario{"held requests and runs, oldest first", func(t *testing.T, f *Fixture) {
			var requests, runs []string
			var freed string
			for i := range 4 {
				a := f.Acceptance()
				a.Request.Verdict = nodes.Held
				if i < 2 {
					a.Run, a.Request.RunIDs = nil, nil
					requests = append(requests, a.Request.ID)
				} else {
					a.Run.Status = engine.Held
					runs = append(runs, a.Run.ID)
				}
				f.Accept(a)
			}
			f.Queued()
			f.Do(func(tx engine.Tx) error {
				held, err := tx.HeldRequests(f.Workflow.ID, 10)
				if err != nil || len(held) != 2 || held[0].ID != requests[0] || string(held[0].Body) == "" {
					t.Errorf("requests %v, %v", held, err)
				}
				waiting, err := tx.HeldRuns(f.Workflow.ID, 1)
				if err != nil || len(waiting) != 1 || waiting[0].ID != runs[0] || len(waiting[0].Input) == 0 {
					t.Errorf("runs %v, %v", waiting, err)
				}
				if err := tx.MarkRequest(requests[0], string(nodes.Accepted), "", []string{"run_1", "run_2"}); err != nil {
					return err
				}
				// Of the first one it is known already what became of it.
				for id, verdict := range map[string]nodes.Verdict{requests[0]: nodes.Filtered, waiting[0].RequestID: nodes.Accepted, "req_gone": nodes.Accepted} {
					if err := tx.FreeRequest(id, string(verdict)); err != nil {
						return err
					}
				}
				freed = waiting[0].RequestID
				held, err = tx.HeldRequests(f.Workflow.ID, 10)
				if len(held) != 1 || held[0].ID != requests[1] {
					t.Errorf("after marking: %v", held)
				}
				return err
			})
			r, err := f.Store.Request(ctx, f.Workspace.ID, requests[0])
			noError(t, err)
			if diff := cmp.Diff([]string{"run_1", "run_2"}, r.RunIDs); diff != "" || r.Verdict != nodes.Accepted {
				t.Errorf("%s %s", r.Verdict, diff)
			}
			r, err = f.Store.Request(ctx, f.Workspace.ID, freed)
			noError(t, err)
			if diff := cmp.Diff(runs[:1], r.RunIDs); diff != "" || r.Verdict != nodes.Accepted {
				t.Errorf("freed: %s %s", r.Verdict, diff)
			}
		}},
		scenario{"a resume and a request that was being held do not miss each other", testResumeRace},
	)
}

// testResumeRace resumes a workflow while requests that were judged in its pause
// are being committed: none may stay held.
func testResumeRace(t *testing.T, f *Fixture) {
	set := func(status engine.WorkflowStatus) (stamp int64) {
		f.Do(func(tx engine.Tx) error {
			w, err := tx.Workflow(f.Workflow.ID)
			if err != nil {
				return err
			}
			w.Status = status
			w.Stamp++
			stamp = w.Stamp
			if err := tx.UpdateWorkflow(&w); err != nil {
				return err
			}
			if status == engine.WorkflowPaused {
				return nil
			}
			held, err := tx.HeldRuns(w.ID, 100_000)
			for _, r := range held {
				r.Status = engine.Queued
				if err := tx.SetRun(r); err != nil {
					return err
				}
			}
			return err
		})
		return stamp
	}
	for range 20 {
		stamp := set(engine.WorkflowPaused)
		var accepted []string
		done := make(chan bool)
		go func() {
			defer close(done)
			for {
				a := f.Acceptance()
				a.Stamp, a.Request.Verdict, a.Run.Status = stamp, nodes.Held, engine.Held
				if _, err := f.Store.Accept(ctx, a); err != nil {
					return
				}
				accepted = append(accepted, a.Run.ID)
			}
		}()
		set(engine.WorkflowLive)
		<-done
		for _, id := range accepted {
			if got := run(t, f, id).Status; got != engine.Queued {
				t.Fatalf("run is %s after the resume", got)
			}
		}
	}
}

func testSecrets(t *testing.T, open func(t testing.TB) *storage.Store) {
	play(t, open,
		scenario{"a secret is opened with its overlap", func(t *testing.T, f *Fixture) {
			var id string
			overlap := now().Add(time.Hour)
			f.Do(func(tx engine.Tx) (err error) {
				if id, err = tx.PutSecret(f.Workflow.ID, "first"); err != nil {
					return err
				}
				return tx.RotateSecret(id, "second", overlap)
			})
			got, err := f.Secrets(ctx, f.Workspace.ID, []string{id, "sec_none"})
			noError(t, err)
			want := map[string][]engine.SecretVersion{id: {{Value: "second"}, {Value: "first", Until: overlap}}}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatal(diff)
			}
			f.Do(func(tx engine.Tx) error { return tx.RotateSecret(id, "third", time.Time{}) })
			got, err = f.Secrets(ctx, f.Workspace.ID, []string{id})
			noError(t, err)
			if diff := cmp.Diff([]engine.SecretVersion{{Value: "third"}}, got[id]); diff != "" {
				t.Fatal(diff)
			}
			err = f.Store.Do(ctx, f.Workspace.ID, func(tx engine.Tx) error { return tx.RotateSecret("sec_none", "x", overlap) })
			wantIs(t, err, engine.ErrNotFound)
		}},
		scenario{"another workspace does not get it", func(t *testing.T, f *Fixture) {
			var id string
			f.Do(func(tx engine.Tx) (err error) { id, err = tx.PutSecret("x", "mine"); return err })
			g := NewFixture(t, f.Store, "secrets-other")
			got, err := g.Secrets(ctx, g.Workspace.ID, []string{id})
			noError(t, err)
			if len(got) != 0 {
				t.Error("it did")
			}
		}},
	)
}

func testContacts(t *testing.T, open func(t testing.TB) *storage.Store) {
	play(t, open,
		scenario{"a contact comes back as it was given", func(t *testing.T, f *Fixture) {
			c := crm.Contact{
				Email: "ada@example.com", Phone: "+4930123456", Name: "Ada Lovelace", FirstName: "Ada", LastName: "Lovelace",
				ExternalUserID: "Ext-1", Company: "Analytical", Address: crm.Address{City: "London", Country: "GB"}, Timezone: "Europe/London",
				Source: "webhook", DateOfBirth: "1815-12-10", Subscribed: true, Tags: []string{},
				Fields: map[string]any{"plan": "Pro", "seats": 3, "ratio": 0.5, "ok": true, "list": []any{"a"}, "big": 820982911946154508},
			}
			f.Do(func(tx engine.Tx) error { return tx.InsertContact(&c) })
			if c.ID == "" || c.Number == 0 || c.CreatedAt.IsZero() {
				t.Errorf("not filled in: %+v", c)
			}
			got, err := f.Contact(ctx, f.Workspace.ID, c.ID)
			noError(t, err)
			if diff := cmp.Diff(c, got); diff != "" {
				t.Fatal(diff)
			}
			c.Email, c.Fields, c.Subscribed = "", map[string]any{"plan": "Basic"}, false
			f.Do(func(tx engine.Tx) error { return tx.UpdateContact(&c) })
			got, err = f.Contact(ctx, f.Workspace.ID, c.ID)
			noError(t, err)
			if diff := cmp.Diff(c, got); diff != "" {
				t.Fatal(diff)
			}
		}},
		scenario{"found by each key, oldest first", func(t *testing.T, f *Fixture) {
			a := crm.Contact{Email: "a@example.com", Phone: "+1", ExternalUserID: "X1", Fields: map[string]any{"Plan": " PRO ", "n": 5}}
			b := crm.Contact{Email: "b@example.com", Fields: map[string]any{"Plan": "pro"}}
			f.Do(func(tx engine.Tx) error {
				if err := tx.InsertContact(&a); err != nil {
					return err
				}
				return tx.InsertContact(&b)
			})
			for _, c := range []struct {
				key, value string
				want       []string
			}{
				{"email", "a@example.com", []string{a.ID}},
				{"phone", "+1", []string{a.ID}},
				{"external_user_id", "X1", []string{a.ID}},
				{"external_user_id", "x1", nil},
				{"field:Plan", "Pro", []string{a.ID, b.ID}},
				{"field:n", "5", []string{a.ID}},
				{"field:none", "x", nil},
				{"email", "", nil},
				{"phone", " ", nil},
			} {
				f.Do(func(tx engine.Tx) error {
					found, err := tx.ContactsBy(c.key, c.value)
					var ids []string
					for _, x := range found {
						ids = append(ids, x.ID)
					}
					if diff := cmp.Diff(c.want, ids); diff != "" {
						t.Errorf("%s=%q: %s", c.key, c.value, diff)
					}
					return err
				})
			}
			err := f.Store.Do(ctx, f.Workspace.ID, func(tx engine.Tx) error { _, err := tx.ContactsBy("shoe_size", "1"); return err })
			if err == nil {
				t.Error("an unknown key finds something")
			}
		}},
		scenario{"keys are unique, blanks are not keys", func(t *testing.T, f *Fixture) {
			insert := func(c crm.Contact) error {
				return f.Store.Do(ctx, f.Workspace.ID, func(tx engine.Tx) error { return tx.InsertContact(&c) })
			}
			noError(t, insert(crm.Contact{Email: "a@example.com", Phone: "+1", ExternalUserID: "x"}))
			noError(t, insert(crm.Contact{Name: "blank"}))
			noError(t, insert(crm.Contact{Name: "blank too"}))
			for field, c := range map[string]crm.Contact{"email": {Email: "a@example.com"}, "phone": {Phone: "+1"}, "external_user_id": {ExternalUserID: "x"}} {
				wantConflict(t, insert(c), field)
			}
		}},
		scenario{"tags are made once, whatever their case", func(t *testing.T, f *Fixture) {
			c := crm.Contact{Email: "t@example.com"}
			f.Do(func(tx engine.Tx) error {
				if err := tx.InsertContact(&c); err != nil {
					return err
				}
				for name, lacked := range map[string]bool{" VIP ": true} {
					tag, added, err := tx.TagContact(c.ID, name)
					if err != nil || added != lacked || tag.Name != "VIP" || tag.Number == 0 {
						t.Errorf("%q: %+v %v %v", name, tag, added, err)
					}
				}
				_, added, err := tx.TagContact(c.ID, "vip")
				if added {
					t.Error("added twice")
				}
				if _, _, err := tx.TagContact(c.ID, "Beta"); err != nil {
					return err
				}
				return err
			})
			got, err := f.Contact(ctx, f.Workspace.ID, c.ID)
			noError(t, err)
			if diff := cmp.Diff([]string{"Beta", "VIP"}, got.Tags); diff != "" {
				t.Error(diff)
			}
			f.Do(func(tx engine.Tx) error {
				for name, had := range map[string]bool{"ViP": true, "none": false} {
					if _, removed, err := tx.UntagContact(c.ID, name); err != nil || removed != had {
						t.Errorf("%q: %v %v", name, removed, err)
					}
				}
				_, removed, err := tx.UntagContact(c.ID, "vip")
				if removed {
					t.Error("removed twice")
				}
				return err
			})
		}},
		scenario{"custom values keep their type", func(t *testing.T, f *Fixture) {
			want := map[string]any{"text": "x", "big": 820982911946154508, "list": []any{1, "b"}, "none": nil}
			f.Do(func(tx engine.Tx) error {
				for key, text := range map[string]string{"text": `"old"`, "big": `820982911946154508`, "list": `[1,"b"]`, "none": `null`} {
					if err := tx.SetCustomValue(key, []byte(text)); err != nil {
						return err
					}
				}
				return tx.SetCustomValue("text", []byte(`"x"`))
			})
			got, err := f.CustomValues(ctx, f.Workspace.ID)
			noError(t, err)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatal(diff)
			}
			if err := f.Store.Do(ctx, f.Workspace.ID, func(tx engine.Tx) error { return tx.SetCustomValue("x", []byte(`{`)) }); err == nil {
				t.Error("broken JSON was stored")
			}
		}},
	)
}
