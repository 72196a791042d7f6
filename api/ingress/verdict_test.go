package ingress_test

import (
	"bytes"
	"compress/gzip"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/nodes"
)

const plain = `{}`

// The verdict table of the contract, as senders see it.
func TestVerdicts(t *testing.T) {
	w := newWorld(t, options{maxBody: 1000})
	t.Run("accepted", func(t *testing.T) {
		a := w.send("POST", "/hooks/"+w.live(plain), `{"id":1}`)
		body := a.json(t)
		if a.status != 202 || body["verdict"] != "accepted" || a.header.Get("Content-Type") != "application/json" {
			t.Fatalf("%d %s", a.status, a.body)
		}
		if id, _ := body["request_id"].(string); !strings.HasPrefix(id, "req_") {
			t.Errorf("request id %v", body["request_id"])
		}
		if runs, _ := body["run_ids"].([]any); len(runs) != 1 || !strings.HasPrefix(runs[0].(string), "run_") {
			t.Errorf("runs %v", body["run_ids"])
		}
	})
	t.Run("duplicate", func(t *testing.T) {
		token := w.live(plain)
		first := w.send("POST", "/hooks/"+token, `{}`, "Idempotency-Key", "a").json(t)
		again := w.send("POST", "/hooks/"+token, `{}`, "Idempotency-Key", "a")
		body := again.json(t)
		if again.status != 200 || body["verdict"] != "duplicate" || body["request_id"] != first["request_id"] ||
			body["run_ids"].([]any)[0] != first["run_ids"].([]any)[0] {
			t.Errorf("%d %s, first %v", again.status, again.body, first)
		}
	})
	t.Run("held", func(t *testing.T) {
		_, token := w.draft(plain)
		a := w.send("POST", "/hooks/"+token, `{}`)
		if body := a.json(t); a.status != 202 || body["verdict"] != "held" || len(body["run_ids"].([]any)) != 0 || body["reason"] == "" {
			t.Errorf("%d %s", a.status, a.body)
		}
	})
	t.Run("filtered", func(t *testing.T) {
		a := w.send("POST", "/hooks/"+w.live(`{"when":"{{ trigger.body.ok == true }}"}`), `{"ok":false}`)
		if a.status != 200 || a.json(t)["verdict"] != "filtered" {
			t.Errorf("%d %s", a.status, a.body)
		}
	})
	t.Run("forbidden ip", func(t *testing.T) {
		a := w.send("POST", "/hooks/"+w.live(`{"allow_ips":["203.0.113.0/24"]}`), `{}`)
		if a.status != 403 || a.json(t)["code"] != "forbidden_ip" {
			t.Errorf("%d %s", a.status, a.body)
		}
	})
	t.Run("unparsable", func(t *testing.T) {
		a := w.send("POST", "/hooks/"+w.live(plain), `{"a":`)
		body := a.json(t)
		if a.status != 400 || body["verdict"] != "invalid" || a.header.Get("Content-Type") != "application/problem+json" ||
			!strings.Contains(body["detail"].(string), "line 1") {
			t.Errorf("%d %s", a.status, a.body)
		}
		if id, _ := body["request_id"].(string); !strings.HasPrefix(id, "req_") {
			t.Errorf("the stored request is not named: %s", a.body)
		}
	})
	t.Run("schema gate", func(t *testing.T) {
		a := w.send("POST", "/hooks/"+w.live(`{"expect":{"required":["email"]}}`), `{}`)
		body := a.json(t)
		items, _ := body["errors"].([]any)
		if a.status != 422 || len(items) != 1 || items[0].(map[string]any)["pointer"] == "" {
			t.Errorf("%d %s", a.status, a.body)
		}
	})
	t.Run("method", func(t *testing.T) {
		if a := w.send("DELETE", "/hooks/"+w.live(plain), ""); a.status != 405 || a.json(t)["verdict"] != "invalid" {
			t.Errorf("%d %s", a.status, a.body)
		}
	})
	t.Run("own answer", func(t *testing.T) {
		token := w.live(`{"respond":{"status":201,"headers":{"X-Shop":"yes"},"body":"<b>{{ trigger.body.name }}</b>"}}`)
		a := w.send("POST", "/hooks/"+token, `{"name":"Ada"}`)
		if a.status != 201 || a.body != "<b>Ada</b>" || a.header.Get("X-Shop") != "yes" {
			t.Errorf("%d %s", a.status, a.body)
		}
		if a := w.send("POST", "/hooks/"+token+"?__test=1", `{"name":"Ada"}`); a.status != 202 || a.json(t)["test"] != true {
			t.Errorf("a test: %d %s", a.status, a.body)
		}
	})
	t.Run("every answer is in the sandbox", func(t *testing.T) { // F74
		for _, path := range []string{"/hooks/" + w.live(plain), "/hooks/none", "/hooks/" + strings.Repeat("A", 32)} {
			a := w.send("POST", path, `{}`)
			if !strings.HasPrefix(a.header.Get("Content-Security-Policy"), "sandbox") || a.header.Get("X-Content-Type-Options") != "nosniff" {
				t.Errorf("%s: %v", path, a.header)
			}
		}
	})
}

