package event

import (
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.EventTrigger[SaleParams]{Meta: nodes.Meta{
		Type: "order.chargeback", Version: 1, Name: "Chargeback", Group: group, Icon: "arrow-back-up",
		Summary: "Start when a bank takes a payment back.",
		Card:    "{offers}", Contact: nodes.ContactProvides,
		Sample: refunded(crm.OrderChargeback),
	}, Event: crm.OrderChargeback, Match: orderChargeback})
}

func orderChargeback(p SaleParams, e crm.Event) bool {
	return p.match(e, "refund", "amount")
}
