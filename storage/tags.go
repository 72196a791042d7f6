package storage

import (
	"errors"
	"strings"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

var (
	selectTagByKey = q(`SELECT id, number, name, created_at FROM tags WHERE workspace_id = ? AND key = ? AND key <> ''`)
	insertTag      = q(`INSERT INTO tags (workspace_id, id, number, name, key, created_at) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT DO NOTHING`)
	insertContactTag = q(`INSERT INTO contact_tags (workspace_id, contact_id, tag_id, added_at)
		SELECT ?, id, ?, ? FROM contacts WHERE workspace_id = ? AND id = ? AND erased_at = 0 ON CONFLICT DO NOTHING`)
	deleteContactTag = q(`DELETE FROM contact_tags WHERE workspace_id = ? AND contact_id = ? AND tag_id = ?`)
)

func readTag(row scanner) (t crm.Tag, err error) {
	var created int64
	err = row.Scan(&t.ID, &t.Number, &t.Name, &created)
	t.CreatedAt = timeOf(created)
	return t, err
}

// tagKey is what makes two names the same tag.
func tagKey(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

func (t *tx) tagByName(name string) (crm.Tag, error) {
	return first(t.session, selectTagByKey, []any{t.workspace, tagKey(name)}, readTag)
}

// ensureTag finds a tag by its name, ignoring case, or makes it.
func (t *tx) ensureTag(name string) (crm.Tag, error) {
	tag, err := t.tagByName(name)
	if !errors.Is(err, errNotFound) {
		return tag, err
	}
	number, err := t.number("tags")
	if err != nil {
		return tag, err
	}
	_, err = t.exec(insertTag, t.workspace, engine.NewID("tag"), number, strings.TrimSpace(name), tagKey(name), micros(t.at))
	if err != nil {
		return tag, err
	}
	// Another transaction may have made it first.
	return t.tagByName(name)
}

// TagContact adds a tag, see crm.Tx.
func (t *tx) TagContact(contactID, name string) (crm.Tag, bool, error) {
	if tagKey(name) == "" {
		return crm.Tag{}, false, errBlankTag
	}
	tag, err := t.ensureTag(name)
	if err != nil {
		return tag, false, err
	}
	n, err := t.exec(insertContactTag, t.workspace, tag.ID, micros(t.at), t.workspace, contactID)
	return tag, n > 0, err
}

// UntagContact removes a tag, see crm.Tx. The tag is empty when there is none of
// that name.
func (t *tx) UntagContact(contactID, name string) (crm.Tag, bool, error) {
	tag, err := t.tagByName(name)
	if errors.Is(err, errNotFound) {
		return crm.Tag{}, false, nil
	}
	if err != nil {
		return tag, false, err
	}
	n, err := t.exec(deleteContactTag, t.workspace, contactID, tag.ID)
	return tag, n > 0, err
}

var errBlankTag = &crm.Rejected{Field: "name", Code: "blank", Message: "A tag can't be blank."}
