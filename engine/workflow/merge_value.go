package workflow

import (
	"reflect"
	"slices"
	"strings"

	"github.com/hookloom/hookloom/engine/value"
)

// absent is a value that is not there, unlike nil, which is null.
type absent struct{}

// known is v, or absent.
func known(there bool, v any) any {
	if there {
		return v
	}
	return absent{}
}

// plain is v as a conflict shows it.
func plain(v any) any {
	if v == (any)(absent{}) {
		return nil
	}
	return v
}

// choose takes the side that changed a value as a whole; c names the field.
func (m *merger) choose(c Conflict, base, ours, theirs any) Side {
	switch {
	case reflect.DeepEqual(ours, theirs), reflect.DeepEqual(base, theirs):
		return Ours
	case reflect.DeepEqual(base, ours):
		return Theirs
	}
	c.Kind, c.Base, c.Ours, c.Theirs = BothChanged, plain(base), plain(ours), plain(theirs)
	return m.conflict(c)
}

// value merges one value of an element: objects key by key, lists entry by entry
// where entries can be told apart, everything else as a whole. c is the element,
// at the value's pointer inside it.
func (m *merger) value(c Conflict, at string, base, ours, theirs any) any {
	switch {
	case reflect.DeepEqual(ours, theirs), reflect.DeepEqual(base, theirs):
		return ours
	case reflect.DeepEqual(base, ours):
		return theirs
	}
	o, oursMap := members(ours)
	t, theirsMap := members(theirs)
	if oursMap && theirsMap {
		b, _ := members(base)
		return m.object(c, at, b, o, t)
	}
	if merged, ok := m.list(c, at, base, ours, theirs); ok {
		return merged
	}
	if m.choose(c.at(at), base, ours, theirs) == Theirs {
		return theirs
	}
	return ours
}

// at is the conflict about a value of the element.
func (c Conflict) at(field string) Conflict {
	c.Key += field
	c.Field = field
	return c
}

// members are the entries of an object that is merged key by key. Rows of a
// condition and references to secrets mean something only as a whole.
func members(v any) (map[string]any, bool) {
	object, ok := v.(map[string]any)
	if !ok {
		return nil, false
	}
	_, match := object["match"]
	_, rules := object["rules"]
	if match && rules {
		return nil, false
	}
	for key := range object {
		if strings.HasPrefix(key, "$") {
			return nil, false
		}
	}
	return object, true
}

func (m *merger) object(c Conflict, at string, base, ours, theirs map[string]any) map[string]any {
	var keys []string
	for _, object := range []map[string]any{ours, theirs} {
		for key := range object {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	merged := map[string]any{}
	for _, key := range slices.Compact(keys) {
		v := m.value(c, under(at, key), member(base, key), member(ours, key), member(theirs, key))
		if v != (any)(absent{}) {
			merged[key] = v
		}
	}
	return merged
}

func member(object map[string]any, key string) any {
	v, ok := object[key]
	return known(ok, v)
}

// list merges lists of scalars as ordered sets, and lists of rows by their id,
// key or name. ok is false for lists whose entries cannot be told apart.
func (m *merger) list(c Conflict, at string, base, ours, theirs any) (merged any, ok bool) {
	b, okBase := entries(base)
	o, okOurs := entries(ours)
	t, okTheirs := entries(theirs)
	_, oursList := ours.([]any)
	_, theirsList := theirs.([]any)
	if !okBase || !okOurs || !okTheirs || !oursList || !theirsList || !agree(b, o, t) {
		return nil, false
	}
	kept := map[string]any{}
	for _, id := range union(o.ids, t.ids) {
		if v := m.value(c, under(at, id), b.of(id), o.of(id), t.of(id)); v != (any)(absent{}) {
			kept[id] = v
		}
	}
	// Two orders of the same entries are one decision.
	side := Side("")
	order := sequence{
		base: b.ids, ours: o.ids, theirs: t.ids,
		has: func(id string) bool { _, has := kept[id]; return has },
		moved: func(string) Side {
			if side == "" {
				side = m.choose(c.at(at), base, ours, theirs)
			}
			return side
		},
	}
	list := []any{}
	for _, id := range order.merge() {
		list = append(list, kept[id])
	}
	return list, true
}

// entryList is a list whose entries have names.
type entryList struct {
	ids    []string
	values map[string]any
	rows   bool
}

func (e entryList) of(id string) any { return member(e.values, id) }

// agree tells whether lists hold entries of one sort.
func agree(lists ...entryList) bool {
	rows, scalars := false, false
	for _, l := range lists {
		if len(l.ids) > 0 {
			rows, scalars = rows || l.rows, scalars || !l.rows
		}
	}
	return !rows || !scalars
}

// rowKeys are what rows are told apart by, in this order.
var rowKeys = []string{"id", "key", "name"}

// entries names the entries of a list; false when two have the same name, or
// one has none. Absent and null are empty lists.
func entries(v any) (entryList, bool) {
	list, ok := v.([]any)
	if !ok {
		return entryList{}, v == nil || v == (any)(absent{})
	}
	e := entryList{values: map[string]any{}}
	for i, item := range list {
		id, row := nameOfEntry(item)
		if _, twice := e.values[id]; twice || id == "" || i > 0 && row != e.rows {
			return e, false
		}
		e.ids, e.values[id], e.rows = append(e.ids, id), item, row
	}
	return e, true
}

func nameOfEntry(v any) (id string, row bool) {
	switch x := v.(type) {
	case []any:
		return "", false
	case map[string]any:
		for _, key := range rowKeys {
			if name, ok := x[key].(string); ok && name != "" {
				return name, true
			}
		}
		return "", true
	}
	text, err := value.Encode(v)
	if err != nil {
		return "", false
	}
	return string(text), false
}
