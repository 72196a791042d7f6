package storage

import (
	"context"
	"errors"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
)

const invitationColumns = `id, workspace_id, email, role, hash, invited_by, invited_name, created_at, sent_at, expires_at, accepted_at, revoked_at`

var (
	insertInvitation = q(`INSERT INTO invitations (` + invitationColumns + `) VALUES (` + marks(12) + `)`)
	selectInvitation = q(`SELECT ` + invitationColumns + ` FROM invitations WHERE hash = ?`)
	lockInvitation   = q(`SELECT ` + invitationColumns + ` FROM invitations WHERE id = ? AND COALESCE(workspace_id, '') = ? $update`)
	openInvitations  = q(`SELECT ` + invitationColumns + ` FROM invitations WHERE COALESCE(workspace_id, '') = ? AND accepted_at = 0 AND revoked_at = 0
		ORDER BY id DESC LIMIT ?`)
	countInvitations = q(`SELECT COUNT(*) FROM invitations WHERE COALESCE(workspace_id, '') = ? AND accepted_at = 0 AND revoked_at = 0`)
	// replaceInvitation ends an earlier one of the same person.
	replaceInvitation = q(`UPDATE invitations SET revoked_at = ? WHERE COALESCE(workspace_id, '') = ? AND email = ? AND accepted_at = 0 AND revoked_at = 0`)
	renewInvitation   = q(`UPDATE invitations SET hash = ?, invited_by = ?, invited_name = ?, sent_at = ?, expires_at = ? WHERE id = ?`)
	revokeInvitation  = q(`UPDATE invitations SET revoked_at = ? WHERE id = ? AND COALESCE(workspace_id, '') = ? AND accepted_at = 0 AND revoked_at = 0`)
	// acceptInvitation is for one of two who come at once.
	acceptInvitation = q(`UPDATE invitations SET accepted_at = ? WHERE id = ? AND hash = ? AND accepted_at = 0 AND revoked_at = 0`)
	memberByEmail    = q(`SELECT m.role FROM memberships m JOIN users u ON u.id = m.user_id WHERE u.email = ? AND COALESCE(m.workspace_id, '') = ?`)
)

// MaxInvitations is how many of a workspace may be open at once.
const MaxInvitations = 200

func readInvitation(row scanner) (i account.Invitation, err error) {
	var workspace *string
	var role string
	var created, sent, expires, accepted, revoked int64
	err = row.Scan(&i.ID, &workspace, &i.Email, &role, &i.Hash, &i.InvitedBy, &i.InvitedName, &created, &sent, &expires, &accepted, &revoked)
	i.WorkspaceID, i.Role, i.CreatedAt, i.SentAt, i.ExpiresAt = orEmpty(workspace), account.Role(role), timeOf(created), timeOf(sent), timeOf(expires)
	i.AcceptedAt, i.RevokedAt = timeOf(accepted), timeOf(revoked)
	return i, err
}

// CreateInvitation stores an invitation with its letter, and ends an earlier one
// of the same address. *engine.StateError when the person is a member already or
// too many are open. letter's Workspace is whose outbox it goes through.
func (s *Store) CreateInvitation(ctx context.Context, i account.Invitation, letter engine.Message) error {
	return s.within(ctx, crossing, func(t *tx) error {
		has := false
		err := t.each(memberByEmail, []any{i.Email, i.WorkspaceID}, func(scanner) error { has = true; return nil })
		if err != nil {
			return err
		}
		if has {
			return &engine.StateError{Message: "This person is a member already; change their role instead."}
		}
		if _, err := t.exec(replaceInvitation, micros(i.CreatedAt), i.WorkspaceID, i.Email); err != nil {
			return err
		}
		open, err := first(t.session, countInvitations, []any{i.WorkspaceID}, func(row scanner) (n int, err error) { return n, row.Scan(&n) })
		if err != nil {
			return err
		}
		if open >= MaxInvitations {
			return &engine.StateError{Message: "Too many invitations are open; withdraw some first."}
		}
		if _, err := t.exec(insertInvitation, i.ID, orNull(i.WorkspaceID), i.Email, string(i.Role), i.Hash, i.InvitedBy, i.InvitedName,
			micros(i.CreatedAt), micros(i.SentAt), micros(i.ExpiresAt), 0, 0); err != nil {
			return err
		}
		return t.mail(letter)
	})
}

