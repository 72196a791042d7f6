package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/value"
)

const contactColumns = `id, number, email, phone, external_user_id, name, first_name, last_name, company, address, timezone,
	source, date_of_birth, subscribed, fields, created_at, updated_at`

const selectContacts = `SELECT ` + contactColumns + ` FROM contacts WHERE workspace_id = ? AND erased_at = 0`

var (
	selectContact     = q(selectContacts + ` AND id = ?`)
	selectContactLock = q(selectContacts + ` AND id = ? $update`)

	// contactsBy finds the one contact of each kind of key. Workflows find a
	// contact to change it, so it is locked. Blank keys are no keys, which the
	// indexes need to hear.
	contactsBy = map[string]*query{
		"email":            q(selectContacts + ` AND email = ? AND email <> '' $update`),
		"phone":            q(selectContacts + ` AND phone = ? AND phone <> '' $update`),
		"external_user_id": q(selectContacts + ` AND external_user_id = ? AND external_user_id <> '' $update`),
	}
	contactsByField = q(selectContacts + ` AND id IN (SELECT contact_id FROM contact_keys
		WHERE workspace_id = ? AND key = ? AND value = ? AND value <> '') ORDER BY id LIMIT 100 $update`)

	insertContact = q(`INSERT INTO contacts (workspace_id, search, ` + contactColumns + `) VALUES (` + marks(19) + `)`)
	updateContact = q(`UPDATE contacts SET search = ?, email = ?, phone = ?, external_user_id = ?, name = ?, first_name = ?,
		last_name = ?, company = ?, address = ?, timezone = ?, source = ?, date_of_birth = ?, subscribed = ?, fields = ?, updated_at = ?
		WHERE workspace_id = ? AND id = ? AND erased_at = 0`)

	insertContactKey  = q(`INSERT INTO contact_keys (workspace_id, contact_id, key, value) VALUES (?, ?, ?, ?)`)
	deleteContactKeys = q(`DELETE FROM contact_keys WHERE workspace_id = ? AND contact_id = ?`)

	selectTagsOf = qIn(`SELECT c.contact_id, t.name FROM contact_tags c
		JOIN tags t ON t.workspace_id = c.workspace_id AND t.id = c.tag_id
		WHERE c.workspace_id = ? AND c.contact_id IN`, ` ORDER BY t.key`)
)

func readContact(row scanner) (c crm.Contact, err error) {
	var address, fields []byte
	var created, updated int64
	err = row.Scan(&c.ID, &c.Number, &c.Email, &c.Phone, &c.ExternalUserID, &c.Name, &c.FirstName, &c.LastName, &c.Company,
		&address, &c.Timezone, &c.Source, &c.DateOfBirth, &c.Subscribed, &fields, &created, &updated)
	if err != nil {
		return c, err
	}
	c.CreatedAt, c.UpdatedAt = timeOf(created), timeOf(updated)
	c.Tags, c.Fields = []string{}, map[string]any{}
	if err := decode(address, &c.Address); err != nil {
		return c, err
	}
	if len(fields) > 0 {
		c.Fields, err = decodeObject(fields)
	}
	return c, err
}

// tagged fills the tags of contacts in.
func (s session) tagged(workspace string, contacts []crm.Contact) error {
	at := make(map[string]int, len(contacts))
	ids := make([]string, len(contacts))
	for i := range contacts {
		ids[i], at[contacts[i].ID] = contacts[i].ID, i
	}
	return eachIn(s, selectTagsOf, []any{workspace}, ids, func(row scanner) error {
		var id, name string
		if err := row.Scan(&id, &name); err != nil {
			return err
		}
		c := &contacts[at[id]]
		c.Tags = append(c.Tags, name)
		return nil
	})
}

func (s session) contact(workspace, id string, query *query) (crm.Contact, error) {
	c, err := first(s, query, []any{workspace, id}, readContact)
	if err != nil {
		return c, err
	}
	one := []crm.Contact{c}
	err = s.tagged(workspace, one)
	return one[0], err
}

// Contact returns a contact with its tags; engine.ErrNotFound also for an erased
// one.
func (s *Store) Contact(ctx context.Context, workspace, id string) (crm.Contact, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return crm.Contact{}, err
	}
	return on.contact(workspace, id, selectContact)
}

// Contact reads a contact and locks it until the commit.
func (t *tx) Contact(id string) (crm.Contact, error) {
	return t.contact(t.workspace, id, selectContactLock)
}

