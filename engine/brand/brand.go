// Package brand is how an installation looks and is called to the people of one
// client: name, logo, colour, sender and domain. The rules are here, and the
// directory that tells by a workspace or by a host which of them count.
package brand

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Product is what everything is called that nobody gave a name.
const Product = "Hookloom"

// MaxName bounds a brand's name, in characters: it stands in the header of every
// page.
const MaxName = 60

// Brand is what one workspace, or the agency for all that say nothing of their own,
// decided. The zero value decides nothing.
type Brand struct {
	// Workspace is whose it is, "" for the agency's.
	Workspace string
	// Place is what the workspace is called, "" for the agency.
	Place string
	// Name stands wherever the product's would; "" for none.
	Name string
	// Accent is a colour such as #0b7a8c; "" for none.
	Accent string
	// Logo is the SHA-256 of the image in hex, "" for none.
	Logo string
	// Sender is whom e-mails are from that name nobody. A workspace's is kept with
	// the workspace itself, so this is empty there.
	Sender Sender
	// Domain is the host name that people and senders use, in ASCII and lower case;
	// "" for none. It counts once it was seen to lead here.
	Domain string
	// Token is what the domain must answer with when it is asked whether it leads
	// here.
	Token string
	// ProvedAt is when the domain was seen to lead here, zero when it was not yet.
	ProvedAt time.Time
	// CheckedAt is when that was looked at last, Trouble why it did not lead here then.
	CheckedAt time.Time
	Trouble   string
}

// Sender is whom e-mails are from; fields that are "" are the mail server's own.
type Sender struct{ Name, Email, ReplyTo string }

// Active reports whether the domain is in use.
func (b Brand) Active() bool { return b.Domain != "" && !b.ProvedAt.IsZero() }

// Called is the name, or the product's.
func (b Brand) Called() string {
	if b.Name == "" {
		return Product
	}
	return b.Name
}

// Own reports whether anything but the product's own looks is chosen.
func (b Brand) Own() bool { return b.Name != "" || b.Accent != "" || b.Logo != "" }

// Over is what counts where the agency's brand is the default. A logo goes with the
// name beside it: who has a name of their own does not get the agency's logo. The
// domain stays b's own.
func (b Brand) Over(agency Brand) Brand {
	if b.Name == "" {
		b.Name = agency.Name
		if b.Logo == "" {
			b.Logo = agency.Logo
		}
	}
	if b.Accent == "" {
		b.Accent = agency.Accent
	}
	if b.Sender == (Sender{}) {
		b.Sender = agency.Sender
	}
	return b
}

// NormalizeName trims a name and says what is wrong with one that cannot be shown,
// "" for nothing. An empty name is right: it takes the name away.
func NormalizeName(name string) (clean, wrong string) {
	clean = norm.NFC.String(strings.Join(strings.Fields(name), " "))
	switch {
	case utf8.RuneCountInString(clean) > MaxName:
		return clean, "A name has at most 60 characters: it stands at the top of every page."
	case strings.ContainsFunc(clean, func(r rune) bool { return unicode.IsControl(r) || r == unicode.ReplacementChar }):
		return clean, "The name holds characters that cannot be shown."
	case strings.Contains(strings.ToLower(clean), strings.ToLower(Product)) && clean != Product:
		return clean, "The name holds that of the product itself. Leave the field empty to show the product's name."
	}
	return clean, ""
}

// Agent is the name as it stands in the User-Agent of outgoing calls: letters,
// digits and hyphens only (RFC 9110, 5.6.2); "" when nothing is left.
func Agent(name string) string {
	var out strings.Builder
	for _, r := range norm.NFKD.String(name) {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			out.WriteRune(r)
		case unicode.IsSpace(r) || r == '-' || r == '_':
			out.WriteByte('-')
		}
	}
	return strings.Trim(out.String(), "-")
}
