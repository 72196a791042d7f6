package nodes_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookloom/hookloom/nodes"
)

func TestDescribe(t *testing.T) {
	n, _ := sdk[everything](t)
	kinds := map[string]nodes.FieldKind{}
	fields := map[string]nodes.Field{}
	for _, f := range n.Fields {
		kinds[f.Key], fields[f.Key] = f.Kind, f
	}
	want := map[string]nodes.FieldKind{
		"text": "text", "long": "long_text", "rich": "rich_text", "code": "code", "url": "url", "day": "date",
		"when": "date", "for": "duration", "count": "number", "big": "number", "ratio": "number", "price": "money",
		"on": "switch", "maybe": "switch", "choice": "choice", "choices": "multi_choice", "secret": "secret",
		"offer": "ref", "tags": "list", "entries": "list", "headers": "rows", "values": "rows", "group": "group",
		"optional": "group", "if": "condition", "json": "json", "file": "file", "detail": "text",
	}
	if diff := cmp.Diff(want, kinds); diff != "" {
		t.Errorf("kinds (-want +got):\n%s", diff)
	}

	ten, one, three, five, two := 10.0, 1.0, 3.0, 5.0, 2.0
	for key, want := range map[string]string{
		"text":    mustJSON(t, nodes.Field{Key: "text", Kind: "text", Label: "Text", Help: "A line.", Example: "Ann", Max: &ten}),
		"code":    mustJSON(t, nodes.Field{Key: "code", Kind: "code", Label: "Code", NoMap: true}),
		"count":   mustJSON(t, nodes.Field{Key: "count", Kind: "number", Label: "Count", Default: 3, Min: &one, Max: &five}),
		"tags":    mustJSON(t, nodes.Field{Key: "tags", Kind: "list", Label: "Tags", Item: "text", Min: &one, Max: &three}),
		"offer":   mustJSON(t, nodes.Field{Key: "offer", Kind: "ref", Label: "Offer", Ref: "offer"}),
		"choice":  mustJSON(t, nodes.Field{Key: "choice", Kind: "choice", Label: "Choice", Default: "a_b", Options: []nodes.Option{{Value: "a_b", Label: "A b"}, {Value: "c", Label: "See"}}}),
		"choices": mustJSON(t, nodes.Field{Key: "choices", Kind: "multi_choice", Label: "Choices", Default: []any{"x", "y"}, Max: &two, Options: []nodes.Option{{Value: "x", Label: "X"}, {Value: "y", Label: "Y"}, {Value: "z", Label: "Z"}}}),
		"detail":  mustJSON(t, nodes.Field{Key: "detail", Kind: "text", Label: "Detail", Required: true, Advanced: true, Tab: "fields", ShowIf: &nodes.ShowIf{Field: "choice", Values: []string{"c"}}}),
		"entries": mustJSON(t, nodes.Field{Key: "entries", Kind: "list", Label: "Entries", Fields: []nodes.Field{{Key: "name", Kind: "text", Label: "Name", Required: true}, {Key: "count", Kind: "number", Label: "Entry count", Default: 1}}}),
	} {
		if got := mustJSON(t, fields[key]); got != want {
			t.Errorf("%s:\n got %s\nwant %s", key, got, want)
		}
	}
	if n.Version != 1 {
		t.Errorf("version 0 is read as 1, not %d", n.Version)
	}
}

