package workflow

import "github.com/hookloom/hookloom/nodes"

// Schema is the version of the document format that this package writes. Parse
// lifts older ones and refuses newer ones.
const Schema = 1

// The limits of a document. Parse refuses more.
const (
	// MaxSteps counts the steps of all lists together.
	MaxSteps = 2000
	// MaxDepth is how deeply lists of steps may nest; the top list is depth 1.
	MaxDepth = 20
	// MaxTriggers counts triggers; MaxBranches the branches of one step.
	MaxTriggers = 50
	MaxBranches = 50
	// MaxID, MaxName and MaxNote count characters.
	MaxID   = 40
	MaxName = 200
	MaxNote = 5000
)

// Document is one workflow: what starts it and what it does, in order.
type Document struct {
	Schema   int       `json:"schema"`
	Settings Settings  `json:"settings"`
	Triggers []Trigger `json:"triggers"`
	Steps    []Step    `json:"steps"`
}

// The values of Settings.Contact.
const (
	ContactOptional = "optional"
	ContactRequired = "required"
)

// Settings are rules for the whole workflow.
type Settings struct {
	// Contact is ContactOptional or ContactRequired; with the latter the first
	// action of every path must set the run's contact.
	Contact string `json:"contact"`
	// Timezone is an IANA name, or ZoneOfContact; nil means the workspace's.
	Timezone *string `json:"timezone"`
	// Reentry is one of the Reentry constants; "" is ReentryAlways. Triggers of
	// events are not bound by it, because each event is one of its own.
	Reentry string `json:"reentry,omitempty"`
	// StopOnReply ends a contact's runs when the contact replies.
	StopOnReply bool `json:"stop_on_reply,omitempty"`
	// Window is nil when steps may send at any time.
	Window *Window `json:"window,omitempty"`
}

// Trigger is one way to start the workflow.
type Trigger struct {
	// ID is unique among the triggers and steps of the document.
	ID   string `json:"id"`
	Type string `json:"type"`
	// V is the version of the node type that Params were written for, at least 1.
	V        int    `json:"v"`
	Name     string `json:"name,omitempty"`
	Note     string `json:"note,omitempty"`
	Disabled bool   `json:"disabled,omitempty"`
	// Params are plain values as written; mappings are not resolved.
	Params map[string]any `json:"params"`
}

// Step is one use of a node type.
type Step struct {
	// ID is unique among the triggers and steps of the document. It survives
	// renaming and moving; mappings name the step by it.
	ID   string `json:"id"`
	Type string `json:"type"`
	// V is the version of the node type that Params were written for, at least 1.
	V    int    `json:"v"`
	Name string `json:"name,omitempty"`
	Note string `json:"note,omitempty"`
	// Disabled steps are passed over with everything inside them.
	Disabled bool `json:"disabled,omitempty"`
	// Params are plain values as written; mappings are not resolved.
	Params map[string]any `json:"params"`
	// Branches and Steps are the lists inside a step, nil when it has none.
	Branches []Branch `json:"branches,omitempty"`
	Steps    []Step   `json:"steps,omitempty"`
	// Retry is nil for the default of the step's kind; see Node.Retry.
	Retry *Retry `json:"retry,omitempty"`
	// OnError is nil for OnErrorStop.
	OnError *OnError `json:"on_error,omitempty"`
	// Repeatable is nil for the node type's default.
	Repeatable *bool `json:"repeatable,omitempty"`
}

// Branch is one named list of a step, taken when its condition is met.
type Branch struct {
	// ID is unique among the branches of its step.
	ID   string `json:"id"`
	Name string `json:"name,omitempty"`
	// When is an expression or rows of rules; nil makes it the fallback.
	When  any    `json:"when,omitempty"`
	Steps []Step `json:"steps"`
}

// Retry is a step's own retry policy.
type Retry struct {
	// Attempts counts all tries, the first included; 0 leaves it to Delays, or
	// to the default of 10.
	Attempts int `json:"attempts,omitempty"`
	// Delays are the waits before the second, third ... attempt. The last one
	// repeats when there are more attempts. nil leaves it to Backoff, or to the
	// default waits.
	Delays []nodes.Duration `json:"delays,omitempty"`
	// Backoff is nil when Delays or the default waits count.
	Backoff *Backoff `json:"backoff,omitempty"`
}

// Backoff makes waits that grow.
type Backoff struct {
	// Initial is the wait before the second attempt.
	Initial nodes.Duration `json:"initial"`
	// Factor multiplies the wait each time; 0 means 2, and 1 keeps it.
	Factor float64 `json:"factor,omitempty"`
	// Max cuts the waits; 0 means 24 h.
	Max nodes.Duration `json:"max,omitempty"`
}

// The values of OnError.Do.
const (
	// OnErrorStop ends the run as failed.
	OnErrorStop = "stop"
	// OnErrorContinue goes on with the next step; steps.ID.error tells why.
	OnErrorContinue = "continue"
	// OnErrorBranch does OnError.Steps and then goes on with the next step.
	OnErrorBranch = "branch"
)

// OnError says how the run goes on after a step has failed for good.
type OnError struct {
	Do string `json:"do"`
	// Steps belong to OnErrorBranch only.
	Steps []Step `json:"steps,omitempty"`
}

// goesOn reports whether the run continues after the step has failed.
func (s *Step) goesOn() bool { return s.OnError != nil && s.OnError.Do != OnErrorStop }
