package workflow

import (
	"fmt"

	"github.com/hookloom/hookloom/engine/value"
)

func (m *merger) settings(b, o, t Settings) Settings {
	s := o
	c := Conflict{Key: ElementSettings, What: ElementSettings}
	take := func(field string, base, ours, theirs any) bool {
		return m.choose(c.at("/"+field), base, ours, theirs) == Theirs
	}
	if take("contact", b.Contact, o.Contact, t.Contact) {
		s.Contact = t.Contact
	}
	if take("timezone", pointed(b.Timezone), pointed(o.Timezone), pointed(t.Timezone)) {
		s.Timezone = t.Timezone
	}
	if take("reentry", b.Reentry, o.Reentry, t.Reentry) {
		s.Reentry = t.Reentry
	}
	if take("stop_on_reply", b.StopOnReply, o.StopOnReply, t.StopOnReply) {
		s.StopOnReply = t.StopOnReply
	}
	if take("window", normal(b.Window), normal(o.Window), normal(t.Window)) {
		s.Window = t.Window
	}
	return s
}

// pointed is what an optional value is, nil for none.
func pointed[T any](v *T) any {
	if v == nil {
		return nil
	}
	return *v
}

// normal is an optional part of the document as a plain value, nil for none.
func normal[T any](v *T) any {
	if v == nil {
		return nil
	}
	return value.Normalize(*v)
}

func (m *merger) mergedTriggers() []Trigger {
	order := sequence{
		base: m.base.triggerOrder, ours: m.ours.triggerOrder, theirs: m.theirs.triggerOrder,
		has: func(id string) bool { return m.triggers[id] != fromNone },
		moved: func(id string) Side {
			c := m.aboutTrigger(id, placeOf(triggerConflict(id)), BothMoved, "", nil, nil, nil)
			c.Base, c.Ours, c.Theirs = behind(m.base.triggerOrder, id), behind(m.ours.triggerOrder, id), behind(m.theirs.triggerOrder, id)
			return m.conflict(c)
		},
	}
	triggers := []Trigger{}
	for _, id := range order.merge() {
		switch m.triggers[id] {
		case fromOurs:
			triggers = append(triggers, *m.ours.triggers[id])
		case fromTheirs:
			triggers = append(triggers, *m.theirs.triggers[id])
		default:
			triggers = append(triggers, m.trigger(id))
		}
	}
	return triggers
}

func (m *merger) trigger(id string) Trigger {
	b, o, t := m.base.triggers[id], m.ours.triggers[id], m.theirs.triggers[id]
	c := m.aboutTrigger(id, triggerConflict(id), BothChanged, "", nil, nil, nil)
	merged := *o
	was := fieldSet{there: b != nil}
	if b != nil {
		was = fieldSet{true, b.Name, b.Note, b.Disabled, setUp{b.Type, b.V, b.Params}}
	}
	f := m.fields(c, was, fieldSet{true, o.Name, o.Note, o.Disabled, setUp{o.Type, o.V, o.Params}}, fieldSet{true, t.Name, t.Note, t.Disabled, setUp{t.Type, t.V, t.Params}})
	merged.Name, merged.Note, merged.Disabled = f.name, f.note, f.disabled
	merged.Type, merged.V, merged.Params = f.typ, f.v, f.params
	return merged
}

// fieldSet is what triggers and steps have in common.
type fieldSet struct {
	there      bool
	name, note string
	disabled   bool
	setUp
}

// setUp is a node type with the params that were written for it.
type setUp struct {
	typ    string
	v      int
	params map[string]any
}

func (s setUp) of(other setUp) bool { return s.typ == other.typ && s.v == other.v }

func (s setUp) shown() any {
	return map[string]any{"type": s.typ, "v": s.v, "params": s.params}
}

