package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// catching is a workflow that catches a webhook and does the steps.
func catching(steps string) string {
	return `{"schema":1,"triggers":[{"id":"hook","type":"webhook.catch","v":1,"params":{}}],"steps":[` + steps + `]}`
}

// telling sends data to the sink.
func telling(body string) string {
	return `{"id":"tell","type":"webhook.send","v":1,"params":{"url":"$SINK/","body":` + body + `}}`
}

const upserting = `{"id":"person","type":"contact.upsert","v":1,"params":{"email":"{{ inboundWebhookRequest.email }}",` +
	`"phone":"{{ inboundWebhookRequest.phone }}","first_name":"{{ inboundWebhookRequest.first }}"}}`

// goLive makes and publishes a workflow and returns its id and its hook's path.
func (r *rig) goLive(definition string) (id, hook string) {
	r.t.Helper()
	made := r.in("POST", "/workflows", `{"name":"Live","definition":`+definition+`}`).is(http.StatusCreated)
	id = made.text("id")
	r.in("POST", "/workflows/"+id+"/publish", nil).is(http.StatusOK)
	if url, ok := made.at("triggers.0.url").(string); ok {
		hook = strings.TrimPrefix(url, "https://hooks.example.com")
	}
	return id, hook
}

// caught sends a body to a hook and waits for its run.
func (r *rig) caught(hook, body string) reply {
	r.t.Helper()
	return r.settled(r.call("POST", hook, body).is(http.StatusAccepted).text("run_ids.0"))
}

// sent is the last body that the sink got.
func (r *rig) sent() map[string]any {
	r.t.Helper()
	bodies := r.sink.got()
	if len(bodies) == 0 {
		r.t.Fatal("nothing was sent")
	}
	var body map[string]any
	if err := json.Unmarshal([]byte(bodies[len(bodies)-1]), &body); err != nil {
		r.t.Fatalf("%v in %s", err, bodies[len(bodies)-1])
	}
	return body
}

// problemsOf are the problems of a draft by code.
func (r *rig) problemsOf(definition string) map[string]string {
	r.t.Helper()
	id, _ := r.draft(definition)
	list, _ := r.in("GET", "/workflows/"+id, nil).is(http.StatusOK).at("problems").([]any)
	found := map[string]string{}
	for _, p := range list {
		one := p.(map[string]any)
		found[fmt.Sprint(one["code"])] += fmt.Sprintln(one["pointer"], one["detail"], one["message"])
	}
	return found
}

// TestL1L3BothDirections: adding the trigger makes its address at once, and one
// workflow catches at it and sends on.
func TestL1L3BothDirections(t *testing.T) {
	r := newRig(t)
	made := r.in("POST", "/workflows", `{"name":"Both","definition":`+strings.ReplaceAll(catching(telling(`{"got":"{{ trigger.body.email }}"}`)), "$SINK", r.sink.URL)+`}`).is(http.StatusCreated)
	url := made.text("triggers.0.url")
	hook, ours := strings.CutPrefix(url, "https://hooks.example.com/hooks/")
	if !ours || len(hook) < 20 || strings.Contains(hook, "/") {
		t.Fatalf("the address of a trigger that was never saved before is %s", url)
	}
	r.in("POST", "/workflows/"+made.text("id")+"/publish", nil).is(http.StatusOK)
	r.caught("/hooks/"+hook, `{"email":"ada@example.com"}`)
	if r.sent()["got"] != "ada@example.com" {
		t.Errorf("sent on: %v", r.sent())
	}
}

