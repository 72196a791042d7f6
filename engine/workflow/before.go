package workflow

import (
	"github.com/hookloom/hookloom/nodes"
)

// Earlier is a step whose output may be read at some place of the document.
type Earlier struct {
	Step *Step
	// Pointer is the JSON pointer of the step.
	Pointer string
	// Type is nil for a step that this build cannot do.
	Type *nodes.NodeType
	// Sure says that every run which arrives there has done the step.
	Sure bool
}

// Around is what surrounds a place: what ran before it and the loops it is in.
type Around struct {
	// Earlier are the steps that may have run, in the order of the document.
	Earlier []Earlier
	// Loops are the loops around the place, outermost first.
	Loops []*Step
	// Contact says that every run which arrives there has a contact.
	Contact bool
}

// Surroundings tells what a step can read, without looking at what it reads.
// stepID "" is the place after the last step. False when there is no such step.
func Surroundings(d *Document, reg *nodes.Registry, stepID string) (Around, bool) {
	v := &validator{doc: d, reg: reg}
	contact := v.triggers()
	f := follow(d, contact, v.resolveStep)
	at := f.end
	around := Around{}
	if stepID != "" {
		s := f.byID[stepID]
		if s == nil {
			return around, false
		}
		at = s.before
		for i, p := range s.Parents {
			if f.listIn(s, i) == listSteps {
				around.Loops = append(around.Loops, p)
			}
		}
	}
	around.Contact = at.contact
	for _, s := range f.inOrder {
		if at.may.has(s.number) {
			around.Earlier = append(around.Earlier, Earlier{Step: s.Step, Pointer: s.Pointer, Type: s.use.typ, Sure: at.must.has(s.number)})
		}
	}
	return around, true
}
