package contact

import (
	"context"

	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

type recordReplyInput struct {
	rest.ByID
	Body struct {
		Text       string `json:"text" maxLength:"10000" doc:"What the contact wrote"`
		Channel    string `json:"channel,omitempty" maxLength:"40" example:"sms" doc:"Where the reply came in: sms, whatsapp, email, or a word of your own"`
		From       string `json:"from,omitempty" maxLength:"255" example:"+14155552671"`
		To         string `json:"to,omitempty" maxLength:"255"`
		ExternalID string `json:"external_id,omitempty" maxLength:"255" doc:"The message's id at the service that took it"`
	}
}

type replyRecorded struct {
	ContactID string `json:"contact_id"`
	Event     string `json:"event" example:"contact.replied"`
}

// recordReply raises contact.replied: workflows start from it, runs that wait for
// it go on, and runs that a reply ends are ended.
func (a *API) recordReply(ctx context.Context, in *recordReplyInput) (*rest.One[replyRecorded], error) {
	b := in.Body
	err := a.recorder().Record(ctx, &in.ID, func(tx engine.Tx) error {
		c, err := tx.Contact(in.ID)
		if err != nil {
			return err
		}
		return crm.RecordReply(tx, c, crm.Reply{Channel: b.Channel, Text: b.Text, From: b.From, To: b.To, ExternalID: b.ExternalID})
	})
	if err != nil {
		return nil, err
	}
	return &rest.One[replyRecorded]{Body: replyRecorded{ContactID: in.ID, Event: crm.ContactReplied}}, nil
}

// recorder changes people in one transaction and wakes the workflows that listen.
func (a *API) recorder() rest.Recorder {
	return rest.Recorder{Store: a.Store, Wake: a.Engine.WakeEvents, Live: a.Live}
}
