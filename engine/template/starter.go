package template

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Starter is a template inside the binary.
type Starter struct {
	// ID is stable.
	ID string
	File
}

// What each starter does with its sample is written beside it, in
// ID.expect.json, which the binary does without.
//
//go:embed starter/*.template.json
var starterFiles embed.FS

var starters = load()

// load panics on a slip in a file, which the tests of this package meet first.
func load() []Starter {
	names, err := fs.Glob(starterFiles, "starter/*.json")
	if err != nil {
		panic(err)
	}
	list := make([]Starter, 0, len(names))
	for _, name := range names {
		text, err := starterFiles.ReadFile(name)
		if err != nil {
			panic(err)
		}
		f, err := Parse(text)
		if err != nil {
			panic(fmt.Sprintf("%s: %v", name, err))
		}
		list = append(list, Starter{ID: strings.TrimSuffix(path.Base(name), ".template.json"), File: f})
	}
	slices.SortStableFunc(list, func(a, b Starter) int { return place(a) - place(b) })
	return list
}

// categories are in the order in which they are shown.
var categories = []string{"Sales", "Leads", "Access", "Messages", "Payments", "Courses", "Team", "Data"}

// first are those that most people begin with.
var first = []string{"stripe-sale", "lead-to-contact", "typeform-lead", "catch-and-forward", "tag-grants"}

// place orders the starters: the first ones, then by category.
func place(s Starter) int {
	if i := slices.Index(first, s.ID); i >= 0 {
		return i
	}
	return len(first) + slices.Index(categories, s.Category)
}

// Starters lists the starter templates in the order to show them. They are
// shared: do not change them.
func Starters() []Starter { return slices.Clone(starters) }

// StarterNamed finds a starter template by its id; false when there is none.
func StarterNamed(id string) (Starter, bool) {
	i := slices.IndexFunc(starters, func(s Starter) bool { return s.ID == id })
	if i < 0 {
		return Starter{}, false
	}
	return starters[i], true
}
