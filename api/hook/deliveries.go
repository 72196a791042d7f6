package hook

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/hookloom/hookloom/api/bulk"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
)

// DeliveryView is one event on its way to one hook.
type DeliveryView struct {
	ID         string          `json:"id" example:"dlv_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10"`
	HookID     string          `json:"hook_id"`
	Event      *string         `json:"event" doc:"null when the hook was deleted"`
	EventID    *string         `json:"event_id" doc:"null for one that was sent again"`
	WebhookID  string          `json:"webhook_id" doc:"The header webhook-id: the same for all attempts, and when it is sent again"`
	RunID      string          `json:"run_id"`
	Status     string          `json:"status" enum:"held,queued,running,waiting,succeeded,failed,canceled,parked"`
	Test       bool            `json:"test" doc:"Whether it is made up: a test of the hook, tried once"`
	Kept       bool            `json:"kept" doc:"The workspace was a sandbox, so nothing was sent"`
	ResendOf   *string         `json:"resend_of" doc:"The delivery that this one sends again"`
	ContactID  *string         `json:"contact_id"`
	Error      *engine.Failure `json:"error"`
	NextTry    *time.Time      `json:"next_try_at"`
	CreatedAt  time.Time       `json:"created_at"`
	FinishedAt *time.Time      `json:"finished_at"`
}

// deliveryDetail is a delivery with what was sent and answered.
type deliveryDetail struct {
	DeliveryView
	Request  *SentRequest     `json:"request" doc:"The call of the last attempt, its signature made with the secrets of today; null before the first attempt, without the right to read what is sent, and when that is not kept any more"`
	URL      *string          `json:"url" doc:"Where it was sent; null before the first attempt"`
	Body     json.RawMessage  `json:"body" doc:"What is sent; null without the right to read it, or when it is not kept any more"`
	Attempts []engine.Attempt `json:"attempts" nullable:"false"`
	Answer   json.RawMessage  `json:"answer" doc:"The last answer: status, headers, body, duration_ms"`
}

// SentRequest is a call as it went out.
type SentRequest struct {
	Method  string            `json:"method"`
	URL     string            `json:"url"`
	Headers map[string]string `json:"headers"`
	Body    string            `json:"body" doc:"To the byte, as the signature covers it"`
}

func shownDelivery(r engine.Run) DeliveryView {
	v := DeliveryView{
		ID: engine.DeliveryID(r.ID), HookID: r.Trigger, EventID: rest.Text(r.EventID), WebhookID: engine.DeliveryMessage(r), RunID: r.ID,
		Status: string(r.Status), Test: r.Mode == engine.ModeTest, ContactID: rest.Text(r.ContactID), Error: r.Error, CreatedAt: rest.Stamp(r.CreatedAt), FinishedAt: rest.Moment(r.FinishedAt),
	}
	v.Kept = r.EndReason == engine.KeptInSandbox
	if r.ReplayOf != "" {
		v.ResendOf = rest.Text(engine.DeliveryID(r.ReplayOf))
	}
	if r.Status == engine.Waiting {
		v.NextTry = rest.Moment(r.DueAt)
	}
	return v
}

type listDeliveriesInput struct {
	rest.InWorkspace
	rest.Paging
	HookID    string    `query:"hook_id" maxLength:"60"`
	Event     string    `query:"event" maxLength:"60" doc:"Of the hooks that send this event now, or did when they were deleted"`
	Status    string    `query:"status" enum:"held,queued,running,waiting,succeeded,failed,canceled,parked"`
	ContactID string    `query:"contact_id" maxLength:"60"`
	From      time.Time `query:"from" doc:"Created then or later"`
	To        time.Time `query:"to" doc:"Created before"`
}

func (a *API) listDeliveries(ctx context.Context, in *listDeliveriesInput) (*rest.Listed[DeliveryView], error) {
	p, err := in.Part()
	if err != nil {
		return nil, err
	}
	ws := rest.WorkspaceOf(ctx).ID
	rows, err := a.Store.ListRuns(ctx, ws, engine.RunFilter{
		Kind: engine.KindDelivery, HookID: in.HookID, HookEvent: in.Event, Status: engine.Status(in.Status), ContactID: in.ContactID, From: in.From, To: in.To,
	}, p)
	if err != nil {
		return nil, err
	}
	list := rest.NewList(rows, shownDelivery)
	events := map[string]*string{}
	for i := range list.Body.Items {
		v := &list.Body.Items[i]
		if _, known := events[v.HookID]; !known {
			events[v.HookID] = nil
			if h, err := a.Store.Hook(ctx, ws, v.HookID); err == nil {
				events[v.HookID] = &h.Event
			}
		}
		v.Event = events[v.HookID]
	}
	return list, nil
}

// delivery finds a run that is a delivery.
func (a *API) delivery(ctx context.Context, id string) (engine.Run, error) {
	runID := engine.DeliveryRun(id)
	if runID == "" {
		return engine.Run{}, engine.ErrNotFound
	}
	run, err := a.Store.Run(ctx, rest.WorkspaceOf(ctx).ID, runID)
	if err == nil && run.Kind != engine.KindDelivery {
		err = engine.ErrNotFound
	}
	return run, err
}

