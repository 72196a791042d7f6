package workflow

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes"
)

// reporter takes a problem whose pointer is relative to the trigger or step.
type reporter = func(pointer, code, message string)

// parts are the compiled mappings of one step.
type parts struct {
	params     *mapping.Template
	conditions map[string]*mapping.Condition
	// whens holds the condition of each branch, nil for the fallback.
	whens []*mapping.Condition
	// references are of all three; readings are the same with their pointers.
	references []mapping.Reference
	readings   []reading
}

// compileParts compiles what can be compiled and reports the rest.
func compileParts(u use, s *Step, report reporter) parts {
	p := parts{conditions: compileConditions(u, report)}
	p.template(u, report)
	for _, f := range u.typ.Fields {
		if c := p.conditions[f.Key]; c != nil {
			p.read(c.References(), under("/params", f.Key))
		}
	}
	for i, b := range s.Branches {
		p.whens = append(p.whens, nil)
		if b.When == nil {
			continue
		}
		at := under("/branches", i, "when")
		p.whens[i] = compileCondition(b.When, at, report)
		if p.whens[i] != nil {
			p.read(p.whens[i].References(), at)
		}
	}
	return p
}

// template compiles the params that are no conditions. What the type writes out
// of them is judged as the author wrote it and run as it was written out.
func (p *parts) template(u use, report reporter) {
	written := withoutConditions(u.typ, u.params)
	template, problems := mapping.CompileHTML(written, richText(u))
	reportMapping(written, problems, "/params", report)
	if template == nil {
		p.readUnbroken(written)
		return
	}
	p.params, p.readings = template, readingsOf(template.References(), "/params")
	if u.typ.Expand != nil {
		template = p.expanded(u, report)
	}
	p.params, p.references = template, slices.Clone(template.References())
}

// readUnbroken notes what the params read that compile by themselves, so that a
// broken one beside them hides none of their problems.
func (p *parts) readUnbroken(written map[string]any) {
	for _, key := range slices.Sorted(maps.Keys(written)) {
		if template, _ := mapping.Compile(written[key]); template != nil {
			p.readings = append(p.readings, readingsOf(template.References(), under("/params", key))...)
		}
	}
}

// expanded compiles what the type makes of the params; what it adds has no
// place in the document, so that its readings and problems point to the params.
func (p *parts) expanded(u use, report reporter) *mapping.Template {
	params, err := expand(u)
	if err != nil {
		report("/params", CodeExpand, fmt.Sprintf("The settings of %q could not be read (%v): set it up again.", u.typ.Name, err))
		return p.params
	}
	template, problems := mapping.CompileHTML(withoutConditions(u.typ, params), richText(u))
	if template == nil {
		report("/params", CodeExpand, fmt.Sprintf("The settings of %q could not be read (%s): set it up again.", u.typ.Name, problems[0].Message))
		return p.params
	}
	known := map[string]bool{}
	for _, r := range p.readings {
		known[r.String()] = true
	}
	for _, r := range readingsOf(template.References(), "") {
		if !known[r.String()] {
			r.pointer = "/params"
			p.readings = append(p.readings, r)
		}
	}
	return template
}

// richText tells which params are HTML; nil when the type has none.
func richText(u use) func(pointer string) bool {
	at := map[string]bool{}
	leaves(u.typ.Fields, u.params, "", func(l leaf) {
		if l.field.Kind == nodes.FieldRichText {
			at[l.at] = true
		}
	})
	if len(at) == 0 {
		return nil
	}
	return func(pointer string) bool { return at[pointer] }
}

func withoutConditions(t *nodes.NodeType, params map[string]any) map[string]any {
	rest := make(map[string]any, len(params))
	for key, v := range params {
		if !isCondition(t, key) {
			rest[key] = v
		}
	}
	return rest
}

func (p *parts) read(references []mapping.Reference, at string) {
	p.references = append(p.references, references...)
	p.readings = append(p.readings, readingsOf(references, at)...)
}

func isCondition(t *nodes.NodeType, key string) bool {
	for i := range t.Fields {
		if t.Fields[i].Key == key {
			return t.Fields[i].Kind == nodes.FieldCondition
		}
	}
	return false
}

// compileConditions compiles the params that are conditions, by their key. An
// absent one has no entry; whether it is required, the node type's form knows.
func compileConditions(u use, report reporter) map[string]*mapping.Condition {
	compiled := map[string]*mapping.Condition{}
	for _, f := range u.typ.Fields {
		v, ok := u.params[f.Key]
		if f.Kind != nodes.FieldCondition || !ok || v == nil || v == "" {
			continue
		}
		if c := compileCondition(v, under("/params", f.Key), report); c != nil {
			compiled[f.Key] = c
		}
	}
	return compiled
}

func compileCondition(v any, at string, report reporter) *mapping.Condition {
	c, problems := mapping.CompileCondition(v)
	reportMapping(v, problems, at, report)
	if len(problems) > 0 {
		return nil
	}
	return c
}

// reportMapping passes on what the mapping compiler found in v.
func reportMapping(v any, found []mapping.Problem, at string, report reporter) {
	for _, p := range found {
		code, message := p.Code, p.Message
		if instead, ok := foreign[nameAt(v, p)]; ok && code == mapping.CodeUnknownName {
			code, message = CodeForeignName, instead
		}
		report(at+p.Path, code, fullStop(sentence(message)))
	}
}

var leadingName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*`)

// nameAt reads the name that a problem points to.
func nameAt(v any, p mapping.Problem) string {
	text, ok := atPointer(v, p.Path).(string)
	if !ok || p.Offset < 0 || p.Offset > len(text) {
		return ""
	}
	return leadingName.FindString(text[p.Offset:])
}

// atPointer returns the value that a JSON pointer names, nil for none.
func atPointer(v any, pointer string) any {
	if pointer == "" {
		return v
	}
	for token := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		switch x := v.(type) {
		case map[string]any:
			v = x[value.UnescapeKey(token)]
		case []any:
			i, err := strconv.Atoi(token)
			if err != nil || i < 0 || i >= len(x) {
				return nil
			}
			v = x[i]
		default:
			return nil
		}
	}
	return v
}

// readingsOf lists what a compiled value reads, under the value's pointer.
func readingsOf(references []mapping.Reference, at string) []reading {
	readings := make([]reading, 0, len(references))
	for _, r := range references {
		if len(r.Path) > 0 {
			readings = append(readings, reading{pointer: at + r.At, path: r.Path, quiet: r.Handled})
		}
	}
	return readings
}
