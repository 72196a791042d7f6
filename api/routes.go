package api

import (
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"github.com/hookloom/hookloom/api/edge"
	"github.com/hookloom/hookloom/api/hosted"
	"github.com/hookloom/hookloom/api/kajabi"
	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/crm"
)

// routes is the list of everything but /hooks/{token}, which comes before it.
func (a *API) routes(r *gin.Engine) {
	r.Use(edge.Trace(a.Log, a.proxies, callerName), edge.Recover(a.Log))

	for _, method := range []string{http.MethodGet, http.MethodHead} {
		r.Handle(method, "/healthz", edge.Headers, a.healthz)
		r.Handle(method, "/readyz", edge.Headers, a.readyz)
	}
	r.GET("/metrics", edge.Headers, a.hiddenHere, a.metrics()) // the token or this machine only
	r.GET("/openapi.json", edge.Headers, a.openAPI)
	r.GET("/docs", edge.Headers, a.docsPage)
	r.GET("/docs/errors", edge.Headers, a.errorsPage)
	r.GET("/docs/style.css", edge.Headers, a.docsStyle)

	a.schemas(r)

	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost} {
		r.Handle(method, hosted.Prefix+":slug", gin.WrapH(a.forms))
		r.Handle(method, hosted.Prefix+":slug/thanks", gin.WrapH(a.forms))
		r.Handle(method, crm.UnsubscribePath+":token", gin.WrapH(a.unsubscribe()))
	}

	r.GET(provePath, edge.Headers, a.prove)
	r.GET(askPath, edge.Headers, a.askDomain)
	r.GET(LogoPath+":hash", a.logo)
	r.GET(IconPath, a.icon)
	r.GET("/favicon.svg", a.favicon)
	r.GET("/favicon.ico", a.favicon)

	r.GET(callbackPath, a.finishSignIn) // the state is the credential, see engine.FinishSignIn

	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPatch, http.MethodDelete, http.MethodPut} {
		r.Handle(method, kajabi.Prefix+"*path", edge.Headers, gin.WrapH(a.kajabi))
	}

	v1 := r.Group("/api/v1", edge.Headers, a.identify)
	a.huma = humagin.NewWithGroup(r, v1, a.humaConfig())
	a.accountRoutes()
	a.workspaceRoutes()
	a.resourceRoutes()

	r.NoRoute(a.fallback)
	r.NoMethod(a.noMethod)
}

// unsubscribe answers the addresses at the end of e-mails.
func (a *API) unsubscribe() http.Handler {
	return &hosted.Unsubscribe{Store: a.Store, Live: a.Live, Wake: a.Engine.WakeEvents, Brands: a.Brands, Log: a.Log}
}

func (a *API) accountRoutes() {
	handle(a, post("/setup", everybody, "Set the installation up").unnoted("the desk notes it"), a.setUp)
	handle(a, post("/session", everybody, "Sign in").unnoted("the desk notes it"), a.signIn)
	handle(a, remove("/session", everybody, "Sign out").unnoted("the desk notes it"), a.signOut)
	handle(a, post("/password-reset", everybody, "Set a new password by a reset link").answers(http.StatusNoContent).unnoted("the desk notes it"), a.resetPassword)
	handle(a, get("/scopes", known, "List the rights that API keys can have"), a.listScopes)
	handle(a, get("/me", known, "Who am I"), a.me)
	handle(a, patch("/me", known, "Change what you decide for yourself").unnoted("how one person reads times concerns nobody else"), a.updateMe)

	handle(a, get("/backup", needs(account.All), "Download a copy of the database"), a.backup)
	handle(a, get("/workspaces", known, "List workspaces"), a.listWorkspaces)
	handle(a, post("/workspaces", needs(account.WorkspacesWrite), "Create a workspace"), a.createWorkspace)
	a.agencyRoutes()
	a.brandRoutes()
}

func (a *API) workspaceRoutes() {
	const ws = "/workspaces/{ws}"
	handle(a, get(ws, needs(account.WorkspacesRead), "Get a workspace").redacts(), a.getWorkspace)
	handle(a, patch(ws, needs(account.WorkspacesWrite), "Change a workspace"), a.updateWorkspace)
	handle(a, remove(ws, needs(account.WorkspacesWrite), "Delete a workspace"), a.deleteWorkspace)
	handle(a, get(ws+"/events", needs(account.RunsRead), "Stream changes").redacts(), a.streamEvents)

	handle(a, get(ws+"/api-keys", needs(account.KeysRead), "List API keys"), a.listKeys)
	handle(a, post(ws+"/api-keys", needs(account.KeysWrite), "Create an API key").showsOnce().unnoted("the desk notes it"), a.createKey)
	handle(a, remove(ws+"/api-keys/{id}", needs(account.KeysWrite), "Revoke an API key"), a.revokeKey)
	a.memberRoutes()
}

