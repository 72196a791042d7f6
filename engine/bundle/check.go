package bundle

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/template"
	"github.com/hookloom/hookloom/nodes"
)

// The limits of the lists of a workspace's file.
const (
	// MaxThings bounds each list.
	MaxThings = 2000
	// MaxTitle counts the characters of names and titles.
	MaxTitle    = 200
	maxFolder   = 100
	maxAddress  = 8000
	maxProducts = 200
)

var (
	fieldTypes = []string{"", "text", "number", "date", "choice", "switch"}
	formats    = []string{"", string(engine.FormatStandard), string(engine.FormatKajabi), string(engine.FormatKajabiFlat), string(engine.FormatKajabiAPI)}
	places     = []string{"", "offer", "form", "site"}
)

// check holds what a workspace's file lists to the rules that people are held to.
func (r *report) check(file string, w *Workspace, reg *nodes.Registry) {
	if wrong := template.WrongSchema(w.Describes, "workspace-1.json"); wrong != "" {
		r.add(file, "/$schema", codeSchema, wrong)
	}
	if w.Schema != Schema {
		r.add(file, "/schema", codeSchema, fmt.Sprintf("schema must be %d.", Schema))
	}
	for _, l := range []struct {
		key string
		n   int
	}{
		{"tags", len(w.Tags)}, {"contact_fields", len(w.ContactFields)}, {"custom_values", len(w.CustomValues)}, {"products", len(w.Products)},
		{"offers", len(w.Offers)}, {"forms", len(w.Forms)}, {"connections", len(w.Connections)}, {"hooks", len(w.Hooks)},
		{"workflows", len(w.Workflows)}, {"templates", len(w.Templates)},
	} {
		if l.n > MaxThings {
			r.add(file, "/"+l.key, codeTooMany, fmt.Sprintf("This list has %d entries, and %d are the most.", l.n, MaxThings))
			return
		}
	}
	r.names(file, w)
	for i, f := range w.ContactFields {
		r.field(file, "/contact_fields/"+strconv.Itoa(i), f.Key, f.Label, f.Type, f.Options)
	}
	for i, v := range w.CustomValues {
		at := "/custom_values/" + strconv.Itoa(i)
		r.key(file, at+"/key", v.Key)
		r.title(file, at+"/name", v.Name)
	}
	for i, o := range w.Offers {
		r.offer(file, "/offers/"+strconv.Itoa(i), o.Title, o.Products)
	}
	for i, f := range w.Forms {
		r.form(file, "/forms/"+strconv.Itoa(i), f.Title, *f.define())
	}
	for i, c := range w.Connections {
		r.connection(file, "/connections/"+strconv.Itoa(i), c, reg)
	}
	for i, h := range w.Hooks {
		r.hook(file, "/hooks/"+strconv.Itoa(i), h)
	}
	for i, e := range w.Workflows {
		if utf8.RuneCountInString(e.Folder) > maxFolder || strings.Join(strings.Fields(e.Folder), " ") != e.Folder {
			r.add(file, fmt.Sprintf("/workflows/%d/folder", i), codeInvalid, fmt.Sprintf("The name of a folder has at most %d characters and no blanks around it.", maxFolder))
		}
	}
}

// names refuses names that are there twice: what is found by its name can be there
// once.
func (r *report) names(file string, w *Workspace) {
	list := func(key, field string, n int, name func(int) string) {
		seen := map[string]bool{}
		for i := range n {
			text := name(i)
			if seen[text] {
				r.add(file, fmt.Sprintf("/%s/%d%s", key, i, field), codeTwice, fmt.Sprintf("%.80q is there twice: take one of them out.", text))
			}
			seen[text] = true
		}
	}
	list("tags", "", len(w.Tags), func(i int) string { return strings.ToLower(strings.TrimSpace(w.Tags[i])) })
	list("contact_fields", "/key", len(w.ContactFields), func(i int) string { return w.ContactFields[i].Key })
	list("custom_values", "/key", len(w.CustomValues), func(i int) string { return w.CustomValues[i].Key })
	list("products", "", len(w.Products), func(i int) string { return w.Products[i] })
	list("offers", "/title", len(w.Offers), func(i int) string { return w.Offers[i].Title })
	list("forms", "/title", len(w.Forms), func(i int) string { return w.Forms[i].Title })
	list("connections", "/name", len(w.Connections), func(i int) string { return w.Connections[i].Name + "\x00" + w.Connections[i].Type })
	for i, name := range w.Tags {
		r.tag(file, "/tags/"+strconv.Itoa(i), name)
	}
	for i, title := range w.Products {
		r.title(file, "/products/"+strconv.Itoa(i), title)
	}
}

