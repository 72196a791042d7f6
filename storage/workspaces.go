package storage

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

const workspaceColumns = `id, number, name, slug, timezone, locale, currency, default_country, sender_name, sender_email,
	sender_reply_to, features, limits, sandbox, created_at`

var selectWorkspace = q(`SELECT ` + workspaceColumns + ` FROM workspaces WHERE id = ? AND deleted_at = 0`)

func readWorkspace(row scanner) (w crm.Workspace, err error) {
	var features, limits []byte
	var created int64
	err = row.Scan(&w.ID, &w.Number, &w.Name, &w.Slug, &w.Timezone, &w.Locale, &w.Currency, &w.DefaultCountry,
		&w.Sender.Name, &w.Sender.Email, &w.Sender.ReplyTo, &features, &limits, &w.Sandbox, &created)
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

var selectDeleted = q(`SELECT ` + workspaceColumns + ` FROM workspaces WHERE id = ?`)

// DeletedWorkspace is Workspace also of one that was deleted, see engine.Journal.
func (s *Store) DeletedWorkspace(ctx context.Context, id string) (crm.Workspace, error) {
	on, err := s.read(ctx, id)
	if err != nil {
		return crm.Workspace{}, err
	}
	return first(on, selectDeleted, []any{id}, readWorkspace)
}

var insertWorkspace = q(`INSERT INTO workspaces (id, number, name, slug, timezone, locale, currency, default_country, sender_name,
	sender_email, sender_reply_to, features, limits, sandbox, created_at, updated_at) VALUES (` + marks(16) + `)`)

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

// DoNew is Do inside a workspace that the same transaction makes, so that there is
// never one without what it was made for. w needs its ID; one that is there already
// is used as it is, which makes doing it again harmless. The error is a
// *crm.Conflict when the slug is taken.
func (s *Store) DoNew(ctx context.Context, w crm.Workspace, fn func(engine.Tx) error) error {
	if w.ID == "" {
		return errNoWorkspace
	}
	return s.within(ctx, crossing, func(t *tx) error {
		inside := *t
		inside.workspace = w.ID
		if _, err := t.session.workspace(w.ID); err == nil {
			return fn(&inside)
		} else if !errors.Is(err, errNotFound) {
			return err
		}
		made := w
		if err := t.insertWorkspace(&made); err != nil {
			return err
		}
		return fn(&inside)
	})
}

// insertWorkspace stores a workspace; one without an ID gets one.
func (t *tx) insertWorkspace(w *crm.Workspace) error {
	number, err := t.number("workspaces")
	if err != nil {
		return err
	}
	if w.ID == "" {
		w.ID = engine.NewID("ws")
	}
	w.Number, w.CreatedAt = number, t.at
	at := micros(t.at)
	_, err = t.exec(insertWorkspace, w.ID, w.Number, w.Name, w.Slug, w.Timezone, w.Locale, w.Currency, w.DefaultCountry,
		w.Sender.Name, w.Sender.Email, w.Sender.ReplyTo, encodeMap(w.Features), encodeMap(w.Limits), w.Sandbox, at, at)
	if err != nil {
		return err
	}
	return t.insertKey(w.ID)
}

// workspaceRow is what gorm reads and changes of a workspace.
type workspaceRow struct {
	ID             string
	Number         int64
	Name           string
	Slug           string
	Timezone       string
	Locale         string
	Currency       string
	DefaultCountry string
	SenderName     string
	SenderEmail    string
	SenderReplyTo  string
	Features       []byte
	Limits         []byte
	Sandbox        bool
	CreatedAt      int64 `gorm:"autoCreateTime:false"`
	UpdatedAt      int64 `gorm:"autoUpdateTime:false"`
	DeletedAt      int64
}

func (workspaceRow) TableName() string { return "workspaces" }

func (r workspaceRow) workspace() (crm.Workspace, error) {
	w := crm.Workspace{
		ID: r.ID, Number: r.Number, Name: r.Name, Slug: r.Slug, Timezone: r.Timezone, Locale: r.Locale, Currency: r.Currency,
		DefaultCountry: r.DefaultCountry, Sender: crm.Sender{Name: r.SenderName, Email: r.SenderEmail, ReplyTo: r.SenderReplyTo},
		Features: map[string]bool{}, Limits: map[string]int{}, Sandbox: r.Sandbox, CreatedAt: timeOf(r.CreatedAt),
	}
	if err := decode(r.Features, &w.Features); err != nil {
		return w, err
	}
	return w, decode(r.Limits, &w.Limits)
}

// WorkspaceByRef returns a workspace by its id or slug.
func (s *Store) WorkspaceByRef(ctx context.Context, ref string) (w crm.Workspace, err error) {
	err = s.look(ctx, crossing, func(db *gorm.DB) error {
		var row workspaceRow
		if err := db.Where("(id = ? OR slug = ?) AND deleted_at = 0", ref, ref).Take(&row).Error; err != nil {
			return err
		}
		w, err = row.workspace()
		return err
	})
	return w, err
}

// ListWorkspaces lists workspaces from the oldest: those with one of the ids, or
// with nil all.
func (s *Store) ListWorkspaces(ctx context.Context, ids []string, p engine.Page) (list engine.List[crm.Workspace], err error) {
	err = s.look(ctx, crossing, func(db *gorm.DB) error {
		db = db.Where("deleted_at = 0").Order("id")
		if ids != nil {
			db = db.Where("id IN ?", ids)
		}
		if p.Cursor != "" {
			db = db.Where("id > ?", p.Cursor)
		}
		list, err = listOf(db, p, func(r workspaceRow) string { return r.ID }, workspaceRow.workspace)
		return err
	})
	return list, err
}

// UpdateWorkspace stores all of w but its number; a *crm.Conflict when the slug
// is taken.
func (s *Store) UpdateWorkspace(ctx context.Context, w crm.Workspace) error {
	defer s.crowds.forget(w.ID)
	return s.change(ctx, w.ID, func(t *tx, db *gorm.DB) error {
		row := workspaceRow{
			Name: w.Name, Slug: w.Slug, Timezone: w.Timezone, Locale: w.Locale, Currency: w.Currency, DefaultCountry: w.DefaultCountry,
			SenderName: w.Sender.Name, SenderEmail: w.Sender.Email, SenderReplyTo: w.Sender.ReplyTo, Sandbox: w.Sandbox, UpdatedAt: micros(t.at),
		}
		if len(w.Features) > 0 {
			row.Features = mustEncode(w.Features)
		}
		if len(w.Limits) > 0 {
			row.Limits = mustEncode(w.Limits)
		}
		return changed(db.Model(&workspaceRow{}).Where("id = ? AND deleted_at = 0", w.ID).Select("*").
			Omit("id", "number", "created_at", "deleted_at").Updates(&row))
	})
}

// deleteWorkspace ends a workspace: its addresses answer 410, its runs stop, its
// keys and memberships end, and no template is brought to it any more. Its rows stay until they are purged.
var deleteWorkspace = []*query{
	q(`UPDATE workflows SET status = 'deleted', stamp = stamp + 1, deleted_at = ?, purged_at = ? WHERE workspace_id = ?`),
	q(`UPDATE tokens SET expires_at = ? WHERE workspace_id = ? AND (expires_at = 0 OR expires_at > ?)`),
	q(`UPDATE runs SET status = 'canceled', epoch = epoch + 1, finished_at = ? WHERE workspace_id = ?
		AND status IN ('held', 'queued', 'running', 'waiting')`),
	q(`UPDATE events SET consumed_at = ? WHERE workspace_id = ? AND consumed_at = 0`),
	q(`UPDATE api_keys SET revoked_at = ? WHERE workspace_id = ? AND revoked_at = 0`),
	q(`DELETE FROM memberships WHERE workspace_id = ?`),
	q(`UPDATE clones SET deleted_at = ? WHERE workspace_id = ? AND deleted_at = 0`),
	q(`DELETE FROM push_clones WHERE workspace_id = ?`),
}

// DeleteWorkspace takes a workspace out of use for good.
func (s *Store) DeleteWorkspace(ctx context.Context, id string) error {
	return s.change(ctx, id, func(t *tx, db *gorm.DB) error {
		at := micros(t.at)
		err := changed(db.Model(&workspaceRow{}).Where("id = ? AND deleted_at = 0", id).Update("deleted_at", at))
		args := [][]any{{at, at, id}, {at, id, at}, {at, id}, {at, id}, {at, id}, {id}, {at, id}, {id}}
		for i, query := range deleteWorkspace {
			if err == nil {
				_, err = t.exec(query, args[i]...)
			}
		}
		return err
	})
}
