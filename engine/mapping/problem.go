package mapping

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// The codes of a Problem and of an EvalError. They are stable: pages and
// scripts tell errors apart by them.
const (
	CodeUnbalanced      = "unbalanced"       // {{ without }}, a quote that is not closed
	CodeEmpty           = "empty_expression" // nothing between {{ and }}
	CodeSyntax          = "syntax"           // the expression cannot be read
	CodeUnknownName     = "unknown_name"     // a name that is no root of the scope
	CodeUnknownFunction = "unknown_function" // a function that Functions does not list
	CodeArguments       = "arguments"        // too many or too few arguments
	CodeNotAllowed      = "not_allowed"      // methods, $env and the like
	CodePattern         = "bad_pattern"      // a regular expression that cannot be read
	CodeTooLong         = "too_long"         // source over MaxSource
	CodeTooComplex      = "too_complex"      // over MaxNodes, over MaxExpressions or nested too deeply
	CodeKey             = "mapping_in_key"   // {{ }} in the name of an object's entry
	CodeCondition       = "condition"        // a condition that is no expression and no list of rules
	CodeRule            = "rule"             // a rule of a condition that is incomplete or unknown

	CodeDivideByZero = "divide_by_zero"
	CodeWrongType    = "wrong_type"     // a list where text is needed
	CodeBadValue     = "bad_value"      // an argument that a function cannot take
	CodeTooBig       = "number_too_big" // outside of what can be calculated with
	CodeLimitSteps   = "limit_steps"    // over the steps of one expression
	CodeLimitTime    = "limit_time"     // over MaxTime
	CodeLimitMemory  = "limit_memory"   // over MaxBuilt
	CodeLimitResult  = "limit_result"   // over MaxResult or MaxText
	CodeCanceled     = "canceled"       // the context ended
	CodeInternal     = "internal"       // a fault of this package, never of the data
)

// Problem is one reason why a template or condition cannot be used, found when
// it is compiled.
type Problem struct {
	// Path is the JSON pointer of the string inside the compiled value, "" for
	// the value itself.
	Path string `json:"path"`
	// Offset counts bytes from 0 inside that string.
	Offset int `json:"offset"`
	// Line and Column count from 1; Column counts characters.
	Line   int `json:"line"`
	Column int `json:"column"`
	// Code is one of the Code constants.
	Code    string `json:"code"`
	Message string `json:"message"`
}

func (p Problem) Error() string {
	return fmt.Sprintf("%s at line %d, column %d of %q", p.Message, p.Line, p.Column, p.Path)
}

// EvalError says why an expression gave no value. It is permanent: the same
// scope fails the same way, but for CodeLimitTime and CodeCanceled.
type EvalError struct {
	// Path is the JSON pointer of the string inside the compiled value.
	Path string
	// Expression is the source without its braces, as the author wrote it.
	Expression string
	// Offset counts bytes from 0 inside the string at Path.
	Offset int
	// Code is one of the Code constants.
	Code    string
	Message string
}

func (e *EvalError) Error() string {
	if e.Expression == "" {
		return e.Message
	}
	return fmt.Sprintf("%s, in {{ %s }}", e.Message, shorten(strings.TrimSpace(e.Expression), 120))
}

// StopError is how `| stop("why")` ends a run on an empty value. It is the
// author's wish, not a fault.
type StopError struct {
	// Path is the JSON pointer of the string that holds the expression.
	Path string
	// Message is what the author gave to stop().
	Message string
}

func (e *StopError) Error() string { return e.Message }

// fail is an error inside an expression before its place is known.
type fail struct {
	code    string
	message string
}

func (f *fail) Error() string { return f.message }

func failf(code, format string, args ...any) error {
	return &fail{code: code, message: fmt.Sprintf(format, args...)}
}

// stopped carries stop() through the evaluation.
type stopped struct{ message string }

func (s *stopped) Error() string { return s.message }

// position tells line and column, both from 1, of a byte offset.
func position(text string, offset int) (line, column int) {
	before := text[:max(0, min(offset, len(text)))]
	start := strings.LastIndexByte(before, '\n') + 1
	return strings.Count(before, "\n") + 1, utf8.RuneCountInString(before[start:]) + 1
}

// shorten cuts text for a message and never inside of a character. It looks at
// no more of a long text than it keeps.
func shorten(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	kept, count := 0, 0
	for i := range text {
		if count == limit-1 {
			kept = i
		}
		if count++; count > limit {
			return text[:kept] + "…"
		}
	}
	return text
}
