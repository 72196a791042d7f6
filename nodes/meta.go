package nodes

// Kind tells how the engine treats a node type.
type Kind string

// The kinds of node types.
const (
	KindAction     Kind = "action"
	KindInternal   Kind = "internal"
	KindFlow       Kind = "flow"
	KindTrigger    Kind = "trigger"
	KindConnection Kind = "connection"
)

// ContactUse tells what a node type has to do with the run's contact.
type ContactUse string

// The uses of a contact. The zero value means that the node ignores it.
const (
	// ContactRequired fails publishing unless every path to the step brings one.
	ContactRequired ContactUse = "required"
	// ContactProvides marks a node after which the run always has a contact.
	ContactProvides ContactUse = "provides"
	// ContactMayProvide marks a node that brings one only as its params say;
	// such a node implements ProvidesContact on its params.
	ContactMayProvide ContactUse = "may_provide"
)

// ContactProvider is implemented by params of ContactMayProvide nodes: true
// means that a run which goes on after the step has a contact.
type ContactProvider interface{ ProvidesContact() bool }

// FirstStepper is implemented by params of a trigger whose requests count only
// once a step has confirmed them: it names the type that must come first in the
// workflow and stop the run when it fails, "" for none.
type FirstStepper interface{ FirstStep() string }

// GoalSetter is implemented by params of a flow type that is a goal: when the
// event comes to the contact of a run that stands before the step, the run goes on
// behind it at once. The params take no mappings.
type GoalSetter interface{ Goal() Awaited }

// Path is one branch that a step of a type has from the start.
type Path struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Paths are the branches of a type that chooses among them by itself.
type Paths struct {
	Start []Path `json:"start"`
	// Fixed says that a step can have no other ones.
	Fixed bool `json:"fixed,omitempty"`
}

// Validator is implemented by params that know more rules than their tags say.
// It sees the params as they stand in a draft, mappings unresolved, and returns
// every problem at once.
type Validator interface{ Validate() []FieldProblem }

// FieldDescriber is implemented by params whose tags cannot say everything, such
// as the options of a choice that another registry knows. It is called once on
// the zero value, when the type is registered, and may change what the tags said
// of options, show_if, help and examples; nothing else.
type FieldDescriber interface{ DescribeFields(fields []Field) }

// FieldProblem is one thing wrong with a step's params.
type FieldProblem struct {
	// Pointer is the JSON pointer inside the params: "/headers/2/name".
	Pointer string
	Code    string
	// Message says what is wrong and what to do, for a marketer.
	Message string
}

// Meta is what every node type tells of itself. Type, Name, Group and Summary
// are required; Version 0 is read as 1.
type Meta struct {
	// Type is a stable dotted lower-case id: "offer.grant".
	Type    string
	Version int
	Name    string
	Group   string
	// Icon is a Tabler icon name without prefix: "gift".
	Icon    string
	Summary string
	// Card is the line under the step's name; {field} stands for a param.
	Card    string
	Contact ContactUse
	// Gate says that the step only decides whether the run goes on, so that it is
	// no first action where a workflow asks for one that brings a contact.
	Gate bool
	// Sample is an output as people will see it, for mapping before any run.
	Sample map[string]any
	// Upgrade lifts params of an older version to this one; nil when there is
	// no older version.
	Upgrade func(from int, params map[string]any) (map[string]any, error)
	// Expand writes out what a choice among the params stands for, in the
	// document's own terms: mappings in what it adds are checked and resolved
	// with the others, so that every attempt repeats the same values. It gets a
	// copy of the params before any mapping is resolved, and must give the same
	// for what it gave. nil adds nothing.
	Expand func(params map[string]any) map[string]any
}

// Descriptor is a node type as the API and the editor see it.
type Descriptor struct {
	Type    string         `json:"type"`
	Kind    Kind           `json:"kind"`
	Version int            `json:"version"`
	Name    string         `json:"name"`
	Group   string         `json:"group"`
	Icon    string         `json:"icon"`
	Summary string         `json:"summary"`
	Card    string         `json:"card,omitempty"`
	Contact ContactUse     `json:"contact,omitempty"`
	Sample  map[string]any `json:"sample,omitempty"`
	Fields  []Field        `json:"fields"`
	// Lists names the step-level lists that the type owns: "steps", "branches".
	Lists []string `json:"lists,omitempty"`
	// Paths are the branches of a type that chooses among them by itself: they
	// carry no conditions.
	Paths *Paths `json:"paths,omitempty"`
	// Ends says that no run goes on after the step.
	Ends bool `json:"ends,omitempty"`
	// Repeatable is the default of a step's repeatable key.
	Repeatable bool `json:"repeatable,omitempty"`
	// Source tells how a trigger starts: http, event, manual, schedule or poll.
	Source string `json:"source,omitempty"`
	// Remote says that the trigger registers its address with the service by itself.
	Remote bool `json:"remote,omitempty"`
	// Event is the event type an event trigger listens to.
	Event string `json:"event,omitempty"`
	// SignsIn says that a connection works only once somebody has let it in at its
	// service (OAuth).
	SignsIn bool `json:"signs_in,omitempty"`
}
