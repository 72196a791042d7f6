package template

import (
	"context"
	"errors"

	"github.com/hookloom/hookloom/api/access"
	"github.com/hookloom/hookloom/api/rest"
	flow "github.com/hookloom/hookloom/api/workflow"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/rollout"
	"github.com/hookloom/hookloom/engine/workflow"
)

// pushPlanView is what a push would make of one clone.
type pushPlanView struct {
	CloneID   string               `json:"clone_id"`
	Workspace access.MeWorkspace   `json:"workspace"`
	Version   int                  `json:"version" doc:"That it follows now"`
	State     string               `json:"state" enum:"updated,kept,conflict,needs_input,failed"`
	Reason    string               `json:"reason"`
	Updates   []string             `json:"updates" nullable:"false" doc:"What would change, in sentences"`
	Edits     []string             `json:"edits" nullable:"false" doc:"What the client has changed, and keeps"`
	Conflicts []pushConflictView   `json:"conflicts" nullable:"false"`
	Missing   []pushMissingInput   `json:"missing" nullable:"false"`
	Removed   []pushRemovedTrigger `json:"removed" nullable:"false"`
	New       []pushNewView        `json:"new" nullable:"false" doc:"Workflows that the version adds"`
}

// pushNewView is a workflow that a version adds to a clone.
type pushNewView struct {
	Name   string `json:"name"`
	Live   bool   `json:"live" doc:"Whether it is published at once: all workflows of the client are live, and nothing stands against it"`
	Reason string `json:"reason" doc:"Why it becomes a draft, in a sentence; empty when it is published"`
}

type pushPreviewView struct {
	Version int            `json:"version"`
	Clones  []pushPlanView `json:"clones" nullable:"false"`
}

// previewPush tells for each clone what a push would make of it, and changes
// nothing.
func (a *API) previewPush(ctx context.Context, in *pushPreviewInput) (*rest.One[pushPreviewView], error) {
	p, err := a.pushedBy(ctx, in.ID, in.Body)
	if err != nil {
		return nil, err
	}
	out := pushPreviewView{Version: p.version, Clones: []pushPlanView{}}
	names := map[string]access.MeWorkspace{}
	for _, c := range p.clones {
		plan, err := a.Pusher.Preview(ctx, p.version, engine.PushClone{Workspace: c.Workspace, CloneID: c.ID})
		if err != nil {
			return nil, err
		}
		v, err := a.shownPlan(plan)
		if err != nil {
			return nil, err
		}
		v.CloneID, v.Version = c.ID, c.Version
		if v.Workspace, err = a.workspaceNamed(ctx, names, c.Workspace); err != nil {
			return nil, err
		}
		out.Clones = append(out.Clones, v)
	}
	return &rest.One[pushPreviewView]{Body: out}, nil
}

func (a *API) shownPlan(plan *rollout.Plan) (pushPlanView, error) {
	v := pushPlanView{
		State: string(plan.State), Reason: plan.Reason, Updates: []string{}, Edits: []string{}, Conflicts: []pushConflictView{},
		Missing: shownMissing(plan), Removed: []pushRemovedTrigger{}, New: []pushNewView{},
	}
	for _, w := range plan.Workflows {
		v.Updates, v.Edits = append(v.Updates, sentences(w.Updates)...), append(v.Edits, sentences(w.Edits)...)
	}
	for _, n := range plan.New {
		v.New = append(v.New, pushNewView{n.Name, n.Live, n.Reason})
	}
	for _, c := range plan.Conflicts {
		shown, err := a.shownConflict(c)
		if err != nil {
			return v, err
		}
		v.Conflicts = append(v.Conflicts, shown)
	}
	for _, t := range plan.Removed {
		v.Removed = append(v.Removed, pushRemovedTrigger{t.WorkflowID, t.ID, t.Name, t.Type, t.Confirmed})
	}
	return v, nil
}

func sentences(changes []workflow.Change) []string {
	var list []string
	for _, c := range changes {
		list = append(list, c.Text)
	}
	return list
}

