package storage

import (
	"context"
	"encoding/json"
	"fmt"

	"gorm.io/gorm"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/value"
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
	untagAll  = q(`DELETE FROM contact_tags WHERE workspace_id = ? AND tag_id = ?`)
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

type valueRow struct {
	WorkspaceID string
	ID          string
	Key         string
	Name        string
	Value       []byte
	CreatedAt   int64 `gorm:"autoCreateTime:false"`
	UpdatedAt   int64 `gorm:"autoUpdateTime:false"`
}

func (valueRow) TableName() string { return "custom_values" }

func (r valueRow) value() (crm.CustomValue, error) {
	v, err := decodePlain(r.Value)
	return crm.CustomValue{ID: r.ID, Key: r.Key, Name: r.Name, Value: v, UpdatedAt: timeOf(r.UpdatedAt)}, err
}

// ListCustomValues lists custom values by key.
func (s *Store) ListCustomValues(ctx context.Context, workspace string, p engine.Page) (list engine.List[crm.CustomValue], err error) {
	err = s.look(ctx, workspace, func(db *gorm.DB) error {
		list, err = listOf(byKey(db, workspace, p), p, func(r valueRow) string { return r.Key }, valueRow.value)
		return err
	})
	return list, err
}

// CustomValue returns a custom value by its id.
func (s *Store) CustomValue(ctx context.Context, workspace, id string) (v crm.CustomValue, err error) {
	err = s.look(ctx, workspace, func(db *gorm.DB) error {
		var row valueRow
		if err := db.Where("workspace_id = ? AND id = ?", workspace, id).Take(&row).Error; err != nil {
			return err
		}
		v, err = row.value()
		return err
	})
	return v, err
}

// CreateCustomValue stores a new custom value and fills ID and UpdatedAt in; a
// *crm.Conflict when the key is taken.
func (s *Store) CreateCustomValue(ctx context.Context, workspace string, v *crm.CustomValue) error {
	text, err := encodeValue(v)
	if err != nil {
		return err
	}
	return s.change(ctx, workspace, func(t *tx, db *gorm.DB) error {
		v.ID, v.UpdatedAt = engine.NewID("cv"), t.at
		row := valueRow{workspace, v.ID, v.Key, v.Name, text, micros(t.at), micros(t.at)}
		return db.Create(&row).Error
	})
}

// UpdateCustomValue stores a custom value's name and value. The key stays:
// mappings depend on it.
func (s *Store) UpdateCustomValue(ctx context.Context, workspace string, v *crm.CustomValue) error {
	text, err := encodeValue(v)
	if err != nil {
		return err
	}
	return s.change(ctx, workspace, func(t *tx, db *gorm.DB) error {
		v.UpdatedAt = t.at
		return changed(db.Model(&valueRow{}).Where("workspace_id = ? AND id = ?", workspace, v.ID).
			Updates(map[string]any{"name": v.Name, "value": text, "updated_at": micros(t.at)}))
	})
}

func encodeValue(v *crm.CustomValue) (json.RawMessage, error) {
	text, err := value.Encode(v.Value)
	if err != nil {
		return nil, fmt.Errorf("custom value %q: %w", v.Key, err)
	}
	return text, nil
}

// DeleteCustomValue deletes a custom value; mappings find nothing under its key
// from then on.
func (s *Store) DeleteCustomValue(ctx context.Context, workspace, id string) error {
	return s.change(ctx, workspace, func(_ *tx, db *gorm.DB) error {
		return changed(db.Where("workspace_id = ? AND id = ?", workspace, id).Delete(&valueRow{}))
	})
}
