package sale

import (
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.Internal[PaymentParams]{Meta: nodes.Meta{
		Type: "payment.record", Version: 1, Name: "Record payment", Group: group, Icon: "credit-card",
		Summary: "Record a payment of the contact that was made elsewhere, or one that failed.",
		Card:    "{kind}", Contact: nodes.ContactRequired,
		Sample: map[string]any{"payment_id": "pay_0197c2a4", "purchases": []any{}, "already_recorded": false},
	}, Run: recordPayment})
}

// PaymentParams are what is known of the payment.
type PaymentParams struct {
	Offers       []nodes.Ref `json:"offers" label:"Offers" ref:"offer" help:"What was paid for; not needed with a subscription or order."`
	Amount       int64       `json:"amount" label:"Amount" min:"0" example:"{{ trigger.body.amount }}" help:"In the currency's smallest unit, tax included: 4900 is 49.00."`
	Currency     string      `json:"currency" label:"Currency" example:"USD" help:"Leave empty for the workspace's currency."`
	Kind         string      `json:"kind" label:"Kind" options:"one_time=Paid at once,first=First payment,instalment=Later payment" help:"The first payment of what is not recorded yet makes the purchase."`
	Failed       bool        `json:"failed" label:"It failed"`
	Reason       string      `json:"reason" label:"Why it failed" example:"{{ trigger.body.message }}" show_if:"failed=true"`
	ExternalID   string      `json:"external_id" label:"External ID" example:"{{ trigger.body.id }}" help:"The ID of the payment where it was made. One that is known is not recorded again."`
	Subscription string      `json:"subscription" label:"Subscription" help:"The ID or external ID of the subscription that it is a payment of." advanced:"true"`
	Purchase     string      `json:"purchase" label:"Purchase" help:"The ID or external ID of the purchase that it is a later payment of." advanced:"true"`
	Order        string      `json:"order" label:"Order" help:"The ID or external ID of the order that it is a payment of." advanced:"true"`
	Tax          int64       `json:"tax" label:"Tax" min:"0" help:"The part of the amount that is tax." advanced:"true"`
}

func recordPayment(tx nodes.Tx, call *nodes.Call, p PaymentParams) (any, error) {
	c, err := call.NeedContact()
	if err != nil {
		return nil, err
	}
	result, err := crm.RecordPayment(tx, crm.PaymentInput{
		ContactID: c.ID, Kind: p.Kind, Failed: p.Failed, Reason: p.Reason, Offers: titles(p.Offers), Amount: p.Amount, Tax: p.Tax,
		Currency: p.Currency, Purchase: p.Purchase, Order: p.Order, Subscription: p.Subscription, ExternalID: p.ExternalID, RunID: call.RunID,
	})
	if err != nil {
		return nil, err
	}
	if result.Already {
		call.Warn(again)
	}
	return map[string]any{
		"payment_id": result.Payment.ID, "purchases": plainPurchases(result.Purchases), "already_recorded": result.Already,
	}, nil
}
