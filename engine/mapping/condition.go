package mapping

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/hookloom/hookloom/engine/value"
)

// Condition is a compiled condition: one expression, or rules built by clicks.
// It is immutable and safe for concurrent use.
type Condition struct {
	root  rule
	refs  []Reference
	fixed bool
}

// Verdict is what a condition decided.
type Verdict struct {
	Met bool `json:"met"`
	// Missing and Notes are as in Result.
	Missing []Missing `json:"missing,omitempty"`
	Notes   []string  `json:"notes,omitempty"`
	// Rules has an entry for every rule, in order; it is empty for an expression.
	Rules []RuleResult `json:"rules,omitempty"`
}

// RuleResult is how one rule of a condition turned out, for the page that
// shows why a contact took a branch.
type RuleResult struct {
	// Path is the JSON pointer of the rule inside the condition.
	Path string `json:"path"`
	// Is is the name of the operator, "" for a group.
	Is string `json:"is,omitempty"`
	// Value and To are what was compared.
	Value any  `json:"value,omitempty"`
	To    any  `json:"to,omitempty"`
	Met   bool `json:"met"`
	// Note says why a rule could not hold, when the types did not fit.
	Note string `json:"note,omitempty"`
	// Rules are those of a group.
	Rules []RuleResult `json:"rules,omitempty"`
}

// maxRules bounds all rules of a condition together.
const maxRules = 200

// rule is a part of a condition.
type rule interface {
	decide(r *run) (RuleResult, error)
}

type (
	// expressionRule is a condition written as an expression.
	expressionRule struct{ template node }
	groupRule      struct {
		path  string
		all   bool
		rules []rule
	}
	rowRule struct {
		path      string
		operator  *operator
		value, to node
	}
)

// CompileCondition reads a condition: an expression, with {{ }} or bare; true or
// false; or {match: "all"|"any", rules: [{value, is, to} | group]}. It reports
// every problem at once; the Condition is nil when there is one.
func CompileCondition(v any) (*Condition, []Problem) {
	c := &templateCompiler{}
	compiler := &conditionCompiler{templateCompiler: c}
	var root rule
	switch x := v.(type) {
	case bool:
		root = expressionRule{constantNode{x}}
	case string:
		root = expressionRule{compiler.expressionText(x)}
	case map[string]any:
		root = compiler.group(x, "", 0)
	default:
		c.problem("", "", 0, CodeCondition, "a condition is an expression or a list of rules, not "+show(v))
	}
	if len(c.problems) > 0 {
		return nil, c.problems
	}
	refs := c.refs
	if readsContact(root) {
		// Such rules do without a contact, so nobody has to be warned.
		refs = append(slices.Clip(refs), Reference{Path: []string{"contact"}, Line: 1, Column: 1, Handled: true})
	}
	return &Condition{root: root, refs: refs, fixed: c.count == 0}, nil
}

type conditionCompiler struct {
	*templateCompiler
	rules int
}

func (c *conditionCompiler) expressionText(text string) node {
	parts, bad := scan(text)
	mappings := 0
	for _, p := range parts {
		if p.expression {
			mappings++
		}
	}
	switch {
	case isBlank(text):
		c.problem("", text, 0, CodeCondition, "the condition is empty")
	case bad == nil && mappings == 0 || bad != nil && !HasMapping(text):
		return singleNode{expression: c.expression(text, "", part{text: text, expression: true})}
	case bad != nil:
		c.problem("", text, bad.offset, CodeUnbalanced, bad.message)
	case len(parts) == 1 || mappings == 1 && blankParts(parts):
		for _, p := range parts {
			if p.expression {
				return singleNode{offset: p.offset, expression: c.expression(text, "", p)}
			}
		}
	default:
		c.problem("", text, 0, CodeCondition, "a condition is one expression; put all of it between {{ and }}")
	}
	return constantNode{}
}

func blankParts(parts []part) bool {
	for _, p := range parts {
		if !p.expression && !isBlank(p.text) {
			return false
		}
	}
	return true
}

func (c *conditionCompiler) group(v map[string]any, path string, depth int) rule {
	g := groupRule{path: path}
	match := v["match"]
	switch match {
	case "all":
		g.all = true
	case "any":
	default:
		c.problem(value.Under(path, "match"), "", 0, CodeRule, `match is "all" or "any"`)
	}
	list, isList := v["rules"].([]any)
	switch {
	case !isList || len(list) == 0:
		c.problem(value.Under(path, "rules"), "", 0, CodeRule, "a condition needs at least one rule")
	case depth > 4:
		c.problem(path, "", 0, CodeRule, "groups of rules are nested too deeply")
		return g
	}
	c.unknown(v, path, "match", "rules")
	for i, e := range list {
		at := value.Under(value.Under(path, "rules"), strconv.Itoa(i))
		if c.rules++; c.rules == maxRules+1 {
			c.problem(at, "", 0, CodeRule, fmt.Sprintf("a condition has at most %d rules", maxRules))
		}
		if c.rules > maxRules {
			return g
		}
		g.rules = append(g.rules, c.rule(e, at, depth))
	}
	return g
}

