package workflow

import "slices"

// place decides which list each step goes to, and sees to it that the list is
// there: what one side put into something that the other removed is a conflict
// about that.
func (m *merger) place() {
	for _, id := range m.alive() {
		m.at[id] = m.listFor(id)
	}
	// Steps that lost their owner twice end at the top: none is ever lost.
	switched := map[string]int{}
	for again := true; again; {
		again = false
		for _, id := range m.alive() {
			if m.holds(m.at[id]) {
				continue
			}
			again = true
			if switched[id]++; switched[id] > 2 {
				m.at[id] = mergeList{kind: listSteps}
				continue
			}
			m.reseat(id)
		}
		again = m.untangle(switched) || again
	}
	m.members = map[mergeList][]string{}
	for _, id := range m.alive() {
		m.members[m.at[id]] = append(m.members[m.at[id]], id)
	}
}

// alive lists the steps of the merged document in an order that is always the
// same.
func (m *merger) alive() []string {
	var ids []string
	for _, id := range union(m.ours.listed, m.theirs.listed) {
		if m.from[id] != fromNone {
			ids = append(ids, id)
		}
	}
	return ids
}

func (m *merger) listFor(id string) mergeList {
	b, o, t := m.base.steps[id], m.ours.steps[id], m.theirs.steps[id]
	switch {
	case o.step == nil:
		return t.list
	case t.step == nil || o.list == t.list:
		return o.list
	case b.step != nil && b.list == o.list:
		return t.list
	case b.step != nil && b.list == t.list:
		return o.list
	}
	if m.bothMoved(id) == Theirs {
		return t.list
	}
	return o.list
}

func (m *merger) bothMoved(id string) Side {
	return m.conflict(m.aboutStep(id, placeOf(stepConflict(id)), BothMoved, "", m.base.where(id), m.ours.where(id), m.theirs.where(id)))
}

// holds tells whether the merged document has a list.
func (m *merger) holds(l mergeList) bool {
	switch {
	case l.owner == "":
		return true
	case m.from[l.owner] == fromNone:
		return false
	case l.branch != "":
		return m.branches[branchKey{l.owner, l.branch}] != fromNone
	case l.kind == listError:
		return m.holdsErrors(l.owner)
	}
	return true
}

// holdsErrors tells whether a step keeps an error path: it takes it, or the side
// that decides had steps there all the same.
func (m *merger) holdsErrors(id string) bool {
	s := m.ours.step(id)
	if m.onError[id] == Theirs {
		s = m.theirs.step(id)
	}
	return s != nil && s.OnError != nil && (s.OnError.Do == OnErrorBranch || len(s.OnError.Steps) > 0)
}

// reseat finds a place for a step whose list is not in the merged document.
func (m *merger) reseat(id string) {
	l := m.at[id]
	if o := m.ours.steps[id]; o.step != nil && o.list == l {
		m.reseatOurs(id, l)
		return
	}
	// Theirs put it into what ours removed.
	if m.gone(l, OursRemoved) == Theirs {
		m.revive(l, fromTheirs)
		return
	}
	m.fallBack(id, m.ours.steps[id])
}

// reseatOurs: theirs removed what ours has the step in.
func (m *merger) reseatOurs(id string, l mergeList) {
	if m.gone(l, TheirsRemoved) == Ours {
		m.revive(l, fromOurs)
		return
	}
	m.fallBack(id, m.theirs.steps[id])
}

// fallBack puts a step to where the other side has it, or takes it out.
func (m *merger) fallBack(id string, other mergeSpot) {
	if other.step == nil {
		delete(m.from, id)
		return
	}
	m.at[id] = other.list
}

// gone notes the conflict about the owner of a list that one side removed and
// the other filled.
func (m *merger) gone(l mergeList, kind ConflictKind) Side {
	clash := triggerConflict(l.owner)
	switch {
	case m.from[l.owner] == fromNone && m.conflicts[clash].Kind == BothAdded:
		// Its id is that of a trigger.
		if m.chosen(m.conflicts[clash]) == Theirs {
			return Theirs
		}
		return Ours
	case m.from[l.owner] == fromNone:
		return m.stepRemoved(l.owner, kind)
	case l.branch != "":
		return m.branchRemoved(branchKey{l.owner, l.branch}, kind)
	}
	c := m.fieldOfStep(l.owner, "/on_error")
	c.Kind = BothChanged
	c.Base, c.Ours, c.Theirs = doOnError(m.base.step(l.owner)), doOnError(m.ours.step(l.owner)), doOnError(m.theirs.step(l.owner))
	return m.conflict(c)
}

// revive brings the owner of a list into the merged document.
func (m *merger) revive(l mergeList, from origin) {
	has := &m.ours
	if from == fromTheirs {
		has = &m.theirs
	}
	if m.from[l.owner] == fromNone {
		m.from[l.owner], m.at[l.owner] = from, has.steps[l.owner].list
		for _, b := range has.branchOrder[l.owner] {
			m.branches[branchKey{l.owner, b}] = from
		}
		m.onError[l.owner] = sideFrom(from)
		return
	}
	if l.branch != "" {
		m.branches[branchKey{l.owner, l.branch}] = from
		return
	}
	m.onError[l.owner] = sideFrom(from)
}

func sideFrom(from origin) Side {
	if from == fromTheirs {
		return Theirs
	}
	return Ours
}

// untangle undoes moves that put steps into each other: ours may have moved a
// step into a second one, and theirs the second into the first.
func (m *merger) untangle(switched map[string]int) bool {
	for _, id := range m.alive() {
		ring := m.ring(id)
		if ring == nil {
			continue
		}
		var movable []string
		theirs := true
		for _, in := range ring {
			if o, t := m.ours.steps[in], m.theirs.steps[in]; o.step != nil && t.step != nil && o.list != t.list {
				movable = append(movable, in)
				theirs = m.bothMoved(in) == Theirs && theirs
			}
		}
		for _, in := range movable {
			m.at[in] = m.ours.steps[in].list
			if theirs {
				m.at[in] = m.theirs.steps[in].list
			}
			if switched[in]++; switched[in] > 2 {
				m.at[in] = mergeList{kind: listSteps}
			}
		}
		return true
	}
	return false
}

// ring returns the steps that a step stands in when it stands in itself, else
// nil.
func (m *merger) ring(id string) []string {
	var seen []string
	for at := id; at != ""; at = m.at[at].owner {
		if i := slices.Index(seen, at); i >= 0 {
			return seen[i:]
		}
		seen = append(seen, at)
	}
	return nil
}
