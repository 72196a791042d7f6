package value

import "reflect"

// MaxNesting is how deeply a value that a program made may nest: a document of
// MaxDepth levels, and what stands around it.
const MaxNesting = 5 * MaxDepth

// Deep reports whether v nests more than MaxNesting levels, as a value does that
// holds itself. Walking such a value without a bound would use up the stack,
// which ends the process: no recover helps.
func Deep(v any) bool { return deep(v, MaxNesting) }

func deep(v any, left int) bool {
	if left < 0 {
		return true
	}
	switch x := v.(type) {
	case nil, bool, string, int, int64, float64, []byte:
		return false
	case map[string]any:
		for _, e := range x {
			if deep(e, left-1) {
				return true
			}
		}
		return false
	case []any:
		for _, e := range x {
			if deep(e, left-1) {
				return true
			}
		}
		return false
	}
	return deepOther(reflect.ValueOf(v), left)
}

// deepOther looks into what is not plain.
func deepOther(v reflect.Value, left int) bool {
	if left < 0 {
		return true
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		return !v.IsNil() && deepOther(v.Elem(), left-1)
	case reflect.Map:
		for entries := v.MapRange(); entries.Next(); {
			if deepOther(entries.Value(), left-1) {
				return true
			}
		}
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return false
		}
		for i := range v.Len() {
			if deepOther(v.Index(i), left-1) {
				return true
			}
		}
	case reflect.Struct:
		for _, field := range v.Fields() {
			if deepOther(field, left-1) {
				return true
			}
		}
	}
	return false
}
