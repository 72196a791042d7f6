package rollout

import (
	"context"
	"errors"
	"fmt"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/template"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/engine/workflow"
)

// Store runs transactions.
type Store interface {
	// Do is engine.Store.Do.
	Do(ctx context.Context, workspace string, fn func(engine.Tx) error) error
	// DoNew is Do inside a workspace that the same transaction makes; one of w.ID
	// that is there already is used. A *crm.Conflict of "slug" when that is taken.
	DoNew(ctx context.Context, w crm.Workspace, fn func(engine.Tx) error) error
}

// Workflows are what cloning needs of the engine.
type Workflows interface {
	AddWorkflow(tx engine.Tx, edit engine.Edit) (engine.Workflow, error)
	Announce(w engine.Workflow)
	PublishProblems(ctx context.Context, w engine.Workflow) ([]workflow.Problem, error)
	Publish(ctx context.Context, workspace, id, by string, held engine.HeldPolicy) (engine.Workflow, error)
}

// Cloner creates the workflows of templates in workspaces.
type Cloner struct {
	Store     Store
	Workflows Workflows
}

// Order is one template for one workspace.
type Order struct {
	// Home, Template and Version name the template; File is that version.
	Home     string
	Template string
	Version  int
	File     template.File
	// Workspace is the client's.
	Workspace string
	// New makes the workspace with the clone, in the same transaction; nil for one
	// that is there. Its ID is Workspace, and a slug that is taken gets a number.
	New *crm.Workspace
	// CloneID is the id of the clone to be; an order with an id that is there was
	// done before and is only ended. "" makes one.
	CloneID string
	// Inputs are values by the keys of the inputs, secrets in plain text.
	Inputs map[string]any
	// Again makes another set of workflows where there is one already.
	Again bool
	// Publish publishes each workflow that nothing stands against.
	Publish bool
	// By is the id of who ordered it.
	By string
}

// Result is what became of an order.
type Result struct {
	Clone engine.Clone
	// Existed says that the workspace had a clone already, which was left alone.
	Existed bool
	Made    []Made
	Wrong   []Wrong
	// Workflows are in the order of the file; empty when Existed.
	Workflows []Cloned
}

// Cloned is a workflow that was made.
type Cloned struct {
	engine.Workflow
	// Reason says in a sentence why it is a draft that cannot be published; "" for
	// nothing.
	Reason string
}

// errLookOnly rolls a transaction back that only wanted to know.
var errLookOnly = errors.New("looked only")

// Check tells what an order would find wrong and make, and whether the workspace
// has a clone already. It changes nothing.
func (c *Cloner) Check(ctx context.Context, o Order) (Result, error) {
	var out Result
	err := c.Store.Do(ctx, o.Workspace, func(tx engine.Tx) error {
		out = Result{}
		there, err := standing(tx, o)
		if err != nil {
			return err
		}
		out.Existed = there.ID != ""
		s, err := Supply(tx, o.File, o.Inputs)
		if err != nil {
			return err
		}
		out.Made, out.Wrong = s.Made, s.Wrong
		return errLookOnly
	})
	if errors.Is(err, errLookOnly) {
		err = nil
	}
	return out, err
}

// standing finds a clone of the template that has a workflow in use; its ID is ""
// when there is none.
func standing(tx engine.Tx, o Order) (engine.Clone, error) {
	clones, err := tx.ClonesOf(o.Home, o.Template)
	if err != nil {
		return engine.Clone{}, err
	}
	for _, c := range clones {
		if c.ID == o.CloneID && o.CloneID != "" {
			return c, nil
		}
	}
	for _, c := range clones {
		for _, made := range c.Workflows {
			w, err := tx.Workflow(made.WorkflowID)
			if err != nil && !errors.Is(err, engine.ErrNotFound) {
				return c, err
			}
			if err == nil && w.Status != engine.WorkflowDeleted {
				return c, nil
			}
		}
	}
	return engine.Clone{}, nil
}

// Clone makes the workflows of a template, with all that they need, in one
// transaction: after an error there is nothing of it. What is empty or wrong leaves
// its place empty: the workflows are drafts, and Reason says why.
func (c *Cloner) Clone(ctx context.Context, o Order) (Result, error) {
	var out Result
	err := c.within(ctx, o, func(tx engine.Tx) error {
		out = Result{}
		return c.clone(tx, o, &out)
	})
	if err != nil || out.Existed {
		return out, err
	}
	for i := range out.Workflows {
		w := &out.Workflows[i]
		c.Workflows.Announce(w.Workflow)
		if err := c.judge(ctx, o, w, out.Clone.State == engine.CloneNeedsInput); err != nil {
			w.Reason = unjudged
		}
	}
	if err := c.note(ctx, o.Workspace, &out); err != nil {
		out.Clone.State, out.Clone.Reason = engine.CloneNeedsInput, unjudged
	}
	return out, nil
}

