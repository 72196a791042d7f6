package engine

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

var noTime time.Time

// errLate ends the work on a run because another process may have it.
var errLate = errors.New("the heartbeat is late: another process may have this run")

// action does one attempt of a step that talks to the world. The row is
// committed as running before the call, so that a death in between is known.
func (j *journey) action(ctx context.Context, n *workflow.Node, row *StepResult) error {
	inFlight := row.Status == StepRunning && !row.inHand
	switch {
	case inFlight:
		if done, err := j.diedInFlight(ctx, n, row); done || err != nil {
			return err
		}
	case row.Status == StepWaiting && row.DueAt.After(j.e.now()) && j.hook == nil:
		// A delivery that is due early was let go on by a person who resumed its hook.
		return j.waitUntil(ctx, row.DueAt)
	}
	if j.hook != nil {
		leave, err := j.toEndpoint(ctx, row)
		if err != nil {
			return err
		}
		defer leave()
	}
	params, err := j.resolve(ctx, n, row)
	if err != nil {
		return j.failed(ctx, n, row, err)
	}
	if j.run.Mode == ModeDry {
		return j.simulate(ctx, n, row, params)
	}
	if row.Status != StepRunning {
		if !j.e.mayCall() {
			return errLate
		}
		j.beginAttempt(row)
		j.e.fault("before_send_commit")
		if err := j.flush(ctx, j.state(Running)); err != nil {
			return err
		}
		j.e.fault("claimed")
	}
	delete(j.begun, row.Path)
	if !j.e.mayCall() {
		return errLate
	}
	env, opened, err := j.env(ctx, n, row, params)
	if err != nil {
		return j.failed(ctx, n, row, err)
	}
	j.e.fault("before_send")
	out, err := call(ctx, n.Type.Action, env, opened)
	j.e.fault("after_send")
	if lost := env.HTTP.(*outlet).lost; err != nil && lost != nil {
		err = lost // the 401 is what comes of it, and trying that again would not be said to help
	}
	row.Notes = append(row.Notes, env.Warnings()...)
	if request := env.HTTP.(*outlet).request(); request != nil {
		return j.kept(ctx, n, row, request)
	}
	if j.hook != nil {
		j.heard(out, err)
	}
	j.connectionHeard(ctx, n.Type, params, err)
	if err != nil {
		if ctx.Err() != nil && errors.Is(context.Cause(ctx), errCanceled) {
			return ErrLost
		}
		return j.failed(ctx, n, row, err)
	}
	end, ends := out.(nodes.End)
	if ends {
		out = end.Output
		row.Notes = append(row.Notes, end.Note)
	}
	plain, err := output(row, out)
	if err != nil {
		return j.failed(ctx, n, row, nodes.Permanent(err))
	}
	row.Attempts[len(row.Attempts)-1].FinishedAt = j.e.now()
	row.Effect = true
	j.done(n, row, plain)
	if ends {
		return j.finish(ctx, Succeeded, nodes.EndFilter, nil)
	}
	j.next(n)
	return nil
}

// beginAttempt marks the row as running.
func (j *journey) beginAttempt(row *StepResult) {
	row.Status, row.DueAt, row.inHand = StepRunning, noTime, true
	row.Attempts = append(row.Attempts, Attempt{Number: len(row.Attempts) + 1, StartedAt: j.e.now()})
	j.keep(row)
}

// diedInFlight decides about a call that an earlier process began and nobody
// saw end: a repeatable step is tried again with the same keys, another one is
// parked for a person.
func (j *journey) diedInFlight(ctx context.Context, n *workflow.Node, row *StepResult) (bool, error) {
	unknown := &Failure{
		Code: "unknown_outcome", Step: row.Path,
		Message: "We could not confirm that this was sent: the program ended between sending and noting the answer.",
	}
	last := &row.Attempts[len(row.Attempts)-1]
	last.FinishedAt, last.Error = j.e.now(), unknown
	if !n.Repeatable {
		return true, j.park(ctx, row, unknown)
	}
	row.Status = StepWaiting
	return false, nil
}

// park ends the work until a person decides whether the effect happened.
func (j *journey) park(ctx context.Context, row *StepResult, f *Failure) error {
	row.Status, row.Error, row.FinishedAt = StepUnknown, f, j.e.now()
	j.keep(row)
	return j.finish(ctx, Parked, "", f)
}

