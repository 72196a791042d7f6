package workflow

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// edited draws a document that somebody made of d; prefix is of the ids of what
// they add.
func edited(t *rapid.T, d *Document, prefix string) *Document {
	raw, err := d.JSON()
	if err != nil {
		t.Fatal(err)
	}
	out, _ := Parse(raw)
	e := &editor{t: t, d: out, prefix: prefix}
	for range rapid.IntRange(0, 6).Draw(t, prefix+"edits") {
		rapid.SampledFrom([]func(){e.field, e.field, e.field, e.add, e.remove, e.move, e.branch, e.trigger, e.setting}).Draw(t, "edit")()
	}
	// What is stored was parsed.
	raw, err = out.JSON()
	if err != nil {
		t.Fatal(err)
	}
	read, problems := Parse(raw)
	if read == nil {
		t.Fatalf("%v", problems)
	}
	return read
}

type editor struct {
	t      *rapid.T
	d      *Document
	prefix string
	count  int
}

func (e *editor) id() string {
	e.count++
	// Now and then both sides come up with the same id.
	if rapid.IntRange(0, 9).Draw(e.t, "shared") == 0 {
		if id := fmt.Sprintf("shared%d", e.count); !e.taken(id) {
			return id
		}
	}
	return fmt.Sprintf("%s%d", e.prefix, e.count)
}

func (e *editor) taken(id string) bool {
	_, step := e.d.Find(id)
	return step || slices.ContainsFunc(e.d.Triggers, func(t Trigger) bool { return t.ID == id })
}

// lists are all lists of steps of the document.
func (e *editor) lists() []*[]Step {
	lists := []*[]Step{&e.d.Steps}
	Walk(e.d, func(p Place) bool {
		lists = append(lists, &p.Step.Steps)
		for i := range p.Step.Branches {
			lists = append(lists, &p.Step.Branches[i].Steps)
		}
		if p.Step.OnError != nil && p.Step.OnError.Do == OnErrorBranch {
			lists = append(lists, &p.Step.OnError.Steps)
		}
		return true
	})
	return lists
}

func (e *editor) step() *Step {
	var all []*Step
	Walk(e.d, func(p Place) bool { all = append(all, p.Step); return true })
	if len(all) == 0 {
		return nil
	}
	return rapid.SampledFrom(all).Draw(e.t, "step")
}

func (e *editor) field() {
	s := e.step()
	if s == nil {
		return
	}
	g := &generator{t: e.t}
	switch rapid.IntRange(0, 7).Draw(e.t, "field") {
	case 0:
		s.Name = rapid.SampledFrom([]string{"", "one", "two"}).Draw(e.t, "name")
	case 1:
		s.Disabled = !s.Disabled
	case 2:
		s.Retry = rapid.SampledFrom([]*Retry{nil, {Attempts: 2}, {Attempts: 3}}).Draw(e.t, "retry")
	case 3:
		s.OnError = rapid.SampledFrom([]*OnError{nil, {Do: OnErrorContinue}, {Do: OnErrorBranch}}).Draw(e.t, "on_error")
	default:
		key := rapid.SampledFrom([]string{"email", "tags", "body", "url"}).Draw(e.t, "key")
		if s.Params == nil {
			s.Params = map[string]any{}
		}
		s.Params[key] = g.value(0)
		if rapid.IntRange(0, 4).Draw(e.t, "drop") == 0 {
			delete(s.Params, key)
		}
	}
}

func (e *editor) add() {
	list := rapid.SampledFrom(e.lists()).Draw(e.t, "list")
	s := Step{ID: e.id(), Type: rapid.SampledFrom([]string{"webhook.send", "flow.loop"}).Draw(e.t, "type"), V: 1, Params: map[string]any{}}
	if s.Type == "flow.loop" {
		s.Steps = []Step{{ID: e.id(), Type: "webhook.send", V: 1, Params: map[string]any{}}}
	}
	*list = insert(*list, rapid.IntRange(0, len(*list)).Draw(e.t, "at"), s)
}

func (e *editor) take() (Step, bool) {
	list := rapid.SampledFrom(e.lists()).Draw(e.t, "list")
	if len(*list) == 0 {
		return Step{}, false
	}
	i := rapid.IntRange(0, len(*list)-1).Draw(e.t, "at")
	s := (*list)[i]
	*list = slices.Delete(slices.Clone(*list), i, i+1)
	return s, true
}

func (e *editor) remove() { e.take() }

func (e *editor) move() {
	s, ok := e.take()
	if !ok {
		return
	}
	list := rapid.SampledFrom(e.lists()).Draw(e.t, "to")
	*list = insert(*list, rapid.IntRange(0, len(*list)).Draw(e.t, "at"), s)
}

