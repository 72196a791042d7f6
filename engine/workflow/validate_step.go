package workflow

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hookloom/hookloom/nodes"
)

// lists checks the branches, inner steps and error path of a step.
func (v *validator) lists(s *site) {
	v.branches(s)
	if s.use.typ != nil {
		if len(s.Step.Steps) == 0 && slices.Contains(s.use.typ.Lists, listSteps) {
			v.report(s, "/steps", CodeNoSteps, fmt.Sprintf("%s repeats nothing yet: add a step inside it.", s.title()))
		}
		if len(s.Step.Steps) > 0 && !slices.Contains(s.use.typ.Lists, listSteps) {
			v.report(s, "/steps", CodeMisplacedList, fmt.Sprintf("%s can't hold steps: move them after it.", s.title()))
		}
		if len(s.Step.Branches) > 0 && !slices.Contains(s.use.typ.Lists, listBranches) {
			v.report(s, "/branches", CodeMisplacedList, fmt.Sprintf("%s can't have branches: remove them.", s.title()))
		}
		if s.Step.Repeatable != nil && s.use.typ.Kind != nodes.KindAction {
			v.report(s, "/repeatable", CodeRepeatable, fmt.Sprintf("%s sends nothing to the outside, so repeatable has no meaning for it: remove it.", s.title()))
		}
	}
	if s.Step.OnError == nil {
		return
	}
	if len(s.Step.OnError.Steps) > 0 && s.Step.OnError.Do != OnErrorBranch {
		v.report(s, "/on_error/steps", CodeOnError, fmt.Sprintf("The error path of %s is never taken, because on_error does %q: choose branch, or remove its steps.", s.title(), s.Step.OnError.Do))
	}
	if len(s.Step.OnError.Steps) == 0 && s.Step.OnError.Do == OnErrorBranch {
		v.warn(s, "/on_error/steps", CodeOnError, fmt.Sprintf("The error path of %s is empty, so the run goes on as if nothing had happened: add a step to it.", s.title()))
	}
}

// listBranches is how a descriptor calls the branches of a step.
const listBranches = "branches"

func (v *validator) branches(s *site) {
	if s.use.typ != nil && slices.Contains(s.use.typ.Lists, listBranches) && len(s.Step.Branches) == 0 {
		v.report(s, "/branches", CodeNoBranches, fmt.Sprintf("%s has no branch: add one.", s.title()))
	}
	if s.use.typ != nil && s.use.typ.Paths != nil {
		v.paths(s)
		return
	}
	fallback := -1
	for i, b := range s.Step.Branches {
		at := under("/branches", i)
		if b.When != nil {
			continue
		}
		switch {
		case fallback >= 0:
			v.report(s, at, CodeFallback, fmt.Sprintf("The branches %s and %s have no condition, and only one can be for everything else: give one of them a condition.",
				quoted(nameOf(s.Step.Branches[fallback].Name, s.Step.Branches[fallback].ID)), quoted(nameOf(b.Name, b.ID))))
		case i != len(s.Step.Branches)-1:
			v.report(s, at, CodeFallback, fmt.Sprintf("The branch %s has no condition, so the ones after it would never be taken: give it a condition, or move it to the end.", quoted(nameOf(b.Name, b.ID))))
		}
		fallback = i
	}
}

// paths checks the branches of a type that chooses among them by itself.
func (v *validator) paths(s *site) {
	paths := s.use.typ.Paths
	known := func(id string) bool {
		return slices.ContainsFunc(paths.Start, func(p nodes.Path) bool { return p.ID == id })
	}
	for i, b := range s.Step.Branches {
		if b.When != nil {
			v.report(s, under("/branches", i, "when"), CodeFallback, fmt.Sprintf("%s chooses the path by itself, so that %s can have no condition: remove it.", s.title(), quoted(nameOf(b.Name, b.ID))))
		}
		if paths.Fixed && !known(b.ID) {
			v.report(s, under("/branches", i), CodeFallback, fmt.Sprintf("%s would never take the path %s: remove it.", s.title(), quoted(nameOf(b.Name, b.ID))))
		}
	}
}

// goal holds a goal to where a run can be moved forward to.
func (v *validator) goal(s *site) {
	if _, ok := s.use.typ.Goal(s.use.params); ok && len(s.Parents) > 0 {
		v.report(s, "", CodeGoal, fmt.Sprintf("%s stands inside another step, and a run can only be moved forward to a step of the workflow itself: move it out.", s.title()))
	}
}

