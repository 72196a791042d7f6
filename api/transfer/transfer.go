// Package transfer brings a workspace out as files and takes files in: in one
// transaction, so that a file which is refused leaves nothing behind, and by name, so
// that doing it again changes nothing. Package bundle knows what the files look like.
package transfer

import (
	"context"
	"errors"
	"fmt"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/bundle"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/template"
	"github.com/hookloom/hookloom/nodes"
)

// Store is what is read of the database, and its transactions.
type Store interface {
	Do(ctx context.Context, workspace string, fn func(engine.Tx) error) error
	ListWorkflows(ctx context.Context, workspace string, by engine.WorkflowFilter, p engine.Page) (engine.List[engine.WorkflowInfo], error)
	Definition(ctx context.Context, workspace, hash string) ([]byte, error)
	ListTemplates(ctx context.Context, workspace string, p engine.Page) (engine.List[engine.Template], error)
	Template(ctx context.Context, workspace, id string) (engine.Template, error)
	TemplateVersion(ctx context.Context, workspace, template string, number int) (engine.TemplateVersion, error)
	ListHooks(ctx context.Context, workspace string, by engine.HookFilter, p engine.Page) (engine.List[engine.Hook], error)
	ListConnections(ctx context.Context, workspace string, p engine.Page) (engine.List[engine.Connection], error)
	// Products returns all products, oldest first.
	Products(ctx context.Context, workspace string) ([]crm.Product, error)
}

// Workflows is what is needed of the engine.
type Workflows interface {
	AddWorkflow(tx engine.Tx, edit engine.Edit) (engine.Workflow, error)
	ReviseWorkflow(tx engine.Tx, id string, edit engine.Edit) (engine.Workflow, error)
	Announce(w engine.Workflow)
}

// Deps are what transfers need.
type Deps struct {
	Store     Store
	Workflows Workflows
	Registry  *nodes.Registry
}

// What becomes of a workflow or template whose name is there already, when it is not
// left as it is.
const (
	// Update changes its draft, or makes a new version of a template.
	Update = "update"
	// Copy makes another one beside it.
	Copy = "copy"
)

// Live has the live versions of workflows compared and exported instead of drafts.
const Live = "live"

// Order is what to take in.
type Order struct {
	Workspace string
	Bundle    bundle.Bundle
	// Home is what the workspace has.
	Home template.Home
	// Existing is Update or Copy; anything else keeps what is there.
	Existing string
	// Version is what the files are compared with: Live, anything else for drafts.
	Version string
	// DryRun only tells what would be done.
	DryRun bool
	// By is the id of who ordered it.
	By string
	// May reports whether the caller has a right.
	May func(account.Scope) bool
	// Secret makes the signing secret of a hook.
	Secret func() string
	// MayHook looks at a hook that would be made; the error's text is for people.
	MayHook func(event, url string) error
}

// What became, or would become, of one thing.
const (
	Created   = "created"
	Changed   = "changed"
	Same      = "same"
	Different = "different"
)

// Done is what became of one thing of the files.
type Done struct {
	// Kind is workflow, template, hook, connection, or a kind of template input.
	Kind string `json:"kind" enum:"workflow,template,tag,contact_field,custom_value,product,offer,form,connection,hook"`
	Name string `json:"name"`
	// File is its path, "" for what the workspace's file lists.
	File   string `json:"file" doc:"The path in the zip; empty for what the workspace's file lists"`
	ID     string `json:"id" doc:"Of a workflow or template; empty for a new one before it is stored"`
	Action string `json:"action" enum:"created,changed,same,different" doc:"different is there under this name and was left as it is"`
	// Changes are sentences on how the file differs from what is there.
	Changes []string `json:"changes" nullable:"false" doc:"How the file differs from what is there"`
}

// Need is something that a person has to fill in before a workflow can go live.
type Need struct {
	// Kind is connection, secret, custom_value, hook or workflow.
	Kind     string `json:"kind" enum:"connection,secret,custom_value,hook,workflow"`
	Name     string `json:"name"`
	Workflow string `json:"workflow" doc:"Name of the workflow; empty for none in particular"`
	Step     string `json:"step" doc:"Id of its trigger or step"`
	Detail   string `json:"detail" doc:"What is to do, in a sentence"`
	Required bool   `json:"required" doc:"Whether it has to be done before the workflow can be published"`
}

// Report tells what an import did, or would do.
type Report struct {
	DryRun bool   `json:"dry_run"`
	Items  []Done `json:"items" nullable:"false"`
	Needs  []Need `json:"needs" nullable:"false" doc:"What people have to fill in, since no file holds it"`
}

// Changed counts what was or would be stored.
func (r Report) Changed() int {
	n := 0
	for _, d := range r.Items {
		if d.Action == Created || d.Action == Changed {
			n++
		}
	}
	return n
}

