package sale

import (
	"cmp"
	"context"
	"net/http"
	"time"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

// SaleStore reads sales and course events; crm's rules record them.
type SaleStore interface {
	Purchase(ctx context.Context, workspace, id string) (crm.Purchase, error)
	ListPurchases(ctx context.Context, workspace string, by engine.SaleFilter, p engine.Page) (engine.List[crm.Purchase], error)
	Payment(ctx context.Context, workspace, id string) (crm.Payment, error)
	ListPayments(ctx context.Context, workspace string, by engine.SaleFilter, p engine.Page) (engine.List[crm.Payment], error)
	// SaleOrder returns an order with its items.
	SaleOrder(ctx context.Context, workspace, id string) (crm.Order, error)
	ListOrders(ctx context.Context, workspace string, by engine.SaleFilter, p engine.Page) (engine.List[crm.Order], error)
	Subscription(ctx context.Context, workspace, id string) (crm.Subscription, error)
	ListSubscriptions(ctx context.Context, workspace string, by engine.SaleFilter, p engine.Page) (engine.List[crm.Subscription], error)
	CourseEvent(ctx context.Context, workspace, id string) (crm.CourseEvent, error)
	ListCourseEvents(ctx context.Context, workspace string, by engine.SaleFilter, p engine.Page) (engine.List[crm.CourseEvent], error)
}

// Whom names the contact of what is recorded: by its id, or by an e-mail, which
// makes one that is new. Embed it in a body.
type Whom struct {
	ContactID string `json:"contact_id,omitempty" maxLength:"60"`
	Email     string `json:"email,omitempty" maxLength:"320" doc:"Instead of contact_id: the contact with this e-mail, made when there is none"`
	Name      string `json:"name,omitempty" maxLength:"1000" doc:"Of a contact named by its e-mail"`
}

// contact finds who is meant, or makes the contact.
func (w Whom) contact(tx crm.Tx) (crm.Contact, error) {
	switch {
	case w.ContactID != "":
		c, err := tx.Contact(w.ContactID)
		return c, rest.Missing(err, "/contact_id", "contact", w.ContactID)
	case w.Email != "":
		result, err := crm.Upsert(tx, crm.UpsertInput{Email: w.Email, Name: w.Name, Strict: true})
		return result.Contact, err
	}
	return crm.Contact{}, problem.At("/contact_id", "required", "Name the contact by contact_id, or by email.")
}

// recorded is the answer to what was recorded: 201, or 200 when its external id
// was known and nothing was changed.
type recorded[T any] struct {
	Status int
	Body   T
}

func newRecorded[T any](already bool, body T) *recorded[T] {
	if already {
		return &recorded[T]{http.StatusOK, body}
	}
	return &recorded[T]{http.StatusCreated, body}
}

// SalesOf narrows a list of sales. Embed it in the input.
type SalesOf struct {
	rest.InWorkspace
	rest.Paging
	ContactID string `query:"contact_id" maxLength:"60"`
	OfferID   string `query:"offer_id" maxLength:"60"`
}

func (in SalesOf) filter() engine.SaleFilter {
	return engine.SaleFilter{ContactID: in.ContactID, OfferID: in.OfferID}
}

// PurchaseView is a purchase as the API shows it.
type PurchaseView struct {
	ID             string     `json:"id" example:"pur_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10"`
	Number         int64      `json:"number"`
	ContactID      string     `json:"contact_id"`
	OfferID        string     `json:"offer_id"`
	PaymentType    string     `json:"payment_type" enum:"one_time,subscription,payment_plan,free"`
	Amount         int64      `json:"amount" doc:"In the currency's smallest unit: 4900 is 49.00"`
	Currency       string     `json:"currency" example:"USD"`
	Quantity       int        `json:"quantity"`
	PaymentsMade   int        `json:"payments_made"`
	Coupon         string     `json:"coupon"`
	Source         string     `json:"source"`
	Referrer       string     `json:"referrer"`
	OrderID        *string    `json:"order_id"`
	SubscriptionID *string    `json:"subscription_id"`
	ExternalID     string     `json:"external_id"`
	RunID          *string    `json:"run_id" doc:"The run that recorded it; null when a person or the API did"`
	DeactivatedAt  *time.Time `json:"deactivated_at"`
	CreatedAt      time.Time  `json:"created_at"`
}

func shownPurchase(p crm.Purchase) PurchaseView {
	return PurchaseView{
		p.ID, p.Number, p.ContactID, p.OfferID, p.PaymentType, p.Amount, p.Currency, p.Quantity, p.PaymentsMade, p.Coupon, p.Source, p.Referrer,
		rest.Text(p.OrderID), rest.Text(p.SubscriptionID), p.ExternalID, rest.Text(p.RunID), rest.Moment(p.DeactivatedAt), rest.Stamp(p.CreatedAt),
	}
}

func (a *API) listPurchases(ctx context.Context, in *SalesOf) (*rest.Listed[PurchaseView], error) {
	p, err := in.Part()
	if err != nil {
		return nil, err
	}
	rows, err := a.Store.ListPurchases(ctx, rest.WorkspaceOf(ctx).ID, in.filter(), p)
	if err != nil {
		return nil, err
	}
	return rest.NewList(rows, shownPurchase), nil
}

func (a *API) getPurchase(ctx context.Context, in *rest.ByID) (*rest.One[PurchaseView], error) {
	p, err := a.Store.Purchase(ctx, rest.WorkspaceOf(ctx).ID, in.ID)
	if err != nil {
		return nil, err
	}
	return &rest.One[PurchaseView]{Body: shownPurchase(p)}, nil
}

type createPurchaseInput struct {
	rest.InWorkspace
	Body struct {
		Whom
		OfferID     string `json:"offer_id,omitempty" maxLength:"60"`
		Offer       string `json:"offer,omitempty" maxLength:"200" doc:"Id or exact title, instead of offer_id"`
		Amount      int64  `json:"amount,omitempty" minimum:"0" doc:"What is paid at once, tax included, in the currency's smallest unit; 0 is free"`
		Tax         int64  `json:"tax,omitempty" minimum:"0" doc:"The part of the amount that is tax"`
		Currency    string `json:"currency,omitempty" maxLength:"3" doc:"ISO 4217; the workspace's when left out"`
		PaymentType string `json:"payment_type,omitempty" enum:"one_time,subscription,payment_plan,free"`
		Quantity    int    `json:"quantity,omitempty" minimum:"0"`
		Interval    string `json:"interval,omitempty" enum:"day,week,month,year" doc:"Of a subscription"`
		Coupon      string `json:"coupon,omitempty" maxLength:"200"`
		Source      string `json:"source,omitempty" maxLength:"1000"`
		Referrer    string `json:"referrer,omitempty" maxLength:"1000"`
		ExternalID  string `json:"external_id,omitempty" maxLength:"255" doc:"Its id where it was made; one that is known is not recorded again"`
		Access      *bool  `json:"access,omitempty" doc:"Whether the offer is granted; true when left out"`
	}
}

type purchaseRecorded struct {
	PurchaseView
	Payments        []PaymentView `json:"payments" nullable:"false" doc:"The first payment, none for a free purchase"`
	AlreadyRecorded bool          `json:"already_recorded"`
}

// createPurchase records a purchase with its first payment and gives access.
func (a *API) createPurchase(ctx context.Context, in *createPurchaseInput) (*recorded[purchaseRecorded], error) {
	b := in.Body
	if b.Tax > b.Amount {
		return nil, problem.At("/tax", "invalid", "The tax is more than the amount that it is a part of.")
	}
	var sale crm.Sale
	var contact string
	err := a.recorder().Record(ctx, &contact, func(tx engine.Tx) error {
		c, err := b.contact(tx)
		if err != nil {
			return err
		}
		contact = c.ID
		sale, err = crm.Sell(tx, crm.SaleInput{
			ContactID: c.ID, Tax: b.Tax, Currency: b.Currency, Coupon: b.Coupon, Source: b.Source, Referrer: b.Referrer, ExternalID: b.ExternalID,
			NoAccess: b.Access != nil && !*b.Access,
			Lines:    []crm.Line{{Offer: cmp.Or(b.OfferID, b.Offer), Type: b.PaymentType, Amount: b.Amount - b.Tax, Quantity: b.Quantity, Interval: b.Interval}},
		})
		if err == nil && len(sale.Purchases) == 0 {
			err = problem.At("/external_id", "taken", "This external id is of a subscription that was not paid yet: record its payment instead.")
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	out := purchaseRecorded{shownPurchase(sale.Purchases[0]), []PaymentView{}, sale.Already}
	for _, p := range sale.Payments {
		out.Payments = append(out.Payments, shownPayment(p))
	}
	return newRecorded(sale.Already, out), nil
}

type setPurchaseInput struct {
	rest.ByID
	Body *struct {
		Reason string `json:"reason,omitempty" maxLength:"1000"`
	}
}

func (a *API) deactivatePurchase(ctx context.Context, in *setPurchaseInput) (*rest.One[PurchaseView], error) {
	return a.setPurchase(ctx, in, false)
}

func (a *API) reactivatePurchase(ctx context.Context, in *setPurchaseInput) (*rest.One[PurchaseView], error) {
	return a.setPurchase(ctx, in, true)
}

// setPurchase takes a purchase out of use with the access that it gives, or
// brings both back. Its subscription goes on.
func (a *API) setPurchase(ctx context.Context, in *setPurchaseInput, active bool) (*rest.One[PurchaseView], error) {
	if _, err := a.Store.Purchase(ctx, rest.WorkspaceOf(ctx).ID, in.ID); err != nil {
		return nil, err
	}
	reason := ""
	if in.Body != nil {
		reason = in.Body.Reason
	}
	var p crm.Purchase
	var contact string
	err := a.recorder().Record(ctx, &contact, func(tx engine.Tx) (err error) {
		p, _, err = crm.SetPurchase(tx, in.ID, active, reason, "")
		contact = p.ContactID
		return err
	})
	if err != nil {
		return nil, err
	}
	return &rest.One[PurchaseView]{Body: shownPurchase(p)}, nil
}

// recorder changes sales in one transaction and wakes the workflows that listen.
func (a *API) recorder() rest.Recorder {
	return rest.Recorder{Store: a.Store, Wake: a.Engine.WakeEvents, Live: a.Live}
}
