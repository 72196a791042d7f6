package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"github.com/hookloom/hookloom/api"
	"github.com/hookloom/hookloom/api/edge"
	"github.com/hookloom/hookloom/api/identity"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/brand"
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

// clock is the time of a test; it stands until it is moved.
type clock struct{ at atomic.Int64 }

func newClock() *clock {
	c := &clock{}
	c.at.Store(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC).UnixMicro())
	return c
}

func (c *clock) Now() time.Time          { return time.UnixMicro(c.at.Load()).UTC() }
func (c *clock) advance(d time.Duration) { c.at.Add(d.Microseconds()) }

// lines is a log that a test reads.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// settings are what a test wants otherwise than usual.
type settings struct {
	config api.Config
	checks []api.Check
	ui     http.Handler
	// allow are hosts that steps may call although they are on this machine.
	allow []string
	// client changes the one that steps call with; nil changes nothing.
	client func(nodes.HTTPClient) nodes.HTTPClient
	// begin is when the clock begins; zero for its usual time.
	begin time.Time
	// dir is a data directory of an earlier world.
	dir     string
	keyring *secret.Keyring
}

// world is a whole server on a real socket: real engine, real SQLite, nothing
// in place of our own parts. Nobody has set it up yet.
type world struct {
	t       *testing.T
	clock   *clock
	store   *storage.Store
	engine  *engine.Engine
	desk    *identity.Desk
	live    *live.Local
	main    crm.Workspace
	url     string
	log     *lines
	local   string
	server  *http.Server
	dir     string
	keyring *secret.Keyring
}

// passwordParams makes hashing fast; its costs are tested in engine/account.
var passwordParams = argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}

func newWorld(t *testing.T, change ...func(*settings)) *world {
	t.Helper()
	s := settings{dir: t.TempDir(), config: api.Config{Version: "test"}}
	for _, c := range change {
		c(&s)
	}
	w := &world{t: t, clock: newClock(), live: live.NewLocal(), log: &lines{}, local: "local-" + secret.NewToken(), dir: s.dir, keyring: s.keyring}
	if !s.begin.IsZero() {
		w.clock.at.Store(s.begin.UnixMicro())
	}
	var err error
	if w.keyring == nil {
		if w.keyring, err = secret.NewKeyring(secret.GenerateKey()); err != nil {
			t.Fatal(err)
		}
	}
	storagetest.Tables(t, s.dir)
	if w.store, err = storage.Open(t.Context(), storage.Config{DataDir: s.dir, Keyring: w.keyring, Clock: w.clock.Now}); err != nil {
		t.Fatal(err)
	}
	client, err := egress.New(egress.Config{AllowTargets: s.allow})
	if err != nil {
		t.Fatal(err)
	}
	calls := nodes.HTTPClient(client)
	if s.client != nil {
		calls = s.client(calls)
	}
	log := slog.New(slog.NewJSONHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	w.engine = engine.New(engine.Deps{
		Store: w.store, Bell: dispatch.NewLocal(dispatch.LocalConfig{Concurrency: 2}), HTTP: calls,
		Registry: nodes.Default(), Live: w.live, Now: w.clock.Now, Exclusive: true,
	})
	if err := w.engine.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w.url = "http://" + listener.Addr().String()
	if s.config.BaseURL == "" {
		s.config.BaseURL = w.url
	}
	hasher, err := account.NewHasher(passwordParams)
	if err != nil {
		t.Fatal(err)
	}
	brands := brand.NewDirectory(brand.Config{Store: w.store, BaseURL: s.config.BaseURL, Now: w.clock.Now})
	w.desk = identity.New(identity.Deps{
		Brands: brands,
		Store:  w.store, Hasher: hasher, LocalKeyHash: secret.HashToken(w.local), BaseURL: s.config.BaseURL, Now: w.clock.Now, Log: log,
	})
	handler := api.New(api.Deps{
		Engine: w.engine, Store: w.store, Registry: nodes.Default(), Live: w.live, Desk: w.desk, UI: s.ui, Checks: s.checks,
		Config: s.config, Log: log, Now: w.clock.Now, Brands: brands, HTTP: client,
	})
	w.server = edge.Server(handler, log)
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = w.server.Serve(listener)
	}()
	t.Cleanup(func() {
		_ = w.server.Close()
		<-served
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		if err := w.engine.Stop(ctx); err != nil {
			t.Error(err)
		}
		w.live.Close()
		client.Close()
		if err := w.store.Close(); err != nil {
			t.Error(err)
		}
	})
	w.main = w.workspace("main")
	return w
}

// workspace makes one, or finds it.
func (w *world) workspace(slug string) crm.Workspace {
	w.t.Helper()
	if ws, err := w.store.WorkspaceByRef(w.t.Context(), slug); err == nil {
		return ws
	}
	ws := crm.Workspace{Name: slug, Slug: slug, Timezone: "UTC", Locale: "en", DefaultCountry: "US"}
	if err := w.store.CreateWorkspace(w.t.Context(), &ws); err != nil {
		w.t.Fatal(err)
	}
	return ws
}

