package engine

import (
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine/secret"
)

// Message is something that people are told, in the outbox.
type Message struct {
	ID        string
	Workspace string
	// Kind is what it is about: digest or test, or a letter's, see crm.Letter.
	Kind string
	// Channel is email or webhook; Target an address or URL.
	Channel string
	Target  string
	Subject string
	// Body is plain text, or JSON for a webhook.
	Body string
	// HTML says the same as Body; "" for text alone.
	HTML string
	// FromName, FromEmail and ReplyTo are "" for the mail server's own sender.
	FromName, FromEmail, ReplyTo string
	// ContactID is whom it is to, RunID and Step what wrote it; "" for none.
	ContactID, RunID, Step string
	// Unsubscribe is the end of the address by which the contact unsubscribes, ""
	// for a message that nobody can unsubscribe from.
	Unsubscribe string
	// Link is the token of a one-time link, which is kept sealed and known only to
	// who sends the message; "" for none. Body has LinkPlace where it goes.
	Link secret.Redacted
	// Status is queued, sending, sent, kept (there is nobody to send it), failed, or
	// skipped (its reader does not want it).
	Status   string
	Attempts int
	// Error says why the last attempt failed, or why it was skipped.
	Error string
	// Once makes a second message with the same text impossible; "" does not.
	Once      string
	DueAt     time.Time
	CreatedAt time.Time
	SentAt    time.Time
}

// LinkPlace stands in a Body for the address of its one-time link, as people who
// look at the outbox read it.
const LinkPlace = "[the link is in the e-mail only]"

// The channels and statuses of a Message.
const (
	ChannelEmail   = "email"
	ChannelWebhook = "webhook"

	MessageSkipped = "skipped"
	MessageQueued  = "queued"
	MessageSending = "sending"
	MessageSent    = "sent"
	MessageKept    = "kept"
	MessageFailed  = "failed"
)

// MessageFilter narrows the outbox; empty fields do not.
type MessageFilter struct {
	Status    string
	ContactID string
	RunID     string
}

// Alerts say who hears of failed runs of a workspace.
type Alerts struct {
	Enabled bool
	// Every is the least time between two digests.
	Every time.Duration
	// Emails are who gets them; see ToOwners for none.
	Emails []string
	// WebhookURL gets the digest as JSON too; "" for none.
	WebhookURL string
	// ToldAt is up to when failures were told.
	ToldAt time.Time
}

// ToOwners reports whether the owners of the workspace get the e-mails, because
// nobody else is told.
func (a Alerts) ToOwners() bool { return len(a.Emails) == 0 && a.WebhookURL == "" }

// DefaultAlerts count for a workspace that has chosen nothing.
var DefaultAlerts = Alerts{Enabled: true, Every: 15 * time.Minute}

// WithoutValues is a failure's message without what it quotes and without long
// numbers: both may be of a payload, and a payload may hold secrets.
func WithoutValues(message string) string {
	var b strings.Builder
	quoted := false
	digits := 0
	flush := func(end int) {
		if digits > 4 {
			b.WriteByte('#')
		} else {
			b.WriteString(message[end-digits : end])
		}
		digits = 0
	}
	for i := range len(message) {
		c := message[i]
		if !quoted && c >= '0' && c <= '9' {
			digits++
			continue
		}
		flush(i)
		switch {
		case c == '"' && quoted:
			b.WriteString(`…"`)
			quoted = false
		case quoted:
		default:
			b.WriteByte(c)
			quoted = c == '"'
		}
	}
	flush(len(message))
	if quoted {
		b.WriteString("…")
	}
	return b.String()
}
