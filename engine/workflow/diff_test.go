package workflow

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// before is the document that the cases of TestDiff change.
const before = `{"triggers":[{"id":"sale","type":"webhook.catch","name":"Sale","params":{"methods":["POST"]}},{"id":"hand","type":"manual.start"}],
	"steps":[
		{"id":"buyer","type":"contact.upsert","name":"Create contact","params":{"email":"{{ trigger.body.email }}","tags":["a","b"]}},
		{"id":"tier","type":"flow.branch","branches":[
			{"id":"vip","name":"VIP","when":"{{ true }}","steps":[{"id":"gift","type":"webhook.send"},{"id":"note","type":"webhook.send"}]},
			{"id":"rest","steps":[]}]},
		{"id":"access","type":"offer.grant","params":{"offer":"off_1"},"on_error":{"do":"branch","steps":[{"id":"alarm","type":"webhook.send"}]}},
		{"id":"last","type":"webhook.send"}]}`

func TestDiffSaysWhatChanged(t *testing.T) {
	tests := map[string]struct {
		edit func(d *Document)
		want []string
	}{
		"nothing": {func(*Document) {}, nil},
		"a field": {func(d *Document) { d.Steps[2].Params["offer"] = "off_2" },
			[]string{`/steps/2 Step "access": offer changed from "off_1" to "off_2"`}},
		"an entry of a list": {func(d *Document) { d.Steps[0].Params["tags"] = []any{"a", "c"} },
			[]string{`/steps/0 Step "Create contact": tags/1 changed from "b" to "c"`}},
		"a longer list": {func(d *Document) { d.Steps[0].Params["tags"] = []any{"a", "b", "c"} },
			[]string{`/steps/0 Step "Create contact": tags changed from ["a","b"] to ["a","b","c"]`}},
		"several fields": {func(d *Document) {
			d.Steps[0].Name, d.Steps[0].Disabled, d.Steps[0].Retry = "", true, &Retry{Attempts: 3}
			delete(d.Steps[0].Params, "email")
		}, []string{`/steps/0 Step "buyer": 4 fields changed (disabled, name, email, retry)`}},
		"error handling": {func(d *Document) { d.Steps[2].OnError = &OnError{Do: OnErrorContinue} },
			[]string{`/steps/2 Step "access": on_error/do changed from "branch" to "continue"`, `/steps/2/on_error/steps/0 Step "alarm" removed`}},
		"explicit stop is the default": {func(d *Document) { d.Steps[3].OnError = &OnError{Do: OnErrorStop} }, nil},
		"settings": {func(d *Document) {
			zone := "Europe/Berlin"
			d.Settings = Settings{Contact: "required", Timezone: &zone}
		},
			[]string{`/settings Settings: 2 fields changed (contact, timezone)`}},
		"a step added in the middle": {func(d *Document) { d.Steps = insert(d.Steps, 1, Step{ID: "new", Name: "New"}) },
			[]string{`/steps/1 Step "New" added`}},
		"a container added with steps": {func(d *Document) {
			d.Steps = insert(d.Steps, 0, Step{ID: "loop", Steps: []Step{{ID: "one"}, {ID: "two", Branches: []Branch{{ID: "b", Steps: []Step{{ID: "three"}}}}}}})
		}, []string{`/steps/0 Step "loop" added`}},
		"a step wrapped": {func(d *Document) { d.Steps[3] = Step{ID: "loop", Steps: []Step{d.Steps[3]}} },
			[]string{`/steps/3 Step "loop" added`, `/steps/3/steps/0 Step "last" moved`}},
		"a container removed": {func(d *Document) { d.Steps = append(d.Steps[:1:1], d.Steps[2:]...) },
			[]string{`/steps/1 Step "tier" removed`}},
		"a container unwrapped": {func(d *Document) {
			d.Steps = []Step{d.Steps[0], d.Steps[1].Branches[0].Steps[0], d.Steps[1].Branches[0].Steps[1], d.Steps[2], d.Steps[3]}
		}, []string{`/steps/1 Step "gift" moved`, `/steps/2 Step "note" moved`, `/steps/1 Step "tier" removed`}},
		"one step moved to the front": {func(d *Document) { d.Steps = []Step{d.Steps[3], d.Steps[0], d.Steps[1], d.Steps[2]} },
			[]string{`/steps/0 Step "last" moved`}},
		"moved and changed": {func(d *Document) {
			s := d.Steps[3]
			s.Name = "Bye"
			d.Steps = d.Steps[:3]
			d.Steps[1].Branches[1].Steps = []Step{s}
		}, []string{`/steps/1/branches/1/steps/0 Step "Bye" moved`, `/steps/1/branches/1/steps/0 Step "Bye": name changed from empty to "Bye"`}},
		"branches": {func(d *Document) {
			d.Steps[1].Branches = []Branch{{ID: "new", Steps: []Step{{ID: "x"}}}, {ID: "vip", Name: "VIP", When: "{{ false }}", Steps: d.Steps[1].Branches[0].Steps}}
		}, []string{`/steps/1/branches/0 Branch "new" added`, `/steps/1/branches/1 Branch "VIP": when changed from "{{ true }}" to "{{ false }}"`, `/steps/1/branches/1 Branch "rest" removed`}},
		"branch order": {func(d *Document) { b := d.Steps[1].Branches; b[0], b[1] = b[1], b[0] },
			[]string{`/steps/1/branches/0 Branch "rest" moved`}},
		"a branch removed with its steps": {func(d *Document) { d.Steps[1].Branches = d.Steps[1].Branches[1:] },
			[]string{`/steps/1/branches/0 Branch "VIP" removed`}},
		"triggers": {func(d *Document) {
			d.Triggers = []Trigger{{ID: "tag", Type: "tag.added", V: 1, Params: map[string]any{}}, {ID: "sale", Type: "webhook.catch", V: 1, Name: "Sale", Disabled: true, Params: d.Triggers[0].Params}}
		}, []string{`/triggers/0 Trigger "tag" added`, `/triggers/1 Trigger "Sale": disabled changed from false to true`, `/triggers/1 Trigger "hand" removed`}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			a, b := parse(t, before), parse(t, before)
			test.edit(b)
			var got []string
			for _, c := range Diff(a, b) {
				got = append(got, c.Pointer+" "+c.Text)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func insert(steps []Step, at int, s Step) []Step {
	return append(append(append([]Step{}, steps[:at]...), s), steps[at:]...)
}

func TestDiffOfEqualDocumentsIsEmpty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw, err := json.Marshal(anyDocument().Draw(t, "document"))
		if err != nil {
			t.Fatal(err)
		}
		a, _ := Parse(raw)
		b, _ := Parse(raw)
		if changes := Diff(a, b); len(changes) > 0 {
			t.Fatalf("%v", changes)
		}
	})
}

// A difference in the documents is a difference in Diff, and the other way
// round; but for an on_error that says what is the default anyway.
func TestDiffSeesEveryDifference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := plainDocument(t, "a"), plainDocument(t, "b")
		textA, _ := a.JSON()
		textB, _ := b.JSON()
		if changes := Diff(a, b); (len(changes) == 0) != (string(textA) == string(textB)) {
			t.Fatalf("%s\n%s\n%v", textA, textB, changes)
		}
	})
}

