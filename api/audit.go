package api

import (
	"context"
	"time"

	"github.com/hookloom/hookloom/engine"
)

// AuditStore reads the audit log; identity.Store writes it.
type AuditStore interface {
	// ListAudit lists what was done in a workspace, from the newest.
	ListAudit(ctx context.Context, workspace string, p engine.Page) (engine.List[engine.AuditEntry], error)
}

// audit notes what the caller did. A log that cannot be written stops nobody:
// what was done is done.
func (a *API) audit(ctx context.Context, e engine.AuditEntry) {
	c := callerOf(ctx)
	e.ActorID, e.ActorName, e.At = c.ID(), c.Name, a.Now()
	if ip := fromOf(ctx).IP; ip.IsValid() {
		e.IP = ip.String()
	}
	if err := a.Store.Audit(context.WithoutCancel(ctx), e); err != nil {
		a.Log.Error("cannot write the audit log", "action", e.Action, "object", e.ObjectID, "error", err)
	}
}

// entryView is one line of the audit log.
type entryView struct {
	ID     string         `json:"id"`
	Actor  *actorView     `json:"actor" doc:"null for the server itself and for somebody who did not sign in"`
	Action string         `json:"action"`
	Object *objectView    `json:"object" doc:"null when the action says it all"`
	Detail map[string]any `json:"detail,omitempty"`
	IP     string         `json:"ip,omitempty"`
	At     time.Time      `json:"at"`
}

type actorView struct {
	ID   string `json:"id" doc:"Of a user or an API key"`
	Name string `json:"name"`
}

type objectView struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`
}

func shownEntry(e engine.AuditEntry) entryView {
	v := entryView{ID: e.ID, Action: e.Action, Detail: e.Detail, IP: e.IP, At: e.At}
	if e.ActorID != "" {
		v.Actor = &actorView{e.ActorID, e.ActorName}
	}
	if e.ObjectKind != "" {
		v.Object = &objectView{e.ObjectKind, e.ObjectID}
	}
	return v
}

type listAuditInput struct {
	InWorkspace
	Paging
}

func (a *API) listAudit(ctx context.Context, in *listAuditInput) (*listed[entryView], error) {
	page, err := in.part()
	if err != nil {
		return nil, err
	}
	list, err := a.Store.ListAudit(ctx, workspaceOf(ctx).ID, page)
	if err != nil {
		return nil, err
	}
	return newList(list, shownEntry), nil
}