// memberRoutes are who may do what, and what they did: in a workspace, and on the
// installation, whose people and keys count in every workspace.
func (a *API) memberRoutes() {
	const (
		ws      = "/workspaces/{ws}"
		byDesk  = "the desk notes it"
		members = "/members"
		invites = "/invitations"
		open    = invites + "/{id}"
		person  = members + "/{id}"
	)
	read, write := needs(account.MembersRead), needs(account.MembersWrite)
	handle(a, get(ws+"/roles", needs(account.WorkspacesRead), "List the roles of a workspace").redacts(), a.listRoles)
	handle(a, get(ws+members, read, "List members"), a.listMembers)
	handle(a, post(ws+members, write, "Add a member who has an account"), a.addMember)
	handle(a, patch(ws+person, write, "Change the role of a member").answers(http.StatusNoContent), a.changeMember)
	handle(a, remove(ws+person, write, "Remove a member"), a.removeMember)
	handle(a, get(ws+invites, read, "List open invitations"), a.listInvitations)
	handle(a, post(ws+invites, write, "Invite a member").showsOnce().unnoted(byDesk), a.invite)
	handle(a, post(ws+open+"/resend", write, "Send an invitation again").answers(http.StatusOK).showsOnce().unnoted(byDesk), a.inviteAgain)
	handle(a, remove(ws+open, write, "Withdraw an invitation"), a.withdrawInvitation)

	handle(a, get("/roles", known, "List the roles of the agency's people"), a.listAgencyRoles)
	handle(a, get(members, read, "List the agency's people"), a.listAgencyMembers)
	handle(a, post(members, write, "Add one of the agency's people who has an account"), a.addAgencyMember)
	handle(a, patch(person, write, "Change the role of one of the agency's people").answers(http.StatusNoContent), a.changeAgencyMember)
	handle(a, remove(person, write, "Remove one of the agency's people"), a.removeAgencyMember)
	handle(a, get(invites, read, "List open invitations to the agency"), a.listAgencyInvitations)
	handle(a, post(invites, write, "Invite one of the agency's people").showsOnce().unnoted(byDesk), a.inviteToAgency)
	handle(a, post(open+"/resend", write, "Send an invitation to the agency again").answers(http.StatusOK).showsOnce().unnoted(byDesk), a.inviteToAgencyAgain)
	handle(a, remove(open, write, "Withdraw an invitation to the agency"), a.withdrawAgencyInvitation)
	handle(a, post(invites+"/look", everybody, "See what an invitation is for").answers(http.StatusOK).unnoted("changes nothing"), a.lookInvitation)
	handle(a, post(invites+"/accept", everybody, "Accept an invitation").unnoted(byDesk), a.acceptInvitation)

	handle(a, get("/api-keys", needs(account.KeysRead), "List API keys of all workspaces"), a.listAgencyKeys)
	handle(a, post("/api-keys", needs(account.KeysWrite), "Create an API key of all workspaces").showsOnce().unnoted(byDesk), a.createAgencyKey)
	handle(a, remove("/api-keys/{id}", needs(account.KeysWrite), "Revoke an API key of all workspaces"), a.revokeAgencyKey)

	audit := needs(account.AuditRead)
	handle(a, get(ws+"/audit", audit, "List the audit log"), a.listAudit)
	handle(a, get(ws+"/audit/verify", audit, "Check that the audit log is whole"), a.verifyAudit)
	handle(a, get(ws+"/audit/export", audit, "Download the audit log"), a.exportAudit)
	handle(a, get("/audit", audit, "List the audit log of the installation"), a.listOwnAudit)
	handle(a, get("/audit/verify", audit, "Check that the installation's audit log is whole"), a.verifyOwnAudit)
	handle(a, get("/audit/export", audit, "Download the audit log of the installation"), a.exportOwnAudit)
}

// humaConfig describes the API. Its own pages are off: they load scripts from
// elsewhere.
func (a *API) humaConfig() huma.Config {
	c := huma.DefaultConfig("Hookloom", a.Config.Version)
	c.OpenAPIPath, c.DocsPath, c.SchemasPath, c.CreateHooks = "", "", "", nil
	c.Info.Description = "Webhooks in, workflows run, contacts and offers kept. Errors are application/problem+json; their codes are listed at /docs/errors."
	c.Servers = []*huma.Server{{URL: "/api/v1"}}
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"key":     {Type: "http", Scheme: "bearer", Description: "An API key of a workspace."},
		"session": {Type: "apiKey", In: "cookie", Name: sessionCookie, Description: "The session of a signed-in browser."},
	}
	return c
}

// callerName names the caller in the log.
func callerName(c *gin.Context) string {
	if s, ok := c.Request.Context().Value(seatKey{}).(*seat); ok {
		return s.caller.ID()
	}
	return ""
}

// programs are the paths that programs call: what is not found there is a
// problem to read, never the app's page.
var programs = []string{"/api", "/hooks", "/v1", "/webhooks", "/f", "/u", "/healthz", "/readyz", "/metrics", "/openapi.json", "/docs", "/schemas", "/.well-known", "/brand"}

func forPrograms(path string) bool {
	for _, prefix := range programs {
		if rest, ok := strings.CutPrefix(path, prefix); ok && (rest == "" || rest[0] == '/') {
			return true
		}
	}
	return false
}

// fallback serves the pages, or says that there is nothing.
func (a *API) fallback(c *gin.Context) {
	if a.UI != nil && !forPrograms(c.Request.URL.Path) {
		c.Status(http.StatusOK) // gin has said 404 already
		a.UI.ServeHTTP(c.Writer, c.Request)
		return
	}
	a.refuse(c, problem.New(problem.CodeNotFound, ""))
}

func (a *API) noMethod(c *gin.Context) {
	a.refuse(c, problem.New(problem.CodeMethodNotAllowed, "")) // gin has set Allow
}

// refuse answers a problem outside of huma.
func (a *API) refuse(c *gin.Context, p *problem.Problem) {
	edge.Headers(c)
	problem.Write(c.Writer, p.Traced(problem.TraceID(c.Request.Context())))
	c.Abort()
}

// refuseHeaders answers a request that is not worth a trace id.
func refuseHeaders(w http.ResponseWriter) {
	w.Header().Set("Connection", "close")
	problem.Write(w, problem.New(problem.CodeTooManyHeaders, ""))
}
