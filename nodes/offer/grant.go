// Package offer holds the node types that give access to offers and take it away.
package offer

import (
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.Internal[GrantParams]{Meta: nodes.Meta{
		Type: "offer.grant", Version: 1, Name: "Grant offer", Group: group, Icon: "gift",
		Summary: "Give the contact access to an offer and all its products.",
		Card:    "{offer} · {send_email}", Contact: nodes.ContactRequired,
		Sample: map[string]any{"grant_id": "grt_0197c2a4", "already_granted": false, "email": crm.ConfirmQueued},
	}, Run: grant})
}

const group = "Offers"

// GrantParams name the offer.
type GrantParams struct {
	Offer     nodes.Ref `json:"offer" label:"Offer" ref:"offer" required:"true" help:"Choose an offer, or map its ID or exact title."`
	SendEmail string    `json:"send_email" label:"Welcome e-mail" options:"never=No e-mail,if_subscribed=If subscribed,always=Always" default:"if_subscribed" no_map:"true"`
}

func grant(tx nodes.Tx, call *nodes.Call, p GrantParams) (any, error) {
	c, err := call.NeedContact()
	if err != nil {
		return nil, err
	}
	result, err := crm.GrantOffer(tx, c, string(p.Offer), call.RunID)
	if err != nil {
		return nil, err
	}
	email, err := crm.ConfirmGrant(tx, c, result, p.SendEmail, call.Path)
	if err != nil {
		return nil, err
	}
	if email == crm.ConfirmUnsubscribed || email == crm.ConfirmNoAddress {
		call.Warn("The welcome e-mail was " + email + ".")
	}
	return map[string]any{"grant_id": result.Grant.ID, "already_granted": result.Already, "email": email}, nil
}
