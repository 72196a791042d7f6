package engine_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/dispatch"
	"github.com/hookloom/hookloom/engine/egress"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/storage"
)

// BenchmarkCatchMapSend is the engine's part of the main workload: judge a
// 500-byte JSON request, commit it, map five fields and make one outbound call,
// everything journaled, with 32 callers at once. An operation is one finished
// run.
func BenchmarkCatchMapSend(b *testing.B) {
	var sent atomic.Int64
	var all sync.WaitGroup
	out := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		_, _ = io.WriteString(w, `{"ok":true}`)
		sent.Add(1)
		all.Done()
	}))
	defer out.Close()
	keyring, _ := secret.NewKeyring(secret.GenerateKey())
	store, err := storage.Open(b.Context(), storage.Config{DataDir: b.TempDir(), Keyring: keyring})
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	target, _ := url.Parse(out.URL)
	client, err := egress.New(egress.Config{AllowTargets: []string{target.Host}})
	if err != nil {
		b.Fatal(err)
	}
	registry := nodes.Default().Clone()
	registry.Register(testCatch)
	e := engine.New(engine.Deps{Store: store, Bell: dispatch.NewLocal(dispatch.LocalConfig{Concurrency: 32}), HTTP: client, Registry: registry, Exclusive: true})
	ws := crm.Workspace{ID: engine.NewID("ws"), Name: "Main", Slug: "main"}
	if err := store.CreateWorkspace(b.Context(), &ws); err != nil {
		b.Fatal(err)
	}
	if err := e.Start(b.Context()); err != nil {
		b.Fatal(err)
	}
	defer e.Stop(b.Context())
	document := strings.ReplaceAll(`{"schema":1,
 "triggers":[{"id":"in","type":"test.catch","v":1,"params":{"key":"id"}}],
 "steps":[{"id":"send","type":"webhook.send","v":1,"params":{"method":"POST","url":"$SINK/sink","body_type":"json","body":{
   "trace":"{{ trigger.body.id }}","email":"{{ trigger.body.customer.email | lower() }}",
   "name":"{{ trigger.body.customer.first_name }} {{ trigger.body.customer.last_name }}",
   "amount":"{{ trigger.body.order.total_cents / 100 }}","currency":"{{ trigger.body.order.currency | upper() }}",
   "offer":"{{ trigger.body.order.items[0].sku }}"}}}]}`, "$SINK", out.URL)
	name := "P"
	wf, err := e.CreateWorkflow(b.Context(), ws.ID, engine.Edit{Name: &name, Document: []byte(document)})
	if err != nil {
		b.Fatal(err)
	}
	if _, err := e.Publish(b.Context(), ws.ID, wf.ID, "", engine.HeldKeep); err != nil {
		b.Fatal(problemsOf(err))
	}
	var token string
	if err := store.Do(b.Context(), ws.ID, func(tx engine.Tx) error {
		tokens, err := tx.Tokens(wf.ID)
		token = tokens[0].Plain
		return err
	}); err != nil {
		b.Fatal(err)
	}
	hash := secret.HashToken(token)
	var seq atomic.Int64
	b.SetParallelism(16)
	b.ReportAllocs()
	b.ResetTimer()
	all.Add(b.N)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			n := seq.Add(1)
			body := fmt.Sprintf(`{"event":"purchase.completed","id":"evt-%d","created_at":"2026-01-15T10:22:33Z","livemode":true,"customer":{"id":"cus_%08d","email":"Ada.Lovelace+%d@Example.COM","first_name":"Ada","last_name":"Lovelace","phone":"+442071234567","country":"GB"},"order":{"id":"ord_%08d","currency":"usd","total_cents":4900,"coupon":"LAUNCH20","items":[{"sku":"COURSE-101","name":"Analytical Engines, from zero","qty":1,"price_cents":4900}]},"utm":{"source":"newsletter","medium":"email","campaign":"winter"}}`, n, n, n, n)
			_, err := e.Ingest(b.Context(), engine.Arrival{TokenHash: hash, Size: int64(len(body)), RawRequest: nodes.RawRequest{
				Method: http.MethodPost, Path: "/hooks/x", Header: http.Header{"Content-Type": {"application/json"}, "User-Agent": {"bench"}},
				Body: []byte(body), IP: "192.0.2.1", ReceivedAt: time.Now(),
			}})
			if err != nil {
				b.Error(err)
				return
			}
		}
	})
	all.Wait()
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "runs/s")
}
