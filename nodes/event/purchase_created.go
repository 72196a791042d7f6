package event

import (
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.EventTrigger[PurchaseCreatedParams]{Meta: nodes.Meta{
		Type: "purchase.created", Version: 1, Name: "Purchase created", Group: group, Icon: "shopping-bag",
		Summary: "Start when somebody buys an offer; not for granted offers, later payments and cart orders.",
		Card:    "{payment_types}", Contact: nodes.ContactProvides,
		Sample: sample(crm.PurchaseCreated, map[string]any{"purchase": samplePurchase.Plain(), "offer": sampleOffer}),
	}, Event: crm.PurchaseCreated, Match: purchaseCreated})
}

// PurchaseCreatedParams narrow down which purchases start a run.
type PurchaseCreatedParams struct {
	Offers       []nodes.Ref `json:"offers" label:"Only these offers" ref:"offer" help:"Leave empty for every offer. Of several offers one is enough." no_map:"true"`
	PaymentTypes []string    `json:"payment_types" label:"Only paid like this" options:"one_time=At once,subscription=Subscription,payment_plan=Payment plan,free=Free" help:"Leave empty for every way." no_map:"true"`
	MinAmount    *int64      `json:"min_amount" label:"Only from this amount" min:"0" example:"4900" help:"In the currency's smallest unit: 4900 is 49.00." no_map:"true" advanced:"true"`
	Currency     string      `json:"currency" label:"Only in this currency" example:"USD" no_map:"true" advanced:"true"`
}

func purchaseCreated(p PurchaseCreatedParams, e crm.Event) bool {
	return SaleParams{p.Offers, p.MinAmount, p.Currency}.match(e, "purchase", "amount") && anyText(p.PaymentTypes, textOf(object(e, "purchase")["payment_type"]))
}
