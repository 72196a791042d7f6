package api_test

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/png"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/engine/brand"
	"github.com/hookloom/hookloom/ui"
)

// clientDomain is a domain of the workspace main.
const clientDomain = "flows.acme.example"

// branded is a world in which main is called Acme and has a domain in use.
func branded(t *testing.T) (*world, *client) {
	t.Helper()
	w := newWorld(t, func(s *settings) {
		files := fstest.MapFS{"index.html": {Data: []byte(`<html><head><title>Hookloom</title><link rel="icon" href="/favicon.svg" type="image/svg+xml" /></head><noscript>Hookloom needs JavaScript.</noscript></html>`)}}
		s.ui = ui.Handler(files, func(r *http.Request) ui.Look {
			p := brand.From(r.Context())
			if !p.Domain {
				return ui.Look{}
			}
			return ui.Look{Name: p.Brand.Called(), Icon: "/brand/icon.svg", Domain: true}
		})
	})
	owner := w.setUp()
	owner.patch("/workspaces/main/brand", map[string]any{"name": "Acme Flows", "accent": "#d40"}).is(200)
	owner.call("PUT", "/workspaces/main/brand/domain", map[string]any{"name": "https://Flows.ACME.example/"}).is(200)
	w.owner().post("/workspaces/main/brand/domain/check", map[string]any{"anyway": true}).is(200)
	return w, owner
}

// on calls a domain of the world with a browser of its own.
func (w *world) on(host string) *client {
	c := w.browser()
	c.host = host
	return c
}

func (c *client) signIn(email, password string) got {
	return c.post("/session", map[string]any{"email": email, "password": password})
}

func TestNothingOnAClientsDomainNamesTheProduct(t *testing.T) {
	w, owner := branded(t)
	there := w.on(clientDomain)
	there.signIn(goodEmail, goodPassword).is(201)
	made := owner.post("/workspaces/main/forms", map[string]any{"title": "Ask us", "fields": []any{map[string]any{"key": "email", "label": "E-mail", "kind": "email", "to": "email", "required": true}}}).is(201)
	form := made.text("url")
	if !strings.HasPrefix(form, "http://"+clientDomain) {
		t.Errorf("the form's address is %s", form)
	}
	_, formPath, _ := strings.Cut(form, "/f/")
	stranger := w.on(clientDomain)
	pages := []got{
		there.at("GET", "/", nil), there.at("GET", "/w/main/workflows", nil), there.at("GET", "/invitation", nil), there.at("GET", "/nothing/here.txt", nil),
		stranger.at("GET", "/docs", nil), stranger.at("GET", "/docs/errors", nil), stranger.at("GET", "/openapi.json", nil),
		stranger.at("GET", "/f/"+formPath, nil), stranger.at("GET", "/f/none", nil), stranger.at("GET", "/u/none", nil), stranger.at("GET", "/oauth/callback?state=x", nil),
		stranger.at("GET", "/favicon.svg", nil), stranger.at("GET", "/manifest.json", nil), stranger.at("GET", "/metrics", nil), stranger.at("GET", "/healthz", nil), stranger.at("GET", "/readyz", nil),
		stranger.at("GET", "/hooks/none", nil), stranger.at("GET", "/v1/contacts", nil), stranger.at("GET", "/webhooks/offers/x/1/activate", nil),
		stranger.get("/me"), stranger.get("/none"), stranger.signIn("x", "y"), stranger.post("/session", "{"), stranger.post("/invitations/look", map[string]any{"token": "x"}),
		there.get("/me"), there.get("/workspaces"), there.get("/clients"), there.get("/roles"), there.get("/workspaces/main/brand"), there.get("/workspaces/main/settings"), there.get("/scopes"),
		there.post("/workspaces/main/workflows", map[string]any{"name": "x", "definition": map[string]any{"schema": 99}}),
		there.post("/workspaces/main/workflows", map[string]any{"name": "x", "definition": map[string]any{"schema": 1, "steps": []any{map[string]any{"id": "a", "type": "no.such", "v": 1}}}}),
	}
	for i, p := range pages {
		if p.status >= 500 {
			t.Errorf("%d: %d %s", i, p.status, p.body)
		}
		shown := p.body
		for name, values := range p.header {
			shown += "\n" + name + ": " + strings.Join(values, " ")
		}
		if at := strings.Index(strings.ToLower(shown), "hookloom"); at >= 0 {
			t.Errorf("%d says …%s…", i, shown[max(0, at-80):min(len(shown), at+80)])
		}
	}
	// The key of the sender of our own events stays what documents call it; what people read does not.
	for _, path := range []string{"/node-types", "/workspaces/main/templates", "/senders"} {
		if p := there.get(path); strings.Contains(p.body, "Hookloom") {
			t.Errorf("%s names the product", path)
		}
	}
	if !strings.Contains(pages[0].body, "<title>Acme Flows</title>") {
		t.Errorf("the page is %s", pages[0].body)
	}
	if home := w.anonymous().at("GET", "/", nil); !strings.Contains(home.body, "<title>Hookloom</title>") {
		t.Errorf("the installation's own page is %s", home.body)
	}
}

