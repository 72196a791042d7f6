package sale

import (
	"context"
	"time"

	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

// PaymentView is a payment as the API shows it.
type PaymentView struct {
	ID             string    `json:"id" example:"pay_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10"`
	Number         int64     `json:"number"`
	ContactID      string    `json:"contact_id"`
	Kind           string    `json:"kind" enum:"one_time,first,instalment"`
	State          string    `json:"state" enum:"succeeded,failed,part_refunded,refunded,charged_back"`
	OfferIDs       []string  `json:"offer_ids" nullable:"false" doc:"Several for what was bought together"`
	Amount         int64     `json:"amount" doc:"In the currency's smallest unit, tax included: 4900 is 49.00"`
	Tax            int64     `json:"tax"`
	Refunded       int64     `json:"refunded"`
	Currency       string    `json:"currency" example:"USD"`
	Reason         string    `json:"reason" doc:"Why it failed or was taken back"`
	OrderID        *string   `json:"order_id"`
	PurchaseID     *string   `json:"purchase_id"`
	SubscriptionID *string   `json:"subscription_id"`
	ExternalID     string    `json:"external_id"`
	RunID          *string   `json:"run_id"`
	CreatedAt      time.Time `json:"created_at"`
}

func shownPayment(p crm.Payment) PaymentView {
	return PaymentView{
		p.ID, p.Number, p.ContactID, p.Kind, p.State, rest.OrNone(p.OfferIDs), p.Amount, p.Tax, p.Refunded, p.Currency, p.Reason,
		rest.Text(p.OrderID), rest.Text(p.PurchaseID), rest.Text(p.SubscriptionID), p.ExternalID, rest.Text(p.RunID), rest.Stamp(p.CreatedAt),
	}
}

type listPaymentsInput struct {
	SalesOf
	Kind  string `query:"kind" enum:"one_time,first,instalment"`
	State string `query:"state" enum:"succeeded,failed,part_refunded,refunded,charged_back"`
}

func (a *API) listPayments(ctx context.Context, in *listPaymentsInput) (*rest.Listed[PaymentView], error) {
	p, err := in.Part()
	if err != nil {
		return nil, err
	}
	by := in.filter()
	by.Kind, by.State = in.Kind, in.State
	rows, err := a.Store.ListPayments(ctx, rest.WorkspaceOf(ctx).ID, by, p)
	if err != nil {
		return nil, err
	}
	return rest.NewList(rows, shownPayment), nil
}

func (a *API) getPayment(ctx context.Context, in *rest.ByID) (*rest.One[PaymentView], error) {
	p, err := a.Store.Payment(ctx, rest.WorkspaceOf(ctx).ID, in.ID)
	if err != nil {
		return nil, err
	}
	return &rest.One[PaymentView]{Body: shownPayment(p)}, nil
}

type createPaymentInput struct {
	rest.InWorkspace
	Body struct {
		Whom
		OfferIDs     []string `json:"offer_ids,omitempty" maxItems:"100" doc:"Ids or exact titles; not needed with a subscription, purchase or order"`
		Kind         string   `json:"kind,omitempty" enum:"one_time,first,instalment" doc:"What comes next when left out. A one-time and a first payment make the purchase, unless it is there"`
		Failed       bool     `json:"failed,omitempty" doc:"Records a payment that did not go through"`
		Reason       string   `json:"reason,omitempty" maxLength:"1000"`
		Amount       int64    `json:"amount" minimum:"0" doc:"In the currency's smallest unit, tax included"`
		Tax          int64    `json:"tax,omitempty" minimum:"0"`
		Currency     string   `json:"currency,omitempty" maxLength:"3"`
		Purchase     string   `json:"purchase_id,omitempty" maxLength:"255" doc:"Id or external id of the purchase that it is a later payment of"`
		Order        string   `json:"order_id,omitempty" maxLength:"255"`
		Subscription string   `json:"subscription_id,omitempty" maxLength:"255"`
		ExternalID   string   `json:"external_id,omitempty" maxLength:"255"`
		Access       *bool    `json:"access,omitempty" doc:"Whether a first payment grants the offers; true when left out"`
	}
}

type paymentRecorded struct {
	PaymentView
	Purchases       []PurchaseView `json:"purchases" nullable:"false" doc:"Those that the payment made"`
	AlreadyRecorded bool           `json:"already_recorded"`
}

func (a *API) createPayment(ctx context.Context, in *createPaymentInput) (*recorded[paymentRecorded], error) {
	b := in.Body
	var result crm.PaymentResult
	var contact string
	err := a.recorder().Record(ctx, &contact, func(tx engine.Tx) error {
		input := crm.PaymentInput{
			ContactID: b.ContactID, Kind: b.Kind, Failed: b.Failed, Reason: b.Reason, Offers: b.OfferIDs, Amount: b.Amount, Tax: b.Tax, Currency: b.Currency,
			Purchase: b.Purchase, Order: b.Order, Subscription: b.Subscription, ExternalID: b.ExternalID, NoAccess: b.Access != nil && !*b.Access,
		}
		if b.Email != "" {
			c, err := b.contact(tx)
			if err != nil {
				return err
			}
			input.ContactID = c.ID
		}
		var err error
		result, err = crm.RecordPayment(tx, input)
		contact = result.Payment.ContactID
		return err
	})
	if err != nil {
		return nil, err
	}
	out := paymentRecorded{shownPayment(result.Payment), []PurchaseView{}, result.Already}
	for _, p := range result.Purchases {
		out.Purchases = append(out.Purchases, shownPurchase(p))
	}
	return newRecorded(result.Already, out), nil
}

type refundInput struct {
	rest.ByID
	Body *struct {
		Amount int64  `json:"amount,omitempty" minimum:"0" doc:"In the currency's smallest unit; all that is left when left out"`
		Reason string `json:"reason,omitempty" maxLength:"1000"`
	}
}

type chargebackInput struct {
	rest.ByID
	Body *struct {
		Reason string `json:"reason,omitempty" maxLength:"1000"`
	}
}

type refundView struct {
	Amount   int64         `json:"amount" doc:"What was taken back now; 0 when everything was before"`
	OrderID  *string       `json:"order_id"`
	Payments []PaymentView `json:"payments" nullable:"false"`
}

// refund takes payments back and raises order.refunded or order.chargeback.
func (a *API) refund(ctx context.Context, in crm.RefundInput) (*rest.One[refundView], error) {
	var result crm.RefundResult
	var contact string
	err := a.recorder().Record(ctx, &contact, func(tx engine.Tx) (err error) {
		result, err = crm.Refund(tx, in)
		contact = result.Contact.ID
		return err
	})
	if err != nil {
		return nil, err
	}
	v := refundView{Amount: result.Amount, Payments: []PaymentView{}}
	if result.Order != nil {
		v.OrderID = rest.Text(result.Order.ID)
	}
	for _, p := range result.Payments {
		v.Payments = append(v.Payments, shownPayment(p))
	}
	return &rest.One[refundView]{Body: v}, nil
}

func (a *API) refundPayment(ctx context.Context, in *refundInput) (*rest.One[refundView], error) {
	if _, err := a.Store.Payment(ctx, rest.WorkspaceOf(ctx).ID, in.ID); err != nil {
		return nil, err
	}
	r := crm.RefundInput{Payment: in.ID}
	if in.Body != nil {
		r.Amount, r.Reason = in.Body.Amount, in.Body.Reason
	}
	return a.refund(ctx, r)
}

func (a *API) chargePaymentBack(ctx context.Context, in *chargebackInput) (*rest.One[refundView], error) {
	if _, err := a.Store.Payment(ctx, rest.WorkspaceOf(ctx).ID, in.ID); err != nil {
		return nil, err
	}
	r := crm.RefundInput{Payment: in.ID, Chargeback: true}
	if in.Body != nil {
		r.Reason = in.Body.Reason
	}
	return a.refund(ctx, r)
}
