package sale

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/hookloom/hookloom/api/hook"
	"github.com/hookloom/hookloom/api/ingress"
	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/engine/value"
)

// OfferAddressStore keeps the addresses of offers and the log of their calls.
type OfferAddressStore interface {
	// OfferTokens returns the addresses of an offer, newest first.
	OfferTokens(ctx context.Context, workspace, offerID string) ([]engine.OfferToken, error)
	// CurrentOfferTokens returns the present token of each offer by its id.
	CurrentOfferTokens(ctx context.Context, workspace string, offerIDs []string) (map[string]string, error)
	// EnsureOfferTokens makes the addresses of offers that have none.
	EnsureOfferTokens(ctx context.Context, workspace string, offers []crm.Offer) error
	OfferCall(ctx context.Context, workspace, id string) (engine.OfferCall, error)
	// ListOfferCalls lists the log from the newest.
	ListOfferCalls(ctx context.Context, workspace, offerID string, by engine.OfferCallFilter, p engine.Page) (engine.List[engine.OfferCall], error)
	// OldCallers returns who called addresses that were rotated away since a time.
	OldCallers(ctx context.Context, workspace, offerID string, since time.Time) ([]engine.OldCaller, error)
}

// offerURL is one of the two addresses of an offer.
func (a *API) offerURL(ctx context.Context, o crm.Offer, token, action string) *string {
	return rest.Text(fmt.Sprintf("%s%s%s/%d/%s", a.Base(rest.WorkspaceOf(ctx).ID), ingress.OfferPrefix, token, o.Number, action))
}

// addressed fills the addresses of offers in, for callers who may grant: the
// address alone is the credential.
func (a *API) addressed(ctx context.Context, offers []crm.Offer, views []offerView) error {
	ws := rest.WorkspaceOf(ctx).ID
	if len(offers) == 0 || !rest.CallerOf(ctx).Can(account.OffersWrite, ws) {
		return nil
	}
	ids := make([]string, len(offers))
	for i, o := range offers {
		ids[i] = o.ID
	}
	purchases, err := a.Hook.Addresses(ctx, hook.PurchasePlace)
	if err != nil {
		return err
	}
	tokens, err := a.Store.CurrentOfferTokens(ctx, ws, ids)
	if err == nil && len(tokens) < len(offers) {
		// Offers from before there were addresses.
		if err = a.Store.EnsureOfferTokens(ctx, ws, offers); err == nil {
			tokens, err = a.Store.CurrentOfferTokens(ctx, ws, ids)
		}
	}
	for i, o := range offers {
		views[i].PurchaseWebhookURL = rest.Text(purchases[o.ID])
		if token := tokens[o.ID]; token != "" {
			views[i].ActivationURL = a.offerURL(ctx, o, token, engine.Activate)
			views[i].DeactivationURL = a.offerURL(ctx, o, token, engine.Deactivate)
		}
	}
	return err
}

func (a *API) answerOffer(ctx context.Context, o crm.Offer) (*rest.One[offerView], error) {
	views := []offerView{shownOffer(o)}
	err := a.addressed(ctx, []crm.Offer{o}, views)
	return &rest.One[offerView]{Body: views[0]}, err
}

// offerAddresses is what the page of an offer's webhooks shows.
type offerAddresses struct {
	ActivationURL   *string         `json:"activation_url"`
	DeactivationURL *string         `json:"deactivation_url"`
	OldURLs         []oldOfferURL   `json:"old_urls" nullable:"false" doc:"Addresses that were rotated away and still work"`
	OldCallers      []oldCallerView `json:"old_callers" nullable:"false" doc:"Who called an old address in the last 30 days, the latest first, at most 100"`
}

type oldOfferURL struct {
	ActivationURL *string   `json:"activation_url"`
	ExpiresAt     time.Time `json:"expires_at" doc:"It answers 410 from then on"`
}

type oldCallerView struct {
	IP         string    `json:"ip"`
	UserAgent  string    `json:"user_agent"`
	Calls      int       `json:"calls"`
	LastCallAt time.Time `json:"last_call_at"`
}

func (a *API) getOfferAddresses(ctx context.Context, in *rest.ByID) (*rest.One[offerAddresses], error) {
	ws := rest.WorkspaceOf(ctx).ID
	o, err := a.Store.Offer(ctx, ws, in.ID)
	if err != nil {
		return nil, err
	}
	shown, err := a.answerOffer(ctx, o)
	if err != nil {
		return nil, err
	}
	v := offerAddresses{ActivationURL: shown.Body.ActivationURL, DeactivationURL: shown.Body.DeactivationURL, OldURLs: []oldOfferURL{}, OldCallers: []oldCallerView{}}
	tokens, err := a.Store.OfferTokens(ctx, ws, o.ID)
	if err != nil {
		return nil, err
	}
	for _, k := range tokens {
		if v.ActivationURL != nil && k.ExpiresAt.After(a.Now()) {
			v.OldURLs = append(v.OldURLs, oldOfferURL{a.offerURL(ctx, o, k.Plain, engine.Activate), rest.Stamp(k.ExpiresAt)})
		}
	}
	callers, err := a.Store.OldCallers(ctx, ws, o.ID, a.Now().Add(-30*24*time.Hour))
	for _, c := range callers {
		v.OldCallers = append(v.OldCallers, oldCallerView{c.IP, c.UserAgent, c.Calls, rest.Stamp(c.LastAt)})
	}
	return &rest.One[offerAddresses]{Body: v}, err
}

