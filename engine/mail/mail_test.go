package mail_test

import (
	"bufio"
	"context"
	"errors"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/mail"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/storage"
	"github.com/hookloom/hookloom/storage/storagetest"
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
	s, err := storage.Open(t.Context(), storage.Config{DataDir: t.TempDir(), Keyring: ring})
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

// server speaks as much SMTP as one message takes.
func server(t *testing.T) (address string, got func() string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	letters := make(chan string, 1)
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		in := bufio.NewScanner(conn)
		say := func(text string) { _, _ = conn.Write([]byte(text + "\r\n")) }
		say("220 ready")
		var letter strings.Builder
		for data := false; in.Scan(); {
			line := in.Text()
			switch {
			case data && line == ".":
				data = false
				letters <- letter.String()
				say("250 taken")
			case data:
				letter.WriteString(line + "\n")
			case strings.HasPrefix(line, "EHLO"):
				say("250 hello")
			case line == "DATA":
				data = true
				say("354 go on")
			case line == "QUIT":
				say("221 bye")
				return
			default:
				say("250 ok")
			}
		}
	}()
	return listener.Addr().String(), func() string {
		select {
		case text := <-letters:
			return text
		case <-time.After(20 * time.Second):
			t.Fatal("no letter came")
			return ""
		}
	}
}

func TestSMTPSendsALetter(t *testing.T) {
	address, got := server(t)
	s, err := mail.ParseSMTP("smtp://" + address + "?from=hookloom@example.com")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Send(t.Context(), mail.Email{ID: "msg_1", To: "ada@example.com", FromName: "Hookloom", Subject: "2 runs failed", Body: "Hello"}); err != nil {
		t.Fatal(err)
	}
	letter := got()
	for _, want := range []string{"Subject: 2 runs failed", "<msg_1@hookloom>", "To: <ada@example.com>", "hookloom@example.com", "Hello", "Auto-Submitted: auto-generated"} {
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
