package crm

import (
	"errors"
	"slices"
)

// PaymentInput is one payment that is recorded by itself.
type PaymentInput struct {
	// ContactID may be "" with a reference below that has one.
	ContactID string
	// Kind is one_time, first or instalment. "" is one_time, or with a
	// subscription or purchase what comes next there.
	Kind string
	// Failed records a payment that did not go through, with Reason.
	Failed bool
	Reason string
	// Offers are ids or exact titles; those of the references when empty.
	Offers []string
	// Amount includes Tax.
	Amount, Tax int64
	Currency    string
	// Purchase, Order and Subscription are what it is a payment of, by id or
	// external id.
	Purchase, Order, Subscription string
	ExternalID                    string
	NoAccess                      bool
	RunID                         string
}

// PaymentResult is what RecordPayment did.
type PaymentResult struct {
	Act     Act
	Payment Payment
	// Already is true when the external id was known; nothing was changed then.
	Already bool
	// Purchases are those that the payment made.
	Purchases []Purchase
}

// RecordPayment records a payment. A one-time payment and the first of a
// subscription or payment plan make the purchase, unless it is there already; a
// later one raises payment.succeeded alone. The error is a *Rejected or the
// transaction's.
func RecordPayment(tx Tx, in PaymentInput) (PaymentResult, error) {
	if in.ExternalID != "" {
		known, err := tx.Payment(in.ExternalID)
		if !errors.Is(err, ErrNotFound) {
			return PaymentResult{Payment: known, Already: err == nil}, err
		}
	}
	b := &booking{tx: tx, in: in}
	for _, step := range [...]func() error{b.refer, b.check, b.store, b.follow, b.tell, b.access} {
		if err := step(); err != nil {
			return PaymentResult{}, err
		}
	}
	return b.PaymentResult, nil
}

// booking is one RecordPayment under way.
type booking struct {
	tx Tx
	in PaymentInput
	PaymentResult
	contact      Contact
	offers       []Offer
	purchase     *Purchase
	order        *Order
	subscription *Subscription
	// wasTrial says that the payment ends a trial.
	wasTrial bool
}

// refer finds what the payment is of, and with it the contact and the offers.
func (b *booking) refer() error {
	in := &b.in
	if in.Subscription != "" {
		sub, err := b.tx.Subscription(in.Subscription)
		if err := missingRef(err, "subscription", in.Subscription); err != nil {
			return err
		}
		b.subscription = &sub
		if err := b.belongs(sub.ContactID, "subscription", sub.OfferID); err != nil {
			return err
		}
	}
	if in.Purchase != "" {
		p, err := b.tx.Purchase(in.Purchase)
		if err := missingRef(err, "purchase", in.Purchase); err != nil {
			return err
		}
		b.purchase = &p
		if err := b.belongs(p.ContactID, "purchase", p.OfferID); err != nil {
			return err
		}
	}
	if in.Order != "" {
		o, err := b.tx.Order(in.Order)
		if err := missingRef(err, "order", in.Order); err != nil {
			return err
		}
		b.order = &o
		offers := make([]string, len(o.Items))
		for i, it := range o.Items {
			offers[i] = it.OfferID
		}
		if err := b.belongs(o.ContactID, "order", offers...); err != nil {
			return err
		}
	}
	var err error
	b.contact, err = buyer(b.tx, in.ContactID)
	return err
}

func missingRef(err error, field, ref string) error {
	if errors.Is(err, ErrNotFound) {
		return rejected(field, "not_found", "There is no %s with the id %.80q.", field, ref)
	}
	return err
}

// belongs takes the contact and the offers of a reference over.
func (b *booking) belongs(contactID, field string, offers ...string) error {
	if b.in.ContactID != "" && b.in.ContactID != contactID {
		return rejected(field, "conflict", "The %s belongs to another contact.", field)
	}
	b.in.ContactID = contactID
	if len(b.in.Offers) == 0 {
		b.in.Offers = offers
	}
	return nil
}

func (b *booking) check() (err error) {
	in := &b.in
	if len(in.Offers) == 0 {
		return rejected("offer_ids", "blank", "A payment is for an offer: name at least one, or the subscription or order that it is a payment of.")
	}
	if len(in.Offers) > MaxLines {
		return rejected("offer_ids", "too_many", "%d offers are too many; at most %d can be paid at once.", len(in.Offers), MaxLines)
	}
	for _, ref := range in.Offers {
		o, err := findOffer(b.tx, ref)
		if err != nil {
			if r, ok := errors.AsType[*Rejected](err); ok {
				r.Field = "offer_ids"
			}
			return err
		}
		if !slices.ContainsFunc(b.offers, func(have Offer) bool { return have.ID == o.ID }) {
			b.offers = append(b.offers, o)
		}
	}
	for field, text := range map[string]*string{"reason": &in.Reason, "external_id": &in.ExternalID} {
		if *text, err = line(field, *text); err != nil {
			return err
		}
	}
	if in.Currency, err = money(b.tx, b.currency(), map[string]int64{"amount": in.Amount, "tax": in.Tax}); err != nil {
		return err
	}
	if in.Tax > in.Amount {
		return rejected("tax", "invalid", "The tax of %d is more than the amount that it is a part of.", in.Tax)
	}
	b.Act, err = b.act()
	return err
}

