// Package setting has the routes of what a workspace is set up with: connections to
// services, links by which clients fill them in, custom values, and who hears of
// failures and by which messages.
package setting

import (
	"context"
	"log/slog"
	"time"

	"github.com/hookloom/hookloom/api/edge"
	"github.com/hookloom/hookloom/api/hook"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/api/workflow"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

// Store is what the routes need of the database; each part is declared beside its
// handlers.
type Store interface {
	ConnectionStore
	ClientLinkStore
	ValueStore
	AlertStore
	AgencyAlertStore
	// Workspace is where a client's link leads.
	Workspace(ctx context.Context, id string) (crm.Workspace, error)
	// Audit adds an entry to the audit log.
	Audit(ctx context.Context, e engine.AuditEntry) error
	// Do runs fn in one transaction of a workspace, see engine.Store.
	Do(ctx context.Context, workspace string, fn func(engine.Tx) error) error
}

// Deps is what the routes work with; all of it is required.
type Deps struct {
	Store    Store
	Engine   *engine.Engine
	Registry *nodes.Registry
	// Hook says which addresses can be called.
	Hook *hook.API
	// Workflow knows where a previewed e-mail leads.
	Workflow *workflow.API
	// Base is the address on which a workspace is reached, without a trailing slash;
	// BaseURL that of the installation.
	Base    func(workspace string) string
	BaseURL string
	// SendsMail says that e-mails go out, rather than stay in the outbox.
	SendsMail bool
	// Log is where errors end.
	Log *slog.Logger
	// Now is the clock.
	Now func() time.Time
}

// API answers the routes of connections, values and alerts.
type API struct {
	*rest.Shell
	Deps
	// linkPace bounds how often an address tries clients' links.
	linkPace *edge.Pace
}

// New makes the API; Routes declares what it answers.
func New(shell *rest.Shell, d Deps) *API {
	return &API{Shell: shell, Deps: d, linkPace: edge.NewPace(2*time.Second, 30, d.Now)}
}
