package workflow

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// The values of Settings.Reentry.
const (
	// ReentryAlways lets a contact into the workflow whenever a trigger fires.
	ReentryAlways = "always"
	// ReentryAfter lets a contact in again once its run has ended.
	ReentryAfter = "after"
	// ReentryNever lets a contact in once.
	ReentryNever = "never"
)

// ZoneOfContact as Settings.Timezone is the zone of the run's contact, and the
// workspace's where that is not known.
const ZoneOfContact = "contact"

// Window is when a workflow may reach people: steps that send something wait for
// it.
type Window struct {
	// Days are mon, tue, wed, thu, fri, sat, sun; empty means every day.
	Days []string `json:"days,omitempty"`
	// From and To are times of day, HH:MM, in the workflow's zone. To is the first
	// minute that is outside, and 24:00 the end of the day; one that is not behind
	// From is on the next day.
	From string `json:"from"`
	To   string `json:"to"`
}

// weekdays are the words of Window.Days by time.Weekday.
var weekdays = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// window reads the setting of the same name.
func window(settings *object) *Window {
	o, ok := settings.child("window", "the hours")
	if !ok {
		return nil
	}
	w := &Window{From: o.required("from"), To: o.required("to")}
	for _, v := range o.list("days", len(weekdays)) {
		if day, isText := v.(string); isText {
			w.Days = append(w.Days, day)
			continue
		}
		o.refuse("days", CodeWrongType, "The days must be texts such as mon.")
	}
	o.done()
	return w
}

// minutes reads HH:MM as minutes since midnight; 24:00 is allowed.
func minutes(text string) (int, bool) {
	if text == "24:00" {
		return 24 * 60, true
	}
	at, err := time.Parse("15:04", text)
	return 60*at.Hour() + at.Minute(), err == nil && len(text) == 5
}

// Opens returns the first moment from now on at which the window is open: now
// itself when it is. A window that is not valid is always open.
func (w *Window) Opens(now time.Time, zone *time.Location) time.Time {
	from, okFrom := minutes(w.From)
	to, okTo := minutes(w.To)
	if !okFrom || !okTo {
		return now
	}
	if to <= from {
		to += 24 * 60
	}
	local := now.In(zone)
	// The window of yesterday may reach into today; in a week each day comes.
	for day := -1; day <= len(weekdays); day++ {
		// The calendar knows how long a day is: noon never falls into a gap.
		noon := time.Date(local.Year(), local.Month(), local.Day()+day, 12, 0, 0, 0, zone)
		if len(w.Days) > 0 && !slices.Contains(w.Days, weekdays[noon.Weekday()]) {
			continue
		}
		opens := time.Date(noon.Year(), noon.Month(), noon.Day(), 0, from, 0, 0, zone)
		closes := time.Date(noon.Year(), noon.Month(), noon.Day(), 0, to, 0, 0, zone)
		switch {
		case now.Before(opens):
			return opens
		case now.Before(closes):
			return now
		}
	}
	return now
}

// settings reports settings out of their range.
func (v *validator) settings() {
	s := v.doc.Settings
	bad := func(key, format string, args ...any) {
		v.at("/settings/"+key, "", false, CodeSetting, fmt.Sprintf(format, args...))
	}
	if s.Contact != ContactOptional && s.Contact != ContactRequired {
		bad("contact", "The setting contact must be %s or %s, not %.40q.", ContactOptional, ContactRequired, s.Contact)
	}
	switch s.Reentry {
	case "", ReentryAlways, ReentryAfter, ReentryNever:
	default:
		bad("reentry", "The setting reentry must be always, after or never, not %.40q.", s.Reentry)
	}
	if s.Timezone != nil && *s.Timezone != ZoneOfContact {
		if _, err := time.LoadLocation(*s.Timezone); err != nil || *s.Timezone == "" || *s.Timezone == "Local" {
			bad("timezone", "%.60q is not a time zone: choose one such as Europe/Berlin, contact for the contact's own, or none for the workspace's.", *s.Timezone)
		}
	}
	if s.Window == nil {
		return
	}
	from, okFrom := minutes(s.Window.From)
	to, okTo := minutes(s.Window.To)
	switch {
	case !okFrom || from == 24*60:
		bad("window/from", "%.20q is not a time of day: write it like 09:00.", s.Window.From)
	case !okTo:
		bad("window/to", "%.20q is not a time of day: write it like 17:00.", s.Window.To)
	case from == to:
		bad("window/to", "The hours begin and end at the same time: choose when they end.")
	}
	for i, day := range s.Window.Days {
		if !slices.Contains(weekdays, day) {
			bad(fmt.Sprintf("window/days/%d", i), "%.20q is not a day: use %s.", day, strings.Join(weekdays, ", "))
		}
	}
}
