// Package ingress receives webhooks: it reads a request within its limits,
// hands it to the engine, and answers only after the commit. It is the path
// that thousands of requests a second take, so it does nothing that is not
// needed for them.
package ingress

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/hookloom/hookloom/api/edge"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/nodes"
)

// Prefix begins the path of every trigger's address.
const Prefix = "/hooks/"

// Engine judges and keeps requests; *engine.Engine is one.
type Engine interface {
	Ingest(ctx context.Context, a engine.Arrival) (engine.Answer, error)
}

// Offers does what calls of offers' addresses ask for; *engine.Engine is one.
type Offers interface {
	Activation(ctx context.Context, a engine.OfferArrival) (engine.OfferAnswer, error)
}

// Deps is what the ingress works with. Engine is required.
type Deps struct {
	Engine Engine
	// Offers is nil where offers have no addresses.
	Offers  Offers
	Proxies edge.Proxies
	// BaseURL begins the address as senders know it, without a trailing slash;
	// some sign it.
	BaseURL string
	// Base is the same by the Host header of a request; nil means BaseURL for all.
	Base func(host string) string
	// MaxBodyBytes bounds a body, as it came and after decoding; 0 means 1 MiB.
	MaxBodyBytes int64
	// BodyTime is how long a sender may take for its body; 0 means 30 s.
	BodyTime time.Duration
	// Budget bounds the bodies that are held at once; 0 means 16 MiB, and it is
	// never less than four bodies.
	Budget  int64
	Metrics prometheus.Registerer
	Log     *slog.Logger
	Now     func() time.Time
}

// New makes the handler of /hooks/{token}, whatever the method and whatever
// follows the token.
func New(d Deps) *Hooks {
	if d.Engine == nil {
		panic("ingress: Engine is required")
	}
	if d.Base == nil {
		d.Base = func(string) string { return d.BaseURL }
	}
	if d.MaxBodyBytes <= 0 {
		d.MaxBodyBytes = 1 << 20
	}
	if d.BodyTime <= 0 {
		d.BodyTime = 30 * time.Second
	}
	if d.Budget <= 0 {
		d.Budget = 16 << 20
	}
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	if d.Now == nil {
		d.Now = time.Now
	}
	return &Hooks{Deps: d, budget: newBudget(max(d.Budget, 4*d.MaxBodyBytes), max(2*d.MaxBodyBytes+1, firstRead)), counters: newCounters(d.Metrics)}
}

// Hooks takes webhooks.
type Hooks struct {
	Deps
	budget   *budget
	counters counters
}

// ServeHTTP answers one webhook.
func (h *Hooks) ServeHTTP(w http.ResponseWriter, r *http.Request) { h.serve(w, r, false) }

// ServeSample takes a request that only the editor makes: it is judged and kept
// as any other, and starts nothing.
func (h *Hooks) ServeSample(w http.ResponseWriter, r *http.Request) { h.serve(w, r, true) }

func (h *Hooks) serve(w http.ResponseWriter, r *http.Request, sample bool) {
	begun := h.Now()
	defer h.recovered(w, r)
	header := w.Header()
	header["Content-Security-Policy"] = sandbox
	header["X-Content-Type-Options"] = nosniff
	header["Cache-Control"] = noStore

	token, rest := split(r.URL.Path)
	if !shaped(token) {
		h.unknown(w)
		return
	}
	hold := h.budget.hold()
	defer hold.release()
	body, wire, refused, err := h.read(w, r, hold)
	if err != nil {
		h.unreadable(w, r, err)
		return
	}
	a := engine.Arrival{TokenHash: secret.HashToken(token), Test: isTest(r), Sample: sample, Refused: refused, Size: size(r, wire)}
	a.RawRequest = nodes.RawRequest{
		Method: r.Method, URL: h.Base(r.Host) + r.URL.RequestURI(), Path: rest, RawQuery: withoutMarker(r.URL.RawQuery),
		Header: r.Header, Body: body, IP: h.ip(r), ReceivedAt: begun,
	}
	if refused == nil && len(r.Header["Content-Encoding"]) > 0 {
		a.Wire = wire
	}
	answer, err := h.Engine.Ingest(r.Context(), a)
	if err != nil {
		h.failed(w, r, err)
		return
	}
	if answer.Await != nil {
		// What is stored needs no room here while the caller waits for a step.
		hold.release()
		if reply := answer.Await(r.Context()); reply != nil {
			answer.Reply = reply
		}
	}
	h.answer(w, answer)
	h.counters.answered(answer.Verdict, h.Now().Sub(begun))
	if h.Log.Enabled(r.Context(), slog.LevelDebug) {
		h.Log.Debug("webhook", "method", r.Method, "verdict", string(answer.Verdict), "request", answer.RequestID, "ip", a.IP, "bytes", len(body))
	}
}

// split takes the token out of /hooks/{token}/rest. rest is the path that the
// trigger sees: it begins with a slash and never holds the token.
func split(path string) (token, rest string) {
	token = path[len(Prefix):]
	if i := strings.IndexByte(token, '/'); i >= 0 {
		return token[:i], token[i:]
	}
	return token, "/"
}

// shaped reports whether a text can be a token at all.
func shaped(token string) bool {
	if len(token) != secret.TokenLength {
		return false
	}
	for i := range len(token) {
		c := token[i]
		letter := c|0x20 >= 'a' && c|0x20 <= 'z'
		if !letter && (c < '0' || c > '9') && c != '-' && c != '_' {
			return false
		}
	}
	return true
}

func (h *Hooks) ip(r *http.Request) string {
	addr := h.Proxies.ClientIP(r)
	if !addr.IsValid() {
		return ""
	}
	return addr.String()
}

// size is how long the body was said or found to be.
func size(r *http.Request, wire []byte) int64 {
	return max(int64(len(wire)), r.ContentLength)
}

// The marker of requests that only test, as a header or a query parameter.
const (
	testHeader = "X-Hookloom-Test"
	testQuery  = "__test"
)

func isTest(r *http.Request) bool {
	if v := r.Header[testHeader]; len(v) > 0 && v[0] == "1" {
		return true
	}
	for part := range strings.SplitSeq(r.URL.RawQuery, "&") {
		if part == testQuery+"=1" {
			return true
		}
	}
	return false
}

// withoutMarker takes the test marker out of a query and leaves every other
// byte as it came, because some senders sign it.
func withoutMarker(raw string) string {
	if !strings.Contains(raw, testQuery) {
		return raw
	}
	kept := make([]string, 0, 8)
	for part := range strings.SplitSeq(raw, "&") {
		if part != testQuery && !strings.HasPrefix(part, testQuery+"=") {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, "&")
}
