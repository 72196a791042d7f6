package trace_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"go.uber.org/goleak"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/trace"
	"github.com/hookloom/hookloom/nodes"
)

// span is one as the collector receives it.
type span struct {
	TraceID, SpanID, ParentSpanID, Name string
	Kind                                int
	StartTimeUnixNano, EndTimeUnixNano  string
	Attributes                          []attribute
	Links                               []struct{ TraceID, SpanID string }
	Status                              struct {
		Code    int
		Message string
	}
}

type attribute struct {
	Key   string
	Value struct {
		StringValue string
		IntValue    string
	}
}

func (s span) attribute(key string) string {
	for _, a := range s.Attributes {
		if a.Key == key {
			return a.Value.StringValue + a.Value.IntValue
		}
	}
	return ""
}

// stub is a collector.
type stub struct {
	*httptest.Server
	mu      sync.Mutex
	status  int
	headers http.Header
	service string
	spans   map[string]span // by name
}

func newStub(t *testing.T) *stub {
	t.Helper()
	s := &stub{status: http.StatusOK, spans: map[string]span{}}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.headers = r.Header.Clone()
		plain, err := gzip.NewReader(r.Body)
		if err != nil || r.URL.Path != "/v1/traces" || r.Method != http.MethodPost {
			t.Errorf("%s %s, %v", r.Method, r.URL.Path, err)
			return
		}
		var got struct {
			ResourceSpans []struct {
				Resource   struct{ Attributes []attribute }
				ScopeSpans []struct{ Spans []span }
			}
		}
		if err := json.NewDecoder(plain).Decode(&got); err != nil {
			t.Error(err)
			return
		}
		for _, of := range got.ResourceSpans {
			s.service = span{Attributes: of.Resource.Attributes}.attribute("service.name")
			for _, scope := range of.ScopeSpans {
				for _, one := range scope.Spans {
					s.spans[one.Name] = one
				}
			}
		}
		w.WriteHeader(s.status)
	}))
	t.Cleanup(s.Close)
	return s
}

func open(t *testing.T, s *stub, change func(*trace.Config)) *trace.Tracer {
	t.Helper()
	cfg := trace.Config{Endpoint: s.URL, Headers: map[string]string{"X-Key": "k"}, Version: "1", Ratio: 1, Log: slog.New(slog.DiscardHandler)}
	if change != nil {
		change(&cfg)
	}
	tracer, err := trace.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return tracer
}

// receiver is the outside world of calls.
type receiver struct{ header http.Header }

func (r *receiver) Send(_ context.Context, q nodes.HTTPRequest) (nodes.HTTPResponse, error) {
	r.header = q.Header
	if q.URL == "https://away.example.com/secret" {
		return nodes.HTTPResponse{}, &nodes.SendError{Kind: "timeout", Message: "It took too long."}
	}
	return nodes.HTTPResponse{Status: 204}, nil
}

const (
	senderTrace = "4bf92f3577b34da6a3ce929d0e0e4736"
	runUUID     = "01a20284-71f8-7d8a-b72e-28b2106ed977"
)

