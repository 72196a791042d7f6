package secret

import (
	"fmt"
	"log/slog"
)

const mask = "***"

// Redacted is text that must not show up in logs, errors or answers: every fmt
// verb, JSON, and slog show "***". Reveal gives the text to the one place that
// needs it. Reading JSON into it works as for a string.
type Redacted string

// Reveal returns the text itself.
func (r Redacted) Reveal() string { return string(r) }

// String returns "***".
func (r Redacted) String() string { return mask }

// GoString returns "***".
func (r Redacted) GoString() string { return mask }

// Format prints "***" for every verb; %x of a string would show it otherwise.
func (r Redacted) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(mask)) }

// MarshalText returns "***".
func (r Redacted) MarshalText() ([]byte, error) { return []byte(mask), nil }

// LogValue returns "***".
func (r Redacted) LogValue() slog.Value { return slog.StringValue(mask) }
