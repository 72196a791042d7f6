package nodes_test

import (
	"strings"
	"testing"

	"github.com/hookloom/hookloom/nodes"
)

func named(id, name string) nodes.Definition {
	type params struct {
		Text string `json:"text" label:"Text"`
	}
	return nodes.Internal[params]{
		Meta: nodes.Meta{Type: id, Name: name, Group: "Test", Summary: "A test."},
		Run:  func(nodes.Tx, *nodes.Call, params) (any, error) { return nil, nil },
	}
}

// Whoever holds a type keeps it; whoever looks anew sees all of the new ones or
// none, and nobody's types are touched but the owner's.
func TestReplace(t *testing.T) {
	r := nodes.NewRegistry()
	r.Register(named("built.in", "Built in"))
	if err := r.Replace("files", named("app.one", "One"), named("app.two", "Two")); err != nil {
		t.Fatal(err)
	}
	held, before := r.Lookup("app.one"), r.Generation()
	if err := r.Replace("files", named("app.one", "Another one")); err != nil {
		t.Fatal(err)
	}
	if held.Name != "One" || r.Lookup("app.one").Name != "Another one" || r.Lookup("app.two") != nil || r.Lookup("built.in") == nil {
		t.Error("the types are not what was given last")
	}
	if r.Generation() == before {
		t.Error("nobody can know that the types changed")
	}
	for name, bad := range map[string]nodes.Definition{
		"a type of this build already":     named("built.in", "Mine"),
		"is not a dotted lower-case":       named("app", "No dot"),
		`no name`:                          named("app.three", " "),
		"app.one is a type of this build ": named("app.one", "Twice"),
	} {
		err := r.Replace("files", named("app.one", "Third"), bad)
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("got %v, want %q", err, name)
		}
		if r.Lookup("app.one").Name != "Another one" {
			t.Error("a bad type changed the others")
		}
	}
	if err := r.Replace("files"); err != nil || r.Lookup("app.one") != nil || len(r.All()) != 1 {
		t.Errorf("%d types are left, %v", len(r.All()), err)
	}
	clone := r.Clone()
	clone.Register(named("more.types", "More"))
	if r.Lookup("more.types") != nil {
		t.Error("a clone shares its types")
	}
	r.Note("files", nodes.Notice{File: "a.yaml", Message: "it is broken"})
	if got := r.Notices(); len(got) != 1 || got[0].File != "a.yaml" {
		t.Errorf("notices %v", got)
	}
	if r.Note("files"); len(r.Notices()) != 0 {
		t.Error("the notice stays")
	}
}
