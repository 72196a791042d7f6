package sender

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"mime"
	"net"
	"net/url"
	"slices"
	"strings"
)

// maxSignedFields bounds the form that a signature may cover; no sender's comes
// near it.
const maxSignedFields = 1000

// signedForm is what {form} stands for: the fields sorted by name, each name
// followed by its value, without anything between. A field that comes more than
// once counts once for each value, the values sorted. A body that is no form
// must be named by its SHA-256 in the query's bodySHA256, which the URL covers;
// the text is then empty. why says what keeps the body from being covered.
//
// Source: twilio.com/docs/usage/security, "Validating signatures", and the
// request validators of Twilio's own libraries.
func signedForm(r Request) (text, why string) {
	if want, named := bodySum(r.URL); named {
		sum := sha256.Sum256(r.Body)
		if subtle.ConstantTimeCompare([]byte(hex.EncodeToString(sum[:])), []byte(strings.ToLower(want))) == 1 {
			return "", ""
		}
		return "", "The body is not the one whose SHA-256 stands in the address."
	}
	if len(r.Body) == 0 {
		return "", ""
	}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "application/x-www-form-urlencoded" {
		return "", "The signature does not cover the body: it is no form, and its SHA-256 is not in the address."
	}
	if bytes.Count(r.Body, []byte("&")) >= maxSignedFields {
		return "", "The form has too many fields for its signature to be checked."
	}
	fields, err := formFields(string(r.Body))
	if err != nil {
		return "", "The form cannot be read, so that its signature cannot be checked."
	}
	slices.SortFunc(fields, func(a, b [2]string) int { return cmp.Or(strings.Compare(a[0], b[0]), strings.Compare(a[1], b[1])) })
	var b strings.Builder
	b.Grow(len(r.Body))
	for _, field := range slices.Compact(fields) {
		b.WriteString(field[0])
		b.WriteString(field[1])
	}
	return b.String(), ""
}

// formFields takes a form apart as url.ParseQuery does, names and values in the
// order in which they came.
func formFields(body string) ([][2]string, error) {
	fields := make([][2]string, 0, strings.Count(body, "&")+1)
	for part := range strings.SplitSeq(body, "&") {
		if strings.Contains(part, ";") {
			return nil, errForm
		}
		if part == "" {
			continue
		}
		name, value, _ := strings.Cut(part, "=")
		name, err := url.QueryUnescape(name)
		if err != nil {
			return nil, err
		}
		if value, err = url.QueryUnescape(value); err != nil {
			return nil, err
		}
		fields = append(fields, [2]string{name, value})
	}
	return fields, nil
}

var errForm = errors.New("a form is separated by &, never by a semicolon")

// bodySum finds the query parameter by which Twilio names the body.
func bodySum(address string) (sum string, named bool) {
	_, query, _ := strings.Cut(address, "?")
	for part := range strings.SplitSeq(query, "&") {
		if value, ok := strings.CutPrefix(part, "bodySHA256="); ok {
			return value, true
		}
	}
	return "", false
}

// urls are the spellings under which a sender may have signed the address.
func (s Scheme) urls(address string) []string {
	list := []string{address}
	if !s.AnyPort {
		return list
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return list
	}
	implied := map[string]string{"http": "80", "https": "443"}[u.Scheme]
	switch u.Port() {
	case "":
		return append(list, swapHost(address, u.Host, net.JoinHostPort(u.Hostname(), implied)))
	case implied:
		return append(list, swapHost(address, u.Host, strings.TrimSuffix(u.Host, ":"+implied)))
	}
	return list
}

// swapHost leaves every other byte of the address as it is, because it is signed.
func swapHost(address, old, other string) string {
	return strings.Replace(address, "://"+old, "://"+other, 1)
}

// withoutToken is the part of the address that may be shown: what follows the
// host is the trigger's credential.
func withoutToken(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return "the one of this server"
	}
	return u.Scheme + "://" + u.Host
}
