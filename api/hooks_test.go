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
	// after is sent as Retry-After unless it is "".
	after string
	// end is closed at the end of the test.
	end chan struct{}
}

// hooked is a world whose hooks may call a receiver.
func hooked(t *testing.T) (*world, *receiver) {
	t.Helper()
	r := &receiver{t: t, calls: make(chan heard, 1000), end: make(chan struct{})}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		raw, _ := io.ReadAll(q.Body)
		h := heard{path: q.URL.Path, header: q.Header.Clone(), raw: raw}
		_ = json.Unmarshal(raw, &h.body)
		status := http.StatusOK
		if r.answer != nil {
			status = r.answer(h)
		}
		if r.after != "" {
			w.Header().Set("Retry-After", r.after)
		}
		if status/100 == 3 {
			w.Header().Set("Location", r.URL+"/elsewhere")
		}
		w.WriteHeader(status)
		r.calls <- h
	}))
	t.Cleanup(r.Close)
	target, err := url.Parse(r.URL)
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, func(s *settings) { s.allow = []string{target.Host} })
	t.Cleanup(func() { close(r.end) }) // before the world waits for its runs
	return w, r
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
