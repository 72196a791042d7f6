// Package rest is what the resources of the API share: how a route is declared
// and who may use it (Handle), who calls (CallerOf, WorkspaceOf, May), parts of
// lists (Paging, NewList), revisions (Match), calls that may be repeated, the audit
// log, and how plain values are shown. A resource is a package beside this one: it
// embeds a Shell, declares what it needs of the database, and lists its routes.
package rest

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/hookloom/hookloom/api/edge"
	"github.com/hookloom/hookloom/api/identity"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

// Store is what every route needs of the database.
type Store interface {
	AnswerStore
	// WorkspaceByRef finds a workspace by id or slug, engine.ErrNotFound for none.
	WorkspaceByRef(ctx context.Context, ref string) (crm.Workspace, error)
	// Audit adds an entry to the audit log.
	Audit(ctx context.Context, e engine.AuditEntry) error
}

// Deps is what a Shell works with. All but Proxies are required, unless nothing is
// ever called.
type Deps struct {
	Store Store
	// Desk knows who calls.
	Desk *identity.Desk
	// Proxies are those whose forwarding headers are believed.
	Proxies edge.Proxies
	// BaseURL is the address that people use; its host counts as reached over https
	// when it says so, and its pages may call.
	BaseURL string
	// Log is where errors end.
	Log *slog.Logger
	// Now is the clock.
	Now func() time.Time
}

// Shell stands around the handlers of all resources. Embed it in what has them.
type Shell struct {
	store   Store
	desk    *identity.Desk
	proxies edge.Proxies
	log     *slog.Logger
	now     func() time.Time

	huma huma.API
	csrf *http.CrossOriginProtection
	// drafts are those that people edit just now.
	drafts sittings
	// baseHost is the host of the base URL when it is https, else "".
	baseHost string
}

// New makes the shell of one API. Mount must follow before routes are declared.
func New(d Deps) *Shell {
	sh := &Shell{store: d.Store, desk: d.Desk, proxies: d.Proxies, log: d.Log, now: d.Now, csrf: http.NewCrossOriginProtection()}
	if base, err := url.Parse(d.BaseURL); err == nil && base.Host != "" {
		if base.Scheme == "https" {
			sh.baseHost = base.Host
		}
		if err := sh.csrf.AddTrustedOrigin(base.Scheme + "://" + base.Host); err != nil {
			d.Log.Warn("the public address is no origin", "error", err)
		}
	}
	return sh
}

// Mount says where Handle registers routes.
func (sh *Shell) Mount(api huma.API) { sh.huma = api }

// OpenAPI describes the routes that were declared so far.
func (sh *Shell) OpenAPI() *huma.OpenAPI { return sh.huma.OpenAPI() }
