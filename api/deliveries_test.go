package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine/sender"
)

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

func TestF31GoneDisablesTheHookAndTellsItsOwner(t *testing.T) {
	w, r := hooked(t)
	w.setUp()
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
	told := w.told()
	if h := w.owner().get(inMain + "/hooks/" + gone).is(200); h.text("status") != "disabled" || !strings.Contains(h.text("reason"), "410") {
		t.Errorf("%s", h.body)
	}
	if len(told) != 1 || told[0]["target"] != goodEmail || !strings.Contains(told[0]["subject"].(string), "disabled") || strings.Contains(told[0]["body"].(string), "/gone") {
		t.Errorf("told %v", told)
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

// told waits until somebody is told something.
func (w *world) told() []map[string]any {
	w.t.Helper()
	late := time.Now().Add(30 * time.Second)
	for {
		if list := w.owner().get(inMain + "/outbox").is(200).items(); len(list) > 0 {
			return list
		}
		if time.Now().After(late) {
			w.t.Fatal("nobody was told")
		}
	}
}

func TestHooksArePausedAfterFiveDaysOfFailureAndKeepEvents(t *testing.T) {
	w, r := hooked(t)
	w.setUp()
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
	w.told()
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

func TestF30RetryAfterOfAReceiverIsHonoured(t *testing.T) {
	for after, want := range map[string]time.Duration{"7": 7 * time.Second, "315360000": 24 * time.Hour, "-5": 0} {
		w, r := hooked(t)
		r.answer = func(heard) int { return http.StatusServiceUnavailable }
		r.after = after
		hook := w.hook(map[string]any{"event": "tag.added", "url": r.URL}).text("id")
		w.tagged("a@example.com", "VIP")
		r.next()
		due, err := time.Parse(time.RFC3339, w.delivered(hook, "waiting").text("next_try_at"))
		if err != nil {
			t.Fatal(err)
		}
		wait := due.Sub(w.clock.Now())
		if want > 0 && wait != want || want == 0 && (wait < 4*time.Second || wait > 6*time.Second) { // 5 s +-20 % of our own
			t.Errorf("Retry-After %s: tried again after %s", after, wait)
		}
	}
}

func TestF31RedirectsAreFailures(t *testing.T) {
	w, r := hooked(t)
	r.answer = func(heard) int { return http.StatusFound }
	hook := w.hook(map[string]any{"event": "tag.added", "url": r.URL + "/moved"}).text("id")
	w.tagged("a@example.com", "VIP")
	if h := r.next(); h.path != "/moved" {
		t.Errorf("%s", h.path)
	}
	if d := w.delivered(hook, "waiting"); !strings.Contains(d.body, "302") || len(r.calls) != 0 {
		t.Errorf("%s", d.body)
	}
}

func TestF38AddressesSmuggleNoHeaders(t *testing.T) {
	w, r := hooked(t)
	for _, address := range []string{r.URL + "/x\r\nX-Evil: 1", "https://user:password@example.com/", "https://exa mple.com/", "javascript:alert(1)", "https://[::1", "/relative"} {
		w.owner().post(inMain+"/hooks", map[string]any{"event": "tag.added", "url": address}).is(422, "invalid")
		a := w.owner().v1("POST", "/hooks", w.hookBody(map[string]any{"event": "tag_added", "target_url": address}))
		a.refused(422, "/data/attributes/target_url")
	}
}

// The world works on two runs at once: an endpoint that hangs takes both, and
// still the other one gets everything.
func TestOneDeadEndpointLeavesOthersAlone(t *testing.T) {
	t.Parallel() // it waits for time to pass
	w, r := hooked(t)
	r.answer = func(h heard) int {
		if h.path == "/dead" {
			<-r.end
		}
		return http.StatusOK
	}
	w.hook(map[string]any{"event": "tag.added", "url": r.URL + "/dead"})
	w.hook(map[string]any{"event": "tag.added", "url": r.URL + "/fine"})
	const events = 8
	for i := range events {
		w.tagged("a"+string(rune('0'+i))+"@example.com", "VIP")
	}
	for range events {
		if h := r.next(); h.path != "/fine" {
			t.Errorf("%s", h.path)
		}
	}
}

func TestRotatedSecretsSignTogetherForAWhile(t *testing.T) {
	w, r := hooked(t)
	made := w.hook(map[string]any{"event": "tag.added", "url": r.URL})
	rotated := w.owner().post(inMain+"/hooks/"+made.text("id")+"/rotate-secret", map[string]any{"overlap": "1h"}).is(200)
	scheme, _ := sender.SchemeNamed("standard")
	signedBy := func(h heard, secret string) bool {
		return scheme.Verify(w.clock.Now(), sender.Request{Method: "POST", Header: h.header, Body: h.raw}, sender.Secrets(secret)) == nil
	}
	w.tagged("a@example.com", "VIP")
	if h := r.next(); !signedBy(h, made.text("secret")) || !signedBy(h, rotated.text("secret")) {
		t.Errorf("not signed by both: %v", h.header)
	}
	w.clock.advance(2 * time.Hour)
	w.tagged("b@example.com", "VIP")
	if h := r.next(); signedBy(h, made.text("secret")) || !signedBy(h, rotated.text("secret")) {
		t.Errorf("the old secret outlived its overlap: %v", h.header)
	}
}

func TestPausedAndDeletedHooksSendNothing(t *testing.T) {
	w, r := hooked(t)
	paused := w.hook(map[string]any{"event": "tag.added", "url": r.URL + "/paused"}).text("id")
	deleted := w.hook(map[string]any{"event": "tag.added", "url": r.URL + "/deleted"}).text("id")
	w.owner().patch(inMain+"/hooks/"+paused, map[string]any{"status": "paused"}).is(200)
	w.owner().del(inMain + "/hooks/" + deleted).is(204)
	w.owner().get(inMain+"/hooks/"+deleted).is(404, "not_found")
	w.hook(map[string]any{"event": "tag.added", "url": r.URL + "/end"})
	w.tagged("a@example.com", "VIP")
	r.quiet("/end")
	held := w.delivered(paused, "held")
	w.owner().post(inMain+"/deliveries/"+held.text("id")+"/resend", nil).is(409, "wrong_state")
	w.owner().patch(inMain+"/hooks/"+paused, map[string]any{"status": "active"}).is(200)
	if h := r.next(); h.path != "/paused" {
		t.Errorf("%s", h.path)
	}
	// What is sent shows only to who may see what it is about.
	done := w.delivered(paused, "succeeded").text("id")
	if a := w.keyed("main", "hooks:read").get(inMain + "/deliveries/" + done).is(200); a.json()["body"] != nil {
		t.Errorf("%s", a.body)
	}
}
