package storage

import (
	"context"

	"gorm.io/gorm"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

type tagRow struct {
	WorkspaceID string
	ID          string
	Number      int64
	Name        string
	Key         string
	CreatedAt   int64 `gorm:"autoCreateTime:false"`
}

func (tagRow) TableName() string { return "tags" }

func (r tagRow) tag() (crm.Tag, error) {
	return crm.Tag{ID: r.ID, Number: r.Number, Name: r.Name, CreatedAt: timeOf(r.CreatedAt)}, nil
}

// ListTags lists tags by name.
func (s *Store) ListTags(ctx context.Context, workspace string, p engine.Page) (list engine.List[crm.Tag], err error) {
	err = s.look(ctx, workspace, func(db *gorm.DB) error {
		list, err = listOf(byKey(db, workspace, p), p, func(r tagRow) string { return r.Key }, tagRow.tag)
		return err
	})
	return list, err
}

// byKey orders a table by its key column.
func byKey(db *gorm.DB, workspace string, p engine.Page) *gorm.DB {
	db = db.Where("workspace_id = ?", workspace).Order("key")
	if p.Cursor != "" {
		db = db.Where("key > ?", p.Cursor)
	}
	return db
}

// Tag returns a tag.
func (s *Store) Tag(ctx context.Context, workspace, id string) (tag crm.Tag, err error) {
	err = s.look(ctx, workspace, func(db *gorm.DB) error {
		var row tagRow
		err := db.Where("workspace_id = ? AND id = ?", workspace, id).Take(&row).Error
		tag, _ = row.tag()
		return err
	})
	return tag, err
}

// EnsureTag returns the tag of a name, ignoring case, and makes it when there is
// none.
func (s *Store) EnsureTag(ctx context.Context, workspace, name string) (tag crm.Tag, err error) {
	err = s.within(ctx, workspace, func(t *tx) error {
		if tagKey(name) == "" {
			return errBlankTag
		}
		tag, err = t.ensureTag(name)
		return err
	})
	return tag, err
}

// RenameTag gives a tag a new name; a *crm.Conflict when another has it.
func (s *Store) RenameTag(ctx context.Context, workspace, id, name string) error {
	return s.change(ctx, workspace, func(_ *tx, db *gorm.DB) error {
		if tagKey(name) == "" {
			return errBlankTag
		}
		return changed(db.Model(&tagRow{}).Where("workspace_id = ? AND id = ?", workspace, id).
			Updates(map[string]any{"name": name, "key": tagKey(name)}))
	})
}

var (
	untagAll  = q(`DELETE FROM contact_tags WHERE workspace_id = ? AND tag_id = ? AND tag_id <> ''`)
	deleteTag = q(`DELETE FROM tags WHERE workspace_id = ? AND id = ?`)
)

// DeleteTag deletes a tag and takes it off all contacts, without events.
func (s *Store) DeleteTag(ctx context.Context, workspace, id string) error {
	return s.within(ctx, workspace, func(t *tx) error {
		if _, err := t.exec(untagAll, workspace, id); err != nil {
			return err
		}
		n, err := t.exec(deleteTag, workspace, id)
		if err == nil && n == 0 {
			return errNotFound
		}
		return err
	})
}
