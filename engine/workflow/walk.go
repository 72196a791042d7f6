package workflow

import "slices"

// The ids of a step's lists that are not branches.
const (
	listSteps = "steps"
	listError = "error"
)

// Place is where a step stands in a document.
type Place struct {
	// Pointer is the JSON pointer of the step.
	Pointer string
	// Path is by ids, as in a run's journal without the item's number:
	// "tier/vip/access", "items[]/grant", "access!error/notify".
	Path string
	Step *Step
	// List is the list it stands in: "steps", "error", or a branch id.
	List string
	// Index is its position in that list.
	Index int
	// Parents are the steps around it, outermost first; empty at the top.
	Parents []*Step
}

// Owner returns the step that owns the list the place is in, nil at the top.
func (p Place) Owner() *Step {
	if len(p.Parents) == 0 {
		return nil
	}
	return p.Parents[len(p.Parents)-1]
}

// Walk calls fn for every step in the order of the document, a step before what
// is inside it: its steps, its branches, then its error path. It ends when fn
// returns false. Place.Parents is only good until fn returns.
func Walk(d *Document, fn func(Place) bool) {
	walkList(d.Steps, "/steps", "", listSteps, nil, fn)
}

func walkList(steps []Step, at, prefix, list string, parents []*Step, fn func(Place) bool) bool {
	for i := range steps {
		s := &steps[i]
		p := Place{Pointer: under(at, i), Path: prefix + s.ID, Step: s, List: list, Index: i, Parents: parents}
		if !fn(p) || !walkInside(p, fn) {
			return false
		}
	}
	return true
}

func walkInside(p Place, fn func(Place) bool) bool {
	s := p.Step
	parents := append(slices.Clip(p.Parents), s)
	if !walkList(s.Steps, under(p.Pointer, "steps"), p.Path+"[]/", listSteps, parents, fn) {
		return false
	}
	for i := range s.Branches {
		b := &s.Branches[i]
		if !walkList(b.Steps, under(p.Pointer, "branches", i, "steps"), p.Path+"/"+b.ID+"/", b.ID, parents, fn) {
			return false
		}
	}
	if s.OnError == nil {
		return true
	}
	return walkList(s.OnError.Steps, under(p.Pointer, "on_error", "steps"), p.Path+"!error/", listError, parents, fn)
}

// Find returns the place of a step, and false when there is none with the id.
func (d *Document) Find(stepID string) (Place, bool) {
	var found Place
	Walk(d, func(p Place) bool {
		if p.Step.ID == stepID {
			found = p
		}
		return found.Step == nil
	})
	return found, found.Step != nil
}
