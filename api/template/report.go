package template

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"github.com/hookloom/hookloom/api/access"
	"github.com/hookloom/hookloom/api/clone"
	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/api/run"
	"github.com/hookloom/hookloom/api/sheet"
	flow "github.com/hookloom/hookloom/api/workflow"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/workflow"
)

// cloneView is a clone as lists show it.
type cloneView struct {
	ID          string              `json:"id"`
	WorkspaceID string              `json:"workspace_id"`
	Client      string              `json:"client"`
	Slug        string              `json:"slug"`
	Version     int                 `json:"version"`
	State       string              `json:"state" enum:"ready,needs_input" doc:"What the last clone or push left"`
	Reason      string              `json:"reason"`
	Workflows   []cloneWorkflowView `json:"workflows" nullable:"false"`
	CreatedAt   time.Time           `json:"created_at"`
}

type cloneWorkflowView struct {
	ID       string             `json:"id"`
	Name     string             `json:"name"`
	Status   string             `json:"status" enum:"draft,live,paused,deleted"`
	Reason   string             `json:"reason" doc:"What stands against publishing it; empty for nothing"`
	Received bool               `json:"received" doc:"Whether anything was received yet"`
	Triggers []flow.TriggerView `json:"triggers" nullable:"false"`
}

type cloneListInput struct {
	TemplateByID
	rest.Paging
}

// listClones lists the clones of a template in the workspaces that the caller sees.
func (a *API) listClones(ctx context.Context, in *cloneListInput) (*rest.Listed[cloneView], error) {
	page, err := in.Part()
	if err != nil {
		return nil, err
	}
	t, err := a.Store.Template(ctx, rest.WorkspaceOf(ctx).ID, in.ID)
	if err != nil {
		return nil, err
	}
	list, err := a.Store.TemplateClones(ctx, engine.CloneFilter{TemplateWorkspace: t.Workspace, TemplateID: t.ID}, page)
	if err != nil {
		return nil, err
	}
	shown := engine.List[cloneView]{Next: list.Next, Items: []cloneView{}}
	for _, c := range list.Items {
		if !mayReadClone(ctx, c.Workspace) {
			continue
		}
		v, err := a.shownClone(ctx, c)
		if errors.Is(err, engine.ErrNotFound) {
			continue // the workspace was deleted
		}
		if err != nil {
			return nil, err
		}
		shown.Items = append(shown.Items, v)
	}
	return rest.NewList(shown, func(v cloneView) cloneView { return v }), nil
}

// mayReadClone tells whether the caller sees what was made in a client's workspace,
// with the addresses of its triggers.
func mayReadClone(ctx context.Context, workspace string) bool {
	c := rest.CallerOf(ctx)
	return c.Can(account.WorkflowsRead, workspace) && c.Can(account.PayloadsRead, workspace)
}

func (a *API) shownClone(ctx context.Context, c engine.Clone) (cloneView, error) {
	v := cloneView{ID: c.ID, WorkspaceID: c.Workspace, Version: c.Version, State: string(c.State), Reason: c.Reason, Workflows: []cloneWorkflowView{}, CreatedAt: rest.Stamp(c.CreatedAt)}
	ws, err := a.Store.Workspace(ctx, c.Workspace)
	if err != nil {
		return v, err
	}
	v.Client, v.Slug = ws.Name, ws.Slug
	received, err := a.Store.Received(ctx, c.Workspace)
	if err != nil {
		return v, err
	}
	for _, w := range c.Workflows {
		shown, err := a.shownCloneWorkflow(ctx, c.Workspace, w.WorkflowID)
		if errors.Is(err, engine.ErrNotFound) {
			continue // it was deleted for good
		}
		if err != nil {
			return v, err
		}
		shown.Received = received[w.WorkflowID]
		v.Workflows = append(v.Workflows, shown)
	}
	return v, nil
}

