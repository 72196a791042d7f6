package mapping

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// moment is a point in time, or a day without a time, which stays the same day
// in every zone.
type moment struct {
	time    time.Time
	dayOnly bool
}

// dayLayout is how a day without a time is written, and timeLayout a time.
const (
	dayLayout  = "2006-01-02"
	timeLayout = time.RFC3339Nano
)

func (m moment) String() string {
	if m.dayOnly {
		return m.time.Format(dayLayout)
	}
	return m.time.Format(timeLayout)
}

// in moves a time into a zone; a day stays.
func (m moment) in(zone *time.Location) moment {
	if m.dayOnly {
		y, month, d := m.time.Date()
		return moment{time: time.Date(y, month, d, 0, 0, 0, 0, zone), dayOnly: true}
	}
	return moment{time: m.time.In(zone)}
}

// dateLayouts are the forms that are read without a pattern. Forms that mean
// different days in different countries, like 03/04/2026, are not among them.
var dateLayouts = []string{
	time.RFC3339, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02T15:04",
	"2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 Z07:00", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 -0700 MST",
	"2006-01-02 15:04:05 MST", "2006-01-02 15:04:05", "2006-01-02 15:04", dayLayout, "2006/01/02 15:04:05", "2006/01/02",
	time.RFC1123Z, time.RFC1123, "Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST", time.RFC850, time.UnixDate, time.ANSIC,
	"Jan 2, 2006 15:04:05", "Jan 2, 2006 3:04 PM", "Jan 2, 2006", "January 2, 2006 15:04", "January 2, 2006 3:04 PM", "January 2, 2006",
	"2 Jan 2006 15:04:05", "2 Jan 2006 15:04", "2 Jan 2006", "2 January 2006 15:04", "2 January 2006", "2006-01", "20060102T150405Z0700",
}

// dayLayouts are those of dateLayouts that hold no time.
var dayLayouts = map[string]bool{
	dayLayout: true, "2006/01/02": true, "Jan 2, 2006": true, "January 2, 2006": true,
	"2 Jan 2006": true, "2 January 2006": true, "2006-01": true,
}

// readDate understands what senders call a date: RFC 3339 and its relatives,
// and Unix time in seconds or milliseconds. Text without a zone is in zone.
func readDate(v any, zone *time.Location) (moment, bool) {
	switch x := v.(type) {
	case int:
		return unixMoment(float64(x), zone), true
	case float64:
		return unixMoment(x, zone), math.Abs(x) < 1e17
	case string:
		return readDateText(strings.TrimSpace(shorten(x, 80)), zone)
	}
	return moment{}, false
}

func unixMoment(n float64, zone *time.Location) moment {
	switch size := math.Abs(n); {
	case size >= 1e14:
		return moment{time: time.UnixMicro(int64(n)).In(zone)}
	case size >= 1e11:
		return moment{time: time.UnixMilli(int64(n)).In(zone)}
	}
	seconds, fraction := math.Modf(n)
	return moment{time: time.Unix(int64(seconds), int64(fraction*1e9)).In(zone)}
}

func readDateText(text string, zone *time.Location) (moment, bool) {
	if text == "" || len(text) > 80 {
		return moment{}, false
	}
	if strings.Trim(text, "0123456789") == "" && (len(text) == 10 || len(text) == 13) {
		n, err := strconv.Atoi(text)
		return unixMoment(float64(n), zone), err == nil
	}
	for _, layout := range dateLayouts {
		if t, err := time.ParseInLocation(layout, text, zone); err == nil {
			return moment{time: t, dayOnly: dayLayouts[layout]}, yearInRange(t)
		}
	}
	return moment{}, false
}

// yearInRange keeps to years that RFC 3339 can write.
func yearInRange(t time.Time) bool {
	return t.Year() >= 0 && t.Year() <= 9999
}

// unitOf reads a unit of time in the singular or plural, or its short form.
func unitOf(text string) (string, bool) {
	switch text {
	case "s", "sec", "m", "min", "h", "d", "w", "y":
		return map[string]string{"s": "second", "sec": "second", "m": "minute", "min": "minute", "h": "hour", "d": "day", "w": "week", "y": "year"}[text], true
	}
	unit := strings.TrimSuffix(strings.ToLower(text), "s")
	switch unit {
	case "second", "minute", "hour", "day", "week", "month", "quarter", "year":
		return unit, true
	}
	return "", false
}

