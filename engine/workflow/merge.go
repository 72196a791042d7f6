package workflow

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
)

// Side names one of the two documents that a merge brings together.
type Side string

// The sides of a merge. Ours is the document that is kept and changed (a
// client's own workflow), Theirs what comes new (the next version of the template
// that it was made from).
const (
	Ours   Side = "ours"
	Theirs Side = "theirs"
)

// ConflictKind tells how two changes get into each other's way.
type ConflictKind string

// The kinds of conflicts.
const (
	// BothChanged: both gave one field another value.
	BothChanged ConflictKind = "both_changed"
	// BothMoved: both put one step, branch or trigger to another place.
	BothMoved ConflictKind = "both_moved"
	// BothAdded: both have something new under one id, and it is not the same.
	BothAdded ConflictKind = "both_added"
	// OursRemoved: ours removed what theirs changed, moved, filled or maps from.
	OursRemoved ConflictKind = "ours_removed"
	// TheirsRemoved: theirs removed what ours changed, moved, filled or maps from.
	TheirsRemoved ConflictKind = "theirs_removed"
)

// Conflict is one place where both sides changed the same and no rule can say
// who is right. Until somebody chooses, the merged document takes ours.
type Conflict struct {
	// Key names the conflict; it is the same when the merge is done again.
	Key  string       `json:"key"`
	Kind ConflictKind `json:"kind"`
	// What is one of the Element constants.
	What string `json:"what"`
	// ID is the step's or trigger's id, of a branch that of its step; "" for
	// settings.
	ID string `json:"id,omitempty"`
	// Branch is the id of the branch.
	Branch string `json:"branch,omitempty"`
	// Name is what people call the element.
	Name string `json:"name,omitempty"`
	// Type is the node type of the step or trigger, "" for settings.
	Type string `json:"type,omitempty"`
	// Pointer is the element's place in the merged document, "" when it is not in
	// it.
	Pointer string `json:"pointer"`
	// Field is the value's pointer inside the element: "/params/email"; "" when
	// the conflict is about the whole element or its place.
	Field string `json:"field,omitempty"`
	// Base, Ours and Theirs are plain values, nil for absent. Of an element they
	// are its document, of a place the words of where it stands. Treat them as
	// read-only.
	Base   any `json:"base"`
	Ours   any `json:"ours"`
	Theirs any `json:"theirs"`
}

// Choices says for conflicts, by their Key, whose value counts. nil chooses
// nothing.
type Choices map[string]Choice

// Choice is what somebody chose in a conflict.
type Choice struct {
	Take Side `json:"take"`
	// Seen is Conflict.Seen of what they saw: when either value is another one by
	// now, the choice does not hold and the conflict is there again. "" holds
	// whatever the values are.
	Seen string `json:"seen,omitempty"`
}

// Seen is a fingerprint of what is to be chosen between.
func (c Conflict) Seen() string {
	text, err := json.Marshal([]any{c.Kind, c.Ours, c.Theirs})
	if err != nil {
		// Documents are JSON, so this cannot be; a choice must not hold by chance.
		return "unreadable"
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:12])
}

// Merge brings into ours what was changed from base to theirs: fields key by key,
// entries of lists that can be told apart, steps wherever they moved. What only
// one side changed is taken, and what both changed alike; the rest are conflicts,
// in the order of the merged document, for which it takes ours. Nothing is
// changed in the three documents, and the merged one shares values with them.
//
// Merging is exact at its ends: a side that equals base gives the other one, and
// two equal sides give that.
func Merge(base, ours, theirs *Document) (*Document, []Conflict) {
	return Resolve(base, ours, theirs, nil)
}

// Resolve is Merge with choices for some of its conflicts, and returns those
// that are left. Choices for what is no conflict are of no effect.
func Resolve(base, ours, theirs *Document, choices Choices) (*Document, []Conflict) {
	m := &merger{
		base: sideOf(base), ours: sideOf(ours), theirs: sideOf(theirs), choices: choices,
		keep: map[string]bool{}, drop: map[string]bool{},
	}
	// What is mapped from a step that one side removed shows only in the merged
	// document; each round decides on at least one more step.
	for {
		merged := m.merge(base.Settings, ours.Settings, theirs.Settings)
		if !m.heedUses(ours, theirs, merged) {
			return merged, m.open(merged)
		}
	}
}

