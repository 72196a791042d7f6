package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"text/tabwriter"
	"time"
)

// row is one measured number.
type row struct {
	// Measure is the name for -only.
	Measure string `json:"measure"`
	What    string `json:"what"`
	// Value is in Unit; a ratio has none.
	Value float64 `json:"value"`
	Unit  string  `json:"unit,omitempty"`
	// Want is the goal in words, Met whether it was reached; nil without a goal.
	Want string `json:"want,omitempty"`
	Met  *bool  `json:"met,omitempty"`
	// Rounds are the values that Value is the median of.
	Rounds []float64 `json:"rounds,omitempty"`
	// Detail is what the number comes from.
	Detail  any       `json:"detail,omitempty"`
	Command string    `json:"command"`
	Machine string    `json:"machine"`
	At      time.Time `json:"at"`
}

// report collects rows and writes each to a file as it comes.
type report struct {
	rows    []row
	file    *os.File // nil for none
	command string
	out     io.Writer
}

func newReport(out io.Writer, path, command string) (*report, error) {
	r := &report{out: out, command: command}
	if path == "" {
		return r, nil
	}
	var err error
	r.file, err = os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	return r, err
}

func (r *report) add(x row) error {
	x.Command, x.At = r.command+" -only "+x.Measure, time.Now().UTC().Truncate(time.Second)
	x.Machine = fmt.Sprintf("%d cores, %s/%s, %s", runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version())
	r.rows = append(r.rows, x)
	_, _ = fmt.Fprintf(r.out, "  %s: %s %s %s\n", x.What, number(x.Value), x.Unit, x.verdict())
	if r.file == nil {
		return nil
	}
	return json.NewEncoder(r.file).Encode(x)
}

func (r *report) addAll(rows ...row) error {
	for _, x := range rows {
		if err := r.add(x); err != nil {
			return err
		}
	}
	return nil
}

// atLeast and atMost set a row's goal.
func (x row) atLeast(goal float64) row {
	met := x.Value >= goal
	x.Want, x.Met = "≥ "+number(goal), &met
	return x
}

func (x row) atMost(goal float64) row {
	met := x.Value <= goal
	x.Want, x.Met = "≤ "+number(goal), &met
	return x
}

func (x row) verdict() string {
	switch {
	case x.Met == nil:
		return ""
	case *x.Met:
		return "(wanted " + x.Want + ")"
	}
	return "(wanted " + x.Want + ": MISSED)"
}

// number prints three significant digits, and whole numbers above.
func number(v float64) string {
	if v >= 100 || v <= -100 || v == float64(int64(v)) {
		return fmt.Sprintf("%.0f", v)
	}
	return fmt.Sprintf("%.3g", v)
}

// table prints all rows as Markdown, which reads well on a terminal too.
func (r *report) table() error {
	w := tabwriter.NewWriter(r.out, 0, 0, 1, ' ', 0)
	_, _ = fmt.Fprintf(w, "\n| what\t| value\t| wanted\t| command\t|\n| ---\t| ---\t| ---\t| ---\t|\n")
	for _, x := range r.rows {
		want := x.Want
		if x.Met != nil && !*x.Met {
			want += " **missed**"
		}
		_, _ = fmt.Fprintf(w, "| %s\t| %s %s\t| %s\t| `-only %s`\t|\n", x.What, number(x.Value), x.Unit, want, x.Measure)
	}
	_, _ = fmt.Fprintf(w, "\nEach number by: %s -only NAME\n", r.command)
	return w.Flush()
}

func (r *report) close() error {
	if r.file == nil {
		return nil
	}
	return r.file.Close()
}