// driftView is where one clone stands.
type driftView struct {
	CloneID   string             `json:"clone_id"`
	Workspace access.MeWorkspace `json:"workspace"`
	Version   int                `json:"version"`
	Behind    int                `json:"behind" doc:"How many versions are newer"`
	Workflows []driftOf          `json:"workflows" nullable:"false"`
	Edits     []string           `json:"edits" nullable:"false" doc:"What the client has changed of the template, in sentences"`
	Push      *pushCloneView     `json:"push" doc:"What its last push made of it; null for none"`
}

type driftOf struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Status      string `json:"status" enum:"draft,live,paused,deleted"`
	LiveVersion int    `json:"live_version"`
	Received    bool   `json:"received" doc:"Whether anything was received yet"`
}

// listDrift is one part: people look at all clients of a template at once.
func (a *API) listDrift(ctx context.Context, in *TemplateByID) (*rest.Listed[driftView], error) {
	tpl, err := a.Store.Template(ctx, rest.WorkspaceOf(ctx).ID, in.ID)
	if err != nil {
		return nil, err
	}
	clones, err := a.clonesOf(ctx, tpl, account.WorkflowsRead)
	if err != nil {
		return nil, err
	}
	last, err := a.Store.LastPushClones(ctx, tpl.Workspace, tpl.ID)
	if err != nil {
		return nil, err
	}
	pushes, err := a.shownPushClones(ctx, last)
	if err != nil {
		return nil, err
	}
	byClone := map[string]*pushCloneView{}
	for i := range pushes {
		byClone[pushes[i].CloneID] = &pushes[i]
	}
	standings, err := a.Store.CloneStandings(ctx, tpl.Workspace, tpl.ID)
	if err != nil {
		return nil, err
	}
	out := &rest.Listed[driftView]{}
	names := map[string]access.MeWorkspace{}
	for _, c := range clones {
		v := driftView{CloneID: c.ID, Version: c.Version, Behind: max(tpl.Latest-c.Version, 0), Workflows: []driftOf{}, Edits: []string{}, Push: byClone[c.ID]}
		if v.Workspace, err = a.workspaceNamed(ctx, names, c.Workspace); err != nil {
			return nil, err
		}
		if err := a.addDrift(ctx, &v, standings[c.ID]); err != nil {
			return nil, err
		}
		out.Body.Items = append(out.Body.Items, v)
	}
	return out, nil
}

// addDrift compares the workflows of a clone with what the template made of them:
// the draft, which holds what is not published yet too.
func (a *API) addDrift(ctx context.Context, v *driftView, standings []engine.CloneStanding) error {
	for _, w := range standings {
		v.Workflows = append(v.Workflows, driftOf{w.WorkflowID, w.Name, string(w.Status), w.LiveVersion, w.Received})
		if w.BaseHash == w.DraftHash {
			continue
		}
		base, err := a.Store.Definition(ctx, w.Workspace, w.BaseHash)
		if err != nil {
			return err
		}
		info, err := a.Store.WorkflowInfo(ctx, w.Workspace, w.WorkflowID)
		if errors.Is(err, engine.ErrNotFound) {
			continue // deleted for good meanwhile
		}
		if err != nil {
			return err
		}
		v.Edits = append(v.Edits, sentences(flow.ChangesOf(base, info.Draft))...)
	}
	return nil
}

// maxWaiting is how many waiting clones Home shows.
const maxWaiting = 50

// listWaiting is for Home: what a push left for a person, of this workspace's
// templates and in its own workflows.
func (a *API) listWaiting(ctx context.Context, _ *struct{ rest.InWorkspace }) (*rest.Listed[pushCloneView], error) {
	clones, err := a.Store.PushesInNeed(ctx, rest.WorkspaceOf(ctx).ID, maxWaiting)
	if err != nil {
		return nil, err
	}
	out := &rest.Listed[pushCloneView]{}
	out.Body.Items, err = a.shownPushClones(ctx, clones)
	return out, err
}
