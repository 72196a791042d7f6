package api_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hookloom/hookloom/api/identity"
	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/engine/secret"
)

func setupBody(token string) map[string]any {
	return map[string]any{"token": token, "email": goodEmail, "name": "Ada Lovelace", "password": goodPassword}
}

// F63: nobody gets in before the set-up, and the link works once.
func TestSetUp(t *testing.T) {
	w := newWorld(t)
	w.anonymous().post("/session", map[string]any{"email": goodEmail, "password": goodPassword}).is(401, problem.CodeWrongCredentials)
	w.anonymous().get("/me").is(401, problem.CodeUnauthenticated)

	token := w.setupToken()
	b := w.browser()
	b.post("/setup", setupBody(strings.Repeat("x", 32))).is(403, problem.CodeLinkUnknown)
	b.post("/setup", setupBody("short")).is(403, problem.CodeLinkUnknown)

	bad := b.post("/setup", map[string]any{"token": token, "email": "nonsense", "name": "Ada", "password": "short"}).is(422, problem.CodeInvalid)
	if items, _ := bad.json()["errors"].([]any); len(items) != 2 {
		t.Errorf("not all problems at once: %s", bad.body)
	}
	if strings.Contains(bad.body, "short\"") || strings.Contains(bad.body, token) {
		t.Errorf("the answer repeats a secret: %s", bad.body)
	}

	done := b.post("/setup", setupBody(token)).is(201)
	if u, _ := done.json()["user"].(map[string]any); u["email"] != goodEmail {
		t.Errorf("%s", done.body)
	}
	if seen := b.get("/me").is(200).json()["workspaces"].([]any); len(seen) != 1 {
		t.Errorf("the owner sees %v", seen)
	}
	b.post("/workspaces", map[string]any{"name": "Second"}).is(201)

	w.browser().post("/setup", setupBody(token)).is(409, problem.CodeAlreadySetUp)
	if link, err := w.desk.SetupLink(t.Context()); err != nil || link != "" {
		t.Errorf("a second link was made: %v", err)
	}
	if strings.Contains(w.log.String(), token) || strings.Contains(w.log.String(), goodPassword) {
		t.Error("a secret is in the log")
	}
}

// The zones of the owner and of the first workspace are asked for at once; the
// owner changes theirs later, without anybody else noticing.
func TestSetUpTimezones(t *testing.T) {
	w := newWorld(t)
	body := setupBody(w.setupToken())
	b := w.browser()
	refused := func(a got, pointer string) {
		t.Helper()
		items := a.is(422, problem.CodeInvalid).json()["errors"].([]any)
		if len(items) != 1 || items[0].(map[string]any)["pointer"] != pointer {
			t.Errorf("not at %s: %s", pointer, a.body)
		}
	}
	body["timezone"], body["workspace_timezone"] = "Moon/Crater", "UTC"
	refused(b.post("/setup", body), "/timezone")
	body["timezone"], body["workspace_timezone"] = "Europe/Berlin", "Local"
	refused(b.post("/setup", body), "/workspace_timezone")
	body["workspace_timezone"] = "America/New_York"
	body["workspace_currency"] = "XXY"
	refused(b.post("/setup", body), "/workspace_currency")
	body["workspace_currency"] = "gbp"
	done := b.post("/setup", body).is(201)
	if u := done.json()["user"].(map[string]any); u["timezone"] != "Europe/Berlin" {
		t.Errorf("%s", done.body)
	}
	if zone := b.get("/workspaces/main").is(200).text("timezone"); zone != "America/New_York" {
		t.Errorf("the workspace is at %s", zone)
	}
	offer := b.post("/workspaces/main/offers", map[string]any{"title": "Course"}).is(201).text("id")
	sold := b.post("/workspaces/main/purchases", map[string]any{"email": "ada@example.com", "offer": offer, "amount": 4900}).is(201)
	if money := sold.text("currency"); money != "GBP" {
		t.Errorf("a sale that names no currency is in %q: %s", money, sold.body)
	}

	refused(b.patch("/me", map[string]any{"timezone": "Nowhere"}), "/timezone")
	b.patch("/me", map[string]any{"timezone": "Asia/Tokyo"}).is(200)
	b.patch("/me", map[string]any{}).is(200)
	for _, zone := range []string{"Asia/Tokyo", ""} {
		if u := b.get("/me").is(200).json()["user"].(map[string]any); u["timezone"] != zone {
			t.Errorf("%v is not %q", u, zone)
		}
		b.patch("/me", map[string]any{"timezone": ""}).is(200)
	}
	w.keyed("main", "*").patch("/me", map[string]any{"timezone": "UTC"}).is(409)
}

