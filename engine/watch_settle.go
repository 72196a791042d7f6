package engine

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

// settlePage is how many watches one look brings up to date.
const settlePage = 100

// AddressedBy tells how the address of a trigger is written, for the services at
// which triggers register themselves. It is called before Start; a process without
// it leaves such triggers to others.
func (e *Engine) AddressedBy(address func(workspace, token string) string) { e.address = address }

// SettleWatches has the watches of triggers follow their workflows: whoever
// publishes, pauses, deletes or restores one need not know of them. Start has it
// called each second.
func (e *Engine) SettleWatches(ctx context.Context) error {
	for {
		page, err := e.store.UnsettledWatches(ctx, settlePage)
		if err != nil {
			return err
		}
		settled := 0
		for _, w := range page {
			err := e.settleWatch(ctx, w)
			if errors.Is(err, ErrStale) {
				continue // it changed again meanwhile: the next look sees how
			}
			if err != nil {
				return err
			}
			settled++
		}
		if len(page) < settlePage || settled == 0 {
			return nil
		}
	}
}

func (e *Engine) settleWatch(ctx context.Context, w Watched) error {
	t, prog, err := e.watchedTrigger(ctx, w)
	if err != nil {
		return err
	}
	was := Watch{}
	if w.Watch != nil {
		was = *w.Watch
	}
	now := was
	now.Workspace, now.WorkflowID, now.TriggerID, now.Kind, now.Stamp = w.Workspace, w.WorkflowID, w.TriggerID, w.Kind, w.Stamp
	now.Active = t != nil && w.Status == WorkflowLive
	if t != nil {
		if now.Rule, err = e.watchRule(ctx, w, t, prog); err != nil {
			return err
		}
	}
	if now.Rule != was.Rule || now.Active != was.Active {
		now.Failures, now.FailingSince, now.Error = 0, noTime, ""
	}
	kept := false
	if t == nil && w.Kind == WatchRemote && len(now.State) > 0 {
		if kept, err = e.keptOpen(ctx, w.Endpoint); err != nil {
			return err
		}
	}
	switch {
	case kept:
		have, err := registrationOf(now.State)
		if err != nil {
			return fmt.Errorf("the registration of trigger %s: %w", w.TriggerID, err)
		}
		now.DueAt = e.renewAt(have)
	case w.Kind == WatchRemote:
		now.DueAt = noTime
		if now.Active || len(now.State) > 0 {
			now.DueAt = e.now()
		}
	case !now.Active:
		now.DueAt = noTime
	case was.Active && now.Rule == was.Rule && !was.DueAt.IsZero():
		// It goes on as it was, so that a publish in between skips nothing.
	case w.Kind == nodes.SourceSchedule:
		if now.DueAt, err = e.nextTick(ctx, w.Workspace, prog, t, e.now()); err != nil {
			now.DueAt, now.Error = noTime, plainError(err)
		}
	default:
		if now.Rule != was.Rule {
			now.State, now.Primed = nil, false
		}
		now.DueAt = e.now()
	}
	return e.store.SettleWatch(ctx, now)
}

// watchedTrigger finds the trigger in the live version; nil when there is none to
// watch any more.
func (e *Engine) watchedTrigger(ctx context.Context, w Watched) (*workflow.CompiledTrigger, *program, error) {
	if w.Definition == "" || w.Gone || !w.Enabled {
		return nil, nil, nil
	}
	t, prog, err := e.liveTrigger(ctx, w.Endpoint)
	if t != nil && (watchKind(t.Type) != w.Kind || t.Trigger.Disabled) {
		t = nil
	}
	return t, prog, err
}

// liveTrigger is a trigger of a version; nil also for a version that this build
// cannot run.
func (e *Engine) liveTrigger(ctx context.Context, ep Endpoint) (*workflow.CompiledTrigger, *program, error) {
	prog, err := e.programs.get(ctx, ep.Workspace, ep.Definition)
	if _, broken := errors.AsType[errBroken](err); broken || errors.Is(err, ErrNotFound) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	return triggerOf(prog, ep.TriggerID), prog, nil
}

// watchRule is the fingerprint of what a trigger watches.
func (e *Engine) watchRule(ctx context.Context, w Watched, t *workflow.CompiledTrigger, prog *program) (string, error) {
	parts := []any{t.Trigger.Type, t.Params}
	switch w.Kind {
	case nodes.SourcePoll:
		parts[1] = watching(t)
	case nodes.SourceSchedule:
		ws, _, err := e.workspaces.get(ctx, w.Workspace)
		if err != nil {
			return "", err
		}
		parts = append(parts, scheduleZone(prog, ws).String())
	case WatchRemote:
		token, err := e.store.TriggerToken(ctx, w.Workspace, w.WorkflowID, w.TriggerID)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return "", err
		}
		parts = append(parts, token)
	}
	text, err := json.Marshal(parts)
	if err != nil {
		return "", fmt.Errorf("the params of trigger %s: %w", w.TriggerID, err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:16]), nil
}

// watching asks the type's own code, which may panic.
func watching(t *workflow.CompiledTrigger) (what any) {
	defer func() {
		if recover() != nil {
			what = t.Params
		}
	}()
	return value.Normalize(t.Type.Watching(t.Params))
}

// nextTick is the first time of a schedule after a time; zero for never.
func (e *Engine) nextTick(ctx context.Context, workspace string, prog *program, t *workflow.CompiledTrigger, after time.Time) (_ time.Time, err error) {
	ws, _, err := e.workspaces.get(ctx, workspace)
	if err != nil {
		return noTime, err
	}
	defer recovered(&err)
	next, ok, err := t.Type.Next(t.Params, after.In(scheduleZone(prog, ws)))
	if err != nil || !ok {
		return noTime, err
	}
	return next, nil
}

// plainError is an error as a sentence of bounded length.
func plainError(err error) string {
	message := []rune(failureOf(err).Message)
	return string(message[:min(len(message), 500)])
}
