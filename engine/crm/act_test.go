package crm_test

import (
	"errors"
	"fmt"
	"maps"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes/nodetest"
)

// shop is a workspace with a contact and offers.
func shop() (*nodetest.Tx, crm.Contact) {
	tx := workspace(crm.Contact{Email: "ada@example.com", Name: "Ada Lovelace"})
	tx.Space.Currency = "USD"
	for _, title := range []string{"Course", "Templates", "Club"} {
		tx.AddOffer(title)
	}
	ada, _ := tx.Contact("con_1")
	return tx, ada
}

// counted is how often each event was raised.
func counted(tx *nodetest.Tx) map[string]int {
	n := map[string]int{}
	for _, e := range tx.Events {
		n[e.Type]++
	}
	return n
}

func sold(lines ...crm.Line) func(*nodetest.Tx, crm.Contact) error {
	return func(tx *nodetest.Tx, c crm.Contact) error {
		_, err := crm.Sell(tx, crm.SaleInput{ContactID: c.ID, Lines: lines})
		return err
	}
}

func paid(in crm.PaymentInput) func(*nodetest.Tx, crm.Contact) error {
	return func(tx *nodetest.Tx, c crm.Contact) error {
		in.ContactID = c.ID
		_, err := crm.RecordPayment(tx, in)
		return err
	}
}

func both(first, then func(*nodetest.Tx, crm.Contact) error) (func(*nodetest.Tx, crm.Contact) error, func(*nodetest.Tx, crm.Contact) error) {
	return first, then
}

// act is one walk through a line of the table: what was before, the act itself,
// and how many offers, payments and subscriptions it is of.
type act struct {
	act           crm.Act
	before        func(*nodetest.Tx, crm.Contact) error
	do            func(*nodetest.Tx, crm.Contact) error
	offers        int // granted anew or bought
	granted       int
	payments      int
	subscriptions int
	trials        int
}

