package mail_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/mail"
)

// pigeon keeps what it is given, or refuses.
type pigeon struct {
	sent []mail.Email
	err  error
}

func (p *pigeon) Send(_ context.Context, e mail.Email) error {
	if p.err == nil {
		p.sent = append(p.sent, e)
	}
	return p.err
}

func (d *desk) agency(m *mail.Mailer) error {
	d.t.Helper()
	return m.GatherAgency(d.t.Context())
}

func TestTheAgencyGetsOneDigestOverAllClients(t *testing.T) {
	d := newDesk(t)
	p := &pigeon{}
	m := d.mailer(p)
	d.fail(`the address "ada@example.com" was refused`)
	if err := d.agency(m); err != nil || len(p.sent) != 0 {
		t.Fatalf("nobody asked for it, but %v was sent: %v", p.sent, err)
	}
	if err := d.PutAgencyAlerts(t.Context(), engine.AgencyAlerts{Enabled: true, Every: 15 * time.Minute, Emails: []string{"ops@agency.example", "boss@agency.example"}}); err != nil {
		t.Fatal(err)
	}
	d.pass(20 * time.Minute)
	d.fail(`the address "ada@example.com" was refused`)
	d.fail(`the address "eve@example.com" was refused`)

	p.err = errors.New("the mail server is away")
	if err := d.agency(m); err == nil {
		t.Fatal("a digest that could not be sent is no error")
	}
	if now, err := d.AgencyAlerts(t.Context()); err != nil || !strings.Contains(now.Error, "away") {
		t.Errorf("what went wrong is kept as %q, %v", now.Error, err)
	}
	p.err = nil
	if err := d.agency(m); err != nil || len(p.sent) != 0 {
		t.Fatalf("it is tried again at once: %v %v", p.sent, err)
	}
	d.pass(6 * time.Minute)
	if err := d.agency(m); err != nil {
		t.Fatal(err)
	}
	if len(p.sent) != 2 || p.sent[0].To != "ops@agency.example" || p.sent[0].Subject != "3 runs failed at 1 client" {
		t.Fatalf("sent: %+v", p.sent)
	}
	if body := p.sent[0].Body; strings.Contains(body, "ada@example.com") || !strings.Contains(body, "/w/main/attention") || !strings.Contains(body, `3 runs of "Sale"`) {
		t.Errorf("the digest says\n%s", body)
	}
	d.pass(time.Minute)
	d.fail("another")
	if err := d.agency(m); err != nil || len(p.sent) != 2 {
		t.Errorf("a second digest within 15 minutes: %d, %v", len(p.sent), err)
	}
	d.pass(16 * time.Minute)
	if err := d.agency(m); err != nil || len(p.sent) != 4 || p.sent[2].Subject != "1 run failed at 1 client" {
		t.Errorf("the next digest: %+v, %v", p.sent[2:], err)
	}
}
