package workflow

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes"
)

// JSON writes the document in its one canonical form: compact, keys of the
// format in fixed order, keys of params sorted, no HTML escapes. Equal documents
// have equal bytes, so that Hash names them. The error tells of params that no
// JSON can hold, which Parse never gives.
func (d *Document) JSON() ([]byte, error) {
	out := *d
	if out.Triggers == nil {
		out.Triggers = []Trigger{}
	}
	if out.Steps == nil {
		out.Steps = []Step{}
	}
	return value.Encode(out)
}

// Hash names a canonical document: its SHA-256 in hexadecimal.
func Hash(canonical []byte) string {
	sum := sha256.Sum256(canonical)
	return hex.EncodeToString(sum[:])
}

// MarshalJSON writes the waits as people do: "5s", "30m", "24h".
func (r Retry) MarshalJSON() ([]byte, error) {
	out := struct {
		Attempts int      `json:"attempts,omitempty"`
		Delays   []string `json:"delays,omitempty"`
		Backoff  *Backoff `json:"backoff,omitempty"`
	}{Attempts: r.Attempts, Backoff: r.Backoff}
	for _, d := range r.Delays {
		out.Delays = append(out.Delays, durationText(d))
	}
	return json.Marshal(out)
}

// MarshalJSON writes the waits as people do: "5s", "30m", "24h".
func (b Backoff) MarshalJSON() ([]byte, error) {
	out := struct {
		Initial string  `json:"initial,omitempty"`
		Factor  float64 `json:"factor,omitempty"`
		Max     string  `json:"max,omitempty"`
	}{Factor: b.Factor}
	if b.Initial != 0 {
		out.Initial = durationText(b.Initial)
	}
	if b.Max != 0 {
		out.Max = durationText(b.Max)
	}
	return json.Marshal(out)
}

// durationText writes a duration that nodes.ParseDuration reads as the same.
func durationText(d nodes.Duration) string {
	text := time.Duration(d).String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}
