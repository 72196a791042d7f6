// Package email holds the node types that write e-mails.
package email

import (
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.Internal[SendParams]{Meta: nodes.Meta{
		Type: "email.send", Version: 1, Name: "Send e-mail", Group: "E-mail", Icon: "mail",
		Summary: "Write an e-mail to the contact, or to any address.",
		Card:    "{subject} · {send}",
		Sample:  map[string]any{"message_id": "msg_0197c2a4", "to": "ada@example.com", "status": "queued", "skipped": false, "reason": ""},
	}, Reaches: true, Run: send})
}

// SendParams are the e-mail. What mappings put into Body is text, never HTML.
type SendParams struct {
	Subject string `json:"subject" label:"Subject" required:"true" example:"Welcome, {{ contact.first_name | default('friend') }}" tab:"fields"`
	Body    string `json:"body" label:"Text" kind:"rich_text" required:"true" help:"A plain text is made of it for those who read without formatting." tab:"fields"`
	To      string `json:"to" label:"To" help:"The contact of the run when left empty." example:"{{ contact.email }}" tab:"fields"`
	Send    string `json:"send" label:"Send" options:"if_subscribed=If subscribed,always=Always" default:"if_subscribed" no_map:"true" help:"Always is for receipts and the like, and for your team: it has no way to unsubscribe."`
	ReplyTo string `json:"reply_to" label:"Answers go to" help:"The workspace's address for answers when left empty." advanced:"true" tab:"fields"`
}

// send writes the e-mail into the outbox, in the transaction that records the
// step: it is there if and only if the step was done.
func send(tx nodes.Tx, call *nodes.Call, p SendParams) (any, error) {
	letter, err := crm.SendLetter(tx, crm.LetterInput{
		Kind: crm.LetterStep, Contact: call.Contact, To: p.To, Send: p.Send, Subject: p.Subject, HTML: p.Body, ReplyTo: p.ReplyTo,
		RunID: call.RunID, Step: call.Path, Once: "step:" + call.Effect,
	})
	if err != nil {
		return nil, err
	}
	status := "queued"
	if letter.Skipped != "" {
		status = "skipped"
		call.Warn("The e-mail was " + letter.Skipped + ".")
	}
	return map[string]any{
		"message_id": letter.ID, "to": letter.To, "status": status, "skipped": letter.Skipped != "", "reason": letter.Skipped,
	}, nil
}
