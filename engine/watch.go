package engine

import (
	"context"
	"encoding/json"
	"time"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

// Watch is what a trigger does by itself: start at times, ask another service for
// what is new, or keep its address registered there.
type Watch struct {
	Workspace  string
	WorkflowID string
	TriggerID  string
	// Kind is nodes.SourceSchedule, nodes.SourcePoll or WatchRemote.
	Kind string
	// Stamp is the state of the workflow that this was made from.
	Stamp int64
	// Rule is a fingerprint of what is watched: with another one it begins anew.
	Rule string
	// Active says that the workflow is live and the trigger is on.
	Active bool
	// Primed says that a poll has remembered what there was at first.
	Primed bool
	// DueAt is when there is something to do; zero for nothing.
	DueAt time.Time
	// Claim fences what is written: it counts those who worked on it.
	Claim int64
	// State is stored encrypted: a poll's cursor, or a registration.
	State []byte
	// DoneAt is when it last went well, zero for never. Failures counts since then.
	DoneAt       time.Time
	Failures     int
	FailingSince time.Time
	// Error is a sentence on the last failure.
	Error string
}

// WatchRemote is the kind of watch that keeps an address registered.
const WatchRemote = "remote"

// watchKind is the kind of watch that triggers of a type need, "" for none.
func watchKind(t *nodes.NodeType) string {
	switch {
	case t == nil:
		return ""
	case t.Source == nodes.SourceSchedule || t.Source == nodes.SourcePoll:
		return t.Source
	case t.Remote:
		return WatchRemote
	}
	return ""
}

// Watched is a trigger with a watch that does not follow its workflow yet.
type Watched struct {
	Endpoint
	Kind    string
	Enabled bool
	// Watch is what there is, nil before the first publish.
	Watch *Watch
}

// WatchClaim asks for watches that are due.
type WatchClaim struct {
	Holder string
	// Now is when they are due, Until when the claim ends by itself.
	Now, Until time.Time
	// Exclusive says that one process has the database for itself: claims of other
	// holders do not count. Claims of processes that died do not count either.
	Exclusive bool
	// Schedules takes schedules, else all others are taken.
	Schedules bool
	// Remote takes registrations too.
	Remote bool
	Max    int
}

// ClaimedWatch is a watch with its workflow's live version. Its Claim fences what
// is written.
type ClaimedWatch struct {
	Watch
	Endpoint Endpoint
}

// WatchOutcome is what working on a watch has led to.
type WatchOutcome struct {
	// Watch is the row as it shall be, with the claim that it was taken under.
	Watch Watch
	// Keep leaves the claim as it is, for the parts of a long outcome but the last.
	Keep bool
	// Items are what a poll saw, by fingerprint; those that are new start the run at
	// the same place of Runs, which may be shorter.
	Items [][]byte
	// Runs are to be started. Without Items all are, but those that an earlier try
	// has stored.
	Runs []Run
	// Restamp has the workflow's endpoints opened anew.
	Restamp bool
}

// Watches are the triggers that act by themselves.
type Watches interface {
	// UnsettledWatches crosses workspaces: up to max triggers whose workflow was
	// published, paused or the like since their watch was made.
	UnsettledWatches(ctx context.Context, max int) ([]Watched, error)
	// RemovalWaits tells whether a push removed the trigger and nobody has confirmed
	// that yet.
	RemovalWaits(ctx context.Context, workspace, workflowID, triggerID string) (bool, error)
	// SettleWatch stores a watch as it follows from its workflow; ErrStale when that
	// has changed again. It ends the claim of whoever works on it.
	SettleWatch(ctx context.Context, w Watch) error
	// ClaimWatches crosses workspaces and gives watches that are due to a holder.
	ClaimWatches(ctx context.Context, c WatchClaim) ([]ClaimedWatch, error)
	// FinishWatch commits an outcome as one unit and returns the runs that it
	// inserted. ErrStale, with nothing written, when somebody else has the watch or
	// the workflow has changed.
	FinishWatch(ctx context.Context, o WatchOutcome) ([]Run, error)
	// SeenItems tells of each thing of a poll whether it is remembered.
	SeenItems(ctx context.Context, w Watch, items [][]byte) ([]bool, error)
	// Watches returns the watches of a workflow, without their state.
	Watches(ctx context.Context, workspace, workflowID string) ([]Watch, error)
	// Registration returns the state of a trigger's remote watch, nil for none.
	Registration(ctx context.Context, workspace, workflowID, triggerID string) ([]byte, error)
	// TriggerToken returns the current token of a trigger, ErrNotFound for none.
	TriggerToken(ctx context.Context, workspace, workflowID, triggerID string) (string, error)
}

// pollState is the state of a poll.
type pollState struct {
	Cursor string `json:"cursor,omitempty"`
}

// remoteState is the state of a registered address: what Disable needs, which is
// of the version that it was enabled by.
type remoteState struct {
	Rule   string         `json:"rule"`
	Type   string         `json:"type"`
	Params map[string]any `json:"params"`
	nodes.Registration
}

func encodeState(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic("engine: the state of a watch is always JSON: " + err.Error())
	}
	return text
}

// scheduleZone is the zone in which a trigger's times are meant.
func scheduleZone(prog *program, ws crm.Workspace) *time.Location {
	if prog != nil && prog.Document.Settings.Timezone != nil && !prog.ofContact {
		if zone, err := time.LoadLocation(*prog.Document.Settings.Timezone); err == nil {
			return zone
		}
	}
	return ws.Location()
}
