package engine

import (
	"context"
	"fmt"
	"maps"

	"github.com/hookloom/hookloom/engine/workflow"
)

// DocumentError lists what is wrong with a document.
type DocumentError struct {
	// Malformed tells a document that cannot be stored from one that cannot be
	// published.
	Malformed bool
	Problems  []workflow.Problem
}

func (e *DocumentError) Error() string {
	if len(e.Problems) == 1 {
		return e.Problems[0].Message
	}
	return fmt.Sprintf("%d problems, the first one: %s", len(e.Problems), e.Problems[0].Message)
}

// ErrRevision means that somebody else changed the draft since it was read.
var ErrRevision = &StateError{"Somebody else changed this workflow meanwhile: load it again, or save with If-Match: * to overwrite it."}

// AnyRevision overwrites whatever is stored.
const AnyRevision = int64(-1)

// Edit is a change of a workflow's name, folder or draft; nil leaves a part as it
// is, and a folder of "" takes it out of its folder.
type Edit struct {
	Name     *string
	Folder   *string
	Document []byte
}

// CreateWorkflow stores a new workflow. Its HTTP triggers get their addresses at
// once. An incomplete document is fine, a malformed one is a *DocumentError.
func (e *Engine) CreateWorkflow(ctx context.Context, workspace string, edit Edit) (Workflow, error) {
	if _, err := e.parseDocument(edit.Document); err != nil {
		return Workflow{}, err // without a transaction
	}
	var w Workflow
	err := e.store.Do(ctx, workspace, func(tx Tx) (err error) {
		w, err = e.AddWorkflow(tx, edit)
		return err
	})
	e.changed(w, err)
	return w, err
}

// SaveDraft stores a change if the draft's revision is still the given one, or
// AnyRevision; else ErrRevision.
func (e *Engine) SaveDraft(ctx context.Context, workspace, id string, revision int64, edit Edit) (Workflow, error) {
	var doc *workflow.Document
	if edit.Document != nil {
		var err error
		if doc, err = e.parseDocument(edit.Document); err != nil {
			return Workflow{}, err
		}
	}
	return e.change(ctx, workspace, id, func(tx Tx, w *Workflow) error {
		if revision != AnyRevision && revision != w.Revision {
			return ErrRevision
		}
		if edit.Name != nil {
			w.Name = *edit.Name
		}
		if edit.Folder != nil {
			w.Folder = *edit.Folder
		}
		if doc == nil {
			return nil
		}
		return e.storeDraft(tx, w, doc)
	})
}

// parseDocument reads a document that may be stored: well-formed, and of node
// types that this build has.
func (e *Engine) parseDocument(raw []byte) (*workflow.Document, error) {
	doc, problems := workflow.Parse(raw)
	if doc == nil {
		return nil, &DocumentError{Malformed: true, Problems: problems}
	}
	if unknown := workflow.Known(doc, e.registry); workflow.HasProblems(unknown) {
		return nil, &DocumentError{Problems: unknown}
	}
	return doc, nil
}

// change runs one transaction over a workflow that is not in the trash and
// stores what fn made of it.
func (e *Engine) change(ctx context.Context, workspace, id string, fn func(tx Tx, w *Workflow) error) (Workflow, error) {
	var w Workflow
	err := e.store.Do(ctx, workspace, func(tx Tx) (err error) {
		if w, err = tx.Workflow(id); err != nil {
			return err
		}
		if w.Status == WorkflowDeleted {
			return ErrNotFound
		}
		if err := fn(tx, &w); err != nil {
			return err
		}
		return tx.UpdateWorkflow(&w)
	})
	e.changed(w, err)
	return w, err
}

func (e *Engine) changed(w Workflow, err error) {
	if err == nil {
		e.publish(Change{Workspace: w.Workspace, Kind: ChangeWorkflow, ID: w.ID, Status: string(w.Status)})
	}
}

// storeDraft puts a document into w: plain secrets are stored apart, new HTTP
// triggers get an address, and trigger rows of a workflow that was never
// published follow the draft.
func (e *Engine) storeDraft(tx Tx, w *Workflow, doc *workflow.Document) error {
	if err := e.belongs(tx, w, doc); err != nil {
		return err
	}
	if err := e.keepsSecrets(tx, w, doc); err != nil {
		return err
	}
	if err := e.hideSecrets(tx, w.ID, doc); err != nil {
		return err
	}
	canonical, err := doc.JSON()
	if err != nil {
		return err
	}
	w.Draft, w.DraftHash = canonical, workflow.Hash(canonical)
	if err := e.giveAddresses(tx, w.ID, doc); err != nil {
		return err
	}
	if w.LiveVersion == 0 {
		// The draft judges what its address receives.
		w.Stamp++
		return tx.SetTriggers(w.ID, e.triggerRows(w.ID, doc))
	}
	return nil
}