func (m *merger) fields(c Conflict, b, o, t fieldSet) fieldSet {
	merged := o
	if m.choose(c.at("/name"), known(b.there, b.name), o.name, t.name) == Theirs {
		merged.name = t.name
	}
	if m.choose(c.at("/note"), known(b.there, b.note), o.note, t.note) == Theirs {
		merged.note = t.note
	}
	if m.choose(c.at("/disabled"), known(b.there, b.disabled), o.disabled, t.disabled) == Theirs {
		merged.disabled = t.disabled
	}
	if o.of(t.setUp) {
		merged.params = m.object(c, "/params", b.params, o.params, t.params)
		return merged
	}
	// Params were written for one type and version, and go with it.
	if m.choose(c.at("/type"), known(b.there, b.shown()), o.shown(), t.shown()) == Theirs {
		merged.setUp = t.setUp
	}
	return merged
}

// steps puts the steps of one list together; never nil.
func (m *merger) steps(in mergeList) []Step {
	members := setOfIDs(m.members[in])
	order := sequence{
		base: m.base.lists[in], ours: m.ours.lists[in], theirs: m.theirs.lists[in],
		has:   func(id string) bool { return members[id] },
		moved: m.bothMoved,
	}
	ids := order.merge()
	steps := []Step{}
	// Steps that neither side has here lost the place where they stood.
	for _, id := range union(ids, m.members[in]) {
		steps = append(steps, m.step(id))
	}
	return steps
}

func (m *merger) step(id string) Step {
	var s Step
	switch m.from[id] {
	case fromOurs:
		s = *m.ours.step(id)
	case fromTheirs:
		s = *m.theirs.step(id)
	default:
		s = m.mergedStep(id)
	}
	s.Steps = orNil(m.steps(mergeList{owner: id, kind: listSteps}))
	s.Branches = m.mergedBranches(id)
	s.OnError = m.mergedOnError(id)
	return s
}

func orNil(steps []Step) []Step {
	if len(steps) == 0 {
		return nil
	}
	return steps
}

func (m *merger) mergedStep(id string) Step {
	b, o, t := m.base.step(id), m.ours.step(id), m.theirs.step(id)
	c := m.aboutStep(id, stepConflict(id), BothChanged, "", nil, nil, nil)
	s, was, old := *o, fieldSet{}, &Step{}
	if b != nil {
		old, was = b, fieldSet{true, b.Name, b.Note, b.Disabled, setUp{b.Type, b.V, b.Params}}
	}
	f := m.fields(c, was, fieldSet{true, o.Name, o.Note, o.Disabled, setUp{o.Type, o.V, o.Params}}, fieldSet{true, t.Name, t.Note, t.Disabled, setUp{t.Type, t.V, t.Params}})
	s.Name, s.Note, s.Disabled = f.name, f.note, f.disabled
	s.Type, s.V, s.Params = f.typ, f.v, f.params
	if m.choose(c.at("/retry"), known(b != nil, normal(old.Retry)), normal(o.Retry), normal(t.Retry)) == Theirs {
		s.Retry = t.Retry
	}
	if m.choose(c.at("/repeatable"), known(b != nil, pointed(old.Repeatable)), pointed(o.Repeatable), pointed(t.Repeatable)) == Theirs {
		s.Repeatable = t.Repeatable
	}
	return s
}

func (m *merger) mergedBranches(step string) []Branch {
	order := sequence{
		base: m.base.branchOrder[step], ours: m.ours.branchOrder[step], theirs: m.theirs.branchOrder[step],
		has: func(b string) bool { return m.branches[branchKey{step, b}] != fromNone },
		moved: func(b string) Side {
			c := m.aboutBranch(branchKey{step, b}, placeOf(branchConflict(step, b)), BothMoved, "", nil, nil, nil)
			c.Base, c.Ours, c.Theirs = behind(m.base.branchOrder[step], b), behind(m.ours.branchOrder[step], b), behind(m.theirs.branchOrder[step], b)
			return m.conflict(c)
		},
	}
	var branches []Branch
	for _, id := range order.merge() {
		branches = append(branches, m.branch(branchKey{step, id}))
	}
	return branches
}

