package storagetest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/storage"
)

// walk reads a list part by part.
func walk[T any](t *testing.T, size int, read func(engine.Page) (engine.List[T], error)) (items []T) {
	t.Helper()
	for p := (engine.Page{Limit: size}); ; {
		list, err := read(p)
		noError(t, err)
		items = append(items, list.Items...)
		if list.Next == "" {
			return items
		}
		p.Cursor = list.Next
	}
}

func testLists(t *testing.T, open func(t testing.TB) *storage.Store) {
	play(t, open,
		scenario{"runs by every filter, part by part, from the newest", testListRuns},
		scenario{"requests by every filter", testListRequests},
		scenario{"contacts by e-mail, tag and words", testListContacts},
		scenario{"steps part by part", func(t *testing.T, f *Fixture) {
			r := f.Queued()
			var steps []engine.StepResult
			for i := range 25 {
				steps = append(steps, step("items["+string(rune('a'+i))+"]/x", i/2+1))
			}
			again := steps[3]
			again.Execution = 2
			noError(t, f.Save(ctx, f.Workspace.ID, claim(r, "b", append(steps, again, step("other", 99))...)))
			for _, c := range []struct {
				prefix string
				want   int
			}{{"", 26}, {"items[", 25}, {"items[b]", 1}, {"zzz", 0}} {
				got := walk(t, 4, func(p engine.Page) (engine.List[engine.StepResult], error) {
					return f.ListSteps(ctx, f.Workspace.ID, r.ID, c.prefix, p)
				})
				paths := map[string]bool{}
				for _, s := range got {
					paths[s.Path] = true
				}
				if len(got) != c.want || len(paths) != c.want {
					t.Errorf("%q: %d steps, %d paths, want %d", c.prefix, len(got), len(paths), c.want)
				}
			}
			stats, err := f.StepStats(ctx, f.Workspace.ID, f.Workflow.ID, now().Add(-time.Hour), now().Add(time.Hour))
			noError(t, err)
			if len(stats) != 26 || stats[0].Entered == 0 {
				t.Errorf("%v", stats)
			}
		}},
		scenario{"workflows and their trash", func(t *testing.T, f *Fixture) {
			held := f.Acceptance()
			held.Request.Verdict, held.Request.RunIDs, held.Run = nodes.Held, nil, nil
			f.Accept(held)
			list := func(by engine.WorkflowFilter) (ids []string) {
				for _, w := range walk(t, 1, func(p engine.Page) (engine.List[engine.WorkflowInfo], error) {
					return f.ListWorkflows(ctx, f.Workspace.ID, by, p)
				}) {
					ids = append(ids, w.ID)
				}
				return ids
			}
			other := engine.Workflow{ID: engine.NewID("wf"), Name: "100%_Other Äpfel", Status: engine.WorkflowDraft, Draft: []byte("{}"), Stamp: 1}
			f.Do(func(tx engine.Tx) error { return tx.InsertWorkflow(&other) })
			if diff := cmp.Diff([]string{other.ID, f.Workflow.ID}, list(engine.WorkflowFilter{})); diff != "" {
				t.Error(diff)
			}
			if got := list(engine.WorkflowFilter{Query: "0%_o"}); len(got) != 1 || got[0] != other.ID {
				t.Errorf("search: %v", got)
			}
			if got := list(engine.WorkflowFilter{Query: " äPFEL"}); len(got) != 1 {
				t.Errorf("search beyond ASCII: %v", got)
			}
			if got := list(engine.WorkflowFilter{Query: "sa%e"}); len(got) != 0 {
				t.Errorf("a sign of LIKE counts: %v", got)
			}
			info, err := f.WorkflowInfo(ctx, f.Workspace.ID, f.Workflow.ID)
			noError(t, err)
			if info.Held != 1 || string(info.Draft) != string(f.Workflow.Draft) {
				t.Errorf("%+v", info)
			}
			wantIs(t, f.PurgeWorkflow(ctx, f.Workspace.ID, other.ID), engine.ErrNotFound)
			f.Do(func(tx engine.Tx) error {
				w, err := tx.Workflow(other.ID)
				w.Status, w.DeletedAt = engine.WorkflowDeleted, tx.Now()
				if err != nil {
					return err
				}
				return tx.UpdateWorkflow(&w)
			})
			if got := list(engine.WorkflowFilter{Deleted: true}); len(got) != 1 || got[0] != other.ID {
				t.Errorf("trash: %v", got)
			}
			noError(t, f.PurgeWorkflow(ctx, f.Workspace.ID, other.ID))
			if got := list(engine.WorkflowFilter{Deleted: true}); len(got) != 0 {
				t.Errorf("trash: %v", got)
			}
			versions := walk(t, 1, func(p engine.Page) (engine.List[engine.Version], error) {
				return f.ListVersions(ctx, f.Workspace.ID, f.Workflow.ID, p)
			})
			v, err := f.Version(ctx, f.Workspace.ID, f.Workflow.ID, 1)
			noError(t, err)
			if diff := cmp.Diff([]engine.Version{v}, versions); diff != "" {
				t.Error(diff)
			}
		}},
		scenario{"workflows in folders, which are there as long as something is in them", func(t *testing.T, f *Fixture) {
			put := func(folder string) (id string) {
				w := engine.Workflow{ID: engine.NewID("wf"), Name: "W", Folder: folder, Status: engine.WorkflowDraft, Draft: []byte("{}"), Stamp: 1}
				f.Do(func(tx engine.Tx) error { return tx.InsertWorkflow(&w) })
				return w.ID
			}
			sales, _, gone := put("Sales"), put("élan"), put("archive")
			second := put("Sales")
			f.Do(func(tx engine.Tx) error {
				w, err := tx.Workflow(gone)
				if err != nil {
					return err
				}
				w.Status, w.DeletedAt = engine.WorkflowDeleted, tx.Now()
				return tx.UpdateWorkflow(&w)
			})
			folders := func(want ...string) {
				t.Helper()
				got, err := f.WorkflowFolders(ctx, f.Workspace.ID)
				noError(t, err)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Error(diff)
				}
			}
			folders("Sales", "élan")
			list := walk(t, 1, func(p engine.Page) (engine.List[engine.WorkflowInfo], error) {
				return f.ListWorkflows(ctx, f.Workspace.ID, engine.WorkflowFilter{Folder: "Sales"}, p)
			})
			if len(list) != 2 || list[0].ID != second || list[1].ID != sales || list[0].Folder != "Sales" {
				t.Errorf("%+v", list)
			}
			for _, id := range []string{sales, second} {
				f.Do(func(tx engine.Tx) error {
					w, err := tx.Workflow(id)
					if err != nil {
						return err
					}
					w.Folder = ""
					return tx.UpdateWorkflow(&w)
				})
			}
			folders("élan")
		}},
		scenario{"grants by contact, offer and whether they are active", func(t *testing.T, f *Fixture) {
			offer := crm.Offer{Title: "Course"}
			noError(t, f.CreateOffer(ctx, f.Workspace.ID, &offer))
			var grants []crm.Grant
			for i := range 3 {
				c := crm.Contact{Name: "x"}
				f.Do(func(tx engine.Tx) error {
					if err := tx.InsertContact(&c); err != nil {
						return err
					}
					g := crm.Grant{ContactID: c.ID, OfferID: offer.ID}
					if err := tx.InsertGrant(&g); err != nil {
						return err
					}
					grants = append(grants, g)
					if i > 0 {
						return nil
					}
					return tx.RevokeGrant(g.ID)
				})
			}
			yes, no := true, false
			for _, c := range []struct {
				by   engine.GrantFilter
				want []int
			}{
				{engine.GrantFilter{}, []int{2, 1, 0}},
				{engine.GrantFilter{OfferID: offer.ID, Active: &yes}, []int{2, 1}},
				{engine.GrantFilter{Active: &no}, []int{0}},
				{engine.GrantFilter{ContactID: grants[1].ContactID}, []int{1}},
				{engine.GrantFilter{OfferID: "off_none"}, nil},
			} {
				got := walk(t, 2, func(p engine.Page) (engine.List[crm.Grant], error) { return f.ListGrants(ctx, f.Workspace.ID, c.by, p) })
				var want []string
				for _, i := range c.want {
					want = append(want, grants[i].ID)
				}
				var ids []string
				for _, g := range got {
					ids = append(ids, g.ID)
				}
				if diff := cmp.Diff(want, ids); diff != "" {
					t.Errorf("%+v: %s", c.by, diff)
				}
			}
			got, err := f.Grant(ctx, f.Workspace.ID, grants[0].ID)
			noError(t, err)
			if got.RevokedAt.IsZero() {
				t.Error("not revoked")
			}
			offer.Title, offer.Products = "New", []crm.Product{{Title: "A"}}
			noError(t, f.UpdateOffer(ctx, f.Workspace.ID, &offer))
			offer.Products = append(offer.Products, crm.Product{Title: "B"})
			noError(t, f.UpdateOffer(ctx, f.Workspace.ID, &offer))
			list, err := f.ListOffers(ctx, f.Workspace.ID, engine.Page{})
			noError(t, err)
			if diff := cmp.Diff([]crm.Offer{offer}, list.Items); diff != "" || len(offer.Products) != 2 {
				t.Error(diff)
			}
			products, err := f.ContactProducts(ctx, f.Workspace.ID, []string{grants[0].ContactID, grants[1].ContactID})
			noError(t, err)
			if diff := cmp.Diff(map[string][]crm.Product{grants[1].ContactID: offer.Products}, products); diff != "" {
				t.Error(diff)
			}
			noError(t, f.DeleteOffer(ctx, f.Workspace.ID, offer.ID))
			_, err = f.Offer(ctx, f.Workspace.ID, offer.ID)
			wantIs(t, err, engine.ErrNotFound)
			left := walk(t, 9, func(p engine.Page) (engine.List[crm.Grant], error) {
				return f.ListGrants(ctx, f.Workspace.ID, engine.GrantFilter{Active: &yes}, p)
			})
			if len(left) != 0 {
				t.Errorf("%d grants of a deleted offer are active", len(left))
			}
		}},
		scenario{"tags, fields, values and connections", testSmallThings},
		scenario{"what happened to a contact", func(t *testing.T, f *Fixture) {
			for _, contact := range []string{"con_1", "con_2", "con_1", ""} {
				f.Do(func(tx engine.Tx) error { return tx.Emit(crm.Event{Type: crm.TagAdded, ContactID: contact}) })
			}
			got := walk(t, 1, func(p engine.Page) (engine.List[crm.Event], error) {
				return f.ListContactEvents(ctx, f.Workspace.ID, "con_1", p)
			})
			if len(got) != 2 || got[0].ID < got[1].ID || got[0].OccurredAt.IsZero() {
				t.Errorf("%+v", got)
			}
		}},
		scenario{"what a ref may name", func(t *testing.T, f *Fixture) {
			offer := crm.Offer{Title: "Course"}
			noError(t, f.CreateOffer(ctx, f.Workspace.ID, &offer))
			f.Do(func(tx engine.Tx) error { return tx.SetCustomValue("key", []byte("1")) })
			facts, err := f.Facts(ctx, f.Workspace.ID)
			noError(t, err)
			if !facts.Ref("offer", offer.ID) || !facts.Ref("offer", "Course") || facts.Ref("offer", "course") || facts.Ref("connection", "cxn_1") ||
				!facts.Ref("unheard", "x") || !facts.CustomValues["key"] || len(facts.ContactFields) != 0 {
				t.Errorf("%+v", facts)
			}
		}},
	)
}

