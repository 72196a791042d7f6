package kajabi

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/kajabi"
)

func (c *call) listForms() error {
	return c.list("forms", account.FormsRead, "", func(ws crm.Workspace, id string) (any, error) {
		f, err := c.Store.Form(c.ctx, ws.ID, id)
		return kajabi.Form(f.Plain()), err
	})
}

func (c *call) getForm() error {
	ws, id, err := c.thing("forms", account.FormsRead)
	if err != nil {
		return err
	}
	f, err := c.Store.Form(c.ctx, ws.ID, id)
	if err != nil {
		return err
	}
	c.sendOne(http.StatusOK, kajabi.Form(f.Plain()))
	return nil
}

// answerNames are Kajabi's names for the places that a form's answers go to.
var answerNames = map[string]string{
	"name": "name", "email": "email", "phone": "phone_number", "address.line1": "address_line_1", "address.line2": "address_line_2",
	"address.city": "address_city", "address.state": "address_state", "address.postal_code": "address_zip", "address.country": "address_country",
}

// answers puts attributes to the questions of a form: by their keys, or by what
// they ask for.
func answers(f crm.Form, attributes map[string]any) map[string]string {
	given := map[string]string{}
	for name, v := range attributes {
		switch x := v.(type) {
		case string:
			given[name] = x
		case bool:
			given[name] = strconv.FormatBool(x)
		case int:
			given[name] = strconv.Itoa(x)
		}
	}
	first, last, _ := strings.Cut(strings.TrimSpace(given["name"]), " ")
	out := map[string]string{}
	for _, field := range f.Fields {
		switch answer, named := given[field.Key]; {
		case named:
			out[field.Key] = answer
		case answerNames[field.To] != "":
			out[field.Key] = given[answerNames[field.To]]
		case field.To == "first_name":
			out[field.Key] = first
		case field.To == "last_name":
			out[field.Key] = strings.TrimSpace(last)
		case field.Kind == crm.FieldConsent:
			out[field.Key] = "true" // whoever submits over the API has asked
		}
	}
	return out
}

// submitForm sends a form in for somebody: it makes the contact, subscribes,
// tags and grants as the form says, and fires its hooks.
func (c *call) submitForm() error {
	ws, id, err := c.thing("forms", account.FormsWrite)
	if err != nil {
		return err
	}
	body, err := c.body()
	if err != nil {
		return err
	}
	attributes, _, problems := body.data("form_submissions")
	for _, name := range []string{"name", "email"} {
		if attributes != nil && text(attributes[name]) == "" {
			problems = append(problems, invalid("/data/attributes/"+name, "%s can't be blank", name))
		}
	}
	if _, valid := crm.NormalizeEmail(text(attributes["email"])); text(attributes["email"]) != "" && !valid {
		problems = append(problems, invalid("/data/attributes/email", "email is invalid"))
	}
	if err := all(problems); err != nil {
		return err
	}
	var (
		s       crm.Submission
		contact crm.Contact
		form    crm.Form
	)
	err = c.Store.Do(c.ctx, ws.ID, func(tx engine.Tx) error {
		if form, err = tx.Form(id); err != nil {
			return err
		}
		yes := true
		// Before the submission, so that its event tells of a contact that is whole.
		if _, err := crm.Upsert(tx, crm.UpsertInput{Email: text(attributes["email"]), Name: text(attributes["name"]), Subscribed: &yes}); err != nil {
			return err
		}
		s = crm.Submission{Source: "API"}
		contact, err = crm.Submit(tx, form, answers(form, attributes), &s)
		return err
	})
	if err != nil {
		return err
	}
	c.published(ws, contact.ID)
	resources := kajabi.Resources(kajabi.FormSubmission, map[string]any{"submission": s.Plain(), "form": form.Plain(), "contact": contact.Plain()})
	resource, _ := resources[0].(map[string]any)
	c.sendOne(http.StatusCreated, resource)
	return nil
}

func (c *call) purchase(right account.Scope) (crm.Workspace, crm.Purchase, error) {
	ws, id, err := c.thing("purchases", right)
	if err != nil {
		return ws, crm.Purchase{}, err
	}
	p, err := c.Store.Purchase(c.ctx, ws.ID, id)
	return ws, p, err
}

func (c *call) getPurchase() error {
	ws, p, err := c.purchase(account.SalesRead)
	if err != nil {
		return err
	}
	return c.sendPurchase(ws, p)
}

func (c *call) sendPurchase(ws crm.Workspace, p crm.Purchase) error {
	data := map[string]any{"purchase": p.Plain()}
	if contact, err := c.Store.Contact(c.ctx, ws.ID, p.ContactID); err == nil {
		data["contact"] = contact.Plain()
	}
	if o, err := c.Store.Offer(c.ctx, ws.ID, p.OfferID); err == nil {
		data["offer"] = o.Plain()
	}
	resource, _ := kajabi.Resources(kajabi.Purchase, data)[0].(map[string]any)
	object(resource["attributes"])["deactivation_reason"] = nil
	if p.Reason != "" {
		object(resource["attributes"])["deactivation_reason"] = p.Reason
	}
	c.sendOne(http.StatusOK, resource)
	return nil
}

// changePurchase takes access away, gives it back, or ends the subscription.
// Taking access away does not end the subscription.
func (c *call) changePurchase() error {
	action := c.r.PathValue("action")
	if action != "deactivate" && action != "reactivate" && action != "cancel_subscription" {
		return notFound
	}
	ws, p, err := c.purchase(account.SalesWrite)
	if err != nil {
		return err
	}
	err = c.Store.Do(c.ctx, ws.ID, func(tx engine.Tx) (err error) {
		if p, err = tx.Purchase(p.ID); err != nil {
			return err
		}
		contact, err := tx.Contact(p.ContactID)
		if err != nil {
			return err
		}
		switch action {
		case "cancel_subscription":
			if p.SubscriptionID == "" {
				return invalid("/data", "This purchase has no subscription.")
			}
			_, _, err = crm.ChangeSubscription(tx, p.SubscriptionID, "canceled", "Canceled over the API")
			return err
		case "deactivate":
			if !p.DeactivatedAt.IsZero() {
				return nil
			}
			p.DeactivatedAt, p.Reason = tx.Now(), "Deactivated over the API"
			if _, err := crm.RevokeOffer(tx, contact, p.OfferID); err != nil {
				return err
			}
		default:
			p.DeactivatedAt, p.Reason = time.Time{}, ""
			if _, err := crm.GrantOffer(tx, contact, p.OfferID, ""); err != nil {
				return err
			}
		}
		return tx.UpdatePurchase(&p)
	})
	if err != nil {
		return err
	}
	c.audit(ws, "purchase."+action, "purchase", p.ID, nil)
	c.published(ws, p.ContactID)
	return c.sendPurchase(ws, p)
}
