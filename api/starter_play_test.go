package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"

	"github.com/hookloom/hookloom/nodes"
)

// play is one file of what a starter does: ID.expect.json beside the template.
type play struct {
	// Inputs are values where the input's default or example will not do.
	Inputs map[string]string `json:"inputs,omitempty"`
	// Alone is for what shows numbers, which count in an installation.
	Alone  bool    `json:"alone,omitempty"`
	Scenes []scene `json:"scenes"`
}

// scene is one story in an installation of its own.
type scene struct {
	Name string `json:"name"`
	// Inputs are values that this scene has instead of the play's.
	Inputs map[string]string `json:"inputs,omitempty"`
	// Given happens before the workflows are published.
	Given []act `json:"given,omitempty"`
	Acts  []act `json:"acts"`
	// Answers are those of other services by method and address; {} with 200 for
	// the rest.
	Answers map[string]answer `json:"answers,omitempty"`
	Expect  outcome           `json:"expect"`
}

// act is one thing that happens: a sender's sample, a call of the API, or time
// that passes.
type act struct {
	// Send is an event of the template's sender.
	Send string `json:"send,omitempty"`
	// Post is a path of the API below the workspace.
	Post  string          `json:"post,omitempty"`
	Body  json.RawMessage `json:"body,omitempty"`
	After string          `json:"after,omitempty"`
	// Runs is how many runs there are afterwards, counted from the start.
	Runs int `json:"runs,omitempty"`
}

// waits reports whether time passes in it.
func (sc scene) waits() bool {
	return slices.ContainsFunc(sc.Acts, func(a act) bool { return a.After != "" })
}

type answer struct {
	Status int             `json:"status,omitempty"`
	Body   json.RawMessage `json:"body"`
}

// outcome is what is compared.
type outcome struct {
	// Answer is what the sender was told, where a step says it.
	Answer   json.RawMessage `json:"answer,omitempty"`
	Runs     []ran           `json:"runs"`
	Requests []sent          `json:"requests"`
	Letters  []string        `json:"letters"`
	Contacts []person        `json:"contacts"`
	// Sales are the purchases, oldest first: offer, amount in the smallest unit and
	// currency.
	Sales []string `json:"sales,omitempty"`
}

type ran struct {
	Workflow string   `json:"workflow,omitempty"`
	Status   string   `json:"status"`
	Reason   string   `json:"reason"`
	Steps    []string `json:"steps"`
}

type sent struct {
	Request string            `json:"request"`
	Headers map[string]string `json:"headers"`
	Body    any               `json:"body,omitempty"`
}

type person struct {
	Email      string   `json:"email"`
	Name       string   `json:"name,omitempty"`
	Phone      string   `json:"phone,omitempty"`
	Subscribed bool     `json:"subscribed"`
	Tags       []string `json:"tags"`
	Products   []string `json:"products"`
}

// faraway stands for all other services: it takes what workflows send over the
// real client and answers as a scene says.
type faraway struct {
	*httptest.Server
	// scenes counts those that were played.
	scenes  int
	mu      sync.Mutex
	answers map[string]answer
	got     []sent
}

// usual are headers that every call has, or that differ each time.
var usual = []string{"Accept-Encoding", "Content-Length", "Idempotency-Key", "User-Agent", "Webhook-Id", "Webhook-Timestamp", "X-Faraway"}

func newFaraway(t *testing.T) *faraway {
	f := &faraway{}
	f.Server = httptest.NewServer(f)
	t.Cleanup(f.Close)
	return f
}

// begin forgets the last scene.
func (f *faraway) begin(answers map[string]answer) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.answers, f.got = answers, nil
}

func (f *faraway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	raw, _ := io.ReadAll(r.Body)
	call := sent{Request: r.Method + " " + r.Header.Get("X-Faraway"), Headers: map[string]string{}}
	for name := range r.Header {
		if !slices.Contains(usual, name) {
			call.Headers[name] = r.Header.Get(name)
		}
	}
	if dec := json.NewDecoder(bytes.NewReader(raw)); len(raw) > 0 {
		dec.UseNumber()
		if dec.Decode(&call.Body) != nil {
			call.Body = string(raw)
		}
	}
	f.mu.Lock()
	f.got = append(f.got, call)
	said, known := f.answers[call.Request]
	f.mu.Unlock()
	if !known {
		said.Body = json.RawMessage(`{}`)
	}
	if text := ""; json.Unmarshal(said.Body, &text) == nil {
		said.Body = json.RawMessage(text)
	} else {
		w.Header().Set("Content-Type", "application/json")
	}
	if said.Status != 0 {
		w.WriteHeader(said.Status)
	}
	_, _ = w.Write(said.Body)
}

// detour leads the real client to the faraway server.
type detour struct {
	nodes.HTTPClient
	to string
}

func (d detour) Send(ctx context.Context, r nodes.HTTPRequest) (nodes.HTTPResponse, error) {
	r.Header = r.Header.Clone()
	r.Header.Set("X-Faraway", r.URL)
	r.URL = d.to
	return d.HTTPClient.Send(ctx, r)
}
