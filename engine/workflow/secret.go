package workflow

import (
	"maps"
	"slices"

	"github.com/hookloom/hookloom/nodes"
)

// MapSecrets returns params in which fn has replaced the value of every secret
// field, of groups and lists too. Nothing else is touched, so an object that
// only looks like a reference ({"$secret": ...} in a payload) stays what it is.
// fn gets the JSON pointer inside the params and a value that is not nil; what
// it returns takes the value's place, and its error ends the work. params
// itself is not changed; parts without secrets are shared with it.
//
// It serves all three who handle secrets: the API puts references in the place
// of plain text, masks what it shows, and the engine opens references.
func MapSecrets(fields []nodes.Field, params map[string]any, fn func(pointer string, v any) (any, error)) (map[string]any, error) {
	out, _, err := mapSecrets(fields, params, "", fn)
	return out, err
}

type secretFunc = func(pointer string, v any) (any, error)

func mapSecrets(fields []nodes.Field, params map[string]any, at string, fn secretFunc) (map[string]any, bool, error) {
	out, changed := params, false
	for _, f := range fields {
		v, ok := params[f.Key]
		if !ok || v == nil || !mayHoldSecret(f) {
			continue
		}
		mapped, did, err := mapSecret(f, v, under(at, f.Key), fn)
		if err != nil {
			return nil, false, err
		}
		if !did {
			continue
		}
		if !changed {
			out, changed = maps.Clone(params), true
		}
		out[f.Key] = mapped
	}
	return out, changed, nil
}

func mapSecret(f nodes.Field, v any, at string, fn secretFunc) (any, bool, error) {
	switch f.Kind {
	case nodes.FieldSecret:
		mapped, err := fn(at, v)
		return mapped, true, err
	case nodes.FieldGroup:
		if members, ok := v.(map[string]any); ok {
			return mapSecrets(f.Fields, members, at, fn)
		}
	case nodes.FieldList:
		items, ok := v.([]any)
		if !ok {
			// Binding reads one value where a list is expected as a list of one.
			return mapSecret(entryOf(f), v, at, fn)
		}
		return mapSecretList(entryOf(f), items, at, fn)
	}
	return v, false, nil
}

func mapSecretList(entry nodes.Field, items []any, at string, fn secretFunc) (any, bool, error) {
	out := make([]any, len(items))
	changed := false
	for i, item := range items {
		out[i] = item
		if item == nil {
			continue
		}
		mapped, did, err := mapSecret(entry, item, under(at, i), fn)
		if err != nil {
			return nil, false, err
		}
		out[i], changed = mapped, changed || did
	}
	return out, changed, nil
}

func mayHoldSecret(f nodes.Field) bool {
	if f.Kind == nodes.FieldSecret || f.Item == nodes.FieldSecret {
		return true
	}
	return slices.ContainsFunc(f.Fields, mayHoldSecret)
}

// entryOf describes one entry of a list field.
func entryOf(f nodes.Field) nodes.Field {
	entry := nodes.Field{Key: f.Key, Kind: f.Item, Label: f.Label, Ref: f.Ref, Fields: f.Fields}
	if f.Fields != nil {
		entry.Kind = nodes.FieldGroup
	}
	return entry
}

// SecretRef returns the id in {"$secret": id}, and false for anything else.
func SecretRef(v any) (string, bool) {
	m, ok := v.(map[string]any)
	if !ok || len(m) != 1 {
		return "", false
	}
	id, ok := m[nodes.SecretRefKey].(string)
	return id, ok && id != ""
}

// secretRefs returns the ids of the secrets that the params hold in secret
// fields. References anywhere else are never opened.
func secretRefs(u use) []string {
	var refs []string
	leaves(u.typ.Fields, u.params, "", func(l leaf) {
		if id, ok := SecretRef(l.value); ok && l.field.Kind == nodes.FieldSecret {
			refs = append(refs, id)
		}
	})
	return refs
}
