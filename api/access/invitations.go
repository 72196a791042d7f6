package access

import (
	"context"
	"time"

	"github.com/hookloom/hookloom/api/identity"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/secret"
)

// InvitationView is an invitation that waits for its person. It is exported because
// huma does not see what is embedded otherwise.
type InvitationView struct {
	ID        string    `json:"id" example:"inv_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10"`
	Email     string    `json:"email"`
	Role      string    `json:"role" enum:"owner,admin,builder,operator,viewer,client_viewer"`
	InvitedBy string    `json:"invited_by" doc:"Who invited, by name"`
	SentAt    time.Time `json:"sent_at"`
	ExpiresAt time.Time `json:"expires_at"`
	Expired   bool      `json:"expired" doc:"Whether its link is over; send it again for a new one"`
}

// newInvitationView is an invitation with its link.
type newInvitationView struct {
	InvitationView
	URL string `json:"url" doc:"The link to accept it, shown only now; empty when an e-mail brings it and the caller has no rights in all workspaces"`
	// Mailed is false where no mail server is set: the link must be handed over.
	Mailed bool `json:"mailed" doc:"Whether an e-mail with the link goes out"`
}

func (a *API) shownInvitation(i account.Invitation) InvitationView {
	return InvitationView{
		ID: i.ID, Email: i.Email, Role: string(i.Role), InvitedBy: i.InvitedName, SentAt: rest.Stamp(i.SentAt), ExpiresAt: rest.Stamp(i.ExpiresAt),
		Expired: !a.Now().Before(i.ExpiresAt),
	}
}

func (a *API) listInvitations(ctx context.Context, _ *rest.InWorkspace) (*rest.Listed[InvitationView], error) {
	return a.invitationsOf(ctx)
}

func (a *API) listAgencyInvitations(ctx context.Context, _ *struct{}) (*rest.Listed[InvitationView], error) {
	return a.invitationsOf(ctx)
}

func (a *API) invitationsOf(ctx context.Context) (*rest.Listed[InvitationView], error) {
	list, err := a.Store.Invitations(ctx, rest.WorkspaceOf(ctx).ID)
	if err != nil {
		return nil, err
	}
	return rest.NewList(engine.List[account.Invitation]{Items: list}, a.shownInvitation), nil
}

type inviteInput struct {
	rest.InWorkspace
	Body MemberBody
}

func (a *API) invite(ctx context.Context, in *inviteInput) (*rest.One[newInvitationView], error) {
	return a.newInvitation(ctx, in.Body)
}

type inviteToAgencyInput struct{ Body MemberBody }

func (a *API) inviteToAgency(ctx context.Context, in *inviteToAgencyInput) (*rest.One[newInvitationView], error) {
	return a.newInvitation(ctx, in.Body)
}

func (a *API) newInvitation(ctx context.Context, in MemberBody) (*rest.One[newInvitationView], error) {
	i, url, err := a.Desk.Invite(ctx, rest.CallerOf(ctx), rest.WorkspaceOf(ctx).ID, in.Email, account.Role(in.Role), rest.FromOf(ctx))
	if err != nil {
		return nil, err
	}
	return a.invited(ctx, i, url), nil
}

func (a *API) invited(ctx context.Context, i account.Invitation, url secret.Redacted) *rest.One[newInvitationView] {
	mailed := a.SendsMail && !rest.WorkspaceOf(ctx).Sandbox
	if mailed && !rest.CallerOf(ctx).Can(account.MembersWrite, "") {
		// Who accepts proves the address by having its letter. A client's person could
		// otherwise make the account of somebody whom the agency gives more later.
		url = ""
	}
	return &rest.One[newInvitationView]{Body: newInvitationView{a.shownInvitation(i), url.Reveal(), mailed}}
}

func (a *API) inviteAgain(ctx context.Context, in *rest.ByID) (*rest.One[newInvitationView], error) {
	return a.renewInvitation(ctx, in.ID)
}

// ByInvitation is the input of a route of one of the agency's invitations. It is
// exported because huma does not see what is embedded otherwise.
type ByInvitation struct {
	ID string `path:"id" doc:"Id of the invitation"`
}

