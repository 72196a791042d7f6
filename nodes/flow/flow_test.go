package flow_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
	_ "github.com/hookloom/hookloom/nodes/flow"
	"github.com/hookloom/hookloom/nodes/nodetest"
)

func TestFilter(t *testing.T) {
	for met, want := range map[bool]nodes.Directive{
		true:  nodes.Next{Output: map[string]any{"passed": true}},
		false: nodes.Stop{Reason: "filter", ItemOnly: true, Output: map[string]any{"passed": false}},
	} {
		got, err := nodetest.New().Flow("flow.filter", map[string]any{"when": met})
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%v: %v\n%s", met, err, diff)
		}
	}
	if problems := nodetest.New().Problems("flow.filter", nil); len(problems) != 1 || problems[0] != "/when: Only continue if can't be empty" {
		t.Errorf("no condition: %q", problems)
	}
}

func TestBranch(t *testing.T) {
	broken := errors.New("broken")
	is := func(id string, met bool, err error) nodes.Branch {
		return nodes.Branch{ID: id, Name: strings.ToUpper(id), Met: func() (bool, error) { return met, err }}
	}
	rest := is("rest", true, nil)
	rest.Fallback = true
	for name, c := range map[string]struct {
		branches []nodes.Branch
		want     string
		err      error
	}{
		"the first that is met":               {[]nodes.Branch{is("a", false, nil), is("b", true, nil), is("c", true, nil)}, "b", nil},
		"a broken one behind it does no harm": {[]nodes.Branch{is("a", true, nil), is("b", false, broken)}, "a", nil},
		"a broken one before it":              {[]nodes.Branch{is("a", false, broken), is("b", true, nil)}, "", broken},
		"everything else":                     {[]nodes.Branch{is("a", false, nil), rest}, "rest", nil},
		"everything else stands first":        {[]nodes.Branch{rest, is("a", true, nil)}, "a", nil},
		"none":                                {[]nodes.Branch{is("a", false, nil)}, "", nil},
	} {
		got, err := nodetest.New().Flow("flow.branch", nil, c.branches...)
		if !errors.Is(err, c.err) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if c.err != nil {
			continue
		}
		want := nodes.Enter{Branch: c.want, Output: map[string]any{"branch": c.want, "name": strings.ToUpper(c.want)}}
		if diff := cmp.Diff(nodes.Directive(want), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestLoop(t *testing.T) {
	for params, c := range map[string]struct {
		items []any
		on    bool
		note  string
	}{
		`{"items":[1,{"a":2}]}`:                           {items: []any{1, map[string]any{"a": 2}}},
		`{"items":[],"on_item_error":"continue"}`:         {items: []any{}, on: true},
		`{"items":"{{ trigger.body.none }}"}`:             {items: []any{}},
		`{"items":"{{ trigger.body.list }}"}`:             {items: []any{"x", "y"}},
		`{"items":"{{ trigger.body.one }}"}`:              {items: []any{map[string]any{"sku": "A"}}, note: "one object instead of a list"},
		`{"items":"{{ trigger.body.text }}"}`:             {items: []any{"Lee, Ann"}, note: "one text instead of a list"},
		`{"items":"{{ trigger.body.json }}"}`:             {items: []any{1, 2}},
		`{"items":"{{ trigger.body.blank }}"}`:            {items: []any{}},
		`{"items":"{{ split(trigger.body.text, ',') }}"}`: {items: []any{"Lee", "Ann"}},
	} {
		b := nodetest.New()
		b.Trigger = map[string]any{"body": map[string]any{
			"list": []any{"x", "y"}, "one": map[string]any{"sku": "A"}, "text": "Lee, Ann", "json": " [1, 2]", "blank": " ",
		}}
		got, err := b.Flow("flow.loop", nodetest.Params(params))
		if err != nil {
			t.Errorf("%s: %v", params, err)
			continue
		}
		want := nodes.Iterate{Items: c.items, ContinueOnError: c.on}
		if diff := cmp.Diff(nodes.Directive(want), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", params, diff)
		}
		if notes := strings.Join(b.Warnings, " "); !strings.Contains(notes, c.note) || (c.note == "") != (notes == "") {
			t.Errorf("%s: notes %q", params, notes)
		}
	}
	if _, err := nodetest.New().Flow("flow.loop", nodetest.Params(`{"items":7}`)); err == nil || !nodes.IsPermanent(err) {
		t.Errorf("a number: %v", err)
	}
	for params, want := range map[string]int{`{}`: 1, `{"items":""}`: 1, `{"items":[]}`: 0, `{"items":"{{ x }}"}`: 0} {
		if problems := nodetest.New().Problems("flow.loop", nodetest.Params(params)); len(problems) != want {
			t.Errorf("%s: %q", params, problems)
		}
	}
}

func TestWait(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	until := func(at time.Time) nodes.Directive {
		return nodes.WaitUntil{At: at, Output: map[string]any{"until": at.UTC().Format(time.RFC3339)}}
	}
	next := func(at string) nodes.Directive { return nodes.Next{Output: map[string]any{"until": at}} }
	for params, want := range map[string]nodes.Directive{
		`{"for":"10m"}`:                                     until(nodetest.Now.Add(10 * time.Minute)),
		`{"for":"{{ trigger.body.days }} days"}`:            until(nodetest.Now.Add(72 * time.Hour)),
		`{"for":"0"}`:                                       next("2026-01-31T12:00:00Z"),
		`{"until":"2026-02-01T09:00:00-05:00"}`:             until(time.Date(2026, 2, 1, 14, 0, 0, 0, time.UTC)),
		`{"until":"2026-02-01 09:00"}`:                      until(time.Date(2026, 2, 1, 8, 0, 0, 0, time.UTC)),
		`{"until":"2026-07-01"}`:                            until(time.Date(2026, 6, 30, 22, 0, 0, 0, time.UTC)),
		`{"until":"{{ trigger.body.unix }}"}`:               until(time.Unix(1772000000, 0)),
		`{"until":"{{ trigger.body.millis }}"}`:             until(time.UnixMilli(1772000000123)),
		`{"until":"Sun, 01 Feb 2026 09:00:00 GMT"}`:         until(time.Date(2026, 2, 1, 9, 0, 0, 0, time.UTC)),
		`{"until":"2026-01-31T11:00:00Z"}`:                  next("2026-01-31T11:00:00Z"),
		`{"until":"2026-01-31T12:00:00Z"}`:                  next("2026-01-31T12:00:00Z"),
		`{"until":"2026-01-31T11:00:00Z","if_past":"skip"}`: nodes.Stop{Reason: "stop", ItemOnly: true, Message: "The date 2026-01-31T12:00:00+01:00 was past already.", Output: map[string]any{"until": "2026-01-31T11:00:00Z"}},
		`{"until":"2026-01-31T11:00:00Z","if_past":"stop"}`: nodes.Stop{Reason: "stop", Message: "The date 2026-01-31T12:00:00+01:00 was past already.", Output: map[string]any{"until": "2026-01-31T11:00:00Z"}},
	} {
		b := nodetest.New()
		b.Zone = berlin
		b.Trigger = map[string]any{"body": map[string]any{"days": 3, "unix": 1772000000, "millis": "1772000000123"}}
		got, err := b.Flow("flow.wait", nodetest.Params(params))
		if err != nil {
			t.Errorf("%s: %v", params, err)
			continue
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", params, diff)
		}
	}
	for params, message := range map[string]string{
		`{"until":"soon"}`:                       `"soon" is not a date`,
		`{"until":"7"}`:                          `"7" is not a date`,
		`{"until":"{{ trigger.body.none }}"}`:    "both came empty",
		`{"until":"2099-01-01"}`:                 "more than ten years away",
		`{"until":"9999999999999"}`:              "more than ten years away",
		`{"for":"soon"}`:                         "is not a length of time",
		`{"until":"Sun, 01 Feb 2026 09:00 PST"}`: "is not a date",
	} {
		if _, err := nodetest.New().Flow("flow.wait", nodetest.Params(params)); err == nil || !nodes.IsPermanent(err) || !strings.Contains(err.Error(), message) {
			t.Errorf("%s: %v", params, err)
		}
	}
}

func TestWaitProblems(t *testing.T) {
	for params, want := range map[string]string{
		`{"for":"10m"}`: "", `{"for":"{{ x }}"}`: "", `{"until":"{{ x }}"}`: "", `{"until":"2026-02-01"}`: "",
		`{}`: "/for: Say how long", `{"until":" "}`: "/for: Say how long", `{"for":""}`: "/for: Say how long",
		`{"for":"10m","until":"2026-02-01"}`: "/until: Choose one", `{"until":"soon"}`: `/until: "soon" is not a date`,
		`{"for":"11 years"}`: "/for: Wait for:", `{"for":"-5m"}`: "/for: Wait for:",
	} {
		got := nodetest.New().Problems("flow.wait", nodetest.Params(params))
		if len(got) != min(1, len(want)) || len(got) == 1 && !strings.HasPrefix(got[0], want) {
			t.Errorf("%s: %q", params, got)
		}
	}
}

func TestWaitForSomeTime(t *testing.T) {
	for timeout, hours := range map[string]float64{"2h": 2, "{{ trigger.body.hours }}h": 3, "0": 0, "{{ trigger.body.none }}h": 0} {
		b := nodetest.New()
		b.Contact = &crm.Contact{ID: "con_1"}
		b.Trigger = map[string]any{"body": map[string]any{"hours": 3, "none": 0}}
		got, err := b.Flow("flow.wait_for", nodetest.Params(`{"timeout":"`+timeout+`"}`))
		if hours == 0 {
			if err == nil || !nodes.IsPermanent(err) || !strings.Contains(err.Error(), "must be more than nothing") {
				t.Errorf("%s: %v, %v", timeout, got, err)
			}
			continue
		}
		if d, ok := got.(nodes.WaitEvent); err != nil || !ok || d.Until.Sub(b.Time).Hours() != hours {
			t.Errorf("%s: %+v, %v", timeout, got, err)
		}
	}
}

func TestStop(t *testing.T) {
	for params, want := range map[string]nodes.Stop{
		`{}`: {Reason: "stop", Output: map[string]any{"outcome": "succeeded", "message": ""}},
		`{"outcome":"failed","message":"No {{ trigger.type }}"}`: {Reason: "stop", Failed: true, Message: "No x", Output: map[string]any{"outcome": "failed", "message": "No x"}},
	} {
		b := nodetest.New()
		b.Trigger = map[string]any{"type": "x"}
		got, err := b.Flow("flow.stop", nodetest.Params(params))
		if diff := cmp.Diff(nodes.Directive(want), got); diff != "" || err != nil {
			t.Errorf("%s: %v\n%s", params, err, diff)
		}
	}
	if !nodes.Default().Lookup("flow.stop").Ends {
		t.Error("publishing must know that nothing goes on behind a stop")
	}
}
