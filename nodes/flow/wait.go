package flow

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.Flow[WaitParams]{Meta: nodes.Meta{
		Type: "flow.wait", Version: 1, Name: "Wait", Group: group, Icon: "clock-pause",
		Summary: "Go on after some time, or at a date.",
		Card:    "{for}{until}",
		Sample:  map[string]any{"until": "2026-02-01T09:00:00Z"},
	}, Run: wait})
}

// WaitParams hold a length of time or a date, one of the two.
type WaitParams struct {
	For    *nodes.Duration `json:"for" label:"Wait for" example:"3 days" help:"For example 10m, 36h, 3 days. Leave empty to wait until a date."`
	Until  string          `json:"until" label:"Wait until" kind:"date" example:"{{ trigger.body.starts_at }}" help:"A date without a zone is in the workflow's time zone."`
	IfPast string          `json:"if_past" label:"If that is past already" options:"continue=Go on at once,skip=Skip the rest of this item,stop=End the run" default:"continue" no_map:"true" help:"Skip ends the current item of a loop; outside a loop it ends the run."`
}

// Validate wants exactly one of the two.
func (p WaitParams) Validate() []nodes.FieldProblem {
	given := strings.TrimSpace(p.Until) != ""
	switch {
	case p.For == nil && !given:
		return []nodes.FieldProblem{{Pointer: "/for", Code: "required", Message: "Say how long to wait, or until when."}}
	case p.For != nil && given:
		return []nodes.FieldProblem{{Pointer: "/until", Code: "invalid", Message: "Choose one: wait for some time, or until a date. Clear the other field."}}
	case given && !nodes.Mapped(p.Until):
		if _, ok := moment(p.Until, time.UTC); !ok {
			return []nodes.FieldProblem{{Pointer: "/until", Code: "invalid", Message: notADate(p.Until)}}
		}
	}
	return nil
}

// longest bounds a wait: what is further off is a date that was misread.
const longest = time.Duration(nodes.MaxDuration)

func wait(call *nodes.Call, p WaitParams) (nodes.Directive, error) {
	at, err := p.end(call)
	if err != nil {
		return nil, nodes.Permanent(err)
	}
	out := map[string]any{"until": at.UTC().Format(time.RFC3339)}
	switch {
	case at.After(call.Now.Add(longest)):
		return nil, nodes.Permanent(fmt.Errorf("the date %s is more than ten years away: check where it comes from", at.In(zone(call)).Format(time.RFC3339)))
	case at.After(call.Now):
		return nodes.WaitUntil{At: at, Output: out}, nil
	case p.For != nil || p.IfPast == "continue":
		return nodes.Next{Output: out}, nil
	}
	message := fmt.Sprintf("The date %s was past already.", at.In(zone(call)).Format(time.RFC3339))
	return nodes.Stop{Reason: nodes.EndStop, Message: message, ItemOnly: p.IfPast == "skip", Output: out}, nil
}

func (p WaitParams) end(call *nodes.Call) (time.Time, error) {
	if p.For != nil {
		return call.Now.Add(time.Duration(*p.For)), nil
	}
	if strings.TrimSpace(p.Until) == "" {
		return time.Time{}, errors.New("there is neither a length of time nor a date to wait for: both came empty")
	}
	at, ok := moment(p.Until, zone(call))
	if !ok {
		return time.Time{}, fmt.Errorf("%s", notADate(p.Until))
	}
	return at, nil
}

func notADate(text string) string {
	return fmt.Sprintf("%.80q is not a date: write for example 2026-01-31 09:00, or map one with date().", text)
}

func zone(call *nodes.Call) *time.Location {
	if call.Zone == nil {
		return time.UTC
	}
	return call.Zone
}

// moment reads a date with or without a zone, or the seconds or milliseconds
// since 1970 that many senders give. A date without a time is its first moment.
func moment(text string, zone *time.Location) (time.Time, bool) {
	text = strings.TrimSpace(text)
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		switch {
		case len(text) >= 12 && len(text) <= 14:
			return time.UnixMilli(n), true
		case len(text) >= 9 && len(text) <= 11:
			return time.Unix(n, 0), true
		}
		return time.Time{}, false
	}
	for _, layout := range [...]string{
		time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 -0700", time.RFC1123Z,
		"2006-01-02T15:04:05.999999999", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04", time.DateOnly,
	} {
		if at, err := time.ParseInLocation(layout, text, zone); err == nil {
			return at, true
		}
	}
	at, err := time.Parse(http.TimeFormat, text) // the dates of HTTP headers, in GMT
	return at, err == nil
}
