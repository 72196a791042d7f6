package storage

import (
	"context"

	"github.com/hookloom/hookloom/engine/brand"
	"github.com/hookloom/hookloom/engine/crm"
)

const brandColumns = `workspace_id, name, accent, logo, sender_name, sender_email, reply_to, domain, token, proved_at, checked_at, trouble`

var (
	listBrands = q(`SELECT ` + brandColumns + `, COALESCE((SELECT name FROM workspaces WHERE id = brands.workspace_id), '') FROM brands WHERE workspace_id = ''
		OR EXISTS (SELECT 1 FROM workspaces WHERE id = brands.workspace_id AND deleted_at = 0)`)
	putBrand = q(`INSERT INTO brands (` + brandColumns + `, updated_at) VALUES (` + marks(13) + `)
		ON CONFLICT (workspace_id) DO UPDATE SET name = excluded.name, accent = excluded.accent, logo = excluded.logo, sender_name = excluded.sender_name,
			sender_email = excluded.sender_email, reply_to = excluded.reply_to, domain = excluded.domain, token = excluded.token,
			proved_at = excluded.proved_at, checked_at = excluded.checked_at, trouble = excluded.trouble, updated_at = excluded.updated_at`)
	// freeDomains takes domains from deleted workspaces, so that others may have them.
	freeDomains = q(`UPDATE brands SET domain = '', proved_at = 0 WHERE domain = ? AND workspace_id <> ''
		AND NOT EXISTS (SELECT 1 FROM workspaces WHERE id = brands.workspace_id AND deleted_at = 0)`)
	domainOwner = q(`SELECT workspace_id FROM brands WHERE domain = ?`)
	selectBrand = q(`SELECT ` + brandColumns + ` FROM brands WHERE workspace_id = ? $update`)
	insertLogo  = q(`INSERT INTO logos (hash, type, body) VALUES (` + marks(3) + `) ON CONFLICT (hash) DO NOTHING`)
	selectLogo  = q(`SELECT hash, type, body FROM logos WHERE hash = ?`)
	dropLogos   = q(`DELETE FROM logos WHERE hash = ? AND NOT EXISTS (SELECT 1 FROM brands WHERE logo = logos.hash)`)
)

func readBrand(row scanner) (b brand.Brand, err error) {
	err = scanBrand(row, &b)
	return b, err
}

func readPlacedBrand(row scanner) (b brand.Brand, err error) {
	err = scanBrand(row, &b, &b.Place)
	return b, err
}

func scanBrand(row scanner, b *brand.Brand, further ...any) error {
	var proved, checked int64
	err := row.Scan(append([]any{
		&b.Workspace, &b.Name, &b.Accent, &b.Logo, &b.Sender.Name, &b.Sender.Email, &b.Sender.ReplyTo, &b.Domain, &b.Token,
		&proved, &checked, &b.Trouble,
	}, further...)...)
	b.ProvedAt, b.CheckedAt = timeOf(proved), timeOf(checked)
	return err
}

// Brands returns every brand of the installation but those of deleted workspaces, see
// brand.Store.
func (s *Store) Brands(ctx context.Context) ([]brand.Brand, error) {
	on, err := s.read(ctx, crossing)
	if err != nil {
		return nil, err
	}
	return all(on, listBrands, nil, readPlacedBrand)
}

// ChangeBrand reads the brand of a workspace, "" for the agency's, has change change
// it and stores it: all or nothing. One that is not there yet is the zero one. The
// error is change's, or a *crm.Conflict when the domain is somebody else's. logo is
// stored with it when it is not nil.
func (s *Store) ChangeBrand(ctx context.Context, workspace string, logo *brand.Logo, change func(*brand.Brand) error) (b brand.Brand, err error) {
	err = s.within(ctx, crossing, func(t *tx) error {
		list, err := all(t.session, selectBrand, []any{workspace}, readBrand)
		if err != nil {
			return err
		}
		b = brand.Brand{}
		if len(list) > 0 {
			b = list[0]
		}
		b.Workspace = workspace
		before := b.Logo
		if err := change(&b); err != nil {
			return err
		}
		if logo != nil {
			if _, err := t.exec(insertLogo, logo.Hash, logo.Type, logo.Body); err != nil {
				return err
			}
		}
		if err := t.putBrand(b); err != nil {
			return err
		}
		if before != b.Logo {
			_, err = t.exec(dropLogos, before)
		}
		return err
	})
	return b, err
}

func (t *tx) putBrand(b brand.Brand) error {
	if b.Domain != "" {
		if _, err := t.exec(freeDomains, b.Domain); err != nil {
			return err
		}
		owners, err := all(t.session, domainOwner, []any{b.Domain}, func(row scanner) (id string, err error) {
			err = row.Scan(&id)
			return id, err
		})
		if err != nil {
			return err
		}
		if len(owners) > 0 && owners[0] != b.Workspace {
			return &crm.Conflict{Field: "domain", Message: "This domain belongs to another workspace already."}
		}
	}
	_, err := t.exec(putBrand, b.Workspace, b.Name, b.Accent, b.Logo, b.Sender.Name, b.Sender.Email, b.Sender.ReplyTo, b.Domain, b.Token,
		micros(b.ProvedAt), micros(b.CheckedAt), b.Trouble, micros(t.at))
	return err
}

// Logo returns an image by its hash; engine.ErrNotFound when nobody uses it.
func (s *Store) Logo(ctx context.Context, hash string) (brand.Logo, error) {
	on, err := s.read(ctx, crossing)
	if err != nil {
		return brand.Logo{}, err
	}
	return first(on, selectLogo, []any{hash}, func(row scanner) (l brand.Logo, err error) {
		err = row.Scan(&l.Hash, &l.Type, &l.Body)
		return l, err
	})
}
