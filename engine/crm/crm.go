// Package crm holds what workflows change: contacts with tags and fields,
// offers with products, grants, custom values, and the events that such
// changes raise. Types and rules only; storage implements Tx.
package crm

import (
	"encoding/json"
	"errors"
	"time"
)

// ErrNotFound is returned by lookups of one thing by its id or key.
var ErrNotFound = errors.New("not found")

// Workspace is one client of an agency; it owns everything else.
type Workspace struct {
	ID     string `json:"id"`
	Number int64  `json:"number"`
	Name   string `json:"name"`
	// Slug is lower case, unique over the installation and works wherever an id does.
	Slug string `json:"slug"`
	// Timezone is an IANA name; "" means UTC.
	Timezone string `json:"timezone"`
	// Locale is a BCP 47 tag such as "en-GB".
	Locale string `json:"locale"`
	// Currency is an ISO 4217 code in upper case.
	Currency string `json:"currency"`
	// DefaultCountry is the ISO 3166 country that phone numbers without a
	// prefix belong to.
	DefaultCountry string          `json:"default_country"`
	Sender         Sender          `json:"sender"`
	Features       map[string]bool `json:"features"`
	Limits         map[string]int  `json:"limits"`
	// Sandbox keeps everything that would go outside: calls and e-mails.
	Sandbox   bool      `json:"sandbox"`
	CreatedAt time.Time `json:"created_at"`
}

// Sender is who e-mails come from.
type Sender struct {
	Name  string `json:"name"`
	Email string `json:"email"`
	// ReplyTo is where answers go; "" means to Email.
	ReplyTo string `json:"reply_to"`
}

// Location returns the workspace's time zone, UTC when it is unset or unknown.
func (w Workspace) Location() *time.Location {
	if zone, err := time.LoadLocation(w.Timezone); err == nil {
		return zone
	}
	return time.UTC
}

// Contact is a person. Blank strings mean unknown.
type Contact struct {
	ID     string `json:"id"`
	Number int64  `json:"number"`
	// Email is stored trimmed and lower-cased and compares so.
	Email string `json:"email"`
	// Phone is E.164 when it could be read as a number, else as it came.
	Phone     string `json:"phone"`
	Name      string `json:"name"`
	FirstName string `json:"first_name"`
	LastName  string `json:"last_name"`
	// ExternalUserID compares exactly, case included.
	ExternalUserID string  `json:"external_user_id"`
	Company        string  `json:"company"`
	Address        Address `json:"address"`
	Timezone       string  `json:"timezone"`
	Source         string  `json:"source"`
	// DateOfBirth is YYYY-MM-DD.
	DateOfBirth string         `json:"date_of_birth"`
	Subscribed  bool           `json:"subscribed"`
	Tags        []string       `json:"tags"`
	Fields      map[string]any `json:"fields"`
	CreatedAt   time.Time      `json:"created_at"`
	UpdatedAt   time.Time      `json:"updated_at"`
}

// Address is a postal address; Country is ISO 3166 when known.
type Address struct {
	Line1      string `json:"line1"`
	Line2      string `json:"line2"`
	City       string `json:"city"`
	State      string `json:"state"`
	PostalCode string `json:"postal_code"`
	Country    string `json:"country"`
}

// Tag is a label on contacts; names are unique in a workspace ignoring case.
type Tag struct {
	ID        string    `json:"id"`
	Number    int64     `json:"number"`
	Name      string    `json:"name"`
	CreatedAt time.Time `json:"created_at"`
}

// Field is a workspace's own contact field.
type Field struct {
	ID string `json:"id"`
	// Key is the snake_case name used in mappings: contact.fields.KEY.
	Key   string `json:"key"`
	Label string `json:"label"`
	// Kind is text, number, date, choice or switch.
	Kind      string    `json:"kind"`
	Options   []string  `json:"options,omitempty"`
	CreatedAt time.Time `json:"created_at"`
}

