package editor

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/engine/value"
)

// PreviewVerdict is how a condition turns out for the sample.
type PreviewVerdict struct {
	// Met is nil when the condition is not complete, or failed.
	Met    *bool          `json:"met" doc:"null when it is not complete yet, or cannot be decided"`
	Rules  []PreviewRule  `json:"rules,omitempty" doc:"Every row, in order; none for a formula"`
	Notes  []string       `json:"notes,omitempty"`
	Reads  []PreviewRead  `json:"reads,omitempty"`
	Stops  string         `json:"stops,omitempty"`
	Errors []MappingFault `json:"errors,omitempty"`
}

// PreviewRule is one row of a condition, or a group of them.
type PreviewRule struct {
	Pointer string          `json:"pointer" doc:"Of the row inside the condition"`
	Met     *bool           `json:"met" doc:"null when the row is not complete yet"`
	Is      string          `json:"is,omitempty"`
	Value   json.RawMessage `json:"value,omitempty" doc:"What is compared"`
	To      json.RawMessage `json:"to,omitempty" doc:"With what"`
	Note    string          `json:"note,omitempty" doc:"Why the row could not hold"`
	Rules   []PreviewRule   `json:"rules,omitempty"`
	Errors  []MappingFault  `json:"errors,omitempty"`
}

// condition decides a condition. Of one that is not complete every row that is
// gets its answer all the same.
func (s *setting) condition(v any) PreviewVerdict {
	compiled, problems := mapping.CompileCondition(v)
	if len(problems) > 0 {
		out := PreviewVerdict{Errors: faults(problems)}
		if group, ok := v.(map[string]any); ok {
			out.Rules = s.rows(group, "")
		}
		return out
	}
	decided, err := compiled.Evaluate(s.ctx, s.scope)
	out := PreviewVerdict{Notes: decided.Notes, Reads: s.reads(compiled.References()), Rules: shownRules(decided.Rules, "")}
	if err != nil {
		out.Stops, out.Errors = failure(v, err)
		if group, ok := v.(map[string]any); ok {
			out.Rules = s.rows(group, "")
		}
		return out
	}
	out.Met = &decided.Met
	return out
}

// rows decides the rows of a group one by one.
func (s *setting) rows(group map[string]any, at string) []PreviewRule {
	list, _ := group["rules"].([]any)
	var rows []PreviewRule
	for i, entry := range list {
		row := PreviewRule{Pointer: at + "/rules/" + strconv.Itoa(i)}
		fields, _ := entry.(map[string]any)
		if _, isGroup := fields["rules"]; isGroup {
			row.Rules = s.rows(fields, row.Pointer)
		}
		alone, problems := mapping.CompileCondition(map[string]any{"match": "all", "rules": []any{entry}})
		if len(problems) > 0 {
			for _, f := range faults(problems) {
				if rest, inRow := strings.CutPrefix(f.Pointer, "/rules/0"); inRow {
					f.Pointer = row.Pointer + rest
				}
				row.Errors = append(row.Errors, f)
			}
			rows = append(rows, row)
			continue
		}
		decided, err := alone.Evaluate(s.ctx, s.scope)
		if err != nil {
			_, row.Errors = failure(map[string]any{"rules": []any{entry}}, err)
		} else if shown := shownRules(decided.Rules, at); len(shown) == 1 {
			pointer := row.Pointer
			row = shown[0]
			row.Pointer = pointer
		}
		rows = append(rows, row)
	}
	return rows
}

func shownRules(rules []mapping.RuleResult, at string) []PreviewRule {
	var list []PreviewRule
	for _, r := range rules {
		row := PreviewRule{Pointer: at + r.Path, Met: &r.Met, Is: r.Is, Note: r.Note, Rules: shownRules(r.Rules, at)}
		if r.Is != "" {
			row.Value, row.To = limited(r.Value), limited(r.To)
		}
		list = append(list, row)
	}
	return list
}

// limited is a value as JSON, cut to text when it is long.
func limited(v any) json.RawMessage {
	if text, err := value.Encode(v); err == nil && len(text) <= maxText {
		return text
	}
	text, _ := short(mapping.Text(v), maxRead)
	raw, _ := json.Marshal(text) // a string
	return raw
}
