package crm

import (
	"errors"
	"time"
)

// SetPurchase takes a purchase out of use, or brings it back, and with it the
// access that it gives: it revokes the offer, or grants it. Its subscription goes
// on; see ChangeSubscription. ref is an id or external id. changed is false when
// it was so before. The error is a *Rejected or the transaction's.
func SetPurchase(tx Tx, ref string, active bool, reason, runID string) (p Purchase, changed bool, err error) {
	p, err = tx.Purchase(ref)
	if err := missingRef(err, "purchase", ref); err != nil {
		return p, false, err
	}
	if active == p.DeactivatedAt.IsZero() {
		return p, false, nil
	}
	if p.Reason, err = line("reason", reason); err != nil {
		return p, false, err
	}
	c, err := tx.Contact(p.ContactID)
	if errors.Is(err, ErrNotFound) {
		return p, false, rejected("purchase", "not_found", "The contact of this purchase was erased.")
	}
	if err != nil {
		return p, false, err
	}
	if active {
		p.DeactivatedAt = time.Time{}
		_, err = GrantOffer(tx, c, p.OfferID, runID)
	} else {
		p.DeactivatedAt = tx.Now()
		_, err = RevokeOffer(tx, c, p.OfferID)
	}
	if err != nil {
		return p, false, err
	}
	return p, true, tx.UpdatePurchase(&p)
}
