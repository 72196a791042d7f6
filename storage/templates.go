package storage

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/hookloom/hookloom/engine"
)

type templateRow struct {
	WorkspaceID string
	ID          string
	Name        string
	Summary     string
	Latest      int
	Recipe      []byte
	CreatedBy   string
	CreatedAt   int64 `gorm:"autoCreateTime:false"`
	UpdatedAt   int64 `gorm:"autoUpdateTime:false"`
	DeletedAt   int64
}

func (templateRow) TableName() string { return "templates" }

func (r templateRow) template() (engine.Template, error) {
	return engine.Template{
		ID: r.ID, Workspace: r.WorkspaceID, Name: r.Name, Summary: r.Summary, Latest: r.Latest, Recipe: r.Recipe,
		CreatedBy: r.CreatedBy, CreatedAt: timeOf(r.CreatedAt), UpdatedAt: timeOf(r.UpdatedAt),
	}, nil
}

type templateVersionRow struct {
	WorkspaceID string
	TemplateID  string
	Number      int
	File        []byte
	Hash        string
	Notes       string
	CreatedBy   string
	CreatedAt   int64 `gorm:"autoCreateTime:false"`
}

func (templateVersionRow) TableName() string { return "template_versions" }

func (r templateVersionRow) version() (engine.TemplateVersion, error) {
	return engine.TemplateVersion{
		TemplateID: r.TemplateID, Number: r.Number, File: r.File, Hash: r.Hash, Notes: r.Notes, CreatedBy: r.CreatedBy,
		CreatedAt: timeOf(r.CreatedAt),
	}, nil
}

type templateLinkRow struct {
	Hash        []byte
	WorkspaceID string
	ID          string
	TemplateID  string
	CreatedBy   string
	CreatedAt   int64 `gorm:"autoCreateTime:false"`
	ExpiresAt   int64
	RevokedAt   int64
}

func (templateLinkRow) TableName() string { return "template_links" }

func (r templateLinkRow) link() (engine.TemplateLink, error) {
	return engine.TemplateLink{
		ID: r.ID, Workspace: r.WorkspaceID, TemplateID: r.TemplateID, Hash: r.Hash, CreatedBy: r.CreatedBy,
		CreatedAt: timeOf(r.CreatedAt), ExpiresAt: timeOf(r.ExpiresAt), RevokedAt: timeOf(r.RevokedAt),
	}, nil
}

func oneTemplate(db *gorm.DB, workspace, id string) (engine.Template, error) {
	var row templateRow
	if err := db.Where("workspace_id = ? AND id = ? AND deleted_at = 0", workspace, id).Take(&row).Error; err != nil {
		return engine.Template{}, translate(err)
	}
	return row.template()
}

// Template returns a template; engine.ErrNotFound also for a deleted one.
func (s *Store) Template(ctx context.Context, workspace, id string) (t engine.Template, err error) {
	err = s.look(ctx, workspace, func(db *gorm.DB) error {
		t, err = oneTemplate(db, workspace, id)
		return err
	})
	return t, err
}

// ListTemplates lists templates from the newest, without their recipes.
func (s *Store) ListTemplates(ctx context.Context, workspace string, p engine.Page) (list engine.List[engine.Template], err error) {
	err = s.look(ctx, workspace, func(db *gorm.DB) error {
		db = narrowed(db, workspace, p).Where("deleted_at = 0").Omit("recipe")
		list, err = listOf(db, p, func(r templateRow) string { return r.ID }, templateRow.template)
		return err
	})
	return list, err
}

// TemplateVersion returns a version with its file, also of a template that was
// deleted, because clones came from it.
func (s *Store) TemplateVersion(ctx context.Context, workspace, template string, number int) (v engine.TemplateVersion, err error) {
	err = s.look(ctx, workspace, func(db *gorm.DB) error {
		var row templateVersionRow
		if err := db.Where("workspace_id = ? AND template_id = ? AND number = ?", workspace, template, number).Take(&row).Error; err != nil {
			return err
		}
		v, err = row.version()
		return err
	})
	return v, err
}

// maxTemplateVersions is how many versions of a template are listed.
const maxTemplateVersions = 500

// TemplateVersions lists the versions of a template from the newest, 500 at most
// and without their files.
func (s *Store) TemplateVersions(ctx context.Context, workspace, template string) (list []engine.TemplateVersion, err error) {
	err = s.look(ctx, workspace, func(db *gorm.DB) error {
		var rows []templateVersionRow
		err := db.Where("workspace_id = ? AND template_id = ?", workspace, template).Omit("file").Order("number DESC").Limit(maxTemplateVersions).Find(&rows).Error
		for _, r := range rows {
			v, _ := r.version()
			list = append(list, v)
		}
		return err
	})
	return list, err
}

// Template reads a template and locks it until the commit, see engine.TemplateTx.
func (t *tx) Template(id string) (engine.Template, error) {
	if _, err := first(t.session, lockTemplate, []any{t.workspace, id}, func(row scanner) (n int, err error) { return n, row.Scan(&n) }); err != nil {
		return engine.Template{}, err
	}
	return oneTemplate(t.orm(), t.workspace, id)
}

