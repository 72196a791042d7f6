package api_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine/sender"
)

// heard is one call that a receiver got.
type heard struct {
	path   string
	header http.Header
	body   map[string]any
	raw    []byte
}

// receiver stands for the outside systems that hooks call.
type receiver struct {
	*httptest.Server
	t      *testing.T
	calls  chan heard
	answer func(heard) int
}

// hooked is a world whose hooks may call a receiver.
func hooked(t *testing.T) (*world, *receiver) {
	t.Helper()
	r := &receiver{t: t, calls: make(chan heard, 1000)}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		raw, _ := io.ReadAll(q.Body)
		h := heard{path: q.URL.Path, header: q.Header.Clone(), raw: raw}
		_ = json.Unmarshal(raw, &h.body)
		status := http.StatusOK
		if r.answer != nil {
			status = r.answer(h)
		}
		w.WriteHeader(status)
		r.calls <- h
	}))
	t.Cleanup(r.Close)
	target, err := url.Parse(r.URL)
	if err != nil {
		t.Fatal(err)
	}
	return newWorld(t, func(s *settings) { s.allow = []string{target.Host} }), r
}

// next waits for a call.
func (r *receiver) next() heard {
	r.t.Helper()
	select {
	case h := <-r.calls:
		return h
	case <-time.After(30 * time.Second):
		r.t.Fatal("nothing was delivered")
		return heard{}
	}
}

// quiet is sure that the calls until now are all: an event after them, which
// another hook sends, has arrived.
func (r *receiver) quiet(marker string) {
	r.t.Helper()
	if h := r.next(); h.path != marker {
		r.t.Errorf("unexpected call of %s: %s", h.path, h.raw)
		r.quiet(marker)
	}
}

const inMain = "/workspaces/main"

func (w *world) hook(body map[string]any) got {
	w.t.Helper()
	return w.owner().post(inMain+"/hooks", body).is(201)
}

func (w *world) contact(email string) string {
	w.t.Helper()
	return w.owner().post(inMain+"/contacts", map[string]any{"email": email, "name": "Ada Lovelace"}).is(201).text("id")
}

func (w *world) offered(title string, more map[string]any) got {
	w.t.Helper()
	body := map[string]any{"title": title}
	for k, v := range more {
		body[k] = v
	}
	return w.owner().post(inMain+"/offers", body).is(201)
}

func (w *world) buy(contact, offer string) {
	w.t.Helper()
	w.owner().post(inMain+"/purchases", map[string]any{"contact_id": contact, "offer": offer, "amount": 4900, "currency": "USD"}).is(201)
}

func TestK14EachOfferHasItsPurchaseWebhook(t *testing.T) {
	w, r := hooked(t)
	course := w.offered("Course", map[string]any{"purchase_webhook_url": r.URL + "/course"})
	if course.text("purchase_webhook_url") != r.URL+"/course" {
		t.Errorf("%s", course.body)
	}
	w.offered("Club", map[string]any{"purchase_webhook_url": r.URL + "/club"})
	ada := w.contact("ada@example.com")
	w.buy(ada, "Course")
	h := r.next()
	payload := h.body["payload"].(map[string]any)
	member, offer := payload["member"].(map[string]any), payload["offer"].(map[string]any)
	if h.path != "/course" || h.body["event"] != "purchase.created" || member["email"] != "ada@example.com" || member["first_name"] != "Ada" ||
		offer["title"] != "Course" || payload["amount_in_cents"] != 4900.0 {
		t.Errorf("%s %s", h.path, h.raw)
	}
	// What we send is what our own preset for Kajabi reads.
	preset := sender.Named("kajabi")
	read := preset.Shape(h.body).(map[string]any)["payload"].(map[string]any)
	if read["customers"].(map[string]any)["email"] != "ada@example.com" || read["offers"].(map[string]any)["title"] != "Course" {
		t.Errorf("read as %v", read)
	}
	// Changed, then taken out.
	id := course.text("id")
	w.owner().patch(inMain+"/offers/"+id, map[string]any{"purchase_webhook_url": r.URL + "/moved"}).is(200)
	w.buy(ada, "Course")
	if h := r.next(); h.path != "/moved" {
		t.Errorf("%s", h.path)
	}
	w.owner().patch(inMain+"/offers/"+id, map[string]any{"purchase_webhook_url": ""}).is(200)
	w.buy(ada, "Course")
	w.buy(ada, "Club")
	r.quiet("/club")
	w.owner().patch(inMain+"/offers/"+id, map[string]any{"purchase_webhook_url": "http://169.254.169.254/x"}).is(422, "invalid")
}

