package kajabi

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/kajabi"
)

// maxRelated is how many things one call may relate.
const maxRelated = 100

// related reads the identifiers of a relationship's body and finds the things.
func (c *call) related(ws crm.Workspace, body document, kind, list string) ([]string, error) {
	data, ok := body["data"].([]any)
	if !ok {
		return nil, invalid("/data", "data must be a list of %s", kind)
	}
	if len(data) > maxRelated {
		return nil, invalid("/data", "at most %d at once", maxRelated)
	}
	var ids []string
	var problems []*failure
	for i, one := range data {
		at := fmt.Sprintf("/data/%d", i)
		if text(object(one)["type"]) != kind {
			problems = append(problems, invalid(at+"/type", "type must be %s", kind))
			continue
		}
		n, absent, ok := whole(object(one)["id"])
		if absent || !ok {
			problems = append(problems, invalid(at+"/id", "id must be a number"))
			continue
		}
		id, _, err := c.Store.Numbered(c.ctx, ws.ID, list, strconv.FormatInt(n, 10))
		switch {
		case errors.Is(err, engine.ErrNotFound):
			problems = append(problems, invalid(at+"/id", "There is none of the %s of this site with the id %d.", kind, n))
		case err != nil:
			return nil, err
		default:
			ids = append(ids, id)
		}
	}
	return ids, all(problems)
}

// identifiers answers a relationship.
func (c *call) identifiers(kind string, numbers []int64) {
	items := make([]any, len(numbers))
	for i, n := range numbers {
		items[i] = map[string]any{"id": strconv.FormatInt(n, 10), "type": kind}
	}
	send(c.w, http.StatusOK, map[string]any{"data": items})
}

func (c *call) contactOffers() error {
	ws, contact, err := c.place(account.OffersRead)
	if err != nil {
		return err
	}
	return c.sendOffers(ws, contact)
}

func (c *call) sendOffers(ws crm.Workspace, contact crm.Contact) error {
	offers, err := c.Store.ContactOffers(c.ctx, ws.ID, contact.ID)
	if err != nil {
		return err
	}
	numbers := make([]int64, len(offers))
	for i, o := range offers {
		numbers[i] = o.Number
	}
	c.identifiers("offers", numbers)
	return nil
}

