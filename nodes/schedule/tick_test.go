package schedule

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/hookloom/hookloom/nodes"
)

// TestTimes looks at what comes next, also on the days on which clocks are
// changed: in New York on 8 March and 1 November 2026.
func TestTimes(t *testing.T) {
	for _, c := range []struct {
		name, zone, after string
		p                 TickParams
		want              []string
	}{
		{"minutes", "UTC", "2026-03-01 12:07", TickParams{Every: "minutes", Minutes: 15}, []string{"2026-03-01 12:15 UTC", "2026-03-01 12:30 UTC"}},
		{"minutes that do not divide the day", "UTC", "2026-03-01 23:01", TickParams{Every: "minutes", Minutes: 45}, []string{"2026-03-01 23:15 UTC", "2026-03-02 00:00 UTC"}},
		{"hours", "Europe/Berlin", "2026-03-01 12:07", TickParams{Every: "hours", Hours: 6}, []string{"2026-03-01 18:00 CET", "2026-03-02 00:00 CET"}},
		{"hours keep their distance", "America/New_York", "2026-03-08 00:30", TickParams{Every: "hours", Hours: 2}, []string{"2026-03-08 03:00 EDT", "2026-03-08 05:00 EDT"}},
		{"a day", "America/New_York", "2026-03-07 09:00", TickParams{Every: "day", Time: "09:00"}, []string{"2026-03-08 09:00 EDT", "2026-03-09 09:00 EDT"}},
		{"a day in the gap", "America/New_York", "2026-03-07 02:30", TickParams{Every: "day", Time: "02:30"}, []string{"2026-03-08 03:00 EDT", "2026-03-09 02:30 EDT"}},
		{"a day with two of them", "America/New_York", "2026-10-31 01:30", TickParams{Every: "day", Time: "01:30"}, []string{"2026-11-01 01:30 EDT", "2026-11-02 01:30 EST"}},
		{"days of the week", "UTC", "2026-03-01 12:00", TickParams{Every: "week", Weekdays: []string{"mon", "fri"}, Time: "08:15"}, []string{"2026-03-02 08:15 UTC", "2026-03-06 08:15 UTC"}},
		{"the last of the month", "UTC", "2026-01-31 12:00", TickParams{Every: "month", Day: 31, Time: "09:00"}, []string{"2026-02-28 09:00 UTC", "2026-03-31 09:00 UTC"}},
		{"a zone of its own", "UTC", "2026-03-01 12:00", TickParams{Every: "day", Time: "09:00", Timezone: "Asia/Tokyo"}, []string{"2026-03-02 09:00 JST"}},
		{"cron", "UTC", "2026-03-06 09:00", TickParams{Every: "cron", Cron: "0 9 * * 1-5"}, []string{"2026-03-09 09:00 UTC", "2026-03-10 09:00 UTC"}},
		{"cron in the gap", "America/New_York", "2026-03-07 02:30", TickParams{Every: "cron", Cron: "30 2 * * *"}, []string{"2026-03-08 03:00 EDT", "2026-03-09 02:30 EDT"}},
		{"cron of every hour passes the gap", "America/New_York", "2026-03-08 01:40", TickParams{Every: "cron", Cron: "17,47 * * * *"}, []string{"2026-03-08 01:47 EST", "2026-03-08 03:17 EDT"}},
		{"cron twice on the clock, once a day", "America/New_York", "2026-10-31 12:00", TickParams{Every: "cron", Cron: "30 1 * * *"}, []string{"2026-11-01 01:30 EDT", "2026-11-02 01:30 EST"}},
		{"cron of every hour counts both", "America/New_York", "2026-11-01 00:45", TickParams{Every: "cron", Cron: "30 * * * *"}, []string{"2026-11-01 01:30 EDT", "2026-11-01 01:30 EST", "2026-11-01 02:30 EST"}},
	} {
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		at, err := time.ParseInLocation("2006-01-02 15:04", c.after, zone)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range c.want {
			var ok bool
			if at, ok = next(c.p, at); !ok || at.Format("2006-01-02 15:04 MST") != want {
				t.Errorf("%s: got %s, %v; want %s", c.name, at.Format("2006-01-02 15:04 MST"), ok, want)
				break
			}
		}
	}
}

// TestTimesGoOn holds every schedule in every kind of zone to going forward, and a
// daily one to once a day.
func TestTimesGoOn(t *testing.T) {
	zones := []string{"UTC", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata", "America/Sao_Paulo", "Pacific/Apia"}
	rapid.Check(t, func(t *rapid.T) {
		zone, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		at := time.Unix(rapid.Int64Range(1_230_000_000, 1_900_000_000).Draw(t, "at"), 0).In(zone)
		clock := time.Date(2000, 1, 1, 0, rapid.IntRange(0, 1439).Draw(t, "clock"), 0, 0, time.UTC)
		p := TickParams{
			Every:   rapid.SampledFrom([]string{"minutes", "hours", "day", "week", "month", "cron"}).Draw(t, "every"),
			Minutes: rapid.IntRange(1, 720).Draw(t, "minutes"), Hours: rapid.IntRange(1, 24).Draw(t, "hours"),
			Weekdays: []string{"sun"}, Day: rapid.IntRange(1, 31).Draw(t, "day"), Time: clock.Format("15:04"), Cron: clock.Format("4 15") + " * * *",
		}
		days := map[string]bool{}
		for range 5 {
			next, ok := next(p, at)
			if !ok || !next.After(at) || next.Sub(at) > 63*24*time.Hour {
				t.Fatalf("after %s comes %s, %v", at, next, ok)
			}
			day := next.Format(time.DateOnly)
			if (p.Every == "day" || p.Every == "cron") && days[day] {
				t.Fatalf("twice on %s", day)
			}
			days[day], at = true, next
		}
	})
}

func TestWrongTimes(t *testing.T) {
	n := nodes.Default().Lookup("schedule.tick")
	for field, params := range map[string]map[string]any{
		"/time":     {"every": "day", "time": "25:00"},
		"/weekdays": {"every": "week", "weekdays": []any{}},
		"/timezone": {"every": "day", "timezone": "Mars/Base"},
		"/cron":     {"every": "cron", "cron": "* * * *"},
		"/minutes":  {"every": "minutes", "minutes": 0},
	} {
		if problems := n.Check(params); len(problems) != 1 || problems[0].Pointer != field {
			t.Errorf("%v: %+v", params, problems)
		}
	}
	if problems := n.Check(map[string]any{"every": "cron", "cron": "0 0 30 2 *"}); len(problems) != 1 {
		t.Errorf("a day that never comes: %+v", problems)
	}
	if problems := n.Check(map[string]any{}); len(problems) != 0 {
		t.Errorf("the defaults: %+v", problems)
	}
}
