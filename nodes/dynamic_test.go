package nodes_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes"
)

func dynamic(fields ...nodes.Field) nodes.DynamicAction {
	return nodes.DynamicAction{
		Meta:   nodes.Meta{Type: "test.call", Name: "Call", Group: "Test", Summary: "A test.", Card: "{name}"},
		Fields: append([]nodes.Field{{Key: "name", Label: "Name", Kind: nodes.FieldText, Required: true}}, fields...),
		Run:    func(_ context.Context, _ *nodes.Env, params map[string]any) (any, error) { return params, nil },
	}
}

var everyKind = []nodes.Field{
	{Key: "amount", Label: "Amount", Kind: nodes.FieldNumber},
	{Key: "on", Label: "On", Kind: nodes.FieldSwitch},
	{Key: "size", Label: "Size", Kind: nodes.FieldChoice, Options: []nodes.Option{{Value: "s", Label: "S"}, {Value: "m", Label: "M"}}, Default: "m"},
	{Key: "marks", Label: "Marks", Kind: nodes.FieldMultiChoice, Options: []nodes.Option{{Value: "a", Label: "A"}}},
	{Key: "when", Label: "When", Kind: nodes.FieldDate},
	{Key: "after", Label: "After", Kind: nodes.FieldDuration},
	{Key: "price", Label: "Price", Kind: nodes.FieldMoney},
	{Key: "tags", Label: "Tags", Kind: nodes.FieldList, Item: nodes.FieldText},
	{Key: "rows", Label: "Rows", Kind: nodes.FieldRows},
	{Key: "data", Label: "Data", Kind: nodes.FieldJSON},
	{Key: "person", Label: "Person", Kind: nodes.FieldGroup, Fields: []nodes.Field{{Key: "age", Label: "Age", Kind: nodes.FieldNumber}}},
	{Key: "items", Label: "Items", Kind: nodes.FieldList, Fields: []nodes.Field{{Key: "sku", Label: "Article", Kind: nodes.FieldText, Required: true}}},
	{Key: "connection", Label: "Connection", Kind: nodes.FieldRef, Ref: "connection", Of: "test.account"},
}

// Params of a form that is data reach the node as plain values of their kind, and
// what is empty is not among them.
func TestDynamicParams(t *testing.T) {
	r := nodes.NewRegistry()
	r.Register(dynamic(everyKind...))
	n := r.Lookup("test.call")
	for given, want := range map[string]string{
		`{"name":"a"}`: `{"name":"a","size":"m"}`,
		`{"name":"a","amount":"12","on":"yes","size":"s","marks":"a","when":"2026-01-31 09:00","after":"10m","tags":"x, y","connection":"cxn_1"}`: `{"after":600,"amount":12,"connection":"cxn_1","marks":["a"],"name":"a","on":true,"size":"s","tags":["x","y"],"when":"2026-01-31T09:00:00Z"}`,
		`{"name":"a","amount":0,"on":false,"price":{"amount":4900,"currency":"usd"},"rows":{"A":820982911946154508,"B":""},"data":[1,null]}`:      `{"amount":0,"data":[1,null],"name":"a","on":false,"price":{"amount":4900,"currency":"USD"},"rows":{"A":820982911946154508,"B":""},"size":"m"}`,
		`{"name":"a","amount":1.5,"person":{"age":"7"},"items":[{"sku":"s1"}],"tags":[],"rows":{}}`:                                               `{"amount":1.5,"items":[{"sku":"s1"}],"name":"a","person":{"age":7},"size":"m"}`,
	} {
		params, err := value.Decode([]byte(given))
		if err != nil {
			t.Fatal(err)
		}
		out, err := n.Action(context.Background(), &nodes.Env{}, params.(map[string]any))
		if err != nil {
			t.Errorf("%s: %v", given, err)
			continue
		}
		got, _ := value.Encode(out)
		if diff := cmp.Diff(want, string(got)); diff != "" {
			t.Errorf("%s:\n%s", given, diff)
		}
	}
	_, err := n.Action(context.Background(), &nodes.Env{}, map[string]any{"amount": "many", "colour": "red", "items": []any{map[string]any{}}})
	for _, says := range []string{"Name can't be empty", "Amount must be a number", `"colour" is not a setting`, "Article can't be empty"} {
		if err == nil || !strings.Contains(err.Error(), says) || !nodes.IsPermanent(err) {
			t.Errorf("%v does not say %q", err, says)
		}
	}
	if problems := n.Check(map[string]any{"name": "{{ trigger.body.name }}", "amount": "{{ trigger.body.n }}"}); len(problems) != 0 {
		t.Errorf("a draft with mappings: %v", problems)
	}
}

func TestDynamicFieldsThatCannotBe(t *testing.T) {
	field := func(kind nodes.FieldKind) nodes.Field { return nodes.Field{Key: "x", Label: "X", Kind: kind} }
	with := func(f nodes.Field, change func(*nodes.Field)) nodes.Field { change(&f); return f }
	low, high := 1.0, 2.0
	for says, f := range map[string]nodes.Field{
		"plain snake_case":                   {Key: "X Y", Label: "X", Kind: nodes.FieldText},
		"no label":                           {Key: "x", Kind: nodes.FieldText},
		`no kind "colour"`:                   field("colour"),
		"kind secret is not possible":        field(nodes.FieldSecret),
		"options belong":                     field(nodes.FieldChoice),
		"ref belongs":                        field(nodes.FieldRef),
		"a group needs fields":               field(nodes.FieldGroup),
		"the entries of a list cannot be of": field(nodes.FieldList),
		"fields and item say nothing":        with(field(nodes.FieldText), func(f *nodes.Field) { f.Item = nodes.FieldText }),
		"min and max say nothing":            with(field(nodes.FieldSwitch), func(f *nodes.Field) { f.Min = &low }),
		"min is above max":                   with(field(nodes.FieldNumber), func(f *nodes.Field) { f.Min, f.Max = &high, &low }),
		"the default does not fit":           with(field(nodes.FieldNumber), func(f *nodes.Field) { f.Default = "many" }),
		"exclude each other":                 with(field(nodes.FieldNumber), func(f *nodes.Field) { f.Default, f.Required = 1, true }),
		"show_if names the unknown field":    with(field(nodes.FieldText), func(f *nodes.Field) { f.ShowIf = &nodes.ShowIf{Field: "y", Values: []string{"1"}} }),
		"the key is used twice":              {Key: "name", Label: "X", Kind: nodes.FieldText},
	} {
		if err := nodes.NewRegistry().Replace("files", dynamic(f)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("got %v, want %q", err, says)
		}
	}
}
