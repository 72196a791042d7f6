package workflow

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/hookloom/hookloom/nodes"
)

// object reads the members of one JSON object and knows in the end which ones
// nobody asked for. null is read as absent. A wrong type gives the zero value
// and a problem.
type object struct {
	r    *reader
	at   string
	step string
	// what names the object in messages: "the step".
	what    string
	members map[string]any
	read    map[string]bool
}

// object never fails: of anything but an object it reports the wrong type once
// and goes on without members.
func (r *reader) object(v any, at, step, what string) *object {
	members, ok := v.(map[string]any)
	o := &object{r: r, at: at, step: step, what: what, members: members, read: map[string]bool{}}
	if !ok {
		r.problems.add(Problem{Pointer: at, Step: step, Code: CodeWrongType,
			Message: fmt.Sprintf("%s must be an object, not %s.", sentence(what), kindOf(v))})
		return o
	}
	return o
}

// named makes problems inside the object tell its id, when it is a good one.
func (o *object) named() *object {
	if id, ok := o.members["id"].(string); ok && validID(id) {
		o.step = id
	}
	return o
}

func (o *object) refuse(key, code, message string) {
	o.r.problems.add(Problem{Pointer: under(o.at, key), Step: o.step, Code: code, Message: message})
}

func (o *object) wrongType(key, wanted string, got any) {
	o.refuse(key, CodeWrongType, fmt.Sprintf("%s of %s must be %s, not %s.", key, o.what, wanted, kindOf(got)))
}

// take returns a member, nil when it is absent.
func (o *object) take(key string) any {
	o.read[key] = true
	return o.members[key]
}

// done refuses the members that nobody took.
func (o *object) done() {
	for _, key := range slices.Sorted(maps.Keys(o.members)) {
		if !o.read[key] {
			o.refuse(key, CodeUnknownKey, fmt.Sprintf("%.60q is no key of %s: remove it. Known are %s.", key, o.what, strings.Join(slices.Sorted(maps.Keys(o.read)), ", ")))
		}
	}
}

func (o *object) child(key, what string) (*object, bool) {
	v := o.take(key)
	if v == nil {
		return nil, false
	}
	return o.r.object(v, under(o.at, key), o.step, what), true
}

func (o *object) list(key string, limit int) []any {
	v := o.take(key)
	if v == nil {
		return nil
	}
	list, ok := v.([]any)
	if !ok {
		o.wrongType(key, "a list", v)
		return nil
	}
	if len(list) > limit {
		o.refuse(key, CodeTooMany, fmt.Sprintf("%s of %s holds %d entries; at most %d are possible.", key, o.what, len(list), limit))
		return nil
	}
	return list
}

func (o *object) text(key string, limit int) string {
	v := o.take(key)
	if v == nil {
		return ""
	}
	text, ok := v.(string)
	if !ok {
		o.wrongType(key, "a text", v)
		return ""
	}
	if n := utf8.RuneCountInString(text); n > limit {
		o.refuse(key, CodeTooLong, fmt.Sprintf("%s of %s has %d characters; at most %d are possible.", key, o.what, n, limit))
		return ""
	}
	return text
}

func (o *object) required(key string) string {
	if o.members != nil && (o.members[key] == nil || o.members[key] == "") {
		o.take(key)
		o.refuse(key, CodeMissingKey, fmt.Sprintf("%s needs %s.", sentence(o.what), key))
		return ""
	}
	return o.text(key, MaxName)
}

// id reads an id that must not be in taken yet, and adds it.
func (o *object) id(taken map[string]string) string {
	id := o.required("id")
	if id == "" {
		return ""
	}
	at := under(o.at, "id")
	if !validID(id) {
		o.refuse("id", CodeInvalidID, fmt.Sprintf("%.60q can't be an id: use a lower-case letter, then up to %d lower-case letters, digits and _.", id, MaxID-1))
		return id
	}
	if first, doubled := taken[id]; doubled {
		o.refuse("id", CodeDuplicateID, fmt.Sprintf("The id %q is used twice (first at %s): give one of them another id.", id, first))
		return id
	}
	taken[id] = at
	return id
}

func validID(id string) bool { return len(id) <= MaxID && ids.MatchString(id) }

func (o *object) boolean(key string) bool {
	v := o.take(key)
	if v == nil {
		return false
	}
	b, ok := v.(bool)
	if !ok {
		o.wrongType(key, "true or false", v)
	}
	return b
}

func (o *object) integer(key string, absent int) int {
	v := o.take(key)
	if v == nil {
		return absent
	}
	i, ok := v.(int)
	if !ok {
		o.wrongType(key, "a whole number", v)
		return absent
	}
	return i
}

func (o *object) number(key string) float64 {
	switch v := o.take(key).(type) {
	case nil:
		return 0
	case int:
		return float64(v)
	case float64:
		return v
	default:
		o.wrongType(key, "a number", v)
	}
	return 0
}

func (o *object) duration(key string) nodes.Duration {
	v := o.take(key)
	if v == nil {
		return 0
	}
	return o.durationOf(v, under(o.at, key))
}

// durationOf reads "10m", "2d", or a number of seconds, to the millisecond.
func (o *object) durationOf(v any, at string) nodes.Duration {
	switch v.(type) {
	case string, int, float64:
		d, err := nodes.ParseDuration(fmt.Sprint(v))
		if err == nil {
			return nodes.Duration(time.Duration(d).Round(time.Millisecond))
		}
	}
	o.r.problems.add(Problem{Pointer: at, Step: o.step, Code: CodeWrongType,
		Message: fmt.Sprintf("%s is not a length of time: write for example 5s, 10m, 36h or 3d.", kindOf(v))})
	return 0
}

func (o *object) params() map[string]any {
	v := o.take("params")
	if v == nil {
		return map[string]any{}
	}
	params, ok := v.(map[string]any)
	if !ok {
		o.wrongType("params", "an object", v)
		return map[string]any{}
	}
	return params
}

func (o *object) version(v int) {
	if v < 1 {
		o.refuse("v", CodeWrongType, fmt.Sprintf("v of %s must be 1 or more, not %d.", o.what, v))
	}
}

// kindOf names a plain value in a message, with the value itself where it is
// short.
func kindOf(v any) string {
	switch x := v.(type) {
	case nil:
		return "null"
	case bool:
		return strconv.FormatBool(x)
	case string:
		return fmt.Sprintf("%.40q", x)
	case int, float64:
		return fmt.Sprint(x)
	case json.Number:
		return fmt.Sprintf("%.40s", x)
	case []any:
		return "a list"
	}
	return "an object"
}

// sentence makes the first letter a capital.
func sentence(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}
