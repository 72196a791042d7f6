// Package apps holds the apps that come with the program. Each is one file of the
// format that nodes/declared reads, and an example for whoever writes another.
package apps

import (
	"embed"
	"fmt"
	"io/fs"
	"path"

	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/nodes/declared"
)

//go:embed app/*.yaml
var files embed.FS

func init() {
	for _, name := range Names() {
		text, err := Read(name)
		if err != nil {
			panic("apps: " + err.Error())
		}
		app, problems := declared.Load(text)
		if app == nil {
			panic(fmt.Sprintf("apps: %s: %s", name, problems[0]))
		}
		nodes.Register(app.Definitions()...)
	}
}

// Names lists the files, sorted.
func Names() []string {
	entries, err := fs.ReadDir(files, "app")
	if err != nil {
		panic("apps: " + err.Error()) // they are inside the program
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	return names
}

// Read returns a file by the name that Names gives.
func Read(name string) ([]byte, error) { return files.ReadFile(path.Join("app", name)) }
