// Package workflow has the routes of workflows and their versions: editing, publishing
// and pausing them, what waits for them, and what the canvas asks while somebody builds
// one (package editor makes those answers).
package workflow

import (
	"context"
	"time"

	"github.com/hookloom/hookloom/api/editor"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/nodes"
)

// Store is what the routes need of the database; each part is declared beside its
// handlers.
type Store interface {
	WorkflowStore
	VersionStore
	ChecklistStore
	RunStore
	// Do runs fn in one transaction of a workspace, see engine.Store.
	Do(ctx context.Context, workspace string, fn func(engine.Tx) error) error
}

// RunStore reads what came to workflows.
type RunStore interface {
	Run(ctx context.Context, workspace, id string) (engine.Run, error)
	ListRuns(ctx context.Context, workspace string, by engine.RunFilter, p engine.Page) (engine.List[engine.Run], error)
	Request(ctx context.Context, workspace, id string) (engine.Request, error)
	ListRequests(ctx context.Context, workspace string, by engine.RequestFilter, p engine.Page) (engine.List[engine.Request], error)
}

// Deps is what the routes work with; all of it is required.
type Deps struct {
	Store    Store
	Engine   *engine.Engine
	Registry *nodes.Registry
	// Editor makes previews, samples and suggestions.
	Editor *editor.Editor
	// Base is the address on which a workspace is reached, without a trailing slash.
	Base func(workspace string) string
	// SendsMail says that e-mails go out, rather than stay in the outbox.
	SendsMail bool
	// Now is the clock.
	Now func() time.Time
}

// API answers the routes of workflows.
type API struct {
	*rest.Shell
	Deps
}

// New makes the API; Routes declares what it answers.
func New(shell *rest.Shell, d Deps) *API { return &API{Shell: shell, Deps: d} }
