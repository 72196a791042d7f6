package value

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"
)

// quick reads a JSON text without reflection, in less than half the time of
// encoding/json. It reads what is right and leaves the rest alone: ok is false
// for anything that it does not like, and encoding/json then says what is wrong.
// A text that nests more than depth levels it does not like either.
func quick(text []byte, depth int) (v any, ok bool) {
	if !utf8.Valid(text) {
		return nil, false
	}
	r := reader{text: text, depth: depth}
	r.space()
	if v, ok = r.value(); !ok {
		return nil, false
	}
	r.space()
	return v, r.at == len(text)
}

// reader stands at a place of a text. Its methods move it on, or return false.
type reader struct {
	text  []byte
	at    int
	depth int
}

func (r *reader) space() {
	for r.at < len(r.text) {
		switch r.text[r.at] {
		case ' ', '\t', '\r', '\n':
			r.at++
		default:
			return
		}
	}
}

// next is the byte that the reader stands at, 0 at the end.
func (r *reader) next() byte {
	if r.at < len(r.text) {
		return r.text[r.at]
	}
	return 0
}

func (r *reader) take(c byte) bool {
	if r.next() != c {
		return false
	}
	r.at++
	return true
}

func (r *reader) value() (any, bool) {
	switch c := r.next(); c {
	case '{':
		return r.object()
	case '[':
		return r.list()
	case '"':
		s, ok := r.string()
		return s, ok
	case 't':
		return true, r.word("true")
	case 'f':
		return false, r.word("false")
	case 'n':
		return nil, r.word("null")
	default:
		return r.number()
	}
}

func (r *reader) word(w string) bool {
	if !bytes.HasPrefix(r.text[r.at:], []byte(w)) {
		return false
	}
	r.at += len(w)
	return true
}

// enter and leave count levels.
func (r *reader) enter() bool {
	r.at++
	r.depth--
	return r.depth >= 0
}

func (r *reader) leave() {
	r.at++
	r.depth++
}

func (r *reader) object() (any, bool) {
	if !r.enter() {
		return nil, false
	}
	m := map[string]any{}
	for r.space(); r.next() != '}'; r.space() {
		if len(m) > 0 && !r.comma() {
			return nil, false
		}
		key, ok := r.string()
		if !ok {
			return nil, false
		}
		r.space()
		if !r.take(':') {
			return nil, false
		}
		r.space()
		if m[key], ok = r.value(); !ok {
			return nil, false
		}
	}
	r.leave()
	return m, true
}

func (r *reader) list() (any, bool) {
	if !r.enter() {
		return nil, false
	}
	list := []any{}
	for r.space(); r.next() != ']'; r.space() {
		if len(list) > 0 && !r.comma() {
			return nil, false
		}
		v, ok := r.value()
		if !ok {
			return nil, false
		}
		list = append(list, v)
	}
	r.leave()
	return list, true
}

// comma passes over a comma and the space behind it.
func (r *reader) comma() bool {
	if !r.take(',') {
		return false
	}
	r.space()
	return true
}

// string reads a text. One with escapes goes through encoding/json.
func (r *reader) string() (string, bool) {
	if r.next() != '"' {
		return "", false
	}
	begin, escaped := r.at, false
	for i := begin + 1; i < len(r.text); i++ {
		switch c := r.text[i]; {
		case c == '\\':
			escaped = true
			i++
		case c < ' ':
			return "", false
		case c == '"':
			r.at = i + 1
			if !escaped {
				return string(r.text[begin+1 : i]), true
			}
			var s string
			err := json.Unmarshal(r.text[begin:r.at], &s)
			return s, err == nil
		}
	}
	return "", false
}

// number reads a number by the grammar of RFC 8259, section 6.
func (r *reader) number() (any, bool) {
	begin := r.at
	r.take('-')
	if !r.take('0') && !r.digits() {
		return nil, false
	}
	if r.take('.') && !r.digits() {
		return nil, false
	}
	if r.take('e') || r.take('E') {
		if !r.take('+') {
			r.take('-')
		}
		if !r.digits() {
			return nil, false
		}
	}
	return Number(json.Number(r.text[begin:r.at])), true
}

// digits passes over digits; it is false when there are none.
func (r *reader) digits() bool {
	begin := r.at
	for c := r.next(); '0' <= c && c <= '9'; c = r.next() {
		r.at++
	}
	return r.at > begin
}
