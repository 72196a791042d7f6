package crm

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxText is how many characters one text of a contact may have.
const MaxText = 1000

// cleanLine makes one line of text safe to store and compare: valid UTF-8
// without control and invisible format characters (PostgreSQL refuses NUL, and
// a zero-width space in an e-mail address makes a second contact), inner white
// space single, none around.
func cleanLine(s string) string {
	if plainLine(s) {
		return s
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		// The joiners of emoji and of scripts such as Persian are letters' business.
		case r == '\u200c' || r == '\u200d':
			return r
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.Fields(s), " ")
}

// plainLine reports printable ASCII with single inner spaces, which is nearly
// every value and needs no copy.
func plainLine(s string) bool {
	space := true
	for i := range len(s) {
		switch c := s[i]; {
		case c == ' ':
			if space {
				return false
			}
			space = true
		case c <= ' ' || c >= 0x7f:
			return false
		default:
			space = false
		}
	}
	return s == "" || !space
}

// line cleans one line for a field and holds it to MaxText.
func line(field, s string) (string, error) {
	s = cleanLine(s)
	if n := utf8.RuneCountInString(s); n > MaxText {
		return "", rejected(field, "too_long", "%s has %d characters; at most %d can be kept. Map a shorter value.", label(field), n, MaxText)
	}
	return s, nil
}

var labels = map[string]string{
	"email": "The e-mail", "phone": "The phone number", "external_user_id": "The external user ID",
	"name": "The name", "first_name": "The first name", "last_name": "The last name",
	"company": "The company", "timezone": "The time zone", "source": "The source",
	"date_of_birth": "The date of birth", "tags": "The tag",
}

// label names a field in a sentence.
func label(field string) string {
	if l, ok := labels[field]; ok {
		return l
	}
	return "The field " + field
}
