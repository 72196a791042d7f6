package access

import (
	"context"
	"errors"
	"time"

	"github.com/hookloom/hookloom/api/identity"
	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
)

// MemberStore keeps who is what where. A workspace of "" is the agency: its
// people count in every workspace.
type MemberStore interface {
	// Members lists the people of a workspace, the agency's after its own.
	Members(ctx context.Context, workspace string) ([]account.Member, error)
	// AddMember makes a user a member; *engine.StateError when they are one.
	AddMember(ctx context.Context, m account.Membership) error
	// ChangeMember gives a member the role that change returns for the present
	// one, and takes the membership away for "". account.ErrLastOwner when nobody
	// would be left who owns the agency.
	ChangeMember(ctx context.Context, workspace, userID string, change func(now account.Role) (account.Role, error)) error
}

// memberView is a person with what they may do.
type memberView struct {
	ID    string `json:"id" doc:"Id of the user" example:"usr_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10"`
	Email string `json:"email"`
	Name  string `json:"name"`
	Role  string `json:"role" enum:"owner,admin,builder,operator,viewer,client_viewer"`
	// Agency people are changed in the agency's list.
	Agency     bool       `json:"agency" doc:"Whether they belong to the agency, and so to every workspace"`
	You        bool       `json:"you"`
	CreatedAt  time.Time  `json:"created_at" doc:"Since when"`
	LastSeenAt *time.Time `json:"last_seen_at" doc:"To within five minutes; null for who never signed in"`
	// MayChange is for the page's buttons; the server asks again.
	MayChange bool `json:"may_change" doc:"Whether the caller may change this role or remove the person"`
}

func shownMember(c identity.Caller, m account.Member) memberView {
	return memberView{
		ID: m.UserID, Email: m.Email, Name: m.Name, Role: string(m.Role), Agency: m.WorkspaceID == "", You: m.UserID == c.UserID,
		CreatedAt: rest.Stamp(m.CreatedAt), LastSeenAt: rest.Moment(m.LastSeenAt), MayChange: mayManage(c, m.WorkspaceID, m.Role),
	}
}

// mayManage tells whether a caller may change the membership of somebody who has
// a role.
func mayManage(c identity.Caller, workspace string, role account.Role) bool {
	return c.Can(account.MembersWrite, workspace) && c.MayGive(role, workspace)
}

// roleView is a role with what it may do.
type roleView struct {
	Role    string   `json:"role" enum:"owner,admin,builder,operator,viewer,client_viewer"`
	About   string   `json:"about" doc:"In plain words"`
	Scopes  []string `json:"scopes" nullable:"false"`
	MayGive bool     `json:"may_give" doc:"Whether the caller may give this role here"`
}

func rolesFor(c identity.Caller, workspace string) *rest.Listed[roleView] {
	out := &rest.Listed[roleView]{}
	for _, role := range account.Roles() {
		out.Body.Items = append(out.Body.Items, roleView{string(role), role.About(), scopeTexts(role.Scopes()), c.MayGive(role, workspace)})
	}
	return out
}

func scopeTexts(scopes account.Scopes) []string {
	texts := make([]string, len(scopes))
	for i, s := range scopes {
		texts[i] = string(s)
	}
	return texts
}

func (a *API) listRoles(ctx context.Context, _ *rest.InWorkspace) (*rest.Listed[roleView], error) {
	return rolesFor(rest.CallerOf(ctx), rest.WorkspaceOf(ctx).ID), nil
}

func (a *API) listAgencyRoles(ctx context.Context, _ *struct{}) (*rest.Listed[roleView], error) {
	return rolesFor(rest.CallerOf(ctx), ""), nil
}

func (a *API) listMembers(ctx context.Context, _ *rest.InWorkspace) (*rest.Listed[memberView], error) {
	return a.membersOf(ctx)
}

func (a *API) listAgencyMembers(ctx context.Context, _ *struct{}) (*rest.Listed[memberView], error) {
	return a.membersOf(ctx)
}

// membersOf lists those of the path's workspace, or the agency's.
func (a *API) membersOf(ctx context.Context) (*rest.Listed[memberView], error) {
	c := rest.CallerOf(ctx)
	list, err := a.Store.Members(ctx, rest.WorkspaceOf(ctx).ID)
	if err != nil {
		return nil, err
	}
	return rest.NewList(engine.List[account.Member]{Items: list}, func(m account.Member) memberView { return shownMember(c, m) }), nil
}

// MemberBody is who gets which role. It is exported because huma does not see
// what is embedded otherwise.
type MemberBody struct {
	Email string `json:"email" minLength:"1" maxLength:"1000"`
	Role  string `json:"role" enum:"owner,admin,builder,operator,viewer,client_viewer"`
}

