package sale

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/hookloom/hookloom/api/hook"
	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

// OfferStore keeps offers with their products.
type OfferStore interface {
	Offer(ctx context.Context, workspace, id string) (crm.Offer, error)
	ListOffers(ctx context.Context, workspace string, p engine.Page) (engine.List[crm.Offer], error)
	// CreateOffer fills ID, Number and CreatedAt in. Products are named by id,
	// or by title, which makes those that are new; engine.ErrNotFound for an
	// unknown id.
	CreateOffer(ctx context.Context, workspace string, o *crm.Offer) error
	// UpdateOffer stores title and products.
	UpdateOffer(ctx context.Context, workspace string, o *crm.Offer) error
	// DeleteOffer revokes what it grants, without events.
	DeleteOffer(ctx context.Context, workspace, id string) error
}

type offerView struct {
	ID        string        `json:"id" example:"off_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10"`
	Number    int64         `json:"number"`
	Title     string        `json:"title" example:"Gold membership"`
	Products  []crm.Product `json:"products" nullable:"false"`
	CreatedAt time.Time     `json:"created_at"`
	// The addresses are only for who may grant.
	ActivationURL   *string `json:"activation_url" doc:"Grants the offer; null without the right to write offers"`
	DeactivationURL *string `json:"deactivation_url" doc:"Revokes the offer; null without the right to write offers"`
	// PurchaseWebhookURL is a hook, see hook_places.go.
	PurchaseWebhookURL *string `json:"purchase_webhook_url" doc:"Called for each purchase of the offer; null for none, and without the right to write offers"`
}

func shownOffer(o crm.Offer) offerView {
	return offerView{ID: o.ID, Number: o.Number, Title: o.Title, Products: rest.OrNone(o.Products), CreatedAt: rest.Stamp(o.CreatedAt)}
}

func (a *API) listOffers(ctx context.Context, in *rest.ListInput) (*rest.Listed[offerView], error) {
	p, err := in.Part()
	if err != nil {
		return nil, err
	}
	rows, err := a.Store.ListOffers(ctx, rest.WorkspaceOf(ctx).ID, p)
	if err != nil {
		return nil, err
	}
	list := rest.NewList(rows, shownOffer)
	return list, a.addressed(ctx, rows.Items, list.Body.Items)
}

func (a *API) getOffer(ctx context.Context, in *rest.ByID) (*rest.One[offerView], error) {
	o, err := a.Store.Offer(ctx, rest.WorkspaceOf(ctx).ID, in.ID)
	if err != nil {
		return nil, err
	}
	return a.answerOffer(ctx, o)
}

// productRef names a product by its id, or by its title, which makes one that
// is new.
type productRef struct {
	ID    string `json:"id,omitempty" maxLength:"60"`
	Title string `json:"title,omitempty" maxLength:"200"`
}

// products checks the references; nil stays nil.
func products(refs []productRef) ([]crm.Product, error) {
	if refs == nil {
		return nil, nil
	}
	list := make([]crm.Product, 0, len(refs))
	for i, r := range refs {
		r.Title = strings.TrimSpace(r.Title)
		if r.ID == "" && r.Title == "" {
			return nil, problem.At(fmt.Sprintf("/products/%d", i), "required", "Name a product by its id, or by its title.")
		}
		list = append(list, crm.Product{ID: r.ID, Title: r.Title})
	}
	return list, nil
}

type createOfferInput struct {
	rest.InWorkspace
	Body struct {
		Title    string       `json:"title" minLength:"1" maxLength:"200"`
		Products []productRef `json:"products,omitempty" maxItems:"100"`

		PurchaseWebhookURL *string `json:"purchase_webhook_url,omitempty" maxLength:"8000" doc:"Called for each purchase of the offer"`
	}
}

func (a *API) createOffer(ctx context.Context, in *createOfferInput) (*rest.One[offerView], error) {
	list, err := products(in.Body.Products)
	if err != nil {
		return nil, err
	}
	o := crm.Offer{Title: strings.TrimSpace(in.Body.Title), Products: list}
	if o.Title == "" {
		return nil, problem.At("/title", "required", "An offer needs a title.")
	}
	ws := rest.WorkspaceOf(ctx).ID
	if err := a.Hook.CheckAddress(ctx, hook.PurchasePlace, "/purchase_webhook_url", in.Body.PurchaseWebhookURL); err != nil {
		return nil, err
	}
	if err := a.Store.CreateOffer(ctx, ws, &o); err != nil {
		return nil, unknownProduct(err)
	}
	if err := a.Hook.SetAddress(ctx, hook.PurchasePlace, o.ID, o.Number, in.Body.PurchaseWebhookURL); err != nil {
		return nil, err
	}
	a.auditOffer(ctx, "offer.created", o.ID)
	return a.answerOffer(ctx, o)
}

// unknownProduct is for calls that name nothing else by id.
func unknownProduct(err error) error {
	if errors.Is(err, engine.ErrNotFound) {
		return problem.At("/products", "not_found", "One of these products is not there: name products by the ids of this workspace, or by title.")
	}
	return err
}

func (a *API) auditOffer(ctx context.Context, action, id string) {
	a.Audit(ctx, engine.AuditEntry{Workspace: rest.WorkspaceOf(ctx).ID, Action: action, ObjectKind: "offer", ObjectID: id})
}

type patchOfferInput struct {
	rest.ByID
	Body struct {
		Title    *string      `json:"title,omitempty" minLength:"1" maxLength:"200"`
		Products []productRef `json:"products,omitempty" maxItems:"100" doc:"The whole list"`

		PurchaseWebhookURL *string `json:"purchase_webhook_url,omitempty" maxLength:"8000" doc:"Called for each purchase of the offer; empty for none"`
	}
}

func (a *API) patchOffer(ctx context.Context, in *patchOfferInput) (*rest.One[offerView], error) {
	list, err := products(in.Body.Products)
	if err != nil {
		return nil, err
	}
	ws := rest.WorkspaceOf(ctx).ID
	o, err := a.Store.Offer(ctx, ws, in.ID)
	if err != nil {
		return nil, err
	}
	if in.Body.Title != nil {
		o.Title = strings.TrimSpace(*in.Body.Title)
	}
	if o.Title == "" {
		return nil, problem.At("/title", "required", "An offer needs a title.")
	}
	if list != nil {
		o.Products = list
	}
	if err := a.Hook.CheckAddress(ctx, hook.PurchasePlace, "/purchase_webhook_url", in.Body.PurchaseWebhookURL); err != nil {
		return nil, err
	}
	if err := a.Store.UpdateOffer(ctx, ws, &o); err != nil {
		return nil, unknownProduct(err)
	}
	if err := a.Hook.SetAddress(ctx, hook.PurchasePlace, o.ID, o.Number, in.Body.PurchaseWebhookURL); err != nil {
		return nil, err
	}
	a.auditOffer(ctx, "offer.updated", o.ID)
	return a.answerOffer(ctx, o)
}

func (a *API) deleteOffer(ctx context.Context, in *rest.ByID) (*rest.Nothing, error) {
	if err := a.Store.DeleteOffer(ctx, rest.WorkspaceOf(ctx).ID, in.ID); err != nil {
		return nil, err
	}
	a.auditOffer(ctx, "offer.deleted", in.ID)
	none := ""
	if err := a.Hook.SetAddress(ctx, hook.PurchasePlace, in.ID, 0, &none); err != nil {
		return nil, err
	}
	return nil, nil
}
