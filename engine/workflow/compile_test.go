package workflow

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookloom/hookloom/engine/mapping"
)

func compiled(t testing.TB, text string) *Program {
	t.Helper()
	p, problems := Compile(parse(t, text), testRegistry())
	if p == nil {
		t.Fatalf("refused: %v", problems)
	}
	return p
}

const program = `{"triggers":[{"id":"t","type":"webhook.catch","params":{"signature":{"scheme":"stripe","secret":{"$secret":"sec_1"}}}}],
	"steps":[
		{"id":"buyer","type":"contact.upsert","params":{"email":"{{ trigger.body.email }}"}},
		{"id":"tier","type":"flow.branch","branches":[
			{"id":"vip","name":"VIP","when":"{{ steps.buyer.created }}","steps":[
				{"id":"send","type":"webhook.send","params":{"url":"https://example.com","secret":{"$secret":"sec_2"},"also":[{"token":{"$secret":"sec_3"}}]},
					"repeatable":false,"retry":{"delays":["1s","2s"]},
					"on_error":{"do":"branch","steps":[{"id":"alarm","type":"webhook.send","params":{"url":"https://example.com"}}]}}]},
			{"id":"rest","steps":[]}]},
		{"id":"items","type":"flow.loop","params":{"items":[{"id":1},{"id":2}]},"steps":[
			{"id":"only","type":"flow.filter","params":{"when":"{{ loop.item.id > 1 }}"}}]},
		{"id":"access","type":"offer.grant","params":{"offer":"off_1"}}]}`

func TestProgramKeepsTheTree(t *testing.T) {
	p := compiled(t, program)
	var got []string
	var walk func(prefix string, l *List)
	walk = func(prefix string, l *List) {
		if l == nil {
			return
		}
		for i, n := range l.Nodes {
			if n.List != l || l.Index(n.Step.ID) != i || p.Node(n.Step.ID) != n {
				t.Errorf("%s is not found where it stands", n.Step.ID)
			}
			got = append(got, prefix+l.ID+"/"+n.Step.ID)
			for _, b := range n.Branches {
				if b.List.Owner != n || n.Branch(b.ID) != b {
					t.Errorf("the branch %s is not its step's", b.ID)
				}
				walk(prefix+" ", b.List)
			}
			walk(prefix+" ", n.Steps)
			walk(prefix+" ", n.OnError)
		}
	}
	walk("", p.Root)
	want := []string{"steps/buyer", "steps/tier", " vip/send", "  error/alarm", "steps/items", " steps/only", "steps/access"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if p.Root.Owner != nil || p.Root.Index("send") != -1 || p.Node("nobody") != nil || p.Len() != 7 {
		t.Error("the root holds what it should not, or steps are missing")
	}
	tier := p.Node("tier")
	if tier.Branches[0].When == nil || tier.Branches[1].When != nil || tier.Branches[1].List == nil || tier.Branch("none") != nil {
		t.Error("the branches lost their conditions")
	}
}

func TestProgramKnowsWhatEachStepNeeds(t *testing.T) {
	p := compiled(t, program)
	var got []string
	for _, id := range []string{"buyer", "tier", "send", "alarm", "items", "only", "access"} {
		n := p.Node(id)
		line := fmt.Sprintf("%s %s repeatable=%v attempts=%d secrets=%v conditions=%d", id, n.Type.Kind, n.Repeatable, n.Retry.Attempts(), n.SecretRefs, len(n.Conditions))
		for _, r := range n.References {
			line += fmt.Sprintf(" %v", r.Path)
		}
		got = append(got, line)
	}
	want := []string{
		"buyer internal repeatable=false attempts=1 secrets=[] conditions=0 [trigger body email]",
		"tier flow repeatable=false attempts=1 secrets=[] conditions=0 [steps buyer created]",
		"send action repeatable=false attempts=3 secrets=[sec_2 sec_3] conditions=0",
		"alarm action repeatable=true attempts=10 secrets=[] conditions=0",
		"items flow repeatable=false attempts=1 secrets=[] conditions=0",
		"only flow repeatable=false attempts=1 secrets=[] conditions=1 [loop item id]",
		"access internal repeatable=false attempts=1 secrets=[] conditions=0",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"sec_1"}, p.Triggers["t"].SecretRefs); diff != "" {
		t.Error(diff)
	}
}

func TestParamsResolveWithoutConditions(t *testing.T) {
	p := compiled(t, program)
	scope := mapping.Scope{"trigger": map[string]any{"body": map[string]any{"email": "ada@example.com"}}, "loop": map[string]any{"item": map[string]any{"id": 2}}}
	result, err := p.Node("buyer").Params.Resolve(context.Background(), scope)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]any{"email": "ada@example.com"}, result.Value); diff != "" {
		t.Error(diff)
	}
	only := p.Node("only")
	result, err = only.Params.Resolve(context.Background(), scope)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]any{}, result.Value); diff != "" {
		t.Error(diff)
	}
	verdict, err := only.Conditions["when"].Evaluate(context.Background(), scope)
	if err != nil || !verdict.Met {
		t.Errorf("the condition decided %v, %v", verdict.Met, err)
	}
}

