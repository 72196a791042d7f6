package storagetest

import (
	"sync"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/storage"
)

// template stores a template with versions 1 to n.
func (f *Fixture) template(n int) engine.Template {
	f.T.Helper()
	t := engine.Template{ID: engine.NewID("tpl"), Name: "Sale", Summary: "Grants a course.", Recipe: []byte(`{"workflows":[]}`), CreatedBy: "usr_1"}
	f.Do(func(tx engine.Tx) error {
		if err := tx.InsertTemplate(&t); err != nil {
			return err
		}
		for number := 1; number <= n; number++ {
			v := engine.TemplateVersion{TemplateID: t.ID, Number: number, File: []byte(`{"schema":1}`), Hash: "h", Notes: "first", CreatedBy: "usr_1"}
			if err := tx.InsertTemplateVersion(&v); err != nil {
				return err
			}
		}
		t.Latest = n
		return tx.UpdateTemplate(&t)
	})
	return t
}

// clone stores a clone of a template whose only workflow is the fixture's.
func (f *Fixture) clone(home string, t engine.Template) engine.Clone {
	f.T.Helper()
	c := engine.Clone{
		ID: engine.NewID("cln"), TemplateWorkspace: home, TemplateID: t.ID, Version: t.Latest, Inputs: []byte(`{"tag":"VIP"}`),
		State: engine.CloneNeedsInput, Reason: "The connection is missing.", CreatedBy: "usr_1",
		Workflows: []engine.CloneWorkflow{{Key: "sale", WorkflowID: f.Workflow.ID, BaseHash: "h1"}},
	}
	f.Do(func(tx engine.Tx) error { return tx.InsertClone(&c) })
	return c
}

