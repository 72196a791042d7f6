package nodetest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/value"
)

// Tx is a workspace in memory with the promises of crm.Tx, for tests of
// Internal nodes. What nodes did is read from its fields. It is for one
// goroutine; the zero value is not usable, see NewTx.
type Tx struct {
	// Time is what Now returns.
	Time   time.Time
	Space  crm.Workspace
	People []crm.Contact
	Offers []crm.Offer
	Grants []crm.Grant
	Tags   []crm.Tag
	Sales  Sales
	Values map[string]any
	// Letters are the e-mails that were queued or skipped, in order.
	Letters []crm.Letter
	// Events are the emitted events in order.
	Events []crm.Event
	// Fail makes the call of that name (Contact, InsertGrant ...) return an
	// error.
	Fail map[string]error

	numbers int64
}

var _ crm.Tx = (*Tx)(nil)

// NewTx returns an empty workspace at a time.
func NewTx(now time.Time, ws crm.Workspace) *Tx {
	return &Tx{Time: now, Space: ws, Values: map[string]any{}, Fail: map[string]error{}}
}

// AddContact stores a contact as it is, tags included, and returns it with its
// id filled in.
func (t *Tx) AddContact(c crm.Contact) crm.Contact {
	tags := c.Tags
	if err := t.InsertContact(&c); err != nil {
		panic("nodetest: " + err.Error())
	}
	for _, name := range tags {
		if _, _, err := t.TagContact(c.ID, name); err != nil {
			panic("nodetest: " + err.Error())
		}
	}
	stored, _ := t.Contact(c.ID)
	return stored
}

// AddOffer stores an offer and returns it with its id filled in.
func (t *Tx) AddOffer(title string, products ...string) crm.Offer {
	n := t.next()
	o := crm.Offer{ID: fmt.Sprintf("off_%d", n), Number: n, Title: title, CreatedAt: t.Time}
	for i, name := range products {
		o.Products = append(o.Products, crm.Product{ID: fmt.Sprintf("prd_%d_%d", n, i), Title: name})
	}
	t.Offers = append(t.Offers, o)
	return o
}

// EventTypes lists the types of the emitted events in order.
func (t *Tx) EventTypes() []string {
	types := make([]string, len(t.Events))
	for i, e := range t.Events {
		types[i] = e.Type
	}
	return types
}

func (t *Tx) next() int64 {
	t.numbers++
	return t.numbers
}

// Now returns Time.
func (t *Tx) Now() time.Time { return t.Time }

// Workspace returns Space.
func (t *Tx) Workspace() (crm.Workspace, error) { return t.Space, t.Fail["Workspace"] }

func (t *Tx) at(id string) int {
	return slices.IndexFunc(t.People, func(c crm.Contact) bool { return c.ID == id })
}

// Contact returns a copy of a contact.
func (t *Tx) Contact(id string) (crm.Contact, error) {
	if err := t.Fail["Contact"]; err != nil {
		return crm.Contact{}, err
	}
	i := t.at(id)
	if i < 0 {
		return crm.Contact{}, crm.ErrNotFound
	}
	return copyOf(t.People[i]), nil
}

func copyOf(c crm.Contact) crm.Contact {
	c.Tags = slices.Clone(c.Tags)
	if c.Fields != nil {
		c.Fields = value.Clone(c.Fields).(map[string]any)
	}
	return c
}

// ContactsBy compares keys as storage does.
func (t *Tx) ContactsBy(key, want string) ([]crm.Contact, error) {
	if err := t.Fail["ContactsBy"]; err != nil {
		return nil, err
	}
	var found []crm.Contact
	for _, c := range t.People {
		if want != "" && keyOf(c, key) == want && len(found) < 100 {
			found = append(found, copyOf(c))
		}
	}
	return found, nil
}

