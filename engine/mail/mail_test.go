package mail_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/mail"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/storage"
	"github.com/hookloom/hookloom/storage/storagetest"
	"github.com/hookloom/hookloom/test/service"
)

// desk is a real database with a workflow, an owner and a mailer whose clock
// stands.
type desk struct {
	*storagetest.Fixture
	t   *testing.T
	mu  sync.Mutex
	now time.Time
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	ring, err := secret.NewKeyring(secret.GenerateKey())
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	storagetest.Tables(t, dir)
	s, err := storage.Open(t.Context(), storage.Config{DataDir: dir, Keyring: ring})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	d := &desk{Fixture: storagetest.NewFixture(t, s, "main"), t: t, now: time.Now().Add(time.Minute)}
	owner := account.User{ID: engine.NewID("usr"), Email: "owner@example.com"}
	if err := s.CreateUser(t.Context(), owner, account.Membership{UserID: owner.ID, WorkspaceID: d.Workspace.ID, Role: account.Owner}); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d *desk) clock() time.Time { d.mu.Lock(); defer d.mu.Unlock(); return d.now }

func (d *desk) pass(by time.Duration) { d.mu.Lock(); defer d.mu.Unlock(); d.now = d.now.Add(by) }

func (d *desk) mailer(t mail.Transport) *mail.Mailer {
	return mail.New(mail.Config{Store: d.Store, Transport: t, BaseURL: "https://hooks.example.com", Now: d.clock, Log: slog.New(slog.DiscardHandler)})
}

// fail lets a run fail, as of the desk's clock a minute ago.
func (d *desk) fail(message string) {
	d.t.Helper()
	r := d.Queued()
	p := engine.Progress{Run: r.ID, Epoch: 1, Claim: "boot", To: engine.RunState{
		Status: engine.Failed, FinishedAt: d.clock().Add(-20 * time.Second), Error: &engine.Failure{Code: "step_failed", Message: message, Step: "items[3]/tell"},
	}}
	if err := d.Save(d.t.Context(), d.Workspace.ID, p); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) outbox() []engine.Message {
	d.t.Helper()
	list, err := d.ListMessages(d.t.Context(), d.Workspace.ID, engine.MessageFilter{}, engine.Page{})
	if err != nil {
		d.t.Fatal(err)
	}
	return list.Items
}

func (d *desk) gather(m *mail.Mailer) {
	d.t.Helper()
	if err := m.Gather(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
}

// Failures are told together, to the owners unless somebody else is named, not
// more often than every 15 minutes, and without what a payload may hold.
func TestFailuresAreToldOnceAndTogether(t *testing.T) {
	d := newDesk(t)
	m := d.mailer(nil)
	d.gather(m)
	if len(d.outbox()) != 0 {
		t.Fatal("a digest of nothing")
	}
	d.fail(`"hunter2-canary" is refused, card 4242424242424242`)
	d.fail(`"other" is refused, card 99999999`)
	// Several servers look at once.
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() { _ = d.mailer(nil).Gather(context.Background()) })
	}
	all.Wait()
	d.gather(m)
	box := d.outbox()
	if len(box) != 1 || box[0].Target != "owner@example.com" || box[0].Subject != "2 runs failed in main" {
		t.Fatalf("outbox: %+v", box)
	}
	if strings.Contains(box[0].Body, "canary") || strings.Contains(box[0].Body, "4242424242") || !strings.Contains(box[0].Body, "tell") ||
		!strings.Contains(box[0].Body, "https://hooks.example.com/w/main/runs/run_") {
		t.Errorf("text:\n%s", box[0].Body)
	}
	d.pass(time.Minute)
	d.fail("again")
	d.gather(m)
	if len(d.outbox()) != 1 {
		t.Error("a second digest within 15 minutes")
	}
	d.pass(15 * time.Minute)
	d.gather(m)
	if box = d.outbox(); len(box) != 2 || box[0].Subject != "1 run failed in main" {
		t.Errorf("after 15 minutes: %+v", box)
	}
	if err := d.PutAlerts(t.Context(), d.Workspace.ID, engine.Alerts{Enabled: false, Every: 15 * time.Minute}); err != nil {
		t.Fatal(err)
	}
	d.pass(time.Hour)
	d.fail("silence")
	d.gather(m)
	if len(d.outbox()) != 2 {
		t.Error("told although it is switched off")
	}
}

