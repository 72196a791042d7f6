package access

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
)

// AuditStore reads the audit log; identity.Store writes it. A workspace of "" is
// what concerns the installation.
type AuditStore interface {
	// ListAudit lists what was done in a workspace, from the newest.
	ListAudit(ctx context.Context, workspace string, by engine.AuditFilter, p engine.Page) (engine.List[engine.AuditEntry], error)
	// AuditPart returns the next entries of a chain behind the one given, the zero
	// record for its begin; none at its end.
	AuditPart(ctx context.Context, workspace string, after engine.AuditRecord) ([]engine.AuditRecord, error)
	// VerifyAudit looks through a whole chain. noted is an end of it that somebody
	// kept elsewhere, the zero one for none.
	VerifyAudit(ctx context.Context, workspace string, noted engine.AuditHead) (engine.AuditCheck, error)
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
	Seq    int64          `json:"seq" doc:"Place in the chain of the workspace, from 1; 0 for an entry from before there were chains"`
	Hash   string         `json:"hash,omitempty" doc:"SHA-256 over the hash of the entry before and this entry, in hex"`
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
	v := entryView{ID: e.ID, Action: e.Action, Detail: e.Detail, IP: e.IP, At: rest.Stamp(e.At), Seq: e.Seq, Hash: hex.EncodeToString(e.Hash)}
	if e.ActorID != "" {
		v.Actor = &actorView{e.ActorID, e.ActorName}
	}
	if e.ObjectKind != "" {
		v.Object = &objectView{e.ObjectKind, e.ObjectID}
	}
	return v
}

// AuditFilter narrows the audit log. It is exported because huma does not see
// what is embedded otherwise.
type AuditFilter struct {
	Actor  string    `query:"actor" maxLength:"200" doc:"Part of who did it, or the id of a user or API key"`
	Action string    `query:"action" maxLength:"100" doc:"Such as workflow.published, or workflow for all that begin so"`
	Object string    `query:"object" maxLength:"100" doc:"Id of what it was done to"`
	From   time.Time `query:"from" doc:"Done then or later"`
	To     time.Time `query:"to" doc:"Done before"`
}

func (f AuditFilter) filter() engine.AuditFilter {
	return engine.AuditFilter{Actor: f.Actor, Action: f.Action, Object: f.Object, From: f.From, To: f.To}
}

type listAuditInput struct {
	rest.InWorkspace
	rest.Paging
	AuditFilter
}

func (a *API) listAudit(ctx context.Context, in *listAuditInput) (*rest.Listed[entryView], error) {
	return a.auditPage(ctx, rest.WorkspaceOf(ctx).ID, in.AuditFilter, in.Paging)
}

type listOwnAuditInput struct {
	rest.Paging
	AuditFilter
}

// listOwnAudit lists what concerns the installation: who signed in, the agency's
// people and keys, workspaces that are gone.
func (a *API) listOwnAudit(ctx context.Context, in *listOwnAuditInput) (*rest.Listed[entryView], error) {
	return a.auditPage(ctx, "", in.AuditFilter, in.Paging)
}

func (a *API) auditPage(ctx context.Context, workspace string, by AuditFilter, paging rest.Paging) (*rest.Listed[entryView], error) {
	page, err := paging.Part()
	if err != nil {
		return nil, err
	}
	list, err := a.Store.ListAudit(ctx, workspace, by.filter(), page)
	if err != nil {
		return nil, err
	}
	return rest.NewList(list, shownEntry), nil
}

// AuditNote is an end of the chain that somebody wrote down earlier. It is
// exported because huma does not see what is embedded otherwise.
type AuditNote struct {
	Seq  int64  `query:"seq" minimum:"0" doc:"Of a head that you noted earlier"`
	Hash string `query:"hash" maxLength:"64" pattern:"^[0-9a-f]*$" doc:"Its hash: says whether the chain still holds that entry as it was"`
}

type verifyAuditInput struct {
	rest.InWorkspace
	AuditNote
}

type verifyOwnAuditInput struct{ AuditNote }

// chainView is what a look through a whole chain found.
type chainView struct {
	Whole   bool       `json:"whole" doc:"Whether no entry was changed, taken away or put in afterwards"`
	Entries int64      `json:"entries"`
	Older   int64      `json:"older" doc:"How many are from before there were chains; the first entry covers them together"`
	Head    headView   `json:"head" doc:"The last entry. Note it elsewhere: passed as seq and hash later, it shows also whether the whole chain was written anew"`
	Broken  *breakView `json:"broken" doc:"The first entry that does not fit; null for a whole chain"`
}

type headView struct {
	Seq  int64  `json:"seq"`
	Hash string `json:"hash"`
}

type breakView struct {
	Seq    int64      `json:"seq"`
	ID     string     `json:"id,omitempty"`
	At     *time.Time `json:"at,omitempty"`
	Reason string     `json:"reason"`
}

func (a *API) verifyAudit(ctx context.Context, in *verifyAuditInput) (*rest.One[chainView], error) {
	return a.verifyChain(ctx, rest.WorkspaceOf(ctx).ID, in.AuditNote)
}

func (a *API) verifyOwnAudit(ctx context.Context, in *verifyOwnAuditInput) (*rest.One[chainView], error) {
	return a.verifyChain(ctx, "", in.AuditNote)
}

func (a *API) verifyChain(ctx context.Context, workspace string, note AuditNote) (*rest.One[chainView], error) {
	hash, err := hex.DecodeString(note.Hash)
	if err != nil || (note.Seq > 0) != (len(hash) == sha256.Size) {
		return nil, problem.New(problem.CodeInvalid, "Pass seq and hash of a head together, as they were shown.")
	}
	check, err := a.Store.VerifyAudit(ctx, workspace, engine.AuditHead{Seq: note.Seq, Hash: hash})
	if err != nil {
		return nil, err
	}
	v := chainView{
		Whole: check.Broken == nil, Entries: check.Entries, Older: check.Older,
		Head: headView{check.Head.Seq, hex.EncodeToString(check.Head.Hash)},
	}
	if b := check.Broken; b != nil {
		v.Broken = &breakView{Seq: b.Seq, ID: b.ID, At: rest.Moment(b.At), Reason: b.Reason}
	}
	return &rest.One[chainView]{Body: v}, nil
}
