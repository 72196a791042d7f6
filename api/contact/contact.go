// Package contact has the routes of people and what is known of them: contacts with
// their tags, fields and timeline, the forms that they fill in, and files of contacts
// that are brought in and taken out.
package contact

import (
	"context"
	"log/slog"
	"time"

	"github.com/hookloom/hookloom/api/bulk"
	"github.com/hookloom/hookloom/api/hook"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

// Store is what the routes need of the database; each part is declared beside its
// handlers.
type Store interface {
	ContactStore
	TagStore
	FieldStore
	FormStore
	ImportStore
	TimelineStore
	// Do runs fn in one transaction of a workspace, see engine.Store.
	Do(ctx context.Context, workspace string, fn func(engine.Tx) error) error
	// Offer is one that a form grants.
	Offer(ctx context.Context, workspace, id string) (crm.Offer, error)
	// WorkflowInfo is a workflow that is started for many contacts.
	WorkflowInfo(ctx context.Context, workspace, id string) (engine.WorkflowInfo, error)
}

// Deps is what the routes work with; all of it is required.
type Deps struct {
	Store  Store
	Engine *engine.Engine
	// Live tells open pages what changed.
	Live engine.Live
	// Bulk brings files in and starts workflows for many.
	Bulk *bulk.Runner
	// Base is the address on which a workspace is reached, without a trailing slash.
	Base func(workspace string) string
	// Hook keeps the address that a form calls when it is submitted.
	Hook *hook.API
	// Log is where errors end.
	Log *slog.Logger
	// Now is the clock.
	Now func() time.Time
}

// API answers the routes of contacts.
type API struct {
	*rest.Shell
	Deps
}

// New makes the API; Routes declares what it answers.
func New(shell *rest.Shell, d Deps) *API { return &API{Shell: shell, Deps: d} }
