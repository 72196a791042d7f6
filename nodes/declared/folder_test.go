package declared_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/nodes/declared"
)

const ping = `
hookloom: 1
app: APP
name: App
base_url: https://api.example.com
auth: { type: none }
actions:
  ping: { name: NAME, summary: Ping., request: { method: GET, path: /ping }, sample: { status: 200, body: {} } }
`

func file(app, name string) *fstest.MapFile {
	written = written.Add(time.Second)
	return &fstest.MapFile{Data: []byte(strings.NewReplacer("APP", app, "NAME", name).Replace(ping)), ModTime: written}
}

var written = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// Files come, change and go while the program runs. A broken one keeps its last
// good state, and no file touches another one or the types of the build.
func TestFolder(t *testing.T) {
	files := fstest.MapFS{}
	registry := nodes.NewRegistry()
	registry.Register(nodes.DynamicAction{
		Meta: nodes.Meta{Type: "webhook.send", Name: "Send", Group: "Webhooks", Summary: "Send."},
		Run:  func(context.Context, *nodes.Env, map[string]any) (any, error) { return nil, nil },
	})
	var log bytes.Buffer
	f := declared.NewFolder(files, registry, slog.New(slog.NewTextHandler(&log, nil)))
	name := func(id string) string {
		if n := registry.Lookup(id); n != nil {
			return n.Name
		}
		return ""
	}
	look := func(changed bool) {
		t.Helper()
		if f.Look() != changed {
			t.Errorf("changed should be %v", changed)
		}
	}

	look(false) // nothing there
	files["one.yaml"], files["notes.txt"], files[".hidden.yaml"] = file("one", "First"), file("no", "No"), file("no", "No")
	look(true)
	look(false)
	if name("one.ping") != "First" || len(registry.All()) != 2 {
		t.Fatalf("types %v", registry.All())
	}
	running := registry.Lookup("one.ping")

	files["one.yaml"] = file("one", "Second")
	files["two.json"] = file("two", "Two")
	look(true)
	if name("one.ping") != "Second" || name("two.ping") != "Two" || running.Name != "First" {
		t.Errorf("%q, %q, and what is at work has %q", name("one.ping"), name("two.ping"), running.Name)
	}

	broken := file("one", "Third")
	broken.Data = append(broken.Data, "colour: red\n"...)
	files["one.yaml"] = broken
	look(true)
	look(false)
	notices := registry.Notices()
	if name("one.ping") != "Second" || len(notices) != 1 || notices[0].File != "one.yaml" || !notices[0].Kept || notices[0].Line == 0 || notices[0].Fix == "" {
		t.Errorf("%q, %+v", name("one.ping"), notices)
	}
	if !strings.Contains(log.String(), "a node file cannot be used") || !strings.Contains(log.String(), "colour") {
		t.Errorf("the log says %s", log.String())
	}

	files["one.yaml"] = file("one", "Fourth")
	look(true)
	if name("one.ping") != "Fourth" || len(registry.Notices()) != 0 {
		t.Errorf("%q, %+v", name("one.ping"), registry.Notices())
	}

	files["three.yaml"], files["zero.yaml"] = file("webhook", "Mine"), file("two", "Another two")
	look(true)
	if notices := registry.Notices(); name("webhook.send") != "Send" || name("webhook.ping") != "" || name("two.ping") != "Two" || len(notices) != 2 {
		t.Errorf("%+v", notices)
	}

	delete(files, "two.json")
	delete(files, "three.yaml")
	look(true)
	if name("two.ping") != "Another two" || len(registry.Notices()) != 0 {
		t.Errorf("%q, %+v", name("two.ping"), registry.Notices())
	}
	delete(files, "one.yaml")
	delete(files, "zero.yaml")
	look(true)
	if len(registry.All()) != 1 {
		t.Errorf("%d types are left", len(registry.All()))
	}
}

// A file that was touched and not changed is not read into the registry again.
func TestFolderKnowsWhatItHolds(t *testing.T) {
	files := fstest.MapFS{"one.yaml": file("one", "First")}
	registry := nodes.NewRegistry()
	f := declared.NewFolder(files, registry, slog.New(slog.DiscardHandler))
	f.Look()
	before := registry.Generation()
	files["one.yaml"] = file("one", "First")
	if f.Look() || registry.Generation() != before {
		t.Error("the same content counts as another one")
	}
}
