// Package template has the routes of what goes from one workspace to others: templates
// with their versions and links, clones of them for clients, pushes of new versions to
// clones, and workspaces as files.
package template

import (
	"context"
	"log/slog"
	"time"

	"github.com/hookloom/hookloom/api/access"
	"github.com/hookloom/hookloom/api/bulk"
	"github.com/hookloom/hookloom/api/hook"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/api/run"
	"github.com/hookloom/hookloom/api/transfer"
	flow "github.com/hookloom/hookloom/api/workflow"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/rollout"
	"github.com/hookloom/hookloom/nodes"
)

// Store is what the routes need of the database; each part is declared beside its
// handlers.
type Store interface {
	TemplateStore
	PushStore
	transfer.Store
	HomeStore
}

// HomeStore reads and makes what workflows of a template use.
type HomeStore interface {
	CreateCustomValue(ctx context.Context, workspace string, v *crm.CustomValue) error
	CreateField(ctx context.Context, workspace string, f *crm.Field) error
	CustomValues(ctx context.Context, workspace string) (map[string]any, error)
	Job(ctx context.Context, workspace, id string) (engine.Job, error)
	ListCustomValues(ctx context.Context, workspace string, p engine.Page) (engine.List[crm.CustomValue], error)
	ListFields(ctx context.Context, workspace string, p engine.Page) (engine.List[crm.Field], error)
	ListForms(ctx context.Context, workspace string, p engine.Page) (engine.List[crm.Form], error)
	ListOffers(ctx context.Context, workspace string, p engine.Page) (engine.List[crm.Offer], error)
	ListTags(ctx context.Context, workspace string, p engine.Page) (engine.List[crm.Tag], error)
}

// Deps is what the routes work with; all of it is required.
type Deps struct {
	Store    Store
	Engine   *engine.Engine
	Registry *nodes.Registry
	// Bulk clones for many clients.
	Bulk *bulk.Runner
	// Pusher brings new versions to clones.
	Pusher *rollout.Pusher
	// Access knows the workspaces that a caller sees.
	Access *access.API
	// Hook says which addresses can be called.
	Hook *hook.API
	// Run shows the jobs of clones.
	Run *run.API
	// Workflow shows what was cloned.
	Workflow *flow.API
	// Base is the address on which a workspace is reached, without a trailing slash.
	Base func(workspace string) string
	// Log is where errors end.
	Log *slog.Logger
	// Now is the clock.
	Now func() time.Time
}

// API answers the routes of templates, clones, pushes and files.
type API struct {
	*rest.Shell
	Deps
}

// New makes the API; Routes declares what it answers.
func New(shell *rest.Shell, d Deps) *API { return &API{Shell: shell, Deps: d} }