func TestSetupLinkExpires(t *testing.T) {
	w := newWorld(t)
	token := w.setupToken()
	w.clock.advance(24 * time.Hour)
	w.browser().post("/setup", setupBody(token)).is(410, problem.CodeLinkExpired)
	w.browser().post("/setup", setupBody(w.setupToken())).is(201)
}

// F63: of many who come at once with the same link, one becomes the owner.
func TestSetupRace(t *testing.T) {
	w := newWorld(t)
	token := w.setupToken()
	var mu sync.Mutex
	statuses := map[int]int{}
	var all sync.WaitGroup
	for range 20 {
		c := w.browser()
		all.Go(func() {
			a := c.post("/setup", setupBody(token))
			mu.Lock()
			defer mu.Unlock()
			statuses[a.status]++
		})
	}
	all.Wait()
	if statuses[201] != 1 || statuses[201]+statuses[409]+statuses[410] != 20 {
		t.Errorf("%v", statuses)
	}
}

func TestBootstrap(t *testing.T) {
	w := newWorld(t)
	key := secret.Redacted("bootstrap-key-0123456789-abcdef")
	// A key alone makes a service owner and leaves the link valid.
	for range 2 {
		if err := w.desk.Bootstrap(t.Context(), identity.Bootstrap{Key: key}); err != nil {
			t.Fatal(err)
		}
	}
	c := w.anonymous()
	c.key = key.Reveal()
	c.get("/me").is(200)
	c.post("/workspaces", map[string]any{"name": "By the key"}).is(201)
	w.browser().post("/setup", setupBody(w.setupToken())).is(201)
	c.get("/me").is(200)
	// From now on it does nothing.
	if err := w.desk.Bootstrap(t.Context(), identity.Bootstrap{Key: "another-key-0123456789-abcdef"}); err != nil {
		t.Fatal(err)
	}
	c.key = "another-key-0123456789-abcdef"
	c.get("/me").is(401, problem.CodeUnauthenticated)
}

func TestBootstrapOwner(t *testing.T) {
	w := newWorld(t)
	b := identity.Bootstrap{Email: goodEmail, Password: goodPassword, Key: "bootstrap-key-0123456789-abcdef"}
	if err := w.desk.Bootstrap(t.Context(), identity.Bootstrap{Email: goodEmail, Password: "short"}); err == nil || strings.Contains(err.Error(), "short\"") {
		t.Errorf("a weak password passed: %v", err)
	}
	for range 2 {
		if err := w.desk.Bootstrap(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	w.browser().post("/session", map[string]any{"email": " ADA@example.com ", "password": goodPassword}).is(201)
	c := w.anonymous()
	c.key = b.Key.Reveal()
	c.get("/workspaces/main").is(200)
}

func TestPasswordReset(t *testing.T) {
	w := newWorld(t)
	b := w.setUp()
	link, err := w.desk.ResetLink(t.Context(), goodEmail)
	if err != nil {
		t.Fatal(err)
	}
	_, token, _ := strings.Cut(link.Reveal(), "token=")
	c := w.anonymous()
	c.post("/password-reset", map[string]any{"token": token, "password": "short"}).is(422, problem.CodeInvalid)
	c.post("/password-reset", map[string]any{"token": token, "password": "another horse battery"}).is(http.StatusNoContent)
	c.post("/password-reset", map[string]any{"token": token, "password": "a third horse battery"}).is(410, problem.CodeLinkUsed)
	b.get("/me").is(401)
	c.post("/session", map[string]any{"email": goodEmail, "password": goodPassword}).is(401)
	c.post("/session", map[string]any{"email": goodEmail, "password": "another horse battery"}).is(201)
	if _, err := w.desk.ResetLink(t.Context(), "nobody@example.com"); err == nil {
		t.Error("a link for nobody")
	}
}
