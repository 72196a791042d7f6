package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/sender"
	"github.com/hookloom/hookloom/engine/template"
	"github.com/hookloom/hookloom/nodes"
)

// play is one file of what a starter does: ID.expect.json beside the template.
type play struct {
	// Inputs are values where the input's default or example will not do.
	Inputs map[string]string `json:"inputs,omitempty"`
	Scenes []scene           `json:"scenes"`
}

// scene is one story in an installation of its own.
type scene struct {
	Name string `json:"name"`
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
	mu      sync.Mutex
	answers map[string]answer
	got     []sent
}

// usual are headers that every call has, or that differ each time.
var usual = []string{"Accept-Encoding", "Content-Length", "Idempotency-Key", "User-Agent", "Webhook-Id", "Webhook-Timestamp", "X-Faraway"}

func newFaraway(t *testing.T, answers map[string]answer) *faraway {
	f := &faraway{answers: answers}
	f.Server = httptest.NewServer(f)
	t.Cleanup(f.Close)
	return f
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

// stage is an installation in which one scene is played.
type stage struct {
	*world
	t       *testing.T
	do      *client
	starter template.Starter
	far     *faraway
	names   map[string]string // of workflows by id
	vars    []string          // what words such as $OFFER stand for, for strings.NewReplacer
	hook    string
	answer  json.RawMessage
}

const testSecret = "a-signing-secret-of-this-test-1234"

func newStage(t *testing.T, starter template.Starter, sc scene) *stage {
	t.Helper()
	far := newFaraway(t, sc.Answers)
	target, err := url.Parse(far.URL)
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, func(s *settings) {
		s.allow = []string{target.Host}
		s.client = func(c nodes.HTTPClient) nodes.HTTPClient { return detour{c, far.URL} }
		s.begin = time.Date(2026, 1, 10, 12, 0, 0, 0, time.UTC)
	})
	return &stage{world: w, t: t, do: w.owner(), starter: starter, far: far, names: map[string]string{}}
}

// prepare makes what the template's inputs choose from.
func (s *stage) prepare() {
	s.t.Helper()
	s.do.patch("/workspaces/main", `{"currency":"USD"}`).is(http.StatusOK)
	for _, title := range []string{"Course A", "Course B"} {
		offer := s.post("/offers", `{"title":"`+title+`","products":[{"title":"Videos of `+title+`"}]}`)
		s.vars = append(s.vars, "$"+strings.ToUpper(strings.ReplaceAll(title, " ", "_")), offer.text("id"))
	}
	form := s.post("/forms", `{"title":"Order form","fields":[{"kind":"text","label":"Name","to":"name"},{"kind":"email","label":"E-mail","key":"email","required":true,"to":"email"},{"kind":"consent","label":"May we write to you?","key":"consent","to":"subscribed"}]}`)
	s.vars = append(s.vars, "$FORM", form.text("id"))
}

func (s *stage) post(path, body string) got {
	s.t.Helper()
	names := strings.NewReplacer(s.vars...)
	a := s.do.post("/workspaces/main"+names.Replace(path), names.Replace(body))
	if a.status >= 300 {
		s.t.Fatalf("POST %s: %d %s", path, a.status, a.body)
	}
	return a
}

// clone imports the template with all that it asks for.
func (s *stage) clone(more map[string]string) {
	s.t.Helper()
	inputs := map[string]any{}
	for _, in := range s.starter.Inputs {
		switch value := more[in.Key]; {
		case value != "":
			inputs[in.Key] = value
		case in.Kind == template.Offer:
			inputs[in.Key] = "Course A"
		case in.Kind == template.Form:
			inputs[in.Key] = "Order form"
		case in.Kind == template.Secret:
			inputs[in.Key] = testSecret
		case in.Kind == template.Connection:
			inputs[in.Key] = s.connection(in)
		case in.Kind != template.ContactField && in.Default == nil:
			inputs[in.Key] = in.Example
		}
	}
	text, err := json.Marshal(map[string]any{"inputs": inputs})
	if err != nil {
		s.t.Fatal(err)
	}
	made := s.post("/templates/"+s.starter.ID+"/clone", string(text)).json()
	for _, w := range made["workflows"].([]any) {
		workflow := w.(map[string]any)
		id := workflow["id"].(string)
		s.names[id] = workflow["name"].(string)
		s.vars = append(s.vars, "$WF", id)
		for _, trigger := range workflow["triggers"].([]any) {
			if hook, ok := trigger.(map[string]any)["url"].(string); ok && hook != "" {
				s.hook = hook
			}
		}
		if left := s.do.get("/workspaces/main/workflows/" + id).json()["problems"].([]any); len(left) > 0 {
			s.t.Errorf("all is filled in, and there are problems: %v", left)
		}
		s.post("/workflows/"+id+"/publish", `{}`)
	}
}

func (s *stage) connection(in template.Input) string {
	params := map[string]string{
		"auth.bearer":  `{"token":"token-of-this-test","hosts":["` + in.Host + `"]}`,
		"auth.basic":   `{"username":"user","password":"password","hosts":["` + in.Host + `"]}`,
		"auth.api_key": `{"name":"Authorization","value":"Bot token-of-this-test","hosts":["` + in.Host + `"]}`,
	}[in.Auth]
	if in.Host == "www.google-analytics.com" {
		params = `{"name":"api_secret","value":"secret-of-this-test","in":"query","hosts":["` + in.Host + `"]}`
	}
	return s.post("/connections", `{"type":"`+in.Auth+`","name":"`+in.Host+`","params":`+params+`}`).text("id")
}

