package storage

import (
	"context"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

var (
	insertOffer = q(`INSERT INTO offers (workspace_id, id, number, title, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)`)
	updateOffer = q(`UPDATE offers SET title = ?, updated_at = ? WHERE workspace_id = ? AND id = ? AND deleted_at = 0`)
	deleteOffer = q(`UPDATE offers SET deleted_at = ? WHERE workspace_id = ? AND id = ? AND deleted_at = 0`)

	selectProduct        = q(`SELECT id, title FROM products WHERE workspace_id = ? AND id = ?`)
	selectProductByTitle = q(`SELECT id, title FROM products WHERE workspace_id = ? AND title = ?`)
	insertProduct        = q(`INSERT INTO products (workspace_id, id, title, created_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`)
	insertOfferProduct   = q(`INSERT INTO offer_products (workspace_id, offer_id, product_id, position) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`)
	deleteOfferProducts  = q(`DELETE FROM offer_products WHERE workspace_id = ? AND offer_id = ?`)
)

// CreateOffer stores a new offer and fills ID, Number and CreatedAt in. Products
// are named by id, or by title, which makes those that are new.
func (s *Store) CreateOffer(ctx context.Context, workspace string, o *crm.Offer) error {
	return s.changeOffer(ctx, workspace, o, (*tx).insertOffer)
}

// insertOffer stores a new offer without its products.
func (t *tx) insertOffer(o *crm.Offer) error {
	number, err := t.number("offers")
	if err != nil {
		return err
	}
	o.ID, o.Number, o.CreatedAt = engine.NewID("off"), number, t.at
	at := micros(t.at)
	if _, err = t.exec(insertOffer, t.workspace, o.ID, number, o.Title, at, at); err != nil {
		return err
	}
	return t.giveAddress(o.ID)
}

// UpdateOffer stores an offer's title and products; engine.ErrNotFound when
// there is no such offer.
func (s *Store) UpdateOffer(ctx context.Context, workspace string, o *crm.Offer) error {
	return s.changeOffer(ctx, workspace, o, func(t *tx, o *crm.Offer) error {
		n, err := t.exec(updateOffer, o.Title, micros(t.at), workspace, o.ID)
		if err == nil && n == 0 {
			return errNotFound
		}
		return err
	})
}

func (s *Store) changeOffer(ctx context.Context, workspace string, o *crm.Offer, store func(*tx, *crm.Offer) error) error {
	var stored crm.Offer
	err := s.within(ctx, workspace, func(t *tx) error {
		changed := *o
		if err := store(t, &changed); err != nil {
			return err
		}
		if err := t.setProducts(changed.ID, changed.Products); err != nil {
			return err
		}
		var err error
		stored, err = t.offer(workspace, changed.ID)
		return err
	})
	if err == nil {
		*o = stored
	}
	return err
}

func (t *tx) setProducts(offerID string, products []crm.Product) error {
	if _, err := t.exec(deleteOfferProducts, t.workspace, offerID); err != nil {
		return err
	}
	for i, p := range products {
		known, err := t.product(p)
		if err != nil {
			return err
		}
		if _, err := t.exec(insertOfferProduct, t.workspace, offerID, known.ID, i); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) product(p crm.Product) (crm.Product, error) {
	read := func(row scanner) (p crm.Product, err error) { return p, row.Scan(&p.ID, &p.Title) }
	if p.ID != "" {
		return first(t.session, selectProduct, []any{t.workspace, p.ID}, read)
	}
	if _, err := t.exec(insertProduct, t.workspace, engine.NewID("prd"), p.Title, micros(t.at)); err != nil {
		return p, err
	}
	return first(t.session, selectProductByTitle, []any{t.workspace, p.Title}, read)
}

// DeleteOffer takes an offer out of use; grants of it stay in history, active
// ones are revoked. engine.ErrNotFound when there is no such offer.
func (s *Store) DeleteOffer(ctx context.Context, workspace, id string) error {
	return s.within(ctx, workspace, func(t *tx) error {
		n, err := t.exec(deleteOffer, micros(t.at), workspace, id)
		if err != nil {
			return err
		}
		if n == 0 {
			return errNotFound
		}
		_, err = t.exec(revokeOfferGrants, micros(t.at), workspace, id)
		return err
	})
}

var revokeOfferGrants = q(`UPDATE grants SET revoked_at = ? WHERE workspace_id = ? AND offer_id = ? AND offer_id <> '' AND revoked_at = 0`)

// Offer returns an offer with its products.
func (s *Store) Offer(ctx context.Context, workspace, id string) (crm.Offer, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return crm.Offer{}, err
	}
	o, err := first(on, selectOffer, []any{workspace, id}, readOffer)
	if err != nil {
		return o, err
	}
	one := []crm.Offer{o}
	err = on.stocked(workspace, one)
	return one[0], err
}

// ListOffers lists offers with their products, from the newest.
func (s *Store) ListOffers(ctx context.Context, workspace string, p engine.Page) (engine.List[crm.Offer], error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return engine.List[crm.Offer]{}, err
	}
	f := where(workspace)
	f.and("deleted_at = 0")
	list, err := page(on, `SELECT id, number, title, created_at FROM offers`, f, p, readOffer, func(o crm.Offer) string { return o.ID })
	if err != nil {
		return list, err
	}
	return list, on.stocked(workspace, list.Items)
}

// Grant returns a grant, active or not.
func (s *Store) Grant(ctx context.Context, workspace, id string) (crm.Grant, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return crm.Grant{}, err
	}
	return first(on, selectGrant, []any{workspace, id}, readGrant)
}

const grantColumns = `id, contact_id, offer_id, granted_at, revoked_at, run_id`

var selectGrant = q(`SELECT ` + grantColumns + ` FROM grants WHERE workspace_id = ? AND id = ?`)

// ListGrants lists grants from the newest.
func (s *Store) ListGrants(ctx context.Context, workspace string, by engine.GrantFilter, p engine.Page) (engine.List[crm.Grant], error) {
	on, err := s.readLong(ctx, workspace)
	if err != nil {
		return engine.List[crm.Grant]{}, err
	}
	f := where(workspace)
	f.andIf("contact_id = ? AND contact_id <> '' AND id <> ''", by.ContactID)
	f.andIf("offer_id = ? AND offer_id <> ''", by.OfferID)
	if by.Active != nil && *by.Active {
		f.and("revoked_at = 0")
	} else if by.Active != nil {
		f.and("revoked_at <> 0")
	}
	return page(on, `SELECT `+grantColumns+` FROM grants`, f, p, readGrant, func(g crm.Grant) string { return g.ID })
}

var selectProducts = q(`SELECT id, title FROM products WHERE workspace_id = ? ORDER BY id LIMIT 10000`)

// Products returns the products of a workspace, oldest first, 10,000 at most.
func (s *Store) Products(ctx context.Context, workspace string) ([]crm.Product, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return nil, err
	}
	return all(on, selectProducts, []any{workspace}, readProduct)
}
