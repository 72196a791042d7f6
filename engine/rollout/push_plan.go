package rollout

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/template"
	"github.com/hookloom/hookloom/engine/workflow"
)

// Plan is what a version would make of one clone.
type Plan struct {
	Clone engine.Clone
	// Before is where the clone stands.
	Before engine.CloneSnapshot
	// State is PushUpdated or PushKept when nothing stands against it, else why it
	// would wait; Reason says it in a sentence.
	State  engine.PushCloneState
	Reason string
	// Inputs are what the workflows are filled in with; Missing are the inputs that
	// the version asks for and nobody gave, or that cannot be used.
	Inputs    map[string]any
	Missing   []Wrong
	Workflows []WorkflowPlan
	Conflicts []engine.WorkflowConflict
	Removed   []engine.RemovedTrigger
	// New are the names of workflows that the version has and the clone has not: a
	// push changes what is there, and a person adds what is new by cloning it.
	New []string
}

// WorkflowPlan is what a version would make of one workflow.
type WorkflowPlan struct {
	Key  string
	Name string
	// Workflow is as it is now.
	Workflow engine.Workflow
	// Base is the new definition of the template, filled in; Live and Draft are
	// what becomes of the workflow's, all canonical. Live is nil before the first
	// publish.
	Base, Live, Draft []byte
	// Updates are what changes; Edits what the client has changed of the version
	// before, and keeps.
	Updates, Edits []workflow.Change
	// Problems keep the live version from being published.
	Problems []workflow.Problem
}

// fileCache keeps the last template files that were read: a push asks for the
// same one again and again.
type fileCache struct {
	mu    sync.Mutex
	files map[string]template.File
}

const maxFiles = 8

func (p *Pusher) file(ctx context.Context, home, id string, version int) (template.File, error) {
	key := fmt.Sprint(home, "/", id, "/", version)
	p.files.mu.Lock()
	f, ok := p.files.files[key]
	p.files.mu.Unlock()
	if ok {
		return f, nil
	}
	v, err := p.store.TemplateVersion(ctx, home, id, version)
	if err != nil {
		return f, err
	}
	if f, err = template.Parse(v.File); err != nil {
		return f, &engine.StateError{Message: fmt.Sprintf("Version %d of the template cannot be read: %s.", version, err)}
	}
	p.files.mu.Lock()
	defer p.files.mu.Unlock()
	if p.files.files == nil || len(p.files.files) >= maxFiles {
		p.files.files = map[string]template.File{}
	}
	p.files.files[key] = f
	return f, nil
}

// plan merges a version into a clone. It changes nothing of it; what the version
// brings along is made, unless it only looks.
func (p *Pusher) plan(ctx context.Context, version int, c engine.PushClone, look bool) (*Plan, error) {
	clone, err := p.store.Clone(ctx, c.Workspace, c.CloneID)
	if err != nil {
		return nil, err
	}
	file, err := p.file(ctx, clone.TemplateWorkspace, clone.TemplateID, version)
	if err != nil {
		return nil, err
	}
	plan := &Plan{Clone: clone, State: engine.PushKept, Before: engine.CloneSnapshot{Version: clone.Version, Inputs: clone.Inputs}}
	if plan.Inputs, err = givenInputs(clone.Inputs, c.Inputs); err != nil {
		return nil, err
	}
	added := p.newInputs(ctx, clone, file)
	if plan.Inputs, plan.Missing, err = p.supplied(ctx, c.Workspace, file, added, plan.Inputs, look); err != nil {
		return nil, err
	}
	for i, w := range file.Workflows {
		at := slices.IndexFunc(clone.Workflows, func(have engine.CloneWorkflow) bool { return have.Key == w.Key })
		if at < 0 {
			plan.New = append(plan.New, w.Name)
			continue
		}
		if err := p.planWorkflow(ctx, plan, c, file, i, clone.Workflows[at]); err != nil {
			return nil, err
		}
	}
	plan.judge()
	return plan, nil
}

