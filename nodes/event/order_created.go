package event

import (
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.EventTrigger[OrderCreatedParams]{Meta: nodes.Meta{
		Type: "order.created", Version: 1, Name: "Order created", Group: group, Icon: "shopping-cart",
		Summary: "Start when offers are bought together, with order bumps or through the cart.",
		Card:    "{from}", Contact: nodes.ContactProvides,
		Sample: sold(crm.OrderCreated, map[string]any{"order": sampleOrder.Plain(), "payments": []any{samplePayment.Plain()}}),
	}, Event: crm.OrderCreated, Match: orderCreated})
}

// OrderCreatedParams narrow down which orders start a run.
type OrderCreatedParams struct {
	Offers    []nodes.Ref `json:"offers" label:"Only these offers" ref:"offer" help:"Leave empty for every offer. Of several offers one is enough." no_map:"true"`
	From      string      `json:"from" label:"Only these orders" options:"any=All orders,cart=Cart orders,checkout=Checkouts with order bumps" default:"any" no_map:"true"`
	MinAmount *int64      `json:"min_amount" label:"Only from this amount" min:"0" example:"4900" help:"In the currency's smallest unit: 4900 is 49.00." no_map:"true" advanced:"true"`
	Currency  string      `json:"currency" label:"Only in this currency" example:"USD" no_map:"true" advanced:"true"`
}

func orderCreated(p OrderCreatedParams, e crm.Event) bool {
	cart, _ := object(e, "order")["cart"].(bool)
	wanted := p.From != "cart" && p.From != "checkout" || cart == (p.From == "cart")
	return wanted && SaleParams{p.Offers, p.MinAmount, p.Currency}.match(e, "order", "total")
}