func (e *editor) branch() {
	s := e.step()
	if s == nil {
		return
	}
	switch n := len(s.Branches); {
	case n > 0 && rapid.Bool().Draw(e.t, "remove"):
		s.Branches = slices.Delete(slices.Clone(s.Branches), n-1, n)
	case n > 0 && rapid.Bool().Draw(e.t, "rename"):
		s.Branches[0].Name = e.prefix
	case n > 1 && rapid.Bool().Draw(e.t, "swap"):
		s.Branches[0], s.Branches[1] = s.Branches[1], s.Branches[0]
	default:
		s.Branches = append(s.Branches, Branch{ID: e.id(), Steps: []Step{}})
	}
}

func (e *editor) trigger() {
	switch n := len(e.d.Triggers); {
	case n > 0 && rapid.Bool().Draw(e.t, "remove"):
		e.d.Triggers = e.d.Triggers[:n-1]
	case n > 0 && rapid.Bool().Draw(e.t, "change"):
		e.d.Triggers[0].Disabled = !e.d.Triggers[0].Disabled
	default:
		e.d.Triggers = append(e.d.Triggers, Trigger{ID: e.id(), Type: "manual.start", V: 1, Params: map[string]any{}})
	}
}

func (e *editor) setting() {
	e.d.Settings.Contact = rapid.SampledFrom([]string{ContactOptional, ContactRequired}).Draw(e.t, "contact")
}

func drawnDocument(t *rapid.T) *Document {
	raw, err := json.Marshal(anyDocument().Draw(t, "base"))
	if err != nil {
		t.Fatal(err)
	}
	d, problems := Parse(raw)
	if d == nil {
		t.Fatalf("%v", problems)
	}
	return d
}

// A side that changed nothing has no say.
func TestMergeIsExactAtItsEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := drawnDocument(t)
		other := edited(t, base, "x")
		want := text(t, other)
		for name, sides := range map[string][3]*Document{
			"both alike": {base, other, other}, "only theirs": {base, base, other}, "only ours": {base, other, base},
		} {
			merged, conflicts := Merge(sides[0], sides[1], sides[2])
			if got := text(t, merged); got != want || len(conflicts) > 0 {
				t.Fatalf("%s: %v\n%s\n%s", name, conflicts, want, got)
			}
		}
	})
}

// Whatever two people do, the result can be stored, and pushing the same again
// changes nothing.
func TestMergeGivesADocument(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := drawnDocument(t)
		ours, theirs := edited(t, base, "our"), edited(t, base, "new")
		before := text(t, base) + text(t, ours) + text(t, theirs)
		merged, conflicts := Merge(base, ours, theirs)
		got := text(t, merged)
		read, problems := Parse([]byte(got))
		if read == nil {
			t.Fatalf("%v\n%s", problems, got)
		}
		if text(t, read) != got {
			t.Fatalf("it reads as something else:\n%s\n%s", got, text(t, read))
		}
		again, more := Merge(theirs, merged, theirs)
		if text(t, again) != got || len(more) > 0 {
			t.Fatalf("the same again: %v\n%s\n%s", more, got, text(t, again))
		}
		twice, same := Merge(base, ours, theirs)
		if text(t, twice) != got || !reflect.DeepEqual(same, conflicts) {
			t.Fatalf("not the same when done again: %v %v", conflicts, same)
		}
		if text(t, base)+text(t, ours)+text(t, theirs) != before {
			t.Fatal("what was merged has changed")
		}
		seen := map[string]bool{}
		for _, c := range conflicts {
			if seen[c.Key] || c.Name == "" && c.What != ElementSettings {
				t.Fatalf("%+v", c)
			}
			seen[c.Key] = true
		}
	})
}

// No edit is lost: what a side added is there, what only one side changed has
// its value, what one side removed is gone; or a conflict says so.
func TestMergeLosesNoEdit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := drawnDocument(t)
		ours, theirs := edited(t, base, "our"), edited(t, base, "new")
		merged, conflicts := Merge(base, ours, theirs)
		b, o, th, m := sideOf(base), sideOf(ours), sideOf(theirs), sideOf(merged)
		for _, id := range union(b.listed, o.listed, th.listed) {
			was, mine, yours, got := b.step(id), o.step(id), th.step(id), m.step(id)
			kept := mine != nil && yours != nil || was == nil
			removed := was != nil && (mine == nil || yours == nil)
			switch {
			case got == nil && kept && !about(conflicts, id) && !inConflict(conflicts, o, id) && !inConflict(conflicts, th, id):
				t.Fatalf("%s was lost: %v", id, conflicts)
			case got != nil && removed && !about(conflicts, id) && !holdsConflict(conflicts, m, id) && !inConflict(conflicts, o, id) && !inConflict(conflicts, th, id):
				t.Fatalf("%s is still there: %v", id, conflicts)
			case got == nil || mine == nil || yours == nil || was == nil:
				continue
			}
			fields := map[string]bool{}
			for _, other := range []*Step{mine, yours} {
				for _, c := range compareMaps(nil, "", stepFields(was), stepFields(other)) {
					fields[c.Pointer] = true
				}
			}
			for field := range fields {
				one(t, field, stepFields(was), stepFields(mine), stepFields(yours), stepFields(got), about(conflicts, id))
			}
		}
		for id, tr := range th.triggers {
			if b.triggers[id] == nil && m.triggers[id] == nil && !about(conflicts, id) {
				t.Fatalf("the trigger %s was lost", tr.ID)
			}
		}
	})
}

