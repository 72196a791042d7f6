package account

import (
	"errors"
	"time"
)

// ErrSetUp says that the first owner exists, so that nobody else can become it.
var ErrSetUp = errors.New("the first owner exists already; sign in instead")

// FirstOwner is what storage writes as one unit when the first person becomes
// owner of the installation.
type FirstOwner struct {
	User User
	// Membership gives the rights: an owner's in every workspace.
	Membership Membership
	// Link is the redeemed set-up link, nil when the environment named the
	// owner.
	Link  *Link
	Entry Entry
}

// NewFirstOwner joins a user with an owner's rights in every workspace.
func NewFirstOwner(u User, link *Link, e Entry, now time.Time) FirstOwner {
	return FirstOwner{
		User: u, Link: link, Entry: e,
		Membership: Membership{UserID: u.ID, Role: Owner, CreatedAt: now},
	}
}
