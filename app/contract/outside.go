package contract

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"

	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes"
)

// call is a request that a step made.
type call struct {
	Step   string
	Method string
	URL    string
	Header http.Header
	// Body is plain: of JSON and forms what they say, else the text; nil for none.
	Body any
	// Known says that an answer of the test fitted.
	Known bool
}

// outside stands for all other services: nothing leaves the process.
type outside struct {
	// check refuses what the guarded client would refuse before it looks a name up;
	// nil refuses nothing.
	check func(nodes.HTTPRequest) error

	mu      sync.Mutex
	answers []Answer
	used    []int
	calls   []call
}

// Send implements nodes.HTTPClient.
func (o *outside) Send(_ context.Context, r nodes.HTTPRequest) (nodes.HTTPResponse, error) {
	if o.check != nil {
		if err := o.check(r); err != nil {
			return nodes.HTTPResponse{}, err
		}
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	made := call{Step: r.Step, Method: strings.ToUpper(r.Method), URL: r.URL, Header: r.Header.Clone(), Body: plainBody(r)}
	answer, known := o.answer(made)
	made.Known = known
	if made.Step != "" || known {
		o.calls = append(o.calls, made)
	}
	if !known {
		return nodes.HTTPResponse{}, &nodes.SendError{
			Kind: "refused", Permanent: true,
			Message: fmt.Sprintf("The test has no answer for %s %s.", made.Method, made.URL),
		}
	}
	if failure := failureOf(answer.Fail); failure != nil {
		return nodes.HTTPResponse{}, failure
	}
	return response(answer)
}

// answer is the first one that fits and is not used up.
func (o *outside) answer(c call) (Answer, bool) {
	for i, a := range o.answers {
		if a.Times > 0 && o.used[i] >= a.Times {
			continue
		}
		if a.Step != "" && a.Step != c.Step || a.To != "" && !addressFits(a.To, c.Method+" "+c.URL) {
			continue
		}
		o.used[i]++
		return a, true
	}
	return Answer{}, false
}

// made are the calls so far.
func (o *outside) made() []call {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]call(nil), o.calls...)
}

// addressFits compares an address in which * stands for any text.
func addressFits(pattern, address string) bool {
	method, target, _ := strings.Cut(pattern, " ")
	parts := strings.Split(method+" "+strings.TrimSpace(target), "*")
	for i := range parts {
		parts[i] = regexp.QuoteMeta(parts[i])
	}
	fits, err := regexp.MatchString("(?s)^"+strings.Join(parts, ".*")+"$", address)
	return err == nil && fits
}

func failureOf(kind string) *nodes.SendError {
	said := map[string]*nodes.SendError{
		"timeout": {Kind: "timeout", Message: "The other side did not answer in time.", Sent: true},
		"reset":   {Kind: "reset", Message: "The other side broke the connection off.", Sent: true},
		"connect": {Kind: "connect", Message: "The other side could not be reached."},
		"dns":     {Kind: "dns", Message: "The name of the other side was not found."},
		"tls":     {Kind: "tls", Message: "The other side's certificate is not valid."},
	}
	return said[kind]
}

func response(a Answer) (nodes.HTTPResponse, error) {
	r := nodes.HTTPResponse{Status: a.Status, Header: http.Header{}}
	if r.Status == 0 {
		r.Status = http.StatusOK
	}
	switch body := a.Body.(type) {
	case nil:
		r.Body = []byte("{}")
	case string:
		r.Body = []byte(body)
		r.Header.Set("Content-Type", "text/plain; charset=utf-8")
	default:
		text, err := value.Encode(body)
		if err != nil {
			return r, &nodes.SendError{Kind: "invalid", Message: "The test's answer cannot be written as JSON.", Permanent: true}
		}
		r.Body = text
	}
	if r.Header.Get("Content-Type") == "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for name, text := range a.Headers {
		r.Header.Set(name, text)
	}
	return r, nil
}

// plainBody is a call's body as people compare it.
func plainBody(r nodes.HTTPRequest) any {
	if len(r.Body) == 0 {
		return nil
	}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		if form, err := url.ParseQuery(string(r.Body)); err == nil {
			return plainForm(form)
		}
	}
	if json.Valid(r.Body) {
		if v, err := value.Decode(r.Body); err == nil {
			return v
		}
	}
	return string(r.Body)
}

func plainForm(form url.Values) map[string]any {
	object := make(map[string]any, len(form))
	for name, texts := range form {
		if len(texts) == 1 {
			object[name] = texts[0]
			continue
		}
		list := make([]any, len(texts))
		for i, text := range texts {
			list[i] = text
		}
		object[name] = list
	}
	return object
}
