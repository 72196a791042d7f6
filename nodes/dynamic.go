package nodes

import (
	"context"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"time"

	"github.com/hookloom/hookloom/engine/value"
)

// DynamicAction is an Action whose form is data instead of a struct: Fields stand
// for the tags. Run gets the params as plain values by key, without those that are
// empty.
type DynamicAction struct {
	Meta
	// Fields describe the form. Label, Kind and Key are required, Item of a list
	// that has no Fields. A field of kind secret, file or condition is refused.
	Fields []Field
	// Repeatable is as in Action.
	Repeatable bool
	// Validate knows more rules than the fields say; nil for none. It sees the params
	// as they stand in a draft, see Validator.
	Validate func(params map[string]any) []FieldProblem
	// Choices is as in Chooser, with the params that the field needs as plain values;
	// nil when no field has choices.
	Choices func(ctx context.Context, env *Env, params map[string]any, field string) ([]Option, error)
	Run     func(ctx context.Context, env *Env, params map[string]any) (any, error)
}

// DynamicConnection is a Connection whose form is data instead of a struct. Its
// functions get the params as plain values by key, secrets opened, without those
// that are empty.
type DynamicConnection struct {
	Meta
	Fields []Field
	// Validate knows more rules than the fields say; nil for none. It sees the params
	// as somebody typed them.
	Validate func(params map[string]any) []FieldProblem
	// Hosts and Test are as in Connection. Account may be nil; it is Test for a
	// service that tells whose credential it is.
	Hosts   func(params map[string]any) []string
	Test    func(ctx context.Context, http HTTPClient, params map[string]any) error
	Account func(ctx context.Context, http HTTPClient, params map[string]any) (string, error)
	// OAuth is as in Connection.
	OAuth func(params map[string]any) OAuth
}

func (a DynamicAction) nodeType() (*NodeType, error) {
	if a.Run == nil {
		return nil, fmt.Errorf("%s has no Run", a.Type)
	}
	f, t, err := dynamicForm(a.Fields, FieldSecret, FieldFile, FieldCondition)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", a.Type, err)
	}
	n, err := describedForm(KindAction, a.Meta, f, t)
	if err != nil {
		return nil, err
	}
	switch asks, err := f.checkChoices(KindAction); {
	case err != nil:
		return nil, fmt.Errorf("%s: %w", a.Type, err)
	case asks != (a.Choices != nil):
		return nil, fmt.Errorf("%s: fields with choices and Choices go together", a.Type)
	}
	if a.Validate != nil {
		check := n.Check
		n.Check = func(params map[string]any) []FieldProblem { return append(check(params), a.Validate(params)...) }
	}
	n.Repeatable, n.Reaches, n.Choices = a.Repeatable, true, a.Choices
	n.Action = func(ctx context.Context, env *Env, params map[string]any) (any, error) {
		plain, err := bindPlain(f, t, params)
		if err != nil {
			return nil, err
		}
		return a.Run(ctx, env, plain)
	}
	return n, nil
}

func (c DynamicConnection) nodeType() (*NodeType, error) {
	if c.Hosts == nil {
		return nil, fmt.Errorf("%s names no hosts: its secrets could be sent anywhere", c.Type)
	}
	f, t, err := dynamicForm(c.Fields, FieldFile, FieldCondition, FieldRef)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.Type, err)
	}
	n, err := describedForm(KindConnection, c.Meta, f, t)
	if err != nil {
		return nil, err
	}
	check := n.Check
	n.Check = func(params map[string]any) []FieldProblem {
		problems := check(params)
		if c.Validate != nil && len(problems) == 0 {
			problems = c.Validate(params)
		}
		return problems
	}
	n.Hosts = func(params map[string]any) ([]string, error) {
		plain, err := bindPlain(f, t, params)
		if err != nil {
			return nil, err
		}
		return c.Hosts(plain), nil
	}
	if c.Test != nil {
		n.Test = func(ctx context.Context, http HTTPClient, params map[string]any) error {
			plain, err := bindPlain(f, t, params)
			if err != nil {
				return err
			}
			return c.Test(ctx, http, plain)
		}
	}
	if c.Account != nil {
		n.Account = func(ctx context.Context, http HTTPClient, params map[string]any) (string, error) {
			plain, err := bindPlain(f, t, params)
			if err != nil {
				return "", err
			}
			return c.Account(ctx, http, plain)
		}
	}
	if c.OAuth != nil {
		n.SignsIn = true
		if n.Test == nil && n.Account == nil {
			// That there is a token that works is the test, see Connection.OAuth.
			n.Test = func(context.Context, HTTPClient, map[string]any) error { return nil }
		}
		n.OAuth = func(params map[string]any) (OAuth, error) {
			plain, err := bindPlain(f, t, params)
			if err != nil {
				return OAuth{}, err
			}
			return c.OAuth(plain), nil
		}
	}
	return n, nil
}