// A link to a template opens on the domain of the workspace that shared it and on the
// installation's own address, and on no other client's.
func TestASharedTemplateOpensWhereItWasShared(t *testing.T) {
	w, owner := branded(t)
	w.workspace("agency")
	shared := func(ws string) string {
		made := owner.post("/workspaces/"+ws+"/workflows", map[string]any{"name": "Sale", "definition": map[string]any{
			"schema": 1, "triggers": []any{map[string]any{"id": "t", "type": "webhook.catch", "v": 1}}, "steps": []any{},
		}}).is(201)
		tpl := owner.post("/workspaces/"+ws+"/templates", map[string]any{"name": "Sale", "workflow_ids": []string{made.text("id")}}).is(201)
		link := owner.post("/workspaces/"+ws+"/templates/"+tpl.text("id")+"/links", map[string]any{}).is(201).text("url")
		_, token, _ := strings.Cut(link, "/shared/")
		return "/shared-templates/" + token
	}
	own, agency := shared("main"), shared("agency")
	for _, look := range []struct {
		on     *client
		path   string
		status int
	}{
		{w.on(clientDomain), own, 200}, {w.anonymous(), own, 200}, {w.anonymous(), agency, 200}, {w.on(clientDomain), agency, 404},
	} {
		look.on.get(look.path).is(look.status)
	}
}

func TestAClientsDomainShowsThatClientAlone(t *testing.T) {
	w, owner := branded(t)
	w.workspace("second")
	here, there := w.on(""), w.on(clientDomain)
	here.signIn(goodEmail, goodPassword).is(201)
	there.signIn(goodEmail, goodPassword).is(201)
	if list := here.get("/workspaces").is(200).items(); len(list) != 2 {
		t.Errorf("at home the owner sees %v", list)
	}
	if list := there.get("/workspaces").is(200).items(); len(list) != 1 || list[0]["slug"] != "main" {
		t.Errorf("on the client's domain the owner sees %v", list)
	}
	there.get("/workspaces/second").is(404, problem.CodeNotFound)
	there.get("/workspaces/main/workflows").is(200)
	there.post("/workspaces", map[string]any{"name": "Third"}).is(403)
	there.get("/agency/brand").is(403)
	there.call("PUT", "/workspaces/main/brand/domain", map[string]any{"name": ""}).is(403)
	if me := there.get("/me").is(200).json(); me["agency"] != false || len(me["agency_scopes"].([]any)) != 0 {
		t.Errorf("%v", me)
	}

	// A key of the whole installation is worth no more there, and one of another
	// workspace nothing.
	key := w.owner()
	key.host = clientDomain
	key.get("/workspaces/second").is(404)
	key.get("/backup").is(403)
	other := w.keyed("second", "*")
	other.host = clientDomain
	other.get("/me").is(401)

	// A session is good where it was begun and nowhere else, whatever the browser sends.
	for _, try := range []struct {
		from *client
		host string
	}{{there, ""}, {here, clientDomain}, {there, "unknown.example"}} {
		stolen := w.anonymous()
		stolen.host = try.host
		for _, c := range try.from.http.Jar.Cookies(try.from.request("GET", "/", nil).URL) {
			for _, name := range []string{"session", "hookloom_session"} {
				stolen.header.Add("Cookie", name+"="+c.Value)
			}
		}
		stolen.get("/me").is(401)
	}

	// Whoever has no right there is told no more than with a wrong password.
	w.joined(owner, "/workspaces/second", "sam@second.example", "admin")
	w.on(clientDomain).signIn("sam@second.example", goodPassword).is(401)
	w.on("").signIn("sam@second.example", goodPassword).is(201)

	// An invitation of another workspace is none there; the own one leads there.
	mine := owner.post("/workspaces/main/invitations", map[string]any{"email": "sam@second.example", "role": "viewer"}).is(201).text("url")
	if !strings.HasPrefix(mine, "http://"+clientDomain) {
		t.Errorf("the invitation leads to %s", mine)
	}
	theirs := owner.post("/workspaces/second/invitations", map[string]any{"email": "zoe@second.example", "role": "viewer"}).is(201).text("url")
	w.on(clientDomain).post("/invitations/look", map[string]any{"token": tokenOf(t, theirs)}).is(403)
	sam := w.on(clientDomain)
	sam.post("/invitations/accept", map[string]any{"token": tokenOf(t, mine), "password": goodPassword}).is(201)
	sam.get("/workspaces/main/workflows").is(200)
	sam.get("/workspaces/second").is(404)
}