func (a *API) getDelivery(ctx context.Context, in *rest.ByID) (*rest.One[deliveryDetail], error) {
	run, err := a.delivery(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	ws := rest.WorkspaceOf(ctx).ID
	v := deliveryDetail{DeliveryView: shownDelivery(run), Body: rest.PlainJSON(nil), Answer: rest.PlainJSON(nil), Attempts: []engine.Attempt{}}
	var sent struct {
		Event string          `json:"event"`
		Body  json.RawMessage `json:"body"`
	}
	if len(run.Input) > 0 && json.Unmarshal(run.Input, &sent) == nil {
		v.Event = rest.Text(sent.Event)
		if rest.CallerOf(ctx).Can(aboutEvent(sent.Event).reads, ws) {
			v.Body = rest.PlainJSON(sent.Body)
		}
	}
	steps, err := a.Store.ListSteps(ctx, ws, run.ID, "", engine.Page{Limit: 1})
	if err != nil {
		return nil, err
	}
	for _, s := range steps.Items {
		v.Attempts, v.Answer = rest.OrNone(s.Attempts), rest.PlainJSON(s.Output)
		var params struct {
			URL string `json:"url"`
		}
		if json.Unmarshal(s.Params, &params) == nil {
			v.URL = rest.Text(params.URL)
		}
		if n := len(s.Attempts); n > 0 && v.URL != nil && string(v.Body) != "null" {
			if v.Request, err = a.sentRequest(ctx, run, *v.URL, s.Attempts[n-1]); err != nil {
				return nil, err
			}
		}
	}
	return &rest.One[deliveryDetail]{Body: v}, nil
}

// sentRequest is nil when the hook was deleted, and its secret with it.
func (a *API) sentRequest(ctx context.Context, run engine.Run, url string, at engine.Attempt) (*SentRequest, error) {
	sent, err := a.Engine.CallOf(ctx, run, url, at)
	if errors.Is(err, engine.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	r := &SentRequest{Method: sent.Method, URL: sent.URL, Headers: map[string]string{}, Body: string(sent.Body)}
	for name, values := range sent.Header {
		r.Headers[name] = strings.Join(values, ", ")
	}
	return r, nil
}

func (a *API) resendDelivery(ctx context.Context, in *rest.ByID) (*rest.One[DeliveryView], error) {
	run, err := a.delivery(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	again, err := a.Engine.Resend(ctx, rest.WorkspaceOf(ctx).ID, run.ID)
	if err != nil {
		return nil, err
	}
	a.Audit(ctx, engine.AuditEntry{Workspace: rest.WorkspaceOf(ctx).ID, Action: "delivery.resent", ObjectKind: "delivery", ObjectID: in.ID})
	return &rest.One[DeliveryView]{Body: shownDelivery(again)}, nil
}

type resendManyInput struct {
	rest.InWorkspace
	Body struct {
		HookID string    `json:"hook_id,omitempty" maxLength:"60"`
		Event  string    `json:"event,omitempty" maxLength:"60"`
		From   time.Time `json:"from" doc:"Created then or later"`
		To     time.Time `json:"to,omitzero" doc:"Created before; until now when left out"`
	}
}

// resendMany sends the failed deliveries of a time again, in the background.
// Those that were sent again already are left alone.
func (a *API) resendMany(ctx context.Context, in *resendManyInput) (*rest.One[rest.JobStarted], error) {
	ws, by := rest.WorkspaceOf(ctx).ID, in.Body
	filter := engine.RunFilter{
		Kind: engine.KindDelivery, Status: engine.Failed, HookID: by.HookID, HookEvent: by.Event, From: by.From, To: by.To, Mode: engine.ModeLive, NotSentAgain: true,
	}
	ids := []string{}
	for p := (engine.Page{Limit: engine.MaxPage}); len(ids) < bulk.MaxRuns; {
		rows, err := a.Store.ListRuns(ctx, ws, filter, p)
		if err != nil {
			return nil, err
		}
		for _, r := range rows.Items {
			ids = append(ids, r.ID)
		}
		if p.Cursor = rows.Next; p.Cursor == "" {
			break
		}
	}
	ids = ids[:min(len(ids), bulk.MaxRuns)]
	// The receiver gets them in the order in which they happened.
	slices.Reverse(ids)
	job, err := a.Bulk.Add(ctx, ws, rest.CallerOf(ctx).ID(), bulk.Task{Action: bulk.Resend, IDs: ids})
	if err != nil {
		return nil, err
	}
	a.Audit(ctx, engine.AuditEntry{
		Workspace: ws, Action: "deliveries.resent", ObjectKind: "job", ObjectID: job.ID, Detail: map[string]any{"deliveries": job.Total},
	})
	return &rest.One[rest.JobStarted]{Body: rest.JobStarted{JobID: job.ID, Total: job.Total}}, nil
}
