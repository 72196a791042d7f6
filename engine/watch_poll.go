package engine

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"runtime/debug"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

// itemPage is how many things one transaction remembers.
const itemPage = 200

var errTooMuch = fmt.Errorf("the trigger's code brought more than %d things or a cursor over %d KiB at once: it must read in pages", nodes.MaxItems, nodes.MaxCursor>>10)

// poll asks a service what is new and starts the runs of it.
func (e *Engine) poll(ctx context.Context, w ClaimedWatch) error {
	t, _, err := e.liveTrigger(ctx, w.Endpoint)
	if err != nil {
		return err
	}
	if t == nil || t.Type.Poll == nil || !w.Active {
		return e.idle(ctx, w.Watch)
	}
	every := t.Type.Every(t.Params)
	ws, _, err := e.workspaces.get(ctx, w.Workspace)
	if err != nil {
		return err
	}
	if ws.Sandbox {
		return e.keepQuiet(ctx, w.Watch, every)
	}
	var state pollState
	if len(w.State) > 0 {
		if err := json.Unmarshal(w.State, &state); err != nil {
			return fmt.Errorf("the cursor of trigger %s: %w", w.TriggerID, err)
		}
	}
	found, err := e.ask(ctx, w, t, state.Cursor)
	if errors.Is(err, ErrUnavailable) {
		return err
	}
	if err != nil {
		return e.failWatch(ctx, w.Watch, err, watchPause(w.Watch, err, every))
	}
	done := w.Watch
	done.State = encodeState(pollState{found.Cursor})
	done.DueAt, done.DoneAt, done.Failures, done.FailingSince, done.Error = e.now().Add(jittered(every)), e.now(), 0, noTime, ""
	if found.More {
		done.DueAt = e.now()
	} else {
		// What there was at first has been seen once all of its pages have.
		done.Primed = true
	}
	return e.startItems(ctx, w, t, found.Items, done)
}

// keepQuiet has a watch of a sandbox wait.
func (e *Engine) keepQuiet(ctx context.Context, w Watch, pause time.Duration) error {
	w.Error, w.DueAt = "This workspace is a sandbox: no other service is asked.", e.now().Add(jittered(pause))
	return e.finishWatch(ctx, WatchOutcome{Watch: w})
}

// ask calls the type's code with its params, secrets and connection.
func (e *Engine) ask(ctx context.Context, w ClaimedWatch, t *workflow.CompiledTrigger, cursor string) (found nodes.Polled, err error) {
	params, err := e.openSecrets(ctx, w.Workspace, t.Type, t.Params, inMemory)
	if err != nil {
		return found, err
	}
	env, err := e.watchEnv(ctx, w, t)
	if err != nil {
		return found, err
	}
	defer e.recoveredWatch(&err, w)
	found, err = t.Type.Poll(ctx, env, params, cursor)
	if err == nil && (len(found.Items) > nodes.MaxItems || len(found.Cursor) > nodes.MaxCursor) {
		err = nodes.Permanent(errTooMuch)
	}
	return found, err
}

// recoveredWatch turns a panic of a type's code into an error and logs it.
func (e *Engine) recoveredWatch(err *error, w ClaimedWatch) {
	if p := recover(); p != nil {
		stack := debug.Stack()
		e.log.Error("a trigger's code broke", "workflow", w.WorkflowID, "trigger", w.TriggerID, "panic", p, "stack", string(stack))
		*err = nodes.Permanent(errors.New("the trigger's own code broke; this is a fault of the node type, not of your settings"))
	}
}

// watchEnv is what the code of a trigger that acts by itself works with.
func (e *Engine) watchEnv(ctx context.Context, w ClaimedWatch, t *workflow.CompiledTrigger) (*nodes.Env, error) {
	ws, zone, err := e.workspaces.get(ctx, w.Workspace)
	if err != nil {
		return nil, err
	}
	key := strings.Join([]string{w.WorkflowID, w.TriggerID, w.Rule}, "/")
	out := e.outlet(w.Workspace)
	env := &nodes.Env{
		Call: nodes.Call{Workspace: ws, StepID: w.TriggerID, Path: w.TriggerID, Now: e.now(), Zone: zone, Effect: key},
		HTTP: out, Log: e.log.With("workflow", w.WorkflowID, "trigger", w.TriggerID),
		IdempotencyKey: key, MessageID: messageID(key), Attempt: w.Failures + 1,
	}
	env.Connection, err = e.credential(ctx, w.Workspace, t.Type, t.Params, out, false)
	return env, err
}

