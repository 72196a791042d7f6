package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

// retryRemote is the usual pause after a registration that failed.
const retryRemote = nodes.MinPoll

// register brings what a service knows of a trigger's address to what it should:
// registered while the trigger is active, with the present params and address, and
// gone otherwise. A new registration is made before the old one is taken back, so
// that no event falls between the two.
func (e *Engine) register(ctx context.Context, w ClaimedWatch) error {
	have, err := registrationOf(w.State)
	if err != nil {
		return fmt.Errorf("the registration of trigger %s: %w", w.TriggerID, err)
	}
	if !w.Active {
		kept, err := e.keptOpen(ctx, w.Endpoint)
		if err != nil {
			return err
		}
		if kept && have != nil {
			return e.prolong(ctx, w, have)
		}
		ctx = whenLeaving(ctx)
	}
	ws, _, err := e.workspaces.get(ctx, w.Workspace)
	switch {
	case err != nil:
		return err
	case ws.Sandbox:
		return e.keepQuiet(ctx, w.Watch, retryRemote)
	case !w.Active && have == nil:
		return e.idle(ctx, w.Watch)
	case !w.Active:
		return e.takeBack(ctx, w, have)
	}
	t, _, err := e.liveTrigger(ctx, w.Endpoint)
	if err != nil {
		return err
	}
	if t == nil || t.Type.Enable == nil {
		return e.idle(ctx, w.Watch)
	}
	if have != nil && have.Rule == w.Rule && !e.expiring(have) {
		return e.registered(ctx, w, have, false)
	}
	return e.enable(ctx, w, t, have)
}

// keptOpen reports whether a push removed a trigger and nobody has confirmed that yet:
// what it receives is kept so long, so the service goes on sending.
func (e *Engine) keptOpen(ctx context.Context, ep Endpoint) (bool, error) {
	if ep.Gone || ep.Status == WorkflowDeleted {
		return false, nil
	}
	ws, _, err := e.workspaces.get(ctx, ep.Workspace)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	if err != nil || ws.Sandbox {
		return false, err
	}
	if t, _, err := e.liveTrigger(ctx, ep); t != nil || err != nil {
		return false, err
	}
	return e.store.RemovalWaits(ctx, ep.Workspace, ep.WorkflowID, ep.TriggerID)
}

// prolong renews the registration of a trigger that is kept open, as it was made,
// before it ends.
func (e *Engine) prolong(ctx context.Context, w ClaimedWatch, have *remoteState) error {
	if !e.expiring(have) {
		return e.registered(ctx, w, have, false)
	}
	w.Rule = have.Rule // what is registered is what was, whatever the trigger had become
	typ := e.registry.Lookup(have.Type)
	if typ == nil || typ.Enable == nil {
		err := nodes.Permanent(fmt.Errorf("the trigger type %s is not in this build", have.Type))
		return e.failWatch(ctx, w.Watch, err, watchPause(w.Watch, err, retryRemote))
	}
	t := &workflow.CompiledTrigger{Type: typ, Params: have.Params, Trigger: &workflow.Trigger{ID: w.TriggerID, Type: have.Type}}
	return e.enable(ctx, w, t, have)
}

func registrationOf(state []byte) (*remoteState, error) {
	if len(state) == 0 {
		return nil, nil
	}
	have := &remoteState{}
	return have, json.Unmarshal(state, have)
}

// registerAhead is how long before its end a registration is renewed at the latest.
const registerAhead = 12 * time.Hour

// renewAt is when a registration is renewed: before its end, by registerAhead or a
// tenth of what is left, so that several tries fit in between.
func (e *Engine) renewAt(r *remoteState) time.Time {
	if r.Expires.IsZero() {
		return noTime
	}
	left := r.Expires.Sub(e.now())
	return r.Expires.Add(-min(registerAhead, max(left/10, nodes.MinPoll)))
}

func (e *Engine) expiring(r *remoteState) bool {
	return !r.Expires.IsZero() && r.Expires.Add(-registerAhead).Before(e.now())
}

// enable registers the address, and takes an older registration back.
func (e *Engine) enable(ctx context.Context, w ClaimedWatch, t *workflow.CompiledTrigger, have *remoteState) error {
	env, params, err := e.remoteEnv(ctx, w, t)
	var made nodes.Registration
	if err == nil {
		if have != nil && have.Rule == w.Rule {
			env.Registered = &have.Registration
		}
		made, err = e.callEnable(ctx, w, t, env, params)
	}
	if errors.Is(err, ErrUnavailable) {
		return err
	}
	if err != nil {
		return e.failWatch(ctx, w.Watch, err, watchPause(w.Watch, err, retryRemote))
	}
	if have != nil && have.Rule != w.Rule {
		// A service that lost the old one, or is away, must not keep the new one from
		// being used: what the old address gets is judged like anything else.
		if err := e.disable(ctx, w, have); err != nil {
			e.log.Warn("an old registration was not taken back", "workflow", w.WorkflowID, "trigger", w.TriggerID, "error", plainError(err))
		}
	}
	now := &remoteState{Rule: w.Rule, Type: t.Trigger.Type, Params: t.Params, Registration: made}
	err = e.registered(ctx, w, now, true)
	if errors.Is(err, ErrStale) && env.Registered == nil {
		// The workflow changed during the call, and the next look registers anew: what
		// nobody knows of would bring every event twice.
		if err := e.disable(ctx, w, now); err != nil {
			e.log.Warn("a registration that came too late was not taken back", "workflow", w.WorkflowID, "trigger", w.TriggerID, "error", plainError(err))
		}
	}
	return err
}

