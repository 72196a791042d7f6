package engine

import (
	"context"
	"errors"
	"time"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/workflow"
)

var (
	// ErrNotFound is what lookups of one thing return; it is crm's, so that one
	// check serves both.
	ErrNotFound = crm.ErrNotFound
	// ErrLost means that the run is not in the expected epoch or state any more:
	// somebody else has it, and whoever gets this stops.
	ErrLost = errors.New("lost lease")
	// ErrStale means that the workflow changed since it was read.
	ErrStale = errors.New("stale")
	// ErrUnavailable means that the database cannot answer now; nothing was
	// acknowledged and the caller should try again.
	ErrUnavailable = errors.New("database unavailable")
)

// Store is what the engine needs of the database. Every call names a workspace
// or is documented as crossing them; ids of another workspace are not found.
// Calls return an error that Is ErrUnavailable when the database is away, full
// or locked, after a short wait of their own.
type Store interface {
	Endpoints
	OfferAddresses
	Journal
	Reconciling
	Events
	Hooks
	Notices
	EventWaits
	SignIns
	ConnectionNotes
	UsageCounting
	Watches

	// Accept commits a judged request, its dedupe claim and its run as one
	// durable unit. ErrStale means that Acceptance.Stamp is old.
	Accept(ctx context.Context, a Acceptance) (Accepted, error)
	// Once gives a key to a holder until a time, unless another one has it, and
	// returns who has.
	Once(ctx context.Context, workspace string, key []byte, holder string, until time.Time) (string, error)
	// Save commits progress of a run; it is grouped with others. ErrLost when the
	// run is not in p.Epoch any more; then nothing was written.
	Save(ctx context.Context, workspace string, p Progress) error
	// Do runs fn in one transaction. fn may be called twice, must do no I/O and
	// must not block: on SQLite it holds the only writer. What Do returns is fn's
	// error, or the commit's.
	Do(ctx context.Context, workspace string, fn func(Tx) error) error
}

// Endpoints finds what a token leads to.
type Endpoints interface {
	// Endpoint crosses workspaces: the token is the credential. ErrNotFound for
	// an unknown token.
	Endpoint(ctx context.Context, tokenHash []byte) (Endpoint, error)
	// CountLimited adds n to the rate_limited request row of the trigger's
	// minute, which is made when it is the first.
	CountLimited(ctx context.Context, e Endpoint, minute time.Time, n int) error
}

// Journal reads runs.
type Journal interface {
	Run(ctx context.Context, workspace, id string) (Run, error)
	// Steps returns the journal rows of a run in order of Seq, of the last
	// execution of each path. With paths, only rows whose path is one of them.
	Steps(ctx context.Context, workspace, runID string, paths ...string) ([]StepResult, error)
	// LastSeq returns the highest Seq of a run's rows, 0 when it has none.
	LastSeq(ctx context.Context, workspace, runID string) (int, error)
	// StepsUnder returns the rows whose path starts with prefix.
	StepsUnder(ctx context.Context, workspace, runID, prefix string) ([]StepResult, error)
	// Definition returns an immutable document by its hash.
	Definition(ctx context.Context, workspace, hash string) ([]byte, error)
	Request(ctx context.Context, workspace, id string) (Request, error)
	// ListRequests lists requests without header and body, from the newest.
	ListRequests(ctx context.Context, workspace string, by RequestFilter, p Page) (List[Request], error)
	Contact(ctx context.Context, workspace, id string) (crm.Contact, error)
	// ContactOffers returns the offers that the contact has active access to.
	ContactOffers(ctx context.Context, workspace, contactID string) ([]crm.Offer, error)
	Workspace(ctx context.Context, id string) (crm.Workspace, error)
	// DeletedWorkspace is Workspace also of one that was deleted.
	DeletedWorkspace(ctx context.Context, id string) (crm.Workspace, error)
	// CustomValues returns all values of a workspace by key.
	CustomValues(ctx context.Context, workspace string) (map[string]any, error)
	// Effect returns the latest succeeded result with an effect that the step at
	// path had in the run root or its replays, or ErrNotFound.
	Effect(ctx context.Context, workspace, root, path string) (StepResult, error)
	// Secrets returns the versions of secrets by id, opened; unknown ids are
	// absent.
	Secrets(ctx context.Context, workspace string, ids []string) (map[string][]SecretVersion, error)
	// Connection returns a stored credential, its secrets by reference.
	Connection(ctx context.Context, workspace, id string) (Connection, error)
	// Facts tells validation what the workspace has.
	Facts(ctx context.Context, workspace string) (workflow.Facts, error)
	// LastOutput returns the output of the latest succeeded live execution of a
	// workflow's step, or ErrNotFound.
	LastOutput(ctx context.Context, workspace, workflowID, stepID string) ([]byte, error)
}