func (a *API) shownCloneWorkflow(ctx context.Context, ws, id string) (cloneWorkflowView, error) {
	info, err := a.Store.WorkflowInfo(ctx, ws, id)
	if err != nil {
		return cloneWorkflowView{}, err
	}
	tokens, err := a.Store.Tokens(ctx, ws, id)
	if err != nil {
		return cloneWorkflowView{}, err
	}
	v := cloneWorkflowView{ID: id, Name: info.Name, Status: string(info.Status), Triggers: []flow.TriggerView{}}
	if doc, _ := workflow.Parse(info.Draft); doc != nil {
		v.Triggers = a.Workflow.ShownWorkflow(info, doc, tokens).Triggers
	}
	if info.Status != engine.WorkflowDraft {
		return v, nil
	}
	problems, err := a.Engine.PublishProblems(ctx, info.Workflow)
	for _, p := range problems {
		if p.Severity == workflow.SeverityProblem {
			v.Reason = p.Message
			break
		}
	}
	return v, err
}

// reportRow is one trigger of one workflow of one client.
type reportRow struct {
	Client      string `json:"client"`
	Slug        string `json:"slug"`
	WorkspaceID string `json:"workspace_id"`
	WorkflowID  string `json:"workflow_id"`
	Workflow    string `json:"workflow"`
	Trigger     string `json:"trigger" doc:"Its type; empty for a client that nothing was made for"`
	URL         string `json:"url" doc:"Empty for a trigger that no address starts"`
	Status      string `json:"status" doc:"live, draft, paused, skipped (the client had it already), changed or failed"`
	Reason      string `json:"reason"`
	Received    bool   `json:"received" doc:"Whether anything was received yet"`
}

type reportView struct {
	Job  run.JobView `json:"job"`
	Rows []reportRow `json:"rows" nullable:"false"`
}

// cloneReport tells what became of each client so far.
func (a *API) cloneReport(ctx context.Context, in *rest.ByID) (*rest.One[reportView], error) {
	j, err := a.Store.Job(ctx, rest.WorkspaceOf(ctx).ID, in.ID)
	if err != nil {
		return nil, err
	}
	if j.Kind != clone.Kind && j.Kind != clone.ActKind {
		return nil, problem.New(problem.CodeNotFound, "")
	}
	shown, err := a.Run.GetJob(ctx, in)
	if err != nil {
		return nil, err
	}
	v := reportView{Job: shown.Body, Rows: []reportRow{}}
	var result clone.Result
	if len(j.Result) > 0 {
		if err := json.Unmarshal(j.Result, &result); err != nil {
			return nil, err
		}
	}
	for _, done := range result.Clients {
		if done.Workspace != "" && !mayReadClone(ctx, done.Workspace) {
			continue
		}
		rows, err := a.reportRows(ctx, done)
		if err != nil {
			return nil, err
		}
		v.Rows = append(v.Rows, rows...)
	}
	return &rest.One[reportView]{Body: v}, nil
}

func (a *API) reportRows(ctx context.Context, done clone.Done) ([]reportRow, error) {
	plain := []reportRow{{Client: done.Client, WorkspaceID: done.Workspace, Status: done.State, Reason: done.Reason}}
	if done.CloneID == "" {
		return plain, nil
	}
	c, err := a.Store.Clone(ctx, done.Workspace, done.CloneID)
	if errors.Is(err, engine.ErrNotFound) {
		return plain, nil
	}
	if err != nil {
		return nil, err
	}
	shown, err := a.shownClone(ctx, c)
	if errors.Is(err, engine.ErrNotFound) {
		return plain, nil
	}
	if err != nil {
		return nil, err
	}
	var rows []reportRow
	for _, w := range shown.Workflows {
		row := reportRow{
			Client: shown.Client, Slug: shown.Slug, WorkspaceID: c.Workspace, WorkflowID: w.ID, Workflow: w.Name, Status: w.Status, Reason: w.Reason,
			Received: w.Received,
		}
		if w.Reason != "" && c.State == engine.CloneNeedsInput && c.Reason != "" {
			row.Reason = c.Reason // says what is missing rather than where
		}
		if done.State != clone.Created && done.Reason != "" {
			row.Status, row.Reason = done.State, done.Reason
		}
		for _, t := range w.Triggers {
			row.Trigger, row.URL = a.typeName(t.Type), t.URL
			rows = append(rows, row)
		}
		if len(w.Triggers) == 0 {
			rows = append(rows, row)
		}
	}
	if len(rows) == 0 {
		return plain, nil
	}
	return rows, nil
}

