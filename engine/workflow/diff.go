package workflow

import "slices"

// ChangeKind tells what happened to one element of a document.
type ChangeKind string

// The kinds of changes. An element that moved and changed has one of each.
const (
	Added   ChangeKind = "added"
	Removed ChangeKind = "removed"
	Moved   ChangeKind = "moved"
	Changed ChangeKind = "changed"
)

// The elements that a Change can be about.
const (
	ElementSettings = "settings"
	ElementTrigger  = "trigger"
	ElementStep     = "step"
	ElementBranch   = "branch"
)

// Change is one difference between two documents, as a person would count it:
// a step that came with everything inside it is one change, and so is a step of
// which three fields changed.
type Change struct {
	Kind ChangeKind `json:"kind"`
	// What is one of the Element constants.
	What string `json:"what"`
	// ID is the trigger's or step's id, of a branch that of its step; "" for
	// settings.
	ID string `json:"id,omitempty"`
	// Branch is the id of the branch.
	Branch string `json:"branch,omitempty"`
	// Name is what people call the element.
	Name string `json:"name,omitempty"`
	// Pointer is the element's place in the newer document; of a removed one in
	// the older.
	Pointer string `json:"pointer"`
	// Fields say what changed, of Changed only.
	Fields []FieldChange `json:"fields,omitempty"`
	// Text is the change in one sentence.
	Text string `json:"text"`
}

// FieldChange is one value that differs.
type FieldChange struct {
	// Pointer is relative to the element: "/params/email".
	Pointer string `json:"pointer"`
	// Old and New are plain values, nil for absent. Treat them as read-only.
	Old any `json:"old"`
	New any `json:"new"`
}

// Diff lists what was changed to get from a to b: settings, then triggers, then
// steps in the order of b, and what is gone. It is empty for equal documents.
// Steps are the same when their ids are, wherever they stand.
func Diff(a, b *Document) []Change {
	d := &differ{a: indexOf(a), b: indexOf(b)}
	d.settings(a, b)
	d.triggers(a, b)
	Walk(b, func(p Place) bool {
		d.step(p)
		return true
	})
	Walk(a, func(p Place) bool {
		d.goneStep(p)
		return true
	})
	return d.changes
}

// index finds the elements of one document.
type index struct {
	steps    map[string]spot
	branches map[branchKey]bool
	// lists holds the ids in each list of steps, in order.
	lists map[listKey][]string
}

// spot is a Place that outlives its walk.
type spot struct {
	step    *Step
	pointer string
	list    listKey
}

// listKey names a list of steps: its owner's id, "" at the top, and its own.
type listKey struct{ owner, list string }

type branchKey struct{ step, branch string }

func listOf(p Place) listKey {
	if owner := p.Owner(); owner != nil {
		return listKey{owner.ID, p.List}
	}
	return listKey{"", p.List}
}

func indexOf(d *Document) index {
	x := index{steps: map[string]spot{}, branches: map[branchKey]bool{}, lists: map[listKey][]string{}}
	Walk(d, func(p Place) bool {
		key := listOf(p)
		x.steps[p.Step.ID] = spot{p.Step, p.Pointer, key}
		x.lists[key] = append(x.lists[key], p.Step.ID)
		for _, b := range p.Step.Branches {
			x.branches[branchKey{p.Step.ID, b.ID}] = true
		}
		return true
	})
	return x
}

// holds reports whether the element that a list belongs to is in the document.
func (x index) holds(l listKey) bool {
	if l.owner == "" {
		return true
	}
	if _, ok := x.steps[l.owner]; !ok {
		return false
	}
	return l.list == listSteps || l.list == listError || x.branches[branchKey{l.owner, l.list}]
}

type differ struct {
	a, b    index
	changes []Change
	// moved caches, for each list, which of its steps changed their order.
	moved map[listKey]map[string]bool
}

func (d *differ) add(c Change) {
	c.Text = c.sentence()
	d.changes = append(d.changes, c)
}

func (d *differ) changed(c Change, was, is map[string]any) {
	c.Kind, c.Fields = Changed, compareMaps(nil, "", was, is)
	if len(c.Fields) > 0 {
		d.add(c)
	}
}