// plus moves a moment by calendar units in its zone: a day is a day also when
// clocks change, and January 31 plus a month is the last day of February. A day
// stays a day unless hours are added to it.
func (m moment) plus(n int, unit string) (moment, bool) {
	const limit = 1_000_000_000
	if n > limit || n < -limit {
		return moment{}, false
	}
	t := m.time
	switch unit {
	case "second":
		t = addSeconds(t, n)
	case "minute":
		t = addSeconds(t, n*60)
	case "hour":
		t = addSeconds(t, n*3600)
	case "day":
		t = t.AddDate(0, 0, n)
	case "week":
		t = t.AddDate(0, 0, 7*n)
	case "month":
		t = addMonths(t, n)
	case "quarter":
		t = addMonths(t, 3*n)
	case "year":
		t = addMonths(t, 12*n)
	}
	dayOnly := m.dayOnly && unit != "second" && unit != "minute" && unit != "hour"
	return moment{time: t, dayOnly: dayOnly}, yearInRange(t)
}

// addSeconds goes beyond the 292 years of a Duration.
func addSeconds(t time.Time, n int) time.Time {
	return time.Unix(t.Unix()+int64(n), int64(t.Nanosecond())).In(t.Location())
}

func addMonths(t time.Time, n int) time.Time {
	y, month, d := t.Date()
	first := time.Date(y, month+time.Month(n), 1, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), t.Location())
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(d, last)-1)
}

// startOf gives the first moment of the unit that holds m; weeks start on Monday.
func (m moment) startOf(unit string) moment {
	t := m.time
	y, month, d := t.Date()
	zone := t.Location()
	switch unit {
	case "second":
		t = t.Truncate(time.Second)
	case "minute":
		t = time.Date(y, month, d, t.Hour(), t.Minute(), 0, 0, zone)
	case "hour":
		t = time.Date(y, month, d, t.Hour(), 0, 0, 0, zone)
	case "day":
		t = time.Date(y, month, d, 0, 0, 0, 0, zone)
	case "week":
		t = time.Date(y, month, d-(int(t.Weekday())+6)%7, 0, 0, 0, 0, zone)
	case "month":
		t = time.Date(y, month, 1, 0, 0, 0, 0, zone)
	case "quarter":
		t = time.Date(y, month-(month-1)%3, 1, 0, 0, 0, 0, zone)
	case "year":
		t = time.Date(y, 1, 1, 0, 0, 0, 0, zone)
	}
	return moment{time: t, dayOnly: m.dayOnly}
}

// until counts the whole units from m to other, negative when other is before.
func (m moment) until(other moment, unit string) int {
	a, b := m.time, other.time.In(m.time.Location())
	if b.Before(a) {
		// Counted in the zone of the first, so that both ways agree.
		return -moment{time: b}.until(moment{time: a}, unit)
	}
	seconds := int(b.Unix() - a.Unix())
	if b.Nanosecond() < a.Nanosecond() {
		seconds--
	}
	switch unit {
	case "second":
		return seconds
	case "minute":
		return seconds / 60
	case "hour":
		return seconds / 3600
	case "day":
		return wholeDays(a, b)
	case "week":
		return wholeDays(a, b) / 7
	case "month":
		return wholeMonths(a, b)
	case "quarter":
		return wholeMonths(a, b) / 3
	}
	return wholeMonths(a, b) / 12
}

func wholeDays(a, b time.Time) int {
	days := int(julian(b) - julian(a))
	if days > 0 && clock(b) < clock(a) {
		days--
	}
	return days
}

func wholeMonths(a, b time.Time) int {
	months := (b.Year()-a.Year())*12 + int(b.Month()-a.Month())
	if months > 0 && b.Before(addMonths(a, months)) {
		months--
	}
	return months
}

// julian numbers days, whatever their zone and length.
func julian(t time.Time) int64 {
	y, month, d := t.Date()
	return time.Date(y, month, d, 0, 0, 0, 0, time.UTC).Unix() / 86400
}

func clock(t time.Time) time.Duration {
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute +
		time.Duration(t.Second())*time.Second + time.Duration(t.Nanosecond())
}