func (r *report) title(file, at, text string) {
	switch n := utf8.RuneCountInString(text); {
	case strings.TrimSpace(text) == "":
		r.add(file, at, codeInvalid, "A name is missing here.")
	case n > MaxTitle || text != strings.TrimSpace(text):
		r.add(file, at, codeInvalid, fmt.Sprintf("A name has at most %d characters and no blanks around it.", MaxTitle))
	}
}

func (r *report) tag(file, at, name string) {
	clean, err := crm.TagNames([]string{name})
	switch {
	case err != nil:
		r.add(file, at, codeInvalid, err.Error())
	case len(clean) != 1 || clean[0] != name:
		r.add(file, at, codeInvalid, "A tag has a name of one line, without blanks around it.")
	}
}

func (r *report) key(file, at, key string) {
	if key == "" || key != crm.FieldKey(key) || len(key) > crm.MaxFieldKey {
		r.add(file, at, codeInvalid, fmt.Sprintf("%.80q is no key: use lower-case letters, digits and underscores, at most %d.", key, crm.MaxFieldKey))
	}
}

func (r *report) field(file, at, key, label, kind string, options []string) {
	r.key(file, at+"/key", key)
	r.title(file, at+"/label", label)
	switch {
	case !slices.Contains(fieldTypes, kind):
		r.add(file, at+"/type", codeInvalid, fmt.Sprintf("%.40q is no type of field; there are %s.", kind, strings.Join(fieldTypes[1:], ", ")))
	case kind == "choice" && len(options) == 0, kind != "choice" && len(options) > 0, slices.Contains(options, ""), len(options) > crm.MaxFormOptions:
		r.add(file, at+"/options", codeInvalid, fmt.Sprintf("A choice has 1 to %d options, none of them empty; no other type has any.", crm.MaxFormOptions))
	}
}

func (r *report) offer(file, at, title string, products []string) {
	r.title(file, at+"/title", title)
	if len(products) > maxProducts {
		r.add(file, at+"/products", codeTooMany, fmt.Sprintf("An offer has at most %d products.", maxProducts))
		return
	}
	for i, p := range products {
		r.title(file, fmt.Sprintf("%s/products/%d", at, i), p)
	}
}

// form holds a form to crm.CheckForm. Tags are names here and offers titles.
func (r *report) form(file, at, title string, d template.FormDefine) {
	f := crm.Form{Title: title, Intro: d.Intro, Button: d.Button, ThankYou: d.ThankYou, RedirectURL: d.RedirectURL, Tags: slices.Clone(d.Tags)}
	for _, q := range d.Fields {
		f.Fields = append(f.Fields, crm.FormField{Key: q.Key, Kind: q.Kind, Label: q.Label, Help: q.Help, Required: q.Required, Options: q.Options, To: q.To})
	}
	err := crm.CheckForm(&f)
	var all crm.Refusals
	var one *crm.Rejected
	switch {
	case errors.As(err, &all):
		for _, refused := range all {
			r.add(file, at+"/"+strings.ReplaceAll(refused.Field, ".", "/"), refused.Code, refused.Message)
		}
	case errors.As(err, &one):
		r.add(file, at+"/"+strings.ReplaceAll(one.Field, ".", "/"), one.Code, one.Message)
	case err != nil:
		r.add(file, at, codeInvalid, err.Error())
	}
	for i, title := range d.Offers {
		r.title(file, fmt.Sprintf("%s/offers/%d", at, i), title)
	}
}