// merger holds one merge.
type merger struct {
	base, ours, theirs side
	choices            Choices
	conflicts          map[string]Conflict

	// keep and drop are ids of steps that were decided on because of what maps from
	// them: keep came back into the document, drop is a conflict only.
	keep, drop map[string]bool

	// from says for each step of the merged document whose it is; a step that is
	// not in it has none.
	from map[string]origin
	// at is the list that each step goes to.
	at map[string]mergeList
	// branches says the same of branches, and onError who decides on on_error.
	branches map[branchKey]origin
	onError  map[string]Side
	// triggers says the same of triggers.
	triggers map[string]origin
	// members are the steps of each list, in no order.
	members map[mergeList][]string
}

// origin is where an element of the merged document comes from.
type origin int

const (
	fromNone origin = iota
	fromBoth
	fromOurs
	fromTheirs
)

// mergeList names a list of steps: its owner's id, "" at the top; kind is
// listSteps or listError, or "" for the branch.
type mergeList struct{ owner, kind, branch string }

func (m *merger) merge(base, ours, theirs Settings) *Document {
	m.conflicts = map[string]Conflict{}
	m.from, m.at = map[string]origin{}, map[string]mergeList{}
	m.branches, m.triggers = map[branchKey]origin{}, map[string]origin{}
	m.onError = map[string]Side{}
	m.exist()
	m.place()
	return &Document{
		Schema:   Schema,
		Settings: m.settings(base, ours, theirs),
		Triggers: m.mergedTriggers(),
		Steps:    m.steps(mergeList{kind: listSteps}),
	}
}

// conflict notes a conflict and returns whose value to take.
func (m *merger) conflict(c Conflict) Side {
	m.conflicts[c.Key] = c
	if m.chosen(c) == Theirs {
		return Theirs
	}
	return Ours
}

// chosen is the side that was chosen for a conflict as it is, "" for none.
func (m *merger) chosen(c Conflict) Side {
	choice := m.choices[c.Key]
	if choice.Seen != "" && choice.Seen != c.Seen() {
		return ""
	}
	return choice.Take
}

// open lists the conflicts without a choice in the order of the document. A step
// inside one that is a conflict as a whole goes with it.
func (m *merger) open(merged *Document) []Conflict {
	at := map[string]string{}
	for i, t := range merged.Triggers {
		at[t.ID] = under("/triggers", i)
	}
	Walk(merged, func(p Place) bool {
		at[p.Step.ID] = p.Pointer
		for i, b := range p.Step.Branches {
			at[p.Step.ID+"/"+b.ID] = under(p.Pointer, "branches", i)
		}
		return true
	})
	var list []Conflict
	for _, c := range m.conflicts {
		if side := m.chosen(c); side == Ours || side == Theirs || m.goesWithOwner(c) {
			continue
		}
		switch {
		case c.What == ElementSettings:
			c.Pointer = "/settings"
		case c.Branch != "":
			c.Pointer = at[c.ID+"/"+c.Branch]
		default:
			c.Pointer = at[c.ID]
		}
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b Conflict) int {
		return cmp.Or(comparePointers(a.Pointer, b.Pointer), cmp.Compare(a.Key, b.Key))
	})
	return list
}

// goesWithOwner tells whether a removed step stands in something that is a
// conflict by itself for having been removed.
func (m *merger) goesWithOwner(c Conflict) bool {
	has := m.theirs
	switch {
	case c.What == ElementTrigger || c.Branch != "" && c.Kind != OursRemoved && c.Kind != TheirsRemoved:
		return false
	case c.Kind == TheirsRemoved:
		has = m.ours
	case c.Kind != OursRemoved:
		return false
	}
	l := has.steps[c.ID].list
	if c.Branch != "" {
		l = mergeList{owner: c.ID}
	}
	for l.owner != "" {
		if l.branch != "" && m.conflicts[branchConflict(l.owner, l.branch)].Kind == c.Kind {
			return true
		}
		if m.conflicts[stepConflict(l.owner)].Kind == c.Kind {
			return true
		}
		l = has.steps[l.owner].list
	}
	return false
}

// The keys of conflicts about whole elements, their places and their fields.
func stepConflict(id string) string        { return "step/" + id }
func triggerConflict(id string) string     { return "trigger/" + id }
func branchConflict(step, b string) string { return "step/" + step + "/branch/" + b }
func placeOf(element string) string        { return element + "/place" }
