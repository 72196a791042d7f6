package storage

import (
	"slices"

	"gorm.io/gorm"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

type purchaseRow struct {
	WorkspaceID    string
	ID             string
	Number         int64
	ContactID      string
	OfferID        string
	OrderID        *string
	SubscriptionID *string
	PaymentType    string
	Amount         int64
	Currency       string
	Quantity       int
	PaymentsMade   int
	Coupon         string
	Source         string
	Referrer       string
	ExternalID     string
	RunID          string
	DeactivatedAt  int64
	Reason         string
	CreatedAt      int64 `gorm:"autoCreateTime:false"`
	UpdatedAt      int64 `gorm:"autoUpdateTime:false"`
}

func (purchaseRow) TableName() string { return "purchases" }

func (r purchaseRow) purchase() (crm.Purchase, error) {
	return crm.Purchase{
		ID: r.ID, Number: r.Number, ContactID: r.ContactID, OfferID: r.OfferID, PaymentType: r.PaymentType, Amount: r.Amount,
		Currency: r.Currency, Quantity: r.Quantity, PaymentsMade: r.PaymentsMade, Coupon: r.Coupon, Source: r.Source,
		Referrer: r.Referrer, OrderID: orEmpty(r.OrderID), SubscriptionID: orEmpty(r.SubscriptionID), ExternalID: r.ExternalID,
		RunID: r.RunID, DeactivatedAt: timeOf(r.DeactivatedAt), Reason: r.Reason, CreatedAt: timeOf(r.CreatedAt), UpdatedAt: timeOf(r.UpdatedAt),
	}, nil
}

// byRef finds a row by its id, or else by its external id. A sale is looked up to
// be changed, so its row is locked.
func byRef[R any](t *tx, ref string) (row R, err error) {
	if ref == "" {
		return row, errNotFound
	}
	// Two look-ups, each by an index of its own.
	for _, condition := range [...]string{"workspace_id = ? AND id = ?", "workspace_id = ? AND external_id = ? AND external_id <> ''"} {
		db := t.orm()
		if t.store.postgres {
			db = db.Clauses(forUpdate)
		}
		var found []R
		if err := db.Where(condition, t.workspace, ref).Limit(1).Find(&found).Error; err != nil {
			return row, translate(err)
		}
		if len(found) > 0 {
			return found[0], nil
		}
	}
	return row, errNotFound
}

// update changes columns of one row of the workspace; engine.ErrNotFound when
// there is no such row.
func update[R any](t *tx, id string, columns map[string]any) error {
	var row R
	columns["updated_at"] = micros(t.at)
	return translate(changed(t.orm().Model(&row).Where("workspace_id = ? AND id = ?", t.workspace, id).Updates(columns)))
}

// create stores a new row.
func create[R any](t *tx, row *R) error { return translate(t.orm().Create(row).Error) }

// Purchase finds a purchase, see crm.SalesTx.
func (t *tx) Purchase(ref string) (crm.Purchase, error) {
	row, err := byRef[purchaseRow](t, ref)
	if err != nil {
		return crm.Purchase{}, err
	}
	return row.purchase()
}

// InsertPurchase stores a new purchase.
func (t *tx) InsertPurchase(p *crm.Purchase) (err error) {
	if p.Number, err = t.number("purchases"); err != nil {
		return err
	}
	p.ID, p.CreatedAt, p.UpdatedAt = engine.NewID("pur"), t.at, t.at
	return create(t, &purchaseRow{
		t.workspace, p.ID, p.Number, p.ContactID, p.OfferID, nullable(p.OrderID), nullable(p.SubscriptionID), p.PaymentType, p.Amount,
		p.Currency, p.Quantity, p.PaymentsMade, p.Coupon, p.Source, p.Referrer, p.ExternalID, p.RunID, micros(p.DeactivatedAt), p.Reason,
		micros(t.at), micros(t.at),
	})
}

// UpdatePurchase stores a purchase's state.
func (t *tx) UpdatePurchase(p *crm.Purchase) error {
	p.UpdatedAt = t.at
	return update[purchaseRow](t, p.ID, map[string]any{
		"payments_made": p.PaymentsMade, "deactivated_at": micros(p.DeactivatedAt), "reason": p.Reason,
	})
}

type paymentRow struct {
	WorkspaceID    string
	ID             string
	Number         int64
	ContactID      string
	Kind           string
	State          string
	OfferIDs       string `gorm:"column:offer_ids"`
	Amount         int64
	Tax            int64
	Refunded       int64
	Currency       string
	Reason         string
	OrderID        *string
	PurchaseID     *string
	SubscriptionID *string
	ExternalID     string
	RunID          string
	CreatedAt      int64 `gorm:"autoCreateTime:false"`
	UpdatedAt      int64 `gorm:"autoUpdateTime:false"`
}

func (paymentRow) TableName() string { return "payments" }

func (r paymentRow) payment() (crm.Payment, error) {
	offers := splitIDs(r.OfferIDs)
	return crm.Payment{
		ID: r.ID, Number: r.Number, ContactID: r.ContactID, Kind: r.Kind, State: r.State, OfferIDs: slices.DeleteFunc(offers, isBlank),
		Amount: r.Amount, Tax: r.Tax, Refunded: r.Refunded, Currency: r.Currency, Reason: r.Reason, OrderID: orEmpty(r.OrderID),
		PurchaseID: orEmpty(r.PurchaseID), SubscriptionID: orEmpty(r.SubscriptionID), ExternalID: r.ExternalID, RunID: r.RunID,
		CreatedAt: timeOf(r.CreatedAt), UpdatedAt: timeOf(r.UpdatedAt),
	}, nil
}

func isBlank(s string) bool { return s == "" }

// fenced puts a comma around each id, so that one can be looked for.
func fenced(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return "," + joinIDs(ids) + ","
}

// Payment finds a payment, see crm.SalesTx.
func (t *tx) Payment(ref string) (crm.Payment, error) {
	row, err := byRef[paymentRow](t, ref)
	if err != nil {
		return crm.Payment{}, err
	}
	return row.payment()
}

// PaymentsOf returns the payments of an order, oldest first.
func (t *tx) PaymentsOf(orderID string) ([]crm.Payment, error) {
	var rows []paymentRow
	err := t.orm().Where("workspace_id = ? AND order_id = ? AND order_id IS NOT NULL", t.workspace, orderID).Order("id").Find(&rows).Error
	list := make([]crm.Payment, len(rows))
	for i, r := range rows {
		list[i], _ = r.payment() // cannot fail
	}
	return list, translate(err)
}

// InsertPayment stores a new payment.
func (t *tx) InsertPayment(p *crm.Payment) (err error) {
	if p.Number, err = t.number("payments"); err != nil {
		return err
	}
	p.ID, p.CreatedAt, p.UpdatedAt = engine.NewID("pay"), t.at, t.at
	return create(t, &paymentRow{
		t.workspace, p.ID, p.Number, p.ContactID, p.Kind, p.State, fenced(p.OfferIDs), p.Amount, p.Tax, p.Refunded, p.Currency, p.Reason,
		nullable(p.OrderID), nullable(p.PurchaseID), nullable(p.SubscriptionID), p.ExternalID, p.RunID, micros(t.at), micros(t.at),
	})
}

// UpdatePayment stores a payment's state.
func (t *tx) UpdatePayment(p *crm.Payment) error {
	p.UpdatedAt = t.at
	return update[paymentRow](t, p.ID, map[string]any{"state": p.State, "refunded": p.Refunded, "reason": p.Reason})
}

type subscriptionRow struct {
	WorkspaceID  string
	ID           string
	ContactID    string
	OfferID      string
	OrderID      *string
	State        string
	Amount       int64
	Currency     string
	Interval     string
	PaymentsMade int
	TrialEndsAt  int64
	RenewedAt    int64
	CanceledAt   int64
	Reason       string
	ExternalID   string
	RunID        string
	CreatedAt    int64 `gorm:"autoCreateTime:false"`
	UpdatedAt    int64 `gorm:"autoUpdateTime:false"`
}

func (subscriptionRow) TableName() string { return "subscriptions" }

func (r subscriptionRow) subscription() (crm.Subscription, error) {
	return crm.Subscription{
		ID: r.ID, ContactID: r.ContactID, OfferID: r.OfferID, State: r.State, Amount: r.Amount, Currency: r.Currency, Interval: r.Interval,
		PaymentsMade: r.PaymentsMade, TrialEndsAt: timeOf(r.TrialEndsAt), RenewedAt: timeOf(r.RenewedAt), CanceledAt: timeOf(r.CanceledAt),
		Reason: r.Reason, OrderID: orEmpty(r.OrderID), ExternalID: r.ExternalID, RunID: r.RunID,
		CreatedAt: timeOf(r.CreatedAt), UpdatedAt: timeOf(r.UpdatedAt),
	}, nil
}

// Subscription finds a subscription, see crm.SalesTx.
func (t *tx) Subscription(ref string) (crm.Subscription, error) {
	row, err := byRef[subscriptionRow](t, ref)
	if err != nil {
		return crm.Subscription{}, err
	}
	return row.subscription()
}

// InsertSubscription stores a new subscription.
func (t *tx) InsertSubscription(s *crm.Subscription) error {
	s.ID, s.CreatedAt, s.UpdatedAt = engine.NewID("sub"), t.at, t.at
	return create(t, &subscriptionRow{
		t.workspace, s.ID, s.ContactID, s.OfferID, nullable(s.OrderID), s.State, s.Amount, s.Currency, s.Interval, s.PaymentsMade,
		micros(s.TrialEndsAt), micros(s.RenewedAt), micros(s.CanceledAt), s.Reason, s.ExternalID, s.RunID, micros(t.at), micros(t.at),
	})
}

// UpdateSubscription stores a subscription's state and times.
func (t *tx) UpdateSubscription(s *crm.Subscription) error {
	s.UpdatedAt = t.at
	return update[subscriptionRow](t, s.ID, map[string]any{
		"state": s.State, "payments_made": s.PaymentsMade, "trial_ends_at": micros(s.TrialEndsAt), "renewed_at": micros(s.RenewedAt),
		"canceled_at": micros(s.CanceledAt), "reason": s.Reason,
	})
}

type courseRow struct {
	WorkspaceID string
	ID          string
	ContactID   string
	Kind        string
	Course      string
	ProductID   *string
	Lesson      string
	Percent     int
	ExternalID  string
	RunID       string
	OccurredAt  int64
	CreatedAt   int64 `gorm:"autoCreateTime:false"`
}

func (courseRow) TableName() string { return "course_events" }

func (r courseRow) event() (crm.CourseEvent, error) {
	return crm.CourseEvent{
		ID: r.ID, ContactID: r.ContactID, Kind: r.Kind, Course: r.Course, ProductID: orEmpty(r.ProductID), Lesson: r.Lesson, Percent: r.Percent,
		ExternalID: r.ExternalID, RunID: r.RunID, OccurredAt: timeOf(r.OccurredAt), CreatedAt: timeOf(r.CreatedAt),
	}, nil
}

// CourseEvent finds a course event, see crm.SalesTx.
func (t *tx) CourseEvent(ref string) (crm.CourseEvent, error) {
	row, err := byRef[courseRow](t, ref)
	if err != nil {
		return crm.CourseEvent{}, err
	}
	return row.event()
}

// InsertCourseEvent stores a new course event; a product that the workspace
// does not have is left out.
func (t *tx) InsertCourseEvent(e *crm.CourseEvent) error {
	e.ID, e.CreatedAt = engine.NewID("crs"), t.at
	if e.ProductID != "" {
		if _, err := t.product(crm.Product{ID: e.ProductID}); err != nil {
			return err
		}
	}
	return create(t, &courseRow{
		t.workspace, e.ID, e.ContactID, e.Kind, e.Course, nullable(e.ProductID), e.Lesson, e.Percent, e.ExternalID, e.RunID,
		micros(e.OccurredAt), micros(t.at),
	})
}

// narrowed is a list of the workspace's rows from the newest, after the cursor.
func narrowed(db *gorm.DB, workspace string, p engine.Page) *gorm.DB {
	db = db.Where("workspace_id = ?", workspace).Order("id DESC")
	if p.Cursor != "" {
		db = db.Where("id < ?", p.Cursor)
	}
	return db
}
