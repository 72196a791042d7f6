package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hookloom/hookloom/api"
	"github.com/hookloom/hookloom/api/bulk"
	"github.com/hookloom/hookloom/api/identity"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/dispatch"
	"github.com/hookloom/hookloom/engine/egress"
	"github.com/hookloom/hookloom/engine/live"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/nodes"
	_ "github.com/hookloom/hookloom/nodes/all"
	"github.com/hookloom/hookloom/storage"
	"github.com/hookloom/hookloom/storage/storagetest"
)

// rig is the whole server of a test on a real SQLite database, with two
// workspaces and a sink that stands for the outside world.
type rig struct {
	t      *testing.T
	server *httptest.Server
	store  *storage.Store
	engine *engine.Engine
	live   *live.Local
	sink   *outside
	// ahead is how far the API's clock is before the real one; still holds it at
	// a time.
	ahead atomic.Int64
	still atomic.Pointer[time.Time]
	// dir is where the database is.
	dir string
	// key may do everything everywhere.
	key  string
	a, b crm.Workspace
}

// outside is where webhooks go. It answers 200, or what status says.
type outside struct {
	*httptest.Server
	mu     sync.Mutex
	status int
	bodies []string
}

func (o *outside) answer(status int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.status = status
}

func (o *outside) got() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]string(nil), o.bodies...)
}

func newOutside(t *testing.T) *outside {
	o := &outside{status: http.StatusOK}
	o.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		o.mu.Lock()
		o.bodies = append(o.bodies, string(body))
		status := o.status
		o.mu.Unlock()
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, `{"order":820982911946154508}`)
	}))
	t.Cleanup(o.Close)
	return o
}

func newRig(t *testing.T, deps ...func(*engine.Deps)) *rig {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	keyring, err := secret.NewKeyring(secret.GenerateKey())
	must(err)
	r := &rig{t: t, sink: newOutside(t), live: live.NewLocal(), key: "local-key-of-this-test", dir: t.TempDir()}
	storagetest.Tables(t, r.dir)
	r.store, err = storage.Open(t.Context(), storage.Config{DataDir: r.dir, Keyring: keyring})
	must(err)
	target, err := url.Parse(r.sink.URL)
	must(err)
	client, err := egress.New(egress.Config{AllowTargets: []string{target.Host}})
	must(err)
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))
	with := engine.Deps{
		Store: r.store, Bell: dispatch.NewLocal(dispatch.LocalConfig{Concurrency: 2}), HTTP: client,
		Registry: nodes.Default(), Live: r.live, Exclusive: true, Log: log,
	}
	for _, change := range deps {
		change(&with)
	}
	r.engine = engine.New(with)
	hasher, err := account.NewHasher(account.PasswordParams())
	must(err)
	desk := identity.New(identity.Deps{Store: r.store, Hasher: hasher, LocalKeyHash: secret.HashToken(r.key), Log: log})
	jobs := bulk.New(r.store, r.engine, time.Now, log)
	r.server = httptest.NewUnstartedServer(nil)
	r.server.Config.Handler = api.New(api.Deps{
		Engine: r.engine, Store: r.store, Registry: nodes.Default(), Live: r.live, Desk: desk, Bulk: jobs, Log: log,
		Now:    r.now,
		Config: api.Config{BaseURL: "https://hooks.example.com", Version: "test"},
	})
	r.server.Start()
	r.a = crm.Workspace{Name: "A", Slug: "a", Timezone: "UTC", Locale: "en", Currency: "USD", DefaultCountry: "US"}
	r.b = crm.Workspace{Name: "B", Slug: "b", Timezone: "UTC", Locale: "en", Currency: "USD", DefaultCountry: "US"}
	must(r.store.CreateWorkspace(t.Context(), &r.a))
	must(r.store.CreateWorkspace(t.Context(), &r.b))
	must(r.engine.Start(t.Context()))
	jobs.Start()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		r.server.Close()
		must(jobs.Stop(ctx))
		must(r.engine.Stop(ctx))
		r.live.Close()
		client.Close()
		must(r.store.Close())
	})
	return r
}

// now is the API's clock.
func (r *rig) now() time.Time {
	if at := r.still.Load(); at != nil {
		return *at
	}
	return time.Now().Add(time.Duration(r.ahead.Load()))
}

// reply is what the API answered.
type reply struct {
	t      *testing.T
	call   string
	status int
	header http.Header
	body   []byte
}

// call makes a request; body may be nil, text or anything that becomes JSON.
// headers are name and value in turn.
func (r *rig) call(method, path string, body any, headers ...string) reply {
	r.t.Helper()
	var in io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		in = strings.NewReader(strings.ReplaceAll(b, "$SINK", r.sink.URL))
	default:
		raw, err := json.Marshal(b)
		if err != nil {
			r.t.Fatal(err)
		}
		in = bytes.NewReader(raw)
	}
	if !strings.HasPrefix(path, "/hooks/") && !strings.HasPrefix(path, "/webhooks/") && !strings.HasPrefix(path, "/f/") && !strings.HasPrefix(path, "/u/") && !strings.HasPrefix(path, "/oauth/") {
		path = "/api/v1" + path
	}
	req, err := http.NewRequestWithContext(r.t.Context(), method, r.server.URL+path, in)
	if err != nil {
		r.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+r.key)
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return reply{r.t, method + " " + path, res.StatusCode, res.Header, raw}
}

