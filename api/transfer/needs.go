package transfer

import (
	"fmt"
	"slices"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

// lacks notes what has to be filled in before a workflow that was made or changed
// can go live, and the secrets that it may have had where it came from.
func (i *importing) lacks(w engine.Workflow) error {
	doc, problems := workflow.Parse(w.Draft)
	if doc == nil {
		return &engine.DocumentError{Malformed: true, Problems: problems}
	}
	told := map[string]bool{}
	// Without facts nothing is looked up: what was made in this transaction is not
	// to be seen by others yet.
	for _, p := range workflow.Validate(doc, i.Registry, workflow.Facts{}) {
		if p.Severity != workflow.SeverityProblem {
			continue
		}
		told[p.Step] = true
		i.need(Need{Kind: "workflow", Name: w.Name, Workflow: w.Name, Step: p.Step, Detail: p.Message, Required: true})
	}
	look := func(id, name, typeID string, params map[string]any) {
		t := i.Registry.Lookup(typeID)
		if t == nil || told[id] {
			return
		}
		if name == "" {
			name = t.Name
		}
		secrets(t.Fields, params, func(f nodes.Field) {
			n := Need{Kind: "secret", Name: f.Label, Workflow: w.Name, Step: id, Required: f.Required}
			n.Detail = fmt.Sprintf("Enter %s of %s.", f.Label, name)
			if !f.Required {
				n.Detail = fmt.Sprintf("Enter %s of %s, if it had one: no file holds secrets.", f.Label, name)
			}
			i.need(n)
		})
	}
	for _, t := range doc.Triggers {
		look(t.ID, t.Name, t.Type, t.Params)
	}
	workflow.Walk(doc, func(p workflow.Place) bool {
		look(p.Step.ID, p.Step.Name, p.Step.Type, p.Step.Params)
		return true
	})
	return nil
}

// secrets calls fn for the empty fields for secrets that people see in a form.
func secrets(fields []nodes.Field, params map[string]any, fn func(nodes.Field)) {
	for _, f := range fields {
		if !shown(f, fields, params) {
			continue
		}
		switch v := params[f.Key]; {
		case f.Kind == nodes.FieldSecret:
			if value.Empty(v) {
				fn(f)
			}
		case f.Kind == nodes.FieldGroup:
			members, _ := v.(map[string]any)
			secrets(f.Fields, members, fn)
		}
	}
}

// shown reports whether a form shows a field with these params.
func shown(f nodes.Field, fields []nodes.Field, params map[string]any) bool {
	if f.ShowIf == nil {
		return true
	}
	v, has := params[f.ShowIf.Field]
	if !has {
		for _, other := range fields {
			if other.Key == f.ShowIf.Field {
				v = other.Default
			}
		}
	}
	return slices.Contains(f.ShowIf.Values, fmt.Sprint(v))
}
