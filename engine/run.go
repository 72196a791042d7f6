package engine

import (
	"fmt"
	"slices"
	"time"

	"github.com/hookloom/hookloom/nodes"
)

// Status is where a run stands.
type Status string

// The states of a run. Transitions are checked by CheckTransition and drawn in
// ARCHITECTURE.md.
const (
	// Held waits before queued because its workflow is paused, or because of its
	// workspace's limit, see HeldByLimit.
	Held Status = "held"
	// Queued can go on at DueAt.
	Queued  Status = "queued"
	Running Status = "running"
	// Waiting goes on at DueAt: a wait step or the pause before a retry.
	Waiting   Status = "waiting"
	Succeeded Status = "succeeded"
	Failed    Status = "failed"
	Canceled  Status = "canceled"
	// Parked needs a person: an effect may or may not have happened.
	Parked Status = "parked"
)

var transitions = map[Status][]Status{
	Held:    {Queued, Canceled},
	Queued:  {Running, Canceled},
	Running: {Queued, Waiting, Succeeded, Failed, Parked, Canceled},
	Waiting: {Queued, Running, Canceled},
	Failed:  {Queued},
	Parked:  {Queued, Canceled},
}

// CheckTransition returns an error for a change of status that can't be.
func CheckTransition(from, to Status) error {
	if from == to || slices.Contains(transitions[from], to) {
		return nil
	}
	return fmt.Errorf("a run cannot go from %s to %s", from, to)
}

// move changes the status of a run that a transaction has locked. Every write of
// a status outside of the executor's own commits, which storage checks by the
// same table, goes through it.
func (r *Run) move(to Status) error {
	if err := CheckTransition(r.Status, to); err != nil {
		return stateError("%s", err)
	}
	r.Status = to
	return nil
}

// Finished reports whether a run in this status does nothing more by itself.
func (s Status) Finished() bool {
	return s == Succeeded || s == Failed || s == Canceled || s == Parked
}

// RunKind tells what a run is for.
type RunKind string

// The kinds of runs. Lists show workflow unless asked.
const (
	KindWorkflow   RunKind = "workflow"
	KindDelivery   RunKind = "delivery"
	KindActivation RunKind = "activation"
	KindStepTest   RunKind = "step_test"
)

// Mode tells how far a run's effects reach.
type Mode string

// The modes of a run.
const (
	ModeLive Mode = "live"
	// ModeTest does everything for real, retries nothing and skips waits.
	ModeTest Mode = "test"
	// ModeDry rolls Internal steps back and shows what Actions would send.
	ModeDry Mode = "dry"
)

// The reasons why a run ended.
const (
	EndReached = "end"
	EndFilter  = nodes.EndFilter
	EndStop    = nodes.EndStop
	EndGoal    = nodes.EndGoal
	// EndReentry ends a run whose contact is in the workflow already, or was.
	EndReentry = "reentry"
	// EndReply ends a run whose contact has replied.
	EndReply = "reply"
)

// Run is one journey of one payload through one pinned definition. Empty ids
// mean none.
type Run struct {
	ID        string
	Workspace string
	Kind      RunKind
	Mode      Mode
	// WorkflowID is "" and Version 0 for runs of no workflow or of a draft.
	WorkflowID string
	Version    int
	// Definition is the hash of the pinned document.
	Definition string
	Status     Status
	EndReason  string
	// Epoch fences writes: each ring, take-over, retry and cancel that must
	// shut others out adds one.
	Epoch int64
	// Owner is the boot id of the process that works on the run.
	Owner string
	// DueAt is when a queued or waiting run can go on.
	DueAt time.Time
	// Cursor is the stack of places reached, outermost list first.
	Cursor []Frame
	// Trigger is the id of the trigger that fired; Input is its scope as
	// compact JSON.
	Trigger   string
	Input     []byte
	RequestID string
	EventID   string
	ContactID string
	// ReplayOf is the run that this one repeats; RootRun is the first of that
	// chain, from which effect keys are made. RootRun of an original is its ID.
	ReplayOf  string
	RootRun   string
	ParentRun string
	// CauseRun raised the event that started this run; Depth counts that chain.
	CauseRun    string
	Depth       int
	OrderingKey string
	Priority    int
	// UntilStep ends a test run after this step; "" runs to the end.
	UntilStep  string
	Error      *Failure
	CreatedAt  time.Time
	StartedAt  time.Time
	FinishedAt time.Time
}

