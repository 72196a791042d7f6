// Package template reads template files: workflows with blanks that a person
// fills in before they are created. The starter templates are such files inside
// the binary; exports and the templates of agencies are the same file.
package template

import (
	"encoding/json"
	"fmt"
	"slices"
)

// Schema is the version of the file format.
const Schema = 1

// InputKey is the only key of an object in a definition that stands for an
// input's value: {"$input": "offer"}. Where an optional input is left out, the
// entry around it is left out too.
const InputKey = "$input"

// TextKey is the only key of an object that stands for a text with blanks in it:
// {"$text": ["https://", {"$input": "host"}, "/orders"]}. Where one of its blanks
// is left out, the entry around it is left out too.
const TextKey = "$text"

// File is a template.
type File struct {
	// Describes names the published JSON schema that the file follows: TemplateSchema
	// or WorkflowSchema, at any address; "" is a template.
	Describes string `json:"$schema,omitempty"`
	Schema    int    `json:"schema"`
	Name      string `json:"name"`
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
	Product     = "product"      // an id or exact title
	Tag         = "tag"          // a name
	Form        = "form"         // an id or exact title
	Connection  = "connection"   // an id
	CustomValue = "custom_value" // its value, a text
	// ContactField asks nothing: the field is made by its label.
	ContactField = "contact_field"
)

var kinds = []string{Text, URL, Secret, Switch, Offer, Product, Tag, Form, Connection, CustomValue, ContactField}

// The modes of inputs.
const (
	// Ask asks whoever uses the template; a file says "" for it too.
	Ask = "ask"
	// FindOrCreate takes what has the name in Default (of custom values and contact
	// fields: the key), and makes it by Define where there is none.
	FindOrCreate = "find_or_create"
	// Fixed takes Default everywhere.
	Fixed = "fixed"
)

// findable are the kinds that can be found or made by name.
var findable = []string{Offer, Product, Tag, Form, CustomValue, ContactField}

// fixable are the kinds whose value means the same in every workspace.
var fixable = []string{Text, URL, Switch, Tag, CustomValue}

// Modes are the modes that inputs of a kind can have, the usual one first.
func Modes(kind string) []string {
	var modes []string
	if slices.Contains(findable, kind) {
		modes = append(modes, FindOrCreate)
	}
	if kind != ContactField {
		modes = append(modes, Ask)
	}
	if slices.Contains(fixable, kind) {
		modes = append(modes, Fixed)
	}
	return modes
}

// Input is a blank.
type Input struct {
	// Key is unique in the file and stays over its versions. Of a custom value or
	// contact field it is that key, unless Target says another one.
	Key   string `json:"key"`
	Label string `json:"label"`
	Help  string `json:"help,omitempty"`
	// Kind is how it is filled in.
	Kind string `json:"kind"`
	// Mode is Ask, FindOrCreate or Fixed; "" is Ask.
	Mode string `json:"mode,omitempty"`
	// Target is the key of the custom value or contact field; "" for Key.
	Target string `json:"target,omitempty"`
	// Required keeps the template from being used without it. What is not
	// required may be filled in later, in the editor.
	Required bool   `json:"required,omitempty"`
	Default  any    `json:"default,omitempty"`
	Example  string `json:"example,omitempty"`
	// Auth is the type of connection that fits, with the host that it is for.
	Auth string `json:"auth,omitempty"`
	Host string `json:"host,omitempty"`
	// Define is what FindOrCreate makes; nil for what its name says all about.
	Define *Define `json:"define,omitempty"`
}

// Named is the key of the custom value or contact field of an input.
func (in Input) Named() string {
	if in.Target != "" {
		return in.Target
	}
	return in.Key
}

// Asked reports whether an input has to be filled in by whoever uses the template.
func (in Input) Asked() bool { return in.Mode == "" && in.Kind != ContactField || in.Mode == Ask }

// Define describes what is made where it is missing. It never holds values.
type Define struct {
	// Products are the titles of an offer's products.
	Products []string `json:"products,omitempty"`
	// Type and Options are a contact field's; "" is text.
	Type    string   `json:"type,omitempty"`
	Options []string `json:"options,omitempty"`
	// Form is nil for anything but a form.
	Form *FormDefine `json:"form,omitempty"`
}

// FormDefine is a form without what belongs to one workspace.
type FormDefine struct {
	Intro    string `json:"intro,omitempty"`
	Button   string `json:"button,omitempty"`
	ThankYou string `json:"thank_you,omitempty"`
	// RedirectURL is where the browser goes after a submission, instead of ThankYou.
	RedirectURL string `json:"redirect_url,omitempty"`
	// Closed is true for a form that takes nothing now.
	Closed bool        `json:"closed,omitempty"`
	Fields []FormField `json:"fields"`
	// Tags are names, and Offers titles, of what who submits it gets. They are
	// found or made as well.
	Tags   []string `json:"tags,omitempty"`
	Offers []string `json:"offers,omitempty"`
}

// FormField is one question of a form, as package crm describes it.
type FormField struct {
	Key      string   `json:"key"`
	Kind     string   `json:"kind"`
	Label    string   `json:"label"`
	Help     string   `json:"help,omitempty"`
	Required bool     `json:"required,omitempty"`
	Options  []string `json:"options,omitempty"`
	To       string   `json:"to"`
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

// Parse reads a file, see Read; the error is the first of its problems.
func Parse(text []byte) (File, error) {
	f, problems := Read(text)
	if len(problems) > 0 {
		return f, fmt.Errorf("template: %w", problems[0])
	}
	return f, nil
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

// joined returns the parts of {"$text": [...]}.
func joined(v any) (parts []any, ok bool) {
	object, _ := v.(map[string]any)
	if len(object) != 1 {
		return nil, false
	}
	parts, ok = object[TextKey].([]any)
	return parts, ok
}