// A node type of somebody's own may answer anything, but not weaken the page
// that it is shown on or break the connection.
func TestRepliesAreTamed(t *testing.T) {
	w := newWorld(t, options{})
	token := w.live(plain)
	for _, c := range []struct {
		reply  nodes.Reply
		status int
		body   string
		media  string
	}{
		{nodes.Reply{Status: 200, Header: map[string]string{
			"set-cookie": "a=b", "Content-Security-Policy": "none", "Content-Length": "1", "transfer-encoding": "chunked", "X-Ok": "1",
		}, Body: []byte("hello")}, 200, "hello", "text/plain; charset=utf-8"},
		{nodes.Reply{Body: []byte(`{"a":1}`)}, 202, `{"a":1}`, "application/json"},
		{nodes.Reply{Status: 204, Body: []byte("dropped")}, 204, "", ""},
		{nodes.Reply{Status: 42, Body: []byte("x")}, 202, "x", "text/plain; charset=utf-8"},
		{nodes.Reply{Status: 302, Header: map[string]string{"Location": "https://example.com/thanks"}}, 302, "", "text/plain; charset=utf-8"},
	} {
		w.engine.answer.Store(&engine.Answer{RequestID: "req_1", Verdict: nodes.Accepted, Status: 202, Reply: &c.reply})
		r, _ := http.NewRequest("POST", w.url+"/hooks/"+token, nil)
		answer, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		if answer.StatusCode != c.status || string(body) != c.body || answer.Header.Get("Content-Type") != c.media {
			t.Errorf("%+v: %d %q %v", c.reply, answer.StatusCode, body, answer.Header)
		}
		if answer.Header.Get("Set-Cookie") != "" || !strings.HasPrefix(answer.Header.Get("Content-Security-Policy"), "sandbox") {
			t.Errorf("%+v weakens the page: %v", c.reply, answer.Header)
		}
	}
}

// Code that breaks costs one answer, and the server goes on.
func TestPanicIsAnswered(t *testing.T) {
	w := newWorld(t, options{})
	token := w.live(plain)
	w.engine.panics.Store(true)
	if a := w.send("POST", "/hooks/"+token, `{}`); a.status != 500 || a.json(t)["code"] != "internal" || strings.Contains(a.body, "broken") {
		t.Errorf("%d %s", a.status, a.body)
	}
	w.engine.panics.Store(false)
	if a := w.send("POST", "/hooks/"+token, `{}`); a.status != 202 {
		t.Errorf("afterwards: %d", a.status)
	}
}

// A refusal says the same bytes whatever is wrong with the signature, and
// nothing about the request.
func TestBadSignatureSaysNothing(t *testing.T) {
	w := newWorld(t, options{})
	token := w.live(`{"signature":{"scheme":"github","secret":"It's a Secret to Everybody"}}`)
	var bodies []string
	for _, signature := range []string{"", "sha256=" + strings.Repeat("0", 64), "sha1=00", "sha256=zz"} {
		a := w.send("POST", "/hooks/"+token, `{"n":1}`, "X-Hub-Signature-256", signature)
		if a.status != 401 || a.header.Get("X-Trace-Id") != "" {
			t.Errorf("%q: %d %v", signature, a.status, a.header)
		}
		bodies = append(bodies, a.body)
	}
	for _, b := range bodies[1:] {
		if b != bodies[0] {
			t.Errorf("the answers differ: %s and %s", bodies[0], b)
		}
	}
	if n := len(w.requests()); n != 4 {
		t.Errorf("%d rows of 4 refused requests", n)
	}
	if len(w.runs()) != 0 {
		t.Error("a refused request started a run")
	}
}

// What senders sign is what they put on the wire: before the body is unpacked.
func TestSignatureOverPackedBody(t *testing.T) {
	w := newWorld(t, options{})
	const secret = "It's a Secret to Everybody"
	token := w.live(`{"signature":{"scheme":"github","secret":"` + secret + `"}}`)
	packed := gzipped([]byte(`{"zen":"Keep it logically awesome."}`))
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(packed)
	a := w.send("POST", "/hooks/"+token, string(packed), "Content-Encoding", "gzip", "X-Hub-Signature-256", "sha256="+hex.EncodeToString(mac.Sum(nil)))
	if a.status != 202 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	full, err := w.store.Request(t.Context(), w.ws.ID, w.requests()[0].ID)
	if err != nil || string(full.Body) != `{"zen":"Keep it logically awesome."}` {
		t.Errorf("stored %q, %v", full.Body, err)
	}
}

