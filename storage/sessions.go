package storage

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/secret"
)

type sessionRow struct {
	ID         string
	UserID     string
	Hash       []byte
	CreatedAt  int64 `gorm:"autoCreateTime:false"`
	LastSeenAt int64
	RevokedAt  int64
	IP         string
	UserAgent  string
	// WorkspaceID is where the session is bound to, "" for nowhere.
	WorkspaceID string
}

func (sessionRow) TableName() string { return "sessions" }

func (r sessionRow) session() account.Session {
	return account.Session{
		ID: r.ID, UserID: r.UserID, Hash: r.Hash, CreatedAt: timeOf(r.CreatedAt), LastSeenAt: timeOf(r.LastSeenAt),
		RevokedAt: timeOf(r.RevokedAt), IP: r.IP, UserAgent: r.UserAgent, WorkspaceID: r.WorkspaceID,
	}
}

// CreateSession stores a new session and drops those that ended long ago.
func (s *Store) CreateSession(ctx context.Context, n account.Session) error {
	return s.change(ctx, crossing, func(t *tx, db *gorm.DB) error {
		old := micros(t.at.Add(-2 * account.SessionAbsolute))
		if err := db.Where("created_at < ?", old).Delete(&sessionRow{}).Error; err != nil {
			return err
		}
		row := sessionRow{n.ID, n.UserID, n.Hash, micros(n.CreatedAt), micros(n.LastSeenAt), micros(n.RevokedAt), n.IP, n.UserAgent, n.WorkspaceID}
		return db.Create(&row).Error
	})
}

// SessionByHash returns a session with its user by the hash of its token.
// Whether it is still good is for Session.Usable to say.
func (s *Store) SessionByHash(ctx context.Context, hash []byte) (found account.Session, u account.User, err error) {
	err = s.look(ctx, crossing, func(db *gorm.DB) error {
		var row sessionRow
		if err := db.Where("hash = ?", hash).Take(&row).Error; err != nil {
			return err
		}
		found = row.session()
		return nil
	})
	if err != nil {
		return found, u, err
	}
	u, err = s.User(ctx, found.UserID)
	return found, u, err
}

// Sessions returns a user's sessions that were not ended, the last used first.
func (s *Store) Sessions(ctx context.Context, userID string) (list []account.Session, err error) {
	err = s.look(ctx, crossing, func(db *gorm.DB) error {
		var rows []sessionRow
		err := db.Where("user_id = ? AND revoked_at = 0", userID).Order("last_seen_at DESC, id").Limit(100).Find(&rows).Error
		for _, row := range rows {
			list = append(list, row.session())
		}
		return err
	})
	return list, err
}

// TouchSession notes that a session was used.
func (s *Store) TouchSession(ctx context.Context, id string, at time.Time) error {
	return s.change(ctx, crossing, func(_ *tx, db *gorm.DB) error {
		return changed(db.Model(&sessionRow{}).Where("id = ?", id).Update("last_seen_at", micros(at)))
	})
}

// RevokeSession ends a session of a user.
func (s *Store) RevokeSession(ctx context.Context, userID, id string, at time.Time) error {
	return s.change(ctx, crossing, func(_ *tx, db *gorm.DB) error {
		return changed(db.Model(&sessionRow{}).Where("user_id = ? AND id = ? AND revoked_at = 0", userID, id).Update("revoked_at", micros(at)))
	})
}

type linkRow struct {
	ID        string
	Purpose   string
	UserID    *string
	Hash      []byte
	CreatedAt int64 `gorm:"autoCreateTime:false"`
	ExpiresAt int64
	UsedAt    int64
}

func (linkRow) TableName() string { return "setup_links" }

// CreateLink stores a new one-time link. Unused ones of the same purpose and
// user end: only the newest works.
func (s *Store) CreateLink(ctx context.Context, l account.Link) error {
	return s.change(ctx, crossing, func(_ *tx, db *gorm.DB) error {
		older := db.Where("purpose = ? AND used_at = 0", string(l.Purpose))
		if l.UserID == "" {
			older = older.Where("user_id IS NULL")
		} else {
			older = older.Where("user_id = ?", l.UserID)
		}
		if err := older.Delete(&linkRow{}).Error; err != nil {
			return err
		}
		row := linkRow{l.ID, string(l.Purpose), nullable(l.UserID), l.Hash, micros(l.CreatedAt), micros(l.ExpiresAt), micros(l.UsedAt)}
		return db.Create(&row).Error
	})
}

// LinkByHash returns a link by the hash of its token.
func (s *Store) LinkByHash(ctx context.Context, hash []byte) (l account.Link, err error) {
	err = s.look(ctx, crossing, func(db *gorm.DB) error {
		var row linkRow
		if err := db.Where("hash = ?", hash).Take(&row).Error; err != nil {
			return err
		}
		l = account.Link{
			ID: row.ID, Purpose: account.Purpose(row.Purpose), UserID: orEmpty(row.UserID), Hash: row.Hash,
			CreatedAt: timeOf(row.CreatedAt), ExpiresAt: timeOf(row.ExpiresAt), UsedAt: timeOf(row.UsedAt),
		}
		return nil
	})
	return l, err
}

// useLink marks a link as used and reports whether this was the first time.
func useLink(db *gorm.DB, l account.Link) (bool, error) {
	done := db.Model(&linkRow{}).Where("id = ? AND used_at = 0", l.ID).Update("used_at", micros(l.UsedAt))
	return done.RowsAffected == 1, done.Error
}

// ResetPassword sets a user's password by a link, which Redeem has marked as
// used, and ends the user's sessions. The error is account.ErrLinkUsed when
// somebody else was first.
func (s *Store) ResetPassword(ctx context.Context, l account.Link, hash secret.Redacted) error {
	return s.change(ctx, crossing, func(_ *tx, db *gorm.DB) error {
		used, err := useLink(db, l)
		if err != nil || !used {
			return firstError(err, account.ErrLinkUsed)
		}
		at := micros(l.UsedAt)
		err = changed(db.Model(&userRow{}).Where("id = ?", l.UserID).Updates(map[string]any{"password_hash": hash.Reveal(), "password_changed_at": at}))
		if err != nil {
			return err
		}
		return db.Model(&sessionRow{}).Where("user_id = ? AND revoked_at = 0", l.UserID).Update("revoked_at", at).Error
	})
}
