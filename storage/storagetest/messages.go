package storagetest

import (
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/storage"
)

func testMessages(t *testing.T, open func(t testing.TB) *storage.Store) {
	play(t, open,
		scenario{"a message is claimed by one and ended by it alone", func(t *testing.T, f *Fixture) {
			m := engine.Message{ID: engine.NewID("msg"), Workspace: f.Workspace.ID, Kind: "test", Channel: engine.ChannelEmail, Target: "a@b.co", Subject: "s", Body: "b", Once: "x"}
			noError(t, f.QueueMessage(ctx, m))
			again := m
			again.ID = engine.NewID("msg")
			noError(t, f.QueueMessage(ctx, again))
			later := time.Now().Add(time.Hour)
			claim := func(until time.Time) []engine.Message {
				t.Helper()
				list, err := f.ClaimMessages(ctx, later, until, 10)
				noError(t, err)
				var mine []engine.Message
				for _, one := range list {
					if one.Workspace == f.Workspace.ID {
						mine = append(mine, one)
					}
				}
				return mine
			}
			mine := claim(later.Add(-time.Minute))
			if len(mine) != 1 || mine[0].ID != m.ID || mine[0].Attempts != 1 {
				t.Fatalf("claimed %v", mine)
			}
			// Its time is over at once, and another one takes it.
			other := claim(later.Add(time.Minute))
			if len(other) != 1 || other[0].Attempts != 2 || len(claim(later.Add(time.Minute))) != 0 {
				t.Fatalf("claimed again %v", other)
			}
			mine[0].Status = engine.MessageFailed
			noError(t, f.EndMessage(ctx, mine[0]))
			other[0].Status, other[0].SentAt = engine.MessageSent, later
			noError(t, f.EndMessage(ctx, other[0]))
			list, err := f.ListMessages(ctx, f.Workspace.ID, engine.MessageFilter{}, engine.Page{})
			noError(t, err)
			if len(list.Items) != 1 || list.Items[0].Status != engine.MessageSent || list.Items[0].SentAt.IsZero() {
				t.Errorf("outbox %v", list.Items)
			}
		}},
		scenario{"failures are told by one", func(t *testing.T, f *Fixture) {
			a, err := f.Alerts(ctx, f.Workspace.ID)
			noError(t, err)
			if !a.Enabled || a.Every != 15*time.Minute || !a.ToldAt.IsZero() {
				t.Errorf("defaults %+v", a)
			}
			until := time.Now().UTC().Truncate(time.Microsecond)
			m := engine.Message{ID: engine.NewID("msg"), Workspace: f.Workspace.ID, Kind: "digest", Channel: engine.ChannelEmail, Target: "a@b.co", Once: "d"}
			noError(t, f.TellFailures(ctx, f.Workspace.ID, a.ToldAt, until, []engine.Message{m}))
			wantIs(t, f.TellFailures(ctx, f.Workspace.ID, a.ToldAt, until, nil), engine.ErrLost)
			noError(t, f.PutAlerts(ctx, f.Workspace.ID, engine.Alerts{Enabled: true, Every: time.Hour, Emails: []string{"a@b.co", "c@d.co"}, WebhookURL: "https://x"}))
			a, err = f.Alerts(ctx, f.Workspace.ID)
			noError(t, err)
			if a.Every != time.Hour || len(a.Emails) != 2 || a.WebhookURL != "https://x" || !a.ToldAt.Equal(until) {
				t.Errorf("stored %+v", a)
			}
		}},
		scenario{"owners are found once", func(t *testing.T, f *Fixture) {
			u := account.User{ID: engine.NewID("usr"), Email: f.Workspace.Slug + "@example.com"}
			noError(t, f.CreateUser(ctx, u, account.Membership{UserID: u.ID, Role: account.Owner, CreatedAt: now()}))
			noError(t, f.PutMembership(ctx, account.Membership{UserID: u.ID, WorkspaceID: f.Workspace.ID, Role: account.Owner, CreatedAt: now()}))
			emails, err := f.OwnerEmails(ctx, f.Workspace.ID)
			noError(t, err)
			if len(emails) != 1 || emails[0] != u.Email {
				t.Errorf("owners %v", emails)
			}
		}},
		scenario{"a file is kept for one import", func(t *testing.T, f *Fixture) {
			u := engine.Upload{ID: engine.NewID("imp"), Workspace: f.Workspace.ID, Name: "x.csv", Content: []byte("email\na@b.co\n")}
			noError(t, f.CreateUpload(ctx, &u))
			noError(t, f.BeginUpload(ctx, f.Workspace.ID, u.ID, "job_1"))
			wantIs(t, f.BeginUpload(ctx, f.Workspace.ID, u.ID, "job_2"), engine.ErrLost)
			noError(t, f.ReportUpload(ctx, f.Workspace.ID, u.ID, []byte("line")))
			got, err := f.Upload(ctx, f.Workspace.ID, u.ID)
			noError(t, err)
			if string(got.Content) != string(u.Content) || string(got.Report) != "line" || got.JobID != "job_1" || !got.ExpiresAt.After(got.CreatedAt) {
				t.Errorf("file %+v", got)
			}
			_, err = f.Upload(ctx, "ws_other", u.ID)
			wantIs(t, err, engine.ErrNotFound)
		}},
		scenario{"open runs are counted by status and version", func(t *testing.T, f *Fixture) {
			f.Queued()
			waiting := f.Queued()
			p := claim(waiting, "b")
			p.To = engine.RunState{Status: engine.Waiting, DueAt: time.Now().Add(time.Hour)}
			noError(t, f.Save(ctx, f.Workspace.ID, p))
			got, err := f.OpenRuns(ctx, f.Workspace.ID, f.Workflow.ID)
			noError(t, err)
			if len(got) != 2 || got[0] != (engine.OpenCount{Version: 1, Status: engine.Waiting, Count: 1}) || got[1].Status != engine.Queued {
				t.Errorf("open %v", got)
			}
		}},
	)
}
