package nodes

import (
	"context"
	"net/http"
	"time"
)

// RawRequest is one inbound HTTP call before anything was parsed.
type RawRequest struct {
	Method string
	// URL is the address as the sender sees it, PUBLIC_URL included.
	URL      string
	Path     string
	RawQuery string
	Header   http.Header
	// Body is the exact bytes, after Content-Encoding was undone.
	Body []byte
	// Wire is the body as it came, before Content-Encoding was undone: what
	// senders sign. nil when that is Body itself; it is not stored.
	Wire       []byte
	IP         string
	ReceivedAt time.Time
	TriggerID  string
	// Stored marks a request that was judged when it came and is now run again
	// by a person: it is parsed, and method, address, signature and repeats are
	// not judged anew.
	Stored bool
	// Kept marks a request that came before its workflow was live and is run now:
	// it is judged by what is live, but for the signature, which was checked when
	// it came, on bytes and an address that are not all kept.
	Kept bool
	// Zone and Country are the workspace's, for conditions.
	Zone    *time.Location
	Country string
}

// Verdict is what became of a request.
type Verdict string

// The verdicts of the ingress, see the table in docs/webhooks.md.
const (
	Accepted     Verdict = "accepted"
	Duplicate    Verdict = "duplicate"
	Held         Verdict = "held"
	Filtered     Verdict = "filtered"
	Handshake    Verdict = "handshake"
	BadSignature Verdict = "bad_signature"
	ForbiddenIP  Verdict = "forbidden_ip"
	Invalid      Verdict = "invalid"
	TooLarge     Verdict = "too_large"
	RateLimited  Verdict = "rate_limited"
)

// Receipt is a trigger's judgement of a request. The engine turns accepted into
// duplicate or held where that applies.
type Receipt struct {
	Verdict Verdict
	// Status is the HTTP status of a refusal; 0 means the verdict's usual one.
	Status int
	// Reason is a sentence for the person who reads the request list.
	Reason string
	// Fields names what a schema gate missed.
	Fields []FieldProblem
	// Payload is the trigger scope of an accepted request; refused ones may
	// leave it nil.
	Payload map[string]any
	// Verbatim says that the request's raw body is JSON text of Payload["body"], so
	// that the two are stored once. False is right for any request.
	Verbatim bool
	// DedupeKey is "" when repeats are not ignored; DedupeWindow 0 means 30 days.
	DedupeKey    string
	DedupeWindow time.Duration
	// Reply replaces the standard answer to an accepted request or a handshake.
	// Of a refusal only its header Allow is taken.
	Reply *Reply
	// Await gives the caller of an accepted request the answer of a step, and
	// Reply only when none has come after this time; 0 answers at once. At most
	// MaxAwait counts.
	Await time.Duration
	// Heard is what somebody said with a request that is accepted, held or
	// filtered, for contact.replied; nil for one that is nobody's answer.
	Heard *Heard
	// Earlier completes Payload from a request that the sender made before; nil
	// when nothing is missing.
	Earlier *Earlier
	Notes   []string
}

// Earlier finds the request that an accepted one leaves a part to.
type Earlier struct {
	// Sender is who made it, as "sender" in the payload says.
	Sender string
	// Text stands in the other request's body.
	Text string
	// Complete changes the receipt's Payload if r is the one.
	Complete func(r RawRequest) bool
	// Missing is the note on a request that stays as it is.
	Missing string
}

// Heard is a message of a person to us.
type Heard struct {
	// Channel is sms, whatsapp or the like.
	Channel string
	// From is the phone number that it came from, as the sender writes it.
	From, To, Text string
	// ID is the sender's own id of the message, "" for none.
	ID string
}

// MaxAwait bounds how long a caller waits for a step's answer: senders give up
// between 10 and 30 seconds.
const MaxAwait = 25 * time.Second

// Reply is an answer in the trigger's own words.
type Reply struct {
	Status int
	Header map[string]string
	Body   []byte
}

// Receiver judges requests. It is made once for each published version, must
// be safe for concurrent use and must not do I/O.
type Receiver interface {
	Receive(ctx context.Context, r RawRequest) Receipt
}
