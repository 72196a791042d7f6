package mapping

import (
	"fmt"
	"slices"
	"strings"
)

// Function describes one function of the language. The table is the one source
// for evaluation, completion and docs; stored documents depend on it, so names
// and meanings never change.
type Function struct {
	Name    string `json:"name"`
	Group   string `json:"group"`
	Summary string `json:"summary"`
	Args    []Arg  `json:"args"`
	// Aliases are other names for the same function, for people who know them
	// from elsewhere.
	Aliases []string `json:"aliases,omitempty"`
	// Example is an expression without braces, and Result what it gives on
	// 2026-03-01 12:00 UTC in an English workspace.
	Example string `json:"example"`
	Result  any    `json:"result"`
}

// Arg describes one argument. Behind a pipe the first one stands on its left.
type Arg struct {
	Name string `json:"name"`
	// Type is text, number, date, list, object, yes/no, any, or expression (of
	// each entry, which it calls #).
	Type string `json:"type"`
	// Optional arguments may be left out; every argument after one is optional.
	Optional bool `json:"optional,omitempty"`
	// Many says that the last argument may be repeated.
	Many bool `json:"many,omitempty"`
}

// The types of Arg.
const (
	typeText       = "text"
	typeNumber     = "number"
	typeDate       = "date"
	typeList       = "list"
	typeObject     = "object"
	typeTruth      = "yes/no"
	typeAny        = "any"
	typeExpression = "expression"
)

// function is a Function with its body.
type function struct {
	Function
	eval func(c call) (any, error)
	// takesNil is set when nothing as the first argument means something;
	// otherwise the result is then nothing, too.
	takesNil bool
	// quiet is how many leading arguments may be missing without being listed,
	// since the function says what happens then; allButLast covers first(a, b).
	quiet int
	// cost is added to the one step that every call takes.
	cost int
}

const allButLast = -1

// call is one call of a function: its arguments are converted already.
type call struct {
	r *run
	f *function
	a []any
}

func (c call) has(i int) bool { return i < len(c.a) && c.a[i] != nil }

func (c call) at(i int) any {
	if i < len(c.a) {
		return c.a[i]
	}
	return nil
}

// text gives argument i, "" when it is left out or nothing.
func (c call) text(i int) string {
	text, _ := c.at(i).(string)
	return text
}

func (c call) list(i int) []any {
	list, _ := c.at(i).([]any)
	return list
}

func (c call) object(i int) map[string]any {
	object, _ := c.at(i).(map[string]any)
	return object
}

// whole gives the argument behind the value as a whole number, 0 when it is left
// out.
func (c call) whole() (int, error) {
	if !c.has(1) {
		return 0, nil
	}
	n, ok := wholeNumber(c.a[1])
	if !ok {
		return 0, failf(CodeBadValue, "%s() needs a whole number, not %s", c.f.Name, show(c.a[1]))
	}
	return n, nil
}

// made charges for text that the function made.
func (c call) made(text string) (any, error) {
	return text, c.r.grow(len(text))
}

// failf is an error that names the function.
func (c call) failf(format string, args ...any) error {
	return failf(CodeBadValue, "%s(): %s", c.f.Name, fmt.Sprintf(format, args...))
}

// noteNothing is how conversions treat bad data: the result is nothing, and the
// author is told why.
func (c call) noteNothing(format string, args ...any) (any, error) {
	c.r.note(c.f.Name + "(): " + fmt.Sprintf(format, args...))
	return nil, nil
}

// native is the form in which the VM calls a function.
func (f *function) native(args ...any) (any, error) {
	r, args := args[0].(*run), args[1:]
	if err := r.work(1 + f.cost); err != nil {
		return nil, err
	}
	for i := range args {
		args[i] = plainOperand(args[i])
	}
	c := call{r: r, f: f, a: args}
	for i := range args {
		if err := c.convert(i); err != nil {
			return nil, err
		}
		// Converting finds blank text that stands for a number, too.
		if i == 0 && args[0] == nil && !f.takesNil {
			return nil, nil
		}
	}
	return f.eval(c)
}

