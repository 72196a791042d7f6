// Package run has the routes of what happened: requests that came in, the runs that
// they began, what people do about them, jobs over many of them, and how workflows
// fare (package insight makes those answers).
package run

import (
	"context"
	"log/slog"
	"time"

	"github.com/hookloom/hookloom/api/bulk"
	"github.com/hookloom/hookloom/api/insight"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

// Store is what the routes need of the database; each part is declared beside its
// handlers.
type Store interface {
	RequestStore
	RunStore
	JobStore
	insight.Store
	// Contact is one that a run is started for.
	Contact(ctx context.Context, workspace, id string) (crm.Contact, error)
	// OfferCall is a call of an offer's address, which is a request too.
	OfferCall(ctx context.Context, workspace, id string) (engine.OfferCall, error)
}

// Deps is what the routes work with; all of it is required.
type Deps struct {
	Store  Store
	Engine *engine.Engine
	// Insight makes the figures of failures and charts.
	Insight *insight.Insight
	// Bulk does one action to many runs.
	Bulk *bulk.Runner
	// Log is where errors end.
	Log *slog.Logger
	// Now is the clock.
	Now func() time.Time
}

// API answers the routes of runs and requests.
type API struct {
	*rest.Shell
	Deps
}

// New makes the API; Routes declares what it answers.
func New(shell *rest.Shell, d Deps) *API { return &API{Shell: shell, Deps: d} }
