package api

import (
	"net/http"

	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine/account"
)

// agencyRoutes look over all workspaces that the caller sees, let clients without
// an account fill in connections, and are otherwise for the agency's people.
func (a *API) agencyRoutes() {
	rest.Handle(a.Shell, rest.Get("/clients", rest.Known, "List workspaces with how they fare"), a.listClients)
	rest.Handle(a.Shell, rest.Get("/search", rest.Known, "Search all workspaces"), a.search)
	rest.Handle(a.Shell, rest.Get("/usage", rest.Known, "List what workspaces used"), a.listUsage)
	rest.Handle(a.Shell, rest.Get("/usage/export", rest.Known, "Download what workspaces used as CSV"), a.exportUsage)
	rest.Handle(a.Shell, rest.Get("/agency/alerts", rest.Needs(account.WorkspacesWrite), "Get who hears of failures in any workspace"), a.getAgencyAlerts)
	rest.Handle(a.Shell, rest.Put("/agency/alerts", rest.Needs(account.WorkspacesWrite), "Set who hears of failures in any workspace"), a.putAgencyAlerts)

	const links = rest.WS + "/connections/{id}/client-link"
	rest.Handle(a.Shell, rest.Post(rest.WS+"/connection-requests", rest.Needs(account.ConnectionsWrite), "Ask a client for a new connection").ShowsOnce(), a.requestConnection)
	rest.Handle(a.Shell, rest.Get(links, rest.Needs(account.ConnectionsRead), "List the client links of a connection"), a.listClientLinks)
	rest.Handle(a.Shell, rest.Post(links, rest.Needs(account.ConnectionsWrite), "Ask a client to fill a connection in").ShowsOnce(), a.createClientLink)
	rest.Handle(a.Shell, rest.Remove(links, rest.Needs(account.ConnectionsWrite), "Revoke the client link of a connection"), a.revokeClientLink)
	rest.Handle(a.Shell, rest.Post("/client-links/open", rest.Everybody, "See what a client link asks for").Answers(http.StatusOK).Takes(4<<10), a.openClientLink)
	rest.Handle(a.Shell, rest.Post("/client-links/sign-in", rest.Everybody, "Sign in at the service that a client link asks for").Answers(http.StatusOK).Takes(4<<10).ShowsOnce(), a.signInByLink)
	rest.Handle(a.Shell, rest.Post("/client-links/fill", rest.Everybody, "Fill in what a client link asks for").Answers(http.StatusOK).Takes(64<<10).ShowsOnce(), a.fillClientLink)
}
