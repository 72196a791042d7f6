package nodes

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Ref points to something of the workspace by id or, where the kind allows it,
// by exact name. Blank points to nothing.
type Ref string

// Duration is written as Go writes it, and with d and w for days and weeks:
// "10m", "36h", "3d", "2w". A bare number is seconds.
type Duration time.Duration

// ParseDuration reads a Duration; the error is a sentence for the field.
func ParseDuration(text string) (Duration, error) {
	text = strings.TrimSpace(text)
	if seconds, err := strconv.ParseFloat(text, 64); err == nil {
		return Duration(seconds * float64(time.Second)), nil
	}
	if n := len(text); n > 1 {
		if unit, ok := map[byte]time.Duration{'d': 24 * time.Hour, 'w': 7 * 24 * time.Hour}[text[n-1]]; ok {
			if count, err := strconv.ParseFloat(text[:n-1], 64); err == nil {
				return Duration(count * float64(unit)), nil
			}
		}
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		return 0, fmt.Errorf(`%q is not a length of time: write for example 10m, 36h or 3d`, text)
	}
	return Duration(d), nil
}

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

// String hides the value.
func (s Secret) String() string { return "***" }

// GoString hides the value from %#v.
func (s Secret) GoString() string { return "nodes.Secret(***)" }

// MarshalJSON writes the reference only.
func (s Secret) MarshalJSON() ([]byte, error) {
	if s.Ref == "" {
		return []byte("null"), nil
	}
	return json.Marshal(map[string]string{SecretRefKey: s.Ref})
}
