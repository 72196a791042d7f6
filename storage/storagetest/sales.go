package storagetest

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/storage"
)

// member makes a contact and two offers.
func member(f *Fixture) (crm.Contact, []crm.Offer) {
	c := crm.Contact{Email: "buyer@example.com"}
	f.Do(func(tx engine.Tx) error { c.ID = ""; return tx.InsertContact(&c) })
	offers := []crm.Offer{{Title: "Course"}, {Title: "Bump"}}
	for i := range offers {
		noError(f.T.(*testing.T), f.CreateOffer(ctx, f.Workspace.ID, &offers[i]))
	}
	return c, offers
}

func testSales(t *testing.T, open func(t testing.TB) *storage.Store) {
	play(t, open,
		scenario{"what was sold is found again as it was", func(t *testing.T, f *Fixture) {
			c, offers := member(f)
			var sale crm.Sale
			f.Do(func(tx engine.Tx) (err error) {
				sale, err = crm.Sell(tx, crm.SaleInput{
					ContactID: c.ID, ExternalID: "o1", Coupon: "SPRING", Tax: 10, Source: "Ads", Lines: []crm.Line{
						{Offer: offers[0].ID, Amount: 4900}, {Offer: offers[1].ID, Amount: 900, Type: crm.PaySubscription, Interval: "month"},
					},
				})
				return err
			})
			o, err := f.SaleOrder(ctx, f.Workspace.ID, sale.Order.ID)
			noError(t, err)
			if diff := cmp.Diff(*sale.Order, o); diff != "" {
				t.Error(diff)
			}
			for i, want := range sale.Purchases {
				got, err := f.Purchase(ctx, f.Workspace.ID, want.ID)
				noError(t, err)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("purchase %d: %s", i, diff)
				}
			}
			for _, want := range sale.Payments {
				got, err := f.Payment(ctx, f.Workspace.ID, want.ID)
				noError(t, err)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Error(diff)
				}
			}
			sub, err := f.Subscription(ctx, f.Workspace.ID, sale.Subscriptions[0].ID)
			noError(t, err)
			if diff := cmp.Diff(sale.Subscriptions[0], sub); diff != "" {
				t.Error(diff)
			}
			f.Do(func(tx engine.Tx) error {
				byExternal, err := tx.Order("o1")
				noError(t, err)
				if diff := cmp.Diff(*sale.Order, byExternal); diff != "" {
					t.Error(diff)
				}
				of, err := tx.PaymentsOf(o.ID)
				noError(t, err)
				if diff := cmp.Diff(sale.Payments, of); diff != "" {
					t.Error(diff)
				}
				_, err = tx.Payment("")
				wantIs(t, err, engine.ErrNotFound)
				_, err = tx.Payment("none")
				wantIs(t, err, engine.ErrNotFound)
				return nil
			})
			for _, by := range []struct {
				filter engine.SaleFilter
				n      int
			}{{engine.SaleFilter{}, 2}, {engine.SaleFilter{OfferID: offers[0].ID}, 1}, {engine.SaleFilter{OfferID: "off_%"}, 0}, {engine.SaleFilter{Kind: "first"}, 1}, {engine.SaleFilter{ContactID: c.ID, State: "failed"}, 0}} {
				list, err := f.ListPayments(ctx, f.Workspace.ID, by.filter, engine.Page{})
				noError(t, err)
				if len(list.Items) != by.n {
					t.Errorf("%+v: %d payments", by.filter, len(list.Items))
				}
			}
			orders, err := f.ListOrders(ctx, f.Workspace.ID, engine.SaleFilter{OfferID: offers[1].ID}, engine.Page{})
			noError(t, err)
			if len(orders.Items) != 1 || len(orders.Items[0].Items) != 2 {
				t.Errorf("orders %+v", orders.Items)
			}
			first, err := f.ListPurchases(ctx, f.Workspace.ID, engine.SaleFilter{}, engine.Page{Limit: 1})
			noError(t, err)
			rest, err := f.ListPurchases(ctx, f.Workspace.ID, engine.SaleFilter{OfferID: offers[0].ID}, engine.Page{Limit: 1, Cursor: first.Next})
			noError(t, err)
			if len(rest.Items) != 1 || rest.Items[0].ID != sale.Purchases[0].ID || rest.Next != "" {
				t.Errorf("second page %+v", rest)
			}
		}},
		scenario{"an external id is of one sale", func(t *testing.T, f *Fixture) {
			c, _ := member(f)
			insert := func() error {
				return f.Store.Do(ctx, f.Workspace.ID, func(tx engine.Tx) error {
					return tx.InsertPayment(&crm.Payment{ContactID: c.ID, Kind: crm.KindOneTime, State: crm.StateSucceeded, Currency: "USD", ExternalID: "pi_1"})
				})
			}
			noError(t, insert())
			wantConflict(t, insert(), "external_id")
		}},
		scenario{"states change and what was sold does not", func(t *testing.T, f *Fixture) {
			c, offers := member(f)
			f.Do(func(tx engine.Tx) error {
				_, err := crm.Sell(tx, crm.SaleInput{ContactID: c.ID, ExternalID: "x", Order: true, Lines: []crm.Line{{Offer: offers[0].ID, Amount: 100}}})
				noError(t, err)
				r, err := crm.Refund(tx, crm.RefundInput{Order: "x", Amount: 40, Reason: "late"})
				noError(t, err)
				p, err := tx.Payment(r.Payments[0].ID)
				noError(t, err)
				o, err := tx.Order("x")
				if p.Refunded != 40 || p.Amount != 100 || p.State != crm.StatePartRefunded || p.Reason != "late" || o.State != crm.StatePartRefunded {
					t.Errorf("%+v %+v", p, o)
				}
				return err
			})
			wantIs(t, f.Store.Do(ctx, f.Workspace.ID, func(tx engine.Tx) error { return tx.UpdateOrder(&crm.Order{ID: "ord_none"}) }), engine.ErrNotFound)
		}},
		scenario{"course events", func(t *testing.T, f *Fixture) {
			c, _ := member(f)
			e := crm.CourseEvent{Kind: "lesson_completed", Course: "Go", Lesson: "Maps", Percent: 40, ExternalID: "l1"}
			f.Do(func(tx engine.Tx) error { e.ID = ""; _, err := crm.RecordCourseEvent(tx, c, &e); return err })
			f.Do(func(tx engine.Tx) error {
				again := crm.CourseEvent{Kind: "completed", Course: "Go", ExternalID: "l1"}
				already, err := crm.RecordCourseEvent(tx, c, &again)
				if !already || again.ID != e.ID {
					t.Errorf("recorded twice: %+v", again)
				}
				return err
			})
			list, err := f.ListCourseEvents(ctx, f.Workspace.ID, engine.SaleFilter{ContactID: c.ID, Kind: "lesson_completed"}, engine.Page{})
			noError(t, err)
			if diff := cmp.Diff([]crm.CourseEvent{e}, list.Items); diff != "" {
				t.Error(diff)
			}
			err = f.Store.Do(ctx, f.Workspace.ID, func(tx engine.Tx) error {
				return tx.InsertCourseEvent(&crm.CourseEvent{ContactID: c.ID, Kind: "enrolled", Course: "x", ProductID: "prd_none"})
			})
			wantIs(t, err, engine.ErrNotFound)
		}},
		scenario{"offers' addresses and their calls", func(t *testing.T, f *Fixture) {
			_, offers := member(f)
			token, err := f.CurrentOfferTokens(ctx, f.Workspace.ID, []string{offers[0].ID, offers[1].ID})
			noError(t, err)
			old := token[offers[0].ID]
			end := time.Now().Add(time.Hour)
			f.Do(func(tx engine.Tx) error {
				noError(t, tx.ExpireOfferTokens(offers[0].ID, end))
				return tx.InsertOfferToken(engine.OfferToken{Hash: secret.HashToken("new-" + f.Workspace.ID), OfferID: offers[0].ID, Plain: "new-" + f.Workspace.ID})
			})
			at, err := f.OfferAddress(ctx, secret.HashToken(old))
			noError(t, err)
			if !at.Old || at.Gone || at.OfferID != offers[0].ID || at.Number != offers[0].Number || at.Workspace != f.Workspace.ID {
				t.Errorf("old address %+v", at)
			}
			if token, err = f.CurrentOfferTokens(ctx, f.Workspace.ID, []string{offers[0].ID}); err != nil || token[offers[0].ID] != "new-"+f.Workspace.ID {
				t.Errorf("current %v %v", token, err)
			}
			now := time.Now().UTC().Truncate(time.Microsecond)
			call := engine.OfferCall{
				ID: engine.NewID("req"), Workspace: f.Workspace.ID, OfferID: offers[0].ID, Action: engine.Activate, Verdict: "accepted", Status: 200,
				Params: map[string]any{"name": "a\x00"}, Errors: []nodes.FieldProblem{{Pointer: "/name", Code: "x", Message: "y"}}, Method: "POST", Size: 3,
				IP: "192.0.2.1", UserAgent: "Shop", Old: true, Key: "k", Answer: []byte("{}"), RunID: "run_1", ContactID: "con_1", ReceivedAt: now,
			}
			insert := func(c engine.OfferCall) error {
				return f.Store.Do(ctx, f.Workspace.ID, func(tx engine.Tx) error { return tx.InsertOfferCall(&c) })
			}
			noError(t, insert(call))
			got, err := f.OfferCall(ctx, f.Workspace.ID, call.ID)
			noError(t, err)
			call.Number = got.Number
			if diff := cmp.Diff(call, got); diff != "" {
				t.Error(diff)
			}
			again := call
			again.ID = engine.NewID("req")
			wantConflict(t, insert(again), "key")
			f.Do(func(tx engine.Tx) error {
				first, err := tx.OfferCallByKey(offers[0].ID, engine.Activate, "k", now.Add(-time.Hour))
				if first.ID != call.ID {
					t.Errorf("first %+v", first)
				}
				noError(t, err)
				_, err = tx.OfferCallByKey(offers[0].ID, engine.Activate, "k", now.Add(time.Hour))
				wantIs(t, err, engine.ErrNotFound)
				return nil
			})
			noError(t, insert(again))
			callers, err := f.OldCallers(ctx, f.Workspace.ID, offers[0].ID, now.Add(-time.Hour))
			noError(t, err)
			if len(callers) != 1 || callers[0].Calls != 2 || !callers[0].LastAt.Equal(now) {
				t.Errorf("callers %+v", callers)
			}
			list, err := f.ListOfferCalls(ctx, f.Workspace.ID, offers[0].ID, engine.OfferCallFilter{Verdict: "accepted", Action: engine.Activate}, engine.Page{Limit: 1})
			noError(t, err)
			if len(list.Items) != 1 || list.Next == "" {
				t.Errorf("list %+v", list)
			}
			noError(t, f.DeleteOffer(ctx, f.Workspace.ID, offers[0].ID))
			if at, err = f.OfferAddress(ctx, secret.HashToken(old)); err != nil || !at.Gone {
				t.Errorf("of a deleted offer %+v %v", at, err)
			}
		}},
		scenario{"forms and what is sent in", func(t *testing.T, f *Fixture) {
			form := crm.Form{Title: "Join", Open: true, Tags: []string{"lead"}, Fields: []crm.FormField{{Key: "email", Kind: crm.FieldEmail, Label: "E-mail", Required: true, To: "email"}}}
			noError(t, f.CreateForm(ctx, f.Workspace.ID, &form))
			ws, public, err := f.PublicForm(ctx, form.Slug)
			noError(t, err)
			if diff := cmp.Diff(form, public); diff != "" || ws != f.Workspace.ID {
				t.Errorf("%s: %s", ws, diff)
			}
			s := crm.Submission{Source: "https://example.com"}
			f.Do(func(tx engine.Tx) error {
				s.ID = ""
				_, err := crm.Submit(tx, form, map[string]string{"email": "Ada@example.com"}, &s)
				noError(t, err)
				return tx.InsertSubmission(&crm.Submission{FormID: form.ID, State: crm.SubmissionSpam, Reason: "trap"})
			})
			list, err := f.ListSubmissions(ctx, f.Workspace.ID, form.ID, "", engine.Page{})
			noError(t, err)
			if diff := cmp.Diff([]crm.Submission{s}, list.Items); diff != "" {
				t.Error(diff)
			}
			form.Title, form.Open = "Closed", false
			noError(t, f.UpdateForm(ctx, f.Workspace.ID, &form))
			got, err := f.Form(ctx, f.Workspace.ID, form.ID)
			noError(t, err)
			if got.Open || got.Title != "Closed" || !slices.Equal(got.Key, form.Key) {
				t.Errorf("%+v", got)
			}
			noError(t, f.EraseContact(ctx, f.Workspace.ID, s.ContactID))
			list, err = f.ListSubmissions(ctx, f.Workspace.ID, form.ID, "", engine.Page{})
			noError(t, err)
			if len(list.Items) != 1 || len(list.Items[0].Answers) != 0 {
				t.Errorf("an erased person's answers are there: %+v", list.Items)
			}
			noError(t, f.DeleteForm(ctx, f.Workspace.ID, form.ID))
			_, _, err = f.PublicForm(ctx, form.Slug)
			wantIs(t, err, engine.ErrNotFound)
		}},
	)
}

