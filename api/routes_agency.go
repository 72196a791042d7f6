package api

import (
	"net/http"

	"github.com/hookloom/hookloom/engine/account"
)

// agencyRoutes look over all workspaces that the caller sees, let clients without
// an account fill in connections, and are otherwise for the agency's people.
func (a *API) agencyRoutes() {
	handle(a, get("/clients", known, "List workspaces with how they fare"), a.listClients)
	handle(a, get("/search", known, "Search all workspaces"), a.search)
	handle(a, get("/usage", known, "List what workspaces used"), a.listUsage)
	handle(a, get("/usage/export", known, "Download what workspaces used as CSV"), a.exportUsage)
	handle(a, get("/agency/alerts", needs(account.WorkspacesWrite), "Get who hears of failures in any workspace"), a.getAgencyAlerts)
	handle(a, put("/agency/alerts", needs(account.WorkspacesWrite), "Set who hears of failures in any workspace"), a.putAgencyAlerts)

	const links = inWS + "/connections/{id}/client-link"
	handle(a, post(inWS+"/connection-requests", needs(account.ConnectionsWrite), "Ask a client for a new connection").showsOnce(), a.requestConnection)
	handle(a, get(links, needs(account.ConnectionsRead), "List the client links of a connection"), a.listClientLinks)
	handle(a, post(links, needs(account.ConnectionsWrite), "Ask a client to fill a connection in").showsOnce(), a.createClientLink)
	handle(a, remove(links, needs(account.ConnectionsWrite), "Revoke the client link of a connection"), a.revokeClientLink)
	handle(a, post("/client-links/open", everybody, "See what a client link asks for").answers(http.StatusOK).takes(4<<10), a.openClientLink)
	handle(a, post("/client-links/sign-in", everybody, "Sign in at the service that a client link asks for").answers(http.StatusOK).takes(4<<10).showsOnce(), a.signInByLink)
	handle(a, post("/client-links/fill", everybody, "Fill in what a client link asks for").answers(http.StatusOK).takes(64<<10).showsOnce(), a.fillClientLink)
}
