package payload

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/hookloom/hookloom/engine/value"
)

// Pasted reads JSON as people paste it from documentation, logs and consoles: it
// forgives trailing commas, comments, single and typographic quotes, names
// without quotes and Python's and JavaScript's words, and says in notes what it
// mended. Text that is no JSON at all but looks like a form (a=1&b=2) is read as
// one. The error is an *Error with its place in text.
func Pasted(text string) (v any, notes []string, err error) {
	text = strings.TrimPrefix(text, "\ufeff")
	if v, err := value.Decode([]byte(text)); err == nil {
		return v, nil, nil
	}
	if strings.TrimSpace(text) == "" {
		return nil, nil, invalid(CodeInvalidJSON, "There is nothing to read: paste the data first.")
	}
	if looksLikeForm(text) {
		body, err := Parse("application/x-www-form-urlencoded", []byte(strings.TrimSpace(text)), Limits{})
		if err == nil {
			return body.Value, []string{"This was read as form data (name=value), not as JSON."}, nil
		}
	}
	m := &mender{text: text, noted: map[string]bool{}}
	m.mend()
	v, err = value.Decode(m.out.Bytes())
	if syntax, ok := errors.AsType[*value.SyntaxError](err); ok {
		return nil, nil, m.located(syntax)
	}
	return v, m.notes, err
}

func looksLikeForm(text string) bool {
	text = strings.TrimSpace(text)
	return strings.Contains(text, "=") && !strings.ContainsAny(text, "{}[]\"\n ") && !strings.HasPrefix(text, "<")
}

// mender writes strict JSON of a looser text.
type mender struct {
	text string
	at   int
	out  bytes.Buffer
	// from tells for stretches of out where in text they come from.
	from  []stretch
	notes []string
	noted map[string]bool
	// comma is set while a comma waits for what follows it.
	comma   bool
	commaAt int
}

type stretch struct{ out, in int }

func (m *mender) note(kind, format string) {
	if !m.noted[kind] {
		m.noted[kind] = true
		line, column := lineOf(m.text, m.at)
		m.notes = append(m.notes, fmt.Sprintf(format, fmt.Sprintf("line %d, column %d", line, column)))
	}
}

// write adds to the result what stands at a place of the text.
func (m *mender) write(text string, in int) {
	if m.comma && text != "," {
		m.comma = false
		if text == "}" || text == "]" {
			at := m.at
			m.at = m.commaAt
			m.note("comma", "A comma before a closing bracket was left out (%s).")
			m.at = at
		} else {
			m.put(",", m.commaAt)
		}
	}
	m.put(text, in)
}

func (m *mender) put(text string, in int) {
	m.from = append(m.from, stretch{m.out.Len(), in})
	m.out.WriteString(text)
}

func (m *mender) mend() {
	for m.at < len(m.text) {
		c, size := utf8.DecodeRuneInString(m.text[m.at:])
		switch {
		case unicode.IsSpace(c):
			m.at += size
		case c == ',' && !m.comma:
			m.comma, m.commaAt = true, m.at
			m.at++
		case c == '/' && m.comment():
		case c == '#':
			m.note("comment", "A comment was left out (%s).")
			m.skipTo("\n")
		case closing(c) != 0:
			m.quoted(c, size)
		case c == '_' || c == '$' || unicode.IsLetter(c):
			m.word()
		default:
			start := m.at
			m.at += size
			for (c == '-' || c >= '0' && c <= '9') && m.at < len(m.text) && strings.IndexByte("0123456789+-.eE", m.text[m.at]) >= 0 {
				m.at++
			}
			m.write(m.text[start:m.at], start)
		}
	}
	if m.comma {
		m.note("comma", "A comma at the end was left out (%s).")
	}
}

func (m *mender) comment() bool {
	rest := m.text[m.at:]
	switch {
	case strings.HasPrefix(rest, "//"):
		m.note("comment", "A comment was left out (%s).")
		m.skipTo("\n")
	case strings.HasPrefix(rest, "/*"):
		m.note("comment", "A comment was left out (%s).")
		m.at += 2
		m.skipTo("*/")
		m.at = min(m.at+2, len(m.text))
	default:
		return false
	}
	return true
}

