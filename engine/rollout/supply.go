package rollout

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/template"
	"github.com/hookloom/hookloom/engine/value"
)

// Supplied is what the inputs of a template came to in one workspace.
type Supplied struct {
	// Filled are the values for template.File.Fill, secrets in plain text included:
	// they are never stored.
	Filled map[string]any
	// Kept is Filled without secrets, to be stored with the clone.
	Kept map[string]any
	// Made are the things that were made, in the order of the inputs.
	Made []Made
	// Wrong are the inputs that are empty or cannot be used. Their blanks are left
	// out.
	Wrong []Wrong
}

// Made is something that a template brought along.
type Made struct {
	// Kind is one of the kinds of inputs of package template.
	Kind string `json:"kind"`
	Name string `json:"name"`
	// ID is an offer's, product's or form's.
	ID string `json:"-"`
}

// Wrong is one input that is empty or cannot be used.
type Wrong struct {
	Key   string `json:"key"`
	Label string `json:"label"`
	// Code is required, unknown, invalid or exists.
	Code   string `json:"code"`
	Detail string `json:"detail"`
}

// The codes of Wrong.
const (
	CodeRequired = "required"
	CodeUnknown  = "unknown"
	CodeInvalid  = "invalid"
	CodeExists   = "exists"
)

// maxText bounds the texts that inputs take, in bytes.
const maxText = 10_000

// Supply finds or makes what the inputs of a file need, with the values that were
// given for them. It changes nothing that is there but custom values without a
// value. given may hold what Supply kept of an earlier version.
func Supply(tx Workspace, f template.File, given map[string]any) (Supplied, error) {
	s := &supplier{tx: tx, file: f, given: given, out: Supplied{Filled: map[string]any{}, Kept: map[string]any{}}}
	for _, in := range f.Inputs {
		v, err := s.input(in)
		if err != nil {
			return s.out, fmt.Errorf("input %s: %w", in.Key, err)
		}
		if value.Empty(v) {
			if in.Required && !s.told(in.Key) {
				s.wrong(in, CodeRequired, "Fill this in: "+in.Label+".")
			}
			continue
		}
		s.out.Filled[in.Key] = v
		if in.Kind != template.Secret {
			s.out.Kept[in.Key] = v
		}
	}
	return s.out, nil
}

// Workspace is what inputs are looked up in; an engine.Tx is one, and Nothing too.
type Workspace interface {
	engine.SupplyTx
	Offer(ref string) (crm.Offer, error)
	SetCustomValue(key string, v json.RawMessage) error
}

type supplier struct {
	tx    Workspace
	file  template.File
	given map[string]any
	out   Supplied
}

func (s *supplier) wrong(in template.Input, code, detail string) {
	s.out.Wrong = append(s.out.Wrong, Wrong{in.Key, in.Label, code, detail})
}

func (s *supplier) told(key string) bool {
	return slices.ContainsFunc(s.out.Wrong, func(w Wrong) bool { return w.Key == key })
}

func (s *supplier) made(kind, name, id string, made bool) {
	if made {
		s.out.Made = append(s.out.Made, Made{kind, name, id})
	}
}

// input returns what fills an input in; nil for nothing.
func (s *supplier) input(in template.Input) (any, error) {
	v := s.file.Value(in, s.given)
	if in.Kind == template.Switch {
		return s.truth(in, v), nil
	}
	text, ok := v.(string)
	if v != nil && !ok {
		s.wrong(in, CodeInvalid, in.Label+" must be a text.")
		return nil, nil
	}
	text = strings.TrimSpace(text)
	if len(text) > maxText {
		s.wrong(in, CodeInvalid, fmt.Sprintf("%s is too long: %d bytes are the most.", in.Label, maxText))
		return nil, nil
	}
	switch in.Kind {
	case template.ContactField:
		return nil, s.field(in)
	case template.CustomValue:
		return nil, s.customValue(in, text)
	}
	if text == "" && in.Kind != template.Connection {
		return nil, nil
	}
	switch in.Kind {
	case template.Tag:
		tag, made, err := s.tx.SupplyTag(text)
		s.made(in.Kind, tag.Name, "", made)
		return tag.Name, err
	case template.Offer:
		return s.offer(in, text)
	case template.Product:
		return s.product(in, text)
	case template.Form:
		return s.form(in, text)
	case template.Connection:
		return s.connection(in, text)
	case template.URL:
		return s.address(in, text), nil
	}
	return text, nil
}

func (s *supplier) truth(in template.Input, v any) any {
	switch x := v.(type) {
	case bool, nil:
		return x
	case string:
		switch strings.ToLower(strings.TrimSpace(x)) {
		case "":
			return nil
		case "true", "yes", "1", "on":
			return true
		case "false", "no", "0", "off":
			return false
		}
	}
	s.wrong(in, CodeInvalid, in.Label+" is yes or no.")
	return nil
}

func (s *supplier) field(in template.Input) error {
	f := crm.Field{Key: in.Named(), Label: in.Label, Kind: "text"}
	if in.Define != nil && in.Define.Type != "" {
		f.Kind, f.Options = in.Define.Type, in.Define.Options
	}
	_, made, err := s.tx.SupplyField(f)
	s.made(in.Kind, f.Key, "", made)
	return err
}

