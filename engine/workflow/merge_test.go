package workflow

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// mergeBase is the document that the cases of TestMerge begin with.
const mergeBase = `{"triggers":[{"id":"sale","type":"webhook.catch","name":"Sale","params":{"methods":["POST"]}},{"id":"hand","type":"manual.start"}],
	"steps":[
		{"id":"buyer","type":"contact.upsert","name":"Create contact","params":{"email":"{{ trigger.body.email }}","tags":["a","b"],"fields":{"plan":"basic","since":"2020"}}},
		{"id":"tier","type":"flow.branch","branches":[
			{"id":"vip","name":"VIP","when":"{{ trigger.body.vip }}","steps":[{"id":"gift","type":"webhook.send","params":{"url":"https://a.test"}},{"id":"note","type":"webhook.send"}]},
			{"id":"rest","steps":[]}]},
		{"id":"access","type":"offer.grant","params":{"offer":"off_1"},"on_error":{"do":"branch","steps":[{"id":"alarm","type":"webhook.send"}]}},
		{"id":"last","type":"webhook.send","params":{"url":"https://b.test"}}]}`

func without(steps []Step, id string) []Step {
	var rest []Step
	for _, s := range steps {
		if s.ID != id {
			rest = append(rest, s)
		}
	}
	return rest
}

