package engine

import (
	"context"
	"net/http"
	"time"
)

// Tracer hears where time goes, as spans. It must not block. A nil one costs
// nothing.
type Tracer interface {
	// Ingested tells of a request that was answered: when it began, its headers,
	// and the answer or the error in its place.
	Ingested(begun time.Time, header http.Header, answer Answer, err error)
	// Run begins the span of what one worker does of a run. The func ends it with
	// the state that the run is left in.
	Run(ctx context.Context, r Run) (context.Context, func(status string, err error))
	// Step begins the span of a step within its run's, as Run does.
	Step(ctx context.Context, path, nodeType string) (context.Context, func(status string, err error))
}
