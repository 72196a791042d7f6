package api

import (
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"github.com/hookloom/hookloom/api/branding"
	"github.com/hookloom/hookloom/api/edge"
	"github.com/hookloom/hookloom/api/hosted"
	"github.com/hookloom/hookloom/api/kajabi"
	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/api/setting"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/crm"
)

// routes is the list of everything but /hooks/{token}, which comes before it.
func (a *API) routes(r *gin.Engine) {
	r.Use(edge.Trace(a.Log, a.proxies, rest.CallerName), edge.Recover(a.Log))

	for _, method := range []string{http.MethodGet, http.MethodHead} {
		r.Handle(method, "/healthz", edge.Headers, a.healthz)
		r.Handle(method, "/readyz", edge.Headers, a.readyz)
	}
	r.GET("/metrics", edge.Headers, a.hiddenHere, a.metrics()) // the token or this machine only
	r.GET("/openapi.json", edge.Headers, a.openAPI)
	r.GET("/docs", edge.Headers, a.docsPage)
	r.GET("/docs/errors", edge.Headers, a.errorsPage)
	r.GET("/docs/style.css", edge.Headers, a.docsStyle)

	a.template.Schemas(r)

	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost} {
		r.Handle(method, hosted.Prefix+":slug", gin.WrapH(a.forms))
		r.Handle(method, hosted.Prefix+":slug/thanks", gin.WrapH(a.forms))
		r.Handle(method, crm.UnsubscribePath+":token", gin.WrapH(a.unsubscribe()))
	}

	r.GET(branding.ProvePath, edge.Headers, a.branding.Prove)
	r.GET(branding.AskPath, edge.Headers, a.branding.AskDomain)
	r.GET(branding.LogoPath+":hash", a.logo)
	r.GET(branding.IconPath, a.icon)
	r.GET("/favicon.svg", a.favicon)
	r.GET("/favicon.ico", a.favicon)

	r.GET(setting.CallbackPath, a.setting.FinishSignIn) // the state is the credential, see engine.FinishSignIn

	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPatch, http.MethodDelete, http.MethodPut} {
		r.Handle(method, kajabi.Prefix+"*path", edge.Headers, gin.WrapH(a.kajabi))
	}

	v1 := r.Group("/api/v1", edge.Headers, a.Identify)
	a.Mount(humagin.NewWithGroup(r, v1, a.humaConfig()))
	rest.Handle(a.Shell, rest.Get("/backup", rest.Needs(account.All), "Download a copy of the database"), a.backup)
	rest.Handle(a.Shell, rest.Get(rest.WS+"/events", rest.Needs(account.RunsRead), "Stream changes").Redacts(), a.streamEvents)
	a.access.Routes()
	a.agency.Routes()
	a.branding.Routes()
	a.workflow.Routes()
	a.run.Routes()
	a.contact.Routes()
	a.sale.Routes()
	a.hook.Routes()
	a.template.Routes()
	a.setting.Routes()

	r.NoRoute(a.fallback)
	r.NoMethod(a.noMethod)
}

// unsubscribe answers the addresses at the end of e-mails.
func (a *API) unsubscribe() http.Handler {
	return &hosted.Unsubscribe{Store: a.Store, Live: a.Live, Wake: a.Engine.WakeEvents, Brands: a.Brands, Log: a.Log}
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
		"session": {Type: "apiKey", In: "cookie", Name: rest.SessionCookie, Description: "The session of a signed-in browser."},
	}
	return c
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
	a.Refuse(c, problem.New(problem.CodeNotFound, ""))
}

func (a *API) noMethod(c *gin.Context) {
	a.Refuse(c, problem.New(problem.CodeMethodNotAllowed, "")) // gin has set Allow
}

// refuseHeaders answers a request that is not worth a trace id.
func refuseHeaders(w http.ResponseWriter) {
	w.Header().Set("Connection", "close")
	problem.Write(w, problem.New(problem.CodeTooManyHeaders, ""))
}
