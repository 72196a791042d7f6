package bundle

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/hookloom/hookloom/engine/template"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes"
)

// Read reads an upload, a zip of files or a single one, and reports all that is
// wrong with it. Nothing of a bundle with problems may be used.
func Read(raw []byte, reg *nodes.Registry) (Bundle, []Problem) {
	if !packed(raw) {
		return ReadFiles([]Content{{Text: raw}}, reg)
	}
	files, problems := Unzip(raw)
	if len(problems) > 0 {
		return Bundle{}, problems
	}
	return ReadFiles(files, reg)
}

// ReadFiles reads files that were unpacked. A file is what its $schema says, or
// what its path does: WorkspaceName is the workspace's, and a template is what
// stands in TemplateFolder or asks for something; the others are workflows.
func ReadFiles(files []Content, reg *nodes.Registry) (Bundle, []Problem) {
	r := &report{}
	var b Bundle
	var workspaceFile string
	for _, f := range files {
		text, problems := template.Strict(f.Text)
		if len(problems) > 0 {
			r.take(f.Path, problems)
			continue
		}
		if isWorkspace(f.Path, text) {
			if b.Workspace != nil {
				r.add(f.Path, "", codeTwice, "There are two workspace files: take one of them out.")
				continue
			}
			b.Workspace, workspaceFile = r.workspace(f.Path, text, reg), f.Path
			continue
		}
		file, problems := template.Read(text)
		if len(problems) == 0 {
			problems = template.Known(file, reg)
		}
		r.take(f.Path, problems)
		r.defines(f.Path, file)
		if isTemplate(f.Path, file) {
			b.Templates = append(b.Templates, Item{Path: f.Path, File: file})
		} else {
			b.Workflows = append(b.Workflows, Item{Path: f.Path, File: file})
		}
	}
	if b.Workspace != nil {
		b.Workflows = r.listed(workspaceFile, "workflows", b.Workspace.Workflows, b.Workflows)
		b.Templates = r.listed(workspaceFile, "templates", b.Workspace.Templates, b.Templates)
	} else {
		byPath(b.Workflows)
		byPath(b.Templates)
	}
	return b, r.problems
}

func byPath(items []Item) {
	slices.SortStableFunc(items, func(x, y Item) int { return cmp.Compare(x.Path, y.Path) })
}

// isWorkspace tells the workspace's file by its path or by what it says it is.
func isWorkspace(path string, text []byte) bool {
	if path != "" {
		return path == WorkspaceName
	}
	var head struct {
		Describes string          `json:"$schema"`
		Workflows json.RawMessage `json:"workflows"`
		Name      *string         `json:"name"`
		Inputs    json.RawMessage `json:"inputs"`
	}
	if json.Unmarshal(text, &head) != nil {
		return false
	}
	return strings.HasPrefix(template.SchemaName(head.Describes), "workspace-") || head.Describes == "" && head.Name == nil && head.Inputs == nil && !bytes.Contains(head.Workflows, []byte(`"definition"`))
}

func isTemplate(path string, f template.File) bool {
	switch {
	case f.Describes != "":
		return !f.IsWorkflow()
	case strings.HasPrefix(path, TemplateFolder):
		return true
	}
	return slices.ContainsFunc(f.Inputs, func(in template.Input) bool { return in.Asked() && in.Kind != template.Connection })
}

var workspaceShape = reflect.TypeFor[Workspace]()

// workspace reads the workspace's file.
func (r *report) workspace(path string, text []byte, reg *nodes.Registry) *Workspace {
	w := &Workspace{}
	v, err := value.Decode(text)
	object, ok := v.(map[string]any)
	if err != nil || !ok {
		r.add(path, "", codeInvalid, "The workspace's file must be an object with schema and lists of what there is.")
		return w
	}
	if n, isNumber := object["schema"].(int); isNumber && n > Schema {
		r.add(path, "/schema", codeSchema, fmt.Sprintf("This file was written by a newer version (format %d; this one reads up to %d). Update this installation to use it.", n, Schema))
		return w
	}
	before := len(r.problems)
	r.take(path, template.Shape(v, workspaceShape))
	if len(r.problems) > before {
		return w
	}
	if err := json.Unmarshal(text, w); err != nil {
		r.add(path, "", codeInvalid, "The file is not readable: "+err.Error()+".")
		return w
	}
	r.check(path, w, reg)
	return w
}

// listed puts items into the order of the workspace's list, those that it does not
// name behind, and gives workflows their folders.
func (r *report) listed(file, key string, entries []Entry, items []Item) []Item {
	byPath(items)
	var ordered []Item
	taken := map[string]bool{}
	for i, e := range entries {
		at := fmt.Sprintf("/%s/%d", key, i)
		place := slices.IndexFunc(items, func(it Item) bool { return it.Path == e.File })
		switch {
		case taken[e.File]:
			r.add(file, at+"/file", codeTwice, fmt.Sprintf("%.100q is listed twice: take one line out.", e.File))
		case place < 0:
			r.add(file, at+"/file", codeMissing, fmt.Sprintf("The file %.100q is not here: add it, or take this line out. A workspace file goes together with its folders, in a zip.", e.File))
		default:
			folder := e.Folder
			items[place].Folder = &folder
			ordered = append(ordered, items[place])
		}
		taken[e.File] = true
	}
	for _, it := range items {
		if !taken[it.Path] {
			ordered = append(ordered, it)
		}
	}
	return ordered
}
