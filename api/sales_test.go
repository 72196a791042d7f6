package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookloom/hookloom/engine/crm"
)

// buyer makes a contact of A and the offers that tests sell.
func (r *rig) buyer() string {
	r.t.Helper()
	for _, title := range []string{"Course", "Templates", "Club"} {
		r.offer(title)
	}
	return r.in("POST", "/contacts", `{"email":"ada@example.com"}`).is(http.StatusCreated).text("id")
}

// TestK16K17K18K21SalesRaiseWhatTheTableSays does each act through the API and
// compares the events that stand on the contact's timeline.
func TestK16K17K18K21SalesRaiseWhatTheTableSays(t *testing.T) {
	r := newRig(t)
	r.buyer()
	for i, c := range []struct {
		name, before, path, body string
		want                     map[string]int
	}{
		{"a one-time purchase", "", "/purchases", `{"offer":"Course","amount":4900`, map[string]int{crm.PurchaseCreated: 1, crm.PaymentSucceeded: 1, crm.OfferGranted: 1}},
		{"a free purchase", "", "/purchases", `{"offer":"Course","payment_type":"free"`, map[string]int{crm.PurchaseCreated: 1, crm.OfferGranted: 1}},
		{"the first payment of a plan", "", "/payments", `{"offer_ids":["Course"],"kind":"first","amount":1000`, map[string]int{crm.PurchaseCreated: 1, crm.PaymentSucceeded: 1, crm.OfferGranted: 1}},
		{"a later instalment", "", "/payments", `{"offer_ids":["Course"],"kind":"instalment","amount":1000`, map[string]int{crm.PaymentSucceeded: 1}},
		{"a subscription", "", "/purchases", `{"offer":"Club","payment_type":"subscription","interval":"month","amount":900`, map[string]int{crm.PurchaseCreated: 1, crm.PaymentSucceeded: 1, crm.OfferGranted: 1, crm.SubscriptionCreated: 1}},
		{"a trial", "", "/subscriptions", `{"offer":"Club","trial":true,"amount":900`, map[string]int{crm.SubscriptionCreated: 1, crm.SubscriptionTrialStarted: 1, crm.OfferGranted: 1}},
		{"the payment after a trial", `/subscriptions {"offer":"Club","trial":true,"amount":900,"external_id":"$ID"`, "/payments", `{"subscription_id":"$ID","amount":900`, map[string]int{crm.PurchaseCreated: 1, crm.PaymentSucceeded: 1, crm.SubscriptionTrialEnded: 1}},
		{"a renewal", `/purchases {"offer":"Club","payment_type":"subscription","amount":900,"external_id":"$ID"`, "/payments", `{"subscription_id":"$ID","amount":900`, map[string]int{crm.PaymentSucceeded: 1, crm.SubscriptionRenewed: 1}},
		{"an order with a bump", "", "/orders", `{"items":[{"offer":"Course","amount":4900},{"offer":"Templates","amount":1900}]`, map[string]int{crm.OrderCreated: 1, crm.PurchaseCreated: 2, crm.PaymentSucceeded: 1, crm.OfferGranted: 2}},
		{"an order with a subscription", "", "/orders", `{"items":[{"offer":"Course","amount":4900},{"offer":"Club","amount":900,"payment_type":"subscription"}]`, map[string]int{crm.OrderCreated: 1, crm.PurchaseCreated: 2, crm.PaymentSucceeded: 2, crm.OfferGranted: 2, crm.SubscriptionCreated: 1}},
		{"a cart order", "", "/orders", `{"cart":true,"items":[{"offer":"Course","amount":4900},{"offer":"Templates","amount":1900}]`, map[string]int{crm.OrderCreated: 1, crm.PaymentSucceeded: 1, crm.OfferGranted: 2}},
		{"a failed payment", "", "/payments", `{"offer_ids":["Course"],"amount":4900,"failed":true,"reason":"declined"`, map[string]int{crm.PaymentFailed: 1}},
		{"a grant by hand", "", "/grants", `{"offer":"Course"`, map[string]int{crm.OfferGranted: 1}},
		{"an enrolment", "", "/course-events", `{"kind":"enrolled","course":"Go"`, map[string]int{crm.CourseEnrolled: 1}},
	} {
		contact := r.in("POST", "/contacts", fmt.Sprintf(`{"email":"b%d@example.com"}`, i)).is(http.StatusCreated).text("id")
		fill := func(text string) string {
			return strings.ReplaceAll(text, "$ID", fmt.Sprint("ext-", i)) + `,"contact_id":"` + contact + `"}`
		}
		before := map[string]int{}
		if path, body, set := strings.Cut(c.before, " "); set {
			r.in("POST", path, fill(body)).is(http.StatusCreated)
			before = r.events(contact)
		}
		r.in("POST", c.path, fill(c.body)).is(http.StatusCreated)
		after := r.events(contact)
		delete(after, crm.ContactCreated)
		delete(after, "email.skipped") // what became of an e-mail is no event
		for kind, n := range before {
			if after[kind] -= n; after[kind] <= 0 {
				delete(after, kind)
			}
		}
		if diff := cmp.Diff(c.want, after); diff != "" {
			t.Errorf("%s (-the table +raised):\n%s", c.name, diff)
		}
	}
}

