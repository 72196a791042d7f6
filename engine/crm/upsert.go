package crm

import (
	"errors"
	"fmt"
)

// UpsertInput is what is known of a contact. A blank value says nothing about
// its field and never overwrites; Clear names the fields to blank.
type UpsertInput struct {
	Email, Phone, ExternalUserID string
	// Name alone is split into first and last name; first and last name alone
	// make the name.
	Name, FirstName, LastName string
	Company, Source           string
	// Timezone is an IANA name and DateOfBirth YYYY-MM-DD.
	Timezone, DateOfBirth string
	Address               Address
	// Subscribed nil leaves it as it is; a new contact is not subscribed then.
	Subscribed *bool
	// Tags are added, never removed.
	Tags []string
	// Fields holds own fields by key or name; see FieldKey.
	Fields map[string]any
	// Clear names fields to blank: "phone", "address", "address.city",
	// "fields.plan" ... A field that has a value too gets the value.
	Clear []string
	// Strict rejects what would otherwise be left out with a warning: for people
	// and the API, who can mend it at once.
	Strict bool
}

// UpsertResult is what an Upsert or Update did.
type UpsertResult struct {
	// Contact is the contact as it is now, tags included.
	Contact Contact
	Created bool
	// Changed names the fields that changed: "email", "address.city",
	// "fields.plan". Tags are not among them.
	Changed []string
	// Warnings are sentences about values that were left out.
	Warnings []string
}

// Upsert creates a contact or updates the one that matches: by e-mail (ignoring
// case), else by phone (E.164), else by external user id (exactly). When two of
// these belong to two contacts, the first of that order wins and the other value
// is left with a warning. The same e-mail, or phone, with another external user
// id is rejected: one of the two is wrong, and joining them would give one
// person another's access.
//
// It raises contact.created, or contact.updated when something changed, and
// tag.added for each new tag. The error is a *Rejected or the transaction's.
func Upsert(tx Tx, in UpsertInput) (UpsertResult, error) {
	d, err := prepare(tx, in)
	if err != nil {
		return UpsertResult{}, err
	}
	if d.email == "" && d.phone == "" && d.external == "" {
		return UpsertResult{}, d.unidentified()
	}
	c, found, err := d.match(tx)
	if err != nil {
		return UpsertResult{}, err
	}
	changed, err := d.apply(&c)
	if err != nil {
		return UpsertResult{}, err
	}
	switch {
	case !found:
		err = tx.InsertContact(&c)
	case len(changed) > 0:
		c.UpdatedAt = tx.Now()
		err = tx.UpdateContact(&c)
	}
	if err != nil {
		return UpsertResult{}, err
	}
	return d.finish(tx, c, !found, changed)
}

// Update changes one contact by its id with the same rules as Upsert, but for
// the match: an e-mail, phone or external user id of another contact is
// rejected as taken.
func Update(tx Tx, contactID string, in UpsertInput) (UpsertResult, error) {
	c, err := tx.Contact(contactID)
	if err != nil {
		return UpsertResult{}, err
	}
	d, err := prepare(tx, in)
	if err != nil {
		return UpsertResult{}, err
	}
	for _, key := range d.keys() {
		owner, taken, err := ownerOf(tx, key)
		if err != nil {
			return UpsertResult{}, err
		}
		if taken && owner.ID != c.ID {
			return UpsertResult{}, rejected(key.name, "taken", "%s %q belongs to another contact already.", label(key.name), *key.value)
		}
	}
	changed, err := d.apply(&c)
	if err != nil {
		return UpsertResult{}, err
	}
	if len(changed) > 0 {
		c.UpdatedAt = tx.Now()
		if err := tx.UpdateContact(&c); err != nil {
			return UpsertResult{}, err
		}
	}
	return d.finish(tx, c, false, changed)
}

// finish adds the tags and raises the events, the contact's before its tags'.
func (d *details) finish(tx Tx, c Contact, created bool, changed []string) (UpsertResult, error) {
	added, err := tag(tx, &c, d.tags)
	if err != nil {
		return UpsertResult{}, err
	}
	if created || len(changed) > 0 {
		event := ContactUpdated
		data := map[string]any{"contact": c.Plain()}
		if created {
			event = ContactCreated
		} else {
			data["changed"] = plainStrings(changed)
		}
		if err := tx.Emit(Event{Type: event, ContactID: c.ID, Data: data}); err != nil {
			return UpsertResult{}, err
		}
	}
	if err := emitTags(tx, TagAdded, c, added); err != nil {
		return UpsertResult{}, err
	}
	return UpsertResult{Contact: c, Created: created, Changed: changed, Warnings: d.warnings}, nil
}

// key is one value that contacts are found by.
type key struct {
	name  string
	value *string
}

// keys lists the given identifiers in the order in which they win.
func (d *details) keys() []key {
	given := make([]key, 0, 3)
	for _, k := range [...]key{{"email", &d.email}, {"phone", &d.phone}, {"external_user_id", &d.external}} {
		if *k.value != "" {
			given = append(given, k)
		}
	}
	return given
}

func ownerOf(tx Tx, k key) (Contact, bool, error) {
	found, err := tx.ContactsBy(k.name, *k.value)
	if errors.Is(err, ErrNotFound) || err == nil && len(found) == 0 {
		return Contact{}, false, nil
	}
	if err != nil {
		return Contact{}, false, err
	}
	return found[0], true, nil
}

// match finds the contact that the details belong to, and leaves out the
// identifiers of other contacts.
func (d *details) match(tx Tx) (c Contact, found bool, err error) {
	by := ""
	for _, k := range d.keys() {
		if found && *k.value == c.identifier(k.name) {
			continue
		}
		if k.name == "external_user_id" && found && c.ExternalUserID != "" {
			return c, found, rejected(k.name, "conflict",
				"%s belongs to a contact with the external user ID %q, not %q. Correct one of the two, or leave the ID out.",
				d.identifierText(by), c.ExternalUserID, *k.value)
		}
		owner, exists, err := ownerOf(tx, k)
		switch {
		case err != nil:
			return c, found, err
		case !exists:
		case !found:
			c, found, by = owner, true, k.name
		case owner.ID != c.ID:
			d.warnf("%s %q belongs to another contact and was left out; the contact was found by its %s.",
				label(k.name), *k.value, byWords[by])
			*k.value = ""
		}
	}
	return c, found, nil
}

var byWords = map[string]string{"email": "e-mail", "phone": "phone number", "external_user_id": "external user ID"}

func (c Contact) identifier(name string) string {
	switch name {
	case "email":
		return c.Email
	case "phone":
		return c.Phone
	}
	return c.ExternalUserID
}

func (d *details) identifierText(by string) string {
	if by == "phone" {
		return fmt.Sprintf("The phone number %q", d.phone)
	}
	return fmt.Sprintf("The e-mail %q", d.email)
}
