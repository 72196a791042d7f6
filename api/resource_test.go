package api_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
)

func TestContacts(t *testing.T) {
	r := newRig(t)
	made := r.in("POST", "/contacts", `{"email":"Ada@Example.com","name":"Ada Lovelace","phone":"415 555 2671","tags":["vip","VIP"],
		"fields":{"points":`+big+`},"address":{"city":"London"}}`).is(http.StatusCreated)
	id := made.text("id")
	if made.text("email") != "ada@example.com" || made.text("phone") != "+14155552671" || made.text("address.city") != "London" ||
		!bytes.Contains(made.body, []byte(`"points":`+big)) || len(made.at("tags").([]any)) != 1 {
		t.Errorf("made %s", made.body)
	}
	for _, taken := range []struct{ body, pointer string }{
		{`{"email":"ADA@example.com"}`, "/email"}, {`{"email":"b@example.com","phone":"+14155552671"}`, "/phone"},
	} {
		got := r.in("POST", "/contacts", taken.body).is(http.StatusUnprocessableEntity)
		got.points(taken.pointer)
		if !strings.HasSuffix(got.text("detail"), "is already taken") {
			t.Errorf("got %s", got.body)
		}
	}
	for _, bad := range []struct{ body, pointer string }{
		{`{}`, "/email"}, {`{"email":"nobody"}`, "/email"}, {`{"email":7}`, "/email"}, {`{"email":"c@example.com","phone":"n/a"}`, "/phone"},
		{`{"email":"c@example.com","fields":[]}`, "/fields"}, {`{"email":"c@example.com","date_of_birth":"soon"}`, "/date_of_birth"},
		{`{"email":"c@example.com","addr":{}}`, "/addr"}, {`{"email":"c@example.com","address":{"city":1}}`, "/address/city"},
	} {
		r.in("POST", "/contacts", bad.body).is(http.StatusUnprocessableEntity).points(bad.pointer)
	}
	r.in("POST", "/contacts", `{"email":`).is(http.StatusBadRequest)

	changed := r.in("PATCH", "/contacts/"+id, `{"tags":["new"],"phone":null,"address":{"city":""},"fields":{"points":null,"plan":"gold"}}`).is(http.StatusOK)
	if changed.text("phone") != "" || changed.text("address.city") != "" || changed.text("fields.plan") != "gold" || changed.at("fields.points") != nil ||
		changed.text("tags.0") != "new" || len(changed.at("tags").([]any)) != 1 || changed.text("email") != "ada@example.com" {
		t.Errorf("changed %s", changed.body)
	}
	timeline := r.in("GET", "/contacts/"+id+"/timeline?limit=2", nil).is(http.StatusOK)
	seen := string(timeline.body)
	for next := timeline.at("next_cursor"); next != nil; next = timeline.at("next_cursor") {
		timeline = r.in("GET", "/contacts/"+id+"/timeline?limit=2&cursor="+next.(string), nil).is(http.StatusOK)
		seen += string(timeline.body)
	}
	for kind, times := range map[string]int{"contact.created": 1, "contact.updated": 1, "tag.added": 2, "tag.removed": 1} {
		if got := strings.Count(seen, `"type":"`+kind+`"`); got != times {
			t.Errorf("%s is %d times in the timeline, want %d: %s", kind, got, times, seen)
		}
	}
	for query, want := range map[string]int{"?q=lovel": 1, "?tag=NEW": 1, "?tag=vip": 0, "?email=x@example.com": 0, "?limit=1": 1} {
		if got := r.in("GET", "/contacts"+query, nil).is(http.StatusOK); len(got.at("items").([]any)) != want {
			t.Errorf("%s: %s", query, got.body)
		}
	}
	r.in("DELETE", "/contacts/"+id, nil).is(http.StatusNoContent)
	r.in("GET", "/contacts/"+id, nil).is(http.StatusNotFound)
	r.in("DELETE", "/contacts/"+id, nil).is(http.StatusNotFound)
}

