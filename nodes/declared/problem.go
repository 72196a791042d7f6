package declared

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Problem is one thing wrong with a file.
type Problem struct {
	// Line and Column count from 1; they are 0 where the place is not known.
	Line, Column int
	// Pointer is the JSON pointer of the place: /actions/post/request/path.
	Pointer string
	// Message says what is wrong, Fix what to do.
	Message, Fix string
}

// String is a line for a terminal, without the file's name.
func (p Problem) String() string {
	var out strings.Builder
	if p.Line > 0 {
		fmt.Fprintf(&out, "%d:%d: ", p.Line, p.Column)
	}
	if p.Pointer != "" {
		out.WriteString(p.Pointer + ": ")
	}
	out.WriteString(p.Message)
	if p.Fix != "" {
		out.WriteString(". " + p.Fix)
	}
	return out.String()
}

// place is where something stands in the file.
type place struct{ line, column int }

// report collects problems with their places.
type report struct {
	places   map[string]place
	problems []Problem
}

// maxProblems keeps the list of a file that is something else readable.
const maxProblems = 100

func (r *report) add(pointer, fix, format string, args ...any) {
	if len(r.problems) == maxProblems {
		return
	}
	at := r.nearest(pointer)
	r.problems = append(r.problems, Problem{at.line, at.column, pointer, fmt.Sprintf(format, args...), fix})
}

// nearest is the place of a pointer, or of what holds it.
func (r *report) nearest(pointer string) place {
	for {
		if at, ok := r.places[pointer]; ok {
			return at
		}
		end := strings.LastIndexByte(pointer, '/')
		if end < 0 {
			return place{}
		}
		pointer = pointer[:end]
	}
}

// sorted lists the problems in the order of the file.
func (r *report) sorted() []Problem {
	slices.SortStableFunc(r.problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return slices.Compact(r.problems)
}
