package engine

import (
	"context"
	"slices"
	"time"

	"github.com/hookloom/hookloom/engine/crm"
)

// Hook is a subscription of an outside address to an event.
type Hook struct {
	ID        string
	Workspace string
	Number    int64
	// Name is for people; "" for none.
	Name string
	// Event is one of HookEvents.
	Event string
	URL   string
	// Resource is the id of the only thing whose events are sent (an offer, tag,
	// form, contact, product or workflow); "" sends all. ResourceNumber is its
	// number, 0 when it has none.
	Resource       string
	ResourceNumber int64
	// Cart narrows order.created.
	Cart CartFilter
	// Format is the shape of what is sent.
	Format HookFormat
	// Place names the field of a page that the hook stands in, "" for none; there
	// is one hook a place.
	Place string
	// SecretID is the stored secret that deliveries are signed with.
	SecretID string
	Status   HookStatus
	// Reason says why the hook is not active.
	Reason string

	// Health: times are zero for never. FailingSince is zero while deliveries
	// succeed, and Failures counts the attempts that failed since; LastStatus is
	// the HTTP status of the last answer, 0 for none.
	LastSuccessAt time.Time
	LastFailureAt time.Time
	FailingSince  time.Time
	NextTryAt     time.Time
	LastStatus    int
	LastError     string
	Failures      int

	CreatedAt time.Time
	UpdatedAt time.Time
}

// HookStatus is whether a hook's deliveries are sent.
type HookStatus string

// The states of a hook.
const (
	HookActive HookStatus = "active"
	// HookPaused keeps what would be sent until it is resumed.
	HookPaused HookStatus = "paused"
	// HookDisabled sends and keeps nothing: the receiver said that the address is
	// gone.
	HookDisabled HookStatus = "disabled"
)

// HookFormat is the shape of a delivery's body.
type HookFormat string

// The formats of deliveries.
const (
	// FormatStandard is our own: {id, type, timestamp, workspace, data}.
	FormatStandard HookFormat = "standard"
	// FormatKajabi and FormatKajabiFlat are those of the webhooks of Kajabi's
	// dashboard, the newer and the older one.
	FormatKajabi     HookFormat = "kajabi"
	FormatKajabiFlat HookFormat = "kajabi_flat"
	// FormatKajabiAPI is that of the hooks of Kajabi's API.
	FormatKajabiAPI HookFormat = "kajabi_api"
)

// CartFilter narrows orders by how they were made.
type CartFilter int

// The values of CartFilter.
const (
	CartAny CartFilter = iota
	CartOnly
	CartNever
)

// The events of runs, which only hooks listen to.
const (
	RunSucceeded = "run.succeeded"
	RunFailed    = "run.failed"
)

// HookEvents are the events that a hook may listen to.
var HookEvents = []string{
	crm.ContactCreated, crm.ContactUpdated, crm.ContactReplied, crm.TagAdded, crm.TagRemoved, crm.OfferGranted, crm.OfferRevoked,
	crm.PurchaseCreated, crm.PaymentSucceeded, crm.PaymentFailed, crm.OrderCreated, crm.OrderRefunded, crm.OrderChargeback,
	crm.SubscriptionCreated, crm.SubscriptionRenewed, crm.SubscriptionCanceled, crm.SubscriptionTrialStarted, crm.SubscriptionTrialEnded,
	crm.FormSubmitted, crm.CourseEnrolled, crm.CourseLessonCompleted, crm.CourseCompleted, crm.CourseCertificate, crm.CourseMilestone,
	RunSucceeded, RunFailed,
}

// MaxHooks is how many hooks a workspace may have.
const MaxHooks = 5_000

// pauseAfter is how long an endpoint may fail before its hook is paused.
const pauseAfter = 5 * 24 * time.Hour