// customValue keeps a value that is there, because other workflows may use it.
func (s *supplier) customValue(in template.Input, text string) error {
	if text == "" && in.Mode != template.FindOrCreate {
		values, _, err := s.tx.FindCustomValue(in.Named())
		if err == nil && value.Empty(values.Value) && in.Required {
			s.wrong(in, CodeRequired, "Fill this in: "+in.Label+".")
		}
		return err
	}
	have, made, err := s.tx.SupplyCustomValue(crm.CustomValue{Key: in.Named(), Name: in.Label, Value: text})
	s.made(in.Kind, in.Named(), "", made)
	if err != nil || made {
		return err
	}
	typed, _ := s.given[in.Key].(string)
	switch {
	case value.Empty(have.Value) && text != "":
		encoded, err := json.Marshal(text)
		if err != nil {
			return err
		}
		return s.tx.SetCustomValue(in.Named(), encoded)
	case strings.TrimSpace(typed) != "" && have.Value != strings.TrimSpace(typed):
		s.wrong(in, CodeExists, fmt.Sprintf("The custom value %s has another value already, and other workflows may use it. Leave this out to use it too, or change it under Custom values.", in.Named()))
	}
	return nil
}

// missing is the answer for a name that the workspace lacks.
func (s *supplier) missing(in template.Input, what, ref string, err error) (any, error) {
	if errors.Is(err, engine.ErrNotFound) {
		s.wrong(in, CodeUnknown, fmt.Sprintf("There is no %s %q in this workspace: make it first, or write another one.", what, ref))
		return nil, nil
	}
	return nil, err
}

func (s *supplier) offer(in template.Input, ref string) (any, error) {
	o, err := s.tx.Offer(ref)
	if err == nil {
		return o.ID, nil
	}
	if in.Mode != template.FindOrCreate || !errors.Is(err, engine.ErrNotFound) {
		return s.missing(in, "offer", ref, err)
	}
	return s.makeOffer(ref, in.Define)
}

func (s *supplier) makeOffer(title string, define *template.Define) (any, error) {
	o := crm.Offer{Title: title}
	if define != nil {
		for _, p := range define.Products {
			o.Products = append(o.Products, crm.Product{Title: p})
		}
	}
	o, made, err := s.tx.SupplyOffer(o)
	s.made(template.Offer, title, o.ID, made)
	return o.ID, err
}

func (s *supplier) product(in template.Input, ref string) (any, error) {
	p, err := s.tx.FindProduct(ref)
	if err == nil {
		return p.ID, nil
	}
	if in.Mode != template.FindOrCreate || !errors.Is(err, engine.ErrNotFound) {
		return s.missing(in, "product", ref, err)
	}
	p, made, err := s.tx.SupplyProduct(ref)
	s.made(template.Product, ref, p.ID, made)
	return p.ID, err
}

func (s *supplier) form(in template.Input, ref string) (any, error) {
	f, err := s.tx.FindForm(ref)
	if err == nil {
		return f.ID, nil
	}
	if in.Mode != template.FindOrCreate || !errors.Is(err, engine.ErrNotFound) {
		return s.missing(in, "form", ref, err)
	}
	f = crm.Form{Title: ref, Open: true, Fields: []crm.FormField{}}
	if in.Define != nil && in.Define.Form != nil {
		if f, err = s.newForm(ref, *in.Define.Form); err != nil {
			return nil, err
		}
	}
	f, made, err := s.tx.SupplyForm(f)
	s.made(template.Form, ref, f.ID, made)
	return f.ID, err
}

// newForm describes a form whose tags and offers are found or made.
func (s *supplier) newForm(title string, define template.FormDefine) (crm.Form, error) {
	f := crm.Form{Title: title, Intro: define.Intro, Button: define.Button, ThankYou: define.ThankYou, RedirectURL: define.RedirectURL, Open: !define.Closed, Fields: []crm.FormField{}}
	for _, q := range define.Fields {
		f.Fields = append(f.Fields, crm.FormField{Key: q.Key, Kind: q.Kind, Label: q.Label, Help: q.Help, Required: q.Required, Options: q.Options, To: q.To})
	}
	for _, name := range define.Tags {
		tag, made, err := s.tx.SupplyTag(name)
		if err != nil {
			return f, err
		}
		s.made(template.Tag, tag.Name, "", made)
		f.Tags = append(f.Tags, tag.ID)
	}
	for _, title := range define.Offers {
		id, err := s.makeOffer(title, &template.Define{Products: []string{title}})
		if err != nil {
			return f, err
		}
		f.Offers = append(f.Offers, id.(string))
	}
	return f, nil
}

// connection finds a credential of this workspace by its id or name. Without
// either, one of the same type and name as at home is taken.
func (s *supplier) connection(in template.Input, ref string) (any, error) {
	list, err := s.tx.Connections()
	if err != nil {
		return nil, err
	}
	name := ref
	if name == "" {
		name = in.Label
	}
	i := slices.IndexFunc(list, func(c engine.Connection) bool { return c.ID == name })
	if i < 0 {
		i = slices.IndexFunc(list, func(c engine.Connection) bool {
			return strings.EqualFold(c.Name, name) && (in.Auth == "" || c.Type == in.Auth)
		})
	}
	switch {
	case i >= 0 && (in.Auth == "" || list[i].Type == in.Auth):
		return list[i].ID, nil
	case i >= 0:
		s.wrong(in, CodeInvalid, fmt.Sprintf("The connection %q signs in in another way than %s needs.", list[i].Name, in.Label))
	case ref != "":
		s.wrong(in, CodeUnknown, fmt.Sprintf("There is no connection %q in this workspace: add it under Connections.", ref))
	case in.Required:
		s.wrong(in, CodeRequired, fmt.Sprintf("The connection %s is missing: add it under Connections and choose it in the workflow.", in.Label))
	}
	return nil, nil
}

func (s *supplier) address(in template.Input, text string) any {
	plain, _, mapped := strings.Cut(text, "{{")
	u, err := url.Parse(plain)
	if (err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http") && !(mapped && plain == "") {
		s.wrong(in, CodeInvalid, fmt.Sprintf("%s: %.80q is no address; one begins with https://.", in.Label, text))
		return nil
	}
	return text
}
