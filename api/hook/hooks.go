package hook

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/kajabi"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/engine/sender"
)

// Store reads hooks and their deliveries, which are runs; the engine changes them.
type Store interface {
	// Hook returns engine.ErrNotFound for a hook that was deleted.
	Hook(ctx context.Context, workspace, id string) (engine.Hook, error)
	HookByNumber(ctx context.Context, workspace string, number int64) (engine.Hook, error)
	ListHooks(ctx context.Context, workspace string, by engine.HookFilter, p engine.Page) (engine.List[engine.Hook], error)
	// PageHooks lists from the oldest; page counts from 1.
	PageHooks(ctx context.Context, workspace string, by engine.HookFilter, page, size int) (hooks []engine.Hook, total int64, err error)
	// HookPlaces returns the hooks in places that begin with a prefix, by place.
	HookPlaces(ctx context.Context, workspace, prefix string) (map[string]engine.Hook, error)
	// Numbered finds a contact, tag, offer, form or purchase by id or number, a
	// product or workflow by id; kind is the name of its list.
	Numbered(ctx context.Context, workspace, kind, ref string) (id string, number int64, err error)
	// Run returns a run with its input.
	Run(ctx context.Context, workspace, id string) (engine.Run, error)
	// ListRuns lists runs without their input, from the newest.
	ListRuns(ctx context.Context, workspace string, by engine.RunFilter, p engine.Page) (engine.List[engine.Run], error)
	// ListSteps lists the journal of a run as its rows began, below a prefix of paths
	// unless it is "".
	ListSteps(ctx context.Context, workspace, runID, prefix string, p engine.Page) (engine.List[engine.StepResult], error)
}

// HookView is a hook with the health of its endpoint.
type HookView struct {
	ID           string     `json:"id" example:"hk_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10"`
	Number       int64      `json:"number"`
	Name         string     `json:"name"`
	Event        string     `json:"event" example:"purchase.created"`
	URL          string     `json:"url"`
	ResourceID   *string    `json:"resource_id" doc:"The only thing whose events are sent; null for all"`
	Cart         *bool      `json:"cart" doc:"Of order.created: true for cart orders only, false for others only, null for all"`
	Format       string     `json:"format" enum:"standard,kajabi,kajabi_flat,kajabi_api"`
	Status       string     `json:"status" enum:"active,paused,disabled"`
	Reason       string     `json:"reason" doc:"Why it is not active"`
	LastStatus   *int       `json:"last_status" doc:"HTTP status of the last answer"`
	LastError    string     `json:"last_error"`
	Failures     int        `json:"failures" doc:"Attempts that failed since the last one that succeeded"`
	Kept         int        `json:"kept" doc:"How many deliveries wait for a paused hook, counted up to 10,000"`
	Place        string     `json:"place" enum:"offer,form,site," doc:"Where the address stands: at the offer or form that is resource_id, or at the checkout of the whole site; empty for a hook of its own"`
	Health       string     `json:"health" enum:"new,good,failing"`
	CreatedAt    time.Time  `json:"created_at"`
	UpdatedAt    time.Time  `json:"updated_at"`
	LastSuccess  *time.Time `json:"last_success_at" doc:"To within ten seconds"`
	LastFailure  *time.Time `json:"last_failure_at"`
	FailingSince *time.Time `json:"failing_since" doc:"null while deliveries succeed"`
	NextTry      *time.Time `json:"next_try_at" doc:"When the delivery that failed last is tried again"`
}

// newHookView is a hook with its secret, which is shown this once.
type newHookView struct {
	HookView
	Secret string `json:"secret" doc:"Signs deliveries as Standard Webhooks say. It is shown only now."`
}

