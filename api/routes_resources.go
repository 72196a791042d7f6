package api

import (
	"net/http"

	"github.com/hookloom/hookloom/api/agency"
	"github.com/hookloom/hookloom/api/contact"
	"github.com/hookloom/hookloom/api/editor"
	"github.com/hookloom/hookloom/api/hook"
	"github.com/hookloom/hookloom/api/insight"
	"github.com/hookloom/hookloom/api/kajabi"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/api/run"
	"github.com/hookloom/hookloom/api/sale"
	"github.com/hookloom/hookloom/api/transfer"
	"github.com/hookloom/hookloom/api/workflow"
	"github.com/hookloom/hookloom/engine/account"
)

// ResourceStore is what the resources below a workspace need of the database;
// each part is declared beside its handlers.
type ResourceStore interface {
	workflow.WorkflowStore
	workflow.VersionStore
	run.RequestStore
	run.RunStore
	run.JobStore
	contact.ContactStore
	contact.TagStore
	contact.FieldStore
	ValueStore
	sale.OfferStore
	sale.OfferAddressStore
	sale.GrantStore
	sale.SaleStore
	contact.FormStore
	hook.Store
	kajabi.Store
	ConnectionStore
	editor.Store
	insight.Store
	workflow.ChecklistStore
	contact.ImportStore
	AlertStore
	PushStore
	agency.Store
	AgencyAlertStore
	ClientLinkStore
	TemplateStore
	transfer.Store
}

// resourceRoutes is the part of the route list with what workflows are, do and
// change.
func (a *API) resourceRoutes() {
	a.workflow.Routes()
	a.run.Routes()
	a.contact.Routes()
	a.sale.Routes()
	a.hook.Routes()
	a.pushRoutes()
	a.transferRoutes()
	a.templateRoutes()
	a.settingRoutes()
	a.alertRoutes()
}

func (a *API) settingRoutes() {
	const (
		values      = rest.WS + "/custom-values"
		connections = rest.WS + "/connections"
	)
	rest.Handle(a.Shell, rest.Get(values, rest.Needs(account.ValuesRead), "List custom values"), a.listValues)
	rest.Handle(a.Shell, rest.Post(values, rest.Needs(account.ValuesWrite), "Create a custom value"), a.createValue)
	rest.Handle(a.Shell, rest.Get(values+"/{id}", rest.Needs(account.ValuesRead), "Get a custom value"), a.getValue)
	rest.Handle(a.Shell, rest.Patch(values+"/{id}", rest.Needs(account.ValuesWrite), "Change a custom value"), a.patchValue)
	rest.Handle(a.Shell, rest.Remove(values+"/{id}", rest.Needs(account.ValuesWrite), "Delete a custom value"), a.deleteValue)

	rest.Handle(a.Shell, rest.Get(connections, rest.Needs(account.ConnectionsRead), "List connections"), a.listConnections)
	rest.Handle(a.Shell, rest.Post(connections, rest.Needs(account.ConnectionsWrite), "Create a connection"), a.createConnection)
	rest.Handle(a.Shell, rest.Get(connections+"/{id}", rest.Needs(account.ConnectionsRead), "Get a connection"), a.getConnection)
	rest.Handle(a.Shell, rest.Patch(connections+"/{id}", rest.Needs(account.ConnectionsWrite), "Change a connection"), a.patchConnection)
	rest.Handle(a.Shell, rest.Remove(connections+"/{id}", rest.Needs(account.ConnectionsWrite), "Delete a connection"), a.deleteConnection)
	rest.Handle(a.Shell, rest.Post(connections+"/{id}/connect", rest.Needs(account.ConnectionsWrite), "Begin a sign-in at a connection's service").Answers(http.StatusOK), a.connect)
	rest.Handle(a.Shell, rest.Post(connections+"/{id}/choices", rest.Needs(account.WorkflowsWrite), "List what can be chosen for a field").Answers(http.StatusOK).Unnoted("changes nothing"), a.listChoices)
	rest.Handle(a.Shell, rest.Post(connections+"/{id}/test", rest.Needs(account.ConnectionsWrite), "Test a connection").Answers(http.StatusOK), a.testConnection)
}

// alertRoutes tell people of failures.
func (a *API) alertRoutes() {
	rest.Handle(a.Shell, rest.Get(rest.WS+"/alerts", rest.Needs(account.WorkspacesWrite), "Get who hears of failures"), a.getAlerts)
	rest.Handle(a.Shell, rest.Put(rest.WS+"/alerts", rest.Needs(account.WorkspacesWrite), "Set who hears of failures"), a.putAlerts)
	rest.Handle(a.Shell, rest.Post(rest.WS+"/alerts/test", rest.Needs(account.WorkspacesWrite), "Send a test message to who hears of failures").Answers(http.StatusAccepted), a.testAlerts)
	rest.Handle(a.Shell, rest.Get(rest.WS+"/outbox", rest.Needs(account.WorkspacesWrite), "List messages to people"), a.listOutbox)
	rest.Handle(a.Shell, rest.Get(rest.WS+"/outbox/{id}", rest.Needs(account.WorkspacesWrite), "Get a message to people"), a.getMessage)
	rest.Handle(a.Shell, rest.Post(rest.WS+"/outbox/{id}/send-again", rest.Needs(account.WorkspacesWrite), "Send a kept or failed message again").Answers(http.StatusNoContent), a.sendAgain)
}
