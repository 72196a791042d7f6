package mapping

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookloom/hookloom/engine/value"
)

// TestSourcesReachDataOnly tries to reach anything but plain data (fault F72).
func TestSourcesReachDataOnly(t *testing.T) {
	for _, source := range []string{
		`$env`, `$env.trigger`, `$env["__run"]`, `__run`, `__run.scope`, `env`, `os`, `_`, `__proto__`, `this`, `self`, `globals`,
		`trigger.body.String()`, `trigger.__class__()`, `trigger.body.id.String()`, `"x".upper()`, `trigger.body()`, `(trigger.body)()`,
		`trigger.body["f"]()`, `now().Unix()`, `trigger?.body?.x()`, `let f = trigger.f; f()`, `map(trigger.items, #())`, `#.x`, `#`,
		`::now2()`, `env("SECRET")`, `secret("x")`, `import("os")`, `eval("1")`, `call now()`, "`x`()", `b"bytes"`, `secrets.key`, `connection.token`,
		`let __run = 1; __run`, `let $env = 1; 1`, `do_add(1, 2)`, `type(1)`, `duration("1h")`, `timezone("UTC")`, `bitand(1, 2)`, `get(trigger, "x")`,
	} {
		if template, problems := Compile("{{ " + source + " }}"); template != nil || len(problems) != 1 {
			t.Errorf("%s compiles", source)
		}
	}
}

// TestJSONNumbersHaveNoMethods reads fields off a number that is a named Go type.
func TestJSONNumbersHaveNoMethods(t *testing.T) {
	s := scopeFrom(t, `{"trigger": {"id": 123456789012345678901234567890}}`)
	for _, source := range []string{`trigger.id.String`, `trigger.id.Int64`, `trigger.id["Float64"]`} {
		if got, err := evaluate(source, s); got != nil || err != nil {
			t.Errorf("%s gives %v, %v", source, got, err)
		}
	}
}

// TestDataIsNeverCode passes source code through every kind of field (fault F70).
func TestDataIsNeverCode(t *testing.T) {
	for _, attack := range []string{
		"{{7*7}}", "{{ trigger.body.secret }}", "${7*7}", "=cmd|'/c calc'!A1", "#{7*7}", "<%= 7*7 %>", `\{{ x }}`, `{{ "a" }}{{`, "}}", "{{ stop('x') }}", `1/0`, `$1`,
	} {
		s := Scope{"trigger": map[string]any{"body": map[string]any{"x": attack, "secret": "hunter2", "keys": map[string]any{attack: attack}}}}
		template := map[string]any{
			"single": "{{ trigger.body.x }}",
			"mixed":  "[{{ trigger.body.x }}]",
			"joined": `{{ trigger.body.x + "" + trigger.body.x }}`,
			"piped":  "{{ trigger.body.x | default('none') | text() }}",
			"listed": "{{ [trigger.body.x] | join(',') }}",
			"object": "{{ trigger.body.keys }}",
			"parsed": "{{ json(trigger.body.x) | parse_json() }}",
			"swap":   "{{ 'a' | replace('a', trigger.body.x) }}",
			"first":  "{{ first(nil, trigger.body.x) }}",
		}
		got := resolved(t, template, s).Value
		// Twice: what one step made is data of the next.
		again := resolved(t, map[string]any{"all": "{{ steps.one }}"}, Scope{"steps": map[string]any{"one": got}}).Value
		want := map[string]any{
			"single": attack, "mixed": "[" + attack + "]", "joined": attack + attack, "piped": attack, "listed": attack,
			"object": map[string]any{attack: attack}, "parsed": attack, "swap": attack, "first": attack,
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s changed (-want +got):\n%s", attack, diff)
		}
		if diff := cmp.Diff(map[string]any{"all": want}, again); diff != "" {
			t.Errorf("%s changed in the next step:\n%s", attack, diff)
		}
	}
}

// TestReplacementsAreNotPatternsOfData: $ in data is only data.
func TestDollarsInDataAreOnlyDataInReplace(t *testing.T) {
	if got, err := evaluate(`"a" | replace("a", trigger.x)`, Scope{"trigger": map[string]any{"x": "$0$1"}}); err != nil || got != "$0$1" {
		t.Errorf("got %v, %v", got, err)
	}
}

