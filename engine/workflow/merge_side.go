package workflow

// side is one document of a merge with its elements at hand.
type side struct {
	steps    map[string]mergeSpot
	branches map[branchKey]*Branch
	triggers map[string]*Trigger
	// lists are the ids in each list of steps, in order; listed are the lists by
	// the order of the document.
	lists  map[mergeList][]string
	listed []string
	// branchOrder are the ids of each step's branches; triggerOrder those of the
	// triggers.
	branchOrder  map[string][]string
	triggerOrder []string
}

// mergeSpot is a step and the list that it stands in.
type mergeSpot struct {
	step *Step
	list mergeList
}

func sideOf(d *Document) side {
	s := side{
		steps: map[string]mergeSpot{}, branches: map[branchKey]*Branch{}, triggers: map[string]*Trigger{},
		lists: map[mergeList][]string{}, branchOrder: map[string][]string{},
	}
	for i := range d.Triggers {
		t := &d.Triggers[i]
		s.triggers[t.ID] = t
		s.triggerOrder = append(s.triggerOrder, t.ID)
	}
	s.read(d.Steps, mergeList{kind: listSteps})
	return s
}

func (s *side) read(steps []Step, in mergeList) {
	for i := range steps {
		step := &steps[i]
		s.steps[step.ID] = mergeSpot{step, in}
		s.lists[in] = append(s.lists[in], step.ID)
		s.listed = append(s.listed, step.ID)
		s.read(step.Steps, mergeList{owner: step.ID, kind: listSteps})
		for j := range step.Branches {
			b := &step.Branches[j]
			s.branches[branchKey{step.ID, b.ID}] = b
			s.branchOrder[step.ID] = append(s.branchOrder[step.ID], b.ID)
			s.read(b.Steps, mergeList{owner: step.ID, branch: b.ID})
		}
		if step.OnError != nil {
			s.read(step.OnError.Steps, mergeList{owner: step.ID, kind: listError})
		}
	}
}

// step returns a step, nil when the document has none of that id.
func (s *side) step(id string) *Step { return s.steps[id].step }

// moved tells whether a step stands in another list than in base, or has been
// moved among those that stayed in its list.
func (s *side) moved(base *side, id string) bool {
	was, is := base.steps[id], s.steps[id]
	if was.step == nil || is.step == nil {
		return false
	}
	return was.list != is.list || outOfOrder(base.lists[was.list], s.lists[is.list])[id]
}

// union returns the ids of all lists, each once, in order of first appearance.
func union(lists ...[]string) []string {
	seen := map[string]bool{}
	var all []string
	for _, list := range lists {
		for _, id := range list {
			if !seen[id] {
				seen[id] = true
				all = append(all, id)
			}
		}
	}
	return all
}
