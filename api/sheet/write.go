package sheet

import (
	"encoding/csv"
	"io"
	"strings"
)

// risky begins a cell that a spreadsheet would take for a formula.
const risky = "=+-@\t\r"

// Cell writes a text so that a spreadsheet shows it and computes nothing: a
// single quote goes before what would be a formula.
func Cell(text string) string {
	if text != "" && strings.IndexByte(risky, text[0]) >= 0 {
		return "'" + text
	}
	return text
}

// Plain undoes Cell, so that what was taken out can be brought in again.
func Plain(cell string) string {
	if len(cell) > 1 && cell[0] == '\'' && strings.IndexByte(risky, cell[1]) >= 0 {
		return cell[1:]
	}
	return cell
}

// Writer writes CSV for spreadsheets: UTF-8 with a mark that Excel needs, and no
// formulas.
type Writer struct{ csv *csv.Writer }

// NewWriter writes the heading.
func NewWriter(w io.Writer, heading ...string) (*Writer, error) {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return nil, err
	}
	out := &Writer{csv.NewWriter(w)}
	return out, out.Write(heading...)
}

// Write writes one row; it may wait in memory until Flush.
func (w *Writer) Write(row ...string) error {
	safe := make([]string, len(row))
	for i, text := range row {
		safe[i] = Cell(text)
	}
	return w.csv.Write(safe)
}

// Flush writes what waits and returns the first error so far.
func (w *Writer) Flush() error {
	w.csv.Flush()
	return w.csv.Error()
}
