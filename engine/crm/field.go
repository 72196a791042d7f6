package crm

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"github.com/hookloom/hookloom/engine/value"
)

// Limits of a contact's own fields.
const (
	// MaxFields is how many own fields one contact may have.
	MaxFields = 200
	// MaxFieldKey is how many bytes a field's key may have.
	MaxFieldKey = 64
	// MaxFieldBytes bounds all own fields of one contact together, as JSON.
	MaxFieldBytes = 64 << 10
)

// FieldKey makes the snake_case key of a field's name: "Favourite colour" is
// favourite_colour. "" when nothing of it can be a key.
func FieldKey(name string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(cleanLine(name)) {
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte('_')
			gap = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// setFields puts own fields into the contact, takes those away that are cleared
// and have no new value, and returns the paths of all that changed. The
// contact's map is replaced, never written to, because it may be shared.
func setFields(c *Contact, values map[string]any, cleared func(key string) bool) ([]string, error) {
	next := make(map[string]any, len(c.Fields)+len(values))
	for key, v := range c.Fields {
		if !cleared(key) {
			next[key] = v
		}
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		v := value.Normalize(value.Clone(values[name]))
		if value.Empty(v) {
			continue
		}
		key := FieldKey(name)
		if key == "" || len(key) > MaxFieldKey {
			return nil, rejected("fields", "invalid", "%.80q cannot be the key of a contact field. Use letters, digits and underscores, at most %d.", name, MaxFieldKey)
		}
		next[key] = v
	}
	changed := differing(c.Fields, next)
	if len(changed) == 0 {
		return nil, nil
	}
	if err := fits(next); err != nil {
		return nil, err
	}
	c.Fields = next
	return changed, nil
}

// differing lists the paths of the keys whose values are not the same in both.
func differing(a, b map[string]any) []string {
	var paths []string
	for key, v := range b {
		if old, had := a[key]; !had || !reflect.DeepEqual(old, v) {
			paths = append(paths, "fields."+key)
		}
	}
	for key := range a {
		if _, has := b[key]; !has {
			paths = append(paths, "fields."+key)
		}
	}
	slices.Sort(paths)
	return paths
}

func fits(fields map[string]any) error {
	if len(fields) > MaxFields {
		return rejected("fields", "too_many", "This contact would have %d fields of its own; at most %d can be kept.", len(fields), MaxFields)
	}
	text, err := value.Encode(fields)
	if err != nil {
		return rejected("fields", "invalid", "The contact's fields cannot be stored: %s.", err)
	}
	if len(text) > MaxFieldBytes {
		return rejected("fields", "too_long", "This contact's own fields would take %d KB; at most %d KB can be kept. Map fewer or shorter values.", len(text)>>10, MaxFieldBytes>>10)
	}
	return nil
}
