package workflow

import "github.com/hookloom/hookloom/engine/value"

// exist decides which steps, branches and triggers the merged document has.
func (m *merger) exist() {
	for _, id := range union(m.ours.triggerOrder, m.theirs.triggerOrder) {
		if from := m.triggerFrom(id); from != fromNone {
			m.triggers[id] = from
		}
	}
	for _, id := range union(m.ours.listed, m.theirs.listed) {
		if from := m.stepFrom(id); from != fromNone {
			m.from[id] = from
		}
		for _, b := range union(m.ours.branchOrder[id], m.theirs.branchOrder[id]) {
			if from := m.branchFrom(branchKey{id, b}); from != fromNone {
				m.branches[branchKey{id, b}] = from
			}
		}
		m.onError[id] = m.onErrorFrom(id)
	}
	m.clashes()
}

// presence is what decides on one element.
type presence struct {
	base, ours, theirs bool
	// oursEdited and theirsEdited tell whether a side changed it since base; they
	// are asked when the other side has removed it.
	oursEdited, theirsEdited func() bool
	conflict                 func(kind ConflictKind) Side
}

func (p presence) origin() origin {
	switch {
	case p.ours && p.theirs:
		return fromBoth
	case p.ours && !p.base:
		return fromOurs
	case p.theirs && !p.base:
		return fromTheirs
	case p.ours && p.oursEdited() && p.conflict(TheirsRemoved) == Ours:
		return fromOurs
	case p.theirs && p.theirsEdited() && p.conflict(OursRemoved) == Theirs:
		return fromTheirs
	}
	return fromNone
}

func (m *merger) stepFrom(id string) origin {
	b, o, t := m.base.step(id), m.ours.step(id), m.theirs.step(id)
	if b == nil && o != nil && t != nil && o.Type != t.Type {
		if m.conflict(m.aboutStep(id, stepConflict(id), BothAdded, "", nil, shownStep(o), shownStep(t))) == Theirs {
			return fromTheirs
		}
		return fromOurs
	}
	from := presence{
		base: b != nil, ours: o != nil, theirs: t != nil,
		oursEdited:   func() bool { return !sameFields(stepFields(b), stepFields(o)) || m.ours.moved(&m.base, id) },
		theirsEdited: func() bool { return !sameFields(stepFields(b), stepFields(t)) || m.theirs.moved(&m.base, id) },
		conflict:     func(kind ConflictKind) Side { return m.stepRemoved(id, kind) },
	}.origin()
	if from != fromNone {
		return from
	}
	// What maps from the step keeps it, or asks.
	switch {
	case m.keep[id] && m.stepRemoved(id, TheirsRemoved) == Ours:
		return fromOurs
	case m.drop[id] && m.stepRemoved(id, OursRemoved) == Theirs:
		return fromTheirs
	}
	return fromNone
}

func (m *merger) stepRemoved(id string, kind ConflictKind) Side {
	return m.conflict(m.aboutStep(id, stepConflict(id), kind, "", shownStep(m.base.step(id)), shownStep(m.ours.step(id)), shownStep(m.theirs.step(id))))
}

func (m *merger) branchFrom(key branchKey) origin {
	// Branches of a step that only one side brings are that side's.
	b, o, t := m.base.branches[key], m.ours.branches[key], m.theirs.branches[key]
	switch m.from[key.step] {
	case fromOurs:
		return originIf(o != nil, fromOurs)
	case fromTheirs:
		return originIf(t != nil, fromTheirs)
	}
	return presence{
		base: b != nil, ours: o != nil, theirs: t != nil,
		oursEdited:   func() bool { return !sameFields(branchFields(b), branchFields(o)) },
		theirsEdited: func() bool { return !sameFields(branchFields(b), branchFields(t)) },
		conflict:     func(kind ConflictKind) Side { return m.branchRemoved(key, kind) },
	}.origin()
}

func originIf(there bool, from origin) origin {
	if there {
		return from
	}
	return fromNone
}

func (m *merger) branchRemoved(key branchKey, kind ConflictKind) Side {
	return m.conflict(m.aboutBranch(key, branchConflict(key.step, key.branch), kind, "",
		shownBranch(m.base.branches[key]), shownBranch(m.ours.branches[key]), shownBranch(m.theirs.branches[key])))
}

func (m *merger) triggerFrom(id string) origin {
	b, o, t := m.base.triggers[id], m.ours.triggers[id], m.theirs.triggers[id]
	about := func(kind ConflictKind) Side {
		return m.conflict(m.aboutTrigger(id, triggerConflict(id), kind, "", shownTrigger(b), shownTrigger(o), shownTrigger(t)))
	}
	if b == nil && o != nil && t != nil && o.Type != t.Type {
		if about(BothAdded) == Theirs {
			return fromTheirs
		}
		return fromOurs
	}
	return presence{
		base: b != nil, ours: o != nil, theirs: t != nil,
		oursEdited:   func() bool { return !sameFields(triggerFields(b), triggerFields(o)) },
		theirsEdited: func() bool { return !sameFields(triggerFields(b), triggerFields(t)) },
		conflict:     about,
	}.origin()
}

// clashes settles ids that name a trigger on one side and a step on the other:
// mappings could not tell them apart.
func (m *merger) clashes() {
	for id, trigger := range m.triggers {
		step, both := m.from[id]
		if !both {
			continue
		}
		var ours, theirs any
		oursIsTrigger := trigger == fromOurs || trigger == fromBoth && step == fromTheirs
		if oursIsTrigger {
			ours, theirs = shownTrigger(m.ours.triggers[id]), shownStep(m.theirs.step(id))
		} else {
			ours, theirs = shownStep(m.ours.step(id)), shownTrigger(m.theirs.triggers[id])
		}
		c := m.aboutTrigger(id, triggerConflict(id), BothAdded, "", nil, ours, theirs)
		takeTrigger := oursIsTrigger == (m.conflict(c) == Ours)
		if takeTrigger {
			delete(m.from, id)
		} else {
			delete(m.triggers, id)
		}
	}
}

// onErrorFrom is whose on_error counts for a step that both have.
func (m *merger) onErrorFrom(id string) Side {
	b, o, t := m.base.step(id), m.ours.step(id), m.theirs.step(id)
	switch {
	case m.from[id] == fromTheirs || o == nil:
		return Theirs
	case m.from[id] == fromOurs || t == nil:
		return Ours
	}
	return m.choose(m.fieldOfStep(id, "/on_error"), known(b != nil, doOnError(b)), doOnError(o), doOnError(t))
}

// doOnError is what a step says of failing, nil for nothing.
func doOnError(s *Step) any {
	if s == nil || s.OnError == nil {
		return nil
	}
	return s.OnError.Do
}

// sameFields compares the fields of an element, but for secrets that were entered
// where there was nothing: those belong to setting it up, which everybody does.
func sameFields(was, is map[string]any) bool {
	for _, change := range compareMaps(nil, "", was, is) {
		_, secret := SecretRef(change.New)
		if !(secret && value.Empty(change.Old)) && !onlySecrets(change.Old, change.New) {
			return false
		}
	}
	return true
}

// onlySecrets tells whether v is a group that holds nothing but secrets and came
// new.
func onlySecrets(was, v any) bool {
	group, ok := v.(map[string]any)
	if !ok || was != nil || len(group) == 0 {
		return false
	}
	for _, member := range group {
		if _, secret := SecretRef(member); !secret && !onlySecrets(nil, member) {
			return false
		}
	}
	return true
}
