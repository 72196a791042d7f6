package engine

import "time"

// AuditEntry is who did what, for the audit log. Secrets never stand in it.
type AuditEntry struct {
	ID string
	// Workspace is "" for what concerns the installation.
	Workspace string
	// ActorID is a user's or key's id, ActorName what they are called.
	ActorID   string
	ActorName string
	// Action is dotted and lower case: workflow.published, key.created.
	Action string
	// Object is what it was done to, by kind and id; "" when there is none.
	ObjectKind string
	ObjectID   string
	// Detail holds further plain values; nil for none.
	Detail map[string]any
	IP     string
	At     time.Time
	// Seq counts the entries of the workspace's chain from 1, 0 for one from
	// before there were chains. Prev is the hash of the entry before, Hash its own,
	// see AuditHash. Storage sets them.
	Seq  int64
	Prev []byte
	Hash []byte
}

// AuditTx writes the audit log inside a transaction, for what is done in the
// background: there is never the one without the other.
type AuditTx interface {
	// Audit adds an entry to the chain of the transaction's workspace. ID, At and,
	// by ActorID, ActorName are filled in where they are empty.
	Audit(e AuditEntry) error
}

// Job is long work that a person asked for, such as a bulk replay.
type Job struct {
	ID        string
	Workspace string
	Kind      string
	// Status is queued, running, succeeded, failed or canceled.
	Status string
	// Input is compact JSON that the job's kind understands.
	Input []byte
	// Total is 0 while it is not known.
	Total, Done, Failed int
	// Result is compact JSON, nil for none.
	Result     []byte
	CreatedBy  string
	CreatedAt  time.Time
	UpdatedAt  time.Time
	FinishedAt time.Time
}

// Upload is a file that a person handed over.
type Upload struct {
	ID        string
	Workspace string
	Name      string
	Content   []byte
	// Report is what was refused of it, nil for nothing so far.
	Report []byte
	// JobID is "" until the file is used, which happens once.
	JobID     string
	CreatedBy string
	CreatedAt time.Time
	ExpiresAt time.Time
}

// StoredAnswer is the answer to a POST that came with an Idempotency-Key.
type StoredAnswer struct {
	// Fingerprint is a hash of the request, to refuse a key that comes again
	// with another one.
	Fingerprint []byte
	// Status is 0 while the first request is under way.
	Status int
	Header map[string]string
	Body   []byte
}
