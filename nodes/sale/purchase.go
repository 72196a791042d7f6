package sale

import (
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.Internal[PurchaseParams]{Meta: nodes.Meta{
		Type: "purchase.record", Version: 1, Name: "Record purchase", Group: group, Icon: "shopping-bag",
		Summary: "Record that the contact bought an offer elsewhere, with its first payment, and give access.",
		Card:    "{offer}", Contact: nodes.ContactRequired,
		Sample: map[string]any{"purchase_id": "pur_0197c2a4", "payment_id": "pay_0197c2a4", "subscription_id": nil, "already_recorded": false},
	}, Run: recordPurchase})
}

// PurchaseParams are what is known of the purchase.
type PurchaseParams struct {
	Offer       nodes.Ref `json:"offer" label:"Offer" ref:"offer" required:"true" help:"Choose an offer, or map its ID or exact title."`
	Amount      int64     `json:"amount" label:"Amount" min:"0" example:"{{ trigger.body.amount }}" help:"What was paid at once, in the currency's smallest unit: 4900 is 49.00."`
	Currency    string    `json:"currency" label:"Currency" example:"USD" help:"Leave empty for the workspace's currency."`
	PaymentType string    `json:"payment_type" label:"Paid" options:"one_time=At once,subscription=Subscription,payment_plan=Payment plan,free=Free" default:"one_time"`
	ExternalID  string    `json:"external_id" label:"External ID" example:"{{ trigger.body.id }}" help:"The ID of the purchase where it was made. One that is known is not recorded again."`
	Access      bool      `json:"access" label:"Give access" default:"true" no_map:"true"`
	Tax         int64     `json:"tax" label:"Tax" min:"0" help:"The part of the amount that is tax." advanced:"true"`
	Trial       bool      `json:"trial" label:"Begins with a free trial" help:"Nothing is paid now; the amount is due after the trial." show_if:"payment_type=subscription" advanced:"true"`
	Interval    string    `json:"interval" label:"Renews each" options:"day,week,month,year" show_if:"payment_type=subscription" advanced:"true"`
	Coupon      string    `json:"coupon" label:"Coupon" advanced:"true"`
	Source      string    `json:"source" label:"Source" example:"Newsletter" advanced:"true"`
}

func recordPurchase(tx nodes.Tx, call *nodes.Call, p PurchaseParams) (any, error) {
	c, err := call.NeedContact()
	if err != nil {
		return nil, err
	}
	in := crm.SaleInput{
		ContactID: c.ID, Currency: p.Currency, Coupon: p.Coupon, Source: p.Source, ExternalID: p.ExternalID, NoAccess: !p.Access, RunID: call.RunID,
		Lines: []crm.Line{{Offer: string(p.Offer), Type: p.PaymentType, Amount: p.Amount, Trial: p.Trial && p.PaymentType == crm.PaySubscription, Interval: p.Interval}},
	}
	if p.Tax > 0 && p.Tax <= p.Amount {
		in.Tax, in.Lines[0].Amount = p.Tax, p.Amount-p.Tax
	}
	sale, err := crm.Sell(tx, in)
	if err != nil {
		return nil, err
	}
	if sale.Already {
		call.Warn(again)
	}
	out := map[string]any{"purchase_id": nil, "payment_id": nil, "subscription_id": nil, "already_recorded": sale.Already}
	if len(sale.Purchases) > 0 {
		out["purchase_id"] = sale.Purchases[0].ID
	}
	if len(sale.Payments) > 0 {
		out["payment_id"] = sale.Payments[0].ID
	}
	if len(sale.Subscriptions) > 0 {
		out["subscription_id"] = sale.Subscriptions[0].ID
	}
	return out, nil
}