func TestK15K16SiteWidePurchaseWebhook(t *testing.T) {
	w, r := hooked(t)
	w.hook(map[string]any{"event": "purchase.created", "url": r.URL + "/all", "format": "kajabi_flat"})
	w.hook(map[string]any{"event": "form.submitted", "url": r.URL + "/end"})
	w.offered("Course", nil)
	w.offered("Club", nil)
	ada := w.contact("ada@example.com")
	for _, title := range []string{"Course", "Club"} {
		w.buy(ada, title)
		h := r.next()
		payload := h.body["payload"].(map[string]any)
		if h.path != "/all" || payload["member_email"] != "ada@example.com" || payload["offer_title"] != title || payload["member_id"] == nil {
			t.Errorf("%s %s", h.path, h.raw)
		}
	}
	// A grant, a later instalment and a cart order are no purchase.
	c := w.owner()
	c.post(inMain+"/grants", map[string]any{"contact_id": w.contact("b@example.com"), "offer": "Course"}).is(201)
	c.post(inMain+"/payments", map[string]any{"contact_id": ada, "offer_ids": []string{"Course"}, "kind": "instalment", "amount": 1000, "currency": "USD"}).is(201)
	c.post(inMain+"/orders", map[string]any{"contact_id": ada, "cart": true, "currency": "USD", "items": []any{map[string]any{"offer": "Course", "amount": 4900}}}).is(201)
	w.submitForm()
	r.quiet("/end")
}

// submitForm makes a form, the first time, and sends it in.
func (w *world) submitForm(more ...map[string]any) got {
	w.t.Helper()
	body := map[string]any{"title": "Webinar", "fields": []any{map[string]any{"key": "email", "kind": "email", "label": "E-mail", "required": true, "to": "email"}}}
	for _, m := range more {
		for k, v := range m {
			body[k] = v
		}
	}
	form := w.owner().post(inMain+"/forms", body).is(201)
	w.owner().post(inMain+"/forms/"+form.text("id")+"/submissions", map[string]any{"answers": map[string]string{"email": "form@example.com"}}).is(201)
	return form
}

func TestK17CartPurchaseWebhook(t *testing.T) {
	w, r := hooked(t)
	w.hook(map[string]any{"event": "order.created", "cart": true, "url": r.URL + "/cart", "format": "kajabi"})
	w.offered("Course", nil)
	ada := w.contact("ada@example.com")
	for _, cart := range []bool{false, true} {
		w.owner().post(inMain+"/orders", map[string]any{"contact_id": ada, "cart": cart, "currency": "USD", "items": []any{map[string]any{"offer": "Course", "amount": 4900}}}).is(201)
	}
	h := r.next()
	payload := h.body["payload"].(map[string]any)
	if h.path != "/cart" || payload["cart"] != true || payload["total_price_in_cents"] != 4900.0 || len(r.calls) != 0 {
		t.Errorf("%s %s", h.path, h.raw)
	}
}

func TestK18K21PaymentSucceededWebhook(t *testing.T) {
	w, r := hooked(t)
	w.hook(map[string]any{"event": "payment.succeeded", "url": r.URL + "/paid", "format": "kajabi_api"})
	w.offered("Course", nil)
	w.offered("Templates", nil)
	ada := w.contact("ada@example.com")
	w.buy(ada, "Course")
	w.owner().post(inMain+"/payments", map[string]any{"contact_id": ada, "offer_ids": []string{"Course"}, "kind": "instalment", "amount": 1000, "currency": "USD"}).is(201)
	w.owner().post(inMain+"/orders", map[string]any{"contact_id": ada, "cart": true, "currency": "USD", "items": []any{map[string]any{"offer": "Course", "amount": 4900}, map[string]any{"offer": "Templates", "amount": 1900}}}).is(201)
	amounts := map[float64]bool{}
	for range 3 {
		h := r.next()
		resources := h.body["payload"].([]any)
		main := resources[0].(map[string]any)
		amount := main["attributes"].(map[string]any)["amount_in_cents"].(float64)
		amounts[amount] = true
		offer := main["relationships"].(map[string]any)["offer"].(map[string]any)["data"]
		if main["type"] != "transactions" || resources[1].(map[string]any)["type"] != "customers" || (offer == nil) != (amount == 6800) {
			t.Errorf("%s", h.raw)
		}
	}
	if !amounts[4900] || !amounts[1000] || !amounts[6800] {
		t.Errorf("amounts %v", amounts)
	}
}

