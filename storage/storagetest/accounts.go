package storagetest

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/storage"
)

func user(email string) (account.User, account.Membership) {
	u := account.User{ID: engine.NewID("usr"), Email: email, Name: "Ada", PasswordHash: "$argon2id$x", PasswordChangedAt: now(), CreatedAt: now()}
	return u, account.Membership{UserID: u.ID, Role: account.Owner, CreatedAt: now()}
}

func testAccounts(t *testing.T, open func(t testing.TB) *storage.Store) {
	t.Run("of two who set up at once one becomes the owner", func(t *testing.T) {
		s := open(t)
		link, _ := account.NewLink(engine.NewID("lnk"), account.Setup, "", now())
		noError(t, s.CreateLink(ctx, link))
		stored, err := s.LinkByHash(ctx, link.Hash)
		noError(t, err)
		if diff := cmp.Diff(link, stored); diff != "" {
			t.Fatal(diff)
		}
		link.UsedAt = now()
		var wait sync.WaitGroup
		made := make([]bool, 10)
		for i := range made {
			wait.Go(func() {
				u, m := user(string(rune('a'+i)) + "@example.com")
				ok, err := s.CreateFirstOwner(ctx, &link, u, m)
				if err != nil {
					t.Error(err)
				}
				made[i] = ok
			})
		}
		wait.Wait()
		count := 0
		for _, ok := range made {
			if ok {
				count++
			}
		}
		has, err := s.HasOwner(ctx)
		noError(t, err)
		if count != 1 || !has {
			t.Errorf("%d owners", count)
		}
	})
	t.Run("a service owner leaves the place of the first owner free", func(t *testing.T) {
		s := open(t)
		u, m := user("")
		k, _, err := account.NewAPIKey(account.APIKey{ID: engine.NewID("key"), Name: "boot", Scopes: account.Scopes{account.All}, CreatedBy: u.ID}, now())
		noError(t, err)
		made, err := s.CreateServiceOwner(ctx, u, m, k)
		noError(t, err)
		again, err := s.CreateServiceOwner(ctx, u, m, k)
		noError(t, err)
		has, err := s.HasOwner(ctx)
		noError(t, err)
		if !made || again || has {
			t.Errorf("made %v, again %v, has an owner %v", made, again, has)
		}
		owner, err := s.ServiceOwner(ctx)
		noError(t, err)
		if owner.ID != u.ID {
			t.Errorf("the service owner is %+v", owner)
		}
		got, err := s.APIKeyByHash(ctx, k.Hash)
		noError(t, err)
		if diff := cmp.Diff(k, got); diff != "" {
			t.Error(diff)
		}
	})
	play(t, open,
		scenario{"a user comes back as it was given", func(t *testing.T, f *Fixture) {
			u, m := user("ada@example.com")
			noError(t, f.CreateUser(ctx, u, m))
			again, m2 := user("ada@example.com")
			wantConflict(t, f.CreateUser(ctx, again, m2), "email")
			u.Name, u.DisabledAt = "", now()
			noError(t, f.UpdateUser(ctx, u))
			for _, find := range []func() (account.User, error){
				func() (account.User, error) { return f.User(ctx, u.ID) },
				func() (account.User, error) { return f.UserByEmail(ctx, "ada@example.com") },
			} {
				got, err := find()
				noError(t, err)
				if diff := cmp.Diff(u, got); diff != "" || got.PasswordHash.Reveal() != "$argon2id$x" {
					t.Error(diff)
				}
			}
			// The zone alone: what else was read before may be old by now.
			noError(t, f.SetUserTimezone(ctx, u.ID, "Europe/Berlin"))
			wantIs(t, f.SetUserTimezone(ctx, "usr_none", "UTC"), engine.ErrNotFound)
			placed, err := f.User(ctx, u.ID)
			noError(t, err)
			u.Timezone = "Europe/Berlin"
			if diff := cmp.Diff(u, placed); diff != "" {
				t.Error(diff)
			}
			_, err = f.UserByEmail(ctx, "")
			wantIs(t, err, engine.ErrNotFound)
			members, err := f.Memberships(ctx, u.ID)
			noError(t, err)
			if diff := cmp.Diff([]account.Membership{m}, members); diff != "" {
				t.Error(diff)
			}
			inside := account.Membership{UserID: u.ID, WorkspaceID: f.Workspace.ID, Role: account.Owner, CreatedAt: now().Add(time.Second)}
			noError(t, f.PutMembership(ctx, inside))
			noError(t, f.PutMembership(ctx, inside))
			members, err = f.Memberships(ctx, u.ID)
			noError(t, err)
			if diff := cmp.Diff([]account.Membership{m, inside}, members); diff != "" {
				t.Error(diff)
			}
		}},
		scenario{"sessions are found, touched and ended", func(t *testing.T, f *Fixture) {
			u, m := user("s@example.com")
			noError(t, f.CreateUser(ctx, u, m))
			one, token := account.NewSession(engine.NewID("ses"), u.ID, now())
			one.IP, one.UserAgent = "192.0.2.1", "Browser"
			two, _ := account.NewSession(engine.NewID("ses"), u.ID, now())
			noError(t, f.CreateSession(ctx, one))
			noError(t, f.CreateSession(ctx, two))
			one.LastSeenAt = now().Add(time.Minute)
			noError(t, f.TouchSession(ctx, one.ID, one.LastSeenAt))
			got, owner, err := f.SessionByHash(ctx, secret.HashToken(token.Reveal()))
			noError(t, err)
			if diff := cmp.Diff(one, got); diff != "" || owner.ID != u.ID {
				t.Error(diff)
			}
			noError(t, f.RevokeSession(ctx, u.ID, two.ID, now()))
			list, err := f.Sessions(ctx, u.ID)
			noError(t, err)
			if len(list) != 1 || list[0].ID != one.ID {
				t.Errorf("%d sessions", len(list))
			}
			noError(t, f.RevokeSession(ctx, u.ID, one.ID, now()))
			wantIs(t, f.RevokeSession(ctx, u.ID, one.ID, now()), engine.ErrNotFound)
			got, _, err = f.SessionByHash(ctx, one.Hash)
			noError(t, err)
			if got.RevokedAt.IsZero() {
				t.Error("still good")
			}
		}},
		scenario{"a password is reset by one link once", func(t *testing.T, f *Fixture) {
			u, m := user("r@example.com")
			noError(t, f.CreateUser(ctx, u, m))
			session, _ := account.NewSession(engine.NewID("ses"), u.ID, now())
			noError(t, f.CreateSession(ctx, session))
			older, _ := account.NewLink(engine.NewID("lnk"), account.Reset, u.ID, now())
			link, _ := account.NewLink(engine.NewID("lnk"), account.Reset, u.ID, now())
			noError(t, f.CreateLink(ctx, older))
			noError(t, f.CreateLink(ctx, link))
			_, err := f.LinkByHash(ctx, older.Hash)
			wantIs(t, err, engine.ErrNotFound)
			link.UsedAt = now()
			noError(t, f.ResetPassword(ctx, link, "new hash"))
			wantIs(t, f.ResetPassword(ctx, link, "other"), account.ErrLinkUsed)
			got, err := f.User(ctx, u.ID)
			noError(t, err)
			list, err := f.Sessions(ctx, u.ID)
			noError(t, err)
			if got.PasswordHash.Reveal() != "new hash" || !got.PasswordChangedAt.Equal(link.UsedAt) || len(list) != 0 {
				t.Errorf("%+v, %d sessions", got, len(list))
			}
		}},
		scenario{"keys are listed by workspace and revoked", func(t *testing.T, f *Fixture) {
			u, m := user("k@example.com")
			noError(t, f.CreateUser(ctx, u, m))
			var keys []account.APIKey
			for range 3 {
				k, _, err := account.NewAPIKey(account.APIKey{ID: engine.NewID("key"), Name: "ci", Scopes: account.Scopes{account.RunsRead}, CreatedBy: u.ID, WorkspaceID: f.Workspace.ID}, now())
				noError(t, err)
				noError(t, f.CreateAPIKey(ctx, k))
				keys = append(keys, k)
			}
			noError(t, f.TouchAPIKey(ctx, keys[2].ID, now()))
			noError(t, f.RevokeAPIKey(ctx, f.Workspace.ID, keys[1].ID, now()))
			wantIs(t, f.RevokeAPIKey(ctx, "ws_other", keys[2].ID, now()), engine.ErrNotFound)
			list, err := f.ListAPIKeys(ctx, f.Workspace.ID, engine.Page{Limit: 1})
			noError(t, err)
			if len(list.Items) != 1 || list.Items[0].ID != keys[2].ID || list.Items[0].LastUsedAt.IsZero() || list.Next == "" {
				t.Fatalf("%+v", list)
			}
			list, err = f.ListAPIKeys(ctx, f.Workspace.ID, engine.Page{Cursor: list.Next})
			noError(t, err)
			if len(list.Items) != 1 || list.Items[0].ID != keys[0].ID || list.Next != "" {
				t.Errorf("%+v", list)
			}
		}},
		scenario{"what was done is listed", func(t *testing.T, f *Fixture) {
			e := engine.AuditEntry{Workspace: f.Workspace.ID, ActorID: "usr_1", ActorName: "Ada", Action: "workflow.published", ObjectKind: "workflow",
				ObjectID: "wf_1", Detail: map[string]any{"version": 2}, IP: "192.0.2.1"}
			noError(t, f.Audit(ctx, e))
			noError(t, f.Audit(ctx, engine.AuditEntry{ActorID: "x", ActorName: "x", Action: "key.rotated"}))
			list, err := f.ListAudit(ctx, f.Workspace.ID, engine.AuditFilter{Actor: "ada"}, engine.Page{})
			noError(t, err)
			if len(list.Items) != 1 {
				t.Fatalf("%+v", list)
			}
			got := list.Items[0]
			e.ID, e.At, e.Seq, e.Prev, e.Hash = got.ID, got.At, got.Seq, got.Prev, got.Hash
			if diff := cmp.Diff(e, got); diff != "" || e.ID == "" || e.At.IsZero() {
				t.Error(diff)
			}
		}},
		scenario{"of two requests with one key one is answered", testAnswers},
		scenario{"jobs are kept until they are finished", func(t *testing.T, f *Fixture) {
			j := engine.Job{ID: engine.NewID("job"), Workspace: f.Workspace.ID, Kind: "replay", Status: "queued", Input: []byte(`{}`), CreatedBy: "usr_1"}
			noError(t, f.CreateJob(ctx, &j))
			open, err := f.UnfinishedJobs(ctx, 10)
			noError(t, err)
			if diff := cmp.Diff([]engine.Job{j}, open); diff != "" {
				t.Fatal(diff)
			}
			mine, theirs := j, j
			noError(t, f.TakeJob(ctx, &mine))
			wantIs(t, f.TakeJob(ctx, &theirs), engine.ErrLost)
			if !mine.UpdatedAt.After(j.UpdatedAt) {
				t.Error("taken at no later time")
			}
			j.Status, j.Total, j.Done, j.Failed, j.Result, j.FinishedAt = "succeeded", 3, 2, 1, []byte(`[]`), now()
			noError(t, f.UpdateJob(ctx, j))
			got, err := f.Job(ctx, f.Workspace.ID, j.ID)
			noError(t, err)
			j.UpdatedAt = got.UpdatedAt
			if diff := cmp.Diff(j, got); diff != "" {
				t.Error(diff)
			}
			open, err = f.UnfinishedJobs(ctx, 10)
			noError(t, err)
			_, missing := f.Job(ctx, "ws_other", j.ID)
			wantIs(t, missing, engine.ErrNotFound)
			if len(open) != 0 {
				t.Error("still open")
			}
		}},
	)
}

