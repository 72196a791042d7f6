package storage

import (
	"context"
	"slices"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

const eventColumns = `id, type, contact_id, data, cause_run, depth, occurred_at`

// ListContactEvents lists what happened to a contact, from the newest, as long
// as events are kept.
func (s *Store) ListContactEvents(ctx context.Context, workspace, contactID string, p engine.Page) (engine.List[crm.Event], error) {
	on, err := s.readLong(ctx, workspace)
	if err != nil {
		return engine.List[crm.Event]{}, err
	}
	f := where(workspace)
	f.and("contact_id = ? AND contact_id <> ''", contactID)
	return page(on, `SELECT `+eventColumns+` FROM events`, f, p, readEvent, func(e crm.Event) string { return e.ID })
}

var selectProductsOfContacts = qIn(`SELECT g.contact_id, p.id, p.title FROM grants g
	JOIN offer_products x ON x.workspace_id = g.workspace_id AND x.offer_id = g.offer_id
	JOIN products p ON p.workspace_id = x.workspace_id AND p.id = x.product_id
	WHERE g.workspace_id = ? AND g.revoked_at = 0 AND g.contact_id <> '' AND g.contact_id IN`, ` ORDER BY g.granted_at, g.id, x.position`)

// ContactProducts returns the products that contacts have access to by any
// active grant, each once, by the contact's id. Contacts without are absent.
func (s *Store) ContactProducts(ctx context.Context, workspace string, contactIDs []string) (map[string][]crm.Product, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return nil, err
	}
	open := map[string][]crm.Product{}
	err = eachIn(on, selectProductsOfContacts, []any{workspace}, contactIDs, func(row scanner) error {
		var contact string
		var p crm.Product
		if err := row.Scan(&contact, &p.ID, &p.Title); err != nil {
			return err
		}
		if !slices.Contains(open[contact], p) {
			open[contact] = append(open[contact], p)
		}
		return nil
	})
	return open, err
}
