package mapping

import (
	"encoding/json"
	"time"
)

// dateCost is what trying the known forms of dates takes, in steps.
const dateCost = 50

func dateFunctions() []function {
	const group = "Dates"
	return []function{
		{Function: Function{Name: "now", Group: group, Summary: "The date and time now, in the zone of the workspace.",
			Args: args(), Example: `now()`, Result: "2026-03-01T12:00:00Z"},
			eval: func(c call) (any, error) {
				return moment{time: c.r.now().In(c.r.zone()).Truncate(time.Microsecond)}.String(), nil
			}},
		{Function: Function{Name: "today", Group: group, Summary: "The date of today, in the zone of the workspace or the given one.",
			Args: args("zone:text?"), Example: `today()`, Result: "2026-03-01"}, takesNil: true,
			eval: func(c call) (any, error) {
				zone, err := c.zone(0)
				if err != nil {
					return nil, err
				}
				return c.r.now().In(zone).Format(dayLayout), nil
			}},
		{Function: Function{Name: "date_parse", Group: group, Summary: "Reads a date, by a pattern such as DD.MM.YYYY where it is ambiguous; nothing when it is no date.",
			Args: args("value:any", "pattern:text?", "zone:text?"), Example: `"31/12/2026 18:30" | date_parse("DD/MM/YYYY HH:mm", "Europe/Berlin")`, Result: "2026-12-31T18:30:00+01:00"}, cost: dateCost, eval: dateParse},
		{Function: Function{Name: "date_format", Group: group, Summary: "Writes a date by a pattern: YYYY MM DD HH mm ss, MMMM for the month's name, dddd for the day's, [text] as it is.",
			Args: args("date", "pattern:text", "zone:text?", "locale:text?"), Example: `"2026-03-01T18:05:00Z" | date_format("DD MMM YYYY, HH:mm", "Europe/Berlin")`, Result: "01 Mar 2026, 19:05"}, cost: dateCost, eval: dateFormat},
		{Function: Function{Name: "date_add", Group: group, Summary: "Moves a date by seconds, minutes, hours, days, weeks, months, quarters or years; negative goes back.",
			Args: args("date", "amount:number", "unit:text?", "zone:text?"), Example: `"2026-01-31" | date_add(1, "month")`, Result: "2026-02-28"}, cost: dateCost, eval: dateAdd},
		{Function: Function{Name: "date_diff", Group: group, Summary: "How many whole units lie from the first date to the second; days if not said.",
			Args: args("from:date", "to:date", "unit:text?"), Example: `date_diff("2026-03-01", "2026-03-31", "weeks")`, Result: 4}, cost: dateCost, eval: dateDiff},
		{Function: Function{Name: "date_start", Group: group, Summary: "The start of the day, week (Monday), month, quarter or year that holds a date.",
			Args: args("date", "unit:text", "zone:text?"), Example: `"2026-03-18" | date_start("month")`, Result: "2026-03-01"}, cost: dateCost, eval: dateStart},
		{Function: Function{Name: "date_end", Group: group, Summary: "The end of the day, week (Sunday), month, quarter or year that holds a date.",
			Args: args("date", "unit:text", "zone:text?"), Example: `"2026-02-18" | date_end("month")`, Result: "2026-02-28"}, cost: dateCost, eval: dateEnd},
		{Function: Function{Name: "unix_time", Group: group, Summary: "A date as seconds since 1970.",
			Args: args("date"), Example: `"2026-03-01T12:00:00Z" | unix_time()`, Result: 1772366400},
			cost: dateCost, eval: func(c call) (any, error) {
				m, ok := c.date(0, c.r.zone())
				if !ok {
					return c.noDate(0)
				}
				return int(m.time.Unix()), nil
			}},
	}
}

// zone gives the zone of argument i, or that of the run.
func (c call) zone(i int) (*time.Location, error) {
	if name := c.text(i); name != "" {
		return loadZone(name)
	}
	return c.r.zone(), nil
}