func walks() []act {
	course := crm.Line{Offer: "Course", Amount: 4900}
	club := crm.Line{Offer: "Club", Amount: 900, Type: crm.PaySubscription}
	trial := crm.Line{Offer: "Club", Amount: 900, Trial: true}
	bump := crm.Line{Offer: "Templates", Amount: 1900}
	subscribed := func(trial bool) func(*nodetest.Tx, crm.Contact) error {
		return func(tx *nodetest.Tx, c crm.Contact) error {
			_, _, err := crm.StartSubscription(tx, crm.SubscriptionInput{ContactID: c.ID, Offer: "Club", Amount: 900, Trial: trial, ExternalID: "s1"})
			return err
		}
	}
	change := func(what string) func(*nodetest.Tx, crm.Contact) error {
		return func(tx *nodetest.Tx, _ crm.Contact) error {
			_, _, err := crm.ChangeSubscription(tx, "s1", what, "too dear")
			return err
		}
	}
	ordered := func(tx *nodetest.Tx, c crm.Contact) error {
		_, err := crm.Sell(tx, crm.SaleInput{ContactID: c.ID, Lines: []crm.Line{course, bump}, ExternalID: "o1"})
		return err
	}
	refund := func(in crm.RefundInput) func(*nodetest.Tx, crm.Contact) error {
		return func(tx *nodetest.Tx, _ crm.Contact) error { _, err := crm.Refund(tx, in); return err }
	}
	studied := func(kind string) func(*nodetest.Tx, crm.Contact) error {
		return func(tx *nodetest.Tx, c crm.Contact) error {
			_, err := crm.RecordCourseEvent(tx, c, &crm.CourseEvent{Kind: kind, Course: "Go", Lesson: "One"})
			return err
		}
	}
	subscribe, subscribePaid := both(subscribed(true), paid(crm.PaymentInput{Subscription: "s1", Amount: 900}))
	grant := func(tx *nodetest.Tx, c crm.Contact) error { _, err := crm.GrantOffer(tx, c, "Course", ""); return err }
	revoke := func(tx *nodetest.Tx, c crm.Contact) error {
		_, err := crm.RevokeOffer(tx, c, "Course")
		return err
	}
	bought := func(tx *nodetest.Tx, c crm.Contact) error {
		_, err := crm.Sell(tx, crm.SaleInput{ContactID: c.ID, Lines: []crm.Line{course}, ExternalID: "p1"})
		return err
	}
	set := func(active bool) func(*nodetest.Tx, crm.Contact) error {
		return func(tx *nodetest.Tx, _ crm.Contact) error {
			_, _, err := crm.SetPurchase(tx, "p1", active, "", "")
			return err
		}
	}
	return []act{
		{act: crm.ActPurchase, do: sold(course), offers: 1, granted: 1, payments: 1},
		{act: crm.ActPurchase, do: paid(crm.PaymentInput{Kind: crm.KindOneTime, Offers: []string{"Course", "Templates"}, Amount: 6800}), offers: 2, granted: 2, payments: 1},
		{act: crm.ActPurchase, before: grant, do: sold(course), offers: 1, payments: 1},
		{act: crm.ActFree, do: sold(crm.Line{Offer: "Course"}), offers: 1, granted: 1},
		{act: crm.ActPlan, do: sold(crm.Line{Offer: "Course", Amount: 1000, Type: crm.PayPlan}), offers: 1, granted: 1, payments: 1},
		{act: crm.ActPlan, do: paid(crm.PaymentInput{Kind: crm.KindFirst, Offers: []string{"Course"}, Amount: 1000}), offers: 1, granted: 1, payments: 1},
		{act: crm.ActSubscription, do: sold(club), offers: 1, granted: 1, payments: 1, subscriptions: 1},
		{act: crm.ActTrial, do: sold(trial), granted: 1, subscriptions: 1, trials: 1},
		{act: crm.ActTrial, do: subscribe, granted: 1, subscriptions: 1, trials: 1},
		{act: crm.ActSubscribe, do: subscribed(false), granted: 1, subscriptions: 1},
		{act: crm.ActFirstPaid, before: subscribe, do: subscribePaid, offers: 1, payments: 1, trials: 1},
		{act: crm.ActFirstPaid, before: subscribed(false), do: subscribePaid, offers: 1, payments: 1},
		{act: crm.ActOrder, do: ordered, offers: 2, granted: 2, payments: 1},
		{act: crm.ActOrder, do: sold(club, bump, course), offers: 3, granted: 3, payments: 2, subscriptions: 1},
		{act: crm.ActOrder, do: sold(course, trial), offers: 1, granted: 2, payments: 1, subscriptions: 1, trials: 1},
		{act: crm.ActCart, do: func(tx *nodetest.Tx, c crm.Contact) error {
			_, err := crm.Sell(tx, crm.SaleInput{ContactID: c.ID, Cart: true, Lines: []crm.Line{course, bump}})
			return err
		}, offers: 2, granted: 2, payments: 1},
		{act: crm.ActInstalment, do: paid(crm.PaymentInput{Kind: crm.KindInstalment, Offers: []string{"Course"}, Amount: 1000}), payments: 1},
		{act: crm.ActInstalment, before: ordered, do: paid(crm.PaymentInput{Order: "o1", Amount: 5}), payments: 1},
		{act: crm.ActRenewal, before: func(tx *nodetest.Tx, c crm.Contact) error {
			_, err := crm.Sell(tx, crm.SaleInput{ContactID: c.ID, Lines: []crm.Line{club}, ExternalID: "s1"})
			return err
		}, do: paid(crm.PaymentInput{Subscription: "s1", Amount: 900}), payments: 1, subscriptions: 1},
		{act: crm.ActRenewed, before: subscribed(false), do: change(crm.ChangeRenewed), subscriptions: 1},
		{act: crm.ActPaymentFailed, do: paid(crm.PaymentInput{Offers: []string{"Course"}, Amount: 4900, Failed: true, Reason: "card declined"}), payments: 1},
		{act: crm.ActRefund, before: ordered, do: refund(crm.RefundInput{Order: "o1", Amount: 1900}), offers: 2},
		{act: crm.ActRefund, before: paid(crm.PaymentInput{Offers: []string{"Course"}, Amount: 5, ExternalID: "p1"}), do: refund(crm.RefundInput{Payment: "p1"}), offers: 1},
		{act: crm.ActChargeback, before: ordered, do: refund(crm.RefundInput{Order: "o1", Chargeback: true}), offers: 2},
		{act: crm.ActCancel, before: subscribed(false), do: change(crm.ChangeCanceled), subscriptions: 1},
		{act: crm.ActTrialEnd, before: subscribe, do: change(crm.ChangeTrialEnded), subscriptions: 1, trials: 1},
		{act: crm.ActGrant, do: grant, granted: 1},
		{act: crm.ActRevoke, before: grant, do: revoke, offers: 1},
		{act: crm.ActPurchaseOff, before: bought, do: set(false), offers: 1},
		{act: crm.ActPurchaseOn, before: func(tx *nodetest.Tx, c crm.Contact) error {
			return errors.Join(bought(tx, c), set(false)(tx, c))
		}, do: set(true), granted: 1},
		{act: crm.ActActivation, do: grant, granted: 1},
		{act: crm.ActDeactivation, before: grant, do: revoke, offers: 1},
		{act: crm.ActForm, do: func(tx *nodetest.Tx, _ crm.Contact) error {
			form := crm.Form{ID: "frm_1", Title: "Join", Open: true, Offers: []string{"Course", "gone"}, Fields: []crm.FormField{{Key: "mail", Kind: crm.FieldEmail, Required: true, To: "email"}}}
			_, err := crm.Submit(tx, form, map[string]string{"mail": "ADA@example.com"}, &crm.Submission{})
			return err
		}, granted: 1},
		{act: crm.ActEnroll, do: studied("enrolled")},
		{act: crm.ActLesson, do: studied("lesson_completed")},
		{act: crm.ActComplete, do: studied("completed")},
		{act: crm.ActCertificate, do: studied("certificate")},
		{act: crm.ActMilestone, do: studied("milestone")},
	}
}

