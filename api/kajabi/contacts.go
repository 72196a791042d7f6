package kajabi

import (
	"net/http"
	"strconv"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/kajabi"
)

func (c *call) me() error {
	id := c.caller.ID()
	c.sendOne(http.StatusOK, kajabi.Resource("users", id, map[string]any{"name": c.caller.Name}, nil))
	return nil
}

func siteOf(ws crm.Workspace) map[string]any {
	return kajabi.Resource("sites", strconv.FormatInt(ws.Number, 10), map[string]any{"title": ws.Name, "subdomain": ws.Slug}, nil)
}

// listSites lists the workspaces that the caller sees, all on one page.
func (c *call) listSites() error {
	ids, everywhere := c.caller.Workspaces()
	if everywhere {
		ids = nil
	}
	var items []any
	page := engine.Page{Limit: engine.MaxPage}
	for {
		list, err := c.Store.ListWorkspaces(c.ctx, ids, page)
		if err != nil {
			return err
		}
		for _, ws := range list.Items {
			items = append(items, siteOf(ws))
		}
		if page.Cursor = list.Next; page.Cursor == "" {
			break
		}
	}
	c.sendList(items, part{1, max(1, len(items))}, int64(len(items)))
	return nil
}

func (c *call) getSite() error {
	n, err := c.id()
	if err != nil {
		return err
	}
	ws, err := c.siteByNumber(n)
	if err != nil {
		return err
	}
	c.sendOne(http.StatusOK, siteOf(ws))
	return nil
}

// contactOf writes a contact with the site that it belongs to.
func contactOf(ws crm.Workspace, c crm.Contact) map[string]any {
	r := kajabi.Contact(c.Plain())
	r["relationships"] = map[string]any{"site": kajabi.To("sites", strconv.FormatInt(ws.Number, 10))}
	return r
}

// place finds a contact of the path in a site where the caller has a right.
func (c *call) place(right account.Scope) (crm.Workspace, crm.Contact, error) {
	ws, id, err := c.thing("contacts", right)
	if err != nil {
		return ws, crm.Contact{}, err
	}
	contact, err := c.Store.Contact(c.ctx, ws.ID, id)
	return ws, contact, err
}

// thing finds what the number of the path names.
func (c *call) thing(kind string, right account.Scope) (crm.Workspace, string, error) {
	n, err := c.id()
	if err != nil {
		return crm.Workspace{}, "", err
	}
	ws, err := c.here()
	if err != nil {
		return ws, "", err
	}
	if err := c.needs(ws, "for "+kind, right); err != nil {
		return ws, "", err
	}
	id, _, err := c.Store.Numbered(c.ctx, ws.ID, kind, strconv.FormatInt(n, 10))
	return ws, id, err
}

// list answers a page of things by their numbers.
func (c *call) list(kind string, right account.Scope, email string, show func(ws crm.Workspace, id string) (any, error)) error {
	ws, err := c.here()
	if err != nil {
		return err
	}
	if err := c.needs(ws, "for "+kind, right); err != nil {
		return err
	}
	p, err := c.part()
	if err != nil {
		return err
	}
	ids, total, err := c.Store.PageIDs(c.ctx, ws.ID, kind, email, p.number, p.size)
	if err != nil {
		return err
	}
	items := make([]any, len(ids))
	for i, id := range ids {
		if items[i], err = show(ws, id); err != nil {
			return err
		}
	}
	c.sendList(items, p, total)
	return nil
}

func (c *call) listContacts() error {
	email := c.r.URL.Query().Get("filter[email_eq]")
	if email != "" {
		email, _ = crm.NormalizeEmail(email)
	}
	return c.list("contacts", account.ContactsRead, email, func(ws crm.Workspace, id string) (any, error) {
		contact, err := c.Store.Contact(c.ctx, ws.ID, id)
		return contactOf(ws, contact), err
	})
}

