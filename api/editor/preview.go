package editor

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

// previewTime bounds one preview: it is asked for at every key stroke.
const previewTime = 2 * time.Second

// maxPreviewed bounds the fields of one preview.
const maxPreviewed = 500

// PreviewBody is what to resolve: values by names of the caller's own, the params
// of a step, conditions. All three may be given at once.
type PreviewBody struct {
	PayloadChoice
	Step       string                     `json:"step,omitempty" maxLength:"40" doc:"The step of the saved draft in whose place to look: its loop and the outputs before it; the end of the workflow when left out"`
	Type       string                     `json:"type,omitempty" maxLength:"100" doc:"Node type that params belong to; that of step when left out"`
	Params     map[string]json.RawMessage `json:"params,omitempty" doc:"Params of a step as they are typed now, saved or not"`
	Values     map[string]json.RawMessage `json:"values,omitempty" doc:"Any values with mappings, by names of your own"`
	Conditions map[string]json.RawMessage `json:"conditions,omitempty" doc:"Conditions by names of your own: a formula, or {match, rules}"`
}

// Preview is what came of it.
type Preview struct {
	Trigger string         `json:"trigger" doc:"Id of the trigger that the sample is of; empty when the draft has none"`
	Sample  SampleView     `json:"sample"`
	Contact PreviewContact `json:"contact"`
	// Params are by JSON pointer inside the params.
	Params     map[string]PreviewField   `json:"params" nullable:"false" doc:"By JSON pointer inside params: every text with a mapping, and every top-level field that holds one deeper inside"`
	Values     map[string]PreviewField   `json:"values" nullable:"false" doc:"By the names that were sent"`
	Conditions map[string]PreviewVerdict `json:"conditions" nullable:"false" doc:"By the names that were sent; condition fields of params by their JSON pointer"`
}

// Preview resolves without storing or sending anything.
func (e *Editor) Preview(ctx context.Context, ws, workflowID string, body PreviewBody, sees Sees) (Preview, error) {
	ctx, cancel := context.WithTimeout(ctx, previewTime)
	defer cancel()
	s, err := e.setting(ctx, ws, workflowID, body.Step, body.PayloadChoice, sees)
	if err != nil {
		return Preview{}, err
	}
	out := Preview{Sample: s.sample, Contact: s.contact, Params: map[string]PreviewField{}, Values: map[string]PreviewField{}, Conditions: map[string]PreviewVerdict{}}
	if s.trigger != nil {
		out.Trigger = s.trigger.ID
	}
	if len(body.Values)+len(body.Conditions)+len(body.Params) > maxPreviewed {
		return out, problem.At("/values", "too_many", "At most 500 values can be previewed at once.")
	}
	for name, raw := range body.Values {
		v, err := plain(value.Under("/values", name), raw)
		if err != nil {
			return out, err
		}
		out.Values[name] = s.field(v)
	}
	for name, raw := range body.Conditions {
		v, err := plain(value.Under("/conditions", name), raw)
		if err != nil {
			return out, err
		}
		out.Conditions[name] = s.condition(v)
	}
	return out, e.params(s, body, &out)
}

// params resolves the fields of a form one by one, so that a broken one hides
// none of the others.
func (e *Editor) params(s *setting, body PreviewBody, out *Preview) error {
	params := make(map[string]any, len(body.Params))
	for key, raw := range body.Params {
		v, err := plain(value.Under("/params", key), raw)
		if err != nil {
			return err
		}
		params[key] = v
	}
	typeID := body.Type
	if place, ok := s.doc.Find(body.Step); typeID == "" && ok {
		typeID = place.Step.Type
	}
	var fields []nodes.Field
	if t := e.Registry.Lookup(typeID); t != nil {
		fields = t.Fields
		var err error
		// A secret that is being typed must not be sent back.
		if params, err = workflow.MapSecrets(fields, params, func(string, any) (any, error) { return nil, nil }); err != nil {
			return err
		}
	}
	for _, key := range slices.Sorted(maps.Keys(params)) {
		at := value.Under("", key)
		isCondition := slices.ContainsFunc(fields, func(f nodes.Field) bool { return f.Key == key && f.Kind == nodes.FieldCondition })
		switch v := params[key]; {
		case v == nil || v == "":
		case isCondition:
			out.Conditions[at] = s.condition(v)
		default:
			s.tree(v, at, out.Params)
		}
	}
	return nil
}

// tree resolves a param whole and every text with a mapping inside it.
func (s *setting) tree(v any, at string, into map[string]PreviewField) (mapped bool) {
	switch x := v.(type) {
	case string:
		mapped = mapping.HasMapping(x)
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(x)) {
			mapped = s.tree(x[name], value.Under(at, name), into) || mapped
		}
	case []any:
		for i, entry := range x {
			mapped = s.tree(entry, at+"/"+strconv.Itoa(i), into) || mapped
		}
	}
	_, isText := v.(string)
	if mapped && (isText || strings.Count(at, "/") == 1) && len(into) < maxPreviewed {
		into[at] = s.field(v)
	}
	return mapped
}

