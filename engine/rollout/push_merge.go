package rollout

import (
	"context"
	"fmt"
	"slices"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/workflow"
)

// material is what one workflow of a version is merged with; only index and name are
// set for a workflow that the clone has not.
type material struct {
	index    int
	name     string
	was      engine.WorkflowSnapshot
	workflow engine.Workflow
	// base is what the template made, live nil before the first publish.
	base, live, draft *workflow.Document
	choices           workflow.Choices
}

func (p *Pusher) material(ctx context.Context, c engine.PushClone, index int, of engine.CloneWorkflow) (m material, err error) {
	info, err := p.store.WorkflowInfo(ctx, c.Workspace, of.WorkflowID)
	if err != nil {
		return m, err
	}
	m = material{index: index, name: info.Name, workflow: info.Workflow, choices: choicesFor(c.Choices, of.WorkflowID)}
	m.was = engine.WorkflowSnapshot{
		Key: of.Key, WorkflowID: of.WorkflowID, BaseHash: of.BaseHash, LiveHash: info.LiveHash, LiveVersion: info.LiveVersion,
		DraftHash: workflow.Hash(info.Draft),
	}
	if m.base, err = p.document(ctx, c.Workspace, of.BaseHash); err != nil {
		return m, err
	}
	if m.draft, _ = workflow.Parse(info.Draft); m.draft == nil {
		return m, &engine.StateError{Message: fmt.Sprintf("The draft of %q cannot be read.", info.Name)}
	}
	if info.LiveHash != "" {
		m.live, err = p.document(ctx, c.Workspace, info.LiveHash)
	}
	return m, err
}

// merge makes of the materials and the plan's inputs what becomes of the workflows. It
// reads nothing, so it can be done again inside a transaction.
func (p *Plan) merge() error {
	p.Workflows, p.Conflicts, p.Removed = nil, nil, nil
	added := []NewWorkflow{}
	for _, m := range p.materials {
		theirs, err := Filled(p.file, m.index, p.Inputs)
		if err != nil {
			return err
		}
		base, err := theirs.JSON()
		if err != nil {
			return err
		}
		if m.base == nil {
			n := NewWorkflow{Key: p.file.Workflows[m.index].Key, Name: m.name, Base: base}
			if at := slices.IndexFunc(p.New, func(was NewWorkflow) bool { return was.Key == n.Key }); at >= 0 {
				n.Live, n.Reason = p.New[at].Live, p.New[at].Reason
			}
			added = append(added, n)
			continue
		}
		if err := p.mergeWorkflow(m, theirs, base); err != nil {
			return err
		}
	}
	p.New = added
	return nil
}

func (p *Plan) mergeWorkflow(from material, theirs *workflow.Document, base []byte) (err error) {
	w := WorkflowPlan{Key: from.was.Key, Name: from.name, Workflow: from.workflow, Base: base}
	m := merging{plan: p, w: &w, base: from.base, theirs: theirs, choices: from.choices}
	if from.live == nil {
		w.Draft, err = m.merge(from.draft, false)
		p.Workflows = append(p.Workflows, w)
		return err
	}
	if w.Live, err = m.merge(from.live, false); err != nil {
		return err
	}
	w.Draft = w.Live
	if from.was.DraftHash != from.was.LiveHash {
		if w.Draft, err = m.merge(from.draft, true); err != nil {
			return err
		}
	}
	p.Removed = append(p.Removed, removedTriggers(from.was.WorkflowID, from.live, w.Live)...)
	p.Workflows = append(p.Workflows, w)
	return nil
}

func (p *Pusher) document(ctx context.Context, workspace, hash string) (*workflow.Document, error) {
	text, err := p.store.Definition(ctx, workspace, hash)
	if err != nil {
		return nil, err
	}
	doc, problems := workflow.Parse(text)
	if doc == nil {
		return nil, &engine.DocumentError{Malformed: true, Problems: problems}
	}
	return doc, nil
}

func choicesFor(all []engine.WorkflowChoices, id string) workflow.Choices {
	for _, c := range all {
		if c.WorkflowID == id {
			return c.Choices
		}
	}
	return nil
}

// merging merges the live version and the draft of one workflow.
type merging struct {
	plan         *Plan
	w            *WorkflowPlan
	base, theirs *workflow.Document
	choices      workflow.Choices
}

// merge brings the version into a document. Only what the draft adds to the
// conflicts of the live version is noted again.
func (m *merging) merge(ours *workflow.Document, draft bool) ([]byte, error) {
	merged, conflicts := workflow.Resolve(m.base, ours, m.theirs, m.choices)
	for _, c := range conflicts {
		known := slices.ContainsFunc(m.plan.Conflicts, func(have engine.WorkflowConflict) bool {
			return have.WorkflowID == m.w.Workflow.ID && have.Key == c.Key
		})
		if !known {
			m.plan.Conflicts = append(m.plan.Conflicts, engine.WorkflowConflict{WorkflowID: m.w.Workflow.ID, Workflow: m.w.Name, Draft: draft, Between: c.Seen(), Conflict: c})
		}
	}
	if !draft {
		m.w.Updates, m.w.Edits = workflow.Diff(ours, merged), workflow.Diff(m.base, ours)
	}
	text, err := merged.JSON()
	if err != nil {
		return nil, err
	}
	if _, problems := workflow.Parse(text); workflow.HasProblems(problems) {
		return nil, &engine.DocumentError{Malformed: true, Problems: problems}
	}
	return text, nil
}

// removedTriggers are those of the live version that the next one lacks.
func removedTriggers(id string, live *workflow.Document, next []byte) []engine.RemovedTrigger {
	doc, _ := workflow.Parse(next)
	if doc == nil {
		return nil
	}
	var removed []engine.RemovedTrigger
	for _, t := range live.Triggers {
		if !slices.ContainsFunc(doc.Triggers, func(have workflow.Trigger) bool { return have.ID == t.ID }) {
			removed = append(removed, engine.RemovedTrigger{WorkflowID: id, ID: t.ID, Type: t.Type, Name: t.Name})
		}
	}
	return removed
}
