// Package hook has the routes of outgoing webhooks: who is told of which events,
// what was sent, and the addresses at offers, forms and the checkout (Place), behind
// which is a hook like any other.
package hook

import (
	"time"

	"github.com/hookloom/hookloom/api/bulk"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
)

// Deps is what the routes work with; all of it is required.
type Deps struct {
	Store  Store
	Engine *engine.Engine
	// Bulk sends many deliveries again.
	Bulk *bulk.Runner
	// Now is the clock.
	Now func() time.Time
}

// API answers the routes of outgoing webhooks.
type API struct {
	*rest.Shell
	Deps
}

// New makes the API; Routes declares what it answers.
func New(shell *rest.Shell, d Deps) *API { return &API{Shell: shell, Deps: d} }
