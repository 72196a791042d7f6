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
