package storage

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
)

type keyRow struct {
	ID          string
	WorkspaceID *string
	CreatedBy   string
	Name        string
	Prefix      string
	Hash        []byte
	Scopes      []byte
	CreatedAt   int64 `gorm:"autoCreateTime:false"`
	ExpiresAt   int64
	RevokedAt   int64
	LastUsedAt  int64
}

func (keyRow) TableName() string { return "api_keys" }

func keyRowOf(k account.APIKey) keyRow {
	return keyRow{
		k.ID, nullable(k.WorkspaceID), k.CreatedBy, k.Name, k.Prefix, k.Hash, mustEncode(k.Scopes),
		micros(k.CreatedAt), micros(k.ExpiresAt), micros(k.RevokedAt), micros(k.LastUsedAt),
	}
}

func (r keyRow) key() (account.APIKey, error) {
	k := account.APIKey{
		ID: r.ID, Name: r.Name, Prefix: r.Prefix, Hash: r.Hash, WorkspaceID: orEmpty(r.WorkspaceID), CreatedBy: r.CreatedBy,
		CreatedAt: timeOf(r.CreatedAt), ExpiresAt: timeOf(r.ExpiresAt), RevokedAt: timeOf(r.RevokedAt), LastUsedAt: timeOf(r.LastUsedAt),
	}
	return k, decode(r.Scopes, &k.Scopes)
}

// CreateAPIKey stores a new key.
func (s *Store) CreateAPIKey(ctx context.Context, k account.APIKey) error {
	return s.change(ctx, crossing, func(_ *tx, db *gorm.DB) error {
		row := keyRowOf(k)
		return db.Create(&row).Error
	})
}

// APIKeyByHash returns a key by the hash of its text. Whether it is still good
// is for APIKey.Usable to say.
func (s *Store) APIKeyByHash(ctx context.Context, hash []byte) (k account.APIKey, err error) {
	err = s.look(ctx, crossing, func(db *gorm.DB) error {
		var row keyRow
		if err := db.Where("hash = ?", hash).Take(&row).Error; err != nil {
			return err
		}
		var err error
		k, err = row.key()
		return err
	})
	return k, err
}

// ListAPIKeys lists the keys of a workspace that were not revoked, from the
// newest. Keys of all workspaces are not among them.
func (s *Store) ListAPIKeys(ctx context.Context, workspace string, p engine.Page) (list engine.List[account.APIKey], err error) {
	err = s.look(ctx, workspace, func(db *gorm.DB) error {
		db = db.Where("workspace_id = ? AND revoked_at = 0", workspace).Order("id DESC")
		if p.Cursor != "" {
			db = db.Where("id < ?", p.Cursor)
		}
		list, err = listOf(db, p, func(r keyRow) string { return r.ID }, keyRow.key)
		return err
	})
	return list, err
}

// ListAgencyKeys lists the keys of all workspaces that were not revoked, from the
// newest.
func (s *Store) ListAgencyKeys(ctx context.Context, p engine.Page) (list engine.List[account.APIKey], err error) {
	err = s.look(ctx, crossing, func(db *gorm.DB) error {
		db = db.Where("workspace_id IS NULL AND revoked_at = 0").Order("id DESC")
		if p.Cursor != "" {
			db = db.Where("id < ?", p.Cursor)
		}
		list, err = listOf(db, p, func(r keyRow) string { return r.ID }, keyRow.key)
		return err
	})
	return list, err
}

// RevokeAgencyKey ends a key of all workspaces.
func (s *Store) RevokeAgencyKey(ctx context.Context, id string, at time.Time) error {
	return s.change(ctx, crossing, func(_ *tx, db *gorm.DB) error {
		return changed(db.Model(&keyRow{}).Where("workspace_id IS NULL AND id = ? AND revoked_at = 0", id).Update("revoked_at", micros(at)))
	})
}

// RevokeAPIKey ends a key of a workspace.
func (s *Store) RevokeAPIKey(ctx context.Context, workspace, id string, at time.Time) error {
	return s.change(ctx, workspace, func(_ *tx, db *gorm.DB) error {
		return changed(db.Model(&keyRow{}).Where("workspace_id = ? AND id = ? AND revoked_at = 0", workspace, id).Update("revoked_at", micros(at)))
	})
}

// TouchAPIKey notes that a key was used.
func (s *Store) TouchAPIKey(ctx context.Context, id string, at time.Time) error {
	return s.change(ctx, crossing, func(_ *tx, db *gorm.DB) error {
		return changed(db.Model(&keyRow{}).Where("id = ?", id).Update("last_used_at", micros(at)))
	})
}
