package bundle

import (
	"github.com/hookloom/hookloom/engine/workflow"
)

// The codes of problems of files, beside those of packages template and workflow.
const (
	codeTooMany  = "too_many"
	codeTooLarge = "too_large"
	codeTwice    = "duplicate"
	codePath     = "invalid_path"
	codeZip      = "unreadable_zip"
	codeEmpty    = "empty"
	codeMissing  = "missing_file"
	codeInvalid  = "invalid"
	codeSchema   = "wrong_schema"
	codeUnknown  = "unknown"
)

// Problem is one thing for which files are refused.
type Problem struct {
	// File is its path in a zip; "" for the upload itself, and for a single file.
	File string
	// Pointer is a JSON pointer into the file.
	Pointer string
	// Step is the id of a workflow's step, "" for none.
	Step string
	Code string
	// Message says what is wrong and what to do.
	Message string
}

// At is the place for people: the file and the pointer into it.
func (p Problem) At() string {
	if p.File == "" {
		return p.Pointer
	}
	return p.File + "#" + p.Pointer
}

// maxProblems bounds what an upload can make the API answer.
const maxProblems = 200

// report collects what is wrong.
type report struct{ problems []Problem }

func (r *report) add(file, pointer, code, message string) {
	if len(r.problems) < maxProblems {
		r.problems = append(r.problems, Problem{File: file, Pointer: pointer, Code: code, Message: message})
	}
}

func (r *report) take(file string, problems []workflow.Problem) {
	for _, p := range problems {
		if len(r.problems) < maxProblems {
			r.problems = append(r.problems, Problem{File: file, Pointer: p.Pointer, Step: p.Step, Code: p.Code, Message: p.Message})
		}
	}
}
