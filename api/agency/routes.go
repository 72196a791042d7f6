package agency

import (
	"github.com/hookloom/hookloom/api/rest"
)

// Routes look over all workspaces that the caller sees.
func (a *API) Routes() {
	rest.Handle(a.Shell, rest.Get("/clients", rest.Known, "List workspaces with how they fare"), a.listClients)
	rest.Handle(a.Shell, rest.Get("/search", rest.Known, "Search all workspaces"), a.search)
	rest.Handle(a.Shell, rest.Get("/usage", rest.Known, "List what workspaces used"), a.listUsage)
	rest.Handle(a.Shell, rest.Get("/usage/export", rest.Known, "Download what workspaces used as CSV"), a.exportUsage)
}
