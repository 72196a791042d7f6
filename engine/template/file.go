// Package template reads template files: workflows with blanks that a person
// fills in before they are created. The starter templates are such files inside
// the binary; exports and the templates of agencies are the same file.
package template

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/hookloom/hookloom/engine/value"
)

// Schema is the version of the file format.
const Schema = 1

// InputKey is the only key of an object in a definition that stands for an
// input's value: {"$input": "offer"}. Where an optional input is left out, the
// entry around it is left out too.
const InputKey = "$input"

// File is a template.
type File struct {
	Schema int    `json:"schema"`
	Name   string `json:"name"`
	// Summary says in a sentence what it does.
	Summary  string `json:"summary"`
	Category string `json:"category"`
	// Icon is a Tabler icon name.
	Icon string `json:"icon,omitempty"`
	// Apps are the services that it works with, by the names that people know.
	Apps []string `json:"apps,omitempty"`
	// About is what a person has to do outside of Hookloom; "" for nothing.
	About string `json:"about,omitempty"`
	// Sources are the public pages that describe the calls to other services.
	Sources   []string   `json:"sources,omitempty"`
	Inputs    []Input    `json:"inputs"`
	Workflows []Workflow `json:"workflows"`
	// Sample is what to try the workflow with; nil for none.
	Sample *Sample `json:"sample,omitempty"`
}

// The kinds of inputs. They stand in definitions as blanks, but for the last two:
// mappings name them, custom_values.KEY and contact.fields.KEY. These are made
// where the workspace has none of that key, and kept where it has one.
const (
	Text        = "text"
	URL         = "url"
	Secret      = "secret"
	Switch      = "switch"
	Offer       = "offer"        // an id or exact title
	Tag         = "tag"          // a name
	Form        = "form"         // an id or exact title
	Connection  = "connection"   // an id
	CustomValue = "custom_value" // its value, a text
	// ContactField asks nothing: the field is made by its label.
	ContactField = "contact_field"
)

var kinds = []string{Text, URL, Secret, Switch, Offer, Tag, Form, Connection, CustomValue, ContactField}

// Input is a blank.
type Input struct {
	// Key is unique in the file; of a custom value or contact field it is that
	// key.
	Key   string `json:"key"`
	Label string `json:"label"`
	Help  string `json:"help,omitempty"`
	// Kind is how it is filled in.
	Kind string `json:"kind"`
	// Required keeps the template from being used without it. What is not
	// required may be filled in later, in the editor.
	Required bool   `json:"required,omitempty"`
	Default  any    `json:"default,omitempty"`
	Example  string `json:"example,omitempty"`
	// Auth is the type of connection that fits, with the host that it is for.
	Auth string `json:"auth,omitempty"`
	Host string `json:"host,omitempty"`
}

// Workflow is one workflow of a template; its definition has blanks.
type Workflow struct {
	// Key is unique in the file and stays over its versions, so that a later one
	// meets what was made of an earlier one. A file without keys counts its
	// workflows: "0", "1".
	Key        string          `json:"key,omitempty"`
	Name       string          `json:"name"`
	Definition json.RawMessage `json:"definition"`
}

// Own is the sender of events of Hookloom itself.
const Own = "hookloom"

// Sample names a sample of a sender, or an event of Own.
type Sample struct {
	Sender string `json:"sender"`
	Event  string `json:"event"`
}

// Parse reads a file. Unknown keys and blanks without an input are refused.
func Parse(text []byte) (File, error) {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	dec.UseNumber()
	var f File
	if err := dec.Decode(&f); err != nil {
		return f, fmt.Errorf("template: %w", err)
	}
	switch {
	case f.Schema != Schema:
		return f, fmt.Errorf("template: schema %d is not %d", f.Schema, Schema)
	case f.Name == "" || len(f.Workflows) == 0:
		return f, errors.New("template: it needs a name and at least one workflow")
	}
	fillable := map[string]bool{}
	for _, in := range f.Inputs {
		if _, twice := fillable[in.Key]; twice || in.Key == "" || in.Label == "" || !slices.Contains(kinds, in.Kind) {
			return f, fmt.Errorf("template: the input %q lacks a label, is doubled or is of no known kind", in.Key)
		}
		fillable[in.Key] = in.Kind != CustomValue && in.Kind != ContactField
	}
	if err := f.giveKeys(); err != nil {
		return f, err
	}
	for i, w := range f.Workflows {
		v, err := value.Decode(w.Definition)
		if err != nil {
			return f, fmt.Errorf("template: workflow %d: %w", i, err)
		}
		var unknown []string
		blanks(v, func(key string) {
			if !fillable[key] {
				unknown = append(unknown, key)
			}
		})
		if len(unknown) > 0 {
			return f, fmt.Errorf("template: workflow %d has the blanks %s and no inputs for them", i, strings.Join(unknown, ", "))
		}
	}
	return f, nil
}

// giveKeys counts the workflows that have no key.
func (f *File) giveKeys() error {
	seen := map[string]bool{}
	for i := range f.Workflows {
		w := &f.Workflows[i]
		if w.Key == "" {
			w.Key = strconv.Itoa(i)
		}
		if seen[w.Key] {
			return fmt.Errorf("template: the workflow key %.80q is used twice", w.Key)
		}
		seen[w.Key] = true
	}
	return nil
}

// blanks calls fn for each blank.
func blanks(v any, fn func(key string)) {
	if key, ok := blank(v); ok {
		fn(key)
		return
	}
	switch x := v.(type) {
	case map[string]any:
		for _, e := range x {
			blanks(e, fn)
		}
	case []any:
		for _, e := range x {
			blanks(e, fn)
		}
	}
}

// blank tells whether a value stands for an input.
func blank(v any) (key string, ok bool) {
	object, _ := v.(map[string]any)
	if len(object) != 1 {
		return "", false
	}
	key, ok = object[InputKey].(string)
	return key, ok
}
