package template

import (
	"slices"
	"strings"

	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/engine/value"
)

// Missing lists the required inputs that have no value.
func (f File) Missing(given map[string]any) []Input {
	var list []Input
	for _, in := range f.Inputs {
		if in.Required && value.Empty(f.Value(in, given)) {
			list = append(list, in)
		}
	}
	return list
}

// Unknown lists what was given and is no input, sorted.
func (f File) Unknown(given map[string]any) []string {
	var list []string
	for key := range given {
		if !slices.ContainsFunc(f.Inputs, func(in Input) bool { return in.Key == key }) {
			list = append(list, key)
		}
	}
	slices.Sort(list)
	return list
}

// Value is what an input is filled in with: what was given, or its default; nil
// for neither. A fixed one is its default, whatever was given.
func (f File) Value(in Input, given map[string]any) any {
	if v, ok := given[in.Key]; ok && !value.Empty(v) && in.Mode != Fixed {
		return v
	}
	return in.Default
}

// Fill returns the definition of one workflow with its blanks filled in.
func (f File) Fill(workflow int, given map[string]any) ([]byte, error) {
	v, err := value.Decode(f.Workflows[workflow].Definition)
	if err != nil {
		return nil, err
	}
	filled, _ := f.fill(v, given)
	return value.Encode(filled)
}

func (f File) fill(v any, given map[string]any) (filled any, keep bool) {
	if key, ok := blank(v); ok {
		i := slices.IndexFunc(f.Inputs, func(in Input) bool { return in.Key == key })
		filled = f.Value(f.Inputs[i], given) // Parse has found every blank's input
		return filled, filled != nil
	}
	if parts, ok := joined(v); ok {
		return f.join(parts, given)
	}
	switch x := v.(type) {
	case map[string]any:
		object := make(map[string]any, len(x))
		for name, e := range x {
			if filled, keep := f.fill(e, given); keep {
				object[name] = filled
			}
		}
		return object, true
	case []any:
		list := make([]any, 0, len(x))
		for _, e := range x {
			if filled, keep := f.fill(e, given); keep {
				list = append(list, filled)
			}
		}
		return list, true
	}
	return v, true
}

// join fills a text with blanks in.
func (f File) join(parts []any, given map[string]any) (text any, keep bool) {
	var b strings.Builder
	for _, part := range parts {
		filled, keep := f.fill(part, given)
		if !keep {
			return nil, false
		}
		b.WriteString(mapping.Text(filled))
	}
	return b.String(), true
}
