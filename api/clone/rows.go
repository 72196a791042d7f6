// Package clone puts a template into many workspaces at once: it reads who gets
// what from a sheet, does it as a job with progress, and reports client by client.
package clone

import (
	"fmt"
	"io"
	"strings"

	"github.com/hookloom/hookloom/api/sheet"
	"github.com/hookloom/hookloom/engine/template"
)

// MaxRows is how many clients one job takes.
const MaxRows = 1000

// ClientColumn is the heading of the column that names the client.
const ClientColumn = "Client"

// Row is one client of a job.
type Row struct {
	// Client is what the sheet says: a workspace's id, slug or name.
	Client string `json:"client"`
	// Inputs are texts, or true and false, by the keys of the template's inputs.
	Inputs map[string]any `json:"inputs"`
	// Line is where the row begins in the sheet; 0 when it came from no sheet.
	Line int `json:"line,omitempty"`
}

// Asked are the inputs that a sheet has columns for.
func Asked(f template.File) []template.Input {
	var list []template.Input
	for _, in := range f.Inputs {
		if in.Asked() {
			list = append(list, in)
		}
	}
	return list
}

// Heading names the columns of a sheet: inputs by their labels, by their keys where
// two have one label.
func Heading(f template.File) []string {
	heading := []string{ClientColumn}
	count := map[string]int{strings.ToLower(ClientColumn): 1}
	for _, in := range Asked(f) {
		count[strings.ToLower(in.Label)]++
	}
	for _, in := range Asked(f) {
		name := in.Label
		if count[strings.ToLower(name)] > 1 {
			name = in.Key
		}
		heading = append(heading, name)
	}
	return heading
}

// WriteSheet writes a sheet to fill in, with a line for each client and the
// defaults of the inputs.
func WriteSheet(w io.Writer, f template.File, clients []string) error {
	out, err := sheet.NewWriter(w, Heading(f)...)
	if err != nil {
		return err
	}
	for _, client := range clients {
		row := []string{client}
		for _, in := range Asked(f) {
			text := ""
			if in.Default != nil {
				text = fmt.Sprint(in.Default)
			}
			row = append(row, text)
		}
		if err := out.Write(row...); err != nil {
			return err
		}
	}
	return out.Flush()
}

// ReadSheet reads a filled-in sheet. Columns are found by key or label, ignoring
// case; a column that is neither is an error for the person, as a file that cannot
// be read is.
func ReadSheet(content []byte, f template.File) ([]Row, error) {
	t, err := sheet.Read(content, "yes")
	if err != nil {
		return nil, err
	}
	columns, err := columnsOf(t.Header, f)
	if err != nil {
		return nil, err
	}
	if len(t.Rows) > MaxRows {
		return nil, &sheet.FileError{Message: fmt.Sprintf("The sheet has %d rows; one job takes %d clients at most: cut it into several.", len(t.Rows), MaxRows)}
	}
	rows := make([]Row, len(t.Rows))
	for i, cells := range t.Rows {
		rows[i] = Row{Inputs: map[string]any{}, Line: t.Lines[i]}
		for n, key := range columns {
			if n >= len(cells) || strings.TrimSpace(cells[n]) == "" {
				continue
			}
			text := strings.TrimSpace(sheet.Plain(cells[n]))
			if key == "" {
				rows[i].Client = text
				continue
			}
			rows[i].Inputs[key] = text
		}
	}
	return rows, nil
}

// columnsOf tells which input each column fills in; "" is the client.
func columnsOf(header []string, f template.File) ([]string, error) {
	client := -1
	columns := make([]string, len(header))
	for n, name := range header {
		name = strings.TrimSpace(sheet.Plain(name))
		if strings.EqualFold(name, ClientColumn) || strings.EqualFold(name, "workspace") {
			client = n
			continue
		}
		key, ok := inputNamed(name, f)
		if !ok {
			return nil, &sheet.FileError{Message: fmt.Sprintf("The column %.80q is none of the template's: name it %s, or download the sheet anew.", name, strings.Join(Heading(f), ", "))}
		}
		columns[n] = key
	}
	if client < 0 {
		return nil, &sheet.FileError{Message: "The sheet lacks the column Client, which says who gets the template."}
	}
	return columns, nil
}

func inputNamed(name string, f template.File) (string, bool) {
	for _, in := range f.Inputs {
		if strings.EqualFold(in.Key, name) {
			return in.Key, true
		}
	}
	for _, in := range Asked(f) {
		if strings.EqualFold(in.Label, name) {
			return in.Key, true
		}
	}
	return "", false
}
