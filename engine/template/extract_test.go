package template_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/hookloom/hookloom/engine/template"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
	_ "github.com/hookloom/hookloom/nodes/all"
)

const (
	courseID  = "off_0198c5d4-5a3e-7cc1-b3a5-2f6a1f0a9c11"
	contactID = "con_0198c5d4-5a3e-7cc1-b3a5-2f6a1f0a9c12"
	slackID   = "cxn_0198c5d4-5a3e-7cc1-b3a5-2f6a1f0a9c13"
	formID    = "frm_0198c5d4-5a3e-7cc1-b3a5-2f6a1f0a9c14"
)

var home = template.Home{
	Offers:      []template.Thing{{ID: courseID, Name: "Course A", Define: &template.Define{Products: []string{"Course A"}}}},
	Connections: []template.Thing{{ID: slackID, Name: "Our Slack", Auth: "auth.bearer", Host: "slack.com"}},
	Forms: []template.Thing{{ID: formID, Name: "Apply", Define: &template.Define{Form: &template.FormDefine{Fields: []template.FormField{
		{Key: "size", Kind: "text", Label: "Size", To: "fields.size"}}}}}},
	Fields: []template.Thing{{ID: "plan", Name: "Plan", Define: &template.Define{Type: "choice", Options: []string{"A"}}}, {ID: "size", Name: "Size"}},
	Values: []template.Thing{{ID: "sheet", Name: "Sheet"}},
	Tags:   []template.Thing{{ID: "tag_1", Name: "VIP"}},
}

const source = `{"schema":1,"triggers":[
	{"id":"sale","type":"webhook.catch","params":{"signature":{"scheme":"stripe","secret":{"$secret":"sec_1"}}}},
	{"id":"form","type":"form.submitted","params":{"forms":["` + formID + `"]}}],
"steps":[
	{"id":"buyer","type":"contact.upsert","params":{"email":"{{ trigger.body.email }}","tags":["vip","{{ trigger.body.tag }}"],"fields":{"plan":"A"}}},
	{"id":"grant","type":"offer.grant","params":{"offer":"` + courseID + `"}},
	{"id":"tier","type":"flow.branch","branches":[
		{"id":"a","when":{"match":"all","rules":[{"is":"has_offer","to":["Course A"]},{"value":"{{ contact.fields.plan }}","is":"is","to":"A"}]},"steps":[
			{"id":"tell","type":"webhook.send","params":{"url":"https://slack.com/api/chat.postMessage","auth":"connection","connection":"` + slackID + `",
				"headers":{"X-Api-Key":"k_private_1234"},"body":{"text":"{{ custom_values.sheet }}","who":"id ` + contactID + `!"}}}]},
		{"id":"b","steps":[
			{"id":"hook","type":"webhook.send","params":{"url":"https://hooks.example.com/T0/private-path/{{ trigger.body.id }}?x=1","body":{"note":"Bearer {{ custom_values.sheet }}"}}}]}]}]}`

func extracted(t *testing.T, text string, before template.Recipe) (template.File, template.Recipe) {
	t.Helper()
	got, err := template.Extract([]template.Source{{Key: "sale", Name: "Sale", Definition: []byte(text)}}, before, home, nodes.Default())
	if err != nil {
		t.Fatal(err)
	}
	f := template.File{Schema: template.Schema, Name: "Sale", Workflows: got.Workflows}
	recipe := template.Recipe{Workflows: []template.RecipeWorkflow{{Key: "sale", ID: "wf_1"}}, Texts: before.Texts}
	for _, in := range got.Inputs {
		f.Inputs = append(f.Inputs, in.Input)
		recipe.Inputs = append(recipe.Inputs, in.RecipeInput)
	}
	encoded, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	f, problems := template.Read(encoded)
	for _, p := range append(problems, template.Known(f, nodes.Default())...) {
		t.Errorf("%s: %s", p.Pointer, p.Message)
	}
	return f, recipe
}

