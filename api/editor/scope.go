package editor

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/engine/value"
)

// ScopeInput asks what can be mapped at a place.
type ScopeInput struct {
	Choice
	Step string `query:"step" maxLength:"40" doc:"The step of the saved draft in whose place to look; the end of the workflow when left out"`
}

// ScopeView is everything that can be mapped at a place, with the sample's values.
type ScopeView struct {
	Trigger string         `json:"trigger" doc:"Id of the trigger that the sample is of; empty when the draft has none"`
	Sender  string         `json:"sender,omitempty" doc:"The sender whose words label the data; see GET /senders"`
	Sample  SampleView     `json:"sample"`
	Contact PreviewContact `json:"contact"`
	Sources []ScopeSource  `json:"sources" nullable:"false" doc:"In the order to show them"`
}

// ScopeSource is one group of values.
type ScopeSource struct {
	Kind string `json:"kind" enum:"trigger,step,loop,contact,custom_values,workspace,run"`
	// Root begins every path of the source.
	Root   string     `json:"root" doc:"How paths into it begin: trigger, steps.buyer, contact ..." example:"steps.buyer"`
	ID     string     `json:"id,omitempty" doc:"Of the trigger or step"`
	Type   string     `json:"type,omitempty" doc:"Node type of the trigger or step"`
	Name   string     `json:"name"`
	Icon   string     `json:"icon,omitempty"`
	Sure   bool       `json:"sure" doc:"Whether it always has values here; a step in an earlier branch may not have run"`
	Sample SampleView `json:"sample"`
	// Value is null for what is over 1 MiB.
	Value  json.RawMessage `json:"value" doc:"The sample's value whole; null when there is none or it is over 1 MiB"`
	Fields []ScopePick     `json:"fields" nullable:"false" doc:"What can be picked, in order, at most 500; of a list its first entry"`
	Cut    bool            `json:"cut,omitempty" doc:"Whether there is more than fields lists"`
}

// ScopePick is one value that can be mapped.
type ScopePick struct {
	Path  []string `json:"path" nullable:"false" doc:"From the root of the scope"`
	Text  string   `json:"expression" doc:"How it is written between {{ and }}" example:"trigger.body.items[0].sku"`
	Label string   `json:"label" doc:"The sender's word for it, or one made of its name"`
	Type  string   `json:"type" enum:"text,number,yes_no,list,object,empty"`
	Value string   `json:"sample" doc:"As text, cut at 200 characters"`
}

// The bounds of what a scope shows.
const (
	maxPicks  = 500
	maxSource = 1 << 20
	maxDeep   = 12
)

// Scope lists what can be mapped at a place.
func (e *Editor) Scope(ctx context.Context, ws, workflowID string, in ScopeInput, sees Sees) (ScopeView, error) {
	s, err := e.setting(ctx, ws, workflowID, in.Step, PayloadChoice{Choice: in.Choice}, sees)
	if err != nil {
		return ScopeView{}, err
	}
	out := ScopeView{Sample: s.sample, Contact: s.contact}
	if s.sender != nil {
		out.Sender = s.sender.Name
	}
	if s.trigger != nil {
		out.Trigger = s.trigger.ID
		out.Sources = append(out.Sources, e.triggerSource(s))
	}
	out.Sources = append(out.Sources, s.stepSources()...)
	if len(s.around.Loops) > 0 {
		out.Sources = append(out.Sources, s.source(ScopeSource{Kind: "loop", Root: "loop", Name: "This item of the loop", Sure: true}, nil))
	}
	if sees.Contacts {
		of, err := e.contactSource(ctx, s)
		if err != nil {
			return out, err
		}
		out.Sources = append(out.Sources, of)
	}
	if sees.Values {
		out.Sources = append(out.Sources, s.source(ScopeSource{Kind: "custom_values", Root: "custom_values", Name: "Custom values", Sure: true}, nil))
	}
	out.Sources = append(out.Sources,
		s.source(ScopeSource{Kind: "workspace", Root: "workspace", Name: "Workspace", Sure: true}, nil),
		s.source(ScopeSource{Kind: "run", Root: "run", Name: "This run", Sure: true}, map[string]string{"id": "Run id", "mode": "Kind of run", "workflow_id": "Workflow id", "version": "Version"}))
	return out, nil
}

func (e *Editor) triggerSource(s *setting) ScopeSource {
	of := ScopeSource{Kind: "trigger", Root: "trigger", ID: s.trigger.ID, Type: s.trigger.Type, Name: s.trigger.Name, Sure: true, Sample: s.sample}
	if t := e.Registry.Lookup(s.trigger.Type); t != nil {
		of.Name, of.Icon = firstOf(of.Name, t.Name), t.Icon
	}
	trigger, _ := s.scope["trigger"].(map[string]any)
	labels := map[string]string{"received_at": "Received at", "ip": "Sender's address", "content_type": "Content type"}
	for _, l := range s.sender.LabelsOf(trigger["body"]) {
		if labels["body."+l.Path] == "" {
			labels["body."+l.Path] = l.Text
		}
	}
	return s.source(of, labels)
}

func (s *setting) stepSources() []ScopeSource {
	var list []ScopeSource
	for _, b := range s.around.Earlier {
		of := ScopeSource{Kind: "step", Root: "steps." + b.Step.ID, ID: b.Step.ID, Type: b.Step.Type, Name: b.Step.Name, Sure: b.Sure, Sample: s.outputs[b.Step.ID]}
		if b.Type != nil {
			of.Name, of.Icon = firstOf(of.Name, b.Type.Name), b.Type.Icon
		}
		list = append(list, s.source(of, nil))
	}
	return list
}