// in calls below workspace A.
func (r *rig) in(method, path string, body any, headers ...string) reply {
	r.t.Helper()
	return r.call(method, "/workspaces/a"+path, body, headers...)
}

func (p reply) is(status int) reply {
	p.t.Helper()
	if p.status != status {
		p.t.Fatalf("%s: status %d, want %d: %s", p.call, p.status, status, p.body)
	}
	return p
}

// at returns the value at a dotted path; numbers are json.Number.
func (p reply) at(path string) any {
	p.t.Helper()
	dec := json.NewDecoder(bytes.NewReader(p.body))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		p.t.Fatalf("%s: %v in %s", p.call, err, p.body)
	}
	for _, key := range strings.Split(path, ".") {
		switch x := v.(type) {
		case map[string]any:
			v = x[key]
		case []any:
			i := int(key[0] - '0')
			if i >= len(x) {
				p.t.Fatalf("%s: no %s in %s", p.call, path, p.body)
			}
			v = x[i]
		default:
			p.t.Fatalf("%s: no %s in %s", p.call, path, p.body)
		}
	}
	return v
}

func (p reply) text(path string) string {
	p.t.Helper()
	s, ok := p.at(path).(string)
	if !ok {
		p.t.Fatalf("%s: %s is no text in %s", p.call, path, p.body)
	}
	return s
}

func (p reply) number(path string) int {
	p.t.Helper()
	n, ok := p.at(path).(json.Number)
	i, err := strconv.Atoi(n.String())
	if !ok || err != nil {
		p.t.Fatalf("%s: %s is no whole number in %s", p.call, path, p.body)
	}
	return i
}

// points fails unless the problem has an item at the pointer.
func (p reply) points(pointer string) {
	p.t.Helper()
	items, _ := p.at("errors").([]any)
	for _, it := range items {
		if it.(map[string]any)["pointer"] == pointer {
			return
		}
	}
	p.t.Errorf("%s: no error at %q in %s", p.call, pointer, p.body)
}

// settled waits until a run of workspace A does nothing more by itself.
func (r *rig) settled(runID string) reply {
	r.t.Helper()
	changes, end := r.live.Subscribe(r.a.ID)
	defer end()
	late := time.After(30 * time.Second)
	for {
		got := r.in("GET", "/runs/"+runID, nil).is(http.StatusOK)
		if engine.Status(got.text("status")).Finished() {
			return got
		}
		if !moved(changes, late, runID) {
			r.t.Fatalf("the run did not end: %s", got.body)
		}
	}
}

// moved waits until a run has another status, or may have; "" is any run. False
// means that it is late. What its steps do is not waited for: asking for the run
// at each of them costs more than the run.
func moved(changes <-chan engine.Change, late <-chan time.Time, runID string) bool {
	for {
		select {
		case c := <-changes:
			if c.Kind == engine.ChangeResync || c.Kind == engine.ChangeRun && (runID == "" || c.ID == runID) {
				return true
			}
		case <-late:
			return false
		}
	}
}

// sale is the main job: a hook makes a contact, grants an offer and tells
// another system.
const sale = `{"schema":1,
 "triggers":[{"id":"hook","type":"webhook.catch","v":1,"params":{}}],
 "steps":[
  {"id":"buyer","type":"contact.upsert","v":1,"params":{"email":"{{ trigger.body.email }}","name":"{{ trigger.body.name }}"}},
  {"id":"access","type":"offer.grant","v":1,"params":{"offer":"Course A","send_email":"never"}},
  {"id":"tell","type":"webhook.send","v":1,"params":{"method":"POST","url":"$SINK/crm","body_type":"json",
    "body":{"order":"{{ trigger.body.order }}","fixed":820982911946154508}}}
 ]}`

const order = `{"email":"Ada@Example.com","name":"Ada Lovelace","order":820982911946154508}`

// publish makes and publishes the main job and returns its id and the path of
// its hook.
func (r *rig) publish() (id, hook string) {
	r.t.Helper()
	r.in("POST", "/offers", map[string]any{"title": "Course A", "products": []any{map[string]any{"title": "Course"}}}).is(http.StatusCreated)
	made := r.in("POST", "/workflows", `{"name":"Sale","definition":`+sale+`}`).is(http.StatusCreated)
	id = made.text("id")
	r.in("POST", "/workflows/"+id+"/publish", nil).is(http.StatusOK)
	return id, strings.TrimPrefix(made.text("triggers.0.url"), "https://hooks.example.com")
}

// finished waits for the end of a job: runs that it changes are announced, and
// a job that changes none is done when it is asked for again.
func (r *rig) finished(jobID string) reply {
	r.t.Helper()
	late := time.Now().Add(30 * time.Second)
	for {
		got := r.in("GET", "/jobs/"+jobID, nil).is(http.StatusOK)
		if got.at("finished_at") != nil {
			return got
		}
		if time.Now().After(late) {
			r.t.Fatalf("the job did not end: %s", got.body)
		}
	}
}

// firstRun waits for a run of a workflow of A and returns its id.
func (r *rig) firstRun(workflowID string) string {
	r.t.Helper()
	late := time.Now().Add(30 * time.Second)
	for {
		got := r.in("GET", "/runs?workflow_id="+workflowID, nil).is(http.StatusOK)
		if items := got.at("items").([]any); len(items) > 0 {
			return got.text("items.0.id")
		}
		if time.Now().After(late) {
			r.t.Fatal("no run was started")
		}
	}
}
