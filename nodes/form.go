package nodes

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// form is a params struct prepared for binding: the fields that its tags
// describe, found by key. It is made once for each node type.
type form struct {
	fields []Field
	index  map[string]int
	// members holds the form of each field that is a group or a list of groups,
	// at the field's place; others are nil.
	members []*form
	// preset holds the bound default of each field at the field's place; the
	// zero Value where there is none, or where values would be shared.
	preset []reflect.Value
}

// newForm prepares a params struct; the error names the culprit.
func newForm(t reflect.Type) (*form, error) {
	if t.Kind() != reflect.Struct {
		return nil, fmt.Errorf("params must be a struct, not %s", t)
	}
	f := &form{
		fields:  make([]Field, t.NumField()),
		index:   make(map[string]int, t.NumField()),
		members: make([]*form, t.NumField()),
		preset:  make([]reflect.Value, t.NumField()),
	}
	for i := range t.NumField() {
		sf := t.Field(i)
		field, members, err := fieldOf(sf)
		if err != nil {
			return nil, fmt.Errorf("field %s: %w", sf.Name, err)
		}
		if _, taken := f.index[field.Key]; taken {
			return nil, fmt.Errorf("field %s: the key %q is used twice", sf.Name, field.Key)
		}
		f.fields[i], f.members[i], f.index[field.Key] = field, members, i
	}
	if d, ok := reflect.TypeAssert[FieldDescriber](reflect.Zero(t)); ok {
		d.DescribeFields(f.fields)
	}
	for i := range f.fields {
		if err := f.checkShowIf(&f.fields[i]); err != nil {
			return nil, fmt.Errorf("field %s: %w", t.Field(i).Name, err)
		}
		if err := f.checkDefault(t.Field(i).Type, i); err != nil {
			return nil, fmt.Errorf("field %s: %w", t.Field(i).Name, err)
		}
	}
	return f, nil
}

func (f *form) named(key string) *Field {
	if i, ok := f.index[key]; ok {
		return &f.fields[i]
	}
	return nil
}

// checkShowIf holds a show_if to the field that it names: a value which that
// field cannot have would hide its own field for ever.
func (f *form) checkShowIf(field *Field) error {
	if field.ShowIf == nil {
		return nil
	}
	other := f.named(field.ShowIf.Field)
	if other == nil || other == field {
		return fmt.Errorf("show_if names the unknown field %q", field.ShowIf.Field)
	}
	for _, v := range field.ShowIf.Values {
		switch other.Kind {
		case FieldChoice:
			if !other.offers(v) {
				return fmt.Errorf("show_if waits for %q, which %q does not offer", v, other.Key)
			}
		case FieldSwitch:
			if v != "true" && v != "false" {
				return fmt.Errorf("show_if waits for %q, but %q is true or false", v, other.Key)
			}
		case FieldText, FieldRef:
		default:
			return fmt.Errorf("show_if cannot watch %q, a field of kind %s", other.Key, other.Kind)
		}
	}
	return nil
}

// checkDefault binds the default, so that a wrong one stops the start and not
// the first run.
func (f *form) checkDefault(t reflect.Type, i int) error {
	field := &f.fields[i]
	if field.Default == nil {
		return nil
	}
	if field.Required {
		return errors.New("required and default exclude each other")
	}
	dst := reflect.New(t).Elem()
	b := binder{}
	b.set(dst, field, f.members[i], field.Default, "/"+field.Key)
	if len(b.problems) > 0 {
		return fmt.Errorf("the default does not fit: %s", b.problems[0].Message)
	}
	switch t.Kind() {
	case reflect.Slice, reflect.Pointer, reflect.Map, reflect.Interface:
	default:
		f.preset[i] = dst
	}
	return nil
}

func (f *Field) offers(v string) bool {
	for i := range f.Options {
		if f.Options[i].Value == v {
			return true
		}
	}
	return false
}

// knownTags are the tag keys of a params struct. Any other one is a typo, which
// would silently leave a field optional or unlabelled.
var knownTags = map[string]bool{
	"json": true, "label": true, "help": true, "example": true, "kind": true, "required": true,
	"default": true, "options": true, "show_if": true, "min": true, "max": true, "advanced": true,
	"tab": true, "no_map": true, "ref": true, "of": true, "choices": true,
}

// checkTag refuses unknown keys and a tag that Go cannot read.
func checkTag(tag reflect.StructTag) error {
	rest := strings.TrimSpace(string(tag))
	for rest != "" {
		key, quoted, ok := strings.Cut(rest, `:"`)
		if !ok {
			return fmt.Errorf("the tag cannot be read from %.40q on", rest)
		}
		if !knownTags[key] {
			return fmt.Errorf("the tag key %q is not known", key)
		}
		end := closingQuote(quoted)
		if end < 0 {
			return fmt.Errorf("the tag %q has no end", key)
		}
		rest = strings.TrimSpace(quoted[end+1:])
	}
	return nil
}

func closingQuote(s string) int {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return -1
}
