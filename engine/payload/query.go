package payload

import (
	"bytes"
	"fmt"
	"net/http"
	"sort"
	"strings"
)

// Query reads the query of a URL without its "?". A key that comes once has a
// string, a repeated one a list of strings; brackets are part of the key. "+" and
// %20 are a space, an escape that is none stays as it stands, bytes that are not
// UTF-8 become U+FFFD. It never fails; notes name values that the sender should
// have filled in. No query is an empty map.
func Query(raw string) (values map[string]any, notes []string) {
	values = map[string]any{}
	for _, f := range pairs(raw) {
		put(values, strings.ToValidUTF8(f.name, "\uFFFD"), strings.ToValidUTF8(f.text, "\uFFFD"))
	}
	return values, placeholders("query", values)
}

// Header reads request headers with lower-case names; as in Query, a header that
// comes more than once is a list in the order of arrival.
func Header(h http.Header) map[string]any {
	values := make(map[string]any, len(h))
	for name, all := range h {
		for _, one := range all {
			put(values, strings.ToLower(name), strings.ToValidUTF8(one, "\uFFFD"))
		}
	}
	return values
}

func put(values map[string]any, name, text string) {
	switch old := values[name].(type) {
	case nil:
		values[name] = text
	case []any:
		values[name] = append(old, text)
	default:
		values[name] = []any{old, text}
	}
}

// mayHoldPlaceholders spares bodies without braces, which are nearly all, the
// search through their values. A text body is often a template by intention.
func mayHoldPlaceholders(kind string, raw []byte) bool {
	switch kind {
	case KindForm, KindMultipart:
		return true
	case KindJSON, KindXML:
		return bytes.Contains(raw, []byte("{{"))
	}
	return false
}

// placeholders names the values that still hold the sender's own {{template}}:
// it was set up with a field that does not exist there. They stay as they are.
func placeholders(path string, v any) []string {
	const most = 5
	var notes []string
	var walk func(path string, v any)
	walk = func(path string, v any) {
		if len(notes) >= most {
			return
		}
		switch x := v.(type) {
		case string:
			if name, found := placeholder(x); found {
				notes = append(notes, fmt.Sprintf(
					"%s holds %s, which the sender did not fill in. Check that field in the sender's settings.", clip(path), name))
			}
		case []any:
			for i, e := range x {
				walk(fmt.Sprintf("%s[%d]", path, i), e)
			}
		case map[string]any:
			for _, key := range sortedKeys(x) {
				walk(path+"."+key, x[key])
			}
		}
	}
	walk(path, v)
	return notes
}

// placeholder finds {{...}} in text, also with a brace or two missing at its end.
func placeholder(text string) (string, bool) {
	start := strings.Index(text, "{{")
	if start < 0 {
		return "", false
	}
	rest := text[start:]
	if end := strings.Index(rest, "}}"); end >= 0 {
		return clip(rest[:end+2]), true
	}
	return clip(rest), true
}

func sortedKeys(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}
