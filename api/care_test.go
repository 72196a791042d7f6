package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/sender"
)

// TestG3TargetsSignaturesAndDataAreChecked: hooks go to https only unless the
// operator allowed the target, what comes in is held to its signature and to what
// the trigger expects, and no list shows an address that is its own credential.
func TestG3TargetsSignaturesAndDataAreChecked(t *testing.T) {
	w, r := hooked(t)
	owner := w.owner()
	usual := newWorld(t).owner() // nothing is allowed there
	for _, target := range []string{"http://hooks.example.com/in", "ftp://hooks.example.com", "https://127.0.0.1/in", "https://169.254.169.254/"} {
		usual.post(inMain+"/hooks", map[string]any{"event": "tag.added", "url": target}).is(422)
	}
	owner.post(inMain+"/hooks", map[string]any{"event": "tag.added", "url": r.URL + "/allowed"}).is(201)
	flow := owner.post(inMain+"/workflows", `{"name":"Checked","definition":{"schema":1,"triggers":[{"id":"in","type":"webhook.catch","v":1,
		"params":{"signature":{"scheme":"github","secret":"s3cret"},"expect":{"required":["email"]}}}],
		"steps":[{"id":"end","type":"flow.stop","v":1,"params":{"outcome":"succeeded"}}]}}`).is(201)
	id := flow.text("id")
	owner.post(inMain+"/workflows/"+id+"/publish", nil).is(200)
	tokens, err := w.store.Tokens(t.Context(), w.main.ID, id)
	if err != nil || len(tokens) != 1 {
		t.Fatal(err, tokens)
	}
	scheme, _ := sender.SchemeNamed("github")
	send := func(body, secret string) got {
		t.Helper()
		signed, err := scheme.Sign(w.clock.Now(), sender.Request{Method: "POST", Body: []byte(body)}, "", secret)
		if err != nil {
			t.Fatal(err)
		}
		return w.anonymous().at("POST", "/hooks/"+tokens[0].Plain, body, "X-Hub-Signature-256", signed.Get("X-Hub-Signature-256"))
	}
	if a := send(`{"email":"ada@example.com"}`, "guessed"); a.status != http.StatusUnauthorized {
		t.Errorf("a wrong signature: %d %s", a.status, a.body)
	}
	if a := send(`{"name":"Ada"}`, "s3cret"); a.status != http.StatusUnprocessableEntity {
		t.Errorf("data without its e-mail: %d %s", a.status, a.body)
	}
	if a := send(`{"email":"ada@example.com"}`, "s3cret"); a.status != http.StatusAccepted {
		t.Errorf("right: %d %s", a.status, a.body)
	}
	rows := owner.get(inMain + "/requests?workflow_id=" + id).is(200)
	if strings.Contains(rows.body, tokens[0].Plain) || len(rows.items()) != 3 {
		t.Errorf("the log shows the address, or not every request: %s", rows.body)
	}
	for _, row := range rows.items()[1:] {
		if row["reason"] == "" {
			t.Errorf("a refusal without a reason: %v", row)
		}
	}
}

