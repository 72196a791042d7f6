package ingress

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/nodes"
)

// OfferPrefix begins the path of every offer's addresses.
const OfferPrefix = "/webhooks/offers/"

// ServeOffer answers a call of an offer's activation or deactivation URL. What
// is not the whole of an address that exists is unknown, whichever part is
// wrong.
func (h *Hooks) ServeOffer(w http.ResponseWriter, r *http.Request) {
	begun := h.Now()
	defer h.recovered(w, r)
	header := w.Header()
	header["Content-Security-Policy"] = sandbox
	header["X-Content-Type-Options"] = nosniff
	header["Cache-Control"] = noStore

	token, number, action, ok := splitOffer(r.URL.Path)
	if !ok || h.Offers == nil {
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
	a := engine.OfferArrival{Number: number, Action: action}
	a.TokenHash, a.Test, a.Refused, a.Size = secret.HashToken(token), isTest(r), refused, size(r, wire)
	a.RawRequest = nodes.RawRequest{
		Method: r.Method, RawQuery: withoutMarker(r.URL.RawQuery), Header: r.Header, Body: body, IP: h.ip(r), ReceivedAt: begun,
	}
	answer, err := h.Offers.Activation(r.Context(), a)
	if err != nil {
		h.failed(w, r, err)
		return
	}
	answerOffer(w, answer)
	h.counters.answered(answer.Verdict, h.Now().Sub(begun))
}

// splitOffer takes /webhooks/offers/{token}/{number}/{action} apart.
func splitOffer(path string) (token string, number int64, action string, ok bool) {
	parts := strings.Split(strings.TrimSuffix(path[len(OfferPrefix):], "/"), "/")
	if len(parts) != 3 || !shaped(parts[0]) {
		return "", 0, "", false
	}
	number, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil || strconv.FormatInt(number, 10) != parts[1] {
		return "", 0, "", false
	}
	return parts[0], number, parts[2], parts[2] == engine.Activate || parts[2] == engine.Deactivate
}

func answerOffer(w http.ResponseWriter, a engine.OfferAnswer) {
	if a.Body != nil {
		write(w, a.Status, jsonType, a.Body)
		return
	}
	switch a.Status {
	case http.StatusMethodNotAllowed:
		w.Header()["Allow"] = []string{http.MethodPost}
	case http.StatusTooManyRequests:
		w.Header()["Retry-After"] = []string{problem.RetryAfter(a.RetryAfter)}
	}
	code := problem.CodeRefused
	switch a.Status {
	case http.StatusUnprocessableEntity:
		code = problem.CodeInvalid
	case http.StatusRequestEntityTooLarge:
		code = problem.CodeTooLarge
	case http.StatusTooManyRequests:
		code = problem.CodeRateLimited
	}
	p := problem.New(code, a.Reason)
	for _, f := range a.Fields {
		// The words are those that senders know, and stay as they are.
		p.Errors = append(p.Errors, problem.Item{Pointer: f.Pointer, Code: f.Code, Detail: f.Message})
	}
	p.Status = a.Status
	body, err := json.Marshal(refusal{p, a.RequestID, a.Verdict})
	if err != nil {
		panic(err) // strings and numbers only
	}
	write(w, a.Status, problemType, append(body, '\n'))
}
