package nodes

import (
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/hookloom/hookloom/engine/value"
)

// set puts a plain value into a field of a params struct; members is the form
// of a group's or list entry's fields.
func (b *binder) set(dst reflect.Value, f *Field, members *form, v any, at string) {
	if dst.Kind() == reflect.Pointer {
		dst.Set(reflect.New(dst.Type().Elem()))
		dst = dst.Elem()
	}
	if b.draft && f.Kind != FieldCondition && b.mapped(dst, f, v, at) {
		return
	}
	switch f.Kind {
	case FieldJSON:
		dst.Set(reflect.ValueOf(v))
	case FieldCondition:
		b.setCondition(dst, f, v, at)
	case FieldSecret:
		b.setSecret(dst, f, v, at)
	case FieldMoney:
		b.setMoney(dst, f, v, at)
	case FieldFile:
		b.setFile(dst, f, v, at)
	case FieldGroup:
		if params, ok := v.(map[string]any); ok {
			b.into(dst, members, params, at)
			return
		}
		b.refuse(f, at, "must be an object")
	case FieldList, FieldMultiChoice:
		b.setList(dst, f, members, v, at)
	case FieldRows:
		b.setRows(dst, f, v, at)
	default:
		b.setScalar(dst, f, v, at)
	}
}

// mapped deals with a draft's text that holds a mapping: it may become anything,
// so it fits, unless the field takes none. Fields of text keep it as written.
func (b *binder) mapped(dst reflect.Value, f *Field, v any, at string) bool {
	if f.NoMap && (Mapped(v) || f.Kind != FieldGroup && holdsMapping(v)) {
		b.refuse(f, at, "takes no mapping: write the value itself")
		return true
	}
	// A secret is never mapped, so braces in one are part of it.
	if f.Kind == FieldSecret || !Mapped(v) {
		return false
	}
	if dst.Kind() == reflect.String || dst.Kind() == reflect.Interface {
		dst.Set(reflect.ValueOf(v).Convert(dst.Type()))
	}
	return true
}

// setCondition takes a decided condition {"met", "notes"}, a switch, or, in a
// trigger's params, the condition as written.
func (b *binder) setCondition(dst reflect.Value, f *Field, v any, at string) {
	c := Condition{}
	switch x := v.(type) {
	case bool:
		c = Condition{Met: x, Source: v}
	case map[string]any:
		if met, ok := x["met"].(bool); ok {
			c.Met, c.Notes = met, strs(x["notes"])
		} else {
			c.Source = v
		}
	case string:
		c.Source = v
	default:
		b.refuse(f, at, "must be a formula or rules")
		return
	}
	dst.Set(reflect.ValueOf(c))
}

func strs(v any) []string {
	switch x := v.(type) {
	case []string:
		return x
	case []any:
		list := make([]string, len(x))
		for i, e := range x {
			list[i] = text(e)
		}
		return list
	}
	return nil
}

// versionsKey carries opened values beside a secret's reference, in memory only.
const versionsKey = "$versions"

// OpenSecret returns the in-memory form of a stored secret that binding turns
// into a Secret. It must never be stored or logged; String and JSON of what is
// inside stay hidden all the same.
func OpenSecret(s Secret) map[string]any {
	return map[string]any{SecretRefKey: s.Ref, versionsKey: s}
}

func (b *binder) setSecret(dst reflect.Value, f *Field, v any, at string) {
	switch x := v.(type) {
	case string:
		dst.Set(reflect.ValueOf(NewSecret("", SecretVersion{Value: x})))
		return
	case map[string]any:
		if ref, ok := x[SecretRefKey].(string); ok {
			opened, _ := x[versionsKey].(Secret)
			opened.Ref = ref
			dst.Set(reflect.ValueOf(opened))
			return
		}
	}
	b.refuse(f, at, "must be a text")
}

func (b *binder) setMoney(dst reflect.Value, f *Field, v any, at string) {
	m, ok := v.(map[string]any)
	if !ok {
		b.refuse(f, at, `must look like {"amount": 4900, "currency": "USD"}, the amount in cents`)
		return
	}
	currency := strings.ToUpper(strings.TrimSpace(text(m["currency"])))
	if b.draft && (Mapped(m["amount"]) || Mapped(m["currency"])) {
		return
	}
	amount, ok := integer(m["amount"])
	if !ok {
		b.refuse(f, at, "needs a whole amount in the smallest unit (cents)")
		return
	}
	if len(currency) != 3 || strings.Trim(currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		b.refuse(f, at, "needs a currency of three letters, such as USD")
		return
	}
	dst.Set(reflect.ValueOf(Money{amount, currency}))
}

