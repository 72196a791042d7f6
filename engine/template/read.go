package template

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

// The limits of a file. Read refuses more.
const (
	MaxWorkflows = 50
	MaxInputs    = 300
	// MaxKey, MaxText and MaxLong count characters: keys and names, help and
	// summaries, and what is done outside of Hookloom.
	MaxKey  = 80
	MaxText = 1000
	MaxLong = 10_000
)

// The codes of problems of files, beside those of workflow.Parse.
const (
	codeNoName  = "required"
	codeInput   = "invalid_input"
	codeSchema  = "wrong_schema"
	codeNoInput = "unknown_input"
	codeProto   = "forbidden_key"
	codeSecret  = workflow.CodePlainSecret
)

// Read reads a file strictly and reports all that is wrong with it, each with its
// pointer: unknown keys, wrong types, anything over the limits, blanks without an
// input, and documents that workflow.Parse refuses. Whether this build has the
// node types is for Known.
func Read(text []byte) (File, []workflow.Problem) {
	var f File
	text, unreadable := Strict(text)
	if len(unreadable) > 0 {
		return f, unreadable
	}
	c := &checker{}
	v, err := value.Decode(text)
	if err != nil {
		c.add("", workflow.CodeMalformed, "The file is not readable as JSON: "+strings.TrimSuffix(err.Error(), ".")+".")
		return f, c.problems
	}
	object, ok := v.(map[string]any)
	if !ok {
		c.add("", workflow.CodeMalformed, "The file must be an object with schema, name, inputs and workflows.")
		return f, c.problems
	}
	if n, isNumber := object["schema"].(int); isNumber && n > Schema {
		c.add("/schema", workflow.CodeNewerSchema, fmt.Sprintf("This template was written by a newer version (format %d; this one reads up to %d). Update this installation to use it.", n, Schema))
		return f, c.problems
	}
	c.forbidden(v, "")
	c.shape(v, fileShape, "")
	if len(c.problems) > 0 {
		return f, c.problems
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	if err := dec.Decode(&f); err != nil {
		c.add("", workflow.CodeMalformed, "The file is not readable: "+err.Error()+".")
		return f, c.problems
	}
	for i := range f.Inputs {
		f.Inputs[i].Default = value.Normalize(f.Inputs[i].Default)
	}
	c.file(&f)
	return f, c.problems
}

// Known reports the node types, and versions of them, that this build lacks, and
// inputs that stand where their kind cannot.
func Known(f File, reg *nodes.Registry) []workflow.Problem {
	var found []workflow.Problem
	for i, w := range f.Workflows {
		doc, _ := workflow.Parse(w.Definition)
		if doc == nil {
			continue // Read has refused it
		}
		at := "/workflows/" + strconv.Itoa(i) + "/definition"
		for _, p := range workflow.Known(doc, reg) {
			p.Pointer = at + p.Pointer
			found = append(found, p)
		}
		found = append(found, plainSecrets(doc, reg, at)...)
	}
	return found
}

// plainSecrets finds what stands in fields for secrets and is no blank: a file
// never carries them, neither as text nor as another workspace's reference.
func plainSecrets(doc *workflow.Document, reg *nodes.Registry, at string) []workflow.Problem {
	var found []workflow.Problem
	look := func(typeID, id, at string, params map[string]any) {
		t := reg.Lookup(typeID)
		if t == nil {
			return
		}
		_, _ = workflow.MapSecrets(t.Fields, params, func(pointer string, v any) (any, error) {
			if _, ok := blank(v); !ok && !value.Empty(v) {
				found = append(found, workflow.Problem{
					Pointer: at + "/params" + pointer, Step: id, Code: codeSecret, Severity: workflow.SeverityProblem,
					Message: "A template carries no secrets: put an input of the kind secret here.",
				})
			}
			return v, nil
		})
	}
	for i, t := range doc.Triggers {
		look(t.Type, t.ID, fmt.Sprintf("%s/triggers/%d", at, i), t.Params)
	}
	workflow.Walk(doc, func(p workflow.Place) bool {
		look(p.Step.Type, p.Step.ID, at+p.Pointer, p.Step.Params)
		return true
	})
	return found
}

// checker collects what is wrong with a file.
type checker struct{ problems []workflow.Problem }

// maxProblems bounds what one file can make the API answer.
const maxProblems = 200

func (c *checker) add(pointer, code, message string) {
	if len(c.problems) < maxProblems {
		c.problems = append(c.problems, workflow.Problem{Pointer: pointer, Code: code, Severity: workflow.SeverityProblem, Message: message})
	}
}

// forbidden refuses keys that browsers give a meaning to.
func (c *checker) forbidden(v any, at string) {
	switch x := v.(type) {
	case map[string]any:
		for key, e := range x {
			if key == "__proto__" {
				c.add(at+"/__proto__", codeProto, "The key __proto__ is not allowed anywhere in a template: take it out.")
			}
			c.forbidden(e, value.Under(at, key))
		}
	case []any:
		for i, e := range x {
			c.forbidden(e, at+"/"+strconv.Itoa(i))
		}
	}
}

// file checks what the shape does not tell.
func (c *checker) file(f *File) {
	if f.Schema != Schema {
		c.add("/schema", workflow.CodeWrongType, fmt.Sprintf("schema must be %d.", Schema))
	}
	c.schemaOf(f)
	if strings.TrimSpace(f.Name) == "" {
		c.add("/name", codeNoName, "The template needs a name.")
	}
	c.long("/name", f.Name, MaxKey*2)
	c.long("/summary", f.Summary, MaxText)
	c.long("/about", f.About, MaxLong)
	if len(f.Workflows) == 0 || len(f.Workflows) > MaxWorkflows {
		c.add("/workflows", workflow.CodeTooMany, fmt.Sprintf("A template has 1 to %d workflows, not %d.", MaxWorkflows, len(f.Workflows)))
		return
	}
	if len(f.Inputs) > MaxInputs {
		c.add("/inputs", workflow.CodeTooMany, fmt.Sprintf("A template has at most %d inputs, not %d.", MaxInputs, len(f.Inputs)))
		return
	}
	fillable := c.inputs(f.Inputs)
	keys := map[string]bool{}
	for i := range f.Workflows {
		w, at := &f.Workflows[i], "/workflows/"+strconv.Itoa(i)
		if w.Key == "" {
			w.Key = strconv.Itoa(i)
		}
		if keys[w.Key] {
			c.add(at+"/key", workflow.CodeDuplicateID, fmt.Sprintf("The workflow key %.80q is used twice: give one of them another key.", w.Key))
		}
		keys[w.Key] = true
		c.long(at+"/key", w.Key, MaxKey)
		if strings.TrimSpace(w.Name) == "" {
			c.add(at+"/name", codeNoName, "The workflow needs a name.")
		}
		c.long(at+"/name", w.Name, workflow.MaxName)
		c.definition(w.Definition, at+"/definition", fillable)
	}
}

func (c *checker) long(at, text string, limit int) {
	if n := len([]rune(text)); n > limit {
		c.add(at, workflow.CodeTooLong, fmt.Sprintf("This has %d characters; %d is the most.", n, limit))
	}
}

// inputs checks the inputs and tells which keys can stand in definitions.
func (c *checker) inputs(inputs []Input) map[string]bool {
	fillable := map[string]bool{}
	for i, in := range inputs {
		at := "/inputs/" + strconv.Itoa(i)
		if _, twice := fillable[in.Key]; twice {
			c.add(at+"/key", workflow.CodeDuplicateID, fmt.Sprintf("The input key %.80q is used twice: give one of them another key.", in.Key))
		}
		for _, need := range [][2]string{{"key", in.Key}, {"label", in.Label}} {
			if strings.TrimSpace(need[1]) == "" {
				c.add(at+"/"+need[0], codeInput, "The input lacks its "+need[0]+".")
			}
		}
		c.long(at+"/key", in.Key, MaxKey)
		c.long(at+"/label", in.Label, MaxKey*2)
		c.long(at+"/help", in.Help, MaxText)
		switch {
		case !slices.Contains(kinds, in.Kind):
			c.add(at+"/kind", codeInput, fmt.Sprintf("%.40q is no kind of input; there are %s.", in.Kind, strings.Join(kinds, ", ")))
		case in.Mode != "" && !slices.Contains(Modes(in.Kind), in.Mode):
			c.add(at+"/mode", codeInput, fmt.Sprintf("An input of the kind %s can be %s, not %.40q.", in.Kind, strings.Join(Modes(in.Kind), " or "), in.Mode))
		case in.Mode == Fixed && value.Empty(in.Default):
			c.add(at+"/default", codeInput, "A fixed input needs a default, which is taken everywhere.")
		case in.Mode == FindOrCreate && in.Kind != CustomValue && in.Kind != ContactField && value.Empty(in.Default):
			c.add(at+"/default", codeInput, "What is found or made by name needs the name as its default.")
		}
		switch in.Default.(type) {
		case nil, string, bool:
		default:
			c.add(at+"/default", workflow.CodeWrongType, "A default is a text, or true or false.")
		}
		if in.Kind == Secret && in.Default != nil {
			c.add(at+"/default", codeSecret, "A template carries no secrets: take the default out.")
		}
		fillable[in.Key] = in.Kind != CustomValue && in.Kind != ContactField
	}
	return fillable
}

// definition checks one document with its blanks.
func (c *checker) definition(text json.RawMessage, at string, fillable map[string]bool) {
	_, problems := workflow.Parse(text)
	for _, p := range problems {
		c.add(at+p.Pointer, p.Code, p.Message)
	}
	v, err := value.Decode(text)
	if err != nil {
		return // Parse has said so
	}
	c.references(v, at)
	blanks(v, func(key string) {
		if !fillable[key] {
			c.add(at, codeNoInput, fmt.Sprintf("The workflow has the blank %.80q and no input stands for it: add the input, or write the value.", key))
		}
	})
}

// references refuses what names a stored secret, wherever it stands: a secret is of
// one workspace.
func (c *checker) references(v any, at string) {
	switch x := v.(type) {
	case map[string]any:
		if _, ok := workflow.SecretRef(x); ok {
			c.add(at, codeSecret, "A file carries no secrets, nor what names one of another workspace: take it out, and enter the secret after the import.")
			return
		}
		for key, e := range x {
			c.references(e, value.Under(at, key))
		}
	case []any:
		for i, e := range x {
			c.references(e, at+"/"+strconv.Itoa(i))
		}
	}
}
