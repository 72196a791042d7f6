package event

import (
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.EventTrigger[OfferGrantedParams]{Meta: nodes.Meta{
		Type: "offer.granted", Version: 1, Name: "Offer granted", Group: group, Icon: "gift",
		Summary: "Start when a contact gets access to an offer.",
		Card:    "{offers}", Contact: nodes.ContactProvides,
		Sample: sample(crm.OfferGranted, map[string]any{"offer": sampleOffer, "grant": sampleGrant()}),
	}, Event: crm.OfferGranted, Match: offerGranted})
}

// OfferGrantedParams narrow down which offers start a run.
type OfferGrantedParams struct {
	Offers []nodes.Ref `json:"offers" label:"Only these offers" ref:"offer" help:"Leave empty for every offer." no_map:"true"`
}

func offerGranted(p OfferGrantedParams, e crm.Event) bool {
	return anyOffer(p.Offers, object(e, "offer"))
}
