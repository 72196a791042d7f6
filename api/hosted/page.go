package hosted

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/hookloom/hookloom/engine/brand"
	"github.com/hookloom/hookloom/engine/crm"
)

//go:embed form.css
var style string

//go:embed form.html
var markup string

var pageTemplate = template.Must(template.New("form").Parse(markup))

// page is what the template shows.
type page struct {
	wear
	form     crm.Form
	Title    string
	Intro    []string
	Button   string
	Note     string
	Thanks   string
	Action   string
	Opened   string
	Embedded bool
	Values   map[string]string
	Errors   map[string]string
	// Ask says that the questions are shown.
	Ask bool
}

// question is one field as the template shows it.
type question struct {
	crm.FormField
	Value string
	Error string
	Input string
	// Complete is the browser's name for the answer, "" for none.
	Complete string
	// Described are the ids of what explains the field.
	Described string
}

// TrapName and OpenedName are the names of the page's own fields.
func (page) TrapName() string { return trapField }

// OpenedName is the name of the field with the stamp.
func (page) OpenedName() string { return stampField }

// worn is the brand of a form's workspace, "" for one that is not known: that of the
// place where it was asked for.
func (p *Pages) worn(r *http.Request, workspace string) wear {
	if workspace == "" || p.Brands == nil {
		return wear{brand.From(r.Context()).Brand}
	}
	return wear{p.Brands.Of(workspace)}
}

// Lines of the thank-you text.
func (p page) Lines() []string { return strings.Split(p.Thanks, "\n") }

var inputs = map[string]string{crm.FieldEmail: "email", crm.FieldPhone: "tel", crm.FieldText: "text"}

var completions = map[string]string{
	"email": "email", "phone": "tel", "name": "name", "first_name": "given-name", "last_name": "family-name", "company": "organization",
	"address.line1": "address-line1", "address.line2": "address-line2", "address.city": "address-level2", "address.state": "address-level1",
	"address.postal_code": "postal-code", "address.country": "country",
}

// Questions are the fields with what was answered and what is wrong.
func (p page) Questions() []question {
	list := make([]question, len(p.form.Fields))
	for i, f := range p.form.Fields {
		q := question{FormField: f, Value: p.Values[f.Key], Error: p.Errors[f.Key], Input: inputs[f.Kind], Complete: completions[f.To]}
		var ids []string
		if q.Help != "" {
			ids = append(ids, "help-"+f.Key)
		}
		if q.Error != "" {
			ids = append(ids, "error-"+f.Key)
		}
		q.Described = strings.Join(ids, " ")
		list[i] = q
	}
	return list
}

// Wrong are the questions with an error, for the list at the top.
func (p page) Wrong() []question {
	return slices.DeleteFunc(p.Questions(), func(q question) bool { return q.Error == "" })
}

// blank is the form to be filled in.
func (p *Pages) blank(r *http.Request, f crm.Form) page {
	action := Prefix + f.Slug
	if embedded(r) {
		action += "?embed=1"
	}
	button := f.Button
	if button == "" {
		button = "Send"
	}
	var intro []string
	if f.Intro != "" {
		intro = strings.Split(f.Intro, "\n")
	}
	return page{
		form: f, Title: f.Title, Intro: intro, Button: button, Action: action, Opened: stamp(f, p.Now()), Embedded: embedded(r), Ask: true,
	}
}

// headers sets the policy: nothing is loaded, nothing runs, and the form goes
// only here, or on to the one page that its owner chose. It may stand in any
// page: it has no session that could be misused there.
func (p *Pages) headers(w http.ResponseWriter, f crm.Form, worn wear) {
	target := "'self'"
	if u, err := url.Parse(f.RedirectURL); err == nil && u.Host != "" {
		target += " " + u.Scheme + "://" + u.Host
	}
	h := w.Header()
	h.Set("Content-Security-Policy", worn.loads()+"; form-action "+target+"; base-uri 'none'; frame-ancestors *")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Robots-Tag", "noindex")
}

func (p *Pages) show(w http.ResponseWriter, r *http.Request, workspace string, status int, v page) {
	v.wear = p.worn(r, workspace)
	var body bytes.Buffer
	if err := pageTemplate.Execute(&body, v); err != nil {
		p.Log.Error("a form's page cannot be made", "form", v.form.ID, "error", err)
		http.Error(w, "This page cannot be shown now.", http.StatusInternalServerError)
		return
	}
	p.headers(w, v.form, v.wear)
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(body.Len()))
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes()) // the browser hung up; nobody is left to tell
}
