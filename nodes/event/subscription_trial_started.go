package event

import (
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.EventTrigger[SubscriptionParams]{Meta: nodes.Meta{
		Type: "subscription.trial_started", Version: 1, Name: "Trial started", Group: group, Icon: "hourglass-low",
		Summary: "Start when a subscription begins with a trial.",
		Card:    "{offers}", Contact: nodes.ContactProvides,
		Sample: sample(crm.SubscriptionTrialStarted, map[string]any{"subscription": sampleSubscription.Plain(), "offer": sampleOffer}),
	}, Event: crm.SubscriptionTrialStarted, Match: subscriptionTrialStarted})
}

func subscriptionTrialStarted(p SubscriptionParams, e crm.Event) bool {
	return anyOffers(p.Offers, e)
}
