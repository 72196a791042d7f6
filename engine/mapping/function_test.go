package mapping

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// noon is when examples and scenarios happen.
var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func testContext() context.Context {
	return WithOptions(context.Background(), Options{Now: func() time.Time { return noon }})
}

func compiled(t testing.TB, v any) *Template {
	t.Helper()
	template, problems := Compile(v)
	for _, p := range problems {
		t.Errorf("compile: %v", p)
	}
	if template == nil {
		t.FailNow()
	}
	return template
}

func resolved(t testing.TB, v any, s Scope) Result {
	t.Helper()
	result, err := compiled(t, v).Resolve(testContext(), s)
	if err != nil {
		t.Fatalf("resolve %v: %v", v, err)
	}
	return result
}

func TestEveryExampleGivesItsResult(t *testing.T) {
	for _, f := range Functions() {
		t.Run(f.Name, func(t *testing.T) {
			got := resolved(t, "{{ "+f.Example+" }}", nil).Value
			if diff := cmp.Diff(f.Result, got); diff != "" {
				t.Errorf("%s: result differs (-table +got):\n%s", f.Example, diff)
			}
		})
	}
}

func sortedCopy(list []string) []string {
	sorted := slices.Clone(list)
	slices.Sort(sorted)
	return sorted
}
