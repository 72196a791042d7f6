package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine/kajabi"
)

const jsonAPI = "application/vnd.api+json"

// v1 calls the API that speaks as Kajabi's.
func (c *client) v1(method, path string, body any) got {
	c.w.t.Helper()
	header := []string{}
	if body != nil {
		header = append(header, "Content-Type", jsonAPI)
	}
	return c.at(method, "/v1"+path, body, header...)
}

// refused checks a failure in JSON:API's form.
func (g got) refused(status int, pointer string) {
	g.t.Helper()
	if g.status != status {
		g.t.Fatalf("got %d, want %d: %s", g.status, status, g.body)
	}
	errors, _ := g.json()["errors"].([]any)
	if len(errors) == 0 || g.header.Get("Content-Type") != jsonAPI {
		g.t.Fatalf("no errors of JSON:API: %v %s", g.header, g.body)
	}
	for _, e := range errors {
		one := e.(map[string]any)
		source, _ := one["source"].(map[string]any)
		at, _ := source["pointer"].(string)
		if one["status"] != strconv.Itoa(status) || one["title"] == "" || one["detail"] == "" {
			g.t.Errorf("incomplete: %s", g.body)
		}
		if at == pointer {
			return
		}
	}
	g.t.Errorf("nothing at %q: %s", pointer, g.body)
}

// field is a value at a path of an answer; numbers are json.Number.
func (g got) field(path string) any {
	g.t.Helper()
	var v any = g.json()
	for key := range strings.SplitSeq(path, ".") {
		switch x := v.(type) {
		case map[string]any:
			v = x[key]
		case []any:
			i, _ := strconv.Atoi(key)
			if i >= len(x) {
				return nil
			}
			v = x[i]
		}
	}
	return v
}

func (w *world) siteRef() map[string]any {
	return map[string]any{"site": map[string]any{"data": map[string]any{"type": "sites", "id": strconv.FormatInt(w.main.Number, 10)}}}
}

func (w *world) hookBody(attributes map[string]any) map[string]any {
	return map[string]any{"data": map[string]any{"type": "hooks", "attributes": attributes, "relationships": w.siteRef()}}
}

func numberOf(g got) string { return fmt.Sprint(g.field("number")) }

func TestC1C2C6CreateHook(t *testing.T) {
	w, r := hooked(t)
	c := w.keyed("main", "*")
	made := c.v1("POST", "/hooks", w.hookBody(map[string]any{"event": "tag_added", "target_url": r.URL + "/t", "created_at": "2001-01-01T00:00:00Z"}))
	if made.status != 201 || made.header.Get("Content-Type") != jsonAPI || made.field("data.type") != "hooks" || made.field("data.attributes.event") != "tag_added" ||
		made.field("data.attributes.target_url") != r.URL+"/t" || made.field("data.attributes.resource_id") != nil ||
		made.field("data.relationships.site.data.type") != "sites" || !strings.HasPrefix(made.field("data.attributes.created_at").(string), "2026-") ||
		made.field("data.attributes.updated_at") == nil {
		t.Errorf("%d %s", made.status, made.body)
	}
	site := w.hookBody(map[string]any{"event": "tag_added", "target_url": r.URL})
	for pointer, body := range map[string]any{
		"/data":                              map[string]any{},
		"/data/type":                         map[string]any{"data": map[string]any{"type": "x", "attributes": map[string]any{}, "relationships": w.siteRef()}},
		"/data/attributes":                   map[string]any{"data": map[string]any{"type": "hooks", "relationships": w.siteRef()}},
		"/data/relationships/site":           map[string]any{"data": map[string]any{"type": "hooks", "attributes": site["data"].(map[string]any)["attributes"]}},
		"/data/attributes/event":             w.hookBody(map[string]any{"target_url": r.URL}),
		"/data/attributes/target_url":        w.hookBody(map[string]any{"event": "tag_added"}),
		"/data/attributes/resource_id":       w.hookBody(map[string]any{"event": "tag_added", "target_url": r.URL, "resource_id": "x"}),
		"/data/relationships/site/data/id":   map[string]any{"data": map[string]any{"type": "hooks", "attributes": site["data"].(map[string]any)["attributes"], "relationships": map[string]any{"site": map[string]any{"data": map[string]any{"type": "sites", "id": "99999"}}}}},
		"/data/relationships/site/data/type": map[string]any{"data": map[string]any{"type": "hooks", "attributes": site["data"].(map[string]any)["attributes"], "relationships": map[string]any{"site": map[string]any{"data": map[string]any{"type": "x", "id": "1"}}}}},
	} {
		c.v1("POST", "/hooks", body).refused(422, pointer)
	}
}