func (f *function) arg(i int) Arg {
	return f.Args[min(i, len(f.Args)-1)]
}

// convert makes argument i what the table says, and charges for reading it.
func (c call) convert(i int) error {
	v := c.a[i]
	if v == nil {
		return nil
	}
	switch arg := c.f.arg(i); arg.Type {
	case typeText:
		return c.convertText(i, arg)
	case typeNumber:
		return c.convertNumber(i, arg)
	case typeList:
		list, ok := v.([]any)
		if !ok {
			return c.mismatch(arg, v, "; list() makes one")
		}
		return c.r.work(len(list) / 8)
	case typeObject:
		if _, ok := v.(map[string]any); !ok {
			return c.mismatch(arg, v, "")
		}
	case typeTruth:
		c.a[i] = c.r.truth(v)
	}
	return nil
}

func (c call) convertText(i int, arg Arg) error {
	switch v := c.a[i].(type) {
	case string:
		return c.r.read(len(v))
	case *pattern:
		return nil
	case []any, map[string]any:
		return c.mismatch(arg, v, "")
	default:
		c.a[i] = Text(v)
	}
	return nil
}

func (c call) convertNumber(i int, arg Arg) error {
	v := c.a[i]
	if text, isText := v.(string); isText && strings.TrimSpace(shorten(text, 400)) == "" {
		c.a[i] = nil
		return nil
	}
	n, _, ok := asNumber(v)
	if !ok {
		return c.mismatch(arg, v, "")
	}
	c.a[i] = n
	return nil
}

func (c call) mismatch(arg Arg, v any, hint string) error {
	return failf(CodeWrongType, "%s() needs a %s for %q, not %s%s", c.f.Name, arg.Type, arg.Name, show(v), hint)
}

// arity gives how many arguments a function takes; most is -1 for any number.
func (f *Function) arity() (least, most int) {
	for _, a := range f.Args {
		if !a.Optional {
			least++
		}
		if a.Many {
			return least, -1
		}
	}
	return least, len(f.Args)
}

// table holds every function that is called by name, looped the ones that the
// VM runs itself because they take an expression.
var (
	table  = indexFunctions()
	looped = indexLoops()
)

func indexFunctions() map[string]*function {
	index := map[string]*function{}
	for _, group := range [][]function{
		textFunctions(), numberFunctions(), dateFunctions(), listFunctions(), objectFunctions(),
		personFunctions(), encodingFunctions(), emptyFunctions(),
	} {
		for i := range group {
			f := &group[i]
			for _, name := range append([]string{f.Name}, f.Aliases...) {
				if index[name] != nil {
					panic("mapping: two functions are called " + name)
				}
				index[name] = f
			}
		}
	}
	return index
}

// Functions lists the whole language, sorted by group and name.
func Functions() []Function {
	var list []Function
	for name, f := range table {
		if name == f.Name {
			list = append(list, f.Function)
		}
	}
	for _, f := range looped {
		list = append(list, *f)
	}
	slices.SortFunc(list, func(a, b Function) int {
		if order := strings.Compare(a.Group, b.Group); order != 0 {
			return order
		}
		return strings.Compare(a.Name, b.Name)
	})
	return list
}

// args is a short way to write Args: "text" is a required argument of type text,
// "sep:text?" an optional one called sep, "more:any*" one that may be repeated.
func args(specs ...string) []Arg {
	list := make([]Arg, len(specs))
	for i, spec := range specs {
		a := &list[i]
		a.Optional = strings.HasSuffix(spec, "?")
		a.Many = strings.HasSuffix(spec, "*")
		spec = strings.TrimRight(spec, "?*")
		name, kind, found := strings.Cut(spec, ":")
		if !found {
			kind = name
		}
		a.Name, a.Type = name, kind
	}
	return list
}