// typeName is what people call a node type; its id when it is not there any more.
func (a *API) typeName(id string) string {
	if known := a.Registry.Lookup(id); known != nil {
		return known.Name
	}
	return id
}

func (a *API) cloneReportCSV(ctx context.Context, in *rest.ByID) (*huma.StreamResponse, error) {
	report, err := a.cloneReport(ctx, in)
	if err != nil {
		return nil, err
	}
	return rest.CSV("report.csv", func(hc huma.Context) error {
		out, err := sheet.NewWriter(humagin.Unwrap(hc).Writer, "Client", "Workflow", "Trigger", "URL", "Status", "Reason")
		for _, r := range report.Body.Rows {
			err = errors.Join(err, out.Write(r.Client, r.Workflow, r.Trigger, r.URL, r.Status, r.Reason))
		}
		return errors.Join(err, out.Flush())
	}), nil
}

type actInput struct {
	rest.InWorkspace
	Body struct {
		Template string   `json:"template" maxLength:"60" doc:"The template that the clones are of"`
		CloneIDs []string `json:"clone_ids" minItems:"1" maxItems:"1000"`
		Action   string   `json:"action" enum:"publish,pause,set_value"`
		Key      string   `json:"key,omitempty" maxLength:"80" doc:"For set_value: the custom value's key; it is made where it is missing"`
		Value    string   `json:"value,omitempty" maxLength:"10000"`
	}
}

// actOnClones publishes or pauses the workflows of chosen clones, or sets a custom
// value of their workspaces.
func (a *API) actOnClones(ctx context.Context, in *actInput) (*rest.One[rest.JobStarted], error) {
	t, err := a.Store.Template(ctx, rest.WorkspaceOf(ctx).ID, in.Body.Template)
	if err != nil {
		return nil, err
	}
	need := account.WorkflowsPublish
	if in.Body.Action == clone.SetValue {
		need = account.ValuesWrite
		if err := checkKey(in.Body.Key); err != nil {
			return nil, err
		}
	}
	task := clone.ActTask{Action: in.Body.Action, Key: in.Body.Key, Value: in.Body.Value}
	chosen := map[string]bool{}
	for _, id := range in.Body.CloneIDs {
		chosen[id] = true
	}
	clones, err := every(ctx, "", func(ctx context.Context, _ string, p engine.Page) (engine.List[engine.Clone], error) {
		return a.Store.TemplateClones(ctx, engine.CloneFilter{TemplateWorkspace: t.Workspace, TemplateID: t.ID}, p)
	})
	if err != nil {
		return nil, err
	}
	for _, c := range clones {
		if !chosen[c.ID] || !rest.CallerOf(ctx).Sees(c.Workspace) {
			continue
		}
		if !rest.CallerOf(ctx).Can(need, c.Workspace) {
			return nil, problem.New(problem.CodeForbidden, rest.Lacking(need, true))
		}
		ws, err := a.Store.Workspace(ctx, c.Workspace)
		if errors.Is(err, engine.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		delete(chosen, c.ID)
		task.Clones = append(task.Clones, clone.Target{Workspace: c.Workspace, Client: ws.Name, CloneID: c.ID})
	}
	if len(chosen) > 0 {
		return nil, problem.At("/clone_ids", "unknown", "Some of these are no clones of the template: load the list again.")
	}
	job, err := a.Bulk.AddJob(ctx, engine.Job{Workspace: t.Workspace, Kind: clone.ActKind, Total: len(task.Clones), CreatedBy: rest.CallerOf(ctx).ID()}, task)
	if err != nil {
		return nil, err
	}
	a.Audit(ctx, engine.AuditEntry{Workspace: t.Workspace, Action: "clones." + in.Body.Action, ObjectKind: "job", ObjectID: job.ID, Detail: map[string]any{"clones": len(task.Clones)}})
	return &rest.One[rest.JobStarted]{Body: rest.JobStarted{JobID: job.ID, Total: job.Total}}, nil
}

// checkKey holds a custom value's key to what mappings can name.
func checkKey(key string) error {
	if !access.SettingForm.MatchString(key) {
		return problem.At("/key", "invalid", "A key has lower-case letters, digits and _, and begins with a letter.")
	}
	return nil
}
