package rest

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"github.com/hookloom/hookloom/api/identity"
	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/crm"
)

// seat is what the API knows of one request.
type seat struct {
	caller    identity.Caller
	from      identity.From
	browser   Browser
	workspace crm.Workspace
	// object is the id that the path names, "" for none.
	object string
	// audited is set once the handler made an entry of the audit log.
	audited bool
}

type seatKey struct{}

func seatOf(ctx context.Context) *seat {
	s, ok := ctx.Value(seatKey{}).(*seat)
	if !ok {
		panic("rest: a handler runs outside of the API's routes")
	}
	return s
}

// CallerOf is who makes the request; nobody on a public route.
func CallerOf(ctx context.Context) identity.Caller { return seatOf(ctx).caller }

// WorkspaceOf is the workspace that the path names. Every read and write of a
// handler below it takes its ID: that is the scope, and nothing that the caller
// sends can name another.
func WorkspaceOf(ctx context.Context) crm.Workspace { return seatOf(ctx).workspace }

// FromOf is where the request comes from.
func FromOf(ctx context.Context) identity.From { return seatOf(ctx).from }

// BrowserOf is the browser that makes the request, as far as it matters for
// signing in and out.
func BrowserOf(ctx context.Context) Browser { return seatOf(ctx).browser }

// ReplaceWorkspace has the rest of the request see a workspace as the handler
// changed it.
func ReplaceWorkspace(ctx context.Context, ws crm.Workspace) { seatOf(ctx).workspace = ws }

// Noted says that the audit log needs no further entry of this request: the
// handler's own transaction made it, or nothing was changed.
func Noted(ctx context.Context) { seatOf(ctx).audited = true }

// CallerName names the caller in the log, "" for nobody and outside of the API's
// routes.
func CallerName(c *gin.Context) string {
	if s, ok := c.Request.Context().Value(seatKey{}).(*seat); ok {
		return s.caller.ID()
	}
	return ""
}

// Identify finds out who calls, before any route is looked at: an API key, or
// the session of a browser on a page of ours, or nobody.
func (sh *Shell) Identify(c *gin.Context) {
	r := c.Request
	s := &seat{
		from:    identity.From{IP: sh.proxies.ClientIP(r), UserAgent: r.UserAgent()},
		browser: Browser{Secure: sh.secure(r), domain: OnClientDomain(r), Token: sh.sessionToken(r), SignIn: sh.SignInToken(r)},
	}
	c.Request = r.WithContext(context.WithValue(r.Context(), seatKey{}, s))
	err := sh.callerFrom(c.Request, s)
	if err != nil {
		c.Abort()
		problem.Write(c.Writer, sh.Problem(c.Request.Context(), err))
		return
	}
	c.Next()
}

func (sh *Shell) callerFrom(r *http.Request, s *seat) (err error) {
	if header := r.Header.Get("Authorization"); header != "" {
		key, ok := account.ParseBearer(header)
		if !ok {
			return problem.New(problem.CodeUnauthenticated, "")
		}
		s.caller, err = sh.desk.ByKey(r.Context(), key)
		return err
	}
	if keyInQuery(r.URL) {
		return problem.New(problem.CodeKeyInQuery, "")
	}
	// A browser sends its cookie along with what other sites make it send.
	// Signing in is guarded too: another site must not sign its visitors in
	// here as somebody else.
	if err := sh.csrf.Check(r); err != nil {
		return problem.New(problem.CodeCrossSite, "").Because(err)
	}
	if s.browser.Token == "" {
		return nil
	}
	s.caller, err = sh.desk.BySession(r.Context(), s.browser.Token)
	if errors.Is(err, identity.ErrUnknown) {
		return nil // nobody; a public route does not mind
	}
	return err
}

// keyInQuery notices keys in the address, where every log between here and the
// caller keeps them.
func keyInQuery(u *url.URL) bool {
	if u.RawQuery == "" {
		return false
	}
	for name := range u.Query() {
		switch strings.ToLower(name) {
		case "api_key", "apikey", "api-key", "access_token", "authorization", "bearer":
			return true
		}
	}
	return false
}

// admit lets a caller pass who has the route's right, in the workspace that the
// path names. To one who has no right in a workspace it does not exist.
func (sh *Shell) admit(r Route) func(huma.Context, func(huma.Context)) {
	inWorkspace := strings.HasPrefix(r.path, WS)
	return func(ctx huma.Context, next func(huma.Context)) {
		s := seatOf(ctx.Context())
		if !r.access.public && s.caller.Anonymous() {
			sh.fail(ctx, problem.New(problem.CodeUnauthenticated, ""))
			return
		}
		if inWorkspace {
			ws, err := sh.visible(ctx.Context(), s.caller, ctx.Param("ws"))
			if err != nil {
				sh.fail(ctx, err)
				return
			}
			s.workspace = ws
		}
		s.object = ctx.Param("id")
		if r.access.scope != "" && !s.caller.Can(r.access.scope, s.workspace.ID) {
			sh.fail(ctx, problem.New(problem.CodeForbidden, Lacking(r.access.scope, inWorkspace)))
			return
		}
		if inWorkspace && !r.valuesOut && !s.caller.Can(account.PayloadsRead, s.workspace.ID) {
			sh.fail(ctx, problem.New(problem.CodeForbidden, "Your role does not show the values of runs and requests, and this would."))
			return
		}
		next(ctx)
	}
}

// Lacking says which right is missing, and who has it.
func Lacking(scope account.Scope, inWorkspace bool) string {
	switch {
	case scope == account.All:
		return "Only an owner of the whole installation may do this; an API key of one workspace cannot."
	case !inWorkspace:
		return "This needs the right " + string(scope) + " on the whole installation; an API key or a role of one workspace is not enough."
	}
	return "This needs the right " + string(scope) + " in this workspace."
}

// visible finds a workspace by id or slug among those that the caller sees.
func (sh *Shell) visible(ctx context.Context, c identity.Caller, ref string) (crm.Workspace, error) {
	ws, err := sh.store.WorkspaceByRef(ctx, ref)
	if err == nil && !c.Sees(ws.ID) {
		return crm.Workspace{}, engine.ErrNotFound
	}
	return ws, err
}

// RunsAgency tells whether a caller may change workspaces on the whole
// installation: the agency's people, and keys of theirs for all workspaces.
func RunsAgency(ctx context.Context) bool {
	return CallerOf(ctx).Can(account.WorkspacesWrite, "")
}

// May tells whether the caller has a right in the workspace that the path names.
func May(ctx context.Context, scope account.Scope) bool {
	return CallerOf(ctx).Can(scope, WorkspaceOf(ctx).ID)
}
