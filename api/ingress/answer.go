package ingress

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/textproto"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/hookloom/hookloom/api/edge"
	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/nodes"
)

// Headers of every answer. A workflow's own words come from our origin: the
// sandbox keeps a page among them from acting as ours.
var (
	sandbox     = []string{"sandbox; default-src 'none'; frame-ancestors 'none'"}
	nosniff     = []string{"nosniff"}
	noStore     = []string{"no-store"}
	jsonType    = []string{"application/json"}
	problemType = []string{problem.ContentType}
	plainType   = []string{"text/plain; charset=utf-8"}
)

// answer tells the sender what became of its request, after the commit.
func (h *Hooks) answer(w http.ResponseWriter, a engine.Answer) {
	switch a.Verdict {
	case nodes.Accepted, nodes.Duplicate, nodes.Held, nodes.Filtered, nodes.Handshake:
		if a.Reply != nil && (!a.Test || a.Verdict == nodes.Handshake) {
			reply(w, a)
			return
		}
		stored(w, a)
	default:
		refuse(w, a)
	}
}

var buffers = sync.Pool{New: func() any { b := make([]byte, 0, 512); return &b }}

// stored writes the standard answer. Ids hold nothing that JSON must escape.
func stored(w http.ResponseWriter, a engine.Answer) {
	pooled := buffers.Get().(*[]byte)
	b := (*pooled)[:0]
	b = append(b, '{')
	if a.Test {
		b = append(b, `"test":true,`...)
	}
	b = append(b, `"request_id":"`...)
	b = append(b, a.RequestID...)
	b = append(b, `","verdict":"`...)
	b = append(b, a.Verdict...)
	b = append(b, `","run_ids":[`...)
	if !a.Test {
		for i, id := range a.RunIDs {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(b, '"')
			b = append(b, id...)
			b = append(b, '"')
		}
	}
	b = append(b, ']')
	if a.Reason != "" && a.Verdict != nodes.Accepted {
		text, _ := json.Marshal(a.Reason) // a string
		b = append(append(b, `,"reason":`...), text...)
	}
	b = append(b, "}\n"...)
	status := statusOf(a, http.StatusOK)
	if a.Reply != nil {
		status = http.StatusAccepted // a test shows the standard answer, not the trigger's own
	}
	write(w, status, jsonType, b)
	*pooled = b
	buffers.Put(pooled)
}

func statusOf(a engine.Answer, otherwise int) int {
	if a.Status < 100 || a.Status > 599 {
		return otherwise
	}
	return a.Status
}

func write(w http.ResponseWriter, status int, mediaType []string, body []byte) {
	header := w.Header()
	header["Content-Type"] = mediaType
	header["Content-Length"] = []string{strconv.Itoa(len(body))}
	w.WriteHeader(status)
	_, _ = w.Write(body) // the sender hung up; what it sent is kept
}

// ownHeaders are those that a trigger's reply may not set: they would weaken the
// sandbox, act on our pages, or break the connection.
var ownHeaders = map[string]bool{
	"Content-Security-Policy": true, "X-Content-Type-Options": true, "Set-Cookie": true, "Clear-Site-Data": true,
	"Strict-Transport-Security": true, "Service-Worker-Allowed": true, "Content-Length": true, "Transfer-Encoding": true,
	"Connection": true, "Keep-Alive": true, "Upgrade": true, "Trailer": true, "Proxy-Authenticate": true, "Te": true,
}

// reply answers in the trigger's own words.
func reply(w http.ResponseWriter, a engine.Answer) {
	header := w.Header()
	for name, v := range a.Reply.Header {
		name = textproto.CanonicalMIMEHeaderKey(strings.TrimSpace(name))
		if !ownHeaders[name] && name != "" {
			header[name] = []string{v}
		}
	}
	mediaType := header["Content-Type"]
	if len(mediaType) == 0 {
		mediaType = plainType
		if json.Valid(a.Reply.Body) {
			mediaType = jsonType
		}
	}
	status := a.Reply.Status
	if status < 200 || status > 599 {
		status = statusOf(a, http.StatusOK)
	}
	if status == http.StatusNoContent || status == http.StatusNotModified {
		w.WriteHeader(status)
		return
	}
	write(w, status, mediaType, a.Reply.Body)
}

// constant answers are the same bytes whatever the reason, so that nobody can
// learn from them how to get further.
var (
	unknownBody = constant(problem.CodeUnknownAddress)
	goneBody    = constant(problem.CodeAddressNotInUse)
	badBody     = constant(problem.CodeBadSignature)
	ipBody      = constant(problem.CodeForbiddenIP)
)

