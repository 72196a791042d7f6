// Package kajabi is the part of the HTTP side that speaks as Kajabi's public API
// does, at /v1: JSON:API bodies and errors, tokens for client credentials, hooks
// with their samples, contacts, offers, tags, forms and purchases by their
// numbers. A site is a workspace.
//
// Source: developers.kajabi.com, "Create hook" and the pages beside it.
package kajabi

import (
	"context"
	"crypto/subtle"
	"errors"
	"log/slog"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"

	"github.com/hookloom/hookloom/api/identity"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/secret"
)

// Prefix begins every path of this API.
const Prefix = "/v1/"

// Version is the version of Kajabi's API that is spoken here.
const Version = "1.0.1"

// Store is what this API needs of the database. Calls return engine.ErrNotFound
// for what is not there or belongs to another workspace.
type Store interface {
	Do(ctx context.Context, workspace string, fn func(engine.Tx) error) error
	// Numbered finds a thing by its number, see storage.
	Numbered(ctx context.Context, workspace, kind, ref string) (id string, number int64, err error)
	SiteByNumber(ctx context.Context, number int64) (crm.Workspace, error)
	Workspace(ctx context.Context, id string) (crm.Workspace, error)
	ListWorkspaces(ctx context.Context, ids []string, p engine.Page) (engine.List[crm.Workspace], error)

	Hook(ctx context.Context, workspace, id string) (engine.Hook, error)
	HookByNumber(ctx context.Context, workspace string, number int64) (engine.Hook, error)
	PageHooks(ctx context.Context, workspace string, by engine.HookFilter, page, size int) ([]engine.Hook, int64, error)

	Contact(ctx context.Context, workspace, id string) (crm.Contact, error)
	Offer(ctx context.Context, workspace, id string) (crm.Offer, error)
	Tag(ctx context.Context, workspace, id string) (crm.Tag, error)
	Form(ctx context.Context, workspace, id string) (crm.Form, error)
	Purchase(ctx context.Context, workspace, id string) (crm.Purchase, error)
	ContactOffers(ctx context.Context, workspace, contactID string) ([]crm.Offer, error)
	EnsureTag(ctx context.Context, workspace, name string) (crm.Tag, error)
	// PageIDs lists the ids of contacts, offers, tags or forms from the oldest;
	// email narrows contacts. page counts from 1.
	PageIDs(ctx context.Context, workspace, kind, email string, page, size int) (ids []string, total int64, err error)

	Audit(ctx context.Context, e engine.AuditEntry) error
	// PutKeyTokens stores a pair of tokens of a key.
	PutKeyTokens(ctx context.Context, tokens []account.KeyToken) error
	// KeyToken finds a token that has not ended, with the hash of its key.
	KeyToken(ctx context.Context, hash []byte, now time.Time) (t account.KeyToken, keyHash []byte, err error)
	// DropKeyTokens ends a pair; nothing happens when there is none.
	DropKeyTokens(ctx context.Context, pair string) error
}

// Deps is what the API works with; all but Log and Now are required.
type Deps struct {
	Store  Store
	Engine *engine.Engine
	Desk   *identity.Desk
	Live   engine.Live
	// ClientIP tells who calls, behind trusted proxies too.
	ClientIP func(*http.Request) netip.Addr
	// MayHook refuses hooks in a workspace without them.
	MayHook func(crm.Workspace) error
	BaseURL string
	Now     func() time.Time
	Log     *slog.Logger
}

// API answers the requests below /v1/.
type API struct {
	Deps
	mux     *http.ServeMux
	callers *lru.Cache[string, *rate.Limiter]
}

// The limits of callers: requests a second of one key, and tries for a token of
// one address.
const (
	callsPerSecond, callsBurst   = 50, 200
	tokensPerSecond, tokensBurst = 1, 20
	maxCallers                   = 10_000
	maxBody                      = 1 << 20
	bodyTime                     = 15 * time.Second
)

