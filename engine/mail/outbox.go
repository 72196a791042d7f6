package mail

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/nodes"
)

// delays are the pauses after failed attempts; behind them a message has failed.
var delays = []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 4 * time.Hour, 12 * time.Hour}

// perRound bounds what one look at the outbox sends.
const perRound = 20

// Deliver sends what is due.
func (m *Mailer) Deliver(ctx context.Context) error {
	now := m.Now()
	due, err := m.Store.ClaimMessages(ctx, now, now.Add(lease), perRound)
	if err != nil {
		return err
	}
	var errs []error
	for _, msg := range due {
		m.attempt(ctx, &msg)
		// What was sent is noted also while stopping, or it would be sent again.
		errs = append(errs, m.Store.EndMessage(context.WithoutCancel(ctx), msg))
	}
	return errors.Join(errs...)
}

func (m *Mailer) attempt(ctx context.Context, msg *engine.Message) {
	ctx, cancel := context.WithTimeout(ctx, lease/2)
	defer cancel()
	sent, err := m.send(ctx, *msg)
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

// send reports false when there is nobody to send it.
func (m *Mailer) send(ctx context.Context, msg engine.Message) (bool, error) {
	if msg.Channel == engine.ChannelWebhook {
		if m.HTTP == nil {
			return false, nil
		}
		return true, m.call(ctx, msg)
	}
	if m.Transport == nil {
		return false, nil
	}
	return true, m.Transport.Send(ctx, Email{ID: msg.ID, To: msg.Target, FromName: "Hookloom", Subject: msg.Subject, Body: msg.Body})
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
