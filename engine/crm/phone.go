package crm

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// NormalizePhone returns a phone number in E.164 form ("+14155552671"). country
// is the ISO 3166 country of numbers that have no prefix; "" reads only
// international ones. ok is false when the text cannot be read as a number of a
// possible length; it then returns the text cleaned. An extension is dropped:
// E.164 has none.
func NormalizePhone(s, country string) (phone string, ok bool) {
	s = cleanLine(s)
	if len(s) > 250 { // longer than the library reads
		return s, false
	}
	for _, form := range [...]string{s, international(s)} {
		if form == "" {
			continue
		}
		n, err := phonenumbers.Parse(form, strings.ToUpper(country))
		if err == nil && phonenumbers.IsPossibleNumber(n) {
			return phonenumbers.Format(n, phonenumbers.E164), true
		}
	}
	return s, false
}

// international reads the 00 with which most of the world dials abroad as the
// + that it stands for, also where the default country dials another way.
func international(s string) string {
	if rest, ok := strings.CutPrefix(s, "00"); ok {
		return "+" + rest
	}
	return ""
}

// digits counts the decimal digits of s.
func digits(s string) int {
	n := 0
	for _, r := range s {
		if r >= '0' && r <= '9' {
			n++
		}
	}
	return n
}