// Erasing somebody leaves none of their data in what the API shows.
func TestErasedContactsLeaveNothing(t *testing.T) {
	r := newRig(t)
	_, hook := r.publish()
	r.sink.answer(http.StatusBadRequest)
	accepted := r.call("POST", hook, order).is(http.StatusAccepted)
	run := r.settled(accepted.text("run_ids.0"))
	r.in("DELETE", "/contacts/"+run.text("contact_id"), nil).is(http.StatusNoContent)
	if got := r.in("GET", "/runs/"+run.text("id"), nil).is(http.StatusOK); got.text("error.code") != "erased" || got.text("steps.2.error.code") != "erased" {
		t.Errorf("the error may quote what was sent: %s", got.body)
	}
	r.in("GET", "/requests/"+accepted.text("request_id")+"/raw", nil).is(http.StatusGone)
	for _, path := range []string{"/runs/" + run.text("id"), "/requests/" + accepted.text("request_id"), "/contacts", "/audit", "/requests?q=ada", "/runs?q=ada"} {
		if got := r.in("GET", path, nil).is(http.StatusOK); bytes.Contains(bytes.ToLower(got.body), []byte("ada@")) || bytes.Contains(got.body, []byte("Lovelace")) {
			t.Errorf("%s still shows %s", path, got.body)
		}
	}
}

func TestTagsFieldsAndValues(t *testing.T) {
	r := newRig(t)
	tag := r.in("POST", "/tags", `{"name":" Customer "}`).is(http.StatusCreated)
	if tag.text("name") != "Customer" || r.in("POST", "/tags", `{"name":"customer"}`).is(http.StatusCreated).text("id") != tag.text("id") {
		t.Errorf("tag: %s", tag.body)
	}
	r.in("POST", "/tags", `{"name":"other"}`).is(http.StatusCreated)
	r.in("PATCH", "/tags/"+tag.text("id"), `{"name":"Other"}`).is(http.StatusUnprocessableEntity).points("/name")
	r.in("PATCH", "/tags/"+tag.text("id"), `{"name":"Buyer"}`).is(http.StatusOK)
	r.in("POST", "/tags", `{"name":"   "}`).is(http.StatusUnprocessableEntity).points("/name")
	r.in("DELETE", "/tags/"+tag.text("id"), nil).is(http.StatusNoContent)
	r.in("GET", "/tags/"+tag.text("id"), nil).is(http.StatusNotFound)

	field := r.in("POST", "/contact-fields", `{"label":"Favourite colour","kind":"choice","options":["red","blue"]}`).is(http.StatusCreated)
	if field.text("key") != "favourite_colour" {
		t.Errorf("field: %s", field.body)
	}
	for _, bad := range []struct{ body, pointer string }{
		{`{"label":"Favourite colour"}`, "/key"}, {`{"label":"x","kind":"choice"}`, "/options"}, {`{"label":"x","kind":"tree"}`, "/kind"},
		{`{"label":"x","key":"Not A Key"}`, "/key"}, {`{"label":""}`, "/label"}, {`{"label":"--"}`, "/key"},
	} {
		r.in("POST", "/contact-fields", bad.body).is(http.StatusUnprocessableEntity).points(bad.pointer)
	}
	if got := r.in("PATCH", "/contact-fields/"+field.text("id"), `{"options":["green"]}`).is(http.StatusOK); got.text("options.0") != "green" {
		t.Errorf("field: %s", got.body)
	}
	r.in("DELETE", "/contact-fields/"+field.text("id"), nil).is(http.StatusNoContent)

	value := r.in("POST", "/custom-values", `{"name":"Order base","value":{"n":`+big+`}}`).is(http.StatusCreated)
	if value.text("key") != "order_base" || !bytes.Contains(value.body, []byte(`{"n":`+big+`}`)) {
		t.Errorf("value: %s", value.body)
	}
	r.in("POST", "/custom-values", `{"name":"Order base","value":1}`).is(http.StatusUnprocessableEntity).points("/key")
	r.in("POST", "/custom-values", `{"name":"No value"}`).is(http.StatusUnprocessableEntity).points("/value")
	r.in("POST", "/custom-values", `{"name":"Large","value":"`+strings.Repeat("x", 70<<10)+`"}`).is(http.StatusUnprocessableEntity).points("/value")
	if got := r.in("PATCH", "/custom-values/"+value.text("id"), `{"value":"text"}`).is(http.StatusOK); got.text("value") != "text" || got.text("name") != "Order base" {
		t.Errorf("value: %s", got.body)
	}
	r.in("DELETE", "/custom-values/"+value.text("id"), nil).is(http.StatusNoContent)
	r.in("GET", "/custom-values/"+value.text("id"), nil).is(http.StatusNotFound)
}

