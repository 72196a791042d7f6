package storage

import (
	"context"
	"strconv"
	"strings"
)

// byNumber and byOwnID are the look-ups of things by the number that Kajabi's API calls id.
var byNumber, byOwnID = map[string]*query{}, map[string]*query{}

func init() {
	for kind, alive := range map[string]string{
		"contacts": " AND erased_at = 0", "tags": "", "offers": " AND deleted_at = 0", "forms": " AND deleted_at = 0", "purchases": "",
	} {
		byNumber[kind] = q(`SELECT id, number FROM ` + kind + ` WHERE workspace_id = ? AND number = ?` + alive)
		byOwnID[kind] = q(`SELECT id, number FROM ` + kind + ` WHERE workspace_id = ? AND id = ?` + alive)
	}
	for kind, alive := range map[string]string{"products": "", "workflows": ""} {
		byOwnID[kind] = q(`SELECT id, 0 FROM ` + kind + ` WHERE workspace_id = ? AND id = ?` + alive)
	}
}

// Numbered finds a thing of a workspace by its id or its number: contacts, tags,
// offers, forms or purchases; products and workflows by id alone, and their number
// is 0. engine.ErrNotFound when there is none.
func (s *Store) Numbered(ctx context.Context, workspace, kind, ref string) (id string, number int64, err error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return "", 0, err
	}
	query, arg := byOwnID[kind], any(strings.TrimSpace(ref))
	if n, err := strconv.ParseInt(ref, 10, 64); err == nil {
		if query, arg = byNumber[kind], n; query == nil {
			return "", 0, errNotFound
		}
	}
	err = on.one(query, []any{workspace, arg}, func(row scanner) error { return row.Scan(&id, &number) })
	return id, number, err
}

// PageIDs lists the ids of contacts, tags, offers or forms from the oldest by the
// number of a page, which counts from 1, and tells how many there are. email
// narrows contacts.
func (s *Store) PageIDs(ctx context.Context, workspace, kind, email string, page, size int) (ids []string, total int64, err error) {
	on, err := s.readLong(ctx, workspace)
	if err != nil {
		return nil, 0, err
	}
	f := where(workspace)
	switch kind {
	case "contacts":
		f.and("erased_at = 0")
		if email != "" {
			f.and("email = ? AND email <> ''", email)
		}
	case "offers", "forms":
		f.and("deleted_at = 0")
	case "tags":
	default:
		return nil, 0, errNotFound
	}
	count := s.compose(`SELECT COUNT(*) FROM ` + kind + f.text.String())
	if total, err = first(on, count, f.args, func(row scanner) (n int64, err error) { return n, row.Scan(&n) }); err != nil {
		return nil, 0, err
	}
	part := s.compose(`SELECT id FROM ` + kind + f.text.String() + ` ORDER BY number LIMIT ? OFFSET ?`)
	ids, err = all(on, part, append(f.args, size, (page-1)*size), func(row scanner) (id string, err error) { return id, row.Scan(&id) })
	return ids, total, err
}
