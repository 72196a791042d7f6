package storage

import (
	"context"
	"encoding/base64"
	"errors"
	"strings"

	"github.com/google/uuid"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/secret"
)

var (
	selectOnce    = q(`SELECT id FROM messages WHERE workspace_id = ? AND once = ? AND once <> ''`)
	eraseMessages = q(`UPDATE messages SET target = '', subject = '', body = '', html = '', reply_to = '', unsubscribe = '', error = '',
		status = CASE WHEN status IN ('queued', 'sending') THEN 'skipped' ELSE status END
		WHERE workspace_id = ? AND contact_id = ? AND contact_id <> ''`)
)

// QueueLetter puts a letter into the outbox, see crm.LetterTx.
func (t *tx) QueueLetter(l *crm.Letter) error {
	if l.Once != "" {
		earlier, err := first(t.session, selectOnce, []any{t.workspace, l.Once}, func(row scanner) (id string, err error) { return id, row.Scan(&id) })
		if !errors.Is(err, errNotFound) {
			l.ID = earlier
			return err
		}
	}
	m := engine.Message{
		ID: engine.NewID("msg"), Kind: l.Kind, Channel: engine.ChannelEmail, Target: l.To, Subject: l.Subject, Body: l.Text, HTML: l.HTML,
		FromName: l.FromName, FromEmail: l.FromEmail, ReplyTo: l.ReplyTo, ContactID: l.ContactID, RunID: l.RunID, Step: l.Step, Once: l.Once,
	}
	if l.Skipped != "" {
		m.Status, m.Error = engine.MessageSkipped, l.Skipped
	} else if l.Unsubscribe && l.ContactID != "" {
		var err error
		if m.Unsubscribe, err = t.unsubscribeToken(l.ContactID); err != nil {
			return err
		}
	}
	l.ID = m.ID
	return t.insertMessage(m)
}

// unsubscribePlace is where the id of a contact is sealed for the address by
// which it unsubscribes.
var unsubscribePlace = secret.Place{Table: "contacts", ID: "unsubscribe", Column: "id"}

// unsubscribeToken is the end of the address by which a contact unsubscribes. It
// is sealed with the workspace's data key, which outlives the instance key: who
// does not have it can make none, and one tells nothing of another.
func (t *tx) unsubscribeToken(contactID string) (string, error) {
	_, plain, _ := strings.Cut(t.workspace, "_")
	ws, err := uuid.Parse(plain)
	if err != nil {
		return "", err
	}
	box, err := t.box(t.workspace)
	if err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(append(ws[:], box.Seal([]byte(contactID), unsubscribePlace)...)), nil
}

// maxToken bounds the address of whoever unsubscribes.
const maxToken = 500

// Unsubscriber finds whom the address is of by which somebody unsubscribes. It
// crosses workspaces: the token is the credential. engine.ErrNotFound when the
// token was not made here.
func (s *Store) Unsubscriber(ctx context.Context, token string) (workspace, contactID string, err error) {
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(raw) <= 16 || len(token) > maxToken {
		return "", "", errNotFound
	}
	workspace = "ws_" + uuid.UUID(raw[:16]).String()
	on, err := s.read(ctx, workspace)
	if err != nil {
		return "", "", err
	}
	box, err := on.box(workspace)
	if err != nil {
		return "", "", err
	}
	plain, err := box.Open(raw[16:], unsubscribePlace)
	if errors.Is(err, secret.ErrDamaged) || errors.Is(err, secret.ErrWrongKey) {
		return "", "", errNotFound
	}
	return workspace, string(plain), err
}
