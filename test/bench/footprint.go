package main

import (
	"context"
	"time"
)

// settling is how long a server is left alone before it counts as idle, and
// idling how long it is then watched.
const (
	settling = 5 * time.Second
	idling   = 10 * time.Second
)

// footprint is what a server costs that does nothing, and how fast it starts on
// the database of a busy one.
func (b *bench) footprint(ctx context.Context) error {
	server, err := b.install("footprint")
	if err != nil {
		return err
	}
	defer server.discard()
	hook, err := server.ready(ctx)
	if err != nil {
		return err
	}
	if _, err := b.closedLoop(hook).drive(ctx); err != nil {
		return err
	}
	if err := server.stop(); err != nil {
		return err
	}
	if err := server.start(ctx); err != nil {
		return err
	}
	if err := pause(ctx, settling); err != nil {
		return err
	}
	rest := memoryOf(server.server.PID())
	share, err := b.idle(ctx, server.server.PID())
	if err != nil {
		return err
	}
	starts, err := b.starts(ctx, server, hook)
	if err != nil {
		return err
	}
	return b.report.addAll(
		row{Measure: "footprint", What: "VmRSS idle", Value: rest.Resident, Unit: "MiB", Detail: rest}.atMost(60),
		row{Measure: "footprint", What: "CPU idle, of one core", Value: 100 * share, Unit: "%"}.atMost(0.5),
		row{Measure: "footprint", What: "cold start to the first served webhook", Value: median(starts), Unit: "s", Rounds: starts}.atMost(0.5),
	)
}

// idle returns the share of one core that a process uses.
func (b *bench) idle(ctx context.Context, pid int) (float64, error) {
	before, err := cpuOf(pid)
	if err != nil {
		return 0, err
	}
	if err := pause(ctx, idling); err != nil {
		return 0, err
	}
	after, err := cpuOf(pid)
	return (after - before).Seconds() / idling.Seconds(), err
}

// starts stops and starts the server some times and returns how long each start
// took to the first served webhook, in seconds.
func (b *bench) starts(ctx context.Context, server *installation, hook string) ([]float64, error) {
	var took []float64
	for range b.rounds {
		if err := server.stop(); err != nil {
			return nil, err
		}
		d, err := server.cold(ctx, hook)
		if err != nil {
			return nil, err
		}
		took = append(took, d.Seconds())
	}
	return took, nil
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
