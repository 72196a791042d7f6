package engine

import (
	"context"
	"time"

	"github.com/hookloom/hookloom/engine/crm"
)

// EventWait is an event of a contact that a run waits for.
type EventWait struct {
	Run string
	// Path is that of the step that waits, or of the goal.
	Path      string
	Event     string
	ContactID string
	// Only narrows it down by names and ids, see nodes.Awaited.
	Only []string
	// Branch is the branch that the run takes then, "" for none.
	Branch string
	// Goal says that the run is moved forward to the step, wherever it waits.
	Goal  bool
	Since time.Time
}

// EventHit is a wait whose event has come.
type EventHit struct {
	Workspace string
	EventWait
	// Data is the event as mappings see it.
	Data map[string]any
}

// EventWaits are what runs wait for.
type EventWaits interface {
	// EventWaits returns the waits of a contact for an event that are not over,
	// without Branch and Goal.
	EventWaits(ctx context.Context, workspace, contactID, event string) ([]EventWait, error)
	// HitWaits marks waits as over by the event data; those that are over already,
	// or gone, are left alone, and so are all waits of a run of which the event has
	// ended one in an earlier call.
	HitWaits(ctx context.Context, workspace, eventID string, waits []EventWait, data map[string]any) error
	// EventHits crosses workspaces and returns up to max waits that are over,
	// oldest first, but for those of runs that have failed or wait for a person.
	EventHits(ctx context.Context, max int) ([]EventHit, error)
	// RunsOfContact returns the ids of the contact's live workflow runs that began
	// before a time and are not over.
	RunsOfContact(ctx context.Context, workspace, contactID string, before time.Time) ([]string, error)
}

// WaitTx changes who is in a workflow and what runs wait for.
type WaitTx interface {
	// Enter claims a contact's place in a workflow for a run. holder is the run
	// that has it: the same one when the claim was made, now or before, or has
	// nothing against it. A run that has ended gives its place up, unless once is
	// set. Of two transactions at once, one sees the other's claim.
	Enter(workflowID, contactID, runID string, once bool) (holder string, err error)
	// PutWait stores a wait. One at the same place that began at the same time is
	// kept, and so is a goal, unless it is about something else now and not reached.
	PutWait(w EventWait) error
	// DropWait forgets a wait.
	DropWait(runID, path string) error
}

// matchesNames reports whether something in an event has one of the names or
// ids; none takes every event.
func matchesNames(event crm.Event, only []string) bool {
	wanted := foldedSet(only)
	if len(wanted) == 0 {
		return true
	}
	for name, part := range event.Data {
		// The names are those of tags, offers and the like, not of people.
		if name != "contact" && named(part, wanted) {
			return true
		}
	}
	return false
}
