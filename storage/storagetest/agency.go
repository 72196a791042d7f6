package storagetest

import (
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/storage"
)

func testAgency(t *testing.T, open func(t testing.TB) *storage.Store) {
	play(t, open,
		scenario{"the board counts what failed, is held and waits, of those who are seen", func(t *testing.T, f *Fixture) {
			other := Workspace(t, f.Store, "seen-by-others")
			r := f.Queued()
			noError(t, f.Save(ctx, f.Workspace.ID, engine.Progress{Run: r.ID, Epoch: r.Epoch, Claim: "boot", To: engine.RunState{
				Status: engine.Failed, FinishedAt: time.Now().Add(-90 * time.Minute), Error: &engine.Failure{Code: "x"},
			}}))
			limited(f)
			waiting, broken := engine.Connection{ID: engine.NewID("cxn"), Type: "auth.bearer", Name: "One"}, engine.Connection{ID: engine.NewID("cxn"), Type: "auth.bearer", Name: "Two"}
			f.Do(func(tx engine.Tx) error {
				if err := tx.PutConnection(waiting); err != nil {
					return err
				}
				if err := tx.PutConnection(broken); err != nil {
					return err
				}
				return tx.(interface{ AwaitClient(engine.ClientLink) error }).AwaitClient(linkOf(f, waiting.ID, "token"))
			})
			noError(t, f.NoteConnection(ctx, f.Workspace.ID, broken.ID, "It answered 401."))
			for _, sight := range []engine.Sight{{All: true}, {IDs: []string{f.Workspace.ID, other.ID, "ws_none"}}} {
				h := healthOf(t, f, sight, f.Workspace.ID)
				if h.Failed() != 1 || h.Failures[22] != 1 || h.Held != 1 || h.Broken != 1 || h.Waiting != 1 || time.Since(h.LastEventAt) > time.Minute {
					t.Errorf("%+v: %+v", sight, h)
				}
				if h := healthOf(t, f, sight, other.ID); h.Failed()+h.Held+h.Broken+h.Waiting != 0 || !h.LastEventAt.IsZero() {
					t.Errorf("another workspace has %+v", h)
				}
			}
			list, err := f.Board(ctx, engine.Sight{}, time.Now())
			if err != nil || len(list) != 0 {
				t.Errorf("who sees nothing sees %v, %v", list, err)
			}
		}},
		scenario{"a search finds only where it is told to look", func(t *testing.T, f *Fixture) {
			other := Workspace(t, f.Store, "not-searched")
			f.Do(func(tx engine.Tx) error {
				return tx.InsertContact(&crm.Contact{Email: "ada@finders.example", Name: "Ada"})
			})
			a := f.Acceptance()
			f.Accept(a)
			mine, others := engine.Sight{IDs: []string{f.Workspace.ID}}, engine.Sight{IDs: []string{other.ID}}
			finds := map[string]func(engine.Sight) ([]engine.Find, error){
				"ada@finders.example": func(s engine.Sight) ([]engine.Find, error) { return f.FindContacts(ctx, s, "ada@fin") },
				a.Run.ID:              func(s engine.Sight) ([]engine.Find, error) { return f.FindRuns(ctx, s, a.Run.ID) },
				a.Request.ID:          func(s engine.Sight) ([]engine.Find, error) { return f.FindRequests(ctx, s, a.Request.ID[:30]) },
				"Sale":                func(s engine.Sight) ([]engine.Find, error) { return f.FindWorkflows(ctx, s, "sAl") },
			}
			for label, find := range finds {
				for _, sight := range []engine.Sight{mine, {All: true}} {
					found, err := find(sight)
					noError(t, err)
					if len(found) == 0 || found[0].Label != label && sight.IDs != nil {
						t.Errorf("%s in %+v: %+v", label, sight, found)
					}
				}
				if found, err := find(others); err != nil || len(found) != 0 {
					t.Errorf("%s elsewhere: %+v, %v", label, found, err)
				}
			}
		}},
		scenario{"a client link is used once, and ends when it is revoked or overtaken", func(t *testing.T, f *Fixture) {
			c := engine.Connection{ID: engine.NewID("cxn"), Type: "auth.bearer", Name: "One"}
			f.Do(func(tx engine.Tx) error { return tx.PutConnection(c) })
			type links interface {
				AwaitClient(engine.ClientLink) error
			}
			first, second := linkOf(f, c.ID, "first"), linkOf(f, c.ID, "second")
			use := func(l engine.ClientLink) (used bool) {
				f.Do(func(tx engine.Tx) (err error) {
					used, err = tx.UseClientLink(l)
					return err
				})
				return used
			}
			f.Do(func(tx engine.Tx) error { return tx.(links).AwaitClient(first) })
			f.Do(func(tx engine.Tx) error { return tx.(links).AwaitClient(second) })
			if use(first) || !use(second) || use(second) {
				t.Error("a link that ended was used, or the open one was not, or twice")
			}
			got, err := f.ClientLinkByHash(ctx, secret.HashToken("second"))
			if err != nil || got.ID != second.ID || got.UsedAt.IsZero() {
				t.Errorf("%+v, %v", got, err)
			}
			third := linkOf(f, c.ID, "third")
			f.Do(func(tx engine.Tx) error { return tx.(links).AwaitClient(third) })
			f.Do(func(tx engine.Tx) error {
				n, err := tx.EndClientLinks(c.ID, "Not filled in.")
				if n != 1 {
					t.Errorf("%d links were revoked", n)
				}
				return err
			})
			now, err := f.Store.Connection(ctx, f.Workspace.ID, c.ID)
			if err != nil || !now.WaitingSince.IsZero() || now.Problem != "Not filled in." || use(third) {
				t.Errorf("%+v, %v", now, err)
			}
			list, err := f.ClientLinks(ctx, f.Workspace.ID, c.ID)
			if err != nil || len(list) != 3 || list[0].State(time.Now()) != "revoked" || list[1].State(time.Now()) != "used" {
				t.Errorf("%+v, %v", list, err)
			}
		}},
		scenario{"one process sends the agency's digest", func(t *testing.T, f *Fixture) {
			noError(t, f.PutAgencyAlerts(ctx, engine.AgencyAlerts{Enabled: true, Every: 15 * time.Minute, Emails: []string{"ops@agency.example"}}))
			a, err := f.AgencyAlerts(ctx)
			if err != nil || !a.Enabled || len(a.Emails) != 1 || a.ToldAt.IsZero() {
				t.Fatalf("%+v, %v", a, err)
			}
			now := time.Now()
			for i, want := range []bool{true, false} {
				if mine, err := f.ClaimAgencyAlerts(ctx, a, now, now.Add(time.Minute)); err != nil || mine != want {
					t.Errorf("claim %d: %v, %v", i, mine, err)
				}
			}
			noError(t, f.EndAgencyAlerts(ctx, a, now, ""))
			if after, err := f.AgencyAlerts(ctx); err != nil || !after.ToldAt.After(a.ToldAt.Add(-time.Microsecond)) || after.Error != "" {
				t.Errorf("%+v, %v", after, err)
			}
		}},
	)
}

func linkOf(f *Fixture, connection, token string) engine.ClientLink {
	now := time.Now()
	return engine.ClientLink{
		Workspace: f.Workspace.ID, ID: engine.NewID("lnk"), ConnectionID: connection, Hash: secret.HashToken(token), CreatedAt: now, ExpiresAt: now.Add(time.Hour),
	}
}

func healthOf(t *testing.T, f *Fixture, sight engine.Sight, workspace string) engine.Health {
	t.Helper()
	list, err := f.Board(ctx, sight, time.Now())
	noError(t, err)
	for _, h := range list {
		if h.Workspace == workspace {
			return h
		}
	}
	t.Fatalf("%s is not on the board", workspace)
	return engine.Health{}
}
