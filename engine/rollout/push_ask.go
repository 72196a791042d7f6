package rollout

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/workflow"
)

// Begin stores a push over clones, which are named by workspace and id in the
// order of their turns, and begins it. Of a canary the first ones go first. The
// error is an *engine.StateError while another push of the template is under way.
func (p *Pusher) Begin(ctx context.Context, push engine.Push, clones []engine.Clone) (engine.Push, error) {
	push.ID, push.State = engine.NewID("psh"), engine.PushRunning
	push.Passed = push.Canary.Clones == 0
	list := make([]engine.PushClone, len(clones))
	for i, c := range clones {
		list[i] = engine.PushClone{
			PushID: push.ID, CloneID: c.ID, Workspace: c.Workspace, Home: push.Workspace, TemplateID: push.TemplateID, Position: i,
			Canary: i < push.Canary.Clones, State: engine.PushWaiting,
		}
	}
	if err := p.store.CreatePush(ctx, &push, list); err != nil {
		return push, err
	}
	p.Wake()
	return push, nil
}

// The decisions of a person about a push.
const (
	// GoOn ends the wait for the first clients' runs.
	GoOn = "go_on"
	// Stop leaves the clones that were not tried as they are.
	Stop = "stop"
	// Undo rolls every updated clone back.
	Undo = "roll_back"
)

// Decide moves a push by hand. The error is an *engine.StateError when its state
// does not allow it.
func (p *Pusher) Decide(ctx context.Context, push engine.Push, what string) error {
	from := push.State
	refused := &engine.StateError{Message: "The push has come further meanwhile: look at it again."}
	switch {
	case what == GoOn && from == engine.PushWatching:
		push.State, push.Passed, push.Reason = engine.PushRunning, true, "A person had it go on."
	case what == Stop && (from == engine.PushRunning || from == engine.PushWatching):
		push.State, push.Reason, push.FinishedAt = engine.PushStopped, "A person stopped it.", p.now()
	case what == Undo && from != engine.PushRollingBack && from != engine.PushRolledBack:
		push.State, push.Reason = engine.PushRollingBack, "A person had it rolled back."
		push.FinishedAt = time.Time{}
	default:
		return refused
	}
	err := p.move(ctx, push, from)
	if errors.Is(err, engine.ErrLost) {
		return refused
	}
	p.Wake()
	return err
}

// Answer is what a person says about a clone that waits.
type Answer struct {
	// Choices are for its conflicts, by workflow; Inputs for what the version asks
	// for, by the keys of its inputs. Either may be nil.
	Choices []engine.WorkflowChoices
	Inputs  map[string]any
}

// Answer stores what a person decided about a clone that waits, and tries it
// again at once. The result tells what became of it; when it still waits, for
// what. The error is an *engine.StateError for one that does not wait.
func (p *Pusher) Answer(ctx context.Context, push engine.Push, workspace, cloneID string, a Answer) (engine.PushClone, error) {
	file, err := p.file(ctx, push.Workspace, push.TemplateID, push.Version)
	if err == nil {
		err = checkInputs(file, a.Inputs)
	}
	if err != nil {
		return engine.PushClone{}, err
	}
	err = p.store.Do(ctx, workspace, func(tx engine.Tx) error {
		c, err := tx.PushClone(push.ID, cloneID)
		switch {
		case err != nil:
			return err
		case push.State == engine.PushRollingBack || push.State == engine.PushRolledBack:
			return &engine.StateError{Message: "This push was rolled back: push the version again."}
		case !tryable(c.State):
			return &engine.StateError{Message: "This client waits for nothing: look at it again."}
		}
		c.Choices = withChoices(c.Choices, a.Choices)
		given, err := givenInputs(c.Inputs)
		if err != nil {
			return err
		}
		maps.Copy(given, a.Inputs)
		if len(given) > 0 {
			if c.Inputs, err = json.Marshal(given); err != nil {
				return err
			}
		}
		return tx.UpdatePushClone(&c)
	})
	if err != nil {
		return engine.PushClone{}, err
	}
	c, err := p.store.PushClone(ctx, workspace, push.ID, cloneID)
	if err != nil {
		return c, err
	}
	if err := p.update(ctx, push, c); err != nil {
		return c, err
	}
	return p.store.PushClone(ctx, workspace, push.ID, cloneID)
}

func withChoices(have, more []engine.WorkflowChoices) []engine.WorkflowChoices {
	out := slices.Clone(have)
	for _, m := range more {
		at := slices.IndexFunc(out, func(c engine.WorkflowChoices) bool { return c.WorkflowID == m.WorkflowID })
		if at < 0 {
			out = append(out, engine.WorkflowChoices{WorkflowID: m.WorkflowID, Choices: workflow.Choices{}})
			at = len(out) - 1
		}
		choices := workflow.Choices{}
		maps.Copy(choices, out[at].Choices)
		maps.Copy(choices, m.Choices)
		out[at].Choices = choices
	}
	return out
}

// Confirm ends the addresses of a trigger that a push removed, gives up what they
// received since, and has a service at which it is registered forget it. It returns
// how many requests that were. The error is an *engine.StateError when the push
// removed no such trigger.
func (p *Pusher) Confirm(ctx context.Context, push engine.Push, workspace, cloneID, workflowID, triggerID string) (int, error) {
	dropped := 0
	var changed engine.Workflow
	err := p.store.Do(ctx, workspace, func(tx engine.Tx) error {
		c, err := tx.PushClone(push.ID, cloneID)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(c.Removed, func(r engine.RemovedTrigger) bool {
			return r.WorkflowID == workflowID && r.ID == triggerID && !r.Confirmed
		})
		if at < 0 {
			return &engine.StateError{Message: "This push removed no such trigger here, or it was confirmed already."}
		}
		if changed, dropped, err = p.engine.EndTrigger(tx, workflowID, triggerID); err != nil {
			return err
		}
		c.Removed[at].Confirmed = true
		return tx.UpdatePushClone(&c)
	})
	if err == nil {
		p.engine.Renewed(changed)
	}
	return dropped, err
}
