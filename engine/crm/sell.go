package crm

import (
	"errors"
	"fmt"
	"time"
)

// SaleInput is what is known of one checkout.
type SaleInput struct {
	ContactID string
	// Order records what is bought as an order, also when it is one offer. More
	// than one line and Cart imply it.
	Order bool
	// Cart marks an order through the cart.
	Cart bool
	// Lines are the offers, the primary one first; at least one, at most MaxLines.
	Lines []Line
	// Tax is added to the lines' amounts and Discount taken off; both are of the
	// one-time lines' common payment.
	Tax, Discount int64
	// Currency "" is the workspace's.
	Currency                 string
	Coupon, Source, Referrer string
	// ExternalID names the sale where it was made; a second one with it changes
	// nothing.
	ExternalID string
	// NoAccess leaves the contact's access as it is.
	NoAccess bool
	RunID    string
}

// Line is one offer of a sale.
type Line struct {
	// Offer is an id or exact title.
	Offer string
	// Type is one_time, subscription, payment_plan or free; "" is one_time.
	Type string
	// Amount is what is paid now for the whole quantity. Of a trial it is what
	// is due after it.
	Amount int64
	// Quantity 0 means 1.
	Quantity int
	// Trial begins a subscription that nothing is paid for now.
	Trial       bool
	TrialEndsAt time.Time
	// Interval is day, week, month or year; "" when unknown.
	Interval string

	offer Offer
}

// MaxLines is how many offers one sale may have.
const MaxLines = 100

// Sale is what a Sell recorded.
type Sale struct {
	Act Act
	// Already is true when the external id was known; then Order, or the one of
	// Purchases, is what was recorded first and nothing was changed.
	Already bool
	// Order is nil for the purchase of one offer.
	Order         *Order
	Purchases     []Purchase
	Payments      []Payment
	Subscriptions []Subscription
	Contact       Contact
}

// Sell records a checkout: the order, its purchases, subscriptions and payments,
// and the access that they give. It raises what Raises says of its act. The error
// is a *Rejected or the transaction's.
func Sell(tx Tx, in SaleInput) (Sale, error) {
	in.Order = in.Order || in.Cart || len(in.Lines) > 1
	if known, err := soldBefore(tx, in); err != nil || known.Already {
		return known, err
	}
	c, err := buyer(tx, in.ContactID)
	if err != nil {
		return Sale{}, err
	}
	s := &seller{tx: tx, in: in, Sale: Sale{Contact: c}}
	for _, step := range [...]func() error{
		s.check, s.order, s.subscribe, s.purchase, s.pay, s.tell, s.access,
	} {
		if err := step(); err != nil {
			return Sale{}, err
		}
	}
	return s.Sale, nil
}

// soldBefore finds a sale by its external id.
func soldBefore(tx Tx, in SaleInput) (Sale, error) {
	if in.ExternalID == "" {
		return Sale{}, nil
	}
	if in.Order {
		o, err := tx.Order(in.ExternalID)
		if errors.Is(err, ErrNotFound) {
			return Sale{}, nil
		}
		return Sale{Already: err == nil, Order: &o}, err
	}
	p, err := tx.Purchase(in.ExternalID)
	if !errors.Is(err, ErrNotFound) {
		return Sale{Already: err == nil, Purchases: []Purchase{p}}, err
	}
	// A trial has no purchase before it is paid.
	sub, err := tx.Subscription(in.ExternalID)
	if errors.Is(err, ErrNotFound) {
		return Sale{}, nil
	}
	return Sale{Already: err == nil, Subscriptions: []Subscription{sub}}, err
}

// buyer is the contact of a sale.
func buyer(tx Tx, id string) (Contact, error) {
	if id == "" {
		return Contact{}, rejected("contact_id", "blank", "No contact is named.")
	}
	c, err := tx.Contact(id)
	if errors.Is(err, ErrNotFound) {
		return c, rejected("contact_id", "not_found", "There is no contact with the id %.80q.", id)
	}
	return c, err
}

// seller is one Sell under way.
type seller struct {
	tx Tx
	in SaleInput
	Sale
	// subscriptions by the line that they are of.
	subs map[int]int
}

// field names a value of a line as callers know it.
func (s *seller) field(i int, name string) string {
	if s.in.Order {
		return fmt.Sprintf("items.%d.%s", i, name)
	}
	return name
}

