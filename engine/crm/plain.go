package crm

import (
	"time"

	"github.com/hookloom/hookloom/engine/value"
)

// Plain returns the contact as a plain value with the keys of its JSON form, for
// scopes, step outputs and events. Tags and fields are never nil.
func (c Contact) Plain() map[string]any {
	tags := make([]any, len(c.Tags))
	for i, t := range c.Tags {
		tags[i] = t
	}
	fields := make(map[string]any, len(c.Fields))
	for k, v := range c.Fields {
		fields[k] = value.Clone(v)
	}
	a := c.Address
	return map[string]any{
		"id": c.ID, "number": int(c.Number), "email": c.Email, "phone": c.Phone,
		"name": c.Name, "first_name": c.FirstName, "last_name": c.LastName,
		"external_user_id": c.ExternalUserID, "company": c.Company,
		"address": map[string]any{
			"line1": a.Line1, "line2": a.Line2, "city": a.City, "state": a.State,
			"postal_code": a.PostalCode, "country": a.Country,
		},
		"timezone": c.Timezone, "source": c.Source, "date_of_birth": c.DateOfBirth,
		"subscribed": c.Subscribed, "tags": tags, "fields": fields,
		"created_at": moment(c.CreatedAt), "updated_at": moment(c.UpdatedAt),
	}
}

// Plain returns the tag as a plain value.
func (t Tag) Plain() map[string]any {
	return map[string]any{"id": t.ID, "number": int(t.Number), "name": t.Name}
}

// Plain returns the offer as a plain value.
func (o Offer) Plain() map[string]any {
	products := make([]any, len(o.Products))
	for i, p := range o.Products {
		products[i] = map[string]any{"id": p.ID, "title": p.Title}
	}
	return map[string]any{"id": o.ID, "number": int(o.Number), "title": o.Title, "products": products}
}

// Plain returns the grant as a plain value; revoked_at is nil while active.
func (g Grant) Plain() map[string]any {
	var revoked any
	if !g.RevokedAt.IsZero() {
		revoked = moment(g.RevokedAt)
	}
	return map[string]any{
		"id": g.ID, "contact_id": g.ContactID, "offer_id": g.OfferID,
		"granted_at": moment(g.GrantedAt), "revoked_at": revoked,
	}
}

func moment(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }
