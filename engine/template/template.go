// Package template reads template files: workflows with blanks that a person
// fills in before they are created. Home's recipes are such files inside the
// binary; exports and the templates of agencies are the same file.
package template

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/hookloom/hookloom/engine/value"
)

// Schema is the version of the file format.
const Schema = 1

// InputKey is the only key of an object in a definition that stands for an
// input's value: {"$input": "offer"}. Where an optional input is left out, the
// entry around it is left out too.
const InputKey = "$input"

// File is a template.
type File struct {
	Schema   int    `json:"schema"`
	Name     string `json:"name"`
	Summary  string `json:"summary"`
	Category string `json:"category"`
	// Icon is a Tabler icon name.
	Icon      string     `json:"icon,omitempty"`
	Inputs    []Input    `json:"inputs"`
	Workflows []Workflow `json:"workflows"`
	// Sample is the request to try the workflow with; nil for none.
	Sample *Sample `json:"sample,omitempty"`
}

// Input is a blank.
type Input struct {
	Key   string `json:"key"`
	Label string `json:"label"`
	Help  string `json:"help,omitempty"`
	// Kind is how it is filled in: text, url, secret, offer, tag or switch.
	Kind     string `json:"kind"`
	Required bool   `json:"required,omitempty"`
	Default  any    `json:"default,omitempty"`
	Example  string `json:"example,omitempty"`
}

// Workflow is one workflow of a template; its definition has blanks.
type Workflow struct {
	Name       string          `json:"name"`
	Definition json.RawMessage `json:"definition"`
}

// Sample names a sender's sample.
type Sample struct {
	Sender string `json:"sender"`
	Event  string `json:"event"`
}

var kinds = []string{"text", "url", "secret", "offer", "tag", "switch"}

// Parse reads a file. Unknown keys and blanks without an input are refused.
func Parse(text []byte) (File, error) {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	dec.UseNumber()
	var f File
	if err := dec.Decode(&f); err != nil {
		return f, fmt.Errorf("template: %w", err)
	}
	switch {
	case f.Schema != Schema:
		return f, fmt.Errorf("template: schema %d is not %d", f.Schema, Schema)
	case f.Name == "" || len(f.Workflows) == 0:
		return f, errors.New("template: it needs a name and at least one workflow")
	}
	known := map[string]bool{}
	for _, in := range f.Inputs {
		if in.Key == "" || in.Label == "" || known[in.Key] || !slices.Contains(kinds, in.Kind) {
			return f, fmt.Errorf("template: the input %q lacks a label, is doubled or is of no known kind", in.Key)
		}
		known[in.Key] = true
	}
	for i, w := range f.Workflows {
		v, err := value.Decode(w.Definition)
		if err != nil {
			return f, fmt.Errorf("template: workflow %d: %w", i, err)
		}
		var unknown []string
		blanks(v, func(key string) {
			if !known[key] {
				unknown = append(unknown, key)
			}
		})
		if len(unknown) > 0 {
			return f, fmt.Errorf("template: workflow %d has the blanks %s and no inputs for them", i, strings.Join(unknown, ", "))
		}
	}
	return f, nil
}

// blanks calls fn for each blank.
func blanks(v any, fn func(key string)) {
	if key, ok := blank(v); ok {
		fn(key)
		return
	}
	switch x := v.(type) {
	case map[string]any:
		for _, e := range x {
			blanks(e, fn)
		}
	case []any:
		for _, e := range x {
			blanks(e, fn)
		}
	}
}

// blank tells whether a value stands for an input.
func blank(v any) (key string, ok bool) {
	object, _ := v.(map[string]any)
	if len(object) != 1 {
		return "", false
	}
	key, ok = object[InputKey].(string)
	return key, ok
}

// Missing lists the required inputs that have no value.
func (f File) Missing(given map[string]any) []Input {
	var list []Input
	for _, in := range f.Inputs {
		if in.Required && value.Empty(f.valueOf(in.Key, given)) {
			list = append(list, in)
		}
	}
	return list
}

// Unknown lists what was given and is no input, sorted.
func (f File) Unknown(given map[string]any) []string {
	var list []string
	for key := range given {
		if !slices.ContainsFunc(f.Inputs, func(in Input) bool { return in.Key == key }) {
			list = append(list, key)
		}
	}
	slices.Sort(list)
	return list
}

func (f File) valueOf(key string, given map[string]any) any {
	if v, ok := given[key]; ok && !value.Empty(v) {
		return v
	}
	for _, in := range f.Inputs {
		if in.Key == key {
			return in.Default
		}
	}
	return nil
}

// Fill returns the definition of one workflow with its blanks filled in.
func (f File) Fill(workflow int, given map[string]any) ([]byte, error) {
	v, err := value.Decode(f.Workflows[workflow].Definition)
	if err != nil {
		return nil, err
	}
	filled, _ := f.fill(v, given)
	return value.Encode(filled)
}

func (f File) fill(v any, given map[string]any) (filled any, keep bool) {
	if key, ok := blank(v); ok {
		filled = f.valueOf(key, given)
		return filled, filled != nil
	}
	switch x := v.(type) {
	case map[string]any:
		object := make(map[string]any, len(x))
		for name, e := range x {
			if filled, keep := f.fill(e, given); keep {
				object[name] = filled
			}
		}
		return object, true
	case []any:
		list := make([]any, 0, len(x))
		for _, e := range x {
			if filled, keep := f.fill(e, given); keep {
				list = append(list, filled)
			}
		}
		return list, true
	}
	return v, true
}

// Recipe is a template inside the binary.
type Recipe struct {
	// ID is stable.
	ID string
	File
}

//go:embed recipes/*.json
var recipeFiles embed.FS

var recipes = load()

// load panics on a slip in a file, which the tests of this package meet first.
func load() []Recipe {
	names, err := fs.Glob(recipeFiles, "recipes/*.json")
	if err != nil {
		panic(err)
	}
	list := make([]Recipe, 0, len(names))
	for _, name := range names {
		text, err := recipeFiles.ReadFile(name)
		if err != nil {
			panic(err)
		}
		f, err := Parse(text)
		if err != nil {
			panic(fmt.Sprintf("%s: %v", name, err))
		}
		// 10-stripe-sale.json is stripe-sale; the number orders the list.
		_, id, _ := strings.Cut(strings.TrimSuffix(path.Base(name), ".json"), "-")
		list = append(list, Recipe{ID: id, File: f})
	}
	return list
}

// Recipes lists the recipes in the order to show them. They are shared: do not
// change them.
func Recipes() []Recipe { return slices.Clone(recipes) }

// RecipeNamed finds a recipe by its id; false when there is none.
func RecipeNamed(id string) (Recipe, bool) {
	i := slices.IndexFunc(recipes, func(r Recipe) bool { return r.ID == id })
	if i < 0 {
		return Recipe{}, false
	}
	return recipes[i], true
}