// RightError means that the caller lacks a right.
type RightError struct{ Scope account.Scope }

func (e *RightError) Error() string { return fmt.Sprintf("the right %s is missing", e.Scope) }

// FileError means that something in the files does not fit the workspace.
type FileError struct{ Problems []bundle.Problem }

func (e *FileError) Error() string { return e.Problems[0].Message }

// errLookOnly rolls back a transaction that only wanted to know.
var errLookOnly = errors.New("looked only")

// maxThings is how many things one import may name. They are looked up and made in one
// transaction, for which everything else that is written has to wait.
const maxThings = 3000

// things counts what an import would look up or make.
func (o Order) things() int {
	n := 0
	if w := o.Bundle.Workspace; w != nil {
		n += len(w.Tags) + len(w.ContactFields) + len(w.CustomValues) + len(w.Products) + len(w.Offers) + len(w.Forms) + len(w.Connections) + len(w.Hooks)
	}
	for _, files := range [][]bundle.Item{o.Bundle.Workflows, o.Bundle.Templates} {
		for _, f := range files {
			n += len(f.File.Workflows) + len(f.File.Inputs)
		}
	}
	return n
}

// Import takes files in, all or none.
func (d Deps) Import(ctx context.Context, o Order) (Report, error) {
	if n := o.things(); n > maxThings {
		return Report{}, refuse("", "", "too_many", fmt.Sprintf("The files name %d workflows, tags, offers and other things, and %d can be imported at once: import them in parts.", n, maxThings))
	}
	for try := 1; ; try++ {
		report, err := d.attempt(ctx, o)
		if !errors.Is(err, errMoved) {
			return report, err
		}
		if try == maxTries {
			return Report{}, &engine.StateError{Message: "Somebody else is changing the workflows of this workspace: try again in a moment."}
		}
	}
}

// maxTries is how often files are compared anew, when what they were compared with
// changes before it is written.
const maxTries = 5

func (d Deps) attempt(ctx context.Context, o Order) (Report, error) {
	there, err := d.read(ctx, o)
	if err != nil {
		return Report{}, err
	}
	mets, err := d.compare(o, there)
	if err != nil {
		return Report{}, err
	}
	if err := o.certain(mets); err != nil {
		return Report{}, err
	}
	var run *importing
	err = d.Store.Do(ctx, o.Workspace, func(tx engine.Tx) error {
		run = &importing{Deps: d, Order: o, there: there, mets: mets, tx: tx, report: Report{DryRun: o.DryRun, Items: []Done{}, Needs: []Need{}}}
		if err := run.all(); err != nil {
			return err
		}
		if o.DryRun {
			return errLookOnly
		}
		return nil
	})
	if errors.Is(err, errLookOnly) {
		err = nil
	}
	if err != nil {
		return Report{}, err
	}
	if !o.DryRun {
		for _, w := range run.stored {
			d.Workflows.Announce(w)
		}
	}
	return run.report, nil
}

// importing is one import inside its transaction.
type importing struct {
	Deps
	Order
	there there
	// mets are what the workflows meet, those that are not imported yet.
	mets   []met
	tx     engine.Tx
	report Report
	// stored are the workflows that were made or changed.
	stored []engine.Workflow
	// made are the things that were made, by kind and name.
	made map[string]bool
}

func (i *importing) all() error {
	i.made = map[string]bool{}
	steps := []func() error{i.things, i.connections, i.workflows, i.templates, i.hooks}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
		if err := i.allowed(); err != nil {
			return err
		}
	}
	return nil
}

// rights are those to make things.
var rights = map[string]account.Scope{
	template.Tag: account.ContactsWrite, template.ContactField: account.ContactsWrite, template.CustomValue: account.ValuesWrite,
	template.Product: account.OffersWrite, template.Offer: account.OffersWrite, template.Form: account.FormsWrite,
	template.Connection: account.ConnectionsWrite, "workflow": account.WorkflowsWrite, "template": account.TemplatesWrite, "hook": account.HooksWrite,
}

// allowed refuses an import that makes what the caller could not make by hand.
func (i *importing) allowed() error {
	for _, done := range i.report.Items {
		if scope := rights[done.Kind]; done.Action == Created || done.Action == Changed {
			if !i.May(scope) {
				return &RightError{scope}
			}
		}
	}
	return nil
}

func (i *importing) done(d Done) {
	if d.Changes == nil {
		d.Changes = []string{}
	}
	i.report.Items = append(i.report.Items, d)
}

// refuse is the error for one wrong place of the files.
func refuse(file, pointer, code, message string) error {
	return &FileError{[]bundle.Problem{{File: file, Pointer: pointer, Code: code, Message: message}}}
}