// TestG4AnswersDoNotWaitAndNothingIsLostOrDoubled: a sender is answered while the
// receiver of the workflow's own call hangs, the call is tried again when it fails,
// a repeat starts nothing, and each request is in the log.
func TestG4AnswersDoNotWaitAndNothingIsLostOrDoubled(t *testing.T) {
	w, r := hooked(t)
	owner := w.owner()
	hang, tries := make(chan struct{}), 0
	r.answer = func(heard) int {
		<-hang
		if tries++; tries == 1 {
			return http.StatusServiceUnavailable
		}
		return http.StatusOK
	}
	id := owner.post(inMain+"/workflows", `{"name":"Slow","definition":{"schema":1,"triggers":[{"id":"in","type":"webhook.catch","v":1,"params":{}}],
		"steps":[{"id":"tell","type":"webhook.send","v":1,"params":{"url":"`+r.URL+`/slow","body":"{{ trigger.body }}"}}]}}`).is(201).text("id")
	owner.post(inMain+"/workflows/"+id+"/publish", nil).is(200)
	tokens, err := w.store.Tokens(t.Context(), w.main.ID, id)
	if err != nil || len(tokens) != 1 {
		t.Fatal(err, tokens)
	}
	send := func() got {
		t.Helper()
		return w.anonymous().at("POST", "/hooks/"+tokens[0].Plain, `{"order":1}`, "Idempotency-Key", "order-1")
	}
	// Nobody has let the receiver answer yet.
	if a := send(); a.status != http.StatusAccepted {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if a := send(); a.status != http.StatusOK || a.text("verdict") != "duplicate" {
		t.Errorf("the repeat: %d %s", a.status, a.body)
	}
	close(hang)
	first := r.next()
	until(t, "the run waits for its next try", func() bool {
		return owner.get(inMain + "/runs?workflow_id=" + id).is(200).items()[0]["status"] == "waiting"
	})
	w.clock.advance(time.Hour)
	again := r.next()
	if string(first.raw) != string(again.raw) || first.header.Get("Idempotency-Key") != again.header.Get("Idempotency-Key") {
		t.Errorf("the second try is another message: %s %s", first.raw, again.raw)
	}
	until(t, "the run succeeded", func() bool {
		return owner.get(inMain + "/runs?workflow_id=" + id).is(200).items()[0]["status"] == "succeeded"
	})
	if runs, rows := owner.get(inMain+"/runs?workflow_id="+id).items(), owner.get(inMain+"/requests?workflow_id="+id).items(); len(runs) != 1 || len(rows) != 2 {
		t.Errorf("%d runs of %d requests in the log", len(runs), len(rows))
	}
}

// TestG6SixStepsFromAnEventToWatchingIt: choose the sender, read where its settings
// are, take the address, pick an event, send it as a test, publish and watch.
func TestG6SixStepsFromAnEventToWatchingIt(t *testing.T) {
	w := newWorld(t)
	owner := w.owner()
	var stripe map[string]any
	for _, s := range owner.get("/senders").is(200).items() {
		if s["id"] == "stripe" {
			stripe = s
		}
	}
	if where := fmt.Sprint(stripe["secret_help"]); !strings.Contains(where, "Webhooks") {
		t.Errorf("nobody is told where Stripe keeps its secret: %v", stripe)
	}
	events, _ := stripe["events"].([]any)
	if len(events) < 2 {
		t.Fatalf("no events to choose from: %v", stripe)
	}
	id := owner.post(inMain+"/workflows", `{"name":"Sale","definition":{"schema":1,"triggers":[{"id":"in","type":"webhook.catch","v":1,
		"params":{"signature":{"scheme":"stripe","secret":"whsec_test"}}}],
		"steps":[{"id":"end","type":"flow.stop","v":1,"params":{"outcome":"succeeded"}}]}}`).is(201).text("id")
	list := owner.get(inMain + "/workflows/" + id + "/checklist").is(200)
	addresses, _ := list.json()["addresses"].([]any)
	if len(addresses) != 1 || !strings.Contains(addresses[0].(map[string]any)["url"].(string), "/hooks/") {
		t.Fatalf("no address to enter at the sender: %s", list.body)
	}
	event := events[0].(map[string]any)["id"]
	sent := owner.post(inMain+"/workflows/"+id+"/triggers/in/send-sample", map[string]any{"sender": "stripe", "event": event})
	if sent.status/100 != 2 {
		t.Fatalf("the test: %d %s", sent.status, sent.body)
	}
	if runs := owner.get(inMain + "/runs?workflow_id=" + id).is(200).items(); len(runs) != 0 {
		t.Errorf("the test started %v", runs)
	}
	owner.post(inMain+"/workflows/"+id+"/publish", nil).is(200)
	owner.post(inMain+"/workflows/"+id+"/triggers/in/send-sample", map[string]any{"sender": "stripe", "event": event, "start": true})
	until(t, "the run of a real request is in the list", func() bool {
		runs := owner.get(inMain + "/runs?workflow_id=" + id).is(200).items()
		return len(runs) == 1 && runs[0]["status"] == "succeeded"
	})
	if rows := owner.get(inMain + "/requests?workflow_id=" + id).is(200).items(); len(rows) != 2 || rows[0]["verdict"] != "accepted" {
		t.Errorf("the log: %v", rows)
	}
}

// TestK22SwitchedOffWebhooksSayNo to senders and to what still waits to be sent,
// and come back as they were.
func TestK22SwitchedOffWebhooksSayNo(t *testing.T) {
	t.Parallel() // it waits for time to pass
	w, r := hooked(t)
	owner := w.owner()
	r.answer = func(heard) int { return http.StatusServiceUnavailable }
	hook := w.hook(map[string]any{"event": "tag.added", "url": r.URL + "/tags"}).text("id")
	w.tagged("ada@example.com", "VIP")
	r.next()
	w.delivered(hook, "waiting")
	id := owner.post(inMain+"/workflows", `{"name":"In","definition":{"schema":1,"triggers":[{"id":"in","type":"webhook.catch","v":1,"params":{}}],
		"steps":[{"id":"end","type":"flow.stop","v":1,"params":{"outcome":"succeeded"}}]}}`).is(201).text("id")
	owner.post(inMain+"/workflows/"+id+"/publish", nil).is(200)
	tokens, err := w.store.Tokens(t.Context(), w.main.ID, id)
	if err != nil || len(tokens) != 1 {
		t.Fatal(err, tokens)
	}
	send := func() got {
		t.Helper()
		return w.anonymous().at("POST", "/hooks/"+tokens[0].Plain, `{}`)
	}
	owner.patch(inMain, map[string]any{"features": map[string]any{"webhooks": false, "outgoing_webhooks": false}}).is(200)
	if a := send(); a.status != http.StatusForbidden || !strings.Contains(a.body, "switched off in this workspace") {
		t.Errorf("a sender is told %d %s", a.status, a.body)
	}
	if rows := owner.get(inMain + "/requests?workflow_id=" + id).is(200).items(); len(rows) != 1 || !strings.Contains(fmt.Sprint(rows[0]["reason"]), "switched off") {
		t.Errorf("the log: %v", rows)
	}
	w.clock.advance(time.Hour)
	if d := w.delivered(hook, "failed"); !strings.Contains(d.body, "hooks_off") {
		t.Errorf("the delivery: %s", d.body)
	}
	owner.patch(inMain, map[string]any{"features": map[string]any{"webhooks": true, "outgoing_webhooks": true}}).is(200)
	if a := send(); a.status != http.StatusAccepted {
		t.Errorf("afterwards: %d %s", a.status, a.body)
	}
	owner.post(inMain+"/hooks", map[string]any{"event": "tag.added", "url": r.URL}).is(201)
}

// TestRefusedSubmissionsAppearLive: the list of a form's submissions follows also
// what makes no contact.
func TestRefusedSubmissionsAppearLive(t *testing.T) {
	r := newRig(t)
	_, path := r.form(webinar)
	stamp := r.opened(path)
	r.ahead.Store(int64(time.Minute))
	changes, end := r.live.Subscribe(r.a.ID)
	defer end()
	for what, answers := range map[string]map[string]string{
		"refused": {"email": "nonsense", "terms": "yes"},
		"spam":    {"email": "ada@example.com", "terms": "yes", "_website": "https://spam.example.com"},
	} {
		r.send(path, stamp, answers)
		select {
		case c := <-changes:
			if c.Kind != engine.ChangeContact {
				t.Errorf("%s: %+v", what, c)
			}
		case <-time.After(time.Minute):
			t.Errorf("%s: nobody is told", what)
		}
	}
}

// TestRunsThatFailAtOnceAreToldToHooks: a run that is stopped before it begins is
// a failed run like others.
func TestRunsThatFailAtOnceAreToldToHooks(t *testing.T) {
	w, r := hooked(t)
	owner := w.owner()
	w.hook(map[string]any{"event": "run.failed", "url": r.URL + "/failed"})
	contact := w.contact("ada@example.com")
	w.offered("Course", nil)
	id := owner.post(inMain+"/workflows", `{"name":"Echo","definition":{"schema":1,
		"triggers":[{"id":"paid","type":"payment.succeeded","v":1,"params":{}}],
		"steps":[{"id":"again","type":"payment.record","v":1,"params":{"offers":["Course"],"kind":"instalment","amount":1,"currency":"USD"}}]}}`).is(201).text("id")
	owner.post(inMain+"/workflows/"+id+"/publish", nil).is(200)
	owner.post(inMain+"/payments", map[string]any{"contact_id": contact, "offer_ids": []string{"Course"}, "kind": "instalment", "amount": 1, "currency": "USD"}).is(201)
	h := r.next()
	run, _ := h.body["data"].(map[string]any)["run"].(map[string]any)
	if failure, _ := run["error"].(map[string]any); h.path != "/failed" || run["workflow_id"] != id || failure["code"] != "loop_limit" {
		t.Errorf("%s %s", h.path, h.raw)
	}
}