func (d *differ) settings(a, b *Document) {
	c := Change{What: ElementSettings, Pointer: "/settings"}
	d.changed(c, settingsFields(a.Settings), settingsFields(b.Settings))
}

func (d *differ) triggers(a, b *Document) {
	was, is := map[string]*Trigger{}, map[string]bool{}
	var before, after []string
	for i := range a.Triggers {
		was[a.Triggers[i].ID] = &a.Triggers[i]
		before = append(before, a.Triggers[i].ID)
	}
	for _, t := range b.Triggers {
		is[t.ID] = true
		after = append(after, t.ID)
	}
	reordered := outOfOrder(before, after)
	for i := range b.Triggers {
		t := &b.Triggers[i]
		c := Change{What: ElementTrigger, ID: t.ID, Name: nameOf(t.Name, t.ID), Pointer: under("/triggers", i)}
		old, ok := was[t.ID]
		if !ok {
			c.Kind = Added
			d.add(c)
			continue
		}
		if reordered[t.ID] {
			c.Kind = Moved
			d.add(c)
		}
		d.changed(c, triggerFields(old), triggerFields(t))
	}
	for i, t := range a.Triggers {
		if !is[t.ID] {
			d.add(Change{Kind: Removed, What: ElementTrigger, ID: t.ID, Name: nameOf(t.Name, t.ID), Pointer: under("/triggers", i)})
		}
	}
}

func (d *differ) step(p Place) {
	c := Change{What: ElementStep, ID: p.Step.ID, Name: nameOf(p.Step.Name, p.Step.ID), Pointer: p.Pointer}
	old, ok := d.a.steps[p.Step.ID]
	if !ok {
		// What stands inside a new element came with it.
		if d.a.holds(listOf(p)) {
			c.Kind = Added
			d.add(c)
		}
		return
	}
	if d.hasMoved(p, old) {
		c.Kind = Moved
		d.add(c)
	}
	d.changed(c, stepFields(old.step), stepFields(p.Step))
	d.stepBranches(p, old)
}

func (d *differ) hasMoved(p Place, old spot) bool {
	here := listOf(p)
	if here != old.list {
		return true
	}
	if d.moved == nil {
		d.moved = map[listKey]map[string]bool{}
	}
	if _, known := d.moved[here]; !known {
		d.moved[here] = outOfOrder(d.a.lists[here], d.b.lists[here])
	}
	return d.moved[here][p.Step.ID]
}

func (d *differ) goneStep(p Place) {
	if _, ok := d.b.steps[p.Step.ID]; ok || !d.b.holds(listOf(p)) {
		return
	}
	d.add(Change{Kind: Removed, What: ElementStep, ID: p.Step.ID, Name: nameOf(p.Step.Name, p.Step.ID), Pointer: p.Pointer})
}

func (d *differ) stepBranches(p Place, old spot) {
	was := map[string]*Branch{}
	var before, after []string
	for i := range old.step.Branches {
		was[old.step.Branches[i].ID] = &old.step.Branches[i]
		before = append(before, old.step.Branches[i].ID)
	}
	for _, b := range p.Step.Branches {
		after = append(after, b.ID)
	}
	reordered := outOfOrder(before, after)
	for i := range p.Step.Branches {
		b := &p.Step.Branches[i]
		c := Change{What: ElementBranch, ID: p.Step.ID, Branch: b.ID, Name: nameOf(b.Name, b.ID), Pointer: under(p.Pointer, "branches", i)}
		old, ok := was[b.ID]
		if !ok {
			c.Kind = Added
			d.add(c)
			continue
		}
		if reordered[b.ID] {
			c.Kind = Moved
			d.add(c)
		}
		d.changed(c, branchFields(old), branchFields(b))
	}
	for i, b := range old.step.Branches {
		if !slices.Contains(after, b.ID) {
			d.add(Change{Kind: Removed, What: ElementBranch, ID: p.Step.ID, Branch: b.ID, Name: nameOf(b.Name, b.ID), Pointer: under(old.pointer, "branches", i)})
		}
	}
}

func nameOf(name, id string) string {
	if name != "" {
		return name
	}
	return id
}
