package storage

import (
	"context"
	"errors"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
)

// maxMembers bounds the people that one list shows.
const maxMembers = 1000

const selectMember = `SELECT m.user_id, m.workspace_id, m.role, m.created_at, u.email, u.name,
		COALESCE((SELECT MAX(s.last_seen_at) FROM sessions s WHERE s.user_id = u.id), 0)
	FROM memberships m JOIN users u ON u.id = m.user_id WHERE u.email <> '' AND u.disabled_at = 0 AND `

var (
	// A person of the agency counts in every workspace, so the list of one has
	// them too; the own ones come first.
	membersOf     = q(selectMember + `(m.workspace_id = ? OR m.workspace_id IS NULL) ORDER BY m.workspace_id IS NULL, u.email LIMIT ?`)
	agencyMembers = q(selectMember + `m.workspace_id IS NULL ORDER BY u.email LIMIT ?`)
	// lockMember reads a membership to change it. Every owner who could be the
	// last one is locked too, in one order, so that of two who remove each other
	// one is refused.
	lockOwners = q(`SELECT user_id FROM memberships WHERE workspace_id IS NULL AND role = 'owner' ORDER BY user_id $update`)
	lockMember = q(`SELECT role FROM memberships WHERE user_id = ? AND COALESCE(workspace_id, '') = ? $update`)
	// otherOwners are the agency's, who are persons that can sign in.
	otherOwners = q(`SELECT COUNT(*) FROM memberships m JOIN users u ON u.id = m.user_id WHERE m.workspace_id IS NULL AND m.role = 'owner'
		AND m.user_id <> ? AND u.email <> '' AND u.disabled_at = 0`)
	setRole    = q(`UPDATE memberships SET role = ? WHERE user_id = ? AND COALESCE(workspace_id, '') = ?`)
	dropMember = q(`DELETE FROM memberships WHERE user_id = ? AND COALESCE(workspace_id, '') = ?`)
)

func readMember(row scanner) (m account.Member, err error) {
	var workspace *string
	var role string
	var created, seen int64
	err = row.Scan(&m.UserID, &workspace, &role, &created, &m.Email, &m.Name, &seen)
	m.WorkspaceID, m.Role, m.CreatedAt, m.LastSeenAt = orEmpty(workspace), account.Role(role), timeOf(created), timeOf(seen)
	return m, err
}

// Members lists the people of a workspace, the agency's after its own; with ""
// only the agency's. Who cannot sign in is left out.
func (s *Store) Members(ctx context.Context, workspace string) ([]account.Member, error) {
	on, err := s.readLong(ctx, crossing)
	if err != nil {
		return nil, err
	}
	if workspace == "" {
		return all(on, agencyMembers, []any{maxMembers}, readMember)
	}
	return all(on, membersOf, []any{workspace, maxMembers}, readMember)
}

// ChangeMember gives a member of a workspace, or of the agency with "", the role
// that change returns for their present one, and takes the membership away for
// "". change may be called twice; its error stops all. engine.ErrNotFound when
// there is no such member, account.ErrLastOwner when nobody would be left who
// owns the agency.
func (s *Store) ChangeMember(ctx context.Context, workspace, userID string, change func(now account.Role) (account.Role, error)) error {
	return s.within(ctx, crossing, func(t *tx) error {
		if workspace == "" {
			if err := t.each(lockOwners, nil, func(row scanner) error { var id string; return row.Scan(&id) }); err != nil {
				return err
			}
		}
		now, err := t.role(workspace, userID)
		if err != nil {
			return err
		}
		role, err := change(now)
		if err != nil {
			return err
		}
		if workspace == "" && now == account.Owner && role != account.Owner {
			if err := t.leavesAnOwner(userID); err != nil {
				return err
			}
		}
		if role == "" {
			_, err = t.exec(dropMember, userID, workspace)
			return err
		}
		_, err = t.exec(setRole, string(role), userID, workspace)
		return err
	})
}

// role locks a membership and returns its role; engine.ErrNotFound for none.
func (t *tx) role(workspace, userID string) (account.Role, error) {
	return first(t.session, lockMember, []any{userID, workspace}, func(row scanner) (role account.Role, err error) {
		var text string
		err = row.Scan(&text)
		return account.Role(text), err
	})
}

func (t *tx) leavesAnOwner(userID string) error {
	others, err := first(t.session, otherOwners, []any{userID}, func(row scanner) (n int, err error) { return n, row.Scan(&n) })
	if err == nil && others == 0 {
		return account.ErrLastOwner
	}
	return err
}

// AddMember makes a user a member; *engine.StateError when they are one already.
func (s *Store) AddMember(ctx context.Context, m account.Membership) error {
	return s.within(ctx, crossing, func(t *tx) error {
		if _, err := t.role(m.WorkspaceID, m.UserID); !errors.Is(err, errNotFound) {
			return firstError(err, &engine.StateError{Message: "This person is a member already; change their role instead."})
		}
		_, err := t.exec(putMembership, m.UserID, orNull(m.WorkspaceID), string(m.Role), micros(m.CreatedAt))
		return err
	})
}
