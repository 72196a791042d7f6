package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/engine/account"
)

// route is one line of the route list: a method and path with who may use it.
type route struct {
	method, path string
	access       access
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

// access says who may use a route.
type access struct {
	// public is for callers who are nobody yet.
	public bool
	// scope is the right that is needed: in the workspace that the path names,
	// or else on the installation. "" is for everybody who is known.
	scope account.Scope
}

var (
	// everybody needs no sign-in.
	everybody = access{public: true}
	// known callers only, whatever their rights.
	known = access{}
)

// needs a right, in the workspace of the path or else on the installation.
func needs(scope account.Scope) access { return access{scope: scope} }

// bodyLimit bounds what the API reads; routes may say otherwise.
const bodyLimit = 2 << 20

func get(path string, a access, summary string) route {
	return route{method: http.MethodGet, path: path, access: a, summary: summary, status: http.StatusOK}
}

// post answers 201 unless .answers says otherwise.
func post(path string, a access, summary string) route {
	return route{method: http.MethodPost, path: path, access: a, summary: summary, status: http.StatusCreated}
}

func put(path string, a access, summary string) route {
	return route{method: http.MethodPut, path: path, access: a, summary: summary, status: http.StatusOK}
}

func patch(path string, a access, summary string) route {
	return route{method: http.MethodPatch, path: path, access: a, summary: summary, status: http.StatusOK}
}

// remove answers 204.
func remove(path string, a access, summary string) route {
	return route{method: http.MethodDelete, path: path, access: a, summary: summary, status: http.StatusNoContent}
}

// answers sets the status of success.
func (r route) answers(status int) route {
	r.status = status
	return r
}

// takes sets how large a body may be, in bytes.
func (r route) takes(limit int64) route {
	r.maxBody = limit
	return r
}

// showsOnce marks an answer with a secret in it.
func (r route) showsOnce() route {
	r.shownOnce = true
	return r
}

// redacts marks a route whose answers hold no values of runs and requests, or
// leave them out, see redact.go.
func (r route) redacts() route {
	r.valuesOut = true
	return r
}

// unnoted marks a route that changes nothing worth an entry of the audit log, or
// whose entry somebody else makes: why says so.
func (r route) unnoted(why string) route {
	r.unaudited = why
	return r
}

// handle registers a handler with huma. Any error that it returns becomes a
// problem by the table in package problem.
func handle[I, O any](a *API, r route, h func(context.Context, *I) (*O, error)) {
	op := huma.Operation{
		OperationID: operationID(r.summary), Method: r.method, Path: r.path, Summary: r.summary, Tags: []string{tagOf(r.path)},
		DefaultStatus: r.status, MaxBodyBytes: -1, BodyReadTimeout: -1,
		Middlewares: huma.Middlewares{a.admit(r), a.read(r), a.repeatable(r)},
	}
	if !r.access.public {
		op.Security = []map[string][]string{{"key": {string(r.access.scope)}}, {"session": {}}}
		if r.access.scope == "" {
			op.Security[0]["key"] = []string{}
		}
	}
	huma.Register(a.huma, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := h(ctx, in)
		if err != nil {
			return nil, a.problem(ctx, err)
		}
		a.noteChange(ctx, r, out)
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

// problem turns an error into what is sent, and logs what only the server
// knows.
func (a *API) problem(ctx context.Context, err error) *problem.Problem {
	p := problem.From(err).Traced(problem.TraceID(ctx))
	if p.Status >= http.StatusInternalServerError {
		a.Log.ErrorContext(ctx, "request failed", "code", p.Code, "error", err, "trace_id", p.TraceID)
	}
	return p
}

// fail answers a problem from a middleware.
func (a *API) fail(ctx huma.Context, err error) {
	c := humagin.Unwrap(ctx)
	problem.Write(c.Writer, a.problem(ctx.Context(), err))
	c.Abort()
}
