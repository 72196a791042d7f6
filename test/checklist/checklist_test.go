// Package checklist_test holds docs/checklist.md to the tests: every id of the
// checklist has a row that names a test, and every test that it names exists.
package checklist_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// open are ids that have no test yet; their rows say so. The list may only
// shrink: an id with a test must leave it.
var open = []string{}

// ids are those of the checklist, in its order. L17 and the parts of L16 that
// the document names come later.
func ids() []string {
	var list []string
	for _, group := range []struct {
		letter string
		last   int
	}{{"K", 22}, {"C", 12}, {"G", 6}, {"L", 16}} {
		for n := 1; n <= group.last; n++ {
			list = append(list, fmt.Sprintf("%s%d", group.letter, n))
		}
	}
	return list
}

// row is one line of the document's tables.
type row struct {
	id, meaning, where string
	tests              []string
	open               bool
}

var (
	quoted = regexp.MustCompile("`([^`]+)`")
	anID   = regexp.MustCompile(`^[A-Z][0-9]+$`)
)

// rows reads the tables: | id | what it means | tests | where |.
func rows(t *testing.T) []row {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "docs", "checklist.md"))
	if err != nil {
		t.Fatal(err)
	}
	var list []row
	for _, line := range strings.Split(string(text), "\n") {
		cells := strings.Split(line, "|")
		if len(cells) < 2 || !anID.MatchString(strings.TrimSpace(cells[1])) {
			continue
		}
		if len(cells) != 6 {
			t.Fatalf("a row needs four cells: %s", line)
		}
		r := row{id: strings.TrimSpace(cells[1]), meaning: strings.TrimSpace(cells[2]), where: strings.TrimSpace(cells[4])}
		for _, name := range quoted.FindAllStringSubmatch(cells[3], -1) {
			r.tests = append(r.tests, name[1])
		}
		r.open = strings.TrimSpace(cells[3]) == "open"
		list = append(list, r)
	}
	return list
}

func TestEveryIDHasATest(t *testing.T) {
	all := allTests(t)
	for _, id := range ids() {
		named := all.of(id)
		switch isOpen := slices.Contains(open, id); {
		case len(named) == 0 && !isOpen:
			t.Errorf("%s has no test: name one Test%s..., or begin its title with %q", id, id, id+" ")
		case len(named) > 0 && isOpen:
			t.Errorf("%s is open no more: %s. Take it off the list and name them in docs/checklist.md", id, strings.Join(named, ", "))
		}
	}
	for _, id := range open {
		if !slices.Contains(ids(), id) {
			t.Errorf("%s is open and no id of the checklist", id)
		}
	}
}

func TestTheDocumentNamesEveryIDAndOnlyTestsThatExist(t *testing.T) {
	all, list := allTests(t), rows(t)
	have := make([]string, len(list))
	for i, r := range list {
		have[i] = r.id
		if r.meaning == "" || r.where == "" {
			t.Errorf("%s: say what it means and where it is", r.id)
		}
		if r.open != slices.Contains(open, r.id) {
			t.Errorf("%s: the document and the list of open ids differ", r.id)
		}
		mine := false
		for _, name := range r.tests {
			ids, exists := all[name]
			if !exists {
				t.Errorf("%s: there is no test %q", r.id, name)
			}
			mine = mine || slices.Contains(ids, r.id)
		}
		if !mine && !r.open {
			t.Errorf("%s: name a test of its own: %s", r.id, strings.Join(all.of(r.id), ", "))
		}
	}
	if want := ids(); !slices.Equal(have, want) {
		t.Errorf("the rows are\n%v, want\n%v", have, want)
	}
}

func TestNamesOfTestsAreRead(t *testing.T) {
	all := tests{}
	all.title("K4, K5 refusals say why")
	all.title("Kajabi is no id")
	if got := all.of("K5"); len(got) != 1 || len(all.of("K")) != 0 {
		t.Errorf("K5 has %q", got)
	}
	for name, want := range map[string][]string{"TestK16K21Sales": {"K16", "K21"}, "TestKeys": nil, "TestF5L3": nil} {
		var got []string
		if found := funcIDs.FindStringSubmatch(name); found != nil {
			got = oneID.FindAllString(found[1], -1)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s has %v", name, got)
		}
	}
}