// currency is the reference's when none is named.
func (b *booking) currency() string {
	switch {
	case b.in.Currency != "":
	case b.subscription != nil:
		return b.subscription.Currency
	case b.purchase != nil:
		return b.purchase.Currency
	case b.order != nil:
		return b.order.Currency
	}
	return b.in.Currency
}

func (b *booking) act() (Act, error) {
	unpaid := b.subscription != nil && b.subscription.PaymentsMade == 0
	if b.in.Kind == "" {
		b.in.Kind = KindOneTime
		if b.purchase != nil || b.subscription != nil {
			b.in.Kind = KindInstalment
		}
		if unpaid {
			b.in.Kind = KindFirst
		}
	}
	switch kind := b.in.Kind; {
	case kind != KindOneTime && kind != KindFirst && kind != KindInstalment:
		return "", rejected("kind", "invalid", "%.40q is no kind of payment. Use one_time, first or instalment.", kind)
	case b.in.Failed:
		return ActPaymentFailed, nil
	case unpaid && kind != KindInstalment:
		return ActFirstPaid, nil
	case b.subscription != nil:
		return ActRenewal, nil
	case b.purchase != nil, b.order != nil, kind == KindInstalment:
		return ActInstalment, nil
	case kind == KindFirst:
		return ActPlan, nil
	}
	return ActPurchase, nil
}

func (b *booking) store() error {
	p := Payment{
		ContactID: b.contact.ID, Kind: b.in.Kind, State: StateSucceeded, Amount: b.in.Amount, Tax: b.in.Tax, Currency: b.in.Currency,
		Reason: b.in.Reason, ExternalID: b.in.ExternalID, RunID: b.in.RunID,
	}
	if b.in.Failed {
		p.State = StateFailed
	}
	for _, o := range b.offers {
		p.OfferIDs = append(p.OfferIDs, o.ID)
	}
	if b.order != nil {
		p.OrderID = b.order.ID
	}
	if b.subscription != nil {
		p.SubscriptionID = b.subscription.ID
	}
	if b.purchase == nil && Raises[b.Act][PurchaseCreated] != Never {
		if err := b.buy(); err != nil {
			return err
		}
	}
	switch {
	case b.purchase != nil:
		p.PurchaseID = b.purchase.ID
	case len(b.Purchases) == 1:
		p.PurchaseID = b.Purchases[0].ID
	}
	b.Payment = p
	return b.tx.InsertPayment(&b.Payment)
}

// buy records the purchases that a first payment makes. What several offers cost
// each is not known: the first carries the amount.
func (b *booking) buy() error {
	for i, o := range b.offers {
		p := Purchase{
			ContactID: b.contact.ID, OfferID: o.ID, PaymentType: PayOneTime, Currency: b.in.Currency, Quantity: 1,
			PaymentsMade: 1, RunID: b.in.RunID,
		}
		if i == 0 {
			p.Amount, p.ExternalID = b.in.Amount, b.in.ExternalID
		}
		switch b.Act {
		case ActPlan:
			p.PaymentType = PayPlan
		case ActFirstPaid:
			p.PaymentType, p.SubscriptionID = PaySubscription, b.subscription.ID
		}
		if err := b.tx.InsertPurchase(&p); err != nil {
			return err
		}
		b.Purchases = append(b.Purchases, p)
	}
	return nil
}

// follow brings what was paid up to date.
func (b *booking) follow() error {
	if b.in.Failed {
		return nil
	}
	if b.purchase != nil {
		b.purchase.PaymentsMade++
		if err := b.tx.UpdatePurchase(b.purchase); err != nil {
			return err
		}
	}
	if b.subscription == nil {
		return nil
	}
	b.wasTrial = b.subscription.State == SubscriptionTrialing
	b.subscription.State = SubscriptionActive
	b.subscription.PaymentsMade++
	if b.Act == ActRenewal {
		b.subscription.RenewedAt = b.tx.Now()
	}
	return b.tx.UpdateSubscription(b.subscription)
}

func (b *booking) tell() error {
	for i, p := range b.Purchases {
		_, offer := offersPlain(b.offers[i : i+1])
		if err := b.Act.raise(b.tx, PurchaseCreated, b.contact, map[string]any{"purchase": p.Plain(), "offer": offer}); err != nil {
			return err
		}
	}
	for _, event := range [...]string{PaymentSucceeded, PaymentFailed} {
		if err := tellPayment(b.tx, b.Act, event, b.contact, b.offers, b.Payment, b.order); err != nil {
			return err
		}
	}
	if b.subscription == nil {
		return nil
	}
	if b.wasTrial {
		if err := tellSubscription(b.tx, b.Act, SubscriptionTrialEnded, b.contact, b.offers, *b.subscription); err != nil {
			return err
		}
	}
	return tellSubscription(b.tx, b.Act, SubscriptionRenewed, b.contact, b.offers, *b.subscription)
}

// access gives what a first payment bought.
func (b *booking) access() error {
	if b.in.NoAccess || Raises[b.Act][OfferGranted] == Never {
		return nil
	}
	for _, o := range b.offers {
		if _, err := GrantOffer(b.tx, b.contact, o.ID, b.in.RunID); err != nil {
			return err
		}
	}
	return nil
}