// env builds what the node works with and opens its secrets.
func (j *journey) env(ctx context.Context, n *workflow.Node, row *StepResult, params map[string]any) (*nodes.Env, map[string]any, error) {
	opened, err := j.opened(ctx, n, params)
	if err != nil {
		return nil, nil, err
	}
	key := j.effect(row.Path) + "/" + strconv.Itoa(row.Execution)
	if j.hook != nil {
		// What is sent again to a hook is the same message for ever.
		key = j.effect(row.Path) + "/1"
	}
	out := j.e.outlet(j.run.Workspace)
	out.step = row.Path
	env := &nodes.Env{
		Call: j.callOf(n, row), HTTP: out, Log: j.e.log.With("run", j.run.ID, "step", row.Path),
		IdempotencyKey: key, MessageID: messageID(key), Attempt: max(1, len(row.Attempts)), Request: j.request, Once: j.once,
	}
	if n := len(row.Attempts); j.hook != nil && n > 0 {
		// The log of deliveries shows the call with its timestamp as it went out.
		env.Now = row.Attempts[n-1].StartedAt
	}
	env.Connection, err = j.e.credential(ctx, j.run.Workspace, n.Type, params, out, j.run.Mode == ModeDry)
	return env, opened, err
}

// request reads the stored request that started the run.
func (j *journey) request(ctx context.Context) (nodes.RawRequest, error) {
	if j.run.RequestID == "" {
		return nodes.RawRequest{}, nodes.ErrNoRequest
	}
	req, err := j.e.store.Request(ctx, j.run.Workspace, j.run.RequestID)
	if errors.Is(err, ErrNotFound) {
		return nodes.RawRequest{}, nodes.ErrNoRequest
	}
	if err != nil {
		return nodes.RawRequest{}, err
	}
	return nodes.RawRequest{
		Method: req.Method, Path: req.Path, RawQuery: req.Query, Header: canonical(req.Header), Body: req.Body,
		IP: req.IP, ReceivedAt: req.ReceivedAt, TriggerID: req.TriggerID, Stored: true,
	}, nil
}

// messageID is the webhook-id made of an idempotency key: receivers limit its
// alphabet, and paths have brackets.
func messageID(key string) string {
	sum := sha256.Sum256([]byte(key))
	return "msg_" + hex.EncodeToString(sum[:16])
}

func (j *journey) callOf(n *workflow.Node, row *StepResult) nodes.Call {
	return nodes.Call{
		Workspace: j.ws, RunID: j.run.ID, StepID: n.Step.ID, Path: row.Path, Now: j.e.now(), Zone: j.local(),
		Contact: j.contact, Trigger: j.trigger, Test: !j.live(), Effect: j.effect(row.Path) + "/" + strconv.Itoa(row.Execution),
	}
}

// credential opens the connection that the params name, nil when they name none,
// for calls over out. With idle nothing will be sent.
func (e *Engine) credential(ctx context.Context, workspace string, t *nodes.NodeType, params map[string]any, out *outlet, idle bool) (*nodes.Credential, error) {
	for _, f := range t.Fields {
		id, _ := params[f.Key].(string)
		if f.Kind != nodes.FieldRef || f.Ref != "connection" || id == "" {
			continue
		}
		c, err := e.store.Connection(ctx, workspace, id)
		e.troubles.recall(workspace, c)
		if errors.Is(err, ErrNotFound) {
			return nil, nodes.Permanent(fmt.Errorf("the connection %q does not exist any more: choose another one", id))
		}
		if err != nil {
			return nil, err
		}
		return e.openConnection(ctx, workspace, c, out, idle)
	}
	return nil, nil
}

func (e *Engine) openConnection(ctx context.Context, workspace string, c Connection, out *outlet, idle bool) (*nodes.Credential, error) {
	t := e.registry.Lookup(c.Type)
	if t == nil {
		return nil, nodes.Permanent(fmt.Errorf("connections of type %s are not in this build", c.Type))
	}
	if t.OAuth != nil {
		return e.signedIn(ctx, workspace, c, t, out, idle)
	}
	opened, err := e.openSecrets(ctx, workspace, t, c.Params, reveal)
	if err != nil {
		return nil, err
	}
	hosts, err := t.Hosts(opened)
	if err != nil {
		return nil, nodes.Permanent(err)
	}
	fields := map[string]string{}
	for _, f := range t.Fields {
		if v := opened[f.Key]; v != nil {
			fields[f.Key] = fmt.Sprint(v)
		}
	}
	return &nodes.Credential{ID: c.ID, Type: c.Type, Fields: fields, Hosts: hosts}, nil
}

// call runs node code and turns a panic into a permanent error.
func call(ctx context.Context, run func(context.Context, *nodes.Env, map[string]any) (any, error), env *nodes.Env, params map[string]any) (out any, err error) {
	defer recovered(&err)
	return run(ctx, env, params)
}

func recovered(err *error) {
	if p := recover(); p != nil {
		*err = nodes.Permanent(&panicked{p, debug.Stack()})
	}
}

type panicked struct {
	value any
	stack []byte
}

func (p *panicked) Error() string {
	if value.Deep(p.value) {
		return fmt.Sprintf("the step's code broke with a %T", p.value)
	}
	return fmt.Sprintf("the step's code broke: %v", p.value)
}