// Hooks is what the engine needs of hooks and deliveries.
type Hooks interface {
	// HooksFor returns the active and paused hooks of an event.
	HooksFor(ctx context.Context, workspace, event string) ([]Hook, error)
	// Hook returns a hook; ErrNotFound when it was deleted.
	Hook(ctx context.Context, workspace, id string) (Hook, error)
	// HasRunHooks reports whether any hook listens to runs.
	HasRunHooks(ctx context.Context, workspace string) (bool, error)
	// MarkDelivery notes that deliveries of an event are to be stored.
	MarkDelivery(ctx context.Context, workspace, eventID string) error
	// EventsToDeliver crosses workspaces and returns up to max events that are
	// marked so, oldest first.
	EventsToDeliver(ctx context.Context, max int) ([]PendingEvent, error)
	// Delivered takes the mark away once all deliveries of an event are stored.
	Delivered(ctx context.Context, workspace, eventID string) error
	// InsertDeliveries stores deliveries of one event and their definition as one
	// unit. Those that exist by event and hook are left alone, those of paused
	// hooks are held, and those of hooks that are not in use any more left out. It
	// returns the ones inserted now.
	InsertDeliveries(ctx context.Context, workspace string, d Definition, runs []Run) ([]Run, error)
	// ResumeDeliveries queues up to max held and waiting deliveries of a hook.
	ResumeDeliveries(ctx context.Context, workspace, hookID string, max int) ([]Handle, error)
	// CountKept counts the held and waiting deliveries of a hook, up to max.
	CountKept(ctx context.Context, workspace, hookID string, max int) (int, error)
}

// Definition is a document with its hash.
type Definition struct {
	Hash     string
	Document []byte
}

// HookTx changes hooks.
type HookTx interface {
	Hook(id string) (Hook, error)
	// HookAt returns the hook of a place, ErrNotFound when there is none.
	HookAt(place string) (Hook, error)
	CountHooks() (int, error)
	// InsertHook stores a new hook under its ID and fills Number and times in.
	InsertHook(h *Hook) error
	// UpdateHook stores all but number, place, secret and health; a hook that
	// becomes active is healthy again.
	UpdateHook(h *Hook) error
	// DeleteHook ends a hook with its secret.
	DeleteHook(id string) error
	// KeptDeliveries returns up to max held and waiting deliveries of a hook, oldest
	// first, and locks them.
	KeptDeliveries(hookID string, max int) ([]Run, error)
}

// HookOutcome is what a delivery says of its endpoint's health; it is stored
// with the progress of the delivery.
type HookOutcome struct {
	Hook string
	At   time.Time
	OK   bool
	// Status is the HTTP status of the answer, 0 when there was none.
	Status int
	Error  string
	// Gone disables the hook, for a reason that people read; "" does not.
	Gone string
	// NextTry is when the delivery is tried again, zero for never.
	NextTry time.Time
	// PauseBefore pauses a hook that has been failing since before then.
	PauseBefore time.Time
}

// Wants reports whether the hook sends an event; it does not look at the
// event's type.
func (h Hook) Wants(event crm.Event) bool {
	if h.Cart != CartAny {
		order, _ := event.Data["order"].(map[string]any)
		cart, _ := order["cart"].(bool)
		if cart != (h.Cart == CartOnly) {
			return false
		}
	}
	return h.Resource == "" || slices.Contains(resourcesOf(event), h.Resource)
}

// resourcesOf are the ids that a hook can be narrowed to: what the event is
// about besides its contact, or the contact when it is about nothing else.
func resourcesOf(event crm.Event) []string {
	var ids []string
	add := func(v any) {
		object, _ := v.(map[string]any)
		if id, ok := object["id"].(string); ok && id != "" {
			ids = append(ids, id)
		}
	}
	for _, name := range []string{"tag", "offer", "form", "product"} {
		add(event.Data[name])
	}
	offers, _ := event.Data["offers"].([]any)
	for _, o := range offers {
		add(o)
	}
	for of, key := range map[string]string{"run": "workflow_id", "course": "product_id"} {
		object, _ := event.Data[of].(map[string]any)
		if id, ok := object[key].(string); ok && id != "" {
			ids = append(ids, id)
		}
	}
	if event.Type == crm.ContactCreated || event.Type == crm.ContactUpdated {
		add(event.Data["contact"])
	}
	return ids
}
