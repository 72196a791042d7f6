package insight

import (
	"context"
	"fmt"
	"time"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/engine"
)

// ChartQuery says which runs to count.
type ChartQuery struct {
	WorkflowID string    `query:"workflow_id" maxLength:"60" doc:"All workflows when left out"`
	By         string    `query:"by" enum:"hour,day" default:"day" doc:"How long one slot is; days are those of the workspace's time zone"`
	From       time.Time `query:"from" doc:"Runs that began then or later; 7 days or 24 hours before to when left out"`
	To         time.Time `query:"to" doc:"Runs that began before; now when left out"`
}

// Chart is how much ran when.
type Chart struct {
	From  time.Time `json:"from"`
	To    time.Time `json:"to"`
	By    string    `json:"by" enum:"hour,day"`
	Slots []Slot    `json:"slots" nullable:"false" doc:"Without gaps, oldest first; of the 200,000 newest runs of that time"`
	Total Counts    `json:"total"`
}

// Slot is one hour or day.
type Slot struct {
	At time.Time `json:"at" doc:"When it begins"`
	// Day is there because the same instant is another day elsewhere.
	Day string `json:"day" doc:"The day in the workspace's time zone, such as 2026-03-01"`
	Counts
}

// Counts are live runs by what became of them so far. It is exported because huma
// does not see what is embedded otherwise.
type Counts struct {
	Succeeded int `json:"succeeded"`
	Failed    int `json:"failed" doc:"Failed or parked"`
	Open      int `json:"open" doc:"Queued, running, waiting or held"`
	Canceled  int `json:"canceled"`
}

func (c *Counts) add(s engine.Status, n int) {
	switch s {
	case engine.Succeeded:
		c.Succeeded += n
	case engine.Failed, engine.Parked:
		c.Failed += n
	case engine.Canceled:
		c.Canceled += n
	default:
		c.Open += n
	}
}

// grain is the slot that the database counts by: every time zone's days begin at
// a multiple of it.
const grain = 15 * time.Minute

const (
	maxHours = 14 * 24
	maxDays  = 366
)

// Chart counts runs by hours or days.
func (i *Insight) Chart(ctx context.Context, ws string, zone *time.Location, q ChartQuery) (Chart, error) {
	c := Chart{From: q.From, To: q.To, By: q.By, Slots: []Slot{}}
	if c.To.IsZero() {
		c.To = i.now()
	}
	if c.From.IsZero() {
		c.From = c.To.Add(-24 * time.Hour)
		if q.By == "day" {
			c.From = c.To.AddDate(0, 0, -6)
		}
	}
	if c.To.Before(c.From) {
		return c, problem.InQuery("to", "invalid", "The parameter to lies before from.")
	}
	begin := slotOf(c.From, q.By, zone)
	for at := begin; at.Before(c.To); at = nextSlot(at, q.By) {
		c.Slots = append(c.Slots, Slot{At: at.UTC(), Day: at.Format(time.DateOnly)})
		if q.By == "day" && len(c.Slots) > maxDays || q.By == "hour" && len(c.Slots) > maxHours {
			return c, problem.InQuery("from", "too_many", fmt.Sprintf("That is too long for one chart: at most %d hours or %d days.", maxHours, maxDays))
		}
	}
	counts, err := i.count(ctx, ws, q.WorkflowID, begin, c.To)
	if err != nil {
		return c, err
	}
	index := map[int64]int{}
	for n, s := range c.Slots {
		index[s.At.Unix()] = n
	}
	for _, one := range counts {
		if n, ok := index[slotOf(one.Slot, q.By, zone).Unix()]; ok {
			c.Slots[n].add(one.Status, one.Count)
			c.Total.add(one.Status, one.Count)
		}
	}
	c.From, c.To = c.From.UTC(), c.To.UTC()
	return c, nil
}

func slotOf(at time.Time, by string, zone *time.Location) time.Time {
	at = at.In(zone)
	if by == "hour" {
		return at.Truncate(time.Hour)
	}
	return time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, zone)
}

func nextSlot(at time.Time, by string) time.Time {
	if by == "hour" {
		return at.Add(time.Hour)
	}
	return time.Date(at.Year(), at.Month(), at.Day()+1, 0, 0, 0, 0, at.Location())
}

// count asks the database, or remembers what it said a moment ago.
func (i *Insight) count(ctx context.Context, ws, workflowID string, from, to time.Time) ([]engine.RunCount, error) {
	from = from.Truncate(grain)
	key := fmt.Sprintf("%s %s %d %d", ws, workflowID, from.Unix(), to.Truncate(cachedFor).Unix())
	now := i.now()
	i.mu.Lock()
	known, ok := i.counts[key]
	i.mu.Unlock()
	if ok && now.Before(known.until) {
		return known.counts, nil
	}
	counts, err := i.store.CountRuns(ctx, ws, workflowID, from, to, grain)
	if err != nil {
		return nil, err
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if len(i.counts) > 500 {
		clear(i.counts)
	}
	i.counts[key] = cached{counts, now.Add(cachedFor)}
	return counts, nil
}

// Activity is how one workflow did lately.
type Activity struct {
	WorkflowID string     `json:"workflow_id"`
	Days       []Slot     `json:"days" nullable:"false" doc:"The last 7 days, oldest first"`
	Total      Counts     `json:"total"`
	LastError  *LastError `json:"last_error" doc:"The newest failure that nobody mended, of the last 7 days; null for none"`
}

// LastError is why a workflow failed last.
type LastError struct {
	RunID   string    `json:"run_id"`
	StepID  string    `json:"step_id,omitempty"`
	Message string    `json:"message"`
	At      time.Time `json:"at"`
}

// Activities is the last week of every workflow that ran or failed in it.
func (i *Insight) Activities(ctx context.Context, ws string, zone *time.Location) ([]Activity, error) {
	now := i.now()
	begin := slotOf(now.In(zone).AddDate(0, 0, -6), "day", zone)
	counts, err := i.count(ctx, ws, "", begin, now)
	if err != nil {
		return nil, err
	}
	failed, err := i.store.FailedRuns(ctx, ws, now.Add(-lookBack), maxFailed)
	if err != nil {
		return nil, err
	}
	list, index := []Activity{}, map[string]int{}
	of := func(id string) *Activity {
		n, ok := index[id]
		if !ok {
			n = len(list)
			index[id] = n
			list = append(list, Activity{WorkflowID: id, Days: week(begin)})
		}
		return &list[n]
	}
	for _, c := range counts {
		a := of(c.WorkflowID)
		day := slotOf(c.Slot, "day", zone).UTC()
		for n := range a.Days {
			if a.Days[n].At.Equal(day) {
				a.Days[n].add(c.Status, c.Count)
				a.Total.add(c.Status, c.Count)
			}
		}
	}
	for _, r := range failed {
		if r.Error == nil || r.WorkflowID == "" {
			continue
		}
		if a := of(r.WorkflowID); a.LastError == nil || r.FinishedAt.After(a.LastError.At) {
			a.LastError = &LastError{RunID: r.ID, StepID: engine.StepOfPath(r.Error.Step), Message: r.Error.Message, At: r.FinishedAt.UTC()}
		}
	}
	return list, nil
}

func week(begin time.Time) []Slot {
	days := make([]Slot, 0, 7)
	for at := begin; len(days) < 7; at = nextSlot(at, "day") {
		days = append(days, Slot{At: at.UTC(), Day: at.Format(time.DateOnly)})
	}
	return days
}