// testSalesIsolation asks for one workspace's sales under another's name.
func testSalesIsolation(t *testing.T, open func(t testing.TB) *storage.Store) {
	s := open(t)
	a, b := NewFixture(t, s, "a"), NewFixture(t, s, "b")
	c, offers := member(a)
	var sale crm.Sale
	form := crm.Form{Title: "Join"}
	noError(t, a.CreateForm(ctx, a.Workspace.ID, &form))
	a.Do(func(tx engine.Tx) (err error) {
		sale, err = crm.Sell(tx, crm.SaleInput{ContactID: c.ID, ExternalID: "x", Lines: []crm.Line{{Offer: offers[0].ID, Amount: 1}, {Offer: offers[1].ID, Amount: 1, Type: crm.PaySubscription}}})
		return err
	})
	for name, read := range map[string]func(tx engine.Tx) error{
		"purchase":         func(tx engine.Tx) error { _, err := tx.Purchase(sale.Purchases[0].ID); return err },
		"payment":          func(tx engine.Tx) error { _, err := tx.Payment(sale.Payments[0].ID); return err },
		"order":            func(tx engine.Tx) error { _, err := tx.Order(sale.Order.ID); return err },
		"order by its own": func(tx engine.Tx) error { _, err := tx.Order("x"); return err },
		"subscription":     func(tx engine.Tx) error { _, err := tx.Subscription(sale.Subscriptions[0].ID); return err },
		"form":             func(tx engine.Tx) error { _, err := tx.Form(form.ID); return err },
		"changed payment":  func(tx engine.Tx) error { p := sale.Payments[0]; return tx.UpdatePayment(&p) },
		"changed order":    func(tx engine.Tx) error { return tx.UpdateOrder(sale.Order) },
	} {
		wantIs(t, s.Do(ctx, b.Workspace.ID, read), engine.ErrNotFound)
		_ = name
	}
	for name, write := range map[string]func(tx engine.Tx) error{
		"a purchase of another's contact": func(tx engine.Tx) error {
			return tx.InsertPurchase(&crm.Purchase{ContactID: c.ID, OfferID: offers[0].ID, PaymentType: crm.PayOneTime, Currency: "USD"})
		},
		"a payment of another's order": func(tx engine.Tx) error {
			return tx.InsertPayment(&crm.Payment{ContactID: c.ID, OrderID: sale.Order.ID, Kind: crm.KindOneTime, State: crm.StateSucceeded, Currency: "USD"})
		},
		"a submission of another's form": func(tx engine.Tx) error {
			return tx.InsertSubmission(&crm.Submission{FormID: form.ID, State: crm.SubmissionAccepted})
		},
	} {
		if err := s.Do(ctx, b.Workspace.ID, write); err == nil {
			t.Errorf("%s was stored", name)
		}
	}
}
