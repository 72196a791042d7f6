// Package agency answers what is asked over all workspaces: how clients fare, where
// something is, what they used, and which fields a client is asked for.
package agency

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

// Client is one line of the board.
type Client struct {
	ID   string `json:"id" example:"ws_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10"`
	Slug string `json:"slug"`
	Name string `json:"name"`
	// Failures is counted by hour, so that a page can draw it.
	Failed      int            `json:"failed_24h" doc:"Live runs that failed, or need a decision, in the last 24 hours and still stand so"`
	Failures    []int          `json:"failures" nullable:"false" doc:"The same by hour, from 24 hours ago on"`
	Held        int            `json:"held" doc:"Requests and runs that wait for a publish, a resume or a limit; counted up to 20,000"`
	LastEventAt *time.Time     `json:"last_event_at" doc:"When the last request came or the last run began; null for never"`
	Broken      int            `json:"broken_connections" doc:"Connections that did not work the last time"`
	Waiting     int            `json:"waiting_connections" doc:"Connections that a client was asked to fill in"`
	Behind      int            `json:"clones_behind" doc:"Uses of templates that have a newer version"`
	Silent      int            `json:"silent_workflows" doc:"Workflows of templates that have received nothing yet"`
	Runs        int            `json:"runs_this_month" doc:"Live runs that began in this month, in UTC; up to two minutes behind"`
	Deliveries  int            `json:"deliveries_this_month"`
	Emails      int            `json:"emails_this_month"`
	Limits      map[string]int `json:"limits" nullable:"false"`
	Sandbox     bool           `json:"sandbox"`
	CreatedAt   time.Time      `json:"created_at"`
}

// Board makes the lines of the workspaces, worst first: by failures, then by
// connections that do not work, by what is held, by clones behind, by name.
func Board(workspaces []crm.Workspace, health []engine.Health) []Client {
	fares := make(map[string]engine.Health, len(health))
	for _, h := range health {
		fares[h.Workspace] = h
	}
	list := make([]Client, 0, len(workspaces))
	for _, ws := range workspaces {
		list = append(list, client(ws, fares[ws.ID]))
	}
	slices.SortStableFunc(list, func(a, b Client) int {
		return cmp.Or(b.Failed-a.Failed, b.Broken-a.Broken, b.Held-a.Held, b.Behind-a.Behind,
			strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), strings.Compare(a.ID, b.ID))
	})
	return list
}

func client(ws crm.Workspace, h engine.Health) Client {
	c := Client{
		ID: ws.ID, Slug: ws.Slug, Name: ws.Name, Failed: h.Failed(), Failures: h.Failures[:], Held: h.Held,
		Broken: h.Broken, Waiting: h.Waiting, Behind: h.Behind, Silent: h.Silent, Runs: h.Runs, Deliveries: h.Deliveries, Emails: h.Emails,
		Limits: ws.Limits, Sandbox: ws.Sandbox, CreatedAt: ws.CreatedAt.UTC(),
	}
	if c.Limits == nil {
		c.Limits = map[string]int{}
	}
	if !h.LastEventAt.IsZero() {
		at := h.LastEventAt.UTC()
		c.LastEventAt = &at
	}
	return c
}