func (e *Engine) triggerRows(workflowID string, doc *workflow.Document) []TriggerRow {
	rows := make([]TriggerRow, 0, len(doc.Triggers))
	for _, t := range doc.Triggers {
		row := TriggerRow{WorkflowID: workflowID, ID: t.ID, Type: t.Type, Enabled: !t.Disabled}
		if known := e.registry.Lookup(t.Type); known != nil {
			row.Event, row.Watch = known.Event, watchKind(known)
		}
		rows = append(rows, row)
	}
	return rows
}

// Problems lists what publishing this draft would refuse, and its warnings.
func (e *Engine) Problems(ctx context.Context, w Workflow) ([]workflow.Problem, error) {
	return e.problems(ctx, w, Brought{})
}

func (e *Engine) problems(ctx context.Context, w Workflow, b Brought) ([]workflow.Problem, error) {
	doc, problems := workflow.Parse(w.Draft)
	if doc == nil {
		return problems, nil
	}
	facts, err := e.store.Facts(ctx, w.Workspace)
	if err != nil {
		return nil, err
	}
	if known := facts.Ref; known != nil && len(b.Refs) > 0 {
		facts.Ref = func(kind, ref string) bool { return b.Refs[ref] || known(kind, ref) }
	}
	maps.Copy(facts.CustomValues, b.CustomValues)
	maps.Copy(facts.ContactFields, b.ContactFields)
	return workflow.Validate(doc, e.registry, facts), nil
}

// DiscardDraft makes the draft equal to the live version.
func (e *Engine) DiscardDraft(ctx context.Context, workspace, id string) (Workflow, error) {
	return e.change(ctx, workspace, id, func(tx Tx, w *Workflow) error {
		if w.LiveHash == "" {
			return stateError("The workflow was never published: there is nothing to go back to.")
		}
		return restoreDefinition(tx, w, w.LiveHash)
	})
}

// RestoreVersion makes a published version the draft.
func (e *Engine) RestoreVersion(ctx context.Context, workspace, id string, number int) (Workflow, error) {
	return e.change(ctx, workspace, id, func(tx Tx, w *Workflow) error {
		v, err := tx.Version(id, number)
		if err != nil {
			return err
		}
		return restoreDefinition(tx, w, v.Definition)
	})
}

func restoreDefinition(tx Tx, w *Workflow, hash string) error {
	document, err := tx.Definition(hash)
	if err != nil {
		return err
	}
	w.Draft, w.DraftHash = document, hash
	return nil
}

// Duplicate copies a workflow's draft under a new name, in the same folder and
// with new addresses.
// Secrets are not copied: the copy asks for them.
func (e *Engine) Duplicate(ctx context.Context, workspace, id string) (Workflow, error) {
	w, err := e.workflow(ctx, workspace, id)
	if err != nil {
		return w, err
	}
	doc, problems := workflow.Parse(w.Draft)
	if doc == nil {
		return w, &DocumentError{Malformed: true, Problems: problems}
	}
	if err := e.forgetSecrets(doc); err != nil {
		return w, err
	}
	canonical, err := doc.JSON()
	if err != nil {
		return w, err
	}
	name := w.Name + " (copy)"
	return e.CreateWorkflow(ctx, workspace, Edit{Name: &name, Folder: &w.Folder, Document: canonical})
}

// Delete moves a workflow to the trash for 30 days. Its addresses keep storing,
// runs under way end on their version.
func (e *Engine) Delete(ctx context.Context, workspace, id string) error {
	_, err := e.change(ctx, workspace, id, func(tx Tx, w *Workflow) error {
		w.Status, w.DeletedAt = WorkflowDeleted, e.now()
		w.Stamp++
		return nil
	})
	return err
}

// Restore takes a workflow out of the trash, paused when it was published.
func (e *Engine) Restore(ctx context.Context, workspace, id string) (Workflow, error) {
	var w Workflow
	err := e.store.Do(ctx, workspace, func(tx Tx) (err error) {
		if w, err = tx.Workflow(id); err != nil {
			return err
		}
		if w.Status != WorkflowDeleted {
			return stateError("The workflow is not in the trash.")
		}
		w.Status, w.DeletedAt = WorkflowDraft, noTime
		if w.LiveVersion > 0 {
			w.Status = WorkflowPaused
		}
		if err := tx.MayAddWorkflow(); err != nil {
			return err
		}
		w.Stamp++
		return tx.UpdateWorkflow(&w)
	})
	e.changed(w, err)
	return w, err
}
