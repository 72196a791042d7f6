package workflow

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"strings"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/workflow"
)

// ChecklistStore reads what a publish would meet.
type ChecklistStore interface {
	// OpenRuns counts live runs of a workflow that are not finished.
	OpenRuns(ctx context.Context, workspace, workflowID string) ([]engine.OpenCount, error)
}

// checklistView is what to look at before publishing.
type checklistView struct {
	CanPublish  bool              `json:"can_publish" doc:"Whether no problem stands against it"`
	HasChanges  bool              `json:"has_changes" doc:"Whether the draft differs from the live version"`
	LiveVersion *int              `json:"live_version" doc:"null before the first publish"`
	NextVersion int               `json:"next_version"`
	Problems    []problem.Item    `json:"problems" nullable:"false" doc:"What publishing would refuse; pointers into the workflow as PUT takes it"`
	Warnings    []problem.Item    `json:"warnings" nullable:"false"`
	Changes     []workflow.Change `json:"changes" nullable:"false" doc:"What differs from the live version, one sentence each; none before the first publish"`
	Open        []openView        `json:"open" nullable:"false" doc:"Runs under way, which end on the version they began with"`
	Held        heldSummary       `json:"held"`
	Addresses   []addressView     `json:"addresses" nullable:"false" doc:"Where senders reach the triggers that are switched on"`
}

type openView struct {
	Version int    `json:"version"`
	Status  string `json:"status" enum:"waiting,queued,running,held"`
	Count   int    `json:"count" doc:"Counted up to 10,000"`
}

type heldSummary struct {
	Count int `json:"count" doc:"Requests and runs that are kept, counted up to 10,000; GET /workflows/{id}/held lists them"`
	// Default is what a publish does unless it is told.
	Default string `json:"default" enum:"keep,run" doc:"What publish or resume does with them unless held says otherwise"`
}

type addressView struct {
	TriggerID string `json:"trigger_id"`
	URL       string `json:"url"`
	Reachable bool   `json:"reachable" doc:"Whether the address is one that the internet can reach"`
	Note      string `json:"note,omitempty" doc:"Why not, and what to do"`
}

// publishChecklist says what publishing the draft now would do.
func (a *API) publishChecklist(ctx context.Context, in *rest.ByID) (*rest.One[checklistView], error) {
	ws := rest.WorkspaceOf(ctx).ID
	w, err := a.Store.WorkflowInfo(ctx, ws, in.ID)
	if err != nil {
		return nil, err
	}
	if w.Status == engine.WorkflowDeleted {
		return nil, engine.ErrNotFound
	}
	problems, err := a.Engine.PublishProblems(ctx, w.Workflow)
	if err != nil {
		return nil, err
	}
	v := checklistView{
		CanPublish: !workflow.HasProblems(problems), HasChanges: w.DraftHash != w.LiveHash, NextVersion: w.LiveVersion + 1,
		Problems: []problem.Item{}, Warnings: []problem.Item{}, Changes: []workflow.Change{}, Open: []openView{}, Addresses: []addressView{},
		Held: heldSummary{Count: w.Held, Default: string(engine.HeldKeep)},
	}
	for _, it := range problem.Documented("/definition", problems) {
		if it.Severity == "" {
			v.Problems = append(v.Problems, it)
		} else {
			v.Warnings = append(v.Warnings, it)
		}
	}
	draft, _ := workflow.Parse(w.Draft)
	if w.LiveVersion > 0 {
		v.LiveVersion = &w.LiveVersion
		live, err := a.Store.Definition(ctx, ws, w.LiveHash)
		if err != nil {
			return nil, err
		}
		v.Changes = ChangesOf(live, w.Draft)
	}
	counts, err := a.Store.OpenRuns(ctx, ws, in.ID)
	if err != nil {
		return nil, err
	}
	for _, c := range counts {
		v.Open = append(v.Open, openView{c.Version, string(c.Status), c.Count})
	}
	if draft == nil {
		return &rest.One[checklistView]{Body: v}, nil
	}
	tokens, err := a.Store.Tokens(ctx, ws, in.ID)
	if err != nil {
		return nil, err
	}
	reachable, note := reach(a.Base(ws))
	for i, t := range draft.Triggers {
		shown := a.shownTrigger(ws, t, tokens)
		if shown.URL == "" || t.Disabled {
			continue
		}
		v.Addresses = append(v.Addresses, addressView{t.ID, shown.URL, reachable, note})
		samples, err := a.Store.ListRequests(ctx, ws, engine.RequestFilter{WorkflowID: in.ID, TriggerID: t.ID}, engine.Page{Limit: 1})
		if err != nil {
			return nil, err
		}
		if len(samples.Items) == 0 {
			v.Warnings = append(v.Warnings, problem.Item{
				Pointer: fmt.Sprintf("/definition/triggers/%d", i), Step: t.ID, Code: "no_sample", Severity: "warning",
				Detail: "Nothing has come to this address yet, so nobody has seen whether the mappings fit: send a test to it, or a sample from here.",
			})
		}
	}
	return &rest.One[checklistView]{Body: v}, nil
}

// reach tells whether senders elsewhere can reach this server.
func reach(base string) (ok bool, note string) {
	u, err := url.Parse(base)
	if err != nil || u.Host == "" {
		return false, "The server's own address is not known: set PUBLIC_URL."
	}
	host := u.Hostname()
	ip := net.ParseIP(host)
	switch {
	case host == "localhost" || strings.HasSuffix(host, ".localhost") || ip != nil && ip.IsLoopback():
		return false, "Only this computer can reach this address: set PUBLIC_URL to the address that senders use."
	case ip != nil && (ip.IsPrivate() || ip.IsLinkLocalUnicast() || ip.IsUnspecified()):
		return false, "Only your own network can reach this address: set PUBLIC_URL to the address that senders use."
	case u.Scheme != "https":
		return true, "This address is not encrypted (http): many senders refuse it, and what they send can be read on its way."
	}
	return true, ""
}
