package workflow

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hookloom/hookloom/nodes"
)

// Facts are what a workspace holds. The zero value checks nothing.
type Facts struct {
	// Ref reports whether something that a ref field names is there: kind is the
	// field's ref tag ("offer", "connection" ...), ref an id or exact name. nil
	// checks no refs.
	Ref func(kind, ref string) bool
	// ConnectionType returns the type of a connection by its id, "" for one that is not
	// there or cannot be looked up now. nil checks no types.
	ConnectionType func(id string) string
	// CustomValues are the keys of the workspace's custom values; nil checks none.
	CustomValues map[string]bool
	// ContactFields are the keys of the workspace's own contact fields; nil
	// checks none.
	ContactFields map[string]bool
}

// Validate reports everything that keeps a document from being published
// (SeverityProblem) and what its author should know (SeverityWarning), all at
// once and in the order of the document. What is switched off keeps nothing
// from being published: its problems are warnings. A draft is stored with the
// list.
//
// It does not open HTTP triggers, because that needs their secrets; whoever
// publishes calls NodeType.Open as well.
func Validate(d *Document, reg *nodes.Registry, facts Facts) []Problem {
	v := &validator{doc: d, reg: reg, facts: facts}
	v.settings()
	contact := v.triggers()
	v.flow = follow(d, contact, v.resolveStep)
	if len(d.Steps) == 0 {
		v.problems.add(Problem{Pointer: "/steps", Code: CodeNoSteps, Message: "The workflow does nothing yet: add a step."})
	}
	Walk(d, func(p Place) bool {
		v.step(v.flow.sites[p.Step])
		return true
	})
	for _, s := range v.flow.unreachable {
		v.warn(s, "", CodeUnreachable, fmt.Sprintf("%s can never run, because the step before it always ends the run: move it up, or remove one of them.", s.title()))
	}
	return v.problems.sorted()
}

type validator struct {
	doc   *Document
	reg   *nodes.Registry
	facts Facts
	flow  *flow
	// contactless names the enabled triggers that bring no contact.
	contactless []string
	problems    problems
}

// report adds a problem of a step; pointer is relative to it.
func (v *validator) report(s *site, pointer, code, message string) {
	v.at(s.Pointer+pointer, s.Step.ID, s.off, code, message)
}

func (v *validator) warn(s *site, pointer, code, message string) {
	v.at(s.Pointer+pointer, s.Step.ID, true, code, message)
}

func (v *validator) at(pointer, id string, warning bool, code, message string) {
	p := Problem{Pointer: pointer, Step: id, Code: code, Severity: SeverityProblem, Message: message}
	if warning {
		p.Severity = SeverityWarning
	}
	v.problems.add(p)
}

// triggers checks them and reports whether every enabled one brings a contact.
func (v *validator) triggers() bool {
	enabled := 0
	for i := range v.doc.Triggers {
		t := &v.doc.Triggers[i]
		u, problem := resolve(v.reg, asTrigger, t.Type, t.V, t.Params)
		at := under("/triggers", i)
		if problem != nil {
			v.at(at+problem.Pointer, t.ID, t.Disabled, problem.Code, problem.Message)
		} else {
			v.trigger(t, u, at)
		}
		if t.Disabled {
			continue
		}
		enabled++
		v.firstStep(t, u, at)
		if u.typ == nil || !provides(u) {
			v.contactless = append(v.contactless, quoted(nameOf(t.Name, t.ID)))
		}
	}
	switch {
	case len(v.doc.Triggers) == 0:
		v.at("/triggers", "", false, CodeNoTrigger, "Nothing starts the workflow yet: add a trigger.")
	case enabled == 0:
		v.at("/triggers", "", false, CodeDisabledTriggers, "Nothing starts the workflow, because every trigger is switched off: switch one on.")
	}
	return enabled > 0 && len(v.contactless) == 0
}