// Product is what an offer opens (a course, a community).
type Product struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// Offer sells or gives access to products.
type Offer struct {
	ID        string    `json:"id"`
	Number    int64     `json:"number"`
	Title     string    `json:"title"`
	Products  []Product `json:"products"`
	CreatedAt time.Time `json:"created_at"`
}

// Grant is one contact's access to one offer. RevokedAt is zero while active;
// a contact has at most one active grant of an offer.
type Grant struct {
	ID        string    `json:"id"`
	ContactID string    `json:"contact_id"`
	OfferID   string    `json:"offer_id"`
	GrantedAt time.Time `json:"granted_at"`
	RevokedAt time.Time `json:"revoked_at,omitzero"`
	// RunID is the run that granted it; "" when a person or the API did.
	RunID string `json:"run_id,omitempty"`
}

// CustomValue is a workspace-wide named value: custom_values.KEY in mappings.
type CustomValue struct {
	ID        string    `json:"id"`
	Key       string    `json:"key"`
	Name      string    `json:"name"`
	Value     any       `json:"value"`
	UpdatedAt time.Time `json:"updated_at"`
}

// Event is something that happened to a workspace's data and can start
// workflows. Data is the object that the trigger scope shows under its name
// (tag, offer, contact ...).
type Event struct {
	ID        string `json:"id"`
	Type      string `json:"type"`
	ContactID string `json:"contact_id,omitempty"`
	// Data is plain values only.
	Data map[string]any `json:"data"`
	// CauseRun is the run that raised it, "" for people and the API; Depth
	// counts how many runs stand in that chain.
	CauseRun   string    `json:"cause_run,omitempty"`
	Depth      int       `json:"depth"`
	OccurredAt time.Time `json:"occurred_at"`
}

// The events of this package.
const (
	ContactCreated = "contact.created"
	ContactUpdated = "contact.updated"
	TagAdded       = "tag.added"
	TagRemoved     = "tag.removed"
	OfferGranted   = "offer.granted"
	OfferRevoked   = "offer.revoked"
)

// Tx is one transaction over a workspace's data. Lookups of one thing return
// ErrNotFound when there is none. Everything written is visible to later reads
// of the same Tx and to nobody else before the commit. A transaction may run
// twice, so code that uses it keeps no state outside it.
type Tx interface {
	// Now is the transaction's time, the same at each call.
	Now() time.Time
	Workspace() (Workspace, error)

	Contact(id string) (Contact, error)
	// ContactsBy finds contacts whose normalised key equals value, oldest
	// first, at most 100. key is email, phone, external_user_id or
	// "field:KEY". A blank value finds nothing.
	ContactsBy(key, value string) ([]Contact, error)
	// InsertContact stores a new contact (tags excluded) and fills ID, Number
	// and times in.
	InsertContact(c *Contact) error
	// UpdateContact stores all but the tags.
	UpdateContact(c *Contact) error

	// TagContact adds the tag, made when new, and reports whether the contact
	// lacked it.
	TagContact(contactID, name string) (Tag, bool, error)
	// UntagContact removes the tag and reports whether the contact had it.
	UntagContact(contactID, name string) (Tag, bool, error)

	// Offer finds an offer by id, or else by its exact title.
	Offer(ref string) (Offer, error)
	// ActiveGrant returns ErrNotFound when the contact has no access.
	ActiveGrant(contactID, offerID string) (Grant, error)
	// InsertGrant stores an active grant and fills ID in.
	InsertGrant(g *Grant) error
	// RevokeGrant ends a grant at Now.
	RevokeGrant(grantID string) error

	SalesTx
	FormTx
	LetterTx

	// SetCustomValue stores a value under an existing or new key.
	SetCustomValue(key string, v json.RawMessage) error

	// Emit appends an event; ID, OccurredAt, CauseRun and Depth are filled in
	// by the transaction's owner.
	Emit(e Event) error
}
