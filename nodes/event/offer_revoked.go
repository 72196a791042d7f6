package event

import (
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.EventTrigger[OfferRevokedParams]{Meta: nodes.Meta{
		Type: "offer.revoked", Version: 1, Name: "Offer revoked", Group: group, Icon: "gift-off",
		Summary: "Start when a contact loses access to an offer.",
		Card:    "{offers}", Contact: nodes.ContactProvides,
		Sample: sample(crm.OfferRevoked, map[string]any{"offer": sampleOffer, "grant": sampleGrant()}),
	}, Event: crm.OfferRevoked, Match: offerRevoked})
}

// OfferRevokedParams narrow down which offers start a run.
type OfferRevokedParams struct {
	Offers []nodes.Ref `json:"offers" label:"Only these offers" ref:"offer" help:"Leave empty for every offer." no_map:"true"`
}

func offerRevoked(p OfferRevokedParams, e crm.Event) bool {
	return anyOffer(p.Offers, object(e, "offer"))
}
