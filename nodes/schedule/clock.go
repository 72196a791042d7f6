package schedule

import (
	"strings"
	"time"

	"github.com/adhocore/gronx"
)

// What clocks that are put forward and back do to times: a time of day that is
// left out comes right after the gap, and one that comes twice counts the first
// time. What is counted in minutes or hours keeps its distance.

// onDays is the first time of day after a time on a day that fits. It looks at 62
// days, so a day of every month is among them.
func onDays(after time.Time, hour, minute int, ok bool, fits func(day time.Time) bool) (time.Time, bool) {
	// A date of its own zone has no gaps to fall into.
	day := time.Date(after.Year(), after.Month(), after.Day(), 0, 0, 0, 0, time.UTC)
	for n := 0; ok && n <= 62; n++ {
		if at := wall(day, hour, minute, after.Location()); fits(day) && at.After(after) {
			return at, true
		}
		day = day.AddDate(0, 0, 1)
	}
	return time.Time{}, false
}

// wall is the moment at which the clocks of a zone show a time on a day.
func wall(day time.Time, hour, minute int, zone *time.Location) time.Time {
	t := time.Date(day.Year(), day.Month(), day.Day(), hour, minute, 0, 0, zone)
	begin, end := t.ZoneBounds()
	shown := time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), 0, 0, time.UTC)
	wanted := time.Date(day.Year(), day.Month(), day.Day(), hour, minute, 0, 0, time.UTC)
	switch {
	case shown.After(wanted):
		return begin
	case shown.Before(wanted):
		return end
	}
	if back := putBack(t); back > 0 {
		return t.Add(-back)
	}
	return t
}

// putBack is how much earlier the clocks showed the same time already, 0 for not
// at all.
func putBack(t time.Time) time.Duration {
	begin, _ := t.ZoneBounds()
	if begin.IsZero() {
		return 0
	}
	_, now := t.Zone()
	_, before := begin.Add(-time.Second).Zone()
	back := time.Duration(before-now) * time.Second
	if back > 0 && t.Add(-back).Before(begin) {
		return back
	}
	return 0
}

// stepped is the first multiple of step since midnight after a time; each
// midnight counts anew.
func stepped(after time.Time, step time.Duration) (time.Time, bool) {
	if step <= 0 {
		return time.Time{}, false
	}
	today := time.Date(after.Year(), after.Month(), after.Day(), 0, 0, 0, 0, time.UTC)
	midnight := wall(today, 0, 0, after.Location())
	tomorrow := wall(today.AddDate(0, 0, 1), 0, 0, after.Location())
	at := midnight.Add((after.Sub(midnight)/step + 1) * step) //nolint:durationcheck // the quotient is a count
	if at.After(tomorrow) {
		at = tomorrow
	}
	return at, at.After(after)
}

// cron is the first time after a time that an expression names. It goes through
// the stretches of time in which the clocks are not changed.
func cron(text string, after time.Time) (time.Time, bool) {
	hours, zone := "", after.Location()
	if fields := strings.Fields(text); len(fields) == 5 {
		hours = fields[1]
	}
	everyHour := strings.HasPrefix(hours, "*")
	from, offset := after, offsetOf(after)
	_, end := after.ZoneBounds()
	for range 1000 {
		at, err := gronx.NextTickAfter(text, from.In(time.FixedZone("", offset)), false)
		if err != nil {
			return time.Time{}, false
		}
		at = at.In(zone)
		switch {
		case !end.IsZero() && !at.Before(end):
			ahead := time.Duration(offsetOf(end.In(zone))-offset) * time.Second
			if !everyHour && at.Before(end.Add(ahead)) {
				return end.In(zone), true
			}
			from, offset = end.Add(-time.Second), offsetOf(end.In(zone))
			_, end = end.In(zone).ZoneBounds()
		case !everyHour && putBack(at) > 0:
			from = at
		default:
			return at, true
		}
	}
	return time.Time{}, false
}

func offsetOf(t time.Time) int {
	_, offset := t.Zone()
	return offset
}
