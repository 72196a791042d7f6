package event

import (
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.EventTrigger[OrderRefundedParams]{Meta: nodes.Meta{
		Type: "order.refunded", Version: 1, Name: "Order refunded", Group: group, Icon: "receipt-refund",
		Summary: "Start when money is given back, wholly or in part, also of a payment without an order.",
		Card:    "", Contact: nodes.ContactProvides,
		Sample: refunded(crm.OrderRefunded),
	}, Event: crm.OrderRefunded, Match: orderRefunded})
}

// OrderRefundedParams narrow down which refunds start a run.
type OrderRefundedParams struct {
	Offers    []nodes.Ref `json:"offers" label:"Only these offers" ref:"offer" help:"Leave empty for every offer. Of several offers one is enough." no_map:"true"`
	Full      bool        `json:"full" label:"Only when everything is given back" no_map:"true"`
	MinAmount *int64      `json:"min_amount" label:"Only from this amount" min:"0" example:"4900" help:"In the currency's smallest unit: 4900 is 49.00." no_map:"true" advanced:"true"`
	Currency  string      `json:"currency" label:"Only in this currency" example:"USD" no_map:"true" advanced:"true"`
}

func orderRefunded(p OrderRefundedParams, e crm.Event) bool {
	full, _ := object(e, "refund")["full"].(bool)
	return (full || !p.Full) && SaleParams{p.Offers, p.MinAmount, p.Currency}.match(e, "refund", "amount")
}
