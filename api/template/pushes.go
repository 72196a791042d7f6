package template

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/rollout"
)

// PushStore keeps pushes, and reads templates and clones for them.
type PushStore interface {
	rollout.PushStore
	Template(ctx context.Context, workspace, id string) (engine.Template, error)
	// TemplateClones, LastPushClones, CloneStandings and PushesInNeed cross workspaces: whoever asks
	// looks at who may see which.
	TemplateClones(ctx context.Context, by engine.CloneFilter, p engine.Page) (engine.List[engine.Clone], error)
	LastPushClones(ctx context.Context, home, template string) ([]engine.PushClone, error)
	// CloneStandings tells how the workflows of clones stand by the ids of clones.
	CloneStandings(ctx context.Context, templateWorkspace, templateID string) (map[string][]engine.CloneStanding, error)
	PushesInNeed(ctx context.Context, workspace string, max int) ([]engine.PushClone, error)
	// FindPushClone crosses workspaces.
	FindPushClone(ctx context.Context, push, clone string) (engine.PushClone, error)
	ListPushes(ctx context.Context, workspace, template string, p engine.Page) (engine.List[engine.Push], error)
}

// maxPushed is how many clones one push takes.
const maxPushed = 5000

// pushView is a push with its progress.
type pushView struct {
	ID         string         `json:"id" example:"psh_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10"`
	TemplateID string         `json:"template_id"`
	Version    int            `json:"version"`
	State      string         `json:"state" enum:"running,watching,done,rolling_back,rolled_back,stopped" doc:"watching: it waits for runs of the first clients"`
	Reason     string         `json:"reason" doc:"Why it waits, or was rolled back, in a sentence; empty for nothing"`
	Total      int            `json:"total" doc:"How many clones it is about"`
	Counts     map[string]int `json:"counts" doc:"Clones by state"`
	Canary     *canaryView    `json:"canary" doc:"null when it began with all clients"`
	Outcome    *canaryOutcome `json:"outcome" doc:"What the first clients' runs say; null in lists, and without a canary"`
	CreatedAt  time.Time      `json:"created_at"`
	FinishedAt *time.Time     `json:"finished_at"`
}

type canaryView struct {
	Clones   int     `json:"clones"`
	MinRuns  int     `json:"min_runs"`
	Increase float64 `json:"max_error_increase"`
	Passed   bool    `json:"passed" doc:"The first clients are behind it"`
}

type canaryInput struct {
	Clones   int     `json:"clones" minimum:"1" maximum:"5000" doc:"How many clients come first"`
	MinRuns  int     `json:"min_runs" minimum:"1" maximum:"10000" doc:"How many of their runs must have finished on the new version; with fewer it waits"`
	Increase float64 `json:"max_error_increase,omitempty" minimum:"0" maximum:"100" doc:"By how many percentage points the share of failed runs may be higher than before"`
}

type canaryOutcome struct {
	Updated      int `json:"updated" doc:"First clients at which the version is live"`
	Finished     int `json:"finished" doc:"Their finished runs on the new version"`
	Failed       int `json:"failed"`
	Before       int `json:"before" doc:"As many of their runs before it, at most"`
	FailedBefore int `json:"failed_before"`
}

func shownPush(p engine.Push) pushView {
	v := pushView{
		ID: p.ID, TemplateID: p.TemplateID, Version: p.Version, State: string(p.State), Reason: p.Reason, Counts: map[string]int{},
		CreatedAt: rest.Stamp(p.CreatedAt), FinishedAt: rest.Moment(p.FinishedAt),
	}
	for state, n := range p.Counts {
		v.Counts[string(state)] = n
		v.Total += n
	}
	if p.Canary.Clones > 0 {
		v.Canary = &canaryView{Clones: p.Canary.Clones, MinRuns: p.Canary.Runs, Increase: float64(p.Canary.Increase) / 100, Passed: p.Passed}
	}
	return v
}

// pushTarget is what a push, or the look ahead at one, is about.
type pushTarget struct {
	Version int      `json:"version,omitempty" minimum:"1" doc:"The newest one when left out"`
	Clones  []string `json:"clones,omitempty" maxItems:"5000" doc:"Ids of clones; or else all"`
	All     bool     `json:"all,omitempty" doc:"All clones that the caller may change and that do not follow the version yet"`
}

type pushPreviewInput struct {
	TemplateByID
	Body pushTarget
}

type pushInput struct {
	TemplateByID
	Body struct {
		Version int          `json:"version,omitempty" minimum:"1" doc:"The newest one when left out"`
		Clones  []string     `json:"clones,omitempty" maxItems:"5000" doc:"Ids of clones; or else all"`
		All     bool         `json:"all,omitempty" doc:"All clones that the caller may change and that do not follow the version yet"`
		Canary  *canaryInput `json:"canary,omitempty" doc:"Try on a few clients first"`
	}
}

