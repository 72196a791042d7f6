package crm

import "time"

// Plain returns the purchase as a plain value.
func (p Purchase) Plain() map[string]any {
	return map[string]any{
		"id": p.ID, "number": int(p.Number), "contact_id": p.ContactID, "offer_id": p.OfferID,
		"payment_type": p.PaymentType, "amount": int(p.Amount), "currency": p.Currency, "quantity": p.Quantity,
		"payments_made": p.PaymentsMade, "coupon": p.Coupon, "source": p.Source, "referrer": p.Referrer,
		"order_id": orNil(p.OrderID), "subscription_id": orNil(p.SubscriptionID), "external_id": p.ExternalID,
		"deactivated_at": momentOrNil(p.DeactivatedAt), "created_at": moment(p.CreatedAt),
	}
}

// Plain returns the payment as a plain value.
func (p Payment) Plain() map[string]any {
	return map[string]any{
		"id": p.ID, "number": int(p.Number), "contact_id": p.ContactID, "kind": p.Kind, "state": p.State,
		"offer_ids": plainStrings(p.OfferIDs), "amount": int(p.Amount), "tax": int(p.Tax), "refunded": int(p.Refunded),
		"currency": p.Currency, "reason": p.Reason, "order_id": orNil(p.OrderID), "purchase_id": orNil(p.PurchaseID),
		"subscription_id": orNil(p.SubscriptionID), "external_id": p.ExternalID, "created_at": moment(p.CreatedAt),
	}
}

// Plain returns the order with its items as a plain value.
func (o Order) Plain() map[string]any {
	items := make([]any, len(o.Items))
	for i, it := range o.Items {
		items[i] = map[string]any{
			"id": it.ID, "number": int(it.Number), "offer_id": it.OfferID, "title": it.Title, "role": it.Role,
			"payment_type": it.PaymentType, "quantity": it.Quantity, "amount": int(it.Amount),
		}
	}
	return map[string]any{
		"id": o.ID, "number": int(o.Number), "contact_id": o.ContactID, "cart": o.Cart, "state": o.State,
		"subtotal": int(o.Subtotal), "discount": int(o.Discount), "tax": int(o.Tax), "total": int(o.Total),
		"currency": o.Currency, "coupon": o.Coupon, "items": items, "external_id": o.ExternalID, "created_at": moment(o.CreatedAt),
	}
}

// Plain returns the subscription as a plain value.
func (s Subscription) Plain() map[string]any {
	return map[string]any{
		"id": s.ID, "contact_id": s.ContactID, "offer_id": s.OfferID, "state": s.State, "amount": int(s.Amount),
		"currency": s.Currency, "interval": s.Interval, "payments_made": s.PaymentsMade, "trial_ends_at": momentOrNil(s.TrialEndsAt),
		"renewed_at": momentOrNil(s.RenewedAt), "canceled_at": momentOrNil(s.CanceledAt), "reason": s.Reason,
		"external_id": s.ExternalID, "created_at": moment(s.CreatedAt),
	}
}

// Plain returns the course event as a plain value.
func (e CourseEvent) Plain() map[string]any {
	return map[string]any{
		"id": e.ID, "contact_id": e.ContactID, "kind": e.Kind, "title": e.Course, "product_id": orNil(e.ProductID),
		"lesson": e.Lesson, "percent": e.Percent, "external_id": e.ExternalID, "occurred_at": moment(e.OccurredAt),
	}
}

func orNil(id string) any {
	if id == "" {
		return nil
	}
	return id
}

func momentOrNil(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return moment(t)
}

// offersPlain returns offers as a list, and the one that there is or nil: who
// looks at a single offer must see that there are several.
func offersPlain(offers []Offer) (list []any, single any) {
	list = make([]any, len(offers))
	for i, o := range offers {
		list[i] = o.Plain()
	}
	if len(list) == 1 {
		single = list[0]
	}
	return list, single
}
