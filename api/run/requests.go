package run

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/payload"
	"github.com/hookloom/hookloom/engine/value"
)

// RequestStore reads what senders sent.
type RequestStore interface {
	// Request returns a stored request with its body.
	Request(ctx context.Context, workspace, id string) (engine.Request, error)
	// ListRequests lists requests without header and body, from the newest.
	ListRequests(ctx context.Context, workspace string, by engine.RequestFilter, p engine.Page) (engine.List[engine.Request], error)
}

// RequestView is a stored request as lists show it.
type RequestView struct {
	ID          string         `json:"id" example:"req_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10"`
	WorkflowID  string         `json:"workflow_id"`
	TriggerID   string         `json:"trigger_id"`
	Verdict     string         `json:"verdict" enum:"accepted,duplicate,held,filtered,handshake,bad_signature,forbidden_ip,invalid,too_large,rate_limited"`
	Reason      string         `json:"reason" doc:"Why, for the person who reads the list; empty when it was simply accepted"`
	Fields      []problem.Item `json:"fields" nullable:"false" doc:"What was wrong with single values"`
	Method      string         `json:"method"`
	Path        string         `json:"path"`
	Query       string         `json:"query" doc:"As it was sent"`
	ContentType string         `json:"content_type"`
	Size        int64          `json:"size" doc:"Bytes of the body"`
	IP          string         `json:"ip"`
	Test        bool           `json:"test" doc:"Whether it only tested"`
	Status      int            `json:"status" doc:"What the sender was answered"`
	RunIDs      []string       `json:"run_ids" nullable:"false"`
	DuplicateOf *string        `json:"duplicate_of" doc:"The request that this one repeats; null for none"`
	Notes       []string       `json:"notes" nullable:"false"`
	Count       int            `json:"count" doc:"How many calls this row stands for; more than 1 for those over the rate limit"`
	ReceivedAt  time.Time      `json:"received_at"`
	Redacted    bool           `json:"redacted,omitempty" doc:"Whether values were left out, because the caller may not see them"`
}

// requestDetail is a stored request with all that was kept of it.
type requestDetail struct {
	RequestView
	Headers map[string][]string `json:"headers" doc:"Names in lower case; credentials are redacted"`
	Body    *bodyView           `json:"body" doc:"How the body reads; null when none was kept"`
}

// bodyView is a body as workflows see it.
type bodyView struct {
	Kind  string          `json:"kind" enum:"json,form,multipart,xml,text,empty,raw"`
	Value json.RawMessage `json:"value" doc:"What trigger.body holds"`
	Files []fileView      `json:"files,omitempty"`
	Notes []string        `json:"notes,omitempty"`
	// Error is "" for a body that can be read.
	Error string `json:"error,omitempty" doc:"Why it cannot be read"`
}

type fileView struct {
	Field       string `json:"field"`
	Name        string `json:"name"`
	ContentType string `json:"content_type"`
	Size        int64  `json:"size"`
}

func shownRequest(r engine.Request) RequestView {
	return RequestView{
		ID: r.ID, WorkflowID: r.WorkflowID, TriggerID: r.TriggerID, Verdict: string(r.Verdict), Reason: r.Reason,
		Fields: rest.OrNone(problem.Fields("", r.Fields)), Method: r.Method, Path: r.Path, Query: r.Query, ContentType: r.ContentType,
		Size: r.Size, IP: r.IP, Test: r.Test, Status: r.Status, RunIDs: rest.OrNone(r.RunIDs), DuplicateOf: rest.Text(r.DuplicateOf),
		Notes: rest.OrNone(r.Notes), Count: max(r.Count, 1), ReceivedAt: rest.Stamp(r.ReceivedAt),
	}
}

