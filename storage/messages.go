package storage

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/secret"
)

const messageColumns = `workspace_id, id, kind, channel, target, subject, body, status, attempts, error, once, due_at, created_at, sent_at,
	html, from_name, from_email, reply_to, contact_id, run_id, step, unsubscribe`

var (
	// insertMessage leaves one alone that says the same as an earlier one.
	insertMessage = q(`INSERT INTO messages (` + messageColumns + `) VALUES (` + marks(22) + `) ON CONFLICT DO NOTHING`)
	selectDue     = q(`SELECT ` + messageColumns + ` FROM messages WHERE status IN ('queued', 'sending') AND due_at <= ? ORDER BY due_at LIMIT ?`)
	// claimMessage takes one that is still as it was read.
	claimMessage = q(`UPDATE messages SET status = 'sending', attempts = attempts + 1, due_at = ?
		WHERE workspace_id = ? AND id = ? AND status IN ('queued', 'sending') AND attempts = ?`)
	// endMessage forgets the link of one that was sent.
	endMessage = q(`UPDATE messages SET status = ?, error = ?, due_at = ?, sent_at = ?, link = CASE WHEN ? THEN NULL ELSE link END
		WHERE workspace_id = ? AND id = ? AND status = 'sending' AND attempts = ?`)
	sealLink   = q(`UPDATE messages SET link = ? WHERE workspace_id = ? AND id = ?`)
	selectLink = q(`SELECT link FROM messages WHERE workspace_id = ? AND id = ?`)

	selectMessage = q(`SELECT ` + messageColumns + ` FROM messages WHERE workspace_id = ? AND id = ?`)
	// sendAgain gives it all its attempts anew.
	sendAgain = q(`UPDATE messages SET status = 'queued', attempts = 0, error = '', due_at = ?, sent_at = 0
		WHERE workspace_id = ? AND id = ? AND status IN ('kept', 'failed')`)

	dropMessages = q(`DELETE FROM messages WHERE created_at < ? AND status IN ('sent', 'kept', 'failed', 'skipped')`)

	selectAlerts = q(`SELECT enabled, every_minutes, emails, webhook_url, told_at FROM alerts WHERE workspace_id = ?`)
	putAlerts    = q(`INSERT INTO alerts (workspace_id, enabled, every_minutes, emails, webhook_url, told_at, updated_at) VALUES (?, ?, ?, ?, ?, 0, ?)
		ON CONFLICT (workspace_id) DO UPDATE SET enabled = excluded.enabled, every_minutes = excluded.every_minutes,
			emails = excluded.emails, webhook_url = excluded.webhook_url, updated_at = excluded.updated_at`)
	keepAlerts = q(`INSERT INTO alerts (workspace_id, enabled, every_minutes, updated_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`)
	tellAlerts = q(`UPDATE alerts SET told_at = ? WHERE workspace_id = ? AND told_at = ?`)

	selectOwners = q(`SELECT DISTINCT u.email FROM memberships m JOIN users u ON u.id = m.user_id
		WHERE (m.workspace_id = ? OR m.workspace_id IS NULL) AND m.role = 'owner' AND u.email <> '' AND u.disabled_at = 0 ORDER BY u.email`)
)

// messagesFor is how long the outbox remembers.
const messagesFor = 90 * 24 * time.Hour

func readMessage(row scanner) (m engine.Message, err error) {
	var due, created, sent int64
	err = row.Scan(&m.Workspace, &m.ID, &m.Kind, &m.Channel, &m.Target, &m.Subject, &m.Body, &m.Status, &m.Attempts, &m.Error, &m.Once, &due, &created, &sent,
		&m.HTML, &m.FromName, &m.FromEmail, &m.ReplyTo, &m.ContactID, &m.RunID, &m.Step, &m.Unsubscribe)
	m.DueAt, m.CreatedAt, m.SentAt = timeOf(due), timeOf(created), timeOf(sent)
	return m, err
}

func (t *tx) insertMessage(m engine.Message) error {
	if m.Status == "" {
		m.Status = engine.MessageQueued
	}
	_, err := t.exec(insertMessage, t.workspace, m.ID, m.Kind, m.Channel, m.Target, m.Subject, m.Body, m.Status, 0, m.Error, m.Once, micros(t.at), micros(t.at), 0,
		m.HTML, m.FromName, m.FromEmail, m.ReplyTo, m.ContactID, m.RunID, m.Step, m.Unsubscribe)
	if err != nil || m.Link == "" {
		return err
	}
	box, err := t.box(t.workspace)
	if err != nil {
		return err
	}
	_, err = t.exec(sealLink, box.Seal([]byte(m.Link.Reveal()), linkPlace(m.ID)), t.workspace, m.ID)
	return err
}

// link opens the one-time link of a message; "" when it has none.
func (s session) link(m engine.Message) (secret.Redacted, error) {
	sealed, err := first(s, selectLink, []any{m.Workspace, m.ID}, func(row scanner) (b []byte, err error) { return b, row.Scan(&b) })
	if err != nil || len(sealed) == 0 {
		return "", err
	}
	box, err := s.box(m.Workspace)
	if err != nil {
		return "", err
	}
	plain, err := box.Open(sealed, linkPlace(m.ID))
	return secret.Redacted(plain), err
}

// linkPlace binds the sealed link of a message to its row.
func linkPlace(id string) secret.Place {
	return secret.Place{Table: "messages", ID: id, Column: "link"}
}

