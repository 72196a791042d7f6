package setting

import (
	"context"
	"errors"
	"net/url"
	"time"

	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/crm"
)

// MessageView is a message to a person; exported because huma does not see what is
// embedded otherwise.
type MessageView struct {
	ID        string     `json:"id" example:"msg_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10"`
	Kind      string     `json:"kind" enum:"digest,test,email,grant,email_test,hook" doc:"hook tells that a webhook was paused or switched off, email is a step's, grant the confirmation of one, email_test somebody's test of a step"`
	Channel   string     `json:"channel" enum:"email,webhook"`
	Target    string     `json:"target" doc:"The address; of a webhook only its host"`
	Subject   string     `json:"subject"`
	Body      string     `json:"body"`
	Status    string     `json:"status" enum:"queued,sending,sent,kept,failed,skipped" doc:"kept: there is no SMTP_URL, or the workspace is a sandbox, so it is only shown here; skipped: its reader does not want it"`
	Attempts  int        `json:"attempts"`
	Error     string     `json:"error,omitempty" doc:"Why the last attempt failed, or why it was skipped or kept"`
	ContactID *string    `json:"contact_id" doc:"Whom it is to, when that is a contact"`
	RunID     *string    `json:"run_id" doc:"The run whose step wrote it"`
	Step      string     `json:"step,omitempty" doc:"That step's path"`
	CreatedAt time.Time  `json:"created_at"`
	SentAt    *time.Time `json:"sent_at"`
}

// wholeMessage is one message as it goes out.
type wholeMessage struct {
	MessageView
	HTML      string `json:"html" doc:"The whole page, clean: show it in a frame without scripts; empty for text alone. The link to unsubscribe is not the real one"`
	FromName  string `json:"from_name"`
	FromEmail string `json:"from_email" doc:"Empty for the mail server's own sender"`
	ReplyTo   string `json:"reply_to"`
}

type outboxInput struct {
	rest.InWorkspace
	rest.Paging
	Status    string `query:"status" enum:"queued,sending,sent,kept,failed,skipped"`
	ContactID string `query:"contact_id" maxLength:"60"`
	RunID     string `query:"run_id" maxLength:"60"`
}

func (a *API) listOutbox(ctx context.Context, in *outboxInput) (*rest.Listed[MessageView], error) {
	p, err := in.Part()
	if err != nil {
		return nil, err
	}
	by := engine.MessageFilter{Status: in.Status, ContactID: in.ContactID, RunID: in.RunID}
	rows, err := a.Store.ListMessages(ctx, rest.WorkspaceOf(ctx).ID, by, p)
	if err != nil {
		return nil, err
	}
	see := rest.May(ctx, account.ContactsRead)
	return rest.NewList(rows, func(m engine.Message) MessageView { return shownMessage(m, see) }), nil
}

func (a *API) getMessage(ctx context.Context, in *rest.ByID) (*rest.One[wholeMessage], error) {
	m, err := a.Store.Message(ctx, rest.WorkspaceOf(ctx).ID, in.ID)
	if err != nil {
		return nil, err
	}
	see := rest.May(ctx, account.ContactsRead)
	v := wholeMessage{MessageView: shownMessage(m, see), FromName: m.FromName, FromEmail: m.FromEmail, ReplyTo: m.ReplyTo}
	if see && m.HTML != "" {
		v.Body, v.HTML = crm.Finished(m.Body, m.HTML, m.FromName, a.Workflow.PreviewLink(ctx, m.Unsubscribe != ""))
	}
	return &rest.One[wholeMessage]{Body: v}, nil
}

// sendAgain queues a message anew that was kept or has failed: when there is a
// mail server at last, or the address was mended there.
func (a *API) sendAgain(ctx context.Context, in *rest.ByID) (*rest.Nothing, error) {
	ws := rest.WorkspaceOf(ctx).ID
	m, err := a.Store.Message(ctx, ws, in.ID)
	if err != nil {
		return nil, err
	}
	again := &engine.StateError{Message: "Only messages that were kept or have failed can be sent again; this one is " + m.Status + "."}
	if m.Target == "" {
		again.Message = "The contact was erased, and with it whom this was to."
		return nil, again
	}
	err = a.Store.SendAgain(ctx, ws, in.ID)
	if errors.Is(err, engine.ErrLost) {
		return nil, again
	}
	if err != nil {
		return nil, err
	}
	a.Audit(ctx, engine.AuditEntry{Workspace: ws, Action: "message.sent_again", ObjectKind: "message", ObjectID: in.ID})
	return nil, nil
}

// shownMessage leaves letters to contacts out for those who may not see contacts.
func shownMessage(m engine.Message, seesContacts bool) MessageView {
	v := MessageView{
		ID: m.ID, Kind: m.Kind, Channel: m.Channel, Target: m.Target, Subject: m.Subject, Body: m.Body, Status: m.Status,
		Attempts: m.Attempts, Error: m.Error, ContactID: rest.Text(m.ContactID), RunID: rest.Text(m.RunID), Step: m.Step,
		CreatedAt: rest.Stamp(m.CreatedAt), SentAt: rest.Moment(m.SentAt),
	}
	if u, err := url.Parse(m.Target); m.Channel == engine.ChannelWebhook && err == nil {
		v.Target = u.Host // the rest may hold a secret
	}
	if !seesContacts && m.HTML != "" {
		v.Target, v.Subject, v.Body, v.Error = "", "", "", ""
	}
	return v
}
