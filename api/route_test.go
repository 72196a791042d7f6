package api_test

import (
	"encoding/json"
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hookloom/hookloom/api/problem"
)

// spec is what the tests read of /openapi.json.
type spec struct {
	OpenAPI string                          `json:"openapi"`
	Paths   map[string]map[string]operation `json:"paths"`
}

type operation struct {
	OperationID string                `json:"operationId"`
	Summary     string                `json:"summary"`
	Security    []map[string][]string `json:"security"`
	Tags        []string              `json:"tags"`
}

func (w *world) spec() spec {
	w.t.Helper()
	var s spec
	if err := json.Unmarshal([]byte(w.anonymous().at("GET", "/openapi.json", nil).is(200).body), &s); err != nil {
		w.t.Fatal(err)
	}
	return s
}

var parameter = regexp.MustCompile(`\{[a-z]+\}`)

// path fills the parameters of a path in.
func path(template, workspace string) string {
	return parameter.ReplaceAllString(strings.ReplaceAll(template, "{ws}", workspace), "none")
}

// public are the routes for people who are nobody yet.
var public = map[string]bool{
	"POST /setup": true, "POST /session": true, "DELETE /session": true, "POST /password-reset": true,
	"POST /client-links/open": true, "POST /client-links/fill": true, "POST /client-links/sign-in": true, // their token is the credential
	"POST /invitations/look": true, "POST /invitations/accept": true, "GET /shared-templates/{token}": true,
}

// Whatever routes there are, nobody gets in without a key, no key gets out of
// its workspace, and none does what its scopes do not say.
func TestEveryRouteIsGuarded(t *testing.T) {
	w := newWorld(t)
	w.workspace("other")
	stranger := w.keyed("other", "*")
	weak, other := w.keyed("main", "forms:read"), w.keyed("main", "keys:read")
	for template, methods := range w.spec().Paths {
		for method, op := range methods {
			method = strings.ToUpper(method)
			name := method + " " + template
			if public[name] {
				continue
			}
			if len(op.Security) == 0 {
				t.Errorf("%s is open to everybody and not in the list of those that may be", name)
				continue
			}
			if a := w.anonymous().call(method, path(template, "main"), map[string]any{}); a.status != 401 {
				t.Errorf("%s without a key: %d", name, a.status)
			}
			if !strings.HasPrefix(template, "/workspaces/{ws}") {
				continue
			}
			for _, ref := range []string{"main", w.main.ID} {
				if a := stranger.call(method, path(template, ref), map[string]any{}); a.status != 404 || a.text("code") != "not_found" {
					t.Errorf("%s of another workspace: %d %s", name, a.status, a.body)
				}
			}
			if len(op.Security[0]["key"]) == 0 {
				t.Errorf("%s needs no right", name)
				continue
			}
			lacks := weak
			if strings.HasPrefix(op.Security[0]["key"][0], "forms:") {
				lacks = other
			}
			if a := lacks.call(method, path(template, "main"), map[string]any{}); a.status != 403 {
				t.Errorf("%s without the right: %d %s", name, a.status, a.body)
			}
		}
	}
}

func TestDocumentation(t *testing.T) {
	w := newWorld(t)
	s := w.spec()
	if s.OpenAPI != "3.1.0" {
		t.Errorf("openapi %s", s.OpenAPI)
	}
	page := w.anonymous().at("GET", "/docs", nil).is(200)
	shown := html.UnescapeString(page.body)
	seen := map[string]string{}
	for template, methods := range s.Paths {
		for method, op := range methods {
			if before := seen[op.OperationID]; before != "" {
				t.Errorf("%s is both %s and %s %s", op.OperationID, before, method, template)
			}
			seen[op.OperationID] = method + " " + template
			if op.Summary == "" || len(op.Tags) != 1 {
				t.Errorf("%s %s is not described", method, template)
			}
			if !strings.Contains(shown, "<code>/api/v1"+template+"</code> "+op.Summary) {
				t.Errorf("%s %s is not in the page", method, template)
			}
		}
	}
	codes := w.anonymous().at("GET", "/docs/errors", nil).is(200)
	for _, e := range problem.Codes() {
		if !strings.Contains(codes.body, `id="`+e.Code+`"`) {
			t.Errorf("the code %s is not in the page", e.Code)
		}
	}
	// The pages work without anything from elsewhere, and without a script.
	elsewhere := regexp.MustCompile(`(src|href)="(https?:)?//|<script|style="|<style`)
	for _, a := range []got{page, codes} {
		if found := elsewhere.FindString(a.body); found != "" {
			t.Errorf("a page has %s", found)
		}
		if got := a.header.Get("Content-Security-Policy"); got != "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'" {
			t.Errorf("policy %s", got)
		}
	}
	w.anonymous().at("GET", "/docs/style.css", nil).is(200)
}

// What is not there is a problem for programs and a page for people.
func TestNotThere(t *testing.T) {
	page := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("the app")) })
	w := newWorld(t, func(s *settings) { s.ui = page })
	c := w.anonymous()
	for _, p := range []string{"/api", "/api/v1", "/api/v1/nothing", "/api/v2/me", "/hooks", "/webhooks/x", "/metrics/x", "/docs/nothing"} {
		c.at("GET", p, nil).is(404, problem.CodeNotFound)
	}
	a := c.at("POST", "/api/v1/me", map[string]any{}).is(405, problem.CodeMethodNotAllowed)
	if a.header.Get("Allow") != "GET, PATCH" {
		t.Errorf("Allow: %q", a.header.Get("Allow"))
	}
	c.at("POST", "/healthz", nil).is(405, problem.CodeMethodNotAllowed)
	for _, p := range []string{"/", "/setup?token=x", "/w/main/workflows", "/apix", "/assets/app.js"} {
		if a := c.at("GET", p, nil); a.status != 200 || a.body != "the app" {
			t.Errorf("%s: %d %s", p, a.status, a.body)
		}
	}
}

func TestMalformed(t *testing.T) {
	w := newWorld(t)
	c := w.owner()
	c.post("/workspaces", `{"name":`).is(400, problem.CodeMalformed)
	c.post("/workspaces", ``).is(400, problem.CodeMalformed)
	c.post("/workspaces", `[]`).is(422, problem.CodeInvalid)
	c.post("/workspaces", `{"name":"x"}`, "Content-Type", "application/xml").is(415, problem.CodeUnsupported)
	wrong := c.post("/workspaces", `{"name":5,"sender":{"email":true},"secret_field":"hunter2"}`).is(422, problem.CodeInvalid)
	pointers := map[string]bool{}
	for _, item := range wrong.json()["errors"].([]any) {
		pointers[item.(map[string]any)["pointer"].(string)] = true
	}
	if !pointers["/name"] || !pointers["/sender/email"] || !pointers["/secret_field"] || strings.Contains(wrong.body, "hunter2") {
		t.Errorf("%s", wrong.body)
	}
	c.post("/workspaces", `{"name":"`+strings.Repeat("x", 3<<20)+`"}`).is(413, problem.CodeTooLarge)
	deep := strings.Repeat(`{"sender":`, 20000) + "1" + strings.Repeat("}", 20000)
	if a := c.post("/workspaces", deep); a.status != 400 && a.status != 422 {
		t.Errorf("deep nesting: %d", a.status)
	}
	var many []string
	for range 300 {
		many = append(many, "X-"+strings.Repeat("a", len(many)/10+1)+string(rune('a'+len(many)%26))+string(rune('a'+len(many)/26%26)), "1")
	}
	if a := c.get("/me", many...); a.status != 431 {
		t.Errorf("300 headers: %d", a.status)
	}
}
