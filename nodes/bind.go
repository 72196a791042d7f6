package nodes

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/hookloom/hookloom/engine/value"
)

// ParamError lists the params that do not fit their fields. It is permanent:
// the same values fail again.
type ParamError struct{ Problems []FieldProblem }

func (e *ParamError) Error() string {
	messages := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		messages[i] = p.Message
	}
	return strings.Join(messages, "; ")
}

// bind fills a params struct from plain values. The error is permanent and
// holds a *ParamError.
func bind[P any](f *form, params map[string]any) (P, error) {
	var p P
	b := binder{}
	b.into(reflect.ValueOf(&p).Elem(), f, params, "")
	if len(b.problems) > 0 {
		return p, &permanent{&ParamError{b.problems}}
	}
	return p, nil
}

// check reports what is wrong with params in a draft: a text that holds a
// mapping may become anything and passes.
func check[P any](f *form, params map[string]any) []FieldProblem {
	var p P
	b := binder{draft: true}
	b.into(reflect.ValueOf(&p).Elem(), f, params, "")
	if v, ok := any(&p).(Validator); ok {
		return append(b.problems, v.Validate()...)
	}
	return b.problems
}

// provides reports whether a step with these draft params brings a contact.
func provides[P any](use ContactUse, f *form, params map[string]any) bool {
	switch use {
	case ContactProvides:
		return true
	case ContactMayProvide:
		var p P
		b := binder{draft: true}
		b.into(reflect.ValueOf(&p).Elem(), f, params, "")
		provider, ok := any(&p).(ContactProvider)
		return ok && provider.ProvidesContact()
	}
	return false
}

// firstStep reports which type must come first behind a trigger, "" for none.
func firstStep[P any](f *form, params map[string]any) string {
	var p P
	first, ok := any(&p).(FirstStepper)
	if !ok {
		return ""
	}
	b := binder{draft: true}
	b.into(reflect.ValueOf(&p).Elem(), f, params, "")
	return first.FirstStep()
}

// goal tells which event moves a run forward to a step, false for a type that is
// no goal.
func goal[P any](f *form, params map[string]any) (Awaited, bool) {
	var p P
	setter, ok := any(&p).(GoalSetter)
	if !ok {
		return Awaited{}, false
	}
	b := binder{draft: true}
	b.into(reflect.ValueOf(&p).Elem(), f, params, "")
	return setter.Goal(), true
}

// Mapped reports whether a text holds a mapping. `\{{` is a literal and counts
// too, because it needs the mapper to take its backslash away.
func Mapped(v any) bool {
	text, ok := v.(string)
	return ok && strings.Contains(text, "{{")
}

// holdsMapping is Mapped for a value of any depth.
func holdsMapping(v any) bool {
	switch x := v.(type) {
	case string:
		return Mapped(x)
	case []any:
		if slices.ContainsFunc(x, holdsMapping) {
			return true
		}
	case map[string]any:
		for _, e := range x {
			if holdsMapping(e) {
				return true
			}
		}
	}
	return false
}

// binder fills structs and collects everything that does not fit. Pointers to
// the place of a problem are only put together when there is one: binding
// stands between every step and its params.
type binder struct {
	// draft says that params may still hold mappings.
	draft    bool
	problems []FieldProblem
}

func (b *binder) problem(pointer, code, message string) {
	b.problems = append(b.problems, FieldProblem{Pointer: pointer, Code: code, Message: message})
}

func (b *binder) refuse(f *Field, pointer, message string) {
	b.problem(pointer, "invalid", f.Label+" "+message)
}

// into fills one struct from an object; at is the object's own pointer.
func (b *binder) into(dst reflect.Value, f *form, params map[string]any, at string) {
	for key := range params {
		if _, ok := f.index[key]; !ok {
			b.problem(value.Under(at, key), "unknown_field", fmt.Sprintf("%.80q is not a setting of this step", key))
		}
	}
	for i := range f.fields {
		b.field(dst.Field(i), f, i, params, at)
	}
}

func (b *binder) field(dst reflect.Value, f *form, i int, params map[string]any, at string) {
	field := &f.fields[i]
	v, present := params[field.Key]
	if !present || v == nil || v == "" && !field.textual() {
		if f.preset[i].IsValid() {
			dst.Set(f.preset[i])
			return
		}
		v = field.Default
	}
	if v == nil && field.Kind == FieldGroup && dst.Kind() == reflect.Struct {
		v = noParams // its members have defaults and requirements of their own
	}
	pointer := field.pointer
	if at != "" {
		pointer = at + pointer
	}
	if field.Required && blank(field, v) {
		if f.shown(field, params) {
			b.problem(pointer, "required", field.Label+" can't be empty")
		}
		return
	}
	if v == nil {
		return
	}
	before := len(b.problems)
	b.set(dst, field, f.members[i], v, pointer)
	// A list of mappings that all came out empty is as empty as none.
	if field.Required && !b.draft && len(b.problems) == before && dst.Kind() == reflect.Slice && dst.Len() == 0 && f.shown(field, params) {
		b.problem(pointer, "required", field.Label+" can't be empty")
	}
}

var noParams = map[string]any{}

// textual reports whether an empty text is a value of the field. For all other
// kinds a cleared input means the default.
func (f *Field) textual() bool {
	switch f.Kind {
	case FieldText, FieldLongText, FieldRichText, FieldCode, FieldURL, FieldJSON:
		return true
	}
	return false
}

func blank(f *Field, v any) bool {
	switch f.Kind {
	case FieldCondition, FieldGroup:
		return v == nil || v == ""
	}
	return value.Empty(v)
}

// shown reports whether the form shows a field with these params. A field that
// hangs on a mapped value is taken as hidden, because nobody can know.
func (f *form) shown(field *Field, params map[string]any) bool {
	if field.ShowIf == nil {
		return true
	}
	other := f.named(field.ShowIf.Field)
	v := params[other.Key]
	if v == nil || v == "" && !other.textual() {
		v = other.Default
	}
	is := text(v)
	if other.Kind == FieldSwitch {
		on, _ := boolean(v)
		is = strconv.FormatBool(on)
	}
	if slices.Contains(field.ShowIf.Values, is) {
		return f.shown(other, params)
	}
	return false
}
