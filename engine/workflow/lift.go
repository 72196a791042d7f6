package workflow

import (
	"slices"

	"github.com/hookloom/hookloom/nodes"
)

// Older reports whether a trigger or step was made for an older version of its type
// than this build has; false for types that it does not know.
func Older(d *Document, reg *nodes.Registry) bool {
	older := func(typeID string, v int) bool {
		t := reg.Lookup(typeID)
		return t != nil && v < t.Version
	}
	found := slices.ContainsFunc(d.Triggers, func(t Trigger) bool { return older(t.Type, t.V) })
	Walk(d, func(p Place) bool {
		found = found || older(p.Step.Type, p.Step.V)
		return !found
	})
	return found
}

// Lift raises the params of all triggers and steps to the versions that this build
// has, in place. What cannot be lifted stays as it is and is a problem.
func Lift(d *Document, reg *nodes.Registry) []Problem {
	var found problems
	lift := func(as position, typeID string, v *int, params *map[string]any, at, id string) {
		u, p := resolve(reg, as, typeID, *v, *params)
		if p != nil {
			found.add(Problem{Pointer: at + p.Pointer, Step: id, Code: p.Code, Message: p.Message})
			return
		}
		*v, *params = u.typ.Version, u.params
	}
	for i := range d.Triggers {
		t := &d.Triggers[i]
		lift(asTrigger, t.Type, &t.V, &t.Params, under("/triggers", i), t.ID)
	}
	Walk(d, func(p Place) bool {
		lift(asStep, p.Step.Type, &p.Step.V, &p.Step.Params, p.Pointer, p.Step.ID)
		return true
	})
	return found.sorted()
}