// firstStep holds a workflow to the step that a trigger's requests must pass.
func (v *validator) firstStep(t *Trigger, u use, at string) {
	if u.typ == nil {
		return
	}
	must := u.typ.First(u.params)
	if must == "" {
		return
	}
	i := slices.IndexFunc(v.doc.Steps, func(s Step) bool { return !s.Disabled })
	name := must
	if known := v.reg.Lookup(must); known != nil {
		name = quoted(known.Name)
	}
	switch {
	case i < 0 || v.doc.Steps[i].Type != must:
		v.at(at, t.ID, false, CodeFirstStep, fmt.Sprintf("What comes to %s counts only once it is confirmed: make %s the first step.", quoted(nameOf(t.Name, t.ID)), name))
	case v.doc.Steps[i].goesOn():
		v.at(under("/steps", i, "on_error"), v.doc.Steps[i].ID, false, CodeFirstStep, fmt.Sprintf("When %s fails, somebody may have made the message up: let it stop the run.", name))
	}
}

func (v *validator) trigger(t *Trigger, u use, at string) {
	report := func(pointer, code, message string) {
		v.at(at+pointer, t.ID, t.Disabled, code, message)
	}
	v.params(u, report)
	for key, c := range compileConditions(u, report) {
		for _, r := range readingsOf(c.References(), under("/params", key)) {
			v.triggerReading(u.typ, r, report)
		}
	}
}

// early are the roots that a trigger's condition can see: it is judged before
// there is a run, by an HTTP trigger from the request alone.
var early = []string{"trigger", "inboundWebhookRequest"}

func (v *validator) triggerReading(t *nodes.NodeType, r reading, report reporter) {
	root := r.path[0]
	late := root == "steps" || root == "loop" || root == "run"
	if t.Open != nil {
		late = !slices.Contains(early, root)
	}
	if late {
		report(r.pointer, CodeTriggerScope, fmt.Sprintf("%s can't be used here, because a trigger's condition is decided before the run begins: use trigger.*, or put a step that filters after the trigger.", r))
	}
}

// resolveStep finds a step's type for the flow; its problem is reported by step.
func (v *validator) resolveStep(p Place) use {
	u, _ := resolve(v.reg, asStep, p.Step.Type, p.Step.V, p.Step.Params)
	return u
}

func (v *validator) step(s *site) {
	report := func(pointer, code, message string) { v.report(s, pointer, code, message) }
	v.retry(s)
	v.lists(s)
	if s.use.typ == nil {
		_, problem := resolve(v.reg, asStep, s.Step.Type, s.Step.V, s.Step.Params)
		report(problem.Pointer, problem.Code, problem.Message)
		return
	}
	v.params(s.use, report)
	v.contact(s)
	v.goal(s)
	parts := compileParts(s.use, s.Step, report)
	for _, r := range parts.readings {
		v.reading(s, r)
	}
}

// title is what messages call a step.
func (s *site) title() string {
	if s.Step.Name == "" && s.use.typ != nil {
		return fmt.Sprintf("%s (%s)", quoted(s.use.typ.Name), s.Step.ID)
	}
	return quoted(nameOf(s.Step.Name, s.Step.ID))
}

// contact holds a step to the rules about the run's contact.
func (v *validator) contact(s *site) {
	if s.before.contact || s.before.ended || s.off {
		return
	}
	if s.use.typ.Contact == nodes.ContactRequired {
		v.report(s, "", CodeNoContact, fmt.Sprintf("%s needs a contact, and a run%s may have none here: %s.", s.title(), v.started(), v.contactAdvice(s)))
		return
	}
	if v.doc.Settings.Contact == ContactRequired && acts(s.use.typ) && !s.before.acted && !s.brings() {
		v.report(s, "", CodeContactFirst, fmt.Sprintf("This workflow requires a contact, so its first action must set one, and %s does not: put a step before it that creates or finds the contact, or make the contact optional in the settings.", s.title()))
	}
}

// contactAdvice points to a step before s that could bring the contact if it
// were set up so.
func (v *validator) contactAdvice(s *site) string {
	for _, p := range v.flow.inOrder {
		if s.before.may.has(p.number) && !p.off && p.use.typ != nil && p.use.typ.Contact == nodes.ContactMayProvide && !p.brings() {
			return fmt.Sprintf("%s goes on when nobody is found; let it stop or fail then, or put a step before this one that creates the contact", p.title())
		}
	}
	return "put a step before it that creates or finds one on every path"
}

// started names the triggers that bring no contact.
func (v *validator) started() string {
	if len(v.contactless) == 0 {
		return ""
	}
	return " started by " + strings.Join(v.contactless, " or ")
}
