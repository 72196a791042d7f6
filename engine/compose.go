package engine

// AddWorkflow is CreateWorkflow inside a transaction of the caller, who calls
// Announce once it is committed. The document is read anew each time that the
// transaction runs.
func (e *Engine) AddWorkflow(tx Tx, edit Edit) (Workflow, error) {
	doc, err := e.parseDocument(edit.Document)
	if err != nil {
		return Workflow{}, err
	}
	// The row comes first, because triggers and addresses belong to it; the
	// document follows once its secrets are stored apart.
	w := Workflow{ID: NewID("wf"), Status: WorkflowDraft, Draft: []byte("{}"), Stamp: 1}
	if edit.Name != nil {
		w.Name = *edit.Name
	}
	if edit.Folder != nil {
		w.Folder = *edit.Folder
	}
	if err := tx.InsertWorkflow(&w); err != nil {
		return w, err
	}
	if err := e.storeDraft(tx, &w, doc); err != nil {
		return w, err
	}
	w.Revision = 0 // the update below is still the first
	return w, tx.UpdateWorkflow(&w)
}

// Announce tells open pages of a workflow that a transaction has made or changed.
func (e *Engine) Announce(w Workflow) { e.changed(w, nil) }

// PublishNew publishes a workflow that AddWorkflow made in the same transaction. What
// stands against that was looked at before, see RenewProblems.
func (e *Engine) PublishNew(tx Tx, w *Workflow, by string) error {
	doc, err := e.parseDocument(w.Draft)
	if err != nil {
		return err
	}
	w.Status = WorkflowLive
	if err := e.goLive(tx, w, doc, w.Draft, by); err != nil {
		return err
	}
	return tx.UpdateWorkflow(w)
}

// Trash is Delete inside a transaction of the caller.
func (e *Engine) Trash(tx Tx, id string) (Workflow, error) {
	w, err := tx.Workflow(id)
	if err != nil || w.Status == WorkflowDeleted {
		return w, err
	}
	w.Status, w.DeletedAt = WorkflowDeleted, e.now()
	w.Stamp++
	return w, tx.UpdateWorkflow(&w)
}

// ReviseWorkflow gives a workflow another draft, and the folder that edit names,
// inside a transaction of the caller, who calls Announce once it is committed. What
// is live stays. ErrNotFound for one that is in the trash.
func (e *Engine) ReviseWorkflow(tx Tx, id string, edit Edit) (Workflow, error) {
	doc, err := e.parseDocument(edit.Document)
	if err != nil {
		return Workflow{}, err
	}
	w, err := tx.Workflow(id)
	if err != nil {
		return w, err
	}
	if w.Status == WorkflowDeleted {
		return w, ErrNotFound
	}
	if edit.Folder != nil {
		w.Folder = *edit.Folder
	}
	if err := e.storeDraft(tx, &w, doc); err != nil {
		return w, err
	}
	return w, tx.UpdateWorkflow(&w)
}