func (p *Pusher) planWorkflow(ctx context.Context, plan *Plan, c engine.PushClone, file template.File, index int, of engine.CloneWorkflow) error {
	info, err := p.store.WorkflowInfo(ctx, c.Workspace, of.WorkflowID)
	if err != nil {
		return err
	}
	w := WorkflowPlan{Key: of.Key, Name: info.Name, Workflow: info.Workflow}
	draftHash := workflow.Hash(info.Draft)
	plan.Before.Workflows = append(plan.Before.Workflows, engine.WorkflowSnapshot{
		Key: of.Key, WorkflowID: of.WorkflowID, BaseHash: of.BaseHash, LiveHash: info.LiveHash, LiveVersion: info.LiveVersion, DraftHash: draftHash,
	})
	filled, err := file.Fill(index, plan.Inputs)
	if err != nil {
		return err
	}
	theirs, problems := workflow.Parse(filled)
	if theirs == nil {
		return &engine.DocumentError{Malformed: true, Problems: problems}
	}
	if w.Base, err = theirs.JSON(); err != nil {
		return err
	}
	base, err := p.document(ctx, c.Workspace, of.BaseHash)
	if err != nil {
		return err
	}
	draft, _ := workflow.Parse(info.Draft)
	if draft == nil {
		return &engine.StateError{Message: fmt.Sprintf("The draft of %q cannot be read.", info.Name)}
	}
	m := merging{plan: plan, w: &w, base: base, theirs: theirs, choices: choicesFor(c.Choices, of.WorkflowID)}
	if info.LiveHash == "" {
		w.Draft, err = m.merge(draft, false)
		plan.Workflows = append(plan.Workflows, w)
		return err
	}
	live, err := p.document(ctx, c.Workspace, info.LiveHash)
	if err != nil {
		return err
	}
	if w.Live, err = m.merge(live, false); err != nil {
		return err
	}
	w.Draft = w.Live
	if draftHash != info.LiveHash {
		if w.Draft, err = m.merge(draft, true); err != nil {
			return err
		}
	}
	if workflow.Hash(w.Live) != info.LiveHash {
		if w.Problems, err = p.engine.RenewProblems(ctx, info.Workflow, w.Live); err != nil {
			return err
		}
	}
	plan.Removed = append(plan.Removed, removedTriggers(of.WorkflowID, live, w.Live)...)
	plan.Workflows = append(plan.Workflows, w)
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
			m.plan.Conflicts = append(m.plan.Conflicts, engine.WorkflowConflict{WorkflowID: m.w.Workflow.ID, Workflow: m.w.Name, Draft: draft, Conflict: c})
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

// judge says what stands against the plan, the first thing first.
func (p *Plan) judge() {
	for _, w := range p.Workflows {
		changes := w.Live != nil && workflow.Hash(w.Live) != w.Workflow.LiveHash || workflow.Hash(w.Draft) != workflow.Hash(w.Workflow.Draft)
		if changes {
			p.State = engine.PushUpdated
		}
	}
	switch {
	case len(p.Missing) > 0:
		p.State, p.Reason = engine.PushNeedsInput, p.Missing[0].Detail
		labels := make([]string, len(p.Missing))
		for i, in := range p.Missing {
			labels[i] = in.Label
		}
		if p.Missing[0].Code == CodeRequired {
			p.Reason = "This version asks for: " + strings.Join(labels, ", ") + "."
		}
	case len(p.Conflicts) > 0:
		p.State = engine.PushConflict
		p.Reason = fmt.Sprintf("The client and the template changed the same in %d places: choose.", len(p.Conflicts))
		if len(p.Conflicts) == 1 {
			p.Reason = "The client and the template changed the same in one place: choose."
		}
	default:
		for _, w := range p.Workflows {
			i := slices.IndexFunc(w.Problems, func(one workflow.Problem) bool { return one.Severity == workflow.SeverityProblem })
			if i >= 0 {
				p.State, p.Reason = engine.PushNeedsInput, w.Name+": "+w.Problems[i].Message
				return
			}
		}
	}
}

// ready tells whether the plan can be carried out.
func (p *Plan) ready() bool { return p.State == engine.PushUpdated || p.State == engine.PushKept }

// Preview tells what a version would make of a clone, with the choices and inputs
// that c holds. c names the clone by Workspace, which is the client's, and CloneID.
func (p *Pusher) Preview(ctx context.Context, version int, c engine.PushClone) (*Plan, error) {
	plan, err := p.plan(ctx, version, c, true)
	if err == nil {
		return plan, nil
	}
	state, reason, ok := standsAgainst(err)
	if !ok {
		return nil, err
	}
	return &Plan{State: state, Reason: reason}, nil
}
