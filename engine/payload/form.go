package payload

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
)

// field is one name and value of a form, still in the sender's character set, or
// one upload, or a value that is decoded already.
type field struct {
	name, text string
	// value replaces text when decoded is set.
	value   any
	decoded bool
}

func (p *parser) form(raw []byte) (Body, error) {
	text, marked := stripBOM(raw)
	if n := bytes.Count(text, []byte("&")) + 1; n > p.limits.MaxFields {
		return Body{}, tooLarge(CodeTooManyFields, "the form has %d fields; at most %d are read", n, p.limits.MaxFields)
	}
	fields := pairs(string(text))
	label := p.media.params["charset"]
	if marked {
		label = "utf-8"
	}
	enc, err := p.formCharset(fields, label)
	if err != nil {
		return Body{}, err
	}
	v, err := p.nest(fields, enc)
	if err != nil {
		return Body{}, err
	}
	return Body{Kind: KindForm, Value: v}, nil
}

// pairs splits a form or a query. Only & separates; "+" is a space; an escape
// that is none stays as it stands, because a sender's stray % must not cost the
// whole request.
func pairs(text string) []field {
	var fields []field
	for part := range strings.SplitSeq(text, "&") {
		if part == "" {
			continue
		}
		name, val, _ := strings.Cut(part, "=")
		fields = append(fields, field{name: unescape(name), text: unescape(val)})
	}
	return fields
}

func unescape(s string) string {
	if !strings.ContainsAny(s, "%+") {
		return s
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '+':
			out = append(out, ' ')
		case c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			out = append(out, unhex(s[i+1])<<4|unhex(s[i+2]))
			i += 2
		default:
			out = append(out, c)
		}
	}
	return string(out)
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func unhex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c >= 'a':
		return c - 'a' + 10
	}
	return c - 'A' + 10
}

// formCharset decides the encoding of a form's text; nil is UTF-8. The header's
// charset counts first. Without one, or when it says UTF-8 and the bytes are not,
// the form's own field counts: _charset_ (HTML) or charset (PayPal IPN, where
// windows-1252 is the default of every older account).
func (p *parser) formCharset(fields []field, label string) (encoding.Encoding, error) {
	enc, ok := charset(label)
	if ok && enc != nil {
		return enc, nil
	}
	valid := validUTF8(fields)
	if label == "" || !valid {
		for _, name := range []string{"_charset_", "charset"} {
			if own, known := charset(textOf(fields, name)); known && own != nil {
				return own, nil
			}
		}
	}
	switch {
	case !valid && !ok:
		return nil, unsupported(CodeUnsupportedCharset,
			"the form is in the character set %q, which is not known here; send it as UTF-8", clip(label))
	case !valid:
		p.note(badBytesNote)
	case !ok:
		p.note("The character set " + clip(label) + " is not known; the form was read as UTF-8.")
	}
	return nil, nil
}

func validUTF8(fields []field) bool {
	for _, f := range fields {
		if !utf8.ValidString(f.name) || !utf8.ValidString(f.text) {
			return false
		}
	}
	return true
}

func textOf(fields []field, name string) string {
	for _, f := range fields {
		if f.name == name && !f.decoded {
			return f.text
		}
	}
	return ""
}

// nest builds the form's value from its fields: text converted, bracket keys
// nested, JSON in a string read.
func (p *parser) nest(fields []field, enc encoding.Encoding) (map[string]any, error) {
	root := newTree()
	for _, f := range fields {
		name := fieldText(f.name, enc)
		v := f.value
		if !f.decoded {
			v = fieldText(f.text, enc)
		}
		if err := root.add(name, v); err != nil {
			return nil, err
		}
	}
	for _, note := range root.notes {
		p.note(note)
	}
	form := root.plain()
	p.readEmbedded(form)
	return form, nil
}

func fieldText(s string, enc encoding.Encoding) string {
	if enc != nil {
		return string(transcode([]byte(s), enc))
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}