// QueueMessage puts a message into the outbox, unless there is one with the same
// Once. Status "" means queued.
func (s *Store) QueueMessage(ctx context.Context, m engine.Message) error {
	return s.within(ctx, m.Workspace, func(t *tx) error { return t.insertMessage(m) })
}

// ClaimMessages takes up to max due messages of all workspaces for sending until
// a time; one that was not ended by then is due again.
func (s *Store) ClaimMessages(ctx context.Context, now, until time.Time, max int) ([]engine.Message, error) {
	on, err := s.readLong(ctx, crossing)
	if err != nil {
		return nil, err
	}
	due, err := all(on, selectDue, []any{micros(now), max}, readMessage)
	if err != nil {
		return nil, err
	}
	var mine []engine.Message
	for _, m := range due {
		claimed := false
		err := s.within(ctx, m.Workspace, func(t *tx) error {
			n, err := t.exec(claimMessage, micros(until), m.Workspace, m.ID, m.Attempts)
			if claimed = n == 1; !claimed || err != nil {
				return err
			}
			m.Link, err = t.link(m)
			return err
		})
		if err != nil {
			return mine, err
		}
		if claimed {
			m.Attempts++
			mine = append(mine, m)
		}
	}
	return mine, nil
}

// EndMessage stores what became of an attempt: m's Status, Error, DueAt and
// SentAt. An attempt that somebody else took over changes nothing.
func (s *Store) EndMessage(ctx context.Context, m engine.Message) error {
	return s.within(ctx, m.Workspace, func(t *tx) error {
		_, err := t.exec(endMessage, m.Status, m.Error, micros(m.DueAt), micros(m.SentAt), m.Status == engine.MessageSent, m.Workspace, m.ID, m.Attempts)
		if err == nil {
			err = t.countSent(m)
		}
		return err
	})
}

// Message returns one message; engine.ErrNotFound when there is none.
func (s *Store) Message(ctx context.Context, workspace, id string) (engine.Message, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return engine.Message{}, err
	}
	return first(on, selectMessage, []any{workspace, id}, readMessage)
}

// SendAgain queues a message that was kept or has failed, as if it was new.
// engine.ErrLost when it is neither.
func (s *Store) SendAgain(ctx context.Context, workspace, id string) error {
	return s.within(ctx, workspace, func(t *tx) error {
		n, err := t.exec(sendAgain, micros(t.at), workspace, id)
		if err == nil && n == 0 {
			return engine.ErrLost
		}
		return err
	})
}

// ListMessages lists the outbox of a workspace from the newest.
func (s *Store) ListMessages(ctx context.Context, workspace string, by engine.MessageFilter, p engine.Page) (engine.List[engine.Message], error) {
	on, err := s.readLong(ctx, workspace)
	if err != nil {
		return engine.List[engine.Message]{}, err
	}
	f := where(workspace)
	if by.Status != "" {
		f.and("status = ?", by.Status)
	}
	if by.ContactID != "" {
		f.and("contact_id = ? AND contact_id <> ''", by.ContactID)
	}
	if by.RunID != "" {
		f.and("run_id = ?", by.RunID)
	}
	return page(on, `SELECT `+messageColumns+` FROM messages`, f, p, readMessage, func(m engine.Message) string { return m.ID })
}

// Alerts returns who hears of failures; the defaults when nobody chose.
func (s *Store) Alerts(ctx context.Context, workspace string) (engine.Alerts, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return engine.Alerts{}, err
	}
	a, err := first(on, selectAlerts, []any{workspace}, func(row scanner) (a engine.Alerts, err error) {
		var minutes, told int64
		var emails string
		err = row.Scan(&a.Enabled, &minutes, &emails, &a.WebhookURL, &told)
		a.Every, a.ToldAt = time.Duration(minutes)*time.Minute, timeOf(told)
		a.Emails = strings.Fields(emails)
		return a, err
	})
	if errors.Is(err, errNotFound) {
		return engine.DefaultAlerts, nil
	}
	return a, err
}

// PutAlerts stores who hears of failures; ToldAt stays.
func (s *Store) PutAlerts(ctx context.Context, workspace string, a engine.Alerts) error {
	return s.within(ctx, workspace, func(t *tx) error {
		_, err := t.exec(putAlerts, workspace, a.Enabled, int64(a.Every/time.Minute), strings.Join(a.Emails, " "), a.WebhookURL, micros(t.at))
		return err
	})
}

// TellFailures puts messages about the failures until a time into the outbox, and
// notes that time, as one. engine.ErrLost when somebody else told them since
// before.
func (s *Store) TellFailures(ctx context.Context, workspace string, before, until time.Time, messages []engine.Message) error {
	return s.within(ctx, workspace, func(t *tx) error {
		d := engine.DefaultAlerts
		if _, err := t.exec(keepAlerts, workspace, d.Enabled, int64(d.Every/time.Minute), micros(t.at)); err != nil {
			return err
		}
		n, err := t.exec(tellAlerts, micros(until), workspace, micros(before))
		if err != nil {
			return err
		}
		if n == 0 {
			return engine.ErrLost
		}
		for _, m := range messages {
			if err := t.insertMessage(m); err != nil {
				return err
			}
		}
		return nil
	})
}

// OwnerEmails returns the addresses of a workspace's owners, of the installation's
// too.
func (s *Store) OwnerEmails(ctx context.Context, workspace string) ([]string, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return nil, err
	}
	return all(on, selectOwners, []any{workspace}, func(row scanner) (email string, err error) { return email, row.Scan(&email) })
}
