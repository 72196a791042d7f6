package nodes

import "time"

// Directive tells the engine how the run goes on after a flow node. The engine
// executes directives and knows no flow node by name.
type Directive interface{ directive() }

// Next goes on with the following step; Output becomes the step's output.
type Next struct{ Output any }

// Enter runs one of the step's branches, then goes on. Branch "" takes none.
type Enter struct {
	Branch string
	Output any
}

// Iterate runs the step's steps once for each item, then goes on with
// {results, failed} as output. With ContinueOnError a failed item is listed and
// the next one runs; otherwise the step fails.
type Iterate struct {
	Items           []any
	ContinueOnError bool
}

// WaitUntil ends the work until a time; the step succeeds then.
type WaitUntil struct {
	At     time.Time
	Output any
}

// Awaited names an event of the run's contact that a step is about.
type Awaited struct {
	// Event is the event's type, such as contact.replied.
	Event string `json:"event"`
	// Only narrows it down to events in which something has one of these names or
	// ids: a tag, an offer, a form, a course. Empty takes all.
	Only []string `json:"only,omitempty"`
}

// WaitEvent ends the work until the contact of the run does something, or until a
// time. The run then takes one of the step's branches; a branch that is not
// there, or "", takes none. Output is the step's result, with happened and event
// added.
type WaitEvent struct {
	Awaited
	Until          time.Time
	Happened, Late string
	Output         map[string]any
}

// The reasons for which a step ends a run.
const (
	EndFilter = "filter"
	EndStop   = "stop"
	EndGoal   = "goal"
)

// Stop ends the run, or with ItemOnly the current item of the nearest loop
// (outside a loop the run).
type Stop struct {
	// Failed makes the run fail with Message; otherwise it succeeds.
	Failed  bool
	Message string
	// Reason is the run's end_reason: EndFilter, EndStop or EndGoal.
	Reason   string
	ItemOnly bool
	Output   any
}

// Respond answers the caller whose request started the run, if it still waits,
// and goes on. The first answer of a run counts. A type that gives it says so by
// Flow.Responds. The step's output is {status, headers, body}.
type Respond struct{ Reply Reply }

func (Respond) directive()   {}
func (Next) directive()      {}
func (Enter) directive()     {}
func (Iterate) directive()   {}
func (WaitUntil) directive() {}
func (WaitEvent) directive() {}
func (Stop) directive()      {}
