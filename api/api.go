// Package api is the HTTP side of Hookloom: the ingress of webhooks, the REST
// API with its documentation, the stream of changes, and what operators ask.
// It puts the areas of the API together (areas.go, routes.go), which are the
// packages below it: each lists its routes with who may use them, and declares
// what it needs of the database next to the handlers that need it.
package api

import (
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/hookloom/hookloom/api/access"
	"github.com/hookloom/hookloom/api/agency"
	"github.com/hookloom/hookloom/api/branding"
	"github.com/hookloom/hookloom/api/bulk"
	"github.com/hookloom/hookloom/api/contact"
	"github.com/hookloom/hookloom/api/edge"
	"github.com/hookloom/hookloom/api/editor"
	"github.com/hookloom/hookloom/api/hook"
	"github.com/hookloom/hookloom/api/hosted"
	"github.com/hookloom/hookloom/api/identity"
	"github.com/hookloom/hookloom/api/ingress"
	"github.com/hookloom/hookloom/api/insight"
	"github.com/hookloom/hookloom/api/kajabi"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/api/run"
	"github.com/hookloom/hookloom/api/sale"
	"github.com/hookloom/hookloom/api/setting"
	"github.com/hookloom/hookloom/api/template"
	"github.com/hookloom/hookloom/api/workflow"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/brand"
	"github.com/hookloom/hookloom/engine/rollout"
	"github.com/hookloom/hookloom/nodes"
)

// Deps is what the API works with. Engine, Store, Registry, Live and Desk are
// required.
type Deps struct {
	Engine   *engine.Engine
	Store    Store
	Registry *nodes.Registry
	Live     engine.Live
	// Desk knows who calls; app makes it, because commands use it too.
	Desk *identity.Desk
	// Bulk does one action to many runs in the background; app starts and stops
	// it. nil makes one that looks for no jobs of others.
	Bulk *bulk.Runner
	// Pusher brings new versions of templates to clones; app starts and stops it.
	// nil makes one that works only when it is asked.
	Pusher *rollout.Pusher
	// Brands tells which brand counts where; nil makes one over Store.
	Brands *brand.Directory
	// HTTP is the guarded client, by which domains are checked; nil checks none.
	HTTP nodes.HTTPClient
	// UI serves every path that is none of the API's; nil answers 404.
	UI http.Handler
	// Checks are what /readyz asks, in order.
	Checks []Check
	// Metrics is where counters are kept and /metrics reads; nil makes one.
	Metrics *prometheus.Registry
	Config  Config
	// Log is where errors end; nil discards them.
	Log *slog.Logger
	// Now is the clock; nil means time.Now.
	Now func() time.Time
}

// Config is what the operator decides.
type Config struct {
	// BaseURL is the address that people and senders use, without a trailing
	// slash.
	BaseURL string
	// MaxBodyBytes bounds a webhook's body; 0 means 1 MiB.
	MaxBodyBytes int64
	// TrustedProxies are addresses and CIDRs whose forwarding headers are
	// believed.
	TrustedProxies []string
	// MetricsToken opens /metrics as a bearer token; "" opens it to this
	// machine only.
	MetricsToken string
	// SendsMail says that e-mails go out, rather than stay in the outbox.
	SendsMail bool
	// HistoryDays is how long finished runs and requests are kept; 0 for ever.
	HistoryDays int
	// Version is shown in the documentation and by /healthz.
	Version string
}

// Store is what the API needs of the database. Each part is declared by
// the area that uses it. Calls return engine.ErrNotFound for what is not
// there or belongs to another workspace, and engine.ErrUnavailable when the
// database is away.
type Store interface {
	identity.Store
	rest.Store
	BackupStore
	access.Store
	agency.ClientStore
	branding.Store
	contact.Store
	editor.Store
	hook.Store
	insight.Store
	kajabi.Store
	run.Store
	sale.Store
	setting.Store
	template.Store
	workflow.Store
}

