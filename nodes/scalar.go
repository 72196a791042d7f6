package nodes

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/hookloom/hookloom/engine/value"
)

func (b *binder) setScalar(dst reflect.Value, f *Field, v any, at string) {
	switch {
	case f.Kind == FieldDuration:
		b.setDuration(dst, f, v, at)
	case f.Kind == FieldDate && dst.Kind() == reflect.Struct:
		when, ok := date(text(v))
		if !ok {
			b.refuse(f, at, fmt.Sprintf("must be a date and time such as 2026-01-31T09:00:00Z, not %.80q", text(v)))
			return
		}
		dst.Set(reflect.ValueOf(when))
	case dst.Kind() == reflect.String:
		b.setText(dst, f, text(v), at)
	case dst.Kind() == reflect.Bool:
		on, ok := boolean(v)
		if !ok {
			b.refuse(f, at, fmt.Sprintf("must be on or off, not %.80q", text(v)))
			return
		}
		dst.SetBool(on)
	case dst.Kind() == reflect.Float64:
		x, err := strconv.ParseFloat(strings.TrimSpace(text(v)), 64)
		if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
			b.refuse(f, at, fmt.Sprintf("must be a number, not %.80q", text(v)))
			return
		}
		dst.SetFloat(x)
		b.within(f, x, at, "")
	default:
		i, ok := integer(v)
		if !ok {
			b.refuse(f, at, fmt.Sprintf("must be a whole number, not %.80q", text(v)))
			return
		}
		dst.SetInt(i)
		b.within(f, float64(i), at, "")
	}
}

func (b *binder) setDuration(dst reflect.Value, f *Field, v any, at string) {
	d, err := ParseDuration(text(v))
	if err != nil {
		b.problem(at, "invalid", fmt.Sprintf("%s: %s", f.Label, err))
		return
	}
	dst.Set(reflect.ValueOf(d))
	b.within(f, time.Duration(d).Seconds(), at, "second")
}

func (b *binder) setText(dst reflect.Value, f *Field, s, at string) {
	if f.Kind == FieldChoice && s != "" && !f.offers(s) {
		known := make([]string, len(f.Options))
		for i, o := range f.Options {
			known[i] = o.Value
		}
		b.refuse(f, at, fmt.Sprintf("must be one of %s, not %.80q", strings.Join(known, ", "), s))
		return
	}
	dst.SetString(s)
	if f.Min != nil || f.Max != nil {
		b.within(f, float64(utf8.RuneCountInString(s)), at, "character")
	}
}

// text writes a scalar as a person would: numbers without exponent, objects as
// compact JSON.
func text(v any) string {
	switch x := v.(type) {
	case nil:
		return ""
	case string:
		return x
	case int:
		return strconv.Itoa(x)
	case bool:
		return strconv.FormatBool(x)
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64)
	case json.Number:
		return x.String()
	case map[string]any, []any:
		if encoded, err := value.Encode(x); err == nil {
			return string(encoded)
		}
	}
	return fmt.Sprint(v)
}

// integer reads a whole number that int64 holds exactly.
func integer(v any) (int64, bool) {
	switch x := v.(type) {
	case int:
		return int64(x), true
	case float64:
		return int64(x), x == math.Trunc(x) && math.Abs(x) < 1<<53
	case string:
		i, err := strconv.ParseInt(strings.TrimSpace(x), 10, 64)
		return i, err == nil
	}
	return 0, false
}

func boolean(v any) (on, ok bool) {
	if b, is := v.(bool); is {
		return b, true
	}
	switch strings.ToLower(strings.TrimSpace(text(v))) {
	case "true", "yes", "on", "1":
		return true, true
	case "false", "no", "off", "0", "":
		return false, true
	}
	return false, false
}

// date reads a time with its zone; a date or time without one is UTC.
func date(s string) (time.Time, bool) {
	s = strings.TrimSpace(s)
	for _, layout := range [...]string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02 15:04", time.DateOnly} {
		if when, err := time.Parse(layout, s); err == nil {
			return when, true
		}
	}
	return time.Time{}, false
}
