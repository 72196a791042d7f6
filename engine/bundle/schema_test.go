package bundle_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"github.com/hookloom/hookloom/engine/bundle"
	"github.com/hookloom/hookloom/engine/template"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes"
	_ "github.com/hookloom/hookloom/nodes/all"
	_ "github.com/hookloom/hookloom/nodes/apps"
)

// workspaceFile has one thing of each kind.
const workspaceFile = `{
  "$schema": "https://hooks.example.com/schemas/workspace-1.json",
  "schema": 1,
  "tags": ["VIP"],
  "contact_fields": [{"key": "plan", "label": "Plan", "type": "choice", "options": ["Gold"]}, {"key": "size", "label": "Size"}],
  "custom_values": [{"key": "support", "name": "Support"}],
  "products": ["Lessons"],
  "offers": [{"title": "Course A", "products": ["Lessons"]}],
  "forms": [{"title": "Apply", "button": "Send", "fields": [{"key": "email", "kind": "email", "label": "E-mail", "required": true, "to": "email"}], "tags": ["VIP"], "offers": ["Course A"]}],
  "connections": [{"name": "CRM", "type": "auth.bearer", "hosts": ["crm.example.com"]}],
  "hooks": [{"event": "order.created", "url": "https://example.com/x", "cart": true, "format": "kajabi"}, {"event": "purchase.created", "url": "https://example.com/y", "only": "Course A", "place": "offer"}]
}`

// workflowFile has one key of each kind.
const workflowFile = `{
  "$schema": "https://raw.githubusercontent.com/hookloom/hookloom/main/docs/schemas/workflow-1.json",
  "schema": 1, "name": "Sale", "summary": "", "category": "",
  "inputs": [
    {"key": "offer", "label": "Course A", "kind": "offer", "mode": "find_or_create", "default": "Course A", "define": {"products": ["Lessons"]}},
    {"key": "crm", "label": "CRM", "kind": "connection", "mode": "ask", "auth": "auth.bearer", "host": "crm.example.com"},
    {"key": "support", "label": "Support", "kind": "custom_value", "mode": "find_or_create"},
    {"key": "plan", "label": "Plan", "kind": "contact_field", "mode": "find_or_create", "define": {"type": "choice", "options": ["Gold"]}}
  ],
  "workflows": [{"key": "workflow", "name": "Sale", "definition": {
    "schema": 1, "settings": {"contact": "optional", "timezone": null, "window": {"from": "09:00", "to": "17:00", "days": ["mon"]}},
    "triggers": [{"id": "hook", "type": "webhook.catch", "v": 1, "name": "Sale", "params": {}}],
    "steps": [
      {"id": "who", "type": "contact.upsert", "v": 1, "params": {"email": "{{ trigger.body.email }}"}, "retry": {"attempts": 3, "delays": ["5s", 10]}},
      {"id": "tier", "type": "flow.branch", "v": 1, "branches": [{"id": "yes", "name": "Yes", "when": "{{ trigger.body.vip }}", "steps": [
        {"id": "give", "type": "offer.grant", "v": 1, "params": {"offer": {"$input": "offer"}}, "on_error": {"do": "branch", "steps": [{"id": "end", "type": "flow.stop", "v": 1}]}}]}]},
      {"id": "tell", "type": "webhook.send", "v": 1, "note": "x", "disabled": false, "repeatable": true, "params": {"auth": "connection", "connection": {"$input": "crm"}, "url": "https://crm.example.com"}, "retry": {"backoff": {"initial": "1s", "factor": 2, "max": "1h"}}}
    ]}}]
}`

func compiled(t testing.TB) map[string]*jsonschema.Schema {
	t.Helper()
	out := map[string]*jsonschema.Schema{}
	for name, text := range bundle.Schemas() {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		c := jsonschema.NewCompiler()
		if err := c.AddResource(name, doc); err != nil {
			t.Fatal(err)
		}
		if out[name], err = c.Compile(name); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func valid(t testing.TB, s *jsonschema.Schema, text []byte) error {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return s.Validate(v)
}

// corpus are files that are right, with the schema that each follows.
func corpus(t testing.TB) map[string][]byte {
	t.Helper()
	files := map[string][]byte{"workspace-1.json own": []byte(workspaceFile), "workflow-1.json own": []byte(workflowFile), "template-1.json own": []byte(workflowFile)}
	for _, s := range template.Starters() {
		s.File.Describes = template.TemplateSchema
		text, err := s.File.JSON()
		if err != nil {
			t.Fatal(err)
		}
		files["template-1.json "+s.ID] = text
	}
	for _, pattern := range []string{"../template/starter/*.template.json"} {
		paths, err := filepath.Glob(pattern)
		if err != nil || len(paths) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		for _, path := range paths {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			files["template-1.json "+path] = text
		}
	}
	return files
}

func schemaFor(schemas map[string]*jsonschema.Schema, name string) *jsonschema.Schema {
	var file string
	_, _ = fmt.Sscanf(name, "%s", &file)
	return schemas[file]
}

func TestFilesFollowTheirSchemas(t *testing.T) {
	schemas := compiled(t)
	for name, text := range corpus(t) {
		if err := valid(t, schemaFor(schemas, name), text); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if _, problems := bundle.Read(text, nodes.Default()); len(problems) > 0 {
			t.Errorf("%s is refused: %+v", name, problems)
		}
	}
}

// What a schema refuses is refused when it is read, whatever was changed.
func TestWhatASchemaRefusesIsRefused(t *testing.T) {
	schemas := compiled(t)
	files := corpus(t)
	names := slices.Sorted(maps.Keys(files))
	names = slices.DeleteFunc(names, func(name string) bool { return name == "template-1.json own" })
	refused := 0
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom(names).Draw(t, "file")
		v, err := value.Decode(files[name])
		if err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(1, 3).Draw(t, "changes") {
			v = mutated(t, v)
		}
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		object, _ := v.(map[string]any)
		if _, describes := object["$schema"].(string); !describes && name != "workspace-1.json own" && object["name"] == nil {
			return // what it is can be told no more
		}
		if schemaFor(schemas, name).Validate(parsed) == nil {
			return
		}
		refused++
		if _, problems := bundle.Read(text, nodes.Default()); len(problems) == 0 {
			t.Errorf("%s: the schema refuses it and Read takes it: %s", name, text)
		}
	})
	if refused == 0 {
		t.Error("no change was refused")
	}
}

// mutated changes one place of a value.
func mutated(t *rapid.T, v any) any {
	odd := rapid.SampledFrom([]any{nil, true, 7, 1.5, "zz top", []any{1}, map[string]any{"zz": 1}, -1, ""})
	switch x := v.(type) {
	case map[string]any:
		if len(x) == 0 {
			return odd.Draw(t, "value")
		}
		keys := slices.Sorted(maps.Keys(x))
		key := rapid.SampledFrom(keys).Draw(t, "key")
		switch rapid.IntRange(0, 5).Draw(t, "what") {
		case 0:
			delete(x, key)
		case 1:
			x["zz_unknown"] = odd.Draw(t, "value")
		case 2:
			x[key] = odd.Draw(t, "value")
		default:
			x[key] = mutated(t, x[key])
		}
		return x
	case []any:
		if len(x) == 0 {
			return odd.Draw(t, "value")
		}
		i := rapid.IntRange(0, len(x)-1).Draw(t, "index")
		x[i] = mutated(t, x[i])
		return x
	}
	return odd.Draw(t, "value")
}
