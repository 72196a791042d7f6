package engine

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"hash"
	"time"
)

// AuditFilter narrows the audit log; zero fields do not.
type AuditFilter struct {
	// Actor is a part of the actor's name, or their whole id.
	Actor string
	// Action is a whole action, or its first word for all that begin so:
	// "workflow" finds workflow.published.
	Action string
	// Object is an id.
	Object string
	// From is the first moment, To the first one after.
	From, To time.Time
}

// AuditHead is the end of a chain, or an entry in it. Who notes it elsewhere can
// later tell whether anything up to it was changed.
type AuditHead struct {
	// Seq counts the chain's entries from 1; 0 for a chain that has none.
	Seq  int64
	Hash []byte
}

// AuditRecord is an entry with the exact text that its hash is made of.
type AuditRecord struct {
	AuditEntry
	Text []byte
}

// AuditText is what an entry's hash covers: a JSON array of seq, id, workspace,
// actor id and name, action, object kind and id, detail as it is stored (null for
// none), IP address, and microseconds since 1970.
func AuditText(e AuditEntry, detail []byte) []byte {
	if len(detail) == 0 {
		detail = []byte("null")
	}
	text, err := json.Marshal([]any{
		e.Seq, e.ID, e.Workspace, e.ActorID, e.ActorName, e.Action, e.ObjectKind, e.ObjectID, json.RawMessage(detail), e.IP, e.At.UnixMicro(),
	})
	if err != nil { // detail is no JSON any more: somebody changed it
		return detail
	}
	return text
}

// AuditHash is SHA-256 over the hash of the entry before and the entry's text.
func AuditHash(prev, text []byte) []byte {
	sum := sha256.New()
	sum.Write(prev)
	sum.Write(text)
	return sum.Sum(nil)
}

// AuditBreak is the first entry at which a chain is not whole.
type AuditBreak struct {
	// Seq is where it breaks. ID and At are of that entry; empty when it is
	// missing.
	Seq    int64
	ID     string
	At     time.Time
	Reason string
}

// AuditCheck is what a look through a whole chain found.
type AuditCheck struct {
	// Entries is how many were looked at; Older are among them those from before
	// there was a chain, which its first entry covers together.
	Entries, Older int64
	Head           AuditHead
	// Broken is nil for a chain that is whole.
	Broken *AuditBreak
}

// AuditChecker looks through a chain in its order. Make it with NewAuditChecker.
type AuditChecker struct {
	check AuditCheck
	older hash.Hash
	last  []byte
	seq   int64
	// noted is an entry that somebody wrote down; Seq 0 for none.
	noted AuditHead
}

// NewAuditChecker begins to look through the chain that ends with head. noted is
// an earlier end that somebody kept elsewhere, the zero one for none.
func NewAuditChecker(head, noted AuditHead) *AuditChecker {
	return &AuditChecker{check: AuditCheck{Head: head}, older: sha256.New(), noted: noted}
}

// Add takes the next entry: those from before the chain by their id, then the
// chain's by Seq. Entries behind the head are left for the next look.
func (c *AuditChecker) Add(r AuditRecord) {
	if c.check.Broken != nil || r.Seq > c.check.Head.Seq {
		return
	}
	c.check.Entries++
	if r.Seq == 0 {
		c.check.Older++
		c.older.Write(r.Text)
		return
	}
	c.begin()
	c.seq++
	switch {
	case r.Seq != c.seq:
		c.check.Broken = &AuditBreak{Seq: c.seq, Reason: "entries are missing here"}
	case !bytes.Equal(r.Prev, c.last) && c.seq == 1:
		c.stop(r, "entries from before the chain were changed, added or taken away")
	case !bytes.Equal(r.Prev, c.last):
		c.stop(r, "it does not follow from the entry before")
	case !bytes.Equal(r.Hash, AuditHash(r.Prev, r.Text)):
		c.stop(r, "it was changed after it was written")
	case c.noted.Seq == r.Seq && !bytes.Equal(r.Hash, c.noted.Hash):
		c.stop(r, "it is not the entry whose hash was noted: the chain was written anew")
	}
	c.last = r.Hash
}

func (c *AuditChecker) begin() {
	if c.last == nil {
		c.last = c.older.Sum(nil)
	}
}

func (c *AuditChecker) stop(r AuditRecord, reason string) {
	c.check.Broken = &AuditBreak{Seq: r.Seq, ID: r.ID, At: r.At, Reason: reason}
}

// End tells what was found, once every entry was taken.
func (c *AuditChecker) End() AuditCheck {
	c.begin()
	head := c.check.Head
	switch {
	case c.check.Broken != nil:
	case c.seq < head.Seq:
		c.check.Broken = &AuditBreak{Seq: c.seq + 1, Reason: "the entries from here to the end are missing"}
	case head.Seq > 0 && !bytes.Equal(c.last, head.Hash):
		c.check.Broken = &AuditBreak{Seq: head.Seq, Reason: "the end of the chain is another one than was noted"}
	case c.noted.Seq > head.Seq:
		c.check.Broken = &AuditBreak{Seq: head.Seq + 1, Reason: "the entry whose hash was noted is missing"}
	}
	return c.check
}
