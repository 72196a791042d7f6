package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/sender"
	"github.com/hookloom/hookloom/engine/template"
	"github.com/hookloom/hookloom/nodes"
)

// house is an installation in which scenes are played, one after the other.
type house struct {
	*world
	far *faraway
}

// newHouse begins on a day before all that the senders' samples tell of.
func newHouse(t *testing.T) house {
	t.Helper()
	far := newFaraway(t)
	target, err := url.Parse(far.URL)
	if err != nil {
		t.Fatal(err)
	}
	return house{newWorld(t, func(s *settings) {
		s.allow = []string{target.Host}
		s.client = func(c nodes.HTTPClient) nodes.HTTPClient { return detour{c, far.URL} }
		s.begin = time.Date(2026, 1, 10, 12, 0, 0, 0, time.UTC)
	}), far}
}

// stage is a workspace of its own in which one scene is played.
type stage struct {
	house
	t       *testing.T
	ws      crm.Workspace
	do      *client
	starter template.Starter
	names   map[string]string // of workflows by id
	vars    []string          // what words such as $OFFER stand for, for strings.NewReplacer
	hook    string
	answer  json.RawMessage
}

const testSecret = "a-signing-secret-of-this-test-1234"

func (h house) stage(t *testing.T, starter template.Starter, sc scene) *stage {
	t.Helper()
	h.far.begin(sc.Answers)
	h.far.scenes++
	return &stage{house: h, t: t, ws: h.workspace(fmt.Sprint("scene-", h.far.scenes)), do: h.owner(), starter: starter, names: map[string]string{}}
}

// in is a path below the stage's workspace.
func (s *stage) in(path string) string { return "/workspaces/" + s.ws.Slug + path }

// prepare makes what the template's inputs choose from.
func (s *stage) prepare() {
	s.t.Helper()
	s.do.patch(s.in(""), `{"currency":"USD"}`).is(http.StatusOK)
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
	a := s.do.post(s.in(names.Replace(path)), names.Replace(body))
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
		if left := s.do.get(s.in("/workflows/" + id)).json()["problems"].([]any); len(left) > 0 {
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
	changes, end := s.live.Subscribe(s.ws.ID)
	defer end()
	late := time.After(30 * time.Second)
	for {
		list := s.do.get(s.in("/runs?limit=100")).items()
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
	steps, _ := s.do.get(s.in("/runs/" + id)).json()["steps"].([]any)
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
		whole := s.do.get(s.in("/runs/" + r["id"].(string))).json()
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
	for _, m := range s.do.get(s.in("/outbox")).items() {
		line := m["target"].(string) + ": " + m["subject"].(string)
		if m["status"] == "skipped" {
			line += " (not sent)"
		}
		out.Letters = append(out.Letters, line)
	}
	slices.Reverse(out.Letters)
	for _, it := range s.do.get(s.in("/contacts")).items() {
		c := person{Email: it["email"].(string), Name: it["name"].(string), Phone: it["phone"].(string), Subscribed: it["subscribed"].(bool), Tags: []string{}, Products: []string{}}
		for _, tag := range it["tags"].([]any) {
			c.Tags = append(c.Tags, tag.(string))
		}
		for _, product := range it["products"].([]any) {
			c.Products = append(c.Products, product.(map[string]any)["title"].(string))
		}
		out.Contacts = append(out.Contacts, c)
	}
	titles := map[string]any{}
	for _, it := range s.do.get(s.in("/offers")).items() {
		titles[it["id"].(string)] = it["title"]
	}
	for _, it := range s.do.get(s.in("/purchases")).items() {
		out.Sales = append(out.Sales, fmt.Sprint(titles[it["offer_id"].(string)], ": ", it["amount"], " ", it["currency"]))
	}
	slices.Reverse(out.Sales)
	return out
}
