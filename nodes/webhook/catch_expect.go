package webhook

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes"
)

// ExpectParams are the gate that data must pass before a run is started.
type ExpectParams struct {
	Required []string       `json:"required" label:"Fields that must be there" example:"email, customer.name" help:"Paths in the data. Begin with query. or headers. for values beside it. Anything else is answered with 422." max:"100" no_map:"true"`
	Types    map[string]any `json:"types" label:"Types of fields" example:"amount: number" help:"text, number, integer, yes_no, list, object, email, url or date, for fields that are there." no_map:"true"`
}

// expect is the prepared gate.
type expect struct {
	required []path
	types    []typed
}

type typed struct {
	path path
	kind string
}

// path leads to a value in a trigger's scope.
type path struct {
	text string
	keys []string
}

// parsePath reads a path such as data.items[0].sku or data.items.0.sku. It
// starts in the body, unless its first part is body, query or headers.
func parsePath(text string) (path, error) {
	p := path{text: strings.TrimSpace(text)}
	rest := strings.TrimPrefix(p.text, "trigger.")
	for part := range strings.SplitSeq(strings.ReplaceAll(rest, "[", ".["), ".") {
		if index, ok := strings.CutPrefix(part, "["); ok {
			part, ok = strings.CutSuffix(index, "]")
			part = strings.Trim(part, `"'`)
			if !ok {
				part = ""
			}
		}
		if part == "" && len(p.keys) == 0 && strings.HasPrefix(rest, "[") {
			continue // a list at the top: [0].email
		}
		if part == "" {
			return p, fmt.Errorf("%.80q is not a path: write it like customer.email or items[0].sku", text)
		}
		p.keys = append(p.keys, part)
	}
	switch p.keys[0] {
	case "body", "query", "headers":
	default:
		p.keys = append([]string{"body"}, p.keys...)
	}
	if p.keys[0] == "headers" && len(p.keys) > 1 {
		p.keys[1] = strings.ToLower(p.keys[1])
	}
	return p, nil
}

// in returns the value that the path leads to.
func (p path) in(scope map[string]any) (v any, found bool) {
	v = scope
	for _, key := range p.keys {
		switch x := v.(type) {
		case map[string]any:
			if v, found = x[key]; !found {
				return nil, false
			}
		case []any:
			i, err := strconv.Atoi(key)
			if err != nil || i < 0 || i >= len(x) {
				return nil, false
			}
			v = x[i]
		default:
			return nil, false
		}
	}
	return v, true
}

// pointer is the path as a JSON pointer into the scope.
func (p path) pointer() string {
	var out strings.Builder
	for _, key := range p.keys {
		out.WriteString(value.Under("", key))
	}
	return out.String()
}

func openExpect(p ExpectParams) (*expect, error) {
	e := &expect{}
	for _, text := range p.Required {
		at, err := parsePath(text)
		if err != nil {
			return nil, err
		}
		e.required = append(e.required, at)
	}
	for _, text := range slices.Sorted(maps.Keys(p.Types)) {
		at, err := parsePath(text)
		if err != nil {
			return nil, err
		}
		kind, _ := p.Types[text].(string)
		kind = strings.ToLower(strings.TrimSpace(kind))
		if same, ok := synonyms[kind]; ok {
			kind = same
		}
		if _, known := kinds[kind]; !known {
			return nil, fmt.Errorf("%.40q is not a type: use one of %s", p.Types[text], strings.Join(slices.Sorted(maps.Keys(kinds)), ", "))
		}
		e.types = append(e.types, typed{at, kind})
	}
	return e, nil
}

// check lists what is missing or of another type.
func (e *expect) check(scope map[string]any) []nodes.FieldProblem {
	var list []nodes.FieldProblem
	for _, p := range e.required {
		if v, ok := p.in(scope); !ok || value.Empty(v) {
			list = append(list, nodes.FieldProblem{Pointer: p.pointer(), Code: "required", Message: p.text + " is missing or empty."})
		}
	}
	for _, t := range e.types {
		if v, ok := t.path.in(scope); ok && v != nil && !kinds[t.kind](v) {
			list = append(list, nodes.FieldProblem{Pointer: t.path.pointer(), Code: "wrong_type", Message: t.path.text + " is not of the type " + t.kind + "."})
		}
	}
	return list
}

// synonyms are the names of JSON Schema for our types.
var synonyms = map[string]string{"string": "text", "boolean": "yes_no", "bool": "yes_no", "array": "list"}

// kinds tell whether a value is of a type. Numbers and switches as text count,
// because forms and query strings have nothing else.
var kinds = map[string]func(v any) bool{
	"text":    func(v any) bool { _, ok := v.(string); return ok },
	"number":  isNumber,
	"integer": isInteger,
	"yes_no": func(v any) bool {
		switch x := v.(type) {
		case bool:
			return true
		case string:
			return slices.Contains([]string{"true", "false", "yes", "no", "on", "off", "1", "0"}, strings.ToLower(x))
		}
		return false
	},
	"list":   func(v any) bool { _, ok := v.([]any); return ok },
	"object": func(v any) bool { _, ok := v.(map[string]any); return ok },
	"email": func(v any) bool {
		text, _ := v.(string)
		_, ok := crm.NormalizeEmail(text)
		return ok
	},
	"url": func(v any) bool {
		text, _ := v.(string)
		u, err := url.Parse(strings.TrimSpace(text))
		return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
	},
	"date": func(v any) bool {
		text, _ := v.(string)
		for _, layout := range [...]string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02 15:04", time.DateOnly} {
			if _, err := time.Parse(layout, strings.TrimSpace(text)); err == nil {
				return true
			}
		}
		return false
	},
}

func isNumber(v any) bool {
	switch x := v.(type) {
	case int, float64, json.Number:
		return true
	case string:
		_, err := strconv.ParseFloat(strings.TrimSpace(x), 64)
		return err == nil
	}
	return false
}

func isInteger(v any) bool {
	switch x := v.(type) {
	case int:
		return true
	case float64:
		return x == float64(int64(x))
	case json.Number:
		return !strings.ContainsAny(x.String(), ".eE")
	case string:
		_, err := strconv.ParseInt(strings.TrimSpace(x), 10, 64)
		return err == nil
	}
	return false
}
