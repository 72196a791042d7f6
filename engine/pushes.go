package engine

import (
	"encoding/json"
	"time"

	"github.com/hookloom/hookloom/engine/workflow"
)

// PushState is how far a push is.
type PushState string

// The states of a push. What waits for a person at one clone does not keep a push
// from being done.
const (
	// PushRunning goes from clone to clone.
	PushRunning PushState = "running"
	// PushWatching has updated the first clients and looks at their runs.
	PushWatching PushState = "watching"
	// PushDone has tried every clone.
	PushDone PushState = "done"
	// PushRollingBack gives each updated clone back what it had.
	PushRollingBack PushState = "rolling_back"
	PushRolledBack  PushState = "rolled_back"
	// PushStopped was ended by a person; what is updated stays so.
	PushStopped PushState = "stopped"
)

// Canary says how a push begins with a few clients. The zero value begins with
// all.
type Canary struct {
	// Clones is how many clients come first.
	Clones int
	// Runs is how many of their runs must have finished on the new version before
	// it is judged, at least 1.
	Runs int
	// Increase is by how many hundredths of a percentage point the share of failed
	// runs may be higher than before.
	Increase int
}

// Push brings a version of a template to its clones.
type Push struct {
	ID string
	// Workspace is the template's home.
	Workspace  string
	TemplateID string
	Version    int
	State      PushState
	// Reason says in a sentence why it waits or was rolled back; "" for nothing.
	Reason string
	Canary Canary
	// Passed tells that the first clients are behind it.
	Passed    bool
	CreatedBy string
	CreatedAt time.Time
	UpdatedAt time.Time
	// FinishedAt is zero while there is something to do by itself.
	FinishedAt time.Time
	// Counts are its clones by state; lists fill them in.
	Counts map[PushCloneState]int
}

// PushCloneState is what became of a clone in a push.
type PushCloneState string

// The states of a clone in a push.
const (
	// PushWaiting was not tried yet.
	PushWaiting PushCloneState = "waiting"
	// PushUpdated follows the new version now.
	PushUpdated PushCloneState = "updated"
	// PushKept follows it too, and nothing had to be changed.
	PushKept PushCloneState = "kept"
	// PushConflict waits for a person to choose; nothing was changed.
	PushConflict PushCloneState = "conflict"
	// PushNeedsInput waits for what the version asks for, or for something that
	// keeps it from being published; nothing was changed.
	PushNeedsInput PushCloneState = "needs_input"
	// PushCloneRolledBack has again what it had.
	PushCloneRolledBack PushCloneState = "rolled_back"
	// PushEdited was to be rolled back, but somebody has changed it since: a person
	// says whether that is lost.
	PushEdited PushCloneState = "edited"
	PushFailed PushCloneState = "failed"
)

// PushClone is one clone in a push.
type PushClone struct {
	PushID  string
	CloneID string
	// Workspace is the client's, Home the template's.
	Workspace  string
	Home       string
	TemplateID string
	// Position is the clone's turn, from 0.
	Position int
	// Canary is set for the first clients.
	Canary bool
	State  PushCloneState
	// Reason says in a sentence what is to be done; "" for nothing.
	Reason string
	// Before is where the clone stood, After where the push left it; nil until it
	// was updated. Lists leave both out.
	Before, After *CloneSnapshot
	// Conflicts are what a person has to choose in; Open counts them. Lists leave
	// them out.
	Conflicts []WorkflowConflict
	Open      int
	// Choices are those that were made, Inputs the values that were given: both
	// count when the clone is tried again.
	Choices []WorkflowChoices
	Inputs  json.RawMessage
	// Removed are the triggers that the version does not have any more.
	Removed   []RemovedTrigger
	UpdatedAt time.Time
}

// Conflict finds a conflict that waits; false when there is none of the key.
func (c PushClone) Conflict(workflowID, key string) (WorkflowConflict, bool) {
	for _, have := range c.Conflicts {
		if have.WorkflowID == workflowID && have.Key == key {
			return have, true
		}
	}
	return WorkflowConflict{}, false
}

// CloneSnapshot is a clone with what its workflows were, all by hash; see
// Journal.Definition.
type CloneSnapshot struct {
	Version   int                `json:"version"`
	Inputs    json.RawMessage    `json:"inputs"`
	Workflows []WorkflowSnapshot `json:"workflows"`
}

// WorkflowSnapshot is one workflow of a clone.
type WorkflowSnapshot struct {
	Key        string `json:"key"`
	WorkflowID string `json:"workflow_id"`
	BaseHash   string `json:"base_hash"`
	// LiveHash is "" before the first publish.
	LiveHash    string `json:"live_hash"`
	LiveVersion int    `json:"live_version"`
	DraftHash   string `json:"draft_hash"`
}

// WorkflowConflict is a conflict with the workflow that it is in.
type WorkflowConflict struct {
	WorkflowID string `json:"workflow_id"`
	Workflow   string `json:"workflow"`
	// Draft is set for one that only the draft has.
	Draft bool `json:"draft,omitempty"`
	// Between is Conflict.Seen, taken when the documents were merged: values that
	// were stored in between may not be the same to the last digit.
	Between string `json:"between"`
	workflow.Conflict
}

// WorkflowChoices are the choices in one workflow.
type WorkflowChoices struct {
	WorkflowID string           `json:"workflow_id"`
	Choices    workflow.Choices `json:"choices"`
}

// RemovedTrigger is a trigger that a version does not have any more. What its
// address receives is kept until somebody confirms that it goes.
type RemovedTrigger struct {
	WorkflowID string `json:"workflow_id"`
	ID         string `json:"id"`
	Type       string `json:"type"`
	Name       string `json:"name"`
	// Confirmed is set once its address has ended.
	Confirmed bool `json:"confirmed,omitempty"`
}

// PushTx changes what becomes of clones of the transaction's workspace, which is
// the client's.
type PushTx interface {
	// PushClone reads a clone of a push and locks it until the commit.
	PushClone(pushID, cloneID string) (PushClone, error)
	// UpdatePushClone stores everything but what names it.
	UpdatePushClone(c *PushClone) error
	// DropHeld gives the requests up that were kept for a trigger and started
	// nothing, and returns how many.
	DropHeld(workflowID, triggerID string) (int, error)
}
