package value

import (
	"bytes"
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strconv"
)

// Verbatim is JSON text that Encode writes as it is. Whoever makes one vouches for
// it: it was decoded before, without an error.
type Verbatim []byte

// Encode writes v as compact JSON with sorted keys and without HTML escapes, so
// that equal values have equal bytes. Numbers are written without an exponent
// where JSON allows it. A value that JSON cannot hold (NaN, infinity, a channel)
// is an error.
func Encode(v any) ([]byte, error) { return appendValue(make([]byte, 0, 512), v, MaxNesting) }

// appendValue writes the plain values itself, because each run encodes its
// scope, its params and its outputs, and encoding/json takes four times as long
// for maps. All others are left to it, and what nests more than left levels: it
// notices a value that holds itself.
func appendValue(to []byte, v any, left int) ([]byte, error) {
	if left == 0 {
		return appendOther(to, v)
	}
	switch x := v.(type) {
	case nil:
		return append(to, "null"...), nil
	case bool:
		return strconv.AppendBool(to, x), nil
	case int:
		return strconv.AppendInt(to, int64(x), 10), nil
	case float64:
		// As encoding/json does, which takes an exponent for others.
		if size := math.Abs(x); size >= 1e-6 && size < 1e21 {
			return strconv.AppendFloat(to, x, 'f', -1, 64), nil
		}
	case string:
		return appendString(to, x)
	case map[string]any:
		if x != nil {
			return appendObject(to, x, left-1)
		}
	case []any:
		if x != nil {
			return appendList(to, x, left-1)
		}
	case Verbatim:
		return append(to, x...), nil
	}
	return appendOther(to, v)
}

func appendObject(to []byte, object map[string]any, left int) ([]byte, error) {
	keys := slices.AppendSeq(make([]string, 0, len(object)), maps.Keys(object))
	slices.Sort(keys)
	to = append(to, '{')
	var err error
	for i, key := range keys {
		if i > 0 {
			to = append(to, ',')
		}
		if to, err = appendString(to, key); err != nil {
			return nil, err
		}
		if to, err = appendValue(append(to, ':'), object[key], left); err != nil {
			return nil, err
		}
	}
	return append(to, '}'), nil
}

func appendList(to []byte, list []any, left int) ([]byte, error) {
	to = append(to, '[')
	var err error
	for i, entry := range list {
		if i > 0 {
			to = append(to, ',')
		}
		if to, err = appendValue(to, entry, left); err != nil {
			return nil, err
		}
	}
	return append(to, ']'), nil
}

// appendString writes plain ASCII, which is nearly every text, as it is.
func appendString(to []byte, text string) ([]byte, error) {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c >= 0x7f || c == '"' || c == '\\' {
			return appendOther(to, text)
		}
	}
	return append(append(append(to, '"'), text...), '"'), nil
}

func appendOther(to []byte, v any) ([]byte, error) {
	buf := bytes.NewBuffer(to)
	enc := json.NewEncoder(buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), nil
}