func testListRuns(t *testing.T, f *Fixture) {
	var all []engine.Run
	at := now()
	for i := range 12 {
		r := f.NewRun()
		r.CreatedAt = at.Add(time.Duration(i) * time.Minute)
		if i%2 == 1 {
			r.Kind = engine.KindDelivery
		}
		if i%3 == 0 {
			r.Mode, r.Status = engine.ModeTest, engine.Failed
			r.Error = &engine.Failure{Code: "x", Message: "The Address is wrong"}
		}
		if i == 10 {
			r.Input = []byte(`{"pad":"` + strings.Repeat("x", 5000) + `","name":"Lovelace"}`)
		}
		f.Do(func(tx engine.Tx) error { return tx.InsertRun(r) })
		all = append(all, r)
	}
	slices.Reverse(all)
	for name, c := range map[string]struct {
		by   engine.RunFilter
		want func(r engine.Run) bool
	}{
		"default":  {engine.RunFilter{}, func(r engine.Run) bool { return r.Kind == engine.KindWorkflow }},
		"any":      {engine.RunFilter{Kind: storage.AnyKind}, func(engine.Run) bool { return true }},
		"kind":     {engine.RunFilter{Kind: engine.KindDelivery}, func(r engine.Run) bool { return r.Kind == engine.KindDelivery }},
		"mode":     {engine.RunFilter{Kind: storage.AnyKind, Mode: engine.ModeTest}, func(r engine.Run) bool { return r.Mode == engine.ModeTest }},
		"status":   {engine.RunFilter{Kind: storage.AnyKind, Status: engine.Failed}, func(r engine.Run) bool { return r.Status == engine.Failed }},
		"workflow": {engine.RunFilter{Kind: storage.AnyKind, WorkflowID: "wf_none"}, func(engine.Run) bool { return false }},
		"contact":  {engine.RunFilter{Kind: storage.AnyKind, ContactID: "con_none"}, func(engine.Run) bool { return false }},
		"time": {engine.RunFilter{Kind: storage.AnyKind, From: at.Add(3 * time.Minute), To: at.Add(5 * time.Minute)},
			func(r engine.Run) bool {
				return r.CreatedAt.Equal(at.Add(3*time.Minute)) || r.CreatedAt.Equal(at.Add(4*time.Minute))
			}},
		"words in the input": {engine.RunFilter{Kind: storage.AnyKind, Query: "LOVElace"}, func(r engine.Run) bool { return len(r.Input) > 5000 }},
		"words in the error": {engine.RunFilter{Kind: storage.AnyKind, Query: "address is"}, func(r engine.Run) bool { return r.Error != nil }},
		"id":                 {engine.RunFilter{Kind: storage.AnyKind, Query: all[3].ID}, func(r engine.Run) bool { return r.ID == all[3].ID }},
	} {
		got := walk(t, 2, func(p engine.Page) (engine.List[engine.Run], error) { return f.ListRuns(ctx, f.Workspace.ID, c.by, p) })
		var want []engine.Run
		for _, r := range all {
			if c.want(r) {
				r.Input = nil
				want = append(want, r)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func testListRequests(t *testing.T, f *Fixture) {
	var ids []string
	for i, verdict := range []nodes.Verdict{nodes.Accepted, nodes.Invalid, nodes.Accepted, nodes.Filtered} {
		a := f.Acceptance()
		a.Request.Verdict = verdict
		if verdict != nodes.Accepted {
			a.Run, a.Request.RunIDs = nil, nil
		}
		a.Request.Path = "/hooks/" + string(rune('a'+i))
		if i == 2 {
			a.Request.Body = []byte(strings.Repeat("x", 5000) + "Needle")
		}
		f.Accept(a)
		ids = append(ids, a.Request.ID)
	}
	for name, c := range map[string]struct {
		by   engine.RequestFilter
		want []int
	}{
		"all":      {engine.RequestFilter{}, []int{3, 2, 1, 0}},
		"workflow": {engine.RequestFilter{WorkflowID: f.Workflow.ID}, []int{3, 2, 1, 0}},
		"other":    {engine.RequestFilter{WorkflowID: "wf_none"}, nil},
		"accepted": {engine.RequestFilter{Verdict: "accepted"}, []int{2, 0}},
		"invalid":  {engine.RequestFilter{Verdict: "invalid"}, []int{1}},
		"body":     {engine.RequestFilter{Query: "needle"}, []int{2}},
		"path":     {engine.RequestFilter{Query: "HOOKS/b"}, []int{1}},
		"nothing":  {engine.RequestFilter{Query: "no such words"}, nil},
	} {
		var got, want []string
		for _, r := range walk(t, 1, func(p engine.Page) (engine.List[engine.Request], error) {
			return f.ListRequests(ctx, f.Workspace.ID, c.by, p)
		}) {
			got = append(got, r.ID)
			if r.Body != nil || r.Header != nil || r.Workspace != f.Workspace.ID {
				t.Errorf("%s: a list holds a body", name)
			}
		}
		for _, i := range c.want {
			want = append(want, ids[i])
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func testListContacts(t *testing.T, f *Fixture) {
	var ids []string
	var tag crm.Tag
	for i, c := range []crm.Contact{{Email: "ada@example.com", Name: "Ada Lovelace"}, {Email: "bob_b@example.com", Company: "100%"}, {Phone: "+4930"}} {
		f.Do(func(tx engine.Tx) (err error) {
			if err := tx.InsertContact(&c); err != nil {
				return err
			}
			if i < 2 {
				tag, _, err = tx.TagContact(c.ID, "VIP")
			}
			return err
		})
		ids = append(ids, c.ID)
	}
	for name, c := range map[string]struct {
		by   engine.ContactFilter
		want []int
	}{
		"all":      {engine.ContactFilter{}, []int{2, 1, 0}},
		"email":    {engine.ContactFilter{Email: "ada@example.com"}, []int{0}},
		"tag":      {engine.ContactFilter{Tag: "vip"}, []int{1, 0}},
		"tag id":   {engine.ContactFilter{Tag: tag.ID}, []int{1, 0}},
		"no tag":   {engine.ContactFilter{Tag: "none"}, nil},
		"words":    {engine.ContactFilter{Query: " LOVE "}, []int{0}},
		"literal":  {engine.ContactFilter{Query: "0%"}, []int{1}},
		"literal_": {engine.ContactFilter{Query: "b_b"}, []int{1}},
		"both":     {engine.ContactFilter{Query: "example", Tag: "VIP"}, []int{1, 0}},
	} {
		var got, want []string
		for _, x := range walk(t, 1, func(p engine.Page) (engine.List[crm.Contact], error) {
			return f.ListContacts(ctx, f.Workspace.ID, c.by, p)
		}) {
			got = append(got, x.ID)
			if (len(x.Tags) == 1) != (x.ID != ids[2]) {
				t.Errorf("%s: tags %v", name, x.Tags)
			}
		}
		for _, i := range c.want {
			want = append(want, ids[i])
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
