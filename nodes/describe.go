package nodes

import (
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	typeID    = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$`)
	cardField = regexp.MustCompile(`\{([a-z0-9_]+)\}`)
)

func describe[P any](kind Kind, m Meta) (*NodeType, error) {
	if !typeID.MatchString(m.Type) {
		return nil, fmt.Errorf("%q is not a dotted lower-case type id", m.Type)
	}
	for what, text := range map[string]string{"name": m.Name, "group": m.Group, "summary": m.Summary} {
		if text == "" {
			return nil, fmt.Errorf("%s has no %s", m.Type, what)
		}
	}
	version := max(m.Version, 1)
	if version > 1 && m.Upgrade == nil {
		return nil, fmt.Errorf("%s is version %d and cannot lift older params: it needs Upgrade", m.Type, version)
	}
	fields, err := fieldsOf(reflect.TypeFor[P]())
	if err != nil {
		return nil, fmt.Errorf("%s: %w", m.Type, err)
	}
	for _, match := range cardField.FindAllStringSubmatch(m.Card, -1) {
		if fieldNamed(fields, match[1]) == nil {
			return nil, fmt.Errorf("%s: the card names the unknown field %q", m.Type, match[1])
		}
	}
	n := &NodeType{Descriptor: Descriptor{
		Type: m.Type, Kind: kind, Version: version, Name: m.Name, Group: m.Group, Icon: m.Icon,
		Summary: m.Summary, Card: m.Card, Contact: m.Contact, Sample: m.Sample, Fields: fields,
	}, Upgrade: m.Upgrade}
	n.Check = func(params map[string]any) []FieldProblem { return check[P](fields, params) }
	n.Provides = func(params map[string]any) bool { return provides[P](m.Contact, fields, params) }
	return n, nil
}

func provides[P any](use ContactUse, fields []Field, params map[string]any) bool {
	switch use {
	case ContactProvides:
		return true
	case ContactMayProvide:
		var p P
		if _, err := bindInto(reflect.ValueOf(&p).Elem(), fields, params, "", draft); err != nil {
			return false
		}
		provider, ok := any(p).(ContactProvider)
		return ok && provider.ProvidesContact()
	}
	return false
}

func fieldNamed(fields []Field, key string) *Field {
	for i := range fields {
		if fields[i].Key == key {
			return &fields[i]
		}
	}
	return nil
}

func fieldsOf(t reflect.Type) ([]Field, error) {
	if t.Kind() != reflect.Struct {
		return nil, fmt.Errorf("params must be a struct, not %s", t)
	}
	fields := []Field{}
	for i := range t.NumField() {
		f, err := fieldOf(t.Field(i))
		if err != nil {
			return nil, fmt.Errorf("field %s: %w", t.Field(i).Name, err)
		}
		if fieldNamed(fields, f.Key) != nil {
			return nil, fmt.Errorf("field %s: the key %q is used twice", t.Field(i).Name, f.Key)
		}
		fields = append(fields, f)
	}
	for _, f := range fields {
		if f.ShowIf != nil && fieldNamed(fields, f.ShowIf.Field) == nil {
			return nil, fmt.Errorf("field %q: show_if names the unknown field %q", f.Key, f.ShowIf.Field)
		}
	}
	return fields, nil
}

func fieldOf(sf reflect.StructField) (Field, error) {
	tag := sf.Tag
	f := Field{
		Key: tag.Get("json"), Label: tag.Get("label"), Help: tag.Get("help"), Example: tag.Get("example"),
		Required: tag.Get("required") == "true", Advanced: tag.Get("advanced") == "true",
		NoMap: tag.Get("no_map") == "true", Tab: tag.Get("tab"), Ref: tag.Get("ref"),
		Options: optionsOf(tag.Get("options")),
	}
	if f.Key == "" || strings.Contains(f.Key, ",") {
		return f, fmt.Errorf("needs a json tag with the plain key")
	}
	if f.Label == "" {
		return f, fmt.Errorf("needs a label tag")
	}
	if err := f.setKind(sf.Type, FieldKind(tag.Get("kind"))); err != nil {
		return f, err
	}
	if showIf := tag.Get("show_if"); showIf != "" {
		other, values, ok := strings.Cut(showIf, "=")
		if !ok {
			return f, fmt.Errorf("show_if must look like field=value|value")
		}
		f.ShowIf = &ShowIf{Field: other, Values: strings.Split(values, "|")}
	}
	for name, bound := range map[string]**float64{"min": &f.Min, "max": &f.Max} {
		if text := tag.Get(name); text != "" {
			limit, err := strconv.ParseFloat(text, 64)
			if err != nil {
				return f, fmt.Errorf("%s is not a number", name)
			}
			*bound = &limit
		}
	}
	if text, ok := tag.Lookup("default"); ok {
		v, err := defaultOf(f.Kind, text)
		if err != nil {
			return f, err
		}
		f.Default = v
	}
	return f, nil
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
		list := []any{}
		for part := range strings.SplitSeq(text, ",") {
			list = append(list, part)
		}
		return list, nil
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

func (f *Field) setKind(t reflect.Type, wanted FieldKind) error {
	kind, err := f.kindOf(t)
	if err != nil {
		return err
	}
	f.Kind = kind
	if wanted == "" || wanted == kind {
		return nil
	}
	if kind != FieldText || !textKinds[wanted] {
		return fmt.Errorf("kind %q does not fit the type %s", wanted, t)
	}
	f.Kind = wanted
	return nil
}

func (f *Field) kindOf(t reflect.Type) (FieldKind, error) {
	switch t {
	case secretType:
		return FieldSecret, nil
	case durationType:
		return FieldDuration, nil
	case moneyType:
		return FieldMoney, nil
	case fileType:
		return FieldFile, nil
	case conditionType:
		return FieldCondition, nil
	case timeType:
		return FieldDate, nil
	case refType:
		if f.Ref == "" {
			return "", fmt.Errorf("a Ref needs a ref tag")
		}
		return FieldRef, nil
	}
	switch t.Kind() {
	case reflect.String:
		if len(f.Options) > 0 {
			return FieldChoice, nil
		}
		return FieldText, nil
	case reflect.Bool:
		return FieldSwitch, nil
	case reflect.Int, reflect.Int64, reflect.Float64:
		return FieldNumber, nil
	case reflect.Interface:
		return FieldJSON, nil
	case reflect.Pointer:
		return f.kindOf(t.Elem())
	case reflect.Map:
		if t.Key().Kind() == reflect.String {
			return FieldRows, nil
		}
	case reflect.Slice:
		return f.listKind(t.Elem())
	case reflect.Struct:
		members, err := fieldsOf(t)
		f.Fields = members
		return FieldGroup, err
	}
	return "", fmt.Errorf("the type %s is not supported", t)
}

func (f *Field) listKind(elem reflect.Type) (FieldKind, error) {
	if elem.Kind() == reflect.String && len(f.Options) > 0 {
		return FieldMultiChoice, nil
	}
	item, err := f.kindOf(elem)
	if err != nil {
		return "", err
	}
	if item != FieldGroup {
		f.Item = item
	}
	return FieldList, nil
}
