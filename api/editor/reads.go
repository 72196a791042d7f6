package editor

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/engine/value"
)

// reads looks up in the sample what mappings spell out.
func (s *setting) reads(references []mapping.Reference) []PreviewRead {
	var list []PreviewRead
	for _, ref := range references {
		r := PreviewRead{Pointer: ref.At, Offset: ref.Offset, Line: ref.Line, Column: ref.Column, Path: ref.Path, Handled: ref.Handled, State: "value"}
		v, found := find(map[string]any(s.scope), ref.Path)
		switch {
		case !found:
			r.State, r.Why = "missing", s.whyMissing(ref.Path)
		case value.Empty(v):
			r.State, r.Why = "empty", emptyWords(ref.Path, v)
		}
		r.Type = typeOf(v)
		r.Text, _ = short(mapping.Text(v), maxRead)
		r.Label = s.label(ref.Path)
		list = append(list, r)
	}
	return list
}

// label is the sender's word for a path below trigger.body.
func (s *setting) label(path []string) string {
	if s.sender == nil || len(path) < 3 || path[0] != "trigger" || path[1] != "body" {
		return ""
	}
	dotted := strings.Join(path[2:], ".")
	trigger, _ := s.scope["trigger"].(map[string]any)
	for _, l := range s.sender.LabelsOf(trigger["body"]) {
		if l.Path == dotted {
			return l.Text
		}
	}
	return ""
}

// find follows a path as mappings do: names into objects, numbers into lists.
func find(v any, path []string) (any, bool) {
	for _, key := range path {
		switch x := v.(type) {
		case map[string]any:
			next, ok := x[key]
			if !ok {
				return nil, false
			}
			v = next
		case []any:
			i, err := strconv.Atoi(key)
			if err == nil && i < 0 {
				i += len(x)
			}
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

func emptyWords(path []string, v any) string {
	name := shown(path)
	switch v.(type) {
	case nil:
		return name + " is there, but has no value (null) in this sample."
	case string:
		return name + " is an empty text in this sample."
	case []any:
		return name + " is an empty list in this sample."
	}
	return name + " is empty in this sample."
}

// whyMissing says where a path leads off, and what there is instead.
func (s *setting) whyMissing(path []string) string {
	switch path[0] {
	case "trigger", "inboundWebhookRequest":
		if s.sample.Kind == "none" {
			return "There is no sample yet: listen for an event, send a sample, or paste data."
		}
	case "contact":
		if s.scope["contact"] == nil {
			return "No contact is chosen for this preview, and the workspace has none yet."
		}
	case "loop":
		if s.scope["loop"] == nil {
			return "There is a loop value only inside a loop."
		}
	case "steps":
		if len(path) < 2 {
			break
		}
		from, known := s.outputs[path[1]]
		place, inDraft := s.doc.Find(path[1])
		switch {
		case !inDraft:
			return fmt.Sprintf("There is no step %q in this workflow.", path[1])
		case !known:
			return fmt.Sprintf("%q has not run when this step's turn comes.", firstOf(place.Step.Name, path[1]))
		case from.Kind == "none":
			return fmt.Sprintf("%q has no result yet: test it first.", firstOf(place.Step.Name, path[1]))
		}
	case "custom_values":
		if len(path) > 1 {
			if values, _ := s.scope["custom_values"].(map[string]any); values[path[1]] == nil {
				return fmt.Sprintf("There is no custom value %q in this workspace.", path[1])
			}
		}
	}
	return whereItEnds(map[string]any(s.scope), path)
}

// whereItEnds names the part that is not there, and what stands beside it.
func whereItEnds(v any, path []string) string {
	for i, key := range path {
		next, ok := find(v, path[i:i+1])
		if ok {
			v = next
			continue
		}
		around := shown(path[:i])
		if i == 0 {
			around = "The sample"
		}
		switch x := v.(type) {
		case map[string]any:
			return fmt.Sprintf("%s has no %q in this sample.%s", around, key, beside(x, key))
		case []any:
			if _, err := strconv.Atoi(key); err == nil {
				return fmt.Sprintf("%s has only %d entries in this sample.", around, len(x))
			}
			return fmt.Sprintf("%s is a list: pick an entry with [0], or loop over it.", around)
		case nil:
			return fmt.Sprintf("%s has no value (null) in this sample, so there is no %q in it.", around, key)
		default:
			return fmt.Sprintf("%s is a plain value in this sample, so there is no %q in it.", around, key)
		}
	}
	return shown(path) + " is not in this sample."
}

// beside lists what an object has, the likeliest first.
func beside(object map[string]any, key string) string {
	names := slices.Sorted(maps.Keys(object))
	if len(names) == 0 {
		return ""
	}
	wanted := strings.ToLower(key)
	slices.SortStableFunc(names, func(a, b string) int {
		return distance(strings.ToLower(a), wanted) - distance(strings.ToLower(b), wanted)
	})
	more := ""
	if len(names) > 5 {
		more = fmt.Sprintf(" and %d more", len(names)-5)
		names = names[:5]
	}
	for i, n := range names {
		names[i], _ = short(n, 40)
	}
	return " It has " + strings.Join(names, ", ") + more + "."
}

// distance is how unlike two names are: 0 when one holds the other, else the
// letters that one lacks.
func distance(a, b string) int {
	if a == "" || b == "" {
		return 100
	}
	if strings.Contains(a, b) || strings.Contains(b, a) {
		return 0
	}
	n := 0
	for _, c := range b {
		if !strings.ContainsRune(a, c) {
			n++
		}
	}
	return n + 1
}

// shown writes a path as people write it in a mapping.
func shown(path []string) string {
	var b strings.Builder
	for i, key := range path {
		_, notIndex := strconv.Atoi(key)
		switch {
		case i == 0:
			b.WriteString(key)
		case notIndex == nil:
			b.WriteString("[" + key + "]")
		case plainName(key):
			b.WriteString("." + key)
		default:
			b.WriteString("[" + strconv.Quote(key) + "]")
		}
	}
	return b.String()
}

// plainName reports whether a name can follow a dot in a mapping.
func plainName(name string) bool {
	for i, c := range name {
		letter := c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c > 127
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return name != ""
}
