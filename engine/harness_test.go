package engine_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/dispatch"
	"github.com/hookloom/hookloom/engine/egress"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes"
	_ "github.com/hookloom/hookloom/nodes/contact"
	_ "github.com/hookloom/hookloom/nodes/event"
	_ "github.com/hookloom/hookloom/nodes/flow"
	_ "github.com/hookloom/hookloom/nodes/manual"
	_ "github.com/hookloom/hookloom/nodes/offer"
	_ "github.com/hookloom/hookloom/nodes/webhook"
	"github.com/hookloom/hookloom/storage"
	"github.com/hookloom/hookloom/storage/storagetest"
)

// clock is the time of a test.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// sink is the outside world: it records what arrives and answers as told.
type sink struct {
	*httptest.Server
	mu       sync.Mutex
	received []received
	answer   func(n int, r received, w http.ResponseWriter)
}

type received struct {
	Header http.Header
	Body   string
}

func newSink(t *testing.T) *sink {
	s := &sink{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		s.mu.Lock()
		got := received{r.Header.Clone(), string(body)}
		s.received = append(s.received, got)
		n, answer := len(s.received), s.answer
		s.mu.Unlock()
		if answer != nil {
			answer(n, got, w)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"ok":true}`)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *sink) all() []received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]received(nil), s.received...)
}

// watch is an engine.Live that wakes whoever waits for a change.
type watch struct {
	mu      sync.Mutex
	changed chan struct{}
}

func (w *watch) Publish(engine.Change) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.changed != nil {
		close(w.changed)
		w.changed = nil
	}
}

func (w *watch) Subscribe(string) (<-chan engine.Change, func()) { return nil, func() {} }

// next is closed at the next change.
func (w *watch) next() <-chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.changed == nil {
		w.changed = make(chan struct{})
	}
	return w.changed
}

// world is one engine on a real SQLite database.
type world struct {
	t         *testing.T
	dir       string
	clock     *clock
	store     *storage.Store
	keyring   *secret.Keyring
	registry  *nodes.Registry
	sink      *sink
	watch     *watch
	workspace crm.Workspace
	client    *egress.Client
	fault     func(site string)
	// shared is set when other processes use the database too.
	shared bool
	// wrap stands between the engine and its store; nil is nothing.
	wrap func(engine.Store) engine.Store
	*engine.Engine
}

func newWorld(t *testing.T, extra ...nodes.Definition) *world {
	t.Helper()
	keyring, err := secret.NewKeyring(secret.GenerateKey())
	if err != nil {
		t.Fatal(err)
	}
	w := &world{
		t: t, dir: t.TempDir(), clock: &clock{now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)},
		keyring: keyring, registry: nodes.Default().Clone(), sink: newSink(t), watch: &watch{},
	}
	w.registry.Register(testCatch)
	w.registry.Register(extra...)
	w.open()
	w.workspace = crm.Workspace{ID: engine.NewID("ws"), Name: "Main", Slug: "main", Timezone: "UTC", Locale: "en", Currency: "USD", DefaultCountry: "US"}
	if err := w.store.CreateWorkspace(t.Context(), &w.workspace); err != nil {
		t.Fatal(err)
	}
	w.begin()
	t.Cleanup(w.end)
	return w
}

// open starts a process on the world's database.
func (w *world) open() {
	w.t.Helper()
	storagetest.Tables(w.t, w.dir)
	store, err := storage.Open(w.t.Context(), storage.Config{DataDir: w.dir, Keyring: w.keyring, Clock: w.clock.Now})
	if err != nil {
		w.t.Fatal(err)
	}
	target, _ := url.Parse(w.sink.URL)
	client, err := egress.New(egress.Config{AllowTargets: []string{target.Host}})
	if err != nil {
		w.t.Fatal(err)
	}
	w.store, w.client = store, client
	var used engine.Store = store
	if w.wrap != nil {
		used = w.wrap(store)
	}
	w.Engine = engine.New(engine.Deps{
		Store: used, Bell: dispatch.NewLocal(dispatch.LocalConfig{Concurrency: 4}), HTTP: w.client,
		Registry: w.registry, Live: w.watch, Now: w.clock.Now, Exclusive: !w.shared,
		Fault: func(site string) {
			if w.fault != nil {
				w.fault(site)
			}
		},
	})
}

func (w *world) begin() {
	w.t.Helper()
	if err := w.Start(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) end() {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	if err := w.Stop(ctx); err != nil {
		w.t.Errorf("stop: %v", err)
	}
	if err := w.store.Close(); err != nil {
		w.t.Errorf("close: %v", err)
	}
}

// document puts the sink's address in the place of $SINK.
func (w *world) document(text string) []byte {
	return bytes.ReplaceAll([]byte(text), []byte("$SINK"), []byte(w.sink.URL))
}

func (w *world) draft(document string) engine.Workflow {
	w.t.Helper()
	name := w.t.Name()
	wf, err := w.CreateWorkflow(w.t.Context(), w.workspace.ID, engine.Edit{Name: &name, Document: w.document(document)})
	if err != nil {
		w.t.Fatalf("create: %v", problemsOf(err))
	}
	return wf
}

// publish stores and publishes a workflow, and returns it with the token of its
// first trigger.
func (w *world) publish(document string) (engine.Workflow, string) {
	w.t.Helper()
	wf := w.draft(document)
	wf, err := w.Publish(w.t.Context(), w.workspace.ID, wf.ID, "usr_test", engine.HeldKeep)
	if err != nil {
		w.t.Fatalf("publish: %v", problemsOf(err))
	}
	return wf, w.token(wf.ID)
}

func (w *world) token(workflowID string) string {
	w.t.Helper()
	var token string
	w.do(func(tx engine.Tx) error {
		tokens, err := tx.Tokens(workflowID)
		if err == nil && len(tokens) > 0 {
			token = tokens[0].Plain
		}
		return err
	})
	return token
}

func (w *world) do(fn func(engine.Tx) error) {
	w.t.Helper()
	if err := w.store.Do(w.t.Context(), w.workspace.ID, fn); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) offer(title string) crm.Offer {
	w.t.Helper()
	o := crm.Offer{Title: title}
	if err := w.store.CreateOffer(w.t.Context(), w.workspace.ID, &o); err != nil {
		w.t.Fatal(err)
	}
	return o
}

// contact finds a contact by e-mail; there must be exactly one.
func (w *world) contact(email string) crm.Contact {
	w.t.Helper()
	var found []crm.Contact
	w.do(func(tx engine.Tx) (err error) {
		found, err = tx.ContactsBy("email", email)
		return err
	})
	if len(found) != 1 {
		w.t.Fatalf("%d contacts have the e-mail %s", len(found), email)
	}
	return found[0]
}

// post sends a JSON body to a token.
func (w *world) post(token, body string) engine.Answer {
	w.t.Helper()
	answer, err := w.Ingest(w.t.Context(), w.arrival(token, body))
	if err != nil {
		w.t.Fatalf("ingest: %v", err)
	}
	return answer
}

func (w *world) arrival(token, body string) engine.Arrival {
	return engine.Arrival{
		TokenHash: secret.HashToken(token), Size: int64(len(body)),
		RawRequest: nodes.RawRequest{
			Method: http.MethodPost, Path: "/hooks/" + token, Header: http.Header{"Content-Type": {"application/json"}},
			Body: []byte(body), IP: "192.0.2.1", ReceivedAt: w.clock.Now(),
		},
	}
}

func (w *world) reconcile() {
	w.t.Helper()
	if err := w.Reconcile(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

// settled waits until a run stands still: finished, or waiting.
func (w *world) settled(runID string) engine.Run {
	w.t.Helper()
	return w.until(runID, func(r engine.Run) bool { return r.Status.Finished() || r.Status == engine.Waiting })
}

func (w *world) finished(runID string) engine.Run {
	w.t.Helper()
	return w.until(runID, func(r engine.Run) bool { return r.Status.Finished() })
}

// until waits for a run to fulfil a condition, woken by the engine's changes.
func (w *world) until(runID string, ok func(engine.Run) bool) engine.Run {
	w.t.Helper()
	deadline := time.After(time.Minute)
	for {
		changed := w.watch.next()
		run, err := w.store.Run(w.t.Context(), w.workspace.ID, runID)
		if err != nil {
			w.t.Fatal(err)
		}
		if ok(run) {
			return run
		}
		select {
		case <-changed:
		case <-deadline:
			w.t.Fatalf("run %s still %s: %+v", runID, run.Status, run.Error)
		}
	}
}

// steps returns the journal by path.
func (w *world) steps(runID string) map[string]engine.StepResult {
	w.t.Helper()
	rows, err := w.store.Steps(w.t.Context(), w.workspace.ID, runID)
	if err != nil {
		w.t.Fatal(err)
	}
	byPath := map[string]engine.StepResult{}
	for _, row := range rows {
		byPath[row.Path] = row
	}
	return byPath
}

func problemsOf(err error) any {
	if d, ok := err.(*engine.DocumentError); ok {
		text, _ := json.MarshalIndent(d.Problems, "", " ")
		return string(text)
	}
	return err
}

// testCatch is a trigger that takes any JSON body.
var testCatch = nodes.HTTPTrigger[testCatchParams]{
	Meta: nodes.Meta{Type: "test.catch", Name: "Catch", Group: "Tests", Summary: "Takes any JSON."},
	Open: func(p testCatchParams) (nodes.Receiver, error) { return testReceiver(p), nil },
}

type testCatchParams struct {
	Key string `json:"key" label:"Repeat key"`
}

type testReceiver testCatchParams

func (t testReceiver) Receive(_ context.Context, r nodes.RawRequest) nodes.Receipt {
	body, err := value.Decode(r.Body)
	if err != nil {
		return nodes.Receipt{Verdict: nodes.Invalid, Reason: err.Error()}
	}
	receipt := nodes.Receipt{Verdict: nodes.Accepted, Payload: map[string]any{
		"id": r.TriggerID, "type": "test.catch", "method": r.Method, "query": map[string]any{}, "body": body,
	}}
	fields, _ := body.(map[string]any)
	if t.Key != "" {
		receipt.DedupeKey, _ = fields[t.Key].(string)
	}
	if fields["skip"] == true && r.Kept { // as the condition of a version that the draft did not have yet
		return nodes.Receipt{Verdict: nodes.Filtered, Reason: "The condition is not met."}
	}
	return receipt
}
