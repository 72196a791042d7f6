package template

import (
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

// thing finds something of the home by its id or exact name.
func thing(list []Thing, ref string) (Thing, bool) {
	i := slices.IndexFunc(list, func(t Thing) bool { return t.ID == ref })
	if i < 0 {
		i = slices.IndexFunc(list, func(t Thing) bool { return t.Name == ref })
	}
	if i < 0 {
		return Thing{}, false
	}
	return list[i], true
}

// ref replaces what names something of the home.
func (x *extractor) ref(f nodes.Field, v any, at string) any {
	text, ok := v.(string)
	if !ok || text == "" {
		return nil
	}
	if nodes.Mapped(text) {
		return x.plain(v, f.Key, at)
	}
	switch f.Ref {
	case Offer:
		return x.named(Offer, x.home.Offers, text, f)
	case Product:
		return x.named(Product, x.home.Products, text, f)
	case Form:
		return x.named(Form, x.home.Forms, text, f)
	case Tag:
		return x.tag(text, at)
	case Connection:
		return x.connection(text, f)
	}
	// What this package does not know is of this workspace and does not travel.
	return nil
}

// named is a blank for an offer, product or form. One that is gone is asked for.
func (x *extractor) named(kind string, list []Thing, ref string, f nodes.Field) any {
	t, ok := thing(list, ref)
	in := Input{Label: f.Label + " of " + x.name, Kind: kind, Required: f.Required, Mode: Ask}
	if ok {
		in = Input{Label: t.Name, Kind: kind, Required: f.Required, Default: t.Name, Define: t.Define}
	} else {
		t.ID = ref
	}
	return x.blankOf(Found{Shown: t.Name, RecipeInput: RecipeInput{Input: in, Stands: t.ID}})
}

func (x *extractor) connection(ref string, f nodes.Field) any {
	t, _ := thing(x.home.Connections, ref)
	label := t.Name
	if label == "" {
		label = f.Label + " of " + x.name
	}
	return x.blankOf(Found{Shown: t.Name, RecipeInput: RecipeInput{
		Input:  Input{Label: label, Kind: Connection, Required: f.Required, Auth: t.Auth, Host: t.Host},
		Stands: ref,
	}})
}

// tag replaces the literal name of a tag.
func (x *extractor) tag(v any, at string) any {
	name, ok := v.(string)
	if !ok || strings.TrimSpace(name) == "" {
		return v
	}
	if nodes.Mapped(name) {
		return x.plain(v, "tags", at)
	}
	for _, t := range x.home.Tags {
		if t.ID == name || strings.EqualFold(t.Name, strings.TrimSpace(name)) {
			name = t.Name
		}
	}
	return x.blankOf(x.tagFound(name))
}

func (x *extractor) tagFound(name string) Found {
	name = strings.TrimSpace(name)
	return Found{Shown: name, RecipeInput: RecipeInput{
		Input:  Input{Label: name, Kind: Tag, Default: name},
		Stands: strings.ToLower(name),
	}}
}

// address replaces the address of a call, or what stands before its first mapping.
// One that signs in with a connection is the service's and the same everywhere;
// any other may be a secret by itself, so it does not travel.
func (x *extractor) address(f nodes.Field, v any, at string) any {
	text, ok := v.(string)
	if !ok || strings.TrimSpace(text) == "" {
		return v
	}
	literal, rest := text, ""
	if i := strings.Index(text, "{{"); i >= 0 {
		literal, rest = text[:i], text[i:]
	}
	u, err := url.Parse(strings.TrimSpace(literal))
	if err != nil || u.Host == "" {
		return x.plain(v, f.Key, at)
	}
	in := Input{Key: keyOf("url " + u.Host), Label: f.Label + " of " + x.name, Kind: URL, Required: f.Required, Mode: Ask, Example: u.Scheme + "://" + u.Host}
	if x.signed && u.User == nil && u.RawQuery == "" {
		in.Mode, in.Default = Fixed, literal
	}
	whole := x.blankOf(Found{Shown: literal, RecipeInput: RecipeInput{Input: in, Stands: literal}})
	if rest == "" {
		return whole
	}
	return map[string]any{TextKey: []any{whole, x.plain(rest, f.Key, at)}}
}

// condition replaces what rules compare with, and tells what expressions read.
func (x *extractor) condition(v any, at string) any {
	if v == nil {
		return nil
	}
	if c, _ := mapping.CompileCondition(v); c != nil {
		x.reads(c.References())
	}
	return x.rules(v, at)
}

func (x *extractor) rules(v any, at string) any {
	object, ok := v.(map[string]any)
	if !ok {
		return x.ids(v)
	}
	out := maps.Clone(object)
	if out == nil {
		out = map[string]any{}
	}
	if list, ok := object["rules"].([]any); ok {
		rules := make([]any, len(list))
		for i, e := range list {
			rules[i] = x.rules(e, at)
		}
		out["rules"] = rules
		return out
	}
	each := func(v any, fn func(any) any) any {
		list, many := v.([]any)
		if !many {
			return fn(v)
		}
		mapped := make([]any, len(list))
		for i, e := range list {
			mapped[i] = fn(e)
		}
		return mapped
	}
	switch object["is"] {
	case "has_tag":
		out["to"] = each(object["to"], func(v any) any { return x.tag(v, at) })
	case "has_offer":
		out["to"] = each(object["to"], func(v any) any {
			text, ok := v.(string)
			if !ok || text == "" || nodes.Mapped(text) {
				return x.ids(v)
			}
			return x.named(Offer, x.home.Offers, text, nodes.Field{Label: "Offer"})
		})
	default:
		for _, key := range []string{"value", "to"} {
			if e, ok := object[key]; ok {
				out[key] = each(e, x.ids)
			}
		}
	}
	return out
}

// plain replaces what stands inside other values, all the way down.
func (x *extractor) plain(v any, key, at string) any {
	if x.marked(at) {
		return x.text(key, v, at)
	}
	switch e := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(e))
		for _, name := range slices.Sorted(maps.Keys(e)) {
			out[name] = x.plain(e[name], name, value.Under(at, name))
		}
		return out
	case []any:
		out := make([]any, len(e))
		for i, inner := range e {
			out[i] = x.plain(inner, key, at+"/"+strconv.Itoa(i))
		}
		return out
	case string:
		if nodes.Mapped(e) {
			if t, _ := mapping.Compile(e); t != nil {
				x.reads(t.References())
			}
		}
		if confidential(key, e) {
			return x.blankOf(Found{RecipeInput: RecipeInput{Input: Input{Label: key + " of " + x.name, Kind: Text, Mode: Ask}, Stands: x.mark(at).stands()}})
		}
		if strings.TrimSpace(e) != "" && !onlyMapping.MatchString(e) {
			x.texts = append(x.texts, Markable{Mark: x.mark(at), Name: x.name, Label: x.label(key), Text: e})
		}
		return x.ids(e)
	}
	return v
}