func TestK19CreateWebhookIsCheckedAtOnce(t *testing.T) {
	w, r := hooked(t)
	made := w.hook(map[string]any{"event": "tag.added", "url": r.URL + "/tags"})
	if !strings.HasPrefix(made.text("secret"), "whsec_") || made.text("status") != "active" || made.text("health") != "new" {
		t.Errorf("%s", made.body)
	}
	c := w.owner()
	for field, body := range map[string]map[string]any{
		"/event":       {"event": "tag_added", "url": r.URL},
		"/url":         {"event": "tag.added", "url": "ftp://example.com/plain"},
		"/cart":        {"event": "tag.added", "url": r.URL, "cart": true},
		"/resource_id": {"event": "tag.added", "url": r.URL, "resource_id": "tag_none"},
		"/secret":      {"event": "tag.added", "url": r.URL, "secret": "short"},
		"/format":      {"event": "course.enrolled", "url": r.URL, "format": "kajabi_api"},
	} {
		a := c.post(inMain+"/hooks", body).is(422, "invalid")
		if !strings.Contains(a.body, `"pointer":"`+field+`"`) {
			t.Errorf("%s: %s", field, a.body)
		}
	}
	if again := c.get(inMain + "/hooks/" + made.text("id")).is(200); strings.Contains(again.body, "whsec_") {
		t.Errorf("the secret is shown again: %s", again.body)
	}
	// Whoever may not read sales may not have them sent out.
	w.keyed("main", "hooks:write").post(inMain+"/hooks", map[string]any{"event": "purchase.created", "url": r.URL}).is(403, "forbidden")
	w.keyed("main", "hooks:write", "sales:read").post(inMain+"/hooks", map[string]any{"event": "purchase.created", "url": r.URL}).is(201)
}

func TestK20FormWebhook(t *testing.T) {
	w, r := hooked(t)
	form := w.submitForm(map[string]any{"webhook_url": r.URL + "/form"})
	h := r.next()
	payload := h.body["payload"].(map[string]any)
	if h.path != "/form" || form.text("webhook_url") != r.URL+"/form" || payload["form_title"] != "Webinar" || payload["email"] != "form@example.com" ||
		payload["member"].(map[string]any)["email"] != "form@example.com" {
		t.Errorf("%s %s", h.path, h.raw)
	}
}

func TestK22FeatureFlagGatesWebhooks(t *testing.T) {
	w, r := hooked(t)
	w.owner().patch("/workspaces/main", map[string]any{"features": map[string]any{"outgoing_webhooks": false}}).is(200)
	w.owner().post(inMain+"/hooks", map[string]any{"event": "tag.added", "url": r.URL}).is(403, "forbidden")
	w.owner().post(inMain+"/offers", map[string]any{"title": "Course", "purchase_webhook_url": r.URL}).is(403, "forbidden")
}

// delivered waits until a hook's newest delivery has a status.
func (w *world) delivered(hook, status string) got {
	w.t.Helper()
	late := time.Now().Add(30 * time.Second)
	for {
		a := w.owner().get(inMain + "/deliveries?hook_id=" + hook).is(200)
		if items := a.items(); len(items) > 0 && items[0]["status"] == status {
			return w.owner().get(inMain + "/deliveries/" + items[0]["id"].(string)).is(200)
		}
		if time.Now().After(late) {
			w.t.Fatalf("no delivery became %s: %s", status, a.body)
		}
	}
}

func (w *world) tagged(email, tag string) {
	w.t.Helper()
	w.owner().post(inMain+"/contacts", map[string]any{"email": email, "tags": []string{tag}}).is(201)
}

func TestDeliveriesAreSignedRetriedLoggedAndSentAgain(t *testing.T) {
	w, r := hooked(t)
	status := http.StatusServiceUnavailable
	r.answer = func(heard) int { return status }
	const known = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
	hook := w.hook(map[string]any{"event": "tag.added", "url": r.URL + "/tags", "secret": known}).text("id")
	w.tagged("ada@example.com", "VIP")
	first := r.next()
	w.delivered(hook, "waiting")
	if health := w.owner().get(inMain + "/hooks/" + hook).is(200); health.text("health") != "failing" || health.text("next_try_at") == "" || !strings.Contains(health.body, `"last_status":503`) {
		t.Errorf("%s", health.body)
	}
	status = http.StatusOK
	w.clock.advance(10 * time.Second)
	second := r.next()
	done := w.delivered(hook, "succeeded")
	if n := len(done.json()["attempts"].([]any)); n != 2 || done.text("event") != "tag.added" || done.text("url") != r.URL+"/tags" {
		t.Errorf("%s", done.body)
	}
	if health := w.owner().get(inMain + "/hooks/" + hook).is(200); health.text("health") != "good" {
		t.Errorf("%s", health.body)
	}
	w.owner().post(inMain+"/deliveries/"+done.text("id")+"/resend", nil).is(202)
	third := r.next()
	scheme, _ := sender.SchemeNamed("standard")
	for i, h := range []heard{first, second, third} {
		if h.header.Get("Webhook-Id") != done.text("webhook_id") || string(h.raw) != string(first.raw) {
			t.Errorf("call %d is another message: %v %s", i, h.header, h.raw)
		}
		q := sender.Request{Method: "POST", Header: h.header, Body: h.raw}
		if err := scheme.Verify(w.clock.Now(), q, sender.Secrets(known)); err != nil {
			t.Errorf("call %d: %v", i, err)
		}
	}
	if body := first.body; body["type"] != "tag.added" || body["data"].(map[string]any)["tag"].(map[string]any)["name"] != "VIP" {
		t.Errorf("%s", first.raw)
	}
}

