package agency

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"github.com/hookloom/hookloom/api/access"
	"github.com/hookloom/hookloom/api/identity"
	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/crm"
)

// sightOf is the workspaces in which a caller has a right.
func sightOf(c identity.Caller, scope account.Scope) engine.Sight {
	if c.Everywhere.Has(scope) {
		return engine.Sight{All: true}
	}
	var s engine.Sight
	ids, _ := c.Workspaces()
	for _, id := range ids {
		if c.Can(scope, id) {
			s.IDs = append(s.IDs, id)
		}
	}
	return s
}

// maxClients bounds the board and the usage of one month.
const maxClients = 5000

// workspacesIn lists the workspaces of a sight, from the oldest.
func (a *API) workspacesIn(ctx context.Context, sight engine.Sight) ([]crm.Workspace, error) {
	if sight.None() {
		return nil, nil
	}
	ids := sight.IDs
	if sight.All {
		ids = nil
	}
	var all []crm.Workspace
	for page := (engine.Page{Limit: engine.MaxPage}); len(all) < maxClients; {
		list, err := a.Store.ListWorkspaces(ctx, ids, page)
		if err != nil {
			return nil, err
		}
		all = append(all, list.Items...)
		if page.Cursor = list.Next; page.Cursor == "" {
			break
		}
	}
	return all, nil
}

// listClients is one part: people look at all of their clients at once.
func (a *API) listClients(ctx context.Context, _ *struct{}) (*rest.Listed[Client], error) {
	sight := sightOf(rest.CallerOf(ctx), account.RunsRead)
	workspaces, err := a.workspacesIn(ctx, sight)
	if err != nil {
		return nil, err
	}
	health, err := a.Store.Board(ctx, sight, a.Now())
	return &rest.Listed[Client]{Body: rest.Page[Client]{Items: Board(workspaces, health)}}, err
}

// foundView is one thing that was found in a workspace.
type foundView struct {
	Kind      string             `json:"kind" enum:"contact,workflow,run,request"`
	ID        string             `json:"id"`
	Label     string             `json:"label" doc:"An e-mail address, a workflow's name, or the id"`
	Detail    string             `json:"detail" doc:"A contact's name, a run's status, a request's verdict; may be empty"`
	At        *time.Time         `json:"at" doc:"Of a run or request when it came, of a contact when it changed; null for a workflow"`
	Workspace access.MeWorkspace `json:"workspace"`
}

type searchInput struct {
	Q string `query:"q" required:"true" minLength:"2" maxLength:"200" doc:"The beginning of an e-mail address, the id of a run or request or its beginning, or a part of a workflow's name"`
}

// search looks into every workspace in which the caller may see such things.
func (a *API) search(ctx context.Context, in *searchInput) (*rest.Listed[foundView], error) {
	c := rest.CallerOf(ctx)
	found, err := Search(ctx, a.Store, Sights{
		Contacts: sightOf(c, account.ContactsRead), Runs: sightOf(c, account.RunsRead), Workflows: sightOf(c, account.WorkflowsRead),
	}, in.Q)
	if err != nil {
		return nil, err
	}
	out := &rest.Listed[foundView]{Body: rest.Page[foundView]{Items: []foundView{}}}
	names := map[string]access.MeWorkspace{}
	for _, f := range found {
		ws, known := names[f.Workspace]
		if !known {
			w, err := a.Store.Workspace(ctx, f.Workspace)
			if err != nil {
				return nil, err
			}
			ws = access.MeWorkspace{ID: w.ID, Slug: w.Slug, Name: w.Name, Sandbox: w.Sandbox}
			names[f.Workspace] = ws
		}
		out.Body.Items = append(out.Body.Items, foundView{f.Kind, f.ID, f.Label, f.Detail, rest.Moment(f.At), ws})
	}
	return out, nil
}

type usageInput struct {
	From string `query:"from" maxLength:"7" doc:"The first month, such as 2026-01; the present one when left out"`
	To   string `query:"to" maxLength:"7" doc:"The last month; the present one when left out"`
}

// mostMonths bounds what one look at usage covers.
const mostMonths = 24

func (a *API) used(ctx context.Context, in *usageInput) ([]Used, error) {
	from, to := engine.MonthOf(a.Now()), engine.MonthOf(a.Now())
	for _, m := range []struct {
		name, text string
		at         *time.Time
	}{{"from", in.From, &from}, {"to", in.To, &to}} {
		if m.text == "" {
			continue
		}
		at, err := time.Parse(Month, m.text)
		if err != nil {
			return nil, problem.At("/"+m.name, "invalid", "A month looks like 2026-01.")
		}
		*m.at = at
	}
	if to.Before(from) || from.AddDate(0, mostMonths, 0).Before(to) {
		return nil, problem.At("/from", "invalid", "Ask for 24 months at most, the first one before the last one.")
	}
	workspaces, err := a.workspacesIn(ctx, sightOf(rest.CallerOf(ctx), account.WorkspacesRead))
	if err != nil {
		return nil, err
	}
	usage, err := a.Store.Usage(ctx, from, to)
	return UsedBy(workspaces, usage, to), err
}

func (a *API) listUsage(ctx context.Context, in *usageInput) (*rest.Listed[Used], error) {
	list, err := a.used(ctx, in)
	return &rest.Listed[Used]{Body: rest.Page[Used]{Items: rest.OrNone(list)}}, err
}

func (a *API) exportUsage(ctx context.Context, in *usageInput) (*huma.StreamResponse, error) {
	list, err := a.used(ctx, in)
	if err != nil {
		return nil, err
	}
	name := strings.Trim(strings.Join([]string{"usage", in.From, in.To}, "-"), "-")
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		w := humagin.Unwrap(hc).Writer
		w.Header().Set("Content-Type", "text/csv; charset=utf-8")
		w.Header().Set("Content-Disposition", `attachment; filename="`+name+`.csv"`)
		w.Header().Set("Cache-Control", "private, no-store")
		if err := WriteUsage(w, list); err != nil {
			a.Log.WarnContext(ctx, "an export broke off", "error", err)
			panic(http.ErrAbortHandler) // a file that ends early must not look whole
		}
	}}, nil
}