func testTemplates(t *testing.T, open func(t testing.TB) *storage.Store) {
	s := open(t)
	play(t, func(testing.TB) *storage.Store { return s },
		scenario{"versions stay, whatever becomes of their template", func(t *testing.T, f *Fixture) {
			made := f.template(2)
			got, err := f.Store.Template(ctx, f.Workspace.ID, made.ID)
			noError(t, err)
			if got.Latest != 2 || got.Name != "Sale" || got.Summary == "" || string(got.Recipe) != string(made.Recipe) || got.CreatedAt.IsZero() {
				t.Errorf("%+v", got)
			}
			list, err := f.ListTemplates(ctx, f.Workspace.ID, engine.Page{})
			noError(t, err)
			if len(list.Items) != 1 || list.Items[0].Recipe != nil {
				t.Errorf("listed %+v", list.Items)
			}
			versions, err := f.TemplateVersions(ctx, f.Workspace.ID, made.ID)
			noError(t, err)
			if len(versions) != 2 || versions[0].Number != 2 || versions[0].File != nil || versions[1].Notes != "first" {
				t.Errorf("versions %+v", versions)
			}
			err = f.Store.Do(ctx, f.Workspace.ID, func(tx engine.Tx) error {
				return tx.InsertTemplateVersion(&engine.TemplateVersion{TemplateID: made.ID, Number: 2, File: []byte("{}"), Hash: "other"})
			})
			if err == nil {
				t.Error("a version was stored twice")
			}
			f.Do(func(tx engine.Tx) error { return tx.DeleteTemplate(made.ID) })
			_, err = f.Store.Template(ctx, f.Workspace.ID, made.ID)
			wantIs(t, err, engine.ErrNotFound)
			v, err := f.TemplateVersion(ctx, f.Workspace.ID, made.ID, 1)
			noError(t, err)
			if string(v.File) != `{"schema":1}` || v.Hash != "h" {
				t.Errorf("%+v", v)
			}
		}},
		scenario{"a link shows the newest version until it ends", func(t *testing.T, f *Fixture) {
			made := f.template(2)
			at := now()
			token := secret.NewToken()
			l := engine.TemplateLink{ID: engine.NewID("tln"), TemplateID: made.ID, Hash: secret.HashToken(token), ExpiresAt: at.Add(time.Hour)}
			noError(t, f.PutTemplateLink(ctx, f.Workspace.ID, &l))
			v, err := f.SharedTemplate(ctx, secret.HashToken(token), at)
			noError(t, err)
			if v.Number != 2 {
				t.Errorf("version %d", v.Number)
			}
			_, err = f.SharedTemplate(ctx, secret.HashToken(token), l.ExpiresAt)
			wantIs(t, err, engine.ErrNotFound)
			_, err = f.SharedTemplate(ctx, secret.HashToken("other"), at)
			wantIs(t, err, engine.ErrNotFound)
			wantIs(t, f.RevokeTemplateLink(ctx, "ws_other", made.ID, l.ID), engine.ErrNotFound)
			noError(t, f.RevokeTemplateLink(ctx, f.Workspace.ID, made.ID, l.ID))
			_, err = f.SharedTemplate(ctx, secret.HashToken(token), at)
			wantIs(t, err, engine.ErrNotFound)
			links, err := f.TemplateLinks(ctx, f.Workspace.ID, made.ID)
			noError(t, err)
			if len(links) != 1 || links[0].RevokedAt.IsZero() {
				t.Errorf("%+v", links)
			}
			// A deleted template's links end with it.
			second := engine.TemplateLink{ID: engine.NewID("tln"), TemplateID: made.ID, Hash: secret.HashToken("second"), ExpiresAt: at.Add(time.Hour)}
			noError(t, f.PutTemplateLink(ctx, f.Workspace.ID, &second))
			f.Do(func(tx engine.Tx) error { return tx.DeleteTemplate(made.ID) })
			_, err = f.SharedTemplate(ctx, second.Hash, at)
			wantIs(t, err, engine.ErrNotFound)
			wantIs(t, f.PutTemplateLink(ctx, f.Workspace.ID, &second), engine.ErrNotFound)
		}},
		scenario{"clones are found by template and by workflow", func(t *testing.T, f *Fixture) {
			home := NewFixture(t, s, "home-of-clones")
			made := home.template(1)
			c := f.clone(home.Workspace.ID, made)
			got, err := f.Store.Clone(ctx, f.Workspace.ID, c.ID)
			noError(t, err)
			if got.State != engine.CloneNeedsInput || got.Reason != c.Reason || string(got.Inputs) != `{"tag":"VIP"}` || len(got.Workflows) != 1 || got.Workflows[0] != c.Workflows[0] {
				t.Errorf("%+v", got)
			}
			_, err = home.Store.Clone(ctx, home.Workspace.ID, c.ID)
			wantIs(t, err, engine.ErrNotFound)
			second := home.clone(home.Workspace.ID, made)
			by := engine.CloneFilter{TemplateWorkspace: home.Workspace.ID, TemplateID: made.ID}
			part, err := f.TemplateClones(ctx, by, engine.Page{Limit: 1})
			noError(t, err)
			rest, err := f.TemplateClones(ctx, by, engine.Page{Cursor: part.Next})
			noError(t, err)
			if len(part.Items) != 1 || part.Items[0].ID != c.ID || len(rest.Items) != 1 || rest.Items[0].ID != second.ID || rest.Next != "" {
				t.Errorf("%+v and %+v", part, rest)
			}
			f.Do(func(tx engine.Tx) error {
				c, err := tx.Clone(c.ID)
				if err != nil {
					return err
				}
				c.Version, c.State, c.Reason, c.Inputs = 2, engine.CloneReady, "", []byte(`{}`)
				c.Workflows[0].BaseHash = "h2"
				if err := tx.UpdateClone(&c); err != nil {
					return err
				}
				list, err := tx.ClonesOf(home.Workspace.ID, made.ID)
				if len(list) != 1 || list[0].Version != 2 || list[0].State != engine.CloneReady || list[0].Workflows[0].BaseHash != "h2" {
					t.Errorf("%+v", list)
				}
				return err
			})
		}},
		scenario{"a clone has received nothing until its first event", func(t *testing.T, f *Fixture) {
			made := f.clone(f.Workspace.ID, f.template(1))
			for want, accept := range []bool{false, true, false} {
				if accept {
					f.Queued()
				}
				received, err := f.Received(ctx, f.Workspace.ID)
				noError(t, err)
				if received[f.Workflow.ID] != (want > 0) {
					t.Errorf("received %v, want %v", received, want > 0)
				}
			}
			// History goes, and what it told stays.
			_, err := f.Prune(ctx, now().Add(-time.Hour))
			noError(t, err)
			c, err := f.Store.Clone(ctx, f.Workspace.ID, made.ID)
			noError(t, err)
			if c.Workflows[0].FirstEventAt.IsZero() {
				t.Error("the first event is not noted")
			}
		}},
		scenario{"the clones of a template and the board tell who has received nothing", func(t *testing.T, f *Fixture) {
			tpl := f.template(1)
			made := f.clone(f.Workspace.ID, tpl)
			for _, received := range []bool{false, true} {
				if received {
					f.Queued()
				}
				if h := healthOf(t, f, engine.Sight{All: true}, f.Workspace.ID); h.Silent == 0 != received {
					t.Errorf("received %v: the board counts %d", received, h.Silent)
				}
				standings, err := f.CloneStandings(ctx, f.Workspace.ID, tpl.ID)
				noError(t, err)
				of := standings[made.ID]
				if len(standings) != 1 || len(of) != 1 || of[0].Received != received {
					t.Fatalf("received %v: %+v", received, standings)
				}
				w := f.Workflow
				if got := of[0]; got.Workspace != f.Workspace.ID || got.WorkflowID != w.ID || got.Name != w.Name || got.BaseHash != "h1" || got.DraftHash == "" {
					t.Errorf("%+v", got)
				}
			}
		}},
		scenario{"of many who clone a template at once one does", func(t *testing.T, f *Fixture) {
			tpl := f.template(1)
			var all sync.WaitGroup
			for range 8 {
				all.Go(func() {
					err := f.Store.Do(ctx, f.Workspace.ID, func(tx engine.Tx) error {
						list, err := tx.ClonesOf(f.Workspace.ID, tpl.ID)
						if err != nil || len(list) > 0 {
							return err
						}
						return tx.InsertClone(&engine.Clone{
							ID: engine.NewID("cln"), TemplateWorkspace: f.Workspace.ID, TemplateID: tpl.ID, Version: 1, Inputs: []byte(`{}`), State: engine.CloneReady,
						})
					})
					if err != nil {
						t.Error(err)
					}
				})
			}
			all.Wait()
			list, err := f.TemplateClones(ctx, engine.CloneFilter{TemplateWorkspace: f.Workspace.ID, TemplateID: tpl.ID}, engine.Page{})
			if noError(t, err); len(list.Items) != 1 {
				t.Errorf("%d clones", len(list.Items))
			}
		}},
		scenario{"what a template brings is made once", func(t *testing.T, f *Fixture) {
			for _, first := range []bool{true, false} {
				f.Do(func(tx engine.Tx) error { return supply(t, tx, first) })
			}
			offer, err := f.ListOffers(ctx, f.Workspace.ID, engine.Page{})
			noError(t, err)
			if len(offer.Items) != 1 || len(offer.Items[0].Products) != 2 || offer.Items[0].Number == 0 {
				t.Errorf("%+v", offer.Items)
			}
			values, err := f.CustomValues(ctx, f.Workspace.ID)
			noError(t, err)
			if values["sheet"] != "one" {
				t.Errorf("%+v", values)
			}
		}},
	)
}

