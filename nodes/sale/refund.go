package sale

import (
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.Internal[RefundParams]{Meta: nodes.Meta{
		Type: "refund.record", Version: 1, Name: "Record refund", Group: group, Icon: "receipt-refund",
		Summary: "Record that a payment or order was refunded or charged back elsewhere. Access stays as it is.",
		Card:    "{kind}",
		Sample:  map[string]any{"amount": 4900, "order_id": "ord_0197c2a4", "contact_id": "con_0197c2a4", "already_recorded": false},
	}, Run: recordRefund})
}

// RefundParams name what is taken back.
type RefundParams struct {
	Payment string `json:"payment" label:"Payment" example:"{{ trigger.body.payment_intent }}" help:"The ID or external ID of the payment. Leave empty to name an order."`
	Order   string `json:"order" label:"Order" help:"The ID or external ID of the order, for all its payments."`
	Kind    string `json:"kind" label:"Kind" options:"refund,chargeback" default:"refund"`
	Amount  int64  `json:"amount" label:"Amount" min:"0" help:"In the currency's smallest unit; leave empty for all that is left." show_if:"kind=refund"`
	Reason  string `json:"reason" label:"Reason"`
}

// Validate reports a form that names nothing.
func (p RefundParams) Validate() []nodes.FieldProblem {
	if p.Payment != "" || p.Order != "" {
		return nil
	}
	return []nodes.FieldProblem{{Pointer: "/payment", Code: "required", Message: "Name a payment or an order."}}
}

func recordRefund(tx nodes.Tx, call *nodes.Call, p RefundParams) (any, error) {
	result, err := crm.Refund(tx, crm.RefundInput{Payment: p.Payment, Order: p.Order, Amount: p.Amount, Reason: p.Reason, Chargeback: p.Kind == "chargeback"})
	if err != nil {
		return nil, err
	}
	if result.Already {
		call.Warn("Everything was taken back before, so nothing was changed.")
	}
	var order any
	if result.Order != nil {
		order = result.Order.ID
	}
	return map[string]any{
		"amount": int(result.Amount), "order_id": order, "contact_id": result.Contact.ID, "already_recorded": result.Already,
	}, nil
}
