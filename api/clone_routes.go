package api

import (
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/crm"
)

// templateRoutes is the part of the route list about templates and what is cloned
// of them.
func (a *API) templateRoutes() {
	const all = inWS + "/templates"
	const tpl = all + "/{template}"
	handle(a, get("/shared-templates/{token}", everybody, "Look at a shared template"), a.sharedTemplate)

	handle(a, get(all, needs(account.WorkflowsRead), "List templates"), a.listTemplates)
	handle(a, post(all, needs(account.TemplatesWrite), "Make a template of workflows"), a.makeTemplate)
	handle(a, post(all+"/inspect", needs(account.TemplatesWrite), "See what a template would ask for").answers(http.StatusOK), a.inspectWorkflows)
	handle(a, post(all+"/import", needs(account.TemplatesWrite), "Import a template file").takes(maxTemplateFile), a.importTemplate)
	handle(a, get(tpl, needs(account.WorkflowsRead), "Get a template"), a.getTemplate)
	handle(a, patch(tpl, needs(account.TemplatesWrite), "Change a template"), a.updateTemplate)
	handle(a, remove(tpl, needs(account.TemplatesWrite), "Delete a template"), a.deleteTemplate)
	handle(a, get(tpl+"/file", needs(account.TemplatesRead), "Export a template file"), a.exportTemplate)
	handle(a, get(tpl+"/recipe", needs(account.TemplatesWrite), "See what a new version would ask for"), a.templateRecipe)
	handle(a, get(tpl+"/versions", needs(account.TemplatesRead), "List the versions of a template"), a.listTemplateVersions)
	handle(a, post(tpl+"/versions", needs(account.TemplatesWrite), "Make a new version of a template"), a.publishTemplate)
	handle(a, get(tpl+"/links", needs(account.TemplatesRead), "List the links of a template"), a.listTemplateLinks)
	handle(a, post(tpl+"/links", needs(account.TemplatesWrite), "Share a template by a link").showsOnce(), a.shareTemplate)
	handle(a, remove(tpl+"/links/{link}", needs(account.TemplatesWrite), "End a link to a template"), a.revokeTemplateLink)

	handle(a, post(tpl+"/clone", needs(account.WorkflowsWrite), "Create the workflows of a template"), a.cloneTemplate)
	handle(a, get(tpl+"/sheet", needs(account.TemplatesRead), "Download a sheet to clone by"), a.cloneSheet)
	handle(a, get(tpl+"/clones", needs(account.TemplatesRead), "List the clones of a template"), a.listClones)
	handle(a, post(tpl+"/clones", needs(account.TemplatesWrite), "Clone a template for many clients").answers(http.StatusAccepted), a.startClones)
	handle(a, post(tpl+"/clones/check", needs(account.TemplatesWrite), "Check who a template is cloned for").answers(http.StatusOK), a.checkClones)
	handle(a, post(inWS+"/clones/act", needs(account.TemplatesWrite), "Publish, pause or set a value in many clones").answers(http.StatusAccepted), a.actOnClones)
	handle(a, get(inWS+"/clone-jobs/{id}", needs(account.TemplatesRead), "Get the report of a job over clients"), a.cloneReport)
	handle(a, get(inWS+"/clone-jobs/{id}/report.csv", needs(account.TemplatesRead), "Download the report of a job over clients"), a.cloneReportCSV)
}

// newClient is a workspace of a name with the settings of the home; the error is a
// sentence for a person.
func newClient(home crm.Workspace, name string) (crm.Workspace, error) {
	slug := slugOf(name)
	if slug == "" {
		slug = "client"
	}
	// A slug that is taken gets a number, which needs room.
	w := crm.Workspace{
		Name: strings.TrimSpace(name), Slug: strings.Trim(slug[:min(len(slug), maxSlug-8)], "-"), Timezone: home.Timezone, Locale: home.Locale, Currency: home.Currency,
		DefaultCountry: home.DefaultCountry,
	}
	return w, checkWorkspace(&w)
}

// csvStream streams a CSV file.
func csvStream(name string, write func(huma.Context) error) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		w := humagin.Unwrap(hc).Writer
		w.Header().Set("Content-Type", "text/csv; charset=utf-8")
		w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
		w.Header().Set("Cache-Control", "private, no-store")
		if err := write(hc); err != nil {
			panic(http.ErrAbortHandler) // a file that ends early must not look whole
		}
	}}
}
