package mapping

import (
	"encoding/json"
	"strconv"
	"strings"
)

// key is one step of a path: a name, an index, or dynamic when only the
// evaluation knows it.
type key struct {
	name    string
	index   int
	kind    keyKind
	display string // how the step looks in a name: .email, [0], ["Your email?"]
}

type keyKind uint8

const (
	byName keyKind = iota
	byIndex
	dynamic
)

// chain is a run of member accesses from one base: `trigger.body.items[i].sku`.
// It is evaluated in one go so that what is missing is named once and in full.
type chain struct {
	root  string // a root of the scope, or "" when the base is a value
	label string // how the base looks in a name
	keys  []key
	name  string // the whole name when no key is dynamic
	quiet bool   // the author said what happens when it is missing
}

// finish precomputes the name.
func (c *chain) finish() {
	if c.label == "" {
		c.label = c.root
	}
	for _, k := range c.keys {
		if k.kind == dynamic {
			return
		}
	}
	c.name = c.nameWith(nil)
}

func (c *chain) nameWith(dynamics []any) string {
	var out strings.Builder
	out.WriteString(c.label)
	for _, k := range c.keys {
		if k.kind == dynamic && len(dynamics) > 0 {
			out.WriteString(keyOf(dynamics[0]).display)
			dynamics = dynamics[1:]
			continue
		}
		out.WriteString(k.display)
	}
	return out.String()
}

// literal gives the names of the static start of the chain, root first.
func (c *chain) literal() []string {
	path := []string{c.root}
	for _, k := range c.keys {
		if k.kind == dynamic {
			break
		}
		path = append(path, k.name)
	}
	return path
}

func nameKey(name string) key {
	k := key{name: name, kind: byName, display: "." + name}
	if !plainName(name) {
		k.display = "[" + strconv.Quote(name) + "]"
	}
	return k
}

func indexKey(index int) key {
	text := strconv.Itoa(index)
	return key{name: text, index: index, kind: byIndex, display: "[" + text + "]"}
}

// keyOf turns the value of a dynamic index into a key.
func keyOf(v any) key {
	switch x := v.(type) {
	case int:
		return indexKey(x)
	case float64:
		if i := int(x); float64(i) == x {
			return indexKey(i)
		}
	case string:
		return nameKey(x)
	case json.Number:
		return nameKey(string(x))
	}
	return key{kind: dynamic, display: "[?]"}
}

// plainName reports whether a name can follow a dot.
func plainName(name string) bool {
	for i, c := range name {
		letter := c == '_' || c == '$' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c > 127
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return name != ""
}

// follow walks the chain from base and lists what is not there. dynamics are
// the values of the dynamic keys in order.
func (r *run) follow(c *chain, base any, dynamics []any) (any, error) {
	if c.root != "" {
		base = r.scope[c.root]
	}
	current, rest := base, dynamics
	for i := range c.keys {
		k := c.keys[i]
		if k.kind == dynamic {
			k = keyOf(rest[0])
			rest = rest[1:]
			if k.kind == byName {
				if err := r.read(len(k.name)); err != nil {
					return nil, err
				}
			}
		}
		if text, isText := current.(string); isText {
			if err := r.read(4 * len(text)); err != nil {
				return nil, err
			}
		}
		next, found := member(current, k)
		if !found {
			// A value without a base was missed where the base was read.
			if !c.quiet && (c.root != "" || base != nil) {
				r.missed(c, current, k, dynamics)
			}
			return nil, nil
		}
		current = next
	}
	if current == nil && len(c.keys) == 0 && c.root != "" && !c.quiet {
		r.miss(c.root)
	}
	return current, nil
}

// missed lists the name and, when a list stands where an object was expected,
// says so: it is the most common slip with line items.
func (r *run) missed(c *chain, at any, k key, dynamics []any) {
	name := c.name
	if name == "" {
		name = shorten(c.nameWith(dynamics), 200)
	}
	r.miss(name)
	if _, isList := at.([]any); isList && k.kind == byName {
		r.note(name + ": there is a list before " + k.display + "; pick an entry with [0], or use map() or pluck()")
	}
}

// member gives the entry of an object, list or text under a key. An index from
// the end is negative. Found is false when there is none.
func member(base any, k key) (v any, found bool) {
	switch b := base.(type) {
	case map[string]any:
		if k.kind != dynamic {
			v, found = b[k.name]
		}
	case []any:
		if i, ok := entryIndex(k, len(b)); ok {
			return b[i], true
		}
	case string:
		if k.kind == byIndex {
			return character(b, k.index)
		}
	}
	return v, found
}

func entryIndex(k key, length int) (int, bool) {
	i := k.index
	if k.kind == byName {
		n, err := strconv.Atoi(k.name)
		if err != nil {
			return 0, false
		}
		i = n
	}
	if i < 0 {
		i += length
	}
	return i, k.kind != dynamic && i >= 0 && i < length
}

// character gives one character of a text; long texts are not indexed, since
// characters can only be counted.
func character(text string, index int) (any, bool) {
	if len(text) > 64<<10 {
		return nil, false
	}
	runes := []rune(text)
	if index < 0 {
		index += len(runes)
	}
	if index < 0 || index >= len(runes) {
		return nil, false
	}
	return string(runes[index]), true
}
