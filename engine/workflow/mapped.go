package workflow

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/hookloom/hookloom/engine/mapping"
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
	mapped := make(map[string]any, len(u.params))
	for key, v := range u.params {
		if !isCondition(u.typ, key) {
			mapped[key] = v
		}
	}
	template, problems := mapping.Compile(mapped)
	p.params = template
	reportMapping(mapped, problems, "/params", report)
	if template != nil {
		p.read(template.References(), "/params")
	}
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
			v = x[strings.NewReplacer("~1", "/", "~0", "~").Replace(token)]
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
