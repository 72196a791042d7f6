package template

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"github.com/hookloom/hookloom/api/access"
	"github.com/hookloom/hookloom/api/edge"
	"github.com/hookloom/hookloom/api/hook"
	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/api/transfer"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/bundle"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/engine/template"
)

// transferRoutes bring workspaces out as files and take files in.
func (a *API) transferRoutes() {
	rest.Handle(a.Shell, rest.Get(rest.WS+"/export", rest.Needs(account.TemplatesRead), "Download a workspace as files"), a.exportWorkspace)
	rest.Handle(a.Shell, rest.Post(rest.WS+"/import", rest.Needs(account.WorkflowsWrite), "Take files into a workspace").Answers(http.StatusOK).Takes(bundle.MaxBytes), a.importFiles)
	rest.Handle(a.Shell, rest.Get(rest.WS+"/workflows/{id}/file", rest.Needs(account.WorkflowsRead), "Download a workflow as a file"), a.exportWorkflow)
}

func (a *API) transfers() transfer.Deps {
	return transfer.Deps{Store: a.Store, Workflows: a.Engine, Registry: a.Registry}
}

// filesAnswer is a download of one file.
type filesAnswer struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Cache       string `header:"Cache-Control"`
	// LeftOut counts what belongs to the workspace alone.
	LeftOut string `header:"X-Left-Out" doc:"How many secrets, addresses and texts were left out"`
	Body    []byte
}

func download(contentType, name string, content []byte, left []template.Left) *filesAnswer {
	return &filesAnswer{contentType, `attachment; filename="` + name + `"`, "private, no-store", strconv.Itoa(len(left)), content}
}

type exportWorkspaceInput struct {
	rest.InWorkspace
	Version string `query:"version" enum:"draft,live" default:"draft" doc:"Workflows as their drafts are, or only published ones as they are live"`
}

// exportRights are those to see what a workspace's files show.
var exportRights = []account.Scope{
	account.WorkflowsRead, account.ContactsRead, account.OffersRead, account.FormsRead, account.ValuesRead, account.ConnectionsRead, account.HooksRead,
}

func (a *API) exportWorkspace(ctx context.Context, in *exportWorkspaceInput) (*filesAnswer, error) {
	ws := rest.WorkspaceOf(ctx)
	for _, scope := range exportRights {
		if !rest.CallerOf(ctx).Can(scope, ws.ID) {
			return nil, problem.New(problem.CodeForbidden, rest.Lacking(scope, true))
		}
	}
	home, err := a.templateHome(ctx, ws.ID)
	if err != nil {
		return nil, err
	}
	b, left, err := a.transfers().Export(ctx, ws.ID, in.Version, home)
	if err != nil {
		return nil, err
	}
	files, err := b.Contents()
	if err != nil {
		return nil, err
	}
	packed, err := bundle.Zip(files)
	return download("application/zip", access.SlugOf(ws.Name)+".zip", packed, left), err
}

type exportWorkflowInput struct {
	rest.ByID
	Version string `query:"version" maxLength:"10" doc:"draft (the default), live, or the number of a version"`
}

// exportWorkflow sends a workflow as its file.
func (a *API) exportWorkflow(ctx context.Context, in *exportWorkflowInput) (*filesAnswer, error) {
	w, err := a.Store.WorkflowInfo(ctx, rest.WorkspaceOf(ctx).ID, in.ID)
	if err != nil {
		return nil, err
	}
	_, document, err := a.Workflow.DocumentOf(ctx, w.Workflow, in.Version)
	if err != nil {
		return nil, err
	}
	home, err := a.templateHome(ctx, w.Workspace)
	if err != nil {
		return nil, err
	}
	file, left, err := a.transfers().Workflow(w.Name, document, home)
	if err != nil {
		return nil, err
	}
	text, err := file.JSON()
	return download("application/json", bundle.FileName(w.Name), text, left), err
}

type importFilesInput struct {
	rest.InWorkspace
	DryRun   bool   `query:"dry_run" doc:"Only tells what would be made or changed"`
	Existing string `query:"existing" enum:"keep,update,copy" default:"keep" doc:"What becomes of workflows and templates whose name is there already: they stay, get the file as their new draft or version, or another one is made beside them"`
	Version  string `query:"version" enum:"draft,live" default:"draft" doc:"What the files are compared with"`
	RawBody  []byte `contentType:"application/zip" doc:"A zip of files, or one file"`
}

// importFiles takes a zip or one file in, all of it or nothing.
func (a *API) importFiles(ctx context.Context, in *importFilesInput) (*rest.One[transfer.Report], error) {
	if in.DryRun {
		rest.Noted(ctx) // nothing was changed
	}
	b, problems := bundle.Read(in.RawBody, a.Registry)
	if len(problems) > 0 {
		return nil, unfitFiles(problems)
	}
	ws := rest.WorkspaceOf(ctx)
	home, err := a.templateHome(ctx, ws.ID)
	if err != nil {
		return nil, err
	}
	report, err := a.transfers().Import(ctx, transfer.Order{
		Workspace: ws.ID, Bundle: b, Home: home, Existing: in.Existing, Version: in.Version, DryRun: in.DryRun,
		By: rest.CallerOf(ctx).ID(), Secret: secret.NewSigning,
		May: func(s account.Scope) bool { return rest.CallerOf(ctx).Can(s, ws.ID) },
		MayHook: func(event, url string) error {
			if err := hook.MayHook(rest.CallerOf(ctx), ws, event); err != nil {
				return err
			}
			return a.Hook.CheckTarget(url)
		},
	})
	if right, ok := errors.AsType[*transfer.RightError](err); ok {
		return nil, problem.New(problem.CodeForbidden, rest.Lacking(right.Scope, true))
	}
	if unfit, ok := errors.AsType[*transfer.FileError](err); ok {
		return nil, unfitFiles(unfit.Problems)
	}
	if err != nil {
		return nil, err
	}
	if !in.DryRun {
		a.Audit(ctx, engine.AuditEntry{
			Workspace: ws.ID, Action: "workspace.imported", ObjectKind: "workspace", ObjectID: ws.ID, Detail: map[string]any{"changed": report.Changed(), "existing": in.Existing},
		})
	}
	return &rest.One[transfer.Report]{Body: report}, nil
}

// unfitFiles is the answer for files that are refused: each place is the path in the
// zip, # and the JSON pointer.
func unfitFiles(problems []bundle.Problem) error {
	items := make([]problem.Item, len(problems))
	for i, p := range problems {
		items[i] = problem.Item{Pointer: p.At(), Step: p.Step, Code: p.Code, Detail: p.Message}
	}
	detail := fmt.Sprintf("Nothing was imported. %s", items[0].Detail)
	if at := items[0].Pointer; at != "" {
		detail = fmt.Sprintf("Nothing was imported. %s: %s", at, items[0].Detail)
	}
	return problem.New(problem.CodeInvalid, detail, items...)
}

// Schemas serves the published JSON schemas of files.
func (a *API) Schemas(r gin.IRoutes) {
	files := bundle.Schemas()
	serve := func(c *gin.Context) {
		name := c.Param("name")
		if !slices.Contains(bundle.SchemaNames(), name) {
			a.Refuse(c, problem.New(problem.CodeNotFound, ""))
			return
		}
		c.Header("Cache-Control", "public, max-age=3600")
		c.Header("Access-Control-Allow-Origin", "*") // editors in browsers read it
		c.Data(http.StatusOK, "application/schema+json", files[name])
	}
	r.GET(template.SchemaPath+":name", edge.Headers, serve)
	r.HEAD(template.SchemaPath+":name", edge.Headers, serve)
}
