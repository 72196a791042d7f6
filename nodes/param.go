package nodes

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"time"
)

// Ref points to something of the workspace by id or, where the kind allows it,
// by exact name. Blank points to nothing.
type Ref string

// Money is an amount in minor units (cents) with its ISO 4217 currency.
type Money struct {
	Amount   int64  `json:"amount"`
	Currency string `json:"currency"`
}

// File is an uploaded file by reference.
type File struct {
	Name        string `json:"name"`
	ContentType string `json:"content_type"`
	Size        int64  `json:"size"`
	// Ref names the stored bytes.
	Ref string `json:"ref"`
}

// Condition is a field of rules or an expression. In params that reach a node
// it is decided: Met holds the result and Notes why a rule could not be
// compared. In a trigger's params, which are never mapped, Source holds the
// condition as written and Met is false.
type Condition struct {
	Met    bool     `json:"met"`
	Notes  []string `json:"notes,omitempty"`
	Source any      `json:"-"`
}

// SecretRefKey marks a secret's place in a stored document:
// {"$secret": "sec_..."}.
const SecretRefKey = "$secret"

// Secret is a param that is stored encrypted and apart from the document. Its
// text never appears in JSON, logs or errors; the zero value is no secret.
type Secret struct {
	// Ref is the secret's id; "" for one that was given as plain text and not
	// stored yet.
	Ref      string
	versions []SecretVersion
}

// SecretVersion is one value of a secret. Until is zero for the newest one;
// an older one counts until then, so that senders can be moved over.
type SecretVersion struct {
	Value string    `json:"value"`
	Until time.Time `json:"until,omitzero"`
}

// NewSecret makes a secret of its versions, the newest first.
func NewSecret(ref string, versions ...SecretVersion) Secret {
	return Secret{Ref: ref, versions: versions}
}

// Reveal returns the newest value, "" when there is none.
func (s Secret) Reveal() string {
	if len(s.versions) == 0 {
		return ""
	}
	return s.versions[0].Value
}

// Valid returns the values that count at a time, the newest first.
func (s Secret) Valid(at time.Time) []string {
	var values []string
	for _, v := range s.versions {
		if v.Value != "" && (v.Until.IsZero() || at.Before(v.Until)) {
			values = append(values, v.Value)
		}
	}
	return values
}

// Given reports whether the secret has a value or a reference to one.
func (s Secret) Given() bool { return s.Ref != "" || s.Reveal() != "" }

// Format hides the value under every verb, also as a member of something else.
func (s Secret) Format(f fmt.State, verb rune) {
	if verb == 'v' && f.Flag('#') {
		_, _ = io.WriteString(f, "nodes.Secret(***)")
		return
	}
	_, _ = io.WriteString(f, "***")
}

// String hides the value.
func (s Secret) String() string { return "***" }

// LogValue hides the value from structured logs.
func (s Secret) LogValue() slog.Value { return slog.StringValue("***") }

// MarshalJSON writes the reference only.
func (s Secret) MarshalJSON() ([]byte, error) {
	if s.Ref == "" {
		return []byte("null"), nil
	}
	return json.Marshal(map[string]string{SecretRefKey: s.Ref})
}

// Format hides the value under every verb.
func (v SecretVersion) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "***") }
