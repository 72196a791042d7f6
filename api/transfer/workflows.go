package transfer

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/bundle"
	"github.com/hookloom/hookloom/engine/rollout"
	"github.com/hookloom/hookloom/engine/template"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/engine/workflow"
)

// workflows makes or changes those of the files.
func (i *importing) workflows() error {
	for _, it := range i.Bundle.Workflows {
		if err := i.named(it.File.Inputs); err != nil {
			return err
		}
		s, err := rollout.Supply(i.tx, it.File, nil)
		if err != nil {
			return err
		}
		i.supplied(s.Made)
		for n := range it.File.Workflows {
			m := i.mets[0]
			i.mets = i.mets[1:]
			if err := i.workflow(it, n, s, m); err != nil {
				return located(err, it, n)
			}
		}
		for _, wrong := range s.Wrong {
			if wrong.Code == rollout.CodeRequired || wrong.Code == rollout.CodeUnknown || wrong.Code == rollout.CodeInvalid {
				i.need(Need{Kind: "workflow", Name: it.File.Name, Workflow: it.File.Name, Detail: wrong.Detail, Required: true})
			}
		}
	}
	return nil
}

// located gives the problems of a document the place of its file.
func located(err error, it bundle.Item, n int) error {
	var refused *engine.DocumentError
	if !errors.As(err, &refused) {
		return err
	}
	out := &FileError{}
	for _, p := range refused.Problems {
		out.Problems = append(out.Problems, bundle.Problem{
			File: it.Path, Pointer: "/workflows/" + strconv.Itoa(n) + "/definition" + p.Pointer, Step: p.Step, Code: p.Code, Message: p.Message,
		})
	}
	return out
}

func (i *importing) workflow(it bundle.Item, n int, s rollout.Supplied, m met) error {
	name := it.File.Workflows[n].Name
	filled, err := it.File.Fill(n, s.Filled)
	if err != nil {
		return err
	}
	if !m.there {
		made, err := i.Workflows.AddWorkflow(i.tx, engine.Edit{Name: &name, Folder: it.Folder, Document: filled})
		if err != nil {
			return err
		}
		i.stored = append(i.stored, made)
		i.done(Done{Kind: "workflow", Name: name, File: it.Path, ID: i.shownID(made.ID), Action: Created})
		return i.lacks(made)
	}
	now, err := i.tx.Workflow(m.have.ID)
	if errors.Is(err, engine.ErrNotFound) || err == nil && now.Revision != m.have.Revision {
		return errMoved
	}
	if err != nil {
		return err
	}
	out := Done{Kind: "workflow", Name: name, File: it.Path, ID: now.ID, Action: Same, Changes: m.changes}
	if len(m.changes) > 0 {
		out.Action = Different
	}
	if len(m.changes) > 0 && i.Existing == Update {
		changed, err := i.revise(it, now, m.carried, filled)
		if err != nil {
			return err
		}
		if out.Action = Same; changed {
			out.Action = Changed
		} else {
			out.Changes = nil
		}
	}
	i.done(out)
	return nil
}

// shownID is the id of something that is stored; "" when nothing is.
func (i *importing) shownID(id string) string {
	if i.DryRun {
		return ""
	}
	return id
}

// revise gives a workflow the draft of a file, with what no file holds taken from
// the draft that it has. It reports whether that is another one.
func (i *importing) revise(it bundle.Item, now engine.Workflow, carried *template.File, filled []byte) (bool, error) {
	draft, err := completed(filled, now.Draft, carried)
	if err != nil {
		return false, err
	}
	doc, problems := workflow.Parse(draft)
	if doc == nil {
		return false, &engine.DocumentError{Malformed: true, Problems: problems}
	}
	canonical, err := doc.JSON()
	if err != nil {
		return false, err
	}
	moved := it.Folder != nil && *it.Folder != now.Folder
	if workflow.Hash(canonical) == workflow.Hash(now.Draft) && !moved {
		return false, nil
	}
	changed, err := i.Workflows.ReviseWorkflow(i.tx, now.ID, engine.Edit{Folder: it.Folder, Document: canonical})
	if err != nil {
		return false, err
	}
	i.stored = append(i.stored, changed)
	return true, i.lacks(changed)
}