// TestK21OrdersWithBumps reads an order back with one payment for its one-time
// offers, and refunds it.
func TestK21OrdersWithBumps(t *testing.T) {
	r := newRig(t)
	contact := r.buyer()
	made := r.in("POST", "/orders", `{"contact_id":"`+contact+`","tax":500,"discount":800,"external_id":"o1","items":[
		{"offer":"Course","amount":4900},{"offer":"Templates","amount":1900,"quantity":2},{"offer":"Club","amount":900,"payment_type":"subscription"}]}`).is(http.StatusCreated)
	id := made.text("id")
	got := r.in("GET", "/orders/"+id, nil).is(http.StatusOK)
	if got.number("total") != 7400 || got.text("currency") != "USD" || got.number("items.1.quantity") != 2 || got.text("items.0.role") != "primary" || got.number("number") < 1 {
		t.Errorf("order %s", got.body)
	}
	payments := r.in("GET", "/payments?contact_id="+contact, nil).is(http.StatusOK)
	if len(payments.at("items").([]any)) != 2 || payments.number("items.1.amount") != 6500 || len(payments.at("items.1.offer_ids").([]any)) != 2 || payments.text("items.0.kind") != "first" {
		t.Errorf("payments %s", payments.body)
	}
	again := r.in("POST", "/orders", `{"contact_id":"`+contact+`","external_id":"o1","items":[{"offer":"Course","amount":1}]}`).is(http.StatusOK)
	if again.text("id") != id || again.at("already_recorded") != true {
		t.Errorf("again %s", again.body)
	}
	part := r.in("POST", "/orders/"+id+"/refund", `{"amount":400,"reason":"late"}`).is(http.StatusOK)
	if part.number("amount") != 400 || r.in("GET", "/orders/"+id, nil).text("state") != "part_refunded" {
		t.Errorf("part %s", part.body)
	}
	r.in("POST", "/orders/"+id+"/refund", `{"amount":7001}`).is(http.StatusUnprocessableEntity).points("/amount")
	r.in("POST", "/orders/"+id+"/chargeback", nil).is(http.StatusOK)
	if state := r.in("GET", "/orders/"+id, nil).text("state"); state != "charged_back" {
		t.Errorf("state %s", state)
	}
	if n := r.in("POST", "/orders/"+id+"/refund", nil).is(http.StatusOK).number("amount"); n != 0 {
		t.Errorf("refunded %d more", n)
	}
	seen := r.events(contact)
	if seen[crm.OrderRefunded] != 1 || seen[crm.OrderChargeback] != 1 || seen[crm.OrderCreated] != 1 {
		t.Errorf("events %v", seen)
	}
}

