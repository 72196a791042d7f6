package app_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/hookloom/hookloom/app"
	"github.com/hookloom/hookloom/app/contract"
	"github.com/hookloom/hookloom/engine/bundle"
	"github.com/hookloom/hookloom/nodes"
	_ "github.com/hookloom/hookloom/nodes/all"
	_ "github.com/hookloom/hookloom/nodes/apps"
	"github.com/hookloom/hookloom/nodes/declared"
)

var reference = flag.Bool("reference", false, "write docs/node-reference.md and what stands beside it anew")

// What docs says of node types and of the format of their files is made of both.
func TestReferenceIsCurrent(t *testing.T) {
	guide, err := os.ReadFile("../docs/declarative-nodes.md")
	if err != nil {
		t.Fatal(err)
	}
	testing, err := os.ReadFile("../docs/testing.md")
	if err != nil {
		t.Fatal(err)
	}
	made := map[string][]byte{
		"node-reference.md": app.Reference(nodes.Default()), "declarative-node.schema.json": declared.Schema(),
		"declarative-nodes.md": declared.Documented(guide),
		"cli.md":               app.Guide(),
		"testing.md":           declared.DocumentedAs(testing, reflect.TypeFor[contract.File]()),
	}
	for name, text := range bundle.Schemas() {
		made["schemas/"+name] = text
	}
	for name, want := range made {
		file := filepath.Join("..", "docs", name)
		if *reference {
			if err := os.WriteFile(file, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := os.ReadFile(file); err != nil || !bytes.Equal(got, want) {
			t.Errorf("docs/%s is stale: run make reference (%v)", name, err)
		}
	}
}

// The file of the tutorial works as it stands there.
func TestTutorialOfDeclaredNodes(t *testing.T) {
	guide, err := os.ReadFile("../docs/declarative-nodes.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := bytes.Cut(guide, []byte("   ```yaml\n"))
	block, _, ok := bytes.Cut(rest, []byte("   ```\n"))
	if !ok {
		t.Fatal("the guide has no file")
	}
	text := bytes.ReplaceAll(append([]byte("\n"), block...), []byte("\n   "), []byte("\n"))
	if _, problems := declared.Parse(text); problems != nil {
		t.Errorf("%v", problems)
	}
}