func testAnswers(t *testing.T, f *Fixture) {
	until := now().Add(time.Hour)
	var wait sync.WaitGroup
	firsts := make(chan bool, 20)
	for range 20 {
		wait.Go(func() {
			_, first, err := f.BeginAnswer(ctx, "usr_1 POST /x", "key", []byte("print"), until)
			if err != nil {
				t.Error(err)
			}
			if first {
				firsts <- true
			}
		})
	}
	wait.Wait()
	if len(firsts) != 1 {
		t.Fatalf("%d are first", len(firsts))
	}
	a, _, err := f.BeginAnswer(ctx, "usr_1 POST /x", "key", []byte("print"), until)
	noError(t, err)
	if a.Status != 0 || string(a.Fingerprint) != "print" {
		t.Errorf("under way: %+v", a)
	}
	want := engine.StoredAnswer{Fingerprint: []byte("print"), Status: 201, Header: map[string]string{"Location": "/x/1"}, Body: []byte(`{}`)}
	noError(t, f.EndAnswer(ctx, "usr_1 POST /x", "key", want))
	got, first, err := f.BeginAnswer(ctx, "usr_1 POST /x", "key", []byte("print"), until)
	noError(t, err)
	if diff := cmp.Diff(want, got); diff != "" || first {
		t.Error(diff)
	}
	_, first, err = f.BeginAnswer(ctx, "usr_2 POST /x", "key", []byte("print"), until)
	noError(t, err)
	if !first {
		t.Error("another caller's key")
	}
	noError(t, f.DropAnswer(ctx, "usr_2 POST /x", "key"))
	_, first, err = f.BeginAnswer(ctx, "usr_2 POST /x", "key", []byte("print"), now().Add(-time.Second))
	noError(t, err)
	_, again, err := f.BeginAnswer(ctx, "usr_2 POST /x", "key", []byte("print"), until)
	noError(t, err)
	if !first || !again {
		t.Error("a dropped or expired key is still taken")
	}
}

