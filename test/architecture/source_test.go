package architecture_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// source is one Go file of the module. Files are read rather than asked of
// "go list", so that those behind build tags and in other systems' names are
// held to the same rules.
type source struct {
	path   string // from the module's root
	folder string // its package's folder, "." for the root
	test   bool   // a _test.go file, or a package below test/
	file   *ast.File
	fset   *token.FileSet
}

// at returns "file:line" of a node.
func (s source) at(n ast.Node) string {
	return s.path + ":" + strconv.Itoa(s.fset.Position(n.Pos()).Line)
}

// imported returns the name under which the file imports path, "" if it does
// not. Dot and blank imports count as not importing.
func (s source) imported(path string) string {
	for _, spec := range s.file.Imports {
		if importPath(spec) != path {
			continue
		}
		if spec.Name != nil {
			return strings.Trim(spec.Name.Name, "._")
		}
		return path[strings.LastIndex(path, "/")+1:]
	}
	return ""
}

// importPath returns the path of an import without its quotes.
func importPath(spec *ast.ImportSpec) string {
	return strings.Trim(spec.Path.Value, "`\"")
}

// sources parses every Go file of the module.
func sources(t *testing.T) []source {
	t.Helper()
	root := moduleRoot(t)
	var all []source
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return enter(root, path, entry)
		}
		if filepath.Ext(path) != ".go" {
			return nil
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		folder := filepath.ToSlash(filepath.Dir(rel))
		test := strings.HasSuffix(rel, "_test.go") || strings.HasPrefix(rel, "test/")
		all = append(all, source{path: rel, folder: folder, test: test, file: file, fset: fset})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 3 {
		t.Fatalf("found only %d Go files below %s", len(all), root)
	}
	return all
}

// enter says whether the walk goes into a folder: not where the go command
// would not, nor into a module of its own.
func enter(root, path string, entry fs.DirEntry) error {
	if path == root {
		return nil
	}
	name := entry.Name()
	if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || name == "testdata" || name == "node_modules" {
		return fs.SkipDir
	}
	if _, err := os.Stat(filepath.Join(path, "go.mod")); err == nil {
		return fs.SkipDir
	}
	return nil
}

// moduleRoot returns the nearest folder above with a go.mod.
func moduleRoot(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = up
	}
}
