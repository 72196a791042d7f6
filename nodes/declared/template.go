package declared

import (
	"context"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/engine/value"
)

// tree is a template of any shape. Unlike a mapping's it leaves out what came out
// empty: an entry whose template gives nothing, and an object or list that has no
// other ones. What is written in the file itself stays, and so does everything
// inside of a value that a template gives, because that is somebody's data.
type tree struct {
	// leaf is nil for objects, lists and what is no template.
	leaf    *mapping.Template
	literal any
	names   []string // of an object, beside kids
	kids    []*tree
	list    bool
	// mapped says that a template stands somewhere in it.
	mapped bool
}

// unstable are functions that give something else at each attempt.
var unstable = regexp.MustCompile(`\b(now|today|uuid|random)\s*\(`)

// compile makes a tree of a value of the file; roots are what its templates may
// name.
func (l *linter) compile(v any, at string, roots ...string) *tree {
	switch x := v.(type) {
	case map[string]any:
		t := &tree{names: slices.Sorted(maps.Keys(x))}
		for _, name := range t.names {
			if mapping.HasMapping(name) {
				l.add(value.Under(at, name), "Make the whole object of a template.", "the name of an entry cannot hold a template")
			}
			t.add(l.compile(x[name], value.Under(at, name), roots...))
		}
		return t
	case []any:
		t := &tree{list: true}
		for i, e := range x {
			t.add(l.compile(e, value.Under(at, strconv.Itoa(i)), roots...))
		}
		return t
	case string:
		if mapping.HasMapping(x) {
			return &tree{leaf: l.text(x, at, roots...), mapped: true}
		}
		// A backslash in front of braces is taken away.
		if plain, problems := mapping.CompileFor(x, roots...); problems == nil {
			if got, err := plain.Resolve(context.Background(), nil); err == nil {
				return &tree{literal: got.Value}
			}
		}
	}
	return &tree{literal: value.Normalize(v)}
}

func (t *tree) add(kid *tree) {
	t.kids = append(t.kids, kid)
	t.mapped = t.mapped || kid.mapped
}

// text compiles one text. The result is nil when there is a problem.
func (l *linter) text(text, at string, roots ...string) *mapping.Template {
	compiled, problems := mapping.CompileFor(text, roots...)
	for _, p := range problems {
		l.add(at, "", "the template cannot be used: %s", p.Message)
	}
	if unstable.MatchString(text) {
		l.add(at, "Make it a field, whose default people can map.", "a template may not tell the time or invent values: every attempt has to send the same")
	}
	l.references(compiled, at)
	return compiled
}

// isLeaf tells a tree that is one value from objects and lists.
func (t *tree) isLeaf() bool { return t.names == nil && !t.list }

// resolve fills the tree in; false when there is nothing to send.
func (t *tree) resolve(ctx context.Context, s mapping.Scope, keepEmpty bool) (v any, ok bool, err error) {
	switch {
	case t.leaf != nil:
		got, err := t.leaf.Resolve(ctx, s)
		if err != nil || got.Omitted {
			return nil, false, err
		}
		if !value.Empty(got.Value) {
			return got.Value, true, nil
		}
		return nil, keepEmpty, nil
	case t.isLeaf():
		return t.literal, true, nil
	}
	object, list := make(map[string]any, len(t.names)), make([]any, 0, len(t.kids))
	for i, kid := range t.kids {
		v, ok, err := kid.resolve(ctx, s, keepEmpty)
		switch {
		case err != nil:
			return nil, false, err
		case !ok:
		case t.list:
			list = append(list, v)
		default:
			object[t.names[i]] = v
		}
	}
	if t.list {
		return list, len(list) > 0 || !t.mapped, nil
	}
	return object, len(object) > 0 || !t.mapped, nil
}

// resolveText fills a template of one text in; "" for nothing. nil is "".
func resolveText(ctx context.Context, t *mapping.Template, s mapping.Scope) (string, error) {
	if t == nil {
		return "", nil
	}
	got, err := t.Resolve(ctx, s)
	if err != nil || got.Omitted {
		return "", err
	}
	return strings.TrimSpace(mapping.Text(got.Value)), nil
}
