package identity

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/brand"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/secret"
)

// Invitations ask people to become members. A workspace of "" is the agency's.
type Invitations interface {
	// CreateInvitation stores an invitation with its letter and ends an earlier
	// one of the same address. *engine.StateError when the person is a member
	// already or too many are open.
	CreateInvitation(ctx context.Context, i account.Invitation, letter engine.Message) error
	// Invitations lists the open ones, also expired ones, from the newest.
	Invitations(ctx context.Context, workspace string) ([]account.Invitation, error)
	// InvitationByHash finds one by the hash of its token, also one that is over.
	InvitationByHash(ctx context.Context, hash []byte) (account.Invitation, error)
	// RenewInvitation stores what renew makes of an open one, with its letter.
	RenewInvitation(ctx context.Context, workspace, id string, renew func(account.Invitation) (account.Invitation, engine.Message, error)) error
	// RevokeInvitation withdraws an open one; engine.ErrNotFound when none is.
	RevokeInvitation(ctx context.Context, workspace, id string, at time.Time) error
	// AcceptInvitation makes a user a member, and stores the user with it when
	// create is set. account.ErrInvitationUsed when somebody else was faster.
	AcceptInvitation(ctx context.Context, i account.Invitation, u account.User, create bool, at time.Time) error
	// Workspace is where an invitation leads; engine.ErrNotFound for a deleted one.
	Workspace(ctx context.Context, id string) (crm.Workspace, error)
	// ListWorkspaces lists workspaces from the oldest, all with nil.
	ListWorkspaces(ctx context.Context, ids []string, p engine.Page) (engine.List[crm.Workspace], error)
}

// ErrMayNotGive says that somebody gives or takes a role that has rights which
// they do not have themselves.
var ErrMayNotGive = errors.New("nobody gives or takes a role with rights that they do not have themselves")

// ErrOtherPerson says that an invitation is for another address than that of who
// is signed in.
var ErrOtherPerson = errors.New("this invitation is for another e-mail address; sign out first")

// Invite asks a person to become a member of a workspace, or of the agency with
// "", and returns the link, which is shown this once and sent by e-mail. The
// error is ErrMayNotGive, account.ErrEmail, account.ErrRole, or the store's.
func (d *Desk) Invite(ctx context.Context, c Caller, workspace, email string, role account.Role, from From) (account.Invitation, secret.Redacted, error) {
	if !c.MayGive(role, workspace) {
		return account.Invitation{}, "", ErrMayNotGive
	}
	i, token, err := account.NewInvitation(account.Invitation{
		ID: engine.NewID("inv"), WorkspaceID: workspace, Email: email, Role: role, InvitedBy: c.OwnerID, InvitedName: c.Name,
	}, d.now())
	if err != nil {
		return account.Invitation{}, "", err
	}
	letter, err := d.letter(ctx, i, token)
	if err != nil {
		return account.Invitation{}, "", err
	}
	if err := d.store.CreateInvitation(ctx, i, letter); err != nil {
		return account.Invitation{}, "", err
	}
	d.auditInvitation(ctx, c.Principal, "member.invited", i, from)
	return i, d.invitationURL(workspace, token), nil
}

// InviteAgain makes a new link for an open invitation and sends it; the earlier
// one ends. The error is ErrMayNotGive, *Wait when the last one is a moment old,
// or the store's.
func (d *Desk) InviteAgain(ctx context.Context, c Caller, workspace, id string, from From) (account.Invitation, secret.Redacted, error) {
	var renewed account.Invitation
	var token secret.Redacted
	err := d.store.RenewInvitation(ctx, workspace, id, func(i account.Invitation) (account.Invitation, engine.Message, error) {
		if !c.MayGive(i.Role, workspace) {
			return i, engine.Message{}, ErrMayNotGive
		}
		if wait := account.InvitationPause - d.now().Sub(i.SentAt); wait > 0 {
			return i, engine.Message{}, &Wait{wait}
		}
		i.InvitedBy, i.InvitedName = c.OwnerID, c.Name
		renewed, token = i.Renew(d.now())
		letter, err := d.letter(ctx, renewed, token)
		return renewed, letter, err
	})
	if err != nil {
		return account.Invitation{}, "", err
	}
	d.auditInvitation(ctx, c.Principal, "member.invited_again", renewed, from)
	return renewed, d.invitationURL(workspace, token), nil
}

func (d *Desk) auditInvitation(ctx context.Context, p account.Principal, action string, i account.Invitation, from From) {
	d.audit(ctx, p, engine.AuditEntry{
		Workspace: i.WorkspaceID, Action: action, ObjectKind: "invitation", ObjectID: i.ID,
		Detail: map[string]any{"email": i.Email, "role": string(i.Role)}, IP: from.ip(),
	})
}

func (d *Desk) invitationURL(workspace string, token secret.Redacted) secret.Redacted {
	return secret.Redacted(d.base(workspace) + account.InvitationPath + token.Reveal())
}

