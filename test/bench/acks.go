package main

import (
	"context"
	"fmt"
	"net/http"
)

// acks measures acknowledgements while nothing is worked on. On SQLite the
// server itself works, so its workflow is paused: each request is committed with
// its run, which is held.
func (b *bench) acks(ctx context.Context) error {
	server, err := b.install("acks")
	if err != nil {
		return err
	}
	defer server.discard()
	top, err := b.limit(ctx, "acks-ceiling", "")
	if err != nil {
		return err
	}
	defer top.discard()
	if err := server.start(ctx); err != nil {
		return err
	}
	wf, hook, err := server.publish(ctx, "Sale", send(b.sink.url()))
	if err != nil {
		return err
	}
	if err := server.client().Do(ctx, http.MethodPost, "/workflows/"+wf.ID+"/pause", nil, nil); err != nil {
		return err
	}
	accepted, err := b.acksBeside(ctx, "acks", "SQLite, workflow paused", server, hook, top, 0.6)
	if err != nil {
		return err
	}
	return b.allHeld(ctx, server, accepted)
}

// acksBeside measures acknowledgements alone, beside a handler that commits one
// row. It returns how many were given.
func (b *bench) acksBeside(ctx context.Context, measure, kind string, server *installation, hook string, top *limit, goal float64) (int, error) {
	alone := func(url string) load { return load{url: url, conns: b.conns, length: b.length} }
	given := 0
	for _, url := range []string{hook, top.base + "/ack"} {
		o, err := load{url: url, conns: b.conns, length: b.warmup}.drive(ctx)
		if err != nil {
			return 0, err
		}
		if url == hook {
			given += o.Accepted
		}
	}
	results, err := b.duel(ctx, side{name: "hookloom", load: alone(hook), pid: server.server.PID()},
		side{name: "one row", load: alone(top.base + "/ack"), pid: top.process.PID()})
	if err != nil {
		return 0, err
	}
	mine, best := results[0], results[1]
	for _, o := range mine.outcomes {
		given += o.Accepted
	}
	return given, b.report.addAll(
		mine.median(measure, kind+": acknowledgements", "/s", ackedPerS),
		best.median(measure, kind+": by a gin handler that commits one row", "/s", ackedPerS),
		row{
			Measure: measure, What: kind + ": acknowledgements, share of that handler",
			Value: median(mine.values(ackedPerS)) / median(best.values(ackedPerS)),
		}.atLeast(goal),
		mine.perRun(measure, kind+": CPU an acknowledgement"),
		best.perRun(measure, kind+": CPU an acknowledgement of that handler"),
	)
}

// allHeld compares what was acknowledged with what the database holds.
func (b *bench) allHeld(ctx context.Context, server *installation, accepted int) error {
	if err := server.stop(); err != nil {
		return err
	}
	db, err := server.database()
	if err != nil {
		return err
	}
	defer db.Close()
	var held int
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM runs WHERE status = 'held'").Scan(&held); err != nil {
		return err
	}
	if held != accepted {
		return fmt.Errorf("%d requests were acknowledged and %d runs are held", accepted, held)
	}
	return nil
}
