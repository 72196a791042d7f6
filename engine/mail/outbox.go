package mail

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

// delays are the pauses after failed attempts; behind them a message has failed.
var delays = []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 4 * time.Hour, 12 * time.Hour}

// atOnce is how many messages one process sends at the same time. No more are
// claimed together: each must be through before its lease is over.
const atOnce = 4

// Deliver sends what is due, until nothing is.
func (m *Mailer) Deliver(ctx context.Context) error {
	var errs []error
	for len(errs) == 0 && ctx.Err() == nil {
		now := m.Now()
		due, err := m.Store.ClaimMessages(ctx, now, now.Add(lease), atOnce)
		errs = append(errs, err)
		var all sync.WaitGroup
		ended := make([]error, len(due))
		for i := range due {
			all.Go(func() {
				m.attempt(ctx, &due[i])
				// What was sent is noted also while stopping, or it would be sent again.
				ended[i] = m.Store.EndMessage(context.WithoutCancel(ctx), due[i])
			})
		}
		all.Wait()
		if errs = slices.DeleteFunc(append(errs, ended...), func(err error) bool { return err == nil }); len(due) < atOnce {
			break
		}
	}
	return errors.Join(errs...)
}

func (m *Mailer) attempt(ctx context.Context, msg *engine.Message) {
	ctx, cancel := context.WithTimeout(ctx, lease/2)
	defer cancel()
	ws, err := m.Store.Workspace(ctx, msg.Workspace)
	switch {
	case errors.Is(err, engine.ErrNotFound):
		msg.Status, msg.Error = engine.MessageSkipped, "not sent: the workspace was deleted before it was"
		return
	case err == nil && ws.Sandbox:
		msg.Status, msg.Error = engine.MessageKept, engine.KeptInSandbox
		return
	}
	sent := false
	if err == nil {
		msg.Status, err = m.wanted(ctx, *msg)
	}
	if msg.Status == engine.MessageSkipped {
		msg.Error = "not sent: the contact unsubscribed before it was"
		return
	}
	if err == nil {
		sent, err = m.send(ctx, *msg, ws.Sender)
	}
	switch {
	case err == nil && sent:
		msg.Status, msg.SentAt, msg.Error = engine.MessageSent, m.Now(), ""
	case err == nil:
		msg.Status, msg.Error = engine.MessageKept, ""
	case msg.Attempts > len(delays) || isPermanent(err):
		msg.Status, msg.Error = engine.MessageFailed, err.Error()
	default:
		msg.Status, msg.Error, msg.DueAt = engine.MessageQueued, err.Error(), m.Now().Add(delays[msg.Attempts-1])
	}
}

// wanted looks again whether a letter's reader is subscribed: it may have waited
// for long.
func (m *Mailer) wanted(ctx context.Context, msg engine.Message) (status string, err error) {
	if msg.Unsubscribe == "" {
		return msg.Status, nil
	}
	c, err := m.Store.Contact(ctx, msg.Workspace, msg.ContactID)
	if errors.Is(err, engine.ErrNotFound) || err == nil && !c.Subscribed {
		return engine.MessageSkipped, nil
	}
	return msg.Status, err
}

// send reports false when there is nobody to send it.
func (m *Mailer) send(ctx context.Context, msg engine.Message, own crm.Sender) (bool, error) {
	if msg.Channel == engine.ChannelWebhook {
		if m.HTTP == nil {
			return false, nil
		}
		return true, m.call(ctx, msg)
	}
	if m.Transport == nil {
		return false, nil
	}
	return true, m.Transport.Send(ctx, m.signed(m.email(msg), msg.Workspace, own))
}

// email is a message as it goes out: letters have their workspace's sender, and
// end with the way to unsubscribe.
func (m *Mailer) email(msg engine.Message) Email {
	e := Email{
		ID: msg.ID, To: msg.Target, FromName: msg.FromName, FromEmail: msg.FromEmail, ReplyTo: msg.ReplyTo,
		Subject: msg.Subject, Body: msg.Body, HTML: msg.HTML,
	}
	if msg.Link != "" {
		whole := m.base(msg.Workspace) + account.InvitationPath // of letters whose text has the token's place alone
		e.Body = strings.ReplaceAll(e.Body, account.InvitationPath+engine.LinkPlace, account.InvitationPath+msg.Link.Reveal())
		e.Body = strings.ReplaceAll(e.Body, engine.LinkPlace, whole+msg.Link.Reveal())
	}
	if msg.Unsubscribe != "" {
		e.Unsubscribe = m.base(msg.Workspace) + crm.UnsubscribePath + msg.Unsubscribe
	}
	if msg.HTML != "" {
		e.Body, e.HTML = crm.Finished(msg.Body, msg.HTML, msg.FromName, e.Unsubscribe)
	}
	return e
}

func (m *Mailer) call(ctx context.Context, msg engine.Message) error {
	response, err := m.HTTP.Send(ctx, nodes.HTTPRequest{
		Method: http.MethodPost, URL: msg.Target, Body: []byte(msg.Body), MaxResponse: 4 << 10,
		Header: http.Header{"Content-Type": {"application/json"}, "Idempotency-Key": {msg.ID}, "Webhook-Id": {msg.ID}},
	})
	if err != nil {
		return err
	}
	if response.Status/100 != 2 {
		return fmt.Errorf("the webhook answered %d", response.Status)
	}
	return nil
}

// permanentError is not worth another try.
type permanentError struct{ error }

func isPermanent(err error) bool {
	var permanent permanentError
	var call *nodes.SendError
	return errors.As(err, &permanent) || errors.As(err, &call) && call.Permanent
}