func TestOffersAndGrants(t *testing.T) {
	r := newRig(t)
	offer := r.in("POST", "/offers", `{"title":"Gold","products":[{"title":"Course"},{"title":"Community"}]}`).is(http.StatusCreated)
	id := offer.text("id")
	r.in("POST", "/offers", `{"title":"Silver","products":[{"id":"prd_none"}]}`).is(http.StatusUnprocessableEntity).points("/products")
	r.in("POST", "/offers", `{"title":"Silver","products":[{}]}`).is(http.StatusUnprocessableEntity).points("/products/0")
	if got := r.in("PATCH", "/offers/"+id, `{"products":[{"id":"`+offer.text("products.1.id")+`"}]}`).is(http.StatusOK); len(got.at("products").([]any)) != 1 || got.text("title") != "Gold" {
		t.Errorf("offer: %s", got.body)
	}
	contact := r.in("POST", "/contacts", `{"email":"ada@example.com"}`).is(http.StatusCreated).text("id")
	grant := r.in("POST", "/grants", `{"contact_id":"`+contact+`","offer":"Gold","send_email":"never"}`).is(http.StatusCreated)
	if grant.at("revoked_at") != nil || grant.at("run_id") != nil || grant.text("offer_id") != id {
		t.Errorf("grant: %s", grant.body)
	}
	again := r.in("POST", "/grants", `{"contact_id":"`+contact+`","offer":"`+id+`"}`).is(http.StatusOK)
	if again.at("already_granted") != true || again.text("id") != grant.text("id") {
		t.Errorf("again: %s", again.body)
	}
	r.in("POST", "/grants", `{"contact_id":"`+contact+`","offer":"Lead"}`).is(http.StatusUnprocessableEntity).points("/offer")
	r.in("POST", "/grants", `{"contact_id":"con_none","offer":"Gold"}`).is(http.StatusUnprocessableEntity).points("/contact_id")
	r.in("POST", "/grants", `{"offer":"Gold"}`).is(http.StatusUnprocessableEntity).points("/contact_id")
	if got := r.in("GET", "/contacts/"+contact, nil).is(http.StatusOK); got.text("products.0.title") != "Community" {
		t.Errorf("access: %s", got.body)
	}
	r.in("DELETE", "/grants/"+grant.text("id"), nil).is(http.StatusNoContent)
	r.in("DELETE", "/grants/"+grant.text("id"), nil).is(http.StatusNoContent)
	for query, want := range map[string]int{"?active=true": 0, "?active=false": 1, "?contact_id=" + contact: 1, "?offer_id=off_none": 0} {
		if got := r.in("GET", "/grants"+query, nil).is(http.StatusOK); len(got.at("items").([]any)) != want {
			t.Errorf("%s: %s", query, got.body)
		}
	}
	r.in("DELETE", "/offers/"+id, nil).is(http.StatusNoContent)
	r.in("GET", "/offers/"+id, nil).is(http.StatusNotFound)
}

