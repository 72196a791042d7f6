package declared

import (
	"strconv"
	"strings"

	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/nodes"
)

// fields checks what the form itself does not: the rest is found when the types are
// made.
func (l *linter) fields(fields []Field, at string, connection bool) {
	if len(fields) > maxFields {
		l.add(at, "", "there are %d fields, at most %d are possible", len(fields), maxFields)
	}
	for i, f := range fields {
		at := at + "/" + strconv.Itoa(i)
		switch {
		case f.Key == "connection" && !connection:
			l.add(at+"/key", "Choose another key: the connection stands in front of every form by itself.", "the key connection is taken")
		case f.Kind == "secret" && !connection:
			l.add(at+"/kind", "Credentials belong to the connection: move the field to auth.fields.", "a step has no secrets of its own")
		case connection && f.Kind != "" && !simple[f.Kind]:
			l.add(at+"/kind", "Use text, url, number, switch, choice or secret.", "a connection has no field of kind %s", f.Kind)
		}
		if f.Choices != "" && connection {
			l.add(at+"/choices", "Remove it.", "the form of a connection has no choices: there is nobody to ask yet")
		}
		if f.Kind == "secret" && f.Default != nil {
			l.add(at+"/default", "Remove it.", "a secret has no default")
		}
		l.fields(f.Fields, at+"/fields", connection)
	}
}

var simple = map[string]bool{"text": true, "url": true, "number": true, "switch": true, "choice": true, "secret": true}

func (l *linter) connectionField(key string) *Field {
	for i := range l.file.Auth.Fields {
		if l.file.Auth.Fields[i].Key == key {
			return &l.file.Auth.Fields[i]
		}
	}
	return nil
}

// references holds what a template names to the fields that are there.
func (l *linter) references(t *mapping.Template, at string) {
	for _, ref := range t.References() {
		if len(ref.Path) < 2 {
			continue
		}
		fields := l.params
		switch ref.Path[0] {
		case "connection":
			fields = l.file.Auth.Fields
		case "params":
			if fields == nil {
				l.add(at, "Name a field of the connection.", "there are no params here")
				continue
			}
		default:
			continue
		}
		known := make([]string, len(fields))
		for i, f := range fields {
			known[i] = f.Key
		}
		if l.named != nil && ref.Path[0] == "params" {
			l.named[ref.Path[1]] = true
		}
		if !contains(known, ref.Path[1]) {
			fix := "The fields are " + strings.Join(known, ", ") + "."
			if near := nearest(ref.Path[1], known); near != "" {
				fix = "Do you mean " + ref.Path[0] + "." + near + "?"
			}
			l.add(at, fix, "there is no field %s.%.60s", ref.Path[0], ref.Path[1])
		}
	}
}

func contains(list []string, word string) bool {
	for _, e := range list {
		if e == word {
			return true
		}
	}
	return false
}

// described are the fields as node types have them.
func described(fields []Field) []nodes.Field {
	out := make([]nodes.Field, len(fields))
	for i, f := range fields {
		kind := nodes.FieldKind(f.Kind)
		if kind == "" {
			kind = nodes.FieldText
		}
		out[i] = nodes.Field{
			Key: f.Key, Kind: kind, Label: f.Label, Help: f.Help, Required: f.Required, Default: f.Default, Example: f.Example,
			Min: f.Min, Max: f.Max, Advanced: f.Advanced, Tab: f.Tab, NoMap: f.NoMap, Item: nodes.FieldKind(f.Item),
		}
		if f.Tab == "setup" {
			out[i].Tab = ""
		}
		if len(f.Fields) > 0 {
			out[i].Fields = described(f.Fields)
		}
		if f.ShowIf != nil {
			out[i].ShowIf = &nodes.ShowIf{Field: f.ShowIf.Field, Values: f.ShowIf.Values}
		}
		for _, o := range f.Options {
			label := o.Label
			if label == "" {
				label = strings.ReplaceAll(o.Value, "_", " ")
				label = strings.ToUpper(label[:1]) + label[1:]
			}
			out[i].Options = append(out[i].Options, nodes.Option{Value: o.Value, Label: label})
		}
	}
	return out
}