func (e *Engine) callEnable(ctx context.Context, w ClaimedWatch, t *workflow.CompiledTrigger, env *nodes.RemoteEnv, params map[string]any) (made nodes.Registration, err error) {
	defer e.recoveredWatch(&err, w)
	return t.Type.Enable(ctx, env, params)
}

// registered stores a registration. One that is new has the endpoint opened with
// its data.
func (e *Engine) registered(ctx context.Context, w ClaimedWatch, have *remoteState, fresh bool) error {
	done := w.Watch
	done.State, done.DueAt = encodeState(have), e.renewAt(have)
	done.Failures, done.FailingSince, done.Error = 0, noTime, ""
	if fresh {
		done.DoneAt = e.now()
	}
	return e.finishWatch(context.WithoutCancel(ctx), WatchOutcome{Watch: done, Restamp: fresh})
}

// takeBack ends a registration. After a day of failures it is left to the
// service, which gets 410 or what the workflow's state says.
func (e *Engine) takeBack(ctx context.Context, w ClaimedWatch, have *remoteState) error {
	err := e.disable(ctx, w, have)
	if errors.Is(err, ErrUnavailable) {
		return err
	}
	if err != nil && (w.FailingSince.IsZero() || e.now().Sub(w.FailingSince) < 24*time.Hour) {
		return e.failWatch(ctx, w.Watch, err, watchPause(w.Watch, err, retryRemote))
	}
	done := w.Watch
	done.State, done.DueAt, done.Failures, done.FailingSince, done.Error = nil, noTime, 0, noTime, ""
	if err != nil {
		done.Error = "The service did not take the address back: " + plainError(err)
		e.log.Warn("a service did not take an address back: end it there by hand", "workspace", w.Workspace, "workflow", w.WorkflowID, "trigger", w.TriggerID,
			"type", have.Type, "error", plainError(err))
	}
	return e.finishWatch(context.WithoutCancel(ctx), WatchOutcome{Watch: done})
}

// disable calls the type that the registration was made with.
func (e *Engine) disable(ctx context.Context, w ClaimedWatch, have *remoteState) (err error) {
	typ := e.registry.Lookup(have.Type)
	if typ == nil || typ.Disable == nil {
		return nodes.Permanent(fmt.Errorf("the trigger type %s is not in this build", have.Type))
	}
	t := &workflow.CompiledTrigger{Type: typ, Params: have.Params, Trigger: &workflow.Trigger{ID: w.TriggerID, Type: have.Type}}
	env, params, err := e.remoteEnv(ctx, w, t)
	if err != nil {
		return err
	}
	env.Registered = &have.Registration
	defer e.recoveredWatch(&err, w)
	return typ.Disable(ctx, env, params)
}

func (e *Engine) remoteEnv(ctx context.Context, w ClaimedWatch, t *workflow.CompiledTrigger) (*nodes.RemoteEnv, map[string]any, error) {
	token, err := e.store.TriggerToken(ctx, w.Workspace, w.WorkflowID, w.TriggerID)
	ended := errors.Is(err, ErrNotFound) && leaving(ctx) // its address went before its registration
	if err != nil && !ended {
		return nil, nil, err
	}
	params, err := e.openSecrets(ctx, w.Workspace, t.Type, t.Params, inMemory)
	if err != nil {
		return nil, nil, err
	}
	env, err := e.watchEnv(ctx, w, t)
	if err != nil {
		return nil, nil, err
	}
	remote := &nodes.RemoteEnv{Env: *env}
	if !ended {
		remote.Address = e.address(w.Workspace, token)
	}
	return remote, params, nil
}

// registrationData is what a trigger's receiver is opened with; nil without a
// registration.
func (e *Engine) registrationData(ctx context.Context, workspace, workflowID, triggerID string) (map[string]string, error) {
	state, err := e.store.Registration(ctx, workspace, workflowID, triggerID)
	if err != nil {
		return nil, err
	}
	have, err := registrationOf(state)
	if err != nil || have == nil {
		return nil, err
	}
	return have.Data, nil
}