// TestL4SamplesComeIn: what a sender sends to a draft is kept as a sample, newest
// first, found by the id that the sender was told; its body is there to be looked
// at, and its fields to be mapped.
func TestL4SamplesComeIn(t *testing.T) {
	r := newRig(t)
	id, hook := r.draft(catching(upserting))
	if early := r.in("GET", "/workflows/"+id+"/checklist", nil).is(http.StatusOK); early.at("can_publish") != true || early.text("warnings.0.code") != "no_sample" {
		t.Errorf("without a sample: %s", early.body)
	}
	defer func() {
		late := r.in("GET", "/workflows/"+id+"/checklist", nil).is(http.StatusOK)
		if bytes.Contains(late.body, []byte("no_sample")) {
			t.Errorf("with a sample: %s", late.body)
		}
	}()
	r.call("POST", hook, `{"email":"old@example.com"}`).is(http.StatusAccepted)
	told := r.call("POST", hook, `{"email":"ada@example.com","plan":"gold"}`).is(http.StatusAccepted).text("request_id")
	list := r.in("GET", "/requests?workflow_id="+id, nil).is(http.StatusOK)
	if list.text("items.0.id") != told {
		t.Errorf("the newest is not first: %s", list.body)
	}
	if found := r.in("GET", "/requests?q="+told, nil).is(http.StatusOK); len(found.at("items").([]any)) != 1 || found.text("items.0.id") != told {
		t.Errorf("searched by the id that was answered: %s", found.body)
	}
	if shown := r.in("GET", "/requests/"+told, nil).is(http.StatusOK); !bytes.Contains(shown.body, []byte(`"plan":"gold"`)) {
		t.Errorf("the body: %s", shown.body)
	}
	scope := r.in("GET", "/workflows/"+id+"/scope", nil).is(http.StatusOK)
	if scope.text("sample.id") != told || !bytes.Contains(scope.body, []byte("plan")) {
		t.Errorf("to map from: %s", scope.body)
	}
}

// TestL6AContactIsRequired: the setting refuses a workflow whose first action
// sets none, and every step that needs a contact and may have none is named.
func TestL6AContactIsRequired(t *testing.T) {
	r := newRig(t)
	required := strings.Replace(catching(telling(`{}`)+","+upserting), `"schema":1,`, `"schema":1,"settings":{"contact":"required"},`, 1)
	if got := r.problemsOf(required)["contact_first"]; !strings.Contains(got, "/steps/0 ") {
		t.Errorf("the first action sends: %q", got)
	}
	id, _ := r.draft(required)
	r.in("POST", "/workflows/"+id+"/publish", nil).is(http.StatusUnprocessableEntity).points("/definition/steps/0")
	if got := r.problemsOf(strings.Replace(required, telling(`{}`)+","+upserting, upserting+","+telling(`{}`), 1)); len(got["contact_first"]) > 0 {
		t.Errorf("the first action sets it: %q", got)
	}
	tags := `{"id":"a","type":"contact.add_tag","v":1,"params":{"tags":["x"]}},{"id":"b","type":"contact.remove_tag","v":1,"params":{"tags":["x"]}}`
	got := r.problemsOf(catching(tags))["no_contact"]
	if !strings.Contains(got, "/steps/0 ") || !strings.Contains(got, "/steps/1 ") {
		t.Errorf("each step without a contact is named: %q", got)
	}
	finding := `{"id":"f","type":"contact.find","v":1,"params":{"by":"email","value":"{{ trigger.body.email }}","if_missing":"IF"}},`
	for missing, allowed := range map[string]bool{"continue": false, "stop": true} {
		got := r.problemsOf(catching(strings.Replace(finding, "IF", missing, 1) + tags))["no_contact"]
		if (got == "") != allowed {
			t.Errorf("found or %s: %q", missing, got)
		}
	}
	if got := r.problemsOf(catching(telling(`{}`))); len(got["no_contact"]+got["contact_first"]) > 0 {
		t.Errorf("a workflow without contacts is fine where they are optional: %q", got)
	}
}

// TestL6FindContactBranches: somebody who is found goes one way, somebody who is
// not the other.
func TestL6FindContactBranches(t *testing.T) {
	r := newRig(t)
	r.in("POST", "/contacts", `{"email":"ada@example.com","first_name":"Ada"}`).is(http.StatusCreated)
	_, hook := r.goLive(catching(`{"id":"who","type":"contact.find","v":1,"params":{"by":"email","value":"{{ trigger.body.email }}"}},
	  {"id":"known","type":"flow.branch","v":1,"branches":[
	    {"id":"yes","when":"{{ steps.who.found }}","steps":[` + strings.Replace(telling(`{"hello":"{{ contact.first_name }}"}`), `"tell"`, `"greet"`, 1) + `]},
	    {"id":"no","steps":[` + telling(`{"hello":"stranger"}`) + `]}]}`))
	for email, want := range map[string]string{"ADA@example.com": "Ada", "bob@example.com": "stranger"} {
		r.caught(hook, `{"email":"`+email+`"}`)
		if got := r.sent()["hello"]; got != want {
			t.Errorf("%s is greeted as %v", email, got)
		}
	}
}

