package mapping

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/hookloom/hookloom/engine/value"
)

// holds checks what is true of every template and every scope: no panic, an end
// in time, problems and errors that say where, a plain result that JSON can
// hold, and a scope that is as before.
func holds(t interface {
	Helper()
	Fatalf(format string, args ...any)
}, template any, s Scope) {
	t.Helper()
	before := value.Clone(map[string]any(s))
	start := time.Now()
	compiled, problems := Compile(template)
	for _, p := range problems {
		if p.Code == "" || p.Code == CodeInternal || p.Message == "" || p.Line < 1 || p.Column < 1 || p.Offset < 0 {
			t.Fatalf("problem without its place: %+v", p)
		}
	}
	if (compiled == nil) != (len(problems) > 0) {
		t.Fatalf("template %v with problems %v", compiled, problems)
	}
	result, err := compiled.Resolve(context.Background(), s)
	if took := time.Since(start); took > 30*time.Second {
		t.Fatalf("took %v", took)
	}
	var evaluation *EvalError
	var stop *StopError
	switch {
	case errors.As(err, &evaluation):
		if evaluation.Code == "" || evaluation.Code == CodeInternal || evaluation.Message == "" {
			t.Fatalf("error without its reason: %+v", evaluation)
		}
	case err != nil && !errors.As(err, &stop):
		t.Fatalf("error of another kind: %T %v", err, err)
	}
	if path := notPlain(result.Value, "", 0); path != "" {
		t.Fatalf("result is not plain: %s", path)
	}
	if _, err := json.Marshal(result.Value); err != nil {
		t.Fatalf("result is no JSON: %v", err)
	}
	if diff := cmp.Diff(before, any(map[string]any(s))); diff != "" {
		t.Fatalf("the scope changed (-before +after):\n%s", diff)
	}
}

// notPlain names the first place in v that no plain value has.
func notPlain(v any, path string, depth int) string {
	if depth > 3*value.MaxDepth {
		return path + " is too deep"
	}
	switch x := v.(type) {
	case nil, bool, string, int, json.Number:
		return ""
	case float64:
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return path + " is not finite"
		}
		return ""
	case []any:
		for i, e := range x {
			if bad := notPlain(e, fmt.Sprint(path, "/", i), depth+1); bad != "" {
				return bad
			}
		}
		return ""
	case map[string]any:
		for k, e := range x {
			if bad := notPlain(e, path+"/"+k, depth+1); bad != "" {
				return bad
			}
		}
		return ""
	}
	return fmt.Sprintf("%s is a %T", path, v)
}

func FuzzCompileResolve(f *testing.F) {
	for _, fn := range Functions() {
		f.Add("{{ "+fn.Example+" }}", saleJSON)
	}
	for _, source := range bombs {
		f.Add("{{ "+source+" }}", saleJSON)
	}
	for _, text := range []string{`\{{ x }} {{ 1 }}`, "{{", "}}", "{{ '", "{{ trigger.body.items[0].sku }}", "{{ map(trigger.body.items, {a: .qty | omit()}) }}", "{{{}}}", "{{ a ?: b ?? c }}"} {
		f.Add(text, `{"id": 123456789012345678901234567890, "x": [null, {"a": 1e400}]}`)
	}
	f.Fuzz(func(t *testing.T, text, body string) {
		if len(text) > 2*MaxSource || len(body) > 1<<16 {
			return
		}
		payload, err := value.Decode([]byte(body))
		if err != nil {
			payload = body
		}
		s := Scope{"trigger": map[string]any{"body": payload}, "contact": payload}
		holds(t, text, s)
		if condition, _ := CompileCondition(text); condition != nil {
			if verdict, err := condition.Evaluate(context.Background(), s); err != nil && verdict.Met {
				t.Fatalf("met with an error: %+v, %v", verdict, err)
			}
		}
	})
}

