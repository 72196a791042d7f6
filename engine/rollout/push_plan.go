package rollout

import (
	"context"
	"errors"
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
	// Made are what the version brings along and the workspace lacks.
	Made []Made
	// New are the workflows that the version has and the clone has not.
	New []NewWorkflow

	file template.File
	// added are the inputs that are new, given the values that there are.
	added     []template.Input
	given     map[string]any
	materials []material
}

// NewWorkflow is a workflow that a version adds to a clone.
type NewWorkflow struct {
	Key, Name string
	// Base is its definition, filled in and canonical.
	Base []byte
	// Live says that it is published at once: all workflows of the clone are live, and
	// nothing stands against it. Else it is a draft, and Reason says in a sentence why.
	Live   bool
	Reason string
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
	// Problems keep the live version, or before the first publish the draft, from
	// being published.
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

// plan merges a version into a clone. It changes nothing.
func (p *Pusher) plan(ctx context.Context, version int, c engine.PushClone) (*Plan, error) {
	clone, err := p.store.Clone(ctx, c.Workspace, c.CloneID)
	if err != nil {
		return nil, err
	}
	file, err := p.file(ctx, clone.TemplateWorkspace, clone.TemplateID, version)
	if err != nil {
		return nil, err
	}
	plan := &Plan{Clone: clone, State: engine.PushKept, Before: engine.CloneSnapshot{Version: clone.Version, Inputs: clone.Inputs}, file: file}
	if plan.given, err = givenInputs(clone.Inputs, c.Inputs); err != nil {
		return nil, err
	}
	plan.added = p.newInputs(ctx, clone, file)
	if err := p.look(ctx, c.Workspace, plan); err != nil {
		return nil, err
	}
	for i, w := range file.Workflows {
		at := slices.IndexFunc(clone.Workflows, func(have engine.CloneWorkflow) bool { return have.Key == w.Key })
		m := material{index: i, name: w.Name}
		if at >= 0 {
			if m, err = p.material(ctx, c, i, clone.Workflows[at]); err != nil {
				return nil, err
			}
			plan.Before.Workflows = append(plan.Before.Workflows, m.was)
		}
		plan.materials = append(plan.materials, m)
	}
	if err := plan.merge(); err != nil {
		return nil, err
	}
	if err := p.findProblems(ctx, c.Workspace, plan); err != nil {
		return nil, err
	}
	plan.judge()
	return plan, nil
}

// look finds out what the new inputs come to, and makes nothing.
func (p *Pusher) look(ctx context.Context, workspace string, plan *Plan) error {
	if len(plan.added) == 0 {
		plan.Inputs = plan.given
		return nil
	}
	err := p.store.Do(ctx, workspace, func(tx engine.Tx) error {
		if err := plan.supply(tx); err != nil {
			return err
		}
		return errLookOnly
	})
	if errors.Is(err, errLookOnly) {
		return nil
	}
	return err
}

// findProblems looks at what stands against publishing what the plan makes.
func (p *Pusher) findProblems(ctx context.Context, workspace string, plan *Plan) (err error) {
	b := plan.brought()
	allLive := len(plan.Workflows) > 0
	for i := range plan.Workflows {
		w := &plan.Workflows[i]
		allLive = allLive && w.Workflow.Status == engine.WorkflowLive
		next := w.Live
		if next == nil {
			next = w.Draft
		} else if workflow.Hash(next) == w.Workflow.LiveHash {
			continue
		}
		if w.Problems, err = p.engine.RenewProblems(ctx, w.Workflow, next, b); err != nil {
			return err
		}
	}
	for i := range plan.New {
		n := &plan.New[i]
		problems, err := p.engine.RenewProblems(ctx, engine.Workflow{Workspace: workspace}, n.Base, b)
		if err != nil {
			return err
		}
		if n.Reason = firstProblem(problems); n.Reason == "" && !allLive {
			n.Reason = "The client's other workflows are not all live."
		}
		n.Live = n.Reason == ""
	}
	return nil
}

// firstProblem is what keeps something from being published, "" for nothing.
func firstProblem(list []workflow.Problem) string {
	for _, one := range list {
		if one.Severity == workflow.SeverityProblem {
			return one.Message
		}
	}
	return ""
}

// judge says what stands against the plan, the first thing first.
func (p *Plan) judge() {
	for _, w := range p.Workflows {
		changes := w.Live != nil && workflow.Hash(w.Live) != w.Workflow.LiveHash || workflow.Hash(w.Draft) != workflow.Hash(w.Workflow.Draft)
		if changes {
			p.State = engine.PushUpdated
		}
	}
	if len(p.New) > 0 {
		p.State = engine.PushUpdated
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
		p.Reason = fmt.Sprintf("The client and the template both changed %d places: choose.", len(p.Conflicts))
		if len(p.Conflicts) == 1 {
			p.Reason = "The client and the template both changed one place: choose."
		}
	default:
		for _, w := range p.Workflows {
			if why := firstProblem(w.Problems); why != "" && w.Live != nil {
				p.State, p.Reason = engine.PushNeedsInput, w.Name+": "+why
				return
			}
		}
	}
}

// Asked is the input that something is missing for; false when it is none of the
// version's.
func (p *Plan) Asked(key string) (template.Input, bool) {
	at := slices.IndexFunc(p.file.Inputs, func(in template.Input) bool { return in.Key == key })
	if at < 0 {
		return template.Input{}, false
	}
	return p.file.Inputs[at], true
}

// ready tells whether the plan can be carried out.
func (p *Plan) ready() bool { return p.State == engine.PushUpdated || p.State == engine.PushKept }

// Preview tells what a version would make of a clone, with the choices and inputs
// that c holds. c names the clone by Workspace, which is the client's, and CloneID.
func (p *Pusher) Preview(ctx context.Context, version int, c engine.PushClone) (*Plan, error) {
	plan, err := p.plan(ctx, version, c)
	if err == nil {
		return plan, nil
	}
	state, reason, ok := standsAgainst(err)
	if !ok {
		return nil, err
	}
	return &Plan{State: state, Reason: reason}, nil
}