func TestConnectionsNeverShowSecrets(t *testing.T) {
	r := newRig(t)
	const canary = "canary-7f3a"
	made := r.in("POST", "/connections", `{"type":"auth.bearer","name":"CRM","params":{"token":"`+canary+`","hosts":["api.example.com"]}}`).is(http.StatusCreated)
	path := "/connections/" + made.text("id")
	kept := r.in("PATCH", path, `{"name":"Other","params":{"token":"********"}}`).is(http.StatusOK)
	stored, err := r.store.Connection(t.Context(), r.a.ID, made.text("id"))
	if err != nil {
		t.Fatal(err)
	}
	ref := stored.Params["token"].(map[string]any)["$secret"].(string)
	secrets, err := r.store.Secrets(t.Context(), r.a.ID, []string{ref})
	if err != nil || len(secrets[ref]) != 1 || secrets[ref][0].Value != canary {
		t.Errorf("the secret was not kept: %v %v", secrets, err)
	}
	for _, got := range []reply{made, kept, r.in("GET", path, nil).is(http.StatusOK), r.in("GET", "/connections", nil).is(http.StatusOK), r.in("GET", "/audit", nil).is(http.StatusOK)} {
		if bytes.Contains(got.body, []byte(canary)) || bytes.Contains(got.body, []byte(ref)) {
			t.Errorf("%s shows the secret: %s", got.call, got.body)
		}
	}
	for _, bad := range []struct{ body, pointer string }{
		{`{"type":"auth.none","name":"x","params":{}}`, "/type"},
		{`{"type":"contact.upsert","name":"x","params":{}}`, "/type"},
		{`{"type":"auth.bearer","name":"x","params":{"hosts":["api.example.com"]}}`, "/params/token"},
		{`{"type":"auth.bearer","name":"x","params":{"token":{"$secret":"` + ref + `"},"hosts":["evil.example.com"]}}`, "/params/token"},
		{`{"type":"auth.bearer","name":"x","params":{"token":"********","hosts":["api.example.com"]}}`, "/params/token"},
		{`{"type":"auth.bearer","name":"x","params":{"token":"a","hosts":["not a host"]}}`, "/params/hosts"},
		{`{"type":"auth.bearer","name":"x","params":[]}`, "/params"},
	} {
		r.in("POST", "/connections", bad.body).is(http.StatusUnprocessableEntity).points(bad.pointer)
	}
	r.in("PATCH", path, `{"params":{"hosts":["evil.example.com"]}}`).is(http.StatusUnprocessableEntity).points("/params")
	r.in("PATCH", path, `{"params":{"hosts":["api2.example.com"],"token":"new"}}`).is(http.StatusOK)
	r.in("POST", path+"/test", nil).is(http.StatusConflict)
	r.in("DELETE", path, nil).is(http.StatusNoContent)
	r.in("GET", path, nil).is(http.StatusNotFound)
}

func TestBadInputsOfWorkflowsAndRuns(t *testing.T) {
	r := newRig(t)
	id, _ := r.publish()
	path := "/workflows/" + id
	for _, bad := range []struct {
		path, body, pointer string
		status              int
	}{
		{"/workflows", `{"definition":{}}`, "/name", 422},
		{"/workflows", `{"name":"x","definition":[]}`, "/definition", 400},
		{"/workflows", `{"name":"x","definition":{"schema":99}}`, "/definition/schema", 400},
		{path + "/publish", `{"held":"burn"}`, "/held", 422},
		{path + "/test", `{"contact_id":"con_none"}`, "/contact_id", 422},
		{path + "/test", `{"request_id":"req_none"}`, "/request_id", 422},
		{path + "/test", `{"payload":{},"request_id":"req_none"}`, "/payload", 422},
		{path + "/test", `{"dry_run":"yes"}`, "/dry_run", 422},
		{path + "/run", `{"contact_ids":["con_none"]}`, "/contact_ids/0", 422},
	} {
		got := r.in("POST", bad.path, bad.body).is(bad.status)
		got.points(bad.pointer)
	}
	r.in("GET", path+"?version=nine", nil).is(http.StatusUnprocessableEntity)
	r.in("GET", path+"?version=9", nil).is(http.StatusNotFound)
	r.in("GET", "/runs?status=dead", nil).is(http.StatusUnprocessableEntity)
	r.in("GET", "/runs?from=yesterday", nil).is(http.StatusUnprocessableEntity)
	r.in("GET", "/runs?limit=1000", nil).is(http.StatusUnprocessableEntity)
	r.in("GET", "/runs?cursor=%21", nil).is(http.StatusBadRequest)
	started := r.in("POST", path+"/run", `{"payload":`+order+`}`).is(http.StatusAccepted)
	run := r.settled(started.text("run_ids.0"))
	r.in("GET", "/runs/"+run.text("id")+"/steps?path=acc", nil).is(http.StatusOK)
	r.in("POST", "/runs/"+run.text("id")+"/retry", nil).is(http.StatusConflict)
	if types := r.call("GET", "/node-types", nil).is(http.StatusOK); !bytes.Contains(types.body, []byte(`"type":"webhook.catch"`)) {
		t.Errorf("node types: %s", types.body)
	}
}
