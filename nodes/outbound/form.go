package outbound

import (
	"errors"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/hookloom/hookloom/engine/mapping"
)

// FormType is the content type of what Form writes.
const FormType = "application/x-www-form-urlencoded"

// Entry is one entry of a form: a scalar, or a file in a multipart one.
type Entry struct {
	Name  string
	Value any
}

// FormEntries writes an object as the fields of a form: a[b] for objects within,
// a[] for lists, in the order of names. nil values are left out. With files, an
// object that is one stays whole.
func FormEntries(v any, files bool) ([]Entry, error) {
	object, ok := v.(map[string]any)
	if !ok {
		return nil, errors.New("a form needs names and values, and the data is " + kindOf(v) + ": map an object, or send it as JSON")
	}
	var fields []Entry
	var add func(name string, v any)
	add = func(name string, v any) {
		switch x := v.(type) {
		case nil:
		case map[string]any:
			if files && isFile(x) {
				fields = append(fields, Entry{name, x})
				return
			}
			for _, key := range slices.Sorted(maps.Keys(x)) {
				add(name+"["+key+"]", x[key])
			}
		case []any:
			for i, e := range x {
				switch e.(type) {
				case map[string]any, []any:
					add(name+"["+strconv.Itoa(i)+"]", e)
				default:
					add(name+"[]", e)
				}
			}
		default:
			fields = append(fields, Entry{name, v})
		}
	}
	for _, key := range slices.Sorted(maps.Keys(object)) {
		add(key, object[key])
	}
	return fields, nil
}

func isFile(m map[string]any) bool {
	name, named := m["filename"].(string)
	_, text := m["content"]
	_, encoded := m["base64"]
	return named && name != "" && (text || encoded)
}

func kindOf(v any) string {
	switch v.(type) {
	case []any:
		return "a list"
	case string:
		return "a text"
	}
	return "a single value"
}

// Form writes entries as application/x-www-form-urlencoded, in their order.
func Form(entries []Entry) []byte {
	var out strings.Builder
	for i, e := range entries {
		if i > 0 {
			out.WriteByte('&')
		}
		out.WriteString(url.QueryEscape(e.Name) + "=" + url.QueryEscape(mapping.Text(e.Value)))
	}
	return []byte(out.String())
}
