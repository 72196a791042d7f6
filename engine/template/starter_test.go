package template_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hookloom/hookloom/engine/sender"
	"github.com/hookloom/hookloom/engine/template"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
	_ "github.com/hookloom/hookloom/nodes/all"
)

// filled are values for all inputs of a template.
func filled(f template.File) map[string]any {
	given := map[string]any{}
	for _, in := range f.Inputs {
		switch in.Kind {
		case template.Text:
			if given[in.Key] = in.Default; in.Default == nil {
				given[in.Key] = "Example"
			}
		case template.URL:
			given[in.Key] = "https://example.com/x"
		case template.Secret:
			given[in.Key] = map[string]any{"$secret": "sec_x"}
		case template.Switch:
			given[in.Key] = true
		case template.ContactField:
		default:
			given[in.Key] = "Example"
		}
	}
	return given
}

// problems validates the workflows of a template with some inputs filled in.
func problems(t *testing.T, s template.Starter, given map[string]any) []workflow.Problem {
	t.Helper()
	facts := workflow.Facts{CustomValues: map[string]bool{}, ContactFields: map[string]bool{}}
	for _, in := range s.Inputs {
		facts.CustomValues[in.Key] = in.Kind == template.CustomValue
		facts.ContactFields[in.Key] = in.Kind == template.ContactField
	}
	var all []workflow.Problem
	for i := range s.Workflows {
		text, err := s.Fill(i, given)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), template.InputKey) {
			t.Errorf("%s: a blank is left: %s", s.ID, text)
		}
		doc, broken := workflow.Parse(text)
		if doc == nil {
			t.Fatalf("%s: %v", s.ID, broken)
		}
		all = append(all, workflow.Validate(doc, nodes.Default(), facts)...)
	}
	return all
}

func TestG2StartersHaveNoProblemButWhatTheyAskFor(t *testing.T) {
	for _, s := range template.Starters() {
		for _, p := range problems(t, s, filled(s.File)) {
			t.Errorf("%s: %s %s %s", s.ID, p.Severity, p.Pointer, p.Message)
		}
		given := filled(s.File)
		later := map[string]bool{}
		for _, in := range s.Inputs {
			if !in.Required && in.Default == nil {
				delete(given, in.Key)
				later["/"+in.Key] = true
			}
		}
		for _, p := range problems(t, s, given) {
			if asked := regexp.MustCompile(`/[a-z_]+$`).FindString(p.Pointer); p.Severity == workflow.SeverityProblem && !later[asked] {
				t.Errorf("%s: %s %s is asked for nowhere", s.ID, p.Pointer, p.Message)
			}
		}
		if m := s.Missing(filled(s.File)); len(m) > 0 {
			t.Errorf("%s: missing %v", s.ID, m)
		}
	}
}

// TestG2StartersSayWhatTheyAre holds each file to what the gallery shows.
func TestG2StartersSayWhatTheyAre(t *testing.T) {
	if n := len(template.Starters()); n < 25 {
		t.Errorf("%d starters", n)
	}
	for _, s := range template.Starters() {
		if s.Summary == "" || s.Icon == "" || len(s.Name) > 60 || !strings.HasSuffix(s.Summary, ".") {
			t.Errorf("%s lacks a summary, an icon or a short name", s.ID)
		}
		text, err := os.ReadFile(filepath.Join("starter", s.ID+".template.json"))
		if err != nil {
			t.Fatal(err)
		}
		for _, in := range s.Inputs {
			uses := map[string]string{template.CustomValue: "custom_values." + in.Key, template.ContactField: "contact.fields." + in.Key}[in.Kind]
			if uses == "" {
				uses = `"$input": "` + in.Key + `"`
			}
			if !strings.Contains(string(text), uses) {
				t.Errorf("%s asks for %s and does not use it", s.ID, in.Key)
			}
			if in.Kind == template.CustomValue && in.Example == "" || in.Kind == template.Connection && (in.Auth == "" || in.Host == "") {
				t.Errorf("%s: %s lacks its example, or the connection that fits", s.ID, in.Key)
			}
		}
		for _, used := range regexp.MustCompile(`custom_values\.([a-z0-9_]+)`).FindAllStringSubmatch(string(text), -1) {
			if !slices.ContainsFunc(s.Inputs, func(in template.Input) bool { return in.Kind == template.CustomValue && in.Key == used[1] }) {
				t.Errorf("%s does not ask for the custom value %s", s.ID, used[1])
			}
		}
		if strings.Contains(string(text), "webhook.send") && !slices.Contains([]string{"catch-and-forward"}, s.ID) && len(s.Sources) == 0 {
			t.Errorf("%s calls another service and names no source", s.ID)
		}
		if sample := s.Sample; sample != nil && sample.Sender != template.Own {
			if _, ok := sender.Named(sample.Sender).Sample(sample.Event); !ok {
				t.Errorf("%s: no sample %v", s.ID, sample)
			}
		}
		if found, ok := template.StarterNamed(s.ID); !ok || found.Name != s.Name {
			t.Errorf("%s is not found", s.ID)
		}
	}
}

// TestG2NoTwoStartersDoTheSame compares the types of triggers and actions.
func TestG2NoTwoStartersDoTheSame(t *testing.T) {
	seen := map[string]string{}
	for _, s := range template.Starters() {
		var does []string
		for _, w := range s.Workflows {
			v, err := value.Decode(w.Definition)
			if err != nil {
				t.Fatal(err)
			}
			does = append(does, typesIn(v)...)
		}
		if other, twice := seen[strings.Join(does, " ")]; twice {
			t.Errorf("%s and %s are both %s", s.ID, other, does)
		}
		seen[strings.Join(does, " ")] = s.ID
	}
}

// typesIn lists the node types of a definition in their order, branches and
// error paths included.
func typesIn(v any) []string {
	var list []string
	switch x := v.(type) {
	case []any:
		for _, e := range x {
			list = append(list, typesIn(e)...)
		}
	case map[string]any:
		if kind, ok := x["type"].(string); ok {
			list = append(list, kind)
		}
		for _, key := range []string{"triggers", "branches", "steps", "on_error"} {
			list = append(list, typesIn(x[key])...)
		}
	}
	return list
}

func TestG2EveryUseCaseHasAStarter(t *testing.T) {
	for use, ids := range map[string][]string{
		"add buyer to segment":    {"buyer-segment"},
		"tag by purchase":         {"tag-by-purchase"},
		"welcome sequence":        {"welcome-sequence"},
		"grant community access":  {"slack-invite", "discord-role"},
		"revoke community access": {"slack-remove", "discord-role-removed"},
		"revoke on cancellation":  {"revoke-on-cancellation"},
		"CRM update":              {"crm-contacts"},
		"revenue row in a sheet":  {"revenue-sheet"},
		"analytics log":           {"analytics-log"},
		"invoice":                 {"invoice"},
		"phone notification":      {"sale-on-phone"},
		"inventory":               {"inventory"},
	} {
		for _, id := range ids {
			if _, ok := template.StarterNamed(id); !ok {
				t.Errorf("%s: there is no starter %s", use, id)
			}
		}
	}
}
