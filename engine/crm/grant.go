package crm

import (
	"errors"
	"strings"
)

// GrantResult is what Grant did.
type GrantResult struct {
	Grant Grant
	Offer Offer
	// Already is true when the contact had access before; Grant is that one and
	// nothing was changed.
	Already bool
}

// GrantOffer gives a contact access to an offer, named by id or exact title, and
// raises offer.granted. A second grant changes nothing. runID is the run that
// grants, "" for people and the API.
func GrantOffer(tx Tx, c Contact, offer, runID string) (GrantResult, error) {
	o, err := findOffer(tx, offer)
	if err != nil {
		return GrantResult{}, err
	}
	active, err := tx.ActiveGrant(c.ID, o.ID)
	if err == nil {
		return GrantResult{Grant: active, Offer: o, Already: true}, nil
	}
	if !errors.Is(err, ErrNotFound) {
		return GrantResult{}, err
	}
	g := Grant{ContactID: c.ID, OfferID: o.ID, GrantedAt: tx.Now(), RunID: runID}
	if err := tx.InsertGrant(&g); err != nil {
		return GrantResult{}, err
	}
	return GrantResult{Grant: g, Offer: o}, emitGrant(tx, OfferGranted, c, o, g)
}

// RevokeResult is what RevokeOffer did.
type RevokeResult struct {
	Offer Offer
	// Revoked is false when the contact had no access to take away; Grant is
	// zero then.
	Revoked bool
	Grant   Grant
}

// RevokeOffer takes a contact's access to an offer away, named by id or exact
// title, and raises offer.revoked. Without access it changes nothing.
func RevokeOffer(tx Tx, c Contact, offer string) (RevokeResult, error) {
	o, err := findOffer(tx, offer)
	if err != nil {
		return RevokeResult{}, err
	}
	g, err := tx.ActiveGrant(c.ID, o.ID)
	if errors.Is(err, ErrNotFound) {
		return RevokeResult{Offer: o}, nil
	}
	if err != nil {
		return RevokeResult{}, err
	}
	if err := tx.RevokeGrant(g.ID); err != nil {
		return RevokeResult{}, err
	}
	g.RevokedAt = tx.Now()
	return RevokeResult{Offer: o, Revoked: true, Grant: g}, emitGrant(tx, OfferRevoked, c, o, g)
}

func findOffer(tx Tx, ref string) (Offer, error) {
	ref = strings.TrimSpace(ref)
	if ref == "" {
		return Offer{}, rejected("offer", "blank", "No offer is named. Choose one, or map its id or exact title.")
	}
	o, err := tx.Offer(ref)
	if errors.Is(err, ErrNotFound) {
		return Offer{}, rejected("offer", "not_found", "There is no offer with the id or title %.80q. Check the spelling, or create the offer first.", ref)
	}
	return o, err
}

func emitGrant(tx Tx, event string, c Contact, o Offer, g Grant) error {
	return tx.Emit(Event{Type: event, ContactID: c.ID, Data: map[string]any{
		"offer": o.Plain(), "grant": g.Plain(), "contact": c.Plain(),
	}})
}
