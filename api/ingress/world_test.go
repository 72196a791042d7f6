package ingress_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hookloom/hookloom/api/edge"
	"github.com/hookloom/hookloom/api/ingress"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/dispatch"
	"github.com/hookloom/hookloom/engine/egress"
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

// away wraps the real engine so that a test can say that the database is away
// or have a look at what arrives.
type away struct {
	*engine.Engine
	err    atomic.Pointer[error]
	answer atomic.Pointer[engine.Answer]
	panics atomic.Bool
	mu     sync.Mutex
	last   engine.Arrival
}

func (a *away) Ingest(ctx context.Context, in engine.Arrival) (engine.Answer, error) {
	a.mu.Lock()
	a.last = in
	a.mu.Unlock()
	if err := a.err.Load(); err != nil {
		return engine.Answer{}, *err
	}
	if a.panics.Load() {
		panic("broken")
	}
	if answer := a.answer.Load(); answer != nil {
		return *answer, nil
	}
	return a.Engine.Ingest(ctx, in)
}

func (a *away) arrival() engine.Arrival {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.last
}

// world is an ingress over the real engine and a real SQLite database, on a
// real socket.
type world struct {
	t      *testing.T
	clock  *clock
	store  *storage.Store
	engine *away
	ws     crm.Workspace
	url    string
	addr   string
	log    *lines
	dir    string
	// refused are the words for a wrong signature, see refusedWords.
	refused string
}

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

type options struct {
	maxBody   int64
	budget    int64
	proxies   []string
	rateLimit float64
	bodyTime  time.Duration
}

func newWorld(t *testing.T, o options) *world {
	t.Helper()
	keyring, err := secret.NewKeyring(secret.GenerateKey())
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, clock: newClock(), log: &lines{}, dir: t.TempDir()}
	storagetest.Tables(t, w.dir)
	if w.store, err = storage.Open(t.Context(), storage.Config{DataDir: w.dir, Keyring: keyring, Clock: w.clock.Now}); err != nil {
		t.Fatal(err)
	}
	client, err := egress.New(egress.Config{})
	if err != nil {
		t.Fatal(err)
	}
	w.engine = &away{Engine: engine.New(engine.Deps{
		Store: w.store, Bell: dispatch.NewLocal(dispatch.LocalConfig{Concurrency: 2}), HTTP: client,
		Registry: nodes.Default(), Now: w.clock.Now, Exclusive: true, RateLimit: o.rateLimit,
	})}
	proxies, err := edge.ParseProxies(o.proxies)
	if err != nil {
		t.Fatal(err)
	}
	handler := ingress.New(ingress.Deps{
		Engine: w.engine, Proxies: proxies, BaseURL: "https://hooks.example.com", MaxBodyBytes: o.maxBody, Budget: o.budget, BodyTime: o.bodyTime,
		Now: w.clock.Now, Log: slog.New(slog.NewJSONHandler(w.log, nil)),
	})
	w.serve(handler)
	w.ws = crm.Workspace{Name: "Main", Slug: "main", DefaultCountry: "US"}
	if err := w.store.CreateWorkspace(t.Context(), &w.ws); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		client.Close()
		if err := w.store.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

func (w *world) serve(handler http.Handler) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		w.t.Fatal(err)
	}
	server := edge.Server(handler, nil)
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(listener)
	}()
	w.addr, w.url = listener.Addr().String(), "http://"+listener.Addr().String()
	w.t.Cleanup(func() {
		_ = server.Close()
		<-done
	})
}

// live publishes a workflow with one webhook.catch and returns its token.
func (w *world) live(params string) string {
	w.t.Helper()
	id, token := w.draft(params)
	if _, err := w.engine.Publish(w.t.Context(), w.ws.ID, id, "", ""); err != nil {
		w.t.Fatal(err)
	}
	return token
}

func (w *world) draft(params string) (workflow, token string) {
	w.t.Helper()
	name := "Test"
	doc := `{"schema":1,"triggers":[{"id":"hook","type":"webhook.catch","v":1,"params":` + params + `}],
		"steps":[{"id":"end","type":"flow.stop","v":1,"params":{"outcome":"succeeded"}}]}`
	wf, err := w.engine.CreateWorkflow(w.t.Context(), w.ws.ID, engine.Edit{Name: &name, Document: []byte(doc)})
	if err != nil {
		w.t.Fatal(err)
	}
	tokens, err := w.store.Tokens(w.t.Context(), w.ws.ID, wf.ID)
	if err != nil || len(tokens) != 1 {
		w.t.Fatal(err, tokens)
	}
	return wf.ID, tokens[0].Plain
}

// got is an answer.
type got struct {
	status int
	header http.Header
	body   string
}

func (g got) json(t *testing.T) map[string]any {
	t.Helper()
	var m map[string]any
	if err := json.Unmarshal([]byte(g.body), &m); err != nil {
		t.Fatalf("the answer is no JSON: %s", g.body)
	}
	return m
}

func (w *world) send(method, path, body string, header ...string) got {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), method, w.url+path, strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return w.do(r)
}

func (w *world) do(r *http.Request) got {
	w.t.Helper()
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		w.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return got{answer.StatusCode, answer.Header, string(text)}
}

// raw sends bytes as they are and returns all that comes back until the server
// closes the connection, or for a while.
func (w *world) raw(text string) string {
	w.t.Helper()
	conn, err := net.Dial("tcp", w.addr)
	if err != nil {
		w.t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(5 * time.Second))
	// The server may answer and close before it has read all.
	_, _ = io.WriteString(conn, text)
	answer, _ := io.ReadAll(conn)
	return string(answer)
}

// requests returns the stored rows, newest first.
func (w *world) requests() []engine.Request {
	w.t.Helper()
	list, err := w.store.ListRequests(w.t.Context(), w.ws.ID, engine.RequestFilter{}, engine.Page{Limit: 200})
	if err != nil {
		w.t.Fatal(err)
	}
	return list.Items
}

func (w *world) runs() []engine.Run {
	w.t.Helper()
	list, err := w.store.ListRuns(w.t.Context(), w.ws.ID, engine.RunFilter{Kind: "any"}, engine.Page{Limit: 200})
	if err != nil {
		w.t.Fatal(err)
	}
	return list.Items
}