// post takes e-mails and answers as told.
type post struct {
	mu     sync.Mutex
	err    error
	emails []mail.Email
}

func (p *post) Send(_ context.Context, e mail.Email) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.emails = append(p.emails, e)
	return p.err
}

func TestTheOutboxSendsRetriesAndKeeps(t *testing.T) {
	d := newDesk(t)
	queue := func(once string) {
		t.Helper()
		err := d.QueueMessage(t.Context(), engine.Message{ID: engine.NewID("msg"), Workspace: d.Workspace.ID, Kind: "test", Channel: engine.ChannelEmail, Target: "ada@example.com", Subject: "s", Body: "b", Once: once})
		if err != nil {
			t.Fatal(err)
		}
	}
	queue("a")
	queue("a")
	if err := d.mailer(nil).Deliver(t.Context()); err != nil {
		t.Fatal(err)
	}
	if box := d.outbox(); len(box) != 1 || box[0].Status != engine.MessageKept {
		t.Fatalf("without SMTP: %+v", box)
	}
	queue("b")
	p := &post{err: errors.New("try later")}
	m := d.mailer(p)
	for range 9 {
		d.pass(13 * time.Hour)
		if err := m.Deliver(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	box := d.outbox()
	if box[0].Status != engine.MessageFailed || box[0].Error != "try later" || len(p.emails) != 7 || p.emails[0].ID != p.emails[6].ID {
		t.Errorf("given up: %+v after %d attempts", box[0], len(p.emails))
	}
	queue("c")
	p.err = nil
	d.pass(time.Minute)
	for range 2 {
		if err := m.Deliver(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if box = d.outbox(); box[0].Status != engine.MessageSent || len(p.emails) != 8 {
		t.Errorf("sent: %+v, %d", box[0], len(p.emails))
	}
}

func TestSMTPSendsALetter(t *testing.T) {
	box := service.SMTP(t)
	s, err := mail.ParseSMTP("smtp://" + box.Addr + "?from=hookloom@example.com")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Send(t.Context(), mail.Email{ID: "msg_1", To: "ada@example.com", FromName: "Hookloom", Subject: "2 runs failed", Body: "Hello"}); err != nil {
		t.Fatal(err)
	}
	letter := box.Letters()[0]
	for _, want := range []string{"Subject: 2 runs failed", "<msg_1@example.com>", "To: <ada@example.com>", "hookloom@example.com", "Hello", "Auto-Submitted: auto-generated"} {
		if !strings.Contains(letter, want) {
			t.Errorf("no %q in\n%s", want, letter)
		}
	}
}

func TestSMTPAddresses(t *testing.T) {
	for _, good := range []string{"smtp://a%40b.co:pw@mail.example.com", "smtps://u:p@mail.example.com:465?from=x@example.com", "smtp://localhost:25?from=x@example.com"} {
		if _, err := mail.ParseSMTP(good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for _, bad := range []string{"", "mail.example.com", "http://x?from=a@b.co", "smtp://u:canary-pw@mail.example.com", "smtp://x:y@/?from=a@b.co"} {
		_, err := mail.ParseSMTP(bad)
		if err == nil || strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

// letter queues an e-mail to a subscribed contact and returns the contact's id.
func (d *desk) letter() string {
	d.t.Helper()
	var c crm.Contact
	d.Do(func(tx engine.Tx) error {
		c = crm.Contact{Email: "ada@example.com", Subscribed: true}
		if err := tx.InsertContact(&c); err != nil {
			return err
		}
		_, err := crm.SendLetter(tx, crm.LetterInput{Kind: crm.LetterStep, Contact: &c, Subject: "S", HTML: "<p>B</p>", Once: "x"})
		return err
	})
	return c.ID
}

// What the mail server refuses for now is tried again as the same message; what
// it refuses for good has failed at once, and says why.
func TestRefusalsForNowAndForGood(t *testing.T) {
	d := newDesk(t)
	box := service.SMTP(t)
	smtp, err := mail.ParseSMTP("smtp://" + box.Addr + "?from=hookloom@example.com")
	if err != nil {
		t.Fatal(err)
	}
	m := d.mailer(smtp)
	deliver := func() engine.Message {
		t.Helper()
		if err := m.Deliver(t.Context()); err != nil {
			t.Fatal(err)
		}
		return d.outbox()[0]
	}
	d.letter()
	box.Refuse("451 4.7.1 try again later")
	if got := deliver(); got.Status != engine.MessageQueued || !strings.Contains(got.Error, "try again later") || !got.DueAt.After(d.clock()) {
		t.Errorf("refused for now: %+v", got)
	}
	deliver() // not yet due
	if box.Tries() != 1 {
		t.Errorf("%d tries before it is due", box.Tries())
	}
	d.pass(2 * time.Minute)
	box.Refuse("")
	got := deliver()
	if letters := box.Letters(); got.Status != engine.MessageSent || len(letters) != 1 || !strings.Contains(letters[0], "<"+got.ID+"@example.com>") {
		t.Errorf("sent: %+v %q", got, letters)
	}
	if err := d.QueueMessage(t.Context(), engine.Message{ID: engine.NewID("msg"), Workspace: d.Workspace.ID, Kind: "test", Channel: engine.ChannelEmail, Target: "ada@example.com", Subject: "s", Body: "b"}); err != nil {
		t.Fatal(err)
	}
	box.Refuse("550 5.1.1 no such mailbox")
	if got = deliver(); got.Status != engine.MessageFailed || got.Attempts != 1 || !strings.Contains(got.Error, "no such mailbox") {
		t.Errorf("refused for good: %+v", got)
	}
}

// Who unsubscribes while a letter waits does not get it.
func TestALetterIsNotSentToWhoUnsubscribedMeanwhile(t *testing.T) {
	d := newDesk(t)
	id := d.letter()
	off := false
	d.Do(func(tx engine.Tx) error {
		_, err := crm.Update(tx, id, crm.UpsertInput{Subscribed: &off})
		return err
	})
	p := &post{}
	if err := d.mailer(p).Deliver(t.Context()); err != nil {
		t.Fatal(err)
	}
	if box := d.outbox(); box[0].Status != engine.MessageSkipped || !strings.Contains(box[0].Error, "unsubscribed") || len(p.emails) != 0 {
		t.Errorf("outbox %+v", box)
	}
}

// The link of an invitation stands in the e-mail, and nowhere once it is sent.
func TestALinkIsOnlyInTheEmail(t *testing.T) {
	d := newDesk(t)
	token := secret.NewToken()
	err := d.QueueMessage(t.Context(), engine.Message{
		ID: engine.NewID("msg"), Workspace: d.Workspace.ID, Kind: "invitation", Channel: engine.ChannelEmail, Target: "ada@example.com",
		Subject: "s", Body: "Open " + engine.LinkPlace + " soon", Link: secret.Redacted(token),
	})
	if err != nil {
		t.Fatal(err)
	}
	p := &post{err: errors.New("try later")}
	m := d.mailer(p)
	for range 2 {
		d.pass(2 * time.Minute)
		if err := m.Deliver(t.Context()); err != nil {
			t.Fatal(err)
		}
		p.err = nil
	}
	want := "Open https://hooks.example.com" + account.InvitationPath + token + " soon"
	if len(p.emails) != 2 || p.emails[0].Body != want || p.emails[1].Body != want {
		t.Errorf("%+v", p.emails)
	}
	if box := d.outbox(); box[0].Status != engine.MessageSent || strings.Contains(box[0].Body, token) {
		t.Errorf("%+v", box[0])
	}
}
