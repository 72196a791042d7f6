package contact

import (
	"context"
	"encoding/json"
	"time"

	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/value"
)

// ContactStore reads contacts and erases them; crm's rules change them.
type ContactStore interface {
	// Contact does not find an erased one.
	Contact(ctx context.Context, workspace, id string) (crm.Contact, error)
	ListContacts(ctx context.Context, workspace string, by engine.ContactFilter, p engine.Page) (engine.List[crm.Contact], error)
	// ContactProducts returns what contacts have access to, by contact id.
	ContactProducts(ctx context.Context, workspace string, contactIDs []string) (map[string][]crm.Product, error)
	// EraseContact deletes a person's data, also the copies in history.
	EraseContact(ctx context.Context, workspace, id string) error
	// ListContactEvents lists what happened to a contact, from the newest.
	ListContactEvents(ctx context.Context, workspace, contactID string, p engine.Page) (engine.List[crm.Event], error)
}

// contactView is a contact as the API shows it.
type contactView struct {
	ID             string          `json:"id" example:"con_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10"`
	Number         int64           `json:"number"`
	Email          string          `json:"email" example:"ada@example.com"`
	Phone          string          `json:"phone" example:"+14155552671"`
	Name           string          `json:"name" example:"Ada Lovelace"`
	FirstName      string          `json:"first_name"`
	LastName       string          `json:"last_name"`
	ExternalUserID string          `json:"external_user_id"`
	Company        string          `json:"company"`
	Address        crm.Address     `json:"address"`
	Timezone       string          `json:"timezone"`
	Source         string          `json:"source"`
	DateOfBirth    string          `json:"date_of_birth" doc:"YYYY-MM-DD, or empty"`
	Subscribed     bool            `json:"subscribed"`
	Tags           []string        `json:"tags" nullable:"false"`
	Fields         json.RawMessage `json:"fields" doc:"Own fields by key"`
	Products       []crm.Product   `json:"products" nullable:"false" doc:"What active grants give access to"`
	CreatedAt      time.Time       `json:"created_at"`
	UpdatedAt      time.Time       `json:"updated_at"`
}

func shownContact(c crm.Contact, products []crm.Product) (contactView, error) {
	fields := []byte("{}")
	if len(c.Fields) > 0 {
		var err error
		if fields, err = value.Encode(c.Fields); err != nil {
			return contactView{}, err
		}
	}
	return contactView{
		ID: c.ID, Number: c.Number, Email: c.Email, Phone: c.Phone, Name: c.Name, FirstName: c.FirstName, LastName: c.LastName,
		ExternalUserID: c.ExternalUserID, Company: c.Company, Address: c.Address, Timezone: c.Timezone, Source: c.Source,
		DateOfBirth: c.DateOfBirth, Subscribed: c.Subscribed, Tags: rest.OrNone(c.Tags), Fields: fields, Products: rest.OrNone(products),
		CreatedAt: rest.Stamp(c.CreatedAt), UpdatedAt: rest.Stamp(c.UpdatedAt),
	}, nil
}

type listContactsInput struct {
	rest.InWorkspace
	rest.Paging
	Email string `query:"email" maxLength:"320" doc:"The whole address, ignoring case"`
	Q     string `query:"q" maxLength:"200" doc:"A part of the e-mail, name, phone, company or external_user_id"`
	Tag   string `query:"tag" maxLength:"200" doc:"Name or id of a tag"`
}

func (a *API) listContacts(ctx context.Context, in *listContactsInput) (*rest.Listed[contactView], error) {
	p, err := in.Part()
	if err != nil {
		return nil, err
	}
	by := engine.ContactFilter{Tag: in.Tag, Query: in.Q}
	if in.Email != "" {
		if by.Email, _ = crm.NormalizeEmail(in.Email); by.Email == "" {
			return rest.NewList(engine.List[crm.Contact]{}, func(crm.Contact) contactView { return contactView{} }), nil
		}
	}
	ws := rest.WorkspaceOf(ctx).ID
	rows, err := a.Store.ListContacts(ctx, ws, by, p)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(rows.Items))
	for i, c := range rows.Items {
		ids[i] = c.ID
	}
	products, err := a.Store.ContactProducts(ctx, ws, ids)
	if err != nil {
		return nil, err
	}
	var broken error
	out := rest.NewList(rows, func(c crm.Contact) contactView {
		v, err := shownContact(c, products[c.ID])
		if err != nil {
			broken = err
		}
		return v
	})
	return out, broken
}

func (a *API) getContact(ctx context.Context, in *rest.ByID) (*rest.One[contactView], error) {
	c, err := a.Store.Contact(ctx, rest.WorkspaceOf(ctx).ID, in.ID)
	if err != nil {
		return nil, err
	}
	return a.answerContact(ctx, c)
}

func (a *API) answerContact(ctx context.Context, c crm.Contact) (*rest.One[contactView], error) {
	products, err := a.Store.ContactProducts(ctx, rest.WorkspaceOf(ctx).ID, []string{c.ID})
	if err != nil {
		return nil, err
	}
	v, err := shownContact(c, products[c.ID])
	return &rest.One[contactView]{Body: v}, err
}

func (a *API) eraseContact(ctx context.Context, in *rest.ByID) (*rest.Nothing, error) {
	ws := rest.WorkspaceOf(ctx).ID
	if err := a.Store.EraseContact(ctx, ws, in.ID); err != nil {
		return nil, err
	}
	a.Audit(ctx, engine.AuditEntry{Workspace: ws, Action: "contact.erased", ObjectKind: "contact", ObjectID: in.ID})
	a.Live.Publish(engine.Change{Workspace: ws, Kind: engine.ChangeContact, ID: in.ID})
	return nil, nil
}
