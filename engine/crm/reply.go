package crm

import "strings"

// ContactReplied is raised when a contact answers, over whichever channel.
const ContactReplied = "contact.replied"

// maxReply bounds the text of a reply that events carry, in bytes.
const maxReply = 10_000

// Reply is what a contact answered.
type Reply struct {
	// Channel is sms, whatsapp, email or another word for where it came in; "" is
	// unknown.
	Channel string
	Text    string
	From    string
	To      string
	// ExternalID is the message's id at the service that took it, "" for none.
	ExternalID string
}

// RecordReply raises contact.replied for a contact. It stores nothing else: the
// event stays on the contact's timeline.
func RecordReply(tx Tx, c Contact, r Reply) error {
	var err error
	for field, text := range map[string]*string{"channel": &r.Channel, "from": &r.From, "to": &r.To, "external_id": &r.ExternalID} {
		if *text, err = line(field, *text); err != nil {
			return err
		}
	}
	text := strings.ToValidUTF8(r.Text, "\uFFFD")
	if len(text) > maxReply {
		text = strings.ToValidUTF8(text[:maxReply], "") + "…"
	}
	return tx.Emit(Event{Type: ContactReplied, ContactID: c.ID, Data: map[string]any{
		"contact": c.Plain(),
		"reply": map[string]any{
			"channel": strings.ToLower(r.Channel), "text": text, "from": r.From, "to": r.To, "external_id": r.ExternalID,
		},
	}})
}
