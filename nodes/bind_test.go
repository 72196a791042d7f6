package nodes_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes"
)

// object reads a test's params as a document holds them.
func object(t testing.TB, text string) map[string]any {
	t.Helper()
	v, err := value.Decode([]byte(text))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return v.(map[string]any)
}

// defaults is what everything is without any params.
func defaults() everything {
	return everything{
		For: nodes.Duration(10 * time.Minute), Count: 3, On: true, Choice: "a_b", Choices: []string{"x", "y"},
		Group: entry{Count: 1},
	}
}

var ignoreSecrets = cmpopts.IgnoreUnexported(nodes.Secret{})

func TestBind(t *testing.T) {
	on, off := true, false
	type change = func(*everything)
	for params, change := range map[string]change{
		`{"group":{"name":"g"}}`:                  func(e *everything) { e.Group.Name = "g" },
		`{"group":{"name":"g","count":null}}`:     func(e *everything) { e.Group.Name = "g" },
		`{"text":"Ann"}`:                          func(e *everything) { e.Text = "Ann" },
		`{"text":12.50}`:                          func(e *everything) { e.Text = "12.5" },
		`{"text":true}`:                           func(e *everything) { e.Text = "true" },
		`{"long":1e21}`:                           func(e *everything) { e.Long = "1000000000000000000000" },
		`{"long":123456789012345678901234567890}`: func(e *everything) { e.Long = "123456789012345678901234567890" },
		`{"long":{"b":1,"a":[1,"<"]}}`:            func(e *everything) { e.Long = `{"a":[1,"<"],"b":1}` },
		`{"when":"2026-01-31T09:00:00+02:00"}`: func(e *everything) {
			e.When = time.Date(2026, 1, 31, 9, 0, 0, 0, time.FixedZone("", 7200))
		},
		`{"when":"2026-01-31 09:00"}`:                    func(e *everything) { e.When = time.Date(2026, 1, 31, 9, 0, 0, 0, time.UTC) },
		`{"when":"2026-01-31"}`:                          func(e *everything) { e.When = time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC) },
		`{"day":"whenever"}`:                             func(e *everything) { e.Day = "whenever" },
		`{"for":"1 hour"}`:                               func(e *everything) { e.For = nodes.Duration(time.Hour) },
		`{"for":90}`:                                     func(e *everything) { e.For = nodes.Duration(90 * time.Second) },
		`{"for":""}`:                                     func(*everything) {},
		`{"count":""}`:                                   func(*everything) {},
		`{"count":null}`:                                 func(*everything) {},
		`{"count":" 4 "}`:                                func(e *everything) { e.Count = 4 },
		`{"count":4.0}`:                                  func(e *everything) { e.Count = 4 },
		`{"big":820982911946154508}`:                     func(e *everything) { e.Big = 820982911946154508 },
		`{"big":"820982911946154508"}`:                   func(e *everything) { e.Big = 820982911946154508 },
		`{"ratio":"1.5"}`:                                func(e *everything) { e.Ratio = 1.5 },
		`{"price":{"amount":4900,"currency":"usd"}}`:     func(e *everything) { e.Price = nodes.Money{Amount: 4900, Currency: "USD"} },
		`{"price":{"amount":"4900","currency":" USD "}}`: func(e *everything) { e.Price = nodes.Money{Amount: 4900, Currency: "USD"} },
		`{"on":false}`:                                   func(e *everything) { e.On = false },
		`{"on":"No"}`:                                    func(e *everything) { e.On = false },
		`{"on":0}`:                                       func(e *everything) { e.On = false },
		`{"on":""}`:                                      func(*everything) {},
		`{"maybe":"yes"}`:                                func(e *everything) { e.Maybe = &on },
		`{"maybe":false}`:                                func(e *everything) { e.Maybe = &off },
		`{"choice":""}`:                                  func(*everything) {},
		`{"choices":"y, z"}`:                             func(e *everything) { e.Choices = []string{"y", "z"} },
		`{"choices":[]}`:                                 func(e *everything) { e.Choices = []string{} },
		`{"secret":"s3cret"}`:                            func(*everything) {},
		`{"offer":"Course A"}`:                           func(e *everything) { e.Offer = "Course A" },
		`{"tags":["a",["b",""],null," "]}`:               func(e *everything) { e.Tags = []string{"a", "b"} },
		`{"tags":" a, b ,"}`:                             func(e *everything) { e.Tags = []string{"a", "b"} },
		`{"tags":["Lee, Ann"]}`:                          func(e *everything) { e.Tags = []string{"Lee, Ann"} },
		`{"tags":7}`:                                     func(e *everything) { e.Tags = []string{"7"} },
		`{"entries":{"name":"one"}}`:                     func(e *everything) { e.Rows = []entry{{"one", 1}} },
		`{"entries":[{"name":"one","count":2},{"name":"two"}]}`: func(e *everything) {
			e.Rows = []entry{{"one", 2}, {"two", 1}}
		},
		`{"headers":{"X-A":1,"X-B":null}}`:  func(e *everything) { e.Headers = map[string]string{"X-A": "1", "X-B": ""} },
		`{"values":{"a":[1]}}`:              func(e *everything) { e.Values = map[string]any{"a": []any{1}} },
		`{"optional":{"name":"o"}}`:         func(e *everything) { e.Optional = &entry{"o", 1} },
		`{"if":{"met":true,"notes":["n"]}}`: func(e *everything) { e.If = nodes.Condition{Met: true, Notes: []string{"n"}} },
		`{"if":true}`:                       func(e *everything) { e.If = nodes.Condition{Met: true, Source: true} },
		`{"if":"{{ a > 1 }}"}`:              func(e *everything) { e.If = nodes.Condition{Source: "{{ a > 1 }}"} },
		`{"if":{"match":"all"}}`:            func(e *everything) { e.If = nodes.Condition{Source: map[string]any{"match": "all"}} },
		`{"json":[1,{"a":null}]}`:           func(e *everything) { e.JSON = []any{1, map[string]any{"a": nil}} },
		`{"json":""}`:                       func(e *everything) { e.JSON = "" },
		`{"file":{"name":"a.pdf","content_type":"application/pdf","size":3,"ref":"blob_1"}}`: func(e *everything) {
			e.File = nodes.File{Name: "a.pdf", ContentType: "application/pdf", Size: 3, Ref: "blob_1"}
		},
		`{"choice":"c","detail":"d"}`:    func(e *everything) { e.Choice, e.Detail = "c", "d" },
		`{"detail":"kept while hidden"}`: func(e *everything) { e.Detail = "kept while hidden" },
	} {
		t.Run(params, func(t *testing.T) {
			n, got := sdk[everything](t)
			p := object(t, params)
			if _, ok := p["group"]; !ok {
				p["group"] = map[string]any{"name": "g"}
			}
			if _, err := n.Internal(nil, nil, p); err != nil {
				t.Fatal(err)
			}
			want := defaults()
			want.Group.Name = "g"
			change(&want)
			if diff := cmp.Diff(want, *got, ignoreSecrets, cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) })); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestBindRefuses(t *testing.T) {
	for params, want := range map[string]string{
		`{"what":1}`:                  `/what unknown_field: "what" is not a setting of this step`,
		`{"a/b~c":1}`:                 `/a~1b~0c unknown_field: "a/b~c" is not a setting of this step`,
		`{"text":"twelve chars"}`:     `/text invalid: Text must be at most 10 characters`,
		`{"when":"soon"}`:             `/when invalid: When must be a date and time such as 2026-01-31T09:00:00Z, not "soon"`,
		`{"for":"soon"}`:              `/for invalid: For: "soon" is not a length of time: write for example 10m, 36h or 3d`,
		`{"for":"2h"}`:                `/for invalid: For must be at most 1 hour`,
		`{"count":"many"}`:            `/count invalid: Count must be a whole number, not "many"`,
		`{"count":1.5}`:               `/count invalid: Count must be a whole number, not "1.5"`,
		`{"count":0}`:                 `/count invalid: Count must be at least 1`,
		`{"count":[1]}`:               `/count invalid: Count must be a whole number, not "[1]"`,
		`{"big":9223372036854775808}`: `/big invalid: Big number must be a whole number, not "9223372036854775808"`,
		`{"ratio":"NaN"}`:             `/ratio invalid: Ratio must be a number, not "NaN"`,
		`{"ratio":"1e999"}`:           `/ratio invalid: Ratio must be a number, not "1e999"`,
		`{"price":49}`:                `/price invalid: Price must look like {"amount": 4900, "currency": "USD"}, the amount in cents`,
		`{"price":{"amount":49.5,"currency":"USD"}}`: `/price invalid: Price needs a whole amount in the smallest unit (cents)`,
		`{"price":{"amount":49,"currency":"$"}}`:     `/price invalid: Price needs a currency of three letters, such as USD`,
		`{"price":{"amount":49}}`:                    `/price invalid: Price needs a currency of three letters, such as USD`,
		`{"on":"perhaps"}`:                           `/on invalid: On must be on or off, not "perhaps"`,
		`{"choice":"d"}`:                             `/choice invalid: Choice must be one of a_b, c, not "d"`,
		`{"choices":["x","w"]}`:                      `/choices/1 invalid: Choices must be one of x, y, z, not "w"`,
		`{"choices":["x","y","z"]}`:                  `/choices invalid: Choices must be at most 2 entries`,
		`{"secret":7}`:                               `/secret invalid: Secret must be a text`,
		`{"tags":["a","b","c","d"]}`:                 `/tags invalid: Tags must be at most 3 entries`,
		`{"tags":[]}`:                                `/tags invalid: Tags must be at least 1 entry`,
		`{"entries":[{"name":"a"},{"count":2}]}`:     `/entries/1/name required: Name can't be empty`,
		`{"entries":"text"}`:                         `/entries/0 invalid: Entries must be an object`,
		`{"entries":[{"name":"a","x":1}]}`:           `/entries/0/x unknown_field: "x" is not a setting of this step`,
		`{"headers":"X-A: 1"}`:                       `/headers invalid: Headers must be rows of names and values`,
		`{"group":"text"}`:                           `/group invalid: Group must be an object`,
		`{"group":null}`:                             `/group/name required: Name can't be empty`,
		`{"optional":{}}`:                            `/optional/name required: Name can't be empty`,
		`{"if":7}`:                                   `/if invalid: Only if must be a formula or rules`,
		`{"file":{"name":"a.pdf"}}`:                  `/file invalid: File must be a file`,
		`{"file":"a.pdf"}`:                           `/file invalid: File must be a file`,
		`{"choice":"c"}`:                             `/detail required: Detail can't be empty`,
		`{"choice":"c","detail":" "}`:                `/detail required: Detail can't be empty`,
		`{"count":0,"on":"x"}`:                       `/count invalid: Count must be at least 1; /on invalid: On must be on or off, not "x"`,
	} {
		t.Run(params, func(t *testing.T) {
			n, _ := sdk[everything](t)
			p := object(t, params)
			if _, ok := p["group"]; !ok {
				p["group"] = map[string]any{"name": "g"}
			}
			_, err := n.Internal(nil, nil, p)
			var refused *nodes.ParamError
			if !errors.As(err, &refused) || !nodes.IsPermanent(err) {
				t.Fatalf("got %v, want a permanent ParamError", err)
			}
			if got := shown(refused.Problems); got != want {
				t.Errorf("\n got %s\nwant %s", got, want)
			}
			if got, want := nodes.FieldOf(fmt.Errorf("step: %w", err)), refused.Problems[0].Pointer; got != want {
				t.Errorf("FieldOf = %q, want %q", got, want)
			}
			// What is wrong when the step runs is wrong in the draft already.
			if got := shown(n.Check(p)); got != want {
				t.Errorf("in a draft:\n got %s\nwant %s", got, want)
			}
		})
	}
}

