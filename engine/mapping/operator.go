package mapping

import (
	"encoding/json"
	"strings"

	"github.com/hookloom/hookloom/engine/value"
)

// omitted is what omit() gives for an empty value: the entry of the object or
// list that holds it disappears. Everywhere else it counts as nil.
var omitted any = omission{}

// omission is no pointer, since the VM follows pointers.
type omission struct{}

func plainOperand(v any) any {
	if v == omitted {
		return nil
	}
	return v
}

// operators are the functions that every operator of an expression becomes.
// The first argument is always the run.
var operators = map[string]func(r *run, a []any) (any, error){
	"+": func(r *run, a []any) (any, error) { return r.plus(a[0], a[1]) },
	"-": func(r *run, a []any) (any, error) { return r.calculate("subtract", subtract, a[0], a[1]) },
	"*": func(r *run, a []any) (any, error) { return r.calculate("multiply", multiply, a[0], a[1]) },
	"/": func(r *run, a []any) (any, error) { return r.calculate("divide", divide, a[0], a[1]) },
	"%": func(r *run, a []any) (any, error) { return r.calculate("divide", remainder, a[0], a[1]) },
	"**": func(r *run, a []any) (any, error) {
		return r.calculate("raise to a power", power, a[0], a[1])
	},
	"negate": func(r *run, a []any) (any, error) { return r.calculate("subtract", subtract, 0, a[0]) },
	"posate": func(r *run, a []any) (any, error) { return r.calculate("add", add, 0, a[0]) },

	"==": func(r *run, a []any) (any, error) { return r.equal(a[0], a[1], 0) },
	"!=": func(r *run, a []any) (any, error) {
		same, err := r.equal(a[0], a[1], 0)
		return !same, err
	},
	"<":  func(r *run, a []any) (any, error) { return r.ordered(a, func(o int) bool { return o < 0 }) },
	">":  func(r *run, a []any) (any, error) { return r.ordered(a, func(o int) bool { return o > 0 }) },
	"<=": func(r *run, a []any) (any, error) { return r.ordered(a, func(o int) bool { return o <= 0 }) },
	">=": func(r *run, a []any) (any, error) { return r.ordered(a, func(o int) bool { return o >= 0 }) },

	"in":         func(r *run, a []any) (any, error) { return r.contains(a[1], a[0]) },
	"contains":   func(r *run, a []any) (any, error) { return r.contains(a[0], a[1]) },
	"startsWith": func(r *run, a []any) (any, error) { return r.affix(a, "startsWith", strings.HasPrefix) },
	"endsWith":   func(r *run, a []any) (any, error) { return r.affix(a, "endsWith", strings.HasSuffix) },
	"matches":    func(r *run, a []any) (any, error) { return r.matches(a[0], a[1]) },
	"..":         func(r *run, a []any) (any, error) { return r.span(a[0], a[1]) },
	"truth":      func(r *run, a []any) (any, error) { return r.truth(a[0]), nil },
	"slice":      func(r *run, a []any) (any, error) { return r.slice(a[0], a[1], a[2]) },
	"text":       func(r *run, a []any) (any, error) { return r.textOf(plainOperand(a[0])) },
}

// plus adds numbers, joins lists, and writes text when either side is text.
// Nothing added to text adds nothing; nothing added to a number is nothing.
func (r *run) plus(a, b any) (any, error) {
	a, b = plainOperand(a), plainOperand(b)
	_, textA := a.(string)
	_, textB := b.(string)
	if textA || textB {
		return r.concat(a, b)
	}
	listA, isListA := a.([]any)
	listB, isListB := b.([]any)
	if isListA && isListB {
		return r.joinLists(listA, listB)
	}
	return r.calculate("add", add, a, b)
}

func (r *run) concat(a, b any) (any, error) {
	x, err := r.textOf(a)
	if err != nil {
		return nil, err
	}
	y, err := r.textOf(b)
	if err != nil {
		return nil, err
	}
	if err := r.grow(len(x) + len(y)); err != nil {
		return nil, err
	}
	if err := r.read(len(x) + len(y)); err != nil {
		return nil, err
	}
	return x + y, nil
}

// calculate applies an operation to two numbers; text that is a number counts.
// With nothing on either side there is no result.
func (r *run) calculate(verb string, operation func(a, b any) (any, error), a, b any) (any, error) {
	a, b = plainOperand(a), plainOperand(b)
	if a == nil || b == nil {
		return nil, nil
	}
	x, err := r.number(verb, a)
	if err != nil {
		return nil, err
	}
	y, err := r.number(verb, b)
	if err != nil {
		return nil, err
	}
	return operation(x, y)
}

func (r *run) number(verb string, v any) (any, error) {
	n, exact, ok := asNumber(v)
	if !ok {
		if _, isBig := v.(json.Number); isBig {
			return nil, failf(CodeTooBig, "%s is too big to calculate with", show(v))
		}
		return nil, failf(CodeWrongType, "cannot %s with %s, which is no number", verb, show(v))
	}
	if !exact {
		r.note(show(v) + " has too many digits to calculate with exactly and was rounded")
	}
	return n, nil
}

