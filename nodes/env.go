package nodes

import (
	"log/slog"
	"time"

	"github.com/hookloom/hookloom/engine/crm"
)

// Call is what every node is told of its surroundings.
type Call struct {
	Workspace crm.Workspace
	RunID     string
	StepID    string
	// Path is the step's place in the run: "tier/vip/access", "items[3]/grant".
	Path string
	// Now is the time of the attempt.
	Now time.Time
	// Zone is the workflow's time zone, else the workspace's.
	Zone *time.Location
	// Contact is the run's contact, nil when it has none. Set it through
	// SetContact.
	Contact *crm.Contact
	// Branches are the step's own branches, for flow nodes.
	Branches []Branch
	// Test is true in test and dry runs.
	Test bool

	warnings []string
}

// Branch is one branch of a step. Met decides its condition when asked, so that
// a broken condition after the branch that is taken does no harm; a branch
// without a condition is always met.
type Branch struct {
	ID   string
	Name string
	Met  func() (bool, error)
}

// SetContact makes c the run's contact for the steps that follow.
func (c *Call) SetContact(contact crm.Contact) { c.Contact = &contact }

// Warn adds a sentence to the step's notes.
func (c *Call) Warn(note string) { c.warnings = append(c.warnings, note) }

// Warnings returns what Warn collected.
func (c *Call) Warnings() []string { return c.warnings }

// Tx is one transaction over the workspace's data, for Internal nodes.
type Tx = crm.Tx

// Env is what an Action works with. It is a struct so that a new facility
// breaks no node.
type Env struct {
	Call
	HTTP HTTPClient
	Log  *slog.Logger
	// IdempotencyKey stays the same over all attempts of one execution of a
	// step, and over a replay that repeats it.
	IdempotencyKey string
	// MessageID is the webhook-id of the Standard Webhooks specification; it
	// stays the same over all attempts of one execution.
	MessageID string
	// Attempt counts from 1.
	Attempt int
	// Connection is the step's stored credential, nil when it names none.
	Connection *Credential
}

// Credential is an opened connection.
type Credential struct {
	ID   string
	Type string
	// Fields holds the declared fields; secrets are plain text here and must
	// not be logged or returned.
	Fields map[string]string
}
