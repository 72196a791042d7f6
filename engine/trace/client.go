package trace

import (
	"context"
	"net/http"
	"net/url"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/propagation"
	otel "go.opentelemetry.io/otel/trace"

	"github.com/hookloom/hookloom/nodes"
)

// client makes a span of each call and tells the receiver which.
type client struct {
	nodes.HTTPClient
	tracer otel.Tracer
}

// Client returns next with a span around each call, named in its traceparent
// header unless the call has one already.
func (t *Tracer) Client(next nodes.HTTPClient) nodes.HTTPClient { return client{next, t.tracer} }

// Send implements nodes.HTTPClient.
func (c client) Send(ctx context.Context, r nodes.HTTPRequest) (nodes.HTTPResponse, error) {
	// The host alone: paths and queries of hooks are secrets.
	host := ""
	if u, err := url.Parse(r.URL); err == nil {
		host = u.Host
	}
	ctx, span := c.tracer.Start(ctx, "call", otel.WithSpanKind(otel.SpanKindClient), otel.WithAttributes(
		attribute.String("http.request.method", r.Method), attribute.String("server.address", host),
	))
	if r.Header.Get("Traceparent") == "" {
		if r.Header = r.Header.Clone(); r.Header == nil {
			r.Header = http.Header{}
		}
		propagation.TraceContext{}.Inject(ctx, propagation.HeaderCarrier(r.Header))
	}
	answer, err := c.HTTPClient.Send(ctx, r)
	if answer.Status > 0 {
		span.SetAttributes(attribute.Int("http.response.status_code", answer.Status))
	}
	end(span, err)
	return answer, err
}
