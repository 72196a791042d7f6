package storage

import (
	"context"
	"crypto/sha256"
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/hookloom/hookloom/engine"
)

type answerRow struct {
	Scope       string
	Key         []byte
	Fingerprint []byte
	Status      int
	Header      []byte
	Body        []byte
	CreatedAt   int64 `gorm:"autoCreateTime:false"`
	ExpiresAt   int64
}

func (answerRow) TableName() string { return "idempotency" }

// abandoned is when a request that never stored its answer no longer holds its
// key: its process died.
const abandoned = time.Minute

// BeginAnswer takes an Idempotency-Key for a request until a time. first is true
// for the one who must answer and call EndAnswer or DropAnswer; else the stored
// answer is returned, with Status 0 while the first request is under way. scope
// keeps callers apart: the principal and the route.
func (s *Store) BeginAnswer(ctx context.Context, scope, key string, fingerprint []byte, until time.Time) (a engine.StoredAnswer, first bool, err error) {
	hash := sha256.Sum256([]byte(key))
	err = s.change(ctx, crossing, func(t *tx, db *gorm.DB) error {
		a, first = engine.StoredAnswer{}, false
		now := micros(t.at)
		ended := db.Where("scope = ? AND key = ?", scope, hash[:]).
			Where("expires_at <= ? OR (status = 0 AND created_at <= ?)", now, micros(t.at.Add(-abandoned)))
		if err := ended.Delete(&answerRow{}).Error; err != nil {
			return err
		}
		row := answerRow{Scope: scope, Key: hash[:], Fingerprint: fingerprint, CreatedAt: now, ExpiresAt: micros(until)}
		made := db.Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
		if made.Error != nil || made.RowsAffected == 1 {
			first = made.Error == nil
			return made.Error
		}
		var stored answerRow
		if err := db.Where("scope = ? AND key = ?", scope, hash[:]).Take(&stored).Error; err != nil {
			return err
		}
		a = engine.StoredAnswer{Fingerprint: stored.Fingerprint, Status: stored.Status, Body: stored.Body}
		return decode(stored.Header, &a.Header)
	})
	return a, first, err
}

// EndAnswer stores the answer to the request that took the key.
func (s *Store) EndAnswer(ctx context.Context, scope, key string, a engine.StoredAnswer) error {
	if a.Status == 0 {
		return errors.New("an answer without a status is none")
	}
	hash := sha256.Sum256([]byte(key))
	return s.change(ctx, crossing, func(_ *tx, db *gorm.DB) error {
		row := answerRow{Status: a.Status, Body: a.Body}
		if len(a.Header) > 0 {
			row.Header = mustEncode(a.Header)
		}
		return changed(db.Model(&answerRow{}).Where("scope = ? AND key = ?", scope, hash[:]).Select("status", "header", "body").Updates(&row))
	})
}

// DropAnswer gives the key free again, after an answer that must not be
// repeated, such as 503.
func (s *Store) DropAnswer(ctx context.Context, scope, key string) error {
	hash := sha256.Sum256([]byte(key))
	return s.change(ctx, crossing, func(_ *tx, db *gorm.DB) error {
		return db.Where("scope = ? AND key = ?", scope, hash[:]).Delete(&answerRow{}).Error
	})
}
