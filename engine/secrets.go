package engine

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

// hideSecrets stores plain secrets of a document apart and leaves references.
func (e *Engine) hideSecrets(tx Tx, workflowID string, doc *workflow.Document) error {
	return e.eachParams(doc, func(t *nodes.NodeType, params map[string]any) (map[string]any, error) {
		return HideSecrets(tx, t, workflowID, params)
	})
}

// keepsSecrets refuses references to stored secrets that this workflow's draft
// and live version do not hold in the same field of the same step, sent to the
// same host: whoever may edit a workflow could otherwise point a secret that
// others entered at a server of their own.
func (e *Engine) keepsSecrets(tx Tx, w *Workflow, doc *workflow.Document) error {
	known := map[string]bool{}
	for _, stored := range e.storedDocuments(tx, w) {
		e.eachReference(stored, func(place string, _ string) { known[place] = true })
	}
	var problems []workflow.Problem
	e.eachReference(doc, func(place, step string) {
		if !known[place] {
			problems = append(problems, workflow.Problem{
				Pointer: pointerOf(doc, step), Step: step, Code: "foreign_secret", Severity: workflow.SeverityProblem,
				Message: "A stored secret can only stay where it was entered, and goes to the host that it was entered for: enter it here again.",
			})
		}
	})
	if len(problems) > 0 {
		return &DocumentError{Problems: problems}
	}
	return nil
}

// storedDocuments are the draft and the live version as they are stored now.
func (e *Engine) storedDocuments(tx Tx, w *Workflow) []*workflow.Document {
	var docs []*workflow.Document
	texts := [][]byte{w.Draft}
	if w.LiveHash != "" {
		if live, err := tx.Definition(w.LiveHash); err == nil {
			texts = append(texts, live)
		}
	}
	for _, text := range texts {
		if doc, _ := workflow.Parse(text); doc != nil {
			docs = append(docs, doc)
		}
	}
	return docs
}

// eachReference calls fn for each reference to a secret with its place, which
// names the step, the field, the secret and the host that the step calls.
func (e *Engine) eachReference(doc *workflow.Document, fn func(place, step string)) {
	look := func(typeID, step string, params map[string]any) {
		t := e.registry.Lookup(typeID)
		if t == nil {
			return
		}
		target, _ := params["url"].(string)
		if u, err := url.Parse(target); err == nil {
			target = u.Scheme + "://" + u.Host
		}
		_, _ = workflow.MapSecrets(t.Fields, params, func(pointer string, v any) (any, error) {
			if id, ok := workflow.SecretRef(v); ok {
				fn(strings.Join([]string{typeID, step, pointer, id, target}, "\x00"), step)
			}
			return v, nil
		})
	}
	for _, t := range doc.Triggers {
		look(t.Type, t.ID, t.Params)
	}
	workflow.Walk(doc, func(at workflow.Place) bool {
		look(at.Step.Type, at.Step.ID, at.Step.Params)
		return true
	})
}

// pointerOf is the JSON pointer of a step's or trigger's params.
func pointerOf(doc *workflow.Document, id string) string {
	if place, ok := doc.Find(id); ok {
		return place.Pointer + "/params"
	}
	i := slices.IndexFunc(doc.Triggers, func(t workflow.Trigger) bool { return t.ID == id })
	return fmt.Sprintf("/triggers/%d/params", i)
}

// HideSecrets returns params with plain secrets stored under an owner (a
// workflow's or connection's id) and replaced by references.
func HideSecrets(tx SecretTx, t *nodes.NodeType, owner string, params map[string]any) (map[string]any, error) {
	return workflow.MapSecrets(t.Fields, params, func(_ string, v any) (any, error) {
		plain, ok := v.(string)
		if !ok || plain == "" {
			return v, nil
		}
		id, err := tx.PutSecret(owner, plain)
		return map[string]any{nodes.SecretRefKey: id}, err
	})
}

// forgetSecrets removes references from a copy: a secret belongs to one
// workflow.
func (e *Engine) forgetSecrets(doc *workflow.Document) error {
	return e.eachParams(doc, func(t *nodes.NodeType, params map[string]any) (map[string]any, error) {
		return workflow.MapSecrets(t.Fields, params, func(string, any) (any, error) { return nil, nil })
	})
}

// eachParams replaces the params of every trigger and step whose type is known.
func (e *Engine) eachParams(doc *workflow.Document, fn func(*nodes.NodeType, map[string]any) (map[string]any, error)) error {
	replace := func(typeID string, params *map[string]any) error {
		t := e.registry.Lookup(typeID)
		if t == nil {
			return nil
		}
		changed, err := fn(t, *params)
		if err == nil {
			*params = changed
		}
		return err
	}
	for i := range doc.Triggers {
		if err := replace(doc.Triggers[i].Type, &doc.Triggers[i].Params); err != nil {
			return err
		}
	}
	var err error
	workflow.Walk(doc, func(at workflow.Place) bool {
		err = replace(at.Step.Type, &at.Step.Params)
		return err == nil
	})
	return err
}
