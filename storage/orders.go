package storage

import (
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

// forUpdate locks the rows read for changing them, on PostgreSQL.
var forUpdate = clause.Locking{Strength: "NO KEY UPDATE"}

type orderRow struct {
	WorkspaceID string
	ID          string
	Number      int64
	ContactID   string
	Cart        bool
	State       string
	Subtotal    int64
	Discount    int64
	Tax         int64
	Total       int64
	Currency    string
	Coupon      string
	ExternalID  string
	RunID       string
	CreatedAt   int64 `gorm:"autoCreateTime:false"`
	UpdatedAt   int64 `gorm:"autoUpdateTime:false"`
}

func (orderRow) TableName() string { return "orders" }

func (r orderRow) order() (crm.Order, error) {
	return crm.Order{
		ID: r.ID, Number: r.Number, ContactID: r.ContactID, Cart: r.Cart, State: r.State, Subtotal: r.Subtotal, Discount: r.Discount,
		Tax: r.Tax, Total: r.Total, Currency: r.Currency, Coupon: r.Coupon, ExternalID: r.ExternalID, RunID: r.RunID,
		CreatedAt: timeOf(r.CreatedAt), UpdatedAt: timeOf(r.UpdatedAt),
	}, nil
}

type orderItemRow struct {
	WorkspaceID string
	ID          string
	Number      int64
	OrderID     string
	Position    int
	OfferID     string
	Title       string
	Role        string
	PaymentType string
	Quantity    int
	Amount      int64
}

func (orderItemRow) TableName() string { return "order_items" }

// itemized fills the items of orders in.
func itemized(db *gorm.DB, workspace string, orders []crm.Order) error {
	if len(orders) == 0 {
		return nil
	}
	at := make(map[string]int, len(orders))
	ids := make([]string, len(orders))
	for i := range orders {
		ids[i], at[orders[i].ID] = orders[i].ID, i
	}
	var rows []orderItemRow
	err := db.Where("workspace_id = ? AND order_id <> '' AND order_id IN ?", workspace, ids).Order("order_id, position").Find(&rows).Error
	for _, r := range rows {
		o := &orders[at[r.OrderID]]
		o.Items = append(o.Items, crm.OrderItem{
			ID: r.ID, Number: r.Number, OfferID: r.OfferID, Title: r.Title, Role: r.Role, PaymentType: r.PaymentType, Quantity: r.Quantity, Amount: r.Amount,
		})
	}
	return err
}

// Order finds an order with its items, see crm.SalesTx.
func (t *tx) Order(ref string) (crm.Order, error) {
	row, err := byRef[orderRow](t, ref)
	if err != nil {
		return crm.Order{}, err
	}
	o, _ := row.order() // cannot fail
	one := []crm.Order{o}
	err = translate(itemized(t.orm(), t.workspace, one))
	return one[0], err
}

// InsertOrder stores a new order with its items.
func (t *tx) InsertOrder(o *crm.Order) (err error) {
	if o.Number, err = t.number("orders"); err != nil {
		return err
	}
	o.ID, o.CreatedAt, o.UpdatedAt = engine.NewID("ord"), t.at, t.at
	err = create(t, &orderRow{
		t.workspace, o.ID, o.Number, o.ContactID, o.Cart, o.State, o.Subtotal, o.Discount, o.Tax, o.Total, o.Currency, o.Coupon,
		o.ExternalID, o.RunID, micros(t.at), micros(t.at),
	})
	if err != nil {
		return err
	}
	for i := range o.Items {
		it := &o.Items[i]
		if it.Number, err = t.number("order_items"); err != nil {
			return err
		}
		it.ID = engine.NewID("itm")
		err = create(t, &orderItemRow{
			t.workspace, it.ID, it.Number, o.ID, i, it.OfferID, it.Title, it.Role, it.PaymentType, it.Quantity, it.Amount,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// UpdateOrder stores an order's state.
func (t *tx) UpdateOrder(o *crm.Order) error {
	o.UpdatedAt = t.at
	return update[orderRow](t, o.ID, map[string]any{"state": o.State})
}
