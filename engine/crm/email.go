package crm

import (
	"net/mail"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The lengths of RFC 5321, in bytes.
const (
	maxEmail = 254
	maxLocal = 64
)

// joiners are invisible too, and belong to scripts that addresses are not
// written in without meaning them.
var joiners = strings.NewReplacer("\u200c", "", "\u200d", "")

var domainLabel = regexp.MustCompile(`^[\pL\pN]([\pL\pN\pM-]{0,61}[\pL\pN\pM])?$`)

// NormalizeEmail returns the form in which e-mail addresses are stored and
// compared: without a display name or mailto:, invisible characters removed,
// lower case. ok is false for a text that cannot be an address people receive
// mail at; it then returns the text cleaned. Blank is not ok.
//
// It is looser than RFC 5322 where real addresses are (dots anywhere before the
// @, letters of any script) and stricter where they are not (no quoted local
// part, no address literal, a domain with a dot).
func NormalizeEmail(s string) (email string, ok bool) {
	s = joiners.Replace(cleanLine(s))
	if strings.ContainsRune(s, '<') {
		if parsed, err := mail.ParseAddress(s); err == nil {
			s = parsed.Address
		}
	}
	if len(s) > 7 && strings.EqualFold(s[:7], "mailto:") {
		s = s[7:]
	}
	s = strings.ToLower(s)
	return s, validEmail(s)
}

func validEmail(s string) bool {
	at := strings.LastIndexByte(s, '@')
	if at < 1 || at > maxLocal || len(s) > maxEmail || strings.IndexByte(s, '@') != at {
		return false
	}
	for _, r := range s[:at] {
		// U+FFFD stands where bytes were lost: two addresses could become one.
		if r == utf8.RuneError || unicode.IsSpace(r) || strings.ContainsRune(`"(),:;<>[\]`, r) || !unicode.IsPrint(r) {
			return false
		}
	}
	labels := strings.Split(s[at+1:], ".")
	if len(labels) < 2 {
		return false
	}
	for _, l := range labels {
		if !domainLabel.MatchString(l) {
			return false
		}
	}
	top := labels[len(labels)-1]
	return len(top) > 1 && strings.Trim(top, "0123456789") != ""
}
