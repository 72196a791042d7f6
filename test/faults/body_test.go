package faults

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/hookloom/hookloom/test/service"
)

// oddBodies are what senders should not send and do.
var oddBodies = map[string]string{
	"NUL":                "{\"a\":\"x\\u0000y\"}",
	"lone surrogate":     `{"a":"\ud800!"}`,
	"invalid UTF-8":      "{\"a\":\"\xff\xfe\"}",
	"byte order mark":    "\xef\xbb\xbf{\"a\":1}",
	"a key twice":        `{"a":1,"a":2}`,
	"beyond float64":     `{"a":1e400}`,
	"18-digit integer":   `{"a":820982911946154508}`,
	"20-digit integer":   `{"a":82098291194615450812}`,
	"array":              `[1,[2]]`,
	"scalar":             `"text"`,
	"empty":              ``,
	"cut off":            `{"a":`,
	"much after the end": `{"a":1}{"b":2}`,
	"NUL outside":        "{\"a\":1}\x00",
	"deep":               string(bytes.Repeat([]byte("["), 100_000)),
	"emoji and bidi":     "{\"a\":\"\u202e\U0001F600\u200b\"}",
}

// TestOddBodiesAreTheSameOnBothDatabases sends odd bodies to an installation on
// SQLite and one on PostgreSQL. Each is accepted or refused by the same rule,
// never with 5xx; its bytes are kept exactly, and what a step sends on is equal.
func TestOddBodiesAreTheSameOnBothDatabases(t *testing.T) {
	t.Parallel()
	lite := NewStand(t, Layout{Bin: binary(t), Seed: *seed})
	post := NewStand(t, Layout{Bin: binary(t), Seed: *seed, Postgres: service.StartPostgres(t)})
	liteHook, postHook := echo(t, lite), echo(t, post)
	accepted := 0
	for name, body := range oddBodies {
		first, second := throughEcho(t, lite, liteHook, body), throughEcho(t, post, postHook, body)
		if first != second {
			t.Errorf("%s: SQLite %+v, PostgreSQL %+v", name, first, second)
		}
		if first.status != http.StatusAccepted && first.status != http.StatusBadRequest {
			t.Errorf("%s is answered %d", name, first.status)
		}
		if first.raw != body {
			t.Errorf("%s: %d bytes were kept as %d: %.200q", name, len(body), len(first.raw), first.raw)
		}
		if first.status == http.StatusAccepted {
			accepted++
		}
	}
	if got := throughEcho(t, lite, liteHook, oddBodies["20-digit integer"]).sent; got != oddBodies["20-digit integer"] {
		t.Errorf("a large integer was sent on as %s", got)
	}
	if accepted < 8 {
		t.Errorf("only %d of %d were accepted", accepted, len(oddBodies))
	}
}

// echo publishes a workflow that sends on what it gets, and returns its address.
func echo(t *testing.T, s *Stand) string {
	t.Helper()
	wf, err := s.Client.Publish(t.Context(), "Echo", []byte(`{"schema":1,
  "triggers":[{"id":"in","type":"webhook.catch","v":1,"params":{}}],
  "steps":[{"id":"on","type":"webhook.send","v":1,"params":{"url":"`+s.Sink.URL()+`/echo","body_type":"json","body":"{{ trigger.body }}"}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	hook, err := wf.Hook()
	if err != nil {
		t.Fatal(err)
	}
	return hook
}

// echoed is what became of one body.
type echoed struct {
	status             int
	verdict, raw, sent string
}

func throughEcho(t *testing.T, s *Stand, hook, body string) echoed {
	t.Helper()
	answer, err := http.Post(hook, "application/json", bytes.NewReader([]byte(body)))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var told struct {
		RequestID string   `json:"request_id"`
		Verdict   string   `json:"verdict"`
		RunIDs    []string `json:"run_ids"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&told); err != nil {
		t.Fatalf("answered %d: %v", answer.StatusCode, err)
	}
	got := echoed{status: answer.StatusCode, verdict: told.Verdict, raw: rawOf(t, s, told.RequestID)}
	if len(told.RunIDs) == 1 {
		awaitRun(t, s, told.RunIDs[0], 20*time.Second)
		effects := s.Sink.Effects()
		got.sent = effects[len(effects)-1].Body
	}
	return got
}

// rawOf reads the bytes of a stored request.
func rawOf(t *testing.T, s *Stand, request string) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet,
		fmt.Sprintf("%s/api/v1/workspaces/%s/requests/%s/raw", s.Client.Base, s.Client.Workspace, url.PathEscape(request)), nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+s.Client.Key)
	answer, err := (&http.Client{Timeout: sendLimit}).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Sprintf("%d %s", answer.StatusCode, body)
	}
	return string(body)
}
