package declared

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/hookloom/hookloom/nodes"
)

// owner is the name under which the apps of the folder stand in the registry.
const owner = "files"

// Folder keeps the apps of a folder in a registry while files come, change and go.
// It is for one goroutine.
type Folder struct {
	files    fs.FS
	registry *nodes.Registry
	log      *slog.Logger
	known    map[string]*known
	// kept is the folder with the last good state of each file, "" for none.
	kept string
}

// known is a file as it was last seen.
type known struct {
	// stamp is its size and time, sum the hash of what it holds.
	stamp string
	sum   [sha256.Size]byte
	// app is the last good state, nil when there was none; broken says that the
	// file has changed since then, to something that cannot be used.
	app      *App
	broken   bool
	problems []Problem
}

// NewFolder reads files from the root of an FS, which does not have to exist yet.
// Nothing is read before the first Look.
func NewFolder(files fs.FS, registry *nodes.Registry, log *slog.Logger) *Folder {
	return &Folder{files: files, registry: registry, log: log, known: map[string]*known{}}
}

// KeepIn keeps a copy of the last good state of each file in a folder, which is made
// when it is missing, so that a file that was broken meanwhile still works after a
// restart. It comes before the first Look.
func (f *Folder) KeepIn(folder string) { f.kept = folder }

// Watch looks at the folder now and then until the context ends.
func (f *Folder) Watch(ctx context.Context, every time.Duration) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			f.Look()
		}
	}
}

// Look reads what has changed and puts it into the registry, all at once. A file
// that cannot be used keeps the app as it was before, and never touches another
// one. It reports whether anything changed.
func (f *Folder) Look() bool {
	names, err := f.names()
	if err != nil {
		// A folder that cannot be read now says nothing about its files.
		f.log.Error("the folder of node files cannot be read", "error", err)
		return false
	}
	changed := false
	for name := range f.known {
		if !slices.Contains(names, name) {
			delete(f.known, name)
			f.forget(name)
			f.log.Info("a node file was removed", "file", name)
			changed = true
		}
	}
	for _, name := range names {
		changed = f.read(name) || changed
	}
	if changed {
		f.apply(names)
	}
	return changed
}

func (f *Folder) names() ([]string, error) {
	entries, err := fs.ReadDir(f.files, ".")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		switch path.Ext(e.Name()) {
		case ".yaml", ".yml", ".json":
			if !e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
				names = append(names, e.Name())
			}
		}
	}
	if len(names) > MaxFiles {
		f.log.Error("there are too many node files", "files", len(names), "read", MaxFiles)
		names = names[:MaxFiles]
	}
	return names, nil
}

// read looks at one file and reports whether it holds something else than before.
func (f *Folder) read(name string) bool {
	k := f.known[name]
	if k == nil {
		k = &known{}
	}
	text, stamp, err := f.text(name, k.stamp)
	if err == nil && text == nil {
		return false
	}
	sum := sha256.Sum256(text)
	if err == nil && f.known[name] != nil && sum == k.sum && k.stamp != "" {
		k.stamp = stamp
		return false
	}
	var app *App
	problems := []Problem{{Message: fmt.Sprint(err), Fix: "Let the program read it."}}
	if err == nil {
		app, problems = Parse(text)
	} else if k.broken && k.stamp == "" {
		return false // it still cannot be read
	}
	k.stamp, k.sum, k.broken, k.problems = stamp, sum, app == nil, problems
	switch {
	case app != nil:
		k.app = app
		f.keep(name, text)
	case k.app == nil:
		k.app = f.lastGood(name)
	}
	f.known[name] = k
	return true
}

// text reads a file unless its stamp is the same; nil then.
func (f *Folder) text(name, stamp string) (text []byte, now string, err error) {
	file, err := f.files.Open(name)
	if err != nil {
		return nil, "", err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, "", err
	}
	if !info.Mode().IsRegular() {
		return nil, "", errors.New("it is no file")
	}
	now = fmt.Sprint(info.Size(), " ", info.ModTime().UnixNano())
	if now == stamp {
		return nil, now, nil
	}
	text, err = io.ReadAll(io.LimitReader(file, MaxFile+1))
	if text == nil {
		text = []byte{}
	}
	return text, now, err
}

// apply puts the good state of every file into the registry. Of two files of the
// same app the first one counts, and an app of the build always does.
func (f *Folder) apply(names []string) {
	var definitions []nodes.Definition
	taken := map[string]string{}
	refused := map[string]Problem{}
	for _, name := range names {
		k := f.known[name]
		if k == nil || k.app == nil {
			continue
		}
		id := k.app.ID()
		if first, twice := taken[id]; twice {
			refused[name] = Problem{Pointer: "/app", Message: fmt.Sprintf("the app %s is in %s already", id, first), Fix: "Give it another name, or remove one of the files."}
			continue
		}
		if f.builtIn(id) {
			refused[name] = Problem{Pointer: "/app", Message: fmt.Sprintf("%s is an app of this build", id), Fix: "Give yours another name, such as " + id + "_own."}
			continue
		}
		taken[id] = name
		definitions = append(definitions, k.app.Definitions()...)
	}
	if err := f.registry.Replace(owner, definitions...); err != nil {
		f.log.Error("the node files cannot be used", "error", err)
		f.registry.Note(owner, append(f.notices(names, refused), nodes.Notice{Message: err.Error()})...)
		return
	}
	f.registry.Note(owner, f.notices(names, refused)...)
	f.log.Info("node files are in use", "apps", len(taken))
}

// builtIn reports whether a type of Go begins with the app's name.
func (f *Folder) builtIn(app string) bool {
	return slices.ContainsFunc(f.registry.All(), func(n *nodes.NodeType) bool {
		return strings.HasPrefix(n.Type, app+".") && f.registry.Owner(n.Type) != owner
	})
}

func (f *Folder) notices(names []string, refused map[string]Problem) []nodes.Notice {
	var all []nodes.Notice
	for _, name := range names {
		k := f.known[name]
		if k == nil {
			continue
		}
		problems := k.problems
		if p, ok := refused[name]; ok {
			problems = append(slices.Clip(problems), p)
		}
		for _, p := range problems {
			kept := k.app != nil && k.broken
			f.log.Error("a node file cannot be used", "file", name, "line", p.Line, "pointer", p.Pointer, "problem", p.Message, "fix", p.Fix, "earlier_state_kept", kept)
			all = append(all, nodes.Notice{File: name, Line: p.Line, Pointer: p.Pointer, Message: p.Message, Fix: p.Fix, Kept: kept})
		}
	}
	return all
}
