package template

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"github.com/hookloom/hookloom/engine/workflow"
)

// SchemaBase is where the JSON schemas of files are published. Every Hookloom also
// serves them, under SchemaPath.
const (
	SchemaBase = "https://raw.githubusercontent.com/hookloom/hookloom/main/docs"
	SchemaPath = "/schemas/"
)

// The schemas of files, as they name them in $schema.
const (
	TemplateSchema = SchemaBase + SchemaPath + "template-1.json"
	// WorkflowSchema is of a template with one workflow and nothing to ask for.
	WorkflowSchema  = SchemaBase + SchemaPath + "workflow-1.json"
	WorkspaceSchema = SchemaBase + SchemaPath + "workspace-1.json"
)

// SchemaName is the last part of a schema's address, such as "workflow-1.json"; ""
// for an address that is none of a schema of ours. The host does not count: each
// Hookloom serves the schemas too.
func SchemaName(address string) string {
	i := strings.LastIndex(address, SchemaPath)
	if i < 0 {
		return ""
	}
	name := address[i+len(SchemaPath):]
	if !schemaName.MatchString(name) {
		return ""
	}
	return name
}

var schemaName = regexp.MustCompile(`^(template|workflow|workspace)-[1-9][0-9]{0,3}\.json$`)

// WrongSchema says what is wrong with a file's $schema when it should be one of
// those named; "" for nothing. An empty one is right everywhere.
func WrongSchema(address string, names ...string) string {
	if address == "" {
		return ""
	}
	name := SchemaName(address)
	kind, _, _ := strings.Cut(name, "-")
	for _, known := range names {
		if name == known {
			return ""
		}
		if strings.HasPrefix(known, kind+"-") && kind != "" {
			return fmt.Sprintf("This file was written by a newer version (its $schema is %s). Update this installation to use it.", name)
		}
	}
	return fmt.Sprintf("$schema is %.200q, and a file of this kind has one that ends with %s%s: write that, or take the line out.", address, SchemaPath, strings.Join(names, " or "))
}

// schemaOf checks what a file says of its own form.
func (c *checker) schemaOf(f *File) {
	if wrong := WrongSchema(f.Describes, "template-1.json", "workflow-1.json"); wrong != "" {
		c.add("/$schema", codeSchema, wrong)
	}
	if !f.IsWorkflow() {
		return
	}
	if n := len(f.Workflows); n != 1 {
		c.add("/workflows", workflow.CodeTooMany, fmt.Sprintf("A workflow file has one workflow, not %d: write template-1.json into $schema, or split the file.", n))
	}
	for i, in := range f.Inputs {
		if in.Asked() && in.Kind != Connection {
			c.add(fmt.Sprintf("/inputs/%d/mode", i), codeInput, "A workflow file asks for nothing: let this input be found or made by its name, or write template-1.json into $schema.")
		}
	}
}

// IsWorkflow reports whether the file names itself a workflow file.
func (f File) IsWorkflow() bool { return SchemaName(f.Describes) == "workflow-1.json" }

// JSON is the file as it is written: the same content gives the same bytes, with
// keys in a fixed order, two spaces and one line feed at the end.
func (f File) JSON() ([]byte, error) { return Pretty(f) }

// Pretty writes what a file holds as files are written, see File.JSON.
func Pretty(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(v)
	return b.Bytes(), err
}