func shown(problems []nodes.FieldProblem) string {
	lines := make([]string, len(problems))
	for i, p := range problems {
		lines[i] = fmt.Sprintf("%s %s: %s", p.Pointer, p.Code, p.Message)
	}
	return strings.Join(lines, "; ")
}

func TestRequiredListThatCameOutEmpty(t *testing.T) {
	type params struct {
		Tags []string `json:"tags" label:"Tags" required:"true"`
	}
	n, _ := sdk[params](t)
	for _, tags := range []any{nil, "", []any{}, []any{nil, " "}, []any{[]any{}}, " , "} {
		_, err := n.Internal(nil, nil, map[string]any{"tags": tags})
		if err == nil || err.Error() != "Tags can't be empty" {
			t.Errorf("%#v: %v", tags, err)
		}
	}
	if problems := n.Check(map[string]any{"tags": []any{"{{ trigger.body.tags }}"}}); len(problems) > 0 {
		t.Errorf("a mapping may fill it: %s", shown(problems))
	}
}

// validated knows a rule that tags cannot tell, and keeps what it saw.
type validated struct {
	From string          `json:"from" label:"From"`
	To   *int            `json:"to" label:"To"`
	Wait *nodes.Duration `json:"wait" label:"Wait"`
}

func (v *validated) Validate() []nodes.FieldProblem {
	if v.From == "" && v.To == nil && v.Wait == nil {
		return []nodes.FieldProblem{{Pointer: "/from", Code: "required", Message: "fill one in"}}
	}
	return nil
}

