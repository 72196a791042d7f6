package account

import (
	"errors"
	"time"

	"github.com/hookloom/hookloom/engine/secret"
)

// LinkLife is how long a set-up or reset link works.
const LinkLife = 24 * time.Hour

// Purpose is what a link lets its bearer do.
type Purpose string

const (
	// Setup makes the first owner; it works only while no user exists.
	Setup Purpose = "setup"
	// Reset sets a new password for one user.
	Reset Purpose = "reset"
)

// Link is a one-time link. The token is printed or sent; the database holds
// only its hash.
type Link struct {
	ID      string
	Purpose Purpose
	// UserID is whose password a reset sets; "" for a set-up.
	UserID string
	// Hash is HashToken of the link's token, by which it is found.
	Hash      []byte
	CreatedAt time.Time
	ExpiresAt time.Time
	// UsedAt is zero until the link was used.
	UsedAt time.Time
}

// Errors of using a link, as sentences for the one who opened it.
var (
	// ErrSetUp says that the first owner exists, so that nobody else can become
	// it.
	ErrSetUp       = errors.New("the first owner exists already; sign in instead")
	ErrLinkUnknown = errors.New("this link is not valid; copy it whole, or ask for a new one")
	ErrLinkUsed    = errors.New("this link was already used; ask for a new one")
	ErrLinkExpired = errors.New("this link is older than 24 hours; ask for a new one")
)

// NewLink makes a link and its token. userID is "" for a set-up.
func NewLink(id string, purpose Purpose, userID string, now time.Time) (Link, secret.Redacted) {
	token := secret.NewToken()
	return Link{
		ID: id, Purpose: purpose, UserID: userID, Hash: secret.HashToken(token),
		CreatedAt: now, ExpiresAt: now.Add(LinkLife),
	}, secret.Redacted(token)
}

// Redeem tells whether a token opens the link for a purpose at now, and returns
// the link marked as used. The caller stores it by a conditional update (WHERE
// used_at IS NULL) in the transaction of what the link is for: of two who come
// at once, one wins. The error is ErrLinkUnknown, ErrLinkUsed or ErrLinkExpired.
func (l Link) Redeem(token secret.Redacted, purpose Purpose, now time.Time) (Link, error) {
	switch {
	case l.Purpose != purpose || !secret.MatchToken(token.Reveal(), l.Hash):
		return Link{}, ErrLinkUnknown
	case !l.UsedAt.IsZero():
		return Link{}, ErrLinkUsed
	case !now.Before(l.ExpiresAt):
		return Link{}, ErrLinkExpired
	}
	l.UsedAt = now
	return l, nil
}
