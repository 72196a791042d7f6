package account

import (
	_ "embed"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	// MinPassword is how many characters a password has at least.
	MinPassword = 10
	// MaxPassword is how many bytes a password has at most, so that nobody
	// makes us hash megabytes.
	MaxPassword = 512
	// minDistinct is how many different characters it has at least.
	minDistinct = 5
)

// commonText holds passwords and stems that guessers try first, one a line.
//
//go:embed common.txt
var commonText string

var common = func() map[string]bool {
	set := map[string]bool{}
	for word := range strings.Lines(commonText) {
		set[strings.TrimSpace(word)] = true
	}
	delete(set, "") // a password of digits has the empty stem
	return set
}()

// PasswordError says why a password cannot be used, in a sentence for the one
// who chose it. It never quotes the password.
type PasswordError struct{ Message string }

func (e *PasswordError) Error() string { return e.Message }

// CheckPassword tells whether a new password may be used for the account with
// this e-mail address ("" when there is none). The error is a *PasswordError.
// The rules are those of NIST SP 800-63B: length and a list of known bad ones,
// no demand for digits or symbols, which people meet with "Password1!".
func CheckPassword(password, email string) error {
	password = normalPassword(password)
	lower := strings.ToLower(password)
	switch {
	case !utf8.ValidString(password):
		return &PasswordError{"The password has characters that cannot be typed again."}
	case utf8.RuneCountInString(password) < MinPassword:
		return &PasswordError{fmt.Sprintf("The password is too short. Use at least %d characters; a few words in a row are easy to remember.", MinPassword)}
	case len(password) > MaxPassword:
		return &PasswordError{fmt.Sprintf("The password is too long. Use at most %d characters.", MaxPassword)}
	case distinct(lower) < minDistinct:
		return &PasswordError{"The password repeats the same few characters. Use something less regular."}
	case common[lower] || common[stem(lower)]:
		return &PasswordError{"This password is one of those that guessers try first. Use something less common."}
	case fromEmail(lower, email):
		return &PasswordError{"The password is nearly the e-mail address. Use something else."}
	}
	return nil
}

// normalPassword makes the same password of what different keyboards send for
// the same characters.
func normalPassword(password string) string { return norm.NFC.String(password) }

// stem takes off the digits and signs that people put around a word.
func stem(lower string) string {
	return strings.TrimFunc(lower, func(r rune) bool { return !unicode.IsLetter(r) })
}

func distinct(s string) int {
	seen := map[rune]bool{}
	for _, r := range s {
		seen[r] = true
	}
	return len(seen)
}

// fromEmail tells whether a password is the address or its first part with
// little else.
func fromEmail(lower, email string) bool {
	email = strings.ToLower(email)
	local, _, _ := strings.Cut(email, "@")
	if len(local) < 4 {
		return email != "" && lower == email
	}
	return lower == email || (strings.Contains(lower, local) && len(lower)-len(local) < 6)
}