func (s *seller) check() (err error) {
	in := &s.in
	if len(in.Lines) == 0 {
		return rejected("items", "blank", "Nothing is sold: name at least one offer.")
	}
	if len(in.Lines) > MaxLines {
		return rejected("items", "too_many", "%d offers in one order are too many; at most %d can be sold at once.", len(in.Lines), MaxLines)
	}
	for field, text := range map[string]*string{"coupon": &in.Coupon, "source": &in.Source, "referrer": &in.Referrer, "external_id": &in.ExternalID} {
		if *text, err = line(field, *text); err != nil {
			return err
		}
	}
	amounts := map[string]int64{"tax": in.Tax, "discount": in.Discount}
	for i := range in.Lines {
		if err := s.checkLine(i); err != nil {
			return err
		}
		amounts[s.field(i, "amount")] = in.Lines[i].Amount
	}
	if in.Currency, err = money(s.tx, in.Currency, amounts); err != nil {
		return err
	}
	if s.total() < 0 {
		return rejected("discount", "invalid", "The discount of %d is more than what is sold.", in.Discount)
	}
	s.Act = s.act()
	return nil
}

func (s *seller) checkLine(i int) (err error) {
	l := &s.in.Lines[i]
	if l.offer, err = findOffer(s.tx, l.Offer); err != nil {
		if r, ok := errors.AsType[*Rejected](err); ok {
			r.Field = s.field(i, "offer")
		}
		return err
	}
	if l.Type == "" {
		l.Type = PayOneTime
	}
	if l.Trial {
		l.Type = PaySubscription
	}
	switch l.Type {
	case PayOneTime, PaySubscription, PayPlan, PayFree:
	default:
		return rejected(s.field(i, "payment_type"), "invalid", "%.40q is no way to pay. Use one_time, subscription, payment_plan or free.", l.Type)
	}
	if l.Type == PayFree && l.Amount != 0 {
		return rejected(s.field(i, "amount"), "invalid", "What is free costs 0, not %d.", l.Amount)
	}
	switch l.Interval {
	case "", "day", "week", "month", "year":
	default:
		return rejected(s.field(i, "interval"), "invalid", "%.40q is no interval. Use day, week, month or year.", l.Interval)
	}
	if l.Quantity < 0 || l.Quantity > 1_000_000 {
		return rejected(s.field(i, "quantity"), "invalid", "%d is no quantity.", l.Quantity)
	}
	l.Quantity = max(1, l.Quantity)
	return nil
}

// paidNow is what a line costs at once.
func (l Line) paidNow() int64 {
	if l.Trial {
		return 0
	}
	return l.Amount
}

// recurs reports a line whose payment stays one of its own.
func (l Line) recurs() bool { return l.Type == PaySubscription || l.Type == PayPlan }

func (s *seller) subtotal() (sum int64) {
	for _, l := range s.in.Lines {
		sum += l.paidNow()
	}
	return sum
}

func (s *seller) total() int64 { return s.subtotal() - s.in.Discount + s.in.Tax }

func (s *seller) act() Act {
	first := s.in.Lines[0]
	switch {
	case s.in.Cart:
		return ActCart
	case s.in.Order:
		return ActOrder
	case first.Trial:
		return ActTrial
	case first.Type == PaySubscription:
		return ActSubscription
	case first.Type == PayPlan:
		return ActPlan
	case s.total() == 0:
		return ActFree
	}
	return ActPurchase
}

func (s *seller) order() error {
	if !s.in.Order {
		return nil
	}
	o := Order{
		ContactID: s.Contact.ID, Cart: s.in.Cart, State: StateCompleted, Subtotal: s.subtotal(), Discount: s.in.Discount,
		Tax: s.in.Tax, Total: s.total(), Currency: s.in.Currency, Coupon: s.in.Coupon, ExternalID: s.in.ExternalID, RunID: s.in.RunID,
	}
	for i, l := range s.in.Lines {
		role := "bump"
		if i == 0 {
			role = "primary"
		}
		if s.in.Cart {
			role = "item"
		}
		o.Items = append(o.Items, OrderItem{
			OfferID: l.offer.ID, Title: l.offer.Title, Role: role, PaymentType: l.Type, Quantity: l.Quantity, Amount: l.paidNow(),
		})
	}
	s.Order = &o
	return s.tx.InsertOrder(s.Order)
}