type addMemberInput struct {
	rest.InWorkspace
	Body MemberBody
}

func (a *API) addMember(ctx context.Context, in *addMemberInput) (*rest.One[memberView], error) {
	return a.newMember(ctx, in.Body)
}

type addAgencyMemberInput struct{ Body MemberBody }

func (a *API) addAgencyMember(ctx context.Context, in *addAgencyMemberInput) (*rest.One[memberView], error) {
	return a.newMember(ctx, in.Body)
}

// newMember makes a person who has an account a member at once. It tells whether
// an address has one, so it is for the agency's people; others invite.
func (a *API) newMember(ctx context.Context, in MemberBody) (*rest.One[memberView], error) {
	c, ws := rest.CallerOf(ctx), rest.WorkspaceOf(ctx).ID
	if !c.Can(account.MembersWrite, "") {
		return nil, problem.New(problem.CodeForbidden, "Only the agency's own people add somebody at once. Send an invitation instead.")
	}
	email, err := account.NormalizeEmail(in.Email)
	if err != nil {
		return nil, problem.At("/email", "invalid", err.Error())
	}
	role := account.Role(in.Role)
	if !c.MayGive(role, ws) {
		return nil, identity.ErrMayNotGive
	}
	u, err := a.Store.UserByEmail(ctx, email)
	if errors.Is(err, engine.ErrNotFound) {
		return nil, problem.At("/email", "unknown", "Nobody with this address has an account yet. Send an invitation instead.")
	}
	if err != nil {
		return nil, err
	}
	m := account.Membership{UserID: u.ID, WorkspaceID: ws, Role: role, CreatedAt: a.Now()}
	if err := a.Store.AddMember(ctx, m); err != nil {
		return nil, err
	}
	a.auditMember(ctx, "member.added", u.ID, map[string]any{"email": u.Email, "role": in.Role})
	return &rest.One[memberView]{Body: shownMember(c, account.Member{Membership: m, Email: u.Email, Name: u.Name})}, nil
}

func (a *API) auditMember(ctx context.Context, action, id string, detail map[string]any) {
	a.Audit(ctx, engine.AuditEntry{Workspace: rest.WorkspaceOf(ctx).ID, Action: action, ObjectKind: "user", ObjectID: id, Detail: detail})
}

// RoleBody is exported because huma does not see what is embedded otherwise.
type RoleBody struct {
	Role string `json:"role" enum:"owner,admin,builder,operator,viewer,client_viewer"`
}

type changeMemberInput struct {
	rest.ByID
	Body RoleBody
}

func (a *API) changeMember(ctx context.Context, in *changeMemberInput) (*rest.Nothing, error) {
	return a.changeRole(ctx, in.ID, account.Role(in.Body.Role))
}

// ByUser is the input of a route of one of the agency's people. It is exported
// because huma does not see what is embedded otherwise.
type ByUser struct {
	ID string `path:"id" doc:"Id of the user"`
}

type changeAgencyMemberInput struct {
	ByUser
	Body RoleBody
}

func (a *API) changeAgencyMember(ctx context.Context, in *changeAgencyMemberInput) (*rest.Nothing, error) {
	return a.changeRole(ctx, in.ID, account.Role(in.Body.Role))
}

func (a *API) removeMember(ctx context.Context, in *rest.ByID) (*rest.Nothing, error) {
	return a.changeRole(ctx, in.ID, "")
}

func (a *API) removeAgencyMember(ctx context.Context, in *ByUser) (*rest.Nothing, error) {
	return a.changeRole(ctx, in.ID, "")
}

// changeRole gives a member another role, or with "" removes them. It counts at
// their next request: open streams are looked at at once in this process, and
// within seconds in others.
func (a *API) changeRole(ctx context.Context, userID string, role account.Role) (*rest.Nothing, error) {
	c, ws := rest.CallerOf(ctx), rest.WorkspaceOf(ctx).ID
	var before account.Role
	err := a.Store.ChangeMember(ctx, ws, userID, func(now account.Role) (account.Role, error) {
		before = now
		leaves := userID == c.UserID && now.Covers(role) // to leave or to do less is everybody's own
		if !leaves && (!c.MayGive(now, ws) || (role != "" && !c.MayGive(role, ws))) {
			return "", identity.ErrMayNotGive
		}
		return role, nil
	})
	if err != nil {
		return nil, err
	}
	a.Desk.NoteEnd()
	if role == "" {
		a.auditMember(ctx, "member.removed", userID, map[string]any{"role": string(before)})
	} else {
		a.auditMember(ctx, "member.role_changed", userID, map[string]any{"from": string(before), "to": string(role)})
	}
	return nil, nil
}
