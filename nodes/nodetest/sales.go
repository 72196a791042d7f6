package nodetest

import (
	"fmt"

	"github.com/hookloom/hookloom/engine/crm"
)

// Sales is what a Tx holds of sales, courses and forms, each in the order of
// its making.
type Sales struct {
	Purchases     []crm.Purchase
	Payments      []crm.Payment
	Orders        []crm.Order
	Subscriptions []crm.Subscription
	CourseEvents  []crm.CourseEvent
	Forms         []crm.Form
	Submissions   []crm.Submission
}

// find returns the place of a record by its id or external id.
func find[T any](list []T, ref string, keys func(T) (id, external string)) (int, error) {
	for i, item := range list {
		if id, external := keys(item); ref != "" && (id == ref || external == ref) {
			return i, nil
		}
	}
	return -1, crm.ErrNotFound
}

func get[T any](t *Tx, call string, list []T, ref string, keys func(T) (id, external string)) (item T, err error) {
	if err := t.Fail[call]; err != nil {
		return item, err
	}
	i, err := find(list, ref, keys)
	if err != nil {
		return item, err
	}
	return list[i], nil
}

// add stores a record under a new id, unless its external id is taken.
func add[T any](t *Tx, call, prefix string, list *[]T, item *T, keys func(T) (id, external string), name func(*T, string, int64)) error {
	if err := t.Fail[call]; err != nil {
		return err
	}
	if _, external := keys(*item); external != "" {
		if _, err := find(*list, external, keys); err == nil {
			return &crm.Conflict{Field: "external_id", Message: "another record has this external id"}
		}
	}
	n := t.next()
	name(item, fmt.Sprintf("%s_%d", prefix, n), n)
	*list = append(*list, *item)
	return nil
}

func put[T any](t *Tx, call string, list []T, item T, keys func(T) (id, external string)) error {
	if err := t.Fail[call]; err != nil {
		return err
	}
	id, _ := keys(item)
	i, err := find(list, id, keys)
	if err == nil {
		list[i] = item
	}
	return err
}

func purchaseKeys(p crm.Purchase) (id, external string)         { return p.ID, p.ExternalID }
func paymentKeys(p crm.Payment) (id, external string)           { return p.ID, p.ExternalID }
func orderKeys(o crm.Order) (id, external string)               { return o.ID, o.ExternalID }
func subscriptionKeys(s crm.Subscription) (id, external string) { return s.ID, s.ExternalID }
func courseKeys(e crm.CourseEvent) (id, external string)        { return e.ID, e.ExternalID }

// Purchase finds a purchase.
func (t *Tx) Purchase(ref string) (crm.Purchase, error) {
	return get(t, "Purchase", t.Sales.Purchases, ref, purchaseKeys)
}

// InsertPurchase stores a purchase.
func (t *Tx) InsertPurchase(p *crm.Purchase) error {
	return add(t, "InsertPurchase", "pur", &t.Sales.Purchases, p, purchaseKeys, func(p *crm.Purchase, id string, n int64) {
		p.ID, p.Number, p.CreatedAt, p.UpdatedAt = id, n, t.Time, t.Time
	})
}

// UpdatePurchase stores a purchase again.
func (t *Tx) UpdatePurchase(p *crm.Purchase) error {
	return put(t, "UpdatePurchase", t.Sales.Purchases, *p, purchaseKeys)
}

// Payment finds a payment.
func (t *Tx) Payment(ref string) (crm.Payment, error) {
	return get(t, "Payment", t.Sales.Payments, ref, paymentKeys)
}

// PaymentsOf lists the payments of an order.
func (t *Tx) PaymentsOf(orderID string) ([]crm.Payment, error) {
	var list []crm.Payment
	for _, p := range t.Sales.Payments {
		if p.OrderID == orderID {
			list = append(list, p)
		}
	}
	return list, t.Fail["PaymentsOf"]
}

// InsertPayment stores a payment.
func (t *Tx) InsertPayment(p *crm.Payment) error {
	return add(t, "InsertPayment", "pay", &t.Sales.Payments, p, paymentKeys, func(p *crm.Payment, id string, n int64) {
		p.ID, p.Number, p.CreatedAt, p.UpdatedAt = id, n, t.Time, t.Time
	})
}

// UpdatePayment stores a payment again.
func (t *Tx) UpdatePayment(p *crm.Payment) error {
	return put(t, "UpdatePayment", t.Sales.Payments, *p, paymentKeys)
}

// Order finds an order.
func (t *Tx) Order(ref string) (crm.Order, error) {
	return get(t, "Order", t.Sales.Orders, ref, orderKeys)
}

// InsertOrder stores an order with its items.
func (t *Tx) InsertOrder(o *crm.Order) error {
	return add(t, "InsertOrder", "ord", &t.Sales.Orders, o, orderKeys, func(o *crm.Order, id string, n int64) {
		o.ID, o.Number, o.CreatedAt, o.UpdatedAt = id, n, t.Time, t.Time
		for i := range o.Items {
			m := t.next()
			o.Items[i].ID, o.Items[i].Number = fmt.Sprintf("itm_%d", m), m
		}
	})
}

// UpdateOrder stores an order again.
func (t *Tx) UpdateOrder(o *crm.Order) error {
	return put(t, "UpdateOrder", t.Sales.Orders, *o, orderKeys)
}

// Subscription finds a subscription.
func (t *Tx) Subscription(ref string) (crm.Subscription, error) {
	return get(t, "Subscription", t.Sales.Subscriptions, ref, subscriptionKeys)
}

// InsertSubscription stores a subscription.
func (t *Tx) InsertSubscription(s *crm.Subscription) error {
	return add(t, "InsertSubscription", "sub", &t.Sales.Subscriptions, s, subscriptionKeys, func(s *crm.Subscription, id string, _ int64) {
		s.ID, s.CreatedAt, s.UpdatedAt = id, t.Time, t.Time
	})
}

// UpdateSubscription stores a subscription again.
func (t *Tx) UpdateSubscription(s *crm.Subscription) error {
	return put(t, "UpdateSubscription", t.Sales.Subscriptions, *s, subscriptionKeys)
}

// CourseEvent finds a course event.
func (t *Tx) CourseEvent(ref string) (crm.CourseEvent, error) {
	return get(t, "CourseEvent", t.Sales.CourseEvents, ref, courseKeys)
}

// InsertCourseEvent stores a course event.
func (t *Tx) InsertCourseEvent(e *crm.CourseEvent) error {
	return add(t, "InsertCourseEvent", "crs", &t.Sales.CourseEvents, e, courseKeys, func(e *crm.CourseEvent, id string, _ int64) {
		e.ID, e.CreatedAt = id, t.Time
	})
}

// Form finds a form by its id.
func (t *Tx) Form(id string) (crm.Form, error) {
	return get(t, "Form", t.Sales.Forms, id, func(f crm.Form) (string, string) { return f.ID, "" })
}

// InsertSubmission stores a submission.
func (t *Tx) InsertSubmission(s *crm.Submission) error {
	return add(t, "InsertSubmission", "sbm", &t.Sales.Submissions, s, func(crm.Submission) (string, string) { return "", "" },
		func(s *crm.Submission, id string, n int64) { s.ID, s.Number, s.CreatedAt = id, n, t.Time })
}