func TestC3EventsAreThoseOfKajabi(t *testing.T) {
	w, r := hooked(t)
	c := w.owner()
	for _, event := range []string{"purchase", "form_submission", "tag_added", "tag_removed", "payment_succeeded", "order_created"} {
		if a := c.v1("POST", "/hooks", w.hookBody(map[string]any{"event": event, "target_url": r.URL})); a.status != 201 {
			t.Errorf("%s: %s", event, a.body)
		}
	}
	for _, event := range []any{"tag.added", "refund", "", 5} {
		c.v1("POST", "/hooks", w.hookBody(map[string]any{"event": event, "target_url": r.URL})).refused(422, "/data/attributes/event")
	}
}

func TestC4ResourceIDNarrowsAndIsAnInteger(t *testing.T) {
	w, r := hooked(t)
	c := w.owner()
	vip := c.post(inMain+"/tags", map[string]any{"name": "VIP"}).is(201)
	for i, id := range []any{numberOf(vip), json.Number(numberOf(vip))} {
		a := c.v1("POST", "/hooks", w.hookBody(map[string]any{"event": "tag_added", "target_url": r.URL + "/" + strconv.Itoa(i), "resource_id": id}))
		if a.status != 201 || a.field("data.attributes.resource_id") != json.Number(numberOf(vip)) {
			t.Errorf("%v: %d %s", id, a.status, a.body)
		}
	}
	if a := c.v1("POST", "/hooks", w.hookBody(map[string]any{"event": "tag_added", "target_url": r.URL + "/all", "resource_id": nil})); a.status != 201 {
		t.Errorf("%s", a.body)
	}
	c.v1("POST", "/hooks", w.hookBody(map[string]any{"event": "tag_added", "target_url": r.URL, "resource_id": 99999})).refused(422, "/data/attributes/resource_id")
	w.tagged("a@example.com", "other")
	if h := r.next(); h.path != "/all" {
		t.Errorf("%s", h.path)
	}
	w.tagged("b@example.com", "vip")
	seen := map[string]bool{}
	for range 3 {
		seen[r.next().path] = true
	}
	if !seen["/0"] || !seen["/1"] || !seen["/all"] {
		t.Errorf("%v", seen)
	}
}

func TestC5C7ScopesAndErrors(t *testing.T) {
	w, r := hooked(t)
	c := w.keyed("main", "hooks:write", "contacts:read")
	body := func(event string) map[string]any {
		return w.hookBody(map[string]any{"event": event, "target_url": r.URL})
	}
	if a := c.v1("POST", "/hooks", body("tag_added")); a.status != 201 {
		t.Errorf("%s", a.body)
	}
	for _, event := range []string{"purchase", "payment_succeeded", "order_created", "form_submission"} {
		c.v1("POST", "/hooks", body(event)).refused(403, "")
	}
	w.keyed("main", "contacts:read").v1("POST", "/hooks", body("tag_added")).refused(403, "")
	w.anonymous().v1("POST", "/hooks", body("tag_added")).refused(401, "")
	bad := w.anonymous()
	bad.key = "hlk_" + strings.Repeat("x", 32)
	bad.v1("POST", "/hooks", body("tag_added")).refused(401, "")
	w.workspace("other")
	w.keyed("other", "*").v1("POST", "/hooks", body("tag_added")).refused(422, "/data/relationships/site/data/id")
	w.owner().at("POST", "/v1/hooks", `{`, "Content-Type", jsonAPI).refused(400, "")
	w.owner().at("POST", "/v1/hooks", `x`, "Content-Type", "text/plain").refused(415, "")
	w.owner().v1("PATCH", "/hooks", nil).refused(405, "")
	w.owner().v1("GET", "/nothing", nil).refused(404, "")
}

