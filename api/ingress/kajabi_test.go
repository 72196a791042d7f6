package ingress_test

import (
	"strings"
	"testing"

	"github.com/hookloom/hookloom/engine/sender"
)

// TestK21APaymentOverSeveralOffersKnowsThem: Kajabi's payment_succeeded names no
// offer when there are order bumps; they are those of the order that came before,
// also over another trigger. Without an order the request says what is missing.
func TestK21APaymentOverSeveralOffersKnowsThem(t *testing.T) {
	w := newWorld(t, options{})
	orders, payments, open := w.preset(sender.Named("kajabi"), ""), w.preset(sender.Named("kajabi"), ""), w.preset(sender.Named(sender.Plain), "")
	const payment = `{"id":"77001","event":"payment_succeeded","payload":[
		{"id":"77001","type":"transactions","attributes":{"amount_in_cents":1900},"relationships":{"offer":{"data":null}}},
		{"id":"7","type":"customers","attributes":{"email":"ada@example.com"}}]}`
	input := func() string {
		t.Helper()
		row := payments.rows()[0]
		run, err := w.store.Run(t.Context(), w.ws.ID, row.RunIDs[0])
		if err != nil {
			t.Fatal(err)
		}
		return string(run.Input)
	}
	w.send("POST", "/hooks/"+payments.token, payment)
	if row := payments.rows()[0]; !strings.Contains(input(), `"offer_ids":[]`) || len(row.Notes) != 1 || !strings.Contains(row.Notes[0], "earlier") {
		t.Errorf("without an order: %s, notes %v", input(), row.Notes)
	}
	const order = `{"id":"3","event":"order_created","payload":[{"id":"77001","type":"transactions","attributes":{}},
		{"id":"3","type":"orders","attributes":{"order_number":12}},
		{"id":"4","type":"order_items","attributes":{"item_type":"Offer","item_id":"9"}},
		{"id":"5","type":"order_items","attributes":{"item_type":"Offer","item_id":"10"}}]}`
	w.send("POST", "/hooks/"+open.token, order)
	w.send("POST", "/hooks/"+payments.token, payment)
	if !strings.Contains(input(), `"offer_ids":[]`) {
		t.Errorf("an address that takes anything completed a payment: %s", input())
	}
	w.send("POST", "/hooks/"+orders.token, order)
	w.send("POST", "/hooks/"+payments.token, payment)
	if !strings.Contains(input(), `"offer_ids":["9","10"]`) {
		t.Errorf("with its order: %s", input())
	}
}
