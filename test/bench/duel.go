package main

import (
	"context"
	"fmt"
	"slices"
)

// side is one of two that are compared.
type side struct {
	name string
	load load
	// pid is watched for memory and processor time while its load runs.
	pid int
}

// result is what a side reached over all rounds.
type result struct {
	outcomes []outcome
	peak     memory
	// cpu is the processor time of each round, in milliseconds a run.
	cpu []float64
}

// duel drives the sides in turn, round by round, so that what else happens on
// the machine meets all of them. Every other round goes backwards.
func (b *bench) duel(ctx context.Context, sides ...side) ([]result, error) {
	results := make([]result, len(sides))
	order := make([]int, len(sides))
	for i := range order {
		order[i] = i
	}
	for range b.rounds {
		for _, i := range order {
			if err := b.round(ctx, sides[i], &results[i]); err != nil {
				return nil, err
			}
		}
		slices.Reverse(order)
	}
	return results, nil
}

func (b *bench) round(ctx context.Context, s side, r *result) error {
	before, err := cpuOf(s.pid)
	if err != nil {
		return fmt.Errorf("%s: %w", s.name, err)
	}
	stop := watch(s.pid)
	o, err := s.load.drive(ctx)
	peak := stop()
	if err != nil {
		return fmt.Errorf("%s: %w", s.name, err)
	}
	if err := o.fault(); err != nil {
		return fmt.Errorf("%s: %w", s.name, err)
	}
	after, err := cpuOf(s.pid)
	if err != nil {
		return fmt.Errorf("%s: %w", s.name, err)
	}
	r.outcomes = append(r.outcomes, o)
	r.cpu = append(r.cpu, milliseconds(after-before)/float64(o.Accepted))
	r.peak.Resident, r.peak.Anonymous = max(r.peak.Resident, peak.Resident), max(r.peak.Anonymous, peak.Anonymous)
	return nil
}

// values takes one number of each round.
func (r result) values(of func(outcome) float64) []float64 {
	list := make([]float64, len(r.outcomes))
	for i, o := range r.outcomes {
		list[i] = of(o)
	}
	return list
}

// median makes a row of the middle round.
func (r result) median(measure, what, unit string, of func(outcome) float64) row {
	rounds := r.values(of)
	return row{Measure: measure, What: what, Value: median(rounds), Unit: unit, Rounds: rounds, Detail: r.outcomes}
}

// perRun makes a row of the processor time. Other work on the machine hardly
// changes it, unlike rates.
func (r result) perRun(measure, what string) row {
	return row{Measure: measure, What: what, Value: median(r.cpu), Unit: "ms", Rounds: r.cpu}
}

func donePerS(o outcome) float64  { return o.DonePerS }
func ackedPerS(o outcome) float64 { return o.AckedPerS }

// closedLoop is the load of the throughput measurements.
func (b *bench) closedLoop(url string) load {
	return load{url: url, conns: b.conns, length: b.length, sink: b.sink}
}