// one holds a field that only one side changed to that side's value.
func one(t *rapid.T, field string, was, mine, yours, got map[string]any, conflict bool) {
	b, o, y, g := atPointer(was, field), atPointer(mine, field), atPointer(yours, field), atPointer(got, field)
	want := o
	switch {
	case reflect.DeepEqual(o, y), reflect.DeepEqual(b, y):
	case reflect.DeepEqual(b, o):
		want = y
	default:
		return
	}
	if !reflect.DeepEqual(g, want) && !conflict {
		t.Fatalf("%s is %v and should be %v", field, g, want)
	}
}

func about(conflicts []Conflict, id string) bool {
	return slices.ContainsFunc(conflicts, func(c Conflict) bool { return c.ID == id })
}

// inConflict tells whether a step stands in something that is a conflict.
func inConflict(conflicts []Conflict, s side, id string) bool {
	for at := s.steps[id].list.owner; at != ""; at = s.steps[at].list.owner {
		if about(conflicts, at) {
			return true
		}
	}
	return false
}

// holdsConflict tells whether something stands in the step that is a conflict.
func holdsConflict(conflicts []Conflict, s side, id string) bool {
	return slices.ContainsFunc(s.listed, func(in string) bool {
		return about(conflicts, in) && slices.Contains(ancestors(s, in), id)
	})
}

func ancestors(s side, id string) (ids []string) {
	for at := s.steps[id].list.owner; at != ""; at = s.steps[at].list.owner {
		ids = append(ids, at)
	}
	return ids
}

// A conflict is there exactly where both sides gave one field another value.
func TestMergeConflictsWhereBothChangedAField(t *testing.T) {
	keys := []string{"email", "url", "offer"}
	rapid.Check(t, func(t *rapid.T) {
		base, _ := Parse([]byte(mergeBase))
		ours, _ := Parse([]byte(mergeBase))
		theirs, _ := Parse([]byte(mergeBase))
		want := map[string]bool{}
		for _, id := range []string{"buyer", "gift", "access", "alarm", "last"} {
			for _, key := range keys {
				v := rapid.SampledFrom([]any{nil, "1", "2"})
				b, o, th := v.Draw(t, "base"), v.Draw(t, "ours"), v.Draw(t, "theirs")
				for d, v := range map[*Document]any{base: b, ours: o, theirs: th} {
					p, _ := d.Find(id)
					if p.Step.Params == nil {
						p.Step.Params = map[string]any{}
					}
					delete(p.Step.Params, key)
					if v != nil {
						p.Step.Params[key] = v
					}
				}
				if b != o && b != th && o != th {
					want["step/"+id+"/params/"+key] = true
				}
			}
		}
		_, conflicts := Merge(base, ours, theirs)
		_, swapped := Merge(base, theirs, ours)
		for _, list := range [][]Conflict{conflicts, swapped} {
			got := map[string]bool{}
			for _, c := range list {
				got[c.Key] = true
			}
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("%v instead of %v", got, want)
			}
		}
	})
}

// Choosing for what is asked comes to an end, and choosing the same side for all
// takes its fields.
func TestResolveComesToAnEnd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := drawnDocument(t)
		ours, theirs := edited(t, base, "our"), edited(t, base, "new")
		choices := Choices{}
		_, left := Merge(base, ours, theirs)
		for range 20 {
			if len(left) == 0 {
				return
			}
			for _, c := range left {
				choices[c.Key] = Choice{Take: rapid.SampledFrom([]Side{Ours, Theirs}).Draw(t, "side")}
			}
			var merged *Document
			merged, left = Resolve(base, ours, theirs, choices)
			if read, problems := Parse([]byte(text(t, merged))); read == nil {
				t.Fatalf("%v", problems)
			}
			for _, c := range left {
				if choices[c.Key].Take != "" {
					t.Fatalf("%s is asked again", c.Key)
				}
			}
		}
		t.Fatalf("still %v", left)
	})
}
