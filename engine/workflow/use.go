package workflow

import (
	"fmt"
	"strings"

	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes"
)

// use is a trigger or step with its node type.
type use struct {
	// typ is nil when the type is unknown, or does not belong in this place.
	typ *nodes.NodeType
	// params are lifted to the type's version; the document's own are never
	// changed.
	params map[string]any
}

// position tells where in a document a node type is used; its text is how
// messages call it.
type position string

const (
	asTrigger position = "trigger"
	asStep    position = "step"
)

// resolve finds the node type and lifts the params. A problem of it has its
// pointer relative to the trigger or step.
func resolve(reg *nodes.Registry, as position, typeID string, v int, params map[string]any) (use, *Problem) {
	t := reg.Lookup(typeID)
	if t == nil {
		return use{}, &Problem{Pointer: "/type", Code: CodeUnknownType,
			Message: fmt.Sprintf("This installation has no %s of the type %.80q: choose another one, or run the build that has it.", as, typeID)}
	}
	if (t.Kind == nodes.KindTrigger) != (as == asTrigger) || t.Kind == nodes.KindConnection {
		return use{}, &Problem{Pointer: "/type", Code: CodeMisplacedType,
			Message: fmt.Sprintf("%q (%s) can't be used as a %s: choose another one.", t.Name, t.Kind, as)}
	}
	if v > t.Version {
		return use{}, &Problem{Pointer: "/v", Code: CodeNewerVersion,
			Message: fmt.Sprintf("This uses version %d of %q and this installation has version %d: update the installation, or set the %s up again.", v, t.Name, t.Version, as)}
	}
	if v < t.Version && t.Upgrade != nil {
		lifted, err := upgrade(t, v, params)
		if err != nil {
			return use{}, &Problem{Pointer: "/params", Code: CodeUpgrade,
				Message: fmt.Sprintf("The settings were made for version %d of %q and could not be carried over to version %d (%v): set it up again.", v, t.Name, t.Version, err)}
		}
		params = lifted
	}
	return use{typ: t, params: params}, nil
}

// upgrade keeps a node author's mistake from taking the caller down, and the
// document from being changed.
func upgrade(t *nodes.NodeType, from int, params map[string]any) (lifted map[string]any, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("upgrading panicked: %v", fault)
		}
	}()
	clone, _ := value.Clone(params).(map[string]any)
	lifted, err = t.Upgrade(from, clone)
	if lifted == nil {
		lifted = map[string]any{}
	}
	return lifted, err
}

// expand writes out what the params stand for, with the same care.
func expand(u use) (expanded map[string]any, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("expanding panicked: %v", fault)
		}
	}()
	clone, _ := value.Clone(u.params).(map[string]any)
	return u.typ.Expand(clone), nil
}

// Known reports what this build cannot know how to treat: unknown node types and
// versions newer than its own. The API refuses to store such a document even as
// a draft; Validate reports the same, for documents that outlive a node type.
func Known(d *Document, reg *nodes.Registry) []Problem {
	var found problems
	check := func(p *Problem, at, id string) {
		if p != nil && (p.Code == CodeUnknownType || p.Code == CodeNewerVersion) {
			found.add(Problem{Pointer: at + p.Pointer, Step: id, Code: p.Code, Message: p.Message})
		}
	}
	for i, t := range d.Triggers {
		_, p := resolve(reg, asTrigger, t.Type, t.V, t.Params)
		check(p, under("/triggers", i), t.ID)
	}
	Walk(d, func(p Place) bool {
		_, problem := resolve(reg, asStep, p.Step.Type, p.Step.V, p.Step.Params)
		check(problem, p.Pointer, p.Step.ID)
		return true
	})
	return found.sorted()
}

// leaf is one param value with the field that describes it.
type leaf struct {
	field nodes.Field
	value any
	// at is the JSON pointer inside the params.
	at string
}

// leaves calls fn for every present value that a field of the form describes,
// members of groups and entries of lists included; the groups and lists
// themselves are passed over.
func leaves(fields []nodes.Field, params map[string]any, at string, fn func(leaf)) {
	for _, f := range fields {
		if v, ok := params[f.Key]; ok && v != nil {
			leavesOf(f, v, under(at, f.Key), fn)
		}
	}
}

func leavesOf(f nodes.Field, v any, at string, fn func(leaf)) {
	switch f.Kind {
	case nodes.FieldGroup:
		if members, ok := v.(map[string]any); ok {
			leaves(f.Fields, members, at, fn)
		}
	case nodes.FieldList:
		entry := entryOf(f)
		items, ok := v.([]any)
		if text, isText := v.(string); isText && f.Fields == nil && !nodes.Mapped(text) {
			for part := range strings.SplitSeq(text, ",") {
				leavesOf(entry, strings.TrimSpace(part), at, fn)
			}
			return
		}
		if !ok {
			// Binding reads one value where a list is expected as a list of one.
			leavesOf(entry, v, at, fn)
			return
		}
		for i, item := range items {
			leavesOf(entry, item, under(at, i), fn)
		}
	default:
		fn(leaf{f, v, at})
	}
}
