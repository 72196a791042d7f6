package engine

import "time"

// WorkflowStatus is whether a workflow's triggers start runs.
type WorkflowStatus string

// The states of a workflow.
const (
	WorkflowDraft   WorkflowStatus = "draft"
	WorkflowLive    WorkflowStatus = "live"
	WorkflowPaused  WorkflowStatus = "paused"
	WorkflowDeleted WorkflowStatus = "deleted"
)

// Workflow is one workflow with its draft.
type Workflow struct {
	ID        string
	Workspace string
	Name      string
	// Folder is where lists show it; "" is outside of all folders.
	Folder string
	Status WorkflowStatus
	// Draft is the document as saved; DraftHash its hash.
	Draft     []byte
	DraftHash string
	// Revision grows with each change of the draft or name; it is the ETag.
	Revision int64
	// LiveVersion is 0 before the first publish; LiveHash is that version's
	// definition.
	LiveVersion int
	LiveHash    string
	// Stamp changes with each publish, pause, resume, deletion and rotation.
	Stamp     int64
	CreatedAt time.Time
	UpdatedAt time.Time
	// DeletedAt is zero unless the workflow is in the trash.
	DeletedAt time.Time
}

// Version is one published, immutable document of a workflow.
type Version struct {
	WorkflowID  string
	Number      int
	Definition  string
	PublishedBy string
	CreatedAt   time.Time
}

// TriggerRow is a trigger of a workflow as the ingress and the event consumer
// find it.
type TriggerRow struct {
	WorkflowID string
	// ID is the trigger's id in the document.
	ID   string
	Type string
	// Event is the event type of an event trigger, else "".
	Event string
	// Watch is the kind of watch that the trigger needs, "" for none; a trigger that
	// had one keeps the word, so that what is registered is taken back.
	Watch string
	// Enabled is false for a trigger that is switched off or was removed from
	// the live version.
	Enabled bool
}

// Token is one address of an HTTP trigger.
type Token struct {
	Hash       []byte
	WorkflowID string
	TriggerID  string
	// Plain is the token itself. Storage keeps it encrypted, so that the address
	// can be shown again.
	Plain     string
	CreatedAt time.Time
	// ExpiresAt is zero for the current token; an older one answers 410 from
	// then on.
	ExpiresAt time.Time
	// LastUsedAt is zero when nobody called it.
	LastUsedAt time.Time
}
