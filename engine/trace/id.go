package trace

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"strings"

	"github.com/google/uuid"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	otel "go.opentelemetry.io/otel/trace"
)

// rootKey is the context key of the ids that the next root span takes.
type rootKey struct{}

type root struct {
	trace otel.TraceID
	span  otel.SpanID // zero: any
}

// within lets the next root span be part of a run's trace, and be the span of
// the request that started it. A context that has a parent keeps it.
func within(ctx context.Context, run string, first bool) context.Context {
	r := root{trace: traceOf(run)}
	if first {
		r.span = requestOf(run)
	}
	return context.WithValue(ctx, rootKey{}, r)
}

// after makes the span of the request that started a run the parent of the next
// span, which may be in another process.
func after(ctx context.Context, run string) context.Context {
	return otel.ContextWithRemoteSpanContext(ctx, otel.NewSpanContext(otel.SpanContextConfig{
		TraceID: traceOf(run), SpanID: requestOf(run), TraceFlags: otel.FlagsSampled, Remote: true,
	}))
}

// traceOf is the trace of a run: its UUID.
func traceOf(run string) otel.TraceID {
	_, text, _ := strings.Cut(run, "_")
	if id, err := uuid.Parse(text); err == nil {
		return otel.TraceID(id)
	}
	sum := sha256.Sum256([]byte(run))
	return otel.TraceID(sum[:16])
}

// requestOf is the span of the request that started a run.
func requestOf(run string) otel.SpanID {
	sum := sha256.Sum256([]byte("request of " + run))
	return otel.SpanID(sum[:8])
}

// ids makes the ids of spans.
type ids struct{}

// NewIDs makes those of a root span.
func (ids) NewIDs(ctx context.Context) (otel.TraceID, otel.SpanID) {
	r, _ := ctx.Value(rootKey{}).(root)
	if !r.trace.IsValid() {
		_, _ = rand.Read(r.trace[:]) // documented never to fail
	}
	if !r.span.IsValid() {
		r.span = newSpanID()
	}
	return r.trace, r.span
}

// NewSpanID makes that of a span with a parent.
func (ids) NewSpanID(context.Context, otel.TraceID) otel.SpanID { return newSpanID() }

func newSpanID() (id otel.SpanID) {
	_, _ = rand.Read(id[:])
	return id
}

// sampler keeps a part of all traces. It looks at the trace's id alone, so that
// all processes and all spans of a trace come to the same result; the last seven
// bytes are random (W3C Trace Context 2, and UUIDv7 too).
type sampler struct{ ratio float64 }

// ShouldSample says whether the span is kept.
func (s sampler) ShouldSample(p sdk.SamplingParameters) sdk.SamplingResult {
	state := otel.SpanContextFromContext(p.ParentContext).TraceState()
	random := binary.BigEndian.Uint64(p.TraceID[8:]) & (1<<56 - 1)
	if s.ratio < 1 && float64(random) >= s.ratio*(1<<56) {
		return sdk.SamplingResult{Decision: sdk.Drop, Tracestate: state}
	}
	return sdk.SamplingResult{Decision: sdk.RecordAndSample, Tracestate: state}
}

// Description names the sampler.
func (sampler) Description() string { return "part of all traces" }
