package nodes

import (
	"fmt"
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
	total, ok := nanoseconds(text)
	if !ok {
		return 0, fmt.Errorf("%.80q is not a length of time: write for example 10m, 36h or 3d", text)
	}
	if total > float64(MaxDuration) {
		return 0, fmt.Errorf("%.80q is longer than ten years", text)
	}
	return Duration(total), nil
}

func nanoseconds(text string) (total float64, ok bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "" || len(text) > 80 {
		return 0, false
	}
	for rest := text; rest != ""; {
		number := rest[:len(rest)-len(strings.TrimLeft(rest, "0123456789."))]
		rest = strings.TrimLeft(rest[len(number):], " \t")
		count, err := strconv.ParseFloat(number, 64)
		if err != nil {
			return 0, false
		}
		end := strings.IndexAny(rest, "0123456789., \t")
		if end < 0 {
			end = len(rest)
		}
		unit, known := durationUnit(rest[:end])
		if rest == "" && number == text { // a bare number
			unit, known = time.Second, true
		}
		if !known {
			return 0, false
		}
		total += count * float64(unit)
		rest = strings.TrimLeft(rest[end:], ", \t")
	}
	return total, true
}

func durationUnit(word string) (time.Duration, bool) {
	if unit, ok := durationUnits[word]; ok {
		return unit, true
	}
	unit, ok := durationUnits[strings.TrimSuffix(word, "s")]
	return unit, ok && len(word) > 3
}

// String writes the duration as Go does: "36h0m0s".
func (d Duration) String() string { return time.Duration(d).String() }
