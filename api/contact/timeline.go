package contact

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/api/sale"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/value"
)

// TimelineStore reads what happened to contacts elsewhere.
type TimelineStore interface {
	ListRuns(ctx context.Context, workspace string, by engine.RunFilter, p engine.Page) (engine.List[engine.Run], error)
	ListGrants(ctx context.Context, workspace string, by engine.GrantFilter, p engine.Page) (engine.List[crm.Grant], error)
	ListMessages(ctx context.Context, workspace string, by engine.MessageFilter, p engine.Page) (engine.List[engine.Message], error)
}

// timelineView is one thing that happened to a contact.
type timelineView struct {
	Kind string    `json:"kind" enum:"event,run,grant,email"`
	ID   string    `json:"id"`
	Type string    `json:"type" doc:"An event's or grant's type such as tag.added; of a run its status; of an e-mail email. and its status such as email.skipped"`
	At   time.Time `json:"at"`
	// RunID is nil for what people and the API did.
	RunID      *string         `json:"run_id" doc:"The run, or the run that did it"`
	WorkflowID *string         `json:"workflow_id"`
	Data       json.RawMessage `json:"data" doc:"The event's objects, the grant, or the e-mail's subject, address and error"`
}

type timelineInput struct {
	rest.ByID
	rest.Paging
}

// contactTimeline joins a contact's events, runs, grants and e-mails, newest first. All
// ids have their time in them, so one cursor without the prefix serves all.
func (a *API) contactTimeline(ctx context.Context, in *timelineInput) (*rest.Listed[timelineView], error) {
	place, err := in.After()
	if err != nil {
		return nil, err
	}
	ws := rest.WorkspaceOf(ctx).ID
	if _, err := a.Store.Contact(ctx, ws, in.ID); err != nil {
		return nil, err
	}
	part := func(prefix string) engine.Page {
		p := engine.Page{Limit: in.Limit}
		if place != "" {
			p.Cursor = prefix + "_" + place
		}
		return p
	}
	events, err := a.eventsBefore(ctx, ws, in.ID, part("evt"))
	if err != nil {
		return nil, err
	}
	runs, err := a.Store.ListRuns(ctx, ws, engine.RunFilter{ContactID: in.ID, Mode: engine.ModeLive}, part("run"))
	if err != nil {
		return nil, err
	}
	grants, err := a.Store.ListGrants(ctx, ws, engine.GrantFilter{ContactID: in.ID}, part("grt"))
	if err != nil {
		return nil, err
	}
	all := events.Items
	for _, r := range runs.Items {
		all = append(all, timelineView{
			Kind: "run", ID: r.ID, Type: string(r.Status), At: rest.Stamp(r.CreatedAt), RunID: &r.ID, WorkflowID: rest.Text(r.WorkflowID), Data: rest.PlainJSON(nil),
		})
	}
	for _, g := range grants.Items {
		data, err := json.Marshal(sale.ShownGrant(g))
		if err != nil {
			return nil, err
		}
		all = append(all, timelineView{Kind: "grant", ID: g.ID, Type: crm.OfferGranted, At: rest.Stamp(g.GrantedAt), RunID: rest.Text(g.RunID), Data: data})
	}
	letters, err := a.Store.ListMessages(ctx, ws, engine.MessageFilter{ContactID: in.ID}, part("msg"))
	if err != nil {
		return nil, err
	}
	for _, m := range letters.Items {
		v, err := shownLetter(m)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	slices.SortFunc(all, func(x, y timelineView) int { return cmp.Compare(placeOf(y.ID), placeOf(x.ID)) })
	list := engine.List[timelineView]{Items: all}
	if more := events.Next + runs.Next + grants.Next + letters.Next; len(all) > in.Limit || more != "" && len(all) > 0 {
		list.Items = all[:min(in.Limit, len(all))]
		list.Next = placeOf(list.Items[len(list.Items)-1].ID)
	}
	return rest.NewList(list, func(v timelineView) timelineView { return v }), nil
}

// shownLetter is an e-mail to the contact, sent or not.
func shownLetter(m engine.Message) (timelineView, error) {
	data, err := value.Encode(map[string]any{"subject": m.Subject, "to": m.Target, "kind": m.Kind, "status": m.Status, "error": m.Error, "step": m.Step})
	return timelineView{Kind: "email", ID: m.ID, Type: "email." + m.Status, At: rest.Stamp(m.CreatedAt), RunID: rest.Text(m.RunID), Data: data}, err
}

// eventsBefore leaves out what the grants say.
func (a *API) eventsBefore(ctx context.Context, ws, contactID string, p engine.Page) (engine.List[timelineView], error) {
	var list engine.List[timelineView]
	for {
		rows, err := a.Store.ListContactEvents(ctx, ws, contactID, p)
		if err != nil {
			return list, err
		}
		for _, e := range rows.Items {
			if e.Type == crm.OfferGranted {
				continue
			}
			data, err := value.Encode(e.Data)
			if err != nil {
				return list, err
			}
			list.Items = append(list.Items, timelineView{Kind: "event", ID: e.ID, Type: e.Type, At: rest.Stamp(e.OccurredAt), RunID: rest.Text(e.CauseRun), Data: data})
		}
		list.Next, p.Cursor = rows.Next, rows.Next
		if rows.Next == "" || len(list.Items) >= p.Size() {
			return list, nil
		}
	}
}

// placeOf is an id without its prefix.
func placeOf(id string) string {
	_, place, _ := strings.Cut(id, "_")
	return place
}
