package event

import (
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.EventTrigger[FormSubmittedParams]{Meta: nodes.Meta{
		Type: "form.submitted", Version: 1, Name: "Form submitted", Group: group, Icon: "forms",
		Summary: "Start when somebody sends a form in.",
		Card:    "{forms}", Contact: nodes.ContactProvides,
		Sample: sample(crm.FormSubmitted, map[string]any{
			"form": crm.Form{ID: "frm_0197c2a4", Number: 4, Title: "Webinar"}.Plain(),
			"submission": crm.Submission{
				ID: "sbm_0197c2a4", Number: 88, FormID: "frm_0197c2a4", Source: "https://example.com/webinar", CreatedAt: sampleTime,
				Answers: map[string]any{"email": "ada@example.com", "plan": "gold", "terms": true},
			}.Plain(),
		}),
	}, Event: crm.FormSubmitted, Match: formSubmitted})
}

// FormSubmittedParams narrow down which forms start a run.
type FormSubmittedParams struct {
	Forms []nodes.Ref `json:"forms" label:"Only these forms" ref:"form" help:"Leave empty for every form." no_map:"true"`
}

func formSubmitted(p FormSubmittedParams, e crm.Event) bool {
	return anyOffer(p.Forms, object(e, "form"))
}
