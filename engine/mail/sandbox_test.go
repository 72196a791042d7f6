package mail_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/mail"
	"github.com/hookloom/hookloom/nodes"
)

// wire counts what leaves by HTTP.
type wire struct{ calls int }

func (w *wire) Send(context.Context, nodes.HTTPRequest) (nodes.HTTPResponse, error) {
	w.calls++
	return nodes.HTTPResponse{Status: http.StatusOK}, nil
}

// TestASandboxKeepsItsMessages, e-mails and webhooks, also those that were on
// their way before, until somebody sends them again from outside of it.
func TestASandboxKeepsItsMessages(t *testing.T) {
	d := newDesk(t)
	out, p := &wire{}, &post{err: errors.New("try later")}
	m := mail.New(mail.Config{Store: d.Store, Transport: p, HTTP: out, BaseURL: "https://hooks.example.com", Now: d.clock})
	deliver := func() {
		t.Helper()
		d.pass(24 * time.Hour)
		if err := m.Deliver(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	queue := func(channel, target string) {
		t.Helper()
		err := d.QueueMessage(t.Context(), engine.Message{ID: engine.NewID("msg"), Workspace: d.Workspace.ID, Kind: "test", Channel: channel, Target: target, Subject: "s", Body: "{}"})
		if err != nil {
			t.Fatal(err)
		}
	}
	sandbox := func(on bool) {
		t.Helper()
		d.Workspace.Sandbox = on
		if err := d.UpdateWorkspace(t.Context(), d.Workspace); err != nil {
			t.Fatal(err)
		}
	}
	queue(engine.ChannelEmail, "ada@example.com")
	deliver() // fails, and would be tried again
	sandbox(true)
	queue(engine.ChannelWebhook, "https://chat.example.com/x")
	p.err = nil
	deliver()
	for _, msg := range d.outbox() {
		if msg.Status != engine.MessageKept || msg.Error != engine.KeptInSandbox {
			t.Errorf("%s is %s: %q", msg.Channel, msg.Status, msg.Error)
		}
	}
	if len(p.emails) != 1 || out.calls != 0 {
		t.Errorf("%d e-mails and %d calls left", len(p.emails), out.calls)
	}
	sandbox(false)
	deliver()
	if len(p.emails) != 1 || out.calls != 0 {
		t.Error("what was kept left by itself")
	}
	for _, msg := range d.outbox() {
		if err := d.SendAgain(t.Context(), d.Workspace.ID, msg.ID); err != nil {
			t.Fatal(err)
		}
	}
	deliver()
	if len(p.emails) != 2 || out.calls != 1 {
		t.Errorf("sent again: %d e-mails and %d calls", len(p.emails), out.calls)
	}
}