func TestMerge(t *testing.T) {
	tests := map[string]struct {
		ours, theirs func(d *Document)
		// want are the changes from the base to the merged document, then the
		// conflicts.
		want []string
	}{
		"other steps": {
			ours:   func(d *Document) { d.Steps[0].Params["email"] = "me@a.test" },
			theirs: func(d *Document) { d.Steps[2].Params["offer"] = "off_2" },
			want: []string{
				`Step "Create contact": email changed from "{{ trigger.body.email }}" to "me@a.test"`,
				`Step "access": offer changed from "off_1" to "off_2"`},
		},
		"other fields of a step": {
			ours:   func(d *Document) { d.Steps[0].Params["email"] = "me@a.test"; d.Steps[0].Retry = &Retry{Attempts: 3} },
			theirs: func(d *Document) { d.Steps[0].Params["phone"] = "1"; d.Steps[0].Name = "Buyer" },
			want:   []string{`Step "Buyer": 4 fields changed (name, email, phone, retry)`},
		},
		"other keys of an object": {
			ours: func(d *Document) {
				d.Steps[0].Params["fields"] = map[string]any{"plan": "gold", "since": "2020", "own": "1"}
			},
			theirs: func(d *Document) { d.Steps[0].Params["fields"] = map[string]any{"plan": "basic"} },
			want:   []string{`Step "Create contact": 3 fields changed (fields/own, fields/plan, fields/since)`},
		},
		"entries of a list": {
			ours:   func(d *Document) { d.Steps[0].Params["tags"] = []any{"own", "b"} },
			theirs: func(d *Document) { d.Steps[0].Params["tags"] = []any{"a", "b", "new"} },
			want:   []string{`Step "Create contact": tags changed from ["a","b"] to ["own","b","new"]`},
		},
		"the same field": {
			ours:   func(d *Document) { d.Steps[2].Params["offer"] = "off_mine" },
			theirs: func(d *Document) { d.Steps[2].Params["offer"] = "off_2" },
			want: []string{`Step "access": offer changed from "off_1" to "off_mine"`,
				`conflict step/access/params/offer both_changed /steps/2 off_1|off_mine|off_2`},
		},
		"the same change": {
			ours:   func(d *Document) { d.Steps[2].Params["offer"] = "off_2"; d.Steps = without(d.Steps, "last") },
			theirs: func(d *Document) { d.Steps[2].Params["offer"] = "off_2"; d.Steps = without(d.Steps, "last") },
			want:   []string{`Step "access": offer changed from "off_1" to "off_2"`, `Step "last" removed`},
		},
		"steps added at the same place": {
			ours:   func(d *Document) { d.Steps = insert(d.Steps, 1, Step{ID: "own", Type: "webhook.send"}) },
			theirs: func(d *Document) { d.Steps = insert(d.Steps, 1, Step{ID: "new", Type: "webhook.send"}) },
			want:   []string{`/steps/1 Step "own" added`, `/steps/2 Step "new" added`},
		},
		"a step added inside what the other one moved": {
			ours: func(d *Document) {
				vip := &d.Steps[1].Branches[0]
				vip.Steps = append(vip.Steps, Step{ID: "own", Type: "webhook.send"})
			},
			theirs: func(d *Document) { d.Steps = []Step{d.Steps[1], d.Steps[0], d.Steps[2], d.Steps[3]} },
			want:   []string{`Step "tier" moved`, `/steps/0/branches/0/steps/2 Step "own" added`},
		},
		"moved and changed": {
			ours:   func(d *Document) { d.Steps[3].Params["url"] = "https://own.test" },
			theirs: func(d *Document) { d.Steps = []Step{d.Steps[3], d.Steps[0], d.Steps[1], d.Steps[2]} },
			want:   []string{`/steps/0 Step "last" moved`, `Step "last": url changed from "https://b.test" to "https://own.test"`},
		},
		"moved to two places": {
			ours: func(d *Document) {
				d.Steps[1].Branches[1].Steps = []Step{d.Steps[3]}
				d.Steps = d.Steps[:3]
			},
			theirs: func(d *Document) { d.Steps[2].Steps = []Step{d.Steps[3]}; d.Steps = d.Steps[:3] },
			want: []string{`/steps/1/branches/1/steps/0 Step "last" moved`,
				`conflict step/last/place both_moved /steps/1/branches/1/steps/0 behind "access"|first in "rest" of "tier"|first inside "access"`},
		},
		"moved to two places of one list": {
			ours:   func(d *Document) { d.Steps = []Step{d.Steps[3], d.Steps[0], d.Steps[1], d.Steps[2]} },
			theirs: func(d *Document) { d.Steps = []Step{d.Steps[0], d.Steps[3], d.Steps[1], d.Steps[2]} },
			want: []string{`/steps/0 Step "last" moved`,
				`conflict step/last/place both_moved /steps/0 behind "access"|first|behind "Create contact"`},
		},
		"a removed step that nobody changed": {
			ours:   func(d *Document) { d.Steps[0].Name = "Mine" },
			theirs: func(d *Document) { d.Steps = without(d.Steps, "last") },
			want:   []string{`Step "Mine": name changed from "Create contact" to "Mine"`, `Step "last" removed`},
		},
		"a removed step that ours changed": {
			ours:   func(d *Document) { d.Steps[3].Params["url"] = "https://own.test" },
			theirs: func(d *Document) { d.Steps = without(d.Steps, "last") },
			want: []string{`Step "last": url changed from "https://b.test" to "https://own.test"`,
				`conflict step/last theirs_removed /steps/3 step|step|-`},
		},
		"a removed step that theirs changed": {
			ours:   func(d *Document) { d.Steps = without(d.Steps, "last") },
			theirs: func(d *Document) { d.Steps[3].Params["url"] = "https://new.test" },
			want:   []string{`Step "last" removed`, `conflict step/last ours_removed  step|-|step`},
		},
		"a secret that was entered is no change": {
			ours:   func(d *Document) { d.Steps[3].Params["secret"] = map[string]any{"$secret": "sec_1"} },
			theirs: func(d *Document) { d.Steps = without(d.Steps, "last") },
			want:   []string{`Step "last" removed`},
		},
		"a secret survives": {
			ours: func(d *Document) {
				d.Triggers[0].Params["signature"] = map[string]any{"scheme": "stripe", "secret": map[string]any{"$secret": "sec_1"}}
			},
			theirs: func(d *Document) { d.Triggers[0].Params["signature"] = map[string]any{"scheme": "stripe"} },
			want:   []string{`Trigger "Sale": signature changed from nothing to {"scheme":"stripe","secret":{"$secret":"sec_1"}}`},
		},
		"a container removed that ours added to": {
			ours: func(d *Document) {
				d.Steps[1].Branches[0].Steps = append(d.Steps[1].Branches[0].Steps, Step{ID: "own", Type: "webhook.send"})
			},
			theirs: func(d *Document) { d.Steps = without(d.Steps, "tier") },
			want: []string{`/steps/1/branches/0/steps/0 Step "own" added`, `Step "gift" removed`, `Step "note" removed`,
				`conflict step/tier theirs_removed /steps/1 step|step|-`},
		},
		"a container removed with a step that ours changed": {
			ours:   func(d *Document) { d.Steps[1].Branches[0].Steps[0].Params["url"] = "https://own.test" },
			theirs: func(d *Document) { d.Steps = without(d.Steps, "tier") },
			want: []string{`Step "gift": url changed from "https://a.test" to "https://own.test"`, `Step "note" removed`,
				`conflict step/tier theirs_removed /steps/1 step|step|-`},
		},
		"a branch removed that theirs added to": {
			ours: func(d *Document) { d.Steps[1].Branches = d.Steps[1].Branches[:1] },
			theirs: func(d *Document) {
				d.Steps[1].Branches[1].Steps = []Step{{ID: "new", Type: "webhook.send"}}
			},
			want: []string{`Branch "rest" removed`, `conflict step/tier/branch/rest ours_removed  branch|-|branch`},
		},
		"an error path given up that ours added to": {
			ours: func(d *Document) {
				d.Steps[2].OnError.Steps = append(d.Steps[2].OnError.Steps, Step{ID: "own", Type: "webhook.send"})
			},
			theirs: func(d *Document) { d.Steps[2].OnError = &OnError{Do: OnErrorContinue} },
			want: []string{`/steps/2/on_error/steps/0 Step "own" added`, `Step "alarm" removed`,
				`conflict step/access/on_error both_changed /steps/2 branch|branch|continue`},
		},
		"steps moved into each other": {
			ours: func(d *Document) {
				d.Steps[3].Steps = []Step{d.Steps[2]}
				d.Steps = without(d.Steps, "access")
			},
			theirs: func(d *Document) {
				d.Steps[2].Steps = []Step{d.Steps[3]}
				d.Steps = without(d.Steps, "last")
			},
			want: []string{`Step "access" moved`,
				`conflict step/last/place both_moved /steps/2 behind "access"|behind "tier"|first inside "access"`,
				`conflict step/access/place both_moved /steps/2/steps/0 behind "tier"|first inside "last"|behind "tier"`},
		},
		"one id for two new steps": {
			ours:   func(d *Document) { d.Steps = insert(d.Steps, 1, Step{ID: "send", Type: "webhook.send"}) },
			theirs: func(d *Document) { d.Steps = insert(d.Steps, 2, Step{ID: "send", Type: "offer.grant"}) },
			want:   []string{`/steps/1 Step "send" added`, `conflict step/send both_added /steps/1 -|step|step`},
		},
		"one id for a trigger and a step": {
			ours: func(d *Document) { d.Triggers = append(d.Triggers, Trigger{ID: "x", Type: "manual.start", V: 1}) },
			theirs: func(d *Document) {
				d.Steps = append(d.Steps, Step{ID: "x", Type: "flow.loop", V: 1, Steps: []Step{{ID: "y", Type: "webhook.send", V: 1}}})
			},
			want: []string{`Trigger "x" added`, `conflict trigger/x both_added /triggers/2 -|step|step`},
		},
		"a mapping from a step that theirs removed": {
			ours:   func(d *Document) { d.Steps[3].Params["body"] = "{{ steps.gift.status }}" },
			theirs: func(d *Document) { d.Steps[1].Branches[0].Steps = d.Steps[1].Branches[0].Steps[1:] },
			want: []string{`Step "last": body changed from nothing to "{{ steps.gift.status }}"`,
				`conflict step/gift theirs_removed /steps/1/branches/0/steps/0 step|step|-`},
		},
		"a mapping from a step that ours removed": {
			ours:   func(d *Document) { d.Steps = without(d.Steps, "buyer") },
			theirs: func(d *Document) { d.Steps[1].Branches[0].When = "{{ steps.buyer.created }}" },
			want: []string{`Branch "VIP": when changed from "{{ trigger.body.vip }}" to "{{ steps.buyer.created }}"`, `Step "Create contact" removed`,
				`conflict step/buyer ours_removed  step|-|step`},
		},
		"a mapping that was broken before asks nothing": {
			ours: func(d *Document) {
				d.Steps = without(d.Steps, "buyer")
				d.Steps[0].Branches[0].When = "{{ steps.buyer.created }}"
			},
			theirs: func(d *Document) { d.Steps[3].Name = "Last" },
			want: []string{`Branch "VIP": when changed from "{{ trigger.body.vip }}" to "{{ steps.buyer.created }}"`,
				`Step "Last": name changed from empty to "Last"`, `Step "Create contact" removed`},
		},
		"another type": {
			ours: func(d *Document) { d.Steps[3].Name = "Mine" },
			theirs: func(d *Document) {
				d.Steps[3].Type, d.Steps[3].Params = "offer.grant", map[string]any{"offer": "off_2"}
			},
			want: []string{`Step "Mine": 4 fields changed (name, offer, url, type)`},
		},
		"another type of what ours set up": {
			ours: func(d *Document) { d.Steps[3].Params["url"] = "https://own.test" },
			theirs: func(d *Document) {
				d.Steps[3].Type, d.Steps[3].Params = "offer.grant", map[string]any{"offer": "off_2"}
			},
			want: []string{`Step "last": url changed from "https://b.test" to "https://own.test"`,
				`conflict step/last/type both_changed /steps/3 step|step|step`},
		},
		"triggers and settings": {
			ours: func(d *Document) {
				zone := "Europe/Berlin"
				d.Settings.Timezone = &zone
				d.Triggers[1].Disabled = true
			},
			theirs: func(d *Document) {
				d.Settings.StopOnReply = true
				d.Triggers = []Trigger{d.Triggers[1], {ID: "tag", Type: "tag.added", V: 1, Params: map[string]any{}}}
			},
			want: []string{`Settings: 2 fields changed (stop_on_reply, timezone)`, `Trigger "hand": disabled changed from false to true`,
				`Trigger "tag" added`, `Trigger "Sale" removed`},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			base, ours, theirs := parse(t, mergeBase), parse(t, mergeBase), parse(t, mergeBase)
			test.ours(ours)
			test.theirs(theirs)
			merged, conflicts := Merge(base, ours, theirs)
			var got []string
			for _, c := range Diff(base, merged) {
				text := c.Text
				for _, w := range test.want {
					if w == c.Pointer+" "+c.Text {
						text = w
					}
				}
				got = append(got, text)
			}
			for _, c := range conflicts {
				got = append(got, fmt.Sprintf("conflict %s %s %s %s|%s|%s", c.Key, c.Kind, c.Pointer, brief(c.Base), brief(c.Ours), brief(c.Theirs)))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// brief names a value of a conflict; documents of elements by their sort.
func brief(v any) string {
	object, ok := v.(map[string]any)
	switch {
	case v == nil:
		return "-"
	case !ok:
		return fmt.Sprint(v)
	case object["type"] != nil:
		return "step"
	}
	return "branch"
}

func TestResolve(t *testing.T) {
	base, ours, theirs := parse(t, mergeBase), parse(t, mergeBase), parse(t, mergeBase)
	ours.Steps[0].Params["email"] = "mine"
	theirs.Steps[0].Params["email"] = "yours"
	ours.Steps[1].Branches[0].Steps[0].Params["url"] = "https://mine.test"
	theirs.Steps = without(theirs.Steps, "tier")
	ours.Steps = without(ours.Steps, "last")
	theirs.Steps[2].Params["url"] = "https://yours.test"

	merged, left := Resolve(base, ours, theirs, Choices{"step/buyer/params/email": {Take: Theirs}, "step/tier": {Take: Theirs}, "nobody": {Take: Theirs}})
	if len(left) != 1 || left[0].Key != "step/last" {
		t.Fatalf("left: %+v", left)
	}
	if merged.Steps[0].Params["email"] != "yours" || len(merged.Steps) != 2 {
		t.Errorf("theirs was not taken: %s", text(t, merged))
	}
	merged, left = Resolve(base, ours, theirs, Choices{"step/buyer/params/email": {Take: Ours}, "step/tier": {Take: Ours}, "step/last": {Take: Theirs}})
	if len(left) != 0 {
		t.Fatalf("left: %+v", left)
	}
	got := text(t, merged)
	for _, want := range []string{`"email":"mine"`, "https://mine.test", "https://yours.test"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is missing in %s", want, got)
		}
	}
}

// A choice is about the values that somebody saw, not about the field for good.
func TestAChoiceHoldsForWhatWasSeen(t *testing.T) {
	base, ours, theirs := parse(t, mergeBase), parse(t, mergeBase), parse(t, mergeBase)
	ours.Steps[0].Params["email"] = "mine"
	theirs.Steps[0].Params["email"] = "yours"
	_, seen := Merge(base, ours, theirs)
	choices := Choices{seen[0].Key: {Take: Theirs, Seen: seen[0].Seen()}}
	if merged, left := Resolve(base, ours, theirs, choices); len(left) != 0 || merged.Steps[0].Params["email"] != "yours" {
		t.Fatalf("%+v %s", left, text(t, merged))
	}
	for _, later := range []*Document{ours, theirs} {
		was := later.Steps[0].Params["email"]
		later.Steps[0].Params["email"] = "changed since"
		if merged, left := Resolve(base, ours, theirs, choices); len(left) != 1 || merged.Steps[0].Params["email"] != ours.Steps[0].Params["email"] {
			t.Errorf("%+v %s", left, text(t, merged))
		}
		later.Steps[0].Params["email"] = was
	}
}

func text(t interface{ Fatal(...any) }, d *Document) string {
	raw, err := d.JSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
