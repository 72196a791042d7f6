package workflow

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// parse reads a document that must be well formed.
func parse(t testing.TB, text string) *Document {
	t.Helper()
	d, problems := Parse([]byte(text))
	if d == nil {
		t.Fatalf("refused: %v", problems)
	}
	return d
}

// found writes problems as "severity code pointer step".
func found(problems []Problem) []string {
	list := []string{}
	for _, p := range problems {
		list = append(list, strings.TrimSpace(fmt.Sprintf("%s %s %s %s", p.Severity, p.Code, p.Pointer, p.Step)))
	}
	return list
}

func TestParseReadsTheWholeFormat(t *testing.T) {
	d := parse(t, `{"schema":1,"settings":{"contact":"required","timezone":"Europe/Berlin"},
		"triggers":[{"id":"sale","type":"webhook.catch","v":2,"name":"Sale","note":"n","disabled":true,"params":{"methods":["POST"]}}],
		"steps":[
			{"id":"tier","type":"flow.branch","branches":[
				{"id":"vip","name":"VIP","when":"{{ trigger.body.amount > 1 }}","steps":[{"id":"x","type":"a.b","params":{"n":820982911946154508}}]},
				{"id":"rest","steps":[]}]},
			{"id":"each","type":"flow.loop","v":1,"steps":[{"id":"y","type":"a.b"}],
				"retry":{"attempts":3,"delays":["5s","1d",90]},"repeatable":false,
				"on_error":{"do":"branch","steps":[{"id":"z","type":"a.b","retry":{"backoff":{"initial":"10s","factor":1.5,"max":"1h"}}}]}}]}`)
	text, err := d.JSON()
	if err != nil {
		t.Fatal(err)
	}
	want := `{"schema":1,"settings":{"contact":"required","timezone":"Europe/Berlin"},` +
		`"triggers":[{"id":"sale","type":"webhook.catch","v":2,"name":"Sale","note":"n","disabled":true,"params":{"methods":["POST"]}}],` +
		`"steps":[{"id":"tier","type":"flow.branch","v":1,"params":{},"branches":[` +
		`{"id":"vip","name":"VIP","when":"{{ trigger.body.amount > 1 }}","steps":[{"id":"x","type":"a.b","v":1,"params":{"n":820982911946154508}}]},` +
		`{"id":"rest","steps":[]}]},` +
		`{"id":"each","type":"flow.loop","v":1,"params":{},"steps":[{"id":"y","type":"a.b","v":1,"params":{}}],` +
		`"retry":{"attempts":3,"delays":["5s","24h","1m30s"]},` +
		`"on_error":{"do":"branch","steps":[{"id":"z","type":"a.b","v":1,"params":{},"retry":{"backoff":{"initial":"10s","factor":1.5,"max":"1h"}}}]},"repeatable":false}]}`
	if diff := cmp.Diff(want, string(text)); diff != "" {
		t.Error(diff)
	}
}

func TestParseFillsInWhatIsAbsent(t *testing.T) {
	for _, text := range []string{`{}`, `{"schema":null,"settings":null,"triggers":null,"steps":null}`, `{"settings":{"contact":null,"timezone":null}}`} {
		got, _ := parse(t, text).JSON()
		if want := `{"schema":1,"settings":{"contact":"optional","timezone":null},"triggers":[],"steps":[]}`; string(got) != want {
			t.Errorf("%s became %s", text, got)
		}
	}
}

