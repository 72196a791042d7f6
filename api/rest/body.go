package rest

import (
	"bytes"
	"errors"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"github.com/hookloom/hookloom/api/edge"
	"github.com/hookloom/hookloom/api/problem"
)

// bodyTime is how long a caller may take to send a body.
const bodyTime = 30 * time.Second

// read takes the whole body in, within the route's limit and time, so that
// handlers and the Idempotency-Key see the same bytes.
func (sh *Shell) read(r Route) func(huma.Context, func(huma.Context)) {
	limit := r.maxBody
	if limit == 0 {
		limit = bodyLimit
	}
	return func(ctx huma.Context, next func(huma.Context)) {
		c := humagin.Unwrap(ctx)
		if c.Request.Body == nil || c.Request.Body == http.NoBody {
			next(ctx)
			return
		}
		if c.Request.ContentLength > limit {
			// It says itself that it is too large: none of it is read.
			edge.Drain(c.Writer, c.Request)
			sh.fail(ctx, &http.MaxBytesError{Limit: limit})
			return
		}
		// A deadline that stays would end the request's context later. The
		// errors are of writers that know no deadlines, such as a test's.
		_ = ctx.SetReadDeadline(time.Now().Add(bodyTime))
		body, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, limit))
		if _, large := errors.AsType[*http.MaxBytesError](err); large {
			edge.Drain(c.Writer, c.Request)
		}
		_ = ctx.SetReadDeadline(time.Time{})
		if err != nil {
			sh.fail(ctx, unreadable(err))
			return
		}
		c.Request.Body = io.NopCloser(bytes.NewReader(body))
		c.Set(bodyKey, body)
		next(ctx)
	}
}

// bodyKey is where gin's context holds the body that was read.
const bodyKey = "body"

// unreadable says why a body did not arrive.
func unreadable(err error) error {
	var large *http.MaxBytesError
	var slow net.Error
	switch {
	case errors.As(err, &large):
		return err
	case errors.As(err, &slow) && slow.Timeout():
		return problem.New(problem.CodeTimeout, "").Because(err)
	}
	return problem.New(problem.CodeMalformed, "The body ended before it was complete.").Because(err)
}