func (m *mender) skipTo(end string) {
	if i := strings.Index(m.text[m.at:], end); i >= 0 {
		m.at += i
		return
	}
	m.at = len(m.text)
}

// closing is the quote that ends one which opens, 0 for what is no quote.
func closing(c rune) rune {
	switch c {
	case '"', '\'':
		return c
	case '“', '”', '„':
		return '”'
	case '‘', '’':
		return '’'
	}
	return 0
}

// ends reports whether a quote ends a text that another one began: typographic
// ones are mixed up by whatever made them.
func ends(c, wanted rune) bool {
	return c == wanted || wanted == '”' && (c == '“' || c == '"')
}

func (m *mender) quoted(open rune, size int) {
	start, wanted := m.at, closing(open)
	switch open {
	case '"':
	case '\'':
		m.note("single", "Single quotes were read as double quotes (%s).")
	default:
		m.note("typographic", "Typographic quotes were read as plain ones (%s).")
	}
	m.at += size
	var b strings.Builder
	b.WriteByte('"')
	for m.at < len(m.text) {
		c, size := utf8.DecodeRuneInString(m.text[m.at:])
		switch {
		case ends(c, wanted):
			m.at += size
			b.WriteByte('"')
			m.write(b.String(), start)
			return
		case c == '\\' && m.at+1 < len(m.text):
			next, nextSize := utf8.DecodeRuneInString(m.text[m.at+1:])
			if next == '\'' {
				b.WriteByte('\'')
			} else {
				b.WriteString(m.text[m.at : m.at+1+nextSize])
			}
			m.at += 1 + nextSize
			continue
		case c == '"':
			b.WriteString(`\"`)
		case c == '\n':
			m.note("newline", "A line break inside a text was kept (%s).")
			b.WriteString(`\n`)
		case c == '\r':
		case c == '\t':
			b.WriteString(`\t`)
		default:
			b.WriteString(m.text[m.at : m.at+size])
		}
		m.at += size
	}
	m.write(b.String(), start) // without its end, which the decoder tells
}

// spoken are words of other languages for JSON's.
var spoken = map[string]string{"True": "true", "False": "false", "None": "null", "nil": "null", "undefined": "null", "NaN": "null"}

func (m *mender) word() {
	start := m.at
	for m.at < len(m.text) {
		c, size := utf8.DecodeRuneInString(m.text[m.at:])
		if c != '_' && c != '$' && c != '-' && !unicode.IsLetter(c) && !unicode.IsDigit(c) {
			break
		}
		m.at += size
	}
	word := m.text[start:m.at]
	if strings.HasPrefix(strings.TrimLeft(m.text[m.at:], " \t\r\n"), ":") {
		m.note("name", "A name without quotes was taken as it is (%s).")
		m.write(`"`+word+`"`, start)
		return
	}
	if json, ok := spoken[word]; ok {
		m.note("word", "A word of another language was read as JSON's (%s).")
		word = json
	}
	m.write(word, start)
}

// located moves a mistake of the mended text to its place in what was pasted.
func (m *mender) located(syntax *value.SyntaxError) *Error {
	at := len(m.text)
	for _, v := range slices.Backward(m.from) {
		if int64(v.out) <= syntax.Offset {
			if syntax.Offset < int64(m.out.Len()) {
				at = v.in
			}
			break
		}
	}
	e := invalid(CodeInvalidJSON, "The pasted data is not JSON: %s", syntax.Message)
	e.Offset = int64(at)
	e.Line, e.Column = lineOf(m.text, at)
	return e
}

// lineOf counts lines and bytes up to a place, both from 1.
func lineOf(text string, at int) (line, column int) {
	before := text[:at]
	return strings.Count(before, "\n") + 1, at - strings.LastIndex(before, "\n")
}