var compileBombs = map[string]string{
	"brackets":            strings.Repeat("(", 4000),
	"closed brackets":     strings.Repeat("(", 2000) + "1" + strings.Repeat(")", 2000),
	"lists":               strings.Repeat("[", 2000) + strings.Repeat("]", 2000),
	"objects":             strings.Repeat("{a:", 1300) + "1",
	"not":                 strings.Repeat("!", 4000) + "true",
	"minus":               strings.Repeat("- ", 2000) + "1",
	"nodes":               strings.Repeat("1+", 2000) + "1",
	"twenty thousand":     strings.Repeat("1+", 20_000) + "1",
	"chained comparisons": strings.Repeat("1<(", 400) + "1" + strings.Repeat(")<1", 400),
	"elvis":               strings.Repeat("(", 400) + "1" + strings.Repeat("?:1)", 400),
	"ternaries":           strings.Repeat("true?", 500) + "1" + strings.Repeat(":1", 500),
	"powers":              strings.Repeat("2**", 1300) + "2",
	"pipes":               "1" + strings.Repeat("|abs()", 650),
	"loops":               strings.Repeat("map([1],", 400) + "1" + strings.Repeat(")", 400),
	"lets":                strings.Repeat("let a=1;", 500) + "1",
	"dots":                "trigger" + strings.Repeat(".a", 2000),
	"pattern":             `"a" matches "` + strings.Repeat("(a{0,999}){0,1}", 16) + `"`,
	"pattern classes":     `"a" matches "` + strings.Repeat(`\\pL*`, 40) + `"`,
	"quotes":              strings.Repeat(`"`, 4000),
	"unicode":             strings.Repeat("ä", 2000),
	"wrapped objects":     strings.Repeat("f({a:", 700) + "1" + strings.Repeat("})", 700),
}

func TestCompileBombsEndInTimeAndMemory(t *testing.T) {
	for name, source := range compileBombs {
		t.Run(name, func(t *testing.T) {
			took, grew := detonate(t, "{{ "+source+" }}", Scope{})
			for tries := 0; tries < 2 && (took > bombTime*slowdown || grew > bombMemory); tries++ {
				again, less := detonate(t, "{{ "+source+" }}", Scope{})
				took, grew = min(took, again), min(grew, less)
			}
			if took > bombTime*slowdown || grew > bombMemory {
				t.Errorf("took %v, held %d MiB", took, grew>>20)
			}
		})
	}
}

// TestNeighboursAreUnaffected runs bombs beside an ordinary template.
func TestNeighboursAreUnaffected(t *testing.T) {
	template, s := compiled(t, fiveFields), saleScope(t)
	want := resolved(t, fiveFields, s).Value
	bombed := bombScope()
	var wait sync.WaitGroup
	for _, source := range []string{bombs["concat doubling"], bombs["square any"], bombs["nested lists"], bombs["merge"]} {
		bomb := compiled(t, "{{ "+source+" }}")
		wait.Go(func() {
			for range 5 {
				if _, err := bomb.Resolve(context.Background(), bombed); err == nil {
					t.Error("a bomb went through")
				}
			}
		})
	}
	for range 4 {
		wait.Go(func() {
			for range 200 {
				got, err := template.Resolve(testContext(), s)
				if diff := cmp.Diff(want, got.Value); diff != "" || err != nil {
					t.Errorf("%v %s", err, diff)
					return
				}
			}
		})
	}
	wait.Wait()
}

func TestPayloadPassesThroughHoweverLarge(t *testing.T) {
	items := make([]any, 6000)
	for i := range items {
		items[i] = map[string]any{"sku": fmt.Sprintf("sku-%06d", i), "text": strings.Repeat("x", 60)}
	}
	s := Scope{"trigger": map[string]any{"body": map[string]any{"items": items, "text": strings.Repeat("long ", 200_000)}}}
	for _, source := range []string{
		`trigger.body`, `{data: trigger.body}`, `[trigger.body.text]`, `trigger.body.text`, `trigger.body.text | default("x")`,
		`trigger.body.items | filter(true)`, `trigger.body.items[0:5000]`, `{n: 1, all: trigger.body.items}`, `let b = trigger.body; {b: b}`,
	} {
		if _, err := evaluate(source, s); err != nil {
			t.Errorf("%s: %v", source, err)
		}
	}
	for _, source := range []string{
		`trigger.body.text + "!"`, `[trigger.body.text, trigger.body.text]`, `{a: trigger.body, b: trigger.body}`, `map(trigger.body.items, {sku: .sku, more: "0123456789012345678901234567890123456789"})`, `json(trigger.body)`,
	} {
		if _, err := evaluate(source, s); codeOf(err) != CodeLimitResult {
			t.Errorf("%s: %v", source, err)
		}
	}
}

