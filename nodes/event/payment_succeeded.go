package event

import (
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.EventTrigger[PaymentParams]{Meta: nodes.Meta{
		Type: "payment.succeeded", Version: 1, Name: "Payment succeeded", Group: group, Icon: "credit-card",
		Summary: "Start on every sale: purchases, later payments and cart orders.",
		Card:    "{kinds}", Contact: nodes.ContactProvides,
		Sample: sold(crm.PaymentSucceeded, map[string]any{"payment": samplePayment.Plain(), "order": nil}),
	}, Event: crm.PaymentSucceeded, Match: paymentSucceeded})
}

// PaymentParams narrow down which payments start a run.
type PaymentParams struct {
	Offers    []nodes.Ref `json:"offers" label:"Only these offers" ref:"offer" help:"Leave empty for every offer. Of several offers one is enough." no_map:"true"`
	Kinds     []string    `json:"kinds" label:"Only these kinds" options:"one_time=Paid at once,first=First payment,instalment=Later payment" help:"Leave empty for every kind." no_map:"true"`
	MinAmount *int64      `json:"min_amount" label:"Only from this amount" min:"0" example:"4900" help:"In the currency's smallest unit: 4900 is 49.00." no_map:"true" advanced:"true"`
	Currency  string      `json:"currency" label:"Only in this currency" example:"USD" no_map:"true" advanced:"true"`
}

func paymentSucceeded(p PaymentParams, e crm.Event) bool {
	return SaleParams{p.Offers, p.MinAmount, p.Currency}.match(e, "payment", "amount") && anyText(p.Kinds, textOf(object(e, "payment")["kind"]))
}
