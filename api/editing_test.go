package api_test

import (
	"net/http"
	"strings"
	"testing"
)

// draft makes a workflow that is not published and returns its id and the path
// of its hook.
func (r *rig) draft(definition string) (id, hook string) {
	r.t.Helper()
	made := r.in("POST", "/workflows", `{"name":"Draft","definition":`+definition+`}`).is(http.StatusCreated)
	return made.text("id"), strings.TrimPrefix(made.text("triggers.0.url"), "https://hooks.example.com")
}

// unfinished has a step that cannot be read yet: what people type meanwhile is
// previewed all the same.
const unfinished = `{"schema":1,
 "triggers":[{"id":"hook","type":"webhook.catch","v":1,"params":{}}],
 "steps":[
  {"id":"buyer","type":"contact.upsert","v":1,"name":"Create contact","params":{"email":"{{ trigger.body.email }}"}},
  {"id":"items","type":"flow.loop","v":1,"params":{"items":"{{ trigger.body.items }}"},"steps":[
    {"id":"each","type":"contact.add_tag","v":1,"params":{"tags":["{{ loop.item.sku }}"]}}]},
  {"id":"tell","type":"webhook.send","v":1,"params":{"url":"{{ trigger.body."}}
 ]}`

const lead = `{"email":"Ada@Example.com","order":820982911946154508,"first name":"Ada","note":"","nothing":null,
 "items":[{"sku":"A-1","price":"199.00"},{"sku":"B-2"}]}`

func TestPreviewResolvesWithASample(t *testing.T) {
	r := newRig(t)
	id, hook := r.draft(unfinished)
	preview := func(body string) reply {
		t.Helper()
		return r.in("POST", "/workflows/"+id+"/preview", body).is(http.StatusOK)
	}

	none := preview(`{"values":{"x":"{{ trigger.body.email }}"}}`)
	if none.text("sample.kind") != "example" || none.text("values.x.text") != "ada@example.com" {
		t.Errorf("without a sample: %s", none.body)
	}
	request := r.call("POST", hook, lead).is(http.StatusAccepted).text("request_id")
	r.in("POST", "/contacts", `{"email":"grace@example.com","name":"Grace Hopper"}`).is(http.StatusCreated)

	got := preview(`{"step":"tell","values":{
		"mail":"{{ trigger.body.email | lower() }}", "order":"{{ trigger.body.order }}", "mixed":"Order {{ trigger.body.order }}!",
		"spaced":"{{ trigger.body[\"first name\"] }}", "typo":"{{ trigger.body.emial }}", "blank":"{{ trigger.body.note }}",
		"null":"{{ trigger.body.nothing }}", "list":"{{ trigger.body.items.sku }}", "given":"{{ trigger.body.emial | default(\"x\") }}",
		"skipped":"{{ trigger.body.emial | omit() }}", "stops":"{{ trigger.body.emial | stop(\"No e-mail\") }}",
		"open":"a {{ trigger.body.email", "broken":"ab {{ 1 / 0 }}", "name":"{{ contact.name }}", "step":"{{ steps.buyer.contact.email }}"}}`)
	for path, want := range map[string]string{
		"sample.kind": "request", "sample.id": request, "trigger": "hook", "contact.kind": "newest",
		"values.mail.value": "ada@example.com", "values.mixed.text": "Order 820982911946154508!", "values.spaced.value": "Ada",
		"values.order.text": "820982911946154508", "values.order.type": "number",
		"values.typo.reads.0.state": "missing", "values.blank.reads.0.state": "empty", "values.given.value": "x",
		"values.stops.stops": "No e-mail", "values.open.errors.0.code": "unbalanced", "values.broken.errors.0.code": "divide_by_zero",
		"values.name.value": "Grace Hopper", "values.mail.reads.0.text": "Ada@Example.com",
		"values.null.why": "trigger.body.nothing is there, but has no value (null) in this sample.",
		"values.list.why": "trigger.body.items is a list: pick an entry with [0], or loop over it.",
	} {
		if v := got.text(path); v != want {
			t.Errorf("%s is %q, not %q", path, v, want)
		}
	}
	if n := got.number("values.order.value"); n != 820982911946154508 {
		t.Errorf("the order is %d", n)
	}
	if w := got.text("values.typo.why"); !strings.Contains(w, `has no "emial"`) || !strings.Contains(w, "email") {
		t.Errorf("why blank: %q", w)
	}
	if got.number("values.open.errors.0.offset") != 2 || got.number("values.broken.errors.0.offset") < 3 || got.number("values.broken.errors.0.column") < 4 {
		t.Errorf("places: %s", got.body)
	}
	if got.at("values.skipped.omitted") != true || got.at("values.typo.blank") != true {
		t.Errorf("blank: %s", got.body)
	}

	inLoop := preview(`{"step":"each","params":{"tags":["vip","{{ loop.item.sku }}"]},"values":{"last":"{{ loop.last }}"}}`)
	if inLoop.text("params./tags/1.value") != "A-1" || inLoop.at("values.last.value") != false {
		t.Errorf("in the loop: %s", inLoop.body)
	}
	own := preview(`{"payload":{"email":"x@example.com"},"values":{"m":"{{ trigger.body.email }}"}}`)
	if own.text("values.m.value") != "x@example.com" || own.text("sample.kind") != "payload" {
		t.Errorf("own data: %s", own.body)
	}
	if before := len(r.in("GET", "/runs?kind=any", nil).at("items").([]any)); before != 0 {
		t.Error("a preview left a run")
	}
}