// contactWords label the parts of a contact.
var contactWords = map[string]string{
	"email": "E-mail", "phone": "Phone", "name": "Name", "first_name": "First name", "last_name": "Last name",
	"external_user_id": "Id at your membership site", "company": "Company", "timezone": "Time zone", "source": "ScopeSource",
	"date_of_birth": "Date of birth", "subscribed": "Subscribed", "tags": "Tags", "id": "Contact id", "number": "Contact number",
	"created_at": "Created at", "updated_at": "Changed at", "offers": "Offers with access",
	"address.line1": "Street", "address.line2": "Street, second line", "address.city": "City", "address.state": "State",
	"address.postal_code": "Postcode", "address.country": "Country",
}

// sameAgain are HighLevel's names for parts of a contact that have one of ours.
var sameAgain = []string{"full_name", "phone_raw", "company_name", "address1", "city", "state", "postal_code", "country"}

// contactSource lists a contact's fields also while there is none.
func (e *Editor) contactSource(ctx context.Context, s *setting) (ScopeSource, error) {
	rows, err := e.Store.ListFields(ctx, s.workspace, engine.Page{Limit: engine.MaxPage})
	if err != nil {
		return ScopeSource{}, err
	}
	of := ScopeSource{Kind: "contact", Root: "contact", Name: "Contact", Sure: s.around.Contact}
	words := maps.Clone(contactWords)
	v, _ := s.scope["contact"].(map[string]any)
	if v == nil {
		v = engine.ContactScope(crm.Contact{}, nil)
	} else {
		of.Value = whole(v)
	}
	v = maps.Clone(v)
	for _, name := range sameAgain {
		delete(v, name)
	}
	own, _ := v["fields"].(map[string]any)
	own = maps.Clone(own)
	if own == nil {
		own = map[string]any{}
	}
	for _, f := range rows.Items {
		words["fields."+f.Key] = f.Label
		if _, given := own[f.Key]; !given {
			own[f.Key] = nil
		}
		if _, named := contactWords[f.Key]; !named {
			delete(v, f.Key) // listed below fields
		}
	}
	v["fields"] = own
	of.Sample = SampleView{Kind: "none"}
	of.Fields, of.Cut = picks([]string{"contact"}, v, words)
	if of.Value == nil {
		of.Value = null
	}
	return of, nil
}

// source fills in the value and fields of one from the scope.
func (s *setting) source(of ScopeSource, labels map[string]string) ScopeSource {
	root := strings.Split(of.Root, ".")
	v, _ := find(map[string]any(s.scope), root)
	if of.Sample.Kind == "" {
		of.Sample.Kind = "none"
	}
	of.Value = whole(v)
	of.Fields, of.Cut = picks(root, v, labels)
	return of
}

func whole(v any) json.RawMessage {
	if text, err := value.Encode(v); err == nil && len(text) <= maxSource {
		return text
	}
	return null
}

// picks lists the values below a root. labels are by dotted path below it.
func picks(root []string, v any, labels map[string]string) (list []ScopePick, cut bool) {
	list = []ScopePick{}
	if v == nil {
		return list, false
	}
	var walk func(path []string, v any)
	add := func(path []string, v any) {
		if len(list) >= maxPicks {
			cut = true
			return
		}
		p := ScopePick{Path: slices.Clone(path), Text: shown(path), Type: typeOf(v)}
		p.Label = firstOf(labels[strings.Join(path[len(root):], ".")], words(path[len(root):]))
		p.Value, _ = short(mapping.Text(v), maxRead)
		list = append(list, p)
	}
	walk = func(path []string, v any) {
		if cut || len(path)-len(root) > maxDeep {
			cut = true
			return
		}
		switch x := v.(type) {
		case map[string]any:
			for _, name := range order(x, len(path) == len(root)) {
				walk(append(path, name), x[name])
			}
			if len(x) == 0 && len(path) > len(root) {
				add(path, v)
			}
		case []any:
			add(path, v)
			if len(x) > 0 {
				walk(append(path, "0"), x[0])
			}
		default:
			add(path, v)
		}
	}
	walk(slices.Clone(root), v)
	return list, cut
}

// leading are the parts of a trigger that come first: what was sent before how
// it was sent.
var leading = []string{"body", "query", "headers"}

func order(object map[string]any, top bool) []string {
	names := slices.Sorted(maps.Keys(object))
	if !top || object["body"] == nil && object["query"] == nil {
		return names
	}
	var first, rest []string
	for _, name := range leading {
		if _, ok := object[name]; ok {
			first = append(first, name)
		}
	}
	for _, name := range names {
		if !slices.Contains(leading, name) {
			rest = append(rest, name)
		}
	}
	return append(first, rest...)
}

// words makes a label of a name: "line_items[0].unitPrice" is "Unit price".
func words(path []string) string {
	if len(path) == 0 {
		return ""
	}
	name := path[len(path)-1]
	if _, err := strconv.Atoi(name); err == nil && len(path) > 1 {
		return words(path[:len(path)-1]) + " (first)"
	}
	var b strings.Builder
	for i, c := range name {
		switch {
		case c == '_' || c == '-':
			b.WriteByte(' ')
			continue
		case i > 0 && c >= 'A' && c <= 'Z' && name[i-1] >= 'a' && name[i-1] <= 'z':
			b.WriteByte(' ')
			b.WriteRune(c + 'a' - 'A')
			continue
		}
		b.WriteRune(c)
	}
	text := strings.TrimSpace(b.String())
	if text == "" {
		return name
	}
	return strings.ToUpper(text[:1]) + text[1:]
}
