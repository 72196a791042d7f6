package declared

import (
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/engine/value"
)

// decode fills a struct of file.go from plain values and reports everything that
// does not fit: unknown and missing keys, wrong kinds, texts that are too long.
func (r *report) decode(v any, dst reflect.Value, at string) {
	switch dst.Kind() {
	case reflect.Pointer:
		if v == nil {
			return
		}
		dst.Set(reflect.New(dst.Type().Elem()))
		r.decode(v, dst.Elem(), at)
	case reflect.Struct:
		r.decodeStruct(v, dst, at)
	case reflect.Map:
		r.decodeMap(v, dst, at)
	case reflect.Slice:
		r.decodeList(v, dst, at)
	case reflect.Interface:
		if v != nil {
			dst.Set(reflect.ValueOf(v))
		}
	default:
		r.decodeScalar(v, dst, at)
	}
}

func (r *report) decodeStruct(v any, dst reflect.Value, at string) {
	if short, ok := dst.Interface().(Shorthand); ok {
		if text, isText := v.(string); isText {
			v = map[string]any{short.Shorthand(): text}
		}
	}
	object, ok := v.(map[string]any)
	if !ok {
		r.add(at, "", "names with values are expected here")
		return
	}
	t := dst.Type()
	known := make([]string, 0, t.NumField())
	for i := range t.NumField() {
		field := t.Field(i)
		key := field.Tag.Get("yaml")
		known = append(known, key)
		given, present := object[key]
		inner := value.Under(at, key)
		if present && given != nil {
			r.decode(given, dst.Field(i), inner)
			r.limits(dst.Field(i), field.Tag, inner)
		}
		if field.Tag.Get("required") == "true" && value.Empty(given) && field.Type.Kind() != reflect.Bool {
			r.add(inner, "Add it: "+field.Tag.Get("doc"), "%s is missing", key)
		}
	}
	for key := range object {
		if !slices.Contains(known, key) {
			fix := "The keys here are " + strings.Join(known, ", ") + "."
			if near := nearest(key, known); near != "" {
				fix = "Do you mean " + near + "?"
			}
			r.add(value.Under(at, key), fix, "there is no key %.60q", key)
		}
	}
}

// limits holds a value to the tags of its field.
func (r *report) limits(v reflect.Value, tag reflect.StructTag, at string) {
	if v.Kind() != reflect.String || v.String() == "" {
		return
	}
	if options := tag.Get("options"); options != "" && !slices.Contains(strings.Split(options, ","), v.String()) {
		r.add(at, "Use one of "+strings.ReplaceAll(options, ",", ", ")+".", "%.60q is not possible here", v.String())
	}
	if most, err := strconv.Atoi(tag.Get("max")); err == nil && utf8.RuneCountInString(v.String()) > most {
		r.add(at, "Shorten it.", "it has %d characters, at most %d are possible", utf8.RuneCountInString(v.String()), most)
	}
}

func (r *report) decodeMap(v any, dst reflect.Value, at string) {
	object, ok := v.(map[string]any)
	if !ok {
		r.add(at, "", "names with values are expected here")
		return
	}
	dst.Set(reflect.MakeMapWithSize(dst.Type(), len(object)))
	for key, e := range object {
		entry := reflect.New(dst.Type().Elem()).Elem()
		r.decode(e, entry, value.Under(at, key))
		if entry.Kind() == reflect.Pointer && entry.IsNil() {
			r.add(value.Under(at, key), "", "it is empty")
			continue
		}
		dst.SetMapIndex(reflect.ValueOf(key), entry)
	}
}

// decodeList takes one value where a list is expected as a list of one.
func (r *report) decodeList(v any, dst reflect.Value, at string) {
	items, ok := v.([]any)
	if !ok {
		items = []any{v}
	}
	list := reflect.MakeSlice(dst.Type(), len(items), len(items))
	for i, e := range items {
		inner := value.Under(at, strconv.Itoa(i))
		if !ok {
			inner = at
		}
		r.decode(e, list.Index(i), inner)
	}
	dst.Set(list)
}

func (r *report) decodeScalar(v any, dst reflect.Value, at string) {
	switch dst.Kind() {
	case reflect.String:
		switch v.(type) {
		case map[string]any, []any, nil:
			r.add(at, "Texts with {{ }} need quotes.", "a text is expected here")
			return
		}
		dst.SetString(mapping.Text(v))
		return
	case reflect.Bool:
		if on, ok := v.(bool); ok {
			dst.SetBool(on)
			return
		}
		r.add(at, "", "true or false is expected here")
		return
	case reflect.Int:
		if i, ok := v.(int); ok {
			dst.SetInt(int64(i))
			return
		}
	case reflect.Float64:
		switch x := v.(type) {
		case int:
			dst.SetFloat(float64(x))
			return
		case float64:
			if !math.IsNaN(x) && !math.IsInf(x, 0) {
				dst.SetFloat(x)
				return
			}
		}
	}
	r.add(at, "", "a number is expected here")
}

// nearest finds the word that somebody may have meant: one that differs by a letter
// or two.
func nearest(word string, known []string) string {
	best, least := "", 3
	for _, k := range known {
		if d := distance(word, k); d < least && d < len(k) {
			best, least = k, d
		}
	}
	return best
}

// distance is the number of letters to change, add or take away (Levenshtein).
func distance(a, b string) int {
	if len(a) > 60 || len(b) > 60 {
		return 60
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		previous := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := previous
			if a[i] != b[j] {
				cost++
			}
			previous = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
