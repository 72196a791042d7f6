package workflow

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/workflow"
)

// WorkflowStore reads workflows; the engine changes them.
type WorkflowStore interface {
	// WorkflowInfo also finds workflows in the trash.
	WorkflowInfo(ctx context.Context, workspace, id string) (engine.WorkflowInfo, error)
	ListWorkflows(ctx context.Context, workspace string, by engine.WorkflowFilter, p engine.Page) (engine.List[engine.WorkflowInfo], error)
	// WorkflowFolders returns the names of the folders with a workflow in use.
	WorkflowFolders(ctx context.Context, workspace string) ([]string, error)
	// Tokens returns the addresses of a workflow's triggers, newest first.
	Tokens(ctx context.Context, workspace, workflowID string) ([]engine.Token, error)
	// Received tells of the workflows that are made of templates whether anything was
	// received yet; others are not in it.
	Received(ctx context.Context, workspace string) (map[string]bool, error)
	// Watches returns what the triggers of a workflow do by themselves.
	Watches(ctx context.Context, workspace, workflowID string) ([]engine.Watch, error)
	// PurgeWorkflow deletes a workflow in the trash for good.
	PurgeWorkflow(ctx context.Context, workspace, id string) error
	// Definition returns an immutable document by its hash.
	Definition(ctx context.Context, workspace, hash string) ([]byte, error)
}

// lastRuns is how many of its newest runs the list shows beside a workflow.
const lastRuns = 5

type listWorkflowsInput struct {
	rest.InWorkspace
	rest.Paging
	Status string `query:"status" enum:"draft,live,paused,deleted" doc:"Only these; deleted lists the trash"`
	Q      string `query:"q" maxLength:"200" doc:"A part of the name"`
	Folder string `query:"folder" maxLength:"100" doc:"Only those in the folder of this name"`
}

func (a *API) listWorkflows(ctx context.Context, in *listWorkflowsInput) (*rest.Listed[workflowView], error) {
	p, err := in.Part()
	if err != nil {
		return nil, err
	}
	ws := rest.WorkspaceOf(ctx).ID
	by := engine.WorkflowFilter{Deleted: in.Status == string(engine.WorkflowDeleted), Query: in.Q, Folder: in.Folder}
	rows, err := a.workflowsOf(ctx, ws, by, in.Status, p)
	if err != nil {
		return nil, err
	}
	received, failed := a.Store.Received(ctx, ws)
	out := rest.NewList(rows, func(w engine.WorkflowInfo) workflowView {
		v, err := a.listedWorkflow(ctx, w)
		if err != nil {
			failed = err
		}
		some, cloned := received[w.ID]
		v.Silent = cloned && !some
		return v
	})
	return out, failed
}

type folderView struct {
	Name string `json:"name" example:"Sales"`
}

// listFolders lists the folders of workflows, all at once: a folder is there as
// long as a workflow is in it.
func (a *API) listFolders(ctx context.Context, _ *rest.InWorkspace) (*rest.Listed[folderView], error) {
	names, err := a.Store.WorkflowFolders(ctx, rest.WorkspaceOf(ctx).ID)
	if err != nil {
		return nil, err
	}
	return rest.NewList(engine.List[string]{Items: names}, func(name string) folderView { return folderView{name} }), nil
}

func (a *API) listedWorkflow(ctx context.Context, w engine.WorkflowInfo) (workflowView, error) {
	tokens, err := a.Store.Tokens(ctx, w.Workspace, w.ID)
	if err != nil {
		return workflowView{}, err
	}
	doc, _ := workflow.Parse(w.Draft)
	v := a.ShownWorkflow(w, doc, tokens)
	if !rest.SeesValues(ctx) {
		redactWorkflow(&v)
	}
	return v, a.addRuns(ctx, w.Workspace, &v)
}

