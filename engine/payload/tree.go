package payload

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// tree collects the fields of a form and nests those with bracket keys:
//
//	a=1&a=2                     {"a": ["1", "2"]}
//	a[]=1                       {"a": ["1"]}
//	a[b]=1                      {"a": {"b": "1"}}
//	a[0][x]=1&a[1][x]=2         {"a": [{"x": "1"}, {"x": "2"}]}
//	a[][x]=1&a[][y]=2&a[][x]=3  {"a": [{"x": "1", "y": "2"}, {"x": "3"}]}
//	a[7]=1                      {"a": {"7": "1"}}
//
// An index is never used to size anything: an object becomes a list only when its
// keys are exactly 0 to n-1 (PHP's rule for the same names), so that ids used as
// indexes are kept. A name whose brackets do not match, or that contradicts an
// earlier one (a=1 and a[b]=2), keeps its literal name: nothing is lost.
type tree struct {
	root  *node
	notes []string
}

// node is fresh (no part set) or exactly one of: the values of a plain name, the
// elements of a [] name, the members of an object.
type node struct {
	values  []any
	list    []*node
	members map[string]*node
}

// step leads from a node to one below it: to the member called key, or to an
// element of its list.
type step struct {
	key  string
	list bool
}

func newTree() *tree { return &tree{root: &node{members: map[string]*node{}}} }

// add puts one field into the tree. The error is an *Error for a name nested too
// deeply.
func (t *tree) add(name string, v any) error {
	path := bracketPath(name)
	switch {
	case len(path) > maxFormDepth:
		return invalid(CodeTooDeep, "the field %q is nested more than %d levels deep", clip(name), maxFormDepth)
	case t.root.accepts(path):
		t.root.insert(path, v)
		return nil
	case len(path) == 1: // a plain value for what is an object already
		path = append(path, step{key: ""})
	default:
		path = []step{{key: name}}
	}
	t.root.insert(path, v)
	t.note(fmt.Sprintf("The field %s contradicts another field of that name; both were kept.", clip(name)))
	return nil
}

func (t *tree) note(text string) {
	const most = 5
	if len(t.notes) < most && !slices.Contains(t.notes, text) {
		t.notes = append(t.notes, text)
	}
}

func (t *tree) plain() map[string]any {
	m := make(map[string]any, len(t.root.members))
	for key, n := range t.root.members {
		m[key] = n.plain()
	}
	return m
}

// bracketPath splits items[0][sku] into items, 0, sku. A name that is not of this
// form is one step. It gives up early on hostile names: the caller refuses them.
func bracketPath(name string) []step {
	literal := []step{{key: name}}
	open := strings.IndexByte(name, '[')
	if open <= 0 || !strings.HasSuffix(name, "]") {
		return literal
	}
	path := []step{{key: name[:open]}}
	for rest := name[open:]; rest != "" && len(path) <= maxFormDepth; {
		end := strings.IndexByte(rest, ']')
		if rest[0] != '[' || end < 0 || strings.IndexByte(rest[1:end], '[') >= 0 {
			return literal
		}
		path = append(path, step{key: rest[1:end], list: end == 1})
		rest = rest[end+1:]
	}
	return path
}

// accepts reports whether a value at path fits what is there: nothing turns from
// a value into an object or back.
func (n *node) accepts(path []step) bool {
	if len(path) == 0 {
		return n.members == nil
	}
	if path[0].list {
		return n.members == nil && (n.values == nil || len(path) == 1)
	}
	if n.values != nil || n.list != nil {
		return false
	}
	next := n.members[path[0].key]
	return next == nil || next.accepts(path[1:])
}

// insert requires accepts.
func (n *node) insert(path []step, v any) {
	switch {
	case len(path) == 0 && n.list != nil:
		n.list = append(n.list, &node{values: []any{v}})
	case len(path) == 0:
		n.values = append(n.values, v)
	case path[0].list:
		n.element(path[1:]).insert(path[1:], v)
	default:
		if n.members == nil {
			n.members = map[string]*node{}
		}
		next := n.members[path[0].key]
		if next == nil {
			next = &node{}
			n.members[path[0].key] = next
		}
		next.insert(path[1:], v)
	}
}

// element is where the rest of an a[]... name goes: into the last element while
// it lacks that name (Rack's rule), else into a new one.
func (n *node) element(rest []step) *node {
	for _, v := range n.values { // a=1&a[]=2
		n.list = append(n.list, &node{values: []any{v}})
	}
	n.values = nil
	if len(rest) > 0 && len(n.list) > 0 {
		last := n.list[len(n.list)-1]
		if last.accepts(rest) && !last.has(rest) {
			return last
		}
	}
	next := &node{}
	n.list = append(n.list, next)
	return next
}

func (n *node) has(path []step) bool {
	for _, s := range path {
		if s.list {
			return false
		}
		if n = n.members[s.key]; n == nil {
			return false
		}
	}
	return true
}

func (n *node) plain() any {
	switch {
	case n.list != nil:
		list := make([]any, len(n.list))
		for i, e := range n.list {
			list[i] = e.plain()
		}
		return list
	case n.members != nil:
		return n.object()
	case len(n.values) == 1:
		return n.values[0]
	}
	return n.values
}

func (n *node) object() any {
	list := make([]any, 0, len(n.members))
	for i := range len(n.members) {
		e, ok := n.members[strconv.Itoa(i)]
		if !ok {
			break
		}
		list = append(list, e.plain())
	}
	if len(list) == len(n.members) {
		return list
	}
	m := make(map[string]any, len(n.members))
	for key, e := range n.members {
		m[key] = e.plain()
	}
	return m
}