// describedForm is described with the checks of a form that is data.
func describedForm(kind Kind, m Meta, f *form, t reflect.Type) (*NodeType, error) {
	n, err := described(kind, m, f)
	if err != nil {
		return nil, err
	}
	if m.Contact != "" && m.Contact != ContactRequired {
		return nil, fmt.Errorf("%s cannot bring a contact", m.Type)
	}
	n.Check = func(params map[string]any) []FieldProblem {
		b := binder{draft: true}
		b.into(reflect.New(t).Elem(), f, params, "")
		return b.problems
	}
	n.Provides = func(map[string]any) bool { return false }
	n.First = func(map[string]any) string { return "" }
	n.Goal = func(map[string]any) (Awaited, bool) { return Awaited{}, false }
	return n, nil
}

// bindPlain binds params as those of a struct are bound, and gives them back as
// plain values.
func bindPlain(f *form, t reflect.Type, params map[string]any) (map[string]any, error) {
	bound := reflect.New(t).Elem()
	b := binder{}
	b.into(bound, f, params, "")
	if len(b.problems) > 0 {
		return nil, &permanent{&ParamError{b.problems}}
	}
	return plainFields(bound, f), nil
}

// dynamicForm makes the struct that the fields describe, so that one binder serves
// both; the error names the field at fault.
func dynamicForm(fields []Field, refused ...FieldKind) (*form, reflect.Type, error) {
	f := &form{
		fields: make([]Field, len(fields)), index: make(map[string]int, len(fields)),
		members: make([]*form, len(fields)), preset: make([]reflect.Value, len(fields)),
	}
	members := make([]reflect.StructField, len(fields))
	for i, field := range fields {
		t, inner, err := dynamicField(&field, refused)
		if err != nil {
			return nil, nil, fmt.Errorf("field %q: %w", field.Key, err)
		}
		if _, taken := f.index[field.Key]; taken {
			return nil, nil, fmt.Errorf("field %q: the key is used twice", field.Key)
		}
		members[i] = reflect.StructField{Name: "F" + strconv.Itoa(i), Type: t}
		f.fields[i], f.members[i], f.index[field.Key] = field, inner, i
	}
	for i := range f.fields {
		if err := f.checkShowIf(&f.fields[i]); err != nil {
			return nil, nil, fmt.Errorf("field %q: %w", f.fields[i].Key, err)
		}
		if err := f.checkDefault(members[i].Type, i); err != nil {
			return nil, nil, fmt.Errorf("field %q: %w", f.fields[i].Key, err)
		}
	}
	return f, reflect.StructOf(members), nil
}

// dynamicField checks a field as fieldOf checks a tagged one, and finds the type
// that holds its values: a pointer where empty is not the zero value.
func dynamicField(f *Field, refused []FieldKind) (reflect.Type, *form, error) {
	if !fieldKey.MatchString(f.Key) {
		return nil, nil, errors.New("the key must be plain snake_case, such as first_name")
	}
	if f.Label == "" {
		return nil, nil, errors.New("it has no label")
	}
	f.pointer = "/" + f.Key
	f.Default = value.Normalize(f.Default)
	for _, kind := range refused {
		if f.Kind == kind || f.Item == kind {
			return nil, nil, fmt.Errorf("a field of kind %s is not possible here", kind)
		}
	}
	t, members, err := f.dynamicType(refused)
	if err != nil {
		return nil, nil, err
	}
	if members != nil {
		f.Fields = members.fields
	}
	if (f.Kind == FieldChoice || f.Kind == FieldMultiChoice) != (len(f.Options) > 0) {
		return nil, nil, errors.New("options belong to a field of kind choice or multi_choice, which needs them")
	}
	if (f.Kind == FieldRef || f.Item == FieldRef) != (f.Ref != "") {
		return nil, nil, errors.New("ref belongs to a field of kind ref, which needs it")
	}
	if (f.Min != nil || f.Max != nil) && !f.limited() {
		return nil, nil, fmt.Errorf("min and max say nothing about a field of kind %s", f.Kind)
	}
	if f.Min != nil && f.Max != nil && *f.Min > *f.Max {
		return nil, nil, errors.New("min is above max")
	}
	return t, members, nil
}