func (b *binder) setFile(dst reflect.Value, f *Field, v any, at string) {
	encoded, err := value.Encode(v)
	var file File
	if err == nil {
		err = json.Unmarshal(encoded, &file)
	}
	if err != nil || file.Ref == "" {
		b.refuse(f, at, "must be a file")
		return
	}
	dst.Set(reflect.ValueOf(file))
}

// setList fills a slice. One value where a list is expected is a list of one, a
// comma-separated text is what people type for tags, and in a list of scalars a
// mapping that gave a list or nothing adds its entries or none.
func (b *binder) setList(dst reflect.Value, f *Field, members *form, v any, at string) {
	items, ok := v.([]any)
	switch typed, isText := v.(string); {
	case ok && members == nil && f.Item != FieldJSON:
		items = flatten(items)
	case ok:
	case isText && members == nil && f.Item != FieldJSON:
		items = splitList(typed)
	default:
		items = []any{v}
	}
	if !b.draft || !holdsMapping(items) {
		b.within(f, float64(len(items)), at, "entry")
	}
	list := reflect.MakeSlice(dst.Type(), len(items), len(items))
	entry := Field{Kind: f.Item, Label: f.Label, Options: f.Options, NoMap: f.NoMap}
	switch {
	case f.Kind == FieldMultiChoice:
		entry.Kind = FieldChoice
	case members != nil:
		entry.Kind = FieldGroup
	}
	for i, item := range items {
		b.set(list.Index(i), &entry, members, item, at+"/"+strconv.Itoa(i))
	}
	dst.Set(list)
}

// flatten takes the entries of lists within a list of scalars and leaves blank
// ones out.
func flatten(items []any) []any {
	plain := func(item any) bool {
		_, list := item.([]any)
		return !list && !value.Empty(item)
	}
	if !slices.ContainsFunc(items, func(item any) bool { return !plain(item) }) {
		return items
	}
	flat := make([]any, 0, len(items))
	for _, item := range items {
		switch x := item.(type) {
		case []any:
			for _, e := range x {
				if !value.Empty(e) {
					flat = append(flat, e)
				}
			}
		default:
			if !value.Empty(x) {
				flat = append(flat, x)
			}
		}
	}
	return flat
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

func (b *binder) setRows(dst reflect.Value, f *Field, v any, at string) {
	rows, ok := v.(map[string]any)
	if !ok {
		b.refuse(f, at, "must be rows of names and values")
		return
	}
	if dst.Type().Elem().Kind() == reflect.Interface {
		dst.Set(reflect.ValueOf(rows))
		return
	}
	texts := make(map[string]string, len(rows))
	for k, e := range rows {
		texts[k] = text(e)
	}
	dst.Set(reflect.ValueOf(texts))
}

// within holds a number, or a count of units, to the field's limits.
func (b *binder) within(f *Field, n float64, at, unit string) {
	if f.Min != nil && n < *f.Min {
		b.refuse(f, at, "must be at least "+limit(*f.Min, unit))
	}
	if f.Max != nil && n > *f.Max {
		b.refuse(f, at, "must be at most "+limit(*f.Max, unit))
	}
}

// limit writes "3 entries", "1 entry", "5", and seconds as the longest whole
// units: "30 days".
func limit(n float64, unit string) string {
	if unit == "second" {
		for _, longer := range [...]struct {
			name    string
			seconds float64
		}{{"day", 86400}, {"hour", 3600}, {"minute", 60}} {
			if n >= longer.seconds && math.Mod(n, longer.seconds) == 0 {
				n, unit = n/longer.seconds, longer.name
				break
			}
		}
	}
	switch {
	case unit == "":
		return text(n)
	case n == 1:
		return "1 " + unit
	case strings.HasSuffix(unit, "y") && unit != "day":
		return text(n) + " " + strings.TrimSuffix(unit, "y") + "ies"
	}
	return text(n) + " " + unit + "s"
}
