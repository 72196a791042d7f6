package workflow

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestL15HoursOpen(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	office := Window{Days: []string{"mon", "tue", "wed", "thu", "fri"}, From: "09:00", To: "17:00"}
	night := Window{Days: []string{"fri"}, From: "22:00", To: "06:00"}
	for name, c := range map[string]struct {
		w         Window
		now, want string
	}{
		"inside":                       {office, "2026-03-02T12:00:00+01:00", ""},
		"as it opens":                  {office, "2026-03-02T09:00:00+01:00", ""},
		"as it closes":                 {office, "2026-03-02T17:00:00+01:00", "2026-03-03T09:00:00+01:00"},
		"before":                       {office, "2026-03-02T08:59:59+01:00", "2026-03-02T09:00:00+01:00"},
		"over the week-end":            {office, "2026-03-06T18:00:00+01:00", "2026-03-09T09:00:00+01:00"},
		"over the change of the clock": {office, "2026-03-27T18:00:00+01:00", "2026-03-30T09:00:00+02:00"},
		"in another zone":              {office, "2026-03-02T07:00:00Z", "2026-03-02T08:00:00Z"},
		"a night that began yesterday": {night, "2026-03-07T05:59:00+01:00", ""},
		"a night that is over":         {night, "2026-03-07T06:00:00+01:00", "2026-03-13T22:00:00+01:00"},
		"every day to midnight":        {Window{From: "00:00", To: "24:00"}, "2026-03-02T23:59:59+01:00", ""},
	} {
		now, err := time.Parse(time.RFC3339, c.now)
		if err != nil {
			t.Fatal(err)
		}
		want := now
		if c.want != "" {
			if want, err = time.Parse(time.RFC3339, c.want); err != nil {
				t.Fatal(err)
			}
		}
		if got := c.w.Opens(now, berlin); !got.Equal(want) {
			t.Errorf("%s: opens %s, want %s", name, got, want)
		}
	}
}

// Whatever the hours, a window opens within eight days, never in the past, and is
// open then.
func TestL15HoursAlwaysCome(t *testing.T) {
	zones := []string{"UTC", "Europe/Berlin", "America/New_York", "Pacific/Apia", "Asia/Kolkata"}
	rapid.Check(t, func(t *rapid.T) {
		zone, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		clock := func(label string) string {
			return time.Date(2026, 1, 1, rapid.IntRange(0, 23).Draw(t, label+" hour"), rapid.IntRange(0, 59).Draw(t, label+" minute"), 0, 0, time.UTC).Format("15:04")
		}
		w := Window{From: clock("from"), To: clock("to"), Days: rapid.SliceOfDistinct(rapid.SampledFrom(weekdays), rapid.ID[string]).Draw(t, "days")}
		now := time.Unix(rapid.Int64Range(1_700_000_000, 1_900_000_000).Draw(t, "now"), 0)
		opens := w.Opens(now, zone)
		if opens.Before(now) || opens.Sub(now) > 8*24*time.Hour+2*time.Hour {
			t.Fatalf("%+v at %s opens %s", w, now.In(zone), opens.In(zone))
		}
		if again := w.Opens(opens, zone); !again.Equal(opens) {
			t.Fatalf("%+v is not open when it opens, at %s, but %s", w, opens.In(zone), again.In(zone))
		}
	})
}