// TestL7L14MergeTagsAreUnderstood writes HighLevel's tags, with and without
// spaces, and finds each value.
func TestL7L14MergeTagsAreUnderstood(t *testing.T) {
	r := newRig(t)
	r.in("POST", "/contact-fields", `{"label":"Favourite tea","kind":"text"}`).is(http.StatusCreated)
	r.in("POST", "/contact-fields", `{"label":"Website","kind":"text"}`).is(http.StatusCreated)
	r.in("POST", "/custom-values", `{"name":"Support E-mail","key":"support_email","value":"help@example.com"}`).is(http.StatusCreated)
	r.in("POST", "/contacts", `{"email":"ada@example.com","phone":"+14155552671","first_name":"Ada","last_name":"Lovelace","company":"Engines",
	  "address":{"line1":"1 Main St","city":"London","state":"LDN","postal_code":"N1","country":"GB"},"source":"Fair","timezone":"Europe/London",
	  "date_of_birth":"1815-12-10","fields":{"favourite_tea":"green","website":"https://example.com"}}`).is(http.StatusCreated)
	want := map[string]string{
		"contact.first_name": "Ada", " contact.last_name ": "Lovelace", "contact.name": "Ada Lovelace", "contact.full_name": "Ada Lovelace",
		"contact.email": "ada@example.com", "contact.phone": "+14155552671", "  contact.phone_raw": "+14155552671", "contact.address1": "1 Main St",
		"contact.city": "London", "contact.state": "LDN", "contact.postal_code": "N1", "contact.country": "GB", "contact.company_name": "Engines",
		"contact.website": "https://example.com", "contact.source": "Fair", "contact.timezone": "Europe/London", "contact.date_of_birth": "1815-12-10",
		"contact.favourite_tea": "green", "custom_values.support_email": "help@example.com", " custom_values.support_email\t": "help@example.com",
		"location.name": "A", "location.timezone": "UTC", "inboundWebhookRequest.email": "ada@example.com", " inboundWebhookRequest.campaign ": "spring",
	}
	fields := map[string]string{}
	for tag := range want {
		fields[strings.ReplaceAll(tag, ".", "_")] = "<{{" + tag + "}}>"
	}
	body, err := json.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	_, hook := r.goLive(catching(upserting + "," + telling(string(body))))
	run := r.caught(hook+"?campaign=spring", `{"email":"ada@example.com"}`)
	if run.text("status") != "succeeded" {
		t.Fatalf("the run: %s", run.body)
	}
	got := r.sent()
	for tag, value := range want {
		if have := got[strings.ReplaceAll(tag, ".", "_")]; have != "<"+value+">" {
			t.Errorf("{{%s}} is %v, want %s", tag, have, value)
		}
	}
}

// TestL14WhatIsNotHereIsNamed: tags that Hookloom has nothing for are problems
// with their name, and unknown parts are warnings, never silent blanks.
func TestL14WhatIsNotHereIsNamed(t *testing.T) {
	r := newRig(t)
	for _, root := range []string{"user", "appointment", "opportunity"} {
		id, _ := r.draft(catching(telling(`{"x":"Dear {{ ` + root + `.name }}"}`)))
		refused := r.in("POST", "/workflows/"+id+"/publish", nil).is(http.StatusUnprocessableEntity)
		refused.points("/definition/steps/0/params/body/x")
		if !bytes.Contains(refused.body, []byte("{{ "+root+" }} is not available here")) {
			t.Errorf("%s: %s", root, refused.body)
		}
	}
	got := r.problemsOf(catching(upserting + "," + telling(`{"a":"{{contact.shoe_size}}","b":"{{location.email}}","c":"{{custom_values.none}}","d":"{{contact.city}}"}`)))
	for _, name := range []string{"shoe_size", "location.email", "custom_values.none"} {
		if !strings.Contains(got["unknown_value"], name) {
			t.Errorf("no word of %s: %q", name, got)
		}
	}
	if strings.Contains(got["unknown_value"], "contact.city") {
		t.Errorf("a known part: %q", got)
	}
}

// TestL8QueryParametersStandApart from the body, repeated ones as lists.
func TestL8QueryParametersStandApart(t *testing.T) {
	r := newRig(t)
	_, hook := r.goLive(catching(telling(`{"q":"{{ trigger.query.custom_field }}","b":"{{ trigger.body.custom_field }}","all":"{{ trigger.query.tag }}"}`)))
	r.caught(hook+"?custom_field=A%20%26%20B&tag=x&tag=y&other=1", `{"custom_field":"body"}`)
	got := r.sent()
	if all, _ := got["all"].([]any); got["q"] != "A & B" || got["b"] != "body" || !slices.Equal(all, []any{"x", "y"}) {
		t.Errorf("mapped: %v", got)
	}
}

