package kajabi

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/kajabi"
	"github.com/hookloom/hookloom/engine/secret"
)

// rights are ours for Kajabi's permissions.
var rights = map[string]account.Scope{
	"view:purchases": account.SalesRead, "view:transactions": account.SalesRead, "view:orders": account.SalesRead,
	"view:form_submissions": account.FormsRead, "view:contacts": account.ContactsRead,
}

// about is the list in which the resources are that an event can be narrowed to.
func about(event string) string {
	switch event {
	case kajabi.TagAdded, kajabi.TagRemoved:
		return "tags"
	case kajabi.FormSubmission:
		return "forms"
	}
	return "offers"
}

// maySee refuses a caller without the permissions that an event needs.
func (c *call) maySee(ws crm.Workspace, event string) error {
	needed := kajabi.Scopes[event]
	for _, theirs := range needed {
		if err := c.needs(ws, strings.Join(needed, " and "), rights[theirs]); err != nil {
			return err
		}
	}
	return nil
}

func (c *call) createHook() error {
	body, err := c.body()
	if err != nil {
		return err
	}
	attributes, relationships, problems := body.data("hooks")
	ws, f := c.site(relationships, http.StatusUnprocessableEntity)
	if f != nil {
		problems = append(problems, f)
	}
	event, target := text(attributes["event"]), text(attributes["target_url"])
	ours, known := kajabi.Ours(event)
	if attributes != nil {
		if !known {
			problems = append(problems, invalid("/data/attributes/event", "event must be one of %s", strings.Join(kajabi.Events(), ", ")))
		}
		if target == "" {
			problems = append(problems, invalid("/data/attributes/target_url", "target_url can't be blank"))
		} else if err := c.Engine.CheckTarget(target); err != nil {
			problems = append(problems, invalid("/data/attributes/target_url", "target_url cannot be called: %s", err))
		}
	}
	resource, anything, ok := whole(attributes["resource_id"])
	if !ok {
		problems = append(problems, invalid("/data/attributes/resource_id", "resource_id must be an integer, or null for all"))
	}
	if err := all(problems); err != nil {
		return err
	}
	if err := errors.Join(c.maySee(ws, event), c.needs(ws, "to create webhooks", account.HooksWrite)); err != nil {
		return err
	}
	if err := c.MayHook(ws); err != nil {
		return &failure{status: http.StatusForbidden, title: "Forbidden", detail: err.Error()}
	}
	h := engine.Hook{Event: ours, URL: target, Format: engine.FormatKajabiAPI, ResourceNumber: resource}
	if !anything {
		h.Resource, _, err = c.Store.Numbered(c.ctx, ws.ID, about(event), strconv.FormatInt(resource, 10))
		if errors.Is(err, engine.ErrNotFound) {
			return invalid("/data/attributes/resource_id", "There is none of the %s of this site with the id %d.", about(event), resource)
		}
		if err != nil {
			return err
		}
	}
	if err := c.Engine.CreateHook(c.ctx, ws.ID, &h, secret.NewSigning()); err != nil {
		return err
	}
	c.audit(ws, "hook.created", "hook", h.ID, map[string]any{"event": h.Event})
	c.sendOne(http.StatusCreated, hookOf(ws, h))
	return nil
}

func hookOf(ws crm.Workspace, h engine.Hook) map[string]any {
	event, _ := kajabi.Theirs(h.Event)
	var resource any
	if h.Resource != "" {
		resource = h.ResourceNumber
	}
	return kajabi.Resource("hooks", strconv.FormatInt(h.Number, 10), map[string]any{
		"event": event, "target_url": h.URL, "resource_id": resource, "created_at": moment(h.CreatedAt), "updated_at": moment(h.UpdatedAt),
	}, map[string]any{"site": kajabi.To("sites", strconv.FormatInt(ws.Number, 10))})
}

// listHooks lists the hooks of this API; those of our own are not among them.
func (c *call) listHooks() error {
	ws, err := c.here()
	if err != nil {
		return err
	}
	if err := c.needs(ws, "to see webhooks", account.HooksRead); err != nil {
		return err
	}
	p, err := c.part()
	if err != nil {
		return err
	}
	by := engine.HookFilter{Format: engine.FormatKajabiAPI}
	if event := c.r.URL.Query().Get("filter[event_eq]"); event != "" {
		if by.Event, _ = kajabi.Ours(event); by.Event == "" {
			c.sendList(nil, p, 0)
			return nil
		}
	}
	hooks, total, err := c.Store.PageHooks(c.ctx, ws.ID, by, p.number, p.size)
	if err != nil {
		return err
	}
	items := make([]any, len(hooks))
	for i, h := range hooks {
		items[i] = hookOf(ws, h)
	}
	c.sendList(items, p, total)
	return nil
}

// getHook shows a hook, or the sample of an event: both are below /v1/hooks/.
func (c *call) getHook() error {
	if event, sample := strings.CutSuffix(c.r.PathValue("id"), "_sample"); sample {
		return c.sample(event)
	}
	ws, h, err := c.hook(account.HooksRead)
	if err != nil {
		return err
	}
	c.sendOne(http.StatusOK, hookOf(ws, h))
	return nil
}

func (c *call) hook(right account.Scope) (crm.Workspace, engine.Hook, error) {
	n, err := c.id()
	if err != nil {
		return crm.Workspace{}, engine.Hook{}, err
	}
	ws, err := c.here()
	if err != nil {
		return ws, engine.Hook{}, err
	}
	if err := c.needs(ws, "for webhooks", right); err != nil {
		return ws, engine.Hook{}, err
	}
	h, err := c.Store.HookByNumber(c.ctx, ws.ID, n)
	if err == nil && h.Format != engine.FormatKajabiAPI {
		err = notFound
	}
	return ws, h, err
}

func (c *call) deleteHook() error {
	ws, h, err := c.hook(account.HooksWrite)
	if err != nil {
		return err
	}
	if err := c.Engine.DeleteHook(c.ctx, ws.ID, h.ID); err != nil {
		return err
	}
	c.audit(ws, "hook.deleted", "hook", h.ID, map[string]any{"event": h.Event})
	c.w.WriteHeader(http.StatusNoContent)
	return nil
}

func (c *call) sample(event string) error {
	if !slices.Contains(kajabi.Events(), event) {
		return notFound
	}
	ws, err := c.here()
	if err != nil {
		return err
	}
	if err := c.maySee(ws, event); err != nil {
		return err
	}
	send(c.w, http.StatusOK, kajabi.Sample(event))
	return nil
}
