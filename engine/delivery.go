package engine

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/kajabi"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

const (
	// deliveryPage is how many deliveries of an event are stored at once: the
	// database's writer must not be held for a thousand.
	deliveryPage = 100
	// deliveryPriority has deliveries pulled behind the runs of workflows.
	deliveryPriority = -10
	// pausedFor is when a delivery of a paused hook looks again, should nobody
	// resume the hook.
	pausedFor = 6 * time.Hour
	// standBack is the least time that a delivery stands back for an endpoint
	// that is failing or slow.
	standBack = 15 * time.Second
)

// DeliveryID is how a delivery's run is named outside.
func DeliveryID(runID string) string { return "dlv_" + strings.TrimPrefix(runID, "run_") }

// DeliveryRun is the run of a delivery, "" for a text that names none.
func DeliveryRun(id string) string {
	rest, ok := strings.CutPrefix(id, "dlv_")
	if !ok {
		return ""
	}
	return "run_" + rest
}

// DeliveryMessage is the webhook-id of a delivery: the same for all its attempts,
// and for those that send it again.
func DeliveryMessage(run Run) string { return messageID(run.RootRun + "/send/1") }

// deliveryDefinition is the one step that every delivery is: retries, journal and
// limits are those of any run. Address and secret are the hook's.
var deliveryDefinition = func() Definition {
	doc := workflow.Document{Schema: 1, Steps: []workflow.Step{{
		ID: "send", Type: "webhook.send", V: 1, Name: "Deliver",
		Params: deliveryParams("{{ trigger.hook.url }}", "{{ trigger.body }}"),
	}}}
	text, err := doc.JSON()
	if err != nil {
		panic("engine: the definition of deliveries: " + err.Error())
	}
	return Definition{workflow.Hash(text), text}
}()

// deliveryParams are the settings of a delivery's step, mapped or with what goes out.
func deliveryParams(url string, body any) map[string]any {
	return map[string]any{"method": "POST", "url": url, "body_type": "json", "body": body}
}

// listening returns the hooks that an event is to be sent to.
func (e *Engine) listening(ctx context.Context, event PendingEvent) ([]Hook, error) {
	hooks, err := e.store.HooksFor(ctx, event.Workspace, event.Type)
	return slices.DeleteFunc(hooks, func(h Hook) bool { return !h.Wants(event.Event) }), err
}

// announce marks an event that hooks listen to. Its deliveries are stored by
// another loop, so that the runs which it starts do not wait for them.
func (e *Engine) announce(ctx context.Context, event PendingEvent) error {
	hooks, err := e.listening(ctx, event)
	if err != nil || len(hooks) == 0 {
		return err
	}
	if err := e.store.MarkDelivery(ctx, event.Workspace, event.ID); err != nil {
		return err
	}
	e.wakeDeliverer()
	return nil
}

func (e *Engine) wakeDeliverer() {
	select {
	case e.wakeDeliveries <- struct{}{}:
	default:
	}
}

