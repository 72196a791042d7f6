package editor

import (
	"encoding/json"
	"strings"

	"github.com/hookloom/hookloom/engine/payload"
	"github.com/hookloom/hookloom/engine/sender"
	"github.com/hookloom/hookloom/engine/value"
)

// SenderView is a sender as the trigger's form needs it.
type SenderView struct {
	ID    string `json:"id" example:"stripe"`
	Label string `json:"label" example:"Stripe"`
	// Scheme is the option of webhook.catch's signature.scheme.
	Scheme      string         `json:"scheme" doc:"What signature.scheme of webhook.catch is set to for this sender; none for plain JSON"`
	SecretHelp  string         `json:"secret_help,omitempty" doc:"Where the signing secret is found"`
	DedupeLabel string         `json:"dedupe_label,omitempty" doc:"By what a repeat is known, in words"`
	Dedupe      string         `json:"dedupe,omitempty" doc:"The same as a mapping"`
	Labels      []sender.Label `json:"labels" nullable:"false" doc:"Plain words for paths in the data; role says which part of a person it is"`
	Events      []SenderEvent  `json:"events" nullable:"false" doc:"Samples that can be sent; the usual one first"`
}

// SenderEvent is one sample of a sender.
type SenderEvent struct {
	ID     string          `json:"id" example:"checkout.session.completed"`
	Label  string          `json:"label" example:"Checkout completed"`
	Sample json.RawMessage `json:"sample" doc:"The body as mappings see it: forms read, answers by question"`
	// Headers leave the signature out.
	Headers map[string]string `json:"headers" nullable:"false" doc:"Names in lower case, without the signature"`
	Labels  []sender.Label    `json:"labels,omitempty" doc:"Words that this very body gives, such as the questions of a form"`
}

// Senders lists who is known, with their samples.
func Senders() []SenderView {
	var list []SenderView
	for _, s := range sender.All() {
		list = append(list, shownSender(s))
	}
	return list
}

func shownSender(s *sender.Sender) SenderView {
	v := SenderView{ID: s.Name, Label: s.Label, Scheme: "none", SecretHelp: s.Secret, Dedupe: s.Dedupe, DedupeLabel: s.DedupeLabel, Labels: s.Labels, Events: []SenderEvent{}}
	if s.Name != sender.Plain {
		v.Scheme = s.Name
	}
	if v.Labels == nil {
		v.Labels = []sender.Label{}
	}
	for _, sample := range s.Samples {
		body, text := readSample(s, sample)
		event := SenderEvent{ID: sample.Event, Label: sample.Label, Sample: text, Headers: map[string]string{}}
		for name, values := range sample.Header {
			event.Headers[strings.ToLower(name)] = strings.Join(values, ", ")
		}
		if s.Answers != nil {
			event.Labels = s.Answers(body)
		}
		v.Events = append(v.Events, event)
	}
	return v
}

// readSample is the body of a sample as a trigger of its sender reads it, and the
// same as JSON. Both are null for one that cannot be read, which a test rules out.
func readSample(s *sender.Sender, sample sender.Sample) (any, json.RawMessage) {
	body, err := payload.Parse(sample.Header.Get("Content-Type"), sample.Body, payload.Limits{})
	if err != nil {
		return nil, json.RawMessage("null")
	}
	shaped := s.Shaped(body.Unwrap(s.Unwrap).Value)
	text, err := value.Encode(shaped)
	if err != nil {
		return nil, json.RawMessage("null")
	}
	return shaped, text
}
