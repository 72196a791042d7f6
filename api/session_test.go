package api_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/api"
	"github.com/hookloom/hookloom/api/problem"
)

func credentials(email, password string) map[string]any {
	return map[string]any{"email": email, "password": password}
}

// cookieOf is the session's cookie in an answer.
func cookieOf(t *testing.T, a got) *http.Cookie {
	t.Helper()
	for _, c := range (&http.Response{Header: a.header}).Cookies() {
		if strings.HasSuffix(c.Name, "hookloom_session") {
			return c
		}
	}
	t.Fatalf("no cookie in %v", a.header)
	return nil
}

// F65: the session's cookie, fixation, replay after signing out, a stolen table.
func TestSession(t *testing.T) {
	w := newWorld(t)
	w.setUp()
	planted := &http.Cookie{Name: "hookloom_session", Value: strings.Repeat("p", 32)}
	a := w.anonymous().post("/session", credentials(goodEmail, goodPassword), "Cookie", planted.String()).is(201)
	c := cookieOf(t, a)
	if c.Value == planted.Value || len(c.Value) != 32 {
		t.Error("the planted token lives on")
	}
	if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || c.Secure || c.MaxAge != 30*24*3600 {
		t.Errorf("cookie %+v", c)
	}
	if strings.Contains(a.body, c.Value) {
		t.Error("the token is in the body")
	}
	with := func(token string) []string { return []string{"Cookie", "hookloom_session=" + token} }
	w.anonymous().get("/me", with(c.Value)...).is(200)
	w.anonymous().get("/me", with(strings.Repeat("p", 32))...).is(401)

	// Signing in again ends the session that the browser had.
	again := cookieOf(t, w.anonymous().post("/session", credentials(goodEmail, goodPassword), with(c.Value)...).is(201))
	w.anonymous().get("/me", with(c.Value)...).is(401)

	// The table holds only what cannot be sent.
	_, u, err := w.store.SessionByHash(t.Context(), []byte("x"))
	if err == nil {
		t.Fatal(u)
	}
	user, _ := w.store.UserByEmail(t.Context(), goodEmail)
	sessions, err := w.store.Sessions(t.Context(), user.ID)
	if err != nil || len(sessions) == 0 {
		t.Fatal(err, sessions)
	}
	for _, s := range sessions {
		w.anonymous().get("/me", with(s.ID)...).is(401)
		w.anonymous().get("/me", with(string(hexOf(s.Hash))[:32])...).is(401)
	}

	// After signing out the cookie is worth nothing, and signing out twice is fine.
	out := w.anonymous().del("/session", with(again.Value)...).is(204)
	if gone := cookieOf(t, out); gone.MaxAge >= 0 || gone.Value != "" {
		t.Errorf("the browser keeps %+v", gone)
	}
	w.anonymous().get("/me", with(again.Value)...).is(401)
	w.anonymous().del("/session", with(again.Value)...).is(204)
}

func hexOf(b []byte) []byte {
	const digits = "0123456789abcdef"
	out := make([]byte, 0, 2*len(b))
	for _, c := range b {
		out = append(out, digits[c>>4], digits[c&15])
	}
	return out
}

func TestSessionEnds(t *testing.T) {
	for name, c := range map[string]struct {
		every time.Duration
		times int
		alive bool
	}{
		"used":          {13 * 24 * time.Hour, 2, true},
		"idle":          {14 * 24 * time.Hour, 1, false},
		"used for ever": {13 * 24 * time.Hour, 3, false},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			b := w.setUp()
			status := 0
			for range c.times {
				w.clock.advance(c.every)
				status = b.get("/me").status
			}
			if (status == 200) != c.alive {
				t.Errorf("got %d", status)
			}
		})
	}
}

