package api_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

const base = "https://hooks.example.com"

// offer makes an offer of A and returns its id with the paths of its addresses.
func (r *rig) offer(title string) (id, activate, deactivate string) {
	r.t.Helper()
	made := r.in("POST", "/offers", map[string]any{"title": title, "products": []any{map[string]any{"title": title + " videos"}, map[string]any{"title": title + " club"}}}).is(http.StatusCreated)
	return made.text("id"), strings.TrimPrefix(made.text("activation_url"), base), strings.TrimPrefix(made.text("deactivation_url"), base)
}

// said lists the words of a problem's errors with their pointers.
func (p reply) said() []string {
	p.t.Helper()
	items, _ := p.at("errors").([]any)
	words := []string{}
	for _, it := range items {
		one := it.(map[string]any)
		words = append(words, fmt.Sprint(one["pointer"], " ", one["detail"]))
	}
	return words
}

// events counts what happened to a contact by the types of its timeline.
func (r *rig) events(contactID string) map[string]int {
	r.t.Helper()
	seen := map[string]int{}
	for cursor := ""; ; {
		got := r.in("GET", "/contacts/"+contactID+"/timeline?limit=200"+cursor, nil).is(http.StatusOK)
		for _, it := range got.at("items").([]any) {
			one := it.(map[string]any)
			if kind, ok := one["type"].(string); ok {
				seen[kind]++
			}
		}
		next, more := got.at("next_cursor").(string)
		if !more {
			return seen
		}
		cursor = "&cursor=" + next
	}
}

const ada = `{"name":"Ada Lovelace","email":"ada@example.com","external_user_id":"ext_1"}`

// TestK1K2EveryOfferHasItsOwnAddresses grants all products of the offer by one
// URL and takes them away by the other.
func TestK1K2EveryOfferHasItsOwnAddresses(t *testing.T) {
	r := newRig(t)
	id, activate, deactivate := r.offer("Course")
	_, other, _ := r.offer("Other")
	number := r.in("GET", "/offers/"+id, nil).number("number")
	if !strings.HasSuffix(activate, fmt.Sprintf("/%d/activate", number)) || !strings.HasPrefix(activate, "/webhooks/offers/") ||
		strings.TrimSuffix(activate, "/activate") != strings.TrimSuffix(deactivate, "/deactivate") || activate == other {
		t.Fatalf("%s %s %s", activate, deactivate, other)
	}
	done := r.call("POST", activate, ada).is(http.StatusOK)
	contact := done.text("contact_id")
	got := r.in("GET", "/contacts/"+contact, nil).is(http.StatusOK)
	if len(got.at("products").([]any)) != 2 || got.text("external_user_id") != "ext_1" || got.text("first_name") != "Ada" {
		t.Errorf("contact %s", got.body)
	}
	// It is a run of the engine, with the steps that people know.
	run := r.in("GET", "/runs/"+done.text("run_ids.0"), nil).is(http.StatusOK)
	if run.text("kind") != "activation" || run.text("status") != "succeeded" || run.text("steps.0.type") != "contact.upsert" ||
		run.text("steps.1.type") != "offer.grant" || run.text("request_id") != done.text("request_id") || run.text("steps.1.output.grant_id") != done.text("grant_id") {
		t.Errorf("run %s", run.body)
	}
	if request := r.in("GET", "/requests/"+done.text("request_id"), nil).is(http.StatusOK); request.text("body.value.email") != "ada@example.com" {
		t.Errorf("request %s", request.body)
	}
	if list := r.in("GET", "/runs", nil).is(http.StatusOK); len(list.at("items").([]any)) != 0 {
		t.Errorf("activations are among the workflows' runs: %s", list.body)
	}
	r.call("POST", deactivate, ada).is(http.StatusOK)
	if got := r.in("GET", "/contacts/"+contact, nil); len(got.at("products").([]any)) != 0 {
		t.Errorf("access stays: %s", got.body)
	}
	// K16 and the table: neither is a purchase.
	seen := r.events(contact)
	if seen[crm.PurchaseCreated] != 0 || seen[crm.PaymentSucceeded] != 0 || seen[crm.OfferGranted] != 1 || seen[crm.OfferRevoked] != 1 || seen[crm.ContactCreated] != 1 {
		t.Errorf("events %v", seen)
	}
}

