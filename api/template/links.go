package template

import (
	"context"
	"time"

	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/brand"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/engine/template"
)

// TemplateLinkStore keeps the links that show templates without an account.
type TemplateLinkStore interface {
	PutTemplateLink(ctx context.Context, workspace string, l *engine.TemplateLink) error
	TemplateLinks(ctx context.Context, workspace, template string) ([]engine.TemplateLink, error)
	RevokeTemplateLink(ctx context.Context, workspace, template, id string) error
	// SharedTemplate crosses workspaces: the token is the credential.
	SharedTemplate(ctx context.Context, hash []byte, now time.Time) (engine.TemplateVersion, error)
}

type templateLinkView struct {
	ID        string     `json:"id"`
	URL       string     `json:"url,omitempty" doc:"Where the template can be looked at; shown once"`
	CreatedAt time.Time  `json:"created_at"`
	ExpiresAt time.Time  `json:"expires_at"`
	RevokedAt *time.Time `json:"revoked_at" doc:"When it was ended before its time; null otherwise"`
}

func shownTemplateLink(l engine.TemplateLink) templateLinkView {
	return templateLinkView{ID: l.ID, CreatedAt: rest.Stamp(l.CreatedAt), ExpiresAt: rest.Stamp(l.ExpiresAt), RevokedAt: rest.Moment(l.RevokedAt)}
}

type shareInput struct {
	TemplateByID
	Body struct {
		Days int `json:"days,omitempty" minimum:"1" maximum:"365" default:"30" doc:"How long it works"`
	}
}

// SharedPath is where the page of a shared template is.
const SharedPath = "/shared/"

// shareTemplate makes a link that shows the newest version of a template to whoever
// has it: what the file says, and nothing of the workspace.
func (a *API) shareTemplate(ctx context.Context, in *shareInput) (*rest.One[templateLinkView], error) {
	ws := rest.WorkspaceOf(ctx).ID
	token := secret.NewToken()
	days := in.Body.Days
	if days == 0 {
		days = 30
	}
	l := engine.TemplateLink{
		ID: engine.NewID("tln"), TemplateID: in.ID, Hash: secret.HashToken(token), CreatedBy: rest.CallerOf(ctx).ID(),
		ExpiresAt: a.Now().Add(time.Duration(days) * 24 * time.Hour),
	}
	if err := a.Store.PutTemplateLink(ctx, ws, &l); err != nil {
		return nil, err
	}
	a.Audit(ctx, engine.AuditEntry{Workspace: ws, Action: "template.shared", ObjectKind: "template", ObjectID: in.ID, Detail: map[string]any{"link": l.ID}})
	v := shownTemplateLink(l)
	v.URL = a.Base(ws) + SharedPath + token
	return &rest.One[templateLinkView]{Body: v}, nil
}

func (a *API) listTemplateLinks(ctx context.Context, in *TemplateByID) (*rest.Listed[templateLinkView], error) {
	if _, err := a.Store.Template(ctx, rest.WorkspaceOf(ctx).ID, in.ID); err != nil {
		return nil, err
	}
	links, err := a.Store.TemplateLinks(ctx, rest.WorkspaceOf(ctx).ID, in.ID)
	return rest.NewList(engine.List[engine.TemplateLink]{Items: links}, shownTemplateLink), err
}

type templateLinkByID struct {
	TemplateByID
	Link string `path:"link" maxLength:"60" doc:"Id of the link"`
}

func (a *API) revokeTemplateLink(ctx context.Context, in *templateLinkByID) (*rest.Nothing, error) {
	ws := rest.WorkspaceOf(ctx).ID
	if err := a.Store.RevokeTemplateLink(ctx, ws, in.ID, in.Link); err != nil {
		return nil, err
	}
	a.Audit(ctx, engine.AuditEntry{Workspace: ws, Action: "template.unshared", ObjectKind: "template", ObjectID: in.ID, Detail: map[string]any{"link": in.Link}})
	return nil, nil
}

type sharedInput struct {
	Token string `path:"token" maxLength:"100"`
}

// sharedTemplate shows what a link leads to. An unknown token, one that has ended,
// one that was revoked, and one of another workspace than the one whose domain this is
// are answered alike: behind a client's name stands nothing of somebody else.
func (a *API) sharedTemplate(ctx context.Context, in *sharedInput) (*rest.One[templateView], error) {
	v, err := a.Store.SharedTemplate(ctx, secret.HashToken(in.Token), a.Now())
	if err == nil && !brand.From(ctx).Shows(v.Workspace) {
		err = engine.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	file, err := template.Parse(v.File)
	if err != nil {
		return nil, err
	}
	shown, err := shownTemplate(template.Starter{File: file})
	shown.Version = v.Number
	return &rest.One[templateView]{Body: shown}, err
}