// want is how often the table says that the walk raises an event.
func (a act) want(event string, often crm.Often) int {
	switch often {
	case crm.Once:
		return 1
	case crm.EachOffer:
		if event == crm.OfferGranted {
			return a.granted
		}
		return a.offers
	case crm.EachPayment:
		return a.payments
	case crm.EachSubscription:
		if event == crm.SubscriptionTrialStarted || event == crm.SubscriptionTrialEnded {
			return a.trials
		}
		return a.subscriptions
	}
	return 0
}

// TestK16K17K18K21EveryActRaisesWhatTheTableSays walks the table: each act is done,
// and raises exactly what its line says and nothing else. No line goes unwalked.
func TestK16K17K18K21EveryActRaisesWhatTheTableSays(t *testing.T) {
	walked := map[crm.Act]bool{}
	for i, a := range walks() {
		walked[a.act] = true
		t.Run(fmt.Sprint(i, " ", a.act), func(t *testing.T) {
			tx, ada := shop()
			if a.before != nil {
				if err := a.before(tx, ada); err != nil {
					t.Fatal(err)
				}
				tx.Events = nil
			}
			if err := a.do(tx, ada); err != nil {
				t.Fatal(err)
			}
			want := map[string]int{}
			for event, often := range crm.Raises[a.act] {
				if n := a.want(event, often); n > 0 {
					want[event] = n
				}
			}
			if diff := cmp.Diff(want, counted(tx)); diff != "" {
				t.Errorf("events (-the table +raised):\n%s", diff)
			}
			for _, e := range tx.Events {
				if e.ContactID != ada.ID || e.Data["contact"] == nil {
					t.Errorf("%s names no contact", e.Type)
				}
			}
		})
	}
	for a := range maps.Keys(crm.Raises) {
		if !walked[a] {
			t.Errorf("no walk does %q", a)
		}
	}
}

