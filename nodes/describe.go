package nodes

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	typeID    = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$`)
	fieldKey  = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	cardField = regexp.MustCompile(`\{([a-z0-9_]+)\}`)
)

// describe makes the part of a node type that all kinds share.
func describe[P any](kind Kind, m Meta) (*NodeType, *form, error) {
	f, err := newForm(reflect.TypeFor[P]())
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", m.Type, err)
	}
	n, err := described(kind, m, f)
	if err != nil {
		return nil, nil, err
	}
	if _, ok := any(new(P)).(ContactProvider); m.Contact == ContactMayProvide && !ok {
		return nil, nil, fmt.Errorf("%s may provide a contact: its params need ProvidesContact", m.Type)
	}
	if err := chooser[P](kind, f, n); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", m.Type, err)
	}
	n.Check = func(params map[string]any) []FieldProblem { return check[P](f, params) }
	n.Provides = func(params map[string]any) bool { return provides[P](m.Contact, f, params) }
	n.First = func(params map[string]any) string { return firstStep[P](f, params) }
	n.Goal = func(params map[string]any) (Awaited, bool) { return goal[P](f, params) }
	return n, f, nil
}

// described makes what needs no more than the form, and holds the Meta to its
// rules.
func described(kind Kind, m Meta, f *form) (*NodeType, error) {
	if !typeID.MatchString(m.Type) {
		return nil, fmt.Errorf("%q is not a dotted lower-case type id", m.Type)
	}
	for _, must := range [...]struct{ what, text string }{{"name", m.Name}, {"group", m.Group}, {"summary", m.Summary}} {
		if strings.TrimSpace(must.text) == "" {
			return nil, fmt.Errorf("%s has no %s", m.Type, must.what)
		}
	}
	version := max(m.Version, 1)
	if version > 1 && m.Upgrade == nil {
		return nil, fmt.Errorf("%s is version %d and cannot lift older params: it needs Upgrade", m.Type, version)
	}
	for _, match := range cardField.FindAllStringSubmatch(m.Card, -1) {
		if f.named(match[1]) == nil {
			return nil, fmt.Errorf("%s: the card names the unknown field %q", m.Type, match[1])
		}
	}
	return &NodeType{Descriptor: Descriptor{
		Type: m.Type, Kind: kind, Version: version, Name: m.Name, Group: m.Group, Icon: m.Icon,
		Summary: m.Summary, Card: m.Card, Contact: m.Contact, Sample: m.Sample, Fields: f.fields,
	}, Upgrade: m.Upgrade, Expand: m.Expand, Gate: m.Gate}, nil
}

// fieldOf reads one field of a params struct, and the form of its members when
// it is a group or a list of groups.
func fieldOf(sf reflect.StructField) (Field, *form, error) {
	f := Field{}
	if !sf.IsExported() {
		return f, nil, errors.New("must be exported, or binding cannot fill it in")
	}
	if err := checkTag(sf.Tag); err != nil {
		return f, nil, err
	}
	tag := sf.Tag
	f = Field{
		Key: tag.Get("json"), Label: tag.Get("label"), Help: tag.Get("help"), Example: tag.Get("example"),
		Tab: tag.Get("tab"), Ref: tag.Get("ref"), Of: tag.Get("of"), Options: optionsOf(tag.Get("options")), Choices: choicesOf(tag),
	}
	if !fieldKey.MatchString(f.Key) {
		return f, nil, errors.New("needs a json tag with the plain snake_case key")
	}
	f.pointer = "/" + f.Key
	if f.Label == "" {
		return f, nil, errors.New("needs a label tag")
	}
	members, err := f.setKind(sf.Type, FieldKind(tag.Get("kind")))
	if err != nil {
		return f, nil, err
	}
	if err := f.setFlags(tag); err != nil {
		return f, nil, err
	}
	if err := f.setLimits(tag); err != nil {
		return f, nil, err
	}
	if text, ok := tag.Lookup("default"); ok {
		if f.Default, err = defaultOf(f.Kind, text); err != nil {
			return f, nil, fmt.Errorf("the default %q does not fit: %w", text, err)
		}
	}
	return f, members, nil
}

func (f *Field) setFlags(tag reflect.StructTag) error {
	for _, flag := range [...]struct {
		name string
		dst  *bool
	}{{"required", &f.Required}, {"advanced", &f.Advanced}, {"no_map", &f.NoMap}} {
		switch text, ok := tag.Lookup(flag.name); {
		case !ok:
		case text == "true":
			*flag.dst = true
		default:
			return fmt.Errorf(`%s is "true" or left out, not %q`, flag.name, text)
		}
	}
	showIf := tag.Get("show_if")
	if showIf == "" {
		return nil
	}
	other, values, ok := strings.Cut(showIf, "=")
	if !ok || other == "" || values == "" {
		return errors.New("show_if must look like field=value|value")
	}
	f.ShowIf = &ShowIf{Field: other, Values: strings.Split(values, "|")}
	return nil
}

func (f *Field) setLimits(tag reflect.StructTag) error {
	for _, bound := range [...]struct {
		name string
		dst  **float64
	}{{"min", &f.Min}, {"max", &f.Max}} {
		text := tag.Get(bound.name)
		if text == "" {
			continue
		}
		limit, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return fmt.Errorf("%s is not a number", bound.name)
		}
		if !f.limited() {
			return fmt.Errorf("%s says nothing about a field of kind %s", bound.name, f.Kind)
		}
		*bound.dst = &limit
	}
	if f.Min != nil && f.Max != nil && *f.Min > *f.Max {
		return errors.New("min is above max")
	}
	return nil
}

// limited reports whether min and max mean something for the field.
func (f *Field) limited() bool {
	switch f.Kind {
	case FieldNumber, FieldDuration, FieldList, FieldMultiChoice,
		FieldText, FieldLongText, FieldRichText, FieldCode, FieldURL:
		return true
	}
	return false
}

func optionsOf(tag string) []Option {
	if tag == "" {
		return nil
	}
	var options []Option
	for part := range strings.SplitSeq(tag, ",") {
		v, label, ok := strings.Cut(part, "=")
		if !ok {
			label = strings.ReplaceAll(v, "_", " ")
			if label != "" {
				label = strings.ToUpper(label[:1]) + label[1:]
			}
		}
		options = append(options, Option{Value: v, Label: label})
	}
	return options
}

func defaultOf(kind FieldKind, text string) (any, error) {
	switch kind {
	case FieldSwitch:
		return strconv.ParseBool(text)
	case FieldNumber:
		if i, err := strconv.Atoi(text); err == nil {
			return i, nil
		}
		return strconv.ParseFloat(text, 64)
	case FieldList, FieldMultiChoice:
		return splitList(text), nil
	case FieldGroup, FieldRows, FieldMoney, FieldFile, FieldCondition, FieldSecret:
		return nil, fmt.Errorf("a field of kind %s has none", kind)
	}
	return text, nil
}

var (
	secretType    = reflect.TypeFor[Secret]()
	refType       = reflect.TypeFor[Ref]()
	durationType  = reflect.TypeFor[Duration]()
	moneyType     = reflect.TypeFor[Money]()
	fileType      = reflect.TypeFor[File]()
	conditionType = reflect.TypeFor[Condition]()
	timeType      = reflect.TypeFor[time.Time]()
)

// textKinds are the kinds that a string field may choose with its kind tag.
var textKinds = map[FieldKind]bool{
	FieldText: true, FieldLongText: true, FieldRichText: true, FieldCode: true, FieldURL: true, FieldDate: true,
}

func (f *Field) setKind(t reflect.Type, wanted FieldKind) (*form, error) {
	kind, members, err := f.kindOf(t)
	if err != nil {
		return nil, err
	}
	if members != nil {
		f.Fields = members.fields
	}
	f.Kind = kind
	if len(f.Options) > 0 && kind != FieldChoice && kind != FieldMultiChoice {
		return nil, fmt.Errorf("options do not fit the type %s", t)
	}
	if f.Ref != "" && kind != FieldRef && f.Item != FieldRef {
		return nil, fmt.Errorf("a ref tag does not fit the type %s", t)
	}
	if wanted == "" || wanted == kind {
		return members, nil
	}
	if kind != FieldText || !textKinds[wanted] {
		return nil, fmt.Errorf("kind %q does not fit the type %s", wanted, t)
	}
	f.Kind = wanted
	return members, nil
}

func (f *Field) kindOf(t reflect.Type) (FieldKind, *form, error) {
	switch t {
	case secretType:
		return FieldSecret, nil, nil
	case durationType:
		return FieldDuration, nil, nil
	case moneyType:
		return FieldMoney, nil, nil
	case fileType:
		return FieldFile, nil, nil
	case conditionType:
		return FieldCondition, nil, nil
	case timeType:
		return FieldDate, nil, nil
	case refType:
		if f.Ref == "" {
			return "", nil, errors.New("a Ref needs a ref tag")
		}
		return FieldRef, nil, nil
	}
	switch t.Kind() {
	case reflect.String:
		if len(f.Options) > 0 {
			return FieldChoice, nil, nil
		}
		return FieldText, nil, nil
	case reflect.Bool:
		return FieldSwitch, nil, nil
	case reflect.Int, reflect.Int64, reflect.Float64:
		return FieldNumber, nil, nil
	case reflect.Interface:
		if t.NumMethod() == 0 {
			return FieldJSON, nil, nil
		}
	case reflect.Pointer:
		if t.Elem().Kind() != reflect.Pointer {
			return f.kindOf(t.Elem())
		}
	case reflect.Map:
		if elem := t.Elem().Kind(); t.Key().Kind() == reflect.String &&
			(elem == reflect.String || elem == reflect.Interface && t.Elem().NumMethod() == 0) {
			return FieldRows, nil, nil
		}
	case reflect.Slice:
		return f.listKind(t.Elem())
	case reflect.Struct:
		members, err := newForm(t)
		return FieldGroup, members, err
	}
	return "", nil, fmt.Errorf("the type %s is not supported", t)
}

func (f *Field) listKind(elem reflect.Type) (FieldKind, *form, error) {
	if elem.Kind() == reflect.String && len(f.Options) > 0 {
		return FieldMultiChoice, nil, nil
	}
	item, members, err := f.kindOf(elem)
	if err != nil {
		return "", nil, err
	}
	switch item {
	case FieldGroup:
	case FieldSecret, FieldCondition, FieldList, FieldMultiChoice, FieldRows:
		return "", nil, fmt.Errorf("a list of %s is not supported", item)
	default:
		f.Item = item
	}
	return FieldList, members, nil
}
