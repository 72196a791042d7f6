// Package value holds the one rule for plain data: how JSON becomes Go values
// and goes back without loss. Payloads, params, step outputs and outbound
// bodies all pass through it, so an 18-digit order id is the same number
// everywhere.
//
// A plain value is nil, bool, string, int, float64, json.Number, []any or
// map[string]any, and nothing else: expressions can call methods of any other
// Go value.
package value

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// MaxDepth is how deeply arrays and objects may nest in a decoded document.
// encoding/json alone would accept 10,000 levels, which later recursion pays for.
const MaxDepth = 100

// SyntaxError says where a JSON text stops being readable.
type SyntaxError struct {
	// Offset is the byte position, counted from 0.
	Offset int64
	// Line and Column are counted from 1; Column counts bytes.
	Line, Column int
	Message      string
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("%s at line %d, column %d", e.Message, e.Line, e.Column)
}

// Decode reads exactly one JSON value. Integers that fit into int become int,
// fractions and exponents become float64, and what fits neither (a 30-digit
// integer, 1e400) stays a json.Number that Encode writes back digit for digit.
// A byte order mark is skipped, invalid UTF-8 and lone surrogates become U+FFFD,
// of a doubled key the last one counts. The error is a *SyntaxError.
func Decode(text []byte) (any, error) {
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	if v, ok := quick(text, MaxDepth); ok {
		return v, nil
	}
	if at, ok := tooDeep(text); ok {
		return nil, locate(text, at, fmt.Sprintf("nested more than %d levels deep", MaxDepth))
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return nil, decodeError(text, err)
	}
	end := dec.InputOffset()
	if rest := bytes.TrimLeft(text[end:], " \t\r\n"); len(rest) > 0 {
		return nil, locate(text, int64(len(text)-len(rest)), "unexpected text after the JSON value")
	}
	return Normalize(v), nil
}

// Restore reads what Encode wrote. It differs from Decode in that it sets no
// limit of its own to depth: a body of MaxDepth levels stands deeper inside the
// scope that is stored around it.
func Restore(text []byte) (any, error) {
	if v, ok := quick(text, MaxNesting); ok {
		return v, nil
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return nil, decodeError(text, err)
	}
	return Normalize(v), nil
}

func decodeError(text []byte, err error) error {
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		return locate(text, syntax.Offset-1, syntax.Error())
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return locate(text, int64(len(text)), "unexpected end of JSON input")
	}
	return locate(text, 0, err.Error())
}

func locate(text []byte, at int64, message string) *SyntaxError {
	at = max(0, min(at, int64(len(text))))
	before := text[:at]
	line := bytes.Count(before, []byte{'\n'}) + 1
	column := len(before) - (bytes.LastIndexByte(before, '\n') + 1) + 1
	return &SyntaxError{Offset: at, Line: line, Column: column, Message: message}
}

// tooDeep scans brackets outside strings without building anything, so that a
// body of a million brackets costs a millisecond and no memory.
func tooDeep(text []byte) (int64, bool) {
	depth, quoted, escaped := 0, false, false
	for i, c := range text {
		switch {
		case escaped:
			escaped = false
		case quoted:
			quoted, escaped = c != '"', c == '\\'
		case c == '"':
			quoted = true
		case c == '[' || c == '{':
			if depth++; depth > MaxDepth {
				return int64(i), true
			}
		case c == ']' || c == '}':
			depth--
		}
	}
	return 0, false
}

// Number turns the text of a JSON number into int, float64 or, when neither
// holds it, leaves it as it is.
func Number(n json.Number) any {
	text := n.String()
	if !strings.ContainsAny(text, ".eE") {
		if i, err := strconv.Atoi(text); err == nil {
			return i
		}
		return n
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(f, 0) {
		return n
	}
	return f
}

// Normalize makes v plain: numbers of all Go kinds become int or float64, typed
// maps and slices become map[string]any and []any, and anything else takes the
// way through its JSON form. What is plain already is only read, so values that
// several runs share are safe; what is not is replaced in place.
func Normalize(v any) any {
	switch x := v.(type) {
	case nil, bool, string, int, float64:
		return x
	case json.Number:
		return Number(x)
	case map[string]any:
		for k, e := range x {
			if n, changed := normalizeEntry(e); changed {
				x[k] = n
			}
		}
		return x
	case []any:
		for i, e := range x {
			if n, changed := normalizeEntry(e); changed {
				x[i] = n
			}
		}
		return x
	case []string:
		list := make([]any, len(x))
		for i, e := range x {
			list[i] = e
		}
		return list
	case map[string]string:
		m := make(map[string]any, len(x))
		for k, e := range x {
			m[k] = e
		}
		return m
	case int64:
		return int(x)
	case json.RawMessage:
		if plain, err := Decode(x); err == nil {
			return plain
		}
		return string(x)
	}
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	plain, err := Decode(text)
	if err != nil {
		return string(text)
	}
	return plain
}

// normalizeEntry makes an entry plain and tells whether it has to be stored.
func normalizeEntry(e any) (any, bool) {
	switch e.(type) {
	case nil, bool, string, int, float64:
		return e, false
	case map[string]any, []any:
		return Normalize(e), false
	}
	return Normalize(e), true
}

// Clone copies maps and slices all the way down; scalars are shared.
func Clone(v any) any {
	switch x := v.(type) {
	case map[string]any:
		m := make(map[string]any, len(x))
		for k, e := range x {
			m[k] = Clone(e)
		}
		return m
	case []any:
		list := make([]any, len(x))
		for i, e := range x {
			list[i] = Clone(e)
		}
		return list
	}
	return v
}

// Empty reports whether v is what a marketer calls blank: nil, a string of
// white space only, or a list or object without entries. 0 and false are not.
func Empty(v any) bool {
	switch x := v.(type) {
	case nil:
		return true
	case string:
		return strings.TrimSpace(x) == ""
	case []any:
		return len(x) == 0
	case map[string]any:
		return len(x) == 0
	}
	return false
}
