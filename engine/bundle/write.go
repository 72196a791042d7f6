package bundle

import (
	"archive/zip"
	"bytes"
	"cmp"
	"slices"
	"time"

	"github.com/hookloom/hookloom/engine/template"
)

// Arrange gives workflows and templates their files and lists them in the
// workspace's: in the order of their names, and of those with one name in the order
// that they have in b, which is from the oldest. b.Workspace must not be nil.
func (b *Bundle) Arrange() {
	arrange := func(items []Item, folder, other, end string) []Entry {
		slices.SortStableFunc(items, func(x, y Item) int { return cmp.Compare(x.File.Name, y.File.Name) })
		names := make([]string, len(items))
		for i, it := range items {
			names[i] = it.File.Name
		}
		var entries []Entry
		for i, path := range paths(names, folder, other, end) {
			items[i].Path = path
			e := Entry{File: path}
			if items[i].Folder != nil {
				e.Folder = *items[i].Folder
			}
			entries = append(entries, e)
		}
		return entries
	}
	w := b.Workspace
	w.Describes, w.Schema = template.WorkspaceSchema, Schema
	w.Workflows = arrange(b.Workflows, WorkflowFolder, "workflow", fileEnd)
	w.Templates = arrange(b.Templates, TemplateFolder, "template", templateFileEnd)
	slices.Sort(w.Tags)
	slices.Sort(w.Products)
	slices.SortStableFunc(w.ContactFields, func(x, y Field) int { return cmp.Compare(x.Key, y.Key) })
	slices.SortStableFunc(w.CustomValues, func(x, y Value) int { return cmp.Compare(x.Key, y.Key) })
	slices.SortStableFunc(w.Offers, func(x, y Offer) int { return cmp.Compare(x.Title, y.Title) })
	slices.SortStableFunc(w.Forms, func(x, y Form) int { return cmp.Compare(x.Title, y.Title) })
	slices.SortStableFunc(w.Connections, func(x, y Connection) int {
		return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.Type, y.Type))
	})
	slices.SortStableFunc(w.Hooks, func(x, y Hook) int {
		return cmp.Or(cmp.Compare(x.Event, y.Event), cmp.Compare(x.URL, y.URL), cmp.Compare(x.Only, y.Only), cmp.Compare(x.Name, y.Name))
	})
}

// Content is one file.
type Content struct {
	Path string
	Text []byte
}

// Contents are the files of an arranged bundle, in the order of their paths.
func (b Bundle) Contents() ([]Content, error) {
	var list []Content
	add := func(path string, v any) error {
		text, err := template.Pretty(v)
		list = append(list, Content{path, text})
		return err
	}
	if b.Workspace != nil {
		if err := add(WorkspaceName, b.Workspace); err != nil {
			return nil, err
		}
	}
	for _, items := range [][]Item{b.Workflows, b.Templates} {
		for _, it := range items {
			if err := add(it.Path, it.File); err != nil {
				return nil, err
			}
		}
	}
	slices.SortFunc(list, func(x, y Content) int { return cmp.Compare(x.Path, y.Path) })
	return list, nil
}

// written is the time of every file in a zip, the first that the format has: a real
// one would make the same content another archive.
var written = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// Zip packs files. The same files give the same bytes.
func Zip(files []Content) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		header := &zip.FileHeader{Name: f.Path, Method: zip.Deflate}
		header.Modified = written
		header.SetMode(0o644)
		w, err := z.CreateHeader(header)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(f.Text); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return b.Bytes(), err
}
