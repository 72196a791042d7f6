// Package sale has the routes of what is sold: offers with their addresses, grants of
// access, purchases, payments, orders, subscriptions, and the events of courses.
package sale

import (
	"context"
	"time"

	"github.com/hookloom/hookloom/api/hook"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
)

// Store is what the routes need of the database; each part is declared beside its
// handlers.
type Store interface {
	OfferStore
	OfferAddressStore
	GrantStore
	SaleStore
	// Do runs fn in one transaction of a workspace, see engine.Store.
	Do(ctx context.Context, workspace string, fn func(engine.Tx) error) error
}

// Deps is what the routes work with; all of it is required.
type Deps struct {
	Store  Store
	Engine *engine.Engine
	// Live tells open pages what changed.
	Live engine.Live
	// Base is the address on which a workspace is reached, without a trailing slash.
	Base func(workspace string) string
	// Hook keeps the address that an offer calls when it is bought.
	Hook *hook.API
	// Now is the clock.
	Now func() time.Time
}

// API answers the routes of what is sold.
type API struct {
	*rest.Shell
	Deps
}

// New makes the API; Routes declares what it answers.
func New(shell *rest.Shell, d Deps) *API { return &API{Shell: shell, Deps: d} }