func mustJSON(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestRegisterPanics(t *testing.T) {
	type (
		noTag   struct{ Name string }
		noLabel struct {
			Name string `json:"name"`
		}
		comma struct {
			Name string `json:"name,omitempty" label:"Name"`
		}
		camel struct {
			Name string `json:"fullName" label:"Name"`
		}
		typo struct {
			Name string `json:"name" label:"Name" reqired:"true"`
		}
		flag struct {
			Name string `json:"name" label:"Name" required:"yes"`
		}
		hidden struct {
			name string //nolint:unused // that it cannot be seen is the test
		}
		showNone struct {
			A string `json:"a" label:"A" show_if:"b=1"`
		}
		showSelf struct {
			A string `json:"a" label:"A" show_if:"a=1"`
		}
		showBad struct {
			A string `json:"a" label:"A" show_if:"b"`
		}
		showNever struct {
			A string `json:"a" label:"A" show_if:"b=z"`
			B string `json:"b" label:"B" options:"x,y"`
		}
		showSwitch struct {
			A string `json:"a" label:"A" show_if:"b=yes"`
			B bool   `json:"b" label:"B"`
		}
		showList struct {
			A string   `json:"a" label:"A" show_if:"b=x"`
			B []string `json:"b" label:"B"`
		}
		noRef struct {
			A nodes.Ref `json:"a" label:"A"`
		}
		refText struct {
			A string `json:"a" label:"A" ref:"offer"`
		}
		channel struct {
			A chan int `json:"a" label:"A"`
		}
		method struct {
			A error `json:"a" label:"A"`
		}
		pointers struct {
			A **int `json:"a" label:"A"`
		}
		intKeys struct {
			A map[int]string `json:"a" label:"A"`
		}
		intRows struct {
			A map[string]int `json:"a" label:"A"`
		}
		lists struct {
			A [][]string `json:"a" label:"A"`
		}
		secrets struct {
			A []nodes.Secret `json:"a" label:"A"`
		}
		kindOdd struct {
			A int `json:"a" label:"A" kind:"long_text"`
		}
		kindNone struct {
			A string `json:"a" label:"A" kind:"color"`
		}
		optionsInt struct {
			A int `json:"a" label:"A" options:"1,2"`
		}
		minText struct {
			A int `json:"a" label:"A" min:"few"`
		}
		minSwitch struct {
			A bool `json:"a" label:"A" min:"1"`
		}
		minMax struct {
			A int `json:"a" label:"A" min:"2" max:"1"`
		}
		defNumber struct {
			A int `json:"a" label:"A" default:"many"`
		}
		defChoice struct {
			A string `json:"a" label:"A" options:"x,y" default:"z"`
		}
		defLimit struct {
			A int `json:"a" label:"A" default:"9" max:"5"`
		}
		defDate struct {
			A time.Time `json:"a" label:"A" default:"soon"`
		}
		defSecret struct {
			A nodes.Secret `json:"a" label:"A" default:"x"`
		}
		defMust struct {
			A string `json:"a" label:"A" default:"x" required:"true"`
		}
		inner struct {
			A struct{ B int } `json:"a" label:"A"`
		}
	)
	with := func(change func(*nodes.Meta)) nodes.Definition {
		m := meta()
		change(&m)
		return nodes.ManualTrigger[none]{Meta: m}
	}
	for _, c := range []struct {
		say string
		def nodes.Definition
	}{
		{`"Offer.Grant" is not a dotted lower-case type id`, with(func(m *nodes.Meta) { m.Type = "Offer.Grant" })},
		{`"grant" is not a dotted lower-case type id`, with(func(m *nodes.Meta) { m.Type = "grant" })},
		{`test.node has no name`, with(func(m *nodes.Meta) { m.Name = "" })},
		{`test.node has no group`, with(func(m *nodes.Meta) { m.Group = "" })},
		{`test.node has no summary`, with(func(m *nodes.Meta) { m.Summary = " " })},
		{`test.node is version 2 and cannot lift older params: it needs Upgrade`, with(func(m *nodes.Meta) { m.Version = 2 })},
		{`test.node: the card names the unknown field "offer"`, with(func(m *nodes.Meta) { m.Card = "Grant {offer}" })},
		{`test.node may provide a contact: its params need ProvidesContact`, with(func(m *nodes.Meta) { m.Contact = nodes.ContactMayProvide })},
		{`test.node has no Run`, nodes.Action[none]{Meta: meta()}},
		{`test.node has no Run`, nodes.Internal[none]{Meta: meta()}},
		{`test.node has no Run`, nodes.Flow[none]{Meta: meta()}},
		{`test.node needs one of Open and OpenWith`, nodes.HTTPTrigger[none]{Meta: meta()}},
		{`test.node names no event`, nodes.EventTrigger[none]{Meta: meta()}},
		{`test.node names no hosts: its secrets could be sent anywhere`, nodes.Connection[none]{Meta: meta()}},
		{`test.node: params must be a struct, not string`, manual[string]()},
		{`field Name: needs a json tag with the plain snake_case key`, manual[noTag]()},
		{`field Name: needs a label tag`, manual[noLabel]()},
		{`field Name: needs a json tag with the plain snake_case key`, manual[comma]()},
		{`field Name: needs a json tag with the plain snake_case key`, manual[camel]()},
		{`field Name: the tag key "reqired" is not known`, manual[typo]()},
		{`field Name: required is "true" or left out, not "yes"`, manual[flag]()},
		{`field name: must be exported, or binding cannot fill it in`, manual[hidden]()},
		{`field A: show_if names the unknown field "b"`, manual[showNone]()},
		{`field A: show_if names the unknown field "a"`, manual[showSelf]()},
		{`field A: show_if must look like field=value|value`, manual[showBad]()},
		{`field A: show_if waits for "z", which "b" does not offer`, manual[showNever]()},
		{`field A: show_if waits for "yes", but "b" is true or false`, manual[showSwitch]()},
		{`field A: show_if cannot watch "b", a field of kind list`, manual[showList]()},
		{`field A: a Ref needs a ref tag`, manual[noRef]()},
		{`field A: a ref tag does not fit the type string`, manual[refText]()},
		{`field A: the type chan int is not supported`, manual[channel]()},
		{`field A: the type error is not supported`, manual[method]()},
		{`field A: the type **int is not supported`, manual[pointers]()},
		{`field A: the type map[int]string is not supported`, manual[intKeys]()},
		{`field A: the type map[string]int is not supported`, manual[intRows]()},
		{`field A: a list of list is not supported`, manual[lists]()},
		{`field A: a list of secret is not supported`, manual[secrets]()},
		{`field A: kind "long_text" does not fit the type int`, manual[kindOdd]()},
		{`field A: kind "color" does not fit the type string`, manual[kindNone]()},
		{`field A: options do not fit the type int`, manual[optionsInt]()},
		{`field A: min is not a number`, manual[minText]()},
		{`field A: min says nothing about a field of kind switch`, manual[minSwitch]()},
		{`field A: min is above max`, manual[minMax]()},
		{`field A: the default "many" does not fit`, manual[defNumber]()},
		{`field A: the default does not fit: A must be one of x, y, not "z"`, manual[defChoice]()},
		{`field A: the default does not fit: A must be at most 5`, manual[defLimit]()},
		{`field A: the default does not fit: A must be a date and time`, manual[defDate]()},
		{`field A: the default "x" does not fit: a field of kind secret has none`, manual[defSecret]()},
		{`field A: required and default exclude each other`, manual[defMust]()},
		{`field A: field B: needs a json tag`, manual[inner]()},
	} {
		t.Run(c.say, func(t *testing.T) {
			defer func() {
				if said, _ := recover().(string); !strings.HasPrefix(said, "nodes: ") || !strings.Contains(said, c.say) {
					t.Errorf("panicked with %q", said)
				}
			}()
			nodes.NewRegistry().Register(c.def)
			t.Error("registered")
		})
	}

	t.Run("a type registered twice", func(t *testing.T) {
		defer func() {
			if said := recover(); said != "nodes: type test.node is registered twice" {
				t.Errorf("panicked with %v", said)
			}
		}()
		nodes.NewRegistry().Register(manual[none](), manual[none]())
	})
}

func manual[P any]() nodes.Definition { return nodes.ManualTrigger[P]{Meta: meta()} }
