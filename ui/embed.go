// Package ui holds the browser app, built by Vite into dist and embedded, and
// the handler that serves it. Without a built app everything compiles and works
// but the pages, and those say how to build them.
package ui

import (
	"embed"
	"io/fs"
)

// dist is empty but for .gitkeep until "make build" has run; "all:" lets such a
// folder be embedded.
//
//go:embed all:dist
var dist embed.FS

// FS returns the built browser app, index.html at its top. It is never nil;
// without a built app it holds no index.html, which Handler explains to whoever
// opens a page.
func FS() fs.FS {
	built, err := fs.Sub(dist, "dist")
	if err != nil {
		panic("ui: the embedded folder is named dist: " + err.Error()) // cannot happen: the name is valid
	}
	return built
}