func gzipped(b []byte) []byte {
	var buf bytes.Buffer
	z := gzip.NewWriter(&buf)
	_, _ = z.Write(b)
	_ = z.Close()
	return buf.Bytes()
}

// F7: only the token itself opens the door.
func TestUnknownAddress(t *testing.T) {
	w := newWorld(t, options{})
	token := w.live(plain)
	wrong := token[:31] + string(token[31]^1)
	for _, path := range []string{
		wrong, strings.ToUpper(token) + "x", swapCase(token), "%2e%2e", "%2e%2e/" + token, "x" + token, token + "x", "", "/", "//" + token,
		token + "%00", strings.Repeat("a", 5000), "%", token[:16] + "/" + token[16:],
	} {
		answer := w.raw("POST /hooks/" + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
		if !strings.Contains(answer, " 404 ") && !strings.Contains(answer, " 400 ") {
			t.Errorf("%.60s: %.200s", path, answer)
		}
	}
	if n := len(w.requests()); n != 0 {
		t.Errorf("%d rows of unknown addresses", n)
	}
	// A slash or suffix is the same trigger; the path never shows the token.
	for path, seen := range map[string]string{"/": "/", "/orders/7": "/orders/7", "?x=1": "/"} {
		if a := w.send("POST", "/hooks/"+token+path, `{}`); a.status != 202 {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
		if r := w.requests()[0]; r.Path != seen || strings.Contains(r.Path, token) {
			t.Errorf("%s: stored path %q", path, r.Path)
		}
	}
	if got := w.engine.arrival().URL; got != "https://hooks.example.com/hooks/"+token+"?x=1" && !strings.Contains(got, token) {
		t.Errorf("senders know another address: %s", got)
	}
}

func swapCase(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 32
		case r >= 'A' && r <= 'Z':
			return r + 32
		}
		return r
	}, s)
}

func TestAnyMethodReachesTheTrigger(t *testing.T) {
	w := newWorld(t, options{})
	token := w.live(`{"methods":["GET","POST","PUT","PATCH","DELETE","HEAD","OPTIONS"]}`)
	for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"} {
		if a := w.send(method, "/hooks/"+token+"?a=1", ""); a.status != 202 {
			t.Errorf("%s: %d %s", method, a.status, a.body)
		}
	}
	if a := w.send("PROPFIND", "/hooks/"+token, ""); a.status != 405 {
		t.Errorf("PROPFIND: %d", a.status)
	}
	if n := len(w.requests()); n != 8 {
		t.Errorf("%d rows", n)
	}
}