func (v *validated) ProvidesContact() bool { return v.From == "a" }

func TestDraft(t *testing.T) {
	n, _ := sdk[everything](t)
	for params, want := range map[string]string{
		`{"group":{"name":"{{ x }}"}}`:          "",
		`{"group":"{{ x }}"}`:                   "",
		`{"text":"{{ x }} is longer than ten"}`: `/group/name required: Name can't be empty`,
		`{"group":{"name":"g"},"when":"{{ x }}","for":"{{ x }}","count":"{{ x }}","ratio":"{{ x }}","price":"{{ x }}","on":"{{ x }}","choice":"{{ x }}","choices":["{{ x }}","x","y"],"offer":"{{ x }}","tags":"{{ x }}","entries":"{{ x }}","headers":"{{ x }}","values":{"a":"{{ x }}"},"json":"{{ x }}","file":"{{ x }}"}`: "",
		`{"group":{"name":"g"},"tags":["{{ x }}","b","c","d"]}`:                     "",
		`{"group":{"name":"g"},"entries":[{"name":"{{ x }}"},{"count":"{{ x }}"}]}`: `/entries/1/name required: Name can't be empty`,
		`{"group":{"name":"g"},"price":{"amount":"{{ x }}","currency":"USD"}}`:      "",
		`{"group":{"name":"g"},"code":"{{ x }}"}`:                                   `/code invalid: Code takes no mapping: write the value itself`,
		`{"group":{"name":"g"},"secret":"p{{word"}`:                                 "",
		`{"group":{"name":"g"},"choice":"{{ x }}","detail":""}`:                     "",
	} {
		if got := shown(n.Check(object(t, params))); got != want {
			t.Errorf("%s:\n got %s\nwant %s", params, got, want)
		}
	}
}

