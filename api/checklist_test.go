package api_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestTheChecklistSaysWhatPublishingDoes(t *testing.T) {
	r := newRig(t)
	r.in("POST", "/offers", `{"title":"Course A"}`).is(http.StatusCreated)
	id, hook := r.draft(sale)
	r.call("POST", hook, order).is(http.StatusAccepted)
	first := r.in("GET", "/workflows/"+id+"/checklist", nil).is(http.StatusOK)
	if first.at("can_publish") != true || first.at("live_version") != nil || first.number("next_version") != 1 || first.number("held.count") != 1 ||
		first.text("addresses.0.trigger_id") != "hook" || first.at("addresses.0.reachable") != true {
		t.Errorf("before the first publish: %s", first.body)
	}
	held := r.in("GET", "/workflows/"+id+"/held", nil).is(http.StatusOK)
	if held.number("count") != 1 || held.text("items.0.kind") != "request" || !strings.Contains(held.text("items.0.preview"), "Ada@Example.com") {
		t.Errorf("held: %s", held.body)
	}
	r.in("POST", "/workflows/"+id+"/publish", `{"held":"discard"}`).is(http.StatusOK)

	changed := strings.Replace(sale, `"id":"access","type":"offer.grant"`, `"id":"access","name":"Open the course","type":"offer.grant"`, 1)
	changed = strings.Replace(changed, `"email":"{{ trigger.body.email }}"`, `"email":""`, 1)
	r.in("PUT", "/workflows/"+id, `{"name":"Sale","definition":`+changed+`}`, "If-Match", "*").is(http.StatusOK)
	second := r.in("GET", "/workflows/"+id+"/checklist", nil).is(http.StatusOK)
	if second.at("has_changes") != true || second.number("live_version") != 1 || len(second.at("changes").([]any)) == 0 {
		t.Errorf("with changes: %s", second.body)
	}
	diff := r.in("GET", "/workflows/"+id+"/versions/diff", nil).is(http.StatusOK)
	if len(diff.at("changes").([]any)) != len(second.at("changes").([]any)) || !strings.Contains(string(diff.body), "Open the course") {
		t.Errorf("diff: %s", diff.body)
	}
	if same := r.in("GET", "/workflows/"+id+"/versions/diff?from=1&to=live", nil).is(http.StatusOK); len(same.at("changes").([]any)) != 0 {
		t.Errorf("a version against itself: %s", same.body)
	}
	if bad := r.in("GET", "/workflows/"+id+"/versions/diff?to=9", nil).is(http.StatusUnprocessableEntity); bad.text("errors.0.parameter") != "to" {
		t.Errorf("no such version: %s", bad.body)
	}

	r.in("POST", "/workflows/"+id+"/pause", nil).is(http.StatusOK)
	r.call("POST", hook, order).is(http.StatusAccepted)
	paused := r.in("GET", "/workflows/"+id+"/held", nil).is(http.StatusOK)
	if paused.text("items.0.kind") != "run" || !strings.Contains(paused.text("items.0.preview"), "Ada@Example.com") {
		t.Errorf("paused: %s", paused.body)
	}
	if open := r.in("GET", "/workflows/"+id+"/checklist", nil).is(http.StatusOK); open.text("open.0.status") != "held" || open.number("open.0.count") != 1 {
		t.Errorf("open: %s", open.body)
	}
}
