package sale

import (
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.Internal[SubscriptionParams]{Meta: nodes.Meta{
		Type: "subscription.record", Version: 1, Name: "Record subscription", Group: group, Icon: "repeat",
		Summary: "Record that a subscription began, was renewed, left its trial or was canceled elsewhere.",
		Card:    "{change}",
		Sample:  map[string]any{"subscription": sampleSubscription(), "changed": true},
	}, Run: recordSubscription})
}

// SubscriptionParams say what became of a subscription.
type SubscriptionParams struct {
	Change     string    `json:"change" label:"What happened" options:"created=It began,trial_started=It began with a trial,trial_ended=Its trial ended,renewed=It was renewed,canceled=It was canceled" default:"created"`
	ExternalID string    `json:"external_id" label:"Subscription" required:"true" example:"{{ trigger.body.subscription }}" help:"Its ID where it was made, by which later steps and payments find it."`
	Offer      nodes.Ref `json:"offer" label:"Offer" ref:"offer" show_if:"change=created|trial_started" help:"Choose an offer, or map its ID or exact title."`
	Amount     int64     `json:"amount" label:"Amount" min:"0" show_if:"change=created|trial_started" help:"What is due each time, in the currency's smallest unit."`
	Currency   string    `json:"currency" label:"Currency" show_if:"change=created|trial_started" help:"Leave empty for the workspace's currency."`
	Interval   string    `json:"interval" label:"Renews each" options:"day,week,month,year" show_if:"change=created|trial_started"`
	Reason     string    `json:"reason" label:"Reason" show_if:"change=canceled"`
}

func recordSubscription(tx nodes.Tx, call *nodes.Call, p SubscriptionParams) (any, error) {
	var sub crm.Subscription
	var changed bool
	var err error
	if p.Change == "created" || p.Change == "trial_started" {
		c, needs := call.NeedContact()
		if needs != nil {
			return nil, needs
		}
		var already bool
		sub, already, err = crm.StartSubscription(tx, crm.SubscriptionInput{
			ContactID: c.ID, Offer: string(p.Offer), Amount: p.Amount, Currency: p.Currency, Interval: p.Interval,
			Trial: p.Change == "trial_started", ExternalID: p.ExternalID, RunID: call.RunID,
		})
		changed = !already
	} else {
		sub, changed, err = crm.ChangeSubscription(tx, p.ExternalID, p.Change, p.Reason)
	}
	if err != nil {
		return nil, err
	}
	if !changed {
		call.Warn("The subscription was so before, so nothing was changed.")
	}
	return map[string]any{"subscription": sub.Plain(), "changed": changed}, nil
}