func (r *report) connection(file, at string, c Connection, reg *nodes.Registry) {
	r.title(file, at+"/name", c.Name)
	if t := reg.Lookup(c.Type); t == nil || t.Kind != nodes.KindConnection {
		r.add(file, at+"/type", codeUnknown, fmt.Sprintf("This installation has no connection type %.60q: update it, or take the connection out.", c.Type))
	}
	for i, host := range c.Hosts {
		if host == "" || len(host) > 253 || strings.ContainsAny(host, " /\\@?#") {
			r.add(file, fmt.Sprintf("%s/hosts/%d", at, i), codeInvalid, fmt.Sprintf("%.80q is no host, such as api.example.com.", host))
		}
	}
	if len(c.Hosts) > 50 {
		r.add(file, at+"/hosts", codeTooMany, "A connection has at most 50 hosts.")
	}
}

func (r *report) hook(file, at string, h Hook) {
	if utf8.RuneCountInString(h.Name) > MaxTitle {
		r.add(file, at+"/name", codeInvalid, fmt.Sprintf("A name has at most %d characters.", MaxTitle))
	}
	if !slices.Contains(engine.HookEvents, h.Event) {
		r.add(file, at+"/event", codeUnknown, fmt.Sprintf("%.60q is no event. There are: %s.", h.Event, strings.Join(engine.HookEvents, ", ")))
	}
	if h.URL == "" || len(h.URL) > maxAddress {
		r.add(file, at+"/url", codeInvalid, "An outgoing webhook needs the address to call, such as https://example.com/webhook.")
	}
	if !slices.Contains(formats, h.Format) {
		r.add(file, at+"/format", codeInvalid, fmt.Sprintf("%.40q is no format; there are %s.", h.Format, strings.Join(formats[1:], ", ")))
	}
	if !slices.Contains(places, h.Place) || h.Place == "offer" && h.Event != crm.PurchaseCreated || h.Place == "form" && h.Event != crm.FormSubmitted || h.Place == "site" && h.Event != crm.PurchaseCreated {
		r.add(file, at+"/place", codeInvalid, fmt.Sprintf("%.40q is no place for %.60s: offer and site are for purchase.created, form is for form.submitted.", h.Place, h.Event))
	}
	if (h.Place == "offer" || h.Place == "form") && h.Only == "" {
		r.add(file, at+"/only", codeInvalid, "Name the offer or form in whose page the address stands.")
	}
	if h.Cart != nil && h.Event != crm.OrderCreated {
		r.add(file, at+"/cart", codeInvalid, "Only order.created tells cart orders from others.")
	}
}

// defines holds what a template would make to the same rules.
func (r *report) defines(file string, f template.File) {
	for i, in := range f.Inputs {
		at := "/inputs/" + strconv.Itoa(i)
		name, _ := in.Default.(string)
		made := in.Mode == template.FindOrCreate
		switch {
		case in.Kind == template.ContactField:
			d := template.Define{}
			if in.Define != nil {
				d = *in.Define
			}
			r.field(file, at+"/define", in.Named(), in.Label, d.Type, d.Options)
		case in.Kind == template.CustomValue:
			r.key(file, at+"/key", in.Named())
		case in.Kind == template.Tag && made:
			r.tag(file, at+"/default", name)
		case in.Kind == template.Product && made:
			r.title(file, at+"/default", name)
		case in.Kind == template.Offer && made && in.Define != nil:
			r.offer(file, at+"/define", name, in.Define.Products)
		case in.Kind == template.Form && made && in.Define != nil && in.Define.Form != nil:
			r.form(file, at+"/define/form", name, *in.Define.Form)
		}
	}
}

// Defines reports what a template must not make, see Read, which looks at it too.
func Defines(f template.File) []Problem {
	r := &report{}
	r.defines("", f)
	return r.problems
}