// TestK21BumpsAreOnePayment: what is bought together is one payment without a
// single offer, and subscriptions stay payments of their own.
func TestK21BumpsAreOnePayment(t *testing.T) {
	tx, ada := shop()
	sale, err := crm.Sell(tx, crm.SaleInput{
		ContactID: ada.ID, Tax: 500, Discount: 800, ExternalID: "o1",
		Lines: []crm.Line{{Offer: "Course", Amount: 4900}, {Offer: "Templates", Amount: 1900, Quantity: 2}, {Offer: "Club", Amount: 900, Type: crm.PaySubscription, Interval: "month"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if o := sale.Order; o.Subtotal != 7700 || o.Total != 7400 || o.Currency != "USD" || o.Items[0].Role != "primary" || o.Items[1].Role != "bump" || o.Items[1].Quantity != 2 {
		t.Errorf("order %+v", o)
	}
	one, club := sale.Payments[0], sale.Payments[1]
	if len(sale.Payments) != 2 || one.Kind != crm.KindOneTime || one.Amount != 6500 || len(one.OfferIDs) != 2 || club.Kind != crm.KindFirst || club.Amount != 900 || club.SubscriptionID == "" {
		t.Errorf("payments %+v", sale.Payments)
	}
	for _, e := range tx.Events {
		if e.Type != crm.PaymentSucceeded {
			continue
		}
		offers := e.Data["offers"].([]any)
		if several := len(offers) > 1; several != (e.Data["offer"] == nil) {
			t.Errorf("offer %v beside %d offers", e.Data["offer"], len(offers))
		}
	}
	again, err := crm.Sell(tx, crm.SaleInput{ContactID: ada.ID, ExternalID: "o1", Order: true, Lines: []crm.Line{{Offer: "Course", Amount: 1}}})
	if err != nil || !again.Already || again.Order.ID != sale.Order.ID || len(tx.Sales.Payments) != 2 {
		t.Errorf("sold twice: %+v %v", again, err)
	}
}

func TestRefundsNeverExceedWhatWasPaid(t *testing.T) {
	tx, ada := shop()
	if _, err := crm.Sell(tx, crm.SaleInput{ContactID: ada.ID, ExternalID: "o1", Order: true, Lines: []crm.Line{{Offer: "Course", Amount: 100}}}); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		in      crm.RefundInput
		amount  int64
		state   string
		field   string
		already bool
	}{
		{crm.RefundInput{Order: "o1", Amount: 30}, 30, crm.StatePartRefunded, "", false},
		{crm.RefundInput{Order: "o1", Amount: 71}, 0, crm.StatePartRefunded, "amount", false},
		{crm.RefundInput{Order: "o1", Amount: -1}, 0, crm.StatePartRefunded, "amount", false},
		{crm.RefundInput{Order: "none"}, 0, crm.StatePartRefunded, "order", false},
		{crm.RefundInput{}, 0, crm.StatePartRefunded, "payment", false},
		{crm.RefundInput{Order: "o1"}, 70, crm.StateRefunded, "", false},
		{crm.RefundInput{Order: "o1"}, 0, crm.StateRefunded, "", true},
	} {
		got, err := crm.Refund(tx, step.in)
		var field string
		if r := rejectedAs(err); r != nil {
			field = r.Field
		} else if err != nil {
			t.Fatal(err)
		}
		if got.Amount != step.amount || field != step.field || got.Already != step.already || tx.Sales.Orders[0].State != step.state {
			t.Errorf("%+v: %d %q %v %s", step.in, got.Amount, field, got.Already, tx.Sales.Orders[0].State)
		}
	}
}

func TestSalesThatCannotBe(t *testing.T) {
	course := crm.Line{Offer: "Course", Amount: 100}
	for name, c := range map[string]struct {
		in    crm.SaleInput
		field string
	}{
		"nobody":              {crm.SaleInput{Lines: []crm.Line{course}}, "contact_id"},
		"an unknown contact":  {crm.SaleInput{ContactID: "con_9", Lines: []crm.Line{course}}, "contact_id"},
		"nothing":             {crm.SaleInput{ContactID: "con_1"}, "items"},
		"an unknown offer":    {crm.SaleInput{ContactID: "con_1", Lines: []crm.Line{{Offer: "x"}}}, "offer"},
		"one in an order":     {crm.SaleInput{ContactID: "con_1", Lines: []crm.Line{course, {Offer: "x"}}}, "items.1.offer"},
		"less than nothing":   {crm.SaleInput{ContactID: "con_1", Lines: []crm.Line{{Offer: "Course", Amount: -1}}}, "amount"},
		"too much":            {crm.SaleInput{ContactID: "con_1", Lines: []crm.Line{{Offer: "Course", Amount: crm.MaxAmount + 1}}}, "amount"},
		"a dear free offer":   {crm.SaleInput{ContactID: "con_1", Lines: []crm.Line{{Offer: "Course", Amount: 1, Type: crm.PayFree}}}, "amount"},
		"an unknown way":      {crm.SaleInput{ContactID: "con_1", Lines: []crm.Line{{Offer: "Course", Type: "barter"}}}, "payment_type"},
		"an unknown interval": {crm.SaleInput{ContactID: "con_1", Lines: []crm.Line{{Offer: "Course", Type: crm.PaySubscription, Interval: "moon"}}}, "interval"},
		"an unknown currency": {crm.SaleInput{ContactID: "con_1", Currency: "ZZZ1", Lines: []crm.Line{course}}, "currency"},
		"a large discount":    {crm.SaleInput{ContactID: "con_1", Discount: 101, Lines: []crm.Line{course}}, "discount"},
	} {
		tx, _ := shop()
		_, err := crm.Sell(tx, c.in)
		if r := rejectedAs(err); r == nil || r.Field != c.field {
			t.Errorf("%s: %v", name, err)
		}
		if len(tx.Events) > 0 || len(tx.Sales.Orders) > 0 {
			t.Errorf("%s changed something", name)
		}
	}
	tx, ada := shop()
	if _, err := crm.RecordPayment(tx, crm.PaymentInput{ContactID: ada.ID, Amount: 1}); rejectedAs(err) == nil || rejectedAs(err).Field != "offer_ids" {
		t.Errorf("a payment for nothing: %v", err)
	}
	if _, _, err := crm.StartSubscription(tx, crm.SubscriptionInput{ContactID: ada.ID, Offer: "Club", ExternalID: "s1", TrialEndsAt: time.Time{}}); err != nil {
		t.Fatal(err)
	}
	grace := tx.AddContact(crm.Contact{Email: "grace@example.com"})
	if _, err := crm.RecordPayment(tx, crm.PaymentInput{ContactID: grace.ID, Subscription: "s1"}); rejectedAs(err) == nil || rejectedAs(err).Code != "conflict" {
		t.Errorf("somebody else's subscription was paid: %v", err)
	}
	if _, changed, err := crm.ChangeSubscription(tx, "s1", crm.ChangeCanceled, ""); err != nil || !changed {
		t.Error(err)
	}
	if _, changed, err := crm.ChangeSubscription(tx, "s1", crm.ChangeCanceled, ""); err != nil || changed {
		t.Errorf("canceled twice: %v", err)
	}
}
