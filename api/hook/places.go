package hook

import (
	"context"
	"strings"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/secret"
)

// hookPlace is the field of a page in which one address stands, such as the
// purchase webhook URL of an offer: behind it is a hook like any other.
type Place struct {
	prefix string
	event  string
}

var (
	// PurchasePlace is the purchase webhook URL of an offer, FormPlace the submission
	// webhook URL of a form.
	PurchasePlace = Place{"offer:", crm.PurchaseCreated}
	FormPlace     = Place{"form:", crm.FormSubmitted}
	// sitePlace is the checkout of the whole site: its one hook hears of every
	// offer.
	sitePlace = Place{"site:", crm.PurchaseCreated}
)

// Addresses are the URLs of a kind of place, by the id of the thing.
func (a *API) Addresses(ctx context.Context, p Place) (map[string]string, error) {
	at, err := a.Store.HookPlaces(ctx, rest.WorkspaceOf(ctx).ID, p.prefix)
	urls := make(map[string]string, len(at))
	for place, h := range at {
		urls[strings.TrimPrefix(place, p.prefix)] = h.URL
	}
	return urls, err
}

// CheckAddress refuses what the place cannot take; nil leaves it as it is.
func (a *API) CheckAddress(ctx context.Context, p Place, pointer string, url *string) error {
	if url == nil || strings.TrimSpace(*url) == "" {
		return nil
	}
	if err := MayHook(rest.CallerOf(ctx), rest.WorkspaceOf(ctx), p.event); err != nil {
		return err
	}
	if err := a.CheckTarget(strings.TrimSpace(*url)); err != nil {
		return problem.At(pointer, "invalid", err.Error())
	}
	return nil
}

// SetAddress puts a checked URL into the place of a thing; "" takes it out and
// nil leaves it. What it sends has the form that such addresses are used to.
func (a *API) SetAddress(ctx context.Context, p Place, id string, number int64, url *string) error {
	if url == nil {
		return nil
	}
	ws, place, target := rest.WorkspaceOf(ctx).ID, p.prefix+id, strings.TrimSpace(*url)
	at, err := a.Store.HookPlaces(ctx, ws, place)
	if err != nil {
		return err
	}
	h, there := at[place]
	switch {
	case !there && target == "":
		return nil
	case target == "":
		if err := a.Engine.DeleteHook(ctx, ws, h.ID); err != nil {
			return err
		}
		a.auditHook(ctx, "hook.deleted", h)
		return nil
	case there:
		h, err = a.Engine.ChangeHook(ctx, ws, h.ID, func(h *engine.Hook) error {
			if h.URL != target {
				h.URL, h.Status, h.Reason = target, engine.HookActive, ""
			}
			return nil
		})
		if err != nil {
			return err
		}
		a.auditHook(ctx, "hook.updated", h)
		return nil
	}
	h = engine.Hook{Event: p.event, URL: target, Resource: id, ResourceNumber: number, Format: engine.FormatKajabi, Place: place}
	if p == sitePlace {
		h.Resource = ""
	}
	if err := a.Engine.CreateHook(ctx, ws, &h, secret.NewSigning()); err != nil {
		return err
	}
	a.auditHook(ctx, "hook.created", h)
	return nil
}

// checkoutThing is the one thing in the site's place.
const checkoutThing = "purchase"

// checkoutView is what the checkout of the whole site calls.
type checkoutView struct {
	PurchaseWebhookURL *string `json:"purchase_webhook_url" doc:"Called for every purchase, whatever the offer; null for none"`
}

func (a *API) getCheckout(ctx context.Context, _ *rest.InWorkspace) (*rest.One[checkoutView], error) {
	at, err := a.Addresses(ctx, sitePlace)
	return &rest.One[checkoutView]{Body: checkoutView{rest.Text(at[checkoutThing])}}, err
}

type patchCheckoutInput struct {
	rest.InWorkspace
	Body struct {
		PurchaseWebhookURL *string `json:"purchase_webhook_url,omitempty" maxLength:"8000" doc:"Empty takes it away"`
	}
}

func (a *API) patchCheckout(ctx context.Context, in *patchCheckoutInput) (*rest.One[checkoutView], error) {
	url := in.Body.PurchaseWebhookURL
	if err := a.CheckAddress(ctx, sitePlace, "/purchase_webhook_url", url); err != nil {
		return nil, err
	}
	if err := a.SetAddress(ctx, sitePlace, checkoutThing, 0, url); err != nil {
		return nil, err
	}
	return a.getCheckout(ctx, &in.InWorkspace)
}