func shownHook(h engine.Hook) HookView {
	v := HookView{
		ID: h.ID, Number: h.Number, Name: h.Name, Event: h.Event, URL: h.URL, ResourceID: rest.Text(h.Resource), Format: string(h.Format),
		Status: string(h.Status), Reason: h.Reason, LastError: h.LastError, Failures: h.Failures, Health: "new", CreatedAt: rest.Stamp(h.CreatedAt), UpdatedAt: rest.Stamp(h.UpdatedAt),
		LastSuccess: rest.Moment(h.LastSuccessAt), LastFailure: rest.Moment(h.LastFailureAt), FailingSince: rest.Moment(h.FailingSince), NextTry: rest.Moment(h.NextTryAt),
	}
	v.Place, _, _ = strings.Cut(h.Place, ":")
	if h.Cart != engine.CartAny {
		only := h.Cart == engine.CartOnly
		v.Cart = &only
	}
	if h.LastStatus != 0 {
		v.LastStatus = &h.LastStatus
	}
	switch {
	case !h.FailingSince.IsZero():
		v.Health = "failing"
	case !h.LastSuccessAt.IsZero():
		v.Health = "good"
	}
	return v
}

type listHooksInput struct {
	rest.InWorkspace
	rest.Paging
	Event      string `query:"event" maxLength:"60"`
	Status     string `query:"status" enum:"active,paused,disabled"`
	ResourceID string `query:"resource_id" maxLength:"60"`
}