// changeOffers grants (POST), revokes (DELETE) or sets (PATCH) the offers of a
// contact. meta.send_customer_welcome_email is true unless it is false: which
// e-mail is wanted is the opposite of an activation URL's default.
func (c *call) changeOffers() error {
	ws, contact, err := c.place(account.OffersWrite)
	if err != nil {
		return err
	}
	body, err := c.body()
	if err != nil {
		return err
	}
	email := "always"
	if v, given := object(body["meta"])["send_customer_welcome_email"]; given {
		wanted, is := v.(bool)
		if !is {
			return invalid("/meta/send_customer_welcome_email", "send_customer_welcome_email must be true or false")
		}
		if !wanted {
			email = "never"
		}
	}
	ids, err := c.related(ws, body, "offers", "offers")
	if err != nil {
		return err
	}
	surplus, err := c.surplus(ws, contact, ids)
	if err != nil {
		return err
	}
	err = c.Store.Do(c.ctx, ws.ID, func(tx engine.Tx) error {
		current, err := tx.Contact(contact.ID)
		if err != nil {
			return err
		}
		if c.r.Method != http.MethodDelete {
			for _, id := range ids {
				result, err := crm.GrantOffer(tx, current, id, "")
				if err != nil {
					return err
				}
				if _, err := crm.ConfirmGrant(tx, current, result, email, ""); err != nil {
					return err
				}
			}
		}
		for _, id := range surplus {
			if _, err := crm.RevokeOffer(tx, current, id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	c.audit(ws, "contact.offers_changed", "contact", contact.ID, map[string]any{"method": c.r.Method, "offers": len(ids)})
	c.published(ws, contact.ID)
	return c.sendOffers(ws, contact)
}

// surplus are the offers to revoke: those that are named, or all others.
func (c *call) surplus(ws crm.Workspace, contact crm.Contact, ids []string) ([]string, error) {
	switch c.r.Method {
	case http.MethodDelete:
		return ids, nil
	case http.MethodPatch:
	default:
		return nil, nil
	}
	have, err := c.Store.ContactOffers(c.ctx, ws.ID, contact.ID)
	var list []string
	for _, o := range have {
		if !slices.Contains(ids, o.ID) {
			list = append(list, o.ID)
		}
	}
	return list, err
}

func (c *call) contactTags() error {
	ws, contact, err := c.place(account.ContactsRead)
	if err != nil {
		return err
	}
	return c.sendTags(ws, contact.Tags)
}

func (c *call) sendTags(ws crm.Workspace, names []string) error {
	numbers := make([]int64, len(names))
	for i, name := range names {
		t, err := c.Store.EnsureTag(c.ctx, ws.ID, name)
		if err != nil {
			return err
		}
		numbers[i] = t.Number
	}
	c.identifiers("contact_tags", numbers)
	return nil
}

// changeTags adds (POST), removes (DELETE) or sets (PATCH) the tags of a contact.
func (c *call) changeTags() error {
	ws, contact, err := c.place(account.ContactsWrite)
	if err != nil {
		return err
	}
	body, err := c.body()
	if err != nil {
		return err
	}
	ids, err := c.related(ws, body, "contact_tags", "tags")
	if err != nil {
		return err
	}
	names := make([]string, len(ids))
	for i, id := range ids {
		t, err := c.Store.Tag(c.ctx, ws.ID, id)
		if err != nil {
			return err
		}
		names[i] = t.Name
	}
	err = c.Store.Do(c.ctx, ws.ID, func(tx engine.Tx) (err error) {
		if contact, err = tx.Contact(contact.ID); err != nil {
			return err
		}
		switch c.r.Method {
		case http.MethodDelete:
			_, err = crm.RemoveTags(tx, &contact, names)
		case http.MethodPatch:
			_, _, err = crm.SetTags(tx, &contact, names)
		default:
			_, err = crm.AddTags(tx, &contact, names)
		}
		return err
	})
	if err != nil {
		return err
	}
	c.published(ws, contact.ID)
	return c.sendTags(ws, contact.Tags)
}

func (c *call) listOffers() error {
	return c.list("offers", account.OffersRead, "", func(ws crm.Workspace, id string) (any, error) {
		o, err := c.Store.Offer(c.ctx, ws.ID, id)
		return kajabi.Offer(o.Plain(), 0, "", ws.Currency), err
	})
}

func (c *call) getOffer() error {
	ws, id, err := c.thing("offers", account.OffersRead)
	if err != nil {
		return err
	}
	o, err := c.Store.Offer(c.ctx, ws.ID, id)
	if err != nil {
		return err
	}
	c.sendOne(http.StatusOK, kajabi.Offer(o.Plain(), 0, "", ws.Currency))
	return nil
}

func (c *call) listTags() error {
	return c.list("tags", account.ContactsRead, "", func(ws crm.Workspace, id string) (any, error) {
		t, err := c.Store.Tag(c.ctx, ws.ID, id)
		return kajabi.Tag(t.Plain()), err
	})
}

func (c *call) getTag() error {
	ws, id, err := c.thing("tags", account.ContactsRead)
	if err != nil {
		return err
	}
	t, err := c.Store.Tag(c.ctx, ws.ID, id)
	if err != nil {
		return err
	}
	c.sendOne(http.StatusOK, kajabi.Tag(t.Plain()))
	return nil
}

// createTag makes a tag, or answers the one that has the name.
func (c *call) createTag() error {
	body, err := c.body()
	if err != nil {
		return err
	}
	attributes, relationships, problems := body.data("contact_tags")
	ws, f := c.site(relationships, http.StatusUnprocessableEntity)
	if f != nil {
		problems = append(problems, f)
	}
	if strings.TrimSpace(text(attributes["name"])) == "" {
		problems = append(problems, invalid("/data/attributes/name", "name can't be blank"))
	}
	if err := all(problems); err != nil {
		return err
	}
	if err := c.needs(ws, "to change contacts", account.ContactsWrite); err != nil {
		return err
	}
	names, err := crm.TagNames([]string{text(attributes["name"])})
	if err != nil {
		return err
	}
	t, err := c.Store.EnsureTag(c.ctx, ws.ID, names[0])
	if err != nil {
		return err
	}
	c.sendOne(http.StatusCreated, kajabi.Tag(t.Plain()))
	return nil
}