// letter is the e-mail of an invitation. The agency's go through the outbox of
// its oldest workspace; it holds the link sealed, so that who reads the outbox
// cannot accept.
func (d *Desk) letter(ctx context.Context, i account.Invitation, token secret.Redacted) (engine.Message, error) {
	place, from := "the team that runs all workspaces", crm.Sender{}
	through := i.WorkspaceID
	if through == "" {
		oldest, err := d.store.ListWorkspaces(ctx, nil, engine.Page{Limit: 1})
		if err != nil || len(oldest.Items) == 0 {
			return engine.Message{}, err
		}
		through = oldest.Items[0].ID
		if d.brands != nil {
			// It must not look like one of the workspace that it goes through.
			agency := d.brands.Of("")
			from = crm.Sender(agency.Sender)
			from.Name = cmp.Or(from.Name, agency.Name)
		}
	} else {
		ws, err := d.store.Workspace(ctx, through)
		if err != nil {
			return engine.Message{}, err
		}
		place, from = ws.Name, ws.Sender
	}
	place = strings.Join(strings.Fields(place), " ")
	return engine.Message{
		ID: engine.NewID("msg"), Workspace: through, Kind: "invitation", Channel: engine.ChannelEmail, Target: i.Email,
		FromName: from.Name, FromEmail: from.Email, ReplyTo: from.ReplyTo, Link: token, Once: fmt.Sprintf("%s:%d", i.ID, i.SentAt.UnixMicro()),
		Subject: "You are invited to " + place,
		Body: fmt.Sprintf("%s invites you to %s.\n\nOpen this link to accept. It works once, until %s:\n\n%s\n\n"+
			"If you do not know what this is about, you need not do anything.\n",
			strings.Join(strings.Fields(i.InvitedName), " "), place, i.ExpiresAt.UTC().Format("2 January 2006, 15:04 MST"),
			d.base(i.WorkspaceID)+account.InvitationPath+engine.LinkPlace),
	}, nil
}

// Invited is what an invitation says to who opened it.
type Invited struct {
	account.Invitation
	// Place is the workspace, the zero one for the agency.
	Place crm.Workspace
	// Known says that the address has an account, which signs in to accept.
	Known bool
}

// LookInvitation opens an invitation by its token. The error is one of the
// invitation's, or the database's.
func (d *Desk) LookInvitation(ctx context.Context, token secret.Redacted) (Invited, error) {
	if len(token) != secret.TokenLength {
		return Invited{}, account.ErrLinkUnknown
	}
	i, err := d.store.InvitationByHash(ctx, secret.HashToken(token.Reveal()))
	if errors.Is(err, engine.ErrNotFound) || err == nil && !brand.From(ctx).Shows(i.WorkspaceID) {
		return Invited{}, account.ErrLinkUnknown
	}
	if err == nil {
		err = i.Open(token, d.now())
	}
	if err == nil {
		err = d.stillInvites(ctx, i)
	}
	if err != nil {
		return Invited{}, err
	}
	seen := Invited{Invitation: i}
	if i.WorkspaceID != "" {
		if seen.Place, err = d.store.Workspace(ctx, i.WorkspaceID); err != nil {
			return Invited{}, withdrawn(err)
		}
	}
	_, err = d.store.UserByEmail(ctx, i.Email)
	seen.Known = err == nil
	if errors.Is(err, engine.ErrNotFound) {
		err = nil
	}
	return seen, err
}

// stillInvites looks whether who invited may still give the role: nobody comes
// back by an invitation that they wrote before they were removed.
func (d *Desk) stillInvites(ctx context.Context, i account.Invitation) error {
	if i.InvitedBy == "" {
		return nil
	}
	u, err := d.store.User(ctx, i.InvitedBy)
	if err != nil {
		return withdrawn(err)
	}
	memberships, err := d.store.Memberships(ctx, u.ID)
	if err == nil && !account.OfUser(u, memberships).MayGive(i.Role, i.WorkspaceID) {
		err = account.ErrInvitationWithdrawn
	}
	return err
}

func withdrawn(err error) error {
	if errors.Is(err, engine.ErrNotFound) {
		return account.ErrInvitationWithdrawn
	}
	return err
}

// Accept makes who has the link a member and signs them in. Somebody new says
// their name and chooses a password; who has an account gives its password, or is
// signed in already. The error is one of the invitation's, ErrOtherPerson, those
// of SignIn, or about what a new person said.
func (d *Desk) Accept(ctx context.Context, c Caller, token secret.Redacted, p Person, old secret.Redacted, from From) (Caller, secret.Redacted, error) {
	seen, err := d.LookInvitation(ctx, token)
	if err != nil {
		return Caller{}, "", err
	}
	if c.User != nil && c.User.Email != seen.Email {
		return Caller{}, "", ErrOtherPerson
	}
	switch {
	case c.User != nil:
		if err := d.join(ctx, seen.Invitation, *c.User, false, from); err != nil {
			return Caller{}, "", err
		}
		c, err = d.Again(ctx, c)
		return c, "", err
	case seen.Known:
		u, err := d.checkPassword(ctx, seen.Email, p.Password, from)
		if err != nil {
			return Caller{}, "", err
		}
		if err := d.join(ctx, seen.Invitation, u, false, from); err != nil {
			return Caller{}, "", err
		}
		if err := d.end(ctx, old); err != nil {
			return Caller{}, "", err
		}
		return d.begin(ctx, u, from)
	}
	p.Email = seen.Email
	u, err := d.user(ctx, p)
	if err != nil {
		return Caller{}, "", err
	}
	if err := d.join(ctx, seen.Invitation, u, true, from); err != nil {
		return Caller{}, "", err
	}
	return d.begin(ctx, u, from)
}

func (d *Desk) join(ctx context.Context, i account.Invitation, u account.User, create bool, from From) error {
	if err := d.store.AcceptInvitation(ctx, i, u, create, d.now()); err != nil {
		return err
	}
	d.auditInvitation(ctx, account.OfUser(u, nil), "member.joined", i, from)
	return nil
}
