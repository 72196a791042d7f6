package contact_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
	_ "github.com/hookloom/hookloom/nodes/contact"
	"github.com/hookloom/hookloom/nodes/nodetest"
)

func bench(people ...crm.Contact) *nodetest.Bench {
	b := nodetest.New()
	for _, c := range people {
		b.Tx.AddContact(c)
	}
	return b
}

var ada = crm.Contact{Email: "ada@example.com", Phone: "+14155552671", ExternalUserID: "u1", Name: "Ada Lovelace", Tags: []string{"VIP"}, Fields: map[string]any{"plan": "gold"}}

func TestUpsert(t *testing.T) {
	b := bench(ada, crm.Contact{Email: "grace@example.com", Phone: "+14155552672"})
	out, err := b.Internal("contact.upsert", nodetest.Params(`{
		"email": " ADA@example.com ", "phone": "(415) 555-2672", "company": "Engines", "subscribed": "yes",
		"address": {"city": "London", "country": "gb"}, "tags": "new, vip", "fields": {"Plan": "silver", "blank": ""},
		"clear": ["external_user_id"] }`))
	if err != nil {
		t.Fatal(err)
	}
	if out["created"] != false {
		t.Error("a contact was created")
	}
	got := out["contact"].(map[string]any)
	for key, want := range map[string]any{
		"id": "con_1", "email": "ada@example.com", "phone": "+14155552671", "company": "Engines", "subscribed": true, "external_user_id": "",
		"tags": []any{"VIP", "new"}, "fields": map[string]any{"plan": "silver"},
	} {
		if diff := cmp.Diff(want, got[key]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", key, diff)
		}
	}
	if b.Contact == nil || b.Contact.ID != "con_1" || b.Contact.Company != "Engines" {
		t.Errorf("the run's contact is %+v", b.Contact)
	}
	if len(b.Warnings) != 1 || !strings.Contains(b.Warnings[0], "belongs to another contact") {
		t.Errorf("notes %q", b.Warnings)
	}
	if diff := cmp.Diff([]string{crm.ContactUpdated, crm.TagAdded}, b.Tx.EventTypes()); diff != "" {
		t.Error(diff)
	}

	b = bench()
	if out, err = b.Internal("contact.upsert", nodetest.Params(`{"email":"{{ trigger.body.mail }}","name":"Ann Lee"}`)); err == nil || nodes.FieldOf(err) != "/email" || !nodes.IsPermanent(err) {
		t.Errorf("nobody to know: %v, %v", out, err)
	}
	b.Trigger = map[string]any{"body": map[string]any{"mail": "Ann@Example.com"}}
	if out, err = b.Internal("contact.upsert", nodetest.Params(`{"email":"{{ trigger.body.mail }}","name":"Ann Lee"}`)); err != nil || out["created"] != true {
		t.Errorf("a new contact: %v, %v", out, err)
	}
}

func TestUpsertRejectsAnotherExternalID(t *testing.T) {
	b := bench(ada)
	_, err := b.Internal("contact.upsert", nodetest.Params(`{"email":"ada@example.com","external_user_id":"u2"}`))
	if err == nil || !nodes.IsPermanent(err) || nodes.FieldOf(err) != "/external_user_id" || !strings.Contains(err.Error(), `"u1", not "u2"`) {
		t.Errorf("got %v", err)
	}
}

func TestFind(t *testing.T) {
	second := crm.Contact{Email: "ann@example.com", Fields: map[string]any{"plan": "gold"}}
	for name, c := range map[string]struct {
		params string
		id     any
		count  int
		note   string
	}{
		"by e-mail":       {`{"value":"ADA@example.com "}`, "con_1", 1, ""},
		"by phone":        {`{"by":"phone","value":"(415) 555-2671"}`, "con_1", 1, ""},
		"by external id":  {`{"by":"external_user_id","value":"u1"}`, "con_1", 1, ""},
		"exactly":         {`{"by":"external_user_id","value":"U1"}`, nil, 0, ""},
		"by an own field": {`{"by":"field:Plan","value":"gold"}`, "con_1", 2, "2 contacts match"},
		"nobody":          {`{"value":"nobody@example.com"}`, nil, 0, ""},
	} {
		t.Run(name, func(t *testing.T) {
			b := bench(ada, second)
			out, err := b.Internal("contact.find", nodetest.Params(c.params))
			if err != nil {
				t.Fatal(err)
			}
			var id any
			if found, ok := out["contact"].(map[string]any); ok {
				id = found["id"]
			}
			if out["found"] != (c.id != nil) || id != c.id || out["count"] != c.count {
				t.Errorf("got %v", out)
			}
			if (b.Contact != nil) != (c.id != nil) {
				t.Errorf("the run's contact is %+v", b.Contact)
			}
			if notes := strings.Join(b.Warnings, " "); !strings.Contains(notes, c.note) || (c.note == "") != (notes == "") {
				t.Errorf("notes %q", notes)
			}
		})
	}
}

