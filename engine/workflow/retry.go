package workflow

import (
	"fmt"
	"math"
	"time"

	"github.com/hookloom/hookloom/nodes"
)

// The bounds of a step's own retry policy. Publishing refuses more.
const (
	MaxAttempts = 20
	MaxDelay    = 24 * time.Hour
	// MaxFactor bounds Backoff.Factor; at least 1.
	MaxFactor = 10
)

// defaultDelays are the waits of the default policy, ten attempts over three
// days: the schedule that the Standard Webhooks specification recommends.
var defaultDelays = []time.Duration{
	5 * time.Second, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 5 * time.Hour,
	10 * time.Hour, 14 * time.Hour, 20 * time.Hour, 24 * time.Hour,
}

const (
	defaultAttempts = 10
	defaultInitial  = 5 * time.Second
	defaultFactor   = 2
)

// jitterShare is how much of a wait may be added or taken off, so that what
// failed together does not come back together.
const jitterShare = 0.2

// RetryPolicy says when a failed step is tried again. The zero value is a
// single attempt.
type RetryPolicy struct {
	// Delays[i] is the wait after attempt i+1 failed and before attempt i+2, so
	// that there are len(Delays)+1 attempts.
	Delays []time.Duration
}

// Attempts counts all tries, the first included.
func (r RetryPolicy) Attempts() int { return len(r.Delays) + 1 }

// Next returns how long to wait after the given attempt (counted from 1) failed,
// and false when it was the last. jitter in [-1, 1] spreads the wait by ±20 %;
// what lies outside is cut.
func (r RetryPolicy) Next(attempt int, jitter float64) (time.Duration, bool) {
	if attempt < 1 || attempt > len(r.Delays) {
		return 0, false
	}
	delay := r.Delays[attempt-1]
	if math.IsNaN(jitter) {
		return delay, true
	}
	return delay + time.Duration(float64(delay)*jitterShare*max(-1, min(jitter, 1))), true
}

// policy is the step's effective policy: its own, else ten attempts for what
// talks to the world and a single one for everything else, which fails the same
// way each time.
func policy(s *Step, kind nodes.Kind) RetryPolicy {
	switch {
	case s.Retry != nil:
		return s.Retry.policy()
	case kind == nodes.KindAction:
		return RetryPolicy{Delays: defaultDelays}
	}
	return RetryPolicy{}
}

// policy expects a retry that check has passed; what lies outside the bounds
// is cut.
func (r *Retry) policy() RetryPolicy {
	attempts := r.Attempts
	if attempts == 0 {
		attempts = defaultAttempts
		if len(r.Delays) > 0 {
			attempts = len(r.Delays) + 1
		}
	}
	delays := make([]time.Duration, max(0, min(attempts, MaxAttempts)-1))
	for i := range delays {
		delays[i] = max(0, min(r.delay(i), MaxDelay))
	}
	return RetryPolicy{Delays: delays}
}

// delay is the wait before attempt i+2.
func (r *Retry) delay(i int) time.Duration {
	switch {
	case len(r.Delays) > 0:
		return time.Duration(r.Delays[min(i, len(r.Delays)-1)])
	case r.Backoff != nil:
		return r.Backoff.delay(i)
	}
	return defaultDelays[min(i, len(defaultDelays)-1)]
}

func (b *Backoff) delay(i int) time.Duration {
	initial, factor, limit := time.Duration(b.Initial), b.Factor, time.Duration(b.Max)
	if initial == 0 {
		initial = defaultInitial
	}
	if factor == 0 {
		factor = defaultFactor
	}
	if limit == 0 || limit > MaxDelay {
		limit = MaxDelay
	}
	grown := float64(initial) * math.Pow(factor, float64(i))
	if !(grown < float64(limit)) {
		return limit
	}
	return time.Duration(grown)
}

// check reports what is out of bounds, with pointers inside the retry object.
func (r *Retry) check(report func(pointer, message string)) {
	if r.Attempts < 0 || r.Attempts > MaxAttempts {
		report("/attempts", fmt.Sprintf("A step can be tried 1 to %d times, not %d.", MaxAttempts, r.Attempts))
	}
	if len(r.Delays) > 0 && r.Backoff != nil {
		report("/backoff", "Choose either fixed waits (delays) or growing ones (backoff), not both.")
	}
	if len(r.Delays) >= MaxAttempts {
		report("/delays", fmt.Sprintf("A step can be tried at most %d times, so there can be at most %d waits, not %d.", MaxAttempts, MaxAttempts-1, len(r.Delays)))
	}
	if r.Attempts > 0 && len(r.Delays) >= r.Attempts {
		report("/delays", fmt.Sprintf("%d attempts have at most %d waits between them, not %d.", r.Attempts, r.Attempts-1, len(r.Delays)))
	}
	for i, d := range r.Delays {
		checkDelay(under("/delays", i), d, report)
	}
	if b := r.Backoff; b != nil {
		checkDelay("/backoff/initial", b.Initial, report)
		checkDelay("/backoff/max", b.Max, report)
		if b.Factor != 0 && !(b.Factor >= 1 && b.Factor <= MaxFactor) {
			report("/backoff/factor", fmt.Sprintf("The waits can grow by a factor of 1 to %d, not %v.", MaxFactor, b.Factor))
		}
	}
}

func checkDelay(pointer string, d nodes.Duration, report func(pointer, message string)) {
	if d < 0 || time.Duration(d) > MaxDelay {
		report(pointer, fmt.Sprintf("A wait can be 0 to 24 hours, not %s.", durationText(d)))
	}
}
