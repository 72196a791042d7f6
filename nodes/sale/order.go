package sale

import (
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.Internal[OrderParams]{Meta: nodes.Meta{
		Type: "order.record", Version: 1, Name: "Record order", Group: group, Icon: "shopping-cart",
		Summary: "Record several offers that the contact bought together elsewhere, and give access.",
		Card:    "{items}", Contact: nodes.ContactRequired,
		Sample: map[string]any{"order_id": "ord_0197c2a4", "payments": []any{"pay_0197c2a4"}, "already_recorded": false},
	}, Run: recordOrder})
}

// OrderParams are what is known of the order.
type OrderParams struct {
	Items      []ItemParams `json:"items" label:"Items" required:"true" help:"The main offer first, then its order bumps. What is paid at once is one payment; subscriptions stay payments of their own."`
	Cart       bool         `json:"cart" label:"Bought through a cart"`
	Discount   int64        `json:"discount" label:"Discount" min:"0" help:"In the currency's smallest unit."`
	Tax        int64        `json:"tax" label:"Tax" min:"0" help:"What is added to the items as tax."`
	Currency   string       `json:"currency" label:"Currency" example:"USD" help:"Leave empty for the workspace's currency."`
	ExternalID string       `json:"external_id" label:"External ID" example:"{{ trigger.body.id }}" help:"The ID of the order where it was made. One that is known is not recorded again."`
	Access     bool         `json:"access" label:"Give access" default:"true" no_map:"true"`
	Coupon     string       `json:"coupon" label:"Coupon" advanced:"true"`
}

// ItemParams is one offer of an order.
type ItemParams struct {
	Offer       nodes.Ref `json:"offer" label:"Offer" ref:"offer" required:"true"`
	Amount      int64     `json:"amount" label:"Amount" min:"0" help:"For the whole quantity, before discount and tax."`
	Quantity    int       `json:"quantity" label:"Quantity" min:"0" help:"Leave empty for one."`
	PaymentType string    `json:"payment_type" label:"Paid" options:"one_time=At once,subscription=Subscription,payment_plan=Payment plan,free=Free" default:"one_time"`
}

func recordOrder(tx nodes.Tx, call *nodes.Call, p OrderParams) (any, error) {
	c, err := call.NeedContact()
	if err != nil {
		return nil, err
	}
	in := crm.SaleInput{
		ContactID: c.ID, Order: true, Cart: p.Cart, Discount: p.Discount, Tax: p.Tax, Currency: p.Currency, Coupon: p.Coupon,
		ExternalID: p.ExternalID, NoAccess: !p.Access, RunID: call.RunID,
	}
	for _, it := range p.Items {
		in.Lines = append(in.Lines, crm.Line{Offer: string(it.Offer), Amount: it.Amount, Quantity: it.Quantity, Type: it.PaymentType})
	}
	sale, err := crm.Sell(tx, in)
	if err != nil {
		return nil, err
	}
	if sale.Already {
		call.Warn(again)
	}
	payments := make([]any, len(sale.Payments))
	for i, one := range sale.Payments {
		payments[i] = one.ID
	}
	return map[string]any{"order_id": sale.Order.ID, "payments": payments, "already_recorded": sale.Already}, nil
}
