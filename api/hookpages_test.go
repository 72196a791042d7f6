package api_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/sender"
)

func TestTheLogShowsTheCallAsItWentOut(t *testing.T) {
	w, r := hooked(t)
	hook := w.hook(map[string]any{"event": "tag.added", "url": r.URL + "/in"}).text("id")
	w.tagged("ada@example.com", "VIP")
	h := r.next()
	request := w.delivered(hook, "succeeded").json()["request"].(map[string]any)
	if request["url"] != r.URL+"/in" || request["method"] != "POST" || request["body"] != string(h.raw) {
		t.Errorf("%v, but %s came", request, h.raw)
	}
	headers := request["headers"].(map[string]any)
	for _, name := range []string{"Content-Type", "Idempotency-Key", "Webhook-Id", "Webhook-Timestamp", "Webhook-Signature"} {
		if headers[name] != h.header.Get(name) {
			t.Errorf("%s is shown as %v, but %s came", name, headers[name], h.header.Get(name))
		}
	}
	if d := w.keyed("main", "hooks:read").get(inMain + "/deliveries?hook_id=" + hook).is(200).items()[0]; w.keyed("main", "hooks:read").get(inMain + "/deliveries/" + d["id"].(string)).is(200).json()["request"] != nil {
		t.Error("shown without the right to read contacts")
	}
}

