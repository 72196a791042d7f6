package faults

import (
	"compress/gzip"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestTracesReachACollector runs the main job with a collector and finds all of
// it in the trace that has the run's id.
func TestTracesReachACollector(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	names := map[string][]string{} // by trace
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var got struct {
			ResourceSpans []struct {
				ScopeSpans []struct {
					Spans []struct{ TraceID, Name string }
				}
			}
		}
		plain, err := gzip.NewReader(r.Body)
		if err == nil {
			err = json.NewDecoder(plain).Decode(&got)
		}
		if err != nil {
			t.Error(err)
			return
		}
		mu.Lock()
		defer mu.Unlock()
		for _, resource := range got.ResourceSpans {
			for _, scope := range resource.ScopeSpans {
				for _, span := range scope.Spans {
					names[span.TraceID] = append(names[span.TraceID], span.Name)
				}
			}
		}
	}))
	defer collector.Close()
	s := NewStand(t, Layout{Bin: binary(t), Seed: *seed})
	s.procs[server].Kill()
	s.Start(server, "OTEL_EXPORTER_OTLP_ENDPOINT="+collector.URL)
	run := sendOne(t, s, "traced")
	awaitRun(t, s, run, 20*time.Second)
	if err := s.procs[server].Stop(20 * time.Second); err != nil { // sends what waits
		t.Error(err)
	}
	mu.Lock()
	defer mu.Unlock()
	got := " " + strings.Join(names[strings.ReplaceAll(strings.TrimPrefix(run, "run_"), "-", "")], " ") + " "
	for _, want := range []string{"webhook", "run", "contact.upsert", "offer.grant", "contact.add_tag", "webhook.send", "call"} {
		if strings.Count(got, " "+want+" ") != 1 {
			t.Errorf("the trace of %s has the spans%s, not one %s", run, got, want)
		}
	}
}
