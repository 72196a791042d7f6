package contact

import (
	"context"
	"encoding/json"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/value"
)

// contactFields are what may be set of a contact. What is left out stays.
type contactFields struct {
	Email          rest.Given      `json:"email,omitempty" example:"ada@example.com"`
	Phone          rest.Given      `json:"phone,omitempty" example:"+14155552671"`
	Name           rest.Given      `json:"name,omitempty" example:"Ada Lovelace"`
	FirstName      rest.Given      `json:"first_name,omitempty"`
	LastName       rest.Given      `json:"last_name,omitempty"`
	ExternalUserID rest.Given      `json:"external_user_id,omitempty"`
	Company        rest.Given      `json:"company,omitempty"`
	Address        *addressFields  `json:"address,omitempty"`
	Timezone       rest.Given      `json:"timezone,omitempty"`
	Source         rest.Given      `json:"source,omitempty"`
	DateOfBirth    rest.Given      `json:"date_of_birth,omitempty"`
	Subscribed     *bool           `json:"subscribed,omitempty"`
	Tags           []string        `json:"tags,omitempty" maxItems:"100" doc:"The whole list: tags that are not in it are removed, each change raises an event"`
	Fields         json.RawMessage `json:"fields,omitempty" doc:"Own fields by key; null empties one, others stay"`
}

type addressFields struct {
	Line1      rest.Given `json:"line1,omitempty"`
	Line2      rest.Given `json:"line2,omitempty"`
	City       rest.Given `json:"city,omitempty"`
	State      rest.Given `json:"state,omitempty"`
	PostalCode rest.Given `json:"postal_code,omitempty"`
	Country    rest.Given `json:"country,omitempty"`
}

// input turns the fields into what crm's rules take. Tags are handled apart:
// here they are a whole list.
func (f contactFields) input() (crm.UpsertInput, error) {
	in := crm.UpsertInput{Subscribed: f.Subscribed, Strict: true}
	address := addressFields{}
	if f.Address != nil {
		address = *f.Address
	}
	for _, t := range []struct {
		name string
		from rest.Given
		to   *string
	}{
		{"email", f.Email, &in.Email}, {"phone", f.Phone, &in.Phone}, {"external_user_id", f.ExternalUserID, &in.ExternalUserID},
		{"name", f.Name, &in.Name}, {"first_name", f.FirstName, &in.FirstName}, {"last_name", f.LastName, &in.LastName},
		{"company", f.Company, &in.Company}, {"source", f.Source, &in.Source}, {"timezone", f.Timezone, &in.Timezone},
		{"date_of_birth", f.DateOfBirth, &in.DateOfBirth},
		{"address.line1", address.Line1, &in.Address.Line1}, {"address.line2", address.Line2, &in.Address.Line2},
		{"address.city", address.City, &in.Address.City}, {"address.state", address.State, &in.Address.State},
		{"address.postal_code", address.PostalCode, &in.Address.PostalCode}, {"address.country", address.Country, &in.Address.Country},
	} {
		if *t.to = t.from.Text; t.from.Set && t.from.Text == "" {
			in.Clear = append(in.Clear, t.name)
		}
	}
	if f.Fields == nil {
		return in, nil
	}
	fields, err := rest.ObjectOf(f.Fields, "/fields")
	if err != nil {
		return in, err
	}
	in.Fields = fields
	for name, v := range fields {
		if value.Empty(v) {
			in.Clear = append(in.Clear, "fields."+crm.FieldKey(name))
		}
	}
	return in, nil
}

type createContactInput struct {
	rest.InWorkspace
	Body contactFields
}

// createContact makes a new contact. Workflows join what belongs to a person
// who is there already; a person at the API hears of it.
func (a *API) createContact(ctx context.Context, in *createContactInput) (*rest.One[contactView], error) {
	input, err := in.Body.input()
	if err != nil {
		return nil, err
	}
	input.Clear, input.Tags = nil, in.Body.Tags
	return a.changeContact(ctx, func(tx crm.Tx) (crm.Contact, error) {
		if err := a.refuseTaken(ctx, tx, input); err != nil {
			return crm.Contact{}, err
		}
		result, err := crm.Upsert(tx, input)
		return result.Contact, err
	})
}

// refuseTaken tells which identifier belongs to another contact already.
func (a *API) refuseTaken(ctx context.Context, tx crm.Tx, in crm.UpsertInput) error {
	email, _ := crm.NormalizeEmail(in.Email)
	phone, _ := crm.NormalizePhone(in.Phone, rest.WorkspaceOf(ctx).DefaultCountry)
	for _, key := range []struct{ name, value, detail string }{
		{"email", email, "email is already taken"},
		{"phone", phone, "phone is already taken"},
		{"external_user_id", in.ExternalUserID, "external_user_id is already taken"},
	} {
		found, err := tx.ContactsBy(key.name, key.value)
		if err != nil {
			return err
		}
		if len(found) > 0 {
			return problem.At("/"+key.name, "taken", key.detail)
		}
	}
	return nil
}

type patchContactInput struct {
	rest.ByID
	Body contactFields
}

func (a *API) patchContact(ctx context.Context, in *patchContactInput) (*rest.One[contactView], error) {
	input, err := in.Body.input()
	if err != nil {
		return nil, err
	}
	return a.changeContact(ctx, func(tx crm.Tx) (crm.Contact, error) {
		result, err := crm.Update(tx, in.ID, input)
		if err != nil || in.Body.Tags == nil {
			return result.Contact, err
		}
		_, _, err = crm.SetTags(tx, &result.Contact, in.Body.Tags)
		return result.Contact, err
	})
}

// changeContact runs a change in one transaction and wakes the workflows that
// listen to what it raised.
func (a *API) changeContact(ctx context.Context, change func(crm.Tx) (crm.Contact, error)) (*rest.One[contactView], error) {
	ws := rest.WorkspaceOf(ctx).ID
	var c crm.Contact
	err := a.Store.Do(ctx, ws, func(tx engine.Tx) (err error) {
		c, err = change(tx)
		return err
	})
	if err != nil {
		return nil, err
	}
	a.Engine.WakeEvents()
	a.Live.Publish(engine.Change{Workspace: ws, Kind: engine.ChangeContact, ID: c.ID})
	return a.answerContact(ctx, c)
}