// pushed is the version and the clones that a push is about.
type pushed struct {
	template engine.Template
	version  int
	clones   []engine.Clone
}

// pushedBy reads the target of a push: only clones in workspaces in which the
// caller may publish.
func (a *API) pushedBy(ctx context.Context, id string, t pushTarget) (pushed, error) {
	home := rest.WorkspaceOf(ctx).ID
	tpl, err := a.Store.Template(ctx, home, id)
	if err != nil {
		return pushed{}, err
	}
	if t.Version == 0 {
		t.Version = tpl.Latest
	}
	if t.Version > tpl.Latest || tpl.Latest == 0 {
		return pushed{}, problem.At("/version", "unknown", fmt.Sprintf("The template has no version %d.", t.Version))
	}
	if t.All == (len(t.Clones) > 0) {
		return pushed{}, problem.At("/clones", "invalid", "Say which clients: either clones or all.")
	}
	all, err := a.clonesOf(ctx, tpl, account.WorkflowsPublish)
	if err != nil {
		return pushed{}, err
	}
	p := pushed{template: tpl, version: t.Version}
	byID := map[string]engine.Clone{}
	for _, c := range all {
		byID[c.ID] = c
		if t.All && c.Version != t.Version {
			p.clones = append(p.clones, c)
		}
	}
	for i, id := range rest.Distinct(t.Clones) {
		c, ok := byID[id]
		if !ok {
			return p, problem.At(fmt.Sprintf("/clones/%d", i), "unknown", "There is no such clone of this template, or you may not change it.")
		}
		p.clones = append(p.clones, c)
	}
	return p, nil
}

// clonesOf lists the clones of a template in workspaces in which the caller has a
// right, oldest first.
func (a *API) clonesOf(ctx context.Context, tpl engine.Template, scope account.Scope) ([]engine.Clone, error) {
	var all []engine.Clone
	for page := (engine.Page{Limit: engine.MaxPage}); len(all) < maxPushed; {
		list, err := a.Store.TemplateClones(ctx, engine.CloneFilter{TemplateWorkspace: tpl.Workspace, TemplateID: tpl.ID}, page)
		if err != nil {
			return nil, err
		}
		for _, c := range list.Items {
			if rest.CallerOf(ctx).Can(scope, c.Workspace) {
				all = append(all, c)
			}
		}
		if page.Cursor = list.Next; page.Cursor == "" {
			break
		}
	}
	return all, nil
}

// pushTemplate stores a push and begins it.
func (a *API) pushTemplate(ctx context.Context, in *pushInput) (*rest.One[pushView], error) {
	p, err := a.pushedBy(ctx, in.ID, pushTarget{in.Body.Version, in.Body.Clones, in.Body.All})
	if err != nil {
		return nil, err
	}
	if len(p.clones) == 0 {
		return nil, &engine.StateError{Message: "Every client follows this version already."}
	}
	push := engine.Push{Workspace: p.template.Workspace, TemplateID: p.template.ID, Version: p.version, CreatedBy: rest.CallerOf(ctx).ID()}
	if c := in.Body.Canary; c != nil {
		if c.Clones >= len(p.clones) {
			return nil, problem.At("/canary/clones", "invalid", fmt.Sprintf("There are %d clients: try on fewer of them first, or on none.", len(p.clones)))
		}
		push.Canary = engine.Canary{Clones: c.Clones, Runs: c.MinRuns, Increase: int(c.Increase * 100)}
	}
	if err := a.mayBring(ctx, p.clones, p.version); err != nil {
		return nil, err
	}
	if push, err = a.Pusher.Begin(ctx, push, p.clones); err != nil {
		return nil, err
	}
	a.auditPush(ctx, "template.pushed", push, map[string]any{"version": push.Version, "clones": len(p.clones)})
	return a.answerPush(ctx, push.ID)
}

// mayBring refuses a version that brings things along which the caller may not make
// for one of the clients.
func (a *API) mayBring(ctx context.Context, clones []engine.Clone, version int) error {
	brings := map[int][]rollout.Made{}
	for _, c := range clones {
		made, known := brings[c.Version]
		if !known {
			var err error
			if made, err = a.Pusher.Brings(ctx, c, version); err != nil {
				return err
			}
			brings[c.Version] = made
		}
		if lack := a.lacksFor(ctx, c.Workspace, made); lack != "" {
			return problem.New(problem.CodeForbidden, "This version brings something along that you may not make for every client. "+rest.Lacking(lack, true))
		}
	}
	return nil
}

func (a *API) auditPush(ctx context.Context, action string, p engine.Push, detail map[string]any) {
	a.Audit(ctx, engine.AuditEntry{Workspace: rest.WorkspaceOf(ctx).ID, Action: action, ObjectKind: "push", ObjectID: p.ID, Detail: detail})
}

