package mapping

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/hookloom/hookloom/engine/value"
)

// Scope holds the roots that expressions can name: trigger, steps, contact,
// custom_values, workspace, run, loop, inboundWebhookRequest and location. A
// root that is absent is nil. Values are plain (package value) and are never
// changed.
type Scope map[string]any

// Template is a compiled value. It is immutable and safe for concurrent use; a
// nil Template resolves to nil.
type Template struct {
	root  node
	count int // expressions
	refs  []Reference
}

// Reference is one path into the scope that a template spells out.
type Reference struct {
	// Path starts with a root and ends where only the evaluation knows on:
	// {"steps", "buyer", "contact", "email"}. It is {"steps"} alone when the
	// template takes all steps, or one by a name that it computes.
	Path []string `json:"path"`
	// At is the JSON pointer of the string inside the compiled value, and
	// Offset counts bytes from 0 inside it. Line and Column count from 1.
	At     string `json:"at"`
	Offset int    `json:"offset"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	// Handled says that the author wrote what happens when it is missing:
	// default(), ??, first() and their like.
	Handled bool `json:"handled,omitempty"`
}

// node is one place of a compiled value.
type node interface {
	resolve(r *run) (any, error)
}

type (
	constantNode struct{ value any }
	objectNode   struct {
		names []string
		nodes []node
	}
	listNode struct{ nodes []node }
	// singleNode is a string that is exactly one expression.
	singleNode struct {
		path   string
		offset int
		// html writes the value as text into HTML.
		html bool
		*expression
	}
	// mixedNode is text around expressions.
	mixedNode struct {
		path  string
		html  bool
		parts []mixedPart
	}
	mixedPart struct {
		text   string
		offset int
		*expression
	}
)

// Compile reads v, a plain JSON value whose strings may hold mappings, maps and
// lists all the way down. It reports every problem at once; the Template is nil
// when there is one. Names of entries are taken as they are, so {{ in them is a
// problem.
func Compile(v any) (*Template, []Problem) { return CompileHTML(v, nil) }

// CompileFor is Compile for a scope of other roots than a run's: mappings may name
// roots and nothing else.
func CompileFor(v any, roots ...string) (*Template, []Problem) {
	return compileTemplate(v, &templateCompiler{names: namesOf(roots)})
}

// CompileHTML is Compile for values some of whose strings are HTML, which html
// tells by their JSON pointers; nil is for none. What mappings put into those is
// text: it is escaped, so that no value can bring elements or links of its own.
func CompileHTML(v any, html func(pointer string) bool) (*Template, []Problem) {
	return compileTemplate(v, &templateCompiler{html: html})
}

func compileTemplate(v any, c *templateCompiler) (*Template, []Problem) {
	root := c.value(v, "", 0)
	if len(c.problems) > 0 {
		return nil, c.problems
	}
	return &Template{root: root, count: c.count, refs: c.refs}, nil
}

type templateCompiler struct {
	problems []Problem
	refs     []Reference
	count    int
	quiet    bool
	// html is nil for none.
	html func(pointer string) bool
	// names are the roots; nil means those of a run.
	names *names
}

func (c *templateCompiler) problem(path, text string, offset int, code, message string) {
	line, column := position(text, offset)
	c.problems = append(c.problems, Problem{Path: path, Offset: offset, Line: line, Column: column, Code: code, Message: message})
}

func (c *templateCompiler) value(v any, path string, depth int) node {
	if depth > value.MaxDepth {
		c.problem(path, "", 0, CodeTooComplex, fmt.Sprintf("the value is nested more than %d levels deep", value.MaxDepth))
		return constantNode{}
	}
	switch x := v.(type) {
	case string:
		return c.text(x, path)
	case []any:
		list := listNode{nodes: make([]node, len(x))}
		for i, e := range x {
			list.nodes[i] = c.value(e, value.Under(path, strconv.Itoa(i)), depth+1)
		}
		return list
	case map[string]any:
		object := objectNode{names: slices.Sorted(maps.Keys(x))}
		for _, name := range object.names {
			at := value.Under(path, name)
			if HasMapping(name) {
				c.problem(at, "", 0, CodeKey, "the name of a field cannot hold a mapping")
			}
			object.nodes = append(object.nodes, c.value(x[name], at, depth+1))
		}
		return object
	}
	switch plain := value.Normalize(v).(type) {
	case []any, map[string]any:
		return c.value(plain, path, depth)
	case string:
		return c.text(plain, path)
	default:
		return constantNode{plain}
	}
}

func (c *templateCompiler) text(text, path string) node {
	parts, bad := scan(text)
	if bad != nil {
		c.problem(path, text, bad.offset, CodeUnbalanced, bad.message)
		return constantNode{}
	}
	if len(parts) == 0 {
		return constantNode{""}
	}
	if len(parts) == 1 && !parts[0].expression {
		return constantNode{parts[0].text}
	}
	isHTML := c.html != nil && c.html(path)
	if len(parts) == 1 {
		return singleNode{path, parts[0].offset, isHTML, c.expression(text, path, parts[0])}
	}
	mixed := mixedNode{path: path, html: isHTML}
	for _, p := range parts {
		part := mixedPart{text: p.text, offset: p.offset}
		if p.expression {
			part.expression = c.expression(text, path, p)
		}
		mixed.parts = append(mixed.parts, part)
	}
	return mixed
}

// expression compiles one mapping and moves its places into the whole string.
func (c *templateCompiler) expression(text, path string, p part) *expression {
	if c.count++; c.count == MaxExpressions+1 {
		c.problem(path, text, p.offset, CodeTooComplex, fmt.Sprintf("there are more than %d mappings", MaxExpressions))
	}
	if c.count > MaxExpressions {
		return nil
	}
	if isBlank(p.text) {
		c.problem(path, text, p.offset, CodeEmpty, "there is nothing between {{ and }}")
		return nil
	}
	e, bad := compileExpression(p.text, c.quiet, c.names)
	if bad != nil {
		c.problem(path, text, p.offset+bad.offset, bad.code, bad.message)
		return nil
	}
	for _, r := range e.refs {
		offset := p.offset + r.offset
		line, column := position(text, offset)
		c.refs = append(c.refs, Reference{Path: r.path, At: path, Offset: offset, Line: line, Column: column, Handled: r.quiet})
	}
	return e
}

func isBlank(text string) bool {
	for _, c := range text {
		if c != ' ' && c != '\t' && c != '\n' && c != '\r' {
			return false
		}
	}
	return true
}

// Static reports whether the template holds no mapping and so always resolves
// to the same value.
func (t *Template) Static() bool { return t == nil || t.count == 0 }

// References lists the paths that the template spells out, in document order,
// repeated ones too. The list is shared: do not change it.
func (t *Template) References() []Reference {
	if t == nil {
		return nil
	}
	return t.refs
}