func TestNoMap(t *testing.T) {
	type params struct {
		Names  []string       `json:"names" label:"Names" no_map:"true"`
		Values map[string]any `json:"values" label:"Values" no_map:"true"`
		JSON   any            `json:"json" label:"JSON" no_map:"true"`
		Group  entry          `json:"group" label:"Group" no_map:"true"`
	}
	n, _ := sdk[params](t)
	for params, pointer := range map[string]string{
		`{"names":["a","{{ x }}"],"group":{"name":"g"}}`:      "/names",
		`{"values":{"a":["{{ x }}"]},"group":{"name":"g"}}`:   "/values",
		`{"json":{"a":{"b":"{{ x }}"}},"group":{"name":"g"}}`: "/json",
		`{"group":"{{ x }}"}`:                                 "/group",
		`{"group":{"name":"{{ x }}"}}`:                        "",
	} {
		problems := n.Check(object(t, params))
		if pointer == "" && len(problems) == 0 {
			continue
		}
		if len(problems) != 1 || problems[0].Pointer != pointer || !strings.Contains(problems[0].Message, "takes no mapping") {
			t.Errorf("%s: %s", params, shown(problems))
		}
	}
}

func TestValidatorSeesMappedFieldsAsGiven(t *testing.T) {
	n, _ := sdk[validated](t)
	for params, problems := range map[string]int{
		`{}`: 1, `{"from":"a"}`: 0, `{"from":"{{ x }}"}`: 0, `{"to":"{{ x }}"}`: 0, `{"to":0}`: 0, `{"wait":"{{ x }}"}`: 0,
		`{"to":"x"}`: 1,
	} {
		if got := n.Check(object(t, params)); len(got) != problems {
			t.Errorf("%s: %s", params, shown(got))
		}
	}
}

