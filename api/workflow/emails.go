package workflow

import (
	"context"
	"errors"

	"github.com/hookloom/hookloom/api/editor"
	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/crm"
)

type emailInput struct {
	rest.ByID
	Body editor.EmailBody
}

// emailView is an e-mail as it would go out.
type emailView struct {
	ContactID string   `json:"contact_id" doc:"Whose values fill it in; empty when there is none"`
	To        string   `json:"to"`
	FromName  string   `json:"from_name"`
	FromEmail string   `json:"from_email" doc:"Empty for the mail server's own sender"`
	ReplyTo   string   `json:"reply_to"`
	Subject   string   `json:"subject"`
	HTML      string   `json:"html" doc:"The whole page, clean: show it in a frame without scripts"`
	Text      string   `json:"text" doc:"The plain part"`
	Skipped   string   `json:"skipped" doc:"Why this contact would not get it; empty when it would"`
	Missing   []string `json:"missing" nullable:"false" doc:"Paths that the sample does not have and no default stands for"`
	Notes     []string `json:"notes" nullable:"false"`
}

// previewEmail shows an e-mail as a chosen contact would get it.
func (a *API) previewEmail(ctx context.Context, in *emailInput) (*rest.One[emailView], error) {
	l, filled, err := a.letter(ctx, in, nil)
	if err != nil {
		return nil, err
	}
	v := emailView{
		ContactID: filled.ContactID, To: l.To, FromName: l.FromName, FromEmail: l.FromEmail, ReplyTo: l.ReplyTo, Subject: l.Subject,
		Skipped: l.Skipped, Missing: rest.OrNone(filled.Missing), Notes: rest.OrNone(filled.Notes),
	}
	v.Text, v.HTML = crm.Finished(l.Text, l.HTML, l.FromName, a.PreviewLink(ctx, l.Unsubscribe))
	return &rest.One[emailView]{Body: v}, nil
}

// PreviewLink stands for the address by which a contact unsubscribes: the real
// one would do so when somebody tries it.
func (a *API) PreviewLink(ctx context.Context, has bool) string {
	if !has {
		return ""
	}
	return a.Base(rest.WorkspaceOf(ctx).ID) + crm.UnsubscribePath + "preview"
}

type testEmailView struct {
	MessageID string `json:"message_id" doc:"GET /outbox/{id} says what became of it"`
	To        string `json:"to"`
	Delivery  string `json:"email_delivery" enum:"smtp,outbox" doc:"outbox: it is kept there, because no SMTP_URL is set or the workspace is a sandbox"`
}

// testEmail sends the e-mail to the person who asks, and to nobody else.
func (a *API) testEmail(ctx context.Context, in *emailInput) (*rest.One[testEmailView], error) {
	if _, err := a.Store.WorkflowInfo(ctx, rest.WorkspaceOf(ctx).ID, in.ID); err != nil {
		return nil, err
	}
	c := rest.CallerOf(ctx)
	if c.User == nil || c.User.Email == "" {
		return nil, &engine.StateError{Message: "A test e-mail goes to whoever asks for it, and an API key has no address: sign in as a person."}
	}
	l, _, err := a.letter(ctx, in, func(tx engine.Tx, l *crm.Letter) error {
		l.To, l.ContactID, l.Skipped, l.Unsubscribe = c.User.Email, "", "", false
		l.Subject = "[Test] " + l.Subject
		return tx.QueueLetter(l)
	})
	if err != nil {
		return nil, err
	}
	v := testEmailView{MessageID: l.ID, To: l.To, Delivery: "outbox"}
	if a.SendsMail && !rest.WorkspaceOf(ctx).Sandbox {
		v.Delivery = "smtp"
	}
	return &rest.One[testEmailView]{Body: v}, nil
}

// letter writes the e-mail of a form as the chosen contact; then may queue it in
// the same transaction.
func (a *API) letter(ctx context.Context, in *emailInput, then func(engine.Tx, *crm.Letter) error) (l crm.Letter, filled editor.Email, err error) {
	// Who subscribed to what is part of the answer.
	if !rest.May(ctx, account.ContactsRead) {
		return l, filled, problem.New(problem.CodeForbidden, rest.Lacking(account.ContactsRead, true))
	}
	ws := rest.WorkspaceOf(ctx).ID
	if filled, err = a.Editor.Email(ctx, ws, in.ID, in.Body, sees(ctx)); err != nil {
		return l, filled, err
	}
	err = a.Store.Do(ctx, ws, func(tx engine.Tx) error {
		input := crm.LetterInput{
			Kind: crm.LetterTest, To: filled.To, Send: filled.Send, Subject: filled.Subject, HTML: filled.Body, ReplyTo: filled.ReplyTo,
		}
		if filled.ContactID != "" {
			c, err := tx.Contact(filled.ContactID)
			if err != nil && !errors.Is(err, engine.ErrNotFound) {
				return err
			}
			if err == nil {
				input.Contact = &c
			}
		}
		written, err := crm.WriteLetter(tx, input)
		if err == nil && then != nil {
			err = then(tx, &written)
		}
		l = written
		return err
	})
	if rejected, ok := errors.AsType[*crm.Rejected](err); ok {
		err = problem.At("/params/"+rejected.Field, rejected.Code, rejected.Message)
	}
	return l, filled, err
}