func (c *call) getContact() error {
	ws, contact, err := c.place(account.ContactsRead)
	if err != nil {
		return err
	}
	c.sendOne(http.StatusOK, contactOf(ws, contact))
	return nil
}

// input reads the attributes of a contact. A blank value empties its field when
// clear is set.
func input(attributes map[string]any, clear bool) (crm.UpsertInput, []*failure) {
	in := crm.UpsertInput{Strict: true}
	var problems []*failure
	for _, f := range []struct {
		name, ours string
		to         *string
	}{
		{"name", "name", &in.Name}, {"email", "email", &in.Email}, {"phone_number", "phone", &in.Phone},
		{"external_user_id", "external_user_id", &in.ExternalUserID},
		{"address_line_1", "address.line1", &in.Address.Line1}, {"address_line_2", "address.line2", &in.Address.Line2},
		{"address_city", "address.city", &in.Address.City}, {"address_state", "address.state", &in.Address.State},
		{"address_zip", "address.postal_code", &in.Address.PostalCode}, {"address_country", "address.country", &in.Address.Country},
	} {
		v, given := attributes[f.name]
		if !given {
			continue
		}
		if _, is := v.(string); !is && v != nil {
			problems = append(problems, invalid("/data/attributes/"+f.name, "%s must be a text", f.name))
			continue
		}
		if *f.to = text(v); *f.to == "" && clear {
			in.Clear = append(in.Clear, f.ours)
		}
	}
	if v, given := attributes["subscribed"]; given && v != nil {
		subscribed, is := v.(bool)
		if !is {
			problems = append(problems, invalid("/data/attributes/subscribed", "subscribed must be true or false"))
		}
		in.Subscribed = &subscribed
	}
	return in, problems
}

// createContact makes a new contact. Another system's id is not taken here: it
// comes with a purchase or an activation.
func (c *call) createContact() error {
	body, err := c.body()
	if err != nil {
		return err
	}
	attributes, relationships, problems := body.data("contacts")
	ws, f := c.site(relationships, http.StatusBadRequest)
	if f != nil && f.status == http.StatusBadRequest {
		return f
	} else if f != nil {
		problems = append(problems, f)
	}
	if _, given := attributes["external_user_id"]; given {
		problems = append(problems, invalid("/data/attributes/external_user_id", "external_user_id can't be set on create"))
	}
	in, wrong := input(attributes, false)
	problems = append(problems, wrong...)
	if attributes != nil && in.Email == "" {
		problems = append(problems, invalid("/data/attributes/email", "email can't be blank"))
	}
	if err := all(problems); err != nil {
		return err
	}
	if err := c.needs(ws, "to change contacts", account.ContactsWrite); err != nil {
		return err
	}
	var contact crm.Contact
	err = c.Store.Do(c.ctx, ws.ID, func(tx engine.Tx) error {
		email, _ := crm.NormalizeEmail(in.Email)
		taken, err := tx.ContactsBy("email", email)
		if err == nil && len(taken) > 0 {
			err = invalid("/data/attributes/email", "email is already taken")
		}
		if err != nil {
			return err
		}
		result, err := crm.Upsert(tx, in)
		contact = result.Contact
		return err
	})
	if err != nil {
		return err
	}
	c.published(ws, contact.ID)
	c.sendOne(http.StatusCreated, contactOf(ws, contact))
	return nil
}

func (c *call) patchContact() error {
	ws, contact, err := c.place(account.ContactsWrite)
	if err != nil {
		return err
	}
	body, err := c.body()
	if err != nil {
		return err
	}
	attributes, _, problems := body.data("contacts")
	in, wrong := input(attributes, true)
	if err := all(append(problems, wrong...)); err != nil {
		return err
	}
	err = c.Store.Do(c.ctx, ws.ID, func(tx engine.Tx) error {
		result, err := crm.Update(tx, contact.ID, in)
		contact = result.Contact
		return err
	})
	if err != nil {
		return err
	}
	c.published(ws, contact.ID)
	c.sendOne(http.StatusOK, contactOf(ws, contact))
	return nil
}