func TestC8DeliveriesAreAsTheSamples(t *testing.T) {
	w, r := hooked(t)
	c := w.owner()
	course, templates := w.offered("Course", nil), w.offered("Templates", nil)
	for _, event := range kajabi.Events() {
		if a := c.v1("POST", "/hooks", w.hookBody(map[string]any{"event": event, "target_url": r.URL + "/" + event})); a.status != 201 {
			t.Fatalf("%s", a.body)
		}
	}
	expect := func(event string, types ...string) heard {
		t.Helper()
		h := r.next()
		payload, _ := h.body["payload"].([]any)
		var got []string
		for _, one := range payload {
			got = append(got, one.(map[string]any)["type"].(string))
		}
		if h.path != "/"+event || h.body["event"] != event || strings.Join(got, " ") != strings.Join(types, " ") || h.header.Get("Webhook-Id") == "" || h.header.Get("Webhook-Signature") == "" {
			t.Errorf("%s %v %s", h.path, got, h.raw)
		}
		if id := fmt.Sprint(h.body["id"]); id == "" || id == h.header.Get("Webhook-Id") {
			t.Errorf("id %s", id)
		}
		return h
	}
	ada := c.post(inMain+"/contacts", map[string]any{"email": "ada@example.com", "name": "Ada Lovelace", "tags": []string{"VIP"}}).is(201)
	expect("tag_added", "contacts", "contact_tags")
	c.patch(inMain+"/contacts/"+ada.text("id"), map[string]any{"tags": []string{}}).is(200)
	expect("tag_removed", "contacts", "contact_tags")
	w.submitForm()
	expect("form_submission", "form_submissions", "forms")
	c.post(inMain+"/orders", map[string]any{"contact_id": ada.text("id"), "cart": true, "currency": "USD", "items": []any{
		map[string]any{"offer": "Course", "amount": 4900}, map[string]any{"offer": "Templates", "amount": 1900}}}).is(201)
	order := expectTwo(r)["/order_created"]
	var items []string
	for _, one := range order.body["payload"].([]any) {
		resource := one.(map[string]any)
		if resource["type"] == "order_items" {
			attributes := resource["attributes"].(map[string]any)
			items = append(items, fmt.Sprint(attributes["item_type"], attributes["item_id"]))
		}
	}
	if strings.Join(items, " ") != "Offer"+numberOf(course)+" Offer"+numberOf(templates) {
		t.Errorf("items %v in %s", items, order.raw)
	}
	w.buy(ada.text("id"), "Course")
	purchase := expectTwo(r)["/purchase"]
	main := purchase.body["payload"].([]any)[0].(map[string]any)
	if main["id"] != purchase.body["id"] || main["attributes"].(map[string]any)["amount_in_cents"] != 4900.0 {
		t.Errorf("%s", purchase.raw)
	}
}

// expectTwo takes two calls in any order.
func expectTwo(r *receiver) map[string]heard {
	r.t.Helper()
	seen := map[string]heard{}
	for range 2 {
		h := r.next()
		seen[h.path] = h
	}
	return seen
}

func TestC9SamplesOfAllEvents(t *testing.T) {
	w := newWorld(t)
	types := map[string]string{
		"purchase": "purchases offers customers", "payment_succeeded": "transactions customers", "order_created": "transactions customers orders order_items",
		"form_submission": "form_submissions forms", "tag_added": "contacts contact_tags", "tag_removed": "contacts contact_tags",
	}
	narrow := w.keyed("main", "contacts:read")
	for event, want := range types {
		a := w.owner().v1("GET", "/hooks/"+event+"_sample", nil)
		var got []string
		payload, _ := a.field("payload").([]any)
		for _, one := range payload {
			got = append(got, one.(map[string]any)["type"].(string))
		}
		if a.status != 200 || strings.Join(got, " ") != want || a.field("event") != event {
			t.Errorf("%s: %d %s", event, a.status, a.body)
		}
		w.anonymous().v1("GET", "/hooks/"+event+"_sample", nil).refused(401, "")
		if !strings.HasPrefix(event, "tag") {
			narrow.v1("GET", "/hooks/"+event+"_sample", nil).refused(403, "")
		}
	}
	w.owner().v1("GET", "/hooks/refund_sample", nil).refused(404, "")
}