// mail puts a letter into the outbox of the workspace that it names.
func (t *tx) mail(m engine.Message) error {
	if m.Workspace == "" {
		return nil // there is no workspace to send it from
	}
	within := *t
	within.workspace = m.Workspace
	return within.insertMessage(m)
}

// Invitations lists the open invitations of a workspace, also expired ones, from
// the newest; "" are the agency's.
func (s *Store) Invitations(ctx context.Context, workspace string) ([]account.Invitation, error) {
	on, err := s.read(ctx, crossing)
	if err != nil {
		return nil, err
	}
	return all(on, openInvitations, []any{workspace, MaxInvitations}, readInvitation)
}

// InvitationByHash finds an invitation by the hash of its token, also one that is
// over; engine.ErrNotFound when there is none.
func (s *Store) InvitationByHash(ctx context.Context, hash []byte) (account.Invitation, error) {
	on, err := s.read(ctx, crossing)
	if err != nil {
		return account.Invitation{}, err
	}
	return first(on, selectInvitation, []any{hash}, readInvitation)
}

// RenewInvitation stores what renew makes of an open invitation, with the letter
// that it returns. renew may be called twice; its error stops all.
// engine.ErrNotFound when no such invitation is open.
func (s *Store) RenewInvitation(ctx context.Context, workspace, id string,
	renew func(account.Invitation) (account.Invitation, engine.Message, error)) error {
	return s.within(ctx, crossing, func(t *tx) error {
		i, err := first(t.session, lockInvitation, []any{id, workspace}, readInvitation)
		if err == nil && (!i.AcceptedAt.IsZero() || !i.RevokedAt.IsZero()) {
			err = errNotFound
		}
		if err != nil {
			return err
		}
		i, letter, err := renew(i)
		if err != nil {
			return err
		}
		if _, err := t.exec(renewInvitation, i.Hash, i.InvitedBy, i.InvitedName, micros(i.SentAt), micros(i.ExpiresAt), i.ID); err != nil {
			return err
		}
		return t.mail(letter)
	})
}

// RevokeInvitation withdraws an open invitation; engine.ErrNotFound when no such
// one is open.
func (s *Store) RevokeInvitation(ctx context.Context, workspace, id string, at time.Time) error {
	return s.within(ctx, crossing, func(t *tx) error {
		n, err := t.exec(revokeInvitation, micros(at), id, workspace)
		if err == nil && n == 0 {
			return errNotFound
		}
		return err
	})
}

// AcceptInvitation makes a user a member by an invitation that Open took, and
// stores the user with it when create is set. A member whose role gives as much
// keeps it. account.ErrInvitationUsed when it was used or withdrawn meanwhile.
func (s *Store) AcceptInvitation(ctx context.Context, i account.Invitation, u account.User, create bool, at time.Time) error {
	return s.within(ctx, crossing, func(t *tx) error {
		n, err := t.exec(acceptInvitation, micros(at), i.ID, i.Hash)
		if err != nil || n == 0 {
			return firstError(err, account.ErrInvitationUsed)
		}
		if create {
			row := userRowOf(u)
			if err := t.orm().Create(&row).Error; err != nil {
				return translate(err)
			}
		}
		now, err := t.role(i.WorkspaceID, u.ID)
		switch {
		case err == nil && now.Covers(i.Role):
			return nil
		case err != nil && !errors.Is(err, errNotFound):
			return err
		}
		m := i.Membership(u.ID, at)
		_, err = t.exec(putMembership, m.UserID, orNull(m.WorkspaceID), string(m.Role), micros(m.CreatedAt))
		return err
	})
}
