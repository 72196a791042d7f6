package engine

// Kinds of Change.
const (
	ChangeRun      = "run"
	ChangeStep     = "step"
	ChangeRequest  = "request"
	ChangeWorkflow = "workflow"
	ChangeContact  = "contact"
	// ChangeConnection tells of a connection that was signed in or out.
	ChangeConnection = "connection"
	// ChangeJob tells how far long work is, ChangePush a version on its way to
	// clients: in the template's home, and at the client that it came to.
	ChangeJob  = "job"
	ChangePush = "push"
	// ChangeResync says that changes were missed: fetch again what is on
	// screen. It carries the workspace and nothing else.
	ChangeResync = "resync"
)

// Change says that something changed, by id and status only; whoever wants to
// show it fetches it, under their own rights.
type Change struct {
	// Workspace is the id of the workspace that owns the thing. It is never
	// empty.
	Workspace string `json:"ws"`
	// Kind is one of the Change constants.
	Kind string `json:"kind"`
	// ID is the thing's id; a step's is its path within the run.
	ID string `json:"id,omitempty"`
	// Parent is the id of the owner: a step's run, a run's workflow. Empty
	// when there is none.
	Parent string `json:"parent,omitempty"`
	// Status is the status the thing now has; empty when its kind has none.
	Status string `json:"status,omitempty"`
}

// Live tells open pages what changes. It promises little, so that it costs
// little: changes may be lost, and a subscriber who may have missed some gets
// one Change of kind ChangeResync in their place.
type Live interface {
	// Publish announces a change to the subscribers of its workspace. It never
	// blocks and never fails.
	Publish(change Change)
	// Subscribe returns the changes of one workspace from now on, in the order
	// in which each process published them. The func ends the subscription and
	// closes the channel; calling it again does nothing.
	Subscribe(ws string) (<-chan Change, func())
}
