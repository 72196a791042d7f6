package contract

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// Text writes what became of a test as people read it: a line, and below it what
// differs.
func Text(w io.Writer, r Result) {
	mark := "ok  "
	switch {
	case !r.Passed:
		mark = "FAIL"
	case r.Updated:
		mark = "new "
	}
	_, _ = fmt.Fprintf(w, "%s  %s: %s (%.2f s)\n", mark, r.File, r.Name, r.Seconds)
	_, _ = io.WriteString(w, details(r))
}

// details are the lines below a failed test.
func details(r Result) string {
	var b strings.Builder
	if r.Error != "" {
		fmt.Fprintf(&b, "      %s:%d: %s\n", r.File, r.Line, strings.ReplaceAll(r.Error, "\n", "\n      "))
	}
	for _, d := range r.Differences {
		fmt.Fprintf(&b, "      %s:%d: %s\n", r.File, d.Line, d.Pointer)
		if d.Message != "" {
			fmt.Fprintf(&b, "        %s\n", strings.ReplaceAll(d.Message, "\n", "\n        "))
		}
		if d.Expected != "" || d.Got != "" {
			fmt.Fprintf(&b, "        - expected  %s\n        + got       %s\n", d.Expected, d.Got)
		}
	}
	return b.String()
}

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Time     string      `xml:"time,attr"`
	Cases    []junitCase `xml:"testcase"`

	seconds float64
}

type junitCase struct {
	Class   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	File    string        `xml:"file,attr"`
	Time    string        `xml:"time,attr"`
	Failure *junitTrouble `xml:"failure,omitempty"`
	Error   *junitTrouble `xml:"error,omitempty"`
}

type junitTrouble struct {
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

// JUnit writes results as the XML that build servers read, a suite for each file.
func JUnit(w io.Writer, results []Result) error {
	var all junitSuites
	for _, r := range results {
		if n := len(all.Suites); n == 0 || all.Suites[n-1].Name != r.File {
			all.Suites = append(all.Suites, junitSuite{Name: r.File})
		}
		s := &all.Suites[len(all.Suites)-1]
		c := junitCase{Class: r.File, Name: r.Name, File: r.File, Time: fmt.Sprintf("%.3f", r.Seconds)}
		switch {
		case r.Error != "":
			c.Error = &junitTrouble{firstLine(r.Error), details(r)}
			s.Errors++
			all.Errors++
		case !r.Passed:
			c.Failure = &junitTrouble{fmt.Sprintf("%d differences", len(r.Differences)), details(r)}
			s.Failures++
			all.Failures++
		}
		s.Tests++
		all.Tests++
		s.seconds += r.Seconds
		s.Time = fmt.Sprintf("%.3f", s.seconds)
		s.Cases = append(s.Cases, c)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(all); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}
