package sale

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

// GrantStore reads grants; crm's rules change them.
type GrantStore interface {
	// Grant also finds a revoked one.
	Grant(ctx context.Context, workspace, id string) (crm.Grant, error)
	ListGrants(ctx context.Context, workspace string, by engine.GrantFilter, p engine.Page) (engine.List[crm.Grant], error)
}

// GrantView is a grant as the API shows it.
type GrantView struct {
	ID        string     `json:"id" example:"grt_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10"`
	ContactID string     `json:"contact_id"`
	OfferID   string     `json:"offer_id"`
	GrantedAt time.Time  `json:"granted_at"`
	RevokedAt *time.Time `json:"revoked_at" doc:"null while it is active"`
	RunID     *string    `json:"run_id" doc:"The run that granted it; null when a person or the API did"`
}

// ShownGrant is a grant as the API shows it.
func ShownGrant(g crm.Grant) GrantView {
	return GrantView{g.ID, g.ContactID, g.OfferID, rest.Stamp(g.GrantedAt), rest.Moment(g.RevokedAt), rest.Text(g.RunID)}
}

type listGrantsInput struct {
	rest.InWorkspace
	rest.Paging
	ContactID string `query:"contact_id" maxLength:"60"`
	OfferID   string `query:"offer_id" maxLength:"60"`
	Active    string `query:"active" enum:"true,false" doc:"Whether the grant is not revoked"`
}

func (a *API) listGrants(ctx context.Context, in *listGrantsInput) (*rest.Listed[GrantView], error) {
	p, err := in.Part()
	if err != nil {
		return nil, err
	}
	by := engine.GrantFilter{ContactID: in.ContactID, OfferID: in.OfferID}
	if in.Active != "" {
		active := in.Active == "true"
		by.Active = &active
	}
	rows, err := a.Store.ListGrants(ctx, rest.WorkspaceOf(ctx).ID, by, p)
	if err != nil {
		return nil, err
	}
	return rest.NewList(rows, ShownGrant), nil
}

type createGrantInput struct {
	rest.InWorkspace
	Body struct {
		ContactID string `json:"contact_id" maxLength:"60"`
		OfferID   string `json:"offer_id,omitempty" maxLength:"60"`
		Offer     string `json:"offer,omitempty" maxLength:"200" doc:"Id or exact title, instead of offer_id"`
		SendEmail string `json:"send_email,omitempty" enum:"never,if_subscribed,always" doc:"Whether the contact gets a welcome e-mail; if_subscribed when left out"`
	}
}

type grantAnswer struct {
	Status int
	Body   struct {
		GrantView
		AlreadyGranted bool   `json:"already_granted" doc:"Whether the contact had access before; nothing was changed then"`
		Email          string `json:"email" doc:"What became of the welcome e-mail: queued, or why there is none"`
	}
}

// createGrant gives access. A second grant is no error: it answers 200 with the
// first one.
func (a *API) createGrant(ctx context.Context, in *createGrantInput) (*grantAnswer, error) {
	ws := rest.WorkspaceOf(ctx).ID
	var result crm.GrantResult
	email := ""
	err := a.Store.Do(ctx, ws, func(tx engine.Tx) error {
		c, err := tx.Contact(in.Body.ContactID)
		if err != nil {
			return rest.Missing(err, "/contact_id", "contact", in.Body.ContactID)
		}
		result, err = crm.GrantOffer(tx, c, cmp.Or(in.Body.OfferID, in.Body.Offer), "")
		if err != nil {
			return err
		}
		email, err = crm.ConfirmGrant(tx, c, result, in.Body.SendEmail, "")
		return err
	})
	if err != nil {
		return nil, err
	}
	out := &grantAnswer{Status: http.StatusOK}
	out.Body.GrantView, out.Body.AlreadyGranted, out.Body.Email = ShownGrant(result.Grant), result.Already, email
	if !result.Already {
		out.Status = http.StatusCreated
		a.Engine.WakeEvents()
		a.auditGrant(ctx, "grant.created", result.Grant)
	}
	return out, nil
}

func (a *API) auditGrant(ctx context.Context, action string, g crm.Grant) {
	ws := rest.WorkspaceOf(ctx).ID
	a.Audit(ctx, engine.AuditEntry{
		Workspace: ws, Action: action, ObjectKind: "grant", ObjectID: g.ID, Detail: map[string]any{"contact": g.ContactID, "offer": g.OfferID},
	})
	a.Live.Publish(engine.Change{Workspace: ws, Kind: engine.ChangeContact, ID: g.ContactID})
}

func (a *API) getGrant(ctx context.Context, in *rest.ByID) (*rest.One[GrantView], error) {
	g, err := a.Store.Grant(ctx, rest.WorkspaceOf(ctx).ID, in.ID)
	if err != nil {
		return nil, err
	}
	return &rest.One[GrantView]{Body: ShownGrant(g)}, nil
}

// revokeGrant ends a grant; one that has ended stays as it is.
func (a *API) revokeGrant(ctx context.Context, in *rest.ByID) (*rest.Nothing, error) {
	ws := rest.WorkspaceOf(ctx).ID
	g, err := a.Store.Grant(ctx, ws, in.ID)
	if err != nil || !g.RevokedAt.IsZero() {
		return nil, err
	}
	revoked := false
	err = a.Store.Do(ctx, ws, func(tx engine.Tx) error {
		revoked = false
		active, err := tx.ActiveGrant(g.ContactID, g.OfferID)
		if errors.Is(err, engine.ErrNotFound) || err == nil && active.ID != g.ID {
			return nil // somebody was faster
		}
		if err != nil {
			return err
		}
		c, err := tx.Contact(g.ContactID)
		if err != nil {
			return err
		}
		result, err := crm.RevokeOffer(tx, c, g.OfferID)
		revoked = result.Revoked
		return err
	})
	if err != nil || !revoked {
		return nil, err
	}
	a.Engine.WakeEvents()
	a.auditGrant(ctx, "grant.revoked", g)
	return nil, nil
}