func keyOf(c crm.Contact, key string) string {
	switch key {
	case "email":
		return c.Email
	case "phone":
		return c.Phone
	case "external_user_id":
		return c.ExternalUserID
	}
	v, ok := c.Fields[strings.TrimPrefix(key, "field:")]
	if !ok || v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

// InsertContact refuses keys that another contact has, as storage does.
func (t *Tx) InsertContact(c *crm.Contact) error {
	if err := t.Fail["InsertContact"]; err != nil {
		return err
	}
	n := t.next()
	c.ID, c.Number = fmt.Sprintf("con_%d", n), n
	if err := t.taken(*c); err != nil {
		return err
	}
	c.CreatedAt, c.UpdatedAt, c.Tags = t.Time, t.Time, nil
	t.People = append(t.People, copyOf(*c))
	return nil
}

func (t *Tx) taken(c crm.Contact) error {
	for _, other := range t.People {
		for _, key := range []string{"email", "phone", "external_user_id"} {
			if v := keyOf(c, key); v != "" && other.ID != c.ID && keyOf(other, key) == v {
				return &crm.Conflict{Field: key, Message: "another contact has this " + key}
			}
		}
	}
	return nil
}

// UpdateContact stores all but the tags.
func (t *Tx) UpdateContact(c *crm.Contact) error {
	if err := t.Fail["UpdateContact"]; err != nil {
		return err
	}
	i := t.at(c.ID)
	if i < 0 {
		return crm.ErrNotFound
	}
	if err := t.taken(*c); err != nil {
		return err
	}
	tags := t.People[i].Tags
	t.People[i] = copyOf(*c)
	t.People[i].Tags = tags
	return nil
}

// TagContact adds a tag; names compare ignoring case.
func (t *Tx) TagContact(contactID, name string) (crm.Tag, bool, error) {
	if err := t.Fail["TagContact"]; err != nil {
		return crm.Tag{}, false, err
	}
	i := t.at(contactID)
	if i < 0 {
		return crm.Tag{}, false, crm.ErrNotFound
	}
	tag, known := t.tag(name)
	if !known {
		n := t.next()
		tag = crm.Tag{ID: fmt.Sprintf("tag_%d", n), Number: n, Name: name, CreatedAt: t.Time}
		t.Tags = append(t.Tags, tag)
	}
	if slices.Contains(t.People[i].Tags, tag.Name) {
		return tag, false, nil
	}
	t.People[i].Tags = append(t.People[i].Tags, tag.Name)
	return tag, true, nil
}

func (t *Tx) tag(name string) (crm.Tag, bool) {
	for _, tag := range t.Tags {
		if strings.EqualFold(tag.Name, name) {
			return tag, true
		}
	}
	return crm.Tag{}, false
}

// UntagContact removes a tag.
func (t *Tx) UntagContact(contactID, name string) (crm.Tag, bool, error) {
	if err := t.Fail["UntagContact"]; err != nil {
		return crm.Tag{}, false, err
	}
	i := t.at(contactID)
	if i < 0 {
		return crm.Tag{}, false, crm.ErrNotFound
	}
	tag, known := t.tag(name)
	if !known || !slices.Contains(t.People[i].Tags, tag.Name) {
		return tag, false, nil
	}
	t.People[i].Tags = slices.DeleteFunc(t.People[i].Tags, func(have string) bool { return have == tag.Name })
	return tag, true, nil
}

// Offer finds an offer by id or exact title.
func (t *Tx) Offer(ref string) (crm.Offer, error) {
	if err := t.Fail["Offer"]; err != nil {
		return crm.Offer{}, err
	}
	for _, by := range []func(crm.Offer) bool{
		func(o crm.Offer) bool { return o.ID == ref },
		func(o crm.Offer) bool { return o.Title == ref },
	} {
		if i := slices.IndexFunc(t.Offers, by); i >= 0 {
			return t.Offers[i], nil
		}
	}
	return crm.Offer{}, crm.ErrNotFound
}

// ActiveGrant returns the grant that is not revoked.
func (t *Tx) ActiveGrant(contactID, offerID string) (crm.Grant, error) {
	if err := t.Fail["ActiveGrant"]; err != nil {
		return crm.Grant{}, err
	}
	for _, g := range t.Grants {
		if g.ContactID == contactID && g.OfferID == offerID && g.RevokedAt.IsZero() {
			return g, nil
		}
	}
	return crm.Grant{}, crm.ErrNotFound
}

// InsertGrant stores an active grant.
func (t *Tx) InsertGrant(g *crm.Grant) error {
	if err := t.Fail["InsertGrant"]; err != nil {
		return err
	}
	g.ID = fmt.Sprintf("grt_%d", t.next())
	t.Grants = append(t.Grants, *g)
	return nil
}

// RevokeGrant ends a grant.
func (t *Tx) RevokeGrant(grantID string) error {
	if err := t.Fail["RevokeGrant"]; err != nil {
		return err
	}
	i := slices.IndexFunc(t.Grants, func(g crm.Grant) bool { return g.ID == grantID })
	if i < 0 {
		return crm.ErrNotFound
	}
	t.Grants[i].RevokedAt = t.Time
	return nil
}

// SetCustomValue stores a value.
func (t *Tx) SetCustomValue(key string, v json.RawMessage) error {
	if err := t.Fail["SetCustomValue"]; err != nil {
		return err
	}
	plain, err := value.Decode(v)
	if err != nil {
		return err
	}
	t.Values[key] = plain
	return nil
}

// QueueLetter stores a letter, unless there is one with the same Once.
func (t *Tx) QueueLetter(l *crm.Letter) error {
	if err := t.Fail["QueueLetter"]; err != nil {
		return err
	}
	for _, known := range t.Letters {
		if l.Once != "" && known.Once == l.Once {
			l.ID = known.ID
			return nil
		}
	}
	l.ID = fmt.Sprintf("msg_%d", t.next())
	t.Letters = append(t.Letters, *l)
	return nil
}

// Emit records an event.
func (t *Tx) Emit(e crm.Event) error {
	if err := t.Fail["Emit"]; err != nil {
		return err
	}
	e.ID, e.OccurredAt, e.Data = fmt.Sprintf("evt_%d", len(t.Events)+1), t.Time, maps.Clone(e.Data)
	t.Events = append(t.Events, e)
	return nil
}
