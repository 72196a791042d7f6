package declared_test

import (
	"log/slog"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/nodes/declared"
)

// A file that was broken while the program was away goes on as it last worked, and
// one that was removed does not.
func TestTheLastGoodStateOutlivesARestart(t *testing.T) {
	kept := filepath.Join(t.TempDir(), "kept")
	files := fstest.MapFS{"one.yaml": file("one", "First")}
	var registry *nodes.Registry
	start := func() *declared.Folder {
		registry = nodes.NewRegistry()
		f := declared.NewFolder(files, registry, slog.New(slog.DiscardHandler))
		f.KeepIn(kept)
		f.Look()
		return f
	}
	start()
	files["one.yaml"] = &fstest.MapFile{Data: []byte("hookloom: 1\napp: one\nbroken"), ModTime: written.AddDate(0, 0, 1)}
	f := start()
	if n := registry.Lookup("one.ping"); n == nil || n.Name != "First" {
		t.Fatalf("the app is gone: %+v", n)
	}
	if notices := registry.Notices(); len(notices) == 0 || !notices[0].Kept {
		t.Errorf("nobody is told that an earlier state works: %+v", notices)
	}
	delete(files, "one.yaml")
	f.Look()
	files["one.yaml"] = &fstest.MapFile{Data: []byte("broken"), ModTime: written.AddDate(0, 0, 2)}
	start()
	if registry.Lookup("one.ping") != nil {
		t.Error("what was removed on purpose came back")
	}
}