func TestAnUnknownHostChoosesNothing(t *testing.T) {
	w, owner := branded(t)
	for _, host := range []string{"evil.example", "evil.example:443", "x." + clientDomain, clientDomain + ".evil.example", "[::1]", "a b"} {
		c := w.owner()
		c.host = host
		if host == "a b" {
			continue // the client itself refuses to send it
		}
		url := c.post("/workspaces/main/invitations", map[string]any{"email": "p" + strings.Map(func(r rune) rune {
			if r >= 'a' && r <= 'z' {
				return r
			}
			return -1
		}, host) + "@example.com", "role": "viewer"}).is(201).text("url")
		if !strings.HasPrefix(url, "http://"+clientDomain) || strings.Contains(url, "evil") {
			t.Errorf("%s: the link leads to %s", host, url)
		}
		c.get("/workspaces/main").is(200)
	}
	second := w.workspace("second")
	owner.call("PUT", "/workspaces/second/brand/domain", map[string]any{"name": clientDomain}).is(422)
	owner.call("PUT", "/workspaces/second/brand/domain", map[string]any{"name": "waiting.example"}).is(200)
	// One that was not seen to lead here is in use nowhere.
	waiting := w.owner()
	waiting.host = "waiting.example"
	waiting.get("/workspaces/main").is(200)
	link := owner.post("/workspaces/second/invitations", map[string]any{"email": "x@example.com", "role": "viewer"}).is(201).text("url")
	if strings.Contains(link, "waiting.example") {
		t.Error("a domain is used before it was checked: " + link)
	}
	for host, status := range map[string]int{clientDomain: 200, "waiting.example": 200, "evil.example": 404, "": 404} {
		if got := w.anonymous().at("GET", "/.well-known/domain-ask?domain="+host, nil); got.status != status {
			t.Errorf("a certificate for %q: %d", host, got.status)
		}
	}
	list, err := w.store.Brands(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range list {
		asked := w.anonymous()
		asked.host = b.Domain
		if got := asked.at("GET", "/.well-known/domain-check", nil); got.status != 200 || got.body != b.Token || b.Workspace == second.ID && b.Active() {
			t.Errorf("%s: %d %s", b.Domain, got.status, got.body)
		}
	}
}

func TestABrandIsCheckedWhole(t *testing.T) {
	w := newWorld(t)
	owner := w.setUp()
	bad := owner.patch("/workspaces/main/brand", map[string]any{"name": strings.Repeat("x", 61), "accent": "red", "sender": map[string]any{"email": "nobody"}}).is(422)
	if items := bad.json()["errors"].([]any); len(items) != 3 {
		t.Errorf("%s", bad.body)
	}
	for _, domain := range []string{"localhost", "127.0.0.1", "a b.example", "x.example:8080", "x.example/path", "-x.example"} {
		owner.call("PUT", "/agency/brand/domain", map[string]any{"name": domain}).is(422)
	}
	put := func(body []byte) got {
		return owner.call("PUT", "/workspaces/main/brand/logo", map[string]any{"image": base64.StdEncoding.EncodeToString(body)})
	}
	put([]byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`)).is(422)
	put([]byte("\x89PNG\r\n\x1a\nbroken")).is(422)
	put(bytes.Repeat([]byte("x"), brand.MaxLogo+1)).is(422)
	var picture, wide bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 4, 2))); err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(&wide, image.NewGray(image.Rect(0, 0, 2001, 1))); err != nil {
		t.Fatal(err)
	}
	put(wide.Bytes()).is(422)
	url := put(picture.Bytes()).is(200).text("logo_url")
	logo := w.anonymous().at("GET", url, nil)
	if logo.status != 200 || logo.body != picture.String() || logo.header.Get("Content-Type") != "image/png" ||
		logo.header.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(logo.header.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("%d %v", logo.status, logo.header)
	}
	owner.del("/workspaces/main/brand/logo").is(200)
	w.anonymous().at("GET", url, nil).is(404)

	// A client's own people change how it looks, and not its domain.
	admin := w.joined(owner, "/workspaces/main", "admin@client.example", "admin")
	admin.patch("/workspaces/main/brand", map[string]any{"name": "Client"}).is(200)
	admin.call("PUT", "/workspaces/main/brand/domain", map[string]any{"name": "x.example"}).is(403)
	admin.post("/workspaces/main/brand/domain/check", map[string]any{}).is(403)
	owner.post("/workspaces/main/brand/domain/check", map[string]any{}).is(409)
}