// New makes the API.
func New(d Deps) *API {
	if d.Now == nil {
		d.Now = time.Now
	}
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	callers, err := lru.New[string, *rate.Limiter](maxCallers)
	if err != nil {
		panic(err) // only a size below one is refused
	}
	a := &API{Deps: d, mux: http.NewServeMux(), callers: callers}
	a.routes()
	return a
}

// routes is the list of what there is.
func (a *API) routes() {
	a.mux.HandleFunc("GET /v1/version", func(w http.ResponseWriter, _ *http.Request) {
		send(w, http.StatusOK, map[string]any{"version": Version})
	})
	a.mux.HandleFunc("POST /v1/oauth/token", a.token)
	a.mux.HandleFunc("POST /v1/oauth/revoke", a.revoke)
	for pattern, h := range map[string]handler{
		"GET /v1/me": (*call).me, "GET /v1/sites": (*call).listSites, "GET /v1/sites/{id}": (*call).getSite,

		"GET /v1/hooks": (*call).listHooks, "POST /v1/hooks": (*call).createHook, "GET /v1/hooks/{id}": (*call).getHook,
		"DELETE /v1/hooks/{id}": (*call).deleteHook,

		"GET /v1/contacts": (*call).listContacts, "POST /v1/contacts": (*call).createContact, "GET /v1/contacts/{id}": (*call).getContact,
		"PATCH /v1/contacts/{id}":                      (*call).patchContact,
		"GET /v1/contacts/{id}/relationships/offers":   (*call).contactOffers,
		"POST /v1/contacts/{id}/relationships/offers":  (*call).changeOffers,
		"PATCH /v1/contacts/{id}/relationships/offers": (*call).changeOffers, "DELETE /v1/contacts/{id}/relationships/offers": (*call).changeOffers,
		"GET /v1/contacts/{id}/relationships/tags": (*call).contactTags, "POST /v1/contacts/{id}/relationships/tags": (*call).changeTags,
		"PATCH /v1/contacts/{id}/relationships/tags": (*call).changeTags, "DELETE /v1/contacts/{id}/relationships/tags": (*call).changeTags,

		"GET /v1/offers": (*call).listOffers, "GET /v1/offers/{id}": (*call).getOffer,
		"GET /v1/contact_tags": (*call).listTags, "GET /v1/contact_tags/{id}": (*call).getTag, "POST /v1/contact_tags": (*call).createTag,
		"GET /v1/forms": (*call).listForms, "GET /v1/forms/{id}": (*call).getForm, "POST /v1/forms/{id}/submit": (*call).submitForm,
		"GET /v1/purchases/{id}": (*call).getPurchase, "POST /v1/purchases/{id}/{action}": (*call).changePurchase,
	} {
		a.mux.HandleFunc(pattern, a.serve(h))
	}
}

// ServeHTTP answers a request below /v1/.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	control := http.NewResponseController(w)
	// The errors are of writers that know no deadlines, such as a test's.
	_ = control.SetReadDeadline(time.Now().Add(bodyTime))
	defer func() { _ = control.SetReadDeadline(time.Time{}) }()
	_, pattern := a.mux.Handler(r)
	if pattern == "" {
		probe := r.Clone(r.Context())
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPatch, http.MethodDelete} {
			probe.Method = method
			if _, other := a.mux.Handler(probe); other != "" {
				refuse(w, &failure{status: http.StatusMethodNotAllowed, title: "Method not allowed", detail: "This address does not take " + r.Method + "."})
				return
			}
		}
		refuse(w, notFound)
		return
	}
	a.mux.ServeHTTP(w, r)
}

// call is one request with who makes it.
type call struct {
	*API
	w      http.ResponseWriter
	r      *http.Request
	ctx    context.Context
	caller identity.Caller
}

// handler answers a call; its error is a *failure, or one of the domain.
type handler func(*call) error

func (a *API) serve(h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		c := &call{API: a, w: w, r: r, ctx: r.Context()}
		err := c.identify()
		if err == nil {
			err = h(c)
		}
		if err != nil {
			c.fail(err)
		}
	}
}