func input(t *testing.T, f template.File, kind string) template.Input {
	t.Helper()
	i := slices.IndexFunc(f.Inputs, func(in template.Input) bool { return in.Kind == kind })
	if i < 0 {
		t.Fatalf("no %s among %+v", kind, f.Inputs)
	}
	return f.Inputs[i]
}

func TestExtractFindsWhatBelongsToTheHome(t *testing.T) {
	f, _ := extracted(t, source, template.Recipe{})
	encoded, _ := json.Marshal(f)
	for _, private := range []string{courseID, contactID, slackID, formID, "sec_1", "k_private", "private-path"} {
		if strings.Contains(string(encoded), private) {
			t.Errorf("the file tells %s: %s", private, encoded)
		}
	}
	for kind, want := range map[string]template.Input{
		template.Offer:        {Mode: template.FindOrCreate, Default: "Course A", Required: true},
		template.Tag:          {Mode: template.FindOrCreate, Default: "VIP"},
		template.Form:         {Mode: template.FindOrCreate, Default: "Apply"},
		template.ContactField: {Mode: template.FindOrCreate},
		template.CustomValue:  {Mode: template.Ask},
		template.Connection:   {Mode: template.Ask, Required: true},
		template.Secret:       {Mode: template.Ask},
		template.URL:          {Mode: template.Fixed, Default: "https://slack.com/api/chat.postMessage", Required: true},
	} {
		got := input(t, f, kind)
		if got.Mode != want.Mode || got.Default != want.Default || kind != template.Secret && got.Required != want.Required {
			t.Errorf("%s: %+v", kind, got)
		}
	}
	if got := input(t, f, template.Connection); got.Auth != "auth.bearer" || got.Host != "slack.com" {
		t.Errorf("%+v", got)
	}
	fields := 0
	for _, in := range f.Inputs {
		if in.Kind == template.ContactField {
			fields++
		}
	}
	if fields != 2 {
		t.Errorf("%d contact fields: the form's own is missing", fields)
	}
}

func TestFillMakesTheSourceAgain(t *testing.T) {
	f, recipe := extracted(t, source, template.Recipe{})
	given := map[string]any{}
	for _, in := range recipe.Inputs {
		switch in.Kind {
		case template.Offer, template.Form, template.Connection, template.URL:
			given[in.Key] = in.Stands
		case template.Tag:
			given[in.Key] = "vip"
		case template.Secret:
			given[in.Key] = map[string]any{"$secret": "sec_1"}
		case template.Text:
			given[in.Key] = map[bool]string{true: contactID, false: "k_private_1234"}[in.Stands == contactID]
		}
	}
	text, err := f.Fill(0, given)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`"offer":"` + courseID, `"forms":["` + formID, `"tags":["vip","{{ trigger.body.tag }}"]`, `"to":["` + courseID,
		`"X-Api-Key":"k_private_1234"`, `"who":"id ` + contactID + `!"`, `"url":"https://hooks.example.com/T0/private-path/{{ trigger.body.id }}?x=1"`, `"connection":"` + slackID} {
		if !strings.Contains(string(text), part) {
			t.Errorf("no %s in %s", part, text)
		}
	}
}

func TestKeysStayOverVersions(t *testing.T) {
	_, recipe := extracted(t, source, template.Recipe{})
	slices.Reverse(recipe.Inputs)
	recipe.Inputs[0].Label, recipe.Inputs[0].Help = "Renamed", "By hand"
	recipe.Texts = []template.Mark{{Workflow: "sale", Step: "hook", Pointer: "/body/note"}}
	changed := strings.Replace(source, `"tags":["vip",`, `"tags":["vip","new",`, 1)
	changed = strings.Replace(changed, `"Bearer {{ custom_values.sheet }}"`, `"Say hello"`, 1)
	f, now := extracted(t, changed, recipe)
	for i, in := range recipe.Inputs {
		if f.Inputs[i].Key != in.Key || now.Inputs[i].Stands != in.Stands {
			t.Errorf("input %d was %s and is %s", i, in.Key, f.Inputs[i].Key)
		}
	}
	if f.Inputs[0].Label != "Renamed" || f.Inputs[0].Help != "By hand" {
		t.Errorf("%+v", f.Inputs[0])
	}
	if len(f.Inputs) != len(recipe.Inputs)+2 {
		t.Errorf("%d inputs, %d before", len(f.Inputs), len(recipe.Inputs))
	}
	marked := input(t, template.File{Inputs: f.Inputs[len(recipe.Inputs):]}, template.Text)
	if marked.Default != "Say hello" {
		t.Errorf("%+v", marked)
	}
}

