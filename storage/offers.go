package storage

import (
	"context"
	"errors"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

const offerColumns = `o.id, o.number, o.title, o.created_at`

var (
	selectOffer        = q(`SELECT ` + offerColumns + ` FROM offers o WHERE o.workspace_id = ? AND o.id = ? AND o.deleted_at = 0`)
	selectOfferByTitle = q(`SELECT ` + offerColumns + ` FROM offers o WHERE o.workspace_id = ? AND o.title = ? AND o.title <> '' AND o.deleted_at = 0 ORDER BY o.id LIMIT 1`)

	selectOffersOfContact = q(`SELECT ` + offerColumns + ` FROM grants g JOIN offers o ON o.workspace_id = g.workspace_id AND o.id = g.offer_id
		WHERE g.workspace_id = ? AND g.contact_id = ? AND g.contact_id <> '' AND g.revoked_at = 0 ORDER BY g.granted_at, g.id`)

	selectProductsOf = qIn(`SELECT x.offer_id, p.id, p.title FROM offer_products x
		JOIN products p ON p.workspace_id = x.workspace_id AND p.id = x.product_id
		WHERE x.workspace_id = ? AND x.offer_id IN`, ` ORDER BY x.position`)

	selectActiveGrant = q(`SELECT id, contact_id, offer_id, granted_at, revoked_at, run_id FROM grants
		WHERE workspace_id = ? AND contact_id = ? AND contact_id <> '' AND offer_id = ? AND revoked_at = 0 $update`)
	insertGrant = q(`INSERT INTO grants (workspace_id, id, contact_id, offer_id, granted_at, run_id) VALUES (?, ?, ?, ?, ?, ?)`)
	revokeGrant = q(`UPDATE grants SET revoked_at = ? WHERE workspace_id = ? AND id = ? AND revoked_at = 0`)
)

func readOffer(row scanner) (o crm.Offer, err error) {
	var created int64
	err = row.Scan(&o.ID, &o.Number, &o.Title, &created)
	o.CreatedAt, o.Products = timeOf(created), []crm.Product{}
	return o, err
}

// stocked fills the products of offers in.
func (s session) stocked(workspace string, offers []crm.Offer) error {
	at := make(map[string]int, len(offers))
	ids := make([]string, len(offers))
	for i := range offers {
		ids[i], at[offers[i].ID] = offers[i].ID, i
	}
	return eachIn(s, selectProductsOf, []any{workspace}, ids, func(row scanner) error {
		var offer string
		var p crm.Product
		if err := row.Scan(&offer, &p.ID, &p.Title); err != nil {
			return err
		}
		o := &offers[at[offer]]
		o.Products = append(o.Products, p)
		return nil
	})
}

func (s session) offer(workspace, ref string) (crm.Offer, error) {
	o, err := first(s, selectOffer, []any{workspace, ref}, readOffer)
	if errors.Is(err, errNotFound) {
		o, err = first(s, selectOfferByTitle, []any{workspace, ref}, readOffer)
	}
	if err != nil {
		return o, err
	}
	one := []crm.Offer{o}
	err = s.stocked(workspace, one)
	return one[0], err
}

// Offer finds an offer by id, or else by its exact title; of several the oldest.
func (t *tx) Offer(ref string) (crm.Offer, error) { return t.offer(t.workspace, ref) }

// ContactOffers returns the offers that a contact has active access to, in the
// order of granting.
func (s *Store) ContactOffers(ctx context.Context, workspace, contactID string) ([]crm.Offer, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return nil, err
	}
	offers, err := all(on, selectOffersOfContact, []any{workspace, contactID}, readOffer)
	if err != nil {
		return nil, err
	}
	return offers, on.stocked(workspace, offers)
}

func readGrant(row scanner) (g crm.Grant, err error) {
	var granted, revoked int64
	err = row.Scan(&g.ID, &g.ContactID, &g.OfferID, &granted, &revoked, &g.RunID)
	g.GrantedAt, g.RevokedAt = timeOf(granted), timeOf(revoked)
	return g, err
}

// ActiveGrant finds a contact's access to an offer, see crm.Tx.
func (t *tx) ActiveGrant(contactID, offerID string) (crm.Grant, error) {
	return first(t.session, selectActiveGrant, []any{t.workspace, contactID, offerID}, readGrant)
}

// InsertGrant stores an active grant, see crm.Tx; a *crm.Conflict when there is
// one already.
func (t *tx) InsertGrant(g *crm.Grant) error {
	g.ID, g.GrantedAt = engine.NewID("grt"), t.at
	_, err := t.exec(insertGrant, t.workspace, g.ID, g.ContactID, g.OfferID, micros(t.at), g.RunID)
	return err
}

// RevokeGrant ends a grant at Now; engine.ErrNotFound when it is not active.
func (t *tx) RevokeGrant(grantID string) error {
	n, err := t.exec(revokeGrant, micros(t.at), t.workspace, grantID)
	if err == nil && n == 0 {
		return errNotFound
	}
	return err
}
