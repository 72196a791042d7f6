package bundle_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/hookloom/hookloom/engine/bundle"
	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/nodes/declared"
)

// Every file under examples is what the published schemas say, so that whoever
// begins with one of them begins with something right. Tests of workflows
// (.test.yaml) are played by the tests of hookloom test instead.
func TestExamplesFitTheSchemas(t *testing.T) {
	root, seen := filepath.Join("..", "..", "examples"), 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		name := d.Name()
		if err != nil || d.IsDir() || strings.HasSuffix(name, ".test.yaml") {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		switch filepath.Ext(name) {
		case ".json":
			text = whole(t, path, text)
			if err := valid(t, published(t, "schemas/workflow-1.json"), text); err != nil {
				t.Errorf("%s: %v", path, err)
			}
			if _, problems := bundle.Read(text, nodes.Default()); len(problems) > 0 {
				t.Errorf("%s: %v", path, problems)
			}
		case ".yaml", ".yml":
			plain, err := yaml.YAMLToJSON(text)
			if err != nil {
				t.Errorf("%s: %v", path, err)
				return nil
			}
			if err := valid(t, published(t, "declarative-node.schema.json"), plain); err != nil {
				t.Errorf("%s: %v", path, err)
			}
			if _, problems := declared.Parse(text); problems != nil {
				t.Errorf("%s: %v", path, problems)
			}
		default:
			return nil
		}
		seen++
		return nil
	})
	if err != nil || seen < 2 {
		t.Errorf("%d files were looked at: %v", seen, err)
	}
}

// whole is a file of one workflow. What is posted to the API is a part of one: a name
// and a definition.
func whole(t *testing.T, path string, text []byte) []byte {
	t.Helper()
	var posted struct {
		Name       string          `json:"name"`
		Definition json.RawMessage `json:"definition"`
	}
	if err := json.Unmarshal(text, &posted); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	if posted.Definition == nil {
		return text
	}
	file, err := json.Marshal(map[string]any{
		"schema": 1, "name": posted.Name, "summary": "", "category": "", "inputs": []any{},
		"workflows": []any{map[string]any{"name": posted.Name, "definition": posted.Definition}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// published is a schema as docs has it.
func published(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	text, err := os.Open(filepath.Join("..", "..", "docs", name))
	if err != nil {
		t.Fatal(err)
	}
	defer text.Close()
	doc, err := jsonschema.UnmarshalJSON(text)
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(name, doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
