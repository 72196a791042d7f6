package setting

import (
	"net/http"

	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine/account"
)

// Routes are what workflows use, and who hears of them.
func (a *API) Routes() {
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
	a.linkRoutes()
	a.alertRoutes()
}

// linkRoutes have clients without an account fill in connections.
func (a *API) linkRoutes() {
	const links = rest.WS + "/connections/{id}/client-link"
	rest.Handle(a.Shell, rest.Post(rest.WS+"/connection-requests", rest.Needs(account.ConnectionsWrite), "Ask a client for a new connection").ShowsOnce(), a.requestConnection)
	rest.Handle(a.Shell, rest.Get(links, rest.Needs(account.ConnectionsRead), "List the client links of a connection"), a.listClientLinks)
	rest.Handle(a.Shell, rest.Post(links, rest.Needs(account.ConnectionsWrite), "Ask a client to fill a connection in").ShowsOnce(), a.createClientLink)
	rest.Handle(a.Shell, rest.Remove(links, rest.Needs(account.ConnectionsWrite), "Revoke the client link of a connection"), a.revokeClientLink)
	rest.Handle(a.Shell, rest.Post("/client-links/open", rest.Everybody, "See what a client link asks for").Answers(http.StatusOK).Takes(4<<10), a.openClientLink)
	rest.Handle(a.Shell, rest.Post("/client-links/sign-in", rest.Everybody, "Sign in at the service that a client link asks for").Answers(http.StatusOK).Takes(4<<10).ShowsOnce(), a.signInByLink)
	rest.Handle(a.Shell, rest.Post("/client-links/fill", rest.Everybody, "Fill in what a client link asks for").Answers(http.StatusOK).Takes(64<<10).ShowsOnce(), a.fillClientLink)
}

// alertRoutes tell people of failures.
func (a *API) alertRoutes() {
	rest.Handle(a.Shell, rest.Get(rest.WS+"/alerts", rest.Needs(account.WorkspacesWrite), "Get who hears of failures"), a.getAlerts)
	rest.Handle(a.Shell, rest.Put(rest.WS+"/alerts", rest.Needs(account.WorkspacesWrite), "Set who hears of failures"), a.putAlerts)
	rest.Handle(a.Shell, rest.Post(rest.WS+"/alerts/test", rest.Needs(account.WorkspacesWrite), "Send a test message to who hears of failures").Answers(http.StatusAccepted), a.testAlerts)
	rest.Handle(a.Shell, rest.Get(rest.WS+"/outbox", rest.Needs(account.WorkspacesWrite), "List messages to people"), a.listOutbox)
	rest.Handle(a.Shell, rest.Get(rest.WS+"/outbox/{id}", rest.Needs(account.WorkspacesWrite), "Get a message to people"), a.getMessage)
	rest.Handle(a.Shell, rest.Post(rest.WS+"/outbox/{id}/send-again", rest.Needs(account.WorkspacesWrite), "Send a kept or failed message again").Answers(http.StatusNoContent), a.sendAgain)

	rest.Handle(a.Shell, rest.Get("/agency/alerts", rest.Needs(account.WorkspacesWrite), "Get who hears of failures in any workspace"), a.getAgencyAlerts)
	rest.Handle(a.Shell, rest.Put("/agency/alerts", rest.Needs(account.WorkspacesWrite), "Set who hears of failures in any workspace"), a.putAgencyAlerts)
}
