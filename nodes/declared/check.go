package declared

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes"
)

// Check is a rule about the settings of a step that its fields alone cannot say.
type Check struct {
	When    string `yaml:"when" required:"true" max:"2000" doc:"A condition over params that says what is wrong: {{ params.blocks == nil and params.text == nil }}. It is asked while the step is edited, and once more before anything is sent, for what is mapped."`
	Field   string `yaml:"field" required:"true" doc:"Key of the field that the problem is shown at."`
	Message string `yaml:"message" required:"true" max:"500" doc:"A sentence for marketers: what is wrong and what to do."`
}

// check is a compiled Check.
type check struct {
	Check
	when *mapping.Template
	// names are the params that the condition is about.
	names []string
}

func (l *linter) checks(a *Action, at string) []check {
	var out []check
	for i, one := range a.Checks {
		at := at + "/checks/" + strconv.Itoa(i)
		if one.Field != "" && !slices.ContainsFunc(a.Fields, func(f Field) bool { return f.Key == one.Field }) {
			l.add(at+"/field", "Name a field of this action.", "there is no field %.60s", one.Field)
		}
		l.named = map[string]bool{}
		when := l.text(braced(one.When), at+"/when", "params")
		out = append(out, check{one, when, slices.Sorted(maps.Keys(l.named))})
		l.named = nil
	}
	return out
}

// wrong lists the checks of an action that the params break. In a draft a check
// whose params hold mappings is left for the run.
func (a *action) wrong(ctx context.Context, params map[string]any, draft bool) []nodes.FieldProblem {
	if len(a.checks) == 0 {
		return nil
	}
	whole := maps.Clone(params)
	if whole == nil {
		whole = map[string]any{}
	}
	for _, f := range a.Fields {
		if f.Default != nil && value.Empty(whole[f.Key]) {
			whole[f.Key] = f.Default
		}
	}
	var problems []nodes.FieldProblem
	for _, c := range a.checks {
		mapped := func(key string) bool { return strings.Contains(encoded(whole[key]), "{{") }
		if draft && slices.ContainsFunc(c.names, mapped) {
			continue
		}
		if holds(ctx, c.when, mapping.Scope{"params": whole}) {
			problems = append(problems, nodes.FieldProblem{Pointer: "/" + c.Field, Code: "invalid", Message: c.Message})
		}
	}
	return problems
}
