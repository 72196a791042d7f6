package nodes

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"

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

// mode tells whether params are final or still hold mappings.
type mode bool

const (
	final mode = false
	draft mode = true
)

func bind[P any](fields []Field, params map[string]any) (P, error) {
	var p P
	problems, err := bindInto(reflect.ValueOf(&p).Elem(), fields, params, "", final)
	if err != nil {
		return p, err
	}
	if len(problems) > 0 {
		return p, &permanent{&ParamError{problems}}
	}
	return p, nil
}

// check reports what is wrong with params in a draft: a text that holds a
// mapping may become anything and passes.
func check[P any](fields []Field, params map[string]any) []FieldProblem {
	var p P
	problems, err := bindInto(reflect.ValueOf(&p).Elem(), fields, params, "", draft)
	if err != nil {
		return append(problems, FieldProblem{Code: "invalid", Message: err.Error()})
	}
	if v, ok := any(p).(Validator); ok {
		problems = append(problems, v.Validate()...)
	}
	return problems
}

// Mapped reports whether a text holds a mapping.
func Mapped(v any) bool {
	text, ok := v.(string)
	return ok && strings.Contains(text, "{{")
}

func bindInto(dst reflect.Value, fields []Field, params map[string]any, at string, m mode) ([]FieldProblem, error) {
	var problems []FieldProblem
	for key := range params {
		if fieldNamed(fields, key) == nil {
			problems = append(problems, FieldProblem{at + "/" + key, "unknown_field", fmt.Sprintf("%q is not a setting of this step", key)})
		}
	}
	for i, f := range fields {
		pointer := at + "/" + f.Key
		v, present := params[f.Key]
		if !present || v == nil {
			v = f.Default
		}
		if f.Required && shown(f, fields, params) && blank(f, v) {
			problems = append(problems, FieldProblem{pointer, "required", f.Label + " can't be empty"})
			continue
		}
		if v == nil || (f.Kind != FieldText && f.Kind != FieldLongText && v == "") {
			continue
		}
		problems = append(problems, set(dst.Field(i), f, v, pointer, m)...)
	}
	return problems, nil
}

func shown(f Field, fields []Field, params map[string]any) bool {
	if f.ShowIf == nil {
		return true
	}
	v := params[f.ShowIf.Field]
	if v == nil {
		v = fieldNamed(fields, f.ShowIf.Field).Default
	}
	for _, wanted := range f.ShowIf.Values {
		if fmt.Sprint(v) == wanted {
			return true
		}
	}
	return false
}

func blank(f Field, v any) bool { return f.Kind != FieldCondition && value.Empty(v) }

func set(dst reflect.Value, f Field, v any, at string, m mode) []FieldProblem {
	if dst.Kind() == reflect.Pointer {
		dst.Set(reflect.New(dst.Type().Elem()))
		dst = dst.Elem()
	}
	if m == draft && f.Kind != FieldCondition && Mapped(v) {
		if f.NoMap {
			return refuse(f, at, "takes no mapping: write the value itself")
		}
		if dst.Kind() == reflect.String || dst.Kind() == reflect.Interface {
			dst.Set(reflect.ValueOf(v).Convert(dst.Type()))
		}
		return nil
	}
	switch f.Kind {
	case FieldJSON:
		dst.Set(reflect.ValueOf(v))
		return nil
	case FieldCondition:
		return setCondition(dst, v)
	case FieldSecret:
		return setSecret(dst, f, v, at)
	case FieldMoney:
		return setMoney(dst, f, v, at)
	case FieldFile:
		return setFile(dst, f, v, at)
	case FieldGroup:
		members, ok := v.(map[string]any)
		if !ok {
			return refuse(f, at, "must be an object")
		}
		problems, _ := bindInto(dst, f.Fields, members, at, m)
		return problems
	case FieldList, FieldMultiChoice:
		return setList(dst, f, v, at, m)
	case FieldRows:
		return setRows(dst, f, v, at)
	}
	return setScalar(dst, f, v, at)
}

