package payload

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

var (
	bomUTF8    = []byte("\xef\xbb\xbf")
	bomUTF16LE = []byte("\xff\xfe")
	bomUTF16BE = []byte("\xfe\xff")
)

const badBytesNote = "Some bytes of the body are not valid UTF-8; they are shown as \uFFFD. The raw body keeps them."

// stripBOM removes a byte order mark and converts UTF-16 that begins with one.
// The mark outweighs every declared charset, as browsers and RFC 7303 have it.
func stripBOM(raw []byte) (text []byte, marked bool) {
	switch {
	case bytes.HasPrefix(raw, bomUTF8):
		return raw[len(bomUTF8):], true
	case bytes.HasPrefix(raw, bomUTF16LE):
		return fromUTF16(raw[len(bomUTF16LE):], unicode.LittleEndian), true
	case bytes.HasPrefix(raw, bomUTF16BE):
		return fromUTF16(raw[len(bomUTF16BE):], unicode.BigEndian), true
	}
	return raw, false
}

func fromUTF16(raw []byte, order unicode.Endianness) []byte {
	return transcode(raw, unicode.UTF16(order, unicode.IgnoreBOM))
}

// transcode cannot fail: a decoder of x/text writes U+FFFD for what it cannot
// read.
func transcode(raw []byte, enc encoding.Encoding) []byte {
	text, err := enc.NewDecoder().Bytes(raw)
	if err != nil {
		return bytes.ToValidUTF8(raw, []byte("\uFFFD"))
	}
	return text
}

// charset finds the encoding called label by the names of the WHATWG Encoding
// Standard. It is nil for UTF-8 and for no label; ok is false for a name that
// nobody knows or that the standard bans.
func charset(label string) (enc encoding.Encoding, ok bool) {
	label = strings.TrimSpace(label)
	if label == "" {
		return nil, true
	}
	enc, err := htmlindex.Get(label)
	if err != nil || enc == encoding.Replacement {
		return nil, false
	}
	if name, err := htmlindex.Name(enc); err == nil && name == "utf-8" {
		return nil, true
	}
	return enc, true
}

// toUTF8 converts text declared as label. An unknown label is no harm while the
// bytes are valid UTF-8; otherwise guessing would store wrong names for good, so
// the body is refused.
func (p *parser) toUTF8(raw []byte, label string) ([]byte, error) {
	enc, ok := charset(label)
	switch {
	case !ok && !utf8.Valid(raw):
		return nil, unsupported(CodeUnsupportedCharset,
			"the body is in the character set %q, which is not known here; send it as UTF-8", clip(label))
	case !ok:
		p.note("The character set " + clip(label) + " is not known; the body was read as UTF-8.")
	case enc != nil:
		return transcode(raw, enc), nil
	case !utf8.Valid(raw):
		p.note(badBytesNote)
		return bytes.ToValidUTF8(raw, []byte("\uFFFD")), nil
	}
	return raw, nil
}

// asciiBased reports whether an encoding leaves ASCII bytes as they are. UTF-16
// does not, and its text happens to be valid UTF-8 with NULs in between.
func asciiBased(enc encoding.Encoding) bool {
	return bytes.Equal(transcode([]byte("{}"), enc), []byte("{}"))
}