func TestOlderParamsAreLiftedBesideTheDocument(t *testing.T) {
	const text = `{"steps":[{"id":"a","type":"demo.old","v":1,"params":{"to":"{{ trigger.body.to }}"}}]}`
	p := compiled(t, text)
	result, err := p.Node("a").Params.Resolve(context.Background(), mapping.Scope{"trigger": map[string]any{"body": map[string]any{"to": "x"}}})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]any{"target": "x"}, result.Value); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(parse(t, text), p.Document); diff != "" {
		t.Errorf("the document was changed: %s", diff)
	}
}

func TestExpandedParamsAreResolvedBesideTheDocument(t *testing.T) {
	const text = `{"steps":[{"id":"a","type":"demo.report","params":{"style":"full","extra":"{{ trigger.query.x }}"}}]}`
	p := compiled(t, text)
	scope := mapping.Scope{"trigger": map[string]any{"body": "b", "query": map[string]any{"x": "q"}}, "contact": map[string]any{"email": "ada@example.com"}}
	result, err := p.Node("a").Params.Resolve(context.Background(), scope)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"style": "full", "extra": "q", "body": map[string]any{"extra": "q", "from": "b", "who": "ada@example.com"}}
	if diff := cmp.Diff(want, result.Value); diff != "" {
		t.Error(diff)
	}
	roots := map[string]bool{}
	for _, r := range p.Node("a").References {
		roots[r.Path[0]] = true
	}
	if !roots["contact"] || !roots["trigger"] {
		t.Errorf("the references are of %v", roots)
	}
	if diff := cmp.Diff(parse(t, text), p.Document); diff != "" {
		t.Errorf("the document was changed: %s", diff)
	}
}

func TestWhatIsSwitchedOffCompiles(t *testing.T) {
	p := compiled(t, `{"triggers":[{"id":"x","type":"no.such","disabled":true},{"id":"y","type":"webhook.catch","disabled":true,"params":{"when":"{{ nope( }}"}}],
		"steps":[{"id":"a","type":"no.such","disabled":true,"params":{"x":"{{ nope( }}"},"steps":[{"id":"b","type":"offer.grant","params":{"offer":"{{"}}]}]}`)
	if p.Triggers["x"] != nil || p.Triggers["y"] == nil {
		t.Errorf("the triggers are %v", p.Triggers)
	}
	for _, id := range []string{"a", "b"} {
		n := p.Node(id)
		if n.Type == nil || n.Params == nil || n.List == nil {
			t.Errorf("%s became %+v", id, n)
		}
	}
}

func TestCompileRefusesWhatCannotRun(t *testing.T) {
	_, problems := Compile(parse(t, `{"triggers":[{"id":"t","type":"webhook.catch","params":{"when":"{{ 1 + }}"}}],"steps":[
		{"id":"a","type":"no.such"},
		{"id":"b","type":"webhook.send","params":{"url":"{{ nope( }}","body":{"$secret":"sec_1"}}},
		{"id":"c","type":"flow.branch","branches":[{"id":"x","when":{"match":"most"},"steps":[{"id":"d","type":"flow.stop","v":9}]}]}]}`), testRegistry())
	want := []string{
		"problem syntax /triggers/0/params/when t", "problem unknown_type /steps/0/type a", "problem misplaced_secret /steps/1/params/body b",
		"problem syntax /steps/1/params/url b", "problem newer_version /steps/2/branches/0/steps/0/v d", "problem rule /steps/2/branches/0/when/match c", "problem rule /steps/2/branches/0/when/rules c",
	}
	if diff := cmp.Diff(want, found(problems)); diff != "" {
		t.Error(diff)
	}
}

func TestDoubledIDsDoNotCompile(t *testing.T) {
	d := &Document{Schema: 1, Steps: []Step{{ID: "a", Type: "flow.stop", V: 1}, {ID: "a", Type: "flow.stop", V: 1}}}
	if p, problems := Compile(d, testRegistry()); p != nil || len(problems) != 1 || problems[0].Code != CodeDuplicateID {
		t.Errorf("%v %v", p, problems)
	}
}

func BenchmarkCompile500Steps(b *testing.B) {
	d := parse(b, chain(500))
	registry := testRegistry()
	for b.Loop() {
		if p, problems := Compile(d, registry); p == nil {
			b.Fatal(problems)
		}
	}
}

func BenchmarkParse500Steps(b *testing.B) {
	text := []byte(chain(500))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if d, problems := Parse(text); d == nil {
			b.Fatal(problems)
		}
	}
}

// A run's step results name their steps by path, so that a document may change
// around them.
func ExampleWalk() {
	d, _ := Parse([]byte(`{"steps":[{"id":"tier","type":"flow.branch","branches":[{"id":"vip","steps":[{"id":"access","type":"offer.grant"}]}]}]}`))
	Walk(d, func(p Place) bool {
		fmt.Println(p.Path)
		return true
	})
	// Output:
	// tier
	// tier/vip/access
}
