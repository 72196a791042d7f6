// Package schedule holds the trigger that starts at times.
package schedule

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/adhocore/gronx"

	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.ScheduleTrigger[TickParams]{Meta: nodes.Meta{
		Type: "schedule.tick", Version: 1, Name: "Schedule", Group: "Triggers", Icon: "clock",
		Summary: "Start at set times: every few minutes or hours, daily, weekly or monthly.",
		Card:    "{every}",
		Sample: map[string]any{
			"id": "start", "type": "schedule.tick", "event": "schedule.tick", "occurred_at": "2026-01-30T08:00:00.12Z",
			"scheduled_for": "2026-01-30T08:00:00Z",
			"local": map[string]any{
				"date": "2026-01-30", "time": "09:00", "weekday": "Friday", "timezone": "Europe/Berlin",
				"year": 2026, "month": 1, "day": 30, "hour": 9, "minute": 0,
			},
		},
	}, Next: next})
}

// TickParams say when.
type TickParams struct {
	Every    string   `json:"every" label:"How often" options:"minutes=Every few minutes,hours=Every few hours,day=Every day,week=On days of the week,month=On a day of the month,cron=Cron expression" default:"day" no_map:"true"`
	Minutes  int      `json:"minutes" label:"Minutes in between" default:"15" min:"1" max:"720" show_if:"every=minutes" no_map:"true" help:"Counted from midnight: with 15, at 0:00, 0:15 and so on."`
	Hours    int      `json:"hours" label:"Hours in between" default:"1" min:"1" max:"24" show_if:"every=hours" no_map:"true" help:"Counted from midnight: with 6, at 0:00, 6:00, 12:00 and 18:00."`
	Weekdays []string `json:"weekdays" label:"On" options:"mon=Monday,tue=Tuesday,wed=Wednesday,thu=Thursday,fri=Friday,sat=Saturday,sun=Sunday" default:"mon" show_if:"every=week" no_map:"true"`
	Day      int      `json:"day" label:"Day of the month" default:"1" min:"1" max:"31" show_if:"every=month" no_map:"true" help:"In a shorter month it is the last day: 31 is the last day of every month."`
	Time     string   `json:"time" label:"At" default:"09:00" example:"09:00" show_if:"every=day|week|month" no_map:"true" help:"Hours and minutes, as on a 24-hour clock."`
	Cron     string   `json:"cron" label:"Cron expression" example:"0 9 * * 1-5" show_if:"every=cron" no_map:"true" help:"Minute, hour, day of the month, month, day of the week. 0 9 * * 1-5 is at 9:00 from Monday to Friday."`
	Timezone string   `json:"timezone" label:"Time zone" example:"Europe/Berlin" no_map:"true" advanced:"true" help:"Leave empty for the time zone of the workflow."`
}

var weekdays = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// Validate finds times that cannot be.
func (p TickParams) Validate() []nodes.FieldProblem {
	var problems []nodes.FieldProblem
	bad := func(field, format string, args ...any) {
		problems = append(problems, nodes.FieldProblem{Pointer: "/" + field, Code: "invalid", Message: fmt.Sprintf(format, args...)})
	}
	timed := p.Every == "day" || p.Every == "week" || p.Every == "month"
	if _, _, ok := clockOf(p.Time); timed && !ok {
		bad("time", "%.40q is no time of day: write for example 09:00 or 17:30.", p.Time)
	}
	if p.Every == "week" && len(p.Weekdays) == 0 {
		bad("weekdays", "Choose at least one day of the week.")
	}
	if p.Timezone != "" {
		if _, err := time.LoadLocation(p.Timezone); err != nil || p.Timezone == "Local" {
			bad("timezone", "%.60q is not a time zone: write for example Europe/Berlin, or leave it empty.", p.Timezone)
		}
	}
	if p.Every == "cron" {
		if why := badCron(p.Cron); why != "" {
			bad("cron", "%s", why)
		}
	}
	return problems
}

// badCron says what is wrong with an expression, "" for nothing.
func badCron(text string) string {
	switch {
	case strings.TrimSpace(text) == "":
		return "Write when it starts, for example 0 9 * * 1-5."
	case len(text) > 200 || len(strings.Fields(text)) != 5 || !gronx.IsValid(text):
		return fmt.Sprintf("%.80q is no cron expression of five fields: minute, hour, day of the month, month and day of the week.", text)
	}
	if _, err := gronx.NextTickAfter(text, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), false); err != nil {
		return fmt.Sprintf("There is no such day: %.80q never comes.", text)
	}
	return ""
}

func clockOf(text string) (hour, minute int, ok bool) {
	t, err := time.Parse("15:04", strings.TrimSpace(text))
	return t.Hour(), t.Minute(), err == nil
}

// next is the first time after a time that the params name.
func next(p TickParams, after time.Time) (time.Time, bool) {
	if p.Timezone != "" {
		zone, err := time.LoadLocation(p.Timezone)
		if err != nil {
			return time.Time{}, false
		}
		after = after.In(zone)
	}
	hour, minute, ok := clockOf(p.Time)
	switch p.Every {
	case "minutes":
		return stepped(after, time.Duration(p.Minutes)*time.Minute)
	case "hours":
		return stepped(after, time.Duration(p.Hours)*time.Hour)
	case "cron":
		return cron(p.Cron, after)
	case "day":
		return onDays(after, hour, minute, ok, func(time.Time) bool { return true })
	case "week":
		return onDays(after, hour, minute, ok, func(day time.Time) bool { return slices.Contains(p.Weekdays, weekdays[day.Weekday()]) })
	case "month":
		return onDays(after, hour, minute, ok, func(day time.Time) bool {
			last := time.Date(day.Year(), day.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day()
			return day.Day() == min(p.Day, last)
		})
	}
	return time.Time{}, false
}
