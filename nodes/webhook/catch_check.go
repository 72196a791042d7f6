package webhook

import (
	"fmt"

	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/nodes"
)

// Validate reports everything that open would refuse, with its place.
func (p CatchParams) Validate() []nodes.FieldProblem {
	list := p.Signature.problems()
	add := func(pointer string, err error) {
		if err != nil {
			list = append(list, nodes.FieldProblem{Pointer: pointer, Code: "invalid", Message: sentence(err.Error())})
		}
	}
	_, err := parseAddresses(p.AllowIPs)
	add("/allow_ips", err)
	if p.Dedupe.Key != "" || p.Dedupe.By == "off" || p.Dedupe.By == "sender" {
		_, err = openDedupe(p.Dedupe, p.Signature.Scheme)
		add("/dedupe/key", err)
	}
	_, err = openExpect(p.Expect)
	add("/expect", err)
	list = append(list, p.Respond.headerProblems()...)
	return append(list, p.mappings()...)
}

// mappings compiles the parts that may read the request, and holds them to it:
// nothing else is known when a request comes in.
func (p CatchParams) mappings() []nodes.FieldProblem {
	var list []nodes.FieldProblem
	check := func(pointer string, v any) {
		template, problems := mapping.Compile(v)
		for _, problem := range problems {
			list = append(list, nodes.FieldProblem{Pointer: pointer + problem.Path, Code: problem.Code, Message: sentence(problem.Message)})
		}
		list = append(list, foreign(pointer, template.References())...)
	}
	if d, err := openDedupe(p.Dedupe, p.Signature.Scheme); err == nil {
		list = append(list, foreign("/dedupe/key", d.references())...)
	}
	if len(p.Respond.Headers) > 0 {
		check("/respond/headers", p.Respond.Headers)
	}
	check("/respond/body", p.Respond.Body)
	if p.When.Source != nil {
		// The document's own check reports what does not compile.
		if when, problems := mapping.CompileCondition(p.When.Source); len(problems) == 0 {
			list = append(list, foreign("/when", when.References())...)
		}
	}
	return list
}

// foreign reports mappings of what a trigger cannot know.
func foreign(pointer string, refs []mapping.Reference) []nodes.FieldProblem {
	var list []nodes.FieldProblem
	for _, ref := range refs {
		if root := ref.Path[0]; root != "trigger" && root != "inboundWebhookRequest" {
			list = append(list, nodes.FieldProblem{
				Pointer: pointer + ref.At, Code: "unknown_name",
				Message: fmt.Sprintf("A trigger knows the request only: use trigger instead of %s.", root),
			})
		}
	}
	return list
}

// sentence begins with a capital and ends with a full stop.
func sentence(text string) string {
	if text == "" {
		return ""
	}
	if first := text[0]; first >= 'a' && first <= 'z' {
		text = string(first-'a'+'A') + text[1:]
	}
	if last := text[len(text)-1]; last != '.' && last != '!' && last != '?' {
		text += "."
	}
	return text
}
