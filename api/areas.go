package api

import (
	"github.com/hookloom/hookloom/api/access"
	"github.com/hookloom/hookloom/api/agency"
	"github.com/hookloom/hookloom/api/branding"
	"github.com/hookloom/hookloom/api/bulk"
	"github.com/hookloom/hookloom/api/clone"
	"github.com/hookloom/hookloom/api/contact"
	"github.com/hookloom/hookloom/api/editor"
	"github.com/hookloom/hookloom/api/hook"
	"github.com/hookloom/hookloom/api/insight"
	"github.com/hookloom/hookloom/api/run"
	"github.com/hookloom/hookloom/api/sale"
	"github.com/hookloom/hookloom/api/setting"
	"github.com/hookloom/hookloom/api/sheet"
	"github.com/hookloom/hookloom/api/template"
	"github.com/hookloom/hookloom/api/workflow"
)

// areas makes the parts of the API, each with what it works with. Their routes can be
// listed without a database.
func (a *API) areas() {
	base := a.Brands.Base
	a.access = access.New(a.Shell, access.Deps{
		Store: a.Store, Engine: a.Engine, Desk: a.Desk, SendsMail: a.Config.SendsMail, HistoryDays: a.Config.HistoryDays, Log: a.Log, Now: a.Now,
	})
	a.agency = agency.New(a.Shell, agency.Deps{Store: a.Store, Log: a.Log, Now: a.Now})
	a.branding = branding.New(a.Shell, branding.Deps{
		Store: a.Store, Engine: a.Engine, Brands: a.Brands, HTTP: a.HTTP, BaseURL: a.Config.BaseURL, Version: a.Config.Version, Now: a.Now,
	})
	a.hook = hook.New(a.Shell, hook.Deps{Store: a.Store, Engine: a.Engine, Bulk: a.Bulk, Now: a.Now})
	a.sale = sale.New(a.Shell, sale.Deps{Store: a.Store, Engine: a.Engine, Live: a.Live, Base: base, Hook: a.hook, Now: a.Now})
	a.contact = contact.New(a.Shell, contact.Deps{
		Store: a.Store, Engine: a.Engine, Live: a.Live, Bulk: a.Bulk, Base: base, Hook: a.hook, Log: a.Log, Now: a.Now,
	})
	a.run = run.New(a.Shell, run.Deps{
		Store: a.Store, Engine: a.Engine, Insight: insight.New(a.Store, a.Registry, a.Now), Bulk: a.Bulk, Log: a.Log, Now: a.Now,
	})
	a.workflow = workflow.New(a.Shell, workflow.Deps{
		Store: a.Store, Engine: a.Engine, Registry: a.Registry, Editor: a.newEditor(), Base: base, SendsMail: a.Config.SendsMail, Now: a.Now,
	})
	a.template = template.New(a.Shell, template.Deps{
		Store: a.Store, Engine: a.Engine, Registry: a.Registry, Bulk: a.Bulk, Pusher: a.Pusher, Access: a.access, Hook: a.hook, Run: a.run,
		Workflow: a.workflow, Base: base, Log: a.Log, Now: a.Now,
	})
	a.setting = setting.New(a.Shell, setting.Deps{
		Store: a.Store, Engine: a.Engine, Registry: a.Registry, Hook: a.hook, Workflow: a.workflow, Base: base, BaseURL: a.Config.BaseURL,
		SendsMail: a.Config.SendsMail, Log: a.Log, Now: a.Now,
	})
}

func (a *API) newEditor() *editor.Editor {
	return editor.New(editor.Deps{
		Store: a.Store, Engine: a.Engine, Registry: a.Registry, Hooks: a.hooks, Base: a.Brands.Base, Now: a.Now,
	})
}

// registerJobs tells the runner who does which jobs.
func (a *API) registerJobs() {
	a.Bulk.Tell(a.Live.Publish)
	a.Bulk.Register(sheet.ImportKind, sheet.NewImporter(a.Store, a.Engine.WakeEvents, a.Now))
	a.Bulk.Register(bulk.StartKind, bulk.Starter{Workflows: a.Engine, Now: a.Now})
	a.Bulk.Register(clone.Kind, &clone.Worker{Store: a.Store, Cloner: a.template.Cloner(), NewClient: template.NewClient, Now: a.Now, Log: a.Log})
	a.Bulk.Register(clone.ActKind, &clone.Actor{Store: a.Store, Workflows: a.Engine, Now: a.Now, Log: a.Log})
}