func TestProvides(t *testing.T) {
	for use, want := range map[nodes.ContactUse][2]bool{
		"": {false, false}, nodes.ContactRequired: {false, false}, nodes.ContactProvides: {true, true}, nodes.ContactMayProvide: {false, true},
	} {
		r := nodes.NewRegistry()
		m := meta()
		m.Contact = use
		r.Register(nodes.Internal[validated]{Meta: m, Run: func(nodes.Tx, *nodes.Call, validated) (any, error) { return nil, nil }})
		n := r.Lookup(m.Type)
		if got := [2]bool{n.Provides(nil), n.Provides(map[string]any{"from": "a"})}; got != want {
			t.Errorf("%q: got %v, want %v", use, got, want)
		}
	}
}

// Binding works on whatever outsiders put into params, and Check agrees with it
// where no mapping is involved.
func TestBindNeverPanics(t *testing.T) {
	n, _ := sdk[everything](t)
	var keys []string
	for _, f := range n.Fields {
		keys = append(keys, f.Key)
	}
	rapid.Check(t, func(t *rapid.T) {
		params := rapid.MapOf(rapid.SampledFrom(append(keys, "", "other")), anyPlain(3)).Draw(t, "params")
		before, _ := json.Marshal(params)
		_, err := n.Internal(nil, nil, params)
		problems := n.Check(params)
		if err == nil && len(problems) > 0 {
			t.Fatalf("runs, but the draft is refused: %s", shown(problems))
		}
		var refused *nodes.ParamError
		if err != nil && !errors.As(err, &refused) {
			t.Fatalf("not a ParamError: %v", err)
		}
		if after, _ := json.Marshal(params); string(after) != string(before) {
			t.Fatalf("params were changed:\n%s\n%s", before, after)
		}
	})
}

// anyPlain draws plain values with some that look like what fields want.
func anyPlain(depth int) *rapid.Generator[any] {
	scalars := []*rapid.Generator[any]{
		rapid.Just[any](nil), rapid.Bool().AsAny(), rapid.Int().AsAny(), rapid.Float64Range(-1e9, 1e9).AsAny(), rapid.String().AsAny(),
		rapid.SampledFrom([]string{"", "10m", "2026-01-31", "{{ x }}", "a_b", "x,y", "1", "true", "USD"}).AsAny(),
		rapid.Just[any](json.Number("123456789012345678901234567890")),
	}
	if depth == 0 {
		return rapid.OneOf(scalars...)
	}
	inner := anyPlain(depth - 1)
	keys := rapid.SampledFrom([]string{"name", "count", "amount", "currency", "met", "notes", "$secret", "$versions", "ref", "x"})
	return rapid.OneOf(append(scalars, rapid.SliceOfN(inner, 0, 4).AsAny(), rapid.MapOfN(keys, inner, 0, 4).AsAny())...)
}

// BenchmarkBind binds five fields, as most steps have.
func BenchmarkBind(b *testing.B) {
	type params struct {
		Email string         `json:"email" label:"E-mail" required:"true"`
		Name  string         `json:"name" label:"Name"`
		Count int            `json:"count" label:"Count" default:"1"`
		Mode  string         `json:"mode" label:"Mode" options:"a,b,c" default:"a"`
		Wait  nodes.Duration `json:"wait" label:"Wait" default:"10s"`
	}
	n, _ := sdk[params](b)
	values := map[string]any{"email": "ann@example.com", "name": "Ann Lee", "count": 3, "mode": "b", "wait": "30s"}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := n.Internal(nil, nil, values); err != nil {
			b.Fatal(err)
		}
	}
}