// plainValues draws what payloads hold.
func plainValues(depth int) *rapid.Generator[any] {
	scalars := rapid.OneOf(
		rapid.Just[any](nil), rapid.Map(rapid.Bool(), func(b bool) any { return b }), rapid.Map(rapid.Int(), func(i int) any { return i }),
		rapid.Map(rapid.Float64Range(-1e300, 1e300), func(x float64) any { return x }), rapid.Map(rapid.String(), func(s string) any { return s }),
		rapid.SampledFrom([]any{"", "  ", "5", "-1.5e3", "2026-03-01", "ada@example.com", "{{ 1 }}", json.Number("123456789012345678901234567890"), json.Number("1e400")}),
	)
	if depth == 0 {
		return scalars
	}
	inner := plainValues(depth - 1)
	return rapid.OneOf(scalars,
		rapid.Map(rapid.SliceOfN(inner, 0, 4), func(l []any) any { return l }),
		rapid.Map(rapid.MapOfN(rapid.SampledFrom([]string{"a", "b", "a b", "é", ""}), inner, 0, 4), func(m map[string]any) any { return m }))
}

// sources draws expressions of every function and operator over a payload.
func sources(depth int) *rapid.Generator[string] {
	leaves := rapid.SampledFrom([]string{"trigger.body", "trigger.body.a", "trigger.body.b.a", `trigger.body["a b"]`, "trigger.body[0]", "trigger.body[-1].a",
		"contact", "nil", "true", "0", "1", "-3", "2.5", `""`, `"5"`, `"text"`, `"2026-03-01"`, "[1, 2, nil]", "{a: 1}", "1..5", "steps.x.y"})
	if depth == 0 {
		return leaves
	}
	inner := sources(depth - 1)
	binary := rapid.SampledFrom([]string{"+", "-", "*", "/", "%", "**", "==", "!=", "<", ">", "<=", ">=", "and", "or", "in", "contains", "startsWith", "endsWith", "matches", "??", "..", "?:"})
	functions := Functions()
	return rapid.Custom(func(t *rapid.T) string {
		switch rapid.IntRange(0, 5).Draw(t, "form") {
		case 0:
			return leaves.Draw(t, "leaf")
		case 1:
			return "(" + inner.Draw(t, "left") + ") " + binary.Draw(t, "operator") + " (" + inner.Draw(t, "right") + ")"
		case 2:
			return "[" + inner.Draw(t, "entry") + ", {k: " + inner.Draw(t, "field") + "}]"
		case 3:
			return "if(" + inner.Draw(t, "condition") + ", " + inner.Draw(t, "then") + ")"
		}
		f := functions[rapid.IntRange(0, len(functions)-1).Draw(t, "function")]
		var list []string
		for _, a := range f.Args {
			if a.Optional && rapid.Bool().Draw(t, "left out") {
				break
			}
			if a.Type == typeExpression {
				list = append(list, rapid.SampledFrom([]string{"#", "#.a", "# == 1", "#index", "# + 1", "{k: #}"}).Draw(t, "of each"))
				continue
			}
			list = append(list, inner.Draw(t, "argument"))
		}
		return f.Name + "(" + strings.Join(list, ", ") + ")"
	})
}

func TestEveryExpressionHolds(t *testing.T) {
	expressions, values := sources(3), plainValues(3)
	rapid.Check(t, func(t *rapid.T) {
		source := expressions.Draw(t, "source")
		s := Scope{"trigger": map[string]any{"body": values.Draw(t, "body")}, "contact": values.Draw(t, "contact")}
		holds(t, map[string]any{"f": "{{ " + source + " }}", "m": "x {{ " + source + " }} y"}, s)
	})
}

// TestNumbersPassUnchanged sends any number through every way that leaves it be.
func TestNumbersPassUnchanged(t *testing.T) {
	template := compiled(t, map[string]any{"path": "{{ trigger.n }}", "piped": "{{ trigger.n | default(0) }}", "list": "{{ [trigger.n] }}", "number": "{{ trigger.n | number() }}"})
	text := compiled(t, "{{ trigger.n }}")
	rapid.Check(t, func(t *rapid.T) {
		digits := rapid.StringMatching(`-?[1-9][0-9]{0,40}`).Draw(t, "digits")
		n := value.Number(json.Number(digits))
		got, err := template.Resolve(context.Background(), Scope{"trigger": map[string]any{"n": n}})
		if err != nil {
			t.Fatal(err)
		}
		encoded, err := value.Encode(got.Value)
		want := fmt.Sprintf(`{"list":[%s],"number":%s,"path":%s,"piped":%s}`, digits, digits, digits, digits)
		if err != nil || string(encoded) != want {
			t.Fatalf("got %s, %v; want %s", encoded, err, want)
		}
		if mixed, err := text.Resolve(context.Background(), Scope{"trigger": map[string]any{"n": n}}); err != nil || Text(mixed.Value) != digits {
			t.Fatalf("got %v, %v", mixed.Value, err)
		}
	})
}

