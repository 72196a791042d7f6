package template

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

// Extract makes a file's workflows and inputs of sources: what belongs to the home
// (offers, tags, forms, products, connections, contact fields, custom values),
// secrets, addresses of calls and marked texts become blanks. Inputs of before keep
// their keys and what a person changed of them, found again by what they stand for.
// The error tells of a source that cannot be read.
func Extract(sources []Source, before Recipe, home Home, reg *nodes.Registry) (Extracted, error) {
	x := &extractor{home: home, reg: reg, before: before, taken: map[string]bool{}, known: map[string]int{}}
	for _, in := range before.Inputs {
		x.taken[in.Key] = true
	}
	workflows := make([]Workflow, 0, len(sources))
	for _, s := range sources {
		doc, problems := workflow.Parse(s.Definition)
		if doc == nil {
			return Extracted{}, fmt.Errorf("the workflow %q cannot be read: %w", s.Name, problems[0])
		}
		if problems := workflow.Lift(doc, reg); workflow.HasProblems(problems) {
			return Extracted{}, fmt.Errorf("the workflow %q cannot become a template: %w", s.Name, problems[0])
		}
		x.workflow(s.Key, doc)
		text, err := doc.JSON()
		if err != nil {
			return Extracted{}, err
		}
		workflows = append(workflows, Workflow{Key: s.Key, Name: s.Name, Definition: text})
	}
	x.formsNeed()
	return Extracted{Workflows: workflows, Inputs: x.ordered(), Texts: x.texts}, nil
}

type extractor struct {
	home   Home
	reg    *nodes.Registry
	before Recipe
	// taken holds all keys in use, those of before included.
	taken map[string]bool
	found []Found
	texts []Markable
	// known finds an input by its kind and what it stands for.
	known map[string]int

	// where the walk is now
	key  string
	step string
	name string
	typ  *nodes.NodeType
	// signed says that the step signs in with a connection.
	signed bool
}

func (x *extractor) workflow(key string, doc *workflow.Document) {
	x.key = key
	for i := range doc.Triggers {
		t := &doc.Triggers[i]
		x.at(t.ID, t.Name, t.Type)
		t.Params = x.params(t.Params)
	}
	workflow.Walk(doc, func(p workflow.Place) bool {
		s := p.Step
		x.at(s.ID, s.Name, s.Type)
		s.Params = x.params(s.Params)
		for i := range s.Branches {
			s.Branches[i].When = x.condition(s.Branches[i].When, "/branches/"+strconv.Itoa(i)+"/when")
		}
		return true
	})
}

func (x *extractor) at(step, name, typeID string) {
	x.step, x.name, x.typ = step, name, x.reg.Lookup(typeID)
	if strings.TrimSpace(name) == "" && x.typ != nil {
		x.name = x.typ.Name
	}
}

func (x *extractor) params(params map[string]any) map[string]any {
	if x.typ == nil {
		return params
	}
	x.signed = params["auth"] == "connection"
	return x.group(x.typ.Fields, params, "")
}

// group replaces what the fields of a form describe.
func (x *extractor) group(fields []nodes.Field, params map[string]any, at string) map[string]any {
	out := make(map[string]any, len(params))
	// In the order of their keys, so that inputs get the same keys and order each time.
	for _, key := range slices.Sorted(maps.Keys(params)) {
		v := params[key]
		i := slices.IndexFunc(fields, func(f nodes.Field) bool { return f.Key == key })
		at := value.Under(at, key)
		if i < 0 {
			out[key] = x.plain(v, key, at)
			continue
		}
		if kept := x.field(fields[i], v, at); kept != nil || v == nil {
			out[key] = kept
		}
	}
	return out
}

// field replaces one value; nil takes it out.
func (x *extractor) field(f nodes.Field, v any, at string) any {
	if x.marked(at) {
		return x.text(f.Label, v, at)
	}
	switch f.Kind {
	case nodes.FieldSecret:
		if value.Empty(v) {
			return nil
		}
		return x.blankOf(Found{RecipeInput: RecipeInput{
			Input:  Input{Label: f.Label + " of " + x.name, Kind: Secret, Required: f.Required},
			Stands: x.mark(at).stands(),
		}})
	case nodes.FieldRef:
		return x.ref(f, v, at)
	case nodes.FieldURL:
		return x.address(f, v, at)
	case nodes.FieldCondition:
		return x.condition(v, at)
	case nodes.FieldGroup:
		if members, ok := v.(map[string]any); ok {
			return x.group(f.Fields, members, at)
		}
	case nodes.FieldList:
		return x.list(f, v, at)
	case nodes.FieldChoice, nodes.FieldMultiChoice, nodes.FieldDuration, nodes.FieldSwitch, nodes.FieldNumber:
		if !nodes.Mapped(v) {
			return v
		}
	}
	x.ownFields(f, v)
	return x.plain(v, f.Key, at)
}

