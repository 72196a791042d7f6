package workflow

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hookloom/hookloom/nodes"
)

// reading is one place at which a mapping reads from the scope.
type reading struct {
	// pointer is relative to the trigger or step: "/params/email".
	pointer string
	// path is what is read, the root first; it is never empty.
	path []string
	// quiet says that the author thought of an empty value: a default, a test
	// for emptiness.
	quiet bool
}

// String shows the path as people write it.
func (r reading) String() string { return "{{ " + cut(strings.Join(r.path, "."), 80) + " }}" }

// HighLevel's roots that Hookloom has nothing for, with what to use instead.
var foreign = map[string]string{
	"user":        "{{ user }} is not available here, because there are no users here to map from: write the value itself, or keep it as a custom value",
	"appointment": "{{ appointment }} is not available here, because there are no appointments here: start from a webhook and map its values from trigger.body",
	"opportunity": "{{ opportunity }} is not available here, because there are no opportunities here: start from a webhook and map its values from trigger.body",
}

// ContactNames are what every contact has under contact in a mapping: its own
// parts, and HighLevel's names for them. Own fields stand beside them by key.
var ContactNames = setOf("id number email phone name first_name last_name external_user_id company address timezone source " +
	"date_of_birth subscribed tags fields products offers created_at updated_at " +
	"full_name phone_raw company_name address1 city state postal_code country")

// workspaceNames are what mappings find under workspace, and under location,
// which is HighLevel's word for it.
var workspaceNames = setOf("id name slug timezone locale currency default_country")

func setOf(words string) map[string]bool {
	names := map[string]bool{}
	for name := range strings.FieldsSeq(words) {
		names[name] = true
	}
	return names
}

// reading holds one mapping of a step to the order in which steps run.
func (v *validator) reading(s *site, r reading) {
	switch r.path[0] {
	case "steps":
		if len(r.path) > 1 {
			v.stepReading(s, r)
		}
	case "loop":
		if !s.inLoop {
			v.report(s, r.pointer, CodeOutsideLoop, fmt.Sprintf("%s has a value only inside a loop, and %s stands in none: move it into one, or map another value.", r, s.title()))
		}
	case "contact":
		v.contactReading(s, r)
	case "workspace", "location":
		if len(r.path) > 1 && !workspaceNames[r.path[1]] && !r.quiet {
			v.warn(s, r.pointer, CodeUnknownValue, fmt.Sprintf("%s is empty, because a workspace has no %s: keep it as a custom value and map {{ custom_values.%s }}.", r, quoted(r.path[1]), r.path[1]))
		}
	case "custom_values":
		if len(r.path) > 1 && v.facts.CustomValues != nil && !v.facts.CustomValues[r.path[1]] && !r.quiet {
			v.warn(s, r.pointer, CodeUnknownValue, fmt.Sprintf("%s is empty, because this workspace has no custom value %s: create it, or give the mapping a default.", r, quoted(r.path[1])))
		}
	}
}

func (v *validator) contactReading(s *site, r reading) {
	if r.quiet {
		return
	}
	// A step that needs a contact is refused as a whole where there may be none.
	if !s.before.contact && !s.before.ended && s.use.typ.Contact != nodes.ContactRequired {
		v.warn(s, r.pointer, CodeMayLackContact, fmt.Sprintf("%s is empty when the run has no contact, which may be so here: put a step before it that creates or finds one, or give the mapping a default.", r))
	}
	if len(r.path) < 2 || v.facts.ContactFields == nil {
		return
	}
	if !ContactNames[r.path[1]] && !v.facts.ContactFields[r.path[1]] {
		v.warn(s, r.pointer, CodeUnknownValue, fmt.Sprintf("%s is empty, because a contact has no %s, and this workspace has no contact field of that name: create it, or map another one.", r, quoted(r.path[1])))
	}
	if len(r.path) > 2 && r.path[1] == "fields" && !v.facts.ContactFields[r.path[2]] {
		v.warn(s, r.pointer, CodeUnknownValue, fmt.Sprintf("%s is empty, because this workspace has no contact field %s: create it, or map another one.", r, quoted(r.path[2])))
	}
}

// stepReading judges a mapping that reads what another step gave.
func (v *validator) stepReading(s *site, r reading) {
	target := v.flow.byID[r.path[1]]
	switch {
	case target == nil:
		v.report(s, r.pointer, CodeUnknownStep, fmt.Sprintf("%s names the step %s, which is not in this workflow: choose another value.", r, quoted(r.path[1])))
	case s.before.must.has(target.number):
		v.failedReading(s, target, r)
	case s.before.may.has(target.number):
		if !r.quiet {
			v.warn(s, r.pointer, CodeMayNotRun, fmt.Sprintf("%s is empty when %s has not run, and %s. Give the mapping a default, or move one of the steps.", r, target.title(), v.whySkipped(s, target)))
		}
	case s.before.ended:
		// The step itself is reported as one that never runs.
	default:
		v.report(s, r.pointer, CodeNeverRan, fmt.Sprintf("%s can't have a value here: %s. Map another value, or move one of the steps.", r, v.whyNever(s, target)))
	}
}

// failedReading warns of the output of a step that may have failed; its error is
// what such a mapping should read.
func (v *validator) failedReading(s, target *site, r reading) {
	if r.quiet || !target.Step.goesOn() || len(r.path) < 3 || r.path[2] == "error" {
		return
	}
	v.warn(s, r.pointer, CodeMayFail, fmt.Sprintf("%s is empty when %s has failed, because the run goes on then. Give the mapping a default.", r, target.title()))
}

// whySkipped tells why target may not have run before s.
func (v *validator) whySkipped(s, target *site) string {
	if target.off {
		return "it is switched off"
	}
	gap, ok := v.flow.between(s, target)
	if !ok {
		return "not every run comes by it"
	}
	owner := v.flow.sites[gap.owner].title()
	switch gap.list {
	case listSteps:
		return fmt.Sprintf("it stands inside %s, whose results are in steps.%s.results", owner, gap.owner.ID)
	case listError:
		return fmt.Sprintf("it stands on the error path of %s", owner)
	}
	for _, b := range gap.owner.Branches {
		if b.ID == gap.list {
			return fmt.Sprintf("it stands in the branch %s of %s", quoted(nameOf(b.Name, b.ID)), owner)
		}
	}
	return fmt.Sprintf("it stands inside %s", owner)
}

// whyNever tells why target cannot have run before s.
func (v *validator) whyNever(s, target *site) string {
	if target == s {
		return fmt.Sprintf("%s would read its own result", s.title())
	}
	if slices.Contains(s.Parents, target.Step) {
		return fmt.Sprintf("%s stands inside %s, which has no result before it is done", s.title(), target.title())
	}
	if target.number > s.number {
		return fmt.Sprintf("%s runs after %s", target.title(), s.title())
	}
	return fmt.Sprintf("no run comes by both %s and %s", target.title(), s.title())
}
