package api_test

import (
	"fmt"
	"strings"
	"testing"
)

func TestC12ContactsOffersTagsFormsAndPurchases(t *testing.T) {
	w := newWorld(t)
	c := w.keyed("main", "*")
	person := func(attributes map[string]any) map[string]any {
		return map[string]any{"data": map[string]any{"type": "contacts", "attributes": attributes, "relationships": w.siteRef()}}
	}
	made := c.v1("POST", "/contacts", person(map[string]any{"name": "Ada Lovelace", "email": "Ada@Example.com", "subscribed": true}))
	if made.status != 201 || made.field("data.attributes.email") != "ada@example.com" || made.field("data.attributes.subscribed") != true {
		t.Fatalf("%d %s", made.status, made.body)
	}
	c.v1("POST", "/contacts", person(map[string]any{"email": "ada@example.com"})).refused(422, "/data/attributes/email")
	c.v1("POST", "/contacts", person(map[string]any{"email": "b@example.com", "external_user_id": "x"})).refused(422, "/data/attributes/external_user_id")
	c.v1("POST", "/contacts", map[string]any{"data": map[string]any{"type": "contacts", "attributes": map[string]any{"email": "b@example.com"}}}).refused(400, "/data/relationships/site")
	this := "/contacts/" + made.field("data.id").(string)
	if a := c.v1("PATCH", this, map[string]any{"data": map[string]any{"type": "contacts", "attributes": map[string]any{"address_city": "London", "external_user_id": "ext_1"}}}); a.status != 200 || a.field("data.attributes.address_city") != "London" || a.field("data.attributes.external_user_id") != "ext_1" {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := c.v1("GET", "/contacts?filter[email_eq]=ADA@example.com", nil); len(a.field("data").([]any)) != 1 || fmt.Sprint(a.field("meta.total_count")) != "1" {
		t.Errorf("%s", a.body)
	}
	course, club := numberOf(w.offered("Course", nil)), numberOf(w.offered("Club", nil))
	related := func(kind string, ids ...string) map[string]any {
		data := []any{}
		for _, id := range ids {
			data = append(data, map[string]any{"type": kind, "id": id})
		}
		return map[string]any{"data": data}
	}
	check := func(a got, ids ...string) {
		t.Helper()
		var have []string
		data, _ := a.field("data").([]any)
		for _, one := range data {
			have = append(have, one.(map[string]any)["id"].(string))
		}
		if a.status != 200 || strings.Join(have, " ") != strings.Join(ids, " ") {
			t.Errorf("got %v, want %v: %d %s", have, ids, a.status, a.body)
		}
	}
	offers := this + "/relationships/offers"
	body := related("offers", course)
	body["meta"] = map[string]any{"send_customer_welcome_email": false}
	mails := func() int { return len(w.owner().get(inMain + "/outbox").is(200).items()) }
	check(c.v1("POST", offers, body), course)
	if mails() != 0 {
		t.Error("an e-mail was written although none was wanted")
	}
	check(c.v1("PATCH", offers, related("offers", club)), club)
	if mails() != 1 {
		t.Error("no e-mail tells of the grant")
	}
	check(c.v1("DELETE", offers, related("offers", club)))
	// The welcome e-mail is wanted unless meta says otherwise: the opposite of an
	// activation URL.
	if box := w.owner().get("/workspaces/main/outbox").items(); len(box) != 1 || box[0]["subject"] != "You have access to Club" {
		t.Errorf("outbox %v", box)
	}
	c.v1("POST", offers, related("contact_tags", course)).refused(422, "/data/0/type")
	c.v1("POST", offers, related("offers", "99999")).refused(422, "/data/0/id")

	tag := func(name string) string {
		a := c.v1("POST", "/contact_tags", map[string]any{"data": map[string]any{"type": "contact_tags", "attributes": map[string]any{"name": name}, "relationships": w.siteRef()}})
		return a.field("data.id").(string)
	}
	vip, lead := tag("VIP"), tag("Lead")
	tags := this + "/relationships/tags"
	check(c.v1("POST", tags, related("contact_tags", vip)), vip)
	check(c.v1("PATCH", tags, related("contact_tags", lead)), lead)
	check(c.v1("DELETE", tags, related("contact_tags", lead)))

	form := numberOf(w.submitForm(map[string]any{"tags": []string{"signed-up"}}))
	submit := func(attributes map[string]any) got {
		return c.v1("POST", "/forms/"+form+"/submit", map[string]any{"data": map[string]any{"type": "form_submissions", "attributes": attributes}})
	}
	if a := submit(map[string]any{"name": "Grace Hopper", "email": "grace@example.com"}); a.status != 201 || a.field("data.attributes.email") != "grace@example.com" {
		t.Errorf("%d %s", a.status, a.body)
	}
	submit(map[string]any{"email": "grace@example.com"}).refused(422, "/data/attributes/name")
	submit(map[string]any{"name": "x", "email": "nowhere"}).refused(422, "/data/attributes/email")
	grace := w.owner().get(inMain + "/contacts?email=grace@example.com").is(200).items()[0]
	if grace["subscribed"] != true || fmt.Sprint(grace["tags"]) != "[signed-up]" || grace["name"] != "Grace Hopper" {
		t.Errorf("%v", grace)
	}

	bought := w.owner().post(inMain+"/purchases", map[string]any{"email": "ada@example.com", "offer": "Club", "payment_type": "subscription", "amount": 900, "currency": "USD"}).is(201)
	purchase := "/purchases/" + fmt.Sprint(bought.field("number"))
	if a := c.v1("POST", purchase+"/deactivate", nil); a.status != 200 || a.field("data.attributes.deactivated_at") == nil {
		t.Errorf("%d %s", a.status, a.body)
	}
	check(c.v1("GET", offers, nil))
	if sub := w.owner().get(inMain + "/subscriptions").is(200).items()[0]; sub["state"] != "active" {
		t.Errorf("deactivating canceled the subscription: %v", sub)
	}
	if a := c.v1("POST", purchase+"/reactivate", nil); a.status != 200 || a.field("data.attributes.deactivated_at") != nil {
		t.Errorf("%d %s", a.status, a.body)
	}
	check(c.v1("GET", offers, nil), club)
	c.v1("POST", purchase+"/cancel_subscription", nil)
	if sub := w.owner().get(inMain + "/subscriptions").is(200).items()[0]; sub["state"] != "canceled" {
		t.Errorf("%v", sub)
	}
	c.v1("POST", purchase+"/explode", nil).refused(404, "")
	w.workspace("other")
	w.keyed("other", "*").v1("GET", this, nil).refused(404, "")
	w.keyed("other", "*").v1("POST", offers, related("offers", course)).refused(404, "")
}