// TestNumbersCompareExactly holds the order of numbers to that of fractions.
func TestNumbersCompareExactly(t *testing.T) {
	numbers := rapid.OneOf(
		rapid.Map(rapid.Int(), func(i int) any { return i }),
		rapid.Map(rapid.IntRange(-3, 3), func(i int) any { return i }),
		rapid.Map(rapid.Float64Range(-1e20, 1e20), func(f float64) any { return f }),
		rapid.Map(rapid.Int(), func(i int) any { return float64(i) }),
		rapid.Map(rapid.StringMatching(`-?[1-9][0-9]{18,30}`), func(s string) any { return value.Number(json.Number(s)) }),
	)
	rapid.Check(t, func(t *rapid.T) {
		a, b := numbers.Draw(t, "a"), numbers.Draw(t, "b")
		x, okX := new(big.Rat).SetString(Text(a))
		y, okY := new(big.Rat).SetString(Text(b))
		if !okX || !okY {
			t.Fatalf("%v %v", a, b)
		}
		if got, ok := compareNumbers(a, b); !ok || got != x.Cmp(y) {
			t.Fatalf("%v against %v: %d, %v", a, b, got, ok)
		}
	})
}

// TestDatesSurviveTheirPattern writes and reads dates by the same pattern.
func TestDatesSurviveTheirPattern(t *testing.T) {
	patterns := rapid.SampledFrom([]string{"YYYY-MM-DD HH:mm:ss Z", "dddd, D MMMM YYYY, h:mm:ss A ZZ", "[on] DD.MM.YYYY [at] HH:mm:ss.SSS Z", "X", "Do MMM YYYY HH mm ss Z"})
	languages := rapid.SampledFrom([]string{"en", "de", "fr", "es", "it", "ja", "pl", "ru", "nl", "zz"})
	rapid.Check(t, func(t *rapid.T) {
		pattern, base := patterns.Draw(t, "pattern"), languages.Draw(t, "language")
		at := time.Unix(rapid.Int64Range(0, 4_000_000_000).Draw(t, "seconds"), 0).UTC()
		text := formatDate(at, pattern, base)
		got, ok := parseDate(text, pattern, base, time.UTC)
		if !ok || !got.time.Equal(at) {
			t.Fatalf("%q by %q in %s: %v, %v; want %v", text, pattern, base, got, ok, at)
		}
	})
}

// TestPatternsReplaceAsTheLibraryDoes holds the match by match loop to what one
// call of the library gives.
func TestPatternsReplaceAsTheLibraryDoes(t *testing.T) {
	patterns := rapid.SampledFrom([]string{"a", "a*", "^a", "a$", "", `\b`, `\B`, "(a)(b)?", "(?i)A", "a|b", "(?m)^.", ".", "ab", "é", "[^a]", `\bab\b`, "(?s).*", "x?"})
	rapid.Check(t, func(t *rapid.T) {
		source := patterns.Draw(t, "pattern")
		text := rapid.StringOfN(rapid.SampledFrom([]rune("aabbx é\n")), 0, 12, -1).Draw(t, "text")
		p, err := compilePattern(source)
		if err != nil {
			t.Fatal(err)
		}
		for _, with := range []string{"-", "<$1>", ""} {
			r := beginRun(context.Background(), nil)
			r.fresh()
			got, err := r.replacePattern(text, p, with)
			r.end()
			if want := p.first.ReplaceAllString(text, with); err != nil || got != want {
				t.Fatalf("%q in %q by %q: got %q, %v; want %q", source, text, with, got, err, want)
			}
		}
	})
}
