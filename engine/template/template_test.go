package template_test

import (
	"strings"
	"testing"

	"github.com/hookloom/hookloom/engine/sender"
	"github.com/hookloom/hookloom/engine/template"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
	_ "github.com/hookloom/hookloom/nodes/all"
)

// A recipe whose blanks are filled in has no problem that its reader must mend,
// and the sample that it names is there.
func TestRecipesCanBePublished(t *testing.T) {
	for _, r := range template.Recipes() {
		given := map[string]any{}
		for _, in := range r.Inputs {
			given[in.Key] = map[string]any{"url": "https://example.com/x", "offer": "Course A", "secret": map[string]any{"$secret": "sec_x"}}[in.Kind]
			if in.Kind == "tag" || in.Kind == "text" {
				given[in.Key] = "lead"
			}
		}
		if m := r.Missing(given); len(m) > 0 {
			t.Errorf("%s: missing %v", r.ID, m)
		}
		for i := range r.Workflows {
			text, err := r.Fill(i, given)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(text), template.InputKey) {
				t.Errorf("%s: a blank is left: %s", r.ID, text)
			}
			doc, problems := workflow.Parse(text)
			if doc == nil {
				t.Fatalf("%s: %v", r.ID, problems)
			}
			for _, p := range workflow.Validate(doc, nodes.Default(), workflow.Facts{}) {
				if p.Severity == workflow.SeverityProblem {
					t.Errorf("%s: %s %s", r.ID, p.Pointer, p.Message)
				}
			}
		}
		if r.Sample != nil {
			if _, ok := sender.Named(r.Sample.Sender).Sample(r.Sample.Event); !ok {
				t.Errorf("%s: no sample %v", r.ID, r.Sample)
			}
		}
		if found, ok := template.RecipeNamed(r.ID); !ok || found.Name != r.Name {
			t.Errorf("%s is not found", r.ID)
		}
	}
	if len(template.Recipes()) < 4 {
		t.Error("recipes are missing")
	}
}

func TestFillLeavesOptionalBlanksOut(t *testing.T) {
	f, err := template.Parse([]byte(`{"schema":1,"name":"x","summary":"","category":"","inputs":[
		{"key":"a","label":"A","kind":"text"},{"key":"b","label":"B","kind":"text","required":true,"default":"d"}],
		"workflows":[{"name":"w","definition":{"x":{"$input":"a"},"l":[{"$input":"a"},{"$input":"b"}],"big":820982911946154508}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	got, err := f.Fill(0, nil)
	want, _ := value.Decode([]byte(`{"l":["d"],"big":820982911946154508}`))
	wanted, _ := value.Encode(want)
	if err != nil || string(got) != string(wanted) {
		t.Errorf("%s, %v", got, err)
	}
	if u := f.Unknown(map[string]any{"a": 1, "z": 2}); len(u) != 1 || u[0] != "z" {
		t.Errorf("unknown %v", u)
	}
}

func TestParseRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"another schema": `{"schema":2,"name":"x","workflows":[{"name":"w","definition":{}}]}`,
		"no workflow":    `{"schema":1,"name":"x"}`,
		"a stray key":    `{"schema":1,"name":"x","evil":1,"workflows":[{"name":"w","definition":{}}]}`,
		"no such input":  `{"schema":1,"name":"x","workflows":[{"name":"w","definition":{"a":{"$input":"b"}}}]}`,
		"a strange kind": `{"schema":1,"name":"x","inputs":[{"key":"a","label":"A","kind":"magic"}],"workflows":[{"name":"w","definition":{}}]}`,
	} {
		if _, err := template.Parse([]byte(text)); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}
