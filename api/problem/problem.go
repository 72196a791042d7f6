// Package problem says in one form what went wrong with a call: RFC 9457
// problem details with a stable code, a trace id, and a list of errors that
// point into what was sent. One table turns the errors of the domain into it.
package problem

import (
	"encoding/json"
	"maps"
	"math"
	"net/http"
	"strconv"
	"time"
)

// ContentType is the media type of a problem.
const ContentType = "application/problem+json"

// Problem is one answer to a call that was not done. It is an error, so that a
// handler can return it.
type Problem struct {
	// Type is where the code is explained, a path on this server.
	Type string `json:"type" doc:"Where the code is explained"`
	// Title is the same for all problems of a code.
	Title  string `json:"title" doc:"What kind of problem it is"`
	Status int    `json:"status" doc:"The HTTP status"`
	// Code is one of the Code constants; see /docs/errors.
	Code string `json:"code" doc:"A stable name for programs"`
	// Detail says what happened, which value, and what to do.
	Detail string `json:"detail" doc:"What happened and what to do"`
	// TraceID is in the server's log, and in the header X-Trace-Id.
	TraceID string `json:"trace_id,omitempty" doc:"Quote it when asking for help"`
	// Errors are all that is wrong, not only the first.
	Errors []Item `json:"errors,omitempty" doc:"Each single thing that is wrong"`

	// retryAfter is 0 when trying again needs no wait.
	retryAfter time.Duration
	// cause is for the log only.
	cause error
}

// Item is one thing that is wrong with what was sent.
type Item struct {
	// Pointer is an RFC 6901 pointer into the body; for a parameter of the
	// path, the query or a header it is "" and Parameter names it.
	Pointer   string `json:"pointer" doc:"JSON pointer into the body; empty for a parameter"`
	Parameter string `json:"parameter,omitempty" doc:"Name of the parameter of the path, the query or a header"`
	// Step is the id of the workflow step or trigger it belongs to.
	Step string `json:"step,omitempty" doc:"Id of the workflow's step or trigger"`
	Code string `json:"code" doc:"A stable name for programs"`
	// Detail is a sentence for a person. It never repeats secrets.
	Detail string `json:"detail" doc:"What is wrong and what to do"`
	// Line and Column count from 1 inside the text that Pointer names; 0 when it
	// is no place inside a text.
	Line   int `json:"line,omitempty" doc:"Line inside the text that pointer names"`
	Column int `json:"column,omitempty"`
	// Severity is "warning" for what stands in the way of nothing, else "".
	Severity string `json:"severity,omitempty" doc:"warning, or nothing"`
}

// New makes a problem of a code, which must be one of the Code constants. An
// empty detail is the code's own explanation.
func New(code, detail string, items ...Item) *Problem {
	known, ok := codes[code]
	if !ok {
		panic("problem: unknown code " + code)
	}
	if detail == "" {
		detail = known.Meaning
	}
	return &Problem{
		Type: "/docs/errors#" + code, Title: known.Title, Status: known.Status, Code: code, Detail: detail, Errors: items,
	}
}

// At makes a problem of one wrong value. pointer is the RFC 6901 pointer to it.
func At(pointer, code, detail string) *Problem {
	return New(CodeInvalid, detail, Item{Pointer: pointer, Code: code, Detail: detail})
}

// InQuery makes a problem of one wrong parameter of the query.
func InQuery(name, code, detail string) *Problem {
	return New(CodeInvalid, detail, Item{Parameter: name, Code: code, Detail: detail})
}

// After returns the problem with a wait before the next try, sent as
// Retry-After in whole seconds, at least one.
func (p *Problem) After(d time.Duration) *Problem {
	p.retryAfter = max(d, time.Second)
	return p
}

// Because returns the problem with its cause, which is logged and never sent.
func (p *Problem) Because(err error) *Problem {
	p.cause = err
	return p
}

// Error is the detail.
func (p *Problem) Error() string { return p.Detail }

// Unwrap is the cause, nil when there is none.
func (p *Problem) Unwrap() error { return p.cause }

// GetStatus is the HTTP status; it makes huma send the problem as it is.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType makes huma send problems with their own media type.
func (p *Problem) ContentType(string) string { return ContentType }

// GetHeaders are the headers that go with the problem.
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	if p.retryAfter > 0 {
		h.Set("Retry-After", RetryAfter(p.retryAfter))
	}
	if p.Status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", `Bearer realm="api"`)
	}
	return h
}

// RetryAfter writes a wait for the header of that name: whole seconds, rounded
// up, at least one.
func RetryAfter(d time.Duration) string {
	return strconv.Itoa(max(1, int(math.Ceil(d.Seconds()))))
}

// Write sends the problem as the whole answer. The trace id is set before, see
// Traced.
func Write(w http.ResponseWriter, p *Problem) {
	h := w.Header()
	maps.Copy(h, p.GetHeaders())
	h.Set("Content-Type", ContentType)
	body, err := json.Marshal(p)
	if err != nil {
		panic(err) // strings and numbers only
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(p.Status)
	_, _ = w.Write(body) // the caller hung up; nobody is left to tell
}

// Traced returns the problem with the trace id of its request.
func (p *Problem) Traced(id string) *Problem {
	p.TraceID = id
	return p
}
