package workflow

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/hookloom/hookloom/engine/value"
)

// The fields of an element as plain values, without the lists inside it.

func settingsFields(s Settings) map[string]any {
	fields := map[string]any{"contact": s.Contact}
	if s.Timezone != nil {
		fields["timezone"] = *s.Timezone
	}
	if s.Reentry != "" {
		fields["reentry"] = s.Reentry
	}
	if s.StopOnReply {
		fields["stop_on_reply"] = true
	}
	if s.Window != nil {
		fields["window"] = value.Normalize(*s.Window)
	}
	return fields
}

func triggerFields(t *Trigger) map[string]any {
	return map[string]any{"type": t.Type, "v": t.V, "name": t.Name, "note": t.Note, "disabled": t.Disabled, "params": t.Params}
}

func stepFields(s *Step) map[string]any {
	fields := map[string]any{"type": s.Type, "v": s.V, "name": s.Name, "note": s.Note, "disabled": s.Disabled, "params": s.Params}
	if s.Retry != nil {
		fields["retry"] = value.Normalize(*s.Retry)
	}
	if s.goesOn() {
		fields["on_error"] = map[string]any{"do": s.OnError.Do}
	}
	if s.Repeatable != nil {
		fields["repeatable"] = *s.Repeatable
	}
	return fields
}

func branchFields(b *Branch) map[string]any {
	fields := map[string]any{"name": b.Name}
	if b.When != nil {
		fields["when"] = b.When
	}
	return fields
}

// compareValues appends the places at which two plain values differ.
func compareValues(found []FieldChange, at string, was, is any) []FieldChange {
	switch before := was.(type) {
	case map[string]any:
		if after, ok := is.(map[string]any); ok {
			return compareMaps(found, at, before, after)
		}
	case []any:
		if after, ok := is.([]any); ok && len(before) == len(after) {
			for i := range before {
				found = compareValues(found, under(at, i), before[i], after[i])
			}
			return found
		}
	}
	if !reflect.DeepEqual(was, is) {
		found = append(found, FieldChange{Pointer: at, Old: was, New: is})
	}
	return found
}

func compareMaps(found []FieldChange, at string, was, is map[string]any) []FieldChange {
	keys := slices.Collect(maps.Keys(was))
	for key := range is {
		if _, ok := was[key]; !ok {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	for _, key := range keys {
		before, had := was[key]
		after, has := is[key]
		if had != has {
			found = append(found, FieldChange{Pointer: under(at, key), Old: before, New: after})
			continue
		}
		found = compareValues(found, under(at, key), before, after)
	}
	return found
}

// outOfOrder returns which of the ids that both lists hold have to be moved to
// get from one order to the other: the fewest possible.
func outOfOrder(before, after []string) map[string]bool {
	position := make(map[string]int, len(before))
	for i, id := range before {
		position[id] = i
	}
	var common []string
	for _, id := range after {
		if _, ok := position[id]; ok {
			common = append(common, id)
		}
	}
	moved := make(map[string]bool, len(common))
	for _, id := range common {
		moved[id] = true
	}
	for _, id := range longestIncreasing(common, position) {
		delete(moved, id)
	}
	return moved
}

// longestIncreasing returns the longest subsequence of ids whose positions grow
// (patience sorting).
func longestIncreasing(ids []string, position map[string]int) []string {
	var tails []int // tails[n] is the index in ids of the best end of a run of n+1
	previous := make([]int, len(ids))
	for i, id := range ids {
		n := sort.Search(len(tails), func(n int) bool { return position[ids[tails[n]]] >= position[id] })
		previous[i] = -1
		if n > 0 {
			previous[i] = tails[n-1]
		}
		if n == len(tails) {
			tails = append(tails, i)
		} else {
			tails[n] = i
		}
	}
	var kept []string
	if len(tails) > 0 {
		for i := tails[len(tails)-1]; i >= 0; i = previous[i] {
			kept = append(kept, ids[i])
		}
	}
	return kept
}

func (c Change) sentence() string {
	if c.Kind != Changed {
		return fmt.Sprintf("%s %s %s", sentence(c.What), quoted(c.Name), c.Kind)
	}
	subject := sentence(c.What)
	if c.What != ElementSettings {
		subject += " " + quoted(c.Name)
	}
	if len(c.Fields) == 1 {
		f := c.Fields[0]
		return fmt.Sprintf("%s: %s changed from %s to %s", subject, f.label(), shown(f.Old), shown(f.New))
	}
	labels := make([]string, len(c.Fields))
	for i, f := range c.Fields {
		labels[i] = f.label()
	}
	const most = 5
	if more := len(labels) - most; more > 0 {
		labels = append(labels[:most], fmt.Sprintf("%d more", more))
	}
	return fmt.Sprintf("%s: %d fields changed (%s)", subject, len(c.Fields), strings.Join(labels, ", "))
}

// label is the pointer as people read it: "email", "headers/2/name".
func (f FieldChange) label() string {
	text := strings.TrimPrefix(strings.TrimPrefix(f.Pointer, "/"), "params/")
	return value.UnescapeKey(text)
}

// shown writes a value for a sentence, cut at 60 characters.
func shown(v any) string {
	if v == nil {
		return "nothing"
	}
	if v == "" {
		return "empty"
	}
	text, err := value.Encode(v)
	if err != nil {
		return "something unreadable"
	}
	return cut(string(text), 60)
}

func quoted(name string) string { return `"` + cut(name, 60) + `"` }

// cut shortens a text to a number of characters.
func cut(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most-1]) + "…"
}
