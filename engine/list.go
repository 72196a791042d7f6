package engine

import "time"

// Page asks for a part of a list, which goes from the newest to the oldest
// unless a list says otherwise.
type Page struct {
	// Cursor is the Next of the part before; "" begins.
	Cursor string
	// Limit is how many to return at most; out of 1 to MaxPage it is mended.
	Limit int
}

// The sizes of pages.
const (
	DefaultPage = 50
	MaxPage     = 200
)

// Size is Limit within its bounds.
func (p Page) Size() int {
	if p.Limit <= 0 {
		return DefaultPage
	}
	return min(p.Limit, MaxPage)
}

// List is a part of a list. A search may return fewer items than the page has
// room for, or none, and still have a Next: it looks at a bounded number of rows
// for each part.
type List[T any] struct {
	Items []T
	// Next is the Cursor of the next part; "" means that this is the last.
	Next string
}

// RunFilter narrows a list of runs; zero values do not.
type RunFilter struct {
	WorkflowID string
	Status     Status
	// Kind is KindWorkflow unless it says otherwise; "any" takes all.
	Kind      RunKind
	Mode      Mode
	ContactID string
	// HookID finds the deliveries of a hook; Kind must be KindDelivery then.
	HookID string
	// HookEvent finds the deliveries of all hooks of an event, also of those that
	// were deleted; Kind must be KindDelivery then.
	HookEvent string
	// NotSentAgain leaves runs out that a newer one repeats.
	NotSentAgain bool
	// Query is looked for in ids, the input and the error, ignoring case.
	Query string
	// Failure is a Run.Fingerprint.
	Failure string
	// StepID finds runs that stand at that step: they wait in it, or stopped
	// there. Ids of steps mean something within one workflow only.
	StepID string
	// From and To bound CreatedAt; From is included, To is not.
	From, To time.Time
}

// RequestFilter narrows a list of requests; zero values do not.
type RequestFilter struct {
	WorkflowID string
	// TriggerID is a trigger's id in the workflow's document.
	TriggerID string
	Verdict   string
	// From leaves older ones out: the least id that is listed, "" for all.
	From string
	// Query is looked for in ids, path, query, reason, address and body,
	// ignoring case.
	Query string
}

// ContactFilter narrows a list of contacts; zero values do not.
type ContactFilter struct {
	// Email is normalised and compared whole.
	Email string
	// Tag is a tag's name, ignoring case, or its id.
	Tag string
	// Query is looked for in e-mail, names, phone, company and
	// external_user_id, ignoring case.
	Query string
}

// GrantFilter narrows a list of grants; zero values do not.
type GrantFilter struct {
	ContactID string
	OfferID   string
	// Active is nil for all, else whether the grant is not revoked.
	Active *bool
}

// SaleFilter narrows a list of purchases, payments, orders, subscriptions or
// course events; zero values do not.
type SaleFilter struct {
	ContactID string
	OfferID   string
	// Kind is of payments and course events, State of what has one.
	Kind  string
	State string
}

// OfferCallFilter narrows the log of an offer's addresses; zero values do not.
type OfferCallFilter struct {
	Verdict string
	// Action is Activate or Deactivate.
	Action string
}

// HookFilter narrows a list of hooks; zero values do not.
type HookFilter struct {
	Event    string
	Status   HookStatus
	Resource string
	Format   HookFormat
}

// OldCaller is somebody who still calls an address that was rotated away.
type OldCaller struct {
	IP        string
	UserAgent string
	Calls     int
	LastAt    time.Time
}

// WorkflowFilter narrows a list of workflows.
type WorkflowFilter struct {
	// Deleted lists the trash instead of the workflows in use.
	Deleted bool
	// Query is looked for in names, ignoring case.
	Query string
	// Folder narrows to one folder by its name; "" does not.
	Folder string
}

// WorkflowInfo is a workflow as lists and pages show it.
type WorkflowInfo struct {
	Workflow
	// Held is how many requests and runs wait for a publish or resume, counted
	// up to 10,000.
	Held int
}

// StepStat is what one step of a workflow did over a time.
type StepStat struct {
	StepID string
	// Entered counts its executions, Waiting those that wait now, Failed those
	// that failed or whose outcome is unknown.
	Entered, Waiting, Failed int
}

// SampleOutput is what a step gave when it last succeeded.
type SampleOutput struct {
	Run string
	// Output is compact JSON, nil when the step gave nothing.
	Output []byte
	// Simulated says that nothing was really done.
	Simulated bool
	At        time.Time
}
