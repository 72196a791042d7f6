package engine

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

// maxRetryAfter caps the wait that a receiver may ask for.
const maxRetryAfter = 24 * time.Hour

// failed decides about a failed attempt: try again later, park, take the error
// path, or end the run. Errors of the database are none of the step's business
// and pass through.
func (j *journey) failed(ctx context.Context, n *workflow.Node, row *StepResult, err error) error {
	if errors.Is(err, ErrUnavailable) || errors.Is(err, ErrLost) {
		return err
	}
	if end, ok := nodes.Stopping(err); ok {
		if len(row.Attempts) > 0 {
			row.Attempts[len(row.Attempts)-1].FinishedAt = j.e.now()
		}
		return j.stop(ctx, n, row, end)
	}
	f := failureOf(err)
	f.Step = row.Path
	if broke, ok := errors.AsType[*panicked](err); ok {
		j.e.log.Error("a node's code broke", "type", n.Step.Type, "run", j.run.ID, "step", row.Path, "panic", broke.value, "stack", string(broke.stack))
	}
	if shown, ok := errors.AsType[*nodes.OutputError](err); ok {
		if _, tooBig := output(row, shown.Output); tooBig != nil {
			row.Output = nil
		}
	}
	if len(row.Attempts) == 0 {
		row.Attempts = []Attempt{{Number: 1, StartedAt: row.StartedAt}}
	}
	last := &row.Attempts[len(row.Attempts)-1]
	last.FinishedAt, last.Error = j.e.now(), f

	if nodes.IsUnknownOutcome(err) && !n.Repeatable {
		return j.park(ctx, row, f)
	}
	if due, again := j.retryAt(n, last.Number, err); again {
		last.RetryAt = due
		row.Status, row.DueAt, row.Error = StepWaiting, due, f
		j.keep(row)
		return j.waitUntil(ctx, due)
	}
	row.Status, row.Error, row.FinishedAt, row.DueAt = StepFailed, f, j.e.now(), noTime
	delete(j.begun, row.Path)
	j.keep(row)
	return j.afterFailure(ctx, n, row, f)
}

// retryAt tells when the next attempt is due. Tests never retry.
func (j *journey) retryAt(n *workflow.Node, attempt int, err error) (time.Time, bool) {
	if !j.live() || permanent(err) {
		return noTime, false
	}
	delay, again := n.Retry.Next(attempt, 2*rand.Float64()-1)
	if !again {
		return noTime, false
	}
	if asked, ok := nodes.RetryDelay(err); ok {
		delay = min(max(asked, 0), maxRetryAfter)
	}
	return j.e.now().Add(delay), true
}

func permanent(err error) bool {
	var mapped *mapping.EvalError
	var stop *mapping.StopError
	var large *tooLarge
	return nodes.IsPermanent(err) || errors.As(err, &mapped) || errors.As(err, &stop) || errors.As(err, &large)
}

// afterFailure goes on as the step's on_error says.
func (j *journey) afterFailure(ctx context.Context, n *workflow.Node, row *StepResult, f *Failure) error {
	do := "stop"
	if n.Step.OnError != nil {
		do = n.Step.OnError.Do
	}
	if do == "stop" {
		if j.itemFailed(f) {
			return nil
		}
		return j.finish(ctx, Failed, "", f)
	}
	delete(j.outputs, n.Step.ID)
	j.remember(row)
	if do == "branch" && n.OnError != nil && len(n.OnError.Nodes) > 0 {
		row.Port = listError
		j.push(frameOf(row.Path, listError, n.OnError, -1))
		return nil
	}
	j.next(n)
	return nil
}

// failureOf puts an error into words for people, with the technical cause
// beside.
func failureOf(err error) *Failure {
	f := &Failure{Code: "step_failed", Message: err.Error()}
	var (
		param  *nodes.ParamError
		mapped *mapping.EvalError
		stop   *mapping.StopError
		send   *nodes.SendError
		large  *tooLarge
		broke  *panicked
		out    *SignedOutError
		coded  interface {
			error
			Code() string
		}
	)
	switch {
	case errors.As(err, &param):
		f.Code, f.Field = "invalid_params", param.Problems[0].Pointer
	case errors.As(err, &mapped):
		f.Code, f.Field, f.Message, f.Detail = "mapping_failed", mapped.Path, mapped.Message, mapped.Expression
	case errors.As(err, &stop):
		f.Code, f.Message = "stopped", stop.Message
	case errors.As(err, &broke):
		f.Code, f.Message = "panicked", "The step's own code broke. This is a fault of the node type, not of your data."
		f.Detail = broke.Error()
	case errors.As(err, &large):
		f.Code = "too_large"
	case errors.As(err, &send):
		f.Code, f.Message = "send_"+send.Kind, send.Message
		if send.Sent {
			f.Code = "unknown_outcome"
		}
	case errors.As(err, &out):
		f.Code, f.Detail = CodeSignedOut, out.Connection
	case errors.As(err, &coded):
		f.Code = coded.Code()
	}
	if f.Field == "" {
		f.Field = nodes.FieldOf(err)
	}
	return f
}
