package storage

import (
	"context"
	"strings"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

// ListContacts lists contacts with their tags, from the newest.
func (s *Store) ListContacts(ctx context.Context, workspace string, by engine.ContactFilter, p engine.Page) (engine.List[crm.Contact], error) {
	on, err := s.readLong(ctx, workspace)
	if err != nil {
		return engine.List[crm.Contact]{}, err
	}
	f := where(workspace)
	f.and("erased_at = 0")
	if by.Email != "" {
		f.and("email = ? AND email <> ''", by.Email)
	}
	if by.Tag != "" {
		f.and(`id IN (SELECT contact_id FROM contact_tags WHERE workspace_id = ? AND tag_id <> '' AND tag_id IN (
			SELECT id FROM tags WHERE workspace_id = ? AND (key = ? OR id = ?)))`, workspace, workspace, tagKey(by.Tag), by.Tag)
	}
	if by.Query != "" {
		f.and(`search LIKE ? ESCAPE '\'`, "%"+likeText(strings.ToLower(strings.TrimSpace(by.Query)))+"%")
	}
	list, err := page(on, `SELECT `+contactColumns+` FROM contacts`, f, p, readContact, func(c crm.Contact) string { return c.ID })
	if err != nil {
		return list, err
	}
	return list, on.tagged(workspace, list.Items)
}

// likeText keeps the signs of LIKE from meaning anything.
func likeText(text string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text)
}
