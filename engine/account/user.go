// Package account holds who may do what: users, sessions, API keys, roles and
// scopes, passwords, and the brake on guessing them. Types and rules only: it
// knows no database and no HTTP, and takes the time as an argument.
package account

import (
	"errors"
	"net/mail"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"

	"github.com/hookloom/hookloom/engine/secret"
)

// User is a person, or the service owner that a bootstrap API key belongs to.
type User struct {
	ID string
	// Email is normalised (NormalizeEmail) and unique; "" for a service owner.
	Email string
	// Name may be "".
	Name string
	// PasswordHash is an argon2id hash in PHC form; "" means that nobody can
	// sign in with a password.
	PasswordHash secret.Redacted
	// PasswordChangedAt ends the sessions that are older; zero when the user
	// never had a password.
	PasswordChangedAt time.Time
	CreatedAt         time.Time
	// DisabledAt is zero for a user who may sign in.
	DisabledAt time.Time
	// Timezone is the IANA name of the zone in which the user reads times; ""
	// for that of the browser.
	Timezone string
}

// Disabled tells whether the user is shut out.
func (u User) Disabled() bool { return !u.DisabledAt.IsZero() }

const (
	maxEmail = 254 // RFC 5321, 4.5.3.1.3 less the angle brackets
	maxLocal = 64  // RFC 5321, 4.5.3.1.1
	maxName  = 200
)

// ErrEmail says that a text is no e-mail address.
var ErrEmail = errors.New("this is not an e-mail address; it looks like ada@example.com")

// NormalizeEmail brings an address into the one form in which users are
// compared and stored: composed characters, lower case, the domain in ASCII,
// no white space around. The error is ErrEmail.
//
// Lower case goes for the local part too: the standard lets servers tell Ada
// from ada, none in use does, and people sign in either way.
func NormalizeEmail(text string) (string, error) {
	text = strings.TrimSpace(text)
	if len(text) > 4*maxEmail || !utf8.ValidString(text) {
		return "", ErrEmail
	}
	text = strings.ToLower(norm.NFC.String(text))
	at := strings.LastIndexByte(text, '@')
	if at < 1 {
		return "", ErrEmail
	}
	local := text[:at]
	domain, err := idna.Lookup.ToASCII(text[at+1:])
	if err != nil || !strings.Contains(domain, ".") || len(local) > maxLocal {
		return "", ErrEmail
	}
	out := local + "@" + domain
	// A bare address parses to itself; a display name, quotes or comments do not.
	parsed, err := mail.ParseAddress(out)
	if err != nil || parsed.Name != "" || parsed.Address != out || len(out) > maxEmail || strings.ContainsAny(local, "\"<> ") {
		return "", ErrEmail
	}
	return out, nil
}

// ErrName says that a text cannot be a name.
var ErrName = errors.New("a name has at most 200 characters, all on one line")

// NormalizeName trims a name of a person or a key. "" is allowed; control
// characters and more than 200 characters are ErrName.
func NormalizeName(text string) (string, error) {
	text = strings.TrimSpace(norm.NFC.String(text))
	if !utf8.ValidString(text) || utf8.RuneCountInString(text) > maxName || strings.ContainsFunc(text, unicode.IsControl) {
		return "", ErrName
	}
	return text, nil
}

// ErrTimezone says that a text names no time zone.
var ErrTimezone = errors.New("this is no time zone; one looks like Europe/Berlin")

// CheckTimezone takes the IANA names and "", which leaves the choice to others.
// The error is ErrTimezone.
func CheckTimezone(name string) error {
	// Local is the server's own, wherever that stands.
	if _, err := time.LoadLocation(name); err != nil || name == "Local" {
		return ErrTimezone
	}
	return nil
}
