package nodes

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// MaxChoices is how many choices of a field are shown; what a Chooser gives beyond
// is left out, and the form says so.
const MaxChoices = 2_000

// MoreChoices among the choices that a Chooser gives says that the service has others
// too. The form says so; it cannot be chosen.
var MoreChoices = Option{Label: "more"}

// Choices says that the service behind a step's connection knows what can be chosen
// for a field: the form lists it, and still takes an id that somebody types, and a
// mapping.
type Choices struct {
	// Needs are the keys of the fields that the choices hang on, the connection
	// among them. The form asks once all of them have a fixed value.
	Needs []string `json:"needs" nullable:"false"`
}

// Chooser is implemented by params with fields that have the tag choices. Choices
// lists what a person can choose for the field of that key. Of the params only
// those are filled in that the tag names, and of env no more than Workspace, Now,
// Zone, HTTP, Log and Connection. The error is shown in the form, behind the name of the
// connection: say what happened and what to do. It must do no harm and may be
// called often; what it gave is kept for a minute.
type Chooser interface {
	Choices(ctx context.Context, env *Env, field string) ([]Option, error)
}

// choicesOf reads the tag; nil when there is none.
func choicesOf(tag reflect.StructTag) *Choices {
	needs, ok := tag.Lookup("choices")
	if !ok {
		return nil
	}
	return &Choices{Needs: strings.Split(needs, ",")}
}

// checkChoices holds the fields with choices to what the form can ask for.
func (f *form) checkChoices(kind Kind) (found bool, err error) {
	for i := range f.fields {
		field := &f.fields[i]
		if inner := f.members[i]; inner != nil && inner.chooses() {
			return false, fmt.Errorf("field %q: only fields of the form itself have choices, not those within a group or list", field.Key)
		}
		if field.Choices == nil {
			continue
		}
		found = true
		switch {
		case kind == KindConnection:
			err = errors.New("the form of a connection has no choices: there is nobody to ask yet")
		case field.Kind != FieldText:
			err = fmt.Errorf("choices say nothing about a field of kind %s", field.Kind)
		default:
			err = f.checkNeeds(field)
		}
		if err != nil {
			return false, fmt.Errorf("field %q: %w", field.Key, err)
		}
	}
	return found, nil
}

func (f *form) checkNeeds(field *Field) error {
	connections := 0
	for _, key := range field.Choices.Needs {
		other := f.named(key)
		switch {
		case other == nil || other == field:
			return fmt.Errorf("choices need the unknown field %q", key)
		case other.Kind == FieldSecret || other.Kind == FieldCondition || other.Kind == FieldFile:
			return fmt.Errorf("choices cannot need %q, a field of kind %s", key, other.Kind)
		case other.Kind == FieldRef && other.Ref == "connection":
			connections++
		}
	}
	if connections != 1 {
		return errors.New("choices are asked for with one connection: name its field among what they need")
	}
	return nil
}

// chooses reports whether a field has choices, at any depth.
func (f *form) chooses() bool {
	return slices.ContainsFunc(f.fields, func(field Field) bool { return field.Choices != nil }) ||
		slices.ContainsFunc(f.members, func(inner *form) bool { return inner != nil && inner.chooses() })
}

// chooser gives a type its Choices. That a tag stands without code, or code without
// a tag, is a programmer's error.
func chooser[P any](kind Kind, f *form, n *NodeType) error {
	asks, err := f.checkChoices(kind)
	if err != nil {
		return err
	}
	_, answers := any(new(P)).(Chooser)
	switch {
	case asks && !answers:
		return errors.New("a field has choices: the params need Choices")
	case answers && !asks:
		return errors.New("the params have Choices, and no field has the tag choices")
	case !asks:
		return nil
	}
	n.Choices = func(ctx context.Context, env *Env, params map[string]any, field string) ([]Option, error) {
		var p P
		b := binder{draft: true} // what does not fit is not what is asked about
		b.into(reflect.ValueOf(&p).Elem(), f, params, "")
		return any(&p).(Chooser).Choices(ctx, env, field)
	}
	return nil
}
