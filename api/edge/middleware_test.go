package edge_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"github.com/hookloom/hookloom/api/edge"
)

// A handler that panics costs one answer, which says nothing of the cause; the
// log has it under the trace id that the caller was told.
func TestRecover(t *testing.T) {
	gin.SetMode(gin.ReleaseMode)
	var log bytes.Buffer
	logger := slog.New(slog.NewJSONHandler(&log, nil))
	r := gin.New()
	r.Use(edge.Trace(logger, edge.Proxies{}, func(*gin.Context) string { return "usr_1" }), edge.Recover(logger))
	r.GET("/api/broken", func(*gin.Context) { panic("the secret reason\n{}") })
	r.GET("/api/halfway", func(c *gin.Context) {
		c.String(http.StatusOK, "half")
		panic("late")
	})
	r.GET("/page", func(c *gin.Context) { c.String(http.StatusOK, "ok") })

	w := httptest.NewRecorder()
	r.ServeHTTP(w, httptest.NewRequest("GET", "/api/broken?token=canary", nil))
	var body map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil || w.Code != 500 || strings.Contains(w.Body.String(), "secret reason") {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	id, _ := body["trace_id"].(string)
	if id == "" || id != w.Header().Get(edge.TraceHeader) || strings.Count(log.String(), id) != 2 {
		t.Errorf("trace %q, log %s", id, &log)
	}
	if lines := strings.Split(strings.TrimSpace(log.String()), "\n"); len(lines) != 2 || strings.Contains(log.String(), "canary") {
		t.Errorf("%q", lines)
	}

	w = httptest.NewRecorder()
	r.ServeHTTP(w, httptest.NewRequest("GET", "/api/halfway", nil))
	if w.Body.String() != "half" {
		t.Errorf("a second answer behind the first: %s", w.Body)
	}

	log.Reset()
	r.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/page", nil))
	if log.Len() != 0 {
		t.Errorf("a page is in the usual log: %s", &log)
	}
}

func FuzzClientIP(f *testing.F) {
	f.Add("1.2.3.4", "for=1.2.3.4;proto=https", "1.2.3.4")
	f.Add("a, [::1]:80,", `for="[2001:db8::1]:1",for=_x`, "::ffff:1.2.3.4%eth0")
	proxies, err := edge.ParseProxies([]string{"0.0.0.0/0", "::/0"})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, xff, forwarded, real string) {
		for _, h := range []http.Header{{"X-Forwarded-For": {xff}}, {"Forwarded": {forwarded}}, {"X-Real-Ip": {real}}} {
			got := proxies.ClientIP(&http.Request{RemoteAddr: "10.0.0.1:1", Header: h})
			if !got.IsValid() || got.Is4In6() || got.Zone() != "" {
				t.Errorf("%v gave %v", h, got)
			}
		}
	})
}