func plainDocument(t *rapid.T, label string) *Document {
	raw, err := json.Marshal(anyDocument().Draw(t, label))
	if err != nil {
		t.Fatal(err)
	}
	d, problems := Parse(raw)
	if d == nil {
		t.Fatalf("%v", problems)
	}
	Walk(d, func(p Place) bool {
		if p.Step.OnError != nil && p.Step.OnError.Do == OnErrorStop {
			p.Step.OnError = nil
		}
		return true
	})
	return d
}

func TestWalkTellsPlacesInOrder(t *testing.T) {
	d := parse(t, `{"steps":[
		{"id":"tier","type":"t.t","branches":[{"id":"vip","steps":[{"id":"access","type":"t.t","on_error":{"do":"branch","steps":[{"id":"notify","type":"t.t"}]}}]}]},
		{"id":"items","type":"t.t","steps":[{"id":"grant","type":"t.t"}]}]}`)
	var got []string
	Walk(d, func(p Place) bool {
		owner := "-"
		if p.Owner() != nil {
			owner = p.Owner().ID
		}
		got = append(got, fmt.Sprintf("%s %s %s:%s[%d]", p.Path, p.Pointer, owner, p.List, p.Index))
		return true
	})
	want := []string{
		"tier /steps/0 -:steps[0]",
		"tier/vip/access /steps/0/branches/0/steps/0 tier:vip[0]",
		"tier/vip/access!error/notify /steps/0/branches/0/steps/0/on_error/steps/0 access:error[0]",
		"items /steps/1 -:steps[1]",
		"items[]/grant /steps/1/steps/0 items:steps[0]",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	seen := 0
	Walk(d, func(p Place) bool { seen++; return p.Step.ID != "access" })
	if seen != 2 {
		t.Errorf("the walk went on for %d steps", seen)
	}
	if p, ok := d.Find("notify"); !ok || !strings.HasSuffix(p.Path, "notify") {
		t.Error("notify was not found")
	}
	if _, ok := d.Find("nobody"); ok {
		t.Error("a step was found that is not there")
	}
}
