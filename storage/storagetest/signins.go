package storagetest

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/storage"
)

// connection stores one that signs in.
func (f *Fixture) connection() string {
	f.T.Helper()
	id := engine.NewID("cxn")
	f.Do(func(tx engine.Tx) error {
		return tx.PutConnection(engine.Connection{ID: id, Type: "auth.oauth2", Name: "CRM"})
	})
	return id
}

func (f *Fixture) signIn(connection string) engine.SignIn {
	f.T.Helper()
	s, err := f.Store.SignIn(ctx, f.Workspace.ID, connection)
	if err != nil {
		f.T.Fatal(err)
	}
	return s
}

func (f *Fixture) connected(access, refresh string) engine.SignIn {
	f.T.Helper()
	id := f.connection()
	f.Do(func(tx engine.Tx) error {
		return tx.ConnectSignIn(engine.SignIn{Connection: id, Access: secret.Redacted(access), Refresh: secret.Redacted(refresh), ExpiresAt: time.Now().Add(time.Hour)})
	})
	return f.signIn(id)
}

func testSignIns(t *testing.T, open func(t testing.TB) *storage.Store) {
	play(t, open,
		scenario{"tokens are kept, renewed by their holder alone, and gone with the connection", func(t *testing.T, f *Fixture) {
			ws := f.Workspace.ID
			s := f.connected("a1", "r1")
			if s.Status != engine.SignInReady || s.Access.Reveal() != "a1" || s.Refresh.Reveal() != "r1" || s.Generation != 1 {
				t.Fatalf("stored %+v", s)
			}
			held, err := f.Store.HoldSignIn(ctx, ws, s.Connection, 1, "first", time.Minute)
			noError(t, err)
			other, err := f.Store.HoldSignIn(ctx, ws, s.Connection, 1, "second", time.Minute)
			noError(t, err)
			if !held || other {
				t.Fatalf("first holds it: %v, second: %v", held, other)
			}
			next := s
			next.Access, next.Refresh, next.RenewedAt = "a2", "r2", time.Now()
			wantIs(t, f.Store.RenewSignIn(ctx, ws, "second", next), engine.ErrLost)
			noError(t, f.Store.RenewSignIn(ctx, ws, "first", next))
			wantIs(t, f.Store.RenewSignIn(ctx, ws, "first", next), engine.ErrLost)
			if got := f.signIn(s.Connection); got.Access.Reveal() != "a2" || got.Refresh.Reveal() != "r2" || got.Generation != 2 {
				t.Errorf("renewed: %+v", got)
			}
			if held, err = f.Store.HoldSignIn(ctx, ws, s.Connection, 1, "third", time.Minute); err != nil || held {
				t.Errorf("an old generation is held: %v, %v", held, err)
			}
			f.Do(func(tx engine.Tx) error { return tx.DeleteConnection(s.Connection) })
			if got := f.signIn(s.Connection); got.Access != "" || got.Refresh != "" || got.Status != engine.SignInNone {
				t.Errorf("tokens of a deleted connection: %+v", got)
			}
		}},
		scenario{"of many who renew at once, one does", func(t *testing.T, f *Fixture) {
			s := f.connected("a1", "r1")
			var won atomic.Int64
			var all sync.WaitGroup
			for range 16 {
				all.Go(func() {
					held, err := f.Store.HoldSignIn(ctx, f.Workspace.ID, s.Connection, s.Generation, engine.NewID("hld"), time.Minute)
					if err != nil {
						t.Error(err)
					}
					if held {
						won.Add(1)
					}
				})
			}
			all.Wait()
			if won.Load() != 1 {
				t.Errorf("%d hold it", won.Load())
			}
		}},
		scenario{"a holder who never came back is followed by another", func(t *testing.T, f *Fixture) {
			s := f.connected("a1", "r1")
			for _, holder := range []string{"dead", "next"} {
				// The database's clock moves on between two calls.
				held, err := f.Store.HoldSignIn(ctx, f.Workspace.ID, s.Connection, s.Generation, holder, -time.Millisecond)
				if err != nil || !held {
					t.Fatalf("%s holds it: %v, %v", holder, held, err)
				}
			}
			wantIs(t, f.Store.RenewSignIn(ctx, f.Workspace.ID, "dead", s), engine.ErrLost)
			noError(t, f.Store.FreeSignIn(ctx, f.Workspace.ID, s.Connection, "next"))
			wantIs(t, f.Store.RenewSignIn(ctx, f.Workspace.ID, "next", s), engine.ErrLost)
		}},
		scenario{"what is lost stays lost until somebody connects it again", func(t *testing.T, f *Fixture) {
			ws := f.Workspace.ID
			s := f.connected("a1", "r1")
			_, err := f.Store.HoldSignIn(ctx, ws, s.Connection, 1, "first", time.Minute)
			noError(t, err)
			s.Status, s.Reason, s.LostAt, s.Access, s.Refresh = engine.SignInLost, "taken back", time.Now(), "", ""
			noError(t, f.Store.RenewSignIn(ctx, ws, "first", s))
			if held, err := f.Store.HoldSignIn(ctx, ws, s.Connection, 1, "second", time.Minute); err != nil || held {
				t.Errorf("who does not know that it is lost holds it: %v, %v", held, err)
			}
			list, err := f.Store.ListSignIns(ctx, ws)
			noError(t, err)
			if len(list) != 1 || list[0].Status != engine.SignInLost || list[0].Reason != "taken back" || list[0].LostAt.IsZero() {
				t.Errorf("listed: %+v", list)
			}
			f.Do(func(tx engine.Tx) error {
				return tx.ConnectSignIn(engine.SignIn{Connection: s.Connection, Access: "a3"})
			})
			if got := f.signIn(s.Connection); got.Status != engine.SignInReady || got.Reason != "" || !got.LostAt.IsZero() || got.Access.Reveal() != "a3" || got.Refresh != "" {
				t.Errorf("connected again: %+v", got)
			}
		}},
		scenario{"a consent is taken once, in its time", func(t *testing.T, f *Fixture) {
			c := engine.Consent{
				Hash: secret.HashToken("state-" + f.Workspace.ID), Browser: []byte("b"), Workspace: f.Workspace.ID, Connection: f.connection(), UserID: "usr_1",
				Verifier: "v", RedirectURL: "https://x.example/oauth/callback", Back: "/w/a", ExpiresAt: time.Now().Add(time.Minute),
			}
			noError(t, f.Store.PutConsent(ctx, c))
			got, err := f.Store.TakeConsent(ctx, c.Hash)
			noError(t, err)
			if got.Workspace != c.Workspace || got.Connection != c.Connection || got.Verifier.Reveal() != "v" || got.RedirectURL != c.RedirectURL || got.Back != c.Back || got.UserID != c.UserID {
				t.Errorf("taken %+v", got)
			}
			_, err = f.Store.TakeConsent(ctx, c.Hash)
			wantIs(t, err, engine.ErrNotFound)
			c.ExpiresAt = time.Now().Add(-time.Second)
			noError(t, f.Store.PutConsent(ctx, c))
			_, err = f.Store.TakeConsent(ctx, c.Hash)
			wantIs(t, err, engine.ErrNotFound)
		}},
		scenario{"runs that a signed-out connection stopped are found", testRunsWithoutSignIn},
	)
}

