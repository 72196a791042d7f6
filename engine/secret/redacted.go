package secret

import (
	"fmt"
	"log/slog"
	"strings"
	"unicode/utf8"
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

// prefixes are the public beginnings of well-known credentials: they say what a
// secret is for and are the same for everyone.
var prefixes = []string{
	"whsec_", "hlk_", "sk_live_", "sk_test_", "rk_live_", "rk_test_", "pk_live_", "pk_test_",
	"github_pat_", "ghp_", "gho_", "ghs_", "glpat-", "xoxb-", "xoxp-", "xapp-", "shpat_", "shpss_", "SG.", "key-",
}

const (
	shownTail = 3
	// leastHidden is how many characters have to stay hidden for the tail to be
	// shown: 12 of base64 are 72 bits.
	leastHidden = 12
)

// Mask shows just enough of a secret to tell it from another: a well-known
// prefix and the last three characters, as in "whsec_…3b8". Short secrets show
// nothing ("…"); "" stays "".
func Mask(v string) string {
	if v == "" {
		return ""
	}
	head := ""
	for _, p := range prefixes {
		if strings.HasPrefix(v, p) && len(v)-len(p) >= leastHidden {
			head = p
			break
		}
	}
	rest := v[len(head):]
	if !utf8.ValidString(rest) || utf8.RuneCountInString(rest) < leastHidden+shownTail {
		return head + "…"
	}
	runes := []rune(rest)
	return head + "…" + string(runes[len(runes)-shownTail:])
}
