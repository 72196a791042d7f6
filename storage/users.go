package storage

import (
	"context"

	"gorm.io/gorm"

	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/secret"
)

type userRow struct {
	ID                string
	Email             string
	Name              string
	PasswordHash      string
	PasswordChangedAt int64
	CreatedAt         int64 `gorm:"autoCreateTime:false"`
	DisabledAt        int64
	Timezone          string
}

func (userRow) TableName() string { return "users" }

func userRowOf(u account.User) userRow {
	return userRow{u.ID, u.Email, u.Name, u.PasswordHash.Reveal(), micros(u.PasswordChangedAt), micros(u.CreatedAt), micros(u.DisabledAt), u.Timezone}
}

func (r userRow) user() account.User {
	return account.User{
		ID: r.ID, Email: r.Email, Name: r.Name, PasswordHash: secret.Redacted(r.PasswordHash),
		PasswordChangedAt: timeOf(r.PasswordChangedAt), CreatedAt: timeOf(r.CreatedAt), DisabledAt: timeOf(r.DisabledAt), Timezone: r.Timezone,
	}
}

// HasOwner reports whether a person can sign in; a service owner does not count.
func (s *Store) HasOwner(ctx context.Context) (has bool, err error) {
	err = s.look(ctx, crossing, func(db *gorm.DB) error {
		var one []userRow
		err := db.Where("email <> ''").Limit(1).Find(&one).Error
		has = len(one) > 0
		return err
	})
	return has, err
}

// The marks of first accounts: of two processes or callers that make one at
// once, the one that sets the mark wins.
const (
	firstOwner   = "first_owner"
	serviceOwner = "service_owner"
)

// CreateFirstOwner makes the first person and the membership in all workspaces,
// unless there is one already. With a link, which Redeem has marked as used, it
// is used up as well. It reports whether it made the user.
func (s *Store) CreateFirstOwner(ctx context.Context, link *account.Link, u account.User, m account.Membership) (made bool, err error) {
	err = s.change(ctx, crossing, func(t *tx, db *gorm.DB) error {
		made = false
		n, err := t.exec(addInstance, firstOwner, []byte(u.ID))
		if err != nil || n == 0 {
			return err
		}
		if link != nil {
			if used, err := useLink(db, *link); err != nil || !used {
				return firstError(err, account.ErrLinkUsed)
			}
		}
		made = true
		return createUser(db, u, m)
	})
	return made && err == nil, err
}

// CreateServiceOwner makes the user that a bootstrap key belongs to, with the
// key, unless there is one already. It reports whether it made them.
func (s *Store) CreateServiceOwner(ctx context.Context, u account.User, m account.Membership, k account.APIKey) (made bool, err error) {
	err = s.change(ctx, crossing, func(t *tx, db *gorm.DB) error {
		made = false
		n, err := t.exec(addInstance, serviceOwner, []byte(u.ID))
		if err != nil || n == 0 {
			return err
		}
		if err := createUser(db, u, m); err != nil {
			return err
		}
		made = true
		row := keyRowOf(k)
		return db.Create(&row).Error
	})
	return made && err == nil, err
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func createUser(db *gorm.DB, u account.User, m account.Membership) error {
	row := userRowOf(u)
	if err := db.Create(&row).Error; err != nil {
		return err
	}
	member := membershipRow{m.UserID, nullable(m.WorkspaceID), string(m.Role), micros(m.CreatedAt)}
	return db.Create(&member).Error
}

// CreateUser stores a new user with a first membership; a *crm.Conflict when the
// e-mail address is another's.
func (s *Store) CreateUser(ctx context.Context, u account.User, m account.Membership) error {
	return s.change(ctx, crossing, func(_ *tx, db *gorm.DB) error { return createUser(db, u, m) })
}

// UpdateUser stores all of u but the time it was made.
func (s *Store) UpdateUser(ctx context.Context, u account.User) error {
	return s.change(ctx, crossing, func(_ *tx, db *gorm.DB) error {
		row := userRowOf(u)
		return changed(db.Model(&userRow{}).Where("id = ?", u.ID).Select("*").Omit("id", "created_at").Updates(&row))
	})
}

// SetUserTimezone stores a user's zone alone: a password that is changed at the
// same time stays changed.
func (s *Store) SetUserTimezone(ctx context.Context, id, timezone string) error {
	return s.change(ctx, crossing, func(_ *tx, db *gorm.DB) error {
		return changed(db.Model(&userRow{}).Where("id = ?", id).Update("timezone", timezone))
	})
}

// User returns a user by id.
func (s *Store) User(ctx context.Context, id string) (account.User, error) {
	return s.userBy(ctx, "id = ?", id)
}

// UserByEmail returns a user by a normalised e-mail address; "" finds nobody.
func (s *Store) UserByEmail(ctx context.Context, email string) (account.User, error) {
	return s.userBy(ctx, "email = ? AND email <> ''", email)
}

// ServiceOwner returns the user who owns what no person made, such as the
// bootstrap key.
func (s *Store) ServiceOwner(ctx context.Context) (account.User, error) {
	return s.userBy(ctx, "email = ?", "")
}

func (s *Store) userBy(ctx context.Context, condition, value string) (u account.User, err error) {
	err = s.look(ctx, crossing, func(db *gorm.DB) error {
		var row userRow
		err := db.Where(condition, value).Take(&row).Error
		u = row.user()
		return err
	})
	return u, err
}

type membershipRow struct {
	UserID      string
	WorkspaceID *string
	Role        string
	CreatedAt   int64 `gorm:"autoCreateTime:false"`
}

func (membershipRow) TableName() string { return "memberships" }

func (r membershipRow) membership() account.Membership {
	return account.Membership{UserID: r.UserID, WorkspaceID: orEmpty(r.WorkspaceID), Role: account.Role(r.Role), CreatedAt: timeOf(r.CreatedAt)}
}

// Memberships returns what a user is in which workspaces.
func (s *Store) Memberships(ctx context.Context, userID string) (list []account.Membership, err error) {
	err = s.look(ctx, crossing, func(db *gorm.DB) error {
		var rows []membershipRow
		err := db.Where("user_id = ?", userID).Order("created_at").Find(&rows).Error
		for _, row := range rows {
			list = append(list, row.membership())
		}
		return err
	})
	return list, err
}

var putMembership = q(`INSERT INTO memberships (user_id, workspace_id, role, created_at) VALUES (?, ?, ?, ?)
	ON CONFLICT (user_id, COALESCE(workspace_id, '')) DO UPDATE SET role = excluded.role`)

// PutMembership gives a user a role, or changes it.
func (s *Store) PutMembership(ctx context.Context, m account.Membership) error {
	return s.within(ctx, crossing, func(t *tx) error {
		_, err := t.exec(putMembership, m.UserID, orNull(m.WorkspaceID), string(m.Role), micros(m.CreatedAt))
		return err
	})
}
