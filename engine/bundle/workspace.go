// Package bundle is a workspace as files: one that lists what the workspace has,
// and beside it a file for each workflow and template, in a folder or a zip. The
// same content gives the same bytes. It reads what strangers send, so everything is
// checked before anything is stored; package transfer of the API stores it.
package bundle

import (
	"github.com/hookloom/hookloom/engine/template"
)

// Schema is the version of the format of the workspace's file.
const Schema = 1

// The places of the files.
const (
	// WorkspaceName is the file that lists what the workspace has.
	WorkspaceName  = "hookloom.json"
	WorkflowFolder = "workflows/"
	TemplateFolder = "templates/"
	// TestEnd is of tests of workflows, which stand beside them and are passed over.
	TestEnd         = ".test.json"
	fileEnd         = ".json"
	templateFileEnd = ".template.json"
)

// Workspace lists what a workspace has beside workflows and templates, by name.
// Values, secrets and people are never in it.
type Workspace struct {
	// Describes is template.WorkspaceSchema, at any address, or "".
	Describes     string       `json:"$schema,omitempty"`
	Schema        int          `json:"schema"`
	Tags          []string     `json:"tags,omitempty"`
	ContactFields []Field      `json:"contact_fields,omitempty"`
	CustomValues  []Value      `json:"custom_values,omitempty"`
	Products      []string     `json:"products,omitempty"`
	Offers        []Offer      `json:"offers,omitempty"`
	Forms         []Form       `json:"forms,omitempty"`
	Connections   []Connection `json:"connections,omitempty"`
	Hooks         []Hook       `json:"hooks,omitempty"`
	// Workflows and Templates name the files beside this one. Files that they do not
	// name count too.
	Workflows []Entry `json:"workflows,omitempty"`
	Templates []Entry `json:"templates,omitempty"`
}

// Field is a contact field; one of the same key is the same.
type Field struct {
	Key   string `json:"key"`
	Label string `json:"label"`
	// Type is text, number, date, choice or switch; "" is text.
	Type    string   `json:"type,omitempty"`
	Options []string `json:"options,omitempty"`
}

// Value is a custom value without its value.
type Value struct {
	Key  string `json:"key"`
	Name string `json:"name"`
}

// Offer is an offer with the titles of its products.
type Offer struct {
	Title    string   `json:"title"`
	Products []string `json:"products,omitempty"`
}

// Form is a form with its tags by name and its offers by title.
type Form struct {
	Title       string               `json:"title"`
	Intro       string               `json:"intro,omitempty"`
	Button      string               `json:"button,omitempty"`
	ThankYou    string               `json:"thank_you,omitempty"`
	RedirectURL string               `json:"redirect_url,omitempty"`
	Closed      bool                 `json:"closed,omitempty"`
	Fields      []template.FormField `json:"fields"`
	Tags        []string             `json:"tags,omitempty"`
	Offers      []string             `json:"offers,omitempty"`
}

// Connection is a connection without what it signs in with.
type Connection struct {
	Name string `json:"name"`
	// Type is a node type of kind connection.
	Type string `json:"type"`
	// Hosts are those that it may be used for, of types that ask for them.
	Hosts []string `json:"hosts,omitempty"`
}

// Hook is an outgoing webhook without its secret. One with the same event, address
// and thing is the same.
type Hook struct {
	Name  string `json:"name,omitempty"`
	Event string `json:"event"`
	URL   string `json:"url"`
	// Only is the name or title of the one thing whose events are sent; "" for all.
	Only string `json:"only,omitempty"`
	// Cart narrows order.created; nil does not.
	Cart *bool `json:"cart,omitempty"`
	// Format is standard, kajabi, kajabi_flat or kajabi_api; "" is standard.
	Format string `json:"format,omitempty"`
	// Place is offer, form or site for an address that stands in a page's field.
	Place string `json:"place,omitempty"`
}

// Entry is the file of a workflow or template.
type Entry struct {
	File string `json:"file"`
	// Folder is the name of the workflow's folder; "" for none.
	Folder string `json:"folder,omitempty"`
}

// Bundle is a workspace as files.
type Bundle struct {
	// Workspace is nil when only workflows and templates were given.
	Workspace *Workspace
	// Workflows and Templates are in the order in which they are to be made.
	Workflows []Item
	Templates []Item
}

// Item is a file of a workflow or template.
type Item struct {
	// Path is the file's, "" for one that was sent by itself.
	Path string
	// Folder is where a workflow belongs; nil leaves it where it is.
	Folder *string
	File   template.File
}

// Supplies is what the workspace has as the inputs of a template that finds or makes
// all of it by name.
func (w Workspace) Supplies() template.File {
	f := template.File{Schema: template.Schema, Name: WorkspaceName}
	add := func(in template.Input) {
		in.Mode = template.FindOrCreate
		f.Inputs = append(f.Inputs, in)
	}
	for _, name := range w.Tags {
		add(template.Input{Key: "tag " + name, Label: name, Kind: template.Tag, Default: name})
	}
	for _, c := range w.ContactFields {
		add(template.Input{Key: "field " + c.Key, Target: c.Key, Label: c.Label, Kind: template.ContactField, Define: &template.Define{Type: c.Type, Options: c.Options}})
	}
	for _, v := range w.CustomValues {
		add(template.Input{Key: "value " + v.Key, Target: v.Key, Label: v.Name, Kind: template.CustomValue})
	}
	for _, title := range w.Products {
		add(template.Input{Key: "product " + title, Label: title, Kind: template.Product, Default: title})
	}
	for _, o := range w.Offers {
		add(template.Input{Key: "offer " + o.Title, Label: o.Title, Kind: template.Offer, Default: o.Title, Define: &template.Define{Products: o.Products}})
	}
	for _, form := range w.Forms {
		add(template.Input{Key: "form " + form.Title, Label: form.Title, Kind: template.Form, Default: form.Title, Define: &template.Define{Form: form.define()}})
	}
	return f
}

func (f Form) define() *template.FormDefine {
	return &template.FormDefine{
		Intro: f.Intro, Button: f.Button, ThankYou: f.ThankYou, RedirectURL: f.RedirectURL, Closed: f.Closed,
		Fields: f.Fields, Tags: f.Tags, Offers: f.Offers,
	}
}

// FormOf is a form as the workspace's file has it.
func FormOf(title string, d template.FormDefine) Form {
	return Form{
		Title: title, Intro: d.Intro, Button: d.Button, ThankYou: d.ThankYou, RedirectURL: d.RedirectURL, Closed: d.Closed,
		Fields: d.Fields, Tags: d.Tags, Offers: d.Offers,
	}
}
