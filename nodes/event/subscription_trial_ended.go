package event

import (
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.EventTrigger[SubscriptionParams]{Meta: nodes.Meta{
		Type: "subscription.trial_ended", Version: 1, Name: "Trial ended", Group: group, Icon: "hourglass-off",
		Summary: "Start when the trial of a subscription is over, paid or not.",
		Card:    "{offers}", Contact: nodes.ContactProvides,
		Sample: sample(crm.SubscriptionTrialEnded, map[string]any{"subscription": sampleSubscription.Plain(), "offer": sampleOffer}),
	}, Event: crm.SubscriptionTrialEnded, Match: subscriptionTrialEnded})
}

func subscriptionTrialEnded(p SubscriptionParams, e crm.Event) bool {
	return anyOffers(p.Offers, e)
}