func TestG5EveryEventOfAHookCanBeTriedOut(t *testing.T) {
	w, r := hooked(t)
	status := http.StatusInternalServerError
	r.answer = func(heard) int { return status }
	hook := w.hook(map[string]any{"event": "tag.added", "url": r.URL, "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}).text("id")
	test := func() got { return w.owner().post(inMain+"/hooks/"+hook+"/test", nil).is(202) }
	if d := test(); d.json()["test"] != true || d.text("event") != "tag.added" {
		t.Errorf("%s", d.body)
	}
	h := r.next()
	scheme, _ := sender.SchemeNamed("standard")
	if err := scheme.Verify(w.clock.Now(), sender.Request{Method: "POST", Header: h.header, Body: h.raw}, sender.Secrets("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")); err != nil {
		t.Error(err)
	}
	w.delivered(hook, "failed") // not tried again
	status = http.StatusOK
	// A paused hook is tried out before it is resumed; what it keeps stays.
	w.owner().patch(inMain+"/hooks/"+hook, map[string]any{"status": "paused"}).is(200)
	test()
	r.next()
	w.delivered(hook, "succeeded")
	w.owner().patch(inMain+"/hooks/"+hook, map[string]any{"status": "active"}).is(200)
	for _, event := range engine.HookEvents {
		w.owner().patch(inMain+"/hooks/"+hook, map[string]any{"event": event}).is(200)
		test()
		h := r.next()
		if data, _ := h.body["data"].(map[string]any); h.body["type"] != event || len(data) == 0 {
			t.Errorf("%s: %s", event, h.raw)
		}
	}
	for _, format := range []string{"kajabi", "kajabi_flat", "kajabi_api"} {
		w.owner().patch(inMain+"/hooks/"+hook, map[string]any{"event": "purchase.created", "format": format}).is(200)
		test()
		if h := r.next(); h.body["payload"] == nil || !strings.Contains(string(h.raw), "ada@example.com") {
			t.Errorf("%s: %s", format, h.raw)
		}
	}
}

func TestWhatAPausedHookKeptIsCountedAndThrownAway(t *testing.T) {
	w, r := hooked(t)
	hook := w.hook(map[string]any{"event": "tag.added", "url": r.URL}).text("id")
	at := inMain + "/hooks/" + hook
	w.owner().patch(at, map[string]any{"held": "discard"}).is(409, "wrong_state")
	w.owner().patch(at, map[string]any{"status": "paused"}).is(200)
	for _, email := range []string{"a@example.com", "b@example.com"} {
		w.tagged(email, "VIP")
		w.delivered(hook, "held")
	}
	w.eventually("two kept", func() bool { return strings.Contains(w.owner().get(at).is(200).body, `"kept":2,`) })
	if list := w.owner().get(inMain + "/hooks").is(200); !strings.Contains(list.body, `"kept":2,`) {
		t.Errorf("%s", list.body)
	}
	if h := w.owner().patch(at, map[string]any{"held": "discard", "status": "active"}).is(200); !strings.Contains(h.body, `"kept":0,`) || h.text("status") != "active" {
		t.Errorf("%s", h.body)
	}
	for _, d := range w.owner().get(inMain + "/deliveries?hook_id=" + hook).is(200).items() {
		if d["status"] != "canceled" {
			t.Errorf("%v", d)
		}
	}
	w.tagged("c@example.com", "VIP")
	if h := r.next(); !strings.Contains(string(h.raw), "c@example.com") {
		t.Errorf("%s", h.raw)
	}
}

// eventually asks until it is so.
func (w *world) eventually(what string, is func() bool) {
	w.t.Helper()
	for late := time.Now().Add(30 * time.Second); !is(); {
		if time.Now().After(late) {
			w.t.Fatalf("never: %s", what)
		}
	}
}

func TestFailedDeliveriesOfATimeAreSentAgainOnce(t *testing.T) {
	w, r := hooked(t)
	status := http.StatusBadRequest // not tried again
	r.answer = func(heard) int { return status }
	hook := w.hook(map[string]any{"event": "tag.added", "url": r.URL}).text("id")
	other := w.hook(map[string]any{"event": "contact.created", "url": r.URL + "/contacts"}).text("id")
	ids := []string{}
	for _, email := range []string{"a@example.com", "b@example.com"} {
		w.tagged(email, "VIP")
		for range 2 { // of the tag and of the contact, in any order
			if h := r.next(); h.path != "/contacts" {
				ids = append(ids, h.header.Get("Webhook-Id"))
			}
		}
		w.delivered(hook, "failed")
		w.delivered(other, "failed")
	}
	if h := w.owner().get(inMain + "/hooks/" + hook).is(200); !strings.Contains(h.body, `"failures":2,`) {
		t.Errorf("%s", h.body)
	}
	if n := len(w.owner().get(inMain + "/deliveries?event=tag.added&status=failed").is(200).items()); n != 2 {
		t.Errorf("%d failed of the event", n)
	}
	status = http.StatusOK
	again := func(want string) {
		w.t.Helper()
		job := w.owner().post(inMain+"/deliveries/resend", map[string]any{"event": "tag.added", "from": w.clock.Now().Add(-time.Hour)}).is(202)
		if !strings.Contains(job.body, `"total":`+want+`}`) {
			t.Errorf("%s", job.body)
		}
		w.eventually("the job ended", func() bool {
			return w.owner().get(inMain+"/jobs/"+job.text("job_id")).is(200).text("status") == "succeeded"
		})
	}
	again("2")
	for range 2 {
		if h := r.next(); !slices.Contains(ids, h.header.Get("Webhook-Id")) {
			t.Errorf("another message: %v", h.header)
		}
	}
	again("0")
}

func TestK15TheCheckoutHasOnePurchaseWebhook(t *testing.T) {
	w, r := hooked(t)
	at := inMain + "/checkout"
	if c := w.owner().get(at).is(200); c.json()["purchase_webhook_url"] != nil {
		t.Errorf("%s", c.body)
	}
	w.owner().patch(at, map[string]any{"purchase_webhook_url": "ftp://example.com"}).is(422)
	if c := w.owner().patch(at, map[string]any{"purchase_webhook_url": r.URL + "/all"}).is(200); c.text("purchase_webhook_url") != r.URL+"/all" {
		t.Errorf("%s", c.body)
	}
	hooks := w.owner().get(inMain + "/hooks").is(200).items()
	if len(hooks) != 1 || hooks[0]["place"] != "site" || hooks[0]["resource_id"] != nil {
		t.Errorf("%v", hooks)
	}
	w.offered("Course", map[string]any{"purchase_webhook_url": r.URL + "/course"})
	w.offered("Club", nil)
	ada := w.contact("ada@example.com")
	w.buy(ada, "Club")
	if h := r.next(); h.path != "/all" || h.body["payload"].(map[string]any)["offer"].(map[string]any)["title"] != "Club" {
		t.Errorf("%s %s", h.path, h.raw)
	}
	w.buy(ada, "Course")
	paths := []string{r.next().path, r.next().path}
	if slices.Sort(paths); !slices.Equal(paths, []string{"/all", "/course"}) {
		t.Errorf("%v", paths)
	}
	w.owner().patch(at, map[string]any{"purchase_webhook_url": ""}).is(200)
	if n := len(w.owner().get(inMain + "/hooks").is(200).items()); n != 1 {
		t.Errorf("%d hooks are left", n)
	}
}