func TestOneTraceFromTheRequestToTheCall(t *testing.T) {
	before := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, before) })
	s := newStub(t)
	begun := time.Now().Add(-time.Second)
	// Two processes: one takes the request, the other one works.
	taking, working := open(t, s, nil), open(t, s, nil)
	taking.Ingested(begun, http.Header{"Traceparent": {"00-" + senderTrace + "-00f067aa0ba902b7-01"}},
		engine.Answer{RequestID: "req_1", Verdict: nodes.Accepted, Status: 202, RunIDs: []string{"run_" + runUUID}}, nil)
	ctx, endRun := working.Run(t.Context(), engine.Run{ID: "run_" + runUUID, RequestID: "req_1", Workspace: "ws_1", Epoch: 3})
	ctx, endStep := working.Step(ctx, "each[0]/send", "webhook.send")
	outside := &receiver{}
	answer, err := working.Client(outside).Send(ctx, nodes.HTTPRequest{Method: "POST", URL: "https://api.example.com/secret?key=s3cret"})
	if err != nil || answer.Status != 204 {
		t.Fatal(answer, err)
	}
	endStep("succeeded", nil)
	endRun("failed", nil)
	if err := errors.Join(taking.Close(), working.Close()); err != nil {
		t.Fatal(err)
	}

	webhook, run, step, call := s.spans["webhook"], s.spans["run"], s.spans["webhook.send"], s.spans["call"]
	for _, one := range []span{webhook, run, step, call} {
		if one.TraceID != strings.ReplaceAll(runUUID, "-", "") {
			t.Errorf("%s is in the trace %s", one.Name, one.TraceID)
		}
	}
	if webhook.ParentSpanID != "" || run.ParentSpanID != webhook.SpanID || step.ParentSpanID != run.SpanID || call.ParentSpanID != step.SpanID {
		t.Errorf("no chain: %+v", s.spans)
	}
	if webhook.Kind != 2 || call.Kind != 3 || webhook.StartTimeUnixNano != fmt.Sprint(begun.UnixNano()) {
		t.Errorf("webhook %+v, call %+v", webhook, call)
	}
	if len(webhook.Links) != 1 || webhook.Links[0].TraceID != senderTrace {
		t.Errorf("links %+v", webhook.Links)
	}
	if got := outside.header.Get("Traceparent"); got != "00-"+call.TraceID+"-"+call.SpanID+"-01" {
		t.Errorf("the receiver was told %q", got)
	}
	if run.Status.Code != 2 || step.Status.Code != 0 || step.attribute("hookloom.path") != "each[0]/send" || run.attribute("hookloom.epoch") != "3" ||
		call.attribute("http.response.status_code") != "204" || call.attribute("server.address") != "api.example.com" {
		t.Errorf("%+v", s.spans)
	}
	if s.service != "hookloom" || s.headers.Get("X-Key") != "k" {
		t.Errorf("service %q, headers %v", s.service, s.headers)
	}
	text, _ := json.Marshal(s.spans)
	if bytes.Contains(text, []byte("secret")) {
		t.Errorf("a path of a receiver is told: %s", text)
	}
}

func TestCallsKeepTheirOwnTrace(t *testing.T) {
	s := newStub(t)
	tracer, outside := open(t, s, nil), &receiver{}
	header := http.Header{"Traceparent": {"00-" + senderTrace + "-00f067aa0ba902b7-00"}}
	_, err := tracer.Client(outside).Send(t.Context(), nodes.HTTPRequest{Method: "GET", URL: "https://away.example.com/secret", Header: header})
	if err == nil || outside.header.Get("Traceparent") != header.Get("Traceparent") {
		t.Errorf("%v, told %v", err, outside.header)
	}
	if err := tracer.Close(); err != nil {
		t.Fatal(err)
	}
	if call := s.spans["call"]; call.Status.Code != 2 || call.Status.Message != "It took too long." {
		t.Errorf("%+v", call)
	}
}

func TestRatioIsOneAnswerForEveryProcess(t *testing.T) {
	s := newStub(t)
	one := open(t, s, func(c *trace.Config) { c.Ratio = 0.25 })
	other := open(t, s, func(c *trace.Config) { c.Ratio = 0.25 })
	defer one.Close()
	defer other.Close()
	kept := 0
	for range 2000 {
		run := engine.Run{ID: "run_" + uuid.Must(uuid.NewV7()).String(), RequestID: "req_1"}
		told := make([]string, 2)
		for i, tracer := range []*trace.Tracer{one, other} {
			ctx, end := tracer.Run(t.Context(), run)
			outside := &receiver{}
			_, _ = tracer.Client(outside).Send(ctx, nodes.HTTPRequest{Method: "GET", URL: "https://api.example.com"})
			told[i] = outside.header.Get("Traceparent")[len("00-")+32+1+16+1:]
			end("succeeded", nil)
		}
		if told[0] != told[1] {
			t.Fatalf("flags %v", told)
		}
		if told[0] == "01" {
			kept++
		}
	}
	if kept < 350 || kept > 650 {
		t.Errorf("%d of 2000 are kept, a quarter is 500", kept)
	}
}

func TestACollectorThatIsAwayCostsNothing(t *testing.T) {
	s := newStub(t)
	var log bytes.Buffer
	tracer := open(t, s, func(c *trace.Config) {
		c.Endpoint, c.Log = "http://127.0.0.1:1", slog.New(slog.NewTextHandler(&log, nil))
	})
	for range 5000 {
		_, end := tracer.Run(t.Context(), engine.Run{ID: "run_1"})
		end("succeeded", nil)
	}
	if err := tracer.Close(); err != nil {
		t.Error(err)
	}
	if n := strings.Count(log.String(), "takes no spans"); n != 1 {
		t.Errorf("said %d times: %s", n, log.String())
	}
}

func TestBadEndpoints(t *testing.T) {
	for _, endpoint := range []string{"", "collector:4317", "grpc://collector:4317", "http://", "::"} {
		if _, err := trace.New(trace.Config{Endpoint: endpoint}); err == nil {
			t.Errorf("%q was accepted", endpoint)
		}
	}
}