// workflowsOf reads parts until the page is full with workflows of a status:
// storage narrows by the trash only, and a workspace has few workflows.
func (a *API) workflowsOf(ctx context.Context, ws string, by engine.WorkflowFilter, status string, p engine.Page) (engine.List[engine.WorkflowInfo], error) {
	if status == "" || by.Deleted {
		return a.Store.ListWorkflows(ctx, ws, by, p)
	}
	var found engine.List[engine.WorkflowInfo]
	part := engine.Page{Cursor: p.Cursor, Limit: engine.MaxPage}
	for {
		rows, err := a.Store.ListWorkflows(ctx, ws, by, part)
		if err != nil {
			return found, err
		}
		for _, w := range rows.Items {
			if string(w.Status) != status {
				continue
			}
			if len(found.Items) == p.Size() {
				found.Next = found.Items[p.Size()-1].ID
				return found, nil
			}
			found.Items = append(found.Items, w)
		}
		if rows.Next == "" {
			return found, nil
		}
		part.Cursor = rows.Next
	}
}

func (a *API) addRuns(ctx context.Context, ws string, w *workflowView) error {
	runs, err := a.Store.ListRuns(ctx, ws, engine.RunFilter{WorkflowID: w.ID, Mode: engine.ModeLive}, engine.Page{Limit: lastRuns})
	for _, r := range runs.Items {
		w.LastRuns = append(w.LastRuns, lastRunView{r.ID, string(r.Status), rest.Stamp(r.CreatedAt)})
	}
	return err
}

type createWorkflowInput struct {
	rest.InWorkspace
	Body struct {
		Name       string          `json:"name" minLength:"1" maxLength:"200" example:"New buyers get access"`
		Definition json.RawMessage `json:"definition,omitempty" doc:"The workflow's document; without one, an empty draft"`
	}
}

func (a *API) createWorkflow(ctx context.Context, in *createWorkflowInput) (*workflowAnswer, error) {
	name, err := cleanName(in.Body.Name)
	if err != nil {
		return nil, err
	}
	document := in.Body.Definition
	if document == nil {
		document = json.RawMessage(`{"schema":1,"triggers":[],"steps":[]}`)
	}
	w, err := a.Engine.CreateWorkflow(ctx, rest.WorkspaceOf(ctx).ID, engine.Edit{Name: &name, Document: document})
	if err != nil {
		return nil, err
	}
	a.auditWorkflow(ctx, "workflow.created", w.ID, nil)
	return a.AnswerWorkflow(ctx, w.ID, "")
}

func cleanName(name string) (string, error) {
	name = strings.TrimSpace(name)
	if name == "" {
		return "", problem.At("/name", "required", "A workflow needs a name.")
	}
	return name, nil
}

func (a *API) auditWorkflow(ctx context.Context, action, id string, detail map[string]any) {
	a.Audit(ctx, engine.AuditEntry{
		Workspace: rest.WorkspaceOf(ctx).ID, Action: action, ObjectKind: "workflow", ObjectID: id, Detail: detail,
	})
}

type getWorkflowInput struct {
	rest.ByID
	Version string `query:"version" maxLength:"10" doc:"draft (the default), live, or the number of a version"`
}

func (a *API) getWorkflow(ctx context.Context, in *getWorkflowInput) (*workflowAnswer, error) {
	return a.AnswerWorkflow(ctx, in.ID, in.Version)
}

// DocumentOf returns the name and text of one document of a workflow.
func (a *API) DocumentOf(ctx context.Context, w engine.Workflow, version string) (string, []byte, error) {
	var hash string
	switch version {
	case "", "draft":
		return "draft", w.Draft, nil
	case "live":
		if w.LiveHash == "" {
			return "", nil, engine.ErrNotFound
		}
		version, hash = strconv.Itoa(w.LiveVersion), w.LiveHash
	default:
		number, err := strconv.Atoi(version)
		if err != nil {
			return "", nil, problem.New(problem.CodeInvalid, "The parameter version is draft, live, or the number of a version.")
		}
		v, err := a.Store.Version(ctx, w.Workspace, w.ID, number)
		if err != nil {
			return "", nil, err
		}
		hash = v.Definition
	}
	document, err := a.Store.Definition(ctx, w.Workspace, hash)
	return version, document, err
}

