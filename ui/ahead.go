package ui

import (
	"io/fs"
	"net/http"
	"regexp"
)

// The editor is the heaviest page, and people wait for it most often. Its index
// is a page of its own, made by the build: it names the editor's files beside
// the app's, so that a browser fetches all of them at once rather than one
// chunk after another. UI_DIR may hold a build without it.
const editorIndex = "editor.html"

// editorPath is the address of one workflow. Slugs and ids hold nothing that
// would need an escape in a header.
var editorPath = regexp.MustCompile(`^w/([A-Za-z0-9_-]{1,100})/workflows/([A-Za-z0-9_-]{1,100})$`)

// ahead returns the name of the index that a page gets, and names to the
// browser what the editor asks the API first: those answers are then under way
// while its scripts load. The API checks who asks, as ever.
func ahead(h http.Header, files fs.FS, page string) string {
	found := editorPath.FindStringSubmatch(page)
	if found == nil {
		return "index.html"
	}
	if _, err := fs.Stat(files, editorIndex); err != nil {
		return "index.html"
	}
	for _, path := range []string{"/me", "/workspaces/" + found[1] + "/workflows/" + found[2], "/node-types"} {
		h.Add("Link", "</api/v1"+path+">; rel=preload; as=fetch; crossorigin=anonymous")
	}
	return editorIndex
}