func TestParseRefusesWhatIsMalformed(t *testing.T) {
	long := strings.Repeat("x", 6000)
	tests := map[string]struct {
		text string
		want []string
	}{
		"no JSON":         {`{"schema":1,`, []string{"problem malformed"}},
		"two values":      {`{} {}`, []string{"problem malformed"}},
		"an array":        {`[]`, []string{"problem malformed"}},
		"null":            {`null`, []string{"problem malformed"}},
		"newer schema":    {`{"schema":2,"whatever":1}`, []string{"problem newer_schema /schema"}},
		"schema zero":     {`{"schema":0}`, []string{"problem wrong_type /schema"}},
		"schema a text":   {`{"schema":"1"}`, []string{"problem wrong_type /schema"}},
		"schema fraction": {`{"schema":1.5}`, []string{"problem wrong_type /schema"}},
		"unknown keys": {`{"x/y":1,"__proto__":{},"settings":{"re_entry":true},"steps":[{"id":"a","type":"t.t","position":{"x":1}}]}`,
			[]string{"problem unknown_key /__proto__", "problem unknown_key /x~1y", "problem unknown_key /settings/re_entry", "problem unknown_key /steps/0/position a"}},
		"unknown key null": {`{"nodes":null}`, []string{"problem unknown_key /nodes"}},
		"wrong types": {`{"triggers":{},"steps":[1,{"id":"a","type":"t.t","v":"1","name":1,"disabled":"yes","params":[],"branches":{},"steps":"s","retry":[],"on_error":"stop","repeatable":1}]}`,
			[]string{"problem wrong_type /triggers", "problem wrong_type /steps/0", "problem wrong_type /steps/1/branches a", "problem wrong_type /steps/1/disabled a",
				"problem wrong_type /steps/1/name a", "problem wrong_type /steps/1/on_error a", "problem wrong_type /steps/1/params a", "problem wrong_type /steps/1/repeatable a",
				"problem wrong_type /steps/1/retry a", "problem wrong_type /steps/1/steps a", "problem wrong_type /steps/1/v a"}},
		"missing keys": {`{"triggers":[{}],"steps":[{"id":"","type":""},{"id":"a","type":"t.t","branches":[{}],"on_error":{}}]}`,
			[]string{"problem missing_key /triggers/0/id", "problem missing_key /triggers/0/type", "problem missing_key /steps/0/id", "problem missing_key /steps/0/type",
				"problem missing_key /steps/1/branches/0/id a", "problem missing_key /steps/1/on_error/do a"}},
		"bad ids": {`{"steps":[{"id":"a-b","type":"t.t"},{"id":"1a","type":"t.t"},{"id":"A","type":"t.t"},{"id":"ä","type":"t.t"},{"id":"` + strings.Repeat("a", 41) + `","type":"t.t"},{"id":7,"type":"t.t"}]}`,
			[]string{"problem invalid_id /steps/0/id", "problem invalid_id /steps/1/id", "problem invalid_id /steps/2/id", "problem invalid_id /steps/3/id", "problem invalid_id /steps/4/id", "problem wrong_type /steps/5/id"}},
		"doubled ids": {`{"triggers":[{"id":"a","type":"t.t"}],"steps":[{"id":"a","type":"t.t"},{"id":"b","type":"t.t","branches":[{"id":"b","steps":[{"id":"c","type":"t.t"}]},{"id":"b"}],"on_error":{"do":"stop","steps":[{"id":"c","type":"t.t"}]}}]}`,
			[]string{"problem duplicate_id /steps/0/id a", "problem duplicate_id /steps/1/branches/1/id b", "problem duplicate_id /steps/1/on_error/steps/0/id c"}},
		"reserved branch ids": {`{"steps":[{"id":"a","type":"t.t","branches":[{"id":"steps"},{"id":"error"}]}]}`,
			[]string{"problem invalid_id /steps/0/branches/0/id a", "problem invalid_id /steps/0/branches/1/id a"}},
		"too long": {`{"steps":[{"id":"a","type":"t.t","name":"` + long[:201] + `","note":"` + long + `"}]}`,
			[]string{"problem too_long /steps/0/name a", "problem too_long /steps/0/note a"}},
		"retry": {`{"steps":[{"id":"a","type":"t.t","retry":{"attempts":1.5,"delays":["soon",true],"backoff":{"initial":"x","factor":"2","rate":1}}}]}`,
			[]string{"problem wrong_type /steps/0/retry/attempts a", "problem wrong_type /steps/0/retry/backoff/factor a", "problem wrong_type /steps/0/retry/backoff/initial a",
				"problem unknown_key /steps/0/retry/backoff/rate a", "problem wrong_type /steps/0/retry/delays/0 a", "problem wrong_type /steps/0/retry/delays/1 a"}},
		"on_error":      {`{"steps":[{"id":"a","type":"t.t","on_error":{"do":"retry"}}]}`, []string{"problem wrong_type /steps/0/on_error/do a"}},
		"version":       {`{"steps":[{"id":"a","type":"t.t","v":0}]}`, []string{"problem wrong_type /steps/0/v a"}},
		"10,000 steps":  {manySteps(10_000), []string{"problem too_many /steps"}},
		"2,001 steps":   {manySteps(MaxSteps + 1), []string{"problem too_many /steps"}},
		"many triggers": {`{"triggers":[` + strings.Repeat(`1,`, MaxTriggers) + `1]}`, []string{"problem too_many /triggers"}},
		"too deep":      {nested(MaxDepth + 1), []string{"problem too_deep " + strings.Repeat("/steps/0/branches/0", MaxDepth) + "/steps s19"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			d, problems := Parse([]byte(test.text))
			if d != nil {
				t.Error("a malformed document was read")
			}
			if diff := cmp.Diff(test.want, found(problems)); diff != "" {
				t.Error(diff)
			}
			for _, p := range problems {
				if p.Message == "" || len(p.Message) > 400 {
					t.Errorf("message of %s is %q", p.Code, p.Message)
				}
			}
		})
	}
}