func (a *API) inviteToAgencyAgain(ctx context.Context, in *ByInvitation) (*rest.One[newInvitationView], error) {
	return a.renewInvitation(ctx, in.ID)
}

func (a *API) renewInvitation(ctx context.Context, id string) (*rest.One[newInvitationView], error) {
	i, url, err := a.Desk.InviteAgain(ctx, rest.CallerOf(ctx), rest.WorkspaceOf(ctx).ID, id, rest.FromOf(ctx))
	if err != nil {
		return nil, err
	}
	return a.invited(ctx, i, url), nil
}

func (a *API) withdrawInvitation(ctx context.Context, in *rest.ByID) (*rest.Nothing, error) {
	return a.revokeInvitation(ctx, in.ID)
}

func (a *API) withdrawAgencyInvitation(ctx context.Context, in *ByInvitation) (*rest.Nothing, error) {
	return a.revokeInvitation(ctx, in.ID)
}

func (a *API) revokeInvitation(ctx context.Context, id string) (*rest.Nothing, error) {
	ws := rest.WorkspaceOf(ctx).ID
	if err := a.Store.RevokeInvitation(ctx, ws, id, a.Now()); err != nil {
		return nil, err
	}
	a.Audit(ctx, engine.AuditEntry{Workspace: ws, Action: "member.invitation_withdrawn", ObjectKind: "invitation", ObjectID: id})
	return nil, nil
}

type lookInput struct {
	Body struct {
		Token secret.Redacted `json:"token" minLength:"1" maxLength:"200" doc:"Behind the # of the invitation's address"`
	}
}

// invitedView is what an invitation says to who opened it.
type invitedView struct {
	Email     string `json:"email"`
	Role      string `json:"role" enum:"owner,admin,builder,operator,viewer,client_viewer"`
	About     string `json:"about" doc:"What the role may do, in plain words"`
	Workspace string `json:"workspace" doc:"Its name; empty for the agency, whose people belong to every workspace"`
	InvitedBy string `json:"invited_by"`
	// HasAccount is known to the link's bearer only.
	HasAccount bool      `json:"has_account" doc:"Whether the address has an account: its password accepts. Otherwise a name and a new password do."`
	ExpiresAt  time.Time `json:"expires_at"`
}

// lookInvitation tells who opened the link what it is for. The token comes in the
// body, because addresses are logged.
func (a *API) lookInvitation(ctx context.Context, in *lookInput) (*rest.One[invitedView], error) {
	seen, err := a.Desk.LookInvitation(ctx, in.Body.Token)
	if err != nil {
		return nil, err
	}
	return &rest.One[invitedView]{Body: invitedView{
		Email: seen.Email, Role: string(seen.Role), About: seen.Role.About(), Workspace: seen.Place.Name, InvitedBy: seen.InvitedName,
		HasAccount: seen.Known, ExpiresAt: rest.Stamp(seen.ExpiresAt),
	}}, nil
}

type acceptInput struct {
	Body struct {
		Token    secret.Redacted `json:"token" minLength:"1" maxLength:"200"`
		Name     string          `json:"name,omitempty" maxLength:"200" doc:"Of somebody new"`
		Password secret.Redacted `json:"password,omitempty" maxLength:"2000" doc:"A new one, or that of the account; not needed by who is signed in"`
		Timezone string          `json:"timezone,omitempty" maxLength:"64"`
	}
}

// acceptInvitation makes the link's bearer a member and signs them in.
func (a *API) acceptInvitation(ctx context.Context, in *acceptInput) (*signedIn, error) {
	p := identity.Person{Name: in.Body.Name, Password: in.Body.Password, Timezone: in.Body.Timezone}
	c, token, err := a.Desk.Accept(ctx, rest.CallerOf(ctx), in.Body.Token, p, rest.BrowserOf(ctx).Token, rest.FromOf(ctx))
	if err != nil {
		return nil, err
	}
	if token == "" { // the session that the browser has stays
		token = rest.BrowserOf(ctx).Token
	}
	return a.signedIn(ctx, c, token)
}
