package engine

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/value"
)

var errNotHTTP = errors.New("this trigger takes no requests")

// maxDepth is how many runs may stand in a chain of events before it is cut.
const maxDepth = 10

// eventPage is how many events are read at once.
const eventPage = 200

// WakeEvents tells the consumer that events may have been committed; whoever
// commits some outside a run calls it. Without it they wait for a second.
func (e *Engine) WakeEvents() {
	select {
	case e.wake <- struct{}{}:
	default:
	}
}

// consume starts runs from events until ctx ends: at once when this process
// committed some, and each second for those of others.
func (e *Engine) consume(ctx context.Context) {
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	for {
		if err := e.ConsumeEvents(ctx); err != nil && ctx.Err() == nil && !errors.Is(err, ErrUnavailable) {
			e.log.Error("events not consumed", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-e.wake:
		case <-ticker.C:
			if err := e.MoveWaiting(ctx); err != nil && ctx.Err() == nil && !errors.Is(err, ErrUnavailable) {
				e.log.Error("runs not moved on by events", "error", err)
			}
		}
	}
}

// ConsumeEvents starts the runs of all pending events. An event is marked in
// the transaction that inserts its runs, and a run is unique by event and
// trigger, so that consumers may die or race at any point. One that hooks listen
// to is marked for DeliverEvents before.
func (e *Engine) ConsumeEvents(ctx context.Context) error {
	for {
		page, err := e.store.PendingEvents(ctx, eventPage)
		if err != nil {
			return err
		}
		var idle []PendingEvent
		for _, event := range page {
			if err := e.announce(ctx, event); err != nil {
				return err
			}
			if err := e.tellWaiting(ctx, event); err != nil {
				return err
			}
			runs, err := e.runsOf(ctx, event)
			if err != nil {
				return err
			}
			if len(runs) == 0 {
				idle = append(idle, event)
				continue
			}
			if err := e.startFromEvent(ctx, event, runs); err != nil {
				return err
			}
		}
		if len(idle) > 0 {
			if err := e.store.DropEvents(ctx, idle); err != nil {
				return err
			}
		}
		if len(page) < eventPage {
			return nil
		}
	}
}

func (e *Engine) startFromEvent(ctx context.Context, event PendingEvent, runs []Run) error {
	e.fault("in_event_consumer")
	inserted, err := e.store.Consume(ctx, event.Workspace, event.ID, runs, e.endedAtOnce(ctx, event.Workspace, runs)...)
	if err != nil {
		return err
	}
	isNew := map[string]bool{}
	for _, id := range inserted {
		isNew[id] = true
	}
	for _, run := range runs {
		if !isNew[run.ID] {
			continue
		}
		if run.Status == Queued {
			e.ringNew(run, nil)
		} else {
			e.publish(Change{Workspace: run.Workspace, Kind: ChangeRun, ID: run.ID, Parent: run.WorkflowID, Status: string(run.Status)})
		}
	}
	return nil
}

// endedAtOnce tells of the runs that have failed before they began, where a hook
// listens to the ends of runs: no journey will.
func (e *Engine) endedAtOnce(ctx context.Context, workspace string, runs []Run) []crm.Event {
	var told []crm.Event
	for _, run := range runs {
		if run.Status != Failed || !e.hooks.wantRuns(ctx, workspace) {
			continue
		}
		to := RunState{Status: Failed, Error: run.Error, StartedAt: run.FinishedAt, FinishedAt: run.FinishedAt}
		if event, ok := runEvent(run, to); ok {
			told = append(told, event)
		}
	}
	return told
}

// runsOf makes the runs that an event starts.
func (e *Engine) runsOf(ctx context.Context, event PendingEvent) ([]Run, error) {
	listeners, err := e.store.EventTriggers(ctx, event.Workspace, event.Type)
	if err != nil {
		return nil, err
	}
	var runs []Run
	for _, listener := range listeners {
		run, err := e.runOfEvent(ctx, event, listener)
		if err != nil {
			return nil, err
		}
		if run != nil {
			runs = append(runs, *run)
		}
	}
	return runs, nil
}

func (e *Engine) runOfEvent(ctx context.Context, event PendingEvent, listener Endpoint) (*Run, error) {
	run := newRun(listener, e.now())
	run.EventID, run.ContactID, run.CauseRun, run.Depth = event.ID, event.ContactID, event.CauseRun, event.Depth
	prog, err := e.programs.get(ctx, event.Workspace, listener.Definition)
	if err != nil {
		if _, ok := errors.AsType[errBroken](err); ok {
			return failedAtOnce(run, &Failure{Code: "step_missing", Message: err.Error()}), nil
		}
		return nil, err
	}
	t := triggerOf(prog, listener.TriggerID)
	if t == nil || t.Trigger.Disabled || t.Type.Match == nil {
		return nil, nil
	}
	if run.Input, err = value.Encode(eventScope(event.Event, t.Trigger.Type, listener.TriggerID)); err != nil {
		return nil, err
	}
	matched, err := t.Type.Match(t.Params, event.Event)
	switch {
	case err != nil:
		return failedAtOnce(run, failureOf(err)), nil
	case !matched:
		return nil, nil
	case event.Depth > maxDepth:
		return failedAtOnce(run, &Failure{
			Code:    "loop_limit",
			Message: fmt.Sprintf("Stopped: this is run number %d in a chain in which workflows start each other. Give the trigger a filter, so that it does not react to what its own steps do.", event.Depth),
		}), nil
	case listener.Status == WorkflowPaused:
		run.Status = Held
	}
	if _, err := e.bound(ctx, &run); err != nil {
		return nil, err
	}
	return &run, nil
}

// failedAtOnce is a run that shows why an event started nothing.
func failedAtOnce(run Run, f *Failure) *Run {
	run.Status, run.Error = Failed, f
	run.StartedAt, run.FinishedAt = run.CreatedAt, run.CreatedAt
	if run.Input == nil {
		run.Input = []byte("{}")
	}
	return &run
}

// eventScope is what mappings see under trigger: the event and its objects.
func eventScope(event crm.Event, triggerType, triggerID string) map[string]any {
	scope := map[string]any{
		"id": triggerID, "type": triggerType, "event": event.Type,
		"occurred_at": event.OccurredAt.UTC().Format(time.RFC3339Nano),
	}
	objects := maps.Clone(event.Data)
	for name := range scope {
		delete(objects, name)
	}
	maps.Copy(scope, objects)
	return scope
}