func TestRotatedAddressIsGone(t *testing.T) {
	w := newWorld(t, options{})
	id, old := w.draft(plain)
	if _, err := w.engine.Publish(t.Context(), w.ws.ID, id, "", ""); err != nil {
		t.Fatal(err)
	}
	fresh, err := w.engine.RotateURL(t.Context(), w.ws.ID, id, "hook", time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	for _, token := range []string{old, fresh.Plain} {
		if a := w.send("POST", "/hooks/"+token, `{}`); a.status != 202 {
			t.Errorf("during the overlap: %d %s", a.status, a.body)
		}
	}
	w.clock.advance(2 * time.Hour)
	if a := w.send("POST", "/hooks/"+old, `{}`); a.status != 410 || a.json(t)["code"] != "address_not_in_use" {
		t.Errorf("after it: %d %s", a.status, a.body)
	}
	if a := w.send("POST", "/hooks/"+fresh.Plain, `{}`); a.status != 202 {
		t.Errorf("the new one: %d %s", a.status, a.body)
	}
}

func TestTestMarker(t *testing.T) {
	w := newWorld(t, options{})
	token := w.live(plain)
	for _, c := range []struct {
		path   string
		header string
		query  string
	}{
		{"?a=1&__test=1&b=%20x", "", "a=1&b=%20x"},
		{"?__test=1", "", ""},
		{"?a=__test=1", "1", "a=__test=1"},
		{"", "1", ""},
	} {
		a := w.send("POST", "/hooks/"+token+c.path, `{}`, "X-Hookloom-Test", c.header)
		body := a.json(t)
		if a.status != 202 || body["test"] != true || len(body["run_ids"].([]any)) != 0 {
			t.Errorf("%q: %d %s", c.path, a.status, a.body)
		}
		if r := w.requests()[0]; !r.Test || r.Query != c.query {
			t.Errorf("%q: stored test=%v query=%q", c.path, r.Test, r.Query)
		}
	}
	for _, r := range w.runs() {
		if r.Mode != engine.ModeTest {
			t.Errorf("a test made a run of mode %s", r.Mode)
		}
	}
	if a := w.send("POST", "/hooks/"+token+"?a=__test", `{}`); a.json(t)["test"] != nil {
		t.Errorf("a value that looks like the marker: %s", a.body)
	}
}

// F18: over the limit there is 429 with a wait, and a run for each 2xx only.
func TestRateLimit(t *testing.T) {
	w := newWorld(t, options{rateLimit: 5})
	token := w.live(plain)
	accepted, limited := 0, 0
	for range 30 {
		a := w.send("POST", "/hooks/"+token, `{}`)
		switch a.status {
		case 202:
			accepted++
		case 429:
			limited++
			if n, err := strconv.Atoi(a.header.Get("Retry-After")); err != nil || n < 1 {
				t.Errorf("Retry-After %q", a.header.Get("Retry-After"))
			}
		default:
			t.Errorf("%d %s", a.status, a.body)
		}
	}
	if accepted != 10 || limited != 20 || len(w.runs()) != accepted {
		t.Errorf("%d accepted, %d limited, %d runs", accepted, limited, len(w.runs()))
	}
	w.clock.advance(time.Second)
	if a := w.send("POST", "/hooks/"+token, `{}`); a.status != 202 {
		t.Errorf("after a second: %d", a.status)
	}
}

// F19: while the database is away nothing is acknowledged, and it heals by
// itself.
func TestDatabaseAway(t *testing.T) {
	w := newWorld(t, options{})
	token := w.live(plain)
	gone := errors.Join(engine.ErrUnavailable, errors.New("dial tcp 10.0.0.5:5432"))
	w.engine.err.Store(&gone)
	a := w.send("POST", "/hooks/"+token, `{}`)
	if a.status != http.StatusServiceUnavailable || a.header.Get("Retry-After") == "" || strings.Contains(a.body, "10.0.0.5") {
		t.Errorf("%d %v %s", a.status, a.header, a.body)
	}
	if id, _ := a.json(t)["trace_id"].(string); id == "" || !strings.Contains(w.log.String(), id) {
		t.Error("the trace id is not in the log")
	}
	w.engine.err.Store(nil)
	if a := w.send("POST", "/hooks/"+token, `{}`); a.status != 202 {
		t.Errorf("afterwards: %d", a.status)
	}
	if n := len(w.requests()); n != 1 {
		t.Errorf("%d rows", n)
	}
}

// F19: another program holds the database; nothing is acknowledged meanwhile and
// everything after.
func TestDatabaseLocked(t *testing.T) {
	w := newWorld(t, options{})
	token := w.live(plain)
	other, err := sql.Open("sqlite", "file:"+filepath.Join(w.dir, "hookloom.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	holder, err := other.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := holder.ExecContext(t.Context(), "BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	a := w.send("POST", "/hooks/"+token, `{}`)
	if a.status != 503 || a.header.Get("Retry-After") == "" || a.json(t)["code"] != "unavailable" {
		t.Errorf("locked: %d %s", a.status, a.body)
	}
	if _, err := holder.ExecContext(t.Context(), "ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	if a := w.send("POST", "/hooks/"+token, `{}`); a.status != 202 {
		t.Errorf("afterwards: %d %s", a.status, a.body)
	}
	if n := len(w.requests()); n != 1 {
		t.Errorf("%d rows of one acknowledged request", n)
	}
}

// F17 at the ingress: an allow list believes trusted proxies only.
func TestAllowListBehindProxies(t *testing.T) {
	for _, c := range []struct {
		proxies []string
		header  []string
		status  int
	}{
		{nil, nil, 403},
		{nil, []string{"X-Forwarded-For", "203.0.113.9"}, 403},
		{nil, []string{"Forwarded", "for=203.0.113.9"}, 403},
		{nil, []string{"X-Real-IP", "203.0.113.9"}, 403},
		{[]string{"127.0.0.1"}, []string{"X-Forwarded-For", "203.0.113.9"}, 202},
		{[]string{"127.0.0.1"}, []string{"X-Forwarded-For", "::ffff:203.0.113.9"}, 202},
		{[]string{"127.0.0.1"}, []string{"X-Forwarded-For", "203.0.113.9, 198.51.100.7"}, 403},
	} {
		w := newWorld(t, options{proxies: c.proxies})
		a := w.send("POST", "/hooks/"+w.live(`{"allow_ips":["203.0.113.0/24"]}`), `{}`, c.header...)
		if a.status != c.status {
			t.Errorf("%v %v: %d %s", c.proxies, c.header, a.status, a.body)
		}
	}
}