func TestPreviewOfStepsAndConditions(t *testing.T) {
	r := newRig(t)
	id, hook := r.draft(unfinished)
	r.call("POST", hook, lead).is(http.StatusAccepted)
	preview := func(body string) reply {
		t.Helper()
		return r.in("POST", "/workflows/"+id+"/preview", body).is(http.StatusOK)
	}

	got := preview(`{"type":"webhook.send","params":{"url":"https://example.com/{{ trigger.body.order }}","secret":"s3cret-typed","body":{"a":"{{ trigger.body.email }}","b":"{{ oops("}}}`)
	if got.text("params./url.value") != "https://example.com/820982911946154508" || got.text("params./body/a.value") != "Ada@Example.com" {
		t.Errorf("fields: %s", got.body)
	}
	if got.text("params./body.errors.0.pointer") != "/b" || got.text("params./body/b.errors.0.code") == "" || strings.Contains(string(got.body), "s3cret") {
		t.Errorf("a broken one beside: %s", got.body)
	}

	got = preview(`{"conditions":{"rows":{"match":"any","rules":[
			{"value":"{{ trigger.body.email }}","is":"contains","to":"ada@"},
			{"match":"all","rules":[{"value":"{{ trigger.body.order }}","is":"more_than","to":5},{"value":"{{ trigger.body.note }}","is":"exists"}]}]},
		"formula":"{{ len(trigger.body.items) == 2 }}",
		"unfinished":{"match":"all","rules":[{"value":"{{ trigger.body.order }}","is":"more_than","to":5},{"value":"","is":"more_than"}]}}}`)
	if got.at("conditions.rows.met") != true || got.at("conditions.rows.rules.0.met") != true || got.at("conditions.rows.rules.1.rules.0.met") != true ||
		got.text("conditions.rows.rules.1.rules.1.pointer") != "/rules/1/rules/1" {
		t.Errorf("rows: %s", got.body)
	}
	if got.at("conditions.formula.met") != true {
		t.Errorf("formula: %s", got.body)
	}
	if got.at("conditions.unfinished.met") != nil || got.at("conditions.unfinished.rules.0.met") != true || got.at("conditions.unfinished.rules.1.met") != nil ||
		got.text("conditions.unfinished.rules.1.errors.0.pointer") != "/rules/1/to" {
		t.Errorf("unfinished: %s", got.body)
	}
	filter := preview(`{"type":"flow.filter","params":{"when":{"match":"all","rules":[{"value":"{{ trigger.body.nope }}","is":"is_empty"}]}}}`)
	if filter.at("conditions./when.met") != true {
		t.Errorf("a step's condition: %s", filter.body)
	}

	r.in("POST", "/workflows/"+id+"/preview", `{"request_id":"req_none"}`).is(http.StatusUnprocessableEntity).points("/request_id")
	r.in("POST", "/workflows/"+id+"/preview", `{"run_id":"run_none"}`).is(http.StatusUnprocessableEntity).points("/run_id")
	r.in("POST", "/workflows/"+id+"/preview", `{"contact_id":"con_none"}`).is(http.StatusUnprocessableEntity).points("/contact_id")
	r.in("POST", "/workflows/"+id+"/preview", `{"step":"none"}`).is(http.StatusUnprocessableEntity).points("/step")
	r.in("POST", "/workflows/"+id+"/preview", `{"trigger":"none"}`).is(http.StatusUnprocessableEntity).points("/trigger")
}