// Reconciling finds work that nobody does. Its calls cross workspaces.
type Reconciling interface {
	// Beat writes the owner's heartbeat with the database's clock.
	Beat(ctx context.Context, owner string) error
	// Retire removes the owner's heartbeat at shutdown.
	Retire(ctx context.Context, owner string) error
	// Pull returns up to max queued runs that are due, fair between workspaces
	// and by priority and age within one.
	Pull(ctx context.Context, max int) ([]Handle, error)
	// Requeue makes due waiting runs queued, gives queued runs that were due
	// before rungBefore a new epoch, and returns the handles to ring, up to max.
	Requeue(ctx context.Context, now, rungBefore time.Time, max int) ([]Handle, error)
	// TakeOver queues, with a new epoch, running runs whose owner's heartbeat is
	// older than stale by the database's clock or missing, up to max. With
	// exclusive (one process has the database for itself) every running run of
	// another owner is taken at once.
	TakeOver(ctx context.Context, self string, stale time.Duration, exclusive bool, max int) ([]Handle, error)
	// Prune removes finished runs, requests and consumed events from before a
	// time, and whatever expired by itself, in short transactions. It returns how
	// many rows it removed.
	Prune(ctx context.Context, before time.Time) (int, error)
}

// Events is the outbox of what happened to data.
type Events interface {
	// PendingEvents crosses workspaces and returns up to max events that were
	// not consumed, oldest first.
	PendingEvents(ctx context.Context, max int) ([]PendingEvent, error)
	// EventTriggers returns the enabled triggers of live and paused workflows
	// that listen to an event type, with Endpoint.Draft empty.
	EventTriggers(ctx context.Context, workspace, eventType string) ([]Endpoint, error)
	// Consume inserts the runs that an event starts (those that exist already by
	// event and trigger are left alone) and marks the event consumed, as one
	// unit. It returns the ids of the runs inserted now. Events in ended, which tell
	// of such runs, are raised for those inserted now, by their CauseRun.
	Consume(ctx context.Context, workspace, eventID string, runs []Run, ended ...crm.Event) ([]string, error)
	// DropEvents marks events that start nothing as consumed; it crosses
	// workspaces.
	DropEvents(ctx context.Context, events []PendingEvent) error
}

// PendingEvent is an event with its workspace.
type PendingEvent struct {
	Workspace string
	crm.Event
	// Awaited says that runs wait for such an event of the contact.
	Awaited bool
}

// SecretVersion is one value of a secret; Until is zero for the newest.
type SecretVersion struct {
	Value string
	Until time.Time
}

// Connection is a stored credential of a connection type.
type Connection struct {
	ID   string
	Type string
	Name string
	// Params are plain values; secret fields are {"$secret": id}.
	Params map[string]any
	// WaitingSince is when a client was asked to fill it in; zero when nobody waits.
	WaitingSince time.Time
	// Problem is why it did not work the last time, at ProblemAt; "" when it did, or
	// was not tried since it was changed.
	Problem   string
	ProblemAt time.Time
}

// Progress is what one commit changes of a run. Every write is fenced by Epoch.
type Progress struct {
	Run   string
	Epoch int64
	// Claim takes a queued run: it must be queued in Epoch, or running in Epoch
	// under this very owner (a commit that is repeated because its answer was
	// lost). "" expects the run to be running in Epoch.
	Claim string
	// Steps are inserted, or replaced when path and execution exist.
	Steps []StepResult
	// To is the run's state after the commit.
	To RunState
	// Hook is what a delivery says of its endpoint; nil says nothing.
	Hook *HookOutcome
	// Wait is what the run waits for from now on; nil for nothing new.
	Wait *EventWait
	// Events are appended with their cause and depth as they are.
	Events []crm.Event
}