func (a *API) listHooks(ctx context.Context, in *listHooksInput) (*rest.Listed[HookView], error) {
	p, err := in.Part()
	if err != nil {
		return nil, err
	}
	by := engine.HookFilter{Event: in.Event, Status: engine.HookStatus(in.Status), Resource: in.ResourceID}
	rows, err := a.Store.ListHooks(ctx, rest.WorkspaceOf(ctx).ID, by, p)
	if err != nil {
		return nil, err
	}
	list := rest.NewList(rows, shownHook)
	for i, h := range rows.Items {
		if list.Body.Items[i].Kept, err = a.Engine.KeptOf(ctx, h); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// answerHook is a hook with what it keeps.
func (a *API) answerHook(ctx context.Context, h engine.Hook) (*rest.One[HookView], error) {
	v := shownHook(h)
	var err error
	v.Kept, err = a.Engine.KeptOf(ctx, h)
	return &rest.One[HookView]{Body: v}, err
}

func (a *API) getHook(ctx context.Context, in *rest.ByID) (*rest.One[HookView], error) {
	h, err := a.Store.Hook(ctx, rest.WorkspaceOf(ctx).ID, in.ID)
	if err != nil {
		return nil, err
	}
	return a.answerHook(ctx, h)
}

// HookParts are what may be set of a hook. What is left out stays. Embed it.
type HookParts struct {
	Name       *string `json:"name,omitempty" maxLength:"200"`
	Event      *string `json:"event,omitempty" maxLength:"60" doc:"One of the events of the documentation, or run.succeeded or run.failed"`
	URL        *string `json:"url,omitempty" maxLength:"8000"`
	ResourceID *string `json:"resource_id,omitempty" maxLength:"60" doc:"Id or number of the offer, tag, form, contact, product or workflow, as the event has it; empty for all"`
	Cart       *bool   `json:"cart,omitempty" doc:"Of order.created: true for cart orders only, false for others only"`
	Format     *string `json:"format,omitempty" enum:"standard,kajabi,kajabi_flat,kajabi_api" doc:"standard when left out"`
}

// apply brings a hook up to date and checks all of it.
func (a *API) apply(ctx context.Context, ws crm.Workspace, h *engine.Hook, parts HookParts) error {
	for _, t := range []struct{ from, to *string }{{parts.Name, &h.Name}, {parts.Event, &h.Event}, {parts.URL, &h.URL}} {
		if t.from != nil {
			*t.to = strings.TrimSpace(*t.from)
		}
	}
	if parts.Format != nil {
		h.Format = engine.HookFormat(*parts.Format)
	}
	if parts.Cart != nil {
		h.Cart = engine.CartNever
		if *parts.Cart {
			h.Cart = engine.CartOnly
		}
	}
	var items []problem.Item
	add := func(pointer, code, detail string) {
		items = append(items, problem.Item{Pointer: pointer, Code: code, Detail: detail})
	}
	if !knownEvent(h.Event) {
		add("/event", "invalid", fmt.Sprintf("%.60q is no event. There are: %s.", h.Event, strings.Join(engine.HookEvents, ", ")))
	}
	if h.Cart != engine.CartAny && h.Event != crm.OrderCreated {
		add("/cart", "invalid", "Only order.created tells cart orders from others.")
	}
	if err := a.CheckTarget(h.URL); err != nil {
		add("/url", "invalid", err.Error())
	}
	if h.Format == engine.FormatKajabiAPI && !kajabiSends(h.Event) {
		add("/format", "invalid", "The API of Kajabi has no such event: use another format.")
	}
	if len(items) > 0 {
		return problem.New(problem.CodeInvalid, items[0].Detail, items...)
	}
	if parts.ResourceID == nil {
		return nil
	}
	h.Resource, h.ResourceNumber = strings.TrimSpace(*parts.ResourceID), 0
	if h.Resource == "" {
		return nil
	}
	var err error
	h.Resource, h.ResourceNumber, err = a.Store.Numbered(ctx, ws.ID, aboutEvent(h.Event).about, h.Resource)
	if errors.Is(err, engine.ErrNotFound) {
		return problem.At("/resource_id", "not_found", fmt.Sprintf("There is none of the %s of this workspace with the id %.60q.", aboutEvent(h.Event).about, *parts.ResourceID))
	}
	return err
}

func kajabiSends(event string) bool {
	_, sends := kajabi.Theirs(event)
	return sends
}

func knownEvent(event string) bool {
	for _, known := range engine.HookEvents {
		if known == event {
			return true
		}
	}
	return false
}

// CheckTarget refuses addresses that can never be called.
func (a *API) CheckTarget(url string) error {
	if url == "" {
		return errors.New("Name the address to call, such as https://example.com/webhook.") //nolint:staticcheck // shown to people as it is
	}
	return a.Engine.CheckTarget(url)
}

type createHookInput struct {
	rest.InWorkspace
	Body struct {
		HookParts
		Secret secret.Redacted `json:"secret,omitempty" maxLength:"300" doc:"whsec_ and base64 of 24 to 64 bytes; made when left out"`
	}
}

func (a *API) createHook(ctx context.Context, in *createHookInput) (*rest.One[newHookView], error) {
	ws := rest.WorkspaceOf(ctx)
	h := engine.Hook{Format: engine.FormatStandard}
	if err := a.apply(ctx, ws, &h, in.Body.HookParts); err != nil {
		return nil, err
	}
	if err := MayHook(rest.CallerOf(ctx), ws, h.Event); err != nil {
		return nil, err
	}
	plain, err := signingSecret(in.Body.Secret)
	if err != nil {
		return nil, err
	}
	if err := a.Engine.CreateHook(ctx, ws.ID, &h, plain); err != nil {
		return nil, err
	}
	a.auditHook(ctx, "hook.created", h)
	return &rest.One[newHookView]{Body: newHookView{shownHook(h), plain}}, nil
}

// signingSecret checks a secret for Standard Webhooks, or makes one.
func signingSecret(given secret.Redacted) (string, error) {
	scheme, _ := sender.SchemeNamed("standard")
	if given == "" {
		return secret.NewSigning(), nil
	}
	if p := scheme.CheckSecret(given.Reveal()); p != nil {
		return "", problem.At("/secret", "invalid", "Signing secret: "+p.Message+".")
	}
	return given.Reveal(), nil
}

type patchHookInput struct {
	rest.ByID
	Body struct {
		HookParts
		Status *string `json:"status,omitempty" enum:"active,paused" doc:"paused keeps what would be sent; active sends it"`
		Held   string  `json:"held,omitempty" enum:"run,discard" doc:"What becomes of what a paused hook has kept: discard throws it away, run, the default, sends it when the hook becomes active"`
	}
}

func (a *API) patchHook(ctx context.Context, in *patchHookInput) (*rest.One[HookView], error) {
	ws := rest.WorkspaceOf(ctx)
	// What is checked may be slow, so it is done before the transaction, on the
	// hook as it was.
	checked, err := a.Store.Hook(ctx, ws.ID, in.ID)
	if err != nil {
		return nil, err
	}
	before := checked
	if err := a.apply(ctx, ws, &checked, in.Body.HookParts); err != nil {
		return nil, err
	}
	if err := MayHook(rest.CallerOf(ctx), ws, checked.Event); err != nil {
		return nil, err
	}
	if in.Body.Held == string(engine.HeldDiscard) {
		n, err := a.Engine.DiscardKept(ctx, ws.ID, in.ID)
		if err != nil {
			return nil, err
		}
		a.Audit(ctx, engine.AuditEntry{
			Workspace: ws.ID, Action: "hook.kept_discarded", ObjectKind: "hook", ObjectID: in.ID, Detail: map[string]any{"deliveries": n},
		})
	}
	h, err := a.Engine.ChangeHook(ctx, ws.ID, in.ID, func(h *engine.Hook) error {
		h.Name, h.Event, h.URL, h.Format = checked.Name, checked.Event, checked.URL, checked.Format
		h.Resource, h.ResourceNumber, h.Cart = checked.Resource, checked.ResourceNumber, checked.Cart
		if h.URL != before.URL && h.Status == engine.HookDisabled {
			// The reason was the old address.
			h.Status, h.Reason = engine.HookActive, ""
		}
		switch status := in.Body.Status; {
		case status == nil:
		case *status == string(engine.HookActive):
			h.Status, h.Reason = engine.HookActive, ""
		default:
			h.Status, h.Reason = engine.HookPaused, "Paused by "+rest.CallerOf(ctx).Name+"."
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	a.auditHook(ctx, "hook.updated", h)
	return a.answerHook(ctx, h)
}

// testHook sends a made-up event, so that a receiver can be tried out.
func (a *API) testHook(ctx context.Context, in *rest.ByID) (*rest.One[DeliveryView], error) {
	ws := rest.WorkspaceOf(ctx)
	h, err := a.Store.Hook(ctx, ws.ID, in.ID)
	if err != nil {
		return nil, err
	}
	run, err := a.Engine.TestHook(ctx, ws.ID, in.ID)
	if err != nil {
		return nil, err
	}
	a.auditHook(ctx, "hook.tested", h)
	v := shownDelivery(run)
	v.Event = &h.Event
	return &rest.One[DeliveryView]{Body: v}, nil
}

func (a *API) deleteHook(ctx context.Context, in *rest.ByID) (*rest.Nothing, error) {
	ws := rest.WorkspaceOf(ctx).ID
	h, err := a.Store.Hook(ctx, ws, in.ID)
	if err != nil {
		return nil, err
	}
	if err := a.Engine.DeleteHook(ctx, ws, in.ID); err != nil {
		return nil, err
	}
	a.auditHook(ctx, "hook.deleted", h)
	return nil, nil
}

type rotateHookInput struct {
	rest.ByID
	Body *struct {
		Secret  secret.Redacted `json:"secret,omitempty" maxLength:"300" doc:"The new one; made when left out"`
		Overlap string          `json:"overlap,omitempty" maxLength:"20" doc:"How long deliveries are signed with both, such as 24h, the default; at most 720h"`
	}
}

// rotateHookSecret gives a hook a new secret; for a while deliveries carry both
// signatures, so that no receiver has to change at the same moment.
func (a *API) rotateHookSecret(ctx context.Context, in *rotateHookInput) (*rest.One[newHookView], error) {
	overlap, given := 24*time.Hour, secret.Redacted("")
	if in.Body != nil {
		given = in.Body.Secret
	}
	if in.Body != nil && in.Body.Overlap != "" {
		var err error
		if overlap, err = time.ParseDuration(in.Body.Overlap); err != nil || overlap < 0 || overlap > 720*time.Hour {
			return nil, problem.At("/overlap", "invalid", "Write a time such as 24h, at most 720h.")
		}
	}
	plain, err := signingSecret(given)
	if err != nil {
		return nil, err
	}
	ws := rest.WorkspaceOf(ctx).ID
	if err := a.Engine.RotateHookSecret(ctx, ws, in.ID, plain, a.Now().Add(overlap)); err != nil {
		return nil, err
	}
	h, err := a.Store.Hook(ctx, ws, in.ID)
	if err != nil {
		return nil, err
	}
	a.auditHook(ctx, "hook.secret_rotated", h)
	return &rest.One[newHookView]{Body: newHookView{shownHook(h), plain}}, nil
}

func (a *API) auditHook(ctx context.Context, action string, h engine.Hook) {
	a.Audit(ctx, engine.AuditEntry{
		Workspace: rest.WorkspaceOf(ctx).ID, Action: action, ObjectKind: "hook", ObjectID: h.ID,
		Detail: map[string]any{"event": h.Event, "number": strconv.FormatInt(h.Number, 10)},
	})
}

// Routes declares what the API answers.
func (a *API) Routes() {
	const (
		hooks      = rest.WS + "/hooks"
		deliveries = rest.WS + "/deliveries"
	)
	rest.Handle(a.Shell, rest.Get(hooks, rest.Needs(account.HooksRead), "List hooks"), a.listHooks)
	rest.Handle(a.Shell, rest.Post(hooks, rest.Needs(account.HooksWrite), "Create a hook").ShowsOnce(), a.createHook)
	rest.Handle(a.Shell, rest.Get(hooks+"/{id}", rest.Needs(account.HooksRead), "Get a hook and the health of its endpoint"), a.getHook)
	rest.Handle(a.Shell, rest.Patch(hooks+"/{id}", rest.Needs(account.HooksWrite), "Change, pause or resume a hook"), a.patchHook)
	rest.Handle(a.Shell, rest.Remove(hooks+"/{id}", rest.Needs(account.HooksWrite), "Delete a hook"), a.deleteHook)
	rest.Handle(a.Shell, rest.Post(hooks+"/{id}/rotate-secret", rest.Needs(account.HooksWrite), "Give a hook a new signing secret").Answers(http.StatusOK).ShowsOnce(), a.rotateHookSecret)

	rest.Handle(a.Shell, rest.Post(hooks+"/{id}/test", rest.Needs(account.HooksWrite), "Send a made-up event to a hook").Answers(http.StatusAccepted), a.testHook)
	rest.Handle(a.Shell, rest.Get(rest.WS+"/checkout", rest.Needs(account.HooksRead), "Get what the checkout of the whole site calls"), a.getCheckout)
	rest.Handle(a.Shell, rest.Patch(rest.WS+"/checkout", rest.Needs(account.HooksWrite), "Set the purchase webhook of the whole site"), a.patchCheckout)

	rest.Handle(a.Shell, rest.Get(deliveries, rest.Needs(account.HooksRead), "List deliveries"), a.listDeliveries)
	rest.Handle(a.Shell, rest.Post(deliveries+"/resend", rest.Needs(account.HooksWrite), "Send the failed deliveries of a time again").Answers(http.StatusAccepted), a.resendMany)
	rest.Handle(a.Shell, rest.Get(deliveries+"/{id}", rest.Needs(account.HooksRead), "Get a delivery with its attempts"), a.getDelivery)
	rest.Handle(a.Shell, rest.Post(deliveries+"/{id}/resend", rest.Needs(account.HooksWrite), "Send a delivery again").Answers(http.StatusAccepted), a.resendDelivery)
}