type putWorkflowInput struct {
	rest.ByID
	rest.Match
	Body struct {
		Name       string          `json:"name" minLength:"1" maxLength:"200"`
		Definition json.RawMessage `json:"definition" doc:"The whole document"`
	}
}

func (a *API) putWorkflow(ctx context.Context, in *putWorkflowInput) (*workflowAnswer, error) {
	return a.saveDraft(ctx, in.ID, in.Match, engine.Edit{Name: &in.Body.Name, Document: in.Body.Definition})
}

type patchWorkflowInput struct {
	rest.ByID
	rest.Match
	Body struct {
		Name       *string         `json:"name,omitempty" minLength:"1" maxLength:"200"`
		Folder     *string         `json:"folder,omitempty" maxLength:"100" doc:"The folder that it moves to, which is made when there is none of this name; empty for none"`
		Definition json.RawMessage `json:"definition,omitempty" doc:"The whole document; left out, it stays as it is"`
	}
}

func (a *API) patchWorkflow(ctx context.Context, in *patchWorkflowInput) (*workflowAnswer, error) {
	return a.saveDraft(ctx, in.ID, in.Match, engine.Edit{Name: in.Body.Name, Folder: in.Body.Folder, Document: in.Body.Definition})
}

// saveDraft changes the draft only: what is live stays as it is.
func (a *API) saveDraft(ctx context.Context, id string, m rest.Match, edit engine.Edit) (*workflowAnswer, error) {
	revision, err := m.Revision()
	if err != nil {
		return nil, err
	}
	if edit.Name != nil {
		clean, err := cleanName(*edit.Name)
		if err != nil {
			return nil, err
		}
		edit.Name = &clean
	}
	if edit.Folder != nil {
		clean := strings.Join(strings.Fields(*edit.Folder), " ")
		edit.Folder = &clean
	}
	if _, err := a.Engine.SaveDraft(ctx, rest.WorkspaceOf(ctx).ID, id, revision, edit); err != nil {
		return nil, err
	}
	return a.AnswerWorkflow(ctx, id, "")
}

type deleteWorkflowInput struct {
	rest.ByID
	Forever bool `query:"forever" doc:"Deletes one that is in the trash for good: its addresses answer 410 from then on, its history stays"`
}

func (a *API) deleteWorkflow(ctx context.Context, in *deleteWorkflowInput) (*rest.Nothing, error) {
	if in.Forever {
		return nil, a.purgeWorkflow(ctx, in.ID)
	}
	if err := a.Engine.Delete(ctx, rest.WorkspaceOf(ctx).ID, in.ID); err != nil {
		return nil, err
	}
	a.auditWorkflow(ctx, "workflow.deleted", in.ID, nil)
	return nil, nil
}

func (a *API) purgeWorkflow(ctx context.Context, id string) error {
	ws := rest.WorkspaceOf(ctx).ID
	w, err := a.Store.WorkflowInfo(ctx, ws, id)
	if err != nil {
		return err
	}
	if w.Status != engine.WorkflowDeleted {
		return problem.New(problem.CodeWrongState, "Move the workflow to the trash first: only what is there can be deleted for good.")
	}
	if err := a.Store.PurgeWorkflow(ctx, ws, id); err != nil {
		return err
	}
	a.auditWorkflow(ctx, "workflow.purged", id, nil)
	return nil
}

func (a *API) restoreWorkflow(ctx context.Context, in *rest.ByID) (*workflowAnswer, error) {
	if _, err := a.Engine.Restore(ctx, rest.WorkspaceOf(ctx).ID, in.ID); err != nil {
		return nil, err
	}
	a.auditWorkflow(ctx, "workflow.restored", in.ID, nil)
	return a.AnswerWorkflow(ctx, in.ID, "")
}
