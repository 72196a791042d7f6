// Package architecture_test holds the whole module to the rules that
// ARCHITECTURE.md draws: who may import whom, and what nobody may use.
package architecture_test

import (
	"go/ast"
	"go/token"
	"path"
	"slices"
	"strings"
	"testing"
)

func TestPackagesImportOnlyWhatTheirRuleAllows(t *testing.T) {
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		r, known := ruleFor(s.folder)
		if !known {
			t.Errorf("%s: package %s has no rule: add one to the table in rules_test.go and to ARCHITECTURE.md", s.path, s.folder)
			continue
		}
		for _, spec := range s.file.Imports {
			target, ours := strings.CutPrefix(importPath(spec)+"/", module+"/")
			target = strings.TrimSuffix(target, "/")
			if !ours || target == everywhere && s.folder != everywhere {
				continue
			}
			if strings.HasPrefix(target, "test/") || !allowed(r.may, target) {
				t.Errorf("%s: %s imports %s: %s", s.at(spec), s.folder, target, r.shown)
			}
		}
	}
}

func TestLibrariesStayWhereTheyBelong(t *testing.T) {
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		for _, spec := range s.file.Imports {
			name := importPath(spec)
			for _, o := range outside {
				hit := name == o.library || strings.HasSuffix(o.library, "/") && strings.HasPrefix(name, o.library)
				if hit && !allowed(o.may, s.folder) {
					t.Errorf("%s: %s imports %s: %s", s.at(spec), s.folder, name, o.shown)
				}
			}
		}
	}
}

func TestNobodyUsesWhatOnlySomeMay(t *testing.T) {
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		for _, u := range uses {
			name := s.imported(u.in)
			if name == "" || allowed(u.may, s.folder) {
				continue
			}
			eachSelector(s.file, func(sel *ast.SelectorExpr, of string) {
				if of == name && slices.Contains(u.names, sel.Sel.Name) {
					t.Errorf("%s: %s.%s: %s", s.at(sel), of, sel.Sel.Name, u.shown)
				}
			})
		}
	}
}

func TestNoTestIsSkipped(t *testing.T) {
	for _, s := range sources(t) {
		if !s.test {
			continue
		}
		discards := rapidParams(s.file)
		eachSelector(s.file, func(sel *ast.SelectorExpr, of string) {
			if discards(of, sel.Pos()) {
				return // a property passes over an input or a move that makes no sense
			}
			receiver := slices.Contains([]string{"t", "b", "f", "tb", "rt"}, of)
			if receiver && slices.Contains([]string{"Skip", "Skipf", "SkipNow"}, sel.Sel.Name) {
				t.Errorf("%s: %s.%s: a test runs or fails; one that cannot run says what is missing", s.at(sel), of, sel.Sel.Name)
			}
		})
	}
}

func TestFoldersAreNamedForWhatTheyDo(t *testing.T) {
	for _, s := range sources(t) {
		if slices.Contains(vague, path.Base(s.folder)) {
			t.Errorf("%s: the folder %s says nothing of what it is for", s.path, s.folder)
		}
	}
}

// rapidParams reports whether, at a position, a name is a parameter of type
// *rapid.T: its Skip discards one generated case, and no test.
func rapidParams(file *ast.File) func(name string, at token.Pos) bool {
	type scope struct {
		name     string
		from, to token.Pos
	}
	var scopes []scope
	ast.Inspect(file, func(n ast.Node) bool {
		var params *ast.FieldList
		switch f := n.(type) {
		case *ast.FuncDecl:
			params = f.Type.Params
		case *ast.FuncLit:
			params = f.Type.Params
		default:
			return true
		}
		for _, p := range params.List {
			if !isRapidT(p.Type) {
				continue
			}
			for _, name := range p.Names {
				scopes = append(scopes, scope{name.Name, n.Pos(), n.End()})
			}
		}
		return true
	})
	return func(name string, at token.Pos) bool {
		return slices.ContainsFunc(scopes, func(s scope) bool { return s.name == name && s.from <= at && at < s.to })
	}
}

// isRapidT reports whether a type is written *rapid.T.
func isRapidT(e ast.Expr) bool {
	star, ok := e.(*ast.StarExpr)
	if !ok {
		return false
	}
	sel, ok := star.X.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "T" {
		return false
	}
	pkg, ok := sel.X.(*ast.Ident)
	return ok && pkg.Name == "rapid"
}

// eachSelector calls visit for every x.Name in the file where x is one word.
func eachSelector(file *ast.File, visit func(sel *ast.SelectorExpr, of string)) {
	ast.Inspect(file, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := sel.X.(*ast.Ident); ok {
				visit(sel, x.Name)
			}
		}
		return true
	})
}

func TestPatternsMeanWhatTheTableSays(t *testing.T) {
	for _, c := range []struct {
		patterns []string
		path     string
		want     bool
	}{
		{nil, "nodes", false},
		{[]string{"nodes"}, "nodes", true},
		{[]string{"nodes"}, "nodes/all", false},
		{[]string{"nodes/*"}, "nodes/all", true},
		{[]string{"nodes/*"}, "nodes", false},
		{[]string{"nodes/*"}, "nodes/a/b", false},
		{[]string{"engine/..."}, "engine", true},
		{[]string{"engine/..."}, "engine/mapping", true},
		{[]string{"engine/..."}, "engineering", false},
		{[]string{"...", "!nodes/all"}, "nodes/all", false},
		{[]string{"...", "!nodes/all"}, "nodes/offer", true},
		{adapterMay, "engine/dispatch/dispatchtest", false},
		{adapterMay, "engine/mapping", true},
	} {
		if got := allowed(c.patterns, c.path); got != c.want {
			t.Errorf("allowed(%v, %q) = %v, want %v", c.patterns, c.path, got, c.want)
		}
	}
}