func constant(code string) []byte {
	body, err := json.Marshal(problem.New(code, ""))
	if err != nil {
		panic(err) // strings only
	}
	return append(body, '\n')
}

// refusal is the problem of a request that was stored and started nothing.
type refusal struct {
	*problem.Problem
	RequestID string        `json:"request_id,omitempty"`
	Verdict   nodes.Verdict `json:"verdict"`
}

// refuse answers a request that is not accepted.
func refuse(w http.ResponseWriter, a engine.Answer) {
	status := statusOf(a, http.StatusBadRequest)
	switch a.Verdict {
	case nodes.BadSignature:
		write(w, http.StatusUnauthorized, problemType, badBody)
		return
	case nodes.ForbiddenIP:
		write(w, http.StatusForbidden, problemType, ipBody)
		return
	}
	code := problem.CodeRefused
	switch a.Verdict {
	case nodes.TooLarge:
		code = problem.CodeTooLarge
	case nodes.RateLimited:
		code = problem.CodeRateLimited
		w.Header()["Retry-After"] = []string{problem.RetryAfter(a.RetryAfter)}
	}
	if a.Reply != nil && a.Reply.Header["Allow"] != "" {
		w.Header()["Allow"] = []string{a.Reply.Header["Allow"]}
	}
	p := problem.New(code, a.Reason, problem.Fields("", a.Fields)...)
	p.Status = status
	body, err := json.Marshal(refusal{p, a.RequestID, a.Verdict})
	if err != nil {
		panic(err) // strings and numbers only
	}
	write(w, status, problemType, append(body, '\n'))
}

func (h *Hooks) unknown(w http.ResponseWriter) {
	h.counters.refused("unknown")
	write(w, http.StatusNotFound, problemType, unknownBody)
}

// failed answers what the engine could not decide.
func (h *Hooks) failed(w http.ResponseWriter, r *http.Request, err error) {
	switch {
	case errors.Is(err, engine.ErrNotFound):
		h.unknown(w)
		return
	case errors.Is(err, engine.ErrGone):
		h.counters.refused("gone")
		write(w, http.StatusGone, problemType, goneBody)
		return
	case r.Context().Err() != nil:
		h.counters.refused("hung_up")
		closeAfter(w)
	}
	h.problem(w, r, problem.From(err))
}

// unreadable answers a request that did not arrive whole.
func (h *Hooks) unreadable(w http.ResponseWriter, r *http.Request, err error) {
	closeAfter(w)
	var slow net.Error
	switch {
	case errors.Is(err, errBusy):
		h.problem(w, r, problem.New(problem.CodeBusy, "").After(time.Second))
	case errors.As(err, &slow) && slow.Timeout():
		h.problem(w, r, problem.New(problem.CodeTimeout, "").Because(err))
	default:
		h.problem(w, r, problem.New(problem.CodeMalformed, "The body ended before it was complete.").Because(err))
	}
}

func (h *Hooks) problem(w http.ResponseWriter, r *http.Request, p *problem.Problem) {
	p.Traced(edge.NewTraceID(r))
	w.Header().Set(edge.TraceHeader, p.TraceID)
	h.counters.refused(p.Code)
	if p.Status >= http.StatusInternalServerError {
		h.Log.Error("webhook not taken", "code", p.Code, "error", p.Unwrap(), "trace_id", p.TraceID)
	}
	problem.Write(w, p)
}

// recovered answers a panic: one request is lost and says so, the server goes
// on.
func (h *Hooks) recovered(w http.ResponseWriter, r *http.Request) {
	reason := recover()
	if reason == nil {
		return
	}
	if err, ok := reason.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(reason)
	}
	h.Log.Error("the ingress panicked", "panic", fmt.Sprint(reason), "stack", string(debug.Stack()))
	h.problem(w, r, problem.New(problem.CodeInternal, ""))
}

func tooLarge(limit int64) *nodes.Receipt {
	return &nodes.Receipt{
		Verdict: nodes.TooLarge, Status: http.StatusRequestEntityTooLarge,
		Reason: fmt.Sprintf("The body is larger than %d bytes.", limit),
	}
}

// closeAfter ends the connection after the answer: what is left of the body is
// not read.
func closeAfter(w http.ResponseWriter) { w.Header()["Connection"] = []string{"close"} }
