// Package mapping turns the {{ }} templates that marketers write into plain
// values. A template is any plain JSON value whose strings may hold mappings:
//
//	"{{ trigger.body.customer.email | lower() }}"   one expression: keeps its native type
//	"Hello {{ contact.first_name }}"                 mixed text: always text
//	"\{{ not a mapping }}"                           a backslash makes {{ literal
//
// Templates are compiled once and are safe for concurrent use. The language is
// expr-lang/expr behind a guard: member access never fails but is listed as
// missing, operators and functions are this package's own, and every expression
// has a budget of source, nodes, steps, time and memory (see the Max constants).
// Data is never code: what an expression gives is not scanned again.
//
// Values in a scope must be plain in the sense of package value. Results may
// share maps and lists with the scope; treat both as read-only.
package mapping
