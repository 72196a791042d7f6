// Package contact holds the node types that find, create and tag contacts.
package contact

import (
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.Internal[UpsertParams]{Meta: nodes.Meta{
		Type: "contact.upsert", Version: 1, Name: "Create or update contact", Group: group, Icon: "user-plus",
		Summary: "Find a contact by e-mail, phone or external ID and update it, or create it.",
		Card:    "{email}", Contact: nodes.ContactProvides,
		Sample: map[string]any{"contact": sampleContact(), "created": true},
	}, Run: upsert})
}

const group = "Contacts"

// UpsertParams are what is known of the contact. Blank values never overwrite.
type UpsertParams struct {
	Email          string         `json:"email" label:"E-mail" example:"ann@example.com" help:"The contact is found by its e-mail first, then by phone, then by external user ID." tab:"fields"`
	Phone          string         `json:"phone" label:"Phone" example:"+1 415 555 2671" help:"Without a country prefix it belongs to the workspace's default country." tab:"fields"`
	Name           string         `json:"name" label:"Full name" example:"Ann Lee" help:"Fills first and last name in when these are empty." tab:"fields"`
	FirstName      string         `json:"first_name" label:"First name" tab:"fields"`
	LastName       string         `json:"last_name" label:"Last name" tab:"fields"`
	ExternalUserID string         `json:"external_user_id" label:"External user ID" help:"The contact's ID in the system that sends the data; compared exactly." tab:"fields"`
	Company        string         `json:"company" label:"Company" tab:"fields"`
	Address        AddressParams  `json:"address" label:"Address" tab:"fields"`
	Subscribed     *bool          `json:"subscribed" label:"Subscribed to marketing e-mail" help:"Leave empty to keep it as it is." tab:"fields"`
	Tags           []string       `json:"tags" label:"Tags to add" help:"Tags are only added here; Remove tag takes them away." tab:"fields"`
	Fields         map[string]any `json:"fields" label:"Own fields" help:"Names and values of the workspace's own contact fields." tab:"fields"`
	Source         string         `json:"source" label:"Source" example:"Webinar form" advanced:"true" tab:"fields"`
	Timezone       string         `json:"timezone" label:"Time zone" example:"Europe/Berlin" advanced:"true" tab:"fields"`
	DateOfBirth    string         `json:"date_of_birth" label:"Date of birth" kind:"date" example:"1990-01-31" advanced:"true" tab:"fields"`
	Clear          []string       `json:"clear" label:"Fields to clear" example:"phone" help:"Blank values never overwrite. Name fields here that become blank when they have no new value: phone, address.city, fields.plan." advanced:"true" tab:"fields" no_map:"true"`
}

// AddressParams is a postal address.
type AddressParams struct {
	Line1      string `json:"line1" label:"Street"`
	Line2      string `json:"line2" label:"Street, second line"`
	City       string `json:"city" label:"City"`
	State      string `json:"state" label:"State"`
	PostalCode string `json:"postal_code" label:"Postal code"`
	Country    string `json:"country" label:"Country" example:"US"`
}

// Validate reports a form that can name nobody, which the rules would otherwise
// only reject run by run.
func (p UpsertParams) Validate() []nodes.FieldProblem {
	if p.Email != "" || p.Phone != "" || p.ExternalUserID != "" {
		return nil
	}
	return []nodes.FieldProblem{{Pointer: "/email", Code: "required", Message: "Fill in at least one of e-mail, phone and external user ID: a contact is found by these."}}
}

func upsert(tx nodes.Tx, call *nodes.Call, p UpsertParams) (any, error) {
	result, err := crm.Upsert(tx, crm.UpsertInput{
		Email: p.Email, Phone: p.Phone, Name: p.Name, FirstName: p.FirstName, LastName: p.LastName,
		ExternalUserID: p.ExternalUserID, Company: p.Company, Address: crm.Address(p.Address),
		Subscribed: p.Subscribed, Tags: p.Tags, Fields: p.Fields, Source: p.Source, Timezone: p.Timezone,
		DateOfBirth: p.DateOfBirth, Clear: p.Clear,
	})
	if err != nil {
		return nil, err
	}
	for _, w := range result.Warnings {
		call.Warn(w)
	}
	call.SetContact(result.Contact)
	return map[string]any{"contact": result.Contact.Plain(), "created": result.Created}, nil
}
