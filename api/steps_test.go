package api_test

import (
	"net/http"
	"strings"
	"testing"
)

const many = `{"schema":1,
 "triggers":[{"id":"hook","type":"webhook.catch","v":1,"params":{}}],
 "steps":[
  {"id":"each","type":"flow.loop","v":1,"params":{"items":"{{ trigger.body.items }}"},"steps":[
   {"id":"mark","type":"contact.upsert","v":1,"params":{"email":"ada@example.com","company":"{{ loop.item }}"}}]}
 ]}`

// A run with more steps than one answer holds is read in parts, without a gap
// and without a step twice.
func TestLongRunsAreReadInParts(t *testing.T) {
	r := newRig(t)
	id := r.in("POST", "/workflows", `{"name":"Many","definition":`+many+`}`).is(http.StatusCreated).text("id")
	r.in("POST", "/workflows/"+id+"/publish", nil).is(http.StatusOK)
	items := strings.TrimSuffix(strings.Repeat(`"x",`, 520), ",")
	started := r.in("POST", "/workflows/"+id+"/run", `{"payload":{"items":[`+items+`]}}`).is(http.StatusAccepted)
	run := r.settled(started.text("run_ids.0"))
	if run.text("status") != "succeeded" {
		t.Fatalf("run: %s", run.at("error"))
	}
	seen := map[string]bool{}
	collect := func(steps any) {
		for _, s := range steps.([]any) {
			path := s.(map[string]any)["path"].(string)
			if seen[path] {
				t.Errorf("%s comes twice", path)
			}
			seen[path] = true
		}
	}
	collect(run.at("steps"))
	if len(seen) != 500 {
		t.Errorf("the first answer has %d steps", len(seen))
	}
	for next := run.at("steps_next_cursor"); next != nil; {
		part := r.in("GET", "/runs/"+run.text("id")+"/steps?cursor="+next.(string), nil).is(http.StatusOK)
		collect(part.at("items"))
		next = part.at("next_cursor")
	}
	if len(seen) != 521 {
		t.Errorf("%d steps, want 521", len(seen))
	}
	one := r.in("GET", "/runs/"+run.text("id")+"/steps?path=each%5B3%5D/", nil).is(http.StatusOK)
	if len(one.at("items").([]any)) != 1 || one.text("items.0.path") != "each[3]/mark" {
		t.Errorf("one item: %s", one.body)
	}
}

func TestListsOfWorkflows(t *testing.T) {
	r := newRig(t)
	id, hook := r.publish()
	for _, name := range []string{"Draft one", "Draft two"} {
		r.in("POST", "/workflows", map[string]any{"name": name}).is(http.StatusCreated)
	}
	r.settled(r.call("POST", hook, order).is(http.StatusAccepted).text("run_ids.0"))
	live := r.in("GET", "/workflows?status=live", nil).is(http.StatusOK)
	if live.text("items.0.id") != id || live.text("items.0.last_runs.0.status") != "succeeded" || !strings.HasSuffix(live.text("items.0.triggers.0.url"), hook) {
		t.Errorf("live: %s", live.body)
	}
	first := r.in("GET", "/workflows?status=draft&limit=1", nil).is(http.StatusOK)
	second := r.in("GET", "/workflows?status=draft&limit=1&cursor="+first.text("next_cursor"), nil).is(http.StatusOK)
	if first.text("items.0.name") != "Draft two" || second.text("items.0.name") != "Draft one" || second.at("next_cursor") != nil {
		t.Errorf("drafts: %s then %s", first.body, second.body)
	}
	if found := r.in("GET", "/workflows?q=TWO", nil).is(http.StatusOK); len(found.at("items").([]any)) != 1 {
		t.Errorf("found: %s", found.body)
	}
	if draft := first; draft.at("items.0.live_version") != nil || draft.at("items.0.deleted_at") != nil {
		t.Errorf("draft: %s", draft.body)
	}
}