func TestFindNobody(t *testing.T) {
	b := bench(ada)
	_, err := b.Internal("contact.find", nodetest.Params(`{"value":"nobody@example.com","if_missing":"stop"}`))
	stop, ok := nodes.Stopping(err)
	if !ok || stop.Failed || stop.Reason != "stop" || !strings.Contains(stop.Message, "nobody@example.com") {
		t.Errorf("stop: %+v, %v", stop, err)
	}
	_, err = b.Internal("contact.find", nodetest.Params(`{"by":"phone","value":"12","if_missing":"fail"}`))
	if err == nil || !nodes.IsPermanent(err) || err.Error() != `There is no contact whose phone number is "12".` {
		t.Errorf("fail: %v", err)
	}
	b.Contact = &crm.Contact{ID: "con_9"}
	if _, err = b.Internal("contact.find", nodetest.Params(`{"value":"nobody@example.com"}`)); err != nil || b.Contact.ID != "con_9" {
		t.Errorf("going on keeps the contact that the run had: %v, %v", b.Contact, err)
	}
}

func TestFindProblems(t *testing.T) {
	b := nodetest.New()
	for params, want := range map[string]string{
		`{"value":"a"}`: "", `{"value":"a","by":"field:plan"}`: "", `{"value":"{{ trigger.body.x }}"}`: "",
		`{"value":"a","by":"name"}`: `/by: a contact cannot be found by "name"`, `{"value":"a","by":"field:"}`: "/by: ",
		`{}`: "/value: Value can't be empty",
	} {
		got := strings.Join(b.Problems("contact.find", nodetest.Params(params)), "; ")
		if (want == "") != (got == "") || !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s", params, got)
		}
	}
	if got := b.Problems("contact.upsert", nodetest.Params(`{"name":"Ann"}`)); len(got) != 1 || !strings.HasPrefix(got[0], "/email: Fill in at least one") {
		t.Errorf("upsert: %q", got)
	}
}

// Publishing relies on this to know whether a later step has a contact.
func TestWhoBringsAContact(t *testing.T) {
	for id, params := range map[string]map[string]bool{
		"contact.upsert":     {`{}`: true},
		"contact.find":       {`{}`: false, `{"if_missing":"continue"}`: false, `{"if_missing":"stop"}`: true, `{"if_missing":"fail"}`: true},
		"contact.add_tag":    {`{}`: false},
		"contact.remove_tag": {`{}`: false},
	} {
		for text, want := range params {
			if got := nodes.Default().Lookup(id).Provides(nodetest.Params(text)); got != want {
				t.Errorf("%s %s: %v", id, text, got)
			}
		}
	}
}

func TestTags(t *testing.T) {
	b := bench(ada)
	contact, _ := b.Tx.Contact("con_1")
	b.Contact = &contact
	out, err := b.Internal("contact.add_tag", nodetest.Params(`{"tags":["vip","gold","{{ trigger.body.tags }}"]}`))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]any{"added": []any{"gold"}}, out); diff != "" {
		t.Error(diff)
	}
	b.Trigger = map[string]any{"body": map[string]any{"tags": []any{"a", "b"}}}
	if out, err = b.Internal("contact.add_tag", nodetest.Params(`{"tags":["{{ trigger.body.tags }}"]}`)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]any{"added": []any{"a", "b"}}, out); diff != "" {
		t.Error(diff)
	}
	if out, err = b.Internal("contact.remove_tag", nodetest.Params(`{"tags":"VIP, none"}`)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]any{"removed": []any{"VIP"}}, out); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"gold", "a", "b"}, b.Contact.Tags); diff != "" {
		t.Errorf("what later steps see: %s", diff)
	}
	for _, id := range []string{"contact.add_tag", "contact.remove_tag"} {
		b.Contact = nil
		if _, err := b.Internal(id, nodetest.Params(`{"tags":["a"]}`)); err == nil || !nodes.IsPermanent(err) || !strings.Contains(err.Error(), "no contact") {
			t.Errorf("%s without a contact: %v", id, err)
		}
		if _, err := b.Internal(id, nodetest.Params(`{"tags":["{{ trigger.body.none }}"]}`)); err == nil || err.Error() != "Tags can't be empty" {
			t.Errorf("%s without a tag: %v", id, err)
		}
	}
}
