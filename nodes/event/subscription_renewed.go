package event

import (
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.EventTrigger[SubscriptionParams]{Meta: nodes.Meta{
		Type: "subscription.renewed", Version: 1, Name: "Subscription renewed", Group: group, Icon: "refresh",
		Summary: "Start when a subscription goes on for another term.",
		Card:    "{offers}", Contact: nodes.ContactProvides,
		Sample: sample(crm.SubscriptionRenewed, map[string]any{"subscription": sampleSubscription.Plain(), "offer": sampleOffer}),
	}, Event: crm.SubscriptionRenewed, Match: subscriptionRenewed})
}

func subscriptionRenewed(p SubscriptionParams, e crm.Event) bool {
	return anyOffers(p.Offers, e)
}
