package engine

import (
	"context"
	"fmt"
	"maps"
	"net/http"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes"
)

// TestHook sends a made-up event to a hook: a delivery like any other, but tried
// once, and sent also while the hook is paused. It returns a *StateError for a
// disabled hook.
func (e *Engine) TestHook(ctx context.Context, workspace, id string) (Run, error) {
	h, err := e.store.Hook(ctx, workspace, id)
	if err != nil {
		return Run{}, err
	}
	if h.Status == HookDisabled {
		return Run{}, stateError("The webhook is switched off: %s Give it the new address first.", h.Reason)
	}
	ws, _, err := e.workspaces.get(ctx, workspace)
	if err != nil {
		return Run{}, err
	}
	run := newRun(Endpoint{Workspace: workspace, TriggerID: h.ID, Definition: deliveryDefinition.Hash}, e.now())
	run.Kind, run.Mode = KindDelivery, ModeTest
	in, err := inputOf(h.Format, e.sampleEvent(h.Event), ws)
	if err != nil {
		return Run{}, err
	}
	run.Input = in.text
	return run, e.startDelivery(ctx, run)
}

// sampleEvent is an event with the data that its trigger shows as a sample.
func (e *Engine) sampleEvent(name string) crm.Event {
	if name == RunSucceeded || name == RunFailed {
		return e.sampleRunEvent(name)
	}
	data := map[string]any{}
	if t := e.registry.Lookup(name); t != nil {
		data = maps.Clone(t.Sample)
	}
	for _, frame := range []string{"id", "type", "event", "occurred_at"} {
		delete(data, frame)
	}
	return crm.Event{ID: NewID("evt"), Type: name, Data: data, OccurredAt: e.now()}
}

// sampleRunEvent is the end of a run that never was.
func (e *Engine) sampleRunEvent(name string) crm.Event {
	now := e.now()
	to := RunState{Status: Succeeded, EndReason: EndReached, StartedAt: now, FinishedAt: now}
	if name == RunFailed {
		to.Status, to.EndReason = Failed, ""
		to.Error = &Failure{Code: "http_status", Message: "The receiver answered 500.", Step: "send"}
	}
	event, _ := runEvent(Run{ID: "run_0197c2a4", Kind: KindWorkflow, Mode: ModeLive, WorkflowID: "wf_0197c2a4", Version: 7}, to)
	event.ID, event.CauseRun, event.Depth = NewID("evt"), "", 0
	return event
}

// SentCall is a call to a hook's address as it goes out.
type SentCall struct {
	Method string
	URL    string
	Header http.Header
	Body   []byte
}

// CallOf is the call that an attempt of a delivery made, written anew: the
// signature is made with the secrets that are kept today. run needs its Input.
// The error is ErrNotFound when the hook was deleted or the data is not kept any
// more.
func (e *Engine) CallOf(ctx context.Context, run Run, url string, attempt Attempt) (SentCall, error) {
	h, err := e.hooks.get(ctx, run.Workspace, run.Trigger)
	if err != nil {
		return SentCall{}, err
	}
	scope, err := value.Restore(run.Input)
	if err != nil {
		return SentCall{}, fmt.Errorf("delivery %s: %w", run.ID, err)
	}
	trigger, ok := scope.(map[string]any)
	if !ok {
		return SentCall{}, ErrNotFound
	}
	key := (&journey{run: run}).effect("send") + "/1"
	keeper := &keeper{}
	env := &nodes.Env{
		Call: nodes.Call{RunID: run.ID, StepID: "send", Path: "send", Now: attempt.StartedAt},
		HTTP: keeper, Log: e.log, IdempotencyKey: key, MessageID: messageID(key), Attempt: attempt.Number,
	}
	params := deliveryParams(url, trigger["body"])
	params["secret"] = inMemory(h.secret)
	if _, err := call(ctx, e.registry.Lookup("webhook.send").Action, env, params); keeper.sent == nil {
		return SentCall{}, err
	}
	sent := keeper.sent
	return SentCall{sent.Method, sent.URL, sent.Header, sent.Body}, nil
}

// keeper is an HTTP client that keeps the request and sends nothing.
type keeper struct{ sent *nodes.HTTPRequest }

func (k *keeper) Send(_ context.Context, r nodes.HTTPRequest) (nodes.HTTPResponse, error) {
	if k.sent == nil {
		k.sent = &r
	}
	return nodes.HTTPResponse{}, errNotSent
}
