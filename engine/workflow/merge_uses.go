package workflow

import (
	"strings"

	"github.com/hookloom/hookloom/engine/mapping"
)

// heedUses looks for mappings of the merged document that read a step which one
// side removed while the other one brought the mapping. Theirs may not remove
// what ours reads from: the step is kept, as a conflict. What ours removed stays
// removed, as a conflict too. It reports whether that decided on another step.
func (m *merger) heedUses(ours, theirs, merged *Document) bool {
	gone := map[string]bool{}
	for id := range m.base.steps {
		if m.from[id] == fromNone && (m.ours.step(id) != nil) != (m.theirs.step(id) != nil) && !m.keep[id] && !m.drop[id] {
			gone[id] = true
		}
	}
	if len(gone) == 0 {
		return false
	}
	again := false
	inOurs, inTheirs := usesOf(ours, gone), usesOf(theirs, gone)
	for use := range usesOf(merged, gone) {
		switch {
		case m.theirs.step(use.target) == nil && !inTheirs[use]:
			m.keep[use.target], again = true, true
		case m.ours.step(use.target) == nil && !inOurs[use]:
			m.drop[use.target], again = true, true
		}
	}
	return again
}

// stepUse is one step that maps from another one.
type stepUse struct{ by, target string }

// usesOf finds which steps map from the targets.
func usesOf(d *Document, targets map[string]bool) map[stepUse]bool {
	uses := map[stepUse]bool{}
	Walk(d, func(p Place) bool {
		note := func(target string) { uses[stepUse{p.Step.ID, target}] = true }
		readsIn(p.Step.Params, targets, note)
		for _, b := range p.Step.Branches {
			readsIn(b.When, targets, note)
		}
		return true
	})
	return uses
}

// readsIn calls fn for each target that the mappings in a value read. A text
// that does not compile is taken at its words.
func readsIn(v any, targets map[string]bool, fn func(target string)) {
	switch x := v.(type) {
	case map[string]any:
		for _, member := range x {
			readsIn(member, targets, fn)
		}
	case []any:
		for _, entry := range x {
			readsIn(entry, targets, fn)
		}
	case string:
		if !strings.Contains(x, "{{") || !strings.Contains(x, "steps") {
			return
		}
		template, _ := mapping.Compile(x)
		if template == nil {
			for target := range targets {
				if strings.Contains(x, "steps."+target) {
					fn(target)
				}
			}
			return
		}
		for _, r := range template.References() {
			if len(r.Path) > 1 && r.Path[0] == "steps" && targets[r.Path[1]] {
				fn(r.Path[1])
			}
		}
	}
}