// ContactsBy finds contacts by a normalised key, see crm.Tx.
func (t *tx) ContactsBy(key, value string) ([]crm.Contact, error) {
	if strings.TrimSpace(value) == "" {
		return nil, nil
	}
	query, args := contactsBy[key], []any{t.workspace, value}
	if field, ok := strings.CutPrefix(key, "field:"); ok {
		query, args = contactsByField, []any{t.workspace, t.workspace, field, fieldKey(value)}
	}
	if query == nil {
		return nil, fmt.Errorf("contacts cannot be found by %q", key)
	}
	list, err := all(t.session, query, args, readContact)
	if err != nil {
		return nil, err
	}
	return list, t.tagged(t.workspace, list)
}

// InsertContact stores a new contact, see crm.Tx. The error is a *crm.Conflict
// when another contact has its e-mail, phone or external_user_id, and a
// *crm.Rejected when the workspace may have no more contacts.
func (t *tx) InsertContact(c *crm.Contact) error {
	if err := t.mayAddContact(); err != nil {
		return err
	}
	number, err := t.number("contacts")
	if err != nil {
		return err
	}
	c.ID, c.Number, c.CreatedAt, c.UpdatedAt = engine.NewID("con"), number, t.at, t.at
	fields, err := encodeFields(c.Fields)
	if err != nil {
		return err
	}
	at := micros(t.at)
	_, err = t.exec(insertContact, t.workspace, searchText(c), c.ID, c.Number, c.Email, c.Phone, c.ExternalUserID, c.Name,
		c.FirstName, c.LastName, c.Company, encodeAddress(c.Address), c.Timezone, c.Source, c.DateOfBirth, c.Subscribed,
		bytesOrNull(fields), at, at)
	if err != nil {
		return err
	}
	return t.insertContactKeys(c)
}

// UpdateContact stores all but the tags, see crm.Tx. Errors are those of
// InsertContact, and engine.ErrNotFound.
func (t *tx) UpdateContact(c *crm.Contact) error {
	fields, err := encodeFields(c.Fields)
	if err != nil {
		return err
	}
	c.UpdatedAt = t.at
	n, err := t.exec(updateContact, searchText(c), c.Email, c.Phone, c.ExternalUserID, c.Name, c.FirstName, c.LastName, c.Company,
		encodeAddress(c.Address), c.Timezone, c.Source, c.DateOfBirth, c.Subscribed, bytesOrNull(fields), micros(t.at),
		t.workspace, c.ID)
	if err != nil {
		return err
	}
	if n == 0 {
		return errNotFound
	}
	if _, err := t.exec(deleteContactKeys, t.workspace, c.ID); err != nil {
		return err
	}
	return t.insertContactKeys(c)
}

func (t *tx) insertContactKeys(c *crm.Contact) error {
	for _, key := range slices.Sorted(maps.Keys(c.Fields)) {
		text := fieldKey(c.Fields[key])
		if text == "" {
			continue
		}
		if _, err := t.exec(insertContactKey, t.workspace, c.ID, key, text); err != nil {
			return err
		}
	}
	return nil
}

// keyLimit is how much of a field's text counts when contacts are looked up by
// it: an index entry must stay small.
const keyLimit = 500

// fieldKey is the form in which field values are looked up: text without the
// spaces around it and in lower case. Lists and objects have none.
func fieldKey(v any) string {
	var text string
	switch x := v.(type) {
	case string:
		text = x
	case bool, int, int64, float64, json.Number:
		text = fmt.Sprint(x)
		if encoded, err := value.Encode(x); err == nil {
			text = string(encoded)
		}
	}
	text = strings.ToLower(strings.TrimSpace(text))
	if len(text) > keyLimit {
		text = strings.ToValidUTF8(text[:keyLimit], "")
	}
	return text
}

func encodeFields(fields map[string]any) ([]byte, error) {
	if len(fields) == 0 {
		return nil, nil
	}
	text, err := value.Encode(fields)
	if err != nil {
		return nil, fmt.Errorf("contact fields: %w", err)
	}
	return text, nil
}

func encodeAddress(a crm.Address) any {
	if a == (crm.Address{}) {
		return nil
	}
	return mustEncode(a)
}

// searchText is what the search in the list of contacts looks at.
func searchText(c *crm.Contact) string {
	return strings.ToLower(strings.Join([]string{c.Email, c.Name, c.FirstName + " " + c.LastName, c.Phone, c.Company, c.ExternalUserID}, "\n"))
}
