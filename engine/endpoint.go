package engine

import (
	"context"
	"errors"

	lru "github.com/hashicorp/golang-lru/v2"

	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

// endpoint is a token's target, ready to judge requests.
type endpoint struct {
	Endpoint
	// receiver is nil when no trigger judges; then every request gets verdict.
	receiver nodes.Receiver
	// verdict is accepted for a live trigger, held for drafts, paused and
	// deleted workflows, filtered for a trigger that is switched off.
	verdict nodes.Verdict
	reason  string
}

// endpoints caches endpoints. An old entry does no harm: Accept refuses a
// commit whose stamp has changed.
type endpoints struct{ cache *lru.Cache[string, *endpoint] }

func newEndpoints() *endpoints {
	cache, err := lru.New[string, *endpoint](4096)
	if err != nil {
		panic(err)
	}
	return &endpoints{cache}
}

func (c *endpoints) drop(tokenHash []byte) { c.cache.Remove(string(tokenHash)) }

func (e *Engine) endpoint(ctx context.Context, tokenHash []byte) (*endpoint, error) {
	if ep, ok := e.endpoints.cache.Get(string(tokenHash)); ok {
		return ep, nil
	}
	found, err := e.store.Endpoint(ctx, tokenHash)
	if err != nil {
		return nil, err
	}
	if found.Gone {
		return nil, ErrGone
	}
	ep, err := e.openEndpoint(ctx, found)
	if err != nil {
		return nil, err
	}
	// A rotated address ends at a time, which only the database watches.
	if !ep.Old {
		e.endpoints.cache.Add(string(tokenHash), ep)
	}
	return ep, nil
}

func (e *Engine) openEndpoint(ctx context.Context, found Endpoint) (*endpoint, error) {
	ep := &endpoint{Endpoint: found, verdict: nodes.Accepted}
	switch found.Status {
	case WorkflowDraft:
		ep.verdict, ep.reason = nodes.Held, "The workflow is a draft: kept as a sample, and offered when it is published first."
	case WorkflowPaused:
		ep.verdict, ep.reason = nodes.Held, "The workflow is paused: the run waits until it is resumed."
	case WorkflowDeleted:
		ep.verdict, ep.reason = nodes.Held, "The workflow is in the trash: the request is kept."
	}
	prog, err := e.endpointProgram(ctx, found)
	if err != nil {
		return nil, err
	}
	t := triggerOf(prog, found.TriggerID)
	if t == nil {
		ep.verdict, ep.reason, ep.Definition = nodes.Held, "This trigger is not published yet: kept as a sample.", ""
		return ep, nil
	}
	if t.Trigger.Disabled && found.Status != WorkflowDraft {
		ep.verdict, ep.reason = nodes.Filtered, "This trigger is switched off."
		return ep, nil
	}
	ep.receiver, err = e.openTrigger(ctx, found.Workspace, found.WorkflowID, t)
	var unfit *triggerError
	if err != nil && !errors.As(err, &unfit) {
		return nil, err
	}
	if err != nil && found.Status != WorkflowDraft {
		// A live trigger that cannot judge must let nothing through.
		ep.verdict, ep.reason, ep.Definition = nodes.BadSignature, err.Error(), ""
	}
	return ep, nil
}

// endpointProgram is the live version, or the draft of a workflow that has none.
func (e *Engine) endpointProgram(ctx context.Context, found Endpoint) (*program, error) {
	if found.Definition != "" {
		prog, err := e.programs.get(ctx, found.Workspace, found.Definition)
		if _, broken := errors.AsType[errBroken](err); broken {
			return e.programs.triggersOf(ctx, found.Workspace, found.Definition)
		}
		return prog, err
	}
	prog, err := compile(found.Draft, e.registry)
	if err != nil {
		return nil, nil //nolint:nilerr // a draft may be unfinished; then its requests are kept unjudged
	}
	return prog, nil
}

func triggerOf(prog *program, id string) *workflow.CompiledTrigger {
	if prog == nil {
		return nil
	}
	return prog.Triggers[id]
}

// triggerError says that a trigger's params cannot judge requests, unlike an
// error of the database, which says nothing about them.
type triggerError struct{ error }

func (t *triggerError) Unwrap() error { return t.error }

// openTrigger makes a trigger ready to judge. A *triggerError is about its
// params; any other error may be gone at the next try.
func (e *Engine) openTrigger(ctx context.Context, workspace, workflowID string, t *workflow.CompiledTrigger) (nodes.Receiver, error) {
	if t.Type.Open == nil {
		return nil, &triggerError{errNotHTTP}
	}
	params, err := e.openSecrets(ctx, workspace, t.Type, t.Params, inMemory)
	if err != nil {
		return nil, err
	}
	var data map[string]string
	if t.Type.Remote {
		if data, err = e.registrationData(ctx, workspace, workflowID, t.Trigger.ID); err != nil {
			return nil, err
		}
	}
	receiver, err := t.Type.OpenWith(params, data)
	if err != nil {
		return nil, &triggerError{err}
	}
	return receiver, nil
}
