package nodes

import (
	"errors"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/value"
)

// Permanent marks an error that trying again cannot mend. A plain error is
// retried by the step's policy.
func Permanent(err error) error { return &permanent{err} }

// RetryAfter asks for the next attempt after d, at most 24 h; it counts as an
// attempt like any other failure.
func RetryAfter(d time.Duration, err error) error { return &retryAfter{d, err} }

// StopRun makes an Action or Internal end the run, or the loop's item, as s says
// instead of failing. What an Internal wrote is rolled back.
func StopRun(s Stop) error { return &stopRun{s} }

// Stopping returns the Stop that an error made by StopRun asks for.
func Stopping(err error) (Stop, bool) {
	if s, ok := errors.AsType[*stopRun](err); ok {
		return s.stop, true
	}
	return Stop{}, false
}

// IsPermanent reports whether trying again cannot help: an error made by
// Permanent or StopRun, a call that can never be sent, or data that the rules of contacts
// and offers reject.
func IsPermanent(err error) bool {
	var p *permanent
	var send *SendError
	var rejected *crm.Rejected
	var stop *stopRun
	return errors.As(err, &p) || errors.As(err, &stop) || errors.As(err, &rejected) || errors.As(err, &send) && send.Permanent
}

// FieldOf returns the JSON pointer of the param at fault, "" when the error
// names none.
func FieldOf(err error) string {
	var params *ParamError
	if errors.As(err, &params) && len(params.Problems) > 0 {
		return params.Problems[0].Pointer
	}
	var rejected *crm.Rejected
	if errors.As(err, &rejected) && rejected.Field != "" {
		return "/" + strings.ReplaceAll(value.EscapeKey(rejected.Field), ".", "/")
	}
	return ""
}

// RetryDelay returns the wait an error asks for.
func RetryDelay(err error) (time.Duration, bool) {
	if r, ok := errors.AsType[*retryAfter](err); ok {
		return r.after, true
	}
	return 0, false
}

// IsUnknownOutcome reports whether the world may have changed although no
// answer came.
func IsUnknownOutcome(err error) bool {
	var send *SendError
	return errors.As(err, &send) && send.Sent
}

type stopRun struct{ stop Stop }

func (s *stopRun) Error() string {
	if s.stop.Message == "" {
		return "the step ended the run"
	}
	return s.stop.Message
}

type permanent struct{ error }

func (p *permanent) Unwrap() error { return p.error }

type retryAfter struct {
	after time.Duration
	error
}

func (r *retryAfter) Unwrap() error { return r.error }

// OutputError is an error with the output that belongs to it, such as the
// status and body of a refused call, so that people see what the other side
// said.
type OutputError struct {
	Output any
	Err    error
}

func (e *OutputError) Error() string { return e.Err.Error() }

func (e *OutputError) Unwrap() error { return e.Err }