func (c *conditionCompiler) rule(v any, path string, depth int) rule {
	fields, isObject := v.(map[string]any)
	if !isObject {
		c.problem(path, "", 0, CodeRule, "a rule is {value, is, to} or a group of rules")
		return rowRule{}
	}
	if _, isGroup := fields["rules"]; isGroup {
		return c.group(fields, path, depth+1)
	}
	row := rowRule{path: path}
	c.unknown(fields, path, "value", "is", "to")
	name, _ := fields["is"].(string)
	row.operator = operatorsByName[name]
	if row.operator == nil {
		hint := ""
		if near := nearest(name, operatorNames()); name != "" && near != "" {
			hint = "; do you mean " + near + "?"
		}
		c.problem(value.Under(path, "is"), "", 0, CodeRule, fmt.Sprintf("%q is no comparison%s", shorten(name, 40), hint))
		return row
	}
	if _, hasValue := fields["value"]; !hasValue && row.operator.NeedsValue {
		c.problem(value.Under(path, "value"), "", 0, CodeRule, "the rule does not say what is compared")
	}
	if to, hasTo := fields["to"]; row.operator.NeedsTo && (!hasTo || to == nil) {
		c.problem(value.Under(path, "to"), "", 0, CodeRule, fmt.Sprintf("%q needs something to compare with", row.operator.Label))
	}
	c.quiet = row.operator.asks
	row.value = c.value(fields["value"], value.Under(path, "value"), 0)
	c.quiet = false
	row.to = c.value(fields["to"], value.Under(path, "to"), 0)
	return row
}

func (c *conditionCompiler) unknown(fields map[string]any, path string, known ...string) {
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if !slices.Contains(known, name) {
			c.problem(value.Under(path, name), "", 0, CodeRule, fmt.Sprintf("%q is not known here; there are %s", shorten(name, 40), strings.Join(known, ", ")))
		}
	}
}

// Evaluate decides the condition against s. All rules are evaluated, so that
// the page can show each. The error is an *EvalError or a *StopError.
func (c *Condition) Evaluate(ctx context.Context, s Scope) (Verdict, error) {
	r := beginRun(ctx, s)
	defer r.end()
	result, err := c.root.decide(r)
	verdict := Verdict{Met: result.Met, Missing: r.missing, Notes: r.notes, Rules: result.Rules}
	if err != nil {
		verdict.Met = false
	}
	return verdict, err
}

// References lists the paths that the condition spells out, and the contact where
// a rule asks for its tags or offers. The list is shared.
func (c *Condition) References() []Reference { return c.refs }

// Static reports whether the condition holds no mapping. Rules about tags and
// offers read the scope without one and are not static.
func (c *Condition) Static() bool { return c.fixed && !readsContact(c.root) }

func readsContact(r rule) bool {
	switch x := r.(type) {
	case groupRule:
		return slices.ContainsFunc(x.rules, readsContact)
	case rowRule:
		return !x.operator.NeedsValue
	}
	return false
}

func (e expressionRule) decide(r *run) (RuleResult, error) {
	v, err := e.template.resolve(r)
	if err != nil {
		return RuleResult{}, err
	}
	return RuleResult{Met: r.truth(v)}, nil
}

func (g groupRule) decide(r *run) (RuleResult, error) {
	result := RuleResult{Path: g.path, Met: g.all}
	for _, inner := range g.rules {
		one, err := inner.decide(r)
		if err != nil {
			return result, err
		}
		result.Rules = append(result.Rules, one)
		if one.Met != g.all {
			result.Met = one.Met
		}
	}
	return result, nil
}

func (row rowRule) decide(r *run) (RuleResult, error) {
	result := RuleResult{Path: row.path, Is: row.operator.Name}
	v, err := row.value.resolve(r)
	if err != nil {
		return result, err
	}
	to, err := row.to.resolve(r)
	if err != nil {
		return result, err
	}
	result.Value, result.To = plainOperand(v), plainOperand(to)
	r.fresh()
	r.path = row.path
	met, note, err := row.operator.decide(r, result.Value, result.To)
	if err != nil {
		located := &EvalError{Path: row.path, Code: CodeInternal, Message: err.Error()}
		if f, known := errors.AsType[*fail](err); known {
			located.Code = f.code
		}
		return result, located
	}
	if result.Met, result.Note = met, note; note != "" {
		r.note(note)
	}
	return result, nil
}
