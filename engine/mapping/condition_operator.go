package mapping

import (
	"slices"
	"strings"

	"github.com/hookloom/hookloom/engine/value"
)

// Operator describes one comparison of a rule, for the form that builds it.
type Operator struct {
	// Name is what documents hold under "is"; it never changes.
	Name  string `json:"name"`
	Label string `json:"label"`
	// NeedsValue is false for rules about the contact's tags and offers.
	NeedsValue bool `json:"needs_value"`
	// NeedsTo is false for rules like is_empty. ToMany says that "to" may be a list.
	NeedsTo bool `json:"needs_to"`
	ToMany  bool `json:"to_many,omitempty"`
}

// operator is an Operator with its body. A note says why it could not hold.
type operator struct {
	Operator
	// asks is set when the rule is about being there: then it is not missing.
	asks   bool
	decide func(r *run, v, to any) (met bool, note string, err error)
}

type decision = func(r *run, v, to any) (bool, string, error)

var (
	operatorTable   = conditionOperators()
	operatorsByName = func() map[string]*operator {
		index := map[string]*operator{}
		for i := range operatorTable {
			index[operatorTable[i].Name] = &operatorTable[i]
		}
		return index
	}()
)

func conditionOperators() []operator {
	compare := func(name, label string, decide decision) operator {
		return operator{Operator: Operator{Name: name, Label: label, NeedsValue: true, NeedsTo: true}, decide: decide}
	}
	many := func(name, label string, decide decision) operator {
		o := compare(name, label, decide)
		o.ToMany = true
		return o
	}
	ask := func(name, label string, decide decision) operator {
		return operator{Operator: Operator{Name: name, Label: label, NeedsValue: true}, asks: true, decide: decide}
	}
	holds := func(name, label string, decide decision) operator {
		return operator{Operator: Operator{Name: name, Label: label, NeedsTo: true, ToMany: true}, decide: decide}
	}
	return []operator{
		compare("is", "is", ruleIs),
		compare("is_not", "is not", opposite(ruleIs)),
		compare("contains", "contains", ruleContains),
		compare("not_contains", "does not contain", opposite(ruleContains)),
		compare("starts_with", "starts with", ruleAffix("start with", strings.HasPrefix)),
		compare("ends_with", "ends with", ruleAffix("end with", strings.HasSuffix)),
		many("is_one_of", "is one of", ruleOneOf),
		many("is_not_one_of", "is none of", opposite(ruleOneOf)),
		ask("is_empty", "is empty", func(_ *run, v, _ any) (bool, string, error) { return value.Empty(v), "", nil }),
		ask("is_not_empty", "is not empty", func(_ *run, v, _ any) (bool, string, error) { return !value.Empty(v), "", nil }),
		ask("exists", "is there", func(_ *run, v, _ any) (bool, string, error) { return v != nil, "", nil }),
		ask("not_exists", "is not there", func(_ *run, v, _ any) (bool, string, error) { return v == nil, "", nil }),
		compare("more_than", "is more than", ruleNumber(func(o int) bool { return o > 0 })),
		compare("at_least", "is at least", ruleNumber(func(o int) bool { return o >= 0 })),
		compare("less_than", "is less than", ruleNumber(func(o int) bool { return o < 0 })),
		compare("at_most", "is at most", ruleNumber(func(o int) bool { return o <= 0 })),
		compare("before", "is before", ruleDate(func(v, to moment) bool { return v.time.Before(to.time) })),
		compare("after", "is after", ruleDate(func(v, to moment) bool { return v.time.After(to.time) })),
		holds("has_tag", "has the tag", ruleTag),
		holds("has_no_tag", "does not have the tag", opposite(ruleTag)),
		holds("has_offer", "has the offer", ruleOffer),
		holds("has_no_offer", "does not have the offer", opposite(ruleOffer)),
	}
}

// Operators lists the comparisons of rules in the order of a menu.
func Operators() []Operator {
	list := make([]Operator, len(operatorTable))
	for i, o := range operatorTable {
		list[i] = o.Operator
	}
	return list
}

func operatorNames() map[string]bool {
	names := map[string]bool{}
	for name := range operatorsByName {
		names[name] = true
	}
	return names
}

// opposite turns a decision round. A mismatch of types stays false: a rule that
// could not be decided never holds.
func opposite(decide decision) decision {
	return func(r *run, v, to any) (bool, string, error) {
		met, note, err := decide(r, v, to)
		return !met && note == "" && err == nil, note, err
	}
}

// fold prepares text for a comparison that ignores case and blanks around it.
func (r *run) fold(text string) (string, error) {
	if err := r.read(len(text)); err != nil {
		return "", err
	}
	return strings.ToLower(strings.TrimSpace(text)), r.grow(len(text))
}

// ruleIs compares text without case, numbers by their worth also in text, and
// yes/no also with its words.
func ruleIs(r *run, v, to any) (bool, string, error) {
	if v == nil || to == nil {
		return value.Empty(v) && value.Empty(to), "", nil
	}
	if order, ok := orderNumbers(v, to); ok && !bothText(v, to) {
		return order == 0, "", nil
	}
	if yes, isTruth := v.(bool); isTruth {
		return ruleTruth(yes, to)
	}
	if yes, isTruth := to.(bool); isTruth {
		return ruleTruth(yes, v)
	}
	x, textX := v.(string)
	y, textY := to.(string)
	if textX && textY {
		a, err := r.fold(x)
		if err != nil {
			return false, "", err
		}
		b, err := r.fold(y)
		return a == b, "", err
	}
	if kind(v) == kind(to) {
		same, err := r.equal(v, to, 0)
		return same, "", err
	}
	return false, mismatch(v, to), nil
}

