package contract

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"time"

	"github.com/hookloom/hookloom/nodes"
)

// Options say how tests are run. Registry is required.
type Options struct {
	// Registry holds the node types that workflows may use.
	Registry *nodes.Registry
	// Check refuses calls that the guarded client would refuse; nil refuses none.
	Check func(nodes.HTTPRequest) error
	// Only runs tests whose "FILE/NAME" it matches; nil runs all.
	Only *regexp.Regexp
	// Timeout bounds one test in real time; 0 means 30 s.
	Timeout time.Duration
	// Update rewrites the expectations of the tests that were run.
	Update bool
}

// Result is what became of one test.
type Result struct {
	File string `json:"file"`
	// Line is where the test begins.
	Line    int     `json:"line,omitempty"`
	Name    string  `json:"name"`
	Passed  bool    `json:"passed"`
	Seconds float64 `json:"seconds"`
	// Error says why the test could not be played to its end; "" when it was.
	Error       string       `json:"error,omitempty"`
	Differences []Difference `json:"differences,omitempty"`
	// Updated says that its expectations were written anew.
	Updated bool `json:"updated,omitempty"`
}

// Play runs the tests of suites one after the other and tells of each as it ends. The
// error is one of the machine, such as a full disk, never a failed test.
func Play(ctx context.Context, suites []*Suite, o Options, tell func(Result)) error {
	blank, err := makeBlank(ctx)
	if err != nil {
		return err
	}
	defer os.RemoveAll(blank)
	for _, s := range suites {
		changed := false
		for i, t := range s.File.Tests {
			if o.Only != nil && !o.Only.MatchString(s.Path+"/"+t.Name) {
				continue
			}
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			r := s.test(ctx, blank, i, o)
			changed = changed || r.Updated
			tell(r)
		}
		if changed {
			if err := s.write(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Suite) test(ctx context.Context, blank string, i int, o Options) (r Result) {
	t, at := s.File.Tests[i], "/tests/"+strconv.Itoa(i)
	begun := time.Now()
	r = Result{File: s.Path, Name: t.Name, Line: s.places.Line(at)}
	defer func() {
		r.Seconds = time.Since(begun).Seconds()
		r.Passed = r.Error == "" && len(r.Differences) == 0
	}()
	timeout := o.Timeout
	if timeout <= 0 {
		timeout = 30 * time.Second
	}
	ctx, cancel := context.WithTimeoutCause(ctx, timeout, fmt.Errorf("it took longer than %s", timeout))
	defer cancel()
	got, err := s.play(ctx, blank, t, o)
	if err != nil {
		r.Error = err.Error()
		return r
	}
	if o.Update {
		t.Expect, r.Updated = expected(t.Expect, got), true
	}
	r.Differences = compare(at+"/expect", t.Expect, got)
	for k := range r.Differences {
		r.Differences[k].Line = s.places.Line(r.Differences[k].Pointer)
	}
	return r
}

// play plays one test and looks at what became of it.
func (s *Suite) play(ctx context.Context, blank string, t *Test, o Options) (got outcome, err error) {
	out := &outside{check: o.Check, answers: t.Answers, used: make([]int, len(t.Answers))}
	w, err := open(ctx, blank, o.Registry, together(s.File.Given, t.Given), out)
	if err != nil {
		return got, err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	st, err := w.publish(ctx, s)
	if err != nil {
		return got, err
	}
	if err := st.play(ctx, t.When, t.stays()); err != nil {
		return got, err
	}
	return st.outcome(ctx)
}

// stays reports whether a test ends while a run waits.
func (t *Test) stays() bool {
	if t.Expect == nil {
		return false
	}
	if t.Expect.Run != nil && t.Expect.Run.Status == "waiting" {
		return true
	}
	for _, r := range t.Expect.Runs {
		if r.Status == "waiting" {
			return true
		}
	}
	return false
}
