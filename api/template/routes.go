package template

import (
	"net/http"
	"strings"

	"github.com/hookloom/hookloom/api/access"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/crm"
)

// Routes is the part of the route list about templates and what is cloned
// of them.
func (a *API) Routes() {
	const all = rest.WS + "/templates"
	const tpl = all + "/{template}"
	rest.Handle(a.Shell, rest.Get("/shared-templates/{token}", rest.Everybody, "Look at a shared template"), a.sharedTemplate)

	rest.Handle(a.Shell, rest.Get(all, rest.Needs(account.WorkflowsRead), "List templates"), a.listTemplates)
	rest.Handle(a.Shell, rest.Post(all, rest.Needs(account.TemplatesWrite), "Make a template of workflows"), a.makeTemplate)
	rest.Handle(a.Shell, rest.Post(all+"/inspect", rest.Needs(account.TemplatesWrite), "See what a template would ask for").Answers(http.StatusOK), a.inspectWorkflows)
	rest.Handle(a.Shell, rest.Post(all+"/import", rest.Needs(account.TemplatesWrite), "Import a template file").Takes(maxTemplateFile), a.importTemplate)
	rest.Handle(a.Shell, rest.Get(tpl, rest.Needs(account.WorkflowsRead), "Get a template"), a.getTemplate)
	rest.Handle(a.Shell, rest.Patch(tpl, rest.Needs(account.TemplatesWrite), "Change a template"), a.updateTemplate)
	rest.Handle(a.Shell, rest.Remove(tpl, rest.Needs(account.TemplatesWrite), "Delete a template"), a.deleteTemplate)
	rest.Handle(a.Shell, rest.Get(tpl+"/file", rest.Needs(account.TemplatesRead), "Export a template file"), a.exportTemplate)
	rest.Handle(a.Shell, rest.Get(tpl+"/recipe", rest.Needs(account.TemplatesWrite), "See what a new version would ask for"), a.templateRecipe)
	rest.Handle(a.Shell, rest.Get(tpl+"/versions", rest.Needs(account.TemplatesRead), "List the versions of a template"), a.listTemplateVersions)
	rest.Handle(a.Shell, rest.Post(tpl+"/versions", rest.Needs(account.TemplatesWrite), "Make a new version of a template"), a.publishTemplate)
	rest.Handle(a.Shell, rest.Get(tpl+"/links", rest.Needs(account.TemplatesRead), "List the links of a template"), a.listTemplateLinks)
	rest.Handle(a.Shell, rest.Post(tpl+"/links", rest.Needs(account.TemplatesWrite), "Share a template by a link").ShowsOnce(), a.shareTemplate)
	rest.Handle(a.Shell, rest.Remove(tpl+"/links/{link}", rest.Needs(account.TemplatesWrite), "End a link to a template"), a.revokeTemplateLink)

	rest.Handle(a.Shell, rest.Post(tpl+"/clone", rest.Needs(account.WorkflowsWrite), "Create the workflows of a template"), a.cloneTemplate)
	rest.Handle(a.Shell, rest.Get(tpl+"/sheet", rest.Needs(account.TemplatesRead), "Download a sheet to clone by"), a.cloneSheet)
	rest.Handle(a.Shell, rest.Get(tpl+"/clones", rest.Needs(account.TemplatesRead), "List the clones of a template"), a.listClones)
	rest.Handle(a.Shell, rest.Post(tpl+"/clones", rest.Needs(account.TemplatesWrite), "Clone a template for many clients").Answers(http.StatusAccepted), a.startClones)
	rest.Handle(a.Shell, rest.Post(tpl+"/clones/check", rest.Needs(account.TemplatesWrite), "Check who a template is cloned for").Answers(http.StatusOK), a.checkClones)
	rest.Handle(a.Shell, rest.Post(rest.WS+"/clones/act", rest.Needs(account.TemplatesWrite), "Publish, pause or set a value in many clones").Answers(http.StatusAccepted), a.actOnClones)
	rest.Handle(a.Shell, rest.Get(rest.WS+"/clone-jobs/{id}", rest.Needs(account.TemplatesRead), "Get the report of a job over clients"), a.cloneReport)
	rest.Handle(a.Shell, rest.Get(rest.WS+"/clone-jobs/{id}/report.csv", rest.Needs(account.TemplatesRead), "Download the report of a job over clients"), a.cloneReportCSV)
	a.pushRoutes()
	a.transferRoutes()
}

// NewClient is a workspace of a name with the settings of the home; the error is a
// sentence for a person.
func NewClient(home crm.Workspace, name string) (crm.Workspace, error) {
	slug := access.SlugOf(name)
	if slug == "" {
		slug = "client"
	}
	// A slug that is taken gets a number, which needs room.
	w := crm.Workspace{
		Name: strings.TrimSpace(name), Slug: strings.Trim(slug[:min(len(slug), access.MaxSlug-8)], "-"), Timezone: home.Timezone, Locale: home.Locale, Currency: home.Currency,
		DefaultCountry: home.DefaultCountry,
	}
	return w, access.CheckWorkspace(&w)
}