// answerPush is a push of this workspace; its clones stand in the drift list.
func (a *API) answerPush(ctx context.Context, id string) (*rest.One[pushView], error) {
	push, err := a.Store.Push(ctx, rest.WorkspaceOf(ctx).ID, id)
	if err != nil {
		return nil, err
	}
	v := shownPush(push)
	if push.Canary.Clones == 0 {
		return &rest.One[pushView]{Body: v}, nil
	}
	o, err := a.Pusher.Outcome(ctx, push)
	v.Outcome = &canaryOutcome{o.Updated, o.Finished, o.Failed, o.Before, o.FailedBefore}
	return &rest.One[pushView]{Body: v}, err
}

type pushesInput struct {
	TemplateByID
	rest.Paging
}

func (a *API) listPushes(ctx context.Context, in *pushesInput) (*rest.Listed[pushView], error) {
	p, err := in.Part()
	if err != nil {
		return nil, err
	}
	if _, err := a.Store.Template(ctx, rest.WorkspaceOf(ctx).ID, in.ID); err != nil {
		return nil, err
	}
	list, err := a.Store.ListPushes(ctx, rest.WorkspaceOf(ctx).ID, in.ID, p)
	return rest.NewList(list, shownPush), err
}

func (a *API) getPush(ctx context.Context, in *rest.ByID) (*rest.One[pushView], error) {
	return a.answerPush(ctx, in.ID)
}

type pushDecideInput struct {
	rest.ByID
	Body struct {
		Decision string `json:"decision" enum:"go_on,stop,roll_back" doc:"go_on ends the wait for the first clients' runs; stop leaves the others as they are; roll_back gives every updated client back what it had"`
	}
}

func (a *API) decidePush(ctx context.Context, in *pushDecideInput) (*rest.One[pushView], error) {
	push, err := a.Store.Push(ctx, rest.WorkspaceOf(ctx).ID, in.ID)
	if err != nil {
		return nil, err
	}
	if err := a.mayAll(ctx, push); err != nil {
		return nil, err
	}
	if err := a.Pusher.Decide(ctx, push, in.Body.Decision); err != nil {
		return nil, err
	}
	a.auditPush(ctx, "push."+in.Body.Decision, push, nil)
	return a.answerPush(ctx, push.ID)
}

// mayAll refuses to decide about clients in whose workspaces the caller may not
// publish.
func (a *API) mayAll(ctx context.Context, push engine.Push) error {
	clones, err := a.Store.AllPushClones(ctx, push.ID)
	if err != nil {
		return err
	}
	for _, c := range clones {
		if !rest.CallerOf(ctx).Can(account.WorkflowsPublish, c.Workspace) {
			return problem.New(problem.CodeForbidden, "This push is also about clients whose workflows you may not publish.")
		}
	}
	return nil
}

func (a *API) pushRoutes() {
	const (
		template = rest.WS + "/templates/{template}"
		push     = rest.WS + "/pushes/{id}"
		clone    = push + "/clones/{clone}"
	)
	rest.Handle(a.Shell, rest.Post(template+"/push/preview", rest.Needs(account.TemplatesWrite), "Look ahead at a push").Answers(http.StatusOK), a.previewPush)
	rest.Handle(a.Shell, rest.Post(template+"/push", rest.Needs(account.TemplatesWrite), "Push a version to clones").Answers(http.StatusAccepted), a.pushTemplate)
	rest.Handle(a.Shell, rest.Get(template+"/pushes", rest.Needs(account.TemplatesRead), "List pushes"), a.listPushes)
	rest.Handle(a.Shell, rest.Get(template+"/drift", rest.Needs(account.TemplatesRead), "Tell which clone stands where"), a.listDrift)
	rest.Handle(a.Shell, rest.Get(rest.WS+"/pushes", rest.Needs(account.WorkflowsRead), "List clones whose push waits for a person"), a.listWaiting)
	rest.Handle(a.Shell, rest.Get(push, rest.Needs(account.TemplatesRead), "Get a push"), a.getPush)
	rest.Handle(a.Shell, rest.Post(push+"/decide", rest.Needs(account.TemplatesWrite), "Decide about a push").Answers(http.StatusOK), a.decidePush)
	rest.Handle(a.Shell, rest.Get(clone, rest.Needs(account.WorkflowsRead), "Get a clone of a push"), a.getPushClone)
	rest.Handle(a.Shell, rest.Post(clone+"/answer", rest.Needs(account.WorkflowsPublish), "Choose for a clone that waits").Answers(http.StatusOK), a.answerPushClone)
	rest.Handle(a.Shell, rest.Post(clone+"/roll-back", rest.Needs(account.WorkflowsPublish), "Roll a clone back").Answers(http.StatusOK), a.rollBackPushClone)
	rest.Handle(a.Shell, rest.Post(clone+"/confirm-trigger", rest.Needs(account.WorkflowsPublish), "Confirm that a trigger goes").Answers(http.StatusOK), a.confirmTrigger)
}