// completed is a filled document with what a file leaves out of the draft. A draft
// that no file can be made of is replaced whole: there is nothing to take from it.
func completed(filled, draft []byte, carried *template.File) (_ []byte, err error) {
	if carried == nil {
		return filled, nil
	}
	var parts [3]any
	for n, text := range [][]byte{filled, draft, carried.Workflows[0].Definition} {
		if parts[n], err = value.Decode(text); err != nil {
			return nil, err
		}
	}
	return value.Encode(complete(parts[0], parts[1], parts[2]))
}

// changes are sentences on how a file differs from what is there. What belongs to
// one workspace is compared by its name.
func (d Deps) changes(o Order, t there, it bundle.Item, n int, m met) ([]string, error) {
	have := m.have
	definition := have.Draft
	if o.Version == Live {
		if definition = t.live[have.ID]; definition == nil {
			return []string{"The workflow was never published."}, nil
		}
	}
	carried, err := m.carried, error(nil)
	if o.Version == Live || carried == nil {
		var file template.File
		file, _, err = template.Portable(template.Source{Name: have.Name, Definition: definition}, o.Home, d.Registry)
		carried = &file
	}
	if err != nil {
		return []string{fmt.Sprintf("The workflow here cannot become a file: %v.", err)}, nil
	}
	theirs, err := namedDocument(*carried, 0)
	if err != nil {
		return nil, err
	}
	ours, err := namedDocument(it.File, n)
	if err != nil {
		return nil, err
	}
	if problems := workflow.Lift(ours, d.Registry); workflow.HasProblems(problems) {
		return nil, &engine.DocumentError{Problems: problems}
	}
	var list []string
	for _, change := range workflow.Diff(theirs, ours) {
		list = append(list, change.Text)
	}
	if it.Folder != nil && *it.Folder != have.Folder {
		list = append(list, fmt.Sprintf("It moves from the folder %q to %q.", have.Folder, *it.Folder))
	}
	return list, nil
}

// namedDocument is a document of a file with names in its blanks.
func namedDocument(f template.File, n int) (*workflow.Document, error) {
	names := map[string]any{}
	for _, in := range f.Inputs {
		if value.Empty(in.Default) {
			names[in.Key] = in.Label
		}
	}
	text, err := f.Fill(n, names)
	if err != nil {
		return nil, err
	}
	doc, problems := workflow.Parse(text)
	if doc == nil {
		return nil, &engine.DocumentError{Malformed: true, Problems: problems}
	}
	return doc, nil
}

// complete takes into a file's value what the draft has and its own file would leave
// out: in the same step, which has the same id and type, at the same place. A
// connection that was chosen here stays.
func complete(file, draft, carried any) any {
	switch d := draft.(type) {
	case map[string]any:
		f, isObject := file.(map[string]any)
		c, _ := carried.(map[string]any)
		if !isObject || typeOf(f) != typeOf(d) {
			return file
		}
		for key, e := range d {
			here, has := f[key]
			_, carries := c[key]
			switch {
			case !has && (!carries || connected(e)), connected(here) && connected(e):
				f[key] = e
			case has:
				f[key] = complete(here, e, c[key])
			}
		}
	case []any:
		f, _ := file.([]any)
		c, _ := carried.([]any)
		for n, e := range f {
			if same := counterpart(e, n, f, d); same != nil {
				f[n] = complete(e, same, counterpart(e, n, f, c))
			}
		}
	}
	return file
}

// typeOf is the type of a step or trigger, "" for any other object.
func typeOf(object map[string]any) string {
	text, _ := object["type"].(string)
	return text
}

// connected reports the id of a connection.
func connected(v any) bool {
	id, ok := v.(string)
	return ok && len(id) > len("cxn_") && id[:len("cxn_")] == "cxn_"
}

// counterpart finds an entry of a list in another list: by its id, key or name, or by its place
// where entries have none and the lists are equally long; nil for none.
func counterpart(entry any, place int, list, other []any) any {
	id := idOf(entry)
	if id == "" {
		if len(list) == len(other) {
			return other[place]
		}
		return nil
	}
	n := slices.IndexFunc(other, func(o any) bool { return idOf(o) == id })
	if n < 0 {
		return nil
	}
	return other[n]
}

// idOf is what tells an entry of a list from the others: its id, or the key or name
// of a header or field, "" for none. A stored secret never moves to another one.
func idOf(v any) string {
	object, _ := v.(map[string]any)
	id, _ := object["id"].(string)
	for _, other := range []string{"key", "name"} {
		if id == "" {
			id, _ = object[other].(string)
		}
	}
	return id
}
