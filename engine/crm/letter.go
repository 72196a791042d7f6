package crm

import (
	"errors"
	"strings"
	"unicode/utf8"
)

// Letter is one e-mail to a person. It is written into the outbox by the
// transaction of what it is about, and sent later.
type Letter struct {
	// ID is filled in by QueueLetter and is the same over all attempts to send it.
	ID string
	// Kind is what it is: LetterStep, LetterGrant or LetterTest.
	Kind string
	// ContactID is whom it is to, "" when the address is no contact's.
	ContactID string
	// RunID and Step say which step of which run wrote it; "" for people and the
	// API.
	RunID, Step string
	To          string
	FromName    string
	// FromEmail and ReplyTo are "" for the mail server's own sender.
	FromEmail, ReplyTo string
	Subject            string
	// Text says what HTML says, plainly. HTML is clean, see RichText; "" sends the
	// text alone.
	Text, HTML string
	// Unsubscribe gives it the header and the line by which its contact
	// unsubscribes.
	Unsubscribe bool
	// Skipped says why it is not sent, for the person who looks for it; "" for one
	// that is.
	Skipped string
	// Once makes a second letter with the same text impossible; "" does not.
	Once string
}

// The kinds of letters.
const (
	LetterStep  = "email"
	LetterGrant = "grant"
	LetterTest  = "email_test"
)

// LetterTx writes letters.
type LetterTx interface {
	// QueueLetter puts a letter into the outbox and fills ID in, with the earlier
	// one's when there is one with the same Once: it stays as it is then.
	QueueLetter(l *Letter) error
}

// Whom a letter goes to.
const (
	SendNever = "never"
	// SendIfSubscribed is for what people subscribe to: with a way to unsubscribe.
	SendIfSubscribed = "if_subscribed"
	// SendAlways is for what people must know whatever they subscribed to, and for
	// people who are no contacts.
	SendAlways = "always"
)

// The bounds of a letter, in characters and bytes.
const (
	maxSubject = 500
	maxLetter  = 512 << 10
)

// LetterInput is a letter as somebody writes it.
type LetterInput struct {
	Kind string
	// Contact is whom it is about, nil for nobody.
	Contact *Contact
	// To is the address; "" means the contact's.
	To string
	// Send is SendIfSubscribed or SendAlways.
	Send    string
	Subject string
	// HTML is made clean and the plain text is made of it.
	HTML string
	// ReplyTo is "" for the workspace's.
	ReplyTo     string
	RunID, Step string
	Once        string
}

// WriteLetter makes the letter without queueing it: addresses checked, HTML
// cleaned, and Skipped set when its reader is not subscribed. The error is a
// *Rejected or the transaction's.
func WriteLetter(tx Tx, in LetterInput) (Letter, error) {
	ws, err := tx.Workspace()
	if err != nil {
		return Letter{}, err
	}
	l := Letter{
		Kind: in.Kind, RunID: in.RunID, Step: in.Step, Once: in.Once, Unsubscribe: in.Send != SendAlways,
		FromName: ws.Sender.Name, FromEmail: ws.Sender.Email, ReplyTo: ws.Sender.ReplyTo,
	}
	if l.FromName == "" {
		l.FromName = ws.Name
	}
	if in.ReplyTo != "" {
		if l.ReplyTo, err = letterAddress("reply_to", in.ReplyTo); err != nil {
			return Letter{}, err
		}
	}
	if err := l.say(in); err != nil {
		return Letter{}, err
	}
	return l, l.address(tx, in)
}

// SendLetter queues a letter, or one that says why it is skipped. Errors are
// those of WriteLetter.
func SendLetter(tx Tx, in LetterInput) (Letter, error) {
	l, err := WriteLetter(tx, in)
	if err != nil {
		return l, err
	}
	return l, tx.QueueLetter(&l)
}

func (l *Letter) say(in LetterInput) error {
	if l.Subject = strings.Join(strings.Fields(in.Subject), " "); l.Subject == "" {
		return rejected("subject", "blank", "The e-mail has no subject. Write one, or give the mapping in it a default.")
	}
	if utf8.RuneCountInString(l.Subject) > maxSubject {
		return rejected("subject", "too_long", "The subject has more than %d characters: shorten it.", maxSubject)
	}
	if len(in.HTML) > maxLetter {
		return rejected("body", "too_long", "The text is larger than %d KB: shorten it.", maxLetter>>10)
	}
	if l.HTML, l.Text = RichText(in.HTML); l.Text == "" {
		return rejected("body", "blank", "The e-mail has no text. Write one, or give the mappings in it a default.")
	}
	return nil
}

// address finds whom the letter is to and whether they want it.
func (l *Letter) address(tx Tx, in LetterInput) error {
	reader := in.Contact
	if strings.TrimSpace(in.To) == "" {
		if reader == nil {
			return rejected("to", "blank", "There is nobody to write to: the run has no contact, and no address is given.")
		}
		if reader.Email == "" {
			return rejected("to", "blank", "The contact has no e-mail address.")
		}
		l.To = reader.Email
	} else {
		var err error
		if l.To, err = letterAddress("to", in.To); err != nil {
			return err
		}
		if reader, err = readerOf(tx, reader, l.To); err != nil {
			return err
		}
	}
	if reader != nil {
		l.ContactID = reader.ID
	}
	switch {
	case in.Send == SendAlways:
	case reader == nil:
		l.Skipped = "not sent: nobody with this address has subscribed"
	case !reader.Subscribed:
		l.Skipped = "not sent: the contact is not subscribed"
	}
	return nil
}

// readerOf is the contact with an address, nil for none.
func readerOf(tx Tx, c *Contact, address string) (*Contact, error) {
	if c != nil && c.Email == address {
		return c, nil
	}
	found, err := tx.ContactsBy("email", address)
	if errors.Is(err, ErrNotFound) || err == nil && len(found) == 0 {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &found[0], nil
}

func letterAddress(field, text string) (string, error) {
	address, ok := NormalizeEmail(text)
	if !ok {
		return "", rejected(field, "invalid", "%.100q is no e-mail address; one looks like ada@example.com.", text)
	}
	return address, nil
}