// PreviewField is what one value came to.
type PreviewField struct {
	Value json.RawMessage `json:"value" doc:"As it would be used; null when it is blank, failed or longer than 16 KiB"`
	Text  string          `json:"text" doc:"As text, cut at 2,000 characters"`
	Type  string          `json:"type" enum:"text,number,yes_no,list,object,empty"`
	// Cut says that Value was left out for its size, or Text shortened.
	Cut     bool           `json:"cut,omitempty"`
	Blank   bool           `json:"blank" doc:"Whether nothing would be left: missing, null, an empty text or list"`
	Why     string         `json:"why,omitempty" doc:"Why it is blank, in words"`
	Omitted bool           `json:"omitted,omitempty" doc:"Whether omit() leaves the field out"`
	Stops   string         `json:"stops,omitempty" doc:"What stop() would end the run with"`
	Missing []string       `json:"missing,omitempty" doc:"Paths that the sample does not have and no default stands for"`
	Notes   []string       `json:"notes,omitempty"`
	Reads   []PreviewRead  `json:"reads,omitempty" doc:"Every path that is spelled out, with what the sample has there: the pills"`
	Errors  []MappingFault `json:"errors,omitempty" doc:"Why there is no value"`
}

// PreviewRead is one path in a mapping, with its value in the sample.
type PreviewRead struct {
	Pointer string   `json:"pointer" doc:"Of the text inside the value"`
	Offset  int      `json:"offset" doc:"Bytes from the beginning of that text"`
	Line    int      `json:"line"`
	Column  int      `json:"column" doc:"Characters, from 1"`
	Path    []string `json:"path"`
	Label   string   `json:"label,omitempty" doc:"The sender's word for it"`
	State   string   `json:"state" enum:"value,empty,missing" doc:"empty is null, an empty text or an empty list"`
	Type    string   `json:"type" enum:"text,number,yes_no,list,object,empty"`
	Text    string   `json:"text" doc:"The sample's value, cut at 200 characters"`
	Why     string   `json:"why,omitempty" doc:"Why there is none, in words"`
	Handled bool     `json:"handled,omitempty" doc:"Whether the mapping says what happens when it is empty"`
}

// MappingFault says what is wrong with a mapping, and where.
type MappingFault struct {
	Pointer string `json:"pointer" doc:"Of the text inside the value"`
	Offset  int    `json:"offset" doc:"Bytes from the beginning of that text"`
	Line    int    `json:"line"`
	Column  int    `json:"column" doc:"Characters, from 1"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// The bounds of what is shown of a value, in bytes and characters.
const (
	maxValue = 16 << 10
	maxText  = 2000
	maxRead  = 200
)

// field compiles and resolves one value.
func (s *setting) field(v any) PreviewField {
	template, problems := mapping.Compile(v)
	if len(problems) > 0 {
		return PreviewField{Value: null, Type: "empty", Errors: faults(problems)}
	}
	result, err := template.Resolve(s.ctx, s.scope)
	f := PreviewField{Notes: result.Notes, Omitted: result.Omitted, Reads: s.reads(template.References())}
	for _, m := range result.Missing {
		f.Missing = append(f.Missing, m.Name)
	}
	f.show(result.Value)
	if err != nil {
		f.Stops, f.Errors = failure(v, err)
		return f
	}
	f.Blank = f.Omitted || value.Empty(result.Value)
	if f.Blank {
		f.Why = why(f)
	}
	return f
}

var null = json.RawMessage("null")

// show fills in the value as far as it is worth sending.
func (f *PreviewField) show(v any) {
	f.Value, f.Type = null, typeOf(v)
	f.Text, f.Cut = short(mapping.Text(v), maxText)
	if text, err := value.Encode(v); err == nil && len(text) <= maxValue {
		f.Value = text
	} else {
		f.Cut = true
	}
}

// why explains a blank value by the first thing that it reads and does not get.
func why(f PreviewField) string {
	switch {
	case f.Omitted:
		return "The value is empty, so the field is left out."
	case len(f.Reads) == 0:
		return "Nothing is filled in."
	}
	for _, r := range f.Reads {
		if r.Why != "" {
			return r.Why
		}
	}
	return "The formula gives nothing for this sample."
}

// faults are the compiler's problems.
func faults(problems []mapping.Problem) []MappingFault {
	list := make([]MappingFault, len(problems))
	for i, p := range problems {
		list[i] = MappingFault{p.Path, p.Offset, max(p.Line, 1), max(p.Column, 1), p.Code, sentence(p.Message)}
	}
	return list
}

func typeOf(v any) string {
	switch v.(type) {
	case nil:
		return "empty"
	case string:
		return "text"
	case bool:
		return "yes_no"
	case []any:
		return "list"
	case map[string]any:
		return "object"
	}
	return "number"
}

// short cuts a text at a number of characters.
func short(text string, most int) (string, bool) {
	if len(text) <= most {
		return text, false
	}
	n := 0
	for i := range text {
		if n++; n > most {
			return text[:i], true
		}
	}
	return text, false
}

func sentence(text string) string {
	if text == "" {
		return ""
	}
	text = strings.ToUpper(text[:1]) + text[1:]
	if !strings.HasSuffix(text, ".") {
		text += "."
	}
	return text
}

// plain decodes one value of the body.
func plain(pointer string, raw json.RawMessage) (any, error) {
	v, err := value.Decode(raw)
	if err != nil {
		return nil, problem.At(pointer, "invalid", "The value cannot be read: "+err.Error()+".")
	}
	return v, nil
}

// firstOf is the first text that is not empty.
func firstOf(texts ...string) string { return cmp.Or(texts...) }