// supply asks for one thing of each kind and expects them to be made now or not.
func supply(t *testing.T, tx engine.Tx, first bool) error {
	t.Helper()
	check := func(what string, made bool, err error) error {
		if err == nil && made != first {
			t.Errorf("%s: made %v, want %v", what, made, first)
		}
		return err
	}
	name, value := "VIP", any("one")
	if !first {
		name, value = " vip", "two"
	}
	_, made, err := tx.SupplyTag(name)
	if err := check("tag", made, err); err != nil {
		return err
	}
	_, made, err = tx.SupplyField(crm.Field{Key: "plan", Label: "Plan", Kind: "choice", Options: []string{"A", "B"}})
	if err := check("field", made, err); err != nil {
		return err
	}
	_, made, err = tx.SupplyCustomValue(crm.CustomValue{Key: "sheet", Name: "Sheet", Value: value})
	if err := check("custom value", made, err); err != nil {
		return err
	}
	_, made, err = tx.SupplyOffer(crm.Offer{Title: "Course A", Products: []crm.Product{{ID: "prd_elsewhere", Title: "One"}, {Title: "Two"}}})
	if err := check("offer", made, err); err != nil {
		return err
	}
	form, made, err := tx.SupplyForm(crm.Form{Title: "Apply", Fields: []crm.FormField{{Key: "email", Kind: crm.FieldEmail, Label: "E-mail", To: "email"}}})
	if err == nil && (form.Slug == "" || len(form.Fields) != 1) {
		t.Errorf("form %+v", form)
	}
	return check("form", made, err)
}
