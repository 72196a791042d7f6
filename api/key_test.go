package api_test

import (
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/api/problem"
)

// F67: a key does what its scopes say, in its workspace, until it ends.
func TestAPIKeys(t *testing.T) {
	w := newWorld(t)
	w.workspace("other")
	owner := w.owner()
	made := owner.post("/workspaces/main/api-keys", map[string]any{"name": "Shop", "scopes": []string{"workspaces:read"}}).is(201)
	text, id := made.text("key"), made.text("id")
	if !strings.HasPrefix(text, "hlk_") || !strings.HasPrefix(id, "key_") || !strings.HasPrefix(text, made.text("prefix")) {
		t.Errorf("%s", made.body)
	}
	if list := owner.get("/workspaces/main/api-keys").is(200); strings.Contains(list.body, text) || len(list.items()) != 1 {
		t.Errorf("%s", list.body)
	}
	c := w.anonymous()
	c.key = text
	if seen := c.get("/me").is(200).json()["workspaces"].([]any); len(seen) != 1 {
		t.Errorf("it sees %v", seen)
	}
	c.get("/workspaces/main").is(200)
	c.get("/workspaces/" + w.main.ID).is(200)
	c.patch("/workspaces/main", map[string]any{"name": "No"}).is(403, problem.CodeForbidden)
	c.post("/workspaces", map[string]any{"name": "No"}).is(403, problem.CodeForbidden)
	c.get("/workspaces/other").is(404, problem.CodeNotFound)
	c.get("/workspaces/"+w.workspace("other").ID).is(404, problem.CodeNotFound)
	if list := c.get("/workspaces").is(200).items(); len(list) != 1 {
		t.Errorf("it lists %v", list)
	}

	// Keys in the address are refused, also those that would be good.
	w.anonymous().get("/me?api_key="+text).is(401, problem.CodeKeyInQuery)
	w.anonymous().get("/me?access_token="+text).is(401, problem.CodeKeyInQuery)
	for _, header := range []string{"Basic " + text, "Bearer", "Bearer " + text + "x", "Bearer " + text[:30], text} {
		w.anonymous().get("/me", "Authorization", header).is(401, problem.CodeUnauthenticated)
	}

	owner.del("/workspaces/other/api-keys/" + id).is(404)
	owner.del("/workspaces/main/api-keys/" + id).is(204)
	c.get("/me").is(401, problem.CodeUnauthenticated)
	owner.del("/workspaces/main/api-keys/" + id).is(404)
	if strings.Contains(w.log.String(), text) {
		t.Error("the key is in the log")
	}
}

func TestKeyExpires(t *testing.T) {
	w := newWorld(t)
	at := w.clock.Now().Add(time.Hour)
	a := w.owner().post("/workspaces/main/api-keys", map[string]any{"name": "Short", "scopes": []string{"*"}, "expires_at": at}).is(201)
	c := w.anonymous()
	c.key = a.text("key")
	c.get("/workspaces/main").is(200)
	w.clock.advance(time.Hour)
	c.get("/workspaces/main").is(401)
	bad := w.owner().post("/workspaces/main/api-keys", map[string]any{"name": "Past", "scopes": []string{"*"}, "expires_at": at}).is(422, problem.CodeInvalid)
	if items := bad.json()["errors"].([]any); items[0].(map[string]any)["pointer"] != "/expires_at" {
		t.Errorf("%s", bad.body)
	}
}

// Nobody gives more than they have.
func TestKeysDoNotGrow(t *testing.T) {
	w := newWorld(t)
	c := w.keyed("main", "keys:write", "contacts:read")
	c.post("/workspaces/main/api-keys", map[string]any{"name": "Same", "scopes": []string{"contacts:read"}}).is(201)
	c.post("/workspaces/main/api-keys", map[string]any{"name": "More", "scopes": []string{"contacts:write"}}).is(403, problem.CodeForbidden)
	c.post("/workspaces/main/api-keys", map[string]any{"name": "All", "scopes": []string{"*"}}).is(403, problem.CodeForbidden)
	c.post("/workspaces/main/api-keys", map[string]any{"name": "Odd", "scopes": []string{"everything"}}).is(422, problem.CodeInvalid)
	c.post("/workspaces/main/api-keys", map[string]any{"name": "None", "scopes": []string{}}).is(422, problem.CodeInvalid)
	c.post("/workspaces/main/api-keys", map[string]any{"name": "Odd", "scopes": []string{"contacts:read"}, "admin": true}).is(422, problem.CodeInvalid)
}

func TestAuditLog(t *testing.T) {
	w := newWorld(t)
	owner := w.owner()
	id := owner.post("/workspaces/main/api-keys", map[string]any{"name": "Shop", "scopes": []string{"*"}}).text("id")
	owner.del("/workspaces/main/api-keys/" + id).is(204)
	var actions []string
	for path := "/workspaces/main/audit?limit=1"; ; {
		page := owner.get(path).is(200)
		for _, e := range page.items() {
			actions = append(actions, e["action"].(string))
			if object := e["object"].(map[string]any); object["id"] != id || e["actor"].(map[string]any)["id"] != "key_local" || e["ip"] != "127.0.0.1" {
				t.Errorf("%v", e)
			}
		}
		next, more := page.json()["next_cursor"].(string)
		if !more {
			break
		}
		path = "/workspaces/main/audit?limit=1&cursor=" + next
	}
	if strings.Join(actions, " ") != "api_key.revoked api_key.created" {
		t.Errorf("%v", actions)
	}
	w.keyed("main", "contacts:read").get("/workspaces/main/audit").is(403)
	for _, cursor := range []string{"x", "%00", "MTo", "eDph"} {
		owner.get("/workspaces/main/audit?cursor="+cursor).is(400, problem.CodeInvalidCursor)
	}
	owner.get("/workspaces/main/audit?limit=0").is(422, problem.CodeInvalid)
	owner.get("/workspaces/main/audit?limit=1000").is(422, problem.CodeInvalid)
}