// startItems remembers things and starts the runs of those that are new, page by
// page; the cursor is stored with the last page. A crash in between loses and
// doubles nothing: things that are remembered start no second run.
func (e *Engine) startItems(ctx context.Context, w ClaimedWatch, t *workflow.CompiledTrigger, items []nodes.Item, done Watch) error {
	ctx = context.WithoutCancel(ctx)
	for {
		page := items[:min(len(items), itemPage)]
		items = items[len(page):]
		o := WatchOutcome{Watch: done, Keep: len(items) > 0}
		if err := e.fillOutcome(ctx, w, t, page, &o); err != nil {
			if errors.Is(err, ErrUnavailable) {
				return err
			}
			return e.failWatch(ctx, w.Watch, nodes.Permanent(err), hourly)
		}
		if err := e.finishWatch(ctx, o); err != nil || !o.Keep {
			return err
		}
	}
}

// fillOutcome puts the things of a page into an outcome, those that are new first
// and with their runs.
func (e *Engine) fillOutcome(ctx context.Context, w ClaimedWatch, t *workflow.CompiledTrigger, page []nodes.Item, o *WatchOutcome) error {
	prints := make([][]byte, len(page))
	for i, item := range page {
		var err error
		if prints[i], err = fingerprint(w.Rule, item); err != nil {
			return err
		}
	}
	seen, err := e.store.SeenItems(ctx, w.Watch, prints)
	if err != nil {
		return err
	}
	var known [][]byte
	for i, item := range page {
		if seen[i] || !w.Primed {
			known = append(known, prints[i])
			continue
		}
		run, err := watchRun(w, "item_"+hex.EncodeToString(prints[i][:16]), e.now(), itemScope(w, t, item, e.now()))
		if err != nil {
			return err
		}
		o.Items, o.Runs = append(o.Items, prints[i]), append(o.Runs, run)
	}
	o.Items = append(o.Items, known...)
	return nil
}

// fingerprint tells a thing from the others of what is watched by a rule: another
// source may have the same ids.
func fingerprint(rule string, item nodes.Item) ([]byte, error) {
	text := []byte("id:" + item.ID)
	if item.ID == "" {
		data, err := value.Encode(value.Normalize(item.Data))
		if err != nil {
			return nil, fmt.Errorf("a thing that the trigger brought is no plain data: %w", err)
		}
		text = append([]byte("data:"), data...)
	}
	sum := sha256.Sum256(append([]byte(rule+"\x00"), text...))
	return sum[:], nil
}

// itemScope is what mappings see under trigger of a thing's run.
func itemScope(w ClaimedWatch, t *workflow.CompiledTrigger, item nodes.Item, now time.Time) map[string]any {
	if !item.At.IsZero() {
		now = item.At
	}
	scope := map[string]any{}
	if data, ok := value.Normalize(item.Data).(map[string]any); ok {
		maps.Copy(scope, data)
	}
	scope["id"], scope["type"], scope["event"] = w.TriggerID, t.Trigger.Type, t.Trigger.Type
	scope["occurred_at"] = now.UTC().Format(time.RFC3339Nano)
	return scope
}

// watchRun is a run that a trigger starts by itself; event makes it the only one.
func watchRun(w ClaimedWatch, event string, now time.Time, scope map[string]any) (Run, error) {
	run := newRun(w.Endpoint, now)
	run.EventID = event
	var err error
	if run.Input, err = value.Encode(scope); err != nil {
		return run, fmt.Errorf("the data of the trigger: %w", err)
	}
	return run, nil
}
