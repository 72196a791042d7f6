package workflow

import (
	"errors"
	"fmt"
	"regexp"

	"github.com/hookloom/hookloom/engine/value"
)

// ids can be written in a mapping after a dot: steps.ID.email. A dash would be
// read as minus there.
var ids = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// Parse reads a document strictly: unknown keys, wrong types, bad or doubled
// ids and anything over the limits are refused, all at once, each with its
// pointer. The document is nil exactly when there are problems. An absent
// schema or v means 1; absent lists and params are empty; null is the same as
// absent. Numbers are exact as in package value, and a number in params is kept
// in the form that JSON writes, so that Parse of JSON gives an equal document.
func Parse(raw []byte) (*Document, []Problem) {
	v, err := value.Decode(raw)
	if err != nil {
		return nil, []Problem{malformed(err)}
	}
	// 5.0 and 5 are one number, and a document has one form.
	canonical, err := value.Encode(v)
	if err == nil {
		v, err = value.Decode(canonical)
	}
	if err != nil {
		return nil, []Problem{malformed(err)}
	}
	r := &reader{seen: map[string]string{}}
	d := r.document(v)
	if list := r.problems.sorted(); len(list) > 0 {
		return nil, list
	}
	return d, nil
}

func malformed(err error) Problem {
	message := err.Error()
	if syntax, ok := errors.AsType[*value.SyntaxError](err); ok {
		message = fmt.Sprintf("The workflow is not readable as JSON: %s.", syntax)
	}
	return Problem{Code: CodeMalformed, Severity: SeverityProblem, Message: message}
}

// reader reads one document and collects what is wrong with it.
type reader struct {
	problems problems
	// seen holds the pointer at which an id was used first.
	seen  map[string]string
	steps int
}

func (r *reader) document(v any) *Document {
	if _, ok := v.(map[string]any); !ok {
		r.problems.add(Problem{Code: CodeMalformed, Message: "The workflow must be an object with schema, triggers and steps, not " + kindOf(v) + "."})
		return nil
	}
	o := r.object(v, "", "", "the workflow")
	d := &Document{Schema: o.integer("schema", 1), Settings: Settings{Contact: ContactOptional}}
	switch {
	case d.Schema > Schema:
		// The keys of a format that is not known yet can't be judged.
		r.problems = problems{}
		o.refuse("schema", CodeNewerSchema, fmt.Sprintf("This workflow was written by a newer version (format %d; this one reads up to %d). Update this installation to open it.", d.Schema, Schema))
		return nil
	case d.Schema < 1:
		o.refuse("schema", CodeWrongType, fmt.Sprintf("schema must be %d, not %d.", Schema, d.Schema))
	}
	if settings, ok := o.child("settings", "the settings"); ok {
		d.Settings.Contact = settings.text("contact", MaxName)
		if d.Settings.Contact == "" {
			d.Settings.Contact = ContactOptional
		}
		if settings.take("timezone") != nil {
			zone := settings.text("timezone", MaxName)
			d.Settings.Timezone = &zone
		}
		if settings.take("reentry") != nil {
			if d.Settings.Reentry = settings.text("reentry", MaxName); d.Settings.Reentry == ReentryAlways {
				d.Settings.Reentry = ""
			}
		}
		d.Settings.StopOnReply = settings.boolean("stop_on_reply")
		d.Settings.Window = window(settings)
		settings.done()
	}
	d.Triggers = []Trigger{}
	for i, v := range o.list("triggers", MaxTriggers) {
		d.Triggers = append(d.Triggers, r.trigger(v, under("/triggers", i)))
	}
	d.Steps = r.stepList(o, 1)
	if d.Steps == nil {
		d.Steps = []Step{}
	}
	o.done()
	return d
}

func (r *reader) trigger(v any, at string) Trigger {
	o := r.object(v, at, "", "the trigger").named()
	t := Trigger{
		ID: o.id(r.seen), Type: o.required("type"), V: o.integer("v", 1),
		Name: o.text("name", MaxName), Note: o.text("note", MaxNote),
		Disabled: o.boolean("disabled"), Params: o.params(),
	}
	o.version(t.V)
	o.done()
	return t
}

func (r *reader) stepList(o *object, depth int) []Step {
	list := o.list("steps", MaxSteps)
	if len(list) == 0 {
		return nil
	}
	if depth > MaxDepth {
		o.refuse("steps", CodeTooDeep, fmt.Sprintf("Steps can stand inside each other at most %d levels deep: move some of them up, or into a workflow of their own.", MaxDepth))
		return nil
	}
	if r.steps += len(list); r.steps > MaxSteps {
		o.refuse("steps", CodeTooMany, fmt.Sprintf("A workflow can have at most %d steps: split it into several workflows.", MaxSteps))
		return nil
	}
	steps := make([]Step, len(list))
	for i, v := range list {
		steps[i] = r.step(v, under(o.at, "steps", i), depth)
	}
	return steps
}

func (r *reader) step(v any, at string, depth int) Step {
	o := r.object(v, at, "", "the step").named()
	s := Step{
		ID: o.id(r.seen), Type: o.required("type"), V: o.integer("v", 1),
		Name: o.text("name", MaxName), Note: o.text("note", MaxNote),
		Disabled: o.boolean("disabled"), Params: o.params(),
	}
	o.version(s.V)
	if o.take("repeatable") != nil {
		repeatable := o.boolean("repeatable")
		s.Repeatable = &repeatable
	}
	s.Retry = r.retry(o)
	s.Steps = r.stepList(o, depth+1)
	names := map[string]string{}
	for i, v := range o.list("branches", MaxBranches) {
		s.Branches = append(s.Branches, r.branch(v, under(at, "branches", i), s.ID, names, depth))
	}
	if e, ok := o.child("on_error", "on_error"); ok {
		s.OnError = &OnError{Do: e.required("do"), Steps: r.stepList(e, depth+1)}
		switch s.OnError.Do {
		case "", OnErrorStop, OnErrorContinue, OnErrorBranch:
		default:
			e.refuse("do", CodeWrongType, fmt.Sprintf("on_error must do stop, continue or branch, not %.40q.", s.OnError.Do))
		}
		e.done()
	}
	o.done()
	return s
}

func (r *reader) branch(v any, at, step string, names map[string]string, depth int) Branch {
	o := r.object(v, at, step, "the branch")
	b := Branch{ID: o.id(names), Name: o.text("name", MaxName), When: o.take("when")}
	// These two name a step's other lists in the path of a run.
	if b.ID == listSteps || b.ID == listError {
		o.refuse("id", CodeInvalidID, fmt.Sprintf("A branch can't have the id %q: choose another.", b.ID))
	}
	b.Steps = r.stepList(o, depth+1)
	if b.Steps == nil {
		b.Steps = []Step{}
	}
	o.done()
	return b
}

// maxDelays bounds what Parse keeps; publishing asks for fewer than MaxAttempts.
const maxDelays = 100

func (r *reader) retry(step *object) *Retry {
	o, ok := step.child("retry", "retry")
	if !ok {
		return nil
	}
	retry := &Retry{Attempts: o.integer("attempts", 0)}
	for i, v := range o.list("delays", maxDelays) {
		retry.Delays = append(retry.Delays, o.durationOf(v, under(o.at, "delays", i)))
	}
	if b, ok := o.child("backoff", "backoff"); ok {
		retry.Backoff = &Backoff{Initial: b.duration("initial"), Factor: b.number("factor"), Max: b.duration("max")}
		b.done()
	}
	o.done()
	return retry
}
