package crm

import (
	"html"
	"strings"
)

// The outcomes of a grant's confirmation, as the outputs and answers of grants
// say them.
const (
	ConfirmQueued       = "queued"
	ConfirmNever        = "not sent: switched off"
	ConfirmUnsubscribed = "not sent: the contact is not subscribed"
	ConfirmAgain        = "not sent: the contact had access already"
	ConfirmNoAddress    = "not sent: the contact has no e-mail address"
)

// ConfirmGrant writes the e-mail that tells a contact of a grant, in the
// grant's own transaction: never, if the contact is subscribed, or always. A
// second one for the same grant is impossible. It returns what became of it; the
// error is the transaction's.
func ConfirmGrant(tx Tx, c Contact, r GrantResult, send, step string) (string, error) {
	switch {
	case r.Already:
		return ConfirmAgain, nil
	case send == SendNever:
		return ConfirmNever, nil
	case c.Email == "":
		return ConfirmNoAddress, nil
	}
	if send != SendAlways {
		send = SendIfSubscribed
	}
	l, err := SendLetter(tx, LetterInput{
		Kind: LetterGrant, Contact: &c, Send: send, Subject: "You have access to " + r.Offer.Title, HTML: confirmation(c, r.Offer),
		RunID: r.Grant.RunID, Step: step, Once: "grant:" + r.Grant.ID,
	})
	if err != nil {
		return "", err
	}
	if l.Skipped != "" {
		return ConfirmUnsubscribed, nil
	}
	return ConfirmQueued, nil
}

func confirmation(c Contact, o Offer) string {
	var b strings.Builder
	b.WriteString("<p>Hello")
	if c.FirstName != "" {
		b.WriteString(" " + html.EscapeString(c.FirstName))
	}
	b.WriteString(",</p><p>you now have access to <strong>" + html.EscapeString(o.Title) + "</strong>.</p>")
	if len(o.Products) > 0 {
		b.WriteString("<p>It includes:</p><ul>")
		for _, p := range o.Products {
			b.WriteString("<li>" + html.EscapeString(p.Title) + "</li>")
		}
		b.WriteString("</ul>")
	}
	return b.String()
}
