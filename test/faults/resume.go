package faults

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hookloom/hookloom/test/instance"
)

// Outage is one fault that interrupts runs.
type Outage struct {
	What string
	// At is when it struck, Back when a live process existed again: At itself
	// when others lived on.
	At, Back time.Time
}

// Resume is how long one run stood still after an outage.
type Resume struct {
	Run   string
	After Outage
	Still time.Duration
}

// Resumes measures, for each outage and each run that was under way then, how
// long the run stood still while a live process existed. Runs that wait by
// design are left out, and so are those that nobody had been promised yet: what
// was frozen before its commit exists only once that is through. pause drops
// shorter times: where several processes live, a kill leaves most runs alone, and
// counting those would flatter the result. The shortest comes first.
func Resumes(e Evidence, outages []Outage, pause time.Duration) []Resume {
	promised := map[string]time.Time{}
	for _, entry := range e.Entries {
		for _, run := range entry.Runs {
			promised[run] = entry.At
		}
	}
	var all []Resume
	for _, run := range e.Runs {
		if e.Installed.Flows[run.WorkflowID] == Waited {
			continue
		}
		marks := marksOf(run)
		for _, o := range outages {
			if !known(marks, promised[run.ID], o.At) || run.FinishedAt == nil || run.FinishedAt.Before(o.At) {
				continue
			}
			i, _ := slices.BinarySearchFunc(marks, o.Back, time.Time.Compare)
			if i == len(marks) {
				continue
			}
			if still := living(o.Back, marks[i], outages); still >= pause {
				all = append(all, Resume{run.ID, o, still})
			}
		}
	}
	slices.SortFunc(all, func(a, b Resume) int { return cmp.Compare(a.Still, b.Still) })
	return all
}

// known reports whether the run was surely committed at a moment: it had got on,
// or its sender had been answered.
func known(marks []time.Time, promised, at time.Time) bool {
	return (len(marks) > 0 && !marks[0].After(at)) || (!promised.IsZero() && !promised.After(at))
}

// marksOf lists the moments at which the run got on, in order.
func marksOf(run instance.Run) []time.Time {
	var marks []time.Time
	add := func(times ...*time.Time) {
		for _, t := range times {
			if t != nil {
				marks = append(marks, *t)
			}
		}
	}
	add(run.StartedAt, run.FinishedAt)
	for _, step := range run.Steps {
		add(step.StartedAt, step.FinishedAt)
		for _, attempt := range step.Attempts {
			add(attempt.StartedAt, attempt.FinishedAt)
		}
	}
	slices.SortFunc(marks, time.Time.Compare)
	return marks
}

// living is the time between two moments without that in which no process
// lived.
func living(from, to time.Time, outages []Outage) time.Duration {
	d := to.Sub(from)
	for _, o := range outages {
		begin, end := later(from, o.At), earlier(to, o.Back)
		if end.After(begin) {
			d -= end.Sub(begin)
		}
	}
	return d
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// Quantile is the value below which the share q of the sorted list lies; zero
// for an empty list.
func Quantile(sorted []Resume, q float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)-1, int(q*float64(len(sorted))))].Still
}

// Slowest names the last few of the sorted list, on one line.
func Slowest(sorted []Resume) string {
	const most = 5
	var parts []string
	for _, r := range slices.Backward(sorted[max(0, len(sorted)-most):]) {
		parts = append(parts, fmt.Sprintf("%s %v after %s at %s", r.Run, r.Still.Round(time.Millisecond), r.After.What, r.After.At.UTC().Format("15:04:05.000")))
	}
	return strings.Join(parts, "; ")
}