func testWorkspaces(t *testing.T, open func(t testing.TB) *storage.Store) {
	s := open(t)
	a := crm.Workspace{Name: "A", Slug: "a", Timezone: "Europe/Berlin", Locale: "de-DE", Currency: "EUR", DefaultCountry: "DE", Sandbox: true,
		Sender: crm.Sender{Name: "Ada", Email: "ada@example.com"}, Features: map[string]bool{"x": true}, Limits: map[string]int{"runs": 5}}
	noError(t, s.CreateWorkspace(ctx, &a))
	b := Workspace(t, s, "b")
	for _, ref := range []string{a.ID, "a"} {
		got, err := s.WorkspaceByRef(ctx, ref)
		noError(t, err)
		if diff := cmp.Diff(a, got); diff != "" {
			t.Fatal(diff)
		}
	}
	taken := crm.Workspace{Name: "x", Slug: "a"}
	wantConflict(t, s.CreateWorkspace(ctx, &taken), "slug")
	a.Name, a.Slug, a.Features, a.Sandbox = "AA", "aa", map[string]bool{}, false
	noError(t, s.UpdateWorkspace(ctx, a))
	got, err := s.Workspace(ctx, a.ID)
	noError(t, err)
	if diff := cmp.Diff(a, got); diff != "" || a.Number == b.Number {
		t.Error(diff)
	}
	for _, c := range []struct {
		ids  []string
		want int
	}{{nil, 2}, {[]string{b.ID}, 1}, {[]string{}, 0}} {
		list, err := s.ListWorkspaces(ctx, c.ids, engine.Page{})
		noError(t, err)
		if len(list.Items) != c.want {
			t.Errorf("%v: %d", c.ids, len(list.Items))
		}
	}
	// A workspace is made with what it is made for, or not at all, and once.
	born := crm.Workspace{ID: engine.NewID("ws"), Name: "Born", Slug: "born", Timezone: "UTC", Locale: "en"}
	refused := errors.New("refused")
	wantIs(t, s.DoNew(ctx, born, func(engine.Tx) error { return refused }), refused)
	_, err = s.Workspace(ctx, born.ID)
	wantIs(t, err, engine.ErrNotFound)
	for range 2 {
		noError(t, s.DoNew(ctx, born, func(tx engine.Tx) error {
			if _, err := tx.PutSecret("x", "sealed with the new workspace's key"); err != nil {
				return err
			}
			return tx.Audit(engine.AuditEntry{Action: "born"})
		}))
	}
	wantConflict(t, s.DoNew(ctx, crm.Workspace{ID: engine.NewID("ws"), Name: "x", Slug: "born"}, func(engine.Tx) error { return nil }), "slug")
	if told, err := s.ListAudit(ctx, born.ID, engine.AuditFilter{}, engine.Page{}); err != nil || len(told.Items) != 2 || told.Items[0].Workspace != born.ID {
		t.Errorf("%+v %v", told, err)
	}
	noError(t, s.DeleteWorkspace(ctx, born.ID))
	f := NewFixture(t, s, "gone")
	r := f.Queued()
	noError(t, s.DeleteWorkspace(ctx, f.Workspace.ID))
	wantIs(t, s.DeleteWorkspace(ctx, f.Workspace.ID), engine.ErrNotFound)
	_, err = s.Workspace(ctx, f.Workspace.ID)
	wantIs(t, err, engine.ErrNotFound)
	e, err := s.Endpoint(ctx, secret.HashToken(f.Token))
	noError(t, err)
	if !e.Gone || run(t, f, r.ID).Status != engine.Canceled {
		t.Errorf("endpoint %+v, run %s", e, run(t, f, r.ID).Status)
	}
	_, err = s.Accept(ctx, f.Acceptance())
	wantIs(t, err, engine.ErrStale)
	Workspace(t, s, "gone")
}