func (f *Field) dynamicType(refused []FieldKind) (reflect.Type, *form, error) {
	switch f.Kind {
	case FieldList:
		if len(f.Fields) > 0 {
			members, t, err := dynamicForm(f.Fields, refused...)
			if err != nil {
				return nil, nil, err
			}
			return reflect.SliceOf(t), members, nil
		}
		item, ok := scalarTypes[f.Item]
		if !ok {
			return nil, nil, fmt.Errorf("the entries of a list cannot be of the kind %q: use item: text, number, date or ref, or fields", f.Item)
		}
		return reflect.SliceOf(item), nil, nil
	case FieldGroup:
		if len(f.Fields) == 0 {
			return nil, nil, errors.New("a group needs fields")
		}
		members, t, err := dynamicForm(f.Fields, refused...)
		return t, members, err
	}
	if len(f.Fields) > 0 || f.Item != "" {
		return nil, nil, fmt.Errorf("fields and item say nothing about a field of kind %s", f.Kind)
	}
	if t, ok := scalarTypes[f.Kind]; ok {
		return t, nil, nil
	}
	return nil, nil, fmt.Errorf("there is no kind %q", f.Kind)
}

var scalarTypes = map[FieldKind]reflect.Type{
	FieldText: reflect.TypeFor[string](), FieldLongText: reflect.TypeFor[string](), FieldRichText: reflect.TypeFor[string](),
	FieldCode: reflect.TypeFor[string](), FieldURL: reflect.TypeFor[string](), FieldChoice: reflect.TypeFor[string](),
	FieldDate: reflect.TypeFor[*time.Time](), FieldDuration: reflect.TypeFor[*Duration](), FieldNumber: reflect.TypeFor[*number](),
	FieldMoney: reflect.TypeFor[*Money](), FieldSwitch: reflect.TypeFor[*bool](), FieldSecret: reflect.TypeFor[Secret](),
	FieldRef: reflect.TypeFor[Ref](), FieldMultiChoice: reflect.TypeFor[[]string](), FieldRows: reflect.TypeFor[map[string]any](),
	FieldJSON: reflect.TypeFor[any](),
}

// number is a number of a form that is data: whole ones stay whole.
type number float64

// plainFields gives bound values back as plain ones, without those that are empty.
func plainFields(bound reflect.Value, f *form) map[string]any {
	out := make(map[string]any, len(f.fields))
	for i := range f.fields {
		if v := plainField(bound.Field(i), f.members[i]); !value.Empty(v) {
			out[f.fields[i].Key] = v
		}
	}
	return out
}

func plainField(v reflect.Value, members *form) any {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return nil
		}
		v = v.Elem()
	}
	switch x := v.Interface().(type) {
	case Secret:
		return x.Reveal()
	case time.Time:
		return x.Format(time.RFC3339)
	case Duration:
		return time.Duration(x).Seconds()
	case number:
		if whole := int(x); number(whole) == x && math.Abs(float64(x)) < 1<<53 {
			return whole
		}
		return float64(x)
	case Money:
		return map[string]any{"amount": int(x.Amount), "currency": x.Currency}
	}
	switch v.Kind() {
	case reflect.Struct:
		return plainFields(v, members)
	case reflect.Slice:
		list := make([]any, v.Len())
		for i := range list {
			list[i] = plainField(v.Index(i), members)
		}
		return list
	case reflect.String:
		return v.String()
	case reflect.Interface:
		return v.Interface()
	}
	return value.Normalize(v.Interface())
}
