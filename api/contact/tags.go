package contact

import (
	"context"
	"time"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

// TagStore keeps the tags of a workspace.
type TagStore interface {
	Tag(ctx context.Context, workspace, id string) (crm.Tag, error)
	// ListTags lists tags by name.
	ListTags(ctx context.Context, workspace string, p engine.Page) (engine.List[crm.Tag], error)
	// EnsureTag returns the tag of a name, ignoring case, made when there is none.
	EnsureTag(ctx context.Context, workspace, name string) (crm.Tag, error)
	// RenameTag returns a *crm.Conflict when another tag has the name.
	RenameTag(ctx context.Context, workspace, id, name string) error
	// DeleteTag also takes it off all contacts, without events.
	DeleteTag(ctx context.Context, workspace, id string) error
}

type tagView struct {
	ID        string    `json:"id"`
	Number    int64     `json:"number"`
	Name      string    `json:"name" example:"customer"`
	CreatedAt time.Time `json:"created_at"`
}

func shownTag(t crm.Tag) tagView {
	return tagView{t.ID, t.Number, t.Name, rest.Stamp(t.CreatedAt)}
}

func (a *API) listTags(ctx context.Context, in *rest.ListInput) (*rest.Listed[tagView], error) {
	p, err := in.Part()
	if err != nil {
		return nil, err
	}
	rows, err := a.Store.ListTags(ctx, rest.WorkspaceOf(ctx).ID, p)
	if err != nil {
		return nil, err
	}
	return rest.NewList(rows, shownTag), nil
}

type tagBody struct {
	Name string `json:"name" minLength:"1" maxLength:"100" example:"customer"`
}

// clean is the name as crm stores it.
func (b tagBody) clean() (string, error) {
	names, err := crm.TagNames([]string{b.Name})
	if err == nil && len(names) == 0 {
		err = problem.At("/name", "required", "A tag needs a name.")
	}
	if err != nil {
		return "", err
	}
	return names[0], nil
}

type createTagInput struct {
	rest.InWorkspace
	Body tagBody
}

// createTag makes a tag; one of that name is returned as it is, because tags
// are their names.
func (a *API) createTag(ctx context.Context, in *createTagInput) (*rest.One[tagView], error) {
	name, err := in.Body.clean()
	if err != nil {
		return nil, err
	}
	t, err := a.Store.EnsureTag(ctx, rest.WorkspaceOf(ctx).ID, name)
	if err != nil {
		return nil, err
	}
	return &rest.One[tagView]{Body: shownTag(t)}, nil
}

func (a *API) getTag(ctx context.Context, in *rest.ByID) (*rest.One[tagView], error) {
	t, err := a.Store.Tag(ctx, rest.WorkspaceOf(ctx).ID, in.ID)
	if err != nil {
		return nil, err
	}
	return &rest.One[tagView]{Body: shownTag(t)}, nil
}

type patchTagInput struct {
	rest.ByID
	Body tagBody
}

func (a *API) patchTag(ctx context.Context, in *patchTagInput) (*rest.One[tagView], error) {
	name, err := in.Body.clean()
	if err != nil {
		return nil, err
	}
	if err := a.Store.RenameTag(ctx, rest.WorkspaceOf(ctx).ID, in.ID, name); err != nil {
		return nil, err
	}
	return a.getTag(ctx, &in.ByID)
}

func (a *API) deleteTag(ctx context.Context, in *rest.ByID) (*rest.Nothing, error) {
	return nil, a.Store.DeleteTag(ctx, rest.WorkspaceOf(ctx).ID, in.ID)
}
