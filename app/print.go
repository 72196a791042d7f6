package app

import (
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"
)

// printJSON prints an answer for programs.
func (p *program) printJSON(v any) error {
	enc := json.NewEncoder(p.Stdout)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// say prints a line for people, which --json leaves out.
func (p *program) say(format string, args ...any) {
	if !p.json {
		_, _ = fmt.Fprintf(p.Stdout, format+"\n", args...)
	}
}

// printRows prints rows as a table for people, with a head where it has one, or as a
// list of objects with these keys for programs.
func (p *program) printRows(keys []string, headed bool, rows [][]string) error {
	if p.json {
		list := make([]map[string]string, len(rows))
		for i, row := range rows {
			list[i] = map[string]string{}
			for k, key := range keys {
				list[i][key] = row[k]
			}
		}
		return p.printJSON(list)
	}
	table := tabwriter.NewWriter(p.Stdout, 0, 8, 2, ' ', 0)
	if headed {
		_, _ = fmt.Fprintln(table, strings.ToUpper(strings.Join(keys, "\t")))
	}
	for _, row := range rows {
		_, _ = fmt.Fprintln(table, strings.Join(row, "\t"))
	}
	return table.Flush()
}
