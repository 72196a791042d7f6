package problem

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/hookloom/hookloom/engine/value"
)

// huma makes its errors through package variables; from here on they are
// problems. The values that huma quotes are left out: they may be secrets.
func init() {
	huma.NewError = func(status int, message string, errs ...error) huma.StatusError {
		return FromHuma(status, message, errs...)
	}
	huma.NewErrorWithContext = func(ctx huma.Context, status int, message string, errs ...error) huma.StatusError {
		p := FromHuma(status, message, errs...)
		if ctx == nil {
			return p
		}
		return p.Traced(TraceID(ctx.Context()))
	}
}

// byStatus are the codes of what huma refuses by itself.
var byStatus = map[int]string{
	http.StatusBadRequest: CodeMalformed, http.StatusUnauthorized: CodeUnauthenticated, http.StatusForbidden: CodeForbidden,
	http.StatusNotFound: CodeNotFound, http.StatusMethodNotAllowed: CodeMethodNotAllowed, http.StatusRequestTimeout: CodeTimeout,
	http.StatusRequestEntityTooLarge: CodeTooLarge, http.StatusUnsupportedMediaType: CodeUnsupported,
	http.StatusUnprocessableEntity: CodeInvalid, http.StatusConflict: CodeWrongState,
}

// FromHuma makes a problem of what huma found wrong with a request. A value
// that is missing, of the wrong type or out of its range becomes an item with a
// pointer; several in a parameter make the request malformed.
func FromHuma(status int, message string, errs ...error) *Problem {
	if len(errs) == 1 {
		if p := From(errs[0]); p.Code != CodeInternal {
			return p
		}
	}
	code, known := byStatus[status]
	if !known {
		code = CodeInternal
		var cause error
		if len(errs) > 0 {
			cause = errs[0]
		}
		return New(code, "").Because(cause)
	}
	p := New(code, "")
	for _, err := range errs {
		if detailed, ok := err.(huma.ErrorDetailer); ok {
			p.Errors = append(p.Errors, item(detailed.ErrorDetail()))
		}
	}
	switch {
	case code == CodeMalformed && len(p.Errors) > 0:
		p.Detail = "The body is not valid JSON: " + strings.ToLower(p.Errors[0].Detail[:1]) + p.Errors[0].Detail[1:]
		p.Errors = nil
	case code == CodeInvalid && len(p.Errors) == 1:
		p.Detail = p.Errors[0].Detail
	case code == CodeMalformed && message != "":
		p.Detail = sentence(message)
	}
	return p
}

// item turns huma's location (body.items[0].name) into a pointer and its words
// into ours.
func item(d *huma.ErrorDetail) Item {
	place, path, _ := strings.Cut(d.Location, ".")
	name := ""
	it := Item{Code: "invalid"}
	switch place {
	case "body":
		it.Pointer = pointer(path)
	case "":
	default:
		name = path
	}
	it.Code, it.Detail = words(d.Message)
	if missing, ok := strings.CutPrefix(d.Message, "expected required property "); ok {
		it.Pointer += pointer(strings.TrimSuffix(missing, " to be present"))
	}
	if it.Code == "unknown" && it.Pointer == "" {
		it.Pointer = pointer(path)
	}
	if name != "" {
		it.Parameter = name
		it.Detail = "The parameter " + name + ": " + strings.ToLower(it.Detail[:1]) + it.Detail[1:]
	}
	return it
}

// pointer turns items[0].name into /items/0/name.
func pointer(path string) string {
	if path == "" {
		return ""
	}
	path = value.EscapeKey(path)
	path = strings.NewReplacer("[", ".", "]", "").Replace(path)
	return "/" + strings.ReplaceAll(strings.TrimPrefix(path, "."), ".", "/")
}

// phrases turn huma's messages, by their beginning, into a code and words that
// say what to do. %s takes the rest of huma's message.
var phrases = []struct{ begins, code, text string }{
	{"expected required property", "required", "This is required."},
	{"required ", "required", "This is required."},
	{"unexpected property", "unknown", "There is no such field. Check its spelling."},
	{"expected string to be RFC 3339 date-time", "invalid", "This must be a time such as 2026-03-01T12:00:00Z."},
	{"invalid date/time", "invalid", "This must be a time such as 2026-03-01T12:00:00Z."},
	{"invalid boolean", "wrong_type", "This must be true or false."},
	{"invalid float", "wrong_type", "This must be a number."},
	{"invalid value", "invalid", "This cannot be read."},
	{"expected string to match pattern", "invalid", "This does not have the right form."},
	{"expected string", "wrong_type", "This must be a text."},
	{"expected boolean", "wrong_type", "This must be true or false."},
	{"expected integer", "wrong_type", "This must be a whole number."},
	{"invalid integer", "wrong_type", "This must be a whole number."},
	{"expected number >= ", "too_small", "This must be at least %s."},
	{"expected number <= ", "too_large", "This must be at most %s."},
	{"expected number", "wrong_type", "This must be a number."},
	{"expected array length >= ", "too_few", "This needs at least %s entries."},
	{"expected array length <= ", "too_many", "This takes at most %s entries."},
	{"expected array", "wrong_type", "This must be a list."},
	{"expected object", "wrong_type", "This must be an object."},
	{"expected length >= 1", "required", "This cannot be empty."},
	{"expected length >= ", "too_short", "This needs at least %s characters."},
	{"expected length <= ", "too_long", "This takes at most %s characters."},
	{"expected value to be one of ", "invalid", "This must be one of %s."},
}

func words(message string) (code, text string) {
	for _, p := range phrases {
		if rest, ok := strings.CutPrefix(message, p.begins); ok {
			return p.code, strings.Replace(p.text, "%s", strings.Trim(rest, `"`), 1)
		}
	}
	return "invalid", sentence(message)
}

type traceKey struct{}

// WithTrace returns a context that carries the trace id of a request.
func WithTrace(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, traceKey{}, id)
}

// TraceID is the trace id of a request, "" outside of one.
func TraceID(ctx context.Context) string {
	id, _ := ctx.Value(traceKey{}).(string)
	return id
}