// InsertTemplate stores a new template, see engine.TemplateTx.
func (t *tx) InsertTemplate(n *engine.Template) error {
	n.Workspace, n.CreatedAt, n.UpdatedAt = t.workspace, t.at, t.at
	return create(t, &templateRow{t.workspace, n.ID, n.Name, n.Summary, n.Latest, n.Recipe, n.CreatedBy, micros(t.at), micros(t.at), 0})
}

// UpdateTemplate stores what may change of a template, see engine.TemplateTx.
func (t *tx) UpdateTemplate(n *engine.Template) error {
	n.UpdatedAt = t.at
	return translate(changed(t.orm().Model(&templateRow{}).Where("workspace_id = ? AND id = ? AND deleted_at = 0", t.workspace, n.ID).
		Updates(map[string]any{"name": n.Name, "summary": n.Summary, "latest": n.Latest, "recipe": n.Recipe, "updated_at": micros(t.at)})))
}

// DeleteTemplate takes a template out of use, see engine.TemplateTx.
func (t *tx) DeleteTemplate(id string) error {
	n, err := t.exec(deleteTemplate, micros(t.at), t.workspace, id)
	if err == nil && n == 0 {
		return errNotFound
	}
	if err != nil {
		return err
	}
	_, err = t.exec(revokeTemplateLinks, micros(t.at), t.workspace, id)
	return err
}

// InsertTemplateVersion stores a version, see engine.TemplateTx.
func (t *tx) InsertTemplateVersion(v *engine.TemplateVersion) error {
	v.CreatedAt = t.at
	return create(t, &templateVersionRow{t.workspace, v.TemplateID, v.Number, v.File, v.Hash, v.Notes, v.CreatedBy, micros(t.at)})
}

// PutTemplateLink stores a new link to a template and fills CreatedAt in.
func (s *Store) PutTemplateLink(ctx context.Context, workspace string, l *engine.TemplateLink) error {
	return s.change(ctx, workspace, func(t *tx, db *gorm.DB) error {
		if _, err := oneTemplate(db, workspace, l.TemplateID); err != nil {
			return err
		}
		l.Workspace, l.CreatedAt = workspace, t.at
		return db.Create(&templateLinkRow{l.Hash, workspace, l.ID, l.TemplateID, l.CreatedBy, micros(t.at), micros(l.ExpiresAt), 0}).Error
	})
}

// maxTemplateLinks is how many links of a template are listed.
const maxTemplateLinks = 200

// TemplateLinks lists the links of a template from the newest, ended ones too,
// 200 at most.
func (s *Store) TemplateLinks(ctx context.Context, workspace, template string) (list []engine.TemplateLink, err error) {
	err = s.look(ctx, workspace, func(db *gorm.DB) error {
		var rows []templateLinkRow
		err := db.Where("workspace_id = ? AND template_id = ?", workspace, template).Order("id DESC").Limit(maxTemplateLinks).Find(&rows).Error
		for _, r := range rows {
			l, _ := r.link()
			list = append(list, l)
		}
		return err
	})
	return list, err
}

// RevokeTemplateLink ends a link; engine.ErrNotFound when there is none that
// counts.
func (s *Store) RevokeTemplateLink(ctx context.Context, workspace, template, id string) error {
	return s.change(ctx, workspace, func(t *tx, db *gorm.DB) error {
		return changed(db.Model(&templateLinkRow{}).Where("workspace_id = ? AND template_id = ? AND id = ? AND revoked_at = 0", workspace, template, id).
			Update("revoked_at", micros(t.at)))
	})
}

// SharedTemplate returns the newest version of the template that a link's token
// leads to, found by the token's SHA-256: it crosses workspaces, because the token
// is the credential. engine.ErrNotFound for one that is unknown, has ended or was
// revoked.
func (s *Store) SharedTemplate(ctx context.Context, hash []byte, now time.Time) (v engine.TemplateVersion, err error) {
	err = s.look(ctx, crossing, func(db *gorm.DB) error {
		var link templateLinkRow
		if err := db.Where("hash = ? AND revoked_at = 0 AND expires_at > ?", hash, micros(now)).Take(&link).Error; err != nil {
			return err
		}
		t, err := oneTemplate(db, link.WorkspaceID, link.TemplateID)
		if err != nil {
			return err
		}
		var row templateVersionRow
		err = db.Where("workspace_id = ? AND template_id = ? AND number = ?", link.WorkspaceID, t.ID, t.Latest).Take(&row).Error
		v, _ = row.version()
		v.Workspace = link.WorkspaceID
		return err
	})
	return v, err
}

var (
	lockTemplate        = q(`SELECT latest FROM templates WHERE workspace_id = ? AND id = ? AND deleted_at = 0 $update`)
	deleteTemplate      = q(`UPDATE templates SET deleted_at = ? WHERE workspace_id = ? AND id = ? AND deleted_at = 0`)
	revokeTemplateLinks = q(`UPDATE template_links SET revoked_at = ? WHERE workspace_id = ? AND template_id = ? AND revoked_at = 0`)
)

// unlessThere inserts a row unless its key is taken, without ending the
// transaction.
var unlessThere = clause.OnConflict{DoNothing: true}

// found reports whether a look-up found something.
func found(err error) (bool, error) {
	if errors.Is(translate(err), errNotFound) {
		return false, nil
	}
	return err == nil, translate(err)
}
