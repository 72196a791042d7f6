package account

import (
	"errors"
	"time"

	"github.com/hookloom/hookloom/engine/secret"
)

// InvitationLife is how long the link of an invitation works.
const InvitationLife = 7 * 24 * time.Hour

// InvitationPath and the token make the address of an invitation. The token is
// behind #, which browsers send to nobody, so that no log has it.
const InvitationPath = "/invitation#"

// InvitationPause is how long an invitation is not sent again.
const InvitationPause = time.Minute

// Invitation asks a person to become a member. Its link works once; the
// database holds only the hash of its token.
type Invitation struct {
	ID string
	// WorkspaceID is "" for the agency's own people, see Membership.
	WorkspaceID string
	// Email is normalised (NormalizeEmail): only whoever has this address accepts.
	Email string
	Role  Role
	// Hash is HashToken of the link's token, by which it is found.
	Hash []byte
	// InvitedBy is the id of the user who invites, "" for the local key.
	// InvitedName is how the letter calls them.
	InvitedBy   string
	InvitedName string
	CreatedAt   time.Time
	// SentAt is when the newest link was made; older ones are worth nothing.
	SentAt    time.Time
	ExpiresAt time.Time
	// AcceptedAt and RevokedAt are zero until then.
	AcceptedAt time.Time
	RevokedAt  time.Time
}

// Errors of an invitation, as sentences for the one who opened it.
var (
	ErrInvitationUsed    = errors.New("this invitation was already accepted; sign in instead")
	ErrInvitationExpired = errors.New("this invitation is older than 7 days; ask for a new one")
	// ErrInvitationWithdrawn is also that of an invitation by somebody who may not
	// give its role any more.
	ErrInvitationWithdrawn = errors.New("this invitation was withdrawn; ask for a new one")
)

// NewInvitation makes an invitation from what its maker filled in (ID,
// WorkspaceID, Email, Role, InvitedBy, InvitedName) and its token. The error is
// ErrEmail or ErrRole. Whether the maker may give the role is for
// Principal.MayGive.
func NewInvitation(i Invitation, now time.Time) (Invitation, secret.Redacted, error) {
	email, err := NormalizeEmail(i.Email)
	if err != nil {
		return Invitation{}, "", err
	}
	if _, err := ParseRole(string(i.Role)); err != nil {
		return Invitation{}, "", err
	}
	i.Email, i.CreatedAt, i.AcceptedAt, i.RevokedAt = email, now, time.Time{}, time.Time{}
	i, token := i.Renew(now)
	return i, token, nil
}

// Renew makes a new link, with which the earlier one ends.
func (i Invitation) Renew(now time.Time) (Invitation, secret.Redacted) {
	token := secret.NewToken()
	i.Hash, i.SentAt, i.ExpiresAt = secret.HashToken(token), now, now.Add(InvitationLife)
	return i, secret.Redacted(token)
}

// Open tells whether a token opens the invitation at now. The error is
// ErrLinkUnknown, ErrInvitationUsed, ErrInvitationWithdrawn or
// ErrInvitationExpired.
func (i Invitation) Open(token secret.Redacted, now time.Time) error {
	switch {
	case !secret.MatchToken(token.Reveal(), i.Hash):
		return ErrLinkUnknown
	case !i.AcceptedAt.IsZero():
		return ErrInvitationUsed
	case !i.RevokedAt.IsZero():
		return ErrInvitationWithdrawn
	case !now.Before(i.ExpiresAt):
		return ErrInvitationExpired
	}
	return nil
}

// Membership is what accepting makes of a user.
func (i Invitation) Membership(userID string, now time.Time) Membership {
	return Membership{UserID: userID, WorkspaceID: i.WorkspaceID, Role: i.Role, CreatedAt: now}
}
