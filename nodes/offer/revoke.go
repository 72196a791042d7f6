package offer

import (
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.Internal[RevokeParams]{Meta: nodes.Meta{
		Type: "offer.revoke", Version: 1, Name: "Revoke offer", Group: group, Icon: "gift-off",
		Summary: "Take the contact's access to an offer away.",
		Card:    "{offer}", Contact: nodes.ContactRequired,
		Sample: map[string]any{"revoked": true},
	}, Run: revoke})
}

// RevokeParams name the offer.
type RevokeParams struct {
	Offer nodes.Ref `json:"offer" label:"Offer" ref:"offer" required:"true" help:"Choose an offer, or map its ID or exact title."`
}

func revoke(tx nodes.Tx, call *nodes.Call, p RevokeParams) (any, error) {
	c, err := call.NeedContact()
	if err != nil {
		return nil, err
	}
	result, err := crm.RevokeOffer(tx, c, string(p.Offer))
	if err != nil {
		return nil, err
	}
	if !result.Revoked {
		call.Warn("The contact had no access to " + result.Offer.Title + ".")
	}
	return map[string]any{"revoked": result.Revoked}, nil
}
