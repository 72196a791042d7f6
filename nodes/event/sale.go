package event

import (
	"slices"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

// SaleParams narrow down which sales start a run.
type SaleParams struct {
	Offers    []nodes.Ref `json:"offers" label:"Only these offers" ref:"offer" help:"Leave empty for every offer. Of several offers one is enough." no_map:"true"`
	MinAmount *int64      `json:"min_amount" label:"Only from this amount" min:"0" example:"4900" help:"In the currency's smallest unit: 4900 is 49.00." no_map:"true" advanced:"true"`
	Currency  string      `json:"currency" label:"Only in this currency" example:"USD" no_map:"true" advanced:"true"`
}

// match looks at the object that carries the amount.
func (p SaleParams) match(e crm.Event, name, amount string) bool {
	sale := object(e, name)
	if currency := strings.TrimSpace(p.Currency); currency != "" && !strings.EqualFold(currency, textOf(sale["currency"])) {
		return false
	}
	if p.MinAmount != nil && number(sale[amount]) < *p.MinAmount {
		return false
	}
	return anyOffers(p.Offers, e)
}

// anyOffers reports whether one of an event's offers is wanted; no wish takes
// all.
func anyOffers(wanted []nodes.Ref, e crm.Event) bool {
	if len(wanted) == 0 {
		return true
	}
	list, _ := e.Data["offers"].([]any)
	if one := object(e, "offer"); one != nil {
		list = append(slices.Clone(list), any(one))
	}
	return slices.ContainsFunc(list, func(item any) bool {
		offer, ok := item.(map[string]any)
		return ok && anyOffer(wanted, offer)
	})
}

func textOf(v any) string {
	text, _ := v.(string)
	return text
}

func number(v any) int64 {
	n, _ := v.(int)
	return int64(n)
}

// anyText reports whether a text is wanted, ignoring case; no wish takes all.
func anyText(wanted []string, have string) bool {
	return len(wanted) == 0 || slices.ContainsFunc(wanted, func(want string) bool {
		return strings.EqualFold(strings.TrimSpace(want), have)
	})
}

var (
	sampleTime = time.Date(2026, 1, 31, 9, 0, 0, 0, time.UTC)

	samplePurchase = crm.Purchase{
		ID: "pur_0197c2a4", Number: 501, ContactID: "con_0197c2a4", OfferID: "off_0197c2a4", PaymentType: crm.PayOneTime, Amount: 4900,
		Currency: "USD", Quantity: 1, PaymentsMade: 1, Coupon: "SPRING", Source: "Newsletter", ExternalID: "pi_3Nx", CreatedAt: sampleTime,
	}
	samplePayment = crm.Payment{
		ID: "pay_0197c2a4", Number: 902, ContactID: "con_0197c2a4", Kind: crm.KindOneTime, State: crm.StateSucceeded, OfferIDs: []string{"off_0197c2a4"},
		Amount: 4900, Tax: 400, Currency: "USD", PurchaseID: "pur_0197c2a4", ExternalID: "pi_3Nx", CreatedAt: sampleTime,
	}
	sampleOrder = crm.Order{
		ID: "ord_0197c2a4", Number: 33, ContactID: "con_0197c2a4", State: crm.StateCompleted, Subtotal: 4500, Tax: 400, Total: 4900, Currency: "USD",
		Items:     []crm.OrderItem{{ID: "itm_0197c2a4", Number: 71, OfferID: "off_0197c2a4", Title: "Course A", Role: "primary", PaymentType: crm.PayOneTime, Quantity: 1, Amount: 4500}},
		CreatedAt: sampleTime,
	}
	sampleSubscription = crm.Subscription{
		ID: "sub_0197c2a4", ContactID: "con_0197c2a4", OfferID: "off_0197c2a4", State: crm.SubscriptionActive, Amount: 900, Currency: "USD",
		Interval: "month", PaymentsMade: 1, ExternalID: "sub_1Nx", CreatedAt: sampleTime,
	}
	sampleCourse = crm.CourseEvent{
		ID: "crs_0197c2a4", ContactID: "con_0197c2a4", Kind: "lesson_completed", Course: "Course A", Lesson: "Lesson 1", Percent: 40, OccurredAt: sampleTime,
	}
)

// sold is the sample of an event with several offers.
func sold(event string, objects map[string]any) map[string]any {
	objects["offer"], objects["offers"] = sampleOffer, []any{sampleOffer}
	return sample(event, objects)
}

func refunded(event string) map[string]any {
	o, p := sampleOrder, samplePayment
	o.State, p.State, p.Refunded, p.OrderID = crm.StateRefunded, crm.StateRefunded, 4900, o.ID
	return sold(event, map[string]any{
		"order": o.Plain(), "payments": []any{p.Plain()},
		"refund": map[string]any{"amount": 4900, "currency": "USD", "reason": "Asked by the customer", "full": true},
	})
}

// courseSample is the sample of one kind of course event.
func courseSample(kind string) map[string]any {
	e := sampleCourse
	e.Kind = kind
	switch kind {
	case "enrolled":
		e.Lesson, e.Percent = "", 0
	case "completed", "certificate":
		e.Lesson, e.Percent = "", 100
	case "milestone":
		e.Lesson, e.Percent = "Halfway", 50
	}
	return e.Plain()
}