// perform does one thing and waits until no run does anything by itself.
func (s *stage) perform(a act) {
	s.t.Helper()
	switch {
	case a.Send != "":
		s.send(a.Send)
	case a.Post != "":
		made := s.post(a.Post, string(a.Body)).json()
		if id, ok := made["id"].(string); ok {
			prefix, _, _ := strings.Cut(id, "_")
			s.vars = append([]string{"$" + strings.ToUpper(prefix), id}, s.vars...)
		}
	default:
		d, err := time.ParseDuration(a.After)
		if err != nil {
			s.t.Fatal(err)
		}
		s.clock.advance(d + time.Second)
	}
}

// send makes the request as the sender does, signed, over the real ingress.
func (s *stage) send(event string) {
	s.t.Helper()
	from := sender.Named(s.starter.Sample.Sender)
	sample, known := from.Sample(event)
	if !known {
		s.t.Fatalf("%s has no sample %q", from.Label, event)
	}
	made := sender.Request{Method: http.MethodPost, URL: s.hook, Header: sample.Header.Clone(), Body: sample.Body}
	if from.Scheme != nil {
		signature, err := from.Scheme.Sign(s.clock.Now(), made, from.Scheme.ID(made.Header), testSecret)
		if err != nil {
			s.t.Fatal(err)
		}
		maps.Copy(made.Header, signature)
	}
	r, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.hook, bytes.NewReader(made.Body))
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header = made.Header
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode >= 300 {
		s.t.Fatalf("%s: %d %s %v", event, res.StatusCode, body, err)
	}
	if json.Valid(body) && !bytes.Contains(body, []byte("request_id")) {
		s.answer = body
	}
}

// runs are those of the workflows, oldest first, once there are enough and none
// of them moves by itself.
func (s *stage) runs(want int) []map[string]any {
	s.t.Helper()
	changes, end := s.live.Subscribe(s.main.ID)
	defer end()
	late := time.After(30 * time.Second)
	for {
		list := s.do.get("/workspaces/main/runs?limit=100").items()
		still := len(list) >= want
		for _, r := range list {
			status := engine.Status(r["status"].(string))
			still = still && (status.Finished() || s.waits(r["id"].(string), status))
		}
		if still {
			slices.Reverse(list)
			return list
		}
		select {
		case <-changes:
		case <-time.After(100 * time.Millisecond): // changes of other kinds are not told
		case <-late:
			s.t.Fatalf("there are not %d runs at rest: %v", want, list)
		}
	}
}

// waits reports whether a run stands at a wait that is not over yet.
func (s *stage) waits(id string, status engine.Status) bool {
	if status != engine.Waiting {
		return false
	}
	steps, _ := s.do.get("/workspaces/main/runs/" + id).json()["steps"].([]any)
	for _, it := range steps {
		step := it.(map[string]any)
		output, _ := step["output"].(map[string]any)
		until, _ := output["until"].(string)
		at, err := time.Parse(time.RFC3339, until)
		if step["status"] == "waiting" && err == nil && at.After(s.clock.Now()) {
			return true
		}
	}
	return false
}

var (
	anyID   = regexp.MustCompile(`\b([a-z]{3})_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}`)
	anyTime = regexp.MustCompile(`2026-01-1[0-9]T12:00:0[0-9](\.[0-9]+)?Z`)
)

// lasting takes out of a text what differs from run to run.
func lasting(v any) (out any) {
	raw, _ := json.Marshal(v)
	raw = anyID.ReplaceAll(raw, []byte("${1}_ID"))
	raw = anyTime.ReplaceAll(raw, []byte("2026-01-10T12:00:00Z"))
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	_ = dec.Decode(&out)
	return out
}

// outcome reads what became of a scene.
func (s *stage) outcome(count int) outcome {
	s.t.Helper()
	out := outcome{Answer: s.answer, Runs: []ran{}, Requests: []sent{}, Letters: []string{}, Contacts: []person{}}
	for _, r := range s.runs(count) {
		whole := s.do.get("/workspaces/main/runs/" + r["id"].(string)).json()
		one := ran{Status: whole["status"].(string), Steps: []string{}}
		one.Reason, _ = whole["end_reason"].(string)
		if id, _ := whole["workflow_id"].(string); len(s.names) > 1 {
			one.Workflow = s.names[id]
		}
		for _, it := range whole["steps"].([]any) {
			step := it.(map[string]any)
			said := step["path"].(string) + " " + step["type"].(string) + " " + step["status"].(string)
			if failure, ok := step["error"].(map[string]any); ok {
				said += ": " + failure["message"].(string)
			}
			one.Steps = append(one.Steps, said)
		}
		out.Runs = append(out.Runs, one)
	}
	s.far.mu.Lock()
	for _, call := range s.far.got {
		call.Body = lasting(call.Body)
		call.Request = anyID.ReplaceAllString(call.Request, "${1}_ID")
		out.Requests = append(out.Requests, call)
	}
	s.far.mu.Unlock()
	for _, m := range s.do.get("/workspaces/main/outbox").items() {
		line := m["target"].(string) + ": " + m["subject"].(string)
		if m["status"] == "skipped" {
			line += " (not sent)"
		}
		out.Letters = append(out.Letters, line)
	}
	slices.Reverse(out.Letters)
	for _, it := range s.do.get("/workspaces/main/contacts").items() {
		c := person{Email: it["email"].(string), Name: it["name"].(string), Phone: it["phone"].(string), Subscribed: it["subscribed"].(bool), Tags: []string{}, Products: []string{}}
		for _, tag := range it["tags"].([]any) {
			c.Tags = append(c.Tags, tag.(string))
		}
		for _, product := range it["products"].([]any) {
			c.Products = append(c.Products, product.(map[string]any)["title"].(string))
		}
		out.Contacts = append(out.Contacts, c)
	}
	return out
}