// TestK3BodiesOfEveryForm: JSON, forms, multipart and the query all say the same.
func TestK3BodiesOfEveryForm(t *testing.T) {
	r := newRig(t)
	_, activate, _ := r.offer("Course")
	var parts bytes.Buffer
	w := multipart.NewWriter(&parts)
	for k, v := range map[string]string{"name": "Mo", "email": "mo@example.com", "external_user_id": "m", "files.filepath": "/etc/passwd"} {
		_ = w.WriteField(k, v)
	}
	_ = w.Close()
	form := func(who string) string {
		return url.Values{"name": {who}, "email": {who + "@example.com"}, "external_user_id": {who}}.Encode()
	}
	for name, c := range map[string]struct{ query, body, kind string }{
		"json":                  {"", `{"name":"Jo","email":"jo@example.com","external_user_id":820982911946154508}`, "application/json"},
		"json without a type":   {"", `{"name":"Jay","email":"jay@example.com","external_user_id":"jay"}`, "text/plain"},
		"form":                  {"", form("fay"), "application/x-www-form-urlencoded"},
		"multipart (F16)":       {"", parts.String(), w.FormDataContentType()},
		"parameters in the URL": {"?" + form("quinn"), "", "application/x-www-form-urlencoded"},
	} {
		if got := r.call("POST", activate+c.query, c.body, "Content-Type", c.kind); got.status != http.StatusOK {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
	}
	if got := r.in("GET", "/contacts?email=jo@example.com", nil); got.text("items.0.external_user_id") != "820982911946154508" {
		t.Errorf("a number lost digits: %s", got.body)
	}
	for _, c := range []struct {
		method, body, kind string
		status             int
	}{
		{"GET", "", "", 405}, {"PUT", ada, "application/json", 405}, {"POST", `[1]`, "application/json", 400}, {"POST", "hello", "text/plain", 400},
		{"POST", `{"name":["x"],"email":{"a":1},"external_user_id":true}`, "application/json", 422},
	} {
		got := r.call(c.method, activate, c.body, "Content-Type", c.kind).is(c.status)
		if c.status == 405 && got.header.Get("Allow") != "POST" {
			t.Errorf("Allow is %q", got.header.Get("Allow"))
		}
	}
}

// TestK4K5K6RefusalsSayWhyPerField holds the words that senders know.
func TestK4K5K6RefusalsSayWhyPerField(t *testing.T) {
	r := newRig(t)
	_, activate, deactivate := r.offer("Course")
	r.call("POST", activate, ada).is(http.StatusOK)
	for _, c := range []struct {
		path, body string
		want       []string
	}{
		{activate, `{}`, []string{"/name name can't be blank", "/email email can't be blank", "/external_user_id external_user_id can't be blank"}},
		{activate, `{"name":"Ada","external_user_id":"x"}`, []string{"/email email can't be blank"}},
		{activate, `{"name":" ","email":"ann","external_user_id":"x"}`, []string{"/name name can't be blank", "/email email is invalid"}},
		{activate, `{"name":"Ada","email":"ADA@Example.com","external_user_id":"EXT_1"}`, []string{"/email email is already taken"}},
		{activate, ada, []string{"/base offer already granted to this member"}},
		{deactivate, `{"name":"Ada","email":"ada@example.com"}`, []string{"/external_user_id external_user_id can't be blank"}},
		{deactivate, `{"external_user_id":"EXT_1"}`, []string{"/base offer grant not found for offer on member"}},
	} {
		got := r.call("POST", c.path, c.body).is(http.StatusUnprocessableEntity)
		if words := got.said(); !slices.Equal(words, c.want) {
			t.Errorf("%s: %q, want %q", c.body, words, c.want)
		}
	}
	if got := r.in("GET", "/contacts", nil); len(got.at("items").([]any)) != 1 {
		t.Errorf("a second member: %s", got.body)
	}
	// The id alone is enough to deactivate.
	r.call("POST", deactivate, `{"external_user_id":"ext_1"}`).is(http.StatusOK)
	r.call("POST", deactivate, `{"external_user_id":"ext_1"}`).is(http.StatusUnprocessableEntity)
	r.call("POST", activate, ada).is(http.StatusOK)
}

// TestK7TheGrantMailIsAskedFor: the URL sends none unless it is asked to.
func TestK7TheGrantMailIsAskedFor(t *testing.T) {
	r := newRig(t)
	_, activate, _ := r.offer("Course")
	member := func(n int, more string) string {
		return fmt.Sprintf(`{"name":"N","email":"n%d@example.com","external_user_id":"n%d"%s}`, n, n, more)
	}
	for i, c := range []struct {
		query, more string
		asked       string
	}{
		{"", "", "never"}, {"?send_offer_grant_email=true", "", "always"}, {"", `,"send_offer_grant_email":true`, "always"},
		{"", `,"send_offer_grant_email":"true"`, "always"}, {"?send_offer_grant_email=false", "", "never"}, {"?send_offer_grant_email=", "", "never"},
	} {
		done := r.call("POST", activate+c.query, member(i, c.more)).is(http.StatusOK)
		run, err := r.store.Steps(t.Context(), r.a.ID, done.text("run_ids.0"), "access")
		if err != nil || len(run) != 1 || !strings.Contains(string(run[0].Params), `"send_email":"`+c.asked+`"`) {
			t.Errorf("%+v: %s %v", c, run[0].Params, err)
		}
	}
}

// TestK9BrokenJSONSaysWhere: the seed's own example is broken; the live address
// says where and never pretends.
func TestK9BrokenJSONSaysWhere(t *testing.T) {
	r := newRig(t)
	_, activate, _ := r.offer("Course")
	got := r.call("POST", activate, `{ "name": "John Doe", "email": "jdoe@example.com", "external_user_id": "ext_123", }`).is(http.StatusBadRequest)
	if !strings.Contains(got.text("detail"), "column") {
		t.Errorf("no position: %s", got.body)
	}
	if list := r.in("GET", "/contacts", nil); len(list.at("items").([]any)) != 0 {
		t.Error("somebody was made of it")
	}
}

// TestK10AddressesRotateWithAnOverlap: both work until the old one ends, and the
// page lists who still uses it.
func TestK10AddressesRotateWithAnOverlap(t *testing.T) {
	r := newRig(t)
	id, old, _ := r.offer("Course")
	rotated := r.in("POST", "/offers/"+id+"/rotate-urls", `{"overlap":"1h"}`).is(http.StatusOK)
	fresh := strings.TrimPrefix(rotated.text("activation_url"), base)
	if fresh == old || len(rotated.at("old_urls").([]any)) != 1 {
		t.Fatalf("rotated %s", rotated.body)
	}
	r.call("POST", old, ada, "User-Agent", "OldShop/1.0").is(http.StatusOK)
	r.call("POST", fresh, `{"name":"Bo","email":"bo@example.com","external_user_id":"bo"}`).is(http.StatusOK)
	page := r.in("GET", "/offers/"+id+"/webhooks", nil).is(http.StatusOK)
	if len(page.at("old_callers").([]any)) != 1 || page.text("old_callers.0.user_agent") != "OldShop/1.0" || page.number("old_callers.0.calls") != 1 {
		t.Errorf("page %s", page.body)
	}
	r.in("POST", "/offers/"+id+"/rotate-urls", `{"overlap":"0s"}`).is(http.StatusOK)
	r.call("POST", fresh, ada).is(http.StatusGone)
	r.call("POST", old, `{"name":"Cy","email":"cy@example.com","external_user_id":"cy"}`).is(http.StatusOK) // its own hour
	r.in("POST", "/offers/"+id+"/rotate-urls", `{"overlap":"soon"}`).is(http.StatusUnprocessableEntity).points("/overlap")
	r.in("POST", "/offers/off_none/rotate-urls", nil).is(http.StatusNotFound)
	// Whoever may only read does not get the credential.
	key := r.in("POST", "/api-keys", `{"name":"reader","scopes":["offers:read"]}`).is(http.StatusCreated).text("key")
	for _, path := range []string{"/offers", "/offers/" + id, "/offers/" + id + "/webhooks"} {
		got := r.in("GET", path, nil, "Authorization", "Bearer "+key).is(http.StatusOK)
		if bytes.Contains(got.body, []byte("/webhooks/offers/")) {
			t.Errorf("%s shows the address: %s", path, got.body)
		}
	}
	if audit := r.in("GET", "/audit", nil); bytes.Contains(audit.body, []byte(strings.Split(fresh, "/")[3])) {
		t.Error("the audit log holds a token")
	}
}

// TestK11K12K13TheLogHasEveryCall with ID, Status, Request UUID, Params, Errors
// and Created at, refused ones too.
func TestK11K12K13TheLogHasEveryCall(t *testing.T) {
	r := newRig(t)
	id, activate, deactivate := r.offer("Course")
	done := r.call("POST", activate, ada).is(http.StatusOK)
	r.call("POST", activate, `{"name":"x"}`).is(http.StatusUnprocessableEntity)
	r.call("POST", activate, `{`).is(http.StatusBadRequest)
	r.call("POST", activate, `{"big":"`+strings.Repeat("x", 1<<20)+`"}`).is(http.StatusRequestEntityTooLarge)
	r.call("GET", deactivate, nil).is(http.StatusMethodNotAllowed)
	log := r.in("GET", "/offers/"+id+"/requests", nil).is(http.StatusOK)
	items := log.at("items").([]any)
	if len(items) != 5 {
		t.Fatalf("%d entries: %s", len(items), log.body)
	}
	for i, status := range []int{405, 413, 400, 422, 200} {
		if log.number(fmt.Sprintf("items.%d.status", i)) != status || i > 0 && log.number(fmt.Sprintf("items.%d.number", i)) >= log.number(fmt.Sprintf("items.%d.number", i-1)) {
			t.Errorf("entry %d: %s", i, log.body)
		}
	}
	if log.text("items.3.errors.0.detail") != "email can't be blank" || log.text("items.3.params.name") != "x" {
		t.Errorf("refused: %s", log.body)
	}
	if log.text("items.4.request_uuid") != strings.TrimPrefix(done.text("request_id"), "req_") || log.text("items.4.params.email") != "ada@example.com" ||
		log.at("items.4.created_at") == nil || log.text("items.4.run_id") != done.text("run_ids.0") {
		t.Errorf("accepted: %s", log.body)
	}
	if got := r.in("GET", "/offers/"+id+"/requests?verdict=accepted&action=activate&limit=1", nil).is(http.StatusOK); len(got.at("items").([]any)) != 1 {
		t.Errorf("filtered: %s", got.body)
	}
	// An erased member leaves none of their data in the log.
	r.in("DELETE", "/contacts/"+done.text("contact_id"), nil).is(http.StatusNoContent)
	if got := r.in("GET", "/offers/"+id+"/requests", nil); bytes.Contains(got.body, []byte("ada@")) {
		t.Errorf("the log still shows %s", got.body)
	}
}

// TestK1F7WrongAddressesAreUnknown: whichever part is wrong, the answer is the
// same.
func TestK1F7WrongAddressesAreUnknown(t *testing.T) {
	r := newRig(t)
	id, activate, _ := r.offer("Course")
	_, other, _ := r.offer("Other")
	part := strings.Split(activate, "/") // "", webhooks, offers, token, number, activate
	token, number, otherNumber := part[3], part[4], strings.Split(other, "/")[4]
	flipped := "A"
	if token[0] == 'A' {
		flipped = "B"
	}
	var bodies []string
	for _, path := range []string{
		"/webhooks/offers/" + flipped + token[1:] + "/" + number + "/activate",
		"/webhooks/offers/" + token + "/" + otherNumber + "/activate",
		"/webhooks/offers/" + token + "/0" + number + "/activate",
		"/webhooks/offers/" + token + "/" + number + "/grant",
		"/webhooks/offers/" + token + "/" + number,
		"/webhooks/offers/%2e%2e/" + number + "/activate",
		"/webhooks/offers/" + strings.ToUpper(token) + strings.ToLower(token) + "/" + number + "/activate",
		"/webhooks/offers/" + token + "/" + number + "/activate/more",
	} {
		bodies = append(bodies, string(r.call("POST", path, ada).is(http.StatusNotFound).body))
	}
	if len(slices.Compact(bodies)) != 1 {
		t.Errorf("answers differ: %q", bodies)
	}
	if log := r.in("GET", "/offers/"+id+"/requests", nil); len(log.at("items").([]any)) != 0 {
		t.Errorf("logged %s", log.body)
	}
	r.in("DELETE", "/offers/"+id, nil).is(http.StatusNoContent)
	r.call("POST", activate, ada).is(http.StatusGone)
}

// TestK5TheSameKeyGetsTheFirstAnswer, also when both come at once; a key of a
// refused call may be used again.
func TestK5TheSameKeyGetsTheFirstAnswer(t *testing.T) {
	r := newRig(t)
	id, activate, deactivate := r.offer("Course")
	r.call("POST", activate, `{}`, "Idempotency-Key", "k1").is(http.StatusUnprocessableEntity)
	var wait sync.WaitGroup
	answers := make([]reply, 8)
	for i := range answers {
		wait.Go(func() { answers[i] = r.call("POST", activate, ada, "Idempotency-Key", "k1") })
	}
	wait.Wait()
	for _, a := range answers {
		if a.status != http.StatusOK || !bytes.Equal(a.body, answers[0].body) {
			t.Fatalf("%d %s, %s", a.status, a.body, answers[0].body)
		}
	}
	r.call("POST", deactivate, ada, "Idempotency-Key", "k1").is(http.StatusOK) // another address
	r.call("POST", activate, ada, "webhook-id", "k2").is(http.StatusOK)
	seen := r.events(answers[0].text("contact_id"))
	if seen[crm.OfferGranted] != 2 || seen[crm.OfferRevoked] != 1 {
		t.Errorf("events %v", seen)
	}
	log := r.in("GET", "/offers/"+id+"/requests?verdict=duplicate", nil).is(http.StatusOK)
	if len(log.at("items").([]any)) != 7 || log.text("items.0.duplicate_of") != answers[0].text("request_id") {
		t.Errorf("repeats: %s", log.body)
	}
}

// TestK5OneMemberOfManyCallsAtOnce: without keys, one call grants and the others
// are told that it is done.
func TestK5OneMemberOfManyCallsAtOnce(t *testing.T) {
	r := newRig(t)
	_, activate, _ := r.offer("Course")
	var wait sync.WaitGroup
	statuses := make([]int, 10)
	for i := range statuses {
		wait.Go(func() { statuses[i] = r.call("POST", activate, ada).status })
	}
	wait.Wait()
	slices.Sort(statuses)
	if statuses[0] != 200 || statuses[1] != 422 || statuses[9] != 422 {
		t.Errorf("%v", statuses)
	}
}

// TestK22WebhooksAreAFeatureOfAWorkspace that can be switched off.
func TestK22WebhooksAreAFeatureOfAWorkspace(t *testing.T) {
	r := newRig(t)
	id, activate, _ := r.offer("Course")
	r.in("PATCH", "", `{"features":{"webhooks":false}}`).is(http.StatusOK)
	r.call("POST", activate, ada).is(http.StatusForbidden)
	if log := r.in("GET", "/offers/"+id+"/requests", nil); log.number("items.0.status") != http.StatusForbidden {
		t.Errorf("log %s", log.body)
	}
}

// TestK1TestCallsChangeNothing: the marker of the ingress works here too.
func TestK1TestCallsChangeNothing(t *testing.T) {
	r := newRig(t)
	_, activate, _ := r.offer("Course")
	got := r.call("POST", activate+"?__test=1", ada).is(http.StatusAccepted)
	if got.at("test") != true {
		t.Errorf("answer %s", got.body)
	}
	if list := r.in("GET", "/contacts", nil); len(list.at("items").([]any)) != 0 {
		t.Error("a test made somebody")
	}
	r.call("POST", activate+"?__test=1", `{}`).is(http.StatusUnprocessableEntity)
}

// TestK13AFloodIsLimited and leaves one row of its minute.
func TestK13AFloodIsLimited(t *testing.T) {
	noon := time.Now()
	r := newRig(t, func(d *engine.Deps) { d.RateLimit, d.Now = 1, func() time.Time { return noon } })
	id, activate, _ := r.offer("Course")
	var last reply
	for range 5 {
		last = r.call("POST", activate, `{}`)
	}
	if last.is(http.StatusTooManyRequests).header.Get("Retry-After") == "" {
		t.Error("nobody says how long to wait")
	}
	if log := r.in("GET", "/offers/"+id+"/requests?verdict=rate_limited", nil).is(http.StatusOK); len(log.at("items").([]any)) != 1 {
		t.Errorf("log %s", log.body)
	}
}