func (s *seller) orderID() string {
	if s.Order == nil {
		return ""
	}
	return s.Order.ID
}

// external is the id of what is sold alone; in an order it is the order's.
func (s *seller) external() string {
	if s.Order == nil {
		return s.in.ExternalID
	}
	return ""
}

func (s *seller) subscribe() error {
	s.subs = map[int]int{}
	for i, l := range s.in.Lines {
		if l.Type != PaySubscription {
			continue
		}
		sub := Subscription{
			ContactID: s.Contact.ID, OfferID: l.offer.ID, State: SubscriptionActive, Amount: l.Amount, Currency: s.in.Currency,
			Interval: l.Interval, PaymentsMade: 1, OrderID: s.orderID(), ExternalID: s.external(), RunID: s.in.RunID,
		}
		if l.Trial {
			sub.State, sub.PaymentsMade, sub.TrialEndsAt = SubscriptionTrialing, 0, l.TrialEndsAt
		}
		if err := s.tx.InsertSubscription(&sub); err != nil {
			return err
		}
		s.subs[i] = len(s.Subscriptions)
		s.Subscriptions = append(s.Subscriptions, sub)
	}
	return nil
}

func (s *seller) purchase() error {
	for i, l := range s.in.Lines {
		if l.Trial {
			continue
		}
		p := Purchase{
			ContactID: s.Contact.ID, OfferID: l.offer.ID, PaymentType: l.Type, Amount: l.Amount, Currency: s.in.Currency,
			Quantity: l.Quantity, PaymentsMade: 1, Coupon: s.in.Coupon, Source: s.in.Source, Referrer: s.in.Referrer,
			OrderID: s.orderID(), ExternalID: s.external(), RunID: s.in.RunID,
		}
		if s.Order == nil {
			p.Amount = s.total()
		}
		if p.Amount == 0 {
			p.PaymentsMade = 0
		}
		if at, has := s.subs[i]; has {
			p.SubscriptionID = s.Subscriptions[at].ID
		}
		if err := s.tx.InsertPurchase(&p); err != nil {
			return err
		}
		s.Purchases = append(s.Purchases, p)
	}
	return nil
}

// pay records one payment for all one-time lines together, and one for each
// line that recurs. Tax and discount are of the first of them.
func (s *seller) pay() error {
	var together []Offer
	sum, extra := int64(0), s.in.Tax-s.in.Discount
	for _, l := range s.in.Lines {
		if !l.recurs() && !l.Trial {
			together = append(together, l.offer)
			sum += l.paidNow()
		}
	}
	if len(together) > 0 && sum+extra > 0 {
		if err := s.payment(KindOneTime, together, sum+extra, s.in.Tax, ""); err != nil {
			return err
		}
		extra = 0
	}
	for i, l := range s.in.Lines {
		amount := l.paidNow() + extra
		if !l.recurs() || l.Trial || amount <= 0 {
			continue
		}
		tax, sub := int64(0), ""
		if extra != 0 {
			tax = s.in.Tax
		}
		if at, has := s.subs[i]; has {
			sub = s.Subscriptions[at].ID
		}
		if err := s.payment(KindFirst, []Offer{l.offer}, amount, tax, sub); err != nil {
			return err
		}
		extra = 0
	}
	return nil
}

func (s *seller) payment(kind string, offers []Offer, amount, tax int64, subscription string) error {
	p := Payment{
		ContactID: s.Contact.ID, Kind: kind, State: StateSucceeded, Amount: amount, Tax: tax, Currency: s.in.Currency,
		OrderID: s.orderID(), SubscriptionID: subscription, ExternalID: s.external(), RunID: s.in.RunID,
	}
	for _, o := range offers {
		p.OfferIDs = append(p.OfferIDs, o.ID)
	}
	if s.Order == nil && len(s.Purchases) == 1 {
		p.PurchaseID = s.Purchases[0].ID
	}
	if err := s.tx.InsertPayment(&p); err != nil {
		return err
	}
	s.Payments = append(s.Payments, p)
	return nil
}

// access gives what was bought.
func (s *seller) access() error {
	if s.in.NoAccess {
		return nil
	}
	for _, l := range s.in.Lines {
		if _, err := GrantOffer(s.tx, s.Contact, l.offer.ID, s.in.RunID); err != nil {
			return err
		}
	}
	return nil
}