func TestReadRefusesHostileFiles(t *testing.T) {
	step := `{"id":"s","type":"flow.stop","params":{}}`
	many := strings.TrimSuffix(strings.Repeat(`{"id":"s","type":"flow.stop"},`, 10_000), ",")
	with := func(steps string) string {
		return `{"schema":1,"name":"x","workflows":[{"name":"w","definition":{"steps":[` + steps + `]}}]}`
	}
	for _, c := range []struct{ name, text, pointer, code string }{
		{"no JSON", `{"schema":`, "", "malformed"},
		{"a list", `[]`, "", "malformed"},
		{"a newer schema", `{"schema":2,"strange":1}`, "/schema", "newer_schema"},
		{"a newer document", `{"schema":1,"name":"x","workflows":[{"name":"w","definition":{"schema":9}}]}`, "/workflows/0/definition/schema", "newer_schema"},
		{"a doubled id", with(step + "," + step), "/workflows/0/definition/steps/1/id", "duplicate_id"},
		{"10,000 steps", with(many), "/workflows/0/definition/steps", "too_many"},
		{"a prototype", with(`{"id":"s","type":"flow.stop","params":{"a":{"__proto__":{}}}}`), "/workflows/0/definition/steps/0/params/a/__proto__", "forbidden_key"},
		{"a wrong type", `{"schema":1,"name":7,"workflows":[{"name":"w","definition":{}}]}`, "/name", "wrong_type"},
		{"workflows by name", `{"schema":1,"name":"x","workflows":{"a":1}}`, "/workflows", "wrong_type"},
		{"a stray key", `{"schema":1,"name":"x","inputs":[{"key":"a","label":"A","kind":"text","run":1}],"workflows":[{"name":"w","definition":{}}]}`, "/inputs/0/run", "unknown_key"},
		{"a secret as default", `{"schema":1,"name":"x","inputs":[{"key":"a","label":"A","kind":"secret","default":"x"}],"workflows":[{"name":"w","definition":{}}]}`, "/inputs/0/default", "plain_secret"},
		{"a fixed connection", `{"schema":1,"name":"x","inputs":[{"key":"a","label":"A","kind":"connection","mode":"fixed","default":"x"}],"workflows":[{"name":"w","definition":{}}]}`, "/inputs/0/mode", "invalid_input"},
		{"a key twice", `{"schema":1,"name":"x","workflows":[{"key":"a","name":"w","definition":{}},{"key":"a","name":"w","definition":{}}]}`, "/workflows/1/key", "duplicate_id"},
	} {
		_, problems := template.Read([]byte(c.text))
		if !slices.ContainsFunc(problems, func(p workflow.Problem) bool { return p.Pointer == c.pointer && p.Code == c.code }) {
			t.Errorf("%s: %v", c.name, problems[:min(len(problems), 3)])
		}
	}
	f, problems := template.Read([]byte(with(`{"id":"s","type":"made.up"},{"id":"h","type":"webhook.send","params":{"token":"sk_plain"}}`)))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	known := template.Known(f, nodes.Default())
	if len(known) != 2 || known[0].Pointer != "/workflows/0/definition/steps/0/type" || known[1].Pointer != "/workflows/0/definition/steps/1/params/token" {
		t.Errorf("%v", known)
	}
}
