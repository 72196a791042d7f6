package declared

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
)

// The marks between which Documented writes.
const (
	documentBegins = "<!-- the format, made by make reference; not to be edited -->\n"
	documentEnds   = "<!-- end of the format -->\n"
)

// Documented is a page with the reference of the format written anew between its
// marks, from the types that files are read into. A page without marks comes back
// as it is.
func Documented(page []byte) []byte { return DocumentedAs(page, reflect.TypeFor[File]()) }

// DocumentedAs is Documented for files that Strict reads into another struct.
func DocumentedAs(page []byte, file reflect.Type) []byte {
	before, rest, ok := bytes.Cut(page, []byte(documentBegins))
	_, after, ends := bytes.Cut(rest, []byte(documentEnds))
	if !ok || !ends {
		return page
	}
	var out bytes.Buffer
	out.Write(before)
	out.WriteString(documentBegins)
	seen := map[reflect.Type]bool{}
	writeObject(&out, file, "The file", seen)
	out.WriteString("\n" + documentEnds)
	out.Write(after)
	return out.Bytes()
}

// writeObject writes a table of a struct's keys, and those of what it holds.
func writeObject(out *bytes.Buffer, t reflect.Type, title string, seen map[reflect.Type]bool) {
	if seen[t] {
		return
	}
	seen[t] = true
	fmt.Fprintf(out, "\n### %s\n\n| key | | |\n|---|---|---|\n", title)
	var inner []reflect.StructField
	for i := range t.NumField() {
		f := t.Field(i)
		kind, of := kindOf(f.Type)
		if of != nil {
			inner = append(inner, f)
		}
		about := f.Tag.Get("doc")
		if f.Tag.Get("required") == "true" {
			about = "**Required.** " + about
		}
		if options := f.Tag.Get("options"); options != "" {
			about += " One of `" + strings.ReplaceAll(options, ",", "`, `") + "`."
		}
		if most := f.Tag.Get("max"); most != "" {
			about += " At most " + most + " characters."
		}
		fmt.Fprintf(out, "| `%s` | %s | %s |\n", f.Tag.Get("yaml"), kind, strings.ReplaceAll(about, "|", `\|`))
	}
	for _, f := range inner {
		_, of := kindOf(f.Type)
		writeObject(out, of, "`"+f.Tag.Get("yaml")+"`", seen)
	}
}

// kindOf names a type for people, with the struct that it holds.
func kindOf(t reflect.Type) (string, reflect.Type) {
	switch t.Kind() {
	case reflect.Pointer:
		return kindOf(t.Elem())
	case reflect.Struct:
		return "object", t
	case reflect.Map:
		kind, of := kindOf(t.Elem())
		if of != nil || t.Elem().Kind() == reflect.Map {
			return "objects by name", of
		}
		return kind + "s by name", nil
	case reflect.Slice:
		kind, of := kindOf(t.Elem())
		return "list of " + kind + "s", of
	case reflect.Bool:
		return "true or false", nil
	case reflect.Int, reflect.Float64:
		return "number", nil
	case reflect.String:
		return "text", nil
	}
	return "value", nil
}