// TestG1SalesOverTheAPI: each resource is made, listed, filtered and read, and
// repeats by Idempotency-Key.
func TestG1SalesOverTheAPI(t *testing.T) {
	r := newRig(t)
	contact := r.buyer()
	who := `"contact_id":"` + contact + `"`
	for _, c := range []struct{ path, body, filter string }{
		{"/purchases", `{` + who + `,"offer":"Course","amount":4900,"tax":400,"currency":"eur","coupon":"SPRING"}`, ""},
		{"/payments", `{` + who + `,"offer_ids":["Templates"],"kind":"one_time","amount":1900}`, "&kind=one_time&state=succeeded"},
		{"/orders", `{` + who + `,"items":[{"offer":"Course","amount":4900}]}`, "&state=completed"},
		{"/subscriptions", `{` + who + `,"offer":"Club","amount":900,"interval":"month","trial_ends_at":"2030-01-01T00:00:00Z"}`, "&state=trialing"},
		{"/course-events", `{` + who + `,"kind":"lesson_completed","course":"Go","lesson":"Maps","percent":40}`, "&kind=lesson_completed"},
	} {
		made := r.in("POST", c.path, c.body, "Idempotency-Key", "k"+c.path).is(http.StatusCreated)
		again := r.in("POST", c.path, c.body, "Idempotency-Key", "k"+c.path).is(http.StatusCreated)
		if again.text("id") != made.text("id") {
			t.Errorf("%s was recorded twice", c.path)
		}
		got := r.in("GET", c.path+"/"+made.text("id"), nil).is(http.StatusOK)
		if got.text("contact_id") != contact {
			t.Errorf("%s: %s", c.path, got.body)
		}
		found := false
		for _, it := range r.in("GET", c.path+"?contact_id="+contact+c.filter, nil).is(http.StatusOK).at("items").([]any) {
			found = found || it.(map[string]any)["id"] == made.text("id")
		}
		if !found {
			t.Errorf("%s is not in the list", c.path)
		}
		if got := r.in("GET", c.path+"?contact_id=con_none", nil).is(http.StatusOK); len(got.at("items").([]any)) != 0 {
			t.Errorf("%s of nobody: %s", c.path, got.body)
		}
		r.in("GET", c.path+"/none", nil).is(http.StatusNotFound)
	}
	bought := r.in("GET", "/purchases?contact_id="+contact, nil)
	if bought.text("items.2.currency") != "EUR" || bought.number("items.2.amount") != 4900 {
		t.Errorf("purchases %s", bought.body)
	}
	// A contact may be named by an e-mail, which makes one that is new.
	new := r.in("POST", "/purchases", `{"email":"New@example.com","name":"New One","offer":"Course","amount":1}`).is(http.StatusCreated)
	if got := r.in("GET", "/contacts/"+new.text("contact_id"), nil); got.text("email") != "new@example.com" || len(got.at("products").([]any)) != 2 {
		t.Errorf("contact %s", got.body)
	}
	sub := r.in("GET", "/subscriptions", nil).text("items.0.id")
	r.in("POST", "/subscriptions/"+sub+"/changes", `{"change":"canceled","reason":"too dear"}`).is(http.StatusOK)
	if got := r.in("GET", "/subscriptions/"+sub, nil); got.text("state") != "canceled" || got.text("reason") != "too dear" || got.at("canceled_at") == nil {
		t.Errorf("subscription %s", got.body)
	}
	// A purchase goes and comes back with the access that it gives.
	id := new.text("id")
	for range 2 {
		if got := r.in("POST", "/purchases/"+id+"/deactivate", `{"reason":"refund"}`).is(http.StatusOK); got.at("deactivated_at") == nil {
			t.Errorf("deactivated %s", got.body)
		}
	}
	if got := r.in("GET", "/contacts/"+new.text("contact_id"), nil); len(got.at("products").([]any)) != 0 {
		t.Errorf("access stays: %s", got.body)
	}
	if got := r.in("POST", "/purchases/"+id+"/reactivate", nil).is(http.StatusOK); got.at("deactivated_at") != nil {
		t.Errorf("reactivated %s", got.body)
	}
	if seen := r.events(new.text("contact_id")); seen[crm.OfferGranted] != 2 || seen[crm.OfferRevoked] != 1 {
		t.Errorf("events %v", seen)
	}
	reader := r.in("POST", "/api-keys", `{"name":"n","scopes":["contacts:write"]}`).is(http.StatusCreated).text("key")
	r.in("GET", "/payments", nil, "Authorization", "Bearer "+reader).is(http.StatusForbidden)
	r.in("POST", "/payments", `{}`, "Authorization", "Bearer "+reader).is(http.StatusForbidden)
}

