package mapping

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookloom/hookloom/engine/value"
)

func scopeFrom(t testing.TB, text string) Scope {
	t.Helper()
	v, err := value.Decode([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return Scope(v.(map[string]any))
}

// failure is what a table expects instead of a value.
type failure string

func TestExpressionsGive(t *testing.T) {
	s := scopeFrom(t, `{"trigger": {"body": {
		"n": 5, "f": 2.5, "text": "hello", "num": "12.5", "blank": "  ", "none": null, "yes": true, "no": false,
		"word": "yes", "list": [3, 1, 2], "items": [{"sku": "A1", "qty": 2}, {"sku": "B2", "qty": 3}],
		"id": 820982911946154508, "huge": 820982911946154508123456789012, "tiny": 1e400,
		"object": {"a": 1}, "empty": [], "Your email?": "q@example.com", "a.b": "dotted", "order-id": 7, "straße": "x", "0": "zero",
		"in": "operator", "not": "negation"}}}`)
	body := s["trigger"].(map[string]any)["body"].(map[string]any)
	for _, c := range []struct {
		source string
		want   any
	}{
		// Numbers.
		{`4900/100`, 49},
		{`1999/100`, 19.99},
		{`0.1 + 0.2`, 0.3},
		{`19.99 * 3`, 59.97},
		{`1/0`, failure(CodeDivideByZero)},
		{`1%0`, failure(CodeDivideByZero)},
		{`1.5/0.0`, failure(CodeDivideByZero)},
		{`7 % 3`, 1},
		{`-7 / -1`, 7.0},
		{`2 ** 10`, 1024},
		{`2 ^ -1`, 0.5},
		{`9223372036854775807 + 1`, failure(CodeTooBig)},
		{`-9223372036854775807 - 2`, failure(CodeTooBig)},
		{`3037000500 * 3037000500`, failure(CodeTooBig)},
		{`9223372036854775807 / -1`, -9.22337203685478e18},
		{`trigger.body.id`, 820982911946154508},
		{`trigger.body.id + 1`, 820982911946154509},
		{`trigger.body.id / 2`, 410491455973077254},
		{`trigger.body.huge`, json.Number("820982911946154508123456789012")},
		{`trigger.body.huge == "820982911946154508123456789012"`, true},
		{`trigger.body.huge > trigger.body.id`, true},
		{`trigger.body.huge < 0`, false},
		{`trigger.body.tiny`, json.Number("1e400")},
		{`trigger.body.tiny + 1`, failure(CodeTooBig)},
		{`"id-" + trigger.body.huge`, "id-820982911946154508123456789012"},
		{`-trigger.body.n`, -5},
		{`-(2.5)`, -2.5},
		{`+trigger.body.num`, 12.5},
		{`trigger.body.num * 2`, 25.0},
		{`trigger.body.text * 2`, failure(CodeWrongType)},
		{`trigger.body.list * 2`, failure(CodeWrongType)},
		{`trigger.body.nothing * 2`, nil},
		{`trigger.body.nothing + 2`, nil},
		// Text.
		{`"a" + "b"`, "ab"},
		{`"a" + 1`, "a1"},
		{`1 + "a"`, "1a"},
		{`"a" + 4900/100`, "a49"},
		{`"a" + trigger.body.nothing + "b"`, "ab"},
		{`"a" + trigger.body.object`, `a{"a":1}`},
		{`"a" + true`, "atrue"},
		{`trigger.body.text[0]`, "h"},
		{`trigger.body.text[-1]`, "o"},
		{`trigger.body.text[1:3]`, "el"},
		{`trigger.body.text[99:]`, ""},
		{`trigger.body.text contains "ell"`, true},
		{`trigger.body.text not contains "ell"`, false},
		{`trigger.body.text startsWith "he"`, true},
		{`trigger.body.text endsWith "x"`, false},
		{`trigger.body.n startsWith "5"`, false},
		{`trigger.body.text matches "^h.*o$"`, true},
		{`trigger.body.text matches "("`, failure(CodePattern)},
		{`trigger.body.nothing matches "x"`, false},
		// Comparisons.
		{`trigger.body.n == 5.0`, true},
		{`trigger.body.n == "5"`, true},
		{`trigger.body.text == "HELLO"`, false},
		{`trigger.body.n > "4.5"`, true},
		{`"10" > "9"`, true},
		{`"b" > "a"`, true},
		{`trigger.body.nothing > 5`, false},
		{`trigger.body.nothing <= 5`, false},
		{`trigger.body.list > 5`, false},
		{`trigger.body.nothing == nil`, true},
		{`trigger.body.none == null`, true},
		{`trigger.body.text != nil`, true},
		{`1 < 2 < 3`, true},
		{`[1, {a: 2}] == [1, {a: 2.0}]`, true},
		{`{a: 1} == {b: 1}`, false},
		{`trigger.body.object == {a: 1}`, true},
		{`true == "true"`, false},
		{`2 in trigger.body.list`, true},
		{`9 not in trigger.body.list`, true},
		{`"a" in trigger.body.object`, true},
		{`"ell" in trigger.body.text`, true},
		{`1 in nil`, false},
		// Logic.
		{`true and not false`, true},
		{`trigger.body.word and true`, true},
		{`trigger.body.nothing or trigger.body.yes`, true},
		{`not trigger.body.nothing`, true},
		{`trigger.body.list and true`, false},
		{`trigger.body.n > 3 ? "big" : "small"`, "big"},
		{`trigger.body.blank ?: "else"`, "else"},
		{`trigger.body.nothing ?? "else"`, "else"},
		{`trigger.body.no ?? "else"`, false},
		{`if(trigger.body.n > 3, "big", 1/0)`, "big"},
		{`if(false, "big")`, nil},
		{`false and 1/0 == 1`, false},
		{`[nil ?? omit(nil), true ? omit(nil) : 1, 5]`, []any{5}},
		// Access.
		{`trigger.body["Your email?"]`, "q@example.com"},
		{`trigger.body["a.b"]`, "dotted"},
		{`trigger.body["order-id"]`, 7},
		{`trigger.body.straße`, "x"},
		{`trigger.body["0"]`, "zero"},
		{`trigger.body[0]`, "zero"},
		{`trigger.body.in`, "operator"},
		{`trigger.body.not`, "negation"},
		{`trigger.body.list[0]`, 3},
		{`trigger.body.list[-1]`, 2},
		{`trigger.body.list["1"]`, 1},
		{`trigger.body.list[99]`, nil},
		{`trigger.body.items[1].sku`, "B2"},
		{`trigger.body.items[trigger.body.list[1]].sku`, "B2"},
		{`trigger?.body?.text`, "hello"},
		{`trigger.body.text.deeper.still`, nil},
		{`trigger.body.items.sku`, nil},
		{`trigger.body.list[1:]`, []any{1, 2}},
		{`trigger.body.list[:-1]`, []any{3, 1}},
		{`trigger.body.object`, map[string]any{"a": 1}},
		{`custom_values.nothing`, nil},
		{`trigger.body[trigger.body.text]`, nil},
		{`trigger.body["te" + "xt"]`, "hello"},
		{`trigger.body.list[4/2]`, 2},
		{`trigger.body.list[2.0]`, 2},
		{`trigger.body.list[0.5]`, nil},
		{`trigger.body.list[true]`, nil},
		{`trigger.body.list[trigger.body.nothing]`, nil},
		{`trigger.body.object[trigger.body.huge]`, nil},
		// Lists and objects.
		{`[1, "a", nil]`, []any{1, "a", nil}},
		{`{a: 1, "b c": 2, (trigger.body.text): 3, (7): 4}`, map[string]any{"a": 1, "b c": 2, "hello": 3, "7": 4}},
		{`1..3`, []any{1, 2, 3}},
		{`3..1`, []any{}},
		{`[1] + [2]`, []any{1, 2}},
		{`map(trigger.body.items, .qty * 2)`, []any{4, 6}},
		{`map(trigger.body.items, {sku: .sku, n: #index})`, []any{map[string]any{"sku": "A1", "n": 0}, map[string]any{"sku": "B2", "n": 1}}},
		{`trigger.body.items | map({"sku": .sku, "é": {a: 1}}) | at(0) | json()`, `{"sku":"A1","é":{"a":1}}`},
		{`map(trigger.body.items, ({sku: .sku})) | count()`, 2},
		{`merge({a: 1}, {b: {c: 1/0}})`, failure(CodeDivideByZero)},
		{`map(trigger.body.nothing, #)`, []any{}},
		{`map("text", #)`, failure(CodeWrongType)},
		{`filter(trigger.body.items, .qty > 2) | pluck("sku")`, []any{"B2"}},
		{`sum(trigger.body.list)`, 6},
		{`sum(trigger.body.items, .qty)`, 5},
		{`count(trigger.body.empty)`, 0},
		{`count(trigger.body.items, .qty > 2)`, 1},
		{`reduce(trigger.body.list, #acc + "," + #, "")`, ",3,1,2"},
		{`sortBy(trigger.body.items, .qty, "desc") | at(0) | json()`, `{"qty":3,"sku":"B2"}`},
		{`find(trigger.body.items, .sku == "B2").qty`, 3},
		{`find(trigger.body.items, .sku == "ZZ")`, nil},
		{`[0, findLast(trigger.body.list, # > 1), findLastIndex(trigger.body.list, # > 1), 9]`, []any{0, 2, 2, 9}},
		{`[0, findLast(trigger.body.list, # > 9), findLastIndex(trigger.body.empty, true), 9]`, []any{0, nil, nil, 9}},
		{`map(trigger.body.items, {let q = .qty; q + 1})`, []any{3, 4}},
		{`let x = trigger.body.n; x * x`, 25},
		{`let trigger = 1; trigger`, failure(CodeNotAllowed)},
		{`let lower = 1; lower`, failure(CodeNotAllowed)},
		{`trigger.body.n // a comment`, 5},
		{`/* }} */ trigger.body.n`, 5},
	} {
		t.Run(c.source, func(t *testing.T) {
			got, err := evaluate(c.source, s)
			if want, fails := c.want.(failure); fails {
				if codeOf(err) != string(want) {
					t.Fatalf("got %v, %v; want code %s", got, err, want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	if len(body) != 23 {
		t.Errorf("the scope changed: %d fields", len(body))
	}
}

// evaluate resolves one expression; a problem comes back as the error.
func evaluate(source string, s Scope) (any, error) {
	template, problems := Compile("{{" + source + "}}")
	if len(problems) > 0 {
		return nil, problems[0]
	}
	result, err := template.Resolve(testContext(), s)
	return result.Value, err
}

func codeOf(err error) string {
	var problem Problem
	var evaluation *EvalError
	switch {
	case errors.As(err, &problem):
		return problem.Code
	case errors.As(err, &evaluation):
		return evaluation.Code
	}
	return ""
}
