package engine

import (
	"context"
	"errors"
	"unicode/utf8"

	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

// errRehearsed rolls a dry run's transaction back.
var errRehearsed = errors.New("rehearsed")

// rehearse runs an Internal step of a dry run for real, after all that the dry
// run did before it, and rolls everything back. Nothing is held open between
// steps, so a dry run never blocks others.
func (j *journey) rehearse(ctx context.Context, t *task) error {
	all := append(append([]*task(nil), j.overlay...), t)
	contact := j.contact
	err := j.e.store.Do(ctx, j.run.Workspace, func(tx Tx) error {
		var err error
		if contact, err = j.runTasks(tx, all, true); err != nil {
			return err
		}
		return errRehearsed
	})
	var failed *taskError
	switch {
	case errors.As(err, &failed):
		return j.failed(ctx, t.node, t.row, failed.err)
	case !errors.Is(err, errRehearsed):
		return err
	}
	j.overlay, j.contact = all, contact
	t.row.Simulated, t.row.Effect = true, false
	j.done(t.node, t.row, t.out)
	j.next(t.node)
	return nil
}

// simulate shows the exact request that an Action would send, with the step's
// last real output or else its sample as the result.
func (j *journey) simulate(ctx context.Context, n *workflow.Node, row *StepResult, params map[string]any) error {
	env, opened, err := j.env(ctx, n, row, params)
	if err != nil {
		return j.failed(ctx, n, row, err)
	}
	recorder := &recorder{}
	env.HTTP = recorder
	_, err = call(ctx, n.Type.Action, env, opened)
	row.Notes = append(row.Notes, env.Warnings()...)
	if recorder.request == nil && err != nil {
		return j.failed(ctx, n, row, err)
	}
	known, err := j.knownOutput(ctx, n)
	if err != nil {
		return err
	}
	return j.imagined(ctx, n, row, known, recorder.request)
}

// imagined ends a step that sent nothing as if it had given known, beside the
// request; nil for a step that makes none.
func (j *journey) imagined(ctx context.Context, n *workflow.Node, row *StepResult, known any, request map[string]any) error {
	out, ok := known.(map[string]any)
	if !ok {
		out = map[string]any{}
	}
	if request != nil {
		out["request"] = request
	}
	plain, err := output(row, out)
	if err != nil {
		return j.failed(ctx, n, row, nodes.Permanent(err))
	}
	row.Simulated = true
	j.done(n, row, plain)
	j.next(n)
	return nil
}

func (j *journey) knownOutput(ctx context.Context, n *workflow.Node) (any, error) {
	if j.run.WorkflowID != "" {
		text, err := j.e.store.LastOutput(ctx, j.run.Workspace, j.run.WorkflowID, n.Step.ID)
		if err == nil {
			return value.Restore(text)
		}
		if !errors.Is(err, ErrNotFound) {
			return nil, err
		}
	}
	return sampleOf(n), nil
}

func sampleOf(n *workflow.Node) any { return value.Clone(value.Normalize(n.Type.Sample)) }

// recorder is the HTTP client of a dry run: it keeps the request and sends
// nothing.
type recorder struct{ request map[string]any }

var errNotSent = &nodes.SendError{Kind: "refused", Message: "a dry run sends nothing", Permanent: true}

func (r *recorder) Send(_ context.Context, req nodes.HTTPRequest) (nodes.HTTPResponse, error) {
	req = req.Redacted()
	headers := map[string]any{}
	for name, values := range req.Header {
		headers[name] = value.Normalize(values)
	}
	body := any(string(req.Body))
	if !utf8.Valid(req.Body) {
		body = map[string]any{"base64": req.Body}
	}
	if r.request == nil {
		r.request = map[string]any{"method": req.Method, "url": req.URL, "headers": headers, "body": body}
	}
	return nodes.HTTPResponse{}, errNotSent
}