func TestF31GoneDisablesTheHook(t *testing.T) {
	w, r := hooked(t)
	r.answer = func(h heard) int {
		if h.path == "/gone" {
			return http.StatusGone
		}
		return http.StatusOK
	}
	gone := w.hook(map[string]any{"event": "tag.added", "url": r.URL + "/gone"}).text("id")
	w.tagged("a@example.com", "VIP")
	r.next()
	w.delivered(gone, "failed")
	if h := w.owner().get(inMain + "/hooks/" + gone).is(200); h.text("status") != "disabled" || !strings.Contains(h.text("reason"), "410") {
		t.Errorf("%s", h.body)
	}
	w.hook(map[string]any{"event": "tag.added", "url": r.URL + "/end"})
	w.tagged("b@example.com", "VIP")
	r.quiet("/end")
	// A new address makes it work again.
	w.owner().patch(inMain+"/hooks/"+gone, map[string]any{"url": r.URL + "/new"}).is(200)
	w.tagged("c@example.com", "VIP")
	seen := map[string]bool{r.next().path: true, r.next().path: true}
	if !seen["/new"] || !seen["/end"] {
		t.Errorf("%v", seen)
	}
}

func TestHooksArePausedAfterFiveDaysOfFailureAndKeepEvents(t *testing.T) {
	w, r := hooked(t)
	fine := false
	r.answer = func(heard) int {
		if fine {
			return http.StatusOK
		}
		return http.StatusInternalServerError
	}
	hook := w.hook(map[string]any{"event": "tag.added", "url": r.URL + "/down"}).text("id")
	w.tagged("a@example.com", "VIP")
	r.next()
	w.delivered(hook, "waiting")
	w.clock.advance(5*24*time.Hour + time.Minute)
	r.next()
	late := time.Now().Add(30 * time.Second)
	for w.owner().get(inMain+"/hooks/"+hook).is(200).text("status") != "paused" {
		if time.Now().After(late) {
			t.Fatal("the hook was not paused")
		}
	}
	w.tagged("b@example.com", "VIP")
	w.delivered(hook, "held")
	fine = true
	w.owner().patch(inMain+"/hooks/"+hook, map[string]any{"status": "active"}).is(200)
	emails := map[any]bool{}
	for range 2 {
		emails[r.next().body["data"].(map[string]any)["contact"].(map[string]any)["email"]] = true
	}
	if !emails["a@example.com"] || !emails["b@example.com"] {
		t.Errorf("%v", emails)
	}
}

func TestHooksHearOfRunsAndOnlyOfTheirResource(t *testing.T) {
	w, r := hooked(t)
	vip := w.owner().post(inMain+"/tags", map[string]any{"name": "VIP"}).is(201).text("id")
	w.hook(map[string]any{"event": "tag.added", "url": r.URL + "/vip", "resource_id": vip})
	w.hook(map[string]any{"event": "run.succeeded", "url": r.URL + "/runs"})
	w.tagged("a@example.com", "other")
	w.tagged("b@example.com", "vip")
	if h := r.next(); h.path != "/vip" || h.body["data"].(map[string]any)["contact"].(map[string]any)["email"] != "b@example.com" {
		t.Errorf("%s %s", h.path, h.raw)
	}
	flow := w.owner().post(inMain+"/workflows", `{"name":"Hello","definition":{"schema":1,"triggers":[{"id":"start","type":"manual.start","v":1,"params":{}}],
		"steps":[{"id":"stop","type":"flow.stop","v":1,"params":{"outcome":"succeeded"}}]}}`).is(201).text("id")
	w.owner().post(inMain+"/workflows/"+flow+"/publish", nil).is(200)
	w.owner().post(inMain+"/workflows/"+flow+"/run", nil).is(202)
	h := r.next()
	if run := h.body["data"].(map[string]any)["run"].(map[string]any); h.path != "/runs" || run["workflow_id"] != flow || run["status"] != "succeeded" {
		t.Errorf("%s %s", h.path, h.raw)
	}
}