func TestScopeListsWhatCanBeMapped(t *testing.T) {
	r := newRig(t)
	r.in("POST", "/custom-values", `{"name":"Support","key":"support","value":"help@example.com"}`).is(http.StatusCreated)
	r.in("POST", "/contact-fields", `{"label":"Favourite plan","key":"plan"}`).is(http.StatusCreated)
	id, hook := r.publish()
	accepted := r.call("POST", hook, order).is(http.StatusAccepted)
	run := accepted.text("run_ids.0")
	r.settled(run)

	got := r.in("GET", "/workflows/"+id+"/scope?step=tell", nil).is(http.StatusOK)
	kinds := map[string]map[string]any{}
	for _, s := range got.at("sources").([]any) {
		of := s.(map[string]any)
		kinds[of["root"].(string)] = of
	}
	for _, root := range []string{"trigger", "steps.buyer", "steps.access", "contact", "custom_values", "workspace", "run"} {
		if kinds[root] == nil {
			t.Fatalf("no %s: %s", root, got.body)
		}
	}
	if kinds["steps.tell"] != nil {
		t.Error("a step can map its own output")
	}
	if of := kinds["steps.buyer"]; of["sure"] != true || of["sample"].(map[string]any)["id"] != run {
		t.Errorf("the step: %v", of)
	}
	first := kinds["trigger"]["fields"].([]any)[0].(map[string]any)
	if first["expression"] != "trigger.body.email" || first["label"] != "Email" || first["sample"] != "Ada@Example.com" {
		t.Errorf("first field %v", first)
	}
	labels := map[string]any{}
	for _, f := range kinds["contact"]["fields"].([]any) {
		pick := f.(map[string]any)
		labels[pick["expression"].(string)] = pick["label"]
	}
	if labels["contact.fields.plan"] != "Favourite plan" || labels["contact.email"] != "E-mail" {
		t.Errorf("contact: %v", labels)
	}
	if early := r.in("GET", "/workflows/"+id+"/scope?step=buyer&run_id="+run, nil).is(http.StatusOK); strings.Contains(string(early.body), `"steps.`) {
		t.Errorf("the first step reads later ones: %s", early.body)
	}
	key := r.in("POST", "/api-keys", `{"name":"n","scopes":["runs:read"]}`).is(http.StatusCreated).text("key")
	narrow := r.in("GET", "/workflows/"+id+"/scope", nil, "Authorization", "Bearer "+key).is(http.StatusOK)
	if strings.Contains(string(narrow.body), "help@example.com") || strings.Contains(string(narrow.body), `"root":"contact"`) {
		t.Errorf("a key for runs alone sees contacts and values: %s", narrow.body)
	}
}

func TestSendersAreListed(t *testing.T) {
	r := newRig(t)
	got := r.call("GET", "/senders", nil).is(http.StatusOK)
	if got.text("items.0.id") != "stripe" || got.text("items.0.labels.0.label") != "Customer e-mail" || got.text("items.1.events.0.labels.1.label") != "Your email?" {
		t.Errorf("senders: %s", got.body)
	}
}

func TestDriftNamesWhatTheLastEventsLacked(t *testing.T) {
	r := newRig(t)
	id, hook := r.publish()
	for _, body := range []string{order, `{"email":"b@example.com","name":"B"}`, `{"mail":"c@example.com","name":"C","order":1}`} {
		r.call("POST", hook, body).is(http.StatusAccepted)
	}
	r.in("POST", "/workflows/"+id+"/triggers/hook/samples", `{"text":"{}"}`).is(http.StatusCreated)
	got := r.in("GET", "/workflows/"+id+"/drift", nil).is(http.StatusOK)
	if got.number("events") != 3 || len(got.at("items").([]any)) != 2 {
		t.Fatalf("drift: %s", got.body)
	}
	if got.text("items.0.expression") != "trigger.body.email" || got.number("items.0.lacked") != 1 || got.text("items.0.steps.0") != "buyer" {
		t.Errorf("drift: %s", got.body)
	}
}
