package template

import (
	"strconv"
	"strings"
	"unicode"
)

// Recipe is how a template is made of the workflows of its home. It stays there:
// it names what the inputs stand for.
type Recipe struct {
	Workflows []RecipeWorkflow `json:"workflows"`
	// Inputs are those of the last version, in its order, with what they stand for.
	Inputs []RecipeInput `json:"inputs"`
	// Texts are the texts that a person marked to be asked for.
	Texts []Mark `json:"texts,omitempty"`
}

// RecipeWorkflow is a workflow that goes into a template.
type RecipeWorkflow struct {
	// Key is the workflow's in the file.
	Key string `json:"key"`
	// ID is the workflow's in the home.
	ID string `json:"workflow_id"`
}

// RecipeInput is an input with what it stands for in the home.
type RecipeInput struct {
	Input
	// Stands names it: an id, a name or key, an address, or a place.
	Stands string `json:"stands"`
}

// Mark is a text of a trigger or step that becomes an input.
type Mark struct {
	// Workflow is the workflow's key in the file, Step the id of its trigger or step.
	Workflow string `json:"workflow"`
	Step     string `json:"step"`
	// Pointer is the text's inside the params, such as "/subject".
	Pointer string `json:"pointer"`
}

func (m Mark) stands() string { return strings.Join([]string{m.Workflow, m.Step, m.Pointer}, " ") }

// Source is one workflow that a template is made of.
type Source struct {
	Key, Name string
	// Definition is a document as it is stored.
	Definition []byte
}

// Home is what the workspace of the sources has. Ids and names are unique but for
// titles, of which the first one counts.
type Home struct {
	Offers      []Thing
	Products    []Thing
	Tags        []Thing
	Forms       []Thing
	Connections []Thing
	// Fields and Values are found by their keys, which stand in ID.
	Fields []Thing
	Values []Thing
}

// Thing is something in a workspace that workflows name.
type Thing struct {
	// ID is its id; of custom values and contact fields their key.
	ID string
	// Name is its name, title or label.
	Name string
	// Auth and Host are a connection's.
	Auth, Host string
	// Define is what is made of it elsewhere; nil for nothing beside its name.
	Define *Define
}

// Found is an input with the places that it was found in.
type Found struct {
	RecipeInput
	// Places are where it stands; empty for one that only other inputs need.
	Places []Place
	// Shown is what stood there, for the page of the home; "" for secrets.
	Shown string
}

// Extracted is what Extract makes of sources.
type Extracted struct {
	Workflows []Workflow
	// Inputs are in the order of the recipe, new ones behind.
	Inputs []Found
	// Texts are those that a person can mark, or has marked.
	Texts []Markable
}

// Markable is a literal text of the sources.
type Markable struct {
	Mark
	// Name is what people call the step, Label the field.
	Name   string
	Label  string
	Text   string
	Marked bool
}

// Place is where in the workflows an input stands.
type Place struct {
	Workflow string `json:"workflow"`
	// Step is the id of a trigger or step; Name what people call it.
	Step string `json:"step"`
	Name string `json:"name"`
}

// keyOf makes a key out of words: "Offer: Course A" is "offer_course_a".
func keyOf(words string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(words) {
		if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			if gap && b.Len() > 0 {
				b.WriteByte('_')
			}
			gap = false
			b.WriteRune(r)
			continue
		}
		gap = true
	}
	key := b.String()
	if len(key) > 50 {
		key = strings.TrimRight(key[:50], "_")
	}
	return key
}

// WorkflowKey makes a key of a workflow's name that is none of those taken.
func WorkflowKey(name string, taken map[string]bool) string {
	base := keyOf(name)
	if base == "" {
		base = "workflow"
	}
	key := base
	for n := 2; taken[key]; n++ {
		key = base + "_" + strconv.Itoa(n)
	}
	return key
}
