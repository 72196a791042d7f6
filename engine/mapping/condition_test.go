package mapping

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookloom/hookloom/engine/value"
)

const conditionScope = `{
	"trigger": {"body": {"plan": "Pro", "amount": "19.90", "count": 3, "flag": "yes", "on": true, "tags": ["VIP", "new"],
		"blank": " ", "none": null, "empty": [], "object": {"a": 1}, "when": "2026-03-01T10:00:00+01:00", "day": "2026-03-01", "id": 820982911946154508}},
	"contact": {"tags": ["Customer", "Newsletter, weekly"], "offers": [{"id": "off_1", "title": "Course A"}, {"id": "off_2", "title": "Course B"}]},
	"workspace": {"timezone": "Europe/Berlin"}}`

func conditionOf(t testing.TB, v any) *Condition {
	t.Helper()
	condition, problems := CompileCondition(v)
	for _, p := range problems {
		t.Errorf("compile: %v", p)
	}
	if condition == nil {
		t.FailNow()
	}
	return condition
}

func decoded(t testing.TB, text string) any {
	t.Helper()
	v, err := value.Decode([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestRules(t *testing.T) {
	s := scopeFrom(t, conditionScope)
	for _, c := range []struct {
		rule string
		met  bool
		note string
	}{
		{`{"value": "{{ trigger.body.plan }}", "is": "is", "to": "pro"}`, true, ""},
		{`{"value": "{{ trigger.body.plan }}", "is": "is", "to": " PRO "}`, true, ""},
		{`{"value": "{{ trigger.body.plan }}", "is": "is", "to": 5}`, false, "cannot compare"},
		{`{"value": "{{ trigger.body.plan }}", "is": "is_not", "to": 5}`, false, "cannot compare"},
		{`{"value": "{{ trigger.body.plan }}", "is": "is_not", "to": "free"}`, true, ""},
		{`{"value": "{{ trigger.body.nothing }}", "is": "is_not", "to": "free"}`, true, ""},
		{`{"value": "{{ trigger.body.count }}", "is": "is", "to": "3.0"}`, true, ""},
		{`{"value": "{{ trigger.body.id }}", "is": "is", "to": "820982911946154508"}`, true, ""},
		{`{"value": "{{ trigger.body.id }}", "is": "is", "to": "820982911946154509"}`, false, ""},
		{`{"value": "007", "is": "is", "to": "7"}`, false, ""},
		{`{"value": "{{ trigger.body.on }}", "is": "is", "to": "Yes"}`, true, ""},
		{`{"value": "{{ trigger.body.flag }}", "is": "is", "to": true}`, true, ""},
		{`{"value": "{{ trigger.body.on }}", "is": "is", "to": "maybe"}`, false, "cannot compare"},
		{`{"value": "{{ trigger.body.tags }}", "is": "is", "to": ["VIP", "new"]}`, true, ""},
		{`{"value": "{{ trigger.body.none }}", "is": "is", "to": ""}`, true, ""},
		{`{"value": "{{ trigger.body.plan }}", "is": "contains", "to": "RO"}`, true, ""},
		{`{"value": "{{ trigger.body.tags }}", "is": "contains", "to": "vip"}`, true, ""},
		{`{"value": "{{ trigger.body.tags }}", "is": "contains", "to": "vi"}`, false, ""},
		{`{"value": "{{ trigger.body.object }}", "is": "contains", "to": "a"}`, false, "in an object"},
		{`{"value": "{{ trigger.body.object }}", "is": "not_contains", "to": "a"}`, false, "in an object"},
		{`{"value": "{{ trigger.body.tags }}", "is": "not_contains", "to": "old"}`, true, ""},
		{`{"value": "{{ trigger.body.count }}", "is": "contains", "to": 3}`, true, ""},
		{`{"value": "{{ trigger.body.plan }}", "is": "starts_with", "to": "p"}`, true, ""},
		{`{"value": "{{ trigger.body.plan }}", "is": "ends_with", "to": "O"}`, true, ""},
		{`{"value": "{{ trigger.body.tags }}", "is": "starts_with", "to": "V"}`, false, "a list cannot start with"},
		{`{"value": "{{ trigger.body.plan }}", "is": "is_one_of", "to": ["free", "PRO"]}`, true, ""},
		{`{"value": "{{ trigger.body.plan }}", "is": "is_one_of", "to": "free, pro\nteam"}`, true, ""},
		{`{"value": "{{ trigger.body.tags }}", "is": "is_one_of", "to": "old, vip"}`, true, ""},
		{`{"value": "{{ trigger.body.count }}", "is": "is_one_of", "to": "1,2,3"}`, true, ""},
		{`{"value": "{{ trigger.body.plan }}", "is": "is_not_one_of", "to": ["free"]}`, true, ""},
		{`{"value": "{{ trigger.body.plan }}", "is": "is_one_of", "to": {"a": 1}}`, false, "no list of choices"},
		{`{"value": "{{ trigger.body.blank }}", "is": "is_empty"}`, true, ""},
		{`{"value": "{{ trigger.body.nothing }}", "is": "is_empty"}`, true, ""},
		{`{"value": "{{ trigger.body.count }}", "is": "is_not_empty"}`, true, ""},
		{`{"value": "{{ trigger.body.empty }}", "is": "exists"}`, true, ""},
		{`{"value": "{{ trigger.body.none }}", "is": "exists"}`, false, ""},
		{`{"value": "{{ trigger.body.nothing }}", "is": "not_exists"}`, true, ""},
		{`{"value": "{{ trigger.body.amount }}", "is": "more_than", "to": 19}`, true, ""},
		{`{"value": "{{ trigger.body.amount }}", "is": "more_than", "to": "100"}`, false, ""},
		{`{"value": "{{ trigger.body.amount }}", "is": "at_least", "to": 19.9}`, true, ""},
		{`{"value": "{{ trigger.body.amount }}", "is": "less_than", "to": "20"}`, true, ""},
		{`{"value": "{{ trigger.body.count }}", "is": "at_most", "to": 3}`, true, ""},
		{`{"value": "{{ trigger.body.plan }}", "is": "more_than", "to": 1}`, false, "as numbers"},
		{`{"value": "{{ trigger.body.nothing }}", "is": "less_than", "to": 1}`, false, ""},
		{`{"value": "{{ trigger.body.when }}", "is": "before", "to": "2026-03-01T09:30:00Z"}`, true, ""},
		{`{"value": "{{ trigger.body.when }}", "is": "after", "to": "2026-03-01 09:30"}`, true, ""},
		{`{"value": "{{ trigger.body.when }}", "is": "after", "to": "2026-03-01"}`, false, ""},
		{`{"value": "{{ trigger.body.day }}", "is": "before", "to": "2026-03-02"}`, true, ""},
		{`{"value": "{{ trigger.body.when }}", "is": "before", "to": "{{ now() }}"}`, true, ""},
		{`{"value": "{{ trigger.body.when }}", "is": "before", "to": "some day"}`, false, "as dates"},
		{`{"is": "has_tag", "to": "customer"}`, true, ""},
		{`{"is": "has_tag", "to": "Newsletter, weekly"}`, true, ""},
		{`{"is": "has_tag", "to": ["x", "CUSTOMER"]}`, true, ""},
		{`{"is": "has_tag", "to": "{{ trigger.body.plan }}"}`, false, ""},
		{`{"is": "has_no_tag", "to": "VIP"}`, true, ""},
		{`{"is": "has_offer", "to": "off_2"}`, true, ""},
		{`{"is": "has_offer", "to": "course a"}`, true, ""},
		{`{"is": "has_offer", "to": "Course C"}`, false, ""},
		{`{"is": "has_no_offer", "to": "Course C"}`, true, ""},
	} {
		t.Run(c.rule, func(t *testing.T) {
			condition := conditionOf(t, map[string]any{"match": "all", "rules": []any{decoded(t, c.rule)}})
			verdict, err := condition.Evaluate(testContext(), s)
			if err != nil {
				t.Fatal(err)
			}
			if verdict.Met != c.met || len(verdict.Rules) != 1 || verdict.Rules[0].Met != c.met {
				t.Errorf("got %+v", verdict)
			}
			note := strings.Join(verdict.Notes, "; ")
			if (c.note == "") != (note == "") || !strings.Contains(note, c.note) || note != verdict.Rules[0].Note {
				t.Errorf("note %q, want %q", note, c.note)
			}
		})
	}
}

func TestRulesWithoutAContact(t *testing.T) {
	for _, is := range []string{"has_tag", "has_no_tag", "has_offer", "has_no_offer"} {
		condition := conditionOf(t, map[string]any{"match": "all", "rules": []any{map[string]any{"is": is, "to": "x"}}})
		for _, s := range []Scope{{}, {"contact": map[string]any{}}} {
			verdict, err := condition.Evaluate(testContext(), s)
			if err != nil || verdict.Met || len(verdict.Notes) != 1 {
				t.Errorf("%s: %+v, %v", is, verdict, err)
			}
		}
	}
}

func TestGroups(t *testing.T) {
	s := scopeFrom(t, conditionScope)
	yes := map[string]any{"value": 1, "is": "is", "to": 1}
	no := map[string]any{"value": 1, "is": "is", "to": 2}
	group := func(match string, rules ...any) map[string]any {
		return map[string]any{"match": match, "rules": rules}
	}
	for _, c := range []struct {
		condition any
		met       bool
	}{
		{group("all", yes, yes), true},
		{group("all", yes, no), false},
		{group("any", no, yes), true},
		{group("any", no, no), false},
		{group("all", yes, group("any", no, yes)), true},
		{group("any", no, group("all", yes, no)), false},
	} {
		verdict, err := conditionOf(t, c.condition).Evaluate(testContext(), s)
		if err != nil || verdict.Met != c.met {
			t.Errorf("%v: %+v, %v", c.condition, verdict, err)
		}
	}
	verdict, err := conditionOf(t, group("all", no, group("any", no, yes))).Evaluate(testContext(), s)
	if err != nil {
		t.Fatal(err)
	}
	want := []RuleResult{
		{Path: "/rules/0", Is: "is", Value: 1, To: 2},
		{Path: "/rules/1", Met: true, Rules: []RuleResult{
			{Path: "/rules/1/rules/0", Is: "is", Value: 1, To: 2}, {Path: "/rules/1/rules/1", Is: "is", Value: 1, To: 1, Met: true},
		}},
	}
	if diff := cmp.Diff(want, verdict.Rules); diff != "" {
		t.Errorf("every rule is shown (-want +got):\n%s", diff)
	}
}

func TestExpressionConditions(t *testing.T) {
	s := scopeFrom(t, conditionScope)
	for _, c := range []struct {
		when  any
		met   bool
		notes int
	}{
		{"{{ trigger.body.amount >= 19 }}", true, 0},
		{"  {{ trigger.body.amount >= 19 }}\n", true, 0},
		{"trigger.body.amount >= 19", true, 0},
		{`trigger.body.plan == "Pro" and "VIP" in trigger.body.tags`, true, 0},
		{`{a: 1}.a == 1`, true, 0},
		{"{{ trigger.body.flag }}", true, 0},
		{"{{ trigger.body.plan }}", false, 1},
		{"{{ trigger.body.plan > 5 }}", false, 1},
		{"{{ trigger.body.nothing }}", false, 0},
		{"{{ trigger.body.nothing > 5 }}", false, 0},
		{"{{ trigger.body.plan | omit() }}", false, 1},
		{true, true, 0},
		{false, false, 0},
		{"true", true, 0},
	} {
		verdict, err := conditionOf(t, c.when).Evaluate(testContext(), s)
		if err != nil || verdict.Met != c.met || len(verdict.Notes) != c.notes {
			t.Errorf("%v: %+v, %v", c.when, verdict, err)
		}
	}
	if _, err := conditionOf(t, "{{ 1/0 == 1 }}").Evaluate(testContext(), s); codeOf(err) != CodeDivideByZero {
		t.Errorf("error: %v", err)
	}
}

func TestConditionsListWhatIsMissingUnlessTheyAskForIt(t *testing.T) {
	s := scopeFrom(t, conditionScope)
	for is, want := range map[string]int{"is": 1, "more_than": 1, "is_empty": 0, "exists": 0, "not_exists": 0} {
		rule := map[string]any{"value": "{{ trigger.body.nothing }}", "is": is}
		if strings.HasPrefix(is, "is") && is != "is_empty" || is == "more_than" {
			rule["to"] = 1
		}
		verdict, err := conditionOf(t, map[string]any{"match": "any", "rules": []any{rule}}).Evaluate(testContext(), s)
		if err != nil || len(verdict.Missing) != want {
			t.Errorf("%s: %+v, %v", is, verdict, err)
		}
		if want == 1 && verdict.Missing[0] != (Missing{Path: "/rules/0/value", Name: "trigger.body.nothing"}) {
			t.Errorf("missing: %+v", verdict.Missing)
		}
	}
}

func TestConditionProblems(t *testing.T) {
	for _, c := range []struct{ condition, path, code string }{
		{`null`, "", CodeCondition},
		{`5`, "", CodeCondition},
		{`""`, "", CodeCondition},
		{`"   "`, "", CodeCondition},
		{`"{{ }}"`, "", CodeEmpty},
		{`"{{ true }} and more"`, "", CodeCondition},
		{`"{{ true }}{{ true }}"`, "", CodeCondition},
		{`"{{ true"`, "", CodeUnbalanced},
		{`"nope > 1"`, "", CodeUnknownName},
		{`{}`, "/match", CodeRule},
		{`{"match": "some", "rules": [{"is": "has_tag", "to": "x"}]}`, "/match", CodeRule},
		{`{"match": "all", "rules": []}`, "/rules", CodeRule},
		{`{"match": "all", "rules": ["x"]}`, "/rules/0", CodeRule},
		{`{"match": "all", "rules": [{"value": 1, "is": "equals", "to": 1}]}`, "/rules/0/is", CodeRule},
		{`{"match": "all", "rules": [{"is": "is", "to": 1}]}`, "/rules/0/value", CodeRule},
		{`{"match": "all", "rules": [{"value": 1, "is": "is"}]}`, "/rules/0/to", CodeRule},
		{`{"match": "all", "rules": [{"value": 1, "is": "is", "to": 1, "or": 2}]}`, "/rules/0/or", CodeRule},
		{`{"match": "all", "rules": [{"value": "{{ nope }}", "is": "is", "to": 1}]}`, "/rules/0/value", CodeUnknownName},
		{`{"match": "all", "rules": [{"match": "any", "rules": []}]}`, "/rules/0/rules", CodeRule},
		{`{"match": "all", "rules": [{"is": "has_tag", "to": "x"}], "extra": 1}`, "/extra", CodeRule},
	} {
		condition, problems := CompileCondition(decoded(t, c.condition))
		found := false
		for _, p := range problems {
			found = found || p.Path == c.path && p.Code == c.code
		}
		if condition != nil || !found {
			t.Errorf("%s: %+v", c.condition, problems)
		}
	}
	if _, problems := CompileCondition(decoded(t, `{"match": "all", "rules": [{"value": 1, "is": "contain", "to": 1}]}`)); !strings.Contains(problems[0].Message, "do you mean contains?") {
		t.Errorf("no hint: %+v", problems)
	}
}

func TestConditionsAreBounded(t *testing.T) {
	rules := make([]any, maxRules+50)
	for i := range rules {
		rules[i] = map[string]any{"is": "has_tag", "to": "x"}
	}
	if _, problems := CompileCondition(map[string]any{"match": "all", "rules": rules}); len(problems) != 1 {
		t.Errorf("%d problems", len(problems))
	}
	deep := map[string]any{"match": "all", "rules": []any{map[string]any{"is": "has_tag", "to": "x"}}}
	for range 1000 {
		deep = map[string]any{"match": "all", "rules": []any{deep}}
	}
	if _, problems := CompileCondition(deep); len(problems) != 1 {
		t.Errorf("%d problems", len(problems))
	}
}

func TestConditionReferencesAndStatic(t *testing.T) {
	condition := conditionOf(t, decoded(t, `{"match": "all", "rules": [{"value": "{{ steps.buyer.found }}", "is": "is", "to": "{{ trigger.body.x }}"}, {"value": "{{ loop.item }}", "is": "exists"}]}`))
	var got []string
	for _, r := range condition.References() {
		text := r.At + " " + strings.Join(r.Path, ".")
		if r.Handled {
			text += " handled"
		}
		got = append(got, text)
	}
	if diff := cmp.Diff([]string{"/rules/0/value steps.buyer.found", "/rules/0/to trigger.body.x", "/rules/1/value loop.item handled"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for when, want := range map[string]bool{`true`: true, `"{{ trigger.x }}"`: false, `{"match": "any", "rules": [{"value": 1, "is": "is", "to": 1}]}`: true, `{"match": "any", "rules": [{"is": "has_tag", "to": 1}]}`: false} {
		if got := conditionOf(t, decoded(t, when)).Static(); got != want {
			t.Errorf("static of %s: %v", when, got)
		}
	}
}

func TestOperatorsAreListed(t *testing.T) {
	// Contract: documents and scripts rely on these names.
	promised := []string{"is", "is_not", "contains", "starts_with", "is_one_of", "is_empty", "exists", "more_than", "less_than", "before", "after", "has_tag", "has_offer"}
	listed := map[string]bool{}
	for _, o := range Operators() {
		listed[o.Name] = true
		if o.Label == "" {
			t.Errorf("%s has no label", o.Name)
		}
	}
	for _, name := range promised {
		if !listed[name] {
			t.Errorf("%s is not listed", name)
		}
	}
	if text, err := json.Marshal(Operators()); err != nil || !strings.Contains(string(text), `"needs_to":true`) {
		t.Errorf("%s, %v", text, err)
	}
}

// Rules about tags and offers name no value, and still need the contact to be
// there when they are evaluated.
func TestRulesAboutTheContactReferToIt(t *testing.T) {
	for source, want := range map[string]bool{
		`{"match":"all","rules":[{"is":"has_tag","to":"vip"}]}`:                                  true,
		`{"match":"any","rules":[{"match":"all","rules":[{"is":"has_no_offer","to":"off_1"}]}]}`: true,
		`{"match":"all","rules":[{"value":"{{ trigger.body.a }}","is":"is","to":"b"}]}`:          false,
	} {
		v, err := value.Decode([]byte(source))
		if err != nil {
			t.Fatal(err)
		}
		c, problems := CompileCondition(v)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		got := slices.ContainsFunc(c.References(), func(r Reference) bool { return r.Path[0] == "contact" })
		if got != want {
			t.Errorf("%s: %v", source, c.References())
		}
	}
}