func refuse(f Field, at, message string) []FieldProblem {
	return []FieldProblem{{Pointer: at, Code: "invalid", Message: f.Label + " " + message}}
}

func setCondition(dst reflect.Value, v any) []FieldProblem {
	c := Condition{Source: v}
	if decided, ok := v.(map[string]any); ok {
		if met, ok := decided["met"].(bool); ok {
			c = Condition{Met: met}
		}
	}
	if met, ok := v.(bool); ok {
		c = Condition{Met: met, Source: v}
	}
	dst.Set(reflect.ValueOf(c))
	return nil
}

// versionsKey carries opened values beside a secret's reference, in memory only.
const versionsKey = "$versions"

// OpenSecret returns the in-memory form of a stored secret that binding turns
// into a Secret. It must never be stored or logged.
func OpenSecret(s Secret) map[string]any {
	return map[string]any{SecretRefKey: s.Ref, versionsKey: s.versions}
}

func setSecret(dst reflect.Value, f Field, v any, at string) []FieldProblem {
	switch x := v.(type) {
	case string:
		dst.Set(reflect.ValueOf(NewSecret("", SecretVersion{Value: x})))
		return nil
	case map[string]any:
		if ref, ok := x[SecretRefKey].(string); ok {
			versions, _ := x[versionsKey].([]SecretVersion)
			dst.Set(reflect.ValueOf(NewSecret(ref, versions...)))
			return nil
		}
	}
	return refuse(f, at, "must be a text")
}

func setMoney(dst reflect.Value, f Field, v any, at string) []FieldProblem {
	m, ok := v.(map[string]any)
	if !ok {
		return refuse(f, at, `must look like {"amount": 4900, "currency": "USD"}, the amount in cents`)
	}
	amount, ok := integer(m["amount"])
	if !ok {
		return refuse(f, at, "needs a whole amount in the smallest unit (cents)")
	}
	currency := strings.ToUpper(fmt.Sprint(m["currency"]))
	if len(currency) != 3 {
		return refuse(f, at, "needs a currency of three letters, such as USD")
	}
	dst.Set(reflect.ValueOf(Money{amount, currency}))
	return nil
}

func setFile(dst reflect.Value, f Field, v any, at string) []FieldProblem {
	text, err := value.Encode(v)
	var file File
	if err == nil {
		err = json.Unmarshal(text, &file)
	}
	if err != nil || file.Ref == "" {
		return refuse(f, at, "must be a file")
	}
	dst.Set(reflect.ValueOf(file))
	return nil
}

func setList(dst reflect.Value, f Field, v any, at string, m mode) []FieldProblem {
	items, ok := v.([]any)
	if !ok {
		// One value where a list is expected is a list of one; a comma-separated
		// text is what people type for tags.
		if text, isText := v.(string); isText && f.Fields == nil {
			items = splitList(text)
		} else {
			items = []any{v}
		}
	}
	if problem := within(f, float64(len(items)), at, "entries"); problem != nil {
		return problem
	}
	list := reflect.MakeSlice(dst.Type(), len(items), len(items))
	entry := Field{Kind: f.Item, Label: f.Label, Options: f.Options, Fields: f.Fields}
	if f.Kind == FieldMultiChoice {
		entry.Kind = FieldChoice
	} else if f.Fields != nil {
		entry.Kind = FieldGroup
	}
	var problems []FieldProblem
	for i, item := range items {
		problems = append(problems, set(list.Index(i), entry, item, fmt.Sprintf("%s/%d", at, i), m)...)
	}
	dst.Set(list)
	return problems
}

func splitList(text string) []any {
	items := []any{}
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			items = append(items, part)
		}
	}
	return items
}

