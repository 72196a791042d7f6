package main

import "context"

// throughput is the main workload in a closed loop, beside the ceiling.
func (b *bench) throughput(ctx context.Context) error {
	server, err := b.install("throughput")
	if err != nil {
		return err
	}
	defer server.discard()
	top, err := b.limit(ctx, "throughput-ceiling", "")
	if err != nil {
		return err
	}
	defer top.discard()
	hook, err := server.ready(ctx)
	if err != nil {
		return err
	}
	return b.besideCeiling(ctx, "throughput", "SQLite, in process", server, hook, top, 0.6)
}

// besideCeiling measures a server and its ceiling in turn and reports both.
func (b *bench) besideCeiling(ctx context.Context, measure, kind string, server *installation, hook string, top *limit, goal float64) error {
	if err := b.warm(ctx, top.base+"/hook"); err != nil {
		return err
	}
	ours := side{name: "hookloom", load: b.closedLoop(hook), pid: server.server.PID()}
	ours.load.exact = true
	results, err := b.duel(ctx, ours, side{name: "ceiling", load: b.closedLoop(top.base + "/hook"), pid: top.process.PID()})
	if err != nil {
		return err
	}
	mine, best := results[0], results[1]
	ratio := row{
		Measure: measure, What: kind + ": completed runs, share of the ceiling",
		Value: median(mine.values(donePerS)) / median(best.values(donePerS)),
	}
	if goal > 0 {
		ratio = ratio.atLeast(goal)
	}
	return b.report.addAll(
		mine.median(measure, kind+": completed runs", "/s", donePerS),
		best.median(measure, kind+": completed by the ceiling", "/s", donePerS),
		ratio,
		mine.perRun(measure, kind+": CPU a run"),
		best.perRun(measure, kind+": CPU a run of the ceiling"),
		mine.median(measure, kind+": acknowledgement p50 at that load", "ms", func(o outcome) float64 { return o.Ack.P50 }),
		mine.median(measure, kind+": acknowledgement p99 at that load", "ms", func(o outcome) float64 { return o.Ack.P99 }),
		row{Measure: measure, What: kind + ": VmRSS at most at that load", Value: mine.peak.Resident, Unit: "MiB", Detail: mine.peak}.atMost(100),
	)
}
