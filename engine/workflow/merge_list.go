package workflow

import "slices"

// sequence is a list that both sides changed.
type sequence struct {
	base, ours, theirs []string
	// has tells which ids the merged list holds.
	has func(id string) bool
	// moved says whose place counts of an element that both moved.
	moved func(id string) Side
}

// merge orders what the merged list holds: ours as it is, with what theirs added
// or moved behind the element that it stands behind in theirs, and behind what
// ours added there.
func (s sequence) merge() []string {
	moves := s.movesOfTheirs()
	var list []string
	placed := map[string]bool{}
	for _, id := range s.ours {
		if s.has(id) && !moves[id] {
			list = append(list, id)
			placed[id] = true
		}
	}
	inTheirs := setOfIDs(s.theirs)
	before := ""
	for _, id := range s.theirs {
		if !s.has(id) {
			continue
		}
		if !placed[id] {
			at := 0
			if before != "" {
				at = slices.Index(list, before) + 1
			}
			for at < len(list) && !inTheirs[list[at]] {
				at++
			}
			list = slices.Insert(list, at, id)
			placed[id] = true
		}
		before = id
	}
	return list
}

// movesOfTheirs are the elements that theirs put to another place of the list.
func (s sequence) movesOfTheirs() map[string]bool {
	inBase, inOurs, inTheirs := setOfIDs(s.base), setOfIDs(s.ours), setOfIDs(s.theirs)
	common := func(list []string) (ids []string) {
		for _, id := range list {
			if s.has(id) && inBase[id] && inOurs[id] && inTheirs[id] {
				ids = append(ids, id)
			}
		}
		return ids
	}
	base, ours, theirs := common(s.base), common(s.ours), common(s.theirs)
	if slices.Equal(ours, theirs) || slices.Equal(theirs, base) {
		return nil
	}
	byOurs, byTheirs := outOfOrder(base, ours), outOfOrder(base, theirs)
	moves := map[string]bool{}
	for id := range byTheirs {
		if byOurs[id] && s.standsBehind(ours, id, byOurs, byTheirs) == s.standsBehind(theirs, id, byOurs, byTheirs) {
			continue // both moved it to the same place
		}
		if !byOurs[id] || s.moved(id) == Theirs {
			moves[id] = true
		}
	}
	return moves
}

// standsBehind counts the elements before id that nobody moved.
func (s sequence) standsBehind(list []string, id string, byOurs, byTheirs map[string]bool) int {
	n := 0
	for _, other := range list {
		if other == id {
			break
		}
		if !byOurs[other] && !byTheirs[other] {
			n++
		}
	}
	return n
}

func setOfIDs(ids []string) map[string]bool {
	set := make(map[string]bool, len(ids))
	for _, id := range ids {
		set[id] = true
	}
	return set
}
