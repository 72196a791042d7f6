// Package access has the routes of who may do what: sign-in and set-up, the people of a
// workspace and of the agency, invitations, API keys, workspaces themselves, and the
// audit log of what was done.
package access

import (
	"context"
	"log/slog"
	"time"

	"github.com/hookloom/hookloom/api/identity"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
)

// Store is what the routes need of the database; each part is declared beside its
// handlers.
type Store interface {
	WorkspaceStore
	KeyStore
	MemberStore
	AuditStore
	// UserByEmail finds a user by the normalised address, also a disabled one.
	UserByEmail(ctx context.Context, email string) (account.User, error)
	// Invitations lists the open ones, also expired ones, from the newest.
	Invitations(ctx context.Context, workspace string) ([]account.Invitation, error)
	// RevokeInvitation withdraws an open one; engine.ErrNotFound when none is.
	RevokeInvitation(ctx context.Context, workspace, id string, at time.Time) error
}

// Deps is what the routes work with; all of it is required.
type Deps struct {
	Store Store
	// Engine forgets workspaces that were changed.
	Engine *engine.Engine
	// Desk knows who calls.
	Desk *identity.Desk
	// SendsMail says that invitations go out by e-mail.
	SendsMail bool
	// HistoryDays is how long finished runs and requests are kept; 0 for ever.
	HistoryDays int
	// Log is where errors end.
	Log *slog.Logger
	// Now is the clock.
	Now func() time.Time
}

// API answers the routes of people, keys and workspaces.
type API struct {
	*rest.Shell
	Deps
}

// New makes the API; Routes declares what it answers.
func New(shell *rest.Shell, d Deps) *API { return &API{Shell: shell, Deps: d} }