func testRunsWithoutSignIn(t *testing.T, f *Fixture) {
	why := func(connection string) *engine.Failure {
		return &engine.Failure{Code: engine.CodeSignedOut, Message: "signed out", Detail: connection}
	}
	stopped := func(status engine.Status, failure *engine.Failure) string {
		r := f.Queued()
		step := engine.StepResult{Path: "send", Execution: 1, Seq: 1, StepID: "send", Type: "webhook.send", Status: engine.StepWaiting, Error: failure, DueAt: time.Now()}
		to := engine.RunState{Status: status, StartedAt: time.Now(), DueAt: time.Now().Add(time.Hour)}
		if status == engine.Failed {
			step.Status, to.Error, to.FinishedAt = engine.StepFailed, failure, time.Now()
		}
		noError(t, f.Save(ctx, f.Workspace.ID, engine.Progress{Run: r.ID, Epoch: r.Epoch, Claim: "me", Steps: []engine.StepResult{step}, To: to}))
		return r.ID
	}
	want := map[engine.Status]string{}
	for _, status := range []engine.Status{engine.Waiting, engine.Failed} {
		stopped(status, why("cxn_other"))
		want[status] = stopped(status, why("cxn_this"))
		stopped(status, &engine.Failure{Code: "send_connect", Message: "no answer"})
	}
	for status, id := range want {
		var found []string
		for after := ""; ; {
			ids, next, err := f.Store.RunsWithoutSignIn(ctx, f.Workspace.ID, "cxn_this", status, after, 2)
			noError(t, err)
			found = append(found, ids...)
			if after = next; next == "" {
				break
			}
		}
		if len(found) != 1 || found[0] != id {
			t.Errorf("%s: found %v, want %s", status, found, id)
		}
	}
}
