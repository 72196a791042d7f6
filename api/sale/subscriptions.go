package sale

import (
	"cmp"
	"context"
	"time"

	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

// SubscriptionView is a subscription as the API shows it.
type SubscriptionView struct {
	ID           string     `json:"id" example:"sub_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10"`
	ContactID    string     `json:"contact_id"`
	OfferID      string     `json:"offer_id"`
	State        string     `json:"state" enum:"trialing,active,canceled"`
	Amount       int64      `json:"amount" doc:"What is due each interval, in the currency's smallest unit"`
	Currency     string     `json:"currency" example:"USD"`
	Interval     string     `json:"interval" doc:"day, week, month, year, or empty when unknown"`
	PaymentsMade int        `json:"payments_made"`
	TrialEndsAt  *time.Time `json:"trial_ends_at"`
	RenewedAt    *time.Time `json:"renewed_at"`
	CanceledAt   *time.Time `json:"canceled_at"`
	Reason       string     `json:"reason"`
	OrderID      *string    `json:"order_id"`
	ExternalID   string     `json:"external_id"`
	RunID        *string    `json:"run_id"`
	CreatedAt    time.Time  `json:"created_at"`
}

func shownSubscription(s crm.Subscription) SubscriptionView {
	return SubscriptionView{
		s.ID, s.ContactID, s.OfferID, s.State, s.Amount, s.Currency, s.Interval, s.PaymentsMade, rest.Moment(s.TrialEndsAt), rest.Moment(s.RenewedAt),
		rest.Moment(s.CanceledAt), s.Reason, rest.Text(s.OrderID), s.ExternalID, rest.Text(s.RunID), rest.Stamp(s.CreatedAt),
	}
}

type listSubscriptionsInput struct {
	SalesOf
	State string `query:"state" enum:"trialing,active,canceled"`
}

func (a *API) listSubscriptions(ctx context.Context, in *listSubscriptionsInput) (*rest.Listed[SubscriptionView], error) {
	p, err := in.Part()
	if err != nil {
		return nil, err
	}
	by := in.filter()
	by.State = in.State
	rows, err := a.Store.ListSubscriptions(ctx, rest.WorkspaceOf(ctx).ID, by, p)
	if err != nil {
		return nil, err
	}
	return rest.NewList(rows, shownSubscription), nil
}

func (a *API) getSubscription(ctx context.Context, in *rest.ByID) (*rest.One[SubscriptionView], error) {
	s, err := a.Store.Subscription(ctx, rest.WorkspaceOf(ctx).ID, in.ID)
	if err != nil {
		return nil, err
	}
	return &rest.One[SubscriptionView]{Body: shownSubscription(s)}, nil
}

type createSubscriptionInput struct {
	rest.InWorkspace
	Body struct {
		Whom
		OfferID     string     `json:"offer_id,omitempty" maxLength:"60"`
		Offer       string     `json:"offer,omitempty" maxLength:"200" doc:"Id or exact title, instead of offer_id"`
		Amount      int64      `json:"amount,omitempty" minimum:"0"`
		Currency    string     `json:"currency,omitempty" maxLength:"3"`
		Interval    string     `json:"interval,omitempty" enum:"day,week,month,year"`
		Trial       bool       `json:"trial,omitempty"`
		TrialEndsAt *time.Time `json:"trial_ends_at,omitempty" doc:"Makes it a trial"`
		ExternalID  string     `json:"external_id,omitempty" maxLength:"255"`
		Access      *bool      `json:"access,omitempty"`
	}
}

type subscriptionRecorded struct {
	SubscriptionView
	AlreadyRecorded bool `json:"already_recorded"`
}

// createSubscription records a subscription whose first payment comes by itself;
// POST /purchases records both at once.
func (a *API) createSubscription(ctx context.Context, in *createSubscriptionInput) (*recorded[subscriptionRecorded], error) {
	b := in.Body
	input := crm.SubscriptionInput{
		Offer: cmp.Or(b.OfferID, b.Offer), Amount: b.Amount, Currency: b.Currency, Interval: b.Interval, Trial: b.Trial, ExternalID: b.ExternalID,
		NoAccess: b.Access != nil && !*b.Access,
	}
	if b.TrialEndsAt != nil {
		input.Trial, input.TrialEndsAt = true, *b.TrialEndsAt
	}
	var sub crm.Subscription
	var already bool
	var contact string
	err := a.recorder().Record(ctx, &contact, func(tx engine.Tx) error {
		c, err := b.contact(tx)
		if err != nil {
			return err
		}
		contact, input.ContactID = c.ID, c.ID
		sub, already, err = crm.StartSubscription(tx, input)
		return err
	})
	if err != nil {
		return nil, err
	}
	return newRecorded(already, subscriptionRecorded{shownSubscription(sub), already}), nil
}

type changeSubscriptionInput struct {
	rest.ByID
	Body struct {
		Change string `json:"change" enum:"renewed,trial_ended,canceled"`
		Reason string `json:"reason,omitempty" maxLength:"1000"`
	}
}

// changeSubscription records what became of a subscription without a payment.
func (a *API) changeSubscription(ctx context.Context, in *changeSubscriptionInput) (*rest.One[SubscriptionView], error) {
	if _, err := a.Store.Subscription(ctx, rest.WorkspaceOf(ctx).ID, in.ID); err != nil {
		return nil, err
	}
	var sub crm.Subscription
	var contact string
	err := a.recorder().Record(ctx, &contact, func(tx engine.Tx) (err error) {
		sub, _, err = crm.ChangeSubscription(tx, in.ID, in.Body.Change, in.Body.Reason)
		contact = sub.ContactID
		return err
	})
	if err != nil {
		return nil, err
	}
	return &rest.One[SubscriptionView]{Body: shownSubscription(sub)}, nil
}