// API answers HTTP requests: what is asked of one area, the area answers.
type API struct {
	Deps
	*rest.Shell

	// The areas of the API, each with its routes.
	access   *access.API
	agency   *agency.API
	branding *branding.API
	contact  *contact.API
	hook     *hook.API
	run      *run.API
	sale     *sale.API
	setting  *setting.API
	template *template.API
	workflow *workflow.API

	proxies edge.Proxies
	hooks   *ingress.Hooks
	forms   *hosted.Pages
	kajabi  *kajabi.API
	streams *streams
	docs    docs
}

// New makes the handler of everything, which is an edge.Stopper. It panics when a required dependency is
// missing, and on a trusted proxy that cannot be read, which the configuration
// refuses earlier.
func New(d Deps) http.Handler {
	if d.Engine == nil || d.Store == nil || d.Registry == nil || d.Live == nil || d.Desk == nil {
		panic("api: Engine, Store, Registry, Live and Desk are required")
	}
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	if d.Now == nil {
		d.Now = time.Now
	}
	if d.Bulk == nil {
		d.Bulk = bulk.New(d.Store, d.Engine, d.Now, d.Log)
	}
	if d.Pusher == nil {
		d.Pusher = rollout.NewPusher(rollout.PusherDeps{Store: d.Store, Engine: d.Engine, Now: d.Now, Log: d.Log, Live: d.Live})
	}
	if d.Metrics == nil {
		d.Metrics = prometheus.NewRegistry()
	}
	if d.Brands == nil {
		d.Brands = brand.NewDirectory(brand.Config{Store: d.Store, BaseURL: d.Config.BaseURL, Now: d.Now, Log: d.Log})
	}
	proxies, err := edge.ParseProxies(d.Config.TrustedProxies)
	if err != nil {
		panic("api: trusted proxies: " + err.Error())
	}
	a := &API{Deps: d, proxies: proxies, streams: newStreams()}
	a.Shell = rest.New(rest.Deps{Store: d.Store, Desk: d.Desk, Proxies: proxies, BaseURL: d.Config.BaseURL, Log: d.Log, Now: d.Now})
	a.hooks = ingress.New(ingress.Deps{
		Engine: d.Engine, Offers: d.Engine, Proxies: proxies, BaseURL: d.Config.BaseURL, Base: func(host string) string { return d.Brands.At(host).Base }, MaxBodyBytes: d.Config.MaxBodyBytes,
		Metrics: d.Metrics, Log: d.Log, Now: d.Now,
	})
	a.forms = hosted.New(hosted.Deps{Store: a.Store, Live: d.Live, Wake: d.Engine.WakeEvents, Proxies: proxies, Brands: d.Brands, Now: d.Now, Log: d.Log})
	a.kajabi = kajabi.New(kajabi.Deps{
		Store: a.Store, Engine: d.Engine, Desk: d.Desk, Live: d.Live, ClientIP: proxies.ClientIP, MayHook: hook.HasHooks, BaseURL: d.Config.BaseURL,
		Now: d.Now, Log: d.Log,
	})
	a.areas()
	a.registerJobs()
	return a.router()
}

// router joins the parts. Webhooks come first and pass nothing else: they are
// the many.
func (a *API) router() http.Handler {
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	r.HandleMethodNotAllowed = true
	r.RedirectTrailingSlash = false
	_ = r.SetTrustedProxies(nil) // cannot fail: gin's own reading of addresses is switched off
	a.routes(r)
	return &handler{api: a, rest: r}
}

// handler is the outermost: webhooks go straight to the ingress.
type handler struct {
	api  *API
	rest http.Handler
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case edge.TooManyHeaders(r.Header):
		refuseHeaders(w)
	case strings.HasPrefix(r.URL.Path, ingress.Prefix):
		h.api.hooks.ServeHTTP(w, r)
	case strings.HasPrefix(r.URL.Path, ingress.OfferPrefix):
		h.api.hooks.ServeOffer(w, r)
	case r.URL.Path == "/healthz":
		h.rest.ServeHTTP(w, r) // says that the process lives, also while the database that knows the domains does not
	default:
		h.rest.ServeHTTP(w, h.api.placed(r))
	}
}

// Stop ends the open streams, so that the server's Shutdown does not wait for
// them. It implements edge.Stopper.
func (h *handler) Stop() { h.api.streams.stop() }
