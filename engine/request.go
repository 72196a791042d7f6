package engine

import (
	"time"

	"github.com/hookloom/hookloom/nodes"
)

// Request is one inbound HTTP call to a known token, as stored.
type Request struct {
	ID         string
	Workspace  string
	WorkflowID string
	// TriggerID is the trigger's id in the document.
	TriggerID string
	Verdict   nodes.Verdict
	// Reason is a sentence for the person who reads the list.
	Reason string
	Fields []nodes.FieldProblem
	Method string
	Path   string
	// Query is the raw query without the test marker.
	Query string
	// Header has lower-case names; credentials are replaced by "[redacted]".
	Header      map[string][]string
	ContentType string
	// Body is the exact bytes after Content-Encoding; nil for refused-unread ones.
	Body []byte
	Size int64
	IP   string
	// Test marks a request that only tests.
	Test bool
	// Status is what the caller was answered.
	Status int
	// RunIDs are the runs it started: none or one.
	RunIDs []string
	// DuplicateOf is the request whose dedupe key this one repeats.
	DuplicateOf string
	Notes       []string
	// Count is how many calls the row stands for: 1, or more for those over the
	// limit of one minute. 0 is stored as 1.
	Count      int
	ReceivedAt time.Time
}

// Acceptance is one judged request with the run that it starts, committed as
// one unit.
type Acceptance struct {
	Request Request
	// Stamp must still be the workflow's ingest stamp; a commit against an older
	// one fails with ErrStale and is judged again.
	Stamp int64
	// DedupeKey is "" when repeats are not ignored. Only the first request with
	// a key until DedupeUntil is kept as it is; later ones become duplicates and
	// their Run is dropped.
	DedupeKey   string
	DedupeUntil time.Time
	// Run is nil for a request that starts none.
	Run *Run
	// First is what a worker has done of Run already, committed with it; nil
	// leaves the run as it is.
	First *Progress
}

// Accepted is what the commit made of an Acceptance.
type Accepted struct {
	// Duplicate holds the first request of the dedupe key, "" when this is it.
	DuplicateOf string
	// RunIDs are the runs of this request, or of the first one.
	RunIDs []string
}

// Endpoint is what a token leads to.
type Endpoint struct {
	Workspace  string
	WorkflowID string
	TriggerID  string
	// Status is the workflow's: draft, live, paused or deleted.
	Status WorkflowStatus
	// Definition is the hash of the live version, "" for a draft; Version its
	// number.
	Definition string
	Version    int
	// Draft is the draft document, read only when there is no live version.
	Draft []byte
	// Stamp changes with each publish, pause, resume, deletion and rotation.
	Stamp int64
	// Gone is true for a token that was rotated away or whose workflow was
	// deleted for good.
	Gone bool
	// Old is true for a rotated token in its overlap.
	Old bool
}
