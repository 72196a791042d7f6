package storage

import (
	"context"

	"gorm.io/gorm"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

// sold narrows a list of sales; which conditions it takes depends on the
// table.
func sold(db *gorm.DB, by engine.SaleFilter) *gorm.DB {
	if by.ContactID != "" {
		db = db.Where("contact_id = ? AND contact_id <> '' AND id <> ''", by.ContactID)
	}
	if by.State != "" {
		db = db.Where("state = ?", by.State)
	}
	if by.Kind != "" {
		db = db.Where("kind = ?", by.Kind)
	}
	return db
}

// oneOf reads one row of a workspace by its id.
func oneOf[R, T any](ctx context.Context, s *Store, workspace, id string, read func(R) (T, error)) (item T, err error) {
	err = s.look(ctx, workspace, func(db *gorm.DB) error {
		var row R
		if err := db.Where("workspace_id = ? AND id = ?", workspace, id).Take(&row).Error; err != nil {
			return err
		}
		item, err = read(row)
		return err
	})
	return item, err
}

// Purchase returns a purchase.
func (s *Store) Purchase(ctx context.Context, workspace, id string) (crm.Purchase, error) {
	return oneOf(ctx, s, workspace, id, purchaseRow.purchase)
}

// ListPurchases lists purchases from the newest; State and Kind do not narrow.
func (s *Store) ListPurchases(ctx context.Context, workspace string, by engine.SaleFilter, p engine.Page) (list engine.List[crm.Purchase], err error) {
	by.State, by.Kind = "", ""
	err = s.look(ctx, workspace, func(db *gorm.DB) error {
		db = sold(narrowed(db, workspace, p), by)
		if by.OfferID != "" {
			db = db.Where("offer_id = ? AND offer_id <> ''", by.OfferID)
		}
		list, err = listOf(db, p, func(r purchaseRow) string { return r.ID }, purchaseRow.purchase)
		return err
	})
	return list, err
}

// Payment returns a payment.
func (s *Store) Payment(ctx context.Context, workspace, id string) (crm.Payment, error) {
	return oneOf(ctx, s, workspace, id, paymentRow.payment)
}

// ListPayments lists payments from the newest.
func (s *Store) ListPayments(ctx context.Context, workspace string, by engine.SaleFilter, p engine.Page) (list engine.List[crm.Payment], err error) {
	err = s.look(ctx, workspace, func(db *gorm.DB) error {
		db = sold(narrowed(db, workspace, p), by)
		if by.OfferID != "" {
			db = db.Where(`offer_ids LIKE ? ESCAPE '\'`, "%,"+likeText(by.OfferID)+",%")
		}
		list, err = listOf(db, p, func(r paymentRow) string { return r.ID }, paymentRow.payment)
		return err
	})
	return list, err
}

// SaleOrder returns an order with its items.
func (s *Store) SaleOrder(ctx context.Context, workspace, id string) (o crm.Order, err error) {
	if o, err = oneOf(ctx, s, workspace, id, orderRow.order); err != nil {
		return o, err
	}
	one := []crm.Order{o}
	err = s.look(ctx, workspace, func(db *gorm.DB) error { return itemized(db, workspace, one) })
	return one[0], err
}

// ListOrders lists orders with their items from the newest; Kind does not
// narrow.
func (s *Store) ListOrders(ctx context.Context, workspace string, by engine.SaleFilter, p engine.Page) (list engine.List[crm.Order], err error) {
	by.Kind = ""
	err = s.look(ctx, workspace, func(db *gorm.DB) error {
		narrow := sold(narrowed(db.Session(&gorm.Session{}), workspace, p), by)
		if by.OfferID != "" {
			narrow = narrow.Where("id IN (SELECT order_id FROM order_items WHERE workspace_id = ? AND offer_id = ?)", workspace, by.OfferID)
		}
		if list, err = listOf(narrow, p, func(r orderRow) string { return r.ID }, orderRow.order); err != nil {
			return err
		}
		return itemized(db.Session(&gorm.Session{}), workspace, list.Items)
	})
	return list, err
}

// Subscription returns a subscription.
func (s *Store) Subscription(ctx context.Context, workspace, id string) (crm.Subscription, error) {
	return oneOf(ctx, s, workspace, id, subscriptionRow.subscription)
}

// ListSubscriptions lists subscriptions from the newest; Kind does not narrow.
func (s *Store) ListSubscriptions(ctx context.Context, workspace string, by engine.SaleFilter, p engine.Page) (list engine.List[crm.Subscription], err error) {
	by.Kind = ""
	err = s.look(ctx, workspace, func(db *gorm.DB) error {
		db = sold(narrowed(db, workspace, p), by)
		if by.OfferID != "" {
			db = db.Where("offer_id = ? AND offer_id <> ''", by.OfferID)
		}
		list, err = listOf(db, p, func(r subscriptionRow) string { return r.ID }, subscriptionRow.subscription)
		return err
	})
	return list, err
}

// CourseEvent returns a course event.
func (s *Store) CourseEvent(ctx context.Context, workspace, id string) (crm.CourseEvent, error) {
	return oneOf(ctx, s, workspace, id, courseRow.event)
}

// ListCourseEvents lists course events from the newest; State and OfferID do not
// narrow.
func (s *Store) ListCourseEvents(ctx context.Context, workspace string, by engine.SaleFilter, p engine.Page) (list engine.List[crm.CourseEvent], err error) {
	by.State = ""
	err = s.look(ctx, workspace, func(db *gorm.DB) error {
		list, err = listOf(sold(narrowed(db, workspace, p), by), p, func(r courseRow) string { return r.ID }, courseRow.event)
		return err
	})
	return list, err
}
