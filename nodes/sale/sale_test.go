package sale_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/nodes/nodetest"
	_ "github.com/hookloom/hookloom/nodes/sale"
)

func bench() *nodetest.Bench {
	b := nodetest.New()
	for _, title := range []string{"Course", "Bump", "Club"} {
		b.Tx.AddOffer(title)
	}
	c := b.Tx.AddContact(crm.Contact{Email: "ada@example.com"})
	b.Contact = &c
	b.Trigger = map[string]any{"body": map[string]any{"id": "pi_1", "amount": 4900}}
	return b
}

func TestG1StepsRecordSales(t *testing.T) {
	b := bench()
	params := nodetest.Params(`{"offer":"Course","amount":"{{ trigger.body.amount }}","tax":400,"external_id":"{{ trigger.body.id }}"}`)
	out, err := b.Internal("purchase.record", params)
	if err != nil || out["already_recorded"] != false || out["payment_id"] == nil {
		t.Fatalf("%v %v", out, err)
	}
	if p, paid := b.Tx.Sales.Purchases[0], b.Tx.Sales.Payments[0]; p.Amount != 4900 || p.Currency != "USD" || p.RunID != "run_1" || paid.Amount != 4900 || paid.Tax != 400 {
		t.Errorf("%+v %+v", p, paid)
	}
	again, err := b.Internal("purchase.record", params)
	if err != nil || again["already_recorded"] != true || again["purchase_id"] != out["purchase_id"] || len(b.Warnings) != 1 || len(b.Tx.Sales.Payments) != 1 {
		t.Errorf("again: %v %v %q", again, err, b.Warnings)
	}

	for _, c := range []struct{ id, params, events string }{
		{"order.record", `{"items":[{"offer":"Course","amount":100},{"offer":"Bump","amount":50,"quantity":2}],"cart":"true","access":false,"external_id":"o1"}`, "order.created payment.succeeded"},
		{"refund.record", `{"order":"o1","amount":50}`, "order.refunded"},
		{"refund.record", `{"order":"o1","kind":"chargeback"}`, "order.chargeback"},
		{"subscription.record", `{"change":"trial_started","external_id":"s1","offer":"Club","amount":900,"interval":"month"}`, "subscription.created subscription.trial_started offer.granted"},
		{"payment.record", `{"subscription":"s1","amount":900}`, "purchase.created payment.succeeded subscription.trial_ended"},
		{"payment.record", `{"subscription":"s1","amount":900}`, "payment.succeeded subscription.renewed"},
		{"payment.record", `{"offers":["Course"],"amount":10,"failed":true,"reason":"declined"}`, "payment.failed"},
		{"subscription.record", `{"change":"canceled","external_id":"s1","reason":"too dear"}`, "subscription.canceled"},
	} {
		b.Tx.Events = nil
		if _, err := b.Internal(c.id, nodetest.Params(c.params)); err != nil {
			t.Errorf("%s %s: %v", c.id, c.params, err)
		}
		if diff := cmp.Diff(strings.Fields(c.events), b.Tx.EventTypes()); diff != "" {
			t.Errorf("%s %s: %s", c.id, c.params, diff)
		}
	}
}

func TestStepsThatCannotRecord(t *testing.T) {
	for _, c := range []struct{ id, params, field string }{
		{"purchase.record", `{"offer":"None","amount":1}`, "/offer"},
		{"purchase.record", `{"offer":"Course","amount":1,"currency":"BTCX"}`, "/currency"},
		{"order.record", `{"items":[{"offer":"Course"},{"offer":"None"}]}`, "/items/1/offer"},
		{"payment.record", `{"amount":1}`, "/offer_ids"},
		{"refund.record", `{"payment":"none"}`, "/payment"},
		{"subscription.record", `{"change":"renewed","external_id":"none"}`, "/subscription"},
	} {
		b := bench()
		_, err := b.Internal(c.id, nodetest.Params(c.params))
		if err == nil || !nodes.IsPermanent(err) || nodes.FieldOf(err) != c.field {
			t.Errorf("%s %s: %v at %q", c.id, c.params, err, nodes.FieldOf(err))
		}
		if len(b.Tx.Events) > 0 {
			t.Errorf("%s raised %v", c.id, b.Tx.EventTypes())
		}
	}
	b := bench()
	b.Contact = nil
	if _, err := b.Internal("purchase.record", nodetest.Params(`{"offer":"Course","amount":1}`)); err == nil || !strings.Contains(err.Error(), "no contact") {
		t.Errorf("without a contact: %v", err)
	}
	if got := b.Problems("refund.record", nodetest.Params(`{}`)); len(got) != 1 {
		t.Errorf("nothing named: %q", got)
	}
}
