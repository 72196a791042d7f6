package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// historySpan is the time over which finished runs are spread; it is within the
// default retention.
const historySpan = 30 * 24 * time.Hour

// history compares a server with a long history to one without.
func (b *bench) history(ctx context.Context) error {
	fresh, err := b.install("history-none")
	if err != nil {
		return err
	}
	defer fresh.discard()
	old, err := b.install("history-full")
	if err != nil {
		return err
	}
	defer old.discard()
	freshHook, err := fresh.ready(ctx)
	if err != nil {
		return err
	}
	oldHook, err := b.age(ctx, old)
	if err != nil {
		return err
	}
	starts, err := b.starts(ctx, old, oldHook)
	if err != nil {
		return err
	}
	if err := b.warm(ctx, oldHook); err != nil {
		return err
	}
	with := side{name: "with history", load: b.closedLoop(oldHook), pid: old.server.PID()}
	without := side{name: "without history", load: b.closedLoop(freshHook), pid: fresh.server.PID()}
	with.load.exact, without.load.exact = true, true
	results, err := b.duel(ctx, without, with)
	if err != nil {
		return err
	}
	return b.historyRows(results[0], results[1], starts, sizeOf(old))
}

func (b *bench) historyRows(none, full result, starts []float64, size float64) error {
	before, after := median(none.values(donePerS)), median(full.values(donePerS))
	runs := fmt.Sprintf("%d finished runs", b.finished)
	return b.report.addAll(
		none.median("history", "completed runs without history", "/s", donePerS),
		full.median("history", "completed runs with "+runs, "/s", donePerS),
		row{Measure: "history", What: runs + " cost of throughput", Value: 100 * (1 - after/before), Unit: "%"}.atMost(10),
		row{Measure: "history", What: "cold start with " + runs, Value: median(starts), Unit: "s", Rounds: starts}.atMost(0.5),
		row{Measure: "history", What: "VmRSS at most with " + runs, Value: full.peak.Resident, Unit: "MiB", Detail: full.peak}.atMost(100),
		row{Measure: "history", What: "database with " + runs, Value: size, Unit: "MiB"},
	)
}

// age starts a server, stops it and gives it a history. It returns the
// workflow's address; the server does not run.
func (b *bench) age(ctx context.Context, old *installation) (hook string, err error) {
	if err := old.start(ctx); err != nil {
		return "", err
	}
	if _, hook, err = old.publish(ctx, "Sale", send(b.sink.url())); err != nil {
		return "", err
	}
	run, err := old.one(ctx, hook, "history", 1, "succeeded")
	if err != nil {
		return "", err
	}
	if err := old.stop(); err != nil {
		return "", err
	}
	db, err := old.database()
	if err != nil {
		return "", err
	}
	c := copies{run: run, n: b.finished, first: time.Now().Add(-historySpan), every: historySpan / time.Duration(b.finished+1)}
	if err := c.multiply(ctx, db, b.progress("finished runs", b.finished)); err != nil {
		return "", err
	}
	return hook, settle(ctx, db)
}

// sizeOf is the size of the database's files in MiB.
func sizeOf(i *installation) float64 {
	var bytes int64
	for _, name := range []string{"hookloom.db", "hookloom.db-wal"} {
		if info, err := os.Stat(filepath.Join(i.dir, name)); err == nil {
			bytes += info.Size()
		}
	}
	return float64(bytes) / (1 << 20)
}