func TestTextIsBounded(t *testing.T) {
	s := Scope{"trigger": map[string]any{"text": strings.Repeat("x", 1<<20)}}
	if got := resolved(t, "a {{ trigger.text }} {{ trigger.text }}", s).Value.(string); len(got) != 2<<20+3 {
		t.Errorf("%d bytes", len(got))
	}
	if _, err := compiled(t, strings.Repeat("{{ trigger.text }}", 10)).Resolve(testContext(), s); codeOf(err) != CodeLimitResult {
		t.Errorf("error: %v", err)
	}
	long := make([]any, 50)
	for i := range long {
		long[i] = "{{ trigger.text }} "
	}
	if _, err := compiled(t, long).Resolve(testContext(), s); codeOf(err) != CodeLimitResult {
		t.Errorf("error: %v", err)
	}
}

func TestCanceledEvaluationsEnd(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	const source = "reduce(1..5000, #acc + #, 0)"
	if _, err := compiled(t, "{{ "+source+" }}").Resolve(ctx, Scope{}); codeOf(err) != CodeCanceled {
		t.Errorf("error: %v", err)
	}
	if got, err := evaluate(source, Scope{}); err != nil || got != 12502500 {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestScopesAreNotChanged(t *testing.T) {
	s := bombScope()
	s["trigger"].(map[string]any)["body"].(map[string]any)["mixed"] = []any{"b", nil, "a", map[string]any{"k": []any{2, 1}}}
	before := value.Clone(map[string]any(s))
	for _, source := range []string{
		`trigger.body.mixed | sort()`, `trigger.body.mixed | reverse()`, `trigger.body.mixed | map(# | omit())`, `trigger.body.mixed | filter(# | omit())`,
		`merge(trigger.body, {mixed: 1}) | length()`, `trigger.body.items[0] | without("sku")`, `[trigger.body.mixed[1] | omit()] + trigger.body.mixed`,
		`trigger.body.mixed | compact() | unique()`, `sortBy(trigger.body.items, -.qty) | take(1)`, `concat(trigger.body.mixed, [1])`, `trigger.body.mixed[0:1] + [7]`,
		`flatten([trigger.body.mixed, [1]])`,
	} {
		if _, err := evaluate(source, s); err != nil {
			t.Errorf("%s: %v", source, err)
		}
	}
	if diff := cmp.Diff(before, any(map[string]any(s))); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
}

// TestSeveralErrorsKeepTheirKind holds the two kinds of errors apart.
func TestErrorsKeepTheirKind(t *testing.T) {
	_, err := evaluate(`map([1], # | default(nil | stop("why")))`, nil)
	var stop *StopError
	if !errors.As(err, &stop) || stop.Message != "why" {
		t.Errorf("a stop inside of a loop: %v", err)
	}
	if _, err := evaluate(`reduce([], #acc, 1/0)`, nil); codeOf(err) != CodeDivideByZero {
		t.Errorf("error: %v", err)
	}
}

func TestTimeIsLookedAtInLongTemplates(t *testing.T) {
	slow := make([]any, 1000)
	for i := range slow {
		slow[i] = fmt.Sprintf("{{ let n = %d; count(1..300, count(1..300, true) > 0) }}", i)
	}
	start := time.Now()
	_, err := compiled(t, slow).Resolve(context.Background(), Scope{})
	if took := time.Since(start); codeOf(err) != CodeLimitTime || took > maxResolve+10*time.Second {
		t.Errorf("took %v: %v", took, err)
	}
}

func TestCompilingIsSafeForConcurrentUse(t *testing.T) {
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			for j := range 50 {
				source := fmt.Sprintf(`{{ map([%d, %d], # + 1) | sum() | money("USD", "de") }}`, i, j)
				template, problems := Compile(source)
				if len(problems) > 0 {
					t.Errorf("%v", problems)
					return
				}
				if _, err := template.Resolve(testContext(), Scope{}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
}

func TestRootsAreThoseOfTheScope(t *testing.T) {
	for _, root := range Roots() {
		if _, problems := Compile("{{ " + root + ".x }}"); len(problems) > 0 {
			t.Errorf("%s: %v", root, problems)
		}
	}
}
