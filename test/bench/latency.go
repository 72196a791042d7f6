package main

import "context"

// openRate is the open loop's requests a second.
const openRate = 200

// latency is the main workload in an open loop.
func (b *bench) latency(ctx context.Context) error {
	server, err := b.install("latency")
	if err != nil {
		return err
	}
	defer server.discard()
	hook, err := server.ready(ctx)
	if err != nil {
		return err
	}
	return b.openLoop(ctx, "latency", "SQLite, in process", server, hook, 10, 9)
}

// openLoop reports the latencies of a server at openRate; goals of 0 are none.
func (b *bench) openLoop(ctx context.Context, measure, kind string, server *installation, hook string, ackGoal, endGoal float64) error {
	ours := side{name: "hookloom", pid: server.server.PID(), load: load{
		url: hook, rate: openRate, length: 2 * b.length, sink: b.sink, exact: true,
	}}
	results, err := b.duel(ctx, ours)
	if err != nil {
		return err
	}
	mine, kind := results[0], kind+" at 200/s"
	ack := mine.median(measure, kind+": acknowledgement p99", "ms", func(o outcome) float64 { return o.Ack.P99 })
	end := mine.median(measure, kind+": end to end p99", "ms", func(o outcome) float64 { return o.End.P99 })
	if ackGoal > 0 {
		ack, end = ack.atMost(ackGoal), end.atMost(endGoal)
	}
	return b.report.addAll(
		mine.median(measure, kind+": acknowledgement p50", "ms", func(o outcome) float64 { return o.Ack.P50 }),
		ack,
		mine.median(measure, kind+": end to end p50", "ms", func(o outcome) float64 { return o.End.P50 }),
		end,
		row{Measure: measure, What: kind + ": VmRSS at most", Value: mine.peak.Resident, Unit: "MiB", Detail: mine.peak}.atMost(100),
	)
}