// TestL9BrokenBracesAreFound: the seed's own example has one, and the problem
// says where.
func TestL9BrokenBracesAreFound(t *testing.T) {
	r := newRig(t)
	id, _ := r.draft(catching(`{"id":"tell","type":"webhook.send","v":1,"params":{"url":"https://api.example.com/hook?custom_field={{click.up.custom.field).value}"}}`))
	refused := r.in("POST", "/workflows/"+id+"/publish", nil).is(http.StatusUnprocessableEntity)
	refused.points("/definition/steps/0/params/url")
	got := r.problemsOf(catching(`{"id":"tell","type":"webhook.send","v":1,"params":{"url":"https://api.example.com/hook?custom_field={{click.up.custom.field).value}"}}`))
	if !strings.Contains(got["unbalanced"], "}") {
		t.Errorf("the brace is not named: %q", got)
	}
}

// TestL10L11TheStandardPayload holds the contact with all of its fields, the
// location, what started the run and only that, and the custom data; every
// attempt is to be read in the log.
func TestL10L11TheStandardPayload(t *testing.T) {
	r := newRig(t)
	r.in("POST", "/contact-fields", `{"label":"Plan","kind":"text"}`).is(http.StatusCreated)
	standard := `{"id":"tell","type":"webhook.send","v":1,"params":{"url":"$SINK/","body_type":"standard","custom_data":{"campaign":"{{ custom_values.none | default('spring') }}"}}}`
	_, hook := r.goLive(catching(`{"id":"person","type":"contact.upsert","v":1,"params":{"email":"{{ trigger.body.email }}","name":"Ada Lovelace","phone":"+14155552671",
	  "address":{"city":"London"},"tags":["vip"],"fields":{"plan":"gold"}}},` + standard))
	run := r.caught(hook, `{"email":"ada@example.com","order":7}`)
	got := r.sent()
	contact, _ := got["contact"].(map[string]any)
	for name, want := range map[string]any{"full_name": "Ada Lovelace", "first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.com", "phone": "+14155552671", "city": "London", "plan": "gold"} {
		if contact[name] != want {
			t.Errorf("contact.%s is %v", name, contact[name])
		}
	}
	if tags, _ := contact["tags"].([]any); !slices.Equal(tags, []any{"vip"}) {
		t.Errorf("tags: %v", tags)
	}
	location, _ := got["location"].(map[string]any)
	custom, _ := got["custom_data"].(map[string]any)
	trigger, _ := got["trigger"].(map[string]any)
	if location["name"] != "A" || custom["campaign"] != "spring" || trigger["order"] != nil || trigger["body"] == nil {
		t.Errorf("sent %v", got)
	}
	if !bytes.Contains(run.body, []byte(`"campaign":"spring"`)) || !bytes.Contains(run.body, []byte(`"full_name":"Ada Lovelace"`)) {
		t.Errorf("what was sent is not in the log: %s", run.body)
	}

	// An order that starts a run is in the payload.
	r.in("POST", "/offers", `{"title":"Course A"}`).is(http.StatusCreated)
	ordered, _ := r.goLive(`{"schema":1,"triggers":[{"id":"sale","type":"order.created","v":1,"params":{}}],"steps":[` + standard + `]}`)
	r.in("POST", "/orders", `{"email":"bob@example.com","currency":"USD","items":[{"offer":"Course A","amount":4900},{"offer":"Course A","amount":100}]}`).is(http.StatusCreated)
	r.settled(r.firstRun(ordered))
	trigger, _ = r.sent()["trigger"].(map[string]any)
	if order, _ := trigger["order"].(map[string]any); order["total"] == nil || trigger["appointment"] != nil || trigger["body"] != nil {
		t.Errorf("the trigger of an order: %v", trigger)
	}
}