type listRequestsInput struct {
	rest.InWorkspace
	rest.Paging
	WorkflowID string `query:"workflow_id" maxLength:"60"`
	TriggerID  string `query:"trigger_id" maxLength:"40" doc:"Id of a trigger in the workflow's document"`
	Verdict    string `query:"verdict" enum:"accepted,duplicate,held,filtered,handshake,bad_signature,forbidden_ip,invalid,too_large,rate_limited"`
	Q          string `query:"q" maxLength:"200" doc:"Looked for in ids, path, query, reason, address and body; a part of the list may come back empty with a cursor to go on"`
}

func (a *API) listRequests(ctx context.Context, in *listRequestsInput) (*rest.Listed[RequestView], error) {
	p, err := in.Part()
	if err != nil {
		return nil, err
	}
	if err := rest.MayLookFor(ctx, in.Q); err != nil {
		return nil, err
	}
	by := engine.RequestFilter{WorkflowID: in.WorkflowID, TriggerID: in.TriggerID, Verdict: in.Verdict, Query: in.Q}
	rows, err := a.Store.ListRequests(ctx, rest.WorkspaceOf(ctx).ID, by, p)
	if err != nil {
		return nil, err
	}
	return rest.NewList(rows, rest.AsSeen(ctx, shownRequest, redactRequest)), nil
}

func (a *API) getRequest(ctx context.Context, in *rest.ByID) (*rest.One[requestDetail], error) {
	r, err := a.Store.Request(ctx, rest.WorkspaceOf(ctx).ID, in.ID)
	if errors.Is(err, engine.ErrNotFound) && rest.SeesValues(ctx) {
		return a.getOfferCall(ctx, in)
	}
	if err != nil {
		return nil, err
	}
	v := requestDetail{RequestView: shownRequest(r), Headers: r.Header}
	if v.Headers == nil {
		v.Headers = map[string][]string{}
	}
	if r.Body != nil || r.Size == 0 {
		v.Body, err = shownBody(r)
	}
	if !rest.SeesValues(ctx) {
		redactRequestDetail(&v)
	}
	return &rest.One[requestDetail]{Body: v}, err
}

// shownBody reads a body as the ingress did.
func shownBody(r engine.Request) (*bodyView, error) {
	body, err := payload.Parse(r.ContentType, r.Body, payload.Limits{})
	if err != nil {
		return &bodyView{Kind: payload.KindRaw, Value: rest.PlainJSON(nil), Error: err.Error()}, nil //nolint:nilerr // the view shows it
	}
	text, err := value.Encode(body.Value)
	if err != nil {
		return nil, err
	}
	v := &bodyView{Kind: body.Kind, Value: text, Notes: body.Notes}
	for _, f := range body.Files {
		v.Files = append(v.Files, fileView{f.Field, f.Name, f.ContentType, f.Size})
	}
	return v, nil
}

func (a *API) rawRequest(ctx context.Context, in *rest.ByID) (*rest.RawAnswer, error) {
	r, err := a.Store.Request(ctx, rest.WorkspaceOf(ctx).ID, in.ID)
	if err != nil {
		return nil, err
	}
	if r.Body == nil && r.Size > 0 {
		return nil, problem.New(problem.CodeGone, "The body of this request was not kept.")
	}
	body := r.Body
	if body == nil {
		body = []byte{}
	}
	return &rest.RawAnswer{
		ContentType: "application/octet-stream", Disposition: `attachment; filename="` + r.ID + `.bin"`,
		Sniff: "nosniff", Policy: "default-src 'none'; sandbox", Cache: "private, no-store", Body: body,
	}, nil
}

// replayRequest starts a live run from a stored request, whatever became of it
// then.
func (a *API) replayRequest(ctx context.Context, in *rest.ByID) (*rest.One[startedView], error) {
	ws := rest.WorkspaceOf(ctx).ID
	run, err := a.Engine.ReplayRequest(ctx, ws, in.ID)
	if err != nil {
		return nil, err
	}
	a.Audit(ctx, engine.AuditEntry{Workspace: ws, Action: "request.replayed", ObjectKind: "request", ObjectID: in.ID, Detail: map[string]any{"run": run.ID}})
	return &rest.One[startedView]{Body: startedView{run.ID}}, nil
}
