package engine

import (
	"context"

	"github.com/hookloom/hookloom/engine/workflow"
)

// Renewal replaces documents of a workflow from outside of its editor: a push
// brings a version of a template, its undoing what was before.
type Renewal struct {
	WorkflowID string
	// WasLive and WasDraft are the hashes that the documents were made from;
	// ErrRevision when the workflow has others by now.
	WasLive, WasDraft string
	// Live becomes the next version of a workflow that was published, whether it is
	// live or paused; nil, or what is live already, makes none. Draft becomes the
	// draft. Both are canonical.
	Live, Draft []byte
	// Undo puts back what the workflow had before, secrets included.
	Undo bool
	// By is who asked for it.
	By string
}

// Renew replaces documents of a workflow in a transaction: the workflow keeps its
// status, its addresses and its secrets, and runs under way end on their version.
// The error is a *DocumentError for a document that cannot be stored, or in which
// a stored secret stands in another place than before; a *StateError for a
// workflow in the trash. Announce it after the commit.
func (e *Engine) Renew(tx Tx, r Renewal) (Workflow, error) {
	w, err := tx.Workflow(r.WorkflowID)
	switch {
	case err != nil:
		return w, err
	case w.Status == WorkflowDeleted:
		return w, stateError("The workflow %q is in the trash: restore it first, or let go of the clone.", w.Name)
	case w.LiveHash != r.WasLive || workflow.Hash(w.Draft) != r.WasDraft:
		return w, ErrRevision
	}
	live, err := e.renewed(tx, &w, r, r.Live)
	if err != nil {
		return w, err
	}
	draft, err := e.renewed(tx, &w, r, r.Draft)
	if err != nil {
		return w, err
	}
	if live != nil && w.LiveVersion > 0 && workflow.Hash(r.Live) != w.LiveHash {
		if err := e.renewLive(tx, &w, r, live); err != nil {
			return w, err
		}
	}
	if draft != nil {
		w.Draft, w.DraftHash = r.Draft, workflow.Hash(r.Draft)
		if err := e.giveAddresses(tx, w.ID, draft); err != nil {
			return w, err
		}
		if w.LiveVersion == 0 {
			// The draft judges what its address receives.
			w.Stamp++
			if err := tx.SetTriggers(w.ID, e.triggerRows(w.ID, draft)); err != nil {
				return w, err
			}
		}
	}
	return w, tx.UpdateWorkflow(&w)
}

// renewed reads a new document of a workflow; nil for none.
func (e *Engine) renewed(tx Tx, w *Workflow, r Renewal, text []byte) (*workflow.Document, error) {
	if text == nil {
		return nil, nil
	}
	doc, err := e.parseDocument(text)
	if err != nil || r.Undo {
		return doc, err
	}
	return doc, e.keepsSecrets(tx, w, doc)
}

func (e *Engine) renewLive(tx Tx, w *Workflow, r Renewal, doc *workflow.Document) error {
	if err := e.goLive(tx, w, doc, r.Live, r.By); err != nil {
		return err
	}
	return e.giveAddresses(tx, w.ID, doc)
}

// goLive makes a canonical document the next version of a workflow, in its status;
// the caller stores w.
func (e *Engine) goLive(tx Tx, w *Workflow, doc *workflow.Document, text []byte, by string) error {
	w.LiveVersion++
	w.LiveHash = workflow.Hash(text)
	w.Stamp++
	if err := tx.PutDefinition(w.LiveHash, text); err != nil {
		return err
	}
	v := Version{WorkflowID: w.ID, Number: w.LiveVersion, Definition: w.LiveHash, PublishedBy: by, CreatedAt: e.now()}
	if err := tx.InsertVersion(v); err != nil {
		return err
	}
	return tx.SetTriggers(w.ID, e.triggerRows(w.ID, doc))
}

// Renewed tells open pages of workflows that Renew changed.
func (e *Engine) Renewed(list ...Workflow) {
	for _, w := range list {
		e.changed(w, nil)
	}
}

// Brought are things that come along with a document and are not stored yet: what
// names them is right.
type Brought struct {
	// Refs are ids of what ref fields name, CustomValues and ContactFields keys.
	Refs, CustomValues, ContactFields map[string]bool
}

// RenewProblems finds what stands against publishing a document as the next
// version of a workflow, see PublishProblems. A workflow that is not there yet has
// no ID.
func (e *Engine) RenewProblems(ctx context.Context, w Workflow, document []byte, b Brought) ([]workflow.Problem, error) {
	w.Draft, w.DraftHash = document, workflow.Hash(document)
	return e.publishProblems(ctx, w, b)
}

// EndTrigger ends, in a transaction, the addresses of a trigger that is in no live
// version any more, and throws away what they received since. It returns how many
// requests that were. What a service knows of the address is taken back soon
// afterwards. Renewed tells open pages of it after the commit.
func (e *Engine) EndTrigger(tx Tx, workflowID, triggerID string) (Workflow, int, error) {
	w, err := tx.Workflow(workflowID)
	if err != nil {
		return w, 0, err
	}
	if w.LiveHash != "" {
		text, err := tx.Definition(w.LiveHash)
		if err != nil {
			return w, 0, err
		}
		if doc, _ := workflow.Parse(text); doc != nil && hasTrigger(doc, triggerID) {
			return w, 0, stateError("The trigger is in use again: take it out of the workflow first.")
		}
	}
	dropped, err := tx.DropHeld(workflowID, triggerID)
	if err == nil {
		err = tx.ExpireTokens(workflowID, triggerID, e.now())
	}
	if err != nil {
		return w, 0, err
	}
	w.Stamp++
	return w, dropped, tx.UpdateWorkflow(&w)
}

func hasTrigger(doc *workflow.Document, id string) bool {
	for _, t := range doc.Triggers {
		if t.ID == id {
			return true
		}
	}
	return false
}
