package storage

import (
	"context"

	"gorm.io/gorm"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

type fieldRow struct {
	WorkspaceID string
	ID          string
	Key         string
	Label       string
	Kind        string
	Options     []byte
	CreatedAt   int64 `gorm:"autoCreateTime:false"`
}

func (fieldRow) TableName() string { return "contact_fields" }

func (r fieldRow) field() (crm.Field, error) {
	f := crm.Field{ID: r.ID, Key: r.Key, Label: r.Label, Kind: r.Kind, CreatedAt: timeOf(r.CreatedAt)}
	return f, decode(r.Options, &f.Options)
}

// ListFields lists a workspace's own contact fields by key.
func (s *Store) ListFields(ctx context.Context, workspace string, p engine.Page) (list engine.List[crm.Field], err error) {
	err = s.look(ctx, workspace, func(db *gorm.DB) error {
		list, err = listOf(byKey(db, workspace, p), p, func(r fieldRow) string { return r.Key }, fieldRow.field)
		return err
	})
	return list, err
}

// Field returns a contact field.
func (s *Store) Field(ctx context.Context, workspace, id string) (f crm.Field, err error) {
	err = s.look(ctx, workspace, func(db *gorm.DB) error {
		var row fieldRow
		if err := db.Where("workspace_id = ? AND id = ?", workspace, id).Take(&row).Error; err != nil {
			return err
		}
		f, err = row.field()
		return err
	})
	return f, err
}

// CreateField stores a new contact field and fills ID and CreatedAt in; a
// *crm.Conflict when the key is taken.
func (s *Store) CreateField(ctx context.Context, workspace string, f *crm.Field) error {
	return s.change(ctx, workspace, func(t *tx, db *gorm.DB) error {
		f.ID, f.CreatedAt = engine.NewID("fld"), t.at
		row := fieldRow{workspace, f.ID, f.Key, f.Label, f.Kind, nil, micros(t.at)}
		if len(f.Options) > 0 {
			row.Options = mustEncode(f.Options)
		}
		return db.Create(&row).Error
	})
}

// UpdateField stores a field's label and options. Key and kind stay: stored
// values and mappings depend on them.
func (s *Store) UpdateField(ctx context.Context, workspace string, f crm.Field) error {
	return s.change(ctx, workspace, func(_ *tx, db *gorm.DB) error {
		row := fieldRow{Label: f.Label}
		if len(f.Options) > 0 {
			row.Options = mustEncode(f.Options)
		}
		return changed(db.Model(&fieldRow{}).Where("workspace_id = ? AND id = ?", workspace, f.ID).Select("label", "options").Updates(&row))
	})
}

// DeleteField deletes the definition of a field; values that contacts have stay.
func (s *Store) DeleteField(ctx context.Context, workspace, id string) error {
	return s.change(ctx, workspace, func(_ *tx, db *gorm.DB) error {
		return changed(db.Where("workspace_id = ? AND id = ?", workspace, id).Delete(&fieldRow{}))
	})
}