func (m *merger) branch(key branchKey) Branch {
	b, o, t := m.base.branches[key], m.ours.branches[key], m.theirs.branches[key]
	var merged Branch
	switch {
	case m.branches[key] == fromOurs || t == nil:
		merged = *o
	case m.branches[key] == fromTheirs || o == nil:
		merged = *t
	default:
		merged = *o
		old := Branch{}
		if b != nil {
			old = *b
		}
		c := m.aboutBranch(key, branchConflict(key.step, key.branch), BothChanged, "", nil, nil, nil)
		if m.choose(c.at("/name"), known(b != nil, old.Name), o.Name, t.Name) == Theirs {
			merged.Name = t.Name
		}
		if m.choose(c.at("/when"), known(b != nil, old.When), o.When, t.When) == Theirs {
			merged.When = t.When
		}
	}
	merged.Steps = m.steps(mergeList{owner: key.step, branch: key.branch})
	return merged
}

func (m *merger) mergedOnError(id string) *OnError {
	from := m.ours.step(id)
	if m.onError[id] == Theirs {
		from = m.theirs.step(id)
	}
	if from == nil || from.OnError == nil {
		return nil
	}
	return &OnError{Do: from.OnError.Do, Steps: orNil(m.steps(mergeList{owner: id, kind: listError}))}
}

func (m *merger) aboutStep(id, key string, kind ConflictKind, field string, base, ours, theirs any) Conflict {
	c := Conflict{Key: key, Kind: kind, What: ElementStep, ID: id, Field: field, Base: base, Ours: ours, Theirs: theirs}
	for _, s := range []*Step{m.base.step(id), m.theirs.step(id), m.ours.step(id)} {
		if s != nil {
			c.Name, c.Type = nameOf(s.Name, id), s.Type
		}
	}
	return c
}

// fieldOfStep is a conflict about one field of a step, without its values.
func (m *merger) fieldOfStep(id, field string) Conflict {
	return m.aboutStep(id, stepConflict(id), BothChanged, "", nil, nil, nil).at(field)
}

func (m *merger) aboutTrigger(id, key string, kind ConflictKind, field string, base, ours, theirs any) Conflict {
	c := Conflict{Key: key, Kind: kind, What: ElementTrigger, ID: id, Name: id, Field: field, Base: base, Ours: ours, Theirs: theirs}
	for _, t := range []*Trigger{m.base.triggers[id], m.theirs.triggers[id], m.ours.triggers[id]} {
		if t != nil {
			c.Name, c.Type = nameOf(t.Name, id), t.Type
		}
	}
	return c
}

func (m *merger) aboutBranch(k branchKey, key string, kind ConflictKind, field string, base, ours, theirs any) Conflict {
	c := m.aboutStep(k.step, key, kind, field, base, ours, theirs)
	c.What, c.Branch, c.Name = ElementBranch, k.branch, k.branch
	for _, b := range []*Branch{m.base.branches[k], m.theirs.branches[k], m.ours.branches[k]} {
		if b != nil {
			c.Name = nameOf(b.Name, k.branch)
		}
	}
	return c
}

func shownStep(s *Step) any {
	return normal(s)
}

func shownBranch(b *Branch) any { return normal(b) }

func shownTrigger(t *Trigger) any { return normal(t) }

// where says in words where a step stands, nil when it is not there.
func (s *side) where(id string) any {
	at, ok := s.steps[id]
	if !ok {
		return nil
	}
	text := behindNamed(s.lists[at.list], id, func(other string) string { return nameOf(s.step(other).Name, other) })
	if at.list.owner == "" {
		return text
	}
	owner := s.step(at.list.owner)
	switch {
	case at.list.kind == listError:
		return fmt.Sprintf("%s on the error path of %s", text, quoted(nameOf(owner.Name, owner.ID)))
	case at.list.branch != "":
		b := s.branches[branchKey{owner.ID, at.list.branch}]
		return fmt.Sprintf("%s in %s of %s", text, quoted(nameOf(b.Name, b.ID)), quoted(nameOf(owner.Name, owner.ID)))
	}
	return fmt.Sprintf("%s inside %s", text, quoted(nameOf(owner.Name, owner.ID)))
}

// behind says what an element stands behind in a list.
func behind(list []string, id string) any {
	return behindNamed(list, id, func(other string) string { return other })
}

func behindNamed(list []string, id string, name func(string) string) string {
	before := ""
	for _, other := range list {
		if other == id {
			break
		}
		before = other
	}
	if before == "" {
		return "first"
	}
	return "behind " + quoted(name(before))
}