// deliverMarked stores deliveries until ctx ends: at once when this process
// marked events, and each second those that others have left. Meanwhile it keeps
// the feeder from running dry.
func (e *Engine) deliverMarked(ctx context.Context) {
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	for {
		err := errors.Join(e.feedFromStore(ctx), e.DeliverEvents(ctx))
		e.feed()
		if err != nil && ctx.Err() == nil && !errors.Is(err, ErrUnavailable) {
			e.log.Error("events not delivered", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-e.wakeDeliveries:
		case <-ticker.C:
		}
	}
}

// DeliverEvents stores the deliveries of all marked events. Processes that do so
// at once, or that die, double and lose nothing.
func (e *Engine) DeliverEvents(ctx context.Context) error {
	for {
		page, err := e.store.EventsToDeliver(ctx, deliveryPage)
		if err != nil {
			return err
		}
		for _, event := range page {
			if err := e.deliver(ctx, event); err != nil {
				return err
			}
			if err := e.store.Delivered(ctx, event.Workspace, event.ID); err != nil {
				return err
			}
		}
		if len(page) < deliveryPage {
			return nil
		}
	}
}

// deliver stores the deliveries of an event, page by page, and hands them to
// workers. It may be repeated: a delivery is unique by event and hook.
func (e *Engine) deliver(ctx context.Context, event PendingEvent) error {
	hooks, err := e.listening(ctx, event)
	if err != nil || len(hooks) == 0 {
		return err
	}
	ws, _, err := e.workspaces.get(ctx, event.Workspace)
	if err != nil {
		return err
	}
	inputs := map[HookFormat]input{}
	for page := range slices.Chunk(hooks, deliveryPage) {
		runs := make([]Run, 0, len(page))
		shown := make(map[string]map[string]any, len(page))
		for _, h := range page {
			in, known := inputs[h.Format]
			if !known {
				if in, err = inputOf(h.Format, event.Event, ws); err != nil {
					return err
				}
				inputs[h.Format] = in
			}
			run := newRun(Endpoint{Workspace: event.Workspace, TriggerID: h.ID, Definition: deliveryDefinition.Hash}, e.now())
			run.Kind, run.Priority, run.Input = KindDelivery, deliveryPriority, in.text
			run.EventID, run.ContactID, run.CauseRun, run.Depth = event.ID, event.ContactID, event.CauseRun, event.Depth
			runs, shown[run.ID] = append(runs, run), in.plain
		}
		e.fault("in_event_consumer")
		inserted, err := e.store.InsertDeliveries(ctx, event.Workspace, deliveryDefinition, runs)
		if err != nil {
			return err
		}
		for _, run := range inserted {
			if run.Status == Queued {
				e.feeder.add(run, shown[run.ID])
			}
		}
		e.feed()
	}
	return nil
}

// input is a delivery's trigger scope, the same for all hooks of a format.
type input struct {
	plain map[string]any
	text  []byte
}

func inputOf(format HookFormat, event crm.Event, ws crm.Workspace) (input, error) {
	scope := map[string]any{
		"type": "hook", "event": event.Type, "event_id": event.ID, "occurred_at": event.OccurredAt.UTC().Format(time.RFC3339Nano),
		"body": HookBody(format, event, ws),
	}
	text, err := value.Encode(scope)
	return input{scope, text}, err
}

// HookBody is what a hook sends of an event.
func HookBody(format HookFormat, event crm.Event, ws crm.Workspace) map[string]any {
	switch format {
	case FormatKajabi:
		return kajabi.Nested(event.Type, event.Data)
	case FormatKajabiFlat:
		return kajabi.Flat(event.Type, event.Data)
	case FormatKajabiAPI:
		if body, ok := kajabi.API(event.Type, event.Data); ok {
			return body
		}
	}
	return map[string]any{
		"id": event.ID, "type": event.Type, "timestamp": event.OccurredAt.UTC().Format(time.RFC3339Nano),
		"workspace": map[string]any{"id": ws.ID, "name": ws.Name, "slug": ws.Slug}, "data": event.Data,
	}
}

// prepareDelivery shows the hook as it is now to the mappings of the definition.
func (j *journey) prepareDelivery(ctx context.Context) error {
	// Nothing of the contact is mapped; the row keeps its id, so that erasing finds
	// it.
	j.run.ContactID = ""
	h, err := j.e.hooks.get(ctx, j.run.Workspace, j.run.Trigger)
	if errors.Is(err, ErrNotFound) {
		j.hook = &knownHook{deleted: true}
		return nil
	}
	if err != nil {
		return err
	}
	j.hook = h
	trigger := make(map[string]any, len(j.trigger)+1)
	maps.Copy(trigger, j.trigger)
	trigger["hook"] = map[string]any{"id": h.hook.ID, "url": h.hook.URL}
	j.trigger = trigger
	return nil
}

// toEndpoint is asked before each attempt of a delivery. It ends the delivery
// when its hook is not in use any more, and has it wait when the hook is paused,
// or when others already hold on to an endpoint that is failing or slow: one dead
// receiver must not take the places of all others. leave is called after the
// attempt.
func (j *journey) toEndpoint(ctx context.Context, row *StepResult) (leave func(), err error) {
	h := j.hook
	switch {
	case h.deleted:
		return nil, j.undeliverable(ctx, row, "hook_deleted", "The hook was deleted before this was sent.")
	case h.hook.Status == HookDisabled:
		return nil, j.undeliverable(ctx, row, "hook_disabled", "The hook is switched off: "+h.hook.Reason+" Give it the new address, switch it on, and send this again.")
	case !Has(j.ws, FeatureOutgoing):
		return nil, j.undeliverable(ctx, row, "hooks_off", outgoingOff)
	case h.hook.Status == HookPaused && j.live():
		return nil, j.waitUntil(ctx, j.e.now().Add(pausedFor))
	}
	if leave, ok := j.e.gates.enter(h.hook.ID, h.failing()); ok {
		return leave, nil
	}
	return nil, j.waitUntil(ctx, j.e.now().Add(standBack+rand.N(standBack)))
}

func (j *journey) undeliverable(ctx context.Context, row *StepResult, code, message string) error {
	f := &Failure{Code: code, Message: message, Step: row.Path}
	row.Status, row.Error, row.FinishedAt, row.DueAt = StepFailed, f, j.e.now(), noTime
	j.keep(row)
	return j.finish(ctx, Failed, "", f)
}

// healthEvery is how often the success of a healthy endpoint is written down.
const healthEvery = 10 * time.Second

// heard notes what an attempt says of the endpoint; it is stored with the next
// commit of the delivery.
func (j *journey) heard(out any, err error) {
	now := j.e.now()
	if err == nil {
		if j.hook.succeeded(now) {
			j.outcome = &HookOutcome{Hook: j.hook.hook.ID, At: now, OK: true, Status: statusIn(out)}
		}
		return
	}
	if errors.Is(err, ErrUnavailable) || errors.Is(err, ErrLost) {
		return
	}
	o := &HookOutcome{Hook: j.hook.hook.ID, At: now, Error: failureOf(err).Message, PauseBefore: now.Add(-pauseAfter)}
	if shown, ok := errors.AsType[*nodes.OutputError](err); ok {
		o.Status = statusIn(shown.Output)
	}
	if o.Status == 410 {
		o.Gone = fmt.Sprintf("The receiver answered 410 Gone on %s: the address does not exist any more.", now.UTC().Format(time.DateOnly))
	}
	j.hook.failed(now)
	j.outcome = o
}

func statusIn(output any) int {
	m, _ := output.(map[string]any)
	status, _ := m["status"].(int)
	return status
}

// Resend sends a delivery again, to the hook's present address, under the
// webhook-id that it had: the receiver can tell that it is the same.
func (e *Engine) Resend(ctx context.Context, workspace, runID string) (Run, error) {
	old, err := e.store.Run(ctx, workspace, runID)
	if err != nil {
		return Run{}, err
	}
	if old.Kind != KindDelivery {
		return Run{}, ErrNotFound
	}
	h, err := e.store.Hook(ctx, workspace, old.Trigger)
	switch {
	case errors.Is(err, ErrNotFound):
		return Run{}, stateError("The hook of this delivery was deleted: there is nowhere to send it.")
	case err != nil:
		return Run{}, err
	case h.Status != HookActive:
		return Run{}, stateError("The hook is %s: resume it first. %s", h.Status, h.Reason)
	case !old.Status.Finished():
		return Run{}, stateError("The delivery is still under way (%s): wait for it, or cancel it.", old.Status)
	case len(old.Input) == 0 || string(old.Input) == "null":
		return Run{}, stateError("What was sent is not kept any more.")
	}
	run := newRun(Endpoint{Workspace: workspace, TriggerID: h.ID, Definition: deliveryDefinition.Hash}, e.now())
	run.Kind, run.Input, run.ContactID = KindDelivery, old.Input, old.ContactID
	run.ReplayOf, run.RootRun = old.ID, old.RootRun
	return run, e.startDelivery(ctx, run)
}

// startDelivery stores a delivery that no event made, and rings it.
func (e *Engine) startDelivery(ctx context.Context, run Run) error {
	err := e.store.Do(ctx, run.Workspace, func(tx Tx) error {
		if err := tx.PutDefinition(deliveryDefinition.Hash, deliveryDefinition.Document); err != nil {
			return err
		}
		return tx.InsertRun(run)
	})
	if err == nil {
		e.ringNew(run, nil)
	}
	return err
}
