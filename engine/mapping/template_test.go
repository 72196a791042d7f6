package mapping

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookloom/hookloom/engine/value"
)

func TestTemplatesGive(t *testing.T) {
	s := saleScope(t)
	for _, c := range []struct {
		name     string
		template any
		want     any
	}{
		{"plain text", "hello", "hello"},
		{"empty text", "", ""},
		{"scalars", []any{nil, true, 1, 2.5, json.Number("1e400")}, []any{nil, true, 1, 2.5, json.Number("1e400")}},
		{"a number stays a number", "{{ trigger.body.total }}", 4900},
		{"a list stays a list", "{{ trigger.body.items | pluck('qty') }}", []any{2, 1}},
		{"a large id stays exact", "{{ trigger.body.id }}", 820982911946154508},
		{"a large id in text", "#{{ trigger.body.id }}", "#820982911946154508"},
		{"blanks make it text", " {{ trigger.body.total }}", " 4900"},
		{"two mappings", "{{ trigger.body.customer.first }} {{ trigger.body.customer.last }}", "Ada Lovelace"},
		{"no blanks", "{{trigger.body.customer.first}}{{trigger.body.customer.last}}", "AdaLovelace"},
		{"nothing in text", "Hi {{ trigger.body.nobody }}!", "Hi !"},
		{"numbers in text", "{{ 1e20 }} {{ 4900/100 }} {{ 0.5 }}", "100000000000000000000 49 0.5"},
		{"objects in text", "got {{ trigger.body.items[0] }}", `got {"price":19.99,"qty":2,"sku":"A1"}`},
		{"literal braces", `\{{ not a mapping }}`, "{{ not a mapping }}"},
		{"literal and mapping", `\{{ x }} is {{ 1 + 1 }}`, "{{ x }} is 2"},
		{"a backslash before a mapping", `C:\\{{ 1 }}`, `C:\1`},
		{"other backslashes", `C:\dir\n \\ {`, `C:\dir\n \\ {`},
		{"closing braces outside", "a }} b } c", "a }} b } c"},
		{"one brace", "{ a } {{ 1 }} }", "{ a } 1 }"},
		{"braces in quotes", `{{ "}}" + '{{' + "\"}}" }}`, `}}{{"}}`},
		{"braces in raw quotes", "{{ `}}` + `a``}}b` }}", "}}a`}}b"},
		{"nested objects", "{{ {a: {b: {c: 1}}} }}", map[string]any{"a": map[string]any{"b": map[string]any{"c": 1}}}},
		{"object against the end", "{{{a: 1}}}", map[string]any{"a": 1}},
		{"object in text", "x{{ {a: 1}.a }}y", "x1y"},
		{"block comment", "{{ 1 /* }} */ + 1 }}", 2},
		{"line comment", "{{ 1 // it's\n + 1 }}", 2},
		{"line comment to the end", "{{ 1 // it's }}x", "1x"},
		{"apostrophes outside", "it's {{ 1 }} isn't it", "it's 1 isn't it"},
		{"several lines", "{{\n  trigger.body.customer.email\n    | lower()\n}}", "ada@example.com"},
		{"all the way down", map[string]any{"a": []any{"{{ 1 }}", map[string]any{"b": "{{ 2 }}"}}}, map[string]any{"a": []any{1, map[string]any{"b": 2}}}},
		{"names stay", map[string]any{"a}}": 1, `\{{`: 2}, map[string]any{"a}}": 1, `\{{`: 2}},
		{"typed lists", []string{"{{ 1 }}", "x"}, []any{1, "x"}},
		{"empty containers", map[string]any{"a": []any{}, "b": map[string]any{}}, map[string]any{"a": []any{}, "b": map[string]any{}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, resolved(t, c.template, s).Value); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestFourRulesGiveFourBodies sends the same order without a phone number under
// each of the rules for empty values.
func TestFourRulesGiveFourBodies(t *testing.T) {
	body := func(rule string) any {
		return map[string]any{"name": "{{ trigger.body.name }}", "phone": "{{ trigger.body.phone " + rule + " }}"}
	}
	for _, phone := range []string{``, `, "phone": null`, `, "phone": "  "`, `, "phone": []`} {
		s := scopeFrom(t, `{"trigger": {"body": {"name": "Ada"`+phone+`}}}`)
		for rule, want := range map[string]string{
			`| default("none")`: `{"name":"Ada","phone":"none"}`,
			`| omit()`:          `{"name":"Ada"}`,
			`| as_null()`:       `{"name":"Ada","phone":null}`,
		} {
			result := resolved(t, body(rule), s)
			if got := Text(result.Value); got != want {
				t.Errorf("%s with %q: got %s, want %s", rule, phone, got, want)
			}
			if len(result.Missing) > 0 {
				t.Errorf("%s lists as missing what the author handled: %v", rule, result.Missing)
			}
		}
		_, err := compiled(t, body(`| stop("No phone number in the order")`)).Resolve(testContext(), s)
		var stop *StopError
		if !errors.As(err, &stop) || stop.Message != "No phone number in the order" || stop.Path != "/phone" {
			t.Errorf("stop with %q: %v", phone, err)
		}
	}
	s := scopeFrom(t, `{"trigger": {"body": {"name": "Ada", "phone": 0}}}`)
	for _, rule := range []string{`| default("none")`, `| omit()`, `| as_null()`, `| stop()`} {
		if got := Text(resolved(t, body(rule), s).Value); got != `{"name":"Ada","phone":0}` {
			t.Errorf("0 is not empty, yet %s gives %s", rule, got)
		}
	}
}

func TestOmitLeavesOut(t *testing.T) {
	for _, c := range []struct{ template, want any }{
		{[]any{"a", "{{ nil | omit() }}", "b"}, []any{"a", "b"}},
		{map[string]any{"a": []any{"{{ '' | omit() }}"}}, map[string]any{"a": []any{}}},
		{map[string]any{"a": "Hello {{ trigger.name | omit() }}"}, map[string]any{}},
		{"{{ [1, nil | omit(), 2] }}", []any{1, 2}},
		{"{{ {a: 1, b: nil | omit()} }}", map[string]any{"a": 1}},
		{"{{ {a: {b: nil | omit()}} }}", map[string]any{"a": map[string]any{}}},
		{"{{ ['a', '', 'b'] | map(# | omit()) }}", []any{"a", "b"}},
		{"{{ {a: nil | omit()} | json() }}", "{}"},
		{"{{ 'x' + omit(nil) }}", "x"},
		{"{{ (nil | omit()) == nil }}", true},
		{"{{ (nil | omit()) | default(1) }}", 1},
		{"{{ if(true, omit(nil), 1) }}", nil},
	} {
		if diff := cmp.Diff(c.want, resolved(t, c.template, Scope{}).Value); diff != "" {
			t.Errorf("%v (-want +got):\n%s", c.template, diff)
		}
	}
	if !resolved(t, "{{ nil | omit() }}", nil).Omitted {
		t.Error("a template that is omitted itself does not say so")
	}
}

func TestMissingIsNamed(t *testing.T) {
	s := scopeFrom(t, `{"trigger": {"body": {"customer": {"name": null}, "items": [{"sku": "A1"}, {}], "n": 1}}, "steps": {"buyer": {}}}`)
	for _, c := range []struct {
		source string
		want   string // the names, in order
	}{
		{`trigger.body.customer.email`, "trigger.body.customer.email"},
		{`trigger.body.customer.name`, ""},
		{`trigger.body.customer.name.first`, "trigger.body.customer.name.first"},
		{`trigger.body.shop.owner.email`, "trigger.body.shop.owner.email"},
		{`trigger.body["Your email?"]`, `trigger.body["Your email?"]`},
		{`trigger.body.items[7].sku`, "trigger.body.items[7].sku"},
		{`trigger.body.items[trigger.body.n].sku`, "trigger.body.items[1].sku"},
		{`trigger.body.items | map(#.sku)`, "trigger.body.items[].sku"},
		{`trigger.body.items | map(.sku | default("none"))`, ""},
		{`contact.email`, "contact.email"},
		{`loop`, "loop"},
		{`steps.buyer.contact.email | lower()`, "steps.buyer.contact.email"},
		{`trigger.body.a + trigger.body.b + trigger.body.a`, "trigger.body.a trigger.body.b"},
		{`trigger.body.a | default("x")`, ""},
		{`trigger.body.a | lower() | trim() | default("x")`, ""},
		{`trigger.body.a | default(trigger.body.b)`, "trigger.body.b"},
		{`trigger.body.a ?? trigger.body.b ?? "x"`, ""},
		{`trigger.body.a ?: "x"`, ""},
		{`first(trigger.body.a, trigger.body.b)`, "trigger.body.b"},
		{`trigger.body.a == nil`, ""},
		{`trigger.body.a != nil and trigger.body.b > 1`, ""},
		{`trigger.body.a | is_empty()`, ""},
		{`let x = trigger.body.a; x.y.z`, "trigger.body.a"},
		{`let x = trigger.body.customer; x.email`, "x.email"},
		{`find(trigger.body.items, .sku == "A1").price`, "(…).price"},
	} {
		t.Run(c.source, func(t *testing.T) {
			var names []string
			for _, m := range resolved(t, map[string]any{"f": "{{ " + c.source + " }}"}, s).Missing {
				if m.Path != "/f" {
					t.Errorf("path %q", m.Path)
				}
				names = append(names, m.Name)
			}
			if got := strings.Join(names, " "); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestAListInFrontOfANameIsExplained(t *testing.T) {
	result := resolved(t, "{{ trigger.body.items.sku }}", saleScope(t))
	if len(result.Notes) != 1 || !strings.Contains(result.Notes[0], "pick an entry with [0]") {
		t.Errorf("notes: %q", result.Notes)
	}
}

func TestProblemsHaveTheirPlace(t *testing.T) {
	for _, c := range []struct {
		text    string
		offset  int
		line    int
		column  int
		code    string
		message string // a part of it
	}{
		{"Hi {{ trigger.body", 3, 1, 4, CodeUnbalanced, "not closed"},
		{"Hi {{ 'x }}", 6, 1, 7, CodeUnbalanced, "quote is not closed"},
		{"{{ a } }}", 5, 1, 6, CodeUnbalanced, "closes nothing"},
		{"{{ }}", 2, 1, 3, CodeEmpty, "nothing between"},
		{"x\ny {{ trigger. }}", 15, 2, 14, CodeSyntax, "ends too early"},
		{"ä {{ nope.x }}", 6, 1, 6, CodeUnknownName, `"nope" is not known`},
		{"{{ trigger.body.Your email }}", 21, 1, 22, CodeSyntax, `body["Your name"]`},
		{"{{ trigger.body.order-id }}", 22, 1, 23, CodeUnknownName, `body["order-id"]`},
		{"{{ trigger.x | lowercase() }}", 15, 1, 16, CodeUnknownFunction, "lowercase()"},
		{"{{ trigger.x | uper() }}", 15, 1, 16, CodeUnknownFunction, "do you mean upper()?"},
		{"{{ contacts.email }}", 3, 1, 4, CodeUnknownName, "do you mean contact?"},
		{"{{ trigger.x | lower }}", 20, 1, 21, CodeSyntax, "lower()"},
		{"{{ lower }}", 3, 1, 4, CodeUnknownName, "lower()"},
		{"{{ trigger.x | lower(1, 2) }}", 15, 1, 16, CodeArguments, "one argument (text)"},
		{"{{ date_format(trigger.x) }}", 3, 1, 4, CodeArguments, "(date, pattern, zone?, locale?)"},
		{"{{ now(1) }}", 3, 1, 4, CodeArguments, "no arguments"},
		{"{{ “x” }}", 3, 1, 4, CodeSyntax, "straight quotes"},
		{"{{ 99999999999999999999 }}", 23, 1, 24, CodeSyntax, "too big"},
		{"{{ trigger.body.x() }}", 16, 1, 17, CodeNotAllowed, "no methods"},
		{"{{ $env }}", 3, 1, 4, CodeNotAllowed, "$env"},
		{"{{ 'a' matches '(' }}", 15, 1, 16, CodePattern, "missing closing )"},
		{"{{ # }}", 3, 1, 4, CodeSyntax, ""},
		{"{{ map(trigger.x, #acc) }}", 18, 1, 19, CodeNotAllowed, "#acc"},
		{"{{ reduce(trigger.x, #acc + #) }}", 3, 1, 4, CodeArguments, "needs a start"},
		{"{{ map(trigger.x, {sku: nope}) }}", 24, 1, 25, CodeUnknownName, `"nope"`},
		{"{{ a ?? b + c }}", 10, 1, 11, CodeSyntax, "brackets"},
		{"{{ \"\\q\" }}", 5, 1, 6, CodeSyntax, "backslash"},
		{"{{ 1 & 2 }}", 5, 1, 6, CodeSyntax, "not expected"},
		{"{{ b\"x\" }}", 3, 1, 4, CodeNotAllowed, "cannot be used"},
		{"{{ " + strings.Repeat("a", MaxSource) + " }}", 2, 1, 3, CodeTooLong, "4 KiB"},
	} {
		t.Run(shorten(c.text, 40), func(t *testing.T) {
			_, problems := Compile(map[string]any{"a/b": []any{"fine", c.text}})
			if len(problems) != 1 {
				t.Fatalf("problems: %v", problems)
			}
			p := problems[0]
			if p.Path != "/a~1b/1" || p.Code != c.code || !strings.Contains(p.Message, c.message) {
				t.Errorf("got %+v", p)
			}
			if p.Offset != c.offset || p.Line != c.line || p.Column != c.column {
				t.Errorf("place %d %d:%d, want %d %d:%d (%s)", p.Offset, p.Line, p.Column, c.offset, c.line, c.column, p.Message)
			}
		})
	}
}

func TestAllProblemsAtOnce(t *testing.T) {
	_, problems := Compile(map[string]any{"a": "{{ nope }}", "b": []any{"{{ x", "{{ lower( }}"}, "{{ c }}": 1})
	var paths []string
	for _, p := range problems {
		paths = append(paths, p.Path)
	}
	if diff := cmp.Diff([]string{"/a", "/b/0", "/b/1", "/{{ c }}"}, sortedCopy(paths)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestEvaluationErrorsHaveTheirPlace(t *testing.T) {
	s := saleScope(t)
	_, err := compiled(t, map[string]any{"x": "Sum: {{ 1 + trigger.body.total / (trigger.body.total - 4900) }}"}).Resolve(testContext(), s)
	var got *EvalError
	if !errors.As(err, &got) {
		t.Fatal(err)
	}
	if got.Path != "/x" || got.Code != CodeDivideByZero || got.Offset != strings.Index("Sum: {{ 1 + trigger.body.total / (", "/ (") {
		t.Errorf("got %+v", got)
	}
	if want := "division by zero, in {{ 1 + trigger.body.total / (trigger.body.total - 4900) }}"; err.Error() != want {
		t.Errorf("got %q", err)
	}
}

func TestResultKeepsWhatWasNoticedBeforeAnError(t *testing.T) {
	result, err := compiled(t, []any{"{{ trigger.a }}", "{{ 1/0 }}"}).Resolve(testContext(), Scope{})
	if err == nil || len(result.Missing) != 1 {
		t.Errorf("got %+v, %v", result, err)
	}
}

func TestReferences(t *testing.T) {
	template := compiled(t, map[string]any{
		"a": "{{ steps.buyer.contact.email | lower() }}",
		"b": "é {{ steps[trigger.body.which].x }} {{ steps['other']['a b'][0].c }}",
		"c": "{{ map(steps.list.items, #.sku + contact.email) }}",
		"d": "{{ steps.maybe.x | default(1) }}",
		"e": "{{ let s = steps; s.hidden }}",
	})
	var got []string
	for _, r := range template.References() {
		text := r.At + " " + strings.Join(r.Path, "|")
		if r.Handled {
			text += " handled"
		}
		got = append(got, text)
	}
	want := []string{
		"/a steps|buyer|contact|email",
		"/b trigger|body|which", "/b steps", "/b steps|other|a b|0|c",
		"/c steps|list|items", "/c contact|email",
		"/d steps|maybe|x handled",
		"/e steps",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if r := template.References()[3]; r.Offset != strings.Index("é {{ steps[trigger.body.which].x }} {{ steps['other']", "steps['") || r.Line != 1 || r.Column != 40 {
		t.Errorf("place: %+v", r)
	}
	if template.Static() || !compiled(t, map[string]any{"a": `\{{ x }}`}).Static() {
		t.Error("static is wrong")
	}
}

func TestNilTemplate(t *testing.T) {
	var template *Template
	result, err := template.Resolve(testContext(), nil)
	if err != nil || result.Value != nil || !template.Static() || template.References() != nil {
		t.Errorf("got %+v, %v", result, err)
	}
}

func TestLimitsOfATemplate(t *testing.T) {
	many := make([]any, MaxExpressions+10)
	for i := range many {
		many[i] = "{{ 1 }}"
	}
	if _, problems := Compile(many); len(problems) != 1 || problems[0].Code != CodeTooComplex {
		t.Errorf("too many expressions: %v", problems)
	}
	deep := any("x")
	for range value.MaxDepth + 5 {
		deep = []any{deep}
	}
	if _, problems := Compile(deep); len(problems) != 1 || problems[0].Code != CodeTooComplex {
		t.Errorf("too deep: %v", problems)
	}
}

// What mappings put into HTML is text.
func TestValuesInHTMLAreText(t *testing.T) {
	template, problems := CompileHTML(map[string]any{
		"mixed": `<p title="{{ trigger.v }}">{{ trigger.v }}</p>`, "single": "{{ trigger.v }}", "number": "{{ trigger.n }}", "none": "{{ trigger.none }}", "plain": "{{ trigger.v }}!",
	}, func(pointer string) bool { return pointer != "/plain" })
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	result, err := template.Resolve(t.Context(), Scope{"trigger": map[string]any{"v": `"<b>&`, "n": 7}})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"mixed": `<p title="&#34;&lt;b&gt;&amp;">&#34;&lt;b&gt;&amp;</p>`, "single": "&#34;&lt;b&gt;&amp;", "number": "7", "none": nil, "plain": `"<b>&!`,
	}
	if diff := cmp.Diff(want, result.Value); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