func TestG1SalesThatCannotBe(t *testing.T) {
	r := newRig(t)
	contact := r.buyer()
	who := `"contact_id":"` + contact + `"`
	for _, c := range []struct{ path, body, pointer string }{
		{"/purchases", `{"offer":"Course","amount":1}`, "/contact_id"},
		{"/purchases", `{"contact_id":"con_none","offer":"Course","amount":1}`, "/contact_id"},
		{"/purchases", `{"email":"nobody","offer":"Course","amount":1}`, "/email"},
		{"/purchases", `{` + who + `,"amount":1}`, "/offer"},
		{"/purchases", `{` + who + `,"offer":"None","amount":1}`, "/offer"},
		{"/purchases", `{` + who + `,"offer":"Course","amount":-1}`, "/amount"},
		{"/purchases", `{` + who + `,"offer":"Course","amount":1.5}`, "/amount"},
		{"/purchases", `{` + who + `,"offer":"Course","amount":99999999999999}`, "/amount"},
		{"/purchases", `{` + who + `,"offer":"Course","amount":1,"tax":2}`, "/tax"},
		{"/purchases", `{` + who + `,"offer":"Course","amount":1,"currency":"XYZ"}`, "/currency"},
		{"/purchases", `{` + who + `,"offer":"Course","amount":1,"payment_type":"barter"}`, "/payment_type"},
		{"/payments", `{` + who + `,"amount":1}`, "/offer_ids"},
		{"/payments", `{` + who + `,"amount":1,"subscription_id":"sub_none"}`, "/subscription"},
		{"/orders", `{` + who + `,"items":[]}`, "/items"},
		{"/orders", `{` + who + `,"items":[{"offer":"Course"},{"offer":"None"}]}`, "/items/1/offer"},
		{"/orders", `{` + who + `,"discount":5,"items":[{"offer":"Course","amount":4}]}`, "/discount"},
		{"/course-events", `{` + who + `,"kind":"enrolled","course":" "}`, "/course"},
		{"/course-events", `{` + who + `,"kind":"enrolled","course":"Go","product_id":"prd_none"}`, "/product_id"},
	} {
		r.in("POST", c.path, c.body).is(http.StatusUnprocessableEntity).points(c.pointer)
	}
	for _, path := range []string{"/purchases", "/payments", "/orders", "/subscriptions", "/course-events"} {
		if got := r.in("GET", path, nil); len(got.at("items").([]any)) != 0 {
			t.Errorf("%s: %s", path, got.body)
		}
	}
}

// TestG1AnEventStartsAWorkflow with a filter, and the steps of one record a sale.
func TestG1AnEventStartsAWorkflow(t *testing.T) {
	r := newRig(t)
	contact := r.buyer()
	made := r.in("POST", "/workflows", `{"name":"Big sale","definition":{"schema":1,
		"triggers":[{"id":"sale","type":"payment.succeeded","v":1,"params":{"offers":["Course"],"min_amount":1000}}],
		"steps":[{"id":"vip","type":"contact.add_tag","v":1,"params":{"tags":["paid {{ trigger.payment.amount }} {{ trigger.payment.currency }}"]}}]}}`).is(http.StatusCreated)
	id := made.text("id")
	r.in("POST", "/workflows/"+id+"/publish", nil).is(http.StatusOK)
	r.in("POST", "/purchases", `{"contact_id":"`+contact+`","offer":"Templates","amount":5000}`).is(http.StatusCreated)
	r.in("POST", "/purchases", `{"contact_id":"`+contact+`","offer":"Course","amount":900}`).is(http.StatusCreated)
	r.in("POST", "/purchases", `{"contact_id":"`+contact+`","offer":"Course","amount":4900}`).is(http.StatusCreated)
	run := r.settled(r.firstRun(id))
	if run.text("status") != "succeeded" || run.text("contact_id") != contact {
		t.Errorf("run %s", run.body)
	}
	if got := r.in("GET", "/contacts/"+contact, nil); got.text("tags.0") != "paid 4900 USD" || len(got.at("tags").([]any)) != 1 {
		t.Errorf("contact %s", got.body)
	}
	if runs := r.in("GET", "/runs?workflow_id="+id, nil); len(runs.at("items").([]any)) != 1 {
		t.Errorf("the filter let others through: %s", runs.body)
	}
}

// TestG1AWorkflowThatStartsItselfIsStopped with a reason that people see.
func TestG1AWorkflowThatStartsItselfIsStopped(t *testing.T) {
	r := newRig(t)
	contact := r.buyer()
	id := r.in("POST", "/workflows", `{"name":"Echo","definition":{"schema":1,
		"triggers":[{"id":"paid","type":"payment.succeeded","v":1,"params":{}}],
		"steps":[{"id":"again","type":"payment.record","v":1,"params":{"offers":["Course"],"kind":"instalment","amount":1}}]}}`).is(http.StatusCreated).text("id")
	r.in("POST", "/workflows/"+id+"/publish", nil).is(http.StatusOK)
	changes, end := r.live.Subscribe(r.a.ID)
	defer end()
	r.in("POST", "/payments", `{"contact_id":"`+contact+`","offer_ids":["Course"],"kind":"instalment","amount":1}`).is(http.StatusCreated)
	for {
		stopped := r.in("GET", "/runs?workflow_id="+id+"&status=failed", nil).is(http.StatusOK)
		if items := stopped.at("items").([]any); len(items) > 0 {
			if stopped.text("items.0.error.code") != "loop_limit" || !strings.Contains(stopped.text("items.0.error.message"), "start each other") {
				t.Errorf("stopped %s", stopped.body)
			}
			break
		}
		<-changes
	}
	if n := len(r.in("GET", "/payments?contact_id="+contact, nil).at("items").([]any)); n > 12 {
		t.Errorf("%d payments before it was stopped", n)
	}
}