// Handle names the run in its present epoch.
func (r Run) Handle() Handle { return Handle{Workspace: r.Workspace, Run: r.ID, Epoch: r.Epoch} }

// Frame is one level of the cursor: in a list of steps, the step to do next.
// Places are named by ids, so that a run can move to a version whose lists
// changed around it.
type Frame struct {
	// Owner is the path of the step that owns the list, "" for the top.
	Owner string `json:"owner,omitempty"`
	// List is "steps", "error", or a branch's id.
	List string `json:"list"`
	// Step is the id of the next step in the list; "" means past its end.
	Step string `json:"step"`
	// Index is the current item of a loop and -1 elsewhere.
	Index int `json:"index"`
}

// Failure is why a step or run failed, for people and for developers.
type Failure struct {
	// Code is stable: step_failed, mapping_failed, invalid_params, timeout,
	// unknown_outcome, step_missing, panicked, canceled, too_large, loop_limit, erased,
	// signed_out.
	Code string `json:"code"`
	// Message says what happened, which value, and what to do.
	Message string `json:"message"`
	// Detail is the technical cause, redacted.
	Detail string `json:"detail,omitempty"`
	// Step is the path of the failed step.
	Step string `json:"step,omitempty"`
	// Field is the JSON pointer of the param at fault.
	Field string `json:"field,omitempty"`
}

// StepStatus is where one step of a run stands.
type StepStatus string

// The states of a step.
const (
	StepPending   StepStatus = "pending"
	StepRunning   StepStatus = "running"
	StepWaiting   StepStatus = "waiting"
	StepSucceeded StepStatus = "succeeded"
	StepSkipped   StepStatus = "skipped"
	StepFailed    StepStatus = "failed"
	StepCanceled  StepStatus = "canceled"
	StepUnknown   StepStatus = "unknown"
)

// StepResult is one row of a run's journal, keyed by run, path and execution.
type StepResult struct {
	// Path is by ids: "tier/vip/access", "items[3]/grant", "access!error/notify".
	Path string
	// Execution counts from 1 and grows when a person has a failed step done
	// again with new params.
	Execution int
	// Seq orders the rows of a run as they began.
	Seq    int
	StepID string
	Type   string
	Name   string
	Status StepStatus
	// Port is the branch that was taken.
	Port string
	// Params are resolved once per execution, compact JSON with secrets by
	// reference; for a loop they hold the items.
	Params []byte
	// Output is compact JSON, nil for none.
	Output []byte
	Error  *Failure
	// Missing names the mapped values that were not there.
	Missing  []string
	Notes    []string
	Attempts []Attempt
	// Effect says that the step did something, to the world or to data, which a
	// replay does not do again.
	Effect bool
	// Simulated marks an action that a dry run did not do.
	Simulated  bool
	DueAt      time.Time
	StartedAt  time.Time
	FinishedAt time.Time

	// Begun is true for a row that the worker who holds it has committed with
	// these params and without an output. Storage then writes only what a row that
	// goes on or ends can change. Rows read from storage never have it.
	Begun bool

	// inHand is true for a row that the worker who holds it has committed as
	// running: the call was not made yet. Rows read from storage never have it.
	inHand bool
}

// Attempt is one try of a step.
type Attempt struct {
	Number     int       `json:"number"`
	StartedAt  time.Time `json:"started_at"`
	FinishedAt time.Time `json:"finished_at,omitzero"`
	Error      *Failure  `json:"error,omitempty"`
	// RetryAt is when the next attempt is due.
	RetryAt time.Time `json:"retry_at,omitzero"`
}
