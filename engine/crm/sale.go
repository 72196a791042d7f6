package crm

import "time"

// The events of sales, forms and courses.
const (
	PurchaseCreated          = "purchase.created"
	PaymentSucceeded         = "payment.succeeded"
	PaymentFailed            = "payment.failed"
	OrderCreated             = "order.created"
	OrderRefunded            = "order.refunded"
	OrderChargeback          = "order.chargeback"
	SubscriptionCreated      = "subscription.created"
	SubscriptionRenewed      = "subscription.renewed"
	SubscriptionCanceled     = "subscription.canceled"
	SubscriptionTrialStarted = "subscription.trial_started"
	SubscriptionTrialEnded   = "subscription.trial_ended"
	FormSubmitted            = "form.submitted"
	CourseEnrolled           = "course.enrolled"
	CourseLessonCompleted    = "course.lesson_completed"
	CourseCompleted          = "course.completed"
	CourseCertificate        = "course.certificate"
	CourseMilestone          = "course.milestone"
)

// How an offer is paid.
const (
	PayOneTime      = "one_time"
	PaySubscription = "subscription"
	PayPlan         = "payment_plan"
	PayFree         = "free"
)

// The kinds of payments.
const (
	KindOneTime = "one_time"
	// KindFirst is the first payment of a subscription or payment plan.
	KindFirst = "first"
	// KindInstalment is every later one.
	KindInstalment = "instalment"
)

// The states of payments and orders. A chargeback outranks a refund.
const (
	StateSucceeded    = "succeeded"
	StateFailed       = "failed"
	StateCompleted    = "completed"
	StatePartRefunded = "part_refunded"
	StateRefunded     = "refunded"
	StateChargedBack  = "charged_back"
)

// The states of subscriptions.
const (
	SubscriptionTrialing = "trialing"
	SubscriptionActive   = "active"
	SubscriptionEnded    = "canceled"
)

// Purchase is what one contact bought of one offer. Amounts are in the minor
// unit of Currency (cents), which is ISO 4217.
type Purchase struct {
	ID        string
	Number    int64
	ContactID string
	OfferID   string
	// PaymentType is one_time, subscription, payment_plan or free.
	PaymentType string
	// Amount is what the purchase cost at once, tax included.
	Amount   int64
	Currency string
	Quantity int
	// PaymentsMade counts its successful payments.
	PaymentsMade   int
	Coupon         string
	Source         string
	Referrer       string
	OrderID        string
	SubscriptionID string
	// ExternalID is its id where it was bought; "" for none. Of one id there is
	// one purchase in a workspace.
	ExternalID string
	// RunID is the run that recorded it; "" when a person or the API did.
	RunID string
	// DeactivatedAt is zero while it gives access.
	DeactivatedAt time.Time
	Reason        string
	CreatedAt     time.Time
	UpdatedAt     time.Time
}

// Payment is one movement of money, successful or not.
type Payment struct {
	ID        string
	Number    int64
	ContactID string
	// Kind is one_time, first or instalment.
	Kind string
	// State is succeeded, failed, part_refunded, refunded or charged_back.
	State string
	// OfferIDs are what was paid for: several for an order's one-time offers.
	OfferIDs []string
	// Amount includes Tax; Refunded is what was given or taken back of it.
	Amount   int64
	Tax      int64
	Refunded int64
	Currency string
	// Reason says why it failed or was taken back.
	Reason         string
	OrderID        string
	PurchaseID     string
	SubscriptionID string
	ExternalID     string
	RunID          string
	CreatedAt      time.Time
	UpdatedAt      time.Time
}

// Order is what was bought together.
type Order struct {
	ID        string
	Number    int64
	ContactID string
	// Cart tells an order through the cart from a checkout with order bumps.
	Cart bool
	// State is completed, part_refunded, refunded or charged_back.
	State string
	// Total is Subtotal less Discount plus Tax.
	Subtotal   int64
	Discount   int64
	Tax        int64
	Total      int64
	Currency   string
	Coupon     string
	Items      []OrderItem
	ExternalID string
	RunID      string
	CreatedAt  time.Time
	UpdatedAt  time.Time
}

// OrderItem is one offer of an order.
type OrderItem struct {
	ID      string
	Number  int64
	OfferID string
	Title   string
	// Role is primary, or bump for what was added to it.
	Role        string
	PaymentType string
	Quantity    int
	// Amount is for the whole quantity, before discount and tax.
	Amount int64
}

// Subscription is a contact's recurring purchase of an offer.
type Subscription struct {
	ID        string
	ContactID string
	OfferID   string
	// State is trialing, active or canceled.
	State string
	// Amount is due each Interval: day, week, month or year, "" when unknown.
	Amount   int64
	Currency string
	Interval string
	// TrialEndsAt is zero without a trial or when its end is not known.
	TrialEndsAt time.Time
	// PaymentsMade counts its successful payments; the first makes the purchase.
	PaymentsMade int
	// RenewedAt is its last renewal, zero for none.
	RenewedAt  time.Time
	CanceledAt time.Time
	Reason     string
	OrderID    string
	ExternalID string
	RunID      string
	CreatedAt  time.Time
	UpdatedAt  time.Time
}

// SalesTx is the part of a transaction that keeps sales. Lookups take an id or
// an external id, and return ErrNotFound when there is none. Inserts fill ID,
// Number and times in; an external id that is taken is a *Conflict.
type SalesTx interface {
	Purchase(ref string) (Purchase, error)
	InsertPurchase(p *Purchase) error
	// UpdatePurchase stores state, not what was bought.
	UpdatePurchase(p *Purchase) error

	Payment(ref string) (Payment, error)
	// PaymentsOf returns the payments of an order, oldest first.
	PaymentsOf(orderID string) ([]Payment, error)
	InsertPayment(p *Payment) error
	// UpdatePayment stores state, refunded amount and reason.
	UpdatePayment(p *Payment) error

	Order(ref string) (Order, error)
	// InsertOrder stores the items too.
	InsertOrder(o *Order) error
	// UpdateOrder stores the state.
	UpdateOrder(o *Order) error

	Subscription(ref string) (Subscription, error)
	InsertSubscription(s *Subscription) error
	// UpdateSubscription stores state and times.
	UpdateSubscription(s *Subscription) error

	CourseEvent(ref string) (CourseEvent, error)
	InsertCourseEvent(e *CourseEvent) error
}
