package event

import (
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.EventTrigger[PaymentParams]{Meta: nodes.Meta{
		Type: "payment.failed", Version: 1, Name: "Payment failed", Group: group, Icon: "credit-card-off",
		Summary: "Start when a payment does not go through.",
		Card:    "{kinds}", Contact: nodes.ContactProvides,
		Sample: sold(crm.PaymentFailed, map[string]any{"payment": failedPayment().Plain(), "order": nil}),
	}, Event: crm.PaymentFailed, Match: paymentFailed})
}

func paymentFailed(p PaymentParams, e crm.Event) bool {
	return SaleParams{p.Offers, p.MinAmount, p.Currency}.match(e, "payment", "amount") && anyText(p.Kinds, textOf(object(e, "payment")["kind"]))
}

func failedPayment() crm.Payment {
	p := samplePayment
	p.State, p.Reason, p.PurchaseID = crm.StateFailed, "Your card was declined.", ""
	return p
}