// RunState is the part of a run that progress changes; it is written whole.
type RunState struct {
	Status     Status
	EndReason  string
	DueAt      time.Time
	Cursor     []Frame
	ContactID  string // "" leaves the run's contact as it is
	Error      *Failure
	StartedAt  time.Time
	FinishedAt time.Time
}

// Tx is a transaction of the engine: crm's, and what belongs to runs and
// workflows.
type Tx interface {
	crm.Tx
	// Caused makes events emitted from now on name the run that caused them;
	// muted ones (dry and test runs) start no workflow.
	Caused(run string, depth int, muted bool)
	// Accept is Store.Accept inside this transaction.
	Accept(a Acceptance) (Accepted, error)
	// Save is Store.Save inside this transaction.
	Save(p Progress) error

	// Run reads a run and locks it until the commit.
	Run(id string) (Run, error)
	// InsertRun stores a new run.
	InsertRun(r Run) error
	// SetRun changes a run's status, epoch and definition whatever its epoch is;
	// for cancel, retry and release, after Run locked it.
	SetRun(r Run) error
	// OpenSteps returns the running, waiting, failed and unknown journal rows of a
	// run, of the last execution of each path, in order of Seq.
	OpenSteps(runID string) ([]StepResult, error)
	// SaveSteps writes journal rows of a run that the transaction has locked.
	SaveSteps(runID string, steps []StepResult) error

	WorkflowTx
	WaitTx
	UsageTx
	OfferTx
	SecretTx
	ConnectionTx
	SignInTx
	HookTx
	TemplateTx
	CloneTx
	SupplyTx
	PushTx
	AuditTx
}

// WorkflowTx changes workflows.
type WorkflowTx interface {
	Workflow(id string) (Workflow, error)
	// InsertWorkflow stores a new workflow and fills times in.
	InsertWorkflow(w *Workflow) error
	// UpdateWorkflow stores all of w and adds one to its revision.
	UpdateWorkflow(w *Workflow) error
	// PutDefinition stores a document under its hash; an equal one is kept.
	PutDefinition(hash string, document []byte) error
	InsertVersion(v Version) error
	Version(workflowID string, number int) (Version, error)
	Definition(hash string) ([]byte, error)
	// SetTriggers replaces the workflow's trigger rows by id; triggers that are
	// gone are kept disabled.
	SetTriggers(workflowID string, rows []TriggerRow) error
	// Tokens returns the addresses of a workflow's triggers, newest first.
	Tokens(workflowID string) ([]Token, error)
	InsertToken(t Token) error
	// ExpireTokens ends the current tokens of a trigger at a time.
	ExpireTokens(workflowID, triggerID string, at time.Time) error
	// HeldRuns returns up to max held runs of a workflow, oldest first.
	HeldRuns(workflowID string, max int) ([]Run, error)
	// HeldRequests returns up to max requests that were kept while the workflow
	// had no live version and that no run answers, oldest first.
	HeldRequests(workflowID string, max int) ([]Request, error)
	// MarkRequest changes a request's verdict, the reason for it ("" for none) and
	// its runs.
	MarkRequest(id, verdict, reason string, runIDs []string) error
	// FreeRequest gives a request another verdict when it is still held, and
	// leaves its runs as they are. Any other request stays as it is, also one that
	// history has dropped.
	FreeRequest(id string, verdict string) error
}

// SecretTx changes stored secrets.
type SecretTx interface {
	// PutSecret stores a new secret of an owner (a workflow's or connection's id)
	// and returns its id.
	PutSecret(owner, plain string) (string, error)
	// RotateSecret makes plain the newest value; the one before counts until
	// overlap ends.
	RotateSecret(id, plain string, overlap time.Time) error
	// DropSecrets deletes all secrets of an owner; none is fine.
	DropSecrets(owner string) error
}

// ConnectionTx changes stored credentials.
type ConnectionTx interface {
	// PutConnection stores a connection, new or changed. Its secret params must
	// be references already, see SecretTx.
	PutConnection(c Connection) error
	// DeleteConnection deletes a connection with the secrets it owns.
	DeleteConnection(id string) error
}
