package nodes

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// HTTPClient is the one way out to the network. It refuses private targets and
// plain http unless the operator allowed them, and bounds time and size.
type HTTPClient interface {
	// Send makes one call. The error is always a *SendError.
	Send(ctx context.Context, r HTTPRequest) (HTTPResponse, error)
}

// HTTPRequest is one outbound call.
type HTTPRequest struct {
	Method string
	URL    string
	Header http.Header
	Body   []byte
	// Step is the path of the step that makes the call, which the engine fills in; ""
	// where no step of a run does.
	Step string
	// Secrets are the credentials that the request carries outside of the headers
	// that everybody knows to hold them; see Redacted.
	Secrets []string
	// Timeout bounds the whole call; 0 means 30 s, more than 120 s is cut.
	Timeout time.Duration
	// FollowRedirects follows up to 5; each hop passes the guard again, and
	// credentials are not sent to another host.
	FollowRedirects bool
	// MaxResponse bounds the body that is kept, in bytes; 0 means 1 MiB.
	MaxResponse int64
}

// Redacted returns a copy of the request that may be stored and shown: headers
// that carry credentials, and every place where one of Secrets stands, as it is
// or as a part of an address, hold Redacted instead.
func (r HTTPRequest) Redacted() HTTPRequest {
	pairs := []string{}
	for _, s := range r.Secrets {
		if s != "" {
			pairs = append(pairs, s, Redacted, url.QueryEscape(s), Redacted, url.PathEscape(s), Redacted)
		}
	}
	hide := strings.NewReplacer(pairs...)
	header := make(http.Header, len(r.Header))
	for name, values := range r.Header {
		for _, v := range values {
			if SensitiveHeader(name) {
				v = Redacted
			}
			header[name] = append(header[name], hide.Replace(v))
		}
	}
	if len(r.Body) > 0 {
		r.Body = []byte(hide.Replace(string(r.Body)))
	}
	r.URL, r.Header, r.Secrets = hide.Replace(r.URL), header, nil
	return r
}

// minConcealed is how many bytes a credential has at least that Conceal looks for:
// shorter ones stand in ordinary words.
const minConcealed = 8

// tellsItself reports whether a credential is nothing that an answer says anyway: a
// word such as customer or an id in digits alone must not take apart what a service
// answered, so those count from twice the length on.
func tellsItself(s string) bool {
	letters, digits := 0, 0
	for _, c := range s {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z':
			letters++
		}
	}
	if letters == len(s) || digits == len(s) {
		return len(s) >= 2*minConcealed
	}
	return len(s) >= minConcealed
}

// Conceal returns the answer with Redacted wherever a credential of the request
// stands in it: servers that repeat what they got, in a page of debugging, an error
// or the address of a redirect, must not bring it into history. Credentials shorter
// than 8 bytes, and words and numbers shorter than 16, are not looked for. The answer given is not changed.
func (r HTTPRequest) Conceal(a HTTPResponse) HTTPResponse {
	pairs := []string{}
	for _, s := range r.credentials() {
		if !tellsItself(s) {
			continue
		}
		quoted, _ := json.Marshal(s) // a string always can be
		lax := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s)
		for _, form := range []string{s, url.QueryEscape(s), url.PathEscape(s), string(quoted[1 : len(quoted)-1]), lax} {
			if a.holds(form) {
				pairs = append(pairs, form, Redacted)
			}
		}
	}
	if len(pairs) == 0 {
		return a // as nearly always: nothing is copied
	}
	hide := strings.NewReplacer(pairs...)
	a.Body = []byte(hide.Replace(string(a.Body)))
	header := make(http.Header, len(a.Header))
	for name, values := range a.Header {
		for _, v := range values {
			header[name] = append(header[name], hide.Replace(v))
		}
	}
	a.Header = header
	return a
}

// holds reports whether a text stands anywhere in the answer.
func (a HTTPResponse) holds(text string) bool {
	if bytes.Contains(a.Body, []byte(text)) {
		return true
	}
	for _, values := range a.Header {
		if slices.ContainsFunc(values, func(v string) bool { return strings.Contains(v, text) }) {
			return true
		}
	}
	return false
}

// credentials are Secrets and what the headers hold that everybody knows to carry
// them: a token without its scheme, a password also as it was before encoding.
func (r HTTPRequest) credentials() []string {
	all := slices.Clone(r.Secrets)
	for name, values := range r.Header {
		if !SensitiveHeader(name) {
			continue
		}
		for _, v := range values {
			all = append(all, v)
			scheme, token, ok := strings.Cut(v, " ")
			if !ok {
				continue
			}
			all = append(all, token)
			if plain, err := base64.StdEncoding.DecodeString(token); err == nil && strings.EqualFold(scheme, "Basic") {
				_, password, _ := strings.Cut(string(plain), ":")
				all = append(all, password)
			}
		}
	}
	// The longest first: a replacer takes the first that fits at a place.
	slices.SortFunc(all, func(a, b string) int { return len(b) - len(a) })
	return all
}

// HTTPResponse is the answer, whatever its status.
type HTTPResponse struct {
	Status   int
	Header   http.Header
	Body     []byte
	Duration time.Duration
}

// SendError says why a call brought no answer.
type SendError struct {
	// Kind is one of refused, dns, connect, tls, timeout, reset, too_large,
	// redirect, invalid, canceled (the caller's context ended it).
	Kind string
	// Message is a sentence for the person who reads the run.
	Message string
	// Sent is true when the request may have reached the receiver: the outcome
	// is unknown and only a repeatable step may try again.
	Sent bool
	// Permanent is true when trying again cannot help (a refused target, an
	// invalid URL).
	Permanent bool
}

func (e *SendError) Error() string { return e.Message }