func manySteps(n int) string {
	steps := make([]string, n)
	for i := range steps {
		steps[i] = fmt.Sprintf(`{"id":"s%d","type":"t.t"}`, i)
	}
	return `{"steps":[` + strings.Join(steps, ",") + `]}`
}

// nested is a document with lists of steps standing in each other.
func nested(depth int) string {
	text := "[]"
	for i := depth - 1; i >= 0; i-- {
		text = fmt.Sprintf(`[{"id":"s%d","type":"t.t","branches":[{"id":"b","steps":%s}]}]`, i, text)
	}
	return `{"steps":` + text + `}`
}

func TestParseTakesWhatIsAtItsLimits(t *testing.T) {
	parse(t, manySteps(MaxSteps))
	parse(t, nested(MaxDepth))
	parse(t, `{"steps":[{"id":"`+strings.Repeat("a", MaxID)+`","type":"t.t","name":"`+strings.Repeat("ä", MaxName)+`"}]}`)
}

func TestStepsAreCountedOverAllLists(t *testing.T) {
	inner := strings.TrimPrefix(manySteps(MaxSteps), `{"steps":`)
	inner = strings.TrimSuffix(inner, "}")
	_, problems := Parse([]byte(`{"steps":[{"id":"loop","type":"t.t","steps":` + inner + `}]}`))
	if diff := cmp.Diff([]string{"problem too_many /steps/0/steps loop"}, found(problems)); diff != "" {
		t.Error(diff)
	}
}

func TestManyProblemsAreCut(t *testing.T) {
	keys := make([]string, 5000)
	for i := range keys {
		keys[i] = fmt.Sprintf(`"k%d":1`, i)
	}
	_, problems := Parse([]byte(`{` + strings.Join(keys, ",") + `}`))
	if len(problems) != maxProblems+1 || problems[maxProblems].Code != CodeTooManyProblems {
		t.Errorf("%d problems", len(problems))
	}
}

func TestParseOfJSONIsIdentity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw, err := json.Marshal(anyDocument().Draw(t, "document"))
		if err != nil {
			t.Fatal(err)
		}
		first, problems := Parse(raw)
		if first == nil {
			t.Fatalf("refused: %v", problems)
		}
		text, err := first.JSON()
		if err != nil {
			t.Fatal(err)
		}
		second, problems := Parse(text)
		if second == nil {
			t.Fatalf("refused its own JSON: %v", problems)
		}
		if diff := cmp.Diff(first, second); diff != "" {
			t.Fatal(diff)
		}
		again, _ := second.JSON()
		if string(again) != string(text) || Hash(again) != Hash(text) {
			t.Fatalf("two canonical forms: %s and %s", text, again)
		}
	})
}

func TestNumbersKeepTheirDigits(t *testing.T) {
	for in, want := range map[string]string{
		`820982911946154508`: `820982911946154508`, `5.0`: `5`, `-0`: `0`, `0.1`: `0.1`, `1e400`: `1e400`,
		`123456789012345678901234567890`: `123456789012345678901234567890`, `1e20`: `100000000000000000000`, `1e-7`: `1e-7`,
	} {
		d := parse(t, `{"steps":[{"id":"a","type":"t.t","params":{"n":`+in+`}}]}`)
		text, _ := d.JSON()
		if !strings.Contains(string(text), `"n":`+want+`}`) {
			t.Errorf("%s became %s", in, text)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"schema":1,"steps":[{"id":"a","type":"t.t","v":1,"params":{"a":[1.0,1e400,null]},"retry":{"delays":["1d",0.5]}}]}`))
	f.Add([]byte(`{"steps":[{"id":"a","type":"t.t","branches":[{"id":"b","when":{"match":"all","rules":[]},"steps":[]}],"on_error":{"do":"branch"}}]}`))
	f.Add([]byte(nested(21)))
	f.Fuzz(func(t *testing.T, raw []byte) {
		d, problems := Parse(raw)
		if (d == nil) != HasProblems(problems) {
			t.Fatalf("document %v with %v", d, problems)
		}
		if d == nil {
			return
		}
		text, err := d.JSON()
		if err != nil {
			t.Fatal(err)
		}
		again, problems := Parse(text)
		if again == nil {
			t.Fatalf("%s: %v", text, problems)
		}
		if diff := cmp.Diff(d, again); diff != "" {
			t.Fatal(diff)
		}
	})
}