// label is what people call a field of the step.
func (x *extractor) label(key string) string {
	if x.typ != nil {
		for _, f := range x.typ.Fields {
			if f.Key == key {
				return f.Label
			}
		}
	}
	return key
}

// onlyMapping is a text without words of its own.
var onlyMapping = regexp.MustCompile(`^\s*\{\{[^{}]*\}\}\s*$`)

var (
	secretName = regexp.MustCompile(`(?i)(authorization|api[-_ ]?key|secret|passwo?r?d|token|cookie|credential|signature|private[-_ ]?key)`)
	secretText = regexp.MustCompile(`^(?i:bearer|basic) \S{8,}|\b(sk|pk|rk)_(live|test)_\w{8,}|\bwhsec_\S{8,}|\bxox[abprs]-\S{8,}|\bgh[opsu]_\w{20,}|\bAKIA[A-Z0-9]{16}\b|\beyJ[\w-]{10,}\.[\w-]{10,}\.`)
	// ownID is an id of something that belongs to one workspace.
	ownID = regexp.MustCompile(`\b(off|prd|frm|tag|cxn|con|wf|grt|req|run|hk|sec|usr|evt|pur|pay|ord|sub|ws|cv|fld|key|tpl|cln)_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b`)
)

// confidential reports a literal that must not travel: by what it is called or by
// its form.
func confidential(key, text string) bool {
	if len(strings.TrimSpace(text)) < 6 {
		return false
	}
	return !nodes.Mapped(text) && secretName.MatchString(key) || secretText.MatchString(text)
}

