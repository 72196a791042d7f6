package mapping

import (
	"context"
	"errors"
	"fmt"
	"html"
	"strings"

	"github.com/expr-lang/expr/file"
)

// Result is what a template resolved to.
type Result struct {
	// Value is plain. It may share maps and lists with the scope: read-only.
	Value any
	// Omitted is set when the template itself is one mapping that ended in
	// omit(); Value is nil then.
	Omitted bool
	// Missing lists the paths that led nowhere and for which the author said
	// nothing (default() and its like), at most 100, in document order.
	Missing []Missing
	// Notes are remarks for the author, at most 20: types that could not be
	// compared, text that was no date.
	Notes []string
}

// Missing is a path that led nowhere.
type Missing struct {
	// Path is the JSON pointer of the string inside the compiled value.
	Path string `json:"path"`
	// Name is the path as an author writes it: trigger.body.customer.email.
	Name string `json:"name"`
}

// Resolve evaluates every mapping against s. The error is an *EvalError or, for
// stop(), a *StopError; the Result then still holds what was noticed before.
// Options come from WithOptions and the workspace in s.
func (t *Template) Resolve(ctx context.Context, s Scope) (Result, error) {
	if t == nil {
		return Result{}, nil
	}
	r := beginRun(ctx, s)
	defer r.end()
	v, err := t.root.resolve(r)
	result := Result{Missing: r.missing, Notes: r.notes}
	if err != nil {
		return result, err
	}
	if v == omitted {
		result.Omitted = true
		return result, nil
	}
	result.Value = v
	return result, nil
}

func (n constantNode) resolve(*run) (any, error) { return n.value, nil }

func (n objectNode) resolve(r *run) (any, error) {
	object := make(map[string]any, len(n.names))
	for i, name := range n.names {
		v, err := n.nodes[i].resolve(r)
		if err != nil {
			return nil, err
		}
		if v != omitted {
			object[name] = v
		}
	}
	return object, nil
}

func (n listNode) resolve(r *run) (any, error) {
	list := make([]any, 0, len(n.nodes))
	for _, e := range n.nodes {
		v, err := e.resolve(r)
		if err != nil {
			return nil, err
		}
		if v != omitted {
			list = append(list, v)
		}
	}
	return list, nil
}

func (n singleNode) resolve(r *run) (any, error) {
	r.path = n.path
	v, err := n.evaluate(r)
	if err != nil {
		return nil, n.locate(err, n.path, n.offset)
	}
	if n.html && v != nil && v != omitted {
		text, err := r.htmlText(v, 0)
		if err != nil {
			return nil, n.locate(err, n.path, n.offset)
		}
		return text, nil
	}
	return v, nil
}

// resolve concatenates. A mapping that ends in omit() leaves out the whole
// string, since half a sentence is worth nothing.
func (n mixedNode) resolve(r *run) (any, error) {
	var out strings.Builder
	for _, p := range n.parts {
		if p.expression == nil {
			out.WriteString(p.text)
			continue
		}
		r.path = n.path
		v, err := p.evaluate(r)
		if err == nil && v == omitted {
			return omitted, nil
		}
		text := ""
		if err == nil {
			if n.html {
				text, err = r.htmlText(v, out.Len())
			} else {
				text, err = r.mixedText(v, out.Len())
			}
		}
		if err != nil {
			return nil, p.locate(err, n.path, p.offset)
		}
		out.WriteString(text)
	}
	return out.String(), r.mixedDone(out.Len(), n)
}

// mixedText writes a value into text that is length bytes long already.
func (r *run) mixedText(v any, length int) (string, error) {
	text, isText := v.(string)
	if !isText {
		r.fresh()
		written, err := r.textOf(v)
		if err != nil {
			return "", err
		}
		text = written
	}
	if length+len(text) > MaxText {
		return "", failf(CodeLimitResult, "the text is larger than %d MiB", MaxText>>20)
	}
	return text, nil
}

// htmlText is mixedText for HTML.
func (r *run) htmlText(v any, length int) (string, error) {
	text, err := r.mixedText(v, length)
	if err != nil {
		return "", err
	}
	if text = html.EscapeString(text); length+len(text) > MaxText {
		return "", failf(CodeLimitResult, "the text is larger than %d MiB", MaxText>>20)
	}
	return text, nil
}

func (r *run) mixedDone(length int, n mixedNode) error {
	if err := r.settled(length); err != nil {
		return &EvalError{Path: n.path, Code: CodeLimitResult, Message: err.Error()}
	}
	return nil
}

// locate turns an error of the evaluation into one with its place.
func (e *expression) locate(err error, path string, offset int) error {
	if stop, ok := errors.AsType[*stopped](err); ok {
		return &StopError{Path: path, Message: stop.message}
	}
	located := &EvalError{Path: path, Expression: e.written, Offset: offset + e.place(err), Code: CodeInternal}
	var f *fail
	var fault *file.Error
	switch {
	case errors.As(err, &f):
		located.Code, located.Message = f.code, f.message
	case errors.As(err, &fault):
		located.Message = "the expression failed: " + shorten(fault.Message, 200)
	default:
		located.Message = fmt.Sprintf("the expression failed: %v", err)
	}
	return located
}
