package sale

import (
	"cmp"
	"context"
	"time"

	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

// OrderView is an order as the API shows it.
type OrderView struct {
	ID         string          `json:"id" example:"ord_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10"`
	Number     int64           `json:"number"`
	ContactID  string          `json:"contact_id"`
	Cart       bool            `json:"cart"`
	State      string          `json:"state" enum:"completed,part_refunded,refunded,charged_back"`
	Subtotal   int64           `json:"subtotal"`
	Discount   int64           `json:"discount"`
	Tax        int64           `json:"tax"`
	Total      int64           `json:"total" doc:"Subtotal less discount plus tax, in the currency's smallest unit"`
	Currency   string          `json:"currency" example:"USD"`
	Coupon     string          `json:"coupon"`
	Items      []OrderItemView `json:"items" nullable:"false"`
	ExternalID string          `json:"external_id"`
	RunID      *string         `json:"run_id"`
	CreatedAt  time.Time       `json:"created_at"`
}

// OrderItemView is one offer of an order.
type OrderItemView struct {
	ID          string `json:"id"`
	Number      int64  `json:"number"`
	OfferID     string `json:"offer_id"`
	Title       string `json:"title"`
	Role        string `json:"role" enum:"primary,bump,item"`
	PaymentType string `json:"payment_type"`
	Quantity    int    `json:"quantity"`
	Amount      int64  `json:"amount" doc:"For the whole quantity, before discount and tax"`
}

func shownOrder(o crm.Order) OrderView {
	v := OrderView{
		o.ID, o.Number, o.ContactID, o.Cart, o.State, o.Subtotal, o.Discount, o.Tax, o.Total, o.Currency, o.Coupon, []OrderItemView{},
		o.ExternalID, rest.Text(o.RunID), rest.Stamp(o.CreatedAt),
	}
	for _, it := range o.Items {
		v.Items = append(v.Items, OrderItemView{it.ID, it.Number, it.OfferID, it.Title, it.Role, it.PaymentType, it.Quantity, it.Amount})
	}
	return v
}

type listOrdersInput struct {
	SalesOf
	State string `query:"state" enum:"completed,part_refunded,refunded,charged_back"`
}

func (a *API) listOrders(ctx context.Context, in *listOrdersInput) (*rest.Listed[OrderView], error) {
	p, err := in.Part()
	if err != nil {
		return nil, err
	}
	by := in.filter()
	by.State = in.State
	rows, err := a.Store.ListOrders(ctx, rest.WorkspaceOf(ctx).ID, by, p)
	if err != nil {
		return nil, err
	}
	return rest.NewList(rows, shownOrder), nil
}

func (a *API) getOrder(ctx context.Context, in *rest.ByID) (*rest.One[OrderView], error) {
	o, err := a.Store.SaleOrder(ctx, rest.WorkspaceOf(ctx).ID, in.ID)
	if err != nil {
		return nil, err
	}
	return &rest.One[OrderView]{Body: shownOrder(o)}, nil
}

// soldItem is one offer of an order that is recorded.
type soldItem struct {
	OfferID     string `json:"offer_id,omitempty" maxLength:"60"`
	Offer       string `json:"offer,omitempty" maxLength:"200" doc:"Id or exact title, instead of offer_id"`
	Amount      int64  `json:"amount,omitempty" minimum:"0" doc:"For the whole quantity, before discount and tax, in the currency's smallest unit"`
	Quantity    int    `json:"quantity,omitempty" minimum:"0"`
	PaymentType string `json:"payment_type,omitempty" enum:"one_time,subscription,payment_plan,free"`
	Interval    string `json:"interval,omitempty" enum:"day,week,month,year"`
	Trial       bool   `json:"trial,omitempty" doc:"A subscription that nothing is paid for now"`
}

type createOrderInput struct {
	rest.InWorkspace
	Body struct {
		Whom
		Items      []soldItem `json:"items" minItems:"1" maxItems:"100" doc:"The primary offer first, then its bumps. One-time offers are one payment; subscriptions and payment plans stay payments of their own"`
		Cart       bool       `json:"cart,omitempty"`
		Discount   int64      `json:"discount,omitempty" minimum:"0"`
		Tax        int64      `json:"tax,omitempty" minimum:"0"`
		Currency   string     `json:"currency,omitempty" maxLength:"3"`
		Coupon     string     `json:"coupon,omitempty" maxLength:"200"`
		ExternalID string     `json:"external_id,omitempty" maxLength:"255"`
		Access     *bool      `json:"access,omitempty" doc:"Whether the offers are granted; true when left out"`
	}
}

type orderRecorded struct {
	OrderView
	Payments        []PaymentView  `json:"payments" nullable:"false"`
	Purchases       []PurchaseView `json:"purchases" nullable:"false"`
	AlreadyRecorded bool           `json:"already_recorded"`
}

func (a *API) createOrder(ctx context.Context, in *createOrderInput) (*recorded[orderRecorded], error) {
	b := in.Body
	var sale crm.Sale
	var contact string
	err := a.recorder().Record(ctx, &contact, func(tx engine.Tx) error {
		c, err := b.contact(tx)
		if err != nil {
			return err
		}
		contact = c.ID
		input := crm.SaleInput{
			ContactID: c.ID, Order: true, Cart: b.Cart, Discount: b.Discount, Tax: b.Tax, Currency: b.Currency, Coupon: b.Coupon,
			ExternalID: b.ExternalID, NoAccess: b.Access != nil && !*b.Access,
		}
		for _, it := range b.Items {
			input.Lines = append(input.Lines, crm.Line{
				Offer: cmp.Or(it.OfferID, it.Offer), Amount: it.Amount, Quantity: it.Quantity, Type: it.PaymentType, Interval: it.Interval, Trial: it.Trial,
			})
		}
		sale, err = crm.Sell(tx, input)
		return err
	})
	if err != nil {
		return nil, err
	}
	out := orderRecorded{shownOrder(*sale.Order), []PaymentView{}, []PurchaseView{}, sale.Already}
	for _, p := range sale.Payments {
		out.Payments = append(out.Payments, shownPayment(p))
	}
	for _, p := range sale.Purchases {
		out.Purchases = append(out.Purchases, shownPurchase(p))
	}
	return newRecorded(sale.Already, out), nil
}

func (a *API) refundOrder(ctx context.Context, in *refundInput) (*rest.One[refundView], error) {
	if _, err := a.Store.SaleOrder(ctx, rest.WorkspaceOf(ctx).ID, in.ID); err != nil {
		return nil, err
	}
	r := crm.RefundInput{Order: in.ID}
	if in.Body != nil {
		r.Amount, r.Reason = in.Body.Amount, in.Body.Reason
	}
	return a.refund(ctx, r)
}

func (a *API) chargeOrderBack(ctx context.Context, in *chargebackInput) (*rest.One[refundView], error) {
	if _, err := a.Store.SaleOrder(ctx, rest.WorkspaceOf(ctx).ID, in.ID); err != nil {
		return nil, err
	}
	r := crm.RefundInput{Order: in.ID, Chargeback: true}
	if in.Body != nil {
		r.Reason = in.Body.Reason
	}
	return a.refund(ctx, r)
}
