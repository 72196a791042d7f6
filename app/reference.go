package app

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes"
)

// Reference writes the reference of all node types of a registry as Markdown, from
// what their forms are made of.
func Reference(registry *nodes.Registry) []byte {
	groups := map[string][]*nodes.NodeType{}
	for _, n := range registry.All() {
		groups[n.Group] = append(groups[n.Group], n)
	}
	var out strings.Builder
	out.WriteString("# Reference of node types\n\nMade by `make reference` from the node types themselves; not to be edited. ")
	out.WriteString("How they are used in a workflow is in [mapping.md](mapping.md); how to write one in [nodes.md](nodes.md) and [declarative-nodes.md](declarative-nodes.md).\n")
	names := slices.SortedFunc(keysOf(groups), func(a, b string) int {
		return cmp.Or(cmp.Compare(rank(groups[a]), rank(groups[b])), cmp.Compare(a, b))
	})
	for _, group := range names {
		fmt.Fprintf(&out, "\n## %s\n", group)
		for _, n := range groups[group] {
			writeType(&out, n)
		}
	}
	return []byte(out.String())
}

func keysOf(groups map[string][]*nodes.NodeType) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for name := range groups {
			if !yield(name) {
				return
			}
		}
	}
}

// rank puts apps behind what is our own, and connections last.
func rank(types []*nodes.NodeType) int {
	for _, n := range types {
		if n.Kind == nodes.KindConnection {
			return 2
		}
		if slices.ContainsFunc(n.Fields, func(f nodes.Field) bool { return f.Of != "" }) {
			return 1
		}
	}
	return 0
}

var kindWords = map[nodes.Kind]string{
	nodes.KindAction: "talks to a service", nodes.KindInternal: "changes the workspace", nodes.KindFlow: "decides how the run goes on",
	nodes.KindTrigger: "starts runs", nodes.KindConnection: "connection",
}

func writeType(out *strings.Builder, n *nodes.NodeType) {
	fmt.Fprintf(out, "\n### %s\n\n`%s` · version %d · %s", cell(n.Name), n.Type, n.Version, kindWords[n.Kind])
	if n.Contact == nodes.ContactRequired {
		out.WriteString(" · needs a contact")
	}
	fmt.Fprintf(out, "\n\n%s\n", cell(n.Summary))
	if len(n.Fields) > 0 {
		out.WriteString("\n| param | kind | |\n|---|---|---|\n")
		writeFields(out, n.Fields, "")
	}
	if n.Sample != nil {
		sample, err := value.Encode(n.Sample)
		if err == nil {
			fmt.Fprintf(out, "\nOutput:\n\n```json\n%s\n```\n", sample)
		}
	}
}

func writeFields(out *strings.Builder, fields []nodes.Field, under string) {
	for _, f := range fields {
		kind := string(f.Kind)
		switch {
		case f.Kind == nodes.FieldList && f.Item != "":
			kind = "list of " + string(f.Item)
		case f.Of != "":
			kind = "connection (" + f.Of + ")"
		case f.Ref != "":
			kind = "id of " + f.Ref
		}
		fmt.Fprintf(out, "| `%s` | %s | %s |\n", under+f.Key, kind, cell(aboutField(f)))
		writeFields(out, f.Fields, under+f.Key+".")
	}
}

func aboutField(f nodes.Field) string {
	about := []string{f.Label + "."}
	add := func(format string, args ...any) { about = append(about, fmt.Sprintf(format, args...)) }
	if f.Required {
		about[0] = "**" + f.Label + "** (required)."
	}
	if f.Help != "" {
		add("%s", f.Help)
	}
	if len(f.Options) > 0 {
		values := make([]string, len(f.Options))
		for i, o := range f.Options {
			values[i] = "`" + o.Value + "`"
		}
		add("One of %s.", strings.Join(values, ", "))
	}
	if f.Default != nil {
		if text, err := value.Encode(f.Default); err == nil {
			add("Default `%s`.", strings.Trim(string(text), `"`))
		}
	}
	if f.Min != nil {
		add("At least %s.", number(*f.Min))
	}
	if f.Max != nil {
		add("At most %s.", number(*f.Max))
	}
	if f.ShowIf != nil {
		add("Only while `%s` is `%s`.", f.ShowIf.Field, strings.Join(f.ShowIf.Values, "` or `"))
	}
	if f.NoMap {
		add("Takes no mapping.")
	}
	return strings.Join(about, " ")
}

func number(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// cell keeps a text within one cell of a table.
func cell(text string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ", "<", "&lt;").Replace(text)
}
