package editor

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/engine/value"
)

// EmailBody is an e-mail as it stands in a form, and the sample to fill it with.
type EmailBody struct {
	PayloadChoice
	Step   string                     `json:"step,omitempty" maxLength:"40" doc:"The step of the saved draft in whose place to look; the end of the workflow when left out"`
	Params map[string]json.RawMessage `json:"params,omitempty" doc:"Params of email.send as they are typed now, saved or not; those of step when left out"`
}

// Email is what the params of an e-mail came to.
type Email struct {
	Subject, Body, To, ReplyTo, Send string
	// ContactID is the chosen contact's, "" when there is none.
	ContactID string
	// Missing are the paths that the sample does not have and no default stands
	// for.
	Missing []string
	Notes   []string
}

// Email fills in the params of an e-mail. What cannot be filled in is a problem
// with its pointer.
func (e *Editor) Email(ctx context.Context, ws, workflowID string, body EmailBody, sees Sees) (Email, error) {
	ctx, cancel := context.WithTimeout(ctx, previewTime)
	defer cancel()
	s, err := e.setting(ctx, ws, workflowID, body.Step, body.PayloadChoice, sees)
	if err != nil {
		return Email{}, err
	}
	params, err := s.emailParams(body)
	if err != nil {
		return Email{}, err
	}
	template, problems := mapping.CompileHTML(params, func(pointer string) bool { return pointer == "/body" })
	if len(problems) > 0 {
		p := problems[0]
		return Email{}, problem.At("/params"+p.Path, p.Code, sentence(p.Message))
	}
	result, err := template.Resolve(s.ctx, s.scope)
	if err != nil {
		return Email{}, unfilled(err)
	}
	filled, _ := result.Value.(map[string]any)
	text := func(key string) string { return mapping.Text(filled[key]) }
	out := Email{Subject: text("subject"), Body: text("body"), To: text("to"), ReplyTo: text("reply_to"), Send: text("send"), ContactID: s.contact.ID, Notes: result.Notes}
	for _, m := range result.Missing {
		out.Missing = append(out.Missing, m.Name)
	}
	return out, nil
}

// emailParams are those of the form, or of the step as it is saved.
func (s *setting) emailParams(body EmailBody) (map[string]any, error) {
	params := map[string]any{}
	if place, ok := s.doc.Find(body.Step); ok && body.Params == nil {
		params = maps.Clone(place.Step.Params)
	}
	for _, key := range slices.Sorted(maps.Keys(body.Params)) {
		v, err := plain(value.Under("/params", key), body.Params[key])
		if err != nil {
			return nil, err
		}
		params[key] = v
	}
	return params, nil
}

// unfilled says at which param a mapping gave nothing to go on with.
func unfilled(err error) error {
	if stop, ok := errors.AsType[*mapping.StopError](err); ok {
		if stop.Message == "" {
			stop.Message = "The value is empty, and the mapping stops the run then."
		}
		return problem.At("/params"+stop.Path, "stopped", sentence(stop.Message))
	}
	if failed, ok := errors.AsType[*mapping.EvalError](err); ok {
		return problem.At("/params"+failed.Path, failed.Code, sentence(failed.Message))
	}
	return err
}
