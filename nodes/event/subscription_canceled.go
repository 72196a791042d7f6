package event

import (
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.EventTrigger[SubscriptionParams]{Meta: nodes.Meta{
		Type: "subscription.canceled", Version: 1, Name: "Subscription canceled", Group: group, Icon: "repeat-off",
		Summary: "Start when a subscription ends.",
		Card:    "{offers}", Contact: nodes.ContactProvides,
		Sample: sample(crm.SubscriptionCanceled, map[string]any{"subscription": sampleSubscription.Plain(), "offer": sampleOffer}),
	}, Event: crm.SubscriptionCanceled, Match: subscriptionCanceled})
}

func subscriptionCanceled(p SubscriptionParams, e crm.Event) bool {
	return anyOffers(p.Offers, e)
}
