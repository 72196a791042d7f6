package storagetest

import (
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/crm"
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
		scenario{"a letter is written once and its token finds its contact alone", func(t *testing.T, f *Fixture) {
			var c crm.Contact
			first := crm.Letter{Kind: crm.LetterStep, To: "a@b.co", FromName: "A", FromEmail: "f@b.co", ReplyTo: "r@b.co", Subject: "s", Text: "b", HTML: "<p>b</p>", Unsubscribe: true, RunID: "run_1", Step: "mail", Once: "k"}
			second, skipped := first, crm.Letter{Kind: crm.LetterGrant, To: "a@b.co", Subject: "s", Skipped: "not sent: no", Unsubscribe: true}
			f.Do(func(tx engine.Tx) error {
				c = crm.Contact{Email: "a@b.co"}
				if err := tx.InsertContact(&c); err != nil {
					return err
				}
				first.ContactID, second.ContactID, skipped.ContactID = c.ID, c.ID, c.ID
				for _, l := range []*crm.Letter{&first, &second, &skipped} {
					if err := tx.QueueLetter(l); err != nil {
						return err
					}
				}
				return nil
			})
			if first.ID == "" || second.ID != first.ID || skipped.ID == first.ID {
				t.Fatalf("ids %s %s %s", first.ID, second.ID, skipped.ID)
			}
			m, err := f.Message(ctx, f.Workspace.ID, first.ID)
			noError(t, err)
			if m.HTML != "<p>b</p>" || m.FromName != "A" || m.FromEmail != "f@b.co" || m.ReplyTo != "r@b.co" || m.RunID != "run_1" || m.Step != "mail" || m.Status != engine.MessageQueued {
				t.Errorf("message %+v", m)
			}
			ws, who, err := f.Unsubscriber(ctx, m.Unsubscribe)
			noError(t, err)
			if ws != f.Workspace.ID || who != c.ID {
				t.Errorf("the token is of %s %s", ws, who)
			}
			for _, bad := range []string{"", "x", m.Unsubscribe[:len(m.Unsubscribe)-1], m.Unsubscribe + "A", "AAAA" + m.Unsubscribe[4:]} {
				_, _, err := f.Unsubscriber(ctx, bad)
				wantIs(t, err, engine.ErrNotFound)
			}
			list, err := f.ListMessages(ctx, f.Workspace.ID, engine.MessageFilter{Status: engine.MessageSkipped, ContactID: c.ID}, engine.Page{})
			noError(t, err)
			if len(list.Items) != 1 || list.Items[0].Error != "not sent: no" || list.Items[0].Unsubscribe != "" {
				t.Errorf("skipped %+v", list.Items)
			}
			wantIs(t, f.SendAgain(ctx, f.Workspace.ID, skipped.ID), engine.ErrLost)
			noError(t, f.EraseContact(ctx, f.Workspace.ID, c.ID))
			m, err = f.Message(ctx, f.Workspace.ID, first.ID)
			noError(t, err)
			if m.Target+m.Subject+m.Body+m.HTML+m.Unsubscribe != "" || m.Status != engine.MessageSkipped {
				t.Errorf("after the person was erased: %+v", m)
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
