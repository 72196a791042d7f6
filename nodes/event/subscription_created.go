package event

import (
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.EventTrigger[SubscriptionParams]{Meta: nodes.Meta{
		Type: "subscription.created", Version: 1, Name: "Subscription created", Group: group, Icon: "repeat",
		Summary: "Start when somebody subscribes.",
		Card:    "{offers}", Contact: nodes.ContactProvides,
		Sample: sample(crm.SubscriptionCreated, map[string]any{"subscription": sampleSubscription.Plain(), "offer": sampleOffer}),
	}, Event: crm.SubscriptionCreated, Match: subscriptionCreated})
}

// SubscriptionParams narrow down which subscriptions start a run.
type SubscriptionParams struct {
	Offers []nodes.Ref `json:"offers" label:"Only these offers" ref:"offer" help:"Leave empty for every offer." no_map:"true"`
}

func subscriptionCreated(p SubscriptionParams, e crm.Event) bool {
	return anyOffers(p.Offers, e)
}
