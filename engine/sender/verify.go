package sender

import (
	"bytes"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Verify reports whether r carries a signature by one of the secrets that are
// active at now. The answer is nil or ErrSignature.
func (s Scheme) Verify(now time.Time, r Request, secrets []Secret) error {
	if s.Explain(now, r, secrets) != "" {
		return ErrSignature
	}
	return nil
}

// Explain says why Verify refuses, "" when it does not: a sentence for the owner
// of the trigger, to be kept with the request and never sent to the caller. It
// contains nothing of the secret or of the expected signature.
func (s Scheme) Explain(now time.Time, r Request, secrets []Secret) string {
	s = s.withDefaults()
	text, err := compile(s.Pattern)
	if err != nil || len(s.Problems()) > 0 {
		return "The signature settings are incomplete."
	}
	keys := s.keys(now, secrets)
	if len(keys) == 0 {
		return "No usable signing secret is stored for this trigger."
	}
	items, why := s.items(r.Header)
	if why != "" {
		return why
	}
	values := signed{method: r.Method, timestamp: items.timestamp}
	if why := s.checkTime(now, text, r.Header, &values); why != "" {
		return why
	}
	if why := s.checkID(text, r.Header, &values); why != "" {
		return why
	}
	if text.has("form") {
		if values.form, why = signedForm(r); why != "" {
			return why
		}
	}
	for _, values.url = range s.urls(r.URL) {
		for _, key := range keys {
			if s.matches(key, items, text, values, r.Body) {
				return ""
			}
		}
	}
	if text.has("url") {
		return "The signature does not match: the secret is another one, the body was changed on its way, or the sender calls another address than " + withoutToken(r.URL) + ", which PUBLIC_URL begins."
	}
	return "The signature does not match: the secret is another one, or the body was changed on its way."
}

// items are the parts of a signature header.
type items struct {
	// signatures are by the shared secret, public by a key pair; both without
	// their prefix.
	signatures, public []string
	timestamp          string
}

func (s Scheme) items(h http.Header) (items, string) {
	var found items
	header, ok := single(h, s.Header)
	switch {
	case !ok:
		return found, "The header " + s.Header[0] + " is missing or comes more than once."
	case len(header) > maxHeaderBytes:
		return found, "The header " + s.Header[0] + " is too long."
	}
	header, ok = strings.CutPrefix(header, s.Lead)
	if !ok {
		return found, "The header " + s.Header[0] + " does not start with " + s.Lead + "."
	}
	parts := []string{header}
	if s.Separator != "" {
		parts = strings.SplitN(header, s.Separator, maxSignatures+2)
	}
	stamps := 0
	for _, part := range parts {
		part = strings.Trim(part, " ")
		if stamp, ok := strings.CutPrefix(part, s.TimestampPrefix); ok && s.TimestampPrefix != "" {
			stamps++
			found.timestamp = stamp
		} else if sig, ok := strings.CutPrefix(part, s.PublicPrefix); ok && s.PublicPrefix != "" {
			found.public = append(found.public, sig)
		} else if sig, ok := strings.CutPrefix(part, s.Prefix); ok {
			found.signatures = append(found.signatures, sig)
		}
	}
	switch {
	case len(parts)-stamps > maxSignatures:
		return found, "The header " + s.Header[0] + " holds more than 10 signatures."
	case stamps > 1 || s.TimestampPrefix != "" && stamps == 0:
		return found, "The header " + s.Header[0] + " must hold exactly one timestamp."
	case len(found.signatures)+len(found.public) == 0:
		return found, "The header " + s.Header[0] + " holds no signature of the expected form."
	}
	return found, ""
}

// checkTime finds the timestamp and holds it against now.
func (s Scheme) checkTime(now time.Time, text pattern, h http.Header, values *signed) string {
	if !text.has("timestamp") {
		return ""
	}
	if s.TimestampPrefix == "" {
		stamp, ok := single(h, s.TimestampHeader)
		if !ok {
			return "The header " + s.TimestampHeader[0] + " is missing or comes more than once."
		}
		values.timestamp = stamp
	}
	at, ok := parseTime(s.TimeFormat, values.timestamp)
	switch {
	case !ok:
		return "The timestamp of the signature cannot be read."
	case at < now.Add(-s.Tolerance).Unix():
		return "The signature is older than " + s.Tolerance.String() + ": a late repetition, or the sender's clock is behind."
	case at > now.Add(s.Tolerance).Unix():
		return "The signature is from more than " + s.Tolerance.String() + " in the future: check both clocks."
	}
	return ""
}

func (s Scheme) checkID(text pattern, h http.Header, values *signed) string {
	if !text.has("id") {
		return ""
	}
	id, ok := single(h, s.IDHeader)
	switch {
	case !ok || id == "":
		return "The header " + s.IDHeader[0] + " is missing or comes more than once."
	case text.ambiguous(id):
		return "The id in the header " + s.IDHeader[0] + " contains the character that ends it in the signed text."
	}
	values.id = id
	return ""
}

func (s Scheme) matches(k key, found items, text pattern, values signed, body []byte) bool {
	if k.public != nil {
		var message bytes.Buffer
		text.write(&message, values, body)
		for _, sig := range found.public {
			raw, err := base64.StdEncoding.Strict().DecodeString(sig)
			if err == nil && ed25519.Verify(k.public, message.Bytes(), raw) {
				return true
			}
		}
		return false
	}
	mac := hmac.New(s.Hash.new(), k.shared)
	text.write(mac, values, body)
	// The text is compared, not the bytes it stands for: base64 and hex know more
	// than one spelling of the same bytes, and only the sender's own counts.
	equal := 0
	for _, want := range encode(s.Encoding, mac.Sum(nil)) {
		for _, sig := range found.signatures {
			equal |= subtle.ConstantTimeCompare([]byte(sig), []byte(want))
		}
	}
	return equal == 1
}

// encode gives the accepted spellings of sum, the one to write first; nil for an
// unknown encoding.
func encode(e Encoding, sum []byte) []string {
	switch e {
	case Hex:
		text := hex.EncodeToString(sum)
		return []string{text, strings.ToUpper(text)}
	case Base64:
		return []string{base64.StdEncoding.EncodeToString(sum)}
	case Base64URL:
		return []string{base64.RawURLEncoding.EncodeToString(sum), base64.URLEncoding.EncodeToString(sum)}
	}
	return nil
}

// single finds the value of a header that is known under several names: one value
// a name, and the same under all.
func single(h http.Header, names []string) (string, bool) {
	value, found := "", false
	for _, name := range names {
		all := h.Values(name)
		if len(all) > 1 || len(all) == 1 && found && all[0] != value {
			return "", false
		}
		if len(all) == 1 {
			value, found = all[0], true
		}
	}
	return value, found
}

// parseTime gives whole seconds. Numbers are digits only: no sign, no exponent,
// no space.
func parseTime(format TimeFormat, text string) (int64, bool) {
	switch format {
	case UnixSeconds, UnixMillis:
		if text == "" || strings.Trim(text, "0123456789") != "" {
			return 0, false
		}
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return 0, false
		}
		if format == UnixMillis {
			n /= 1000
		}
		return n, true
	case RFC3339:
		at, err := time.Parse(time.RFC3339, text)
		return at.Unix(), err == nil
	}
	return 0, false
}

func (f TimeFormat) format(at time.Time) string {
	switch f {
	case UnixSeconds:
		return strconv.FormatInt(at.Unix(), 10)
	case UnixMillis:
		return strconv.FormatInt(at.UnixMilli(), 10)
	case RFC3339:
		return at.UTC().Format(time.RFC3339)
	}
	return ""
}
