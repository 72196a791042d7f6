package ingress_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/hookloom/hookloom/api/ingress"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/nodes"
)

// nothing accepts at once, so that the benchmark sees the ingress alone.
type nothing struct{ answer engine.Answer }

func (n nothing) Ingest(context.Context, engine.Arrival) (engine.Answer, error) { return n.answer, nil }

// writer drops an answer.
type writer struct{ header http.Header }

func (w writer) Header() http.Header         { return w.header }
func (w writer) Write(b []byte) (int, error) { return len(b), nil }
func (w writer) WriteHeader(int)             {}

func BenchmarkIngress(b *testing.B) {
	h := ingress.New(ingress.Deps{Engine: nothing{engine.Answer{
		RequestID: "req_0198c5d4-5a3e-7cc1-b3a5-2f6a1f0a9c11", Verdict: nodes.Accepted, Status: 202,
		RunIDs: []string{"run_0198c5d4-5a3e-7cc1-b3a5-2f6a1f0a9c12"},
	}}, BaseURL: "https://hooks.example.com"})
	body := strings.Repeat("x", 500)
	w := writer{http.Header{}}
	r := httptest.NewRequest("POST", "/hooks/"+strings.Repeat("A", 32), nil)
	r.Header.Set("Content-Type", "application/json")
	b.ReportAllocs()
	for b.Loop() {
		reader := strings.NewReader(body)
		r.Body, r.ContentLength = io.NopCloser(reader), 500
		h.ServeHTTP(w, r)
	}
}
