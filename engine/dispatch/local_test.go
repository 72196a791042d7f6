package dispatch_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/dispatch"
	"github.com/hookloom/hookloom/engine/dispatch/dispatchtest"
)

func silent() *slog.Logger { return slog.New(slog.DiscardHandler) }

func TestLocalConforms(t *testing.T) {
	dispatchtest.Run(t, func(*testing.T) dispatchtest.Harness {
		return dispatchtest.Harness{New: func(concurrency int, tick <-chan time.Time) engine.Bell {
			return dispatch.NewLocal(dispatch.LocalConfig{Concurrency: concurrency, Tick: tick, Log: silent()})
		}}
	})
}

func TestLocalNeedsAWorker(t *testing.T) {
	if err := dispatch.NewLocal(dispatch.LocalConfig{}).Start(context.Background(), nil); err == nil {
		t.Fatal("started without a worker")
	}
}
