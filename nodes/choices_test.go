package nodes_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/hookloom/hookloom/nodes"
)

// postParams has a field whose choices hang on the connection and another field.
type postParams struct {
	Account nodes.Ref `json:"account" label:"Account" ref:"connection" of:"test.account" required:"true"`
	Team    string    `json:"team" label:"Team" required:"true"`
	Channel string    `json:"channel" label:"Channel" choices:"account,team" required:"true"`
	Times   int       `json:"times" label:"Times"`
}

func (p postParams) Choices(_ context.Context, _ *nodes.Env, field string) ([]nodes.Option, error) {
	if p.Team == "" {
		return nil, errors.New("no team")
	}
	return []nodes.Option{{Value: field, Label: string(p.Account) + " of " + p.Team}}, nil
}

func TestChoicesOfGoTypes(t *testing.T) {
	r := nodes.NewRegistry()
	r.Register(nodes.Action[postParams]{Meta: meta(), Run: func(context.Context, *nodes.Env, postParams) (any, error) { return nil, nil }})
	n := r.Lookup("test.node")
	at := slices.IndexFunc(n.Fields, func(f nodes.Field) bool { return f.Key == "channel" })
	if c := n.Fields[at].Choices; c == nil || !slices.Equal(c.Needs, []string{"account", "team"}) || n.Fields[0].Of != "test.account" {
		t.Errorf("described as %+v", n.Fields)
	}
	got, err := n.Choices(t.Context(), &nodes.Env{}, map[string]any{"account": "cxn_1", "team": "A", "times": "not yet"}, "channel")
	if err != nil || !slices.Equal(got, []nodes.Option{{Value: "channel", Label: "cxn_1 of A"}}) {
		t.Errorf("got %v, %v", got, err)
	}
	if _, err := n.Choices(t.Context(), &nodes.Env{}, nil, "channel"); err == nil {
		t.Error("the error of the type's code is lost")
	}
}

type noCode struct {
	Account nodes.Ref `json:"account" label:"Account" ref:"connection"`
	Channel string    `json:"channel" label:"Channel" choices:"account"`
}

type onlyCode struct {
	Channel string `json:"channel" label:"Channel"`
}

func (onlyCode) Choices(context.Context, *nodes.Env, string) ([]nodes.Option, error) { return nil, nil }

// A field with choices that no form could ask for stops the start, with the name of
// the field.
func TestChoicesThatCannotBe(t *testing.T) {
	text, connection := nodes.FieldText, nodes.Field{Key: "account", Label: "Account", Kind: nodes.FieldRef, Ref: "connection"}
	needs := func(kind nodes.FieldKind, keys ...string) nodes.Field {
		return nodes.Field{Key: "channel", Label: "Channel", Kind: kind, Choices: &nodes.Choices{Needs: keys}}
	}
	with := func(fields ...nodes.Field) nodes.DynamicAction {
		d := dynamic(fields...)
		d.Choices = func(context.Context, *nodes.Env, map[string]any, string) ([]nodes.Option, error) { return nil, nil }
		return d
	}
	for say, d := range map[string]nodes.Definition{
		"the params need Choices":                               nodes.ManualTrigger[noCode]{Meta: meta()},
		"no field has the tag choices":                          nodes.ManualTrigger[onlyCode]{Meta: meta()},
		"choices say nothing about a field of kind number":      with(connection, needs(nodes.FieldNumber, "account")),
		`choices need the unknown field "team"`:                 with(connection, needs(text, "account", "team")),
		"name its field among what they need":                   with(connection, needs(text, "name")),
		"fields with choices and Choices go together":           dynamic(connection, needs(text, "account")),
		"not those within a group or list":                      with(connection, nodes.Field{Key: "in", Label: "In", Kind: nodes.FieldGroup, Fields: []nodes.Field{needs(text, "account")}}),
		"the form of a connection has no choices":               nodes.Connection[noCode]{Meta: meta(), Hosts: func(noCode) []string { return nil }},
		"fields with choices and Choices go together\x00no one": with(connection),
	} {
		err := nodes.NewRegistry().Replace("test", d)
		if say, _, _ = strings.Cut(say, "\x00"); err == nil || !strings.Contains(err.Error(), say) {
			t.Errorf("want %q, got %v", say, err)
		}
	}
}