func (x *extractor) list(f nodes.Field, v any, at string) any {
	entry := nodes.Field{Key: f.Key, Kind: f.Item, Label: f.Label, Ref: f.Ref, Fields: f.Fields}
	if f.Fields != nil {
		entry.Kind = nodes.FieldGroup
	}
	items, isList := v.([]any)
	if text, ok := v.(string); ok && !nodes.Mapped(text) && (f.Ref != "" || tags(f)) {
		// Binding reads a text with commas as a list.
		for part := range strings.SplitSeq(text, ",") {
			items = append(items, strings.TrimSpace(part))
		}
		isList = true
	}
	if !isList {
		if tags(f) {
			return x.tag(v, at)
		}
		return x.field(entry, v, at)
	}
	x.ownFields(f, v)
	out := make([]any, 0, len(items))
	for i, item := range items {
		at := at + "/" + strconv.Itoa(i)
		if tags(f) {
			item = x.tag(item, at)
		} else {
			item = x.field(entry, item, at)
		}
		if item != nil {
			out = append(out, item)
		}
	}
	return out
}

// tags reports whether a field holds names of tags: by custom such a field is
// called tags.
func tags(f nodes.Field) bool { return f.Key == "tags" || f.Key == "tag" || f.Ref == Tag }

func (x *extractor) marked(at string) bool { return slices.Contains(x.before.Texts, x.mark(at)) }

func (x *extractor) mark(at string) Mark { return Mark{x.key, x.step, at} }

// text makes a marked value an input.
func (x *extractor) text(label string, v any, at string) any {
	text, ok := v.(string)
	if !ok || strings.TrimSpace(text) == "" {
		return v
	}
	x.texts = append(x.texts, Markable{x.mark(at), x.name, label, text, true})
	found := Found{Shown: text, RecipeInput: RecipeInput{Input: Input{Label: label + " of " + x.name, Kind: Text, Default: text}, Stands: x.mark(at).stands()}}
	return x.blankOf(found)
}

// blankOf returns the blank of an input, which is new or known by what it stands
// for.
func (x *extractor) blankOf(f Found) any { return map[string]any{InputKey: x.input(f, true)} }

// input notes an input and returns its key.
func (x *extractor) input(f Found, here bool) string {
	id := f.Kind + "\x00" + f.Stands
	place := Place{x.key, x.step, x.name}
	if i, ok := x.known[id]; ok {
		if here && !slices.Contains(x.found[i].Places, place) {
			x.found[i].Places = append(x.found[i].Places, place)
		}
		x.found[i].Required = x.found[i].Required || f.Required && !x.edited(f)
		return x.found[i].Key
	}
	if i := slices.IndexFunc(x.before.Inputs, func(in RecipeInput) bool { return in.Kind == f.Kind && in.Stands == f.Stands }); i >= 0 {
		f.RecipeInput = merged(x.before.Inputs[i], f.RecipeInput)
	} else {
		if f.Mode == "" {
			f.Mode = Modes(f.Kind)[0]
		}
		if f.Key == "" {
			f.Key = keyOf(f.Kind + " " + f.Label)
		}
		f.Key = x.free(f.Key)
	}
	if here {
		f.Places = []Place{place}
	}
	x.known[id] = len(x.found)
	x.found = append(x.found, f)
	return f.Key
}

func (x *extractor) edited(f Found) bool {
	return slices.ContainsFunc(x.before.Inputs, func(in RecipeInput) bool { return in.Kind == f.Kind && in.Stands == f.Stands })
}

// merged keeps what a person may have changed of an input and takes the rest anew.
func merged(before, now RecipeInput) RecipeInput {
	now.Key, now.Label, now.Help, now.Mode, now.Required, now.Example = before.Key, before.Label, before.Help, before.Mode, before.Required, before.Example
	now.Target = before.Target
	if before.Mode == Fixed || before.Mode == Ask {
		now.Default = before.Default
	}
	return now
}

func (x *extractor) free(key string) string {
	if key == "" {
		key = "input"
	}
	free := key
	for n := 2; x.taken[free]; n++ {
		free = key + "_" + strconv.Itoa(n)
	}
	x.taken[free] = true
	return free
}

// ordered lists the inputs as a person ordered those of before, new ones behind.
func (x *extractor) ordered() []Found {
	place := func(f Found) int {
		i := slices.IndexFunc(x.before.Inputs, func(in RecipeInput) bool { return in.Key == f.Key })
		if i < 0 {
			return len(x.before.Inputs)
		}
		return i
	}
	slices.SortStableFunc(x.found, func(a, b Found) int { return place(a) - place(b) })
	return x.found
}
