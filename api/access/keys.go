package access

import (
	"context"
	"strings"
	"time"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
)

// KeyStore lists and revokes API keys; identity.Keys does the rest.
type KeyStore interface {
	// ListAPIKeys lists the keys of a workspace that were not revoked, from the
	// newest.
	ListAPIKeys(ctx context.Context, workspace string, p engine.Page) (engine.List[account.APIKey], error)
	// RevokeAPIKey ends a key of a workspace; engine.ErrNotFound when there is no
	// such key in use.
	RevokeAPIKey(ctx context.Context, workspace, id string, at time.Time) error
	// ListAgencyKeys and RevokeAgencyKey are the same for keys of all workspaces.
	ListAgencyKeys(ctx context.Context, p engine.Page) (engine.List[account.APIKey], error)
	RevokeAgencyKey(ctx context.Context, id string, at time.Time) error
}

// KeyView is an API key without its text.
type KeyView struct {
	ID         string     `json:"id"`
	Name       string     `json:"name"`
	Prefix     string     `json:"prefix" doc:"How the key begins"`
	Scopes     []string   `json:"scopes" nullable:"false"`
	CreatedBy  string     `json:"created_by" doc:"Id of the user"`
	CreatedAt  time.Time  `json:"created_at"`
	ExpiresAt  *time.Time `json:"expires_at" doc:"null for a key that does not expire"`
	LastUsedAt *time.Time `json:"last_used_at" doc:"To within five minutes; null when it was never used"`
}

// newKeyView is an API key with its text, which is shown this once.
type newKeyView struct {
	KeyView
	Key string `json:"key" doc:"The key itself. It is shown only now."`
}

func shownKey(k account.APIKey) KeyView {
	v := KeyView{
		ID: k.ID, Name: k.Name, Prefix: k.Prefix, Scopes: []string{}, CreatedBy: k.CreatedBy, CreatedAt: k.CreatedAt,
		ExpiresAt: rest.Moment(k.ExpiresAt), LastUsedAt: rest.Moment(k.LastUsedAt),
	}
	for _, s := range k.Scopes {
		v.Scopes = append(v.Scopes, string(s))
	}
	return v
}

type listKeysInput struct {
	rest.InWorkspace
	rest.Paging
}

func (a *API) listKeys(ctx context.Context, in *listKeysInput) (*rest.Listed[KeyView], error) {
	page, err := in.Part()
	if err != nil {
		return nil, err
	}
	list, err := a.Store.ListAPIKeys(ctx, rest.WorkspaceOf(ctx).ID, page)
	if err != nil {
		return nil, err
	}
	return rest.NewList(list, shownKey), nil
}

// rightView is a right that a key can have.
type rightView struct {
	Scope    string `json:"scope" example:"contacts:write"`
	Resource string `json:"resource" example:"contacts"`
	// Right is read, write or publish.
	Right string `json:"right" example:"write" doc:"write holds read too"`
}

// listScopes is one part, in the order to show them; * is not among them.
func (a *API) listScopes(context.Context, *struct{}) (*rest.Listed[rightView], error) {
	out := &rest.Listed[rightView]{}
	for _, s := range account.KnownScopes() {
		resource, right, _ := strings.Cut(string(s), ":")
		out.Body.Items = append(out.Body.Items, rightView{string(s), resource, right})
	}
	return out, nil
}

// KeyBody is a key to make. It is exported because huma does not see what is
// embedded otherwise.
type KeyBody struct {
	Name      string    `json:"name" minLength:"1" maxLength:"200" doc:"Where it is used"`
	Scopes    []string  `json:"scopes" minItems:"1" maxItems:"50" doc:"Such as contacts:write; * for everything"`
	ExpiresAt time.Time `json:"expires_at,omitempty"`
}

type createKeyInput struct {
	rest.InWorkspace
	Body KeyBody
}

// createKey makes a key of this workspace only.
func (a *API) createKey(ctx context.Context, in *createKeyInput) (*rest.One[newKeyView], error) {
	return a.newKey(ctx, in.Body)
}

type createAgencyKeyInput struct{ Body KeyBody }

// createAgencyKey makes a key of all workspaces, those to come included.
func (a *API) createAgencyKey(ctx context.Context, in *createAgencyKeyInput) (*rest.One[newKeyView], error) {
	return a.newKey(ctx, in.Body)
}

// newKey makes a key of the path's workspace, or of all. Nobody gives more than
// they have.
func (a *API) newKey(ctx context.Context, in KeyBody) (*rest.One[newKeyView], error) {
	c, ws := rest.CallerOf(ctx), rest.WorkspaceOf(ctx)
	scopes, err := account.ParseScopes(in.Scopes)
	if err != nil {
		return nil, problem.At("/scopes", "invalid", err.Error())
	}
	if !c.MayGrant(scopes, ws.ID) {
		return nil, problem.New(problem.CodeForbidden, "A key cannot have rights that you do not have yourself.")
	}
	k, text, err := a.Desk.NewKey(ctx, c, account.APIKey{
		Name: in.Name, Scopes: scopes, WorkspaceID: ws.ID, ExpiresAt: in.ExpiresAt,
	}, rest.FromOf(ctx))
	if err != nil {
		return nil, err
	}
	return &rest.One[newKeyView]{Body: newKeyView{shownKey(k), text.Reveal()}}, nil
}

func (a *API) revokeKey(ctx context.Context, in *rest.ByID) (*rest.Nothing, error) {
	if err := a.Store.RevokeAPIKey(ctx, rest.WorkspaceOf(ctx).ID, in.ID, a.Now()); err != nil {
		return nil, err
	}
	a.Desk.NoteEnd()
	a.Audit(ctx, engine.AuditEntry{Workspace: rest.WorkspaceOf(ctx).ID, Action: "api_key.revoked", ObjectKind: "api_key", ObjectID: in.ID})
	return nil, nil
}

type listAgencyKeysInput struct{ rest.Paging }

func (a *API) listAgencyKeys(ctx context.Context, in *listAgencyKeysInput) (*rest.Listed[KeyView], error) {
	page, err := in.Part()
	if err != nil {
		return nil, err
	}
	list, err := a.Store.ListAgencyKeys(ctx, page)
	if err != nil {
		return nil, err
	}
	return rest.NewList(list, shownKey), nil
}

type revokeAgencyKeyInput struct {
	ID string `path:"id" doc:"Id of the key"`
}

func (a *API) revokeAgencyKey(ctx context.Context, in *revokeAgencyKeyInput) (*rest.Nothing, error) {
	if err := a.Store.RevokeAgencyKey(ctx, in.ID, a.Now()); err != nil {
		return nil, err
	}
	a.Desk.NoteEnd()
	a.Audit(ctx, engine.AuditEntry{Action: "api_key.revoked", ObjectKind: "api_key", ObjectID: in.ID})
	return nil, nil
}
