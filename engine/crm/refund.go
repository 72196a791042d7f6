package crm

import "errors"

// RefundInput is money that goes back.
type RefundInput struct {
	// Payment or Order names what is taken back, by id or external id. Of an
	// order all payments are, the oldest first.
	Payment, Order string
	// Amount 0 is all that is left.
	Amount int64
	Reason string
	// Chargeback says that the buyer's bank took it, always all of it.
	Chargeback bool
}

// RefundResult is what Refund did.
type RefundResult struct {
	// Already is true when everything was taken back before; nothing was changed.
	Already bool
	// Amount was taken back now, in the minor unit of the payments' currency.
	Amount int64
	// Order is nil for payments without one.
	Order    *Order
	Payments []Payment
	Contact  Contact
}

// Refund takes payments back and raises order.refunded or order.chargeback, also
// for a payment without an order; its order is nil then. Access stays: what
// should follow is a workflow's business. The error is a *Rejected or the
// transaction's.
func Refund(tx Tx, in RefundInput) (RefundResult, error) {
	var result RefundResult
	if err := result.find(tx, in); err != nil {
		return result, err
	}
	var err error
	if in.Reason, err = line("reason", in.Reason); err != nil {
		return result, err
	}
	left := result.left()
	switch {
	case left == 0:
		result.Already = true
		return result, nil
	case in.Amount < 0, in.Amount > left && !in.Chargeback:
		return result, rejected("amount", "invalid", "%d cannot be refunded; %d is left of what was paid.", in.Amount, left)
	case in.Amount == 0, in.Chargeback:
		in.Amount = left
	}
	result.Amount = in.Amount
	if err := result.take(tx, in); err != nil {
		return result, err
	}
	return result, result.tell(tx, in)
}

func (r *RefundResult) find(tx Tx, in RefundInput) error {
	if in.Payment == "" && in.Order == "" {
		return rejected("payment", "blank", "Nothing is named that could be taken back: name a payment or an order.")
	}
	orderRef := in.Order
	if in.Payment != "" {
		p, err := tx.Payment(in.Payment)
		if err := missingRef(err, "payment", in.Payment); err != nil {
			return err
		}
		r.Payments, orderRef = []Payment{p}, p.OrderID
	}
	if orderRef != "" {
		o, err := tx.Order(orderRef)
		if err := missingRef(err, "order", orderRef); err != nil {
			return err
		}
		r.Order = &o
		if in.Payment == "" {
			if r.Payments, err = tx.PaymentsOf(o.ID); err != nil {
				return err
			}
		}
	}
	if len(r.Payments) == 0 {
		return rejected("order", "invalid", "Nothing was paid for this order, so nothing can be taken back.")
	}
	var err error
	r.Contact, err = tx.Contact(r.Payments[0].ContactID)
	if errors.Is(err, ErrNotFound) {
		return rejected("payment", "not_found", "The contact of this payment was erased.")
	}
	return err
}

// open is what can still be taken back of a payment.
func (p Payment) open() int64 {
	if p.State == StateFailed || p.State == StateChargedBack {
		return 0
	}
	return p.Amount - p.Refunded
}

func (r *RefundResult) left() (sum int64) {
	for _, p := range r.Payments {
		sum += p.open()
	}
	return sum
}

func (r *RefundResult) take(tx Tx, in RefundInput) error {
	rest := in.Amount
	for i := range r.Payments {
		p := &r.Payments[i]
		part := min(rest, p.open())
		if part == 0 {
			continue
		}
		rest -= part
		p.Refunded += part
		p.Reason = in.Reason
		switch {
		case in.Chargeback:
			p.State = StateChargedBack
		case p.Refunded == p.Amount:
			p.State = StateRefunded
		default:
			p.State = StatePartRefunded
		}
		if err := tx.UpdatePayment(p); err != nil {
			return err
		}
	}
	if r.Order == nil {
		return nil
	}
	all, err := tx.PaymentsOf(r.Order.ID)
	if err != nil {
		return err
	}
	r.Order.State = StateRefunded
	for _, p := range all {
		if p.open() > 0 {
			r.Order.State = StatePartRefunded
		}
	}
	if in.Chargeback {
		r.Order.State = StateChargedBack
	}
	return tx.UpdateOrder(r.Order)
}

func (r *RefundResult) tell(tx Tx, in RefundInput) error {
	act, event := ActRefund, OrderRefunded
	if in.Chargeback {
		act, event = ActChargeback, OrderChargeback
	}
	var offers []Offer
	seen := map[string]bool{}
	payments := make([]any, len(r.Payments))
	for i, p := range r.Payments {
		payments[i] = p.Plain()
		for _, id := range p.OfferIDs {
			if seen[id] {
				continue
			}
			seen[id] = true
			o, err := tx.Offer(id)
			if errors.Is(err, ErrNotFound) {
				o = Offer{ID: id} // deleted since
			} else if err != nil {
				return err
			}
			offers = append(offers, o)
		}
	}
	list, single := offersPlain(offers)
	var order any
	if r.Order != nil {
		order = r.Order.Plain()
	}
	return act.raise(tx, event, r.Contact, map[string]any{
		"order": order, "payments": payments, "offer": single, "offers": list,
		"refund": map[string]any{
			"amount": int(r.Amount), "currency": r.Payments[0].Currency, "reason": in.Reason, "full": r.left() == 0,
		},
	})
}
