package rest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/engine"
)

// AnswerStore keeps the answers of calls that may be repeated.
type AnswerStore interface {
	// BeginAnswer takes a key for a call until a time. first is true for the one
	// who must end or drop it; else what is kept is returned, with Status 0 while
	// the first call is under way. A call that never ended, because its process
	// died, loses its key after a minute.
	BeginAnswer(ctx context.Context, scope, key string, fingerprint []byte, until time.Time) (kept engine.StoredAnswer, first bool, err error)
	// EndAnswer stores the answer of the call that took the key.
	EndAnswer(ctx context.Context, scope, key string, kept engine.StoredAnswer) error
	// DropAnswer gives the key free.
	DropAnswer(ctx context.Context, scope, key string) error
}

const (
	// keptFor is how long a repeated POST gets the first answer.
	keptFor = 24 * time.Hour
	// maxKept bounds a kept answer; of a larger one only the status is kept.
	maxKept = 1 << 20
	// maxIdempotencyKey is what a caller may choose the length of.
	maxIdempotencyKey = 255
)

// keptHeaders are the headers of an answer that a repeat gets too.
var keptHeaders = []string{"Content-Type", "Location", "Etag", "Cache-Control"}

// repeatable lets a POST with an Idempotency-Key be sent again: its first
// success is the answer to all. A call that failed has done nothing, so it is
// done anew.
func (sh *Shell) repeatable(r Route) func(huma.Context, func(huma.Context)) {
	if r.method != http.MethodPost || r.access.public {
		return func(ctx huma.Context, next func(huma.Context)) { next(ctx) }
	}
	return func(ctx huma.Context, next func(huma.Context)) {
		name := ctx.Header("Idempotency-Key")
		if name == "" {
			next(ctx)
			return
		}
		if len(name) > maxIdempotencyKey {
			sh.fail(ctx, problem.New(problem.CodeMalformed, "The Idempotency-Key is too long: use at most 255 characters."))
			return
		}
		c := humagin.Unwrap(ctx)
		k := answerKey(c, CallerOf(ctx.Context()).ID(), name)
		kept, first, err := sh.store.BeginAnswer(ctx.Context(), k.scope, k.name, k.fingerprint, sh.now().Add(keptFor))
		switch {
		case err != nil:
			sh.fail(ctx, err)
		case !first:
			sh.sendKept(ctx, k, kept)
		default:
			sh.keeping(c, k, r.shownOnce, func() { next(ctx) })
		}
	}
}

// repeatKey names a call that its caller may repeat.
type repeatKey struct {
	// scope keeps callers apart.
	scope, name string
	// fingerprint tells what the key was first used for.
	fingerprint []byte
}

func answerKey(c *gin.Context, caller, name string) repeatKey {
	h := sha256.New()
	for _, part := range []string{c.Request.Method, c.Request.URL.EscapedPath(), c.Request.URL.RawQuery} {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	if body, ok := c.Get(bodyKey); ok {
		h.Write(body.([]byte))
	}
	return repeatKey{scope: caller, name: name, fingerprint: h.Sum(nil)}
}

// sendKept answers with what an earlier call was answered.
func (sh *Shell) sendKept(ctx huma.Context, k repeatKey, kept engine.StoredAnswer) {
	switch {
	case !bytes.Equal(kept.Fingerprint, k.fingerprint):
		sh.fail(ctx, problem.New(problem.CodeKeyReused, ""))
	case kept.Status == 0:
		sh.fail(ctx, problem.New(problem.CodeRepeated, "").After(time.Second))
	case len(kept.Header) == 0:
		sh.fail(ctx, problem.New(problem.CodeAnswerNotKept, ""))
	default:
		w := humagin.Unwrap(ctx).Writer
		for name, v := range kept.Header {
			w.Header().Set(name, v)
		}
		w.Header().Set("Idempotency-Replayed", "true")
		w.WriteHeader(kept.Status)
		_, _ = w.Write(kept.Body) // the caller hung up; nobody is left to tell
	}
}

// keeping runs a call and keeps its answer before it is sent.
func (sh *Shell) keeping(c *gin.Context, k repeatKey, shownOnce bool, call func()) {
	// What was done must be noted although the caller hung up.
	ctx := context.WithoutCancel(c.Request.Context())
	held := &heldWriter{ResponseWriter: c.Writer}
	c.Writer = held
	done := false
	defer func() {
		c.Writer = held.ResponseWriter
		if !done {
			sh.release(ctx, k) // it panicked; Recover answers
		}
	}()
	call()
	done = true
	if held.Status() >= http.StatusMultipleChoices {
		sh.release(ctx, k)
	} else {
		kept := engine.StoredAnswer{Fingerprint: k.fingerprint, Status: held.Status()}
		if !shownOnce && held.body.Len() <= maxKept {
			kept.Header, kept.Body = map[string]string{}, held.body.Bytes()
			for _, name := range keptHeaders {
				if v := held.Header().Get(name); v != "" {
					kept.Header[name] = v
				}
			}
		}
		if err := sh.store.EndAnswer(ctx, k.scope, k.name, kept); err != nil {
			sh.log.Error("cannot keep the answer of a repeatable call", "error", err, "trace_id", problem.TraceID(ctx))
		}
	}
	held.send()
}

func (sh *Shell) release(ctx context.Context, k repeatKey) {
	if err := sh.store.DropAnswer(ctx, k.scope, k.name); err != nil {
		sh.log.Warn("cannot release an Idempotency-Key", "error", err)
	}
}

// heldWriter holds an answer back until it is kept.
type heldWriter struct {
	gin.ResponseWriter
	status int
	body   bytes.Buffer
}

func (w *heldWriter) WriteHeader(status int)            { w.status = status }
func (w *heldWriter) WriteHeaderNow()                   {}
func (w *heldWriter) Write(b []byte) (int, error)       { return w.body.Write(b) }
func (w *heldWriter) WriteString(s string) (int, error) { return w.body.WriteString(s) }
func (w *heldWriter) Written() bool                     { return w.status != 0 || w.body.Len() > 0 }
func (w *heldWriter) Size() int                         { return w.body.Len() }
func (w *heldWriter) Flush()                            {}
func (w *heldWriter) Status() int {
	if w.status == 0 {
		return http.StatusOK
	}
	return w.status
}

func (w *heldWriter) send() {
	w.ResponseWriter.WriteHeader(w.Status())
	if w.body.Len() > 0 {
		_, _ = w.ResponseWriter.Write(w.body.Bytes()) // the caller hung up; nobody is left to tell
	}
}
