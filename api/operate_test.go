package api_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/hookloom/hookloom/api"
	"github.com/hookloom/hookloom/api/problem"
)

func TestHealth(t *testing.T) {
	var broken error
	w := newWorld(t, func(s *settings) {
		s.checks = []api.Check{
			{Name: "database", Check: func(context.Context) error { return nil }},
			{Name: "dispatcher", Check: func(context.Context) error { return broken }},
		}
	})
	c := w.anonymous()
	if a := c.at("GET", "/healthz", nil); a.status != 200 || a.text("version") != "test" {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := c.at("GET", "/readyz", nil); a.status != 200 || a.text("status") != "ok" {
		t.Errorf("%d %s", a.status, a.body)
	}
	broken = errors.New("dial redis 10.0.0.7: refused")
	a := c.at("GET", "/readyz", nil)
	checks, _ := a.json()["checks"].(map[string]any)
	if a.status != 503 || a.header.Get("Retry-After") == "" || checks["dispatcher"] != "failed" || checks["database"] != "ok" || strings.Contains(a.body, "10.0.0.7") {
		t.Errorf("%d %s", a.status, a.body)
	}
	if c.at("GET", "/healthz", nil).status != 200 {
		t.Error("the process is believed dead because something else is")
	}
}

func TestMetricsAreNotForStrangers(t *testing.T) {
	w := newWorld(t)
	if a := w.anonymous().at("GET", "/metrics", nil); a.status != 200 || !strings.Contains(a.body, "hookloom_webhook") {
		t.Errorf("from this machine: %d", a.status)
	}
	w.anonymous().at("GET", "/metrics", nil, "X-Forwarded-For", "203.0.113.9").is(401)

	w = newWorld(t, func(s *settings) { s.config.MetricsToken = "metrics-token" })
	w.anonymous().at("GET", "/metrics", nil).is(401, problem.CodeUnauthenticated)
	w.anonymous().at("GET", "/metrics", nil, "Authorization", "Bearer wrong").is(401)
	if a := w.anonymous().at("GET", "/metrics", nil, "Authorization", "Bearer metrics-token", "X-Forwarded-For", "203.0.113.9"); a.status != 200 {
		t.Errorf("with the token: %d", a.status)
	}
}

// F78: whatever stands in names and headers, a line of the log is one event.
func TestLogLines(t *testing.T) {
	w := newWorld(t)
	c := w.owner()
	c.get("/workspaces/x%0d%0a%7B%22level%22:%22ERROR%22%7D%1b[31m").is(404)
	c.get("/me?secret=canary-in-query").is(200)
	c.post("/workspaces", map[string]any{"name": "a\r\n{\"level\":\"ERROR\"}\u001b[31m"}).is(422)
	c.get("/me", "User-Agent", "x\t\"}", "X-Forwarded-For", "1.2.3.4\t\"}").is(200)
	w.anonymous().post("/session", credentials("a\r\nb@example.com", "canary-password")).is(401)
	w.anonymous().get("/me", "Authorization", "Bearer canary-key-canary-key-canary").is(401)
	w.anonymous().at("POST", "/hooks/"+strings.Repeat("c", 32), `{}`)
	lines := strings.Split(strings.TrimSpace(w.log.String()), "\n")
	if len(lines) < 6 {
		t.Fatalf("%d lines", len(lines))
	}
	for _, line := range lines {
		var event map[string]any
		if err := json.Unmarshal([]byte(line), &event); err != nil || event["msg"] == nil {
			t.Errorf("no event: %q", line)
		}
		if strings.Contains(line, "canary") || strings.ContainsAny(line, "\x1b\r") || strings.Contains(line, strings.Repeat("c", 32)) {
			t.Errorf("%q", line)
		}
		if event["level"] == "ERROR" {
			t.Errorf("a forged event: %q", line)
		}
	}
}

func TestAnswersAreData(t *testing.T) {
	w := newWorld(t)
	for _, a := range []got{w.owner().get("/me"), w.anonymous().get("/me"), w.anonymous().at("GET", "/healthz", nil), w.anonymous().get("/nothing")} {
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
			"X-Content-Type-Options":  "nosniff", "Cache-Control": "no-store", "Referrer-Policy": "no-referrer",
		} {
			if a.header.Get(name) != want {
				t.Errorf("%s is %q", name, a.header.Get(name))
			}
		}
		if len(a.header.Get("X-Trace-Id")) != 32 {
			t.Errorf("trace id %q", a.header.Get("X-Trace-Id"))
		}
	}
}
