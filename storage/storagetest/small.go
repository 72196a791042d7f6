package storagetest

import (
	"bytes"
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

func testSmallThings(t *testing.T, f *Fixture) {
	ws := f.Workspace.ID
	for _, name := range []string{"beta", "Alpha", "ALPHA", "gamma"} {
		_, err := f.EnsureTag(ctx, ws, name)
		noError(t, err)
	}
	tags := walk(t, 2, func(p engine.Page) (engine.List[crm.Tag], error) { return f.ListTags(ctx, ws, p) })
	if len(tags) != 3 || tags[0].Name != "Alpha" || tags[2].Name != "gamma" || tags[0].Number == 0 {
		t.Fatalf("%v", tags)
	}
	wantConflict(t, f.RenameTag(ctx, ws, tags[0].ID, "GAMMA"), "name")
	noError(t, f.RenameTag(ctx, ws, tags[0].ID, "Omega"))
	noError(t, f.DeleteTag(ctx, ws, tags[1].ID))
	wantIs(t, f.DeleteTag(ctx, ws, tags[1].ID), engine.ErrNotFound)
	tag, err := f.Tag(ctx, ws, tags[0].ID)
	noError(t, err)
	if tag.Name != "Omega" {
		t.Errorf("%v", tag)
	}

	field := crm.Field{Key: "plan", Label: "Plan", Kind: "choice", Options: []string{"a", "b"}}
	noError(t, f.CreateField(ctx, ws, &field))
	other := field
	wantConflict(t, f.CreateField(ctx, ws, &other), "key")
	field.Label, field.Options = "The plan", nil
	noError(t, f.UpdateField(ctx, ws, field))
	fields := walk(t, 1, func(p engine.Page) (engine.List[crm.Field], error) { return f.ListFields(ctx, ws, p) })
	if diff := cmp.Diff([]crm.Field{field}, fields); diff != "" {
		t.Error(diff)
	}
	one, err := f.Field(ctx, ws, field.ID)
	noError(t, err)
	if diff := cmp.Diff(field, one); diff != "" {
		t.Error(diff)
	}
	noError(t, f.DeleteField(ctx, ws, field.ID))
	wantIs(t, f.UpdateField(ctx, ws, field), engine.ErrNotFound)

	v := crm.CustomValue{Key: "phone", Name: "Phone", Value: map[string]any{"a": 820982911946154508}}
	noError(t, f.CreateCustomValue(ctx, ws, &v))
	taken := v
	wantConflict(t, f.CreateCustomValue(ctx, ws, &taken), "key")
	v.Value = nil
	noError(t, f.UpdateCustomValue(ctx, ws, &v))
	got, err := f.CustomValue(ctx, ws, v.ID)
	noError(t, err)
	list := walk(t, 1, func(p engine.Page) (engine.List[crm.CustomValue], error) { return f.ListCustomValues(ctx, ws, p) })
	if diff := cmp.Diff([]crm.CustomValue{v}, list); diff != "" || !cmp.Equal(got, v) {
		t.Error(diff)
	}
	noError(t, f.DeleteCustomValue(ctx, ws, v.ID))
	wantIs(t, f.DeleteCustomValue(ctx, ws, v.ID), engine.ErrNotFound)

	testConnections(t, f)
}

func testConnections(t *testing.T, f *Fixture) {
	ws := f.Workspace.ID
	c := engine.Connection{ID: engine.NewID("cxn"), Type: "http.bearer", Name: "API"}
	var secretID string
	f.Do(func(tx engine.Tx) (err error) {
		if secretID, err = tx.PutSecret(c.ID, "token"); err != nil {
			return err
		}
		c.Params = map[string]any{"token": map[string]any{nodes.SecretRefKey: secretID}, "host": "example.com"}
		return tx.PutConnection(c)
	})
	c.Name = "New"
	f.Do(func(tx engine.Tx) error { return tx.PutConnection(c) })
	got, err := f.Connection(ctx, ws, c.ID)
	noError(t, err)
	list := walk(t, 1, func(p engine.Page) (engine.List[engine.Connection], error) { return f.ListConnections(ctx, ws, p) })
	if diff := cmp.Diff([]engine.Connection{c}, list); diff != "" || !cmp.Equal(got, c) {
		t.Error(diff)
	}
	f.Do(func(tx engine.Tx) error { return tx.DeleteConnection(c.ID) })
	secrets, err := f.Secrets(ctx, ws, []string{secretID})
	noError(t, err)
	_, err = f.Connection(ctx, ws, c.ID)
	wantIs(t, err, engine.ErrNotFound)
	if len(secrets) != 0 {
		t.Error("its secret is still there")
	}
}

func testRetention(t *testing.T, open func(t testing.TB) *storage.Store) {
	play(t, open,
		scenario{"old history goes, what is young, unfinished or waiting stays", testPrune},
		scenario{"a person's data goes from the history too", testErase},
	)
}

func testPrune(t *testing.T, f *Fixture) {
	old := now().Add(-100 * 24 * time.Hour)
	large := bytes.Repeat([]byte("x"), 5000)
	shared := bytes.Repeat([]byte("y"), 5000)
	store := func(at time.Time, body []byte, finish bool) engine.Acceptance {
		a := f.Acceptance()
		a.Request.ReceivedAt, a.Run.CreatedAt, a.Run.DueAt, a.Request.Body = at, at, at, body
		a.Run.Input = slices.Concat([]byte(`{"body":"`), body, []byte(`"}`))
		f.Accept(a)
		if finish {
			s := step("one", 1)
			s.Output = large
			p := claim(*a.Run, "b", s)
			p.To.Status, p.To.FinishedAt = engine.Succeeded, at
			noError(t, f.Save(ctx, f.Workspace.ID, p))
		}
		return a
	}
	done, waiting := store(old, shared, true), store(old, large, false)
	// It was run a second time by hand, and that one ended with the retention.
	f.Do(func(tx engine.Tx) error {
		return tx.MarkRequest(waiting.Request.ID, string(nodes.Accepted), "", []string{waiting.Run.ID, engine.NewID("run")})
	})
	held := f.Acceptance()
	held.Request.Verdict, held.Request.RunIDs, held.Run, held.Request.ReceivedAt = nodes.Held, nil, nil, old
	f.Accept(held)
	young := store(now(), shared, true)
	n, err := f.Prune(ctx, now().Add(-90*24*time.Hour))
	noError(t, err)
	if n != 2 {
		t.Errorf("%d rows", n)
	}
	_, err = f.Store.Run(ctx, f.Workspace.ID, done.Run.ID)
	wantIs(t, err, engine.ErrNotFound)
	_, err = f.Store.Request(ctx, f.Workspace.ID, done.Request.ID)
	wantIs(t, err, engine.ErrNotFound)
	if input := run(t, f, waiting.Run.ID).Input; !bytes.Equal(input, waiting.Run.Input) {
		t.Errorf("a run that waits is left with %.60s", input)
	}
	for _, kept := range []engine.Acceptance{waiting, held} {
		_, err = f.Store.Request(ctx, f.Workspace.ID, kept.Request.ID)
		noError(t, err)
	}
	steps, err := f.Steps(ctx, f.Workspace.ID, young.Run.ID)
	noError(t, err)
	r, err := f.Store.Request(ctx, f.Workspace.ID, young.Request.ID)
	noError(t, err)
	if !bytes.Equal(steps[0].Output, large) || !bytes.Equal(r.Body, shared) {
		t.Error("a blob that is still used is gone")
	}
}

func testErase(t *testing.T, f *Fixture) {
	c := crm.Contact{Email: "ada@example.com", Name: "Ada", Fields: map[string]any{"plan": "pro"}}
	offer := crm.Offer{Title: "Course"}
	noError(t, f.CreateOffer(ctx, f.Workspace.ID, &offer))
	f.Do(func(tx engine.Tx) error {
		if err := tx.InsertContact(&c); err != nil {
			return err
		}
		if _, _, err := tx.TagContact(c.ID, "VIP"); err != nil {
			return err
		}
		if err := tx.Emit(crm.Event{Type: crm.ContactCreated, ContactID: c.ID, Data: map[string]any{"email": c.Email}}); err != nil {
			return err
		}
		return tx.InsertGrant(&crm.Grant{ContactID: c.ID, OfferID: offer.ID})
	})
	a := f.Acceptance()
	a.Request.Body = bytes.Repeat([]byte("ada@example.com "), 400)
	f.Accept(a)
	s := step("one", 1)
	s.Params, s.Output = []byte(`"ada@example.com"`), bytes.Repeat([]byte("ada@example.com "), 500)
	s.Error, s.Notes = &engine.Failure{Code: "step_failed", Message: "ada@example.com is unknown"}, []string{"ada@example.com"}
	p := claim(*a.Run, "b", s)
	p.To.ContactID = c.ID
	noError(t, f.Save(ctx, f.Workspace.ID, p))

	file := engine.Upload{ID: engine.NewID("imp"), Workspace: f.Workspace.ID, Name: "x.csv", Content: []byte("email\nada@example.com\n")}
	noError(t, f.CreateUpload(ctx, &file))

	job := engine.Job{ID: engine.NewID("job"), Workspace: f.Workspace.ID, Kind: "contacts.import", Status: "running"}
	noError(t, f.CreateJob(ctx, &job))
	job.Status, job.FinishedAt = "succeeded", now()
	job.Result = []byte(`{"created":1,"errors":[{"line":3,"detail":"ada@example.com is there twice"}],"warnings":[]}`)
	noError(t, f.UpdateJob(ctx, job))

	noError(t, f.EraseContact(ctx, f.Workspace.ID, c.ID))
	said, err := f.Job(ctx, f.Workspace.ID, job.ID)
	noError(t, err)
	if text := string(said.Result); strings.Contains(text, "ada@") || !strings.Contains(text, `"line":3`) || !strings.Contains(text, `"created":1`) {
		t.Errorf("the job says %s", text)
	}
	_, err = f.Upload(ctx, f.Workspace.ID, file.ID)
	wantIs(t, err, engine.ErrNotFound)
	wantIs(t, f.EraseContact(ctx, f.Workspace.ID, c.ID), engine.ErrNotFound)
	_, err = f.Contact(ctx, f.Workspace.ID, c.ID)
	wantIs(t, err, engine.ErrNotFound)
	r := run(t, f, a.Run.ID)
	steps, err := f.Steps(ctx, f.Workspace.ID, a.Run.ID)
	noError(t, err)
	q, err := f.Store.Request(ctx, f.Workspace.ID, a.Request.ID)
	noError(t, err)
	if r.Input != nil || steps[0].Params != nil || steps[0].Output != nil || q.Body != nil || steps[0].Error.Code != "erased" || steps[0].Notes != nil || r.Status != engine.Canceled || r.Epoch != 2 {
		t.Errorf("left: run %+v, steps %+v, request %+v", r, steps, q)
	}
	offers, err := f.ContactOffers(ctx, f.Workspace.ID, c.ID)
	noError(t, err)
	list, err := f.ListContacts(ctx, f.Workspace.ID, engine.ContactFilter{}, engine.Page{})
	noError(t, err)
	if len(offers) != 0 || len(list.Items) != 0 {
		t.Errorf("%d offers, %d contacts", len(offers), len(list.Items))
	}
	f.Do(func(tx engine.Tx) error {
		again := crm.Contact{Email: "ada@example.com"}
		return tx.InsertContact(&again)
	})
}