// equal compares values deeply. Numbers compare by what they are worth, also
// with text that is a number; text with text character by character.
func (r *run) equal(a, b any, depth int) (bool, error) {
	a, b = plainOperand(a), plainOperand(b)
	if depth > 2*value.MaxDepth {
		return false, failf(CodeTooComplex, "a value is nested too deeply")
	}
	if err := r.work(1); err != nil {
		return false, err
	}
	switch x := a.(type) {
	case nil:
		return b == nil, nil
	case bool:
		y, ok := b.(bool)
		return ok && x == y, nil
	case string:
		if y, ok := b.(string); ok {
			return x == y, r.read(min(len(x), len(y)))
		}
	case []any:
		y, ok := b.([]any)
		if !ok || len(x) != len(y) {
			return false, nil
		}
		return r.equalLists(x, y, depth)
	case map[string]any:
		y, ok := b.(map[string]any)
		if !ok || len(x) != len(y) {
			return false, nil
		}
		return r.equalObjects(x, y, depth)
	}
	order, ok := orderNumbers(a, b)
	return ok && order == 0, nil
}

func (r *run) equalLists(x, y []any, depth int) (bool, error) {
	for i := range x {
		if same, err := r.equal(x[i], y[i], depth+1); err != nil || !same {
			return false, err
		}
	}
	return true, nil
}

func (r *run) equalObjects(x, y map[string]any, depth int) (bool, error) {
	for k, e := range x {
		other, ok := y[k]
		if !ok {
			return false, nil
		}
		if same, err := r.equal(e, other, depth+1); err != nil || !same {
			return false, err
		}
	}
	return true, nil
}

// orderNumbers compares two numbers of which one may be text that is a number.
func orderNumbers(a, b any) (int, bool) {
	a, okA := numeral(a)
	b, okB := numeral(b)
	if !okA || !okB {
		return 0, false
	}
	return compareNumbers(a, b)
}

// numeral is a number as it is, or the number that a text says.
func numeral(v any) (any, bool) {
	switch x := v.(type) {
	case int, float64, json.Number:
		return x, true
	case string:
		return numberInText(x)
	}
	return nil, false
}

// order compares what has an order: numbers, also in text on both sides, and
// other text with text.
func (r *run) order(a, b any) (int, bool, error) {
	if order, ok := orderNumbers(a, b); ok {
		return order, true, nil
	}
	x, textA := a.(string)
	y, textB := b.(string)
	if !textA || !textB {
		return 0, false, nil
	}
	return strings.Compare(x, y), true, r.read(min(len(x), len(y)))
}

// ordered is <, >, <= and >=. With nothing on a side it is false, and so it is,
// with a note, when the sides cannot be compared.
func (r *run) ordered(a []any, holds func(order int) bool) (any, error) {
	x, y := plainOperand(a[0]), plainOperand(a[1])
	if x == nil || y == nil {
		return false, nil
	}
	order, ok, err := r.order(x, y)
	if err != nil {
		return nil, err
	}
	if !ok {
		r.note("cannot compare " + show(x) + " with " + show(y))
		return false, nil
	}
	return holds(order), nil
}

// contains asks for a text in a text, an entry in a list, a name in an object.
func (r *run) contains(in, what any) (bool, error) {
	in, what = plainOperand(in), plainOperand(what)
	switch x := in.(type) {
	case nil:
		return false, nil
	case string:
		text, err := r.textOf(what)
		if err != nil {
			return false, err
		}
		return what != nil && strings.Contains(x, text), r.read(len(x))
	case []any:
		for _, e := range x {
			if same, err := r.equal(e, what, 0); err != nil || same {
				return same, err
			}
		}
		return false, nil
	case map[string]any:
		name, isText := what.(string)
		_, found := x[name]
		return isText && found, nil
	}
	r.note("cannot look for " + show(what) + " in " + show(in))
	return false, nil
}

func (r *run) affix(a []any, name string, has func(text, affix string) bool) (any, error) {
	x, y := plainOperand(a[0]), plainOperand(a[1])
	if x == nil || y == nil {
		return false, nil
	}
	text, isText := x.(string)
	affix, bothText := y.(string)
	if !isText || !bothText {
		r.note("cannot ask whether " + show(x) + " " + name + " " + show(y))
		return false, nil
	}
	return has(text, affix), r.read(len(affix))
}

// wholeNumber gives the int of a number without fraction, also in text.
func wholeNumber(v any) (int, bool) {
	n, _, ok := asNumber(v)
	switch x := n.(type) {
	case int:
		return x, ok
	case float64:
		i := int(x)
		return i, ok && float64(i) == x
	}
	return 0, false
}

// truth decides conditions: yes/no as it is, the words that forms send for it,
// numbers but 0. Nothing is no, and so is, with a note, everything else.
func (r *run) truth(v any) bool {
	switch x := plainOperand(v).(type) {
	case nil:
		return false
	case bool:
		return x
	case int:
		return x != 0
	case float64:
		return x != 0
	case string:
		if truth, ok := truthText(shorten(x, 8)); ok {
			return truth
		}
	}
	r.note(show(v) + " is neither yes nor no and counts as no")
	return false
}