func TestC10ListGetAndDeleteHooks(t *testing.T) {
	w, r := hooked(t)
	c := w.owner()
	var ids []string
	for i := range 3 {
		a := c.v1("POST", "/hooks", w.hookBody(map[string]any{"event": []string{"tag_added", "purchase", "tag_added"}[i], "target_url": r.URL}))
		ids = append(ids, a.field("data.id").(string))
	}
	first := c.v1("GET", "/hooks?page[number]=1&page[size]=2", nil)
	if first.status != 200 || len(first.field("data").([]any)) != 2 || fmt.Sprint(first.field("meta.total_count")) != "3" || fmt.Sprint(first.field("meta.total_pages")) != "2" ||
		first.field("links.prev") != nil || first.field("links.next") == nil || first.field("links.last") == nil {
		t.Errorf("%d %s", first.status, first.body)
	}
	next, err := url.Parse(first.field("links.next").(string))
	if err != nil {
		t.Fatal(err)
	}
	if second := c.at("GET", next.RequestURI(), nil); len(second.field("data").([]any)) != 1 || second.field("data.0.id") != ids[2] || second.field("links.next") != nil {
		t.Errorf("%s", second.body)
	}
	if only := c.v1("GET", "/hooks?filter[event_eq]=purchase", nil); len(only.field("data").([]any)) != 1 || only.field("data.0.id") != ids[1] {
		t.Errorf("%s", only.body)
	}
	c.v1("GET", "/hooks?page[number]=0", nil).refused(400, "")
	if a := c.v1("GET", "/hooks/"+ids[0], nil); a.status != 200 || a.field("data.id") != ids[0] {
		t.Errorf("%s", a.body)
	}
	w.workspace("other")
	w.keyed("other", "*").v1("GET", "/hooks/"+ids[0], nil).refused(404, "")
	w.keyed("other", "*").v1("DELETE", "/hooks/"+ids[0], nil).refused(404, "")
	here := "?filter[site_id]=" + strconv.FormatInt(w.main.Number, 10)
	c.v1("GET", "/hooks/"+ids[0], nil).refused(400, "") // two sites: which?
	if a := c.v1("DELETE", "/hooks/"+ids[0]+here, nil); a.status != 204 {
		t.Errorf("%d %s", a.status, a.body)
	}
	c.v1("DELETE", "/hooks/"+ids[0]+here, nil).refused(404, "")
	c.v1("PATCH", "/hooks/"+ids[1]+here, map[string]any{}).refused(405, "")
}

func (c *client) form(path string, values url.Values) got {
	c.w.t.Helper()
	return c.at("POST", "/v1"+path, values.Encode(), "Content-Type", "application/x-www-form-urlencoded")
}

func TestC11Tokens(t *testing.T) {
	w := newWorld(t)
	key := w.owner().post(inMain+"/api-keys", map[string]any{"name": "App", "scopes": []string{"hooks:read"}}).is(201)
	c := w.anonymous()
	ask := func(values url.Values) got { return c.form("/oauth/token", values) }
	given := ask(url.Values{"grant_type": {"client_credentials"}, "client_id": {key.text("id")}, "client_secret": {key.text("key")}})
	if given.status != 200 || given.text("token_type") != "Bearer" || given.text("access_token") == "" || given.text("refresh_token") == "" || fmt.Sprint(given.field("expires_in")) == "0" {
		t.Fatalf("%d %s", given.status, given.body)
	}
	with := func(token string) *client {
		c := w.anonymous()
		c.key = token
		return c
	}
	if a := with(given.text("access_token")).v1("GET", "/me", nil); a.status != 200 || a.field("data.attributes.name") != "App" {
		t.Errorf("%s", a.body)
	}
	with(given.text("refresh_token")).v1("GET", "/me", nil).refused(401, "")
	again := ask(url.Values{"grant_type": {"refresh_token"}, "refresh_token": {given.text("refresh_token")}})
	if again.status != 200 || again.text("access_token") == given.text("access_token") {
		t.Fatalf("%d %s", again.status, again.body)
	}
	with(given.text("access_token")).v1("GET", "/me", nil).refused(401, "")
	for code, values := range map[string]url.Values{
		"invalid_grant":          {"grant_type": {"refresh_token"}, "refresh_token": {given.text("refresh_token")}},
		"invalid_client":         {"grant_type": {"client_credentials"}, "client_id": {"key_other"}, "client_secret": {key.text("key")}},
		"unsupported_grant_type": {"grant_type": {"password"}},
	} {
		if a := ask(values); a.status/100 != 4 || a.text("error") != code {
			t.Errorf("%s: %d %s", code, a.status, a.body)
		}
	}
	c.form("/oauth/revoke", url.Values{"token": {again.text("access_token")}})
	with(again.text("access_token")).v1("GET", "/me", nil).refused(401, "")
	third := ask(url.Values{"grant_type": {"client_credentials"}, "client_id": {key.text("id")}, "client_secret": {key.text("key")}})
	fourth := ask(url.Values{"grant_type": {"client_credentials"}, "client_id": {key.text("id")}, "client_secret": {key.text("key")}})
	w.clock.advance(3 * time.Hour)
	with(third.text("access_token")).v1("GET", "/me", nil).refused(401, "") // expired
	w.owner().del(inMain + "/api-keys/" + key.text("id")).is(http.StatusNoContent)
	if a := ask(url.Values{"grant_type": {"refresh_token"}, "refresh_token": {fourth.text("refresh_token")}}); a.status != 400 || a.text("error") != "invalid_grant" {
		t.Errorf("a token outlived its key: %d %s", a.status, a.body)
	}
	if a := c.v1("GET", "/version", nil); a.status != 200 || a.text("version") == "" {
		t.Errorf("%s", a.body)
	}
}
