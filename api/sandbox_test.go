package api_test

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// until waits for something that runs in the background.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for late := time.Now().Add(30 * time.Second); !ok(); {
		if time.Now().After(late) {
			t.Fatalf("never: %s", what)
		}
	}
}

// TestNothingLeavesASandbox: calls of steps, deliveries to hooks and tests of
// connections are kept, also those of runs and deliveries that were under way when
// it was switched on; runs go on, and say so.
func TestNothingLeavesASandbox(t *testing.T) {
	t.Parallel() // it waits for time to pass
	w, r := hooked(t)
	var calls atomic.Int64
	fine := atomic.Bool{}
	r.answer = func(heard) int {
		calls.Add(1)
		if fine.Load() {
			return http.StatusOK
		}
		return http.StatusServiceUnavailable
	}
	owner := w.owner()
	hook := w.hook(map[string]any{"event": "tag.added", "url": r.URL + "/tags"}).text("id")
	flow := owner.post(inMain+"/workflows", `{"name":"Tell","definition":{"schema":1,"triggers":[{"id":"start","type":"manual.start","v":1,"params":{}}],"steps":[
		{"id":"tell","type":"webhook.send","v":1,"params":{"url":"`+r.URL+`/step","body":{"a":1},"secret":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}},
		{"id":"end","type":"flow.stop","v":1,"params":{"outcome":"succeeded"}}]}}`).is(201).text("id")
	owner.post(inMain+"/workflows/"+flow+"/publish", nil).is(200)
	run := func() string {
		t.Helper()
		return owner.post(inMain+"/workflows/"+flow+"/run", nil).is(202).json()["run_ids"].([]any)[0].(string)
	}
	status := func(id, want string) got {
		t.Helper()
		var a got
		until(t, "run "+want, func() bool { a = owner.get(inMain + "/runs/" + id).is(200); return a.text("status") == want })
		return a
	}
	// Under way before: both were answered 503 and wait for their next try.
	w.tagged("ada@example.com", "VIP")
	early := run()
	w.delivered(hook, "waiting")
	status(early, "waiting")
	fine.Store(true)
	before := calls.Load()

	owner.patch(inMain, map[string]any{"sandbox": true}).is(200)
	if me := owner.get("/me").is(200); !strings.Contains(me.body, `"sandbox":true`) || owner.get(inMain).is(200).json()["sandbox"] != true {
		t.Errorf("nobody is told: %s", me.body)
	}
	w.clock.advance(time.Hour)
	kept := func(hook string) {
		t.Helper()
		if d := w.delivered(hook, "succeeded"); d.json()["kept"] != true {
			t.Errorf("the delivery is not shown as kept: %s", d.body)
		}
	}
	kept(hook)
	later := w.hook(map[string]any{"event": "contact.created", "url": r.URL + "/late"}).text("id")
	w.tagged("grace@example.com", "VIP")
	kept(later)
	for _, id := range []string{early, run()} {
		status(id, "succeeded")
		steps := owner.get(inMain + "/runs/" + id + "/steps").is(200)
		tell := steps.items()[0]
		if notes, _ := tell["notes"].([]any); tell["simulated"] != true || len(notes) == 0 || !strings.Contains(notes[len(notes)-1].(string), "kept: sandbox") {
			t.Errorf("the step is not shown as kept: %s", steps.body)
		}
		if strings.Contains(steps.body, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw") {
			t.Error("what was kept shows the secret")
		}
	}
	connection := owner.post(inMain+"/connections", map[string]any{"type": "auth.bearer", "name": "CRM", "params": map[string]any{
		"token": "t", "hosts": []string{strings.TrimPrefix(r.URL, "http://")}, "test_url": r.URL + "/try"}})
	if connection.status == http.StatusCreated {
		if tried := owner.post(inMain+"/connections/"+connection.text("id")+"/test", nil); tried.status/100 == 2 && !strings.Contains(tried.body, "sandbox") {
			t.Errorf("a connection was tried: %s", tried.body)
		}
	}
	if n := calls.Load(); n != before {
		t.Errorf("%d calls left the sandbox", n-before)
	}

	owner.patch(inMain, map[string]any{"sandbox": false}).is(200)
	status(run(), "succeeded")
	if calls.Load() != before+1 {
		t.Errorf("%d calls after the sandbox, want one", calls.Load()-before)
	}
}