// Over https the cookie cannot be set by anybody else, nor travel in the clear.
func TestSecureCookie(t *testing.T) {
	for name, c := range map[string]struct {
		config api.Config
		header []string
	}{
		"public address": {api.Config{BaseURL: "https://hooks.example.com"}, []string{"Host", "hooks.example.com"}},
		"trusted proxy":  {api.Config{TrustedProxies: []string{"127.0.0.1"}}, []string{"X-Forwarded-Proto", "https"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, func(s *settings) { s.config = c.config })
			w.setUp()
			r := w.anonymous().request("POST", "/api/v1/session", credentials(goodEmail, goodPassword))
			if c.header[0] == "Host" {
				r.Host = c.header[1]
			} else {
				r.Header.Set(c.header[0], c.header[1])
			}
			answer, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			_ = answer.Body.Close()
			cookie := cookieOf(t, got{t: t, header: answer.Header})
			if cookie.Name != "__Host-hookloom_session" || !cookie.Secure {
				t.Errorf("%+v", cookie)
			}
		})
	}
}

// F65: what other sites make a browser send is refused; scripts with a key are
// no browsers.
func TestCrossSite(t *testing.T) {
	w := newWorld(t)
	b := w.setUp()
	for _, header := range [][]string{
		{"Sec-Fetch-Site", "cross-site"},
		{"Sec-Fetch-Site", "same-site"},
		{"Origin", "https://evil.example"},
		{"Origin", "null"},
	} {
		b.post("/workspaces", map[string]any{"name": "Forged"}, header...).is(403, problem.CodeCrossSite)
		b.del("/session", header...).is(403, problem.CodeCrossSite)
		w.anonymous().post("/session", credentials(goodEmail, goodPassword), header...).is(403, problem.CodeCrossSite)
		w.owner().post("/workspaces", map[string]any{"name": "Key " + header[1]}, header...).is(201)
	}
	b.post("/workspaces", map[string]any{"name": "Own page"}, "Sec-Fetch-Site", "same-origin").is(201)
	b.post("/workspaces", map[string]any{"name": "Own origin"}, "Origin", w.url).is(201)
	b.get("/me", "Sec-Fetch-Site", "cross-site").is(200) // without CORS the other site cannot read it

	// A form of another site cannot send JSON without asking first.
	b.post("/workspaces", "name=x", "Content-Type", "text/plain", "Sec-Fetch-Site", "same-origin").is(415, problem.CodeUnsupported)

	preflight := b.call("OPTIONS", "/workspaces", nil, "Origin", "https://evil.example", "Access-Control-Request-Method", "POST")
	for name := range preflight.header {
		if strings.HasPrefix(name, "Access-Control-") {
			t.Errorf("the preflight is answered: %s", name)
		}
	}
	preflight.is(405)
}

// F64: guessing is slowed down, whoever guesses whatever account, and the
// answer never tells whether an account exists.
func TestGuessing(t *testing.T) {
	w := newWorld(t)
	w.setUp()
	unknown := w.anonymous().post("/session", credentials("nobody@example.com", "wrong horse battery")).is(401, problem.CodeWrongCredentials)
	wrong := w.anonymous().post("/session", credentials(goodEmail, "wrong horse battery")).is(401, problem.CodeWrongCredentials)
	if unknown.text("detail") != wrong.text("detail") {
		t.Error("the answers differ")
	}
	w.anonymous().post("/session", credentials("no address", "x")).is(401, problem.CodeWrongCredentials)

	limited := 0
	for range 200 {
		a := w.anonymous().post("/session", credentials(goodEmail, "wrong horse battery"))
		if a.status == 429 {
			limited++
			if n, err := strconv.Atoi(a.header.Get("Retry-After")); err != nil || n < 1 {
				t.Fatalf("Retry-After %q", a.header.Get("Retry-After"))
			}
		}
	}
	if limited < 190 {
		t.Errorf("%d of 200 guesses were stopped", limited)
	}
	w.anonymous().post("/session", credentials(goodEmail, goodPassword)).is(429, problem.CodeTooManyRequests)

	w.clock.advance(time.Hour)
	spray := 0
	for i := range 200 {
		if w.anonymous().post("/session", credentials("user"+strconv.Itoa(i)+"@example.com", "Password123!")).status == 429 {
			spray++
		}
	}
	if spray < 150 {
		t.Errorf("%d of 200 accounts were protected from one address", spray)
	}
	w.clock.advance(time.Hour)
	w.anonymous().post("/session", credentials(goodEmail, goodPassword)).is(201)
}
