package trace

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	sdk "go.opentelemetry.io/otel/sdk/trace"
)

const (
	// sendTime is how long the collector may take for a batch.
	sendTime = 10 * time.Second
	// maxText bounds, in bytes, what an error says in a span.
	maxText = 300
)

// collector sends spans as OTLP in JSON over HTTP. The exporter of the
// OpenTelemetry project would bring gRPC and protocol buffers along: 2 MB of
// binary and as much memory, also where nobody traces.
type collector struct {
	url     string
	headers map[string]string
	client  *http.Client
	log     *slog.Logger
	failing atomic.Bool
}

var _ sdk.SpanExporter = (*collector)(nil)

// ExportSpans sends a batch. One that the collector does not take is lost; the
// log says so once until it takes one again.
func (c *collector) ExportSpans(ctx context.Context, spans []sdk.ReadOnlySpan) error {
	err := c.send(ctx, spans)
	switch before := c.failing.Swap(err != nil); {
	case err != nil && !before:
		c.log.Warn("the collector takes no spans; they are dropped", "error", err)
	case err == nil && before:
		c.log.Info("the collector takes spans again")
	}
	return nil
}

// Shutdown does nothing: the provider has sent what waited.
func (*collector) Shutdown(context.Context) error { return nil }

func (c *collector) send(ctx context.Context, spans []sdk.ReadOnlySpan) error {
	if len(spans) == 0 {
		return nil
	}
	var body bytes.Buffer
	packed := gzip.NewWriter(&body)
	if err := json.NewEncoder(packed).Encode(export(spans)); err != nil {
		return err
	}
	if err := packed.Close(); err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url, &body)
	if err != nil {
		return err
	}
	for name, v := range c.headers {
		r.Header.Set(name, v)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Content-Encoding", "gzip")
	answer, err := c.client.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 64<<10))
	if answer.StatusCode/100 != 2 {
		return fmt.Errorf("it answered %s", answer.Status)
	}
	return nil
}

// The words of OTLP in JSON (opentelemetry-proto, trace.proto): ids in hex,
// 64-bit numbers as text, enumerations as numbers.
type (
	otlpExport struct {
		ResourceSpans []otlpResource `json:"resourceSpans"`
	}
	otlpResource struct {
		Resource struct {
			Attributes []otlpAttribute `json:"attributes"`
		} `json:"resource"`
		ScopeSpans []otlpScope `json:"scopeSpans"`
	}
	otlpScope struct {
		Scope struct {
			Name string `json:"name"`
		} `json:"scope"`
		Spans []otlpSpan `json:"spans"`
	}
	otlpSpan struct {
		TraceID    string          `json:"traceId"`
		SpanID     string          `json:"spanId"`
		Parent     string          `json:"parentSpanId,omitempty"`
		Name       string          `json:"name"`
		Kind       int             `json:"kind"`
		Begin      string          `json:"startTimeUnixNano"`
		End        string          `json:"endTimeUnixNano"`
		Attributes []otlpAttribute `json:"attributes,omitempty"`
		Links      []otlpLink      `json:"links,omitempty"`
		Status     otlpStatus      `json:"status"`
	}
	otlpLink struct {
		TraceID string `json:"traceId"`
		SpanID  string `json:"spanId"`
	}
	otlpStatus struct {
		Message string `json:"message,omitempty"`
		Code    int    `json:"code,omitempty"`
	}
	otlpAttribute struct {
		Key   string         `json:"key"`
		Value map[string]any `json:"value"`
	}
)

// export puts spans, which all are of this process, into the words of OTLP.
func export(spans []sdk.ReadOnlySpan) otlpExport {
	var of otlpResource
	of.Resource.Attributes = attributes(spans[0].Resource().Attributes())
	of.ScopeSpans = make([]otlpScope, 1)
	of.ScopeSpans[0].Scope.Name = spans[0].InstrumentationScope().Name
	for _, s := range spans {
		of.ScopeSpans[0].Spans = append(of.ScopeSpans[0].Spans, spanOf(s))
	}
	return otlpExport{[]otlpResource{of}}
}

func spanOf(s sdk.ReadOnlySpan) otlpSpan {
	span := otlpSpan{
		TraceID: s.SpanContext().TraceID().String(), SpanID: s.SpanContext().SpanID().String(),
		Name: s.Name(), Kind: int(s.SpanKind()),
		Begin: strconv.FormatInt(s.StartTime().UnixNano(), 10), End: strconv.FormatInt(s.EndTime().UnixNano(), 10),
		Attributes: attributes(s.Attributes()),
	}
	if s.Parent().SpanID().IsValid() {
		span.Parent = s.Parent().SpanID().String()
	}
	for _, l := range s.Links() {
		span.Links = append(span.Links, otlpLink{l.SpanContext.TraceID().String(), l.SpanContext.SpanID().String()})
	}
	if s.Status().Code == codes.Error {
		span.Status = otlpStatus{Message: s.Status().Description, Code: 2}
	}
	return span
}

// attributes leaves out what is empty.
func attributes(list []attribute.KeyValue) []otlpAttribute {
	var out []otlpAttribute
	for _, kv := range list {
		var v map[string]any
		switch kv.Value.Type() {
		case attribute.INT64:
			v = map[string]any{"intValue": strconv.FormatInt(kv.Value.AsInt64(), 10)}
		case attribute.STRINGSLICE:
			var values []map[string]any
			for _, text := range kv.Value.AsStringSlice() {
				values = append(values, map[string]any{"stringValue": text})
			}
			if len(values) == 0 {
				continue
			}
			v = map[string]any{"arrayValue": map[string]any{"values": values}}
		default:
			text := kv.Value.String()
			if text == "" {
				continue
			}
			v = map[string]any{"stringValue": text}
		}
		out = append(out, otlpAttribute{string(kv.Key), v})
	}
	return out
}