// client is one who calls the API.
type client struct {
	w *world
	// key is sent as a bearer token; "" sends none.
	key  string
	http *http.Client
	// host is the domain that is called, "" for the server's own address.
	host string
	// header goes with every call.
	header http.Header
}

// anonymous is a caller without anything.
func (w *world) anonymous() *client {
	return &client{w: w, http: &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}, header: http.Header{}}
}

// owner calls with the key that commands on the machine use.
func (w *world) owner() *client {
	c := w.anonymous()
	c.key = w.local
	return c
}

// browser keeps cookies as browsers do.
func (w *world) browser() *client {
	c := w.anonymous()
	jar, err := cookiejar.New(nil)
	if err != nil {
		w.t.Fatal(err)
	}
	c.http.Jar = jar
	return c
}

// keyed calls with a new API key of a workspace.
func (w *world) keyed(workspace string, scopes ...string) *client {
	w.t.Helper()
	a := w.owner().post("/workspaces/"+workspace+"/api-keys", map[string]any{"name": "Test", "scopes": scopes})
	if a.status != http.StatusCreated {
		w.t.Fatalf("no key: %d %s", a.status, a.body)
	}
	c := w.anonymous()
	c.key = a.text("key")
	return c
}

// got is an answer.
type got struct {
	t      *testing.T
	status int
	header http.Header
	body   string
}

// json is the answer's object.
func (g got) json() map[string]any {
	g.t.Helper()
	var m map[string]any
	d := json.NewDecoder(strings.NewReader(g.body))
	d.UseNumber()
	if err := d.Decode(&m); err != nil {
		g.t.Fatalf("%d, no JSON object: %s", g.status, g.body)
	}
	return m
}

// text is a text in the answer's object, "" for none.
func (g got) text(key string) string {
	g.t.Helper()
	s, _ := g.json()[key].(string)
	return s
}

// items are the entries of a list.
func (g got) items() []map[string]any {
	g.t.Helper()
	raw, ok := g.json()["items"].([]any)
	if !ok {
		g.t.Fatalf("%d, no list: %s", g.status, g.body)
	}
	list := make([]map[string]any, len(raw))
	for i, item := range raw {
		list[i], _ = item.(map[string]any)
	}
	return list
}

// is checks the status and, with a code, the problem's; it returns the answer.
func (g got) is(status int, code ...string) got {
	g.t.Helper()
	if g.status != status {
		g.t.Fatalf("got %d, want %d: %s", g.status, status, g.body)
	}
	if len(code) > 0 && g.text("code") != code[0] {
		g.t.Fatalf("got %s, want %s: %s", g.text("code"), code[0], g.body)
	}
	if status >= 400 {
		if g.header.Get("Content-Type") != "application/problem+json" || g.text("trace_id") == "" || g.text("detail") == "" {
			g.t.Fatalf("no whole problem: %v %s", g.header, g.body)
		}
	}
	return g
}

func (c *client) get(path string, header ...string) got { return c.call("GET", path, nil, header...) }
func (c *client) del(path string, header ...string) got {
	return c.call("DELETE", path, nil, header...)
}
func (c *client) post(path string, body any, header ...string) got {
	return c.call("POST", path, body, header...)
}
func (c *client) patch(path string, body any, header ...string) got {
	return c.call("PATCH", path, body, header...)
}

// call calls /api/v1 with a body that is JSON already (string) or becomes it.
func (c *client) call(method, path string, body any, header ...string) got {
	c.w.t.Helper()
	return c.at(method, "/api/v1"+path, body, header...)
}

// at calls any path.
func (c *client) at(method, path string, body any, header ...string) got {
	c.w.t.Helper()
	r := c.request(method, path, body, header...)
	answer, err := c.http.Do(r)
	if err != nil {
		c.w.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		c.w.t.Fatal(err)
	}
	return got{c.w.t, answer.StatusCode, answer.Header, string(text)}
}

func (c *client) request(method, path string, body any, header ...string) *http.Request {
	c.w.t.Helper()
	var reader io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		reader = strings.NewReader(b)
	default:
		text, err := json.Marshal(b)
		if err != nil {
			c.w.t.Fatal(err)
		}
		reader = bytes.NewReader(text)
	}
	r, err := http.NewRequestWithContext(c.w.t.Context(), method, c.w.url+path, reader)
	if err != nil {
		c.w.t.Fatal(err)
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if c.host != "" {
		r.Host = c.host
	}
	if c.key != "" {
		r.Header.Set("Authorization", "Bearer "+c.key)
	}
	for name, values := range c.header {
		r.Header[name] = values
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return r
}

const (
	goodEmail    = "ada@example.com"
	goodPassword = "correct horse battery"
)

// setUp makes the first owner and returns their browser.
func (w *world) setUp() *client {
	w.t.Helper()
	b := w.browser()
	b.post("/setup", map[string]any{"token": w.setupToken(), "email": goodEmail, "name": "Ada Lovelace", "password": goodPassword}).is(201)
	return b
}

func (w *world) setupToken() string {
	w.t.Helper()
	link, err := w.desk.SetupLink(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	_, token, _ := strings.Cut(link.Reveal(), "token=")
	return token
}
