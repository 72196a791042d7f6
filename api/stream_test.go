package api_test

import (
	"bufio"
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
)

// follow opens a stream; next returns its next event or comment, "" at its end.
func (c *client) follow(workspace string, header ...string) (next func() string) {
	c.w.t.Helper()
	r := c.request("GET", "/api/v1/workspaces/"+workspace+"/events", nil, header...)
	answer, err := c.http.Do(r)
	if err != nil {
		c.w.t.Fatal(err)
	}
	c.w.t.Cleanup(func() { _ = answer.Body.Close() })
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "text/event-stream" {
		c.w.t.Fatalf("%d %v", answer.StatusCode, answer.Header)
	}
	lines := bufio.NewScanner(answer.Body)
	next = func() string {
		var event []string
		for lines.Scan() {
			if lines.Text() == "" {
				return strings.Join(event, "\n")
			}
			event = append(event, lines.Text())
		}
		return ""
	}
	if first := next(); first != ": open" {
		c.w.t.Fatalf("begins with %q", first)
	}
	return next
}

func TestStream(t *testing.T) {
	w := newWorld(t)
	other := w.workspace("other")
	next := w.keyed("main", "runs:read").follow("main")
	w.live.Publish(engine.Change{Workspace: other.ID, Kind: engine.ChangeRun, ID: "run_secret", Status: "failed"})
	w.live.Publish(engine.Change{Workspace: w.main.ID, Kind: engine.ChangeRun, ID: "run_1", Parent: "wf_1", Status: "running"})
	w.live.Publish(engine.Change{Workspace: w.main.ID, Kind: engine.ChangeStep, ID: "tier/vip/access", Parent: "run_1", Status: "succeeded"})
	for _, want := range []string{
		"event: run\nid: 1\ndata: {\"type\":\"run\",\"id\":\"run_1\",\"run_id\":\"run_1\",\"workflow_id\":\"wf_1\",\"status\":\"running\"}",
		"event: step\nid: 2\ndata: {\"type\":\"step\",\"id\":\"tier/vip/access\",\"run_id\":\"run_1\",\"status\":\"succeeded\"}",
	} {
		if got := next(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	// A browser that comes back is told to fetch again.
	if got := w.owner().follow("main", "Last-Event-ID", "7")(); !strings.HasPrefix(got, "event: resync\n") {
		t.Errorf("%q", got)
	}
	w.keyed("main", "contacts:read").get("/workspaces/main/events").is(403)
}

// A stream ends with the session or key that opened it.
func TestStreamEndsWithItsCaller(t *testing.T) {
	w := newWorld(t)
	b := w.setUp()
	byCookie := b.follow("main")
	a := w.owner().post("/workspaces/main/api-keys", map[string]any{"name": "x", "scopes": []string{"runs:read"}}).is(201)
	keyed := w.anonymous()
	keyed.key = a.text("key")
	byKey := keyed.follow("main")

	b.del("/session").is(204)
	if got := byCookie(); got != "" {
		t.Errorf("after signing out: %q", got)
	}
	w.live.Publish(engine.Change{Workspace: w.main.ID, Kind: engine.ChangeRun, ID: "run_1"})
	if got := byKey(); !strings.Contains(got, "run_1") {
		t.Errorf("another's end ended it: %q", got)
	}
	w.owner().del("/workspaces/main/api-keys/" + a.text("id")).is(204)
	if got := byKey(); got != "" {
		t.Errorf("after the key was revoked: %q", got)
	}
}

// An end in another process is noticed within five seconds.
func TestStreamNoticesAnEndElsewhere(t *testing.T) {
	w := newWorld(t)
	a := w.owner().post("/workspaces/main/api-keys", map[string]any{"name": "x", "scopes": []string{"runs:read"}}).is(201)
	c := w.anonymous()
	c.key = a.text("key")
	next := c.follow("main")
	if err := w.store.RevokeAPIKey(t.Context(), w.main.ID, a.text("id"), w.clock.Now()); err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	if got := next(); got != "" {
		t.Errorf("%q", got)
	}
	if took := time.Since(begun); took > 30*time.Second {
		t.Errorf("it took %v", took)
	}
}

// Open streams do not keep the server from stopping.
func TestStreamsEndAtShutdown(t *testing.T) {
	w := newWorld(t)
	next := w.owner().follow("main")
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	if err := w.server.Shutdown(ctx); err != nil {
		t.Errorf("shutdown: %v", err)
	}
	if got := next(); got != "" {
		t.Errorf("%q", got)
	}
}
