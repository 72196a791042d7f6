package template

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"github.com/hookloom/hookloom/api/clone"
	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/api/sheet"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/rollout"
	"github.com/hookloom/hookloom/engine/template"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes"
)

// CloneStore keeps what was cloned.
type CloneStore interface {
	clone.Store
	// TemplateClones crosses workspaces: whoever asks looks at who may see which.
	TemplateClones(ctx context.Context, by engine.CloneFilter, p engine.Page) (engine.List[engine.Clone], error)
}

// Cloner makes clones, for whoever does so in the background.
func (a *API) Cloner() *rollout.Cloner { return &rollout.Cloner{Store: a.Store, Workflows: a.Engine} }

// cloneOwn clones a template of the workspace into the workspace itself.
func (a *API) cloneOwn(ctx context.Context, in *cloneInput) (*rest.One[cloned], error) {
	t, file, err := a.ownTemplate(ctx, in.ID, 0)
	if err != nil {
		return nil, err
	}
	given := map[string]any{}
	for key, text := range in.Body.Inputs {
		v, err := readInput("/inputs/"+key, text)
		if err != nil {
			return nil, err
		}
		given[key] = v
	}
	if unknown := file.Unknown(given); len(unknown) > 0 {
		return nil, problem.At("/inputs/"+unknown[0], "unknown", "The template does not ask for this.")
	}
	if in.Body.Name != "" && len(file.Workflows) == 1 {
		file.Workflows[0].Name = in.Body.Name
	}
	ws := rest.WorkspaceOf(ctx).ID
	order := rollout.Order{Home: ws, Template: t.ID, Version: t.Latest, File: file, Workspace: ws, Inputs: given, Again: in.Body.Again, By: rest.CallerOf(ctx).ID()}
	looked, err := a.Cloner().Check(ctx, order)
	if err != nil {
		return nil, err
	}
	if lack := a.lacksFor(ctx, ws, looked.Made); lack != "" {
		return nil, problem.New(problem.CodeForbidden, rest.Lacking(lack, true))
	}
	made, err := a.Cloner().Clone(ctx, order)
	if err != nil {
		return nil, err
	}
	out := cloned{Sample: file.Sample, CloneID: made.Clone.ID, Existed: made.Existed, Wrong: made.Wrong, Workflows: []clonedWorkflow{}}
	for _, w := range made.Clone.Workflows {
		shown, err := a.Workflow.AnswerWorkflow(ctx, w.WorkflowID, "")
		if errors.Is(err, engine.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out.Workflows = append(out.Workflows, clonedWorkflow{w.WorkflowID, shown.Body.Name, shown.Body.Triggers})
	}
	rest.Noted(ctx) // the clone's own transaction noted it
	return &rest.One[cloned]{Body: out}, nil
}

// lacksFor is the right that the caller lacks to make things in a workspace; "" for
// none.
func (a *API) lacksFor(ctx context.Context, ws string, made []rollout.Made) account.Scope {
	need := map[string]account.Scope{
		template.Tag: account.ContactsWrite, template.ContactField: account.ContactsWrite, template.CustomValue: account.ValuesWrite,
		template.Offer: account.OffersWrite, template.Product: account.OffersWrite, template.Form: account.FormsWrite,
	}
	for _, m := range made {
		if s := need[m.Kind]; s != "" && !rest.CallerOf(ctx).Can(s, ws) {
			return s
		}
	}
	return ""
}

// CloneRows are the clients that a template goes to. It is exported because huma
// does not see what is embedded otherwise.
type CloneRows struct {
	CSV           string     `json:"csv,omitempty" doc:"A filled-in sheet; or else rows"`
	Rows          []cloneRow `json:"rows,omitempty" maxItems:"1000"`
	CreateMissing bool       `json:"create_missing,omitempty" doc:"Make a workspace for each client that is not there"`
	Again         bool       `json:"again,omitempty" doc:"Make another set of workflows for clients that have one already, rather than pass them over"`
	Publish       bool       `json:"publish,omitempty" doc:"Publish each workflow that nothing stands against"`
}

type cloneRow struct {
	Client string                     `json:"client" maxLength:"200" doc:"A workspace's id, slug or name"`
	Inputs map[string]json.RawMessage `json:"inputs,omitempty" doc:"Values by the keys of the template's inputs"`
}

type clonesInput struct {
	TemplateByID
	Body CloneRows
}

// checkedRow is one client as it would be cloned to.
type checkedRow struct {
	Row         int               `json:"row" doc:"Counted from 1; in a sheet the line"`
	Client      string            `json:"client"`
	WorkspaceID string            `json:"workspace_id" doc:"Empty for one that would be made, or that is not there"`
	Creates     bool              `json:"creates" doc:"Whether a workspace would be made"`
	Existed     bool              `json:"existed" doc:"Whether the client has the template already"`
	Refused     bool              `json:"refused" doc:"Whether nothing can be done for this row as it is"`
	Inputs      map[string]string `json:"inputs" doc:"What was given, by the keys of the inputs; secrets as dots"`
	Wrong       []rollout.Wrong   `json:"wrong" nullable:"false" doc:"What is wrong, by the key of the input; client is the client itself"`
}

type checkedView struct {
	Columns []templateInput `json:"columns" nullable:"false" doc:"The inputs that are asked for"`
	Rows    []checkedRow    `json:"rows" nullable:"false"`
	Refused int             `json:"refused" doc:"How many rows nothing can be done for"`
	Lacking int             `json:"lacking" doc:"How many become drafts that lack something"`
	Existed int             `json:"existed" doc:"How many have the template already"`
}

// checkClones tells of each client what would be wrong; nothing is made.
func (a *API) checkClones(ctx context.Context, in *clonesInput) (*rest.One[checkedView], error) {
	t, file, err := a.ownTemplate(ctx, in.ID, 0)
	if err != nil {
		return nil, err
	}
	rows, err := readRows(in.Body, file)
	if err != nil {
		return nil, err
	}
	checked, _, err := a.checkRows(ctx, t, file, rows, in.Body)
	if err != nil {
		return nil, err
	}
	v := checkedView{Columns: []templateInput{}, Rows: checked}
	shown, err := shownOwn(t, file)
	if err != nil {
		return nil, err
	}
	for _, input := range shown.Inputs {
		if input.Mode == template.Ask {
			v.Columns = append(v.Columns, input)
		}
	}
	for _, r := range checked {
		switch {
		case r.Refused:
			v.Refused++
		case r.Existed && !in.Body.Again:
			v.Existed++
		case len(r.Wrong) > 0:
			v.Lacking++
		}
	}
	return &rest.One[checkedView]{Body: v}, nil
}

// readInput reads a value for an input: a text, true or false, or null. Nothing else
// is taken, above all no reference to a secret that is stored somewhere.
func readInput(pointer string, text json.RawMessage) (any, error) {
	v, err := value.Decode(text)
	if err != nil {
		return nil, problem.At(pointer, "invalid", "The value cannot be read.")
	}
	switch v.(type) {
	case nil, string, bool:
		return v, nil
	}
	return nil, problem.At(pointer, "wrong_type", "This must be a text, or true or false.")
}

func readRows(body CloneRows, file template.File) ([]clone.Row, error) {
	if body.CSV != "" {
		rows, err := clone.ReadSheet([]byte(body.CSV), file)
		if unreadable, ok := errors.AsType[*sheet.FileError](err); ok {
			return nil, problem.At("/csv", "invalid", unreadable.Message)
		}
		if err == nil && len(rows) == 0 {
			return nil, problem.At("/csv", "required", "The sheet names no client.")
		}
		return rows, err
	}
	if len(body.Rows) == 0 {
		return nil, problem.At("/rows", "required", "Choose at least one client.")
	}
	rows := make([]clone.Row, len(body.Rows))
	for i, r := range body.Rows {
		rows[i] = clone.Row{Client: strings.TrimSpace(r.Client), Inputs: map[string]any{}, Line: i + 1}
		for key, text := range r.Inputs {
			v, err := readInput(fmt.Sprintf("/rows/%d/inputs/%s", i, key), text)
			if err != nil {
				return nil, err
			}
			rows[i].Inputs[key] = v
		}
	}
	return rows, nil
}

// checkRows looks at every row. The clients are those that something can be done
// for, in the order of the rows.
func (a *API) checkRows(ctx context.Context, t engine.Template, file template.File, rows []clone.Row, body CloneRows) ([]checkedRow, []clone.Client, error) {
	seen, err := a.clients(ctx)
	if err != nil {
		return nil, nil, err
	}
	out := make([]checkedRow, 0, len(rows))
	var clients []clone.Client
	taken := map[string]bool{}
	for _, row := range rows {
		r := checkedRow{Row: row.Line, Client: row.Client, Inputs: shownGiven(file, row.Inputs), Wrong: []rollout.Wrong{}}
		ws, why := a.clientNamed(ctx, seen, row.Client, body)
		if ws.ID != "" {
			r.WorkspaceID, r.Client = ws.ID, ws.Name
		}
		key := ws.ID + strings.ToLower(r.Client)
		if why == "" && taken[key] {
			why = "This client stands in an earlier row already: leave one of them out."
		}
		taken[key] = true
		if why == "" {
			if unknown := file.Unknown(row.Inputs); len(unknown) > 0 {
				why = fmt.Sprintf("The template does not ask for %.60q.", unknown[0])
			}
		}
		if why == "" {
			r.Creates = ws.ID == ""
			if why, err = a.checkRow(ctx, t, file, row, &r); err != nil {
				return nil, nil, err
			}
		}
		if why != "" {
			r.Refused = true
			r.Wrong = slices.Insert(r.Wrong, 0, rollout.Wrong{Key: "client", Label: clone.ClientColumn, Code: rollout.CodeUnknown, Detail: why})
		} else {
			// What is made gets its id now: a job that breaks off makes nothing twice.
			clients = append(clients, clone.Client{
				CloneID: engine.NewID("cln"), Workspace: cmp.Or(r.WorkspaceID, engine.NewID("ws")), New: r.WorkspaceID == "", Name: r.Client, Inputs: row.Inputs,
			})
		}
		out = append(out, r)
	}
	return out, clients, nil
}

// checkRow fills in what a row would come to; why is a sentence when the caller may
// not make what it needs.
func (a *API) checkRow(ctx context.Context, t engine.Template, file template.File, row clone.Row, r *checkedRow) (why string, err error) {
	if r.Creates {
		s, err := rollout.Supply(rollout.Nothing{}, file, row.Inputs)
		r.Wrong = rest.OrNone(s.Wrong)
		return "", err
	}
	looked, err := a.Cloner().Check(ctx, rollout.Order{Home: t.Workspace, Template: t.ID, Version: t.Latest, File: file, Workspace: r.WorkspaceID, Inputs: row.Inputs})
	r.Existed, r.Wrong = looked.Existed, rest.OrNone(looked.Wrong)
	if lack := a.lacksFor(ctx, r.WorkspaceID, looked.Made); lack != "" {
		return rest.Lacking(lack, true), err
	}
	return "", err
}

func shownGiven(file template.File, given map[string]any) map[string]string {
	shown := map[string]string{}
	for key, v := range given {
		if v != nil {
			shown[key] = fmt.Sprint(v)
		}
		if slices.ContainsFunc(file.Inputs, func(in template.Input) bool { return in.Key == key && in.Kind == template.Secret }) {
			shown[key] = "••••••"
		}
	}
	return shown
}

// clients are the workspaces that the caller sees.
func (a *API) clients(ctx context.Context) ([]crm.Workspace, error) {
	return every(ctx, "", func(ctx context.Context, _ string, p engine.Page) (engine.List[crm.Workspace], error) {
		return a.Access.SeenBy(ctx, rest.CallerOf(ctx), p)
	})
}

// clientNamed finds a client by id, slug or name. why tells in a sentence why
// nothing can be done; a workspace without an id is to be made.
func (a *API) clientNamed(ctx context.Context, seen []crm.Workspace, name string, body CloneRows) (ws crm.Workspace, why string) {
	if name == "" {
		return ws, "The row names no client."
	}
	var found []crm.Workspace
	for _, w := range seen {
		if w.ID == name || w.Slug == name {
			found = []crm.Workspace{w}
			break
		}
		if strings.EqualFold(w.Name, name) {
			found = append(found, w)
		}
	}
	caller := rest.CallerOf(ctx)
	switch {
	case len(found) > 1:
		return ws, fmt.Sprintf("%d clients are called %q: write the short name of the one you mean, as in its address.", len(found), name)
	case len(found) == 0 && !body.CreateMissing:
		return ws, fmt.Sprintf("There is no client %q: check the spelling, or have new clients made.", name)
	case len(found) == 0 && !caller.Can(account.WorkspacesWrite, ""):
		return ws, fmt.Sprintf("There is no client %q, and you may not make one.", name)
	case len(found) == 0:
		if _, err := NewClient(rest.WorkspaceOf(ctx), name); err != nil {
			return ws, err.Error()
		}
		return ws, ""
	case !caller.Can(account.WorkflowsWrite, found[0].ID):
		return found[0], fmt.Sprintf("You may not make workflows for %s.", found[0].Name)
	case body.Publish && !caller.Can(account.WorkflowsPublish, found[0].ID):
		return found[0], fmt.Sprintf("You may not publish workflows of %s.", found[0].Name)
	}
	return found[0], ""
}

// startClones begins a job that clones for all rows that something can be done for.
func (a *API) startClones(ctx context.Context, in *clonesInput) (*rest.One[rest.JobStarted], error) {
	t, file, err := a.ownTemplate(ctx, in.ID, 0)
	if err != nil {
		return nil, err
	}
	rows, err := readRows(in.Body, file)
	if err != nil {
		return nil, err
	}
	checked, clients, err := a.checkRows(ctx, t, file, rows, in.Body)
	if err != nil {
		return nil, err
	}
	if len(clients) == 0 {
		return nil, problem.At("/rows", "invalid", checked[0].Wrong[0].Detail)
	}
	job := engine.Job{ID: engine.NewID("job"), Workspace: t.Workspace, Kind: clone.Kind, Total: len(clients), CreatedBy: rest.CallerOf(ctx).ID()}
	if err := a.hideInputs(ctx, job, file, clients); err != nil {
		return nil, err
	}
	task := clone.Task{Template: t.ID, Version: t.Latest, Again: in.Body.Again, Publish: in.Body.Publish, Clients: clients}
	if job, err = a.Bulk.AddJob(ctx, job, task); err != nil {
		return nil, err
	}
	a.Audit(ctx, engine.AuditEntry{
		Workspace: t.Workspace, Action: "template.clones_started", ObjectKind: "job", ObjectID: job.ID, Detail: map[string]any{"template": t.ID, "clients": len(clients)},
	})
	return &rest.One[rest.JobStarted]{Body: rest.JobStarted{JobID: job.ID, Total: job.Total}}, nil
}

// hideInputs keeps the secrets of a job apart, sealed, until it has ended.
func (a *API) hideInputs(ctx context.Context, job engine.Job, file template.File, clients []clone.Client) error {
	keys := map[string]bool{}
	for _, in := range file.Inputs {
		keys[in.Key] = in.Kind == template.Secret
	}
	plain := make([]map[string]any, len(clients))
	for i := range clients {
		plain[i] = clients[i].Inputs
	}
	return a.Store.Do(ctx, job.Workspace, func(tx engine.Tx) error {
		for i := range clients {
			clients[i].Inputs = maps.Clone(plain[i])
			for key, v := range plain[i] {
				text, ok := v.(string)
				if !ok || text == "" || !keys[key] {
					continue
				}
				id, err := tx.PutSecret(job.ID, text)
				if err != nil {
					return err
				}
				clients[i].Inputs[key] = map[string]any{nodes.SecretRefKey: id}
			}
		}
		return nil
	})
}

type cloneSheetInput struct{ TemplateByID }

// cloneSheet sends a sheet to fill in, with a row for each client that the caller
// sees, but the home itself.
func (a *API) cloneSheet(ctx context.Context, in *cloneSheetInput) (*huma.StreamResponse, error) {
	t, file, err := a.ownTemplate(ctx, in.ID, 0)
	if err != nil {
		return nil, err
	}
	seen, err := a.clients(ctx)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, w := range seen {
		if w.ID != t.Workspace {
			names = append(names, w.Name)
		}
	}
	return rest.CSV("clients.csv", func(hc huma.Context) error {
		return clone.WriteSheet(humagin.Unwrap(hc).Writer, file, names[:min(len(names), clone.MaxRows)])
	}), nil
}
