package api

import (
	"context"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
)

// AuditStore reads the audit log; identity.Store writes it.
type AuditStore interface {
	// Audit returns up to limit entries of a workspace, newest first, with ids
	// below before ("" for the newest).
	Audit(ctx context.Context, workspace, before string, limit int) ([]account.Entry, error)
}

// audit notes what the caller did. A log that cannot be written stops nobody:
// what was done is done.
func (a *API) audit(ctx context.Context, e account.Entry) {
	e = e.By(callerOf(ctx).Principal)
	e.ID, e.At = engine.NewID("aud"), a.Now()
	if ip := fromOf(ctx).IP; ip.IsValid() {
		e.IP = ip.String()
	}
	if err := a.Store.InsertAudit(context.WithoutCancel(ctx), e); err != nil {
		a.Log.Error("cannot write the audit log", "action", e.Action, "object", e.ObjectID, "error", err)
	}
}

// entryView is one line of the audit log.
type entryView struct {
	ID     string         `json:"id"`
	Actor  actorView      `json:"actor"`
	Action string         `json:"action"`
	Object *objectView    `json:"object" doc:"null when the action says it all"`
	Detail map[string]any `json:"detail,omitempty"`
	IP     string         `json:"ip,omitempty"`
	At     time.Time      `json:"at"`
}

type actorView struct {
	Kind string `json:"kind" enum:"user,key,system,nobody"`
	ID   string `json:"id,omitempty"`
	Name string `json:"name,omitempty"`
}

type objectView struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`
}

func shownEntry(e account.Entry) entryView {
	v := entryView{
		ID: e.ID, Actor: actorView{e.ActorKind, e.ActorID, e.ActorName}, Action: e.Action, Detail: e.Detail, IP: e.IP, At: e.At,
	}
	if e.ObjectKind != "" {
		v.Object = &objectView{e.ObjectKind, e.ObjectID}
	}
	return v
}

type listAuditInput struct {
	inWorkspace
	paging
}

func (a *API) listAudit(ctx context.Context, in *listAuditInput) (*listed[entryView], error) {
	before, err := in.after()
	if err != nil {
		return nil, err
	}
	rows, err := a.Store.Audit(ctx, workspaceOf(ctx).ID, before, in.more())
	if err != nil {
		return nil, err
	}
	return newPage(in.paging, rows, func(e account.Entry) string { return e.ID }, shownEntry), nil
}