// TestL13BodiesOfAnyShape: the vendor takes objects only, keys without spaces and
// no lists; here all of them come through and are mapped.
func TestL13BodiesOfAnyShape(t *testing.T) {
	r := newRig(t)
	_, hook := r.goLive(catching(telling(`{"all":"{{ trigger.body }}"}`)))
	for _, body := range []string{`[{"sku":"A"},{"sku":"B"}]`, `"just text"`, `42`, `true`, `{"a key with spaces":{"Ünicode":[1]}}`} {
		if got := r.caught(hook, body); got.text("status") != "succeeded" {
			t.Errorf("%s: %s", body, got.body)
		}
		bodies := r.sink.got()
		if got := bodies[len(bodies)-1]; got != `{"all":`+body+`}` {
			t.Errorf("%s came through as %s", body, got)
		}
	}
	_, hook = r.goLive(catching(telling(`{"first":"{{ trigger.body[0].sku }}","last":"{{ trigger.body[-1].sku }}"}`)))
	r.caught(hook, `[{"sku":"A"},{"sku":"B"}]`)
	if got := r.sent(); got["first"] != "A" || got["last"] != "B" {
		t.Errorf("entries of a list: %v", got)
	}
	_, hook = r.goLive(catching(telling(`{"a":"{{ trigger.body[\"Order ID\"] }}","b":"{{ inboundWebhookRequest[\"first-name\"] }}","c":"{{ trigger.body.nick | default('friend') }}"}`)))
	r.caught(hook, `{"Order ID":7,"first-name":"Ada"}`)
	if got := r.sent(); got["a"] != 7.0 || got["b"] != "Ada" || got["c"] != "friend" {
		t.Errorf("keys with spaces and a default: %v", got)
	}
}

// TestL13AChangedStructureIsNoticed: nobody selects anything anew; what mappings
// miss in real events is said, and new fields are there to be mapped at once.
func TestL13AChangedStructureIsNoticed(t *testing.T) {
	r := newRig(t)
	id, hook := r.goLive(catching(telling(`{"email":"{{ trigger.body.email }}"}`)))
	r.caught(hook, `{"email":"ada@example.com"}`)
	r.caught(hook, `{"contact":{"email":"ada@example.com"}}`)
	drift := r.in("GET", "/workflows/"+id+"/drift", nil).is(http.StatusOK)
	if drift.text("items.0.expression") != "trigger.body.email" || drift.number("items.0.lacked") != 1 {
		t.Errorf("drift: %s", drift.body)
	}
	if scope := r.in("GET", "/workflows/"+id+"/scope", nil).is(http.StatusOK); !bytes.Contains(scope.body, []byte("contact")) {
		t.Errorf("the new field: %s", scope.body)
	}
}

// TestL13ALeakedAddressIsRotated, not deleted: the old one ends and the workflow
// stays.
func TestL13ALeakedAddressIsRotated(t *testing.T) {
	r := newRig(t)
	id, hook := r.goLive(catching(telling(`{}`)))
	rotated := r.in("POST", "/workflows/"+id+"/triggers/hook/rotate-url", `{"overlap":"0s"}`).is(http.StatusOK)
	if r.call("POST", hook, `{}`).status != http.StatusGone {
		t.Error("the leaked address still works")
	}
	fresh := strings.TrimPrefix(r.in("GET", "/workflows/"+id, nil).text("triggers.0.url"), "https://hooks.example.com")
	if fresh == hook {
		t.Fatalf("not rotated: %s", rotated.body)
	}
	if got := r.caught(fresh, `{}`); got.text("status") != "succeeded" {
		t.Errorf("the new one: %s", got.body)
	}
}

// TestL2WebhooksCanBeSwitchedOff for a workspace: requests are refused with a row
// that says why, and taken again once it is on.
func TestL2WebhooksCanBeSwitchedOff(t *testing.T) {
	r := newRig(t)
	id, hook := r.goLive(catching(telling(`{}`)))
	r.call("PATCH", "/workspaces/a", `{"features":{"webhooks":false}}`).is(http.StatusOK)
	if got := r.call("POST", hook, `{}`); got.status != http.StatusForbidden {
		t.Errorf("switched off: %d %s", got.status, got.body)
	}
	list := r.in("GET", "/requests?workflow_id="+id, nil).is(http.StatusOK)
	if !strings.Contains(list.text("items.0.reason"), "switched off") {
		t.Errorf("the row: %s", list.body)
	}
	r.call("PATCH", "/workspaces/a", `{"features":{"webhooks":true}}`).is(http.StatusOK)
	if got := r.caught(hook, `{}`); got.text("status") != "succeeded" {
		t.Errorf("switched on: %s", got.body)
	}
}