// date reads argument i and moves it into zone.
func (c call) date(i int, zone *time.Location) (moment, bool) {
	m, ok := readDate(c.at(i), zone)
	return m.in(zone), ok
}

func (c call) noDate(i int) (any, error) {
	hint := ""
	if _, isText := c.at(i).(string); isText {
		hint = "; date_parse() reads other forms by a pattern"
	}
	return c.noteNothing("%s is no date%s", show(c.at(i)), hint)
}

func (c call) unitOfTime(i int, otherwise string) (string, error) {
	text := c.text(i)
	if text == "" {
		text = otherwise
	}
	unit, ok := unitOf(text)
	if !ok {
		return "", c.failf("%q is no unit; write days, hours, minutes, weeks, months or years", shorten(text, 20))
	}
	return unit, nil
}

func dateParse(c call) (any, error) {
	zone, err := c.zone(2)
	if err != nil {
		return nil, err
	}
	if n, isBig := c.at(0).(json.Number); isBig {
		return c.noteNothing("%s is no date", shorten(string(n), 40))
	}
	pattern := c.text(1)
	if pattern == "" {
		m, ok := c.date(0, zone)
		if !ok {
			return c.noDate(0)
		}
		return m.String(), nil
	}
	if len(pattern) > maxDatePattern {
		return nil, c.failf("takes patterns of at most %d characters", maxDatePattern)
	}
	text := Text(c.at(0))
	if len(text) > maxDatePattern {
		return c.noDate(0)
	}
	m, ok := parseDate(text, pattern, localeFor(c.r.locale()).base, zone)
	if !ok {
		return c.noteNothing("%s does not look like %s", show(c.at(0)), pattern)
	}
	return m.String(), nil
}

func dateFormat(c call) (any, error) {
	zone, err := c.zone(2)
	if err != nil {
		return nil, err
	}
	if len(c.text(1)) > maxDatePattern {
		return nil, c.failf("takes patterns of at most %d characters", maxDatePattern)
	}
	m, ok := c.date(0, zone)
	if !ok {
		return c.noDate(0)
	}
	return c.made(formatDate(m.time, c.text(1), localeFor(c.localeAt(3)).base))
}

func dateAdd(c call) (any, error) {
	zone, err := c.zone(3)
	if err != nil {
		return nil, err
	}
	unit, err := c.unitOfTime(2, "day")
	if err != nil {
		return nil, err
	}
	n, err := c.whole()
	if err != nil {
		return nil, err
	}
	m, ok := c.date(0, zone)
	if !ok {
		return c.noDate(0)
	}
	if m, ok = m.plus(n, unit); !ok {
		return nil, c.failf("leaves the years 0 to 9999")
	}
	return m.String(), nil
}

func dateDiff(c call) (any, error) {
	unit, err := c.unitOfTime(2, "day")
	if err != nil {
		return nil, err
	}
	if c.at(1) == nil {
		return nil, nil
	}
	from, ok := c.date(0, c.r.zone())
	if !ok {
		return c.noDate(0)
	}
	to, ok := c.date(1, c.r.zone())
	if !ok {
		return c.noDate(1)
	}
	return from.until(to, unit), nil
}

func dateStart(c call) (any, error) {
	return c.edge(moment.startOf)
}

// dateEnd is the last second of the unit, or its last day.
func dateEnd(c call) (any, error) {
	return c.edge(func(m moment, unit string) moment {
		next, _ := m.startOf(unit).plus(1, unit)
		if m.dayOnly {
			return moment{time: next.time.AddDate(0, 0, -1), dayOnly: true}
		}
		return moment{time: next.time.Add(-time.Second)}
	})
}

func (c call) edge(of func(m moment, unit string) moment) (any, error) {
	zone, err := c.zone(2)
	if err != nil {
		return nil, err
	}
	unit, err := c.unitOfTime(1, "day")
	if err != nil {
		return nil, err
	}
	m, ok := c.date(0, zone)
	if !ok {
		return c.noDate(0)
	}
	return of(m, unit).String(), nil
}