func (v *validator) retry(s *site) {
	if s.Step.Retry == nil {
		return
	}
	s.Step.Retry.check(func(pointer, message string) { v.report(s, "/retry"+pointer, CodeRetry, message) })
	if s.use.typ != nil && s.use.typ.Kind == nodes.KindFlow {
		v.report(s, "/retry", CodeRetry, fmt.Sprintf("%s only steers the run and would fail the same way again: remove retry.", s.title()))
	}
}

// params checks the values of a trigger or step against its form.
func (v *validator) params(u use, report reporter) {
	for _, p := range checkParams(u) {
		report("/params"+p.Pointer, p.Code, fullStop(p.Message))
	}
	secretFields := map[string]bool{}
	leaves(u.typ.Fields, u.params, "", func(l leaf) {
		switch l.field.Kind {
		case nodes.FieldSecret:
			secretFields[l.at] = true
			v.secret(l, report)
		case nodes.FieldRef:
			v.ref(l, report)
		}
	})
	misplacedSecrets(u.params, "", secretFields, func(at string) {
		report("/params"+at, CodeMisplacedSecret, messageMisplacedSecret)
	})
}

// fullStop ends a message of another package as ours end.
func fullStop(message string) string {
	if strings.HasSuffix(message, ".") || strings.HasSuffix(message, "!") || strings.HasSuffix(message, "?") {
		return message
	}
	return message + "."
}

// checkParams asks the node type, in a stable order. A node author's mistake
// must not take the caller down.
func checkParams(u use) (found []nodes.FieldProblem) {
	defer func() {
		if fault := recover(); fault != nil {
			found = []nodes.FieldProblem{{Code: "invalid", Message: fmt.Sprintf("The settings of %q could not be checked: %v.", u.typ.Name, fault)}}
		}
	}()
	found = u.typ.Check(u.params)
	slices.SortStableFunc(found, func(a, b nodes.FieldProblem) int { return comparePointers(a.Pointer, b.Pointer) })
	return found
}

func (v *validator) secret(l leaf, report reporter) {
	if _, ok := SecretRef(l.value); ok || l.value == "" {
		return
	}
	report("/params"+l.at, CodePlainSecret, fmt.Sprintf("%s is not stored safely yet: enter it again and save.", l.field.Label))
}

func (v *validator) ref(l leaf, report reporter) {
	ref, ok := l.value.(string)
	if !ok || ref == "" || v.facts.Ref == nil || nodes.Mapped(ref) {
		return
	}
	if v.facts.Ref(l.field.Ref, ref) {
		v.connection(l, ref, report)
		return
	}
	report("/params"+l.at, CodeUnknownRef, fmt.Sprintf("%s: there is no %s %s in this workspace: choose another one.", l.field.Label, l.field.Ref, quoted(ref)))
}

// connection refuses one of another service: its credential would be refused there,
// or must not go there.
func (v *validator) connection(l leaf, id string, report reporter) {
	if l.field.Ref != "connection" || l.field.Of == "" || v.facts.ConnectionType == nil {
		return
	}
	is := v.facts.ConnectionType(id)
	if is == "" || is == l.field.Of {
		return
	}
	report("/params"+l.at, CodeWrongConnection, fmt.Sprintf("%s: the chosen connection is for %s, and this step needs one for %s: choose another one.",
		l.field.Label, v.nameOf(is), v.nameOf(l.field.Of)))
}

// nameOf is what people call a type, or its id where this build does not have it.
func (v *validator) nameOf(typeID string) string {
	if t := v.reg.Lookup(typeID); t != nil {
		return t.Name
	}
	return typeID
}

const messageMisplacedSecret = "A stored secret can only be used in a field for secrets: write it there, or use a connection."

// misplacedSecrets finds references to secrets outside secret fields: opened
// there, a secret could leave in a body.
func misplacedSecrets(v any, at string, fields map[string]bool, report func(at string)) {
	switch x := v.(type) {
	case map[string]any:
		if _, ok := x[nodes.SecretRefKey]; ok {
			if !fields[at] {
				report(at)
			}
			return
		}
		for key, e := range x {
			misplacedSecrets(e, under(at, key), fields, report)
		}
	case []any:
		for i, e := range x {
			misplacedSecrets(e, under(at, i), fields, report)
		}
	}
}
