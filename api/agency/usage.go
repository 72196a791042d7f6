package agency

import (
	"io"
	"strconv"
	"time"

	"github.com/hookloom/hookloom/api/sheet"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

// Month is how months are written.
const Month = "2006-01"

// Used is what one workspace used in one month.
type Used struct {
	WorkspaceID string         `json:"workspace_id"`
	Slug        string         `json:"slug"`
	Name        string         `json:"name"`
	Month       string         `json:"month" example:"2026-11" doc:"In UTC"`
	Runs        int            `json:"runs" doc:"Live runs of workflows that began"`
	Deliveries  int            `json:"deliveries" doc:"Deliveries to outgoing webhooks"`
	Emails      int            `json:"emails" doc:"E-mails to contacts that were sent"`
	Limits      map[string]int `json:"limits" nullable:"false" doc:"As they are now"`
}

// UsedBy joins usage with the workspaces it is of; usage of others is left out.
// Every workspace has a line in the newest month, also one that used nothing.
func UsedBy(workspaces []crm.Workspace, usage []engine.Usage, newest time.Time) []Used {
	known := make(map[string]crm.Workspace, len(workspaces))
	for _, ws := range workspaces {
		known[ws.ID] = ws
	}
	var list []Used
	line := func(ws crm.Workspace, u engine.Usage) {
		limits := ws.Limits
		if limits == nil {
			limits = map[string]int{}
		}
		list = append(list, Used{
			WorkspaceID: ws.ID, Slug: ws.Slug, Name: ws.Name, Month: u.Month.Format(Month), Runs: u.Runs, Deliveries: u.Deliveries, Emails: u.Emails, Limits: limits,
		})
	}
	now := map[string]engine.Usage{}
	for _, u := range usage {
		if u.Month.Equal(newest) {
			now[u.Workspace] = u
		}
	}
	for _, ws := range workspaces {
		u := now[ws.ID]
		u.Month = newest
		line(ws, u)
	}
	for _, u := range usage {
		if ws, seen := known[u.Workspace]; seen && !u.Month.Equal(newest) {
			line(ws, u)
		}
	}
	return list
}

// WriteUsage writes usage as CSV for spreadsheets.
func WriteUsage(w io.Writer, list []Used) error {
	out, err := sheet.NewWriter(w, "Month", "Client", "Slug", "Runs", "Deliveries", "E-mails", "Limit of runs")
	if err != nil {
		return err
	}
	for _, u := range list {
		limit := ""
		if n := u.Limits[engine.LimitRuns]; n > 0 {
			limit = strconv.Itoa(n)
		}
		err := out.Write(u.Month, sheet.Cell(u.Name), u.Slug, strconv.Itoa(u.Runs), strconv.Itoa(u.Deliveries), strconv.Itoa(u.Emails), limit)
		if err != nil {
			return err
		}
	}
	return out.Flush()
}
