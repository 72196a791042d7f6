// Package branding has the routes of how a workspace looks and is called: its name,
// colours, logo and sender, and the domain that leads to it.
package branding

import (
	"context"
	"time"

	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/brand"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

// Store is what the routes need of the database.
type Store interface {
	BrandStore
	UpdateWorkspace(ctx context.Context, w crm.Workspace) error
}

// Deps is what the routes work with; all but HTTP is required.
type Deps struct {
	Store Store
	// Engine forgets workspaces that were changed.
	Engine *engine.Engine
	// Brands tells which brand counts where.
	Brands *brand.Directory
	// HTTP is the guarded client, by which domains are checked; nil checks none.
	HTTP nodes.HTTPClient
	// BaseURL is the address of the installation.
	BaseURL string
	// Version is how calls of a workspace without a brand introduce themselves.
	Version string
	// Now is the clock.
	Now func() time.Time
}

// API answers the routes of brands.
type API struct {
	*rest.Shell
	Deps
}

// New makes the API; Routes declares what it answers.
func New(shell *rest.Shell, d Deps) *API { return &API{Shell: shell, Deps: d} }