func setRows(dst reflect.Value, f Field, v any, at string) []FieldProblem {
	rows, ok := v.(map[string]any)
	if !ok {
		return refuse(f, at, "must be rows of names and values")
	}
	if dst.Type().Elem().Kind() == reflect.Interface {
		dst.Set(reflect.ValueOf(rows))
		return nil
	}
	texts := make(map[string]string, len(rows))
	for k, e := range rows {
		texts[k] = text(e)
	}
	dst.Set(reflect.ValueOf(texts))
	return nil
}

func setScalar(dst reflect.Value, f Field, v any, at string) []FieldProblem {
	switch dst.Interface().(type) {
	case time.Time:
		when, err := time.Parse(time.RFC3339, text(v))
		if err != nil {
			return refuse(f, at, "must be a date and time such as 2026-01-31T09:00:00Z")
		}
		dst.Set(reflect.ValueOf(when))
		return nil
	case Duration:
		d, err := ParseDuration(text(v))
		if err != nil {
			return refuse(f, at, ": "+err.Error())
		}
		dst.Set(reflect.ValueOf(d))
		return nil
	}
	switch dst.Kind() {
	case reflect.String:
		return setText(dst, f, text(v), at)
	case reflect.Bool:
		b, ok := boolean(v)
		if !ok {
			return refuse(f, at, fmt.Sprintf("must be on or off, not %.80q", text(v)))
		}
		dst.SetBool(b)
	case reflect.Int, reflect.Int64:
		i, ok := integer(v)
		if !ok {
			return refuse(f, at, fmt.Sprintf("must be a whole number, not %.80q", text(v)))
		}
		dst.SetInt(i)
		return within(f, float64(i), at, "")
	case reflect.Float64:
		x, err := strconv.ParseFloat(text(v), 64)
		if err != nil {
			return refuse(f, at, fmt.Sprintf("must be a number, not %.80q", text(v)))
		}
		dst.SetFloat(x)
		return within(f, x, at, "")
	}
	return nil
}

func setText(dst reflect.Value, f Field, s, at string) []FieldProblem {
	if f.Kind == FieldChoice && s != "" {
		known := make([]string, len(f.Options))
		for i, o := range f.Options {
			if o.Value == s {
				dst.SetString(s)
				return nil
			}
			known[i] = o.Value
		}
		return refuse(f, at, fmt.Sprintf("must be one of %s, not %.80q", strings.Join(known, ", "), s))
	}
	dst.SetString(s)
	return within(f, float64(len(s)), at, "characters")
}

func within(f Field, n float64, at, unit string) []FieldProblem {
	if f.Min != nil && n < *f.Min {
		return refuse(f, at, strings.TrimSpace(fmt.Sprintf("must be at least %v %s", *f.Min, unit)))
	}
	if f.Max != nil && n > *f.Max {
		return refuse(f, at, strings.TrimSpace(fmt.Sprintf("must be at most %v %s", *f.Max, unit)))
	}
	return nil
}

// text writes a scalar as a person would: numbers without exponent, objects as
// compact JSON.
func text(v any) string {
	switch x := v.(type) {
	case nil:
		return ""
	case string:
		return x
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64)
	case map[string]any, []any:
		encoded, err := value.Encode(x)
		if err == nil {
			return string(encoded)
		}
	}
	return fmt.Sprint(v)
}

func integer(v any) (int64, bool) {
	switch x := v.(type) {
	case int:
		return int64(x), true
	case float64:
		return int64(x), x == math.Trunc(x) && math.Abs(x) < 1<<53
	case string:
		i, err := strconv.ParseInt(strings.TrimSpace(x), 10, 64)
		return i, err == nil
	}
	return 0, false
}

func boolean(v any) (bool, bool) {
	switch strings.ToLower(strings.TrimSpace(text(v))) {
	case "true", "yes", "on", "1":
		return true, true
	case "false", "no", "off", "0", "":
		return false, true
	}
	return false, false
}
