package agency

import (
	"context"
	"log/slog"
	"time"

	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

// ClientStore is what the routes need of the database.
type ClientStore interface {
	Store
	Workspace(ctx context.Context, id string) (crm.Workspace, error)
	// ListWorkspaces lists from the oldest; nil ids are all.
	ListWorkspaces(ctx context.Context, ids []string, p engine.Page) (engine.List[crm.Workspace], error)
}

// Deps is what the routes work with; all of it is required.
type Deps struct {
	Store ClientStore
	// Log is where errors end.
	Log *slog.Logger
	// Now is the clock.
	Now func() time.Time
}

// API answers the routes over all workspaces that a caller sees.
type API struct {
	*rest.Shell
	Deps
}

// New makes the API; Routes declares what it answers.
func New(shell *rest.Shell, d Deps) *API { return &API{Shell: shell, Deps: d} }
