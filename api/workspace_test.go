package api_test

import (
	"strings"
	"testing"

	"github.com/hookloom/hookloom/api/problem"
)

func TestWorkspaces(t *testing.T) {
	w := newWorld(t)
	c := w.owner()
	made := c.post("/workspaces", map[string]any{
		"name": "  Northwind Traders ", "timezone": "Europe/Berlin", "locale": "de-de", "currency": "eur", "default_country": "de",
		"sender": map[string]any{"name": "Ada", "email": "Ada@Example.com"}, "features": map[string]any{"beta": true}, "limits": map[string]any{"contacts": 5},
	}).is(201).json()
	for key, want := range map[string]any{
		"name": "Northwind Traders", "slug": "northwind-traders", "timezone": "Europe/Berlin", "locale": "de-DE", "currency": "EUR", "default_country": "DE",
	} {
		if made[key] != want {
			t.Errorf("%s is %v, want %v", key, made[key], want)
		}
	}
	if sender := made["sender"].(map[string]any); sender["email"] != "ada@example.com" {
		t.Errorf("sender %v", sender)
	}

	// A change leaves what it does not name.
	changed := c.patch("/workspaces/northwind-traders", map[string]any{
		"slug": "northwind", "sender": map[string]any{"name": "Grace"}, "features": map[string]any{"other": false}, "limits": map[string]any{"contacts": 0},
	}).is(200).json()
	sender, features, limits := changed["sender"].(map[string]any), changed["features"].(map[string]any), changed["limits"].(map[string]any)
	if changed["name"] != "Northwind Traders" || sender["email"] != "ada@example.com" || sender["name"] != "Grace" ||
		features["beta"] != true || features["other"] != false || len(limits) != 0 {
		t.Errorf("%v", changed)
	}
	c.get("/workspaces/northwind-traders").is(404, problem.CodeNotFound)
	if got := c.get("/workspaces/northwind").is(200).text("id"); got != made["id"] {
		t.Errorf("the slug leads to %s", got)
	}

	wrong := c.post("/workspaces", map[string]any{
		"name": " ", "slug": "Not A Slug", "timezone": "Mars/Olympus", "locale": "!", "currency": "E1R", "default_country": "X1",
		"sender": map[string]any{"email": "nobody"}, "limits": map[string]any{"contacts": -1},
	}).is(422, problem.CodeInvalid)
	var pointers []string
	for _, item := range wrong.json()["errors"].([]any) {
		pointers = append(pointers, item.(map[string]any)["pointer"].(string))
	}
	for _, want := range []string{"/name", "/slug", "/timezone", "/locale", "/currency", "/default_country", "/sender/email", "/limits/contacts"} {
		if !strings.Contains(" "+strings.Join(pointers, " ")+" ", " "+want+" ") {
			t.Errorf("no problem at %s: %v", want, pointers)
		}
	}
	taken := c.post("/workspaces", map[string]any{"name": "Other", "slug": "northwind"}).is(422, problem.CodeInvalid)
	if item := taken.json()["errors"].([]any)[0].(map[string]any); item["pointer"] != "/slug" || item["code"] != "taken" {
		t.Errorf("%s", taken.body)
	}
}

func TestDeleteWorkspace(t *testing.T) {
	w := newWorld(t)
	c := w.owner()
	c.del("/workspaces/main").is(409, problem.CodeWrongState)
	c.post("/workspaces", map[string]any{"name": "Second"}).is(201)
	inside := w.keyed("main", "*")
	inside.get("/workspaces/main").is(200)
	c.del("/workspaces/main").is(204)
	c.get("/workspaces/main").is(404)
	inside.get("/workspaces/main").is(401)
	if list := c.get("/workspaces").items(); len(list) != 1 {
		t.Errorf("%v", list)
	}
	c.post("/workspaces", map[string]any{"name": "Main again", "slug": "main"}).is(201)
}

func TestWorkspacePages(t *testing.T) {
	w := newWorld(t)
	c := w.owner()
	for _, name := range []string{"a", "b", "c", "d"} {
		c.post("/workspaces", map[string]any{"name": name}).is(201)
	}
	var slugs []string
	for path := "/workspaces?limit=2"; ; {
		page := c.get(path).is(200)
		for _, item := range page.items() {
			slugs = append(slugs, item["slug"].(string))
		}
		next, more := page.json()["next_cursor"].(string)
		if !more {
			break
		}
		path = "/workspaces?limit=2&cursor=" + next
	}
	if strings.Join(slugs, " ") != "main a b c d" {
		t.Errorf("%v", slugs)
	}
}
