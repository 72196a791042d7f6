package engine

import (
	"errors"
	"fmt"
	"regexp"

	"github.com/hookloom/hookloom/engine/workflow"
)

// foreignID has the form of an id that we gave to something in one workspace.
var foreignID = regexp.MustCompile(`^(off|prd|frm|cxn|con)_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)

// belongs refuses ids of things that the workspace does not have: a document that
// was copied from another workspace must not name what is there. What the stored
// documents hold already stays, because it may have been deleted meanwhile.
func (e *Engine) belongs(tx Tx, w *Workflow, doc *workflow.Document) error {
	var unknown []foreign
	err := e.eachID(doc, func(f foreign) error {
		there, err := has(tx, f.id)
		if err == nil && !there {
			unknown = append(unknown, f)
		}
		return err
	})
	if err != nil || len(unknown) == 0 {
		return err
	}
	known := map[string]bool{}
	for _, stored := range e.storedDocuments(tx, w) {
		if err := e.eachID(stored, func(f foreign) error {
			known[f.id] = true
			return nil
		}); err != nil {
			return err
		}
	}
	var problems []workflow.Problem
	for _, f := range unknown {
		if !known[f.id] {
			problems = append(problems, workflow.Problem{
				Pointer: f.pointer, Step: f.step, Code: workflow.CodeUnknownRef, Severity: workflow.SeverityProblem,
				Message: fmt.Sprintf("%s: %s is not in this workspace: choose what is, or leave it empty.", f.label, f.id),
			})
		}
	}
	if len(problems) > 0 {
		return &DocumentError{Problems: problems}
	}
	return nil
}

// foreign is an id with its place in a document.
type foreign struct{ id, step, pointer, label string }

// eachID calls fn for the ids in the params of triggers and steps, each once; it
// ends with the first error.
func (e *Engine) eachID(doc *workflow.Document, fn func(foreign) error) error {
	seen := map[string]bool{}
	var err error
	var look func(v any, f foreign)
	look = func(v any, f foreign) {
		switch x := v.(type) {
		case string:
			if err == nil && !seen[x] && foreignID.MatchString(x) {
				seen[x] = true
				f.id = x
				err = fn(f)
			}
		case map[string]any:
			for key, inner := range x {
				look(inner, foreign{step: f.step, pointer: f.pointer + "/" + key, label: f.label})
			}
		case []any:
			for i, inner := range x {
				look(inner, foreign{step: f.step, pointer: fmt.Sprintf("%s/%d", f.pointer, i), label: f.label})
			}
		}
	}
	params := func(typeID, id, name, at string, params map[string]any) {
		label := name
		if t := e.registry.Lookup(typeID); label == "" && t != nil {
			label = t.Name
		}
		look(params, foreign{step: id, pointer: at + "/params", label: label})
	}
	for i, t := range doc.Triggers {
		params(t.Type, t.ID, t.Name, fmt.Sprintf("/triggers/%d", i), t.Params)
	}
	workflow.Walk(doc, func(p workflow.Place) bool {
		params(p.Step.Type, p.Step.ID, p.Step.Name, p.Pointer, p.Step.Params)
		for i, b := range p.Step.Branches {
			look(b.When, foreign{step: p.Step.ID, pointer: fmt.Sprintf("%s/branches/%d/when", p.Pointer, i), label: b.Name})
		}
		return err == nil
	})
	return err
}

// has reports whether the transaction's workspace has what an id names.
func has(tx Tx, id string) (bool, error) {
	var err error
	switch id[:3] {
	case "off":
		_, err = tx.Offer(id)
	case "prd":
		_, err = tx.FindProduct(id)
	case "frm":
		_, err = tx.FindForm(id)
	case "con":
		_, err = tx.Contact(id)
	case "cxn":
		err = tx.HasConnection(id)
	}
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}
