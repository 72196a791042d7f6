package demo_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookloom/hookloom/nodes"
	_ "github.com/hookloom/hookloom/nodes/demo"
	"github.com/hookloom/hookloom/nodes/nodetest"
)

// A new kind of field gets a place here, and so a look at it in the form.
func TestEveryKindIsShown(t *testing.T) {
	shown := map[nodes.FieldKind]bool{}
	for _, f := range nodes.Default().Lookup("demo.fields").Fields {
		shown[f.Kind] = true
	}
	for _, kind := range nodes.FieldKinds() {
		if !shown[kind] {
			t.Errorf("no field of kind %s", kind)
		}
	}
}

func TestFieldsGiveBackWhatWasFilledIn(t *testing.T) {
	b := nodetest.New()
	b.Trigger = map[string]any{"body": map[string]any{"n": "7", "tags": []any{"a", "b"}, "when": "2026-02-01T09:00:00Z"}}
	out, err := b.Action("demo.fields", nodetest.Params(`{
		"text": "Hello {{ trigger.body.n }}", "long_text": "a\nb", "rich_text": "<b>x</b>", "code": "x = 1", "url": "https://example.com",
		"number": "{{ trigger.body.n }}", "ratio": 0.5, "money": {"amount": 4900, "currency": "usd"}, "switch": "no", "maybe": true,
		"choice": "detailed", "detail": "d", "multi_choice": ["green", "blue"], "date": "{{ trigger.body.when }}", "day": "tomorrow",
		"duration": "1 hour", "secret": "s3cret-canary", "ref": "Course A", "list": ["{{ trigger.body.tags }}", "c"],
		"entries": [{"name": "one"}, {"name": "two", "count": 2}], "rows": {"a": [1]}, "texts": {"a": 1}, "group": {"name": "g"},
		"condition": {"met": true}, "json": {"a": null}, "file": {"name": "a.pdf", "ref": "blob_1"} }`))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"text": "Hello 7", "long_text": "a\nb", "rich_text": "<b>x</b>", "code": "x = 1", "url": "https://example.com",
		"number": 7, "ratio": 0.5, "money": map[string]any{"amount": 4900, "currency": "USD"}, "switch": false, "maybe": true,
		"choice": "detailed", "detail": "d", "multi_choice": []any{"green", "blue"}, "date": "2026-02-01T09:00:00Z", "day": "tomorrow",
		"duration": "1h0m0s", "secret_given": true, "ref": "Course A", "list": []any{"a", "b", "c"},
		"entries": []any{map[string]any{"name": "one", "count": 1}, map[string]any{"name": "two", "count": 2}},
		"rows":    map[string]any{"a": []any{1}}, "texts": map[string]any{"a": "1"}, "group": map[string]any{"name": "g", "count": 1},
		"condition": true, "json": map[string]any{"a": nil}, "file": "a.pdf",
	}
	if diff := cmp.Diff(want, out["received"]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if text, _ := json.Marshal(out); strings.Contains(string(text), "canary") {
		t.Error("the secret is in the output")
	}
}

func TestFieldsProblems(t *testing.T) {
	got := nodetest.New().Problems("demo.fields", nodetest.Params(`{"choice":"detailed","number":11,"code":"{{ x }}","list":["a","b","c","d","e","f"]}`))
	want := []string{
		"/code: Code takes no mapping: write the value itself", "/detail: Detail can't be empty",
		"/list: List must be at most 5 entries", "/number: Number must be at most 10", "/text: Text can't be empty",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}
