package rest

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"github.com/hookloom/hookloom/api/edge"
	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/engine/account"
)

// Route is one line of the route list: a method and path with who may use it.
type Route struct {
	method, path string
	access       Access
	summary      string
	status       int
	maxBody      int64
	// shownOnce marks an answer that must not be kept for a repeated
	// Idempotency-Key, because it holds a secret.
	shownOnce bool
	// valuesOut says that an answer holds no values of runs and requests, or
	// leaves them out for who may not see them. Other routes below a workspace are
	// closed to such callers.
	valuesOut bool
	// unaudited is why no entry of the audit log is made of a change here, "" for
	// one that is made.
	unaudited string
}

// Access says who may use a route.
type Access struct {
	// public is for callers who are nobody yet.
	public bool
	// scope is the right that is needed: in the workspace that the path names,
	// or else on the installation. "" is for everybody who is known.
	scope account.Scope
}

var (
	// Everybody needs no sign-in.
	Everybody = Access{public: true}
	// Known callers only, whatever their rights.
	Known = Access{}
)

// Needs a right, in the workspace of the path or else on the installation.
func Needs(scope account.Scope) Access { return Access{scope: scope} }

// bodyLimit bounds what the API reads; routes may say otherwise.
const bodyLimit = 2 << 20

// Get reads and changes nothing.
func Get(path string, a Access, summary string) Route {
	return Route{method: http.MethodGet, path: path, access: a, summary: summary, status: http.StatusOK}
}

// Post answers 201 unless .Answers says otherwise.
func Post(path string, a Access, summary string) Route {
	return Route{method: http.MethodPost, path: path, access: a, summary: summary, status: http.StatusCreated}
}

// Put replaces a thing whole.
func Put(path string, a Access, summary string) Route {
	return Route{method: http.MethodPut, path: path, access: a, summary: summary, status: http.StatusOK}
}

// Patch changes what the body names.
func Patch(path string, a Access, summary string) Route {
	return Route{method: http.MethodPatch, path: path, access: a, summary: summary, status: http.StatusOK}
}

// Remove answers 204.
func Remove(path string, a Access, summary string) Route {
	return Route{method: http.MethodDelete, path: path, access: a, summary: summary, status: http.StatusNoContent}
}

// Answers sets the status of success.
func (r Route) Answers(status int) Route {
	r.status = status
	return r
}

// Takes sets how large a body may be, in bytes.
func (r Route) Takes(limit int64) Route {
	r.maxBody = limit
	return r
}

// ShowsOnce marks an answer with a secret in it.
func (r Route) ShowsOnce() Route {
	r.shownOnce = true
	return r
}

// Redacts marks a route whose answers hold no values of runs and requests, or
// leave them out, see redact.go.
func (r Route) Redacts() Route {
	r.valuesOut = true
	return r
}

// Unnoted marks a route that changes nothing worth an entry of the audit log, or
// whose entry somebody else makes: why says so.
func (r Route) Unnoted(why string) Route {
	r.unaudited = why
	return r
}

// Handle registers a handler with huma. Any error that it returns becomes a
// problem by the table in package problem.
func Handle[I, O any](sh *Shell, r Route, h func(context.Context, *I) (*O, error)) {
	op := huma.Operation{
		OperationID: operationID(r.summary), Method: r.method, Path: r.path, Summary: r.summary, Tags: []string{tagOf(r.path)},
		DefaultStatus: r.status, MaxBodyBytes: -1, BodyReadTimeout: -1,
		Middlewares: huma.Middlewares{sh.admit(r), sh.read(r), sh.repeatable(r)},
	}
	if !r.access.public {
		op.Security = []map[string][]string{{"key": {string(r.access.scope)}}, {"session": {}}}
		if r.access.scope == "" {
			op.Security[0]["key"] = []string{}
		}
	}
	huma.Register(sh.huma, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := h(ctx, in)
		if err != nil {
			return nil, sh.Problem(ctx, err)
		}
		sh.noteChange(ctx, r, out)
		return out, nil
	})
}

// operationID makes "create-a-workflow" of "Create a workflow". Huma refuses
// nothing that is there twice, so addOperation in the tests does.
func operationID(summary string) string {
	words := strings.FieldsFunc(strings.ToLower(summary), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	return strings.Join(words, "-")
}

// tagOf groups routes by their resource: the first word below the workspace.
func tagOf(path string) string {
	path = strings.TrimPrefix(path, "/workspaces/{ws}/")
	path = strings.TrimPrefix(path, "/")
	tag, _, _ := strings.Cut(path, "/")
	return tag
}

// Problem turns an error into what is sent, and logs what only the server
// knows.
func (sh *Shell) Problem(ctx context.Context, err error) *problem.Problem {
	p := problem.From(err).Traced(problem.TraceID(ctx))
	if p.Status >= http.StatusInternalServerError {
		sh.log.ErrorContext(ctx, "request failed", "code", p.Code, "error", err, "trace_id", p.TraceID)
	}
	return p
}

// fail answers a problem from a middleware.
func (sh *Shell) fail(ctx huma.Context, err error) {
	c := humagin.Unwrap(ctx)
	problem.Write(c.Writer, sh.Problem(ctx.Context(), err))
	c.Abort()
}

// Refuse answers a problem outside of huma.
func (sh *Shell) Refuse(c *gin.Context, p *problem.Problem) {
	edge.Headers(c)
	problem.Write(c.Writer, p.Traced(problem.TraceID(c.Request.Context())))
	c.Abort()
}

// WS is where the routes of a workspace begin.
const WS = "/workspaces/{ws}"
