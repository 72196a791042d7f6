package access

import (
	"context"
	"maps"

	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

// WorkspaceStore keeps the workspaces. Deleted ones are not found.
type WorkspaceStore interface {
	Workspace(ctx context.Context, id string) (crm.Workspace, error)
	// WorkspaceByRef finds a workspace by its id or slug.
	WorkspaceByRef(ctx context.Context, ref string) (crm.Workspace, error)
	// ListWorkspaces lists workspaces from the oldest: those with one of the ids,
	// or with nil all.
	ListWorkspaces(ctx context.Context, ids []string, p engine.Page) (engine.List[crm.Workspace], error)
	// CreateWorkspace stores a new one and fills ID, Number and CreatedAt in. The
	// error is a *crm.Conflict when the slug is taken.
	CreateWorkspace(ctx context.Context, w *crm.Workspace) error
	// UpdateWorkspace stores all of w; errors as for CreateWorkspace.
	UpdateWorkspace(ctx context.Context, w crm.Workspace) error
	// DeleteWorkspace takes a workspace out of use: its slug is free again, its
	// keys and trigger addresses are gone, its runs are canceled.
	DeleteWorkspace(ctx context.Context, id string) error
}

type listWorkspacesInput struct{ rest.Paging }

func (a *API) listWorkspaces(ctx context.Context, in *listWorkspacesInput) (*rest.Listed[Workspace], error) {
	page, err := in.Part()
	if err != nil {
		return nil, err
	}
	list, err := a.SeenBy(ctx, rest.CallerOf(ctx), page)
	if err != nil {
		return nil, err
	}
	return rest.NewList(list, a.shownWorkspace), nil
}

// Workspace is a workspace as answers show it. It is exported because huma does
// not see what is embedded otherwise.
type Workspace struct {
	crm.Workspace
	HistoryDays int `json:"history_days" doc:"How long finished runs and requests are kept on this server; 0 for ever"`
}

func (a *API) shownWorkspace(w crm.Workspace) Workspace {
	if w.Features == nil {
		w.Features = map[string]bool{}
	}
	if w.Limits == nil {
		w.Limits = map[string]int{}
	}
	return Workspace{w, a.HistoryDays}
}

// workspaceFields are what may be set of a workspace; nil leaves a field as it
// is.
type workspaceFields struct {
	Name           *string         `json:"name,omitempty" maxLength:"200"`
	Slug           *string         `json:"slug,omitempty" maxLength:"63" doc:"Lower-case letters, digits and hyphens; works wherever the id does"`
	Timezone       *string         `json:"timezone,omitempty" maxLength:"64" doc:"IANA name such as Europe/Berlin"`
	Locale         *string         `json:"locale,omitempty" maxLength:"35" doc:"BCP 47 tag such as en-GB"`
	Currency       *string         `json:"currency,omitempty" maxLength:"3" doc:"ISO 4217 code"`
	DefaultCountry *string         `json:"default_country,omitempty" maxLength:"2" doc:"ISO 3166 country of phone numbers without a prefix"`
	Sender         *SenderFields   `json:"sender,omitempty"`
	Features       map[string]bool `json:"features,omitempty" doc:"Named here are set, the others stay. Only people and keys with rights in all workspaces change them"`
	Limits         map[string]int  `json:"limits,omitempty" doc:"Named here are set, the others stay; 0 takes a limit away: runs_per_month (what comes beyond is held), contacts, workflows (more are refused). Only people and keys with rights in all workspaces change them"`
	Sandbox        *bool           `json:"sandbox,omitempty" doc:"While it is true nothing leaves the workspace: calls of steps, deliveries to hooks and e-mails are kept and shown as \"kept: sandbox\", and runs go on with a sample answer"`
}

// SenderFields is whom e-mails of a workspace are from.
type SenderFields struct {
	Name    *string `json:"name,omitempty" maxLength:"200"`
	Email   *string `json:"email,omitempty" maxLength:"320" doc:"The mail server must let the installation send for it"`
	ReplyTo *string `json:"reply_to,omitempty" maxLength:"320" doc:"Where answers go; empty means to email"`
}

// apply sets the named fields.
func (f workspaceFields) apply(w *crm.Workspace) {
	sender := SenderFields{}
	if f.Sender != nil {
		sender = *f.Sender
	}
	for _, set := range []struct {
		to   *string
		from *string
	}{
		{&w.Name, f.Name}, {&w.Slug, f.Slug}, {&w.Timezone, f.Timezone}, {&w.Locale, f.Locale}, {&w.Currency, f.Currency},
		{&w.DefaultCountry, f.DefaultCountry}, {&w.Sender.Name, sender.Name}, {&w.Sender.Email, sender.Email},
		{&w.Sender.ReplyTo, sender.ReplyTo},
	} {
		if set.from != nil {
			*set.to = *set.from
		}
	}
	if f.Sandbox != nil {
		w.Sandbox = *f.Sandbox
	}
	w.Features, w.Limits = maps.Clone(w.Features), maps.Clone(w.Limits)
	if w.Features == nil {
		w.Features = map[string]bool{}
	}
	if w.Limits == nil {
		w.Limits = map[string]int{}
	}
	maps.Copy(w.Features, f.Features)
	for name, limit := range f.Limits {
		w.Limits[name] = limit
		if limit == 0 {
			delete(w.Limits, name)
		}
	}
}

type createWorkspaceInput struct{ Body workspaceFields }

func (a *API) createWorkspace(ctx context.Context, in *createWorkspaceInput) (*rest.One[Workspace], error) {
	w := crm.Workspace{Timezone: "UTC", Locale: "en"}
	in.Body.apply(&w)
	if w.Slug == "" {
		w.Slug = SlugOf(w.Name)
	}
	if err := CheckWorkspace(&w); err != nil {
		return nil, err
	}
	if err := a.Store.CreateWorkspace(ctx, &w); err != nil {
		return nil, err
	}
	a.Audit(ctx, engine.AuditEntry{Workspace: w.ID, Action: "workspace.created", ObjectKind: "workspace", ObjectID: w.ID})
	return &rest.One[Workspace]{Body: a.shownWorkspace(w)}, nil
}

func (a *API) getWorkspace(ctx context.Context, _ *rest.InWorkspace) (*rest.One[Workspace], error) {
	return &rest.One[Workspace]{Body: a.shownWorkspace(rest.WorkspaceOf(ctx))}, nil
}

type updateWorkspaceInput struct {
	rest.InWorkspace
	Body workspaceFields
}

func (a *API) updateWorkspace(ctx context.Context, in *updateWorkspaceInput) (*rest.One[Workspace], error) {
	w := rest.WorkspaceOf(ctx)
	in.Body.apply(&w)
	if err := mayChange(ctx, rest.WorkspaceOf(ctx), w); err != nil {
		return nil, err
	}
	if err := CheckWorkspace(&w); err != nil {
		return nil, err
	}
	if err := a.Store.UpdateWorkspace(ctx, w); err != nil {
		return nil, err
	}
	a.Engine.ForgetWorkspace(w.ID)
	a.Audit(ctx, engine.AuditEntry{Workspace: w.ID, Action: "workspace.updated", ObjectKind: "workspace", ObjectID: w.ID})
	return &rest.One[Workspace]{Body: a.shownWorkspace(w)}, nil
}

func (a *API) deleteWorkspace(ctx context.Context, _ *rest.InWorkspace) (*rest.Nothing, error) {
	w := rest.WorkspaceOf(ctx)
	all, err := a.Store.ListWorkspaces(ctx, nil, engine.Page{Limit: 2})
	if err != nil {
		return nil, err
	}
	if len(all.Items) < 2 {
		return nil, &engine.StateError{Message: "This is the last workspace: create another one before you delete it."}
	}
	if err := a.Store.DeleteWorkspace(ctx, w.ID); err != nil {
		return nil, err
	}
	a.Desk.NoteEnd()
	a.Audit(ctx, engine.AuditEntry{Action: "workspace.deleted", ObjectKind: "workspace", ObjectID: w.ID, Detail: map[string]any{"slug": w.Slug}})
	return nil, nil
}
