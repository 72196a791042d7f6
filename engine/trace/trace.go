// Package trace tells an OpenTelemetry collector where time goes: a span for
// each request that was taken, each piece of work on a run, each step and each
// outbound call.
//
// The trace of a run has the run's own id (the UUID in run_...), and so has the
// request that started it. So no trace context needs to be stored: whichever
// process goes on with the run, days later, adds to the same trace, and who knows
// a run finds its trace. A sender's own trace is linked.
package trace

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	otel "go.opentelemetry.io/otel/trace"

	"github.com/hookloom/hookloom/engine"
)

const (
	// batchTime is how long spans wait for others before they are sent.
	batchTime = 2 * time.Second
	// closeTime is how long Close tries to send what waits.
	closeTime = 3 * time.Second
)

// Config configures New.
type Config struct {
	// Endpoint is the address of a collector that takes OTLP over HTTP, without
	// the path: http://collector:4318. It is required.
	Endpoint string
	// Headers are sent along, for collectors that want a key.
	Headers map[string]string
	// Service and Version name this program; "" means "hookloom" and nothing.
	Service, Version string
	// Ratio is the part of all traces that is kept, from 0 to 1.
	Ratio float64
	// Log gets what goes wrong with the collector; nil means slog.Default().
	Log *slog.Logger
}

// Tracer makes spans. It is safe for concurrent use.
type Tracer struct {
	provider *sdk.TracerProvider
	tracer   otel.Tracer
}

var _ engine.Tracer = (*Tracer)(nil)

// New makes a tracer and starts sending. The collector need not be there: what
// it does not take is dropped.
func New(cfg Config) (*Tracer, error) {
	u, err := url.Parse(cfg.Endpoint)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, fmt.Errorf("must look like http://collector:4318, not %q", cfg.Endpoint)
	}
	if cfg.Service == "" {
		cfg.Service = "hookloom"
	}
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	about := resource.NewSchemaless(attribute.String("service.name", cfg.Service), attribute.String("service.version", cfg.Version))
	to := &collector{url: u.JoinPath("v1/traces").String(), headers: cfg.Headers, log: cfg.Log, client: &http.Client{Timeout: sendTime}}
	provider := sdk.NewTracerProvider(
		sdk.WithBatcher(to, sdk.WithBatchTimeout(batchTime), sdk.WithExportTimeout(sendTime)),
		sdk.WithIDGenerator(ids{}), sdk.WithSampler(sampler{cfg.Ratio}), sdk.WithResource(about),
	)
	return &Tracer{provider, provider.Tracer("github.com/hookloom/hookloom")}, nil
}

// Close sends what waits, as far as the collector takes it at once.
func (t *Tracer) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), closeTime)
	defer cancel()
	return t.provider.Shutdown(ctx)
}

// Ingested implements engine.Tracer.
func (t *Tracer) Ingested(begun time.Time, header http.Header, answer engine.Answer, err error) {
	ctx := context.Background()
	if len(answer.RunIDs) > 0 && answer.Verdict != "duplicate" {
		ctx = within(ctx, answer.RunIDs[0], true)
	}
	options := []otel.SpanStartOption{
		otel.WithTimestamp(begun), otel.WithSpanKind(otel.SpanKindServer), otel.WithNewRoot(),
		otel.WithAttributes(
			attribute.String("hookloom.request", answer.RequestID), attribute.String("hookloom.verdict", string(answer.Verdict)),
			attribute.Int("http.response.status_code", answer.Status), attribute.StringSlice("hookloom.runs", answer.RunIDs),
		),
	}
	sender := propagation.TraceContext{}.Extract(context.Background(), propagation.HeaderCarrier(header))
	if from := otel.SpanContextFromContext(sender); from.IsValid() {
		options = append(options, otel.WithLinks(otel.Link{SpanContext: from}))
	}
	_, span := t.tracer.Start(ctx, "webhook", options...)
	end(span, err)
}

// Run implements engine.Tracer.
func (t *Tracer) Run(ctx context.Context, r engine.Run) (context.Context, func(string, error)) {
	if r.RequestID != "" && r.ReplayOf == "" {
		ctx = after(ctx, r.ID)
	}
	ctx, span := t.tracer.Start(within(ctx, r.ID, false), "run", otel.WithAttributes(
		attribute.String("hookloom.run", r.ID), attribute.String("hookloom.workspace", r.Workspace),
		attribute.String("hookloom.workflow", r.WorkflowID), attribute.Int("hookloom.version", r.Version),
		attribute.String("hookloom.kind", string(r.Kind)), attribute.String("hookloom.mode", string(r.Mode)),
		attribute.Int64("hookloom.epoch", r.Epoch),
	))
	return ctx, ending(span)
}

// Step implements engine.Tracer.
func (t *Tracer) Step(ctx context.Context, path, nodeType string) (context.Context, func(string, error)) {
	ctx, span := t.tracer.Start(ctx, nodeType, otel.WithAttributes(
		attribute.String("hookloom.path", path), attribute.String("hookloom.type", nodeType),
	))
	return ctx, ending(span)
}

// ending ends a span with the state that its thing is left in.
func ending(span otel.Span) func(string, error) {
	return func(status string, err error) {
		span.SetAttributes(attribute.String("hookloom.status", status))
		if err == nil && (status == string(engine.Failed) || status == string(engine.Parked)) {
			err = errors.New(status)
		}
		end(span, err)
	}
}

// end ends a span. Of an error only the first line goes along, cut short.
func end(span otel.Span, err error) {
	if err != nil {
		line, _, _ := strings.Cut(err.Error(), "\n")
		span.SetStatus(codes.Error, line[:min(len(line), maxText)])
	}
	span.End()
}
