// Package sender knows who calls: how each sender signs its requests, by which id
// it repeats them, and what its requests look like. It is pure: the clock and the
// secrets are the caller's, and nothing is read but the embedded samples.
//
// There is one verifier, driven by a table. A Scheme says which header holds the
// signature, how it is written and which bytes it covers; a new sender is a new
// entry, a custom one is an entry that a person fills in.
//
// # Rules, the same for every scheme
//
//   - The raw bytes of the body are verified, before anything parses them.
//   - Comparison takes constant time over text of equal length.
//   - One header may hold several signatures (at most 10, other versions
//     included) and several secrets may be active, so that either side can rotate.
//   - No secret, an empty one or an unreadable one refuses.
//   - A signature, timestamp or id header that comes twice refuses, unless a
//     scheme knows it under two names and both say the same.
//   - A timestamp is digits only, fits into int64 and is at most the tolerance
//     away from now in either direction.
//   - Every refusal is ErrSignature. Explain tells the owner why, never the caller.
package sender

import (
	"crypto/sha1" // #nosec G505 -- HMAC-SHA1 is what some senders offer; as a MAC it holds
	"crypto/sha256"
	"crypto/sha512"
	"errors"
	"hash"
	"net/http"
	"time"
)

// ErrSignature is the one answer to every request whose signature does not hold.
var ErrSignature = errors.New("signature does not match")

// DefaultTolerance is how far a signed timestamp may lie in the past or in the
// future: the value of Stripe, Slack and Standard Webhooks, taken for all.
const DefaultTolerance = 300 * time.Second

// Bounds on what a caller can make us compare.
const (
	maxSignatures  = 10
	maxHeaderBytes = 8 << 10
	// maxTolerance keeps a custom scheme from switching replay protection off by a
	// slip of the finger: dedupe remembers for 30 days, a day is ample for a clock.
	maxTolerance = 24 * time.Hour
)

// Request is what a signature can cover.
type Request struct {
	// Method is upper case, as received.
	Method string
	// URL is the full public URL that the sender called, query included. Only
	// schemes with {url} need it.
	URL string
	// Header has canonical keys, as net/http makes them.
	Header http.Header
	// Body is the raw body, before decompression and parsing.
	Body []byte
}

// Hash names a hash function for HMAC.
type Hash string

// The hash functions of a Scheme.
const (
	SHA1   Hash = "sha1"
	SHA256 Hash = "sha256"
	SHA512 Hash = "sha512"
)

func (h Hash) new() func() hash.Hash {
	switch h {
	case SHA1:
		return sha1.New
	case SHA256:
		return sha256.New
	case SHA512:
		return sha512.New
	}
	return nil
}

// Encoding names how signature bytes are written.
type Encoding string

// The encodings of a Scheme. Hex is read in lower or in upper case but not
// mixed, base64url with or without padding; each is written in its first form.
const (
	Hex       Encoding = "hex"
	Base64    Encoding = "base64"
	Base64URL Encoding = "base64url"
)

// TimeFormat names how a timestamp is written.
type TimeFormat string

// The time formats of a Scheme.
const (
	UnixSeconds TimeFormat = "unix"
	UnixMillis  TimeFormat = "unix_ms"
	RFC3339     TimeFormat = "rfc3339"
)

// KeyFormat names how a shared secret is written.
type KeyFormat string

// The key formats of a Scheme. KeyPlain takes the text's own bytes; KeyBase64 and
// KeyHex decode it, the former without a leading whsec_.
const (
	KeyPlain  KeyFormat = "plain"
	KeyBase64 KeyFormat = "base64"
	KeyHex    KeyFormat = "hex"
)

// Scheme says how one sender signs. The zero value of a field means what its
// comment says; Problems lists what does not fit together. A Scheme is a value
// and safe to share as long as its slices are not changed.
type Scheme struct {
	// Name is stable and stands in stored documents.
	Name string
	// Header holds the signature: names for the same header, the first of which
	// Sign writes. Required.
	Header []string
	// Hash is SHA256 when empty.
	Hash Hash
	// Encoding is Hex when empty.
	Encoding Encoding
	// Pattern is the signed text: literals and {body}, {timestamp}, {id}, {url},
	// {method}. "{body}" when empty. It must contain {body}, or {form}: the fields
	// of a form sorted by name, each name followed by its value, as Twilio has it;
	// other bodies then need their SHA-256 in the query's bodySHA256.
	Pattern string
	// Lead stands once in front of the whole header value, Prefix in front of each
	// signature ("sha256=", "v1="). Items with another prefix are of other versions
	// and ignored. Both may be empty.
	Lead, Prefix string
	// Separator stands between several items. Empty: the header is one signature.
	Separator string
	// TimestampPrefix marks the item of the signature header that is the
	// timestamp ("t="). TimestampHeader names an own header for it. At most one of
	// the two, and exactly one when Pattern has {timestamp}.
	TimestampPrefix string
	TimestampHeader []string
	// TimeFormat is UnixSeconds when empty.
	TimeFormat TimeFormat
	// Tolerance is DefaultTolerance when 0.
	Tolerance time.Duration
	// IDHeader names the header with the message's id, which Pattern may cover.
	IDHeader []string
	// Key says how the secret is written; KeyPlain when empty.
	Key KeyFormat
	// AnyPort takes the URL with and without the port that its scheme implies,
	// because the sender may write either.
	AnyPort bool
	// Standard reads secrets as Standard Webhooks writes them: whsec_ and base64
	// for HMAC, whpk_ and whsk_ for ed25519 signatures, whose prefix is
	// PublicPrefix ("v1a,").
	Standard     bool
	PublicPrefix string
}

func (s Scheme) withDefaults() Scheme {
	if s.Hash == "" {
		s.Hash = SHA256
	}
	if s.Encoding == "" {
		s.Encoding = Hex
	}
	if s.Pattern == "" {
		s.Pattern = "{body}"
	}
	if s.TimeFormat == "" {
		s.TimeFormat = UnixSeconds
	}
	if s.Key == "" {
		s.Key = KeyPlain
	}
	if s.Tolerance == 0 {
		s.Tolerance = DefaultTolerance
	}
	return s
}

// ID is the message's id as the scheme's header gives it, "" when the scheme has
// none or the header is missing or doubled. After a successful Verify with {id}
// in the pattern it is signed, which no other header is.
func (s Scheme) ID(h http.Header) string {
	id, _ := single(h, s.IDHeader)
	return id
}