// ids replaces ids of the home inside a text.
func (x *extractor) ids(v any) any {
	text, ok := v.(string)
	if !ok {
		return v
	}
	places := ownID.FindAllStringIndex(text, -1)
	if places == nil {
		return v
	}
	var parts []any
	from := 0
	for _, p := range places {
		if p[0] > from {
			parts = append(parts, text[from:p[0]])
		}
		parts = append(parts, x.id(text[p[0]:p[1]]))
		from = p[1]
	}
	if from < len(text) {
		parts = append(parts, text[from:])
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return map[string]any{TextKey: parts}
}

// id is the blank of one id.
func (x *extractor) id(id string) any {
	f := nodes.Field{Label: "ID"}
	switch prefix, _, _ := strings.Cut(id, "_"); prefix {
	case "off":
		return x.named(Offer, x.home.Offers, id, f)
	case "prd":
		return x.named(Product, x.home.Products, id, f)
	case "frm":
		return x.named(Form, x.home.Forms, id, f)
	case "cxn":
		return x.connection(id, f)
	}
	return x.blankOf(Found{Shown: id, RecipeInput: RecipeInput{Input: Input{Label: "ID in " + x.name, Kind: Text, Mode: Ask}, Stands: id}})
}

// reads notes the custom values and contact fields that mappings read.
func (x *extractor) reads(references []mapping.Reference) {
	for _, r := range references {
		if len(r.Path) > 1 && r.Path[0] == "custom_values" {
			x.customValue(r.Path[1])
		}
		for i, name := range r.Path[:max(len(r.Path)-1, 0)] {
			next := r.Path[i+1]
			switch {
			case name == "contact" && next == "fields" && len(r.Path) > i+2:
				x.contactField(r.Path[i+2])
			case name == "contact" && i == 0 && !workflow.ContactNames[next]:
				x.contactField(next)
			}
		}
	}
}

func (x *extractor) customValue(key string) {
	t, ok := thing(x.home.Values, key)
	if !ok || t.ID != key {
		t = Thing{ID: key, Name: key}
	}
	in := Input{Key: key, Label: t.Name, Kind: CustomValue, Mode: Ask}
	if x.taken[key] {
		in.Key, in.Target = "value_"+key, key
	}
	x.input(Found{RecipeInput: RecipeInput{Input: in, Stands: key}}, true)
}

// contactField notes a field of the workspace's own; any other name is none of its
// business.
func (x *extractor) contactField(key string) {
	t, ok := thing(x.home.Fields, key)
	if !ok || t.ID != key {
		return
	}
	in := Input{Key: key, Label: t.Name, Kind: ContactField, Define: t.Define}
	if x.taken[key] {
		in.Key, in.Target = "field_"+key, key
	}
	x.input(Found{RecipeInput: RecipeInput{Input: in, Stands: key}}, true)
}

// ownFields notes the contact fields and custom values that params name rather
// than map: rows and lists called fields, "fields.plan" and "field:plan", and the
// key of a custom value.
func (x *extractor) ownFields(f nodes.Field, v any) {
	switch e := v.(type) {
	case map[string]any:
		if f.Key == "fields" {
			for _, key := range slices.Sorted(maps.Keys(e)) {
				x.contactField(key)
			}
		}
	case []any:
		for _, inner := range e {
			x.ownFields(f, inner)
		}
	case string:
		for part := range strings.SplitSeq(e, ",") {
			part = strings.TrimSpace(part)
			for _, prefix := range []string{"fields.", "field:"} {
				if key, ok := strings.CutPrefix(part, prefix); ok {
					x.contactField(key)
				}
			}
		}
		if x.typ != nil && x.typ.Type == "custom_value.set" && f.Key == "key" && !nodes.Mapped(e) {
			x.customValue(e)
		}
	}
}

// formsNeed notes what the forms that travel name: contact fields, tags and
// offers.
func (x *extractor) formsNeed() {
	for i := 0; i < len(x.found); i++ { //nolint:intrange // what is noted here is added to the list
		f := x.found[i]
		if f.Kind != Form || f.Mode != FindOrCreate || f.Define == nil || f.Define.Form == nil {
			continue
		}
		for _, question := range f.Define.Form.Fields {
			if key, ok := strings.CutPrefix(question.To, "fields."); ok {
				x.key, x.step, x.name = "", "", f.Label
				x.contactField(key)
			}
		}
	}
}
