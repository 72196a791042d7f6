package storage

import (
	"context"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

const workspaceColumns = `id, number, name, slug, timezone, locale, currency, default_country, sender_name, sender_email,
	features, limits, created_at`

var selectWorkspace = q(`SELECT ` + workspaceColumns + ` FROM workspaces WHERE id = ? AND deleted_at = 0`)

func readWorkspace(row scanner) (w crm.Workspace, err error) {
	var features, limits []byte
	var created int64
	err = row.Scan(&w.ID, &w.Number, &w.Name, &w.Slug, &w.Timezone, &w.Locale, &w.Currency, &w.DefaultCountry,
		&w.Sender.Name, &w.Sender.Email, &features, &limits, &created)
	if err != nil {
		return w, err
	}
	w.CreatedAt = timeOf(created)
	w.Features, w.Limits = map[string]bool{}, map[string]int{}
	if err := decode(features, &w.Features); err != nil {
		return w, err
	}
	return w, decode(limits, &w.Limits)
}

func (s session) workspace(id string) (crm.Workspace, error) {
	return first(s, selectWorkspace, []any{id}, readWorkspace)
}

// Workspace returns a workspace by its id, see engine.Journal.
func (s *Store) Workspace(ctx context.Context, id string) (crm.Workspace, error) {
	on, err := s.read(ctx, id)
	if err != nil {
		return crm.Workspace{}, err
	}
	return on.workspace(id)
}

var insertWorkspace = q(`INSERT INTO workspaces (id, number, name, slug, timezone, locale, currency, default_country, sender_name,
	sender_email, features, limits, created_at, updated_at) VALUES (` + marks(14) + `)`)

// CreateWorkspace stores a new workspace with a data key of its own and fills
// ID, Number and CreatedAt in. The error is a *crm.Conflict when the slug is
// taken.
func (s *Store) CreateWorkspace(ctx context.Context, w *crm.Workspace) error {
	u, err := newUnit(ctx, crossing)
	if err != nil {
		return err
	}
	created := *w
	u.work = func(t *tx) error {
		created = *w
		return t.insertWorkspace(&created)
	}
	if err := s.submit(u); err != nil {
		return err
	}
	*w = created
	return nil
}

func (t *tx) insertWorkspace(w *crm.Workspace) error {
	number, err := t.number("workspaces")
	if err != nil {
		return err
	}
	w.ID, w.Number, w.CreatedAt = engine.NewID("ws"), number, t.at
	at := micros(t.at)
	_, err = t.exec(insertWorkspace, w.ID, w.Number, w.Name, w.Slug, w.Timezone, w.Locale, w.Currency, w.DefaultCountry,
		w.Sender.Name, w.Sender.Email, encodeMap(w.Features), encodeMap(w.Limits), at, at)
	if err != nil {
		return err
	}
	return t.insertKey(w.ID)
}
