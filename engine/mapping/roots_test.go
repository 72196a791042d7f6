package mapping_test

import (
	"context"
	"strings"
	"testing"

	"github.com/hookloom/hookloom/engine/mapping"
)

// The same source means something else in a scope of other roots: neither may get
// what was compiled for the other.
func TestRootsOfAnotherScope(t *testing.T) {
	own, problems := mapping.CompileFor("{{ params.email | upper() }}", "params", "connection")
	if problems != nil {
		t.Fatal(problems)
	}
	got, err := own.Resolve(context.Background(), mapping.Scope{"params": map[string]any{"email": "ada@x.com"}})
	if err != nil || got.Value != "ADA@X.COM" {
		t.Errorf("got %v, %v", got.Value, err)
	}
	for _, c := range []struct {
		source string
		roots  []string
		says   string
	}{
		{"{{ params.email | upper() }}", nil, `"params" is not known`},
		{"{{ trigger.body.a }}", []string{"params", "connection"}, `values start with params or connection`},
		{"{{ conection.a }}", []string{"params", "connection"}, `do you mean connection?`},
		{"{{ let params = 1; params }}", []string{"params"}, "has a meaning already"},
	} {
		compile := func() []mapping.Problem {
			if c.roots == nil {
				_, problems := mapping.Compile(c.source)
				return problems
			}
			_, problems := mapping.CompileFor(c.source, c.roots...)
			return problems
		}
		if problems := compile(); len(problems) != 1 || !strings.Contains(problems[0].Message, c.says) {
			t.Errorf("%s for %v: %v", c.source, c.roots, problems)
		}
	}
}
