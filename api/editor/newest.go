package editor

import (
	"context"
	"errors"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/sender"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/engine/workflow"
)

// newest is the trigger's latest request, or run, or else its type's example.
func (e *Editor) newest(ctx context.Context, s *setting) (map[string]any, engine.Run, error) {
	t := e.Registry.Lookup(s.trigger.Type)
	receives := t != nil && t.Open != nil
	find := e.newestRun
	if receives {
		find = e.newestRequest
	}
	if scope, run, err := find(ctx, s); s.sample.Kind != "" || err != nil {
		return scope, run, err
	}
	s.sample = SampleView{Kind: "none"}
	if receives {
		if scope, err := e.senderExample(ctx, s); scope != nil || err != nil {
			return scope, engine.Run{}, err
		}
	}
	if t == nil || len(t.Sample) == 0 {
		return nil, engine.Run{}, nil
	}
	s.sample.Kind = "example"
	scope, _ := value.Clone(value.Normalize(t.Sample)).(map[string]any)
	scope["id"], scope["type"] = s.trigger.ID, s.trigger.Type
	return scope, engine.Run{}, nil
}

// newestRequest is the trigger's latest request that is worth a look; the sample
// stays open when there is none. The run is always empty.
func (e *Editor) newestRequest(ctx context.Context, s *setting) (map[string]any, engine.Run, error) {
	by := engine.RequestFilter{WorkflowID: s.workflow.ID, TriggerID: s.trigger.ID}
	rows, err := e.Store.ListRequests(ctx, s.workspace, by, engine.Page{Limit: 20})
	if err != nil {
		return nil, engine.Run{}, err
	}
	for _, r := range rows.Items {
		if !usual[string(r.Verdict)] {
			continue
		}
		scope, err := e.requestScope(ctx, s, r.ID)
		if _, unreadable := errors.AsType[*engine.StateError](err); unreadable || errors.Is(err, engine.ErrNotFound) {
			continue // kept as it came, or pruned meanwhile
		}
		return scope, engine.Run{}, err
	}
	s.sample = SampleView{}
	return nil, engine.Run{}, nil
}

// newestRun is the latest run that the trigger started; the sample stays open
// when there is none.
func (e *Editor) newestRun(ctx context.Context, s *setting) (map[string]any, engine.Run, error) {
	rows, err := e.Store.ListRuns(ctx, s.workspace, engine.RunFilter{WorkflowID: s.workflow.ID, Kind: "any"}, engine.Page{Limit: 20})
	if err != nil {
		return nil, engine.Run{}, err
	}
	for _, r := range rows.Items {
		if r.Trigger != s.trigger.ID {
			continue
		}
		run, err := e.Store.Run(ctx, s.workspace, r.ID)
		if err != nil {
			return nil, run, err
		}
		s.sample = SampleView{Kind: "run", ID: run.ID, At: past(run.CreatedAt)}
		scope, err := object(run.Input)
		return scope, run, err
	}
	return nil, engine.Run{}, nil
}

// senderExample is the usual sample of the sender that the trigger checks; nil
// when it checks none.
func (e *Editor) senderExample(ctx context.Context, s *setting) (map[string]any, error) {
	from := checkedSender(s.trigger)
	if from == nil {
		return nil, nil
	}
	sample, ok := from.Sample("")
	if !ok {
		return nil, nil
	}
	body, _ := readSample(from, sample)
	s.sample = SampleView{Kind: "example"}
	return e.Engine.SampleScope(ctx, s.workspace, s.doc, engine.StartOptions{Trigger: s.trigger.ID, Payload: body})
}

// checkedSender is the sender whose signature a trigger checks, nil for none.
func checkedSender(t *workflow.Trigger) *sender.Sender {
	signature, _ := t.Params["signature"].(map[string]any)
	name, _ := signature["scheme"].(string)
	return sender.Named(name)
}
