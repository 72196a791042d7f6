package workflow

import (
	"fmt"

	"pgregory.net/rapid"
)

// anyDocument draws well-formed documents as plain values: every key, nesting,
// types known and unknown, mappings to steps that may or may not exist.
func anyDocument() *rapid.Generator[map[string]any] {
	return rapid.Custom(func(t *rapid.T) map[string]any {
		g := &generator{t: t}
		d := map[string]any{"schema": 1, "steps": g.steps(0)}
		for i := range rapid.IntRange(0, 3).Draw(t, "triggers") {
			d["triggers"] = append(asList(d["triggers"]), map[string]any{
				"id": fmt.Sprintf("t%d", i), "type": rapid.SampledFrom([]string{"webhook.catch", "tag.added", "manual.start", "no.such"}).Draw(t, "trigger"),
				"disabled": rapid.Bool().Draw(t, "off"), "params": g.params(),
			})
		}
		if rapid.Bool().Draw(t, "settings") {
			d["settings"] = map[string]any{
				"contact":  rapid.SampledFrom([]any{nil, "optional", "required", "never"}).Draw(t, "contact"),
				"timezone": rapid.SampledFrom([]any{nil, "Europe/Berlin", "Mars/Base", ""}).Draw(t, "zone"),
			}
		}
		return d
	})
}

func asList(v any) []any {
	list, _ := v.([]any)
	return list
}

type generator struct {
	t     *rapid.T
	count int
}

var randomTypes = []string{
	"contact.upsert", "contact.find", "offer.grant", "webhook.send", "flow.branch", "flow.loop", "flow.filter", "flow.stop", "demo.old", "demo.report", "no.such", "webhook.catch",
}

func (g *generator) steps(depth int) []any {
	list := []any{}
	most := 4
	if depth > 2 {
		most = 0
	}
	for range rapid.IntRange(0, most).Draw(g.t, "steps") {
		list = append(list, g.step(depth))
	}
	return list
}

func (g *generator) step(depth int) map[string]any {
	t := g.t
	g.count++
	s := map[string]any{"id": fmt.Sprintf("s%d", g.count), "type": rapid.SampledFrom(randomTypes).Draw(t, "type"), "params": g.params()}
	set := func(key string, v any) {
		if rapid.IntRange(0, 3).Draw(t, key) == 0 {
			s[key] = v
		}
	}
	set("v", rapid.IntRange(1, 3).Draw(t, "version"))
	set("name", rapid.StringN(0, 20, -1).Draw(t, "text"))
	set("disabled", true)
	set("repeatable", rapid.Bool().Draw(t, "repeats"))
	set("retry", rapid.SampledFrom([]any{
		map[string]any{"attempts": 3}, map[string]any{"delays": []any{"5s", 1, "2d"}}, map[string]any{"attempts": 99, "backoff": map[string]any{"factor": 0.5, "initial": "90m"}}, map[string]any{},
	}).Draw(t, "policy"))
	set("steps", g.steps(depth+1))
	set("on_error", map[string]any{"do": rapid.SampledFrom([]string{"stop", "continue", "branch"}).Draw(t, "do"), "steps": g.steps(depth + 1)})
	branches := []any{}
	for i := range rapid.IntRange(0, 3).Draw(t, "branches") {
		branches = append(branches, map[string]any{"id": fmt.Sprintf("b%d", i), "when": g.value(0), "steps": g.steps(depth + 1)})
	}
	set("branches", branches)
	return s
}

func (g *generator) params() map[string]any {
	params := map[string]any{}
	for range rapid.IntRange(0, 3).Draw(g.t, "params") {
		key := rapid.SampledFrom([]string{"email", "offer", "url", "when", "items", "if_missing", "secret", "headers", "tags", "body", "style", "extra", "x/~y"}).Draw(g.t, "key")
		params[key] = g.value(0)
	}
	return params
}

func (g *generator) value(depth int) any {
	t := g.t
	switch rapid.IntRange(0, 9).Draw(t, "kind") {
	case 0:
		return nil
	case 1:
		return rapid.Bool().Draw(t, "bool")
	case 2:
		return rapid.Int().Draw(t, "int")
	case 3:
		return rapid.Float64Range(-1e300, 1e300).Draw(t, "float")
	case 4, 5:
		return rapid.SampledFrom([]string{
			"{{ trigger.body.email }}", "{{ steps.s1.contact.email }}", "{{ steps.s2.x | default('y') }}", "{{ steps.zz }}", "{{ loop.item }}", "{{ contact.email }}",
			"{{ user.name }}", "{{ nope(", "{{ custom_values.a }}", "plain", "full", "broken", "panic", "", "{{ 1 == 1 }}",
		}).Draw(t, "mapping")
	case 6:
		return map[string]any{"$secret": "sec_1"}
	case 7:
		return map[string]any{"match": "all", "rules": []any{map[string]any{"value": "{{ steps.s3.a }}", "is": "is", "to": 1}}}
	case 8:
		if depth < 3 {
			return []any{g.value(depth + 1), g.value(depth + 1)}
		}
	case 9:
		if depth < 3 {
			return map[string]any{rapid.String().Draw(t, "name"): g.value(depth + 1)}
		}
	}
	return rapid.String().Draw(t, "string")
}
