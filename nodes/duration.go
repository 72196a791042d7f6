package nodes

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Duration is a length of time, never negative. It is written as Go writes it,
// with d and w for days and weeks ("10m", "36h", "3d", "2w", "1d12h"), or in
// words ("3 days", "1 hour 30 minutes"). A bare number is seconds.
type Duration time.Duration

// MaxDuration is the longest Duration: ten years.
const MaxDuration = Duration(10 * 365 * 24 * time.Hour)

var (
	durationText = regexp.MustCompile(`^(?:[0-9]+(?:\.[0-9]+)?\s*\p{L}+[\s,]*)+$`)
	durationPart = regexp.MustCompile(`([0-9]+(?:\.[0-9]+)?)\s*(\p{L}+)`)
)

var durationUnits = map[string]time.Duration{
	"ns": time.Nanosecond, "us": time.Microsecond, "µs": time.Microsecond, "ms": time.Millisecond,
	"s": time.Second, "sec": time.Second, "second": time.Second,
	"m": time.Minute, "min": time.Minute, "minute": time.Minute,
	"h": time.Hour, "hr": time.Hour, "hour": time.Hour,
	"d": 24 * time.Hour, "day": 24 * time.Hour,
	"w": 7 * 24 * time.Hour, "week": 7 * 24 * time.Hour,
}

// ParseDuration reads a Duration; the error is a sentence for the field.
func ParseDuration(text string) (Duration, error) {
	nonsense := fmt.Errorf("%.80q is not a length of time: write for example 10m, 36h or 3d", text)
	text = strings.ToLower(strings.TrimSpace(text))
	var total float64
	if seconds, err := strconv.ParseFloat(text, 64); err == nil {
		total = seconds * float64(time.Second)
	} else {
		if len(text) > 80 || !durationText.MatchString(text) {
			return 0, nonsense
		}
		for _, part := range durationPart.FindAllStringSubmatch(text, -1) {
			unit, ok := durationUnits[part[2]]
			if !ok {
				unit, ok = durationUnits[strings.TrimSuffix(part[2], "s")]
			}
			count, err := strconv.ParseFloat(part[1], 64)
			if !ok || err != nil {
				return 0, nonsense
			}
			total += count * float64(unit)
		}
	}
	if !(total >= 0) { // also NaN
		return 0, nonsense
	}
	if total > float64(MaxDuration) {
		return 0, fmt.Errorf("%.80q is longer than ten years", text)
	}
	return Duration(total), nil
}

// String writes the duration as Go does: "36h0m0s".
func (d Duration) String() string { return time.Duration(d).String() }
