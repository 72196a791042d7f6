package main

import (
	"context"
	"fmt"
	"time"
)

const (
	// sentinel is the payload number that copies replace by their own.
	sentinel = 900000001
	// waitingLoad names the payloads of waiting runs.
	waitingLoad = "waiting"
	// farOff stands for the due time until the real one is known.
	farOff = 1000 * time.Hour
)

// waiting is a server with many waiting runs: how fast it is back, what they
// cost while they wait, and how fast they go on when all are due at once.
func (b *bench) waiting(ctx context.Context) error {
	server, err := b.install("waiting")
	if err != nil {
		return err
	}
	defer server.discard()
	hook, err := server.ready(ctx)
	if err != nil {
		return err
	}
	usual, err := b.duel(ctx, side{name: "hookloom", load: b.closedLoop(hook), pid: server.server.PID()})
	if err != nil {
		return err
	}
	pace := median(usual[0].values(donePerS))
	_, later, err := server.publish(ctx, "Later", `{"id":"wait","type":"flow.wait","v":1,"params":{"for":"1h"}}`, send(b.sink.url()))
	if err != nil {
		return err
	}
	run, err := server.one(ctx, later, waitingLoad, sentinel, "waiting")
	if err != nil {
		return err
	}
	none, err := b.restedMemory(ctx, server)
	if err != nil {
		return err
	}
	due, err := b.queueUp(ctx, server, run)
	if err != nil {
		return err
	}
	start, err := server.cold(ctx, hook)
	if err != nil {
		return err
	}
	if err := pause(ctx, settling); err != nil {
		return err
	}
	many := memoryOf(server.server.PID())
	rate, peak, err := b.drain(ctx, server, due)
	if err != nil {
		return err
	}
	runs := fmt.Sprintf("%d waiting runs", b.waits)
	return b.report.addAll(
		row{Measure: "waiting", What: "restart to the first served webhook with " + runs, Value: start.Seconds(), Unit: "s"}.atMost(10),
		row{Measure: "waiting", What: "VmRSS idle with 1 waiting run", Value: none.Resident, Unit: "MiB", Detail: none},
		row{Measure: "waiting", What: "VmRSS idle with " + runs, Value: many.Resident, Unit: "MiB", Detail: many}.atMost(60),
		row{Measure: "waiting", What: "drained when all are due", Value: rate, Unit: "/s"},
		row{Measure: "waiting", What: "drained, share of the main workload's rate", Value: rate / pace, Detail: usual[0].outcomes}.atLeast(0.5),
		row{Measure: "waiting", What: "VmRSS at most while they drain", Value: peak.Resident, Unit: "MiB", Detail: peak},
	)
}

// restedMemory restarts a server and reads its memory once it has settled.
func (b *bench) restedMemory(ctx context.Context, server *installation) (memory, error) {
	if err := server.stop(); err != nil {
		return memory{}, err
	}
	if err := server.start(ctx); err != nil {
		return memory{}, err
	}
	if err := pause(ctx, settling); err != nil {
		return memory{}, err
	}
	return memoryOf(server.server.PID()), nil
}

// queueUp stops the server and copies a waiting run. It returns when all are
// due: late enough for a restart.
func (b *bench) queueUp(ctx context.Context, server *installation, run string) (time.Time, error) {
	if err := server.stop(); err != nil {
		return time.Time{}, err
	}
	db, err := server.database()
	if err != nil {
		return time.Time{}, err
	}
	now := time.Now()
	c := copies{run: run, n: b.waits, first: now.Add(-time.Hour), every: 10 * time.Millisecond, due: now.Add(farOff), sentinel: sentinel}
	if err := c.multiply(ctx, db, b.progress("waiting runs", b.waits)); err != nil {
		return time.Time{}, err
	}
	due := time.Now().Add(b.notice)
	if err := postpone(ctx, db, c.due, due); err != nil {
		return time.Time{}, err
	}
	return due, settle(ctx, db)
}

// drain waits for the copies to arrive at the sink and returns how many went on
// a second, from when they were due.
func (b *bench) drain(ctx context.Context, server *installation, due time.Time) (float64, memory, error) {
	if late := time.Since(due); late > 0 {
		return 0, memory{}, fmt.Errorf("the runs were due %v before the server had settled: the machine is too busy to measure", late)
	}
	seen := b.sink.await(waitingLoad, true)
	stop := watch(server.server.PID())
	err := pause(ctx, time.Until(due))
	if err == nil {
		seen.settled(b.waits, quietLimit)
	}
	peak := stop()
	if err != nil {
		return 0, peak, err
	}
	seen.mu.Lock()
	defer seen.mu.Unlock()
	if lost := b.waits - len(seen.at); lost > 0 || seen.doubled > 0 || seen.wrong > 0 {
		return 0, peak, fmt.Errorf("%d waiting runs lost, %d doubled, %d wrong; a wrong one: %.300s", lost, seen.doubled, seen.wrong, seen.sample)
	}
	return float64(b.waits) / seen.last.Sub(due).Seconds(), peak, nil
}