type rotateOfferInput struct {
	rest.ByID
	Body *struct {
		Overlap *string `json:"overlap,omitempty" maxLength:"40" example:"24h" doc:"How long the old addresses work too, such as 24h, 30m or 7d; 24h when left out, at most 90d; 0s ends them at once"`
	} `required:"false"`
}

// rotateOffer gives an offer new addresses. Both work during the overlap; then
// the old ones answer 410.
func (a *API) rotateOffer(ctx context.Context, in *rotateOfferInput) (*rest.One[offerAddresses], error) {
	var asked *string
	if in.Body != nil {
		asked = in.Body.Overlap
	}
	overlap, err := rest.OverlapOf(asked)
	if err != nil {
		return nil, err
	}
	ws := rest.WorkspaceOf(ctx).ID
	if _, err := a.Store.Offer(ctx, ws, in.ID); err != nil {
		return nil, err
	}
	plain := secret.NewToken()
	err = a.Store.Do(ctx, ws, func(tx engine.Tx) error {
		if err := tx.ExpireOfferTokens(in.ID, a.Now().Add(overlap)); err != nil {
			return err
		}
		return tx.InsertOfferToken(engine.OfferToken{Hash: secret.HashToken(plain), OfferID: in.ID, Plain: plain})
	})
	if err != nil {
		return nil, err
	}
	a.auditOffer(ctx, "offer.urls_rotated", in.ID)
	return a.getOfferAddresses(ctx, &in.ByID)
}

// offerCallView is one entry of the log of an offer's addresses.
type offerCallView struct {
	ID          string          `json:"id" example:"req_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10"`
	Number      int64           `json:"number" doc:"The ID of the entry as people read it"`
	RequestUUID string          `json:"request_uuid"`
	Action      string          `json:"action" enum:"activate,deactivate"`
	Status      int             `json:"status" doc:"What the sender was answered"`
	Verdict     string          `json:"verdict" enum:"accepted,duplicate,invalid,forbidden,too_large,rate_limited"`
	Params      json.RawMessage `json:"params" doc:"What was sent, body over query; null when it could not be read"`
	Errors      []problem.Item  `json:"errors" nullable:"false"`
	Reason      string          `json:"reason"`
	Method      string          `json:"method"`
	ContentType string          `json:"content_type"`
	Size        int64           `json:"size"`
	IP          string          `json:"ip"`
	UserAgent   string          `json:"user_agent"`
	OldURL      bool            `json:"old_url" doc:"Whether it came to an address that was rotated away"`
	RunID       *string         `json:"run_id"`
	ContactID   *string         `json:"contact_id"`
	DuplicateOf *string         `json:"duplicate_of"`
	CreatedAt   time.Time       `json:"created_at"`
}

// ShownOfferCall is a call of an offer's address as the API shows it.
func ShownOfferCall(c engine.OfferCall) offerCallView {
	v := offerCallView{
		ID: c.ID, Number: c.Number, RequestUUID: strings.TrimPrefix(c.ID, "req_"), Action: c.Action, Status: c.Status, Verdict: c.Verdict,
		Params: rest.PlainJSON(nil), Errors: []problem.Item{}, Reason: c.Reason, Method: c.Method, ContentType: c.ContentType, Size: c.Size, IP: c.IP,
		UserAgent: c.UserAgent, OldURL: c.Old, RunID: rest.Text(c.RunID), ContactID: rest.Text(c.ContactID), DuplicateOf: rest.Text(c.DuplicateOf),
		CreatedAt: rest.Stamp(c.ReceivedAt),
	}
	if encoded, err := value.Encode(c.Params); c.Params != nil && err == nil {
		v.Params = encoded
	}
	for _, f := range c.Errors {
		v.Errors = append(v.Errors, problem.Item{Pointer: f.Pointer, Code: f.Code, Detail: f.Message})
	}
	return v
}

type listOfferCallsInput struct {
	rest.ByID
	rest.Paging
	Verdict string `query:"verdict" enum:"accepted,duplicate,invalid,forbidden,too_large,rate_limited"`
	Action  string `query:"action" enum:"activate,deactivate"`
}

func (a *API) listOfferCalls(ctx context.Context, in *listOfferCallsInput) (*rest.Listed[offerCallView], error) {
	p, err := in.Part()
	if err != nil {
		return nil, err
	}
	ws := rest.WorkspaceOf(ctx).ID
	if _, err := a.Store.Offer(ctx, ws, in.ID); err != nil {
		return nil, err
	}
	rows, err := a.Store.ListOfferCalls(ctx, ws, in.ID, engine.OfferCallFilter{Verdict: in.Verdict, Action: in.Action}, p)
	if err != nil {
		return nil, err
	}
	return rest.NewList(rows, ShownOfferCall), nil
}