func TestRunsForContacts(t *testing.T) {
	r := newRig(t)
	id, _ := r.publish()
	var contacts []string
	for _, email := range []string{"a@example.com", "b@example.com"} {
		contacts = append(contacts, r.in("POST", "/contacts", map[string]any{"email": email}).is(http.StatusCreated).text("id"))
	}
	started := r.in("POST", "/workflows/"+id+"/run", map[string]any{"contact_ids": contacts, "payload": map[string]any{"email": "c@example.com"}}).is(http.StatusAccepted)
	if got := len(started.at("run_ids").([]any)); got != 2 {
		t.Fatalf("%d runs were started", got)
	}
	r.settled(started.text("run_ids.0"))
	r.settled(started.text("run_ids.1"))
	r.in("POST", "/workflows/"+id+"/pause", nil).is(http.StatusOK)
	r.in("POST", "/workflows/"+id+"/run", nil).is(http.StatusConflict)
}

// Changes through the API start the workflows that listen, as those of a run do.
func TestChangesThroughTheAPIRaiseEvents(t *testing.T) {
	r := newRig(t)
	const listener = `{"schema":1,"triggers":[{"id":"tagged","type":"tag.added","v":1,"params":{}}],
	 "steps":[{"id":"mark","type":"contact.upsert","v":1,"params":{"email":"{{ contact.email }}","company":"{{ trigger.tag.name }}"}}]}`
	id := r.in("POST", "/workflows", `{"name":"Listen","definition":`+listener+`}`).is(http.StatusCreated).text("id")
	r.in("POST", "/workflows/"+id+"/publish", nil).is(http.StatusOK)
	contact := r.in("POST", "/contacts", `{"email":"ada@example.com"}`).is(http.StatusCreated).text("id")
	r.in("PATCH", "/contacts/"+contact, `{"tags":["vip"]}`).is(http.StatusOK)
	r.settled(r.firstRun(id))
	if got := r.in("GET", "/contacts/"+contact, nil).is(http.StatusOK); got.text("company") != "vip" {
		t.Errorf("contact: %s", got.body)
	}
}

// What an event once brought is a sample to test with again, its contact included.
func TestAnEarlierRunIsASampleForTests(t *testing.T) {
	r := newRig(t)
	const listener = `{"schema":1,"triggers":[{"id":"tagged","type":"tag.added","v":1,"params":{}},{"id":"hook","type":"webhook.catch","v":1,"params":{}}],
	 "steps":[{"id":"mark","type":"contact.upsert","v":1,"params":{"email":"{{ contact.email }}","company":"{{ trigger.tag.name }}"}}]}`
	id := r.in("POST", "/workflows", `{"name":"Listen","definition":`+listener+`}`).is(http.StatusCreated).text("id")
	r.in("POST", "/workflows/"+id+"/publish", nil).is(http.StatusOK)
	contact := r.in("POST", "/contacts", `{"email":"ada@example.com"}`).is(http.StatusCreated).text("id")
	r.in("PATCH", "/contacts/"+contact, `{"tags":["vip"]}`).is(http.StatusOK)
	first := r.firstRun(id)
	r.settled(first)
	other := r.in("POST", "/workflows", `{"name":"Another","definition":`+listener+`}`).is(http.StatusCreated).text("id")

	test := func(workflow string, body any) reply {
		return r.in("POST", "/workflows/"+workflow+"/test", body)
	}
	again := r.settled(test(id, map[string]any{"run_id": first}).is(http.StatusAccepted).text("run_id"))
	if again.text("mode") != "dry" || again.text("contact_id") != contact || again.text("trigger_id") != "tagged" {
		t.Errorf("the test: %s", again.body)
	}
	if again.text("steps.0.input.company") != "vip" || again.text("steps.0.input.email") != "ada@example.com" {
		t.Errorf("what the step was given: %s", again.body)
	}
	test(other, map[string]any{"run_id": first}).is(http.StatusUnprocessableEntity).points("/run_id")
	test(id, map[string]any{"run_id": first, "trigger": "hook"}).is(http.StatusUnprocessableEntity).points("/run_id")
	test(id, map[string]any{"run_id": first, "payload": map[string]any{}}).is(http.StatusUnprocessableEntity).points("/run_id")
	// Who was erased since is nobody's sample.
	r.in("DELETE", "/contacts/"+contact, nil)
	test(id, map[string]any{"run_id": first}).is(http.StatusUnprocessableEntity).points("/run_id")
}