func (c *call) fail(err error) {
	f := failureOf(err)
	if f.status >= http.StatusInternalServerError && !errors.Is(err, engine.ErrUnavailable) {
		c.Log.ErrorContext(c.ctx, "request failed", "path", c.r.URL.Path, "error", err)
	}
	refuse(c.w, f)
}

// identify finds out who calls: an access token of this API, or an API key
// itself.
func (c *call) identify() (err error) {
	text, ok := account.ParseBearer(c.r.Header.Get("Authorization"))
	if !ok {
		return unauthorized
	}
	if strings.HasPrefix(text.Reveal(), account.AccessPrefix) {
		c.caller, _, err = c.byToken(c.ctx, text.Reveal(), account.TokenAccess)
	} else {
		c.caller, err = c.Desk.ByKey(c.ctx, text)
	}
	if err != nil {
		return err
	}
	if wait, ok := c.within(c.caller.ID(), callsPerSecond, callsBurst); !ok {
		return tooMany(wait)
	}
	return nil
}

// within takes one request from a caller's share, or tells when there is one.
func (a *API) within(caller string, perSecond, burst int) (time.Duration, bool) {
	bucket, known := a.callers.Get(caller)
	if !known {
		bucket = rate.NewLimiter(rate.Limit(perSecond), burst)
		a.callers.Add(caller, bucket)
	}
	now := a.Now()
	reserved := bucket.ReserveN(now, 1)
	if wait := reserved.DelayFrom(now); wait > 0 {
		reserved.CancelAt(now)
		return wait, false
	}
	return 0, true
}

// byToken finds the caller whom a token of this API stands for.
func (a *API) byToken(ctx context.Context, text, kind string) (identity.Caller, account.KeyToken, error) {
	t, keyHash, err := a.Store.KeyToken(ctx, secret.HashToken(text), a.Now())
	if errors.Is(err, engine.ErrNotFound) || err == nil && subtle.ConstantTimeCompare([]byte(t.Kind), []byte(kind)) != 1 {
		return identity.Caller{}, t, identity.ErrUnknown
	}
	if err != nil {
		return identity.Caller{}, t, err
	}
	caller, err := a.Desk.ByKeyHash(ctx, keyHash)
	return caller, t, err
}

// needs refuses a caller without one of these rights in a workspace. theirs are
// Kajabi's names of them, for the message.
func (c *call) needs(ws crm.Workspace, theirs string, rights ...account.Scope) error {
	for _, right := range rights {
		if !c.caller.Can(right, ws.ID) {
			return &failure{status: http.StatusForbidden, title: "Forbidden", detail: "The API key lacks the permission " + theirs + " (" + string(right) + " in this installation)."}
		}
	}
	return nil
}

// id reads the number in the path.
func (c *call) id() (int64, error) { return number(c.r.PathValue("id")) }

func number(text string) (int64, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 1 {
		return 0, notFound
	}
	return n, nil
}

// audit notes what was done, by whom; a log that cannot be written stops nobody.
func (c *call) audit(ws crm.Workspace, action, kind, id string, detail map[string]any) {
	e := engine.AuditEntry{
		Workspace: ws.ID, ActorID: c.caller.ID(), ActorName: c.caller.Name, Action: action, ObjectKind: kind, ObjectID: id, Detail: detail, At: c.Now(),
	}
	if ip := c.ClientIP(c.r); ip.IsValid() {
		e.IP = ip.String()
	}
	if err := c.Store.Audit(context.WithoutCancel(c.ctx), e); err != nil {
		c.Log.ErrorContext(c.ctx, "cannot write the audit log", "action", action, "object", id, "error", err)
	}
}

// published says what changed, after the commit.
func (c *call) published(ws crm.Workspace, contactID string) {
	c.Engine.WakeEvents()
	c.Live.Publish(engine.Change{Workspace: ws.ID, Kind: engine.ChangeContact, ID: contactID})
}
