package mapping_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/hookloom/hookloom/engine/mapping"
)

var update = flag.Bool("update", false, "write docs/mapping.md anew")

const reference = "../../docs/mapping.md"

// TestReferenceIsCurrent holds docs/mapping.md to the function table: the page
// is made of what evaluation uses.
func TestReferenceIsCurrent(t *testing.T) {
	want := referencePage()
	if *update {
		if err := os.WriteFile(reference, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(reference)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is not current: run go test ./engine/mapping -run Reference -update", reference)
	}
}

func referencePage() string {
	var b strings.Builder
	b.WriteString(`# Mappings

A text may hold mappings: ` + "`Hello {{ trigger.body.name | title() }}`" + `. A field that is
exactly one mapping keeps its kind (a number stays a number); in a longer text it
is written out. A mapping can name ` + "`" + strings.Join(mapping.Roots(), "`, `") + "`" + `. Keys with
spaces or other signs stand in brackets: ` + "`trigger.body[\"Your e-mail?\"]`" + `. ` + "`\\{{`" + ` writes
two braces.

A value that is not there is nothing, and the run lists it. What an empty value
does is said behind it: ` + "`default(v)`, `omit()`, `as_null()` or `stop(\"why\")`" + `.

Every function can be called behind a pipe: ` + "`x | f(y)` is `f(x, y)`" + `. Examples show what
they give on 2026-03-01 12:00 UTC in an English workspace. This page is made from
the function table by ` + "`go test ./engine/mapping -run Reference -update`" + `.
`)
	group := ""
	for _, f := range mapping.Functions() {
		if f.Group != group {
			group = f.Group
			fmt.Fprintf(&b, "\n## %s\n\n| function | what it does | example | gives |\n|---|---|---|---|\n", group)
		}
		fmt.Fprintf(&b, "| `%s` | %s | `%s` | %s |\n", signature(f), cell(f.Summary), cell(f.Example), result(f.Result))
	}
	b.WriteString("\n## Conditions\n\nRows of a condition compare a value with one of these. Text ignores case; values\nof kinds that cannot be compared do not match, with a note.\n\n| is | means |\n|---|---|\n")
	for _, o := range mapping.Operators() {
		fmt.Fprintf(&b, "| `%s` | %s |\n", o.Name, cell(o.Label))
	}
	return b.String()
}

func signature(f mapping.Function) string {
	args := make([]string, len(f.Args))
	for i, a := range f.Args {
		args[i] = a.Name
		if a.Many {
			args[i] += "..."
		}
		if a.Optional {
			args[i] = "[" + args[i] + "]"
		}
	}
	return f.Name + "(" + strings.Join(args, ", ") + ")"
}

func result(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return cell(fmt.Sprint(v))
	}
	return "`" + cell(string(text)) + "`"
}

// cell keeps a text within its cell of the table.
func cell(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "|", "\\|"), "\n", " ")
}
