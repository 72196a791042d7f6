package engine

import "time"

// Sight is the workspaces that somebody sees: all of them, or those with the ids.
type Sight struct {
	All bool
	IDs []string
}

// None reports that nothing is seen.
func (s Sight) None() bool { return !s.All && len(s.IDs) == 0 }

// HealthHours is over how many hours failures of the board are counted.
const HealthHours = 24

// Health is how a workspace fares, as an agency looks at all of them.
type Health struct {
	// Failures counts live runs that failed or were parked and still are, by the
	// hour in which they ended, from 24 hours ago on.
	Failures [HealthHours]int
	// Held is what waits for a publish, a resume or a limit, of runs and of requests
	// counted up to 10,000 each.
	Held int
	// LastEventAt is when the last request came or the last run began; zero for
	// never.
	LastEventAt time.Time
	// Broken are connections that did not work the last time, Waiting those that a
	// client was asked to fill in.
	Broken, Waiting int
	// Behind are clones of templates with a newer version, Silent workflows of clones
	// that have received nothing yet.
	Behind, Silent int
	// Usage is that of the present month.
	Usage
}

// Failed is the sum of Failures.
func (h Health) Failed() int {
	sum := 0
	for _, n := range h.Failures {
		sum += n
	}
	return sum
}

// Find is one thing that a search over workspaces found.
type Find struct {
	Workspace string
	// Kind is contact, workflow, run or request.
	Kind string
	ID   string
	// Label is what it is called: an e-mail address, a workflow's name, or the id.
	Label string
	// Detail says more: a contact's name, a run's status, a request's verdict.
	Detail string
	At     time.Time
}

// The kinds of a Find.
const (
	FindContact  = "contact"
	FindWorkflow = "workflow"
	FindRun      = "run"
	FindRequest  = "request"
)

// AgencyAlerts say who hears of failures in any workspace.
type AgencyAlerts struct {
	Enabled bool
	// Every is the least time between two digests, 15 minutes or more.
	Every  time.Duration
	Emails []string
	// ToldAt is up to when failures were told; zero for never.
	ToldAt time.Time
	// Error is why the last digest could not be sent, "" when it was.
	Error string
}

// ClientLink lets somebody without an account fill in one connection, once.
type ClientLink struct {
	Workspace, ID, ConnectionID string
	// Hash is the SHA-256 of the link's token, by which it is found.
	Hash      []byte
	CreatedBy string
	CreatedAt time.Time
	ExpiresAt time.Time
	// UsedAt and RevokedAt are zero until then.
	UsedAt, RevokedAt time.Time
}

// ClientLinkLife is how long a client's link works.
const ClientLinkLife = 7 * 24 * time.Hour

// State is what became of a link: open, used, revoked or expired.
func (l ClientLink) State(now time.Time) string {
	switch {
	case !l.UsedAt.IsZero():
		return "used"
	case !l.RevokedAt.IsZero():
		return "revoked"
	case !now.Before(l.ExpiresAt):
		return "expired"
	}
	return LinkOpen
}

// LinkOpen is the State of a link that still works.
const LinkOpen = "open"
