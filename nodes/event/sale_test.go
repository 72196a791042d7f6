package event_test

import (
	"testing"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/nodes/nodetest"
)

// sales raises every event of sales, forms and courses once, and returns the
// last of each type.
func sales(t *testing.T) map[string]crm.Event {
	t.Helper()
	b := nodetest.New()
	for _, title := range []string{"Course A", "Bump", "Club"} {
		b.Tx.AddOffer(title)
	}
	c := b.Tx.AddContact(crm.Contact{Email: "ada@example.com"})
	sell := func(in crm.SaleInput) error { in.ContactID = c.ID; _, err := crm.Sell(b.Tx, in); return err }
	course := crm.Line{Offer: "Course A", Amount: 4900}
	change := func(what string) func() error {
		return func() error { _, _, err := crm.ChangeSubscription(b.Tx, "s1", what, ""); return err }
	}
	study := func(kind string) func() error {
		return func() error {
			_, err := crm.RecordCourseEvent(b.Tx, c, &crm.CourseEvent{Kind: kind, Course: "Go", Lesson: "Maps", Percent: 50})
			return err
		}
	}
	for _, do := range []func() error{
		func() error {
			return sell(crm.SaleInput{ExternalID: "o1", Lines: []crm.Line{course, {Offer: "Bump", Amount: 100}}})
		},
		func() error { return sell(crm.SaleInput{Lines: []crm.Line{course}}) },
		func() error { _, err := crm.Refund(b.Tx, crm.RefundInput{Order: "o1", Amount: 100}); return err },
		func() error { _, err := crm.Refund(b.Tx, crm.RefundInput{Order: "o1", Chargeback: true}); return err },
		func() error {
			_, err := crm.RecordPayment(b.Tx, crm.PaymentInput{ContactID: c.ID, Offers: []string{"Club"}, Amount: 900, Failed: true, Kind: "first"})
			return err
		},
		func() error {
			_, _, err := crm.StartSubscription(b.Tx, crm.SubscriptionInput{ContactID: c.ID, Offer: "Club", Trial: true, ExternalID: "s1"})
			return err
		},
		change(crm.ChangeTrialEnded), change(crm.ChangeRenewed), change(crm.ChangeCanceled),
		study("enrolled"), study("lesson_completed"), study("completed"), study("certificate"), study("milestone"),
		func() error {
			form := crm.Form{ID: "frm_1", Title: "Join", Open: true, Fields: []crm.FormField{{Key: "email", Kind: crm.FieldEmail, Required: true, To: "email"}}}
			_, err := crm.Submit(b.Tx, form, map[string]string{"email": "ada@example.com"}, &crm.Submission{})
			return err
		},
	} {
		if err := do(); err != nil {
			t.Fatal(err)
		}
	}
	events := map[string]crm.Event{}
	for _, e := range b.Tx.Events {
		events[e.Type] = e
	}
	return events
}

// TestG1TheCatalogueStartsWorkflows holds filters, and that a sample shows what
// its events have.
func TestG1TheCatalogueStartsWorkflows(t *testing.T) {
	events := sales(t)
	for _, c := range []struct {
		id, params string
		want       bool
	}{
		{"purchase.created", `{}`, true},
		{"purchase.created", `{"offers":["Course A"],"min_amount":4900,"currency":"usd","payment_types":["one_time"]}`, true},
		{"purchase.created", `{"offers":["Bump"]}`, false},
		{"purchase.created", `{"min_amount":4901}`, false},
		{"purchase.created", `{"currency":"EUR"}`, false},
		{"purchase.created", `{"payment_types":["subscription"]}`, false},
		{"payment.succeeded", `{"kinds":["one_time"]}`, true},
		{"payment.succeeded", `{"kinds":["instalment","first"]}`, false},
		{"payment.failed", `{"offers":["Club"]}`, true},
		{"payment.failed", `{"kinds":["one_time"]}`, false},
		{"order.created", `{"from":"checkout","offers":["Bump"],"min_amount":5000}`, true},
		{"order.created", `{"from":"cart"}`, false},
		{"order.created", `{"offers":["Club"]}`, false},
		{"order.refunded", `{}`, true},
		{"order.refunded", `{"full":true}`, false},
		{"order.chargeback", `{"offers":["Course A"]}`, true},
		{"order.chargeback", `{"min_amount":100000}`, false},
		{"subscription.created", `{"offers":["Club"]}`, true},
		{"subscription.created", `{"offers":["Course A"]}`, false},
		{"subscription.renewed", `{}`, true},
		{"subscription.canceled", `{}`, true},
		{"subscription.trial_started", `{}`, true},
		{"subscription.trial_ended", `{}`, true},
		{"course.enrolled", `{"courses":["go"]}`, true},
		{"course.lesson_completed", `{"courses":["Go"],"lessons":["maps"]}`, true},
		{"course.lesson_completed", `{"lessons":["Slices"]}`, false},
		{"course.completed", `{"courses":["Rust"]}`, false},
		{"course.certificate", `{}`, true},
		{"course.milestone", `{"percent":50}`, true},
		{"course.milestone", `{"percent":51}`, false},
		{"form.submitted", `{"forms":["frm_1"]}`, true},
		{"form.submitted", `{"forms":["Join"]}`, true},
		{"form.submitted", `{"forms":["Other"]}`, false},
	} {
		e, raised := events[c.id]
		if !raised {
			t.Fatalf("%s was not raised", c.id)
		}
		if got, err := nodetest.New().Match(c.id, nodetest.Params(c.params), e); got != c.want || err != nil {
			t.Errorf("%s %s: %v, %v", c.id, c.params, got, err)
		}
	}
	for id, e := range events {
		n := nodes.Default().Lookup(id)
		if n == nil || n.Event != id || n.Source != "event" || !n.Provides(nil) {
			t.Errorf("%s starts nothing, or brings no contact", id)
			continue
		}
		for name := range n.Sample {
			if _, known := e.Data[name]; !known && name != "id" && name != "type" && name != "event" && name != "occurred_at" {
				t.Errorf("the sample of %s shows %s, which its events lack", id, name)
			}
		}
		for name, v := range e.Data {
			sample, known := n.Sample[name]
			if !known {
				t.Errorf("the sample of %s lacks %s", id, name)
			}
			object, isObject := v.(map[string]any)
			if shown, ok := sample.(map[string]any); ok && isObject {
				for key := range object {
					if _, has := shown[key]; !has && name != "contact" {
						t.Errorf("the sample of %s lacks %s.%s", id, name, key)
					}
				}
			}
		}
		if got, err := nodetest.New().Match(id, nodetest.Params(`{}`), crm.Event{Type: id}); !got || err != nil {
			t.Errorf("%s without data: %v, %v", id, got, err)
		}
	}
}
