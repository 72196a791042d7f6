package access

import (
	"net/http"

	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine/account"
)

// Routes are who comes in.
func (a *API) Routes() {
	rest.Handle(a.Shell, rest.Post("/setup", rest.Everybody, "Set the installation up").Unnoted("the desk notes it"), a.setUp)
	rest.Handle(a.Shell, rest.Post("/session", rest.Everybody, "Sign in").Unnoted("the desk notes it"), a.signIn)
	rest.Handle(a.Shell, rest.Remove("/session", rest.Everybody, "Sign out").Unnoted("the desk notes it"), a.signOut)
	rest.Handle(a.Shell, rest.Post("/password-reset", rest.Everybody, "Set a new password by a reset link").Answers(http.StatusNoContent).Unnoted("the desk notes it"), a.resetPassword)
	rest.Handle(a.Shell, rest.Get("/scopes", rest.Known, "List the rights that API keys can have"), a.listScopes)
	rest.Handle(a.Shell, rest.Get("/me", rest.Known, "Who am I"), a.me)
	rest.Handle(a.Shell, rest.Patch("/me", rest.Known, "Change what you decide for yourself").Unnoted("how one person reads times concerns nobody else"), a.updateMe)

	rest.Handle(a.Shell, rest.Get("/workspaces", rest.Known, "List workspaces"), a.listWorkspaces)
	rest.Handle(a.Shell, rest.Post("/workspaces", rest.Needs(account.WorkspacesWrite), "Create a workspace"), a.createWorkspace)
	a.workspaceRoutes()
}

func (a *API) workspaceRoutes() {
	const ws = rest.WS
	rest.Handle(a.Shell, rest.Get(ws, rest.Needs(account.WorkspacesRead), "Get a workspace").Redacts(), a.getWorkspace)
	rest.Handle(a.Shell, rest.Patch(ws, rest.Needs(account.WorkspacesWrite), "Change a workspace"), a.updateWorkspace)
	rest.Handle(a.Shell, rest.Remove(ws, rest.Needs(account.WorkspacesWrite), "Delete a workspace"), a.deleteWorkspace)

	rest.Handle(a.Shell, rest.Get(ws+"/api-keys", rest.Needs(account.KeysRead), "List API keys"), a.listKeys)
	rest.Handle(a.Shell, rest.Post(ws+"/api-keys", rest.Needs(account.KeysWrite), "Create an API key").ShowsOnce().Unnoted("the desk notes it"), a.createKey)
	rest.Handle(a.Shell, rest.Remove(ws+"/api-keys/{id}", rest.Needs(account.KeysWrite), "Revoke an API key"), a.revokeKey)
	a.memberRoutes()
}

// memberRoutes are who may do what, and what they did: in a workspace, and on the
// installation, whose people and keys count in every workspace.
func (a *API) memberRoutes() {
	const (
		ws      = rest.WS
		byDesk  = "the desk notes it"
		members = "/members"
		invites = "/invitations"
		open    = invites + "/{id}"
		person  = members + "/{id}"
	)
	read, write := rest.Needs(account.MembersRead), rest.Needs(account.MembersWrite)
	rest.Handle(a.Shell, rest.Get(ws+"/roles", rest.Needs(account.WorkspacesRead), "List the roles of a workspace").Redacts(), a.listRoles)
	rest.Handle(a.Shell, rest.Get(ws+members, read, "List members"), a.listMembers)
	rest.Handle(a.Shell, rest.Post(ws+members, write, "Add a member who has an account"), a.addMember)
	rest.Handle(a.Shell, rest.Patch(ws+person, write, "Change the role of a member").Answers(http.StatusNoContent), a.changeMember)
	rest.Handle(a.Shell, rest.Remove(ws+person, write, "Remove a member"), a.removeMember)
	rest.Handle(a.Shell, rest.Get(ws+invites, read, "List open invitations"), a.listInvitations)
	rest.Handle(a.Shell, rest.Post(ws+invites, write, "Invite a member").ShowsOnce().Unnoted(byDesk), a.invite)
	rest.Handle(a.Shell, rest.Post(ws+open+"/resend", write, "Send an invitation again").Answers(http.StatusOK).ShowsOnce().Unnoted(byDesk), a.inviteAgain)
	rest.Handle(a.Shell, rest.Remove(ws+open, write, "Withdraw an invitation"), a.withdrawInvitation)

	rest.Handle(a.Shell, rest.Get("/roles", rest.Known, "List the roles of the agency's people"), a.listAgencyRoles)
	rest.Handle(a.Shell, rest.Get(members, read, "List the agency's people"), a.listAgencyMembers)
	rest.Handle(a.Shell, rest.Post(members, write, "Add one of the agency's people who has an account"), a.addAgencyMember)
	rest.Handle(a.Shell, rest.Patch(person, write, "Change the role of one of the agency's people").Answers(http.StatusNoContent), a.changeAgencyMember)
	rest.Handle(a.Shell, rest.Remove(person, write, "Remove one of the agency's people"), a.removeAgencyMember)
	rest.Handle(a.Shell, rest.Get(invites, read, "List open invitations to the agency"), a.listAgencyInvitations)
	rest.Handle(a.Shell, rest.Post(invites, write, "Invite one of the agency's people").ShowsOnce().Unnoted(byDesk), a.inviteToAgency)
	rest.Handle(a.Shell, rest.Post(open+"/resend", write, "Send an invitation to the agency again").Answers(http.StatusOK).ShowsOnce().Unnoted(byDesk), a.inviteToAgencyAgain)
	rest.Handle(a.Shell, rest.Remove(open, write, "Withdraw an invitation to the agency"), a.withdrawAgencyInvitation)
	rest.Handle(a.Shell, rest.Post(invites+"/look", rest.Everybody, "See what an invitation is for").Answers(http.StatusOK).Unnoted("changes nothing"), a.lookInvitation)
	rest.Handle(a.Shell, rest.Post(invites+"/accept", rest.Everybody, "Accept an invitation").Unnoted(byDesk), a.acceptInvitation)

	rest.Handle(a.Shell, rest.Get("/api-keys", rest.Needs(account.KeysRead), "List API keys of all workspaces"), a.listAgencyKeys)
	rest.Handle(a.Shell, rest.Post("/api-keys", rest.Needs(account.KeysWrite), "Create an API key of all workspaces").ShowsOnce().Unnoted(byDesk), a.createAgencyKey)
	rest.Handle(a.Shell, rest.Remove("/api-keys/{id}", rest.Needs(account.KeysWrite), "Revoke an API key of all workspaces"), a.revokeAgencyKey)

	audit := rest.Needs(account.AuditRead)
	rest.Handle(a.Shell, rest.Get(ws+"/audit", audit, "List the audit log"), a.listAudit)
	rest.Handle(a.Shell, rest.Get(ws+"/audit/verify", audit, "Check that the audit log is whole"), a.verifyAudit)
	rest.Handle(a.Shell, rest.Get(ws+"/audit/export", audit, "Download the audit log"), a.exportAudit)
	rest.Handle(a.Shell, rest.Get("/audit", audit, "List the audit log of the installation"), a.listOwnAudit)
	rest.Handle(a.Shell, rest.Get("/audit/verify", audit, "Check that the installation's audit log is whole"), a.verifyOwnAudit)
	rest.Handle(a.Shell, rest.Get("/audit/export", audit, "Download the audit log of the installation"), a.exportOwnAudit)
}
