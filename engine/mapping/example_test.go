package mapping_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/hookloom/hookloom/engine/mapping"
)

func ExampleCompile() {
	template, problems := mapping.Compile(map[string]any{
		"email": "{{ trigger.body.email | lower() }}",
		"name":  `{{ trigger.body.name | default("friend") }}`,
		"text":  "Hello {{ trigger.body.name }}, you are no. {{ trigger.body.n }}",
	})
	fmt.Println(problems)
	result, err := template.Resolve(context.Background(), mapping.Scope{
		"trigger": map[string]any{"body": map[string]any{"email": "ADA@Example.com", "n": 49.0}},
	})
	fmt.Println(mapping.Text(result.Value), err)
	fmt.Println(result.Missing)
	// Output:
	// []
	// {"email":"ada@example.com","name":"friend","text":"Hello , you are no. 49"} <nil>
	// [{/text trigger.body.name}]
}

func ExampleCompile_problem() {
	_, problems := mapping.Compile(map[string]any{"email": "{{ trigger.body.email | lowr() }}"})
	for _, p := range problems {
		fmt.Println(p.Path, p.Line, p.Column, p.Code, p.Message)
	}
	// Output: /email 1 25 unknown_function there is no function lowr(); do you mean lower()?
}

func ExampleTemplate_Resolve_stop() {
	template, _ := mapping.Compile(`{{ trigger.body.email | stop("The order has no e-mail address") }}`)
	_, err := template.Resolve(context.Background(), mapping.Scope{})
	var stop *mapping.StopError
	fmt.Println(errors.As(err, &stop), err)
	// Output: true The order has no e-mail address
}

func ExampleCompileCondition() {
	condition, _ := mapping.CompileCondition(map[string]any{"match": "all", "rules": []any{
		map[string]any{"value": "{{ trigger.body.plan }}", "is": "is", "to": "pro"},
		map[string]any{"is": "has_tag", "to": "Customer"},
	}})
	verdict, err := condition.Evaluate(context.Background(), mapping.Scope{
		"trigger": map[string]any{"body": map[string]any{"plan": "PRO"}},
		"contact": map[string]any{"tags": []any{"customer"}},
	})
	fmt.Println(verdict.Met, err)
	// Output: true <nil>
}