func bothText(v, to any) bool {
	_, a := v.(string)
	_, b := to.(string)
	return a && b
}

func ruleTruth(yes bool, other any) (bool, string, error) {
	switch x := other.(type) {
	case bool:
		return yes == x, "", nil
	case string:
		if truth, ok := truthText(shorten(x, 8)); ok {
			return yes == truth, "", nil
		}
	case int:
		if x == 0 || x == 1 {
			return yes == (x == 1), "", nil
		}
	}
	return false, mismatch(yes, other), nil
}

func mismatch(v, to any) string {
	return "cannot compare " + show(v) + " with " + show(to)
}

func ruleContains(r *run, v, to any) (bool, string, error) {
	switch x := v.(type) {
	case nil:
		return false, "", nil
	case []any:
		for _, e := range x {
			if met, _, err := ruleIs(r, e, to); err != nil || met {
				return met, "", err
			}
		}
		return false, "", nil
	case map[string]any:
		return false, "cannot look for " + show(to) + " in an object", nil
	}
	switch to.(type) {
	case nil, []any, map[string]any:
		return false, "cannot look for " + show(to) + " in a text", nil
	}
	a, err := r.fold(Text(v))
	if err != nil {
		return false, "", err
	}
	b, err := r.fold(Text(to))
	return strings.Contains(a, b), "", err
}

func ruleAffix(verb string, has func(text, affix string) bool) decision {
	return func(r *run, v, to any) (bool, string, error) {
		if v == nil {
			return false, "", nil
		}
		for _, x := range []any{v, to} {
			switch x.(type) {
			case nil, []any, map[string]any:
				return false, show(v) + " cannot " + verb + " " + show(to), nil
			}
		}
		a, err := r.fold(Text(v))
		if err != nil {
			return false, "", err
		}
		b, err := r.fold(Text(to))
		return has(a, b), "", err
	}
}

// ruleOneOf takes a list, or text with commas or lines between the choices.
func ruleOneOf(r *run, v, to any) (bool, string, error) {
	choices, note := choicesOf(to)
	if note != "" {
		return false, note, nil
	}
	if err := r.growList(len(choices)); err != nil {
		return false, "", err
	}
	values := []any{v}
	if list, isList := v.([]any); isList {
		values = list
	}
	for _, one := range values {
		for _, choice := range choices {
			if err := r.work(1); err != nil {
				return false, "", err
			}
			if met, _, err := ruleIs(r, one, choice); err != nil || met {
				return met, "", err
			}
		}
	}
	return false, "", nil
}

func choicesOf(to any) (choices []any, note string) {
	switch x := to.(type) {
	case []any:
		return x, ""
	case string:
		for choice := range strings.FieldsFuncSeq(x, func(c rune) bool { return c == ',' || c == '\n' }) {
			if choice = strings.TrimSpace(choice); choice != "" {
				choices = append(choices, choice)
			}
		}
		return choices, ""
	case nil, map[string]any:
		return nil, show(to) + " is no list of choices"
	}
	return []any{to}, ""
}

func ruleNumber(holds func(order int) bool) decision {
	return func(_ *run, v, to any) (bool, string, error) {
		if v == nil {
			return false, "", nil
		}
		order, ok := orderNumbers(v, to)
		if !ok {
			return false, mismatch(v, to) + " as numbers", nil
		}
		return holds(order), "", nil
	}
}

func ruleDate(holds func(v, to moment) bool) decision {
	return func(r *run, v, to any) (bool, string, error) {
		if v == nil {
			return false, "", nil
		}
		a, okA := readDate(v, r.zone())
		b, okB := readDate(to, r.zone())
		if !okA || !okB {
			return false, mismatch(v, to) + " as dates", nil
		}
		// Against a day without a time, only the day counts.
		if a.dayOnly || b.dayOnly {
			a, b = a.in(r.zone()).startOf("day"), b.in(r.zone()).startOf("day")
		}
		return holds(a, b), "", nil
	}
}

// ruleTag holds when the contact has any of the tags.
func ruleTag(r *run, _, to any) (bool, string, error) {
	return r.contactHas("tags", to, func(e any) []any {
		if tag, isObject := e.(map[string]any); isObject {
			return []any{tag["name"], tag["id"]}
		}
		return []any{e}
	})
}

// ruleOffer holds when the contact has any of the offers, named by id or title.
func ruleOffer(r *run, _, to any) (bool, string, error) {
	return r.contactHas("offers", to, func(e any) []any {
		if offer, isObject := e.(map[string]any); isObject {
			return []any{offer["id"], offer["title"]}
		}
		return []any{e}
	})
}

func (r *run) contactHas(field string, to any, names func(e any) []any) (bool, string, error) {
	contact, isObject := r.scope["contact"].(map[string]any)
	if !isObject {
		return false, "there is no contact whose " + field + " could be looked at", nil
	}
	held, known := contact[field]
	list, isList := held.([]any)
	if !known || held != nil && !isList {
		return false, "the contact's " + field + " are not known here", nil
	}
	// A tag may hold a comma, so text is one name.
	wanted, isMany := to.([]any)
	if !isMany {
		wanted = []any{to}
	}
	wanted = slices.DeleteFunc(slices.Clone(wanted), value.Empty)
	for _, e := range list {
		for _, name := range names(e) {
			for _, want := range wanted {
				if err := r.work(1); err != nil {
					return false, "", err
				}
				if name == nil {
					continue
				}
				if met, _, err := ruleIs(r, name, want); err != nil || met {
					return met, "", err
				}
			}
		}
	}
	return false, "", nil
}