// maxSlugs bounds how many numbers are tried for the slug of a new workspace.
const maxSlugs = 1000

// within runs the transaction of an order, in a workspace of its own when it asks
// for one.
func (c *Cloner) within(ctx context.Context, o Order, fn func(engine.Tx) error) error {
	if o.New == nil {
		return c.Store.Do(ctx, o.Workspace, fn)
	}
	w, base := *o.New, o.New.Slug
	w.ID = o.Workspace
	for n := 2; ; n++ {
		err := c.Store.DoNew(ctx, w, fn)
		var taken *crm.Conflict
		if !errors.As(err, &taken) || taken.Field != "slug" || n > maxSlugs {
			return err
		}
		w.Slug = fmt.Sprintf("%s-%d", base, n)
	}
}

func (c *Cloner) clone(tx engine.Tx, o Order, out *Result) error {
	there, err := standing(tx, o)
	if err != nil {
		return err
	}
	switch {
	case there.ID == "":
	case there.ID == o.CloneID:
		return resumed(tx, there, out)
	case !o.Again:
		out.Existed, out.Clone = true, there
		return nil
	}
	s, err := Supply(tx, o.File, o.Inputs)
	if err != nil {
		return err
	}
	out.Made, out.Wrong = s.Made, s.Wrong
	made := engine.Clone{
		ID: o.CloneID, TemplateWorkspace: o.Home, TemplateID: o.Template, Version: o.Version, CreatedBy: o.By, State: engine.CloneReady,
	}
	if made.ID == "" {
		made.ID = engine.NewID("cln")
	}
	if len(s.Wrong) > 0 {
		made.State, made.Reason = engine.CloneNeedsInput, s.Wrong[0].Detail
	}
	if made.Inputs, err = value.Encode(s.Kept); err != nil {
		return err
	}
	for i, w := range o.File.Workflows {
		text, err := o.File.Fill(i, s.Filled)
		if err != nil {
			return err
		}
		name := w.Name
		stored, err := c.Workflows.AddWorkflow(tx, engine.Edit{Name: &name, Document: text})
		if err != nil {
			return fmt.Errorf("workflow %q: %w", w.Name, err)
		}
		base, err := Base(tx, o.File, i, s.Kept)
		if err != nil {
			return err
		}
		made.Workflows = append(made.Workflows, engine.CloneWorkflow{Key: w.Key, WorkflowID: stored.ID, BaseHash: base})
		out.Workflows = append(out.Workflows, Cloned{Workflow: stored})
	}
	if err := tx.InsertClone(&made); err != nil {
		return err
	}
	out.Clone = made
	return noted(tx, o, made)
}

// noted writes what was made into the client's own audit log.
func noted(tx engine.Tx, o Order, made engine.Clone) error {
	if o.New != nil {
		err := tx.Audit(engine.AuditEntry{ActorID: o.By, Action: "workspace.created", ObjectKind: "workspace", ObjectID: o.Workspace})
		if err != nil {
			return err
		}
	}
	return tx.Audit(engine.AuditEntry{
		ActorID: o.By, Action: "template.cloned", ObjectKind: "clone", ObjectID: made.ID,
		Detail: map[string]any{"template": o.Template, "version": o.Version, "workflows": len(made.Workflows)},
	})
}

// resumed takes up an order that was carried out before somebody heard of it.
func resumed(tx engine.Tx, made engine.Clone, out *Result) error {
	out.Clone = made
	for _, of := range made.Workflows {
		w, err := tx.Workflow(of.WorkflowID)
		if errors.Is(err, engine.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		out.Workflows = append(out.Workflows, Cloned{Workflow: w})
	}
	return nil
}

// Base stores the definition that a template makes of one of its workflows with
// the inputs that a clone keeps, and returns its hash. Secrets are not in it: to a
// comparison they are something that the client entered.
func Base(tx engine.Tx, f template.File, index int, kept map[string]any) (string, error) {
	doc, err := Filled(f, index, kept)
	if err != nil {
		return "", err
	}
	canonical, err := doc.JSON()
	if err != nil {
		return "", err
	}
	hash := workflow.Hash(canonical)
	return hash, tx.PutDefinition(hash, canonical)
}

// Filled is the document that a template makes of one of its workflows.
func Filled(f template.File, index int, kept map[string]any) (*workflow.Document, error) {
	text, err := f.Fill(index, kept)
	if err != nil {
		return nil, err
	}
	doc, problems := workflow.Parse(text)
	if doc == nil {
		return nil, fmt.Errorf("workflow %q: %w", f.Workflows[index].Name, problems[0])
	}
	return doc, nil
}
